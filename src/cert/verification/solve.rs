//! Looking for the answer, part by part: branching on bounds, then a solver.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::job::Job;
use super::record::{self, Found};
use crate::bounds::graph::Plan;
use crate::bounds::graph::branch::{BranchOptions, Reason, Tree, Verdict, branch};
use crate::cert::answer::{self, Answer, Finder, Moment, PartAnswer, StatedBound};
use crate::cert::assemble::SOLVER_TOLERANCE;
use crate::cert::attack_file;
use crate::cert::certificate::{self, BoundSource};
use crate::cert::pipeline::solve::runner::{self, Proved, Task, Who};
use crate::cert::pipeline::solve::{Plan as Plans, SolveChoice, named, solvers_for};
use crate::cert::pipeline::{Listener, News, PipelineError};
use crate::cert::store;
use crate::encode::verify::VerifyProgram;
use crate::front::printable::number;
use crate::front::spec::SolverChoice;
use crate::sol::Solution;
use crate::solve::FoundSolver;

/// The trees of splits in an instance directory.
pub const PROOF_FILE: &str = "proof.json";

/// Nodes of branching for one part, where none are asked for and no time limits it.
const NODES: usize = 2_000;

/// A tree that refutes one part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The part, from 0.
    pub part: usize,
    /// Its tree.
    pub tree: Tree,
}

/// What a search came to so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pub parts: Vec<PartAnswer>,
    pub proofs: Vec<Proof>,
    pub attack: Option<(Found, Finder)>,
    pub claimed: Option<f64>,
    pub missing: Option<String>,
    pub failure: Option<String>,
    pub history: Vec<Moment>,
}

impl Search {
    /// What is known before any search.
    pub fn known(job: &Job) -> Self {
        let attack = job.start.as_ref().filter(|s| s.replay.is_attack());
        Search {
            parts: vec![PartAnswer::default(); job.parts().len()],
            attack: attack.map(|a| (a.clone(), Finder::Heuristic)),
            ..Search::default()
        }
    }

    /// Whether nothing is left to decide for a part.
    pub fn decided(&self, job: &Job, k: usize) -> bool {
        let part = self.parts.get(k);
        job.impossible(k)
            || self.proofs.iter().any(|p| p.part == k)
            || part.is_some_and(|p| p.infeasible || p.bound.as_ref().is_some_and(proves))
    }
}

/// Whether a solver's bound, moved outward for its tolerance, proves a part impossible.
pub(super) fn proves(bound: &StatedBound) -> bool {
    bound.value - SOLVER_TOLERANCE * (1.0 + bound.value.abs()) > 0.0
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
    let begin = Instant::now();
    let mut search = Search::known(job);
    moment(job, &mut search, begin, listen);
    // A solver that was asked for by name must be there, whoever decides in the end.
    let asked = match choice.solver {
        SolverChoice::Branch => None,
        SolverChoice::Exhaustive => {
            return Err(PipelineError::NoSolver(
                "exhaustive replay answers questions of poisoned training, and this one is of \
                 verification; take branch, or another solver"
                    .to_owned(),
            ));
        }
        solver => match named(solver)? {
            Some(Plans::Solver(solver)) => Some(solver),
            Some(Plans::Enumerate) | None => None,
        },
    };
    let mut run = Run { job, choice, begin, search: &mut search, listen, stop, asked };
    let done = run.all();
    match done {
        Ok(()) => {}
        Err(e) if !e.is_of_search() => return Err(e),
        Err(e) if job.instance.dir.join(answer::FILE_NAME).exists() => {
            let dir = job.instance.dir.clone();
            return Err(PipelineError::Unsolved { why: e.to_string(), dir });
        }
        Err(e) => search.failure = Some(e.to_string()),
    }
    moment(job, &mut search, begin, listen);
    keep(job, search, begin.elapsed().as_secs_f64())
}

/// Tells, and notes for the history, what is known now.
fn moment(job: &Job, search: &mut Search, begin: Instant, listen: Listener<'_>) {
    let nearest = search.attack.as_ref().map(|a| &a.0).or(job.start.as_ref());
    let moment = Moment {
        seconds: begin.elapsed().as_secs_f64(),
        bound: lowest(job, search),
        incumbent: nearest.map(|f| f.value(&job.spec.question)).filter(|v| v.is_finite()),
    };
    listen(News::Moment { bound: moment.bound, incumbent: moment.incumbent });
    search.history.push(moment);
}

/// The lower bound of the margin over all parts, as far as it is a number.
fn lowest(job: &Job, search: &Search) -> Option<f64> {
    let of = |k: usize| {
        let stated = search.parts.get(k).and_then(|p| p.bound.as_ref()).map(|b| b.value);
        stated.map_or(job.lower(k), |s| s.max(job.lower(k)))
    };
    let least = (0..job.parts().len()).map(of).fold(f64::INFINITY, f64::min);
    least.is_finite().then_some(least)
}

