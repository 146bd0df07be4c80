//! Recipes: how leads are divided among teams.

use clap::ValueEnum;

/// How leads are divided.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Territory {
    /// The provinces of China
    Provinces,
    /// German postal codes (PLZ)
    Plz,
    /// ZIP codes of the United States
    Zip,
}

/// A way to divide leads.
pub(super) struct Recipe {
    pub(super) time_zone: &'static str,
    /// The part of the policy that declares what rules test.
    pub(super) dimensions: &'static str,
    /// What rules test.
    subject: &'static str,
    /// What is divided among the teams, in order.
    pub(super) territories: &'static [&'static str],
    pub(super) first_rule_comment: &'static str,
    /// A lead for `leadtree explain`.
    pub(super) example: &'static str,
    /// Where a lead of the first territory is from, and the lead as an example has it.
    pub(super) first_place: &'static str,
    pub(super) first_lead: &'static str,
}

const DIGITS: &[&str] = &[
    "'0'", "'1'", "'2'", "'3'", "'4'", "'5'", "'6'", "'7'", "'8'", "'9'",
];

impl Territory {
    pub(super) fn recipe(self) -> Recipe {
        match self {
            Self::Provinces => Recipe {
                time_zone: "Asia/Shanghai",
                dimensions: include_str!("provinces.yaml"),
                subject: "region in",
                territories: &[
                    "cn/north",
                    "cn/northeast",
                    "cn/east",
                    "cn/central",
                    "cn/south",
                    "cn/southwest",
                    "cn/northwest",
                ],
                first_rule_comment: "  # Whole areas, or single provinces: `region in (cn/east/shanghai, cn/east/jiangsu)`.\n",
                example: "region=上海",
                first_place: "Beijing",
                first_lead: "{region: 北京, customer_size: 51-200}",
            },
            Self::Plz => Recipe {
                time_zone: "Europe/Berlin",
                dimensions: include_str!("plz.yaml"),
                subject: "plz starts with",
                territories: DIGITS,
                first_rule_comment: "  # The beginnings of postal codes, in quotes: `plz starts with ('80', '81', '820')`.\n",
                example: "plz=80331",
                first_place: "Dresden",
                first_lead: "{plz: '01067', customer_size: 51-200}",
            },
            Self::Zip => Recipe {
                time_zone: "America/New_York",
                dimensions: include_str!("zip.yaml"),
                subject: "zip starts with",
                territories: DIGITS,
                first_rule_comment: "  # The beginnings of ZIP codes, in quotes: `zip starts with ('100', '101', '102')`.\n",
                example: "zip=02139",
                first_place: "Boston",
                first_lead: "{zip: '02139', customer_size: 51-200}",
            },
        }
    }
}

impl Recipe {
    /// The condition of some of the territories.
    pub(super) fn condition(&self, territories: &[&str]) -> String {
        match territories {
            [only] => format!("{} {only}", self.subject),
            several => format!("{} ({})", self.subject, several.join(", ")),
        }
    }
}
