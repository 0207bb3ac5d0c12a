//! What was answered for an end: by theriac's own run of a solver, or by files that were brought.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::End;
use super::folder;
use super::proof::{Proof, Relaxed};
use super::round::{EndRecord, Round, RoundFile};
use crate::bounds::interval::add_down;
use crate::cert::assemble::SOLVER_TOLERANCE;
use crate::cert::certificate::{Direction, FileRecord, FileRole};
use crate::cert::instance::manifest::{RoundsRecord, TargetRecord};
use crate::cert::pipeline::carried::examine;
use crate::cert::pipeline::part::Part;
use crate::cert::pipeline::solve::runner::{self, Proved, Who};
use crate::cert::store;
use crate::front::hash::sha256_bytes;
use crate::ir::{Model, Objective};
use crate::sol::{self, Status};
use crate::solve::SolveReport;

/// Version of the layout of [`EndAnswer`].
pub const SCHEMA: u32 = 1;

/// What a solver that theriac ran said of an end: `solutions/p0007-min.json`. It holds no clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndAnswer {
    /// Version of this layout.
    pub schema: u32,
    /// Version of the program that ran the solver.
    pub theriac: String,
    /// SHA-256 of the objective.
    pub head: String,
    /// SHA-256 of the program.
    pub body: String,
    /// The solver.
    pub solver: String,
    /// Its version.
    pub version: Option<String>,
    /// Whether it is the one built into theriac.
    pub embedded: bool,
    /// How the run ended, in words.
    pub status: String,
    /// Whether it ended with a proof that nothing better exists.
    pub optimal: bool,
    /// The dual bound of the objective as it is minimised, without its constant.
    pub bound: Option<f64>,
    /// How far the true dual bound may lie from it because it was printed with few digits.
    pub slack: f64,
    /// Why there is no bound, if there is none.
    pub missing: Option<String>,
    /// What proves a bound without the solver: boxes with multipliers of the program's rows
    /// ([`crate::bounds::obbt`]). Then that bound is taken, and none that is only stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

impl EndAnswer {
    /// From a run.
    pub(super) fn new(
        (file, end): (&RoundFile, &EndRecord),
        who: Who,
        report: &SolveReport,
        maximises: bool,
    ) -> Self {
        let solution = report.solution.clone().minimised(maximises);
        let (bound, missing) = match runner::proved(&solution, &who.0) {
            Proved::Bound(b) => (Some(b), None),
            Proved::Nothing(why) => (None, Some(why)),
            Proved::Infeasible => (None, Some(runner::no_point(&who.0))),
        };
        EndAnswer {
            status: solution.status.to_string(),
            optimal: solved(&solution.status),
            bound,
            slack: report.bound_slack,
            missing,
            ..EndAnswer::of((file, end), who)
        }
    }

    /// Without an answer yet.
    pub(super) fn of((file, end): (&RoundFile, &EndRecord), who: Who) -> Self {
        let (solver, version, embedded) = who;
        EndAnswer {
            schema: SCHEMA,
            theriac: env!("CARGO_PKG_VERSION").to_owned(),
            head: end.head.clone(),
            body: file.body.clone(),
            status: String::new(),
            optimal: false,
            solver,
            version,
            embedded,
            bound: None,
            slack: 0.0,
            missing: None,
            proof: None,
        }
    }
}

/// Whether a solver ended because it was done: within the gap that was asked for.
fn solved(status: &Status) -> bool {
    match status {
        Status::Optimal => true,
        Status::Limit(words) => words.contains("gap"),
        Status::Infeasible
        | Status::Unbounded
        | Status::InfeasibleOrUnbounded
        | Status::Interrupted
        | Status::Local(_)
        | Status::Failed(_)
        | Status::Unknown(_) => false,
    }
}

/// What the files of an end say.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Whoever solved.
    pub solver: String,
    /// Whether nothing better exists.
    pub optimal: bool,
    /// Whether multipliers prove the bound.
    pub checked: bool,
    /// The proved end of the parameter's interval, moved outward; or why there is none.
    pub bound: Result<f64, String>,
    /// The files, with their names in the instance directory.
    pub files: Vec<FileRecord>,
}

/// Where answers are looked for, and what they are compared with.
pub struct Desk<'a> {
    /// The instance directory.
    pub dir: &'a Path,
    /// The round.
    pub round: &'a Round,
    /// Its file.
    pub file: &'a RoundFile,
    /// The program as it is written.
    pub model: &'a Model,
    /// How.
    pub record: &'a RoundsRecord,
    /// What proofs are about.
    pub relaxed: Relaxed<'a>,
}

