//! What a specification says, as written: no name is looked up and no number is judged here.

mod ask;
mod data;
mod network;
mod options;
mod threat;
mod train;

pub use ask::{Ask, Backdoor, Goal, Prove, Quantity, Safety, Term, Test};
pub use data::{
    Column, ColumnRange, Columns, Csv, Data, DataSource, Features, LabelItem, LabelKind,
    LabelValue, Points, RowRange, Sample, Shape, Target, Text,
};
pub use network::{Assignment, Network, NetworkSource, Start};
pub use options::{Encode, EncodeSetting, Solve, SolveSetting, TightenSetting};
pub use threat::{Ball, Budget, FeatureChange, Insert, LabelChange, Threat, ThreatSetting, Touch};
pub use train::{Batch, LastBatch, Per, RatePart, Schedule, Train, TrainSetting};

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
    pub const KEYWORDS: [&'static str; 8] =
        ["network", "data", "train", "threat", "ask", "prove", "encode", "solve"];

    /// The keyword that begins it.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Statement::Network(_) => "network",
            Statement::Data(_) => "data",
            Statement::Train(_) => "train",
            Statement::Threat(_) => "threat",
            Statement::Ask(_) => "ask",
            Statement::Prove(_) => "prove",
            Statement::Encode(_) => "encode",
            Statement::Solve(_) => "solve",
        }
    }
}
