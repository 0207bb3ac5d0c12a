//! What the drivers of external solvers share: a work folder, progress, and the report.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use tempfile::TempDir;

use super::process::{self, Finished, Job};
use super::report::History;
use super::{FoundSolver, Progress, SolveError, SolveReport, SolveRequest, SolverKind};
use crate::sol::log::{LogKind, LogReader, LogSummary};
use crate::sol::{self, Solution, Status};

/// A temporary folder with the model, and the start if there is one, under plain names: no
/// solver's command language gets to see the names of the user's folders.
pub(super) struct Workspace {
    dir: TempDir,
    /// `model.lp`, `model.mps` or `model.nl`.
    pub(super) model: String,
    /// `start.sol` or `start.mst`.
    pub(super) start: Option<String>,
}

impl Workspace {
    fn new(kind: SolverKind, request: &SolveRequest<'_>) -> Result<Self, SolveError> {
        let Some((path, ending)) = request.model.best_for(kind) else {
            return Err(SolveError::NoFile { solver: kind, takes: kind.takes() });
        };
        let dir = tempfile::Builder::new()
            .prefix("theriac-")
            .tempdir()
            .map_err(|e| io("make a temporary folder", &e))?;
        let model = format!("model.{ending}");
        place(path, &dir.path().join(&model))?;
        let start = match &request.start {
            None => None,
            Some(path) => {
                let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("sol");
                let name = format!("start.{ending}");
                place(path, &dir.path().join(&name))?;
                Some(name)
            }
        };
        Ok(Workspace { dir, model, start })
    }

    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) -> Result<(), SolveError> {
        std::fs::write(self.file(name), text).map_err(|e| io("write a settings file", &e))
    }
}

/// Makes `to` show the file `from` (which may be relative to the current folder).
fn place(from: &Path, to: &Path) -> Result<(), SolveError> {
    let what = format!("read {}", from.display());
    let from = std::fs::canonicalize(from).map_err(|e| io(&what, &e))?;
    #[cfg(unix)]
    let placed = std::os::unix::fs::symlink(&from, to);
    #[cfg(not(unix))]
    let placed = std::fs::copy(&from, to).map(|_| ());
    placed.map_err(|e| io(&what, &e))
}

pub(super) fn io(what: &str, e: &std::io::Error) -> SolveError {
    SolveError::Io { what: what.to_owned(), message: e.to_string() }
}

/// A run that has ended, before its files are read.
pub(super) struct Run {
    pub(super) finished: Finished,
    pub(super) summary: LogSummary,
    history: History,
}

/// One call of a driver.
pub(super) struct Call<'c, 'r> {
    pub(super) solver: &'c FoundSolver,
    pub(super) request: &'c SolveRequest<'r>,
    pub(super) progress: &'c mut dyn FnMut(Progress),
    pub(super) cancel: &'c AtomicBool,
}

impl Call<'_, '_> {
    /// The folder that the solver works in.
    pub(super) fn workspace(&self) -> Result<Workspace, SolveError> {
        Workspace::new(self.solver.kind, self.request)
    }

    /// The solver was found in a form that its driver does not know.
    pub(super) fn cannot(&self, program: &str, message: &str) -> SolveError {
        SolveError::Start {
            solver: self.solver.kind,
            program: program.to_owned(),
            message: message.to_owned(),
        }
    }

