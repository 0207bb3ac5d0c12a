//! What a solver is asked to do, and what it says meanwhile.

use std::path::{Path, PathBuf};

use super::SolverKind;
use crate::ir::{Model, VarId};

/// The files of one model. All that are given say the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelFiles {
    /// As LP.
    pub lp: Option<PathBuf>,
    /// As free MPS.
    pub mps: Option<PathBuf>,
    /// As NL.
    pub nl: Option<PathBuf>,
}

impl ModelFiles {
    /// The file at `path`, filed by its ending; `None` if that is not `.lp`, `.mps` or `.nl`.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let mut files = ModelFiles::default();
        let slot = match path.extension()?.to_str()? {
            "lp" => &mut files.lp,
            "mps" => &mut files.mps,
            "nl" => &mut files.nl,
            _ => return None,
        };
        *slot = Some(path.to_owned());
        Some(files)
    }

    /// The file that suits a solver best, with its ending.
    #[must_use]
    pub fn best_for(&self, solver: SolverKind) -> Option<(&Path, &'static str)> {
        let lp = self.lp.as_deref().map(|p| (p, "lp"));
        let mps = self.mps.as_deref().map(|p| (p, "mps"));
        let nl = self.nl.as_deref().map(|p| (p, "nl"));
        match solver {
            SolverKind::Embedded => None,
            SolverKind::Highs => mps.or(lp),
            SolverKind::Gurobi => lp.or(mps),
            SolverKind::Scip => lp.or(mps).or(nl),
        }
    }
}

/// When to stop, and how exactly to work.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Wall-clock seconds; `None` is no limit.
    pub seconds: Option<f64>,
    /// Stop when incumbent and bound differ relatively by no more; 0 asks for a full proof.
    pub relative_gap: f64,
    /// Stop when incumbent and bound differ by no more.
    pub absolute_gap: f64,
    /// Threads; `None` leaves it to the solver. SCIP and the embedded solver use one.
    pub threads: Option<u32>,
    /// Feasibility and integrality tolerance; `None` leaves it to the solver.
    pub feasibility: Option<f64>,
    /// Whether the dual bound alone is wanted: heuristics for points are switched off, where the solver
    /// has a switch for them.
    pub bound_alone: bool,
    /// Seconds that a solver has to end after it was interrupted or its time is over; then it is
    /// killed.
    pub grace: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            seconds: None,
            relative_gap: 0.0,
            absolute_gap: 0.0,
            threads: None,
            feasibility: None,
            bound_alone: false,
            grace: 10.0,
        }
    }
}

/// One run of one solver.
#[derive(Clone, Debug, Default)]
pub struct SolveRequest<'a> {
    /// Model files, for solvers that read files.
    pub model: ModelFiles,
    /// The model in memory, for the embedded solver.
    pub ir: Option<&'a Model>,
    /// Start point in the format of the solver: `.mst` for Gurobi, `.sol` for SCIP and HiGHS. An
    /// NL file carries its own.
    pub start: Option<PathBuf>,
    /// Start point for the embedded solver; variables that are left out are completed.
    pub start_values: Vec<(VarId, f64)>,
    /// When to stop.
    pub limits: Limits,
}

/// News from a running solver, in the sense of the model file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Seconds since the run began, as measured here.
    pub seconds: f64,
    /// Best dual bound.
    pub bound: Option<f64>,
    /// Objective of the best point.
    pub incumbent: Option<f64>,
    /// Nodes explored.
    pub nodes: Option<u64>,
}
