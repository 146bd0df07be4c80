//! The regions, industries, products, bands and stages of the field sets.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use fastrand::Rng;

use super::value_tree::ValueTree;

/// The bands of customer size. The last has no upper end.
pub const BANDS: [(&str, u32, u32); 6] = [
    ("micro", 1, 9),
    ("small", 10, 49),
    ("medium", 50, 249),
    ("large", 250, 999),
    ("enterprise", 1_000, 4_999),
    ("strategic", 5_000, LARGEST_HEAD_COUNT),
];

/// The largest head count that a lead here has.
pub const LARGEST_HEAD_COUNT: u32 = 9_999_999;

/// Lifecycle stages, each with an alias.
pub const LIFECYCLE: [(&str, &str); 8] = [
    ("subscriber", "newsletter"),
    ("lead", "inquiry"),
    ("marketing_qualified", "MQL"),
    ("sales_qualified", "SQL"),
    ("opportunity", "opp"),
    ("customer", "client"),
    ("advocate", "reference"),
    ("former_customer", "churned"),
];

/// Funnel stages, each with an alias.
pub const FUNNEL: [(&str, &str); 9] = [
    ("lost", "closed lost"),
    ("new", "untouched"),
    ("contacted", "working"),
    ("meeting", "appointment"),
    ("qualified", "needs known"),
    ("proposal", "offer sent"),
    ("negotiation", "in talks"),
    ("verbal", "verbal yes"),
    ("won", "closed won"),
];

/// Name, code, areas, provinces in each area (or in the country, where it has no areas), cities in
/// each province.
type Country = (
    &'static str,
    &'static str,
    &'static [&'static str],
    RangeInclusive<u32>,
    RangeInclusive<u32>,
);

const COUNTRIES: [Country; 22] = [
    (
        "china",
        "CN",
        &[
            "north",
            "northeast",
            "east",
            "central",
            "south",
            "southwest",
            "northwest",
        ],
        3..=6,
        8..=24,
    ),
    (
        "united-states",
        "US",
        &["northeast", "midwest", "south", "west"],
        8..=14,
        4..=14,
    ),
    (
        "india",
        "IN",
        &["north", "south", "east", "west"],
        5..=8,
        6..=14,
    ),
    (
        "japan",
        "JP",
        &["north", "kanto", "chubu", "kansai", "west"],
        5..=9,
        3..=8,
    ),
    (
        "brazil",
        "BR",
        &["norte", "nordeste", "centro-oeste", "sudeste", "sul"],
        3..=7,
        4..=10,
    ),
    (
        "united-kingdom",
        "GB",
        &["england", "scotland", "wales", "northern-ireland"],
        3..=9,
        2..=7,
    ),
    ("italy", "IT", &["nord", "centro", "sud"], 5..=7, 3..=8),
    ("mexico", "MX", &["norte", "centro", "sur"], 5..=10, 2..=5),
    ("germany", "DE", &[], 16..=16, 5..=12),
    ("france", "FR", &[], 13..=13, 5..=10),
    ("spain", "ES", &[], 17..=17, 2..=6),
    ("poland", "PL", &[], 16..=16, 2..=5),
    ("south-korea", "KR", &[], 9..=9, 3..=8),
    ("canada", "CA", &[], 10..=10, 3..=8),
    ("australia", "AU", &[], 8..=8, 2..=6),
    ("netherlands", "NL", &[], 12..=12, 0..=4),
    ("austria", "AT", &[], 9..=9, 0..=3),
    ("switzerland", "CH", &[], 8..=8, 0..=0),
    ("ireland", "IE", &[], 4..=4, 0..=0),
    ("sweden", "SE", &[], 6..=6, 1..=4),
    ("singapore", "SG", &[], 0..=0, 0..=0),
    ("hong-kong", "HK", &[], 0..=0, 0..=0),
];

const INDUSTRIES: [(&str, &str, &[&str]); 12] = [
    (
        "manufacturing",
        "Mfg",
        &[
            "automotive",
            "electronics",
            "machinery",
            "machinery/machine-tools",
            "machinery/packaging-machines",
            "machinery/pumps",
            "metals",
            "plastics",
            "textiles",
            "furniture",
        ],
    ),
    (
        "process",
        "Process Industry",
        &[
            "chemicals",
            "pharma",
            "food",
            "beverage",
            "paper",
            "cement",
            "glass",
        ],
    ),
    (
        "energy",
        "Utilities",
        &["power", "renewables", "oil-gas", "grid", "storage"],
    ),
    (
        "finance",
        "BFSI",
        &[
            "banking",
            "insurance",
            "asset-management",
            "leasing",
            "payments",
        ],
    ),
    (
        "health",
        "Health Care",
        &[
            "hospitals",
            "clinics",
            "laboratories",
            "devices",
            "biotech",
            "care-homes",
        ],
    ),
    (
        "retail",
        "Trade",
        &[
            "grocery",
            "fashion",
            "home",
            "e-commerce",
            "wholesale",
            "wholesale/parts",
            "wholesale/food",
        ],
    ),
    (
        "logistics",
        "Transport",
        &[
            "freight",
            "warehousing",
            "ports",
            "rail",
            "airlines",
            "parcel",
        ],
    ),
    (
        "public",
        "Government",
        &["federal", "municipal", "defence", "water", "police"],
    ),
    (
        "education",
        "Edu",
        &["schools", "universities", "training", "research"],
    ),
    (
        "technology",
        "IT",
        &[
            "software",
            "hosting",
            "semiconductors",
            "telecom",
            "integrators",
            "games",
            "security",
        ],
    ),
    (
        "construction",
        "Building",
        &[
            "residential",
            "civil",
            "architects",
            "materials",
            "facility",
        ],
    ),
    ("agriculture", "Farming", &[]),
];

