//! The vocabulary of the sample leads.

/// A value and its relative frequency in its list.
type Weighted<T> = (T, u32);

/// Values, each with all its spellings.
type Spellings = &'static [&'static [&'static str]];

/// Places, and names of companies there.
#[derive(Clone, Copy, Default)]
pub(crate) struct Market {
    /// Each with its spellings.
    pub(crate) places: Spellings,
    pub(crate) first_words: &'static [&'static str],
    pub(crate) legal_forms: &'static [&'static str],
    pub(crate) languages: &'static [&'static str],
    /// Whether names are written without spaces, in Chinese.
    pub(crate) is_chinese: bool,
}

/// An industry: its spellings, and words in the names of its companies.
#[derive(Clone, Copy, Default)]
pub(crate) struct Industry {
    pub(crate) spellings: &'static [&'static str],
    /// In Chinese and in English.
    pub(crate) trade_word: (&'static str, &'static str),
}

pub(crate) const MARKETS: &[Weighted<Market>] = &[
    (CHINA, 52),
    (UNITED_STATES, 22),
    (GERMAN_SPEAKING, 9),
    (EUROPE, 8),
    (ASIA, 3),
    (NOWHERE, 6),
];

const CHINA: Market = Market {
    places: &[
        &["上海", "上海市", "Shanghai", "cn/east/shanghai", "SH"],
        &[
            "江苏",
            "江苏省",
            "Jiangsu",
            "Suzhou",
            "苏州",
            "南京",
            "无锡",
        ],
        &["浙江", "Zhejiang", "Hangzhou", "杭州", "宁波"],
        &["安徽", "Hefei", "合肥"],
        &["广东", "Guangdong", "Shenzhen", "深圳", "Guangzhou", "东莞"],
        &["福建", "Xiamen", "厦门"],
        &["广西", "南宁"],
        &["北京", "北京市", "Beijing", "BJ"],
        &["天津", "Tianjin"],
        &["山东", "Shandong", "青岛", "Qingdao", "济南"],
        &["河北", "Hebei"],
        &["四川", "Sichuan", "Chengdu", "成都"],
        &["重庆", "Chongqing"],
        &["陕西", "Xi'an", "西安"],
        &["香港", "Hong Kong", "HK"],
        &["China", "中国", "CN", "华东", "华南"],
        // Not in the sample policy, which lacks the centre and the south-west.
        &["武汉", "Wuhan", "郑州", "昆明"],
    ],
    first_words: &[
        "宏远", "华盛", "金诚", "东方", "恒通", "瑞达", "新锐", "天工", "博远", "中拓", "远景",
        "嘉禾", "精诚", "海川", "启明", "立信", "同创", "永固",
    ],
    legal_forms: &[
        "有限公司",
        "股份有限公司",
        "集团",
        "科技有限公司",
        "设备有限公司",
    ],
    languages: &["zh", "zh", "zh-CN", "zh-CN", "en"],
    is_chinese: true,
};

const UNITED_STATES: Market = Market {
    places: &[
        &["New York", "NY", "us/east/new-york"],
        &["Massachusetts", "Boston", "MA"],
        &["Georgia", "Atlanta"],
        &["Texas", "TX", "Houston", "Dallas"],
        &["Illinois", "Chicago"],
        &["Ohio", "OH", "Cleveland"],
        &["Michigan", "MI", "Detroit"],
        &["California", "CA", "San Jose"],
        &["Washington", "Seattle"],
        &["United States", "USA"],
        // Not in the sample policy.
        &["Springfield", "Portland", "Puerto Rico"],
    ],
    first_words: &[
        "Blue Ridge",
        "Lakeside",
        "Granite",
        "Red Oak",
        "Northfield",
        "Prairie",
        "Summit",
        "Ironwood",
        "Clearwater",
        "Cascade",
        "Old Mill",
        "Falcon",
    ],
    legal_forms: &["Inc.", "LLC", "Corp.", "Group", "University"],
    languages: &["en", "en", "en-US", "es"],
    is_chinese: false,
};

