//! What can be wrong with a model.

use thiserror::Error;

use crate::front::printable::number;

/// One broken invariant. `who` names the variable, row or set in the user's words.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum Fault {
    /// Column arrays of different length, or offsets that do not ascend.
    #[error("the table of {table} is inconsistent: {reason}; the model was built or saved wrongly")]
    Table {
        /// Which table.
        table: &'static str,
        /// What does not fit.
        reason: String,
    },
    /// A NaN.
    #[error("{what} of {who} is not a number; every number of a model must be one")]
    NotANumber {
        /// Which number.
        what: &'static str,
        /// Where.
        who: String,
    },
    /// An infinite coefficient, constant or right-hand side.
    #[error("{what} of {who} is infinite; only bounds may be")]
    Infinite {
        /// Which number.
        what: &'static str,
        /// Where.
        who: String,
    },
    /// An explicit zero coefficient.
    #[error("{what} of {who} is zero; terms that say nothing must be left out")]
    Zero {
        /// Which number.
        what: &'static str,
        /// Where.
        who: String,
    },
    /// A lower bound of plus infinity or an upper one of minus infinity.
    #[error(
        "the bounds {} and {} of {who} leave no real value; check its definition",
        number(*.lower), number(*.upper)
    )]
    NoValue {
        /// Where.
        who: String,
        /// Lower bound.
        lower: f64,
        /// Upper bound.
        upper: f64,
    },
    /// `lower > upper`.
    #[error(
        "the bounds of {who} cross ({} > {}); the question has no admissible point, report that instead of writing a model",
        number(*.lower), number(*.upper)
    )]
    Crossed {
        /// Where.
        who: String,
        /// Lower bound.
        lower: f64,
        /// Upper bound.
        upper: f64,
    },
    /// A binary variable with bounds outside `[0, 1]`.
    #[error(
        "{who} is binary but its bounds are [{}, {}]; they must lie in [0, 1]",
        number(*.lower), number(*.upper)
    )]
    BinaryBounds {
        /// Where.
        who: String,
        /// Lower bound.
        lower: f64,
        /// Upper bound.
        upper: f64,
    },
    /// Two variables with one name.
    #[error("columns {first} and {second} both are called {name}; give one of them another name")]
    DuplicateName {
        /// The first column.
        first: u32,
        /// The second column.
        second: u32,
        /// Their name.
        name: String,
    },
    /// Two rows with one name.
    #[error("rows {first} and {second} both are called {name}; give one of them another name")]
    DuplicateRowName {
        /// The first row.
        first: u32,
        /// The second row.
        second: u32,
        /// Their name.
        name: String,
    },
    /// A branching priority of a variable that nobody branches on.
    #[error(
        "{who} is continuous and has a branching priority; only integers and binaries have one"
    )]
    PriorityOfContinuous {
        /// Where.
        who: String,
    },
    /// Two variables with one role.
    #[error("columns {first} and {second} both are {who}; a role belongs to one variable")]
    DuplicateRole {
        /// Position of the first.
        first: u32,
        /// Position of the second.
        second: u32,
        /// The role.
        who: String,
    },
    /// An index that the family or rule does not show in names.
    #[error("{who} carries a {index} index, which names of its kind do not show; leave it unused")]
    HiddenIndex {
        /// Where.
        who: String,
        /// Which index.
        index: &'static str,
    },
    /// A reference to a variable that does not exist.
    #[error("{who} refers to variable number {var}, but there are only {count}")]
    UnknownVariable {
        /// Where.
        who: String,
        /// The number.
        var: u32,
        /// Number of variables.
        count: usize,
    },
    /// A reference to a row that does not exist.
    #[error("the table of {table} refers to row number {row}, but there are only {count}")]
    UnknownRow {
        /// Which table.
        table: &'static str,
        /// The number.
        row: u32,
        /// Number of rows.
        count: usize,
    },
    /// A reference to an expression that does not exist or is not older.
    #[error("{who} refers to expression {expr}, which is not older than itself")]
    ForwardExpression {
        /// Where.
        who: String,
        /// The number.
        expr: u32,
    },
    /// A sum without operands.
    #[error("expression {expr} is a sum of nothing; write the constant 0")]
    EmptySum {
        /// The number.
        expr: u32,
    },
    /// Terms out of order or twice.
    #[error("{what} of {who} are not in ascending order, or one occurs twice")]
    Order {
        /// Which terms.
        what: &'static str,
        /// Where.
        who: String,
    },
    /// A guard that is no binary variable.
    #[error("{who} is guarded by {guard}, which is not binary; only a binary can switch a row")]
    GuardNotBinary {
        /// The row.
        who: String,
        /// The guard.
        guard: String,
    },
    /// A special ordered set without members.
    #[error("special ordered set {set} has no member; leave it out")]
    EmptySet {
        /// Position of the set.
        set: usize,
    },
    /// A set with one variable or one weight twice.
    #[error(
        "special ordered set {set} has {what} twice; CPLEX and Xpress refuse that, CBC ignores the set"
    )]
    SetRepeats {
        /// Position of the set.
        set: usize,
        /// `a variable` or `a weight`.
        what: &'static str,
    },
    /// Something that the target cannot say.
    #[error("{who} needs {feature}, which the target or format does not have")]
    Missing {
        /// What is there.
        who: String,
        /// What is missing.
        feature: &'static str,
    },
    /// A number outside what the target reads faithfully.
    #[error(
        "{what} of {who} is {}, which the target would misread ({rule})",
        number(*.value)
    )]
    OutOfRange {
        /// Which number.
        what: &'static str,
        /// Where.
        who: String,
        /// The number.
        value: f64,
        /// The target's rule.
        rule: &'static str,
    },
}