    /// Starts the solver, follows its log, tells the progress, and refuses a run without an answer.
    pub(super) fn follow(
        &mut self,
        work: &Workspace,
        log: LogKind,
        (program, args, env): (PathBuf, Vec<String>, Vec<(&'static str, String)>),
    ) -> Result<Run, SolveError> {
        let (kind, limits) = (self.solver.kind, &self.request.limits);
        let job = Job { program, args, env, dir: work.path().to_owned() };
        let mut reader = LogReader::new(log);
        let mut history = History::default();
        let progress = &mut *self.progress;
        let mut on_line = |seconds: f64, line: &str| {
            if let Some(event) = reader.line(line) {
                history.push(seconds, event.bound, event.incumbent);
                let (bound, incumbent, nodes) = (event.bound, event.incumbent, event.nodes);
                progress(Progress { seconds, bound, incumbent, nodes });
            }
        };
        // The solver keeps its own time; this net is for one that does not.
        let net = limits.seconds.map(|s| s + limits.grace);
        let ended = process::run(&job, net, limits.grace, self.cancel, &mut on_line);
        let finished =
            ended.map_err(|e| self.cannot(&job.program.display().to_string(), &e.to_string()))?;
        let run = Run { finished, summary: reader.finish(), history };
        run.check(kind)?;
        Ok(run)
    }
}

impl Run {
    /// The solution file, if the solver wrote one. A broken one is an error, unless we stopped
    /// the solver ourselves while it may have been writing.
    pub(super) fn solution(
        &self,
        kind: SolverKind,
        path: &Path,
    ) -> Result<Option<Solution>, SolveError> {
        if !path.exists() {
            return Ok(None);
        }
        match sol::read(path) {
            Ok(solution) => Ok(Some(solution)),
            Err(_) if self.finished.cancelled || self.finished.overtime => Ok(None),
            Err(error) => Err(SolveError::Solution { solver: kind, error }),
        }
    }

    /// Errors of a solver that gave no answer: refusals, licences, deaths.
    fn check(&self, kind: SolverKind) -> Result<(), SolveError> {
        let answered = self.summary.status.is_some();
        if answered || self.finished.cancelled {
            return Ok(());
        }
        let tail = self.finished.tail();
        if self.finished.overtime {
            // What it found in its time counts, however it ended.
            if self.summary.dual_bound.is_some() {
                return Ok(());
            }
            return Err(SolveError::Hung { solver: kind, seconds: self.finished.seconds, tail });
        }
        if let Some(message) = self.summary.complaint.clone() {
            let lower = message.to_lowercase();
            return Err(if lower.contains("licen") {
                SolveError::Licence { solver: kind, message }
            } else {
                SolveError::Refused { solver: kind, message }
            });
        }
        Err(SolveError::Died { solver: kind, how: self.finished.how(), tail })
    }

    /// Puts log and solution file together.
    pub(super) fn report(
        mut self,
        solver: &FoundSolver,
        file: Option<Solution>,
        notes: Vec<String>,
    ) -> SolveReport {
        let log_status = self.summary.status.take();
        let mut solution = file.unwrap_or_else(|| Solution::pointless(Status::Interrupted));
        if let Some(status) = log_status
            && (!solution.has_point() || matches!(solution.status, Status::Unknown(_)))
        {
            solution.status = status;
        }
        let stopped = match (self.finished.cancelled, self.finished.overtime) {
            (true, _) => Some(Status::Interrupted),
            (false, true) => Some(Status::Limit("stopped after its time limit".to_owned())),
            (false, false) => None,
        };
        if let Some(stopped) = stopped
            && solution.status != Status::Optimal
        {
            solution.status = stopped;
        }
        let mut slack = 0.0;
        if solution.dual_bound.is_none()
            && let Some(bound) = self.summary.dual_bound
        {
            solution.dual_bound = Some(bound.value);
            slack = bound.slack;
        }
        // Bounds of models without a finite optimum are of no meaning.
        match solution.status {
            Status::Infeasible | Status::Unbounded | Status::InfeasibleOrUnbounded => {
                solution.dual_bound = None;
            }
            Status::Optimal
            | Status::Limit(_)
            | Status::Interrupted
            | Status::Local(_)
            | Status::Failed(_)
            | Status::Unknown(_) => {}
        }
        let name = self
            .summary
            .solver
            .take()
            .unwrap_or_else(|| format!("{} {}", solver.kind, solver.version));
        solution.solver = Some(name.clone());
        self.history.push(self.finished.seconds, solution.dual_bound, solution.objective);
        SolveReport {
            kind: solver.kind,
            solver: name,
            solution,
            bound_slack: slack,
            seconds: self.finished.seconds,
            nodes: self.summary.nodes,
            history: self.history.into_vec(),
            log_tail: self.finished.tail(),
            log: self.finished.log,
            notes,
        }
    }
}
