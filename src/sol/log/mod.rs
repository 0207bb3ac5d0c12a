//! What solvers print while they run: progress, and at the end the status and the dual bound.
//!
//! One file a solver. A [`LogReader`] takes lines as they come, so that the same code serves the
//! live display and a log that was kept. Bounds are in the sense of the model file.

mod cbc;
mod copt;
mod cplex;
mod gurobi;
mod highs;
mod scip;
mod sizes;
mod weakened;
mod xpress;

use super::Status;

pub use sizes::Sizes;
pub use weakened::Weakened;

/// Whose log it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogKind {
    /// SCIP's shell.
    Scip,
    /// The `highs` program.
    Highs,
    /// Gurobi.
    Gurobi,
    /// CPLEX.
    Cplex,
    /// Xpress.
    Xpress,
    /// COPT.
    Copt,
    /// CBC.
    Cbc,
}

impl LogKind {
    /// Every kind.
    pub const ALL: [LogKind; 7] = [
        LogKind::Scip,
        LogKind::Highs,
        LogKind::Gurobi,
        LogKind::Cplex,
        LogKind::Xpress,
        LogKind::Copt,
        LogKind::Cbc,
    ];

    /// The solver's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LogKind::Scip => "SCIP",
            LogKind::Highs => "HiGHS",
            LogKind::Gurobi => "Gurobi",
            LogKind::Cplex => "CPLEX",
            LogKind::Xpress => "Xpress",
            LogKind::Copt => "COPT",
            LogKind::Cbc => "CBC",
        }
    }

    /// How the sizes of the model that was read stand in its log; CPLEX states those after its
    /// presolve alone.
    #[must_use]
    pub fn sizes_line(self) -> Option<&'static str> {
        match self {
            LogKind::Scip => {
                Some("original problem has 9 variables (4 bin, 0 int, 5 cont) and 6 constraints")
            }
            LogKind::Highs => Some("MIP model has 6 rows; 9 cols; 30 nonzeros"),
            LogKind::Gurobi => Some("Optimize a model with 6 rows, 9 columns and 30 nonzeros"),
            LogKind::Cplex => None,
            LogKind::Xpress => Some("6 rows 9 cols 30 elements"),
            LogKind::Copt => Some("6 rows, 9 columns and 30 non-zero elements"),
            LogKind::Cbc => Some("Problem model has 6 rows, 9 columns and 30 elements"),
        }
    }

    /// Whether a log is only taken for one of this kind if it begins with the solver's name: its
    /// sentences are too much like those of others.
    #[must_use]
    pub fn needs_header(self) -> bool {
        match self {
            LogKind::Scip | LogKind::Highs | LogKind::Gurobi => false,
            LogKind::Cplex | LogKind::Xpress | LogKind::Copt | LogKind::Cbc => true,
        }
    }
}

/// A number as a log prints it, with half a unit of its last digit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Printed {
    /// The number that was read.
    pub value: f64,
    /// How far the true number may lie from it because of the printing.
    pub slack: f64,
}

/// One line of progress.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LogEvent {
    /// Seconds since the solver began, as it counts them.
    pub seconds: Option<f64>,
    /// Best dual bound so far.
    pub bound: Option<f64>,
    /// Objective of the incumbent.
    pub incumbent: Option<f64>,
    /// Nodes so far.
    pub nodes: Option<u64>,
}

/// What a log says in the end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogSummary {
    /// Name and version of the solver.
    pub solver: Option<String>,
    /// Status in the log's words, classified; `None` if the log ends before it.
    pub status: Option<Status>,
    /// Objective of the incumbent.
    pub primal: Option<f64>,
    /// Final dual bound; of a log without an end, the last one of its table.
    pub dual_bound: Option<Printed>,
    /// Nodes explored.
    pub nodes: Option<u64>,
    /// First line in which the solver complains.
    pub complaint: Option<String>,
    /// The sizes of the model that was read.
    pub sizes: Option<Sizes>,
    /// Whether the model that was read maximises, where the log says so.
    pub maximise: Option<bool>,
    /// Whether the first lines of a run are there, which say what was set.
    pub headed: bool,
    /// What was set that takes the proof from the bound, if the log shows it.
    pub weakened: Option<Weakened>,
    /// Runs that the log holds, as far as headers, sizes and ends tell them apart. Of more than one
    /// nothing else is kept: nothing says which of them is meant.
    pub runs: usize,
    /// Whether the program has neither integers nor a nonconvex part, where the log names its class.
    continuous: Option<bool>,
    /// The bound of a relaxation or of a continuous program until its accuracy is printed.
    pending: Option<Printed>,
    /// How far apart an interior point solver left its primal and dual objective.
    gap: f64,
}

/// How often each mark of a run was met.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    headers: usize,
    sizes: usize,
    ends: usize,
    /// Ends when the sizes were last met.
    ends_before: usize,
}

/// Reads a log line by line.
#[derive(Clone, Debug)]
pub struct LogReader {
    kind: LogKind,
    summary: LogSummary,
    last: Option<Printed>,
    /// Objective of the last incumbent of the table.
    incumbent: Option<f64>,
    marks: Marks,
}

impl LogReader {
    /// A reader that has seen nothing.
    #[must_use]
    pub fn new(kind: LogKind) -> Self {
        LogReader {
            kind,
            summary: LogSummary::default(),
            last: None,
            incumbent: None,
            marks: Marks::default(),
        }
    }

