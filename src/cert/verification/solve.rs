//! Looking for the answer: branching on bounds for every part, then a solver for what is left.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::job::Job;
use super::layerwise::{self, Decided};
use super::record;
use super::search::Search;
use super::study::Study;
use crate::bounds::binarised::Log;
use crate::bounds::graph::Plan;
use crate::bounds::graph::branch::{BranchOptions, Reason, Tree, Verdict, branch};
use crate::cert::answer::{self, Answer, Finder, PartAnswer};
use crate::cert::assemble::SOLVER_TOLERANCE;
use crate::cert::attack_file;
use crate::cert::certificate;
use crate::cert::pipeline::solve::runner::{self, Task};
use crate::cert::pipeline::solve::{Plan as Plans, SolveChoice, named, solvers_for};
use crate::cert::pipeline::{Listener, News, PipelineError};
use crate::cert::store;
use crate::encode::verify::VerifyProgram;
use crate::front::printable::counted;
use crate::front::spec::SolverChoice;
use crate::question::verify::Verification;
use crate::solve::discover::Discovery;
use crate::solve::{FoundSolver, Limits, SolverKind};

/// The trees of splits in an instance directory.
pub const PROOF_FILE: &str = "proof.json";

/// Nodes of branching for one part, where none are asked for and no time limits it.
const NODES: usize = 2_000;

/// Nodes of a cover for one part, where none are asked for and no time limits it.
const CELLS: usize = 100_000;

/// The share of the time that branching has where a solver comes afterwards.
const BRANCHING: f64 = 2.0 / 3.0;

/// The same where that solver is the one built into theriac, which is for small programs.
const ALONE: f64 = 0.9;

/// A tree that refutes one part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The part, from 0.
    pub part: usize,
    /// Its tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tree: Option<Tree>,
    /// Or the cover of a binarised network's patterns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layers: Option<Log>,
}

/// What a proof says of the margin of its part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refuted {
    /// A tree: it is above 0.
    Tree,
    /// A cover: it is at least this, in the scores of the file; nothing where the part has no input at all.
    Cover(Option<f64>),
}

/// Looks for the answer and stores it in the instance directory: `answer.json`, `attack.json`,
/// `proof.json`, and the solution of each part that a solver was asked for. An older answer is
/// replaced. The search ends with the first attack.
///
/// # Errors
/// [`PipelineError`].
pub fn solve(
    job: &Job,
    choice: &SolveChoice,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<Answer, PipelineError> {
    let clock = Clock::new(choice.time_limit, stop);
    let mut hunt = Hunt::new(&job.study, choice, clock, Discovery::default())?;
    let branched = hunt.branch(&job.spec.question, &job.study, listen);
    let done = branched.and_then(|()| hunt.ask(job, listen));
    hunt.judge(job, done)?;
    hunt.keep(job, listen)
}

/// A search under way.
pub(super) struct Hunt<'a> {
    pub search: Search,
    pub clock: Clock<'a>,
    choice: &'a SolveChoice,
    asked: Result<Option<FoundSolver>, PipelineError>,
    /// The solvers of this machine, looked for since the work began if it knew that they would matter.
    around: Discovery,
}

impl<'a> Hunt<'a> {
    /// A search that knows what a study knows.
    ///
    /// # Errors
    /// A choice that says nothing here. A solver that is missing is a failure of the search alone.
    pub fn new(
        study: &Study,
        choice: &'a SolveChoice,
        clock: Clock<'a>,
        around: Discovery,
    ) -> Result<Self, PipelineError> {
        let asked = match choice.solver {
            SolverChoice::Exhaustive => {
                return Err(PipelineError::NoSolver(
                    "exhaustive replay answers questions of poisoned training, and this one is of \
                     verification; take branch, or another solver"
                        .to_owned(),
                ));
            }
            SolverChoice::Branch => Ok(None),
            solver => asked(solver),
        };
        Ok(Hunt { search: Search::known(study), clock, choice, asked, around })
    }

    /// What became of the search: a failure is noted, unless that would cost an older answer.
    pub fn judge(
        &mut self,
        job: &Job,
        done: Result<(), PipelineError>,
    ) -> Result<(), PipelineError> {
        match done {
            Ok(()) => Ok(()),
            Err(e) if !e.is_of_search() => Err(e),
            Err(e) if job.instance.dir.join(answer::FILE_NAME).exists() => {
                let dir = job.instance.dir.clone();
                Err(PipelineError::Unsolved { why: e.to_string(), dir })
            }
            Err(e) => {
                self.search.failure = Some(e.to_string());
                Ok(())
            }
        }
    }

