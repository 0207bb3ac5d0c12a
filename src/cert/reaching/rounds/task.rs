//! The solves of a round, as many at a time as there are threads.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use super::answer::EndAnswer;
use super::branch::Branching;
use super::folder::{self, BODY_FILE};
use super::round::{EndRecord, Round, RoundFile};
use super::{End, write};
use crate::cert::instance::manifest::RoundsRecord;
use crate::cert::pipeline::solve::runner;
use crate::cert::pipeline::solve::{Plan, SolveChoice, named, solvers_for};
use crate::cert::pipeline::{Listener, News, PipelineError};
use crate::cert::store::{self, StoreError};
use crate::front::spec::SolverChoice;
use crate::ir::{Model, Objective};
use crate::lower::Target;
use crate::sol::Status;
use crate::solve::highs_lib::HighsLibrary;
use crate::solve::{self, FoundSolver, Limits, ModelFiles, SolveRequest, SolverKind, discover};

/// A share of the objectives: those whose place in the round leaves `part` over when divided by `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// From 0.
    pub part: usize,
    /// At least 1.
    pub of: usize,
}

impl Share {
    /// All objectives.
    pub const ALL: Share = Share { part: 0, of: 1 };

    fn has(self, place: usize) -> bool {
        place % self.of.max(1) == self.part
    }
}

/// What the solves of a round share.
pub struct Tasks<'a> {
    /// The instance directory.
    pub dir: &'a Path,
    /// The round.
    pub round: &'a Round,
    /// Its file.
    pub file: &'a RoundFile,
    /// How it is written.
    pub record: &'a RoundsRecord,
    /// Who solves, and for how long.
    pub choice: &'a SolveChoice,
}

