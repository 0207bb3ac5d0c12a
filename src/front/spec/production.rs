//! The productions of `grammar/theriac.ebnf`, by the names that it gives them.

macro_rules! productions {
    ($($variant:ident = $name:literal,)*) => {
        /// A production of the grammar. Parsers are labelled with these, and a test compares the
        /// labels with the EBNF file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Production { $(#[doc = concat!("`", $name, "`")] $variant,)* }
        impl Production {
            /// Every production.
            pub const ALL: &'static [Production] = &[$(Production::$variant,)*];
            /// The name in the EBNF file.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Production::$variant => $name,)* } }
        }
    };
}

productions! {
    Spec = "spec",
    Statement = "statement",
    Network = "network",
    Onnx = "onnx",
    Dense = "dense",
    Start = "start",
    Assignment = "assignment",
    Data = "data",
    Csv = "csv",
    Points = "points",
    Sample = "sample",
    Like = "like",
    Features = "features",
    Columns = "columns",
    ColumnRange = "column_range",
    Column = "column",
    Label = "label",
    LabelKind = "label_kind",
    LabelItem = "label_item",
    LabelValue = "label_value",
    Target = "target",
    Rows = "rows",
    RowList = "row_list",
    RowRange = "row_range",
    Vector = "vector",
    Interval = "interval",
    Train = "train",
    TrainSetting = "train_setting",
    Loss = "loss",
    Reduce = "reduce",
    Rate = "rate",
    RatePart = "rate_part",
    Schedule = "schedule",
    Length = "length",
    Batch = "batch",
    Batches = "batches",
    Momentum = "momentum",
    Decay = "decay",
    Clip = "clip",
    Threat = "threat",
    ThreatSetting = "threat_setting",
    Touch = "touch",
    Budget = "budget",
    WithLabel = "with_label",
    Labels = "labels",
    FeatureChange = "feature_change",
    Within = "within",
    Domain = "domain",
    Integer = "integer",
    OneHot = "one_hot",
    Delete = "delete",
    Insert = "insert",
    Ask = "ask",
    Goal = "goal",
    Safety = "safety",
    Test = "test",
    Backdoor = "backdoor",
    Direction = "direction",
    Term = "term",
    Parameter = "parameter",
    Prove = "prove",
    Quantity = "quantity",
    Relation = "relation",
    Encode = "encode",
    EncodeSetting = "encode_setting",
    Toggle = "toggle",
    Tighten = "tighten",
    TightenSetting = "tighten_setting",
    Solve = "solve",
    SolveSetting = "solve_setting",
    TimeLimit = "time_limit",
    Unit = "unit",
    End = "END",
    Name = "NAME",
    Text = "STRING",
    Whole = "INTEGER",
    Number = "NUMBER",
    Unsigned = "UNSIGNED",
}