impl Desk<'_> {
    /// What is said of an end; none where there is no file.
    pub fn read(&self, end: End, record: &EndRecord) -> Option<Said> {
        let own = folder::file(self.round.number, &folder::solution(end, "json"));
        let foreign = folder::file(self.round.number, &folder::solution(end, "sol"));
        if self.dir.join(&own).exists() {
            return Some(self.own(end, record, &own));
        }
        self.dir.join(&foreign).exists().then(|| self.brought(end, record, &foreign))
    }

    /// Before a file of answers is read.
    fn nothing() -> Said {
        Said {
            solver: String::new(),
            optimal: false,
            checked: false,
            bound: Err(String::new()),
            files: Vec::new(),
        }
    }

    /// What the files of an end say by `read`; none of what they say counts unless all of them are in the
    /// instance and recorded with their hashes.
    fn recorded(&self, names: &[(FileRole, &str)], read: impl FnOnce(&mut Said)) -> Said {
        let mut said = Desk::nothing();
        let records: Result<Vec<FileRecord>, _> =
            names.iter().map(|(role, name)| store::record(self.dir, *role, name)).collect();
        match records {
            Err(e) => said.bound = Err(e.to_string()),
            Ok(files) => {
                said.files = files;
                read(&mut said);
            }
        }
        // Whoever is to be believed has a name.
        if said.bound.is_ok() && !said.checked && said.solver.trim().is_empty() {
            said.bound = Err("it has no proof, and does not say which solver found it".to_owned());
        }
        said
    }

    fn own(&self, end: End, record: &EndRecord, name: &str) -> Said {
        self.recorded(&[(FileRole::Solution, name)], |said| self.read_own(end, record, name, said))
    }

    fn read_own(&self, end: End, record: &EndRecord, name: &str, said: &mut Said) {
        let answer: EndAnswer = match store::read_json(&self.dir.join(name), "answer of a solver") {
            Ok(answer) => answer,
            Err(e) => {
                said.bound = Err(e.to_string());
                return;
            }
        };
        said.solver = match &answer.version {
            Some(version) => format!("{} {version}", answer.solver),
            None => answer.solver.clone(),
        };
        if answer.head != record.head || answer.body != self.file.body {
            said.bound = Err(format!("{name} is the answer to another program"));
            return;
        }
        // Whether more could be proved is the answer's word: no bound rests on it.
        said.optimal = answer.optimal;
        if let Some(proof) = &answer.proof {
            said.checked = true;
            said.bound = self.proved(end, proof);
            return;
        }
        said.bound = match answer.bound {
            Some(b) if b.is_finite() && answer.slack >= 0.0 => self.moved(end, b, answer.slack),
            Some(_) | None => {
                Err(answer.missing.unwrap_or_else(|| "no bound is stated".to_owned()))
            }
        };
    }

    /// A solver's own solution, with its log where there is one.
    fn brought(&self, end: End, record: &EndRecord, name: &str) -> Said {
        let log = folder::file(self.round.number, &folder::solution(end, "log"));
        let mut files = vec![(FileRole::Solution, name)];
        if self.dir.join(&log).exists() {
            files.push((FileRole::Log, &log));
        }
        self.recorded(&files, |said| self.read_brought(end, record, (name, &log), said))
    }

    fn read_brought(
        &self,
        end: End,
        record: &EndRecord,
        (name, log): (&str, &str),
        said: &mut Said,
    ) {
        let log_path = self.dir.join(log);
        let text = log_path.exists().then(|| store::read(&log_path));
        let text = match text.transpose() {
            Ok(bytes) => bytes.map(|b| String::from_utf8_lossy(&b).into_owned()),
            Err(e) => {
                said.bound = Err(e.to_string());
                return;
            }
        };
        let solution = store::read(&self.dir.join(name)).map_err(|e| e.to_string());
        let solution = solution.and_then(|b| sol::parse(name, &b).map_err(|e| e.to_string()));
        let target = self.target(end, record);
        let mut model = self.model.clone();
        let Some(goal) = self.round.target(end) else { return };
        model.objective = Objective::new(&goal.terms, &[], 0.0);
        let part = Part { dir: self.dir, model: &model, targets: std::slice::from_ref(&target) };
        let carried =
            solution.and_then(|s| examine(part, s, text.as_deref()).map_err(|e| e.to_string()));
        let carried = match carried {
            Ok(carried) => carried,
            Err(why) => {
                said.bound = Err(why);
                return;
            }
        };
        said.solver = carried.solution.solver.clone().unwrap_or_else(|| "a solver".to_owned());
        said.optimal = solved(&carried.solution.status);
        said.bound = match (carried.unproved, runner::proved(&carried.solution, &said.solver)) {
            (Some(why), _) | (None, Proved::Nothing(why)) => Err(match text {
                Some(_) => why,
                None => format!("{why} (there is no {log}, and most solvers state it there)"),
            }),
            (None, Proved::Infeasible) => Err(runner::no_point(&said.solver)),
            (None, Proved::Bound(b)) => self.moved(end, b, carried.slack),
        };
    }

    /// The end of the interval that follows from a dual bound, moved outward for the arithmetic of
    /// the solver, for what printing has cut off, and for coefficients that are doubles.
    fn moved(&self, end: End, bound: f64, slack: f64) -> Result<f64, String> {
        let goal = self.round.target(end).ok_or("the round does not ask for it")?;
        let value = add_down(bound, goal.constant);
        let away = SOLVER_TOLERANCE * (1.0 + value.abs()) + slack + goal.slop;
        let low = add_down(value, -away.next_up());
        Ok(if end.largest { 0.0 - low } else { low })
    }

    /// The end of the interval that a proof shows; only that coefficients are doubles is to be paid for.
    fn proved(&self, end: End, proof: &Proof) -> Result<f64, String> {
        let goal = self.round.target(end).ok_or("the round does not ask for it")?;
        let bound = self.relaxed.value(&goal.terms, proof);
        let low = add_down(add_down(bound, goal.constant), -goal.slop);
        match (low.is_finite(), end.largest) {
            (false, _) => Err("its multipliers prove nothing".to_owned()),
            (true, true) => Ok(0.0 - low),
            (true, false) => Ok(low),
        }
    }

    fn target(&self, end: End, record: &EndRecord) -> TargetRecord {
        let path = folder::file(self.round.number, &format!("{}.lp", end.name()));
        TargetRecord {
            target: self.record.target.clone(),
            format: "lp".to_owned(),
            names: self.record.names.clone(),
            name_rules: self.record.name_rules.clone(),
            file_sense: if record.maximises { Direction::Maximises } else { Direction::Minimises },
            model: FileRecord {
                role: FileRole::Model,
                path,
                compression: None,
                bytes: 0,
                sha256: sha256_bytes(b""),
            },
            starts: Vec::new(),
            name_files: Vec::new(),
            priorities: None,
            decisions: Vec::new(),
            columns: None,
        }
    }
}
