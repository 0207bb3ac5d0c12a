//! `ask` and `prove`

use super::super::span::{Span, Spanned};
use super::data::{RowRange, Target, Text};
use super::verify::Safety;
use crate::question::Relation;
use crate::question::goal::ParameterRef;

/// `ask ...`
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// About poisoned training.
    Poison(Spanned<Goal>),
    /// About every parameter that training can reach, step by step: `reach on test`.
    Reach(Spanned<Test>),
    /// About inputs of a trained network.
    Verify(Spanned<Safety>),
}

impl Ask {
    /// The place of what is asked.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Ask::Poison(goal) => goal.span,
            Ask::Reach(test) => test.span,
            Ask::Verify(safety) => safety.span,
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// `worst margin at ... [with backdoor ...]`
    Margin(Spanned<Test>, Option<Spanned<Backdoor>>),
    /// `worst errors on ...`
    Errors(Spanned<Test>),
    /// `worst loss on ...`
    Loss(Spanned<Test>),
    /// `worst direction ...`
    Direction(Vec<Spanned<Term>>),
    /// `smallest budget at ...`
    Budget(Spanned<Test>),
    /// `worst squared error at ...`
    SquaredError(Spanned<Test>),
}

impl Goal {
    /// The quantity that `prove` compares.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        match self {
            Goal::Margin(..) => Quantity::Margin,
            Goal::Errors(_) => Quantity::Errors,
            Goal::Loss(_) => Quantity::Loss,
            Goal::Direction(_) => Quantity::Direction,
            Goal::Budget(_) => Quantity::Budget,
            Goal::SquaredError(_) => Quantity::SquaredError,
        }
    }
}

/// Test points.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// `test` or `test[0, 3..5]`
    Rows {
        /// The data set.
        data: Text,
        /// Its rows; all if absent.
        rows: Option<Vec<RowRange>>,
    },
    /// `(0.5, 0.2) label +1`
    Point {
        /// Features.
        input: Spanned<Vec<f64>>,
        /// Label.
        target: Target,
    },
}

/// `with backdoor linf 0.1 [within [0, 1]]`
#[derive(Clone, Debug, PartialEq)]
pub struct Backdoor {
    /// Radius.
    pub eps: f64,
    /// Domain of every feature.
    pub within: Option<Spanned<(f64, f64)>>,
}

/// `0.5 * w[1][0,1]`, with its sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The coefficient.
    pub coefficient: f64,
    /// The parameter.
    pub parameter: ParameterRef,
}

/// `prove margin > 0`
#[derive(Clone, Debug, PartialEq)]
pub struct Prove {
    /// What is compared.
    pub quantity: Spanned<Quantity>,
    /// How.
    pub relation: Relation,
    /// With what.
    pub value: f64,
}

/// What `prove` compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// `margin`
    Margin,
    /// `errors`
    Errors,
    /// `loss`
    Loss,
    /// `direction`
    Direction,
    /// `budget`
    Budget,
    /// `squared error`
    SquaredError,
}

impl Quantity {
    /// As the language writes it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Quantity::Margin => "margin",
            Quantity::Errors => "errors",
            Quantity::Loss => "loss",
            Quantity::Direction => "direction",
            Quantity::Budget => "budget",
            Quantity::SquaredError => "squared error",
        }
    }
}
