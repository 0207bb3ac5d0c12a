//! `encode` and `solve`

use super::super::options::SolverChoice;
use super::super::span::Spanned;
use super::data::Text;
use crate::question::reach::{Rounds, Templates};
use crate::question::verify::{self, Cases, Models, SmoothForm, Split};
use crate::question::{Cutoff, FlipEncoding, Priority, Tighten};

/// `encode { ... }`
#[derive(Clone, Debug, PartialEq)]
pub struct Encode {
    /// Settings in order.
    pub settings: Vec<Spanned<EncodeSetting>>,
}

/// A line of the block.
#[derive(Clone, Debug, PartialEq)]
pub enum EncodeSetting {
    /// `tie-band 1e-6`
    TieBand(f64),
    /// `tighten interval`, `tighten integer { nodes 50 }`
    Tighten(Tighten, Vec<Spanned<TightenSetting>>),
    /// `budget-rows on`
    BudgetRows(bool),
    /// `switch-off-rows on`
    SwitchOffRows(bool),
    /// `flips disjoint`
    Flips(FlipEncoding),
    /// `symmetry off`
    Symmetry(bool),
    /// `cutoff families`
    Cutoff(Cutoff),
    /// `priority causal`
    Priority(Priority),
    /// `window 5`; `window run` is none.
    Window(Option<usize>),
    /// `rounds 1`; `rounds run`.
    Rounds(Rounds),
    /// `points 1`
    Points(usize),
    /// `templates differences, gradients 3`; each has one kind.
    Templates(Vec<Spanned<Templates>>),
    /// A setting of verification.
    Verify(VerifySetting),
}

/// A line of the block in a question of verification.
#[derive(Clone, Debug, PartialEq)]
pub enum VerifySetting {
    /// `bounds interval`, `bounds slopes 20, programs 500`
    Bounds(Vec<Spanned<BoundsPass>>),
    /// `split big-m`
    Split(Split),
    /// `cases indicator`
    Cases(Cases),
    /// `smooth pieces 16`
    Smooth(SmoothForm),
    /// `models together`
    Models(Models),
    /// `cuts 3`
    Cuts(usize),
    /// `objective feasibility`
    Objective(verify::Ask),
    /// `binarised layerwise 1000`, 0 without it
    Binarised(usize),
}

/// A pass that bounds every neuron.
#[derive(Clone, Debug, PartialEq)]
pub enum BoundsPass {
    /// `interval`, alone
    Interval,
    /// `linear`
    Linear,
    /// `slopes 20`
    Slopes(usize),
    /// `programs 500`
    Programs(usize),
    /// `nodes 10`
    Nodes(usize),
    /// `from "bounds.csv"`: what somebody else vouches for.
    From(Text),
}

impl BoundsPass {
    /// The keyword that begins it.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            BoundsPass::Interval => "interval",
            BoundsPass::Linear => "linear",
            BoundsPass::Slopes(_) => "slopes",
            BoundsPass::Programs(_) => "programs",
            BoundsPass::Nodes(_) => "nodes",
            BoundsPass::From(_) => "from",
        }
    }
}

impl VerifySetting {
    /// The keyword that begins it.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            VerifySetting::Bounds(_) => "bounds",
            VerifySetting::Split(_) => "split",
            VerifySetting::Cases(_) => "cases",
            VerifySetting::Smooth(_) => "smooth",
            VerifySetting::Models(_) => "models",
            VerifySetting::Cuts(_) => "cuts",
            VerifySetting::Objective(_) => "objective",
            VerifySetting::Binarised(_) => "binarised",
        }
    }
}

impl EncodeSetting {
    /// The keyword that begins it.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            EncodeSetting::TieBand(_) => "tie-band",
            EncodeSetting::Tighten(..) => "tighten",
            EncodeSetting::BudgetRows(_) => "budget-rows",
            EncodeSetting::SwitchOffRows(_) => "switch-off-rows",
            EncodeSetting::Flips(_) => "flips",
            EncodeSetting::Symmetry(_) => "symmetry",
            EncodeSetting::Cutoff(_) => "cutoff",
            EncodeSetting::Priority(_) => "priority",
            EncodeSetting::Window(_) => "window",
            EncodeSetting::Rounds(_) => "rounds",
            EncodeSetting::Points(_) => "points",
            EncodeSetting::Templates(_) => "templates",
            EncodeSetting::Verify(setting) => setting.keyword(),
        }
    }
}

/// A line of the block of `tighten`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TightenSetting {
    /// `nodes 50`
    Nodes(usize),
    /// `fraction 0.5`
    Fraction(f64),
    /// `window 2`
    Window(usize),
    /// `rounds 2`
    Rounds(usize),
    /// `workers 2`
    Workers(usize),
    /// `time limit 10 s`, in seconds.
    TimeLimit(f64),
}

impl TightenSetting {
    /// The keyword that begins it.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            TightenSetting::Nodes(_) => "nodes",
            TightenSetting::Fraction(_) => "fraction",
            TightenSetting::Window(_) => "window",
            TightenSetting::Rounds(_) => "rounds",
            TightenSetting::Workers(_) => "workers",
            TightenSetting::TimeLimit(_) => "time limit",
        }
    }
}

/// `solve { ... }`
#[derive(Clone, Debug, PartialEq)]
pub struct Solve {
    /// Settings in order.
    pub settings: Vec<Spanned<SolveSetting>>,
}

/// A line of the block.
#[derive(Clone, Debug, PartialEq)]
pub enum SolveSetting {
    /// `solver highs`
    Solver(SolverChoice),
    /// `time limit 10 minutes`, in seconds.
    TimeLimit(f64),
    /// `gap 1e-6`
    Gap(f64),
    /// `threads 2`
    Threads(usize),
    /// `attack 100000 evaluations`, 0 if off
    Attack(u64),
    /// `branch 5000 nodes`, 0 if off
    Branch(usize),
}

impl SolveSetting {
    /// The keyword that begins it.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            SolveSetting::Solver(_) => "solver",
            SolveSetting::TimeLimit(_) => "time limit",
            SolveSetting::Gap(_) => "gap",
            SolveSetting::Threads(_) => "threads",
            SolveSetting::Attack(_) => "attack",
            SolveSetting::Branch(_) => "branch",
        }
    }
}