    /// Stores the answer.
    pub fn keep(mut self, job: &Job, listen: Listener<'_>) -> Result<Answer, PipelineError> {
        self.search.moment((&job.spec.question, &job.study), &self.clock, listen);
        keep(job, self.search, self.clock.seconds())
    }

    /// Branches on the bounds of every part that is open, unless a solver was asked for.
    pub fn branch(
        &mut self,
        question: &Verification,
        study: &Study,
        listen: Listener<'_>,
    ) -> Result<(), PipelineError> {
        self.search.moment((question, study), &self.clock, listen);
        let open = self.search.open(study);
        if open.is_empty() || question.approach.nodes == Some(0) {
            return Ok(());
        }
        let share = match self.choice.solver {
            SolverChoice::Auto => self.share(),
            SolverChoice::Branch => 1.0,
            SolverChoice::Embedded
            | SolverChoice::Highs
            | SolverChoice::Scip
            | SolverChoice::Gurobi
            | SolverChoice::Exhaustive => return Ok(()),
        };
        let plan = Plan::new(&question.graph);
        let end = self.clock.share(share);
        for (done, &k) in open.iter().enumerate() {
            if self.search.attack.is_some() || self.clock.stopped() {
                break;
            }
            let part = &study.parts()[k];
            listen(News::Note(format!("{} ({} of {})", part.words, done + 1, open.len())));
            let until = until(end, open.len() - done);
            self.branch_part((question, study, &plan), k, until, listen)?;
            self.search.moment((question, study), &self.clock, listen);
        }
        Ok(())
    }

    /// The share of the time that branching has: most where no solver but our own comes afterwards.
    fn share(&mut self) -> f64 {
        let timed = self.clock.left().is_some();
        let others = |f: &FoundSolver| f.kind != SolverKind::Embedded;
        let around = std::mem::take(&mut self.around);
        if timed && !around.wait().iter().any(others) { ALONE } else { BRANCHING }
    }