    /// Takes one line; returns what it says about progress, if it does.
    pub fn line(&mut self, line: &str) -> Option<LogEvent> {
        self.mark(line);
        if self.summary.maximise.is_none() {
            self.summary.maximise = match self.kind {
                LogKind::Gurobi => gurobi::maximises(line),
                LogKind::Copt | LogKind::Xpress => maximises(line),
                LogKind::Scip | LogKind::Highs | LogKind::Cplex | LogKind::Cbc => None,
            };
        }
        if self.summary.weakened.is_none() {
            self.summary.weakened = weakened::weakened(self.kind, line);
        }
        let found = match self.kind {
            LogKind::Scip => scip::line(line, &mut self.summary),
            LogKind::Highs => highs::line(line, &mut self.summary),
            LogKind::Gurobi => gurobi::line(line, &mut self.summary),
            LogKind::Cplex => cplex::line(line, &mut self.summary),
            LogKind::Xpress => xpress::line(line, &mut self.summary),
            LogKind::Copt => copt::line(line, &mut self.summary),
            LogKind::Cbc => cbc::line(line, &mut self.summary),
        }?;
        if let Some(bound) = found.bound {
            self.last = Some(bound);
        }
        self.incumbent = found.incumbent.or(self.incumbent);
        Some(LogEvent {
            seconds: found.seconds,
            bound: found.bound.map(|b| b.value),
            incumbent: found.incumbent,
            nodes: found.nodes,
        })
    }

    /// Counts what every run prints once, and keeps the sizes.
    fn mark(&mut self, line: &str) {
        let (header, sizes, ends) = match self.kind {
            LogKind::Scip => scip::marks(line),
            LogKind::Highs => highs::marks(line),
            LogKind::Gurobi => gurobi::marks(line),
            LogKind::Cplex => cplex::marks(line),
            LogKind::Xpress => xpress::marks(line),
            LogKind::Copt => copt::marks(line),
            LogKind::Cbc => cbc::marks(line),
        };
        self.marks.headers += usize::from(header);
        self.marks.ends += usize::from(ends);
        let known = self.summary.sizes.is_some();
        let again = match self.kind {
            // They print the sizes after their presolve in the same words.
            LogKind::Copt | LogKind::Xpress => known,
            // It prints them again after it has read a start.
            LogKind::Scip => known && self.marks.ends == self.marks.ends_before,
            LogKind::Highs | LogKind::Gurobi | LogKind::Cplex | LogKind::Cbc => false,
        };
        if sizes && let Some(read) = Sizes::read(self.kind, line) {
            let same = self.summary.sizes.as_ref() == Some(&read);
            if !again || self.kind == LogKind::Scip && !same {
                self.marks.sizes += 1;
                self.marks.ends_before = self.marks.ends;
                self.summary.sizes = Some(read);
            }
        }
    }

    /// What the log says, after its last line.
    #[must_use]
    pub fn finish(self) -> LogSummary {
        let mut summary = self.summary;
        let Marks { headers, sizes, ends, .. } = self.marks;
        let runs = headers.max(sizes).max(ends);
        if runs > 1 {
            return LogSummary { runs, solver: summary.solver, ..LogSummary::default() };
        }
        summary.runs = runs;
        summary.headed = headers > 0;
        if summary.status.is_none() {
            summary.dual_bound = self.last.or(summary.dual_bound);
        }
        // HiGHS 1.15 shows a cutoff that a program set in this way alone.
        if let (Some(Status::Infeasible), Some(best)) = (&summary.status, self.incumbent) {
            summary.weakened.get_or_insert_with(|| {
                let best = crate::front::printable::number(best);
                Weakened::Cutoff(format!("its table has a solution of {best}, and none is left"))
            });
        }
        summary
    }
}

/// Reads a whole log. A last line without its end was cut, perhaps in the middle of a number, and
/// is not read.
#[must_use]
pub fn read(kind: LogKind, log: &str) -> LogSummary {
    let mut reader = LogReader::new(kind);
    let whole = log.rfind('\n').and_then(|end| log.get(..end)).unwrap_or_default();
    for line in whole.lines() {
        reader.line(line);
    }
    reader.finish()
}

/// The sense in `Maximizing a MIP problem`.
fn maximises(line: &str) -> Option<bool> {
    match line.split_whitespace().next()? {
        "Maximizing" => Some(true),
        "Minimizing" => Some(false),
        _ => None,
    }
}

/// A table row, as the reader of one solver found it.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    seconds: Option<f64>,
    bound: Option<Printed>,
    incumbent: Option<f64>,
    nodes: Option<u64>,
}

/// A finite number of a log, below what solvers mean by infinity.
fn printed(text: &str) -> Option<Printed> {
    let text = text.trim();
    let value: f64 = text.parse().ok()?;
    if value.is_nan() || value.abs() >= 1e20 {
        return None;
    }
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let decimals = mantissa.split_once('.').map_or(0, |(_, d)| d.len());
    let exponent: i32 = exponent.parse().ok()?;
    let unit = 10_f64.powi(exponent.saturating_sub(i32::try_from(decimals).ok()?));
    Some(Printed { value, slack: 0.5 * unit })
}

impl Printed {
    /// The same number, known less well; none if nothing is known of it.
    fn wider(self, by: f64) -> Option<Self> {
        let slack = self.slack + by;
        slack.is_finite().then_some(Printed { slack, ..self })
    }
}

fn number(text: &str) -> Option<f64> {
    printed(text).map(|p| p.value)
}