struct Run<'r, 'l> {
    job: &'r Job,
    choice: &'r SolveChoice,
    begin: Instant,
    search: &'r mut Search,
    listen: &'r mut (dyn FnMut(News) + 'l),
    stop: &'r AtomicBool,
    asked: Option<FoundSolver>,
}

impl Run<'_, '_> {
    fn all(&mut self) -> Result<(), PipelineError> {
        let job = self.job;
        let open: Vec<usize> =
            (0..job.parts().len()).filter(|k| !self.search.decided(job, *k)).collect();
        for (done, &k) in open.iter().enumerate() {
            if self.search.attack.is_some() || self.stop.load(Ordering::Relaxed) {
                break;
            }
            let part = &job.parts()[k];
            (self.listen)(News::Note(format!("{} ({} of {})", part.words, done + 1, open.len())));
            let until = self.share(open.len() - done);
            self.branch(k, until)?;
            if !self.search.decided(job, k) && self.search.attack.is_none() {
                self.solver(k, until)?;
            }
            moment(job, self.search, self.begin, self.listen);
        }
        Ok(())
    }

    /// When the next of so many parts has had its share of the time that is left.
    fn share(&self, left: usize) -> Option<Instant> {
        let limit = Duration::try_from_secs_f64(self.choice.time_limit?).ok()?;
        let rest = limit.saturating_sub(self.begin.elapsed());
        Some(Instant::now() + rest / u32::try_from(left.max(1)).unwrap_or(u32::MAX))
    }

    /// Branches on bounds, unless a solver was asked for.
    fn branch(&mut self, k: usize, until: Option<Instant>) -> Result<(), PipelineError> {
        let job = self.job;
        let nodes = job.spec.question.approach.nodes;
        let alone = match self.choice.solver {
            SolverChoice::Auto => false,
            SolverChoice::Branch => true,
            SolverChoice::Embedded
            | SolverChoice::Highs
            | SolverChoice::Scip
            | SolverChoice::Gurobi
            | SolverChoice::Exhaustive => return Ok(()),
        };
        if nodes == Some(0) {
            return Ok(());
        }
        // A solver that comes afterwards has the other half of the time.
        let half = |t: Instant| Instant::now() + t.saturating_duration_since(Instant::now()) / 2;
        let options = BranchOptions {
            nodes: nodes.unwrap_or(if until.is_some() { usize::MAX } else { NODES }),
            threads: crate::back::threads(),
            cancel: Some(self.stop),
            until: if alone { until } else { until.map(half) },
            ..BranchOptions::default()
        };
        let plan = Plan::new(&job.spec.question.graph);
        let found = branch(&plan, &job.parts()[k].goal, &options);
        match found.verdict {
            Verdict::Refuted(tree) => {
                (self.listen)(News::Note(format!("refuted by branching in {} nodes", found.nodes)));
                self.search.proofs.push(Proof { part: k, tree });
            }
            Verdict::Attack(replay) => self.offer(&replay.inputs, Finder::Branching)?,
            Verdict::Unknown { reason, open, .. } => {
                let why = match reason {
                    Reason::Nodes => "its nodes were used up",
                    Reason::Stopped => "it was stopped",
                    Reason::Whole => "a part of it cannot be split further",
                    Reason::Goal => "the property has too many alternatives for it",
                };
                let text =
                    format!("branching left {open} parts open after {} nodes: {why}", found.nodes);
                (self.listen)(News::Note(text.clone()));
                self.search.parts[k].missing = Some(text);
            }
        }
        Ok(())
    }

    /// Asks a solver for a part's program, until its bound says enough or its point is an attack.
    fn solver(&mut self, k: usize, until: Option<Instant>) -> Result<(), PipelineError> {
        let job = self.job;
        let Some((files, program)) = job.files(k) else { return Ok(()) };
        let solvers = match (&self.asked, self.choice.solver) {
            (_, SolverChoice::Branch) => return Ok(()),
            (Some(solver), _) => vec![solver.clone()],
            (None, _) => match solvers_for(&program.model) {
                Ok(solvers) => solvers,
                Err(PipelineError::NoSolver(why)) => {
                    self.search.missing = Some(why);
                    return Ok(());
                }
                Err(e) => return Err(e),
            },
        };
        let store = format!("part-{}/solution.sol", k + 1);
        let last = solvers.len().saturating_sub(1);
        for (n, solver) in solvers.iter().enumerate() {
            (self.listen)(News::Note(runner::words(solver)));
            let mut limits = self.choice.limits(self.begin);
            if let Some(until) = until {
                let left = until.saturating_duration_since(Instant::now()).as_secs_f64();
                limits.seconds = Some(left.max(0.1));
            }
            let point = job.start.as_ref().map(|s| program.start(&s.replay.inputs));
            let task = Task { part: files, solver, limits, point, store: &store };
            let ran = match until_enough(task, program, self.listen, self.stop) {
                Ok(ran) => ran,
                // A licence of limited size, say: the next solver may take the program.
                Err(e) if n < last && e.is_of_search() => {
                    (self.listen)(News::Note(e.to_string()));
                    continue;
                }
                Err(e) => return Err(e),
            };
            for note in ran.notes {
                (self.listen)(News::Note(note));
            }
            let mut answer =
                PartAnswer { model: ran.model, solution: Some(store), ..PartAnswer::default() };
            take_bound(&mut answer, program, &ran.solution, ran.solution.bound_slack, ran.who);
            self.search.parts[k] = answer;
            if let Some(x) = &ran.x {
                self.point(k, program, x, ran.solution.objective)?;
            }
            return Ok(());
        }
        Ok(())
    }