impl Tasks<'_> {
    /// Who was asked for. Left to itself: our own branching where the library of HiGHS is found, else a
    /// solver that takes the program as it is written.
    fn solver<'s>(&'s self, stop: &'s AtomicBool) -> Result<Solver<'s>, PipelineError> {
        match self.choice.solver {
            SolverChoice::Branch => {
                self.branching(stop).map(|own| Solver::Branching(Box::new(own))).ok_or_else(|| {
                    PipelineError::NoSolver(
                    "branching over the linear programs of a round needs the library of HiGHS; \
                     `theriac solvers install highs` installs it"
                        .to_owned(),
                )
                })
            }
            SolverChoice::Auto => match self.branching(stop) {
                Some(found) => Ok(Solver::Branching(Box::new(found))),
                None => {
                    let written = write::lowered(self.round, write::target(self.record)?)?;
                    self.found(solvers_for(&written.model)?.swap_remove(0))
                }
            },
            SolverChoice::Embedded
            | SolverChoice::Highs
            | SolverChoice::Scip
            | SolverChoice::Gurobi
            | SolverChoice::Exhaustive => match named(self.choice.solver)? {
                Some(Plan::Solver(found)) => self.found(found),
                Some(Plan::Enumerate) | None => Err(PipelineError::NoSolver(
                    "exhaustive replay solves no rounds; take another solver".to_owned(),
                )),
            },
        }
    }

    fn branching<'s>(&'s self, stop: &'s AtomicBool) -> Option<Branching<'s>> {
        let library = HighsLibrary::find(&discover())?.ok()?;
        Branching::new(library, self.round, self.choice.time_limit, stop)
    }

    fn found(&self, found: FoundSolver) -> Result<Solver<'_>, PipelineError> {
        let memory = match found.kind {
            SolverKind::Embedded => Some(write::lowered(self.round, Target::Embedded)?.model),
            // Written for solvers that take products, which HiGHS does not.
            SolverKind::Highs if self.file.quadratic > 0 => {
                Some(write::lowered(self.round, Target::HighsLp)?.model)
            }
            SolverKind::Highs | SolverKind::Scip | SolverKind::Gurobi => None,
        };
        Ok(Solver::Found(found, memory.map(|m| Box::new(m.into_owned()))))
    }

    /// Solves the objectives of a share that have no solution yet. What a solver fails at stays
    /// without one, and the first failure is told.
    ///
    /// # Errors
    /// There is no solver, every run fails, or somebody stops.
    pub fn run(
        &self,
        share: Share,
        listen: Listener<'_>,
        stop: &AtomicBool,
    ) -> Result<(), PipelineError> {
        let has = |end: End, ending| {
            let name = folder::file(self.round.number, &folder::solution(end, ending));
            self.dir.join(name).exists()
        };
        let shared = self.file.objectives.iter().enumerate().filter(|(k, _)| share.has(*k));
        let ends = shared.filter_map(|(_, record)| Some((End::from_name(&record.end)?, record)));
        let waits = |end: End| !has(end, "json") && !has(end, "sol");
        let waiting: Vec<(End, &EndRecord)> = ends.filter(|(end, _)| waits(*end)).collect();
        if waiting.is_empty() {
            return Ok(());
        }
        let (number, rounds) = (self.file.round, self.file.rounds);
        listen(News::Step(format!("round {number} of {rounds}: preparing its program")));
        let solver = self.solver(stop)?;
        store::folder(&self.dir.join(folder::file(self.round.number, "solutions")))?;
        let work = Work { tasks: self, solver: &solver };
        listen(News::Note(format!(
            "round {number} of {rounds}: {} of {} objectives for {}",
            waiting.len(),
            self.file.objectives.len(),
            solver.words()
        )));
        self.all(&work, &waiting, listen, stop)
    }

    fn all(
        &self,
        work: &Work<'_>,
        waiting: &[(End, &EndRecord)],
        listen: Listener<'_>,
        stop: &AtomicBool,
    ) -> Result<(), PipelineError> {
        let threads = self.choice.threads.map_or_else(crate::back::threads, |t| t as usize);
        let next = AtomicUsize::new(0);
        let (send, heard) = mpsc::channel();
        let mut failures = Vec::new();
        let mut solved = 0;
        std::thread::scope(|scope| {
            for _ in 0..threads.clamp(1, waiting.len()) {
                let (send, next) = (send.clone(), &next);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed)
                        && let Some((end, record)) =
                            waiting.get(next.fetch_add(1, Ordering::Relaxed))
                    {
                        if send.send(work.solve(*end, record, stop)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            for done in heard {
                match done {
                    Ok(Some(())) => {
                        solved += 1;
                        let text = format!(
                            "round {} of {}: {solved} of {} solved",
                            self.file.round,
                            self.file.rounds,
                            waiting.len()
                        );
                        listen(News::Step(text));
                    }
                    Ok(None) => {}
                    Err(e) => failures.push(e),
                }
            }
        });
        if stop.load(Ordering::Relaxed) {
            return Err(PipelineError::Paused { dir: self.dir.to_owned() });
        }
        let count = failures.len();
        match failures.into_iter().next() {
            Some(first) if solved == 0 => Err(first),
            Some(first) => {
                listen(News::Note(format!(
                    "{count} objectives have no answer, because the solver failed; the first: {first}"
                )));
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// Who solves.
enum Solver<'a> {
    /// Branching over linear programs.
    Branching(Box<Branching<'a>>),
    /// Another program; with the model where it is in this process.
    Found(FoundSolver, Option<Box<Model>>),
}

impl Solver<'_> {
    fn words(&self) -> String {
        match self {
            Solver::Branching(own) => own.words(),
            Solver::Found(found, _) => runner::words(found),
        }
    }
}

/// A solver at work on a round.
struct Work<'a> {
    tasks: &'a Tasks<'a>,
    solver: &'a Solver<'a>,
}

impl Work<'_> {
    /// Solves one objective and stores the answer; nothing if it was stopped.
    fn solve(
        &self,
        end: End,
        record: &EndRecord,
        stop: &AtomicBool,
    ) -> Result<Option<()>, PipelineError> {
        let Tasks { dir, round, file, .. } = *self.tasks;
        let answer = match self.solver {
            Solver::Branching(own) => own.solve((round, file), (end, record)),
            Solver::Found(found, memory) => {
                self.ask((found, memory.as_deref()), end, record, stop)?
            }
        };
        // What somebody stopped is solved again, so that the same files follow.
        let Some(answer) = answer else { return Ok(None) };
        let name = folder::file(round.number, &folder::solution(end, "json"));
        store::write_json(&dir.join(name), &answer)?;
        Ok(Some(()))
    }

    /// What a solver answers; nothing if it was stopped.
    fn ask(
        &self,
        (solver, memory): (&FoundSolver, Option<&Model>),
        end: End,
        record: &EndRecord,
        stop: &AtomicBool,
    ) -> Result<Option<EndAnswer>, PipelineError> {
        let Tasks { dir, round, file, choice, .. } = *self.tasks;
        let failed = |source| StoreError::Write { path: std::env::temp_dir(), source };
        let place = tempfile::tempdir().map_err(failed)?;
        let limits = Limits {
            seconds: choice.time_limit,
            relative_gap: choice.gap,
            bound_alone: true,
            threads: Some(1),
            ..Limits::default()
        };
        let mut request = SolveRequest { limits, ..SolveRequest::default() };
        let mut model = None;
        let mut maximises = false;
        match memory {
            Some(own) => {
                let Some(goal) = round.target(end) else { return Ok(None) };
                let objective = Objective::new(&goal.terms, &[], 0.0);
                let own = model.insert(Model { objective, ..own.clone() });
                if solver.kind == SolverKind::Highs {
                    let path = place.path().join(format!("{}.lp", end.name()));
                    write::program(own, Target::HighsLp, &path)?;
                    request.model = ModelFiles::from_path(&path).unwrap_or_default();
                } else {
                    request.ir = Some(own);
                }
            }
            None => {
                let path = place.path().join(format!("{}.lp", end.name()));
                let parts = [folder::head(end), BODY_FILE.to_owned()];
                let mut out = std::fs::File::create(&path).map_err(failed)?;
                for part in parts {
                    let from = dir.join(folder::file(round.number, &part));
                    let read = |source| StoreError::Read { path: from.clone(), source };
                    let mut part = std::fs::File::open(&from).map_err(read)?;
                    std::io::copy(&mut part, &mut out).map_err(failed)?;
                }
                request.model = ModelFiles::from_path(&path).unwrap_or_default();
                maximises = record.maximises;
            }
        }
        let report = solve::run(solver, &request, &mut |_| {}, stop)?;
        if stop.load(Ordering::Relaxed) || report.solution.status == Status::Interrupted {
            return Ok(None);
        }
        Ok(Some(EndAnswer::new((file, record), runner::who(solver), &report, maximises)))
    }
}
