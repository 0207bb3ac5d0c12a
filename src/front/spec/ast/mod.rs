//! What a specification says, as written: no name is looked up and no number is judged here.

mod arrays;
mod ask;
mod data;
mod exact;
mod network;
mod options;
mod relation;
mod threat;
mod train;
mod verify;

pub use arrays::{ArrayFile, Arrays, ChannelAxis, Channels};
pub use ask::{Ask, Backdoor, Goal, Prove, Quantity, Term, Test};
pub use data::{
    Column, ColumnRange, Columns, Csv, Data, DataSource, Features, LabelItem, LabelKind,
    LabelValue, Points, RowRange, Sample, Shape, Target, Text,
};
pub use exact::{Exact, Quotient, Range};
pub use network::{
    Assignment, Dimension, Fixed, InputShape, Network, NetworkSource, OnnxOptions, Start,
};
pub use options::{
    BoundsPass, Encode, EncodeSetting, Solve, SolveSetting, TightenSetting, VerifySetting,
};
pub use relation::{Among, Cell, CellPart, Change, Condition, Missing, Require, Sparsity};
pub use threat::{Ball, Budget, FeatureChange, Insert, LabelChange, Threat, ThreatSetting, Touch};
pub use train::{Batch, LastBatch, Per, RatePart, Schedule, Train, TrainSetting};
pub use verify::{
    Comparison, Element, Elements, Formula, InputSetting, Inputs, Largest, Norm, Part, Perturb,
    PerturbSetting, Safety, Spot, Sum,
};

use super::span::Spanned;

/// A whole specification.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ast {
    /// Its statements in order.
    pub statements: Vec<Spanned<Statement>>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `network`
    Network(Network),
    /// `data`
    Data(Data),
    /// `train`
    Train(Train),
    /// `threat`
    Threat(Threat),
    /// `perturb`
    Perturb(Perturb),
    /// `inputs`
    Inputs(Inputs),
    /// `ask`
    Ask(Ask),
    /// `prove`
    Prove(Prove),
    /// `encode`
    Encode(Encode),
    /// `solve`
    Solve(Solve),
}

impl Statement {
    /// The keywords that begin statements.
    pub const KEYWORDS: [&'static str; 10] = [
        "network", "data", "train", "threat", "perturb", "inputs", "ask", "prove", "encode",
        "solve",
    ];

    /// The keyword that begins it.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Statement::Network(_) => "network",
            Statement::Data(_) => "data",
            Statement::Train(_) => "train",
            Statement::Threat(_) => "threat",
            Statement::Perturb(_) => "perturb",
            Statement::Inputs(_) => "inputs",
            Statement::Ask(_) => "ask",
            Statement::Prove(_) => "prove",
            Statement::Encode(_) => "encode",
            Statement::Solve(_) => "solve",
        }
    }
}
