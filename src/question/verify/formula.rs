//! Formulas: linear atoms under nested conjunctions and disjunctions.

use crate::bounds::Interval;

/// An element of the argument or of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// Element of the inputs, counted through all of them in row-major order.
    Input(u32),
    /// Element of the outputs, counted likewise.
    Output(u32),
}

/// The relation of an atom. There is no "not equal": VNN-LIB has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// `<=`
    AtMost,
    /// `<`
    Below,
    /// `=`
    Equal,
}

/// `sum coefficient * variable  (relation)  constant`.
#[derive(Clone, Debug, PartialEq)]
pub struct Atom {
    /// Terms in ascending order of their variable, each variable once, no coefficient zero.
    pub terms: Vec<(Variable, Interval)>,
    /// The relation. What was `>=` or `>` has its signs turned.
    pub relation: Relation,
    /// Right-hand side.
    pub constant: Interval,
    /// Line of the file, from 1; 0 where there is none.
    pub line: u32,
}

/// A formula. An empty conjunction is true, an empty disjunction is false.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A linear atom.
    Atom(Atom),
    /// Each of these.
    All(Vec<Formula>),
    /// One of these.
    Any(Vec<Formula>),
}

/// A formula over a network of given size.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// What must not be possible.
    pub formula: Formula,
    /// Number of input elements that it speaks of.
    pub inputs: usize,
    /// Number of output elements that it speaks of.
    pub outputs: usize,
}

impl Atom {
    /// Whether every variable is an input.
    #[must_use]
    pub fn on_inputs(&self) -> bool {
        self.terms.iter().all(|t| matches!(t.0, Variable::Input(_)))
    }
}
