//! What a network is to be safe from: `ask property`, `ask robust`, `ask never`, `perturb`, `inputs`.

use std::fmt;

use super::super::span::Spanned;
use super::data::{RowRange, Text};
use super::exact::{Exact, Range};
use crate::question::verify::{Relation, Ties};

/// What a network is to be safe from.
#[derive(Clone, Debug, PartialEq)]
pub enum Safety {
    /// `property "file"`: what a VNN-LIB file describes.
    Property(Text),
    /// `robust at ... ties right`: another class around a point.
    Robust(Spanned<Spot>, Ties),
    /// `largest radius at ... ties right step 1/255`: up to where `robust` holds.
    Largest(Largest),
    /// `never ...`: what the formula says, on the set of `inputs`.
    Never(Spanned<Formula>),
}

/// `largest radius at test[7] ties right step 1/255`
#[derive(Clone, Debug, PartialEq)]
pub struct Largest {
    /// `largest radius`
    pub phrase: Spanned<()>,
    /// The point.
    pub spot: Spanned<Spot>,
    /// What an output as large as that of the class is.
    pub ties: Ties,
    /// `step 1/255`: what all radii are multiples of; the step of the lattice if absent.
    pub step: Option<Spanned<Exact>>,
}

/// The point that a network is to be robust at.
#[derive(Clone, Debug, PartialEq)]
pub enum Spot {
    /// `test[7]`
    Row {
        /// The data set.
        data: Text,
        /// Its row.
        rows: Spanned<Vec<RowRange>>,
    },
    /// `(0.5, 1/3) label 1`
    Point {
        /// The inputs.
        input: Spanned<Vec<Exact>>,
        /// The class, from 0.
        label: Spanned<usize>,
    },
}

/// `perturb { ... }`
#[derive(Clone, Debug, PartialEq)]
pub struct Perturb {
    /// Settings in order.
    pub settings: Vec<Spanned<PerturbSetting>>,
}

/// A line of the block.
#[derive(Clone, Debug, PartialEq)]
pub enum PerturbSetting {
    /// `linf 0.1 within [0, 1]`
    Norm(Norm, Exact, Option<Range>),
    /// `offset x[0..3] in [-0.1, 0.2]`
    Offset(Elements, Range),
    /// `within [0, 1]`
    Within(Range),
    /// `lattice 1/255`
    Lattice(Exact),
    /// `x[0] + 2 * x[1] <= 3`
    Row(Spanned<Formula>),
}

impl PerturbSetting {
    /// The keyword that begins it.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            PerturbSetting::Norm(norm, ..) => norm.word(),
            PerturbSetting::Offset(..) => "offset",
            PerturbSetting::Within(_) => "within",
            PerturbSetting::Lattice(_) => "lattice",
            PerturbSetting::Row(_) => "x",
        }
    }

    /// Whether the block may hold it more than once.
    #[must_use]
    pub fn repeats(&self) -> bool {
        match self {
            PerturbSetting::Offset(..) | PerturbSetting::Row(_) => true,
            PerturbSetting::Norm(..) | PerturbSetting::Within(_) | PerturbSetting::Lattice(_) => {
                false
            }
        }
    }
}

/// How a change is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Norm {
    /// `linf`
    Linf,
    /// `l1`
    L1,
    /// `l2`
    L2,
}

impl Norm {
    /// As the language writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Norm::Linf => "linf",
            Norm::L1 => "l1",
            Norm::L2 => "l2",
        }
    }
}

/// `inputs { ... }`
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// Settings in order: all of them hold.
    pub settings: Vec<Spanned<InputSetting>>,
}

/// A line of the block.
#[derive(Clone, Debug, PartialEq)]
pub enum InputSetting {
    /// `x[0..3] in [0, 1]`
    In(Elements, Range),
    /// `x[0] + x[1] <= 1`
    Formula(Formula),
}

/// `x` or `x[0..3, 7]`
#[derive(Clone, Debug, PartialEq)]
pub struct Elements {
    /// Elements of the inputs; all if absent.
    pub list: Option<Spanned<Vec<RowRange>>>,
}

impl fmt::Display for Elements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("x")?;
        let Some(list) = &self.list else { return Ok(()) };
        let range = |r: &RowRange| match r.last {
            Some(last) => format!("{}..{}", r.first.node, last.node),
            None => r.first.node.to_string(),
        };
        let ranges: Vec<String> = list.node.iter().map(range).collect();
        write!(f, "[{}]", ranges.join(", "))
    }
}

/// A formula over inputs and outputs.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// `a <= b <= c`: each neighbouring pair.
    Compare(Sum, Vec<(Comparison, Sum)>),
    /// `a and b`
    All(Vec<Formula>),
    /// `a or b`
    Any(Vec<Formula>),
    /// `not a`
    Not(Box<Formula>),
}

/// A comparison; with its sides exchanged if it is `>=` or `>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How the smaller side compares with the larger.
    pub relation: Relation,
    /// Whether the left side is the larger.
    pub exchanged: bool,
}

/// `2 * y[0] - y[1] + 0.5`
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// Its parts, at least one.
    pub parts: Vec<Spanned<Part>>,
}

/// A part of a sum with its sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Whether it is subtracted.
    pub negative: bool,
    /// The factor; 1 if absent.
    pub factor: Option<Exact>,
    /// The element; 1 if absent.
    pub element: Option<Element>,
}

/// `x[3]` or `y[0]`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    /// Whether it is an element of the outputs.
    pub output: bool,
    /// Its number, from 0.
    pub index: usize,
}
