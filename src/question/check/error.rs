//! What can be wrong with a question, in one sentence each.

use thiserror::Error;

use super::Place;
use crate::front::printable::number;
use crate::question::goal::Relation;

/// A rule that a question breaks. Rows, steps, classes and features are counted from 0.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// The network has no affine layer.
    #[error("the network has no weights")]
    NoAffine,
    /// A layer does not fit the one before it.
    #[error("layer `{node}` takes {needed} inputs, but {found} arrive")]
    LayerShape {
        /// ONNX node.
        node: String,
        /// Inputs that its weight takes.
        needed: usize,
        /// Outputs of the layer before.
        found: usize,
    },
    /// A bias does not fit its weight.
    #[error("layer `{node}` has {needed} outputs and {found} biases")]
    BiasShape {
        /// ONNX node.
        node: String,
        /// Outputs of the weight.
        needed: usize,
        /// Length of the bias.
        found: usize,
    },
    /// A weight is infinite or NaN.
    #[error("layer `{node}` holds a weight that is not finite")]
    WeightNotFinite {
        /// ONNX node.
        node: String,
    },
    /// Declared shapes of the network are wrong.
    #[error("the network declares {declared} {what}, its layers have {found}")]
    DeclaredShape {
        /// `inputs` or `outputs`.
        what: &'static str,
        /// The declared number.
        declared: usize,
        /// The number that the layers have.
        found: usize,
    },
    /// No training sample.
    #[error("data set `{name}` has no sample")]
    NoSamples {
        /// The data set.
        name: String,
    },
    /// Data and network disagree on the number of features.
    #[error("data set `{name}` has {found} features, the network takes {needed} inputs")]
    FeatureCount {
        /// The data set.
        name: String,
        /// Features of the data.
        found: usize,
        /// Inputs of the network.
        needed: usize,
    },
    /// A list has not one entry a feature, sample or output.
    #[error("{what} has {found} entries, not {needed}")]
    Length {
        /// The list.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length that it must have.
        needed: usize,
        /// Where it is.
        place: Place,
    },
    /// A value of the data is infinite or NaN.
    #[error("row {row} of data set `{name}` has a value that is not finite in column `{column}`")]
    DataNotFinite {
        /// The data set.
        name: String,
        /// The row.
        row: usize,
        /// The column.
        column: String,
    },
    /// Labels do not fit the outputs of the network.
    #[error("the labels are {labels} and need {needed}, not the {outputs} of this network")]
    Outputs {
        /// Kind of labels.
        labels: &'static str,
        /// What they need.
        needed: String,
        /// Outputs of the network.
        outputs: usize,
    },
    /// A label is none of the declared ones.
    #[error("row {row} of data set `{name}` has a label outside the declared set")]
    LabelOutside {
        /// The data set.
        name: String,
        /// The row.
        row: usize,
    },
    /// The loss does not fit the labels.
    #[error("the {loss} loss needs {needed}, the labels here are {labels}")]
    LossLabels {
        /// The loss.
        loss: &'static str,
        /// Labels that it needs.
        needed: &'static str,
        /// Labels of the data.
        labels: &'static str,
    },
    /// The gradient of the loss is transcendental.
    #[error(
        "the gradient of the {loss} loss is transcendental: no mixed-integer quadratic program \
         represents it exactly"
    )]
    Transcendental {
        /// The loss.
        loss: &'static str,
    },
    /// No gradient step.
    #[error("training has no step")]
    NoSteps,
    /// More steps than can be unrolled.
    #[error("training has {steps} steps, at most {limit} can be unrolled")]
    TooManySteps {
        /// Steps asked for.
        steps: usize,
        /// The limit.
        limit: usize,
    },
    /// Rates and batches differ in number.
    #[error("there are {rates} rates for {batches} batches")]
    RateCount {
        /// Number of rates.
        rates: usize,
        /// Number of batches.
        batches: usize,
    },
    /// A rate is not a positive number.
    #[error("the rate of step {step} is {}, it must be positive and finite", number(*.value))]
    Rate {
        /// The step.
        step: usize,
        /// The rate.
        value: f64,
    },
    /// A batch is empty.
    #[error("the batch of step {step} is empty")]
    EmptyBatch {
        /// The step.
        step: usize,
    },
    /// A batch names a row that does not exist.
    #[error("the batch of step {step} names row {row}, the last row is {last}")]
    BatchRow {
        /// The step.
        step: usize,
        /// The row.
        row: usize,
        /// Last row of the data.
        last: usize,
    },
    /// A batch names a row twice.
    #[error("the batch of step {step} names row {row} twice")]
    BatchRepeats {
        /// The step.
        step: usize,
        /// The row.
        row: usize,
    },
    /// A number of the training block is out of range.
    #[error("{what} is {}, it must be {rule}", number(*.value))]
    OutOfRange {
        /// The quantity.
        what: &'static str,
        /// Its value.
        value: f64,
        /// The rule.
        rule: &'static str,
        /// Where it is.
        place: Place,
    },
    /// The threat allows no change.
    #[error("the threat allows no change of the data")]
    NoThreat,
    /// A candidate row does not exist.
    #[error("row {row} cannot be touched, the last row of the training data is {last}")]
    CandidateRow {
        /// The row.
        row: usize,
        /// Last row of the data.
        last: usize,
    },
    /// Candidates are not ascending.
    #[error("the rows that may be touched are not ascending at row {row}")]
    CandidateOrder {
        /// The row.
        row: usize,
    },
    /// The budget exceeds the candidates.
    #[error("the budget is {budget} samples, but only {candidates} may be touched")]
    Budget {
        /// The budget.
        budget: usize,
        /// Number of candidates.
        candidates: usize,
        /// Which budget.
        place: Place,
    },
    /// A separate budget for what is not allowed.
    #[error("there is a budget of {budget} for {what}, which the threat does not allow")]
    IdleBudget {
        /// The budget.
        budget: usize,
        /// `features` or `labels`.
        what: &'static str,
        /// Which budget.
        place: Place,
    },
    /// A threat to labels of another kind.
    #[error("{threat} needs {needed}, the labels here are {labels}")]
    LabelThreat {
        /// The threat.
        threat: &'static str,
        /// Labels that it needs.
        needed: &'static str,
        /// Labels of the data.
        labels: &'static str,
    },
    /// A class that the data do not have.
    #[error("class {class} does not exist, the last class is {last}")]
    NoClass {
        /// The class.
        class: usize,
        /// Last class.
        last: usize,
        /// Where it is.
        place: Place,
    },
    /// No class is allowed.
    #[error("the threat to labels allows no class")]
    NoClasses,
    /// A range whose ends are swapped or not numbers.
    #[error("the {what} [{}, {}] is empty", number(*.lo), number(*.hi))]
    EmptyRange {
        /// The range.
        what: String,
        /// Lower end.
        lo: f64,
        /// Upper end.
        hi: f64,
        /// Where it is.
        place: Place,
    },
    /// A clean value lies outside its domain.
    #[error(
        "row {row} has {} in `{column}`, outside its domain [{}, {}]",
        number(*.value), number(*.lo), number(*.hi)
    )]
    CleanOutside {
        /// The row.
        row: usize,
        /// The column.
        column: String,
        /// The clean value.
        value: f64,
        /// Lower end.
        lo: f64,
        /// Upper end.
        hi: f64,
        /// Where the domain is.
        place: Place,
    },
    /// Arbitrary features without a box.
    #[error(
        "feature `{column}` may become anything, but its domain [{}, {}] is unbounded",
        number(*.lo), number(*.hi)
    )]
    Unbounded {
        /// The column.
        column: String,
        /// Lower end.
        lo: f64,
        /// Upper end.
        hi: f64,
        /// `Features` or `Insertion`.
        place: Place,
    },
    /// No feature may change.
    #[error("the threat to features fixes every feature")]
    AllFixed,
    /// An inserted sample with a fixed feature.
    #[error("feature `{column}` of an inserted sample is fixed, but there is no clean value")]
    InsertFixed {
        /// The column.
        column: String,
    },
    /// A clean value of an integer feature is no integer.
    #[error("row {row} has {} in `{column}`, which is declared integer", number(*.value))]
    NotInteger {
        /// The row.
        row: usize,
        /// The column.
        column: String,
        /// The clean value.
        value: f64,
        /// The feature.
        feature: usize,
    },
    /// A one-hot group of fewer than two columns.
    #[error("the one-hot group of `{column}` has only that column")]
    SmallGroup {
        /// The column.
        column: String,
        /// The feature.
        feature: usize,
    },
    /// Clean values of a one-hot group are not one-hot.
    #[error("row {row} is not one-hot in the group of `{column}`")]
    NotOneHot {
        /// The row.
        row: usize,
        /// First column of the group.
        column: String,
        /// The feature.
        feature: usize,
    },
    /// The domain of a one-hot column excludes 0 or 1.
    #[error(
        "the domain [{}, {}] of the one-hot column `{column}` excludes 0 or 1",
        number(*.lo), number(*.hi)
    )]
    OneHotDomain {
        /// The column.
        column: String,
        /// Lower end.
        lo: f64,
        /// Upper end.
        hi: f64,
        /// The feature.
        feature: usize,
    },
    /// Zero samples are inserted.
    #[error("the threat inserts at most 0 samples")]
    InsertNone,
    /// Inserted samples lack a range of labels, or have one they cannot use.
    #[error("inserted samples {problem}")]
    InsertLabels {
        /// What is wrong.
        problem: &'static str,
    },
    /// A relation names a row that does not exist, or rows out of order.
    #[error("a relation names row {row}, which does not exist or is out of order")]
    RelationRow {
        /// The row.
        row: usize,
        /// The relation.
        place: Place,
    },
    /// A relation names a feature that cannot change, or features out of order.
    #[error("a relation names feature {feature}, which cannot change or is out of order")]
    RelationFeature {
        /// The feature.
        feature: usize,
        /// The relation.
        place: Place,
    },
    /// A change that must differ from 0.
    #[error(
        "the change of `{column}` in [{}, {}] excludes 0, so that the data themselves break it",
        number(*.lo), number(*.hi)
    )]
    OffsetWithoutZero {
        /// The column.
        column: String,
        /// Lower end.
        lo: f64,
        /// Upper end.
        hi: f64,
        /// The relation.
        place: Place,
    },
    /// A number of a relation is not finite, or a coefficient is 0.
    #[error("a relation has the number {}", number(*.value))]
    RelationNumber {
        /// The number.
        value: f64,
        /// The relation.
        place: Place,
    },
    /// The clean data break a relation.
    #[error("row {row} of the data breaks `{relation}`")]
    RelationBroken {
        /// The row.
        row: usize,
        /// The relation.
        relation: String,
        /// Where it is.
        place: Place,
    },
    /// A condition on the new value of a real feature.
    #[error("a condition on the new value of `{column}`, which is a real number")]
    RealCondition {
        /// The column.
        column: String,
        /// The relation.
        place: Place,
    },
    /// A relation without a new feature that may change.
    #[error("the relation has no new feature that may change")]
    NothingNew {
        /// The relation.
        place: Place,
    },
    /// A one-hot group of which only a part is missing.
    #[error("`{column}` is missing, but not its whole one-hot group")]
    GroupInPart {
        /// The column.
        column: String,
        /// Where it is.
        place: Place,
    },
    /// No test point.
    #[error("the goal has no test point")]
    NoPoints,
    /// A test point has the wrong number of features.
    #[error("test point {point} has {found} features, the network takes {needed} inputs")]
    PointFeatures {
        /// The point's source.
        point: String,
        /// Its features.
        found: usize,
        /// Inputs of the network.
        needed: usize,
        /// Which point.
        index: usize,
    },
    /// A test point is not finite.
    #[error("test point {point} has a value that is not finite")]
    PointNotFinite {
        /// The point's source.
        point: String,
        /// Which point.
        index: usize,
    },
    /// The label of a test point is of another kind or outside the set.
    #[error("the label of test point {point} is not one of {labels}")]
    PointLabel {
        /// The point's source.
        point: String,
        /// Labels of the training data.
        labels: &'static str,
        /// Which point.
        index: usize,
    },
    /// A goal that the labels do not have.
    #[error("`{goal}` needs {needed}, the labels here are {labels}")]
    GoalLabels {
        /// The goal.
        goal: &'static str,
        /// Labels that it needs.
        needed: &'static str,
        /// Labels of the data.
        labels: &'static str,
    },
    /// The test loss is defined for hinge and margin only.
    #[error("`worst loss` needs the hinge or the margin loss, training uses the {loss} loss")]
    TestLoss {
        /// The loss.
        loss: &'static str,
    },
    /// A parameter that the network does not have.
    #[error("the network has no parameter {parameter}: {reason}")]
    NoParameter {
        /// The parameter as the language writes it.
        parameter: String,
        /// What exists.
        reason: String,
        /// Which term.
        term: usize,
    },
    /// A coefficient is zero or not finite.
    #[error("the coefficient of term {term} is {}", number(*.value))]
    Coefficient {
        /// Which term.
        term: usize,
        /// The coefficient.
        value: f64,
    },
    /// A parameter occurs twice in a direction.
    #[error("the direction names {parameter} twice")]
    ParameterTwice {
        /// The parameter.
        parameter: String,
        /// Which term.
        term: usize,
    },
    /// A direction without terms.
    #[error("the direction has no term")]
    NoTerms,
    /// The smallest budget of a threat that chooses anew for each batch.
    #[error("`smallest budget` needs one budget for the whole run")]
    BudgetScope,
    /// The clean test point of a backdoor lies outside its domain.
    #[error(
        "test point {point} has {} in `{column}`, outside its domain [{}, {}]",
        number(*.value), number(*.lo), number(*.hi)
    )]
    BackdoorOutside {
        /// The point's source.
        point: String,
        /// The column.
        column: String,
        /// The clean value.
        value: f64,
        /// Lower end.
        lo: f64,
        /// Upper end.
        hi: f64,
    },
    /// The claim points the wrong way.
    #[error("`{claim}` cannot be proved: {reason}")]
    ClaimDirection {
        /// The relation.
        claim: &'static str,
        /// Why.
        reason: &'static str,
    },
}

impl Relation {
    /// The relation as the language writes it.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Relation::Greater => ">",
            Relation::AtLeast => ">=",
            Relation::Less => "<",
            Relation::AtMost => "<=",
        }
    }
}
