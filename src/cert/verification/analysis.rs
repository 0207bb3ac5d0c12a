//! What bounds alone say of every part of a property.

use std::sync::atomic::AtomicBool;

use crate::bounds::graph::{
    BackwardOptions, Effort, GraphBounds, PassReport, Plan, Programs, Record, Tighten,
    TightenError, Tightened, failing, interval_of, tighten,
};
use crate::cert::instance::manifest::PassRecord;
use crate::encode::verify::case_branches;
use crate::question::verify::{Case, Formula, Models, Passes, Relation, Subject, Verification};

/// One way in which the network may break its property.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What must not happen, in words.
    pub words: String,
    /// Which of [`Verification::cases`] it belongs to.
    pub case: usize,
    /// The inputs of that case, with this part's goal.
    pub goal: Case,
    /// A proved lower bound of the margin.
    pub lower: f64,
}

impl Part {
    /// Whether bounds alone prove that it cannot happen.
    #[must_use]
    pub fn impossible(&self) -> bool {
        self.lower > 0.0
    }
}

/// What bounds alone say of every part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The parts, case by case.
    pub parts: Vec<Part>,
    /// For each case the bounds of every element, where a part is open.
    pub bounds: Vec<Option<GraphBounds>>,
    /// What each pass came to, over all cases.
    pub passes: Vec<PassRecord>,
    /// The proofs of linear programs, one record a case.
    pub records: Vec<Record>,
    /// Whether the time was over before the passes that the question asks for were made, so that
    /// intervals are all there is.
    pub hurried: bool,
}

/// Who solves the linear programs of an analysis.
#[derive(Clone, Copy, Debug)]
pub(super) enum Prover<'a> {
    /// Somebody, or nobody.
    Live(Programs<'a>),
    /// The proofs of an earlier analysis.
    Recorded(&'a [Record]),
}

/// Bounds every case, in the passes that the question asks for, or by intervals alone if it is
/// `hurried`. The same for any number of threads, unless it is cancelled.
///
/// # Errors
/// [`TightenError`]: supplied or recorded bounds that do not fit.
pub(super) fn analyse(
    (question, hurried): (&Verification, bool),
    prover: Prover<'_>,
    threads: usize,
    cancel: Option<&AtomicBool>,
) -> Result<Analysis, TightenError> {
    let plan = Plan::new(&question.graph);
    let wanted = if hurried { Passes::INTERVALS } else { question.approach.bounds };
    let mut out = Analysis { hurried, ..Analysis::default() };
    for (k, case) in question.cases.iter().enumerate() {
        let goals: Vec<Case> = match question.approach.models {
            Models::Each => case_branches(case),
            Models::Together => vec![case.clone()],
        };
        let how = Tighten {
            programs: match prover {
                Prover::Live(programs) => programs,
                Prover::Recorded(all) => all.get(k).map_or(Programs::None, Programs::Record),
            },
            threads,
            cancel,
            supplied: &question.supplied,
            ..passes(&wanted)
        };
        let bounded = bound(&plan, case, &how)?;
        // Where no input is left, nothing can happen.
        let mut lower = vec![f64::INFINITY; goals.len()];
        let mut kept = None;
        if let Some((mut bounds, done)) = bounded {
            let formulas: Vec<&Formula> = goals.iter().map(|g| &g.goal).collect();
            let options = BackwardOptions {
                threads,
                steps: wanted.steps,
                cancel,
                ..BackwardOptions::default()
            };
            if let Ok(found) = failing(&plan, &mut bounds, &formulas, &options) {
                lower = found;
            }
            out.count(&done.passes, lower.iter().filter(|l| **l > 0.0).count());
            out.records.push(done.record);
            kept = lower.iter().any(|l| *l <= 0.0).then_some(bounds);
        } else {
            out.records.push(Record::default());
        }
        let ways = goals.len();
        for (way, (goal, lower)) in goals.into_iter().zip(lower).enumerate() {
            let words = words(question, (k, way, ways), &goal);
            out.parts.push(Part { words, case: k, goal, lower });
        }
        out.bounds.push(kept);
    }
    Ok(out)
}

/// The passes that a question asks for.
fn passes(wanted: &Passes) -> Tighten<'static> {
    let lp = Effort { programs: wanted.programs, ..Effort::LP };
    let mip = Effort { nodes: wanted.nodes, ..Effort::MIP };
    Tighten {
        backward: wanted.linear,
        steps: wanted.steps,
        lp: (wanted.programs > 0).then_some(lp),
        mip: (wanted.nodes > 0).then_some(mip),
        ..Tighten::default()
    }
}

/// The bounds of a case; none if they show that it has no input.
fn bound(
    plan: &Plan<'_>,
    case: &Case,
    how: &Tighten<'_>,
) -> Result<Option<(GraphBounds, Tightened)>, TightenError> {
    let Ok(mut bounds) = interval_of(plan, case) else { return Ok(None) };
    match tighten(plan, &mut bounds, how, &mut |_| {}) {
        Ok(done) => Ok(Some((bounds, done))),
        Err(TightenError::Empty { supplied: false, .. }) => Ok(None),
        Err(e) => Err(e),
    }
}

impl Analysis {
    /// Adds what the passes of a case came to.
    fn count(&mut self, passes: &[PassReport], impossible: usize) {
        for (n, report) in passes.iter().enumerate() {
            if self.passes.len() <= n {
                let pass = report.pass.word().to_owned();
                self.passes.push(PassRecord { pass, unstable: 0, impossible: 0 });
            }
            self.passes[n].unstable += report.undecided;
        }
        if let Some(last) = self.passes.last_mut() {
            last.impossible += impossible;
        }
    }
}

/// Characters of a formula that are written out, or a little more.
const WRITTEN: usize = 60;

/// What must not happen, in words.
fn words(question: &Verification, (case, way, ways): (usize, usize, usize), goal: &Case) -> String {
    let each = question.approach.models == Models::Each;
    if let (Subject::Robust { label, .. }, true) = (&question.subject, each) {
        let other = if way < *label { way } else { way + 1 };
        let strict = matches!(&goal.goal, Formula::Atom(a) if a.relation == Relation::Below);
        let how = if strict { "passes" } else { "reaches" };
        return format!("class {other} {how} class {label}");
    }
    let text = goal.goal.words(WRITTEN);
    match (question.cases.len(), ways) {
        (1, 1) => text,
        (1, _) => format!("way {} of {ways}: {text}", way + 1),
        (sets, 1) => format!("set {} of {sets}: {text}", case + 1),
        (sets, _) => format!("set {} of {sets}, way {} of {ways}: {text}", case + 1, way + 1),
    }
}