const GERMAN_SPEAKING: Market = Market {
    places: &[
        &["Germany", "Deutschland", "DE", "München", "Stuttgart"],
        &["Austria", "Österreich", "Wien"],
        &["Switzerland", "Schweiz", "Zürich"],
        // A spelling that the sample policy does not have.
        &["Muenchen", "Koeln"],
    ],
    first_words: &[
        "Nordlicht",
        "Eichen",
        "Alpstein",
        "Rhein",
        "Werra",
        "Hanse",
        "Kranich",
        "Steinfeld",
    ],
    legal_forms: &["GmbH", "GmbH & Co. KG", "AG", "SE"],
    languages: &["de", "de", "de-DE", "de-CH", "en"],
    is_chinese: false,
};

const EUROPE: Market = Market {
    places: &[
        &["France", "FR", "Lyon"],
        &["Netherlands", "NL", "Eindhoven"],
        &["Belgium", "BE"],
        &["United Kingdom", "UK", "GB"],
        &["Sweden", "SE", "Göteborg"],
        &["Denmark", "DK"],
        &["Italy", "IT", "Milano"],
        &["Spain", "ES", "Barcelona"],
        // Not in the sample policy.
        &["Poland", "Polska", "Czechia"],
    ],
    first_words: &[
        "Beaumont", "Van Dam", "Solana", "Fjord", "Ponte", "Ardenne", "Westmoor", "Lindholm",
    ],
    legal_forms: &["SAS", "B.V.", "Ltd", "S.p.A.", "AB"],
    languages: &["en", "fr", "it", "es", "sv", "nl"],
    is_chinese: false,
};

const ASIA: Market = Market {
    places: &[
        &["Japan", "日本", "JP"],
        &["South Korea", "KR"],
        &["Singapore", "SG"],
        &["India", "Pune"],
        // Not in the sample policy.
        &["Viet Nam", "Vietnam"],
    ],
    first_words: &["Sakura", "Hanok", "Merlion", "Deccan", "Lotus"],
    legal_forms: &["K.K.", "Co., Ltd.", "Pte Ltd", "Pvt Ltd"],
    languages: &["en", "ja", "ko"],
    is_chinese: false,
};

/// Leads without a place, or with one that no policy lists.
const NOWHERE: Market = Market {
    places: &[
        &[""],
        &[""],
        &["-"],
        &["n/a"],
        &["Atlantis"],
        &["São Paulo"],
        &["Brazil"],
        &["South Africa"],
    ],
    first_words: &["Global", "Universal", "United", "Trans", "Omni"],
    legal_forms: &["Ltd", "Holding", "International"],
    languages: &["en", "", "de", "zh", "pt"],
    is_chinese: false,
};

pub(crate) const INDUSTRIES: &[Weighted<Industry>] = &[
    (
        industry(
            &["automotive", "Automotive", "汽车", "Auto"],
            "汽车部件",
            "Motor Parts",
        ),
        14,
    ),
    (
        industry(
            &["electronics", "电子", "Semiconductor", "半导体"],
            "电子",
            "Electronics",
        ),
        14,
    ),
    (
        industry(
            &["machinery", "机械", "Machine Building"],
            "机械",
            "Machine",
        ),
        14,
    ),
    (industry(&["metals", "Steel", "钢铁"], "金属", "Metals"), 6),
    (
        industry(&["manufacturing", "制造业", "Mfg"], "制造", "Works"),
        6,
    ),
    (
        industry(&["chemicals", "化工", "Chemical"], "化工", "Chemicals"),
        6,
    ),
    (
        industry(
            &["food-beverage", "Food & Beverage", "食品"],
            "食品",
            "Foods",
        ),
        8,
    ),
    (
        industry(&["pharma", "Pharmaceuticals", "医药"], "医药", "Pharma"),
        5,
    ),
    (
        industry(&["power", "Utilities", "电力"], "电力", "Power"),
        4,
    ),
    (
        industry(&["renewables", "Battery", "新能源"], "新能源", "Solar"),
        6,
    ),
    (
        industry(
            &["warehousing", "Intralogistics", "仓储", "物流"],
            "物流",
            "Logistics",
        ),
        5,
    ),
    (industry(&["ports", "港口"], "港务", "Port Services"), 2),
    (
        industry(&["water", "Wastewater", "水务"], "水务", "Water"),
        2,
    ),
    (
        industry(&["education", "教育", "University"], "教育", "Learning"),
        1,
    ),
    (
        industry(
            &["integrator", "System Integrator", "系统集成"],
            "自动化",
            "Automation",
        ),
        4,
    ),
    (
        industry(&["trade", "Distributor", "贸易"], "贸易", "Trading"),
        4,
    ),
    // Not in the sample policy.
    (
        industry(
            &["aerospace", "Aerospace & Defense", "航空"],
            "航空",
            "Aerospace",
        ),
        3,
    ),
    (industry(&["mining", "采矿"], "矿业", "Mining"), 2),
    (
        industry(&["gaming", "other", "Other", "其他"], "文化", "Media"),
        3,
    ),
];

