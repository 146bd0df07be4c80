//! The mappings that a person writes for the exports of the tests.

/// A file, and the mapping that a person writes for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Export {
    pub(crate) leads: &'static str,
    pub(crate) policy: &'static str,
    pub(crate) header_line: Option<u64>,
    /// Field, columns, options.
    mapping: &'static [(&'static str, &'static str, &'static str)],
}

/// One entry of a mapping in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) field: String,
    pub(crate) columns: String,
    pub(crate) options: String,
}

impl Export {
    pub(crate) fn expected(&self) -> Vec<Expected> {
        let entries = self.mapping.iter();
        let entries = entries.map(|(field, columns, options)| Expected {
            field: (*field).to_owned(),
            columns: (*columns).to_owned(),
            options: (*options).to_owned(),
        });
        entries.collect()
    }
}

pub(crate) const EXPORTS: [Export; 7] = [
    Export {
        leads: "exports/hubspot.csv",
        policy: "exports/hubspot.yaml",
        header_line: None,
        mapping: &[
            ("id", "Record ID", ""),
            ("account", "Associated Company IDs", ""),
            ("received", "Create Date", ""),
            ("region", "State/Region", ""),
            ("industry", "Industry", ""),
            ("customer_size", "Number of employees", ""),
            ("product_line", "Product Interest", ""),
            ("lifecycle_stage", "Lifecycle Stage", ""),
            ("funnel_stage", "Lead Status", ""),
            ("source", "Original Traffic Source", ""),
            ("annual_revenue", "Annual Revenue", ""),
            ("language", "Preferred language", ""),
            ("last_contact", "Last Activity Date", ""),
        ],
    },
    Export {
        leads: "exports/zoho.csv",
        policy: "exports/zoho.yaml",
        header_line: None,
        mapping: &[
            ("id", "Record Id", ""),
            ("account", "Company", ""),
            ("received", "Created Time", "%d/%m/%Y"),
            ("region", "Country + State", ""),
            ("industry", "Industry", ""),
            ("customer_size", "No. of Employees", ""),
            ("funnel_stage", "Lead Status", ""),
            ("source", "Lead Source", ""),
            ("annual_revenue", "Annual Revenue", ""),
            ("opt_out", "Email Opt Out", ""),
            ("interests", "Tag", "split ,"),
            ("rating", "Rating", ""),
            ("last_activity", "Last Activity Time", "%d/%m/%Y"),
        ],
    },
    Export {
        leads: "exports/salesforce.csv",
        policy: "exports/salesforce.yaml",
        header_line: None,
        mapping: &[
            ("id", "Lead ID", ""),
            ("account", "Company / Account", ""),
            ("received", "Create Date", "%m/%d/%Y"),
            ("region", "State/Province", ""),
            ("industry", "Industry", ""),
            ("customer_size", "No. of Employees", ""),
            ("product_line", "Product Interest", ""),
            ("funnel_stage", "Lead Status", ""),
            ("source", "Lead Source", ""),
            ("annual_revenue", "Annual Revenue", ""),
            ("key_account", "Key Account", ""),
            ("rating", "Rating", ""),
            ("last_activity", "Last Activity", "%m/%d/%Y"),
        ],
    },
    Export {
        leads: "exports/dynamics.csv",
        policy: "exports/dynamics.yaml",
        header_line: None,
        mapping: &[
            ("id", "(Do Not Modify) Lead", ""),
            ("account", "Company Name", ""),
            ("received", "Created On", "%d.%m.%Y"),
            ("region", "Country/Region + State/Province", ""),
            ("industry", "Industry", ""),
            ("customer_size", "No. of Employees", ""),
            ("funnel_stage", "Status Reason", ""),
            ("source", "Lead Source", ""),
            ("annual_revenue", "Annual Revenue", ""),
            ("budget", "Budget Amount", ""),
            ("rating", "Rating", ""),
            ("expected_close", "Est. Close Date", "%d.%m.%Y"),
            ("parent_company", "Parent Account for lead", ""),
            ("decimal", ",", ""),
        ],
    },
    Export {
        leads: "exports/fxiaoke.csv",
        policy: "exports/fxiaoke.yaml",
        header_line: Some(4),
        mapping: &[
            ("id", "唯一性ID", ""),
            ("account", "公司", ""),
            ("received", "创建时间", ""),
            ("region", "省", ""),
            ("industry", "所属行业", ""),
            ("customer_size", "员工人数", ""),
            ("product_line", "意向产品", ""),
            ("funnel_stage", "状态", ""),
            ("source", "来源", ""),
            ("budget", "预算金额", ""),
            ("vip", "重点客户", "blank is no"),
            ("interests", "标签", "split 、"),
            ("last_contact", "最后跟进时间", ""),
            ("header_line", "4", ""),
        ],
    },
    // The columns of the files that are joined are not in the file.
    Export {
        leads: "corpus/maven-crm/opportunities.csv",
        policy: "../../../examples/data/maven-policy.yaml",
        header_line: None,
        mapping: &[
            ("id", "opportunity_id", ""),
            ("account", "account", ""),
            ("region", "office_location", ""),
            ("industry", "sector", ""),
            ("customer_size", "employees", ""),
            ("product_line", "product", ""),
            // By words for Won and Lost, which only a person knows.
            ("lifecycle_stage", "deal_stage", ""),
            ("funnel_stage", "deal_stage", ""),
            ("revenue_musd", "revenue_musd", ""),
            ("parent_company", "subsidiary_of", ""),
            ("close_value", "close_value", ""),
            ("engaged_on", "engage_date", "%m/%d/%Y"),
        ],
    },
    Export {
        leads: "corpus/olist/qualified_leads.csv",
        policy: "../../../examples/data/olist-policy.yaml",
        header_line: None,
        mapping: &[
            ("id", "mql_id", ""),
            ("product_line", "origin", ""),
            ("origin", "origin", ""),
            ("first_contact", "first_contact_date", "%m/%d/%Y"),
        ],
    },
];