    fn branch_part(
        &mut self,
        (question, study, plan): (&Verification, &Study, &Plan<'_>),
        k: usize,
        until: Option<Instant>,
        listen: Listener<'_>,
    ) -> Result<(), PipelineError> {
        let most = if until.is_some() { usize::MAX } else { NODES };
        let nodes = question.approach.nodes;
        if question.approach.binarised.is_some() {
            let most = if until.is_some() { usize::MAX } else { CELLS };
            return self.cover_part((question, study), k, (nodes.unwrap_or(most), until), listen);
        }
        let goal = &study.parts()[k].goal;
        let threads = self.choice.threads.map_or_else(crate::back::threads, |t| t as usize);
        let found = self.clock.guard_until(until, |flag| {
            let options = BranchOptions {
                nodes: question.approach.nodes.unwrap_or(most),
                threads,
                cancel: Some(flag),
                until,
                ..BranchOptions::default()
            };
            branch(plan, goal, &options)
        });
        match found.verdict {
            Verdict::Refuted(tree) => {
                listen(News::Note(format!(
                    "refuted by branching in {}",
                    counted(found.nodes, "node")
                )));
                self.search.proofs.push(Proof { part: k, tree: Some(tree), layers: None });
            }
            Verdict::Attack(replay) => {
                self.search.offer(question, &replay.inputs, Finder::Branching)?;
            }
            Verdict::Unknown { reason, open, .. } => {
                let why = match reason {
                    Reason::Nodes => "its nodes were used up",
                    Reason::Stopped if self.clock.stopped() => "it was stopped",
                    Reason::Stopped => "its time was over",
                    Reason::Whole => "a piece cannot be split further",
                    Reason::Goal => "the property has too many alternatives for it",
                };
                let text = format!(
                    "branching left {} open after {}: {why}",
                    counted(open, "piece"),
                    counted(found.nodes, "node")
                );
                listen(News::Note(text.clone()));
                self.search.parts[k].missing = Some(text);
            }
        }
        Ok(())
    }

    /// Decides a part of a binarised network by a cover of the patterns of its first layer.
    fn cover_part(
        &mut self,
        (question, study): (&Verification, &Study),
        k: usize,
        (nodes, until): (usize, Option<Instant>),
        listen: Listener<'_>,
    ) -> Result<(), PipelineError> {
        let part = &study.parts()[k];
        let threads = self.choice.threads.map_or_else(crate::back::threads, |t| t as usize);
        let how = (nodes, threads);
        let found = self
            .clock
            .guard_until(until, |flag| layerwise::decide(question, part, how, Some(flag)))?;
        match found {
            Decided::Refuted(log, nodes) => {
                let count = counted(nodes, "node");
                listen(News::Note(format!("refuted by layerwise bounds in {count}")));
                self.search.proofs.push(Proof { part: k, tree: None, layers: Some(log) });
            }
            Decided::Attack(x) => {
                if !self.search.offer(question, &x, Finder::Branching)? {
                    let text =
                        "the attack that layerwise bounds found is not one when it is replayed";
                    self.search.parts[k].missing = Some(text.to_owned());
                }
            }
            Decided::Open(lead, nodes) => {
                let lead = lead.map_or_else(String::new, |l| format!(" at most {l}"));
                let text = format!(
                    "layerwise bounds leave a rival ahead by{lead} after {}",
                    counted(nodes, "node")
                );
                listen(News::Note(text.clone()));
                self.search.parts[k].missing = Some(text);
            }
        }
        Ok(())
    }

    /// Asks a solver for the program of every part that is open.
    pub fn ask(&mut self, job: &Job, listen: Listener<'_>) -> Result<(), PipelineError> {
        // A solver that was asked for by name must be there, whoever decides in the end.
        let asked = std::mem::replace(&mut self.asked, Ok(None))?;
        if self.choice.solver == SolverChoice::Branch {
            return Ok(());
        }
        let open = self.search.open(&job.study);
        for (done, &k) in open.iter().enumerate() {
            if self.search.attack.is_some() || self.clock.over() {
                break;
            }
            let part = &job.study.parts()[k];
            listen(News::Note(format!("{} ({} of {})", part.words, done + 1, open.len())));
            let until = until(self.clock.share(1.0), open.len() - done);
            self.ask_part((job, k), asked.as_ref(), until, listen)?;
            self.search.moment((&job.spec.question, &job.study), &self.clock, listen);
        }
        Ok(())
    }

    /// Asks a solver for a part's program, until its bound says enough or its point is an attack.
    fn ask_part(
        &mut self,
        (job, k): (&Job, usize),
        asked: Option<&FoundSolver>,
        until: Option<Instant>,
        listen: Listener<'_>,
    ) -> Result<(), PipelineError> {
        let Some((files, program)) = job.files(k) else {
            let none = "it has no program, which `theriac compile` writes".to_owned();
            self.search.parts[k].missing.get_or_insert(none);
            return Ok(());
        };
        let solvers = match asked {
            Some(solver) => vec![solver.clone()],
            None => match solvers_for(&program.model) {
                Ok(solvers) => solvers,
                Err(PipelineError::NoSolver(why)) => {
                    self.search.missing = Some(why);
                    return Ok(());
                }
                Err(e) => return Err(e),
            },
        };
        let whole = job.spec.question.approach.binarised.is_some();
        let store = format!("part-{}/solution.sol", k + 1);
        let last = solvers.len().saturating_sub(1);
        for (n, solver) in solvers.iter().enumerate() {
            listen(News::Note(runner::words(solver)));
            let left = until.map(|u| u.saturating_duration_since(Instant::now()).as_secs_f64());
            let limits = Limits {
                seconds: left.map(|s| s.max(0.1)),
                relative_gap: self.choice.gap,
                threads: self.choice.threads,
                ..Limits::default()
            };
            let point = job.study.start.as_ref().map(|s| program.start(&s.replay.inputs));
            let task = Task { part: files, solver, limits, point, store: &store };
            let ran = match until_enough(task, (program, whole), listen, &self.clock) {
                Ok(ran) => ran,
                // A licence of limited size, say: the next solver may take the program.
                Err(e) if n < last && e.is_of_search() => {
                    listen(News::Note(e.to_string()));
                    continue;
                }
                // What contradicts itself is no answer; other parts may have one.
                Err(PipelineError::Foreign(e)) => {
                    self.search.parts[k].missing = Some(format!("{}: {e}", runner::words(solver)));
                    return Ok(());
                }
                Err(e) => return Err(e),
            };
            for note in ran.notes {
                listen(News::Note(note));
            }
            if let Some(nodes) = ran.nodes {
                let count = counted(usize::try_from(nodes).unwrap_or(usize::MAX), "node");
                listen(News::Note(format!("the solver's tree has {count}")));
            }
            let mut answer =
                PartAnswer { model: ran.model, solution: Some(store), ..PartAnswer::default() };
            let slack = ran.solution.bound_slack;
            super::search::take_bound(&mut answer, program, &ran.solution, slack, ran.who);
            if let Some(x) = &ran.x {
                let point = (x.as_slice(), ran.solution.objective);
                let of = (&job.study.parts()[k], program);
                let (claimed, why) = self.search.take_point(&job.spec.question, of, point)?;
                answer.claimed = claimed;
                answer.say(why);
            }
            self.search.parts[k] = answer;
            return Ok(());
        }
        Ok(())
    }
}

/// The solver that was asked for by name.
fn asked(choice: SolverChoice) -> Result<Option<FoundSolver>, PipelineError> {
    Ok(match named(choice)? {
        Some(Plans::Solver(solver)) => Some(solver),
        Some(Plans::Enumerate) | None => None,
    })
}

/// When the next of so many parts has had its share of the time until `end`.
fn until(end: Option<Instant>, left: usize) -> Option<Instant> {
    let rest = end?.saturating_duration_since(Instant::now());
    Some(Instant::now() + rest / u32::try_from(left.max(1)).unwrap_or(u32::MAX))
}

/// Runs a solver until its dual bound proves the part impossible or its incumbent promises an attack;
/// how much the margin is beyond that is nobody's question.
fn until_enough(
    task: Task<'_>,
    (program, whole): (&VerifyProgram, bool),
    listen: Listener<'_>,
    clock: &Clock<'_>,
) -> Result<runner::Ran, PipelineError> {
    let enough = 10.0 * SOLVER_TOLERANCE + program.slop;
    // Between whole numbers nothing is: one that is not above 0 is below this.
    let attack = if whole { 0.5 } else { -10.0 * SOLVER_TOLERANCE };
    // The solver keeps its own time limit; only a person's wish ends it from here.
    clock.guard_until(None, |halt| {
        let mut progress = |bound: Option<f64>, incumbent: Option<f64>| {
            listen(News::Margin { bound, nearest: incumbent });
            let proved = bound.is_some_and(|b| b.is_finite() && b - enough * (1.0 + b.abs()) > 0.0);
            if proved || incumbent.is_some_and(|v| v < attack) {
                halt.store(true, Ordering::Relaxed);
            }
        };
        task.run(&mut progress, halt)
    })
}

/// Writes the files of an answer; an older certificate goes, because it no longer fits.
pub(super) fn keep(job: &Job, search: Search, seconds: f64) -> Result<Answer, PipelineError> {
    let dir = &job.instance.dir;
    for old in [certificate::FILE_NAME, answer::FILE_NAME, attack_file::FILE_NAME, PROOF_FILE] {
        let path = dir.join(old);
        if path.exists() {
            std::fs::remove_file(&path)
                .map_err(|source| store::StoreError::Write { path, source })?;
        }
    }
    let answered = search.parts.iter().any(|p| *p != PartAnswer::default());
    let answer = Answer {
        schema: answer::SCHEMA,
        theriac: env!("CARGO_PKG_VERSION").to_owned(),
        bound: None,
        missing: search.missing,
        failure: search.failure,
        claimed: search.claimed,
        finder: search.attack.as_ref().map(|a| a.1),
        solution: None,
        log: None,
        model: None,
        parts: if answered { search.parts } else { Vec::new() },
        proof: (!search.proofs.is_empty()).then(|| PROOF_FILE.to_owned()),
        seconds,
        history: search.history,
    };
    if let Some((attack, _)) = &search.attack {
        record::file(&attack.replay.inputs).write(dir)?;
    }
    if !search.proofs.is_empty() {
        store::write_dense_json(&dir.join(PROOF_FILE), &search.proofs)?;
    }
    store::write_json(&dir.join(answer::FILE_NAME), &answer)?;
    Ok(answer)
}
