//! A question, resolved: every name looked up, every shape, label and range checked.
//!
//! The specification language (`front::spec`) produces these types; a Rust program may build them
//! directly and call [`Question::check`]. Notation follows `papers` 1.2: samples `i`, steps `t`.

pub mod attack;
pub mod check;
pub mod data;
pub mod goal;
pub mod lattice;
pub mod membership;
mod project;
pub mod reach;
pub mod relation;
pub mod threat;
pub mod tighten;
pub mod training;
pub mod verify;

pub use attack::{Attack, Change, Choice};
pub use check::QuestionError;
pub use data::{Dataset, Labels, Target};
pub use goal::{Claim, Goal, ParameterRef, Relation, TestPoint};
pub use relation::Relations;
pub use threat::{
    Budget, Deletion, FeatureKind, FeatureThreat, Insertion, LabelThreat, Norm, Scope, Threat,
};
pub use tighten::{Tighten, TightenOptions};
pub use training::{Loss, Reduction, Training};

use crate::network::Network;

/// Everything that determines a poisoning question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The network with its start weights.
    pub network: Network,
    /// The training data as it is without an adversary.
    pub train: Dataset,
    /// How the network is trained.
    pub training: Training,
    /// What the adversary may do to the training data.
    pub threat: Threat,
    /// What is asked of the trained network.
    pub goal: Goal,
    /// What must hold for the verdict *certified*; `None` asks for the value alone.
    pub claim: Option<Claim>,
    /// How the program is built.
    pub encode: EncodeOptions,
}

/// Choices that change the program but not its meaning, unless the field says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct EncodeOptions {
    /// Distance from a switching point inside which neither side is admitted (papers 0, rule 3).
    /// 0 admits both sides of a tie: sound. A positive band is a *restriction*.
    pub tie_band: f64,
    /// Optimisation-based bound tightening in causal order (papers 1.5 D).
    pub tighten: Tighten,
    /// How much effort the tightening may cost.
    pub effort: TightenOptions,
    /// Budgeted linking rows (papers 1.5 B).
    pub budget_rows: bool,
    /// Switch-off rows for products (papers 1.5 C).
    pub switch_off_rows: bool,
    /// How label flips under the hinge are encoded.
    pub flips: FlipEncoding,
    /// Order rows among identical samples (papers 1.5 E).
    pub symmetry: bool,
    /// Keep only the runs that are at least as bad as an attack found by replay before the program
    /// is built. Sound for the verdict, since every other run is better than that attack; but the
    /// program no longer contains every run.
    pub cutoff: Cutoff,
    /// Advice on the order of branching, for solvers that take it.
    pub priority: Priority,
}

impl Default for EncodeOptions {
    fn default() -> Self {
        EncodeOptions {
            tie_band: 0.0,
            tighten: Tighten::Directional,
            effort: TightenOptions::default(),
            budget_rows: false,
            switch_off_rows: false,
            flips: FlipEncoding::Disjoint,
            symmetry: true,
            cutoff: Cutoff::Off,
            priority: Priority::Off,
        }
    }
}

/// Which binaries a solver should branch on first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Priority {
    /// As it likes.
    #[default]
    Off,
    /// What the adversary decides, then the switches of training step by step, then those of the
    /// test points: once the causes are fixed, bounds decide much of what follows.
    Causal,
}

/// What a replayed attack may cut off before the program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cutoff {
    /// Nothing: the program contains every run.
    Off,
    /// What is better than the attack; families of attacks that cannot be as bad decide fates and
    /// switches, the solver does the rest.
    Families,
    /// The same, and where the attacks that are as bad can be listed one by one, nothing else is
    /// left: the search proves the worst case, and the solver confirms it.
    List,
}

/// How the product of a flipped label and a hinge switch is written (papers 1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlipEncoding {
    /// Variant (a): flipped margin by big-M, one switch.
    Margin,
    /// Variant (b): two switches and a product with the flip.
    TwoSwitches,
    /// Two mutually exclusive products in place of switches: active and clean, active and flipped.
    Disjoint,
}