    fn point(
        &mut self,
        k: usize,
        program: &VerifyProgram,
        x: &[f64],
        objective: Option<f64>,
    ) -> Result<(), PipelineError> {
        let claimed = take_point(self.job, program, x, objective, self.search)?;
        self.search.parts[k].claimed = claimed;
        Ok(())
    }

    fn offer(&mut self, x: &[f64], finder: Finder) -> Result<(), PipelineError> {
        offer(self.job, x, finder, self.search)
    }
}

/// Takes an input if it is an attack.
fn offer(job: &Job, x: &[f64], finder: Finder, search: &mut Search) -> Result<(), PipelineError> {
    let failed =
        |e: crate::network::graph::eval::EvalError| PipelineError::BadAttack(e.to_string());
    let found = record::replay(&job.spec.question, x).map_err(failed)?;
    if let (Some(found), None) = (found, &search.attack)
        && found.replay.is_attack()
    {
        search.attack = Some((found, finder));
    }
    Ok(())
}

/// Decodes and replays a point of a program; returns the margin that the solver claims for it.
pub(super) fn take_point(
    job: &Job,
    program: &VerifyProgram,
    x: &[f64],
    objective: Option<f64>,
    search: &mut Search,
) -> Result<Option<f64>, PipelineError> {
    offer(job, &program.decode(x), Finder::Solver, search)?;
    let claimed = objective.unwrap_or_else(|| program.model.objective_at(x));
    let claimed = Some(claimed).filter(|v| v.is_finite());
    if matches!(search.attack, Some((_, Finder::Solver))) && search.claimed.is_none() {
        search.claimed = claimed;
    }
    Ok(claimed)
}

/// Takes over what a solver proved of a part, or says why that is nothing.
pub(super) fn take_bound(
    answer: &mut PartAnswer,
    program: &VerifyProgram,
    solution: &Solution,
    slack: f64,
    (name, version, embedded): Who,
) {
    let status = solution.status.to_string();
    match runner::proved(solution, &name) {
        Proved::Nothing(why) => answer.missing = Some(why),
        Proved::Infeasible => answer.infeasible = true,
        Proved::Bound(objective) => {
            let printed = if slack > 0.0 { (objective - slack).next_down() } else { objective };
            let value = (printed - program.slop).next_down();
            let bound = StatedBound {
                value,
                objective: Some(objective),
                slack,
                from: BoundSource::Solver,
                solver: Some(name.clone()),
                version,
                embedded,
                status: status.clone(),
            };
            if !proves(&bound) {
                answer.missing = Some(format!(
                    "{name} ({status}) proves a margin of at least {}, which is not above 0",
                    number(value)
                ));
            }
            answer.bound = Some(bound);
        }
    }
}

/// Runs a solver until its dual bound proves the part impossible or its incumbent promises an attack;
/// how much the margin is beyond that is nobody's question.
fn until_enough(
    task: Task<'_>,
    program: &VerifyProgram,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<runner::Ran, PipelineError> {
    let (halt, over) = (AtomicBool::new(false), AtomicBool::new(false));
    let enough = 10.0 * SOLVER_TOLERANCE + program.slop;
    let mut progress = |bound: Option<f64>, incumbent: Option<f64>| {
        listen(News::Moment { bound, incumbent });
        let proved = bound.is_some_and(|b| b.is_finite() && b - enough * (1.0 + b.abs()) > 0.0);
        if proved || incumbent.is_some_and(|v| v < -10.0 * SOLVER_TOLERANCE) {
            halt.store(true, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                if stop.load(Ordering::Relaxed) {
                    halt.store(true, Ordering::Relaxed);
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let ran = task.run(&mut progress, &halt);
        over.store(true, Ordering::Relaxed);
        ran
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
