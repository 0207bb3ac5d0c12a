//! All that is done to bounds before a question is asked, in one call.
//!
//! [`tighten`] runs what [`Tighten`] asks for, from cheap to dear, each pass only on what the ones
//! before left undecided: interval arithmetic, backward relaxation (never looser than CROWN's),
//! supplied bounds, improved slopes, linear programs, branching. Every bound is proved by us but
//! those that were supplied; these are named in [`Tightened::assumed`].
//!
//! Nothing depends on a clock or on the number of threads: the work of a pass is limited by the
//! number of linear programs and of simplex iterations. Only `cancel` stops it in between, and then
//! [`Tightened::complete`] is false.

mod report;
mod supplied;

use std::sync::atomic::AtomicBool;

pub use report::{Assumed, Pass, PassReport, TightenError, Tightened};
pub use supplied::Supplied;

use super::backward::{BackwardOptions, backward};
use super::plan::Plan;
use super::programs::{self, Effort, PassError, Programs, Record, Source, Sweep};
use super::{Empty, GraphBounds};
use crate::network::graph::NodeId;

/// What is done. Interval arithmetic always is.
#[derive(Clone, Copy, Debug)]
pub struct Tighten<'a> {
    /// Backward relaxation.
    pub backward: bool,
    /// Steps of improved slopes after it ([`BackwardOptions::steps`]); 0 for none.
    pub steps: usize,
    /// Linear programs for what is still undecided; nothing for none.
    pub lp: Option<Effort>,
    /// Branching for what is undecided even then; nothing for none.
    pub mip: Option<Effort>,
    /// Who solves linear programs, or what was recorded of them.
    pub programs: Programs<'a>,
    /// Bounds that somebody else vouches for.
    pub supplied: &'a [Supplied],
    /// Whether the outputs are bounded as well, and not only what relaxations need.
    pub outputs: bool,
    /// Threads. Bounds do not depend on their number.
    pub threads: usize,
    /// Raised to stop early.
    pub cancel: Option<&'a AtomicBool>,
}

impl Default for Tighten<'_> {
    fn default() -> Self {
        Tighten {
            backward: true,
            steps: 0,
            lp: None,
            mip: None,
            programs: Programs::None,
            supplied: &[],
            outputs: true,
            threads: 1,
            cancel: None,
        }
    }
}

/// Tightens `bounds`, whose inputs are the box ([`super::interval`]), and tells `tell` of each pass
/// when it is done.
///
/// # Errors
/// A supplied bound contradicts ours; or no input of the box is admitted by the bounds that were
/// given. After an error the bounds are of no use.
pub fn tighten(
    plan: &Plan<'_>,
    bounds: &mut GraphBounds,
    how: &Tighten<'_>,
    tell: &mut dyn FnMut(&PassReport),
) -> Result<Tightened, TightenError> {
    let mut run = Run { plan, bounds, how, tell, done: Tightened::default() };
    run.done.complete = true;
    run.all()?;
    Ok(run.done)
}

struct Run<'r, 'a, 'g> {
    plan: &'r Plan<'g>,
    bounds: &'r mut GraphBounds,
    how: &'r Tighten<'a>,
    tell: &'r mut dyn FnMut(&PassReport),
    done: Tightened,
}

impl Run<'_, '_, '_> {
    fn all(&mut self) -> Result<(), TightenError> {
        let how = self.how;
        self.bounds.forward(self.plan).map_err(|e| self.empty(e))?;
        self.close(Pass::Interval, 0, 0, true);
        if how.backward {
            self.relax(Pass::Relaxation, 0, NodeId(0), true)?;
        }
        if let Some(from) = self.meet()? {
            self.bounds.forward(self.plan).map_err(|e| self.empty(e))?;
            if how.backward {
                self.relax(Pass::Supplied, 0, from, false)?;
            } else {
                self.close(Pass::Supplied, 0, 0, true);
            }
        }
        if how.steps > 0 {
            self.relax(Pass::Slopes, how.steps, NodeId(0), false)?;
        }
        for (pass, effort) in [(Pass::Lp, how.lp), (Pass::Mip, how.mip)] {
            if let Some(effort) = effort {
                self.solve(pass, effort)?;
            }
        }
        Ok(())
    }

    /// Reports a pass.
    fn close(&mut self, pass: Pass, rows: usize, programs: usize, complete: bool) {
        let undecided = self.bounds.unstable(self.plan);
        let report = PassReport { pass, undecided, rows, programs, complete };
        self.done.complete &= complete;
        (self.tell)(&report);
        self.done.passes.push(report);
    }

    fn empty(&self, e: Empty) -> TightenError {
        let node = self.plan.graph().node(e.node).origin.clone();
        TightenError::Empty { node, element: e.element, supplied: !self.done.assumed.is_empty() }
    }

    fn relax(
        &mut self,
        pass: Pass,
        steps: usize,
        from: NodeId,
        crown: bool,
    ) -> Result<(), TightenError> {
        let how = self.how;
        let options = BackwardOptions {
            threads: how.threads,
            steps,
            outputs: how.outputs,
            from,
            crown,
            cancel: how.cancel,
            ..BackwardOptions::default()
        };
        let report = backward(self.plan, self.bounds, &options).map_err(|e| self.empty(e))?;
        self.close(pass, report.rows, 0, report.complete);
        Ok(())
    }

    /// Meets the supplied bounds with ours; the first node that has become narrower.
    fn meet(&mut self) -> Result<Option<NodeId>, TightenError> {
        for (k, s) in self.how.supplied.iter().enumerate() {
            if let Some(assumed) = supplied::meet(self.plan.graph(), self.bounds, k, s)? {
                self.done.assumed.push(assumed);
            }
        }
        Ok(self.done.assumed.iter().map(|a| a.node).min())
    }

    fn solve(&mut self, pass: Pass, effort: Effort) -> Result<(), TightenError> {
        let how = self.how;
        let source = match how.programs {
            Programs::None => Source::Nobody,
            Programs::Solver(library) => Source::Solver(library, effort),
            Programs::Record(record) if pass == Pass::Lp => Source::Record(&record.lp),
            Programs::Record(record) => Source::Record(&record.mip),
        };
        let sweep =
            Sweep { source, outputs: how.outputs, threads: how.threads, cancel: how.cancel };
        let done = programs::sweep(self.plan, self.bounds, &sweep).map_err(|e| self.failed(e))?;
        let layers =
            if pass == Pass::Lp { &mut self.done.record.lp } else { &mut self.done.record.mip };
        *layers = done.layers;
        self.close(pass, done.rows, done.programs, done.complete);
        Ok(())
    }

    fn failed(&self, e: PassError) -> TightenError {
        match e {
            PassError::Empty(e) => self.empty(e),
            PassError::Record(why) => TightenError::Record(why),
        }
    }
}