const fn industry(
    spellings: &'static [&'static str],
    chinese: &'static str,
    latin: &'static str,
) -> Industry {
    Industry {
        spellings,
        trade_word: (chinese, latin),
    }
}

/// The lower end of a head count; the actual one is up to twice as much.
pub(crate) const HEAD_COUNTS: &[Weighted<u32>] = &[
    (2, 8),
    (6, 12),
    (14, 18),
    (30, 16),
    (70, 18),
    (180, 12),
    (420, 9),
    (1_100, 5),
    (3_000, 2),
    (9_000, 1),
];

pub(crate) const PRODUCTS: &[Weighted<&str>] = &[
    ("PLC", 10),
    ("controllers", 6),
    ("控制器", 6),
    ("Servo", 6),
    ("变频器", 6),
    ("Cobot", 6),
    ("机器人", 8),
    ("hardware/robots", 4),
    ("Vision", 5),
    ("传感器", 6),
    ("MES", 8),
    ("制造执行系统", 4),
    ("HMI/SCADA", 5),
    ("software", 3),
    ("Predictive Maintenance", 4),
    ("Spare Parts", 4),
    ("备件", 3),
    ("training", 2),
    ("Start-up", 2),
    ("", 5),
    // Not in the sample policy.
    ("AGV", 3),
    ("digital twin", 2),
    ("价格表", 1),
];

/// Lifecycle stages with the funnel stages that go with them, each with its spellings.
pub(crate) const STAGES: &[Weighted<(&[&str], &[&str])>] = &[
    (
        (
            &["subscriber", "Newsletter", "订阅"],
            &["new", "", "Inquiry"],
        ),
        8,
    ),
    (
        (
            &["lead", "Lead", "线索", ""],
            &["new", "新建", "Inquiry", ""],
        ),
        26,
    ),
    (
        (
            &["mql", "MQL", "marketing_qualified", "市场合格"],
            &["contacted", "已联系", "Working"],
        ),
        22,
    ),
    (
        (
            &["sql", "SQL", "sales qualified", "销售合格"],
            &["qualified", "已确认", "Qualification"],
        ),
        16,
    ),
    (
        (
            &["opportunity", "商机", "Opp"],
            &["proposal", "报价", "Quote sent", "negotiation"],
        ),
        12,
    ),
    ((&["opportunity"], &["lost", "Closed Lost", "输单"]), 4),
    (
        (
            &["customer", "Client", "客户"],
            &["new", "won", "Closed Won", "proposal", "谈判"],
        ),
        11,
    ),
    (
        (&["prospect", "cold"], &["demo scheduled", "on hold", "new"]),
        1,
    ),
];

pub(crate) const SOURCES: &[Weighted<&str>] = &[
    ("web form", 30),
    ("Spring Fair", 8),
    ("webinar", 12),
    ("demo request", 10),
    ("referral", 10),
    ("cold call", 8),
    ("WeChat", 14),
    ("Paid Search", 8),
];

pub(crate) const INTERESTS: &[&str] = &[
    "automation",
    "robotics",
    "retrofit",
    "maintenance",
    "energy saving",
    "safety",
    "traceability",
    "training",
];

/// What people enter who only want the brochure.
pub(crate) const JOKES: &[&str] = &["test", "asdf", "N/A", "测试"];
