//! Code, place and advice of each error.

use super::{Place, QuestionError};

impl QuestionError {
    /// Stable code, listed in `grammar/ERRORS.md`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        use QuestionError as E;
        match self {
            E::NoAffine => "THR0200",
            E::LayerShape { .. } => "THR0201",
            E::BiasShape { .. } => "THR0202",
            E::WeightNotFinite { .. } => "THR0203",
            E::DeclaredShape { .. } => "THR0204",
            E::NoSamples { .. } => "THR0205",
            E::FeatureCount { .. } => "THR0206",
            E::Length { .. } => "THR0207",
            E::DataNotFinite { .. } => "THR0208",
            E::Outputs { .. } => "THR0209",
            E::LabelOutside { .. } => "THR0210",
            E::LossLabels { .. } => "THR0220",
            E::Transcendental { .. } => "THR0221",
            E::NoSteps => "THR0222",
            E::TooManySteps { .. } => "THR0223",
            E::RateCount { .. } => "THR0224",
            E::Rate { .. } => "THR0225",
            E::EmptyBatch { .. } => "THR0226",
            E::BatchRow { .. } => "THR0227",
            E::BatchRepeats { .. } => "THR0228",
            E::OutOfRange { .. } => "THR0229",
            E::NoThreat => "THR0240",
            E::CandidateRow { .. } => "THR0241",
            E::CandidateOrder { .. } => "THR0242",
            E::Budget { .. } => "THR0243",
            E::IdleBudget { .. } => "THR0244",
            E::LabelThreat { .. } => "THR0245",
            E::NoClass { .. } => "THR0246",
            E::NoClasses => "THR0247",
            E::EmptyRange { .. } => "THR0248",
            E::CleanOutside { .. } => "THR0249",
            E::Unbounded { .. } => "THR0250",
            E::AllFixed => "THR0251",
            E::InsertFixed { .. } => "THR0252",
            E::NotInteger { .. } => "THR0253",
            E::SmallGroup { .. } => "THR0254",
            E::NotOneHot { .. } => "THR0255",
            E::OneHotDomain { .. } => "THR0256",
            E::InsertNone => "THR0257",
            E::InsertLabels { .. } => "THR0258",
            E::RelationRow { .. } => "THR0280",
            E::RelationFeature { .. } => "THR0281",
            E::OffsetWithoutZero { .. } => "THR0282",
            E::RelationNumber { .. } => "THR0283",
            E::RelationBroken { .. } => "THR0284",
            E::RealCondition { .. } => "THR0285",
            E::NothingNew { .. } => "THR0286",
            E::GroupInPart { .. } => "THR0287",
            E::NoPoints => "THR0260",
            E::PointFeatures { .. } => "THR0261",
            E::PointNotFinite { .. } => "THR0262",
            E::PointLabel { .. } => "THR0263",
            E::GoalLabels { .. } => "THR0264",
            E::TestLoss { .. } => "THR0265",
            E::NoParameter { .. } => "THR0266",
            E::Coefficient { .. } => "THR0267",
            E::ParameterTwice { .. } => "THR0268",
            E::NoTerms => "THR0269",
            E::BudgetScope => "THR0270",
            E::BackdoorOutside { .. } => "THR0271",
            E::ClaimDirection { .. } => "THR0272",
        }
    }

    /// The part of the question that breaks the rule.
    #[must_use]
    pub fn place(&self) -> Place {
        use QuestionError as E;
        match self {
            E::NoAffine
            | E::LayerShape { .. }
            | E::BiasShape { .. }
            | E::WeightNotFinite { .. }
            | E::DeclaredShape { .. } => Place::Network,
            E::NoSamples { .. }
            | E::FeatureCount { .. }
            | E::DataNotFinite { .. }
            | E::Outputs { .. }
            | E::LabelOutside { .. } => Place::Data,
            E::LossLabels { .. } | E::Transcendental { .. } => Place::Loss,
            E::NoSteps | E::TooManySteps { .. } => Place::Steps,
            E::RateCount { .. } => Place::Training,
            E::Rate { step, .. } => Place::Rate(*step),
            E::EmptyBatch { step } | E::BatchRow { step, .. } | E::BatchRepeats { step, .. } => {
                Place::Batch(*step)
            }
            E::NoThreat => Place::Threat,
            E::CandidateRow { .. } | E::CandidateOrder { .. } => Place::Candidates,
            E::LabelThreat { .. } | E::NoClasses => Place::Labels,
            E::AllFixed => Place::Features,
            E::NotInteger { feature, .. }
            | E::SmallGroup { feature, .. }
            | E::NotOneHot { feature, .. } => Place::Kind(*feature),
            E::OneHotDomain { feature, .. } => Place::Domain(*feature),
            E::InsertFixed { .. } | E::InsertNone | E::InsertLabels { .. } => Place::Insertion,
            E::NoPoints | E::GoalLabels { .. } | E::TestLoss { .. } => Place::Goal,
            E::NoTerms | E::BudgetScope => Place::Goal,
            E::PointFeatures { index, .. }
            | E::PointNotFinite { index, .. }
            | E::PointLabel { index, .. } => Place::Point(*index),
            E::NoParameter { term, .. }
            | E::Coefficient { term, .. }
            | E::ParameterTwice { term, .. } => Place::Term(*term),
            E::BackdoorOutside { .. } => Place::Backdoor,
            E::ClaimDirection { .. } => Place::Claim,
            E::Length { place, .. }
            | E::OutOfRange { place, .. }
            | E::Budget { place, .. }
            | E::IdleBudget { place, .. }
            | E::NoClass { place, .. }
            | E::EmptyRange { place, .. }
            | E::CleanOutside { place, .. }
            | E::RelationRow { place, .. }
            | E::RelationFeature { place, .. }
            | E::OffsetWithoutZero { place, .. }
            | E::RelationNumber { place, .. }
            | E::RelationBroken { place, .. }
            | E::RealCondition { place, .. }
            | E::NothingNew { place }
            | E::GroupInPart { place, .. }
            | E::Unbounded { place, .. } => *place,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        use QuestionError as E;
        match self {
            E::NoAffine => "export a network with at least one Gemm or MatMul node",
            E::LayerShape { .. } | E::BiasShape { .. } | E::DeclaredShape { .. } => {
                "give every layer as many inputs as the layer before it has outputs"
            }
            E::WeightNotFinite { .. } => "export the network again from finite weights",
            E::NoSamples { .. } => "name a data set with at least one row",
            E::FeatureCount { .. } => {
                "select as many feature columns as the network has inputs, or take another network"
            }
            E::Length { .. } => "give one entry for each",
            E::DataNotFinite { .. } => "remove or repair that row",
            E::Outputs { .. } => "declare the labels as the network was made for, or take another",
            E::LabelOutside { .. } => "add the label to the set, or leave out the row",
            E::LossLabels { .. } => {
                "labels -1/+1 go with hinge or perceptron, classes with margin, real labels with \
                 squared, absolute or huber"
            }
            E::Transcendental { .. } => {
                "train with hinge or perceptron (labels -1/+1), margin (classes), or squared, \
                 absolute or huber (real labels), whose gradients are piecewise linear"
            }
            E::NoSteps => "train for at least one step",
            E::TooManySteps { .. } => "train for fewer steps",
            E::RateCount { .. } => "give one rate for each step",
            E::Rate { .. } => "write a positive rate such as 0.5; steps are counted from 0",
            E::EmptyBatch { .. } => "give every step at least one row",
            E::BatchRow { .. } | E::CandidateRow { .. } => "rows are counted from 0",
            E::BatchRepeats { .. } => "name each row at most once in a batch",
            E::OutOfRange { .. } => "write a number in that range",
            E::NoThreat => {
                "allow at least one of `labels`, `features`, `delete` and `insert`; `touch at most \
                 0` asks for clean training"
            }
            E::CandidateOrder { .. } => "list the rows in ascending order, each once",
            E::Budget { .. } => "lower the budget, or let more rows be touched",
            E::IdleBudget { .. } => "allow that change, or drop its budget",
            E::LabelThreat { .. } => {
                "labels -1/+1 can be flipped, classes can become `any` or go `to` one, real labels \
                 move `within` a distance"
            }
            E::NoClass { .. } => "classes are counted from 0 in the order of their declaration",
            E::NoClasses => "name at least one class",
            E::EmptyRange { .. } => "write the smaller number first",
            E::CleanOutside { .. } => {
                "widen the domain, or keep that row or feature out of the threat"
            }
            E::Unbounded { .. } => {
                "give a finite box with `within [lo, hi]` or `domain`, or bound the change with \
                 linf, l1, l2 or `change`"
            }
            E::RelationRow { .. } => "rows are counted from 0; list them in ascending order",
            E::RelationFeature { .. } => {
                "name features, counted from 0 and in ascending order, that are not fixed"
            }
            E::OffsetWithoutZero { .. } => {
                "let the range contain 0: a touched sample may stay as it is"
            }
            E::RelationNumber { .. } => "write finite numbers, and none that multiplies with 0",
            E::RelationBroken { .. } => {
                "leave that row out with `rows`, `with label` or `when`, or put values that \
                 satisfy it into the data (for missing values: any that do)"
            }
            E::RealCondition { .. } => {
                "declare the feature `integer` or `one-hot`, or ask for its old value"
            }
            E::NothingNew { .. } => {
                "write `new` before a feature that `features`, `change` or `missing` lets change; \
                 a condition on old features selects rows: `when old x = 1`"
            }
            E::GroupInPart { .. } => "name all columns of the group",
            E::AllFixed => "let at least one feature change, or drop the setting",
            E::InsertFixed { .. } => "make that feature real, integer or one-hot",
            E::NotInteger { .. } => "declare the feature as real, or repair the data",
            E::SmallGroup { .. } => "name all columns of the group, at least two",
            E::NotOneHot { .. } => {
                "exactly one column of the group must be 1, the others 0; where the category is \
                 missing, any one"
            }
            E::OneHotDomain { .. } => "drop the domain of that column",
            E::InsertNone => "insert at least one sample, or drop the setting",
            E::InsertLabels { .. } => "write `label in [lo, hi]` for real labels and only for them",
            E::NoPoints => "name at least one test point",
            E::PointFeatures { .. } => "give one number for each input of the network",
            E::PointNotFinite { .. } => "give finite numbers",
            E::PointLabel { .. } => "give the point a label of the same set as the training data",
            E::GoalLabels { .. } => {
                "classes and labels -1/+1 have margins and errors, real labels have `worst squared \
                 error`"
            }
            E::TestLoss { .. } => "ask for `worst margin`, `worst errors` or `worst squared error`",
            E::NoParameter { .. } => {
                "layers are counted from 1, rows and columns of a weight from 0: w[1][0,1], b[1][0]"
            }
            E::Coefficient { .. } => "give every term a finite coefficient other than 0",
            E::ParameterTwice { .. } => "add the coefficients up in one term",
            E::NoTerms => "name at least one parameter",
            E::BudgetScope => "write `touch at most n per run`",
            E::BackdoorOutside { .. } => "widen the domain, or take another point",
            E::ClaimDirection { .. } => "turn the relation round",
        }
    }
}
