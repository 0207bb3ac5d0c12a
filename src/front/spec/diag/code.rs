//! Stable codes of the language's own errors. `THR02..` belong to [`crate::question::QuestionError`].

macro_rules! codes {
    ($($variant:ident = $code:literal, $words:literal;)*) => {
        /// An error of the specification language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $words] $variant,)* }
        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];
            /// The code as users see it; it never changes its meaning.
            #[must_use]
            pub const fn id(self) -> &'static str { match self { $(Code::$variant => $code,)* } }
            /// What it means.
            #[must_use]
            pub const fn words(self) -> &'static str { match self { $(Code::$variant => $words,)* } }
        }
    };
}

codes! {
    Unexpected = "THR0001", "something else is expected here";
    NotFinite = "THR0002", "a number is not finite or does not fit a double";
    TooLarge = "THR0003", "a whole number is too large";
    OpenString = "THR0004", "a string has no end on its line";
    Unclosed = "THR0005", "a block has no end";
    Unreadable = "THR0006", "the specification cannot be read: it must be an ordinary file of at most 16 MiB of UTF-8 text";
    MissingStatement = "THR0100", "a statement is missing";
    RepeatedStatement = "THR0101", "a statement occurs twice";
    RepeatedName = "THR0102", "a name is given twice";
    UnknownName = "THR0103", "a name is not declared";
    MissingSetting = "THR0104", "a setting is missing";
    RepeatedSetting = "THR0105", "a setting occurs twice";
    Conflict = "THR0106", "two settings exclude each other";
    OtherKind = "THR0107", "a statement or setting belongs to another kind of question";
    NoFile = "THR0110", "a file does not exist or cannot be read: it must be an ordinary file of at most 2 GiB";
    BadNetwork = "THR0111", "a network cannot be read";
    BadData = "THR0112", "a data file cannot be read";
    UnknownColumn = "THR0113", "a column does not exist";
    RepeatedColumn = "THR0114", "a column is named twice";
    ColumnRange = "THR0115", "a range of columns cannot be expanded";
    LabelSet = "THR0116", "a set of labels makes no sense";
    LabelKind = "THR0117", "a kind of labels does not fit here";
    UnknownLabel = "THR0118", "a label is not in the declared set";
    VectorLength = "THR0119", "a vector has the wrong length";
    RowOutside = "THR0120", "a row does not exist";
    RowRange = "THR0121", "a range of rows is reversed or overlaps another";
    DenseShape = "THR0122", "an inline network makes no sense";
    StepCount = "THR0130", "steps, rates and batches do not agree";
    BatchSize = "THR0131", "the batch size does not fit the data";
    LastBatch = "THR0132", "the fate of the last batch is not stated";
    RowOrder = "THR0133", "the order of rows is not complete";
    OtherData = "THR0140", "the threat is about another data set";
    NoCandidate = "THR0141", "no row of the training data is selected";
    ColumnTwoKinds = "THR0142", "a feature has two kinds or two domains";
    OnePoint = "THR0150", "exactly one test point is needed";
    OtherClaim = "THR0151", "the claim is about another quantity";
    BadProperty = "THR0170", "a property cannot be read, or is about another network";
    OpenSet = "THR0171", "an input has no lower or no upper end";
    SwappedRange = "THR0172", "the ends of a range are swapped";
    NoElement = "THR0173", "the network has no such input or output";
    NoRow = "THR0174", "a formula over inputs is of a kind that has no place here";
    PointOutside = "THR0175", "the point lies outside its domain";
    EmptySet = "THR0176", "no input is left, so that nothing is asked";
    NoClass = "THR0177", "the network has no such class";
    Normalisation = "THR0178", "means and deviations do not fit";
    ArrayShape = "THR0179", "samples do not fit the input of the network";
    BadBounds = "THR0180", "a file of bounds cannot be read, or is about another network";
    OptionRange = "THR0160", "an option is out of range";
}
