//! How far bounds are tightened before the program is built.

/// How far bounds are tightened before the program is built; each level includes those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tighten {
    /// The interval pass with the budget (papers 1.5 A).
    Interval,
    /// For each quantity, the worst choice of touched samples for that quantity over the whole
    /// run, found by selecting the largest effects.
    Directional,
    /// A linear relaxation for each undecided switch and each parameter (papers 1.5 D).
    Linear,
    /// Besides, branching restores that binaries are whole numbers: the MILP relaxation, products
    /// in their McCormick envelope.
    Integer,
    /// Besides, branching on the ranges of factors restores products: the MIQCP itself.
    Nonconvex,
}

impl Tighten {
    /// The word of the specification language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Tighten::Interval => "interval",
            Tighten::Directional => "directional",
            Tighten::Linear => "linear",
            Tighten::Integer => "integer",
            Tighten::Nonconvex => "nonconvex",
        }
    }
}

/// Effort of the levels from [`Tighten::Linear`] on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TightenOptions {
    /// Most linear programs in the branch and bound of one bound; 1 or more.
    pub nodes: usize,
    /// Share of the binaries that stay binary, the newest first; the others are relaxed. In `[0, 1]`.
    pub fraction: f64,
    /// A relaxation holds the rows of this many training steps before the one at hand, and of the
    /// adversary; parameters from before are only known by their boxes. `None`: all steps.
    pub window: Option<usize>,
    /// How often every quantity is tightened; 1 or more. The first round goes along with the
    /// encoding, step by step; each further one sees the whole program of the round before.
    pub rounds: usize,
    /// Longest time for one bound, seconds. What was reached by then is recorded, so that the
    /// program can be compiled again; but another run may reach something else.
    pub seconds: f64,
    /// Threads. Changes nothing but the time.
    pub workers: usize,
}

impl Default for TightenOptions {
    fn default() -> Self {
        TightenOptions {
            nodes: 20,
            fraction: 1.0,
            window: None,
            rounds: 1,
            seconds: 30.0,
            workers: 1,
        }
    }
}