const PRODUCTS: [(&str, &str, &[&str]); 9] = [
    (
        "crm",
        "Customer Suite",
        &["sales", "service", "marketing", "field-service"],
    ),
    (
        "erp",
        "Business Suite",
        &["ledger", "purchasing", "stock", "planning", "payroll"],
    ),
    ("analytics", "BI", &["reports", "forecasts", "data-hub"]),
    (
        "controllers",
        "PLC",
        &["c100", "c200", "c200/c210", "c200/c220", "c500", "c900"],
    ),
    (
        "drives",
        "Motion",
        &["d10", "d20", "d30", "servo", "linear"],
    ),
    (
        "robots",
        "Robotics",
        &["cobot", "r6", "r20", "scara", "mobile"],
    ),
    (
        "sensors",
        "Sensing",
        &["vision", "pressure", "level", "flow", "temperature", "gas"],
    ),
    (
        "services",
        "Support",
        &["training", "commissioning", "maintenance", "consulting"],
    ),
    ("spare-parts", "Parts", &[]),
];

/// All values.
pub struct World {
    pub regions: ValueTree,
    pub industries: ValueTree,
    pub products: ValueTree,
    /// The areas of countries that have any, and the countries that have none.
    pub areas: Vec<u32>,
    /// Countries with areas.
    pub large_countries: Vec<u32>,
}

/// The values that all field sets share.
pub fn world() -> &'static World {
    static WORLD: LazyLock<World> = LazyLock::new(World::new);
    &WORLD
}

impl World {
    fn new() -> Self {
        let regions = regions();
        let named = |path: &str| (0..regions.len()).find(|&node| regions.path(node) == path);
        let mut areas = Vec::new();
        let mut large_countries = Vec::new();
        for (name, _, parts, ..) in COUNTRIES {
            let country = named(name).expect("every country is a region");
            if parts.is_empty() {
                areas.push(country);
            } else {
                large_countries.push(country);
                areas.extend(regions.children(country));
            }
        }
        Self {
            regions,
            industries: two_levels(&INDUSTRIES),
            products: two_levels(&PRODUCTS),
            areas,
            large_countries,
        }
    }
}

fn two_levels(tops: &[(&str, &str, &[&str])]) -> ValueTree {
    let mut paths = Vec::new();
    for (top, alias, below) in tops {
        paths.push(((*top).to_owned(), Some((*alias).to_owned())));
        paths.extend(below.iter().map(|name| (format!("{top}/{name}"), None)));
    }
    ValueTree::new(paths)
}

fn regions() -> ValueTree {
    let mut names = PlaceNames::new();
    let mut paths = Vec::new();
    for (country, code, areas, provinces, cities) in COUNTRIES {
        paths.push((country.to_owned(), Some(code.to_owned())));
        let mut fill = |above: &str, paths: &mut Vec<_>| {
            for _ in 0..names.random.u32(provinces.clone()) {
                let province = format!("{above}/{}", names.place());
                paths.push((province.clone(), None));
                for _ in 0..names.random.u32(cities.clone()) {
                    let (city, alias) = names.city(code);
                    paths.push((format!("{province}/{city}"), alias));
                }
            }
        };
        if areas.is_empty() {
            fill(country, &mut paths);
        }
        for area in areas {
            let above = format!("{country}/{area}");
            paths.push((above.clone(), None));
            fill(&above, &mut paths);
        }
    }
    ValueTree::new(paths)
}

/// Invents different names of places.
struct PlaceNames {
    random: Rng,
    used: HashSet<String>,
}

impl PlaceNames {
    fn new() -> Self {
        Self {
            random: Rng::with_seed(1_807),
            used: HashSet::new(),
        }
    }

    fn place(&mut self) -> String {
        const STARTS: [&str; 24] = [
            "al", "ban", "cor", "dal", "el", "fen", "gar", "hol", "is", "jun", "kar", "lin", "mar",
            "nor", "ost", "pel", "quin", "ros", "sal", "tar", "ul", "ver", "wes", "yan",
        ];
        const MIDDLES: [&str; 12] = [
            "", "a", "e", "i", "o", "u", "an", "en", "in", "on", "er", "ol",
        ];
        const ENDS: [&str; 16] = [
            "berg", "burg", "dale", "den", "field", "ford", "gang", "ham", "hou", "mouth", "port",
            "stad", "ton", "ville", "wick", "zhou",
        ];
        loop {
            let pick = |random: &mut Rng, from: &[&'static str]| from[random.usize(..from.len())];
            let name = format!(
                "{}{}{}",
                pick(&mut self.random, &STARTS),
                pick(&mut self.random, &MIDDLES),
                pick(&mut self.random, &ENDS),
            );
            if self.used.insert(name.clone()) {
                return name;
            }
        }
    }

    /// A city of a country, with an alias for some. In some countries cities have codes for names.
    fn city(&mut self, country: &str) -> (String, Option<String>) {
        let coded = match country {
            "CN" => true,
            "BR" | "IN" => self.random.u32(..3) == 0,
            _ => false,
        };
        let name = self.place();
        if coded {
            let code = format!("{country}{:04}", self.used.len());
            return (code.to_lowercase(), Some(name));
        }
        let has_alias = self.random.u32(..4) == 0;
        let alias = has_alias.then(|| format!("{country} {:04}", self.used.len()));
        (name, alias)
    }
}
