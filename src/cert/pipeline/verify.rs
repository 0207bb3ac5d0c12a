//! Everything that can be computed again about a certificate, without a solver.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::carried::examine;
use super::certify::match_model;
use super::compile::names_from_word;
use super::exhaust::exhaust;
use super::solve::goal_bound;
use super::start;
use super::{Job, PipelineError};
use crate::back::{self, Options};
use crate::bounds::pass::total_budget;
use crate::cert::answer::{Answer, Finder};
use crate::cert::attack_file::AttackFile;
use crate::cert::certificate::BoundSource;
use crate::cert::check::{self, Checked, Finding};
use crate::cert::{store, words};
use crate::front::hash::sha256_bytes;
use crate::ir::NameStyle;
use crate::lower::{LowerOptions, Target, legalise};
use crate::question::membership::project;
use crate::sol::{self, Status, assign};

/// How much is computed again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerifyOptions {
    /// Repeat an exhaustive search.
    pub repeat: bool,
}

/// Verifies the certificate at `path`, whose folder is its instance directory.
///
/// # Errors
/// [`PipelineError`] when the certificate cannot be examined; what is wrong is a finding.
pub fn verify(
    path: &Path,
    options: VerifyOptions,
    stop: &AtomicBool,
) -> Result<(Job, Checked), PipelineError> {
    check::read(path)?;
    let dir = path.parent().filter(|p| !p.as_os_str().is_empty());
    let job = Job::open(dir.unwrap_or_else(|| Path::new(".")))?;
    let mut checked = check::verify(path, &job.instance, &job.spec.question)?;
    if let Ok(answer) = job.instance.answer() {
        let mut note = |result: Result<String, String>| {
            let (ok, what) = match result {
                Ok(what) => (true, what),
                Err(what) => (false, what),
            };
            checked.findings.push(Finding { ok, what });
        };
        model_findings(&job, &answer, &mut note);
        bound_findings(&job, &answer, options, stop, &mut note);
        solution_findings(&job, &answer, &mut note);
    }
    Ok((job, checked))
}

type Note<'a> = &'a mut dyn FnMut(Result<String, String>);

/// Every model file must be what compiling the copied specification gives.
fn model_findings(job: &Job, answer: &Answer, note: Note<'_>) {
    let start = job.start.as_ref();
    let point = start.and_then(|s| start::point(&job.spec.question, &job.program, s));
    for record in &job.instance.manifest.targets {
        if answer.model.as_ref() != Some(&record.model.path) {
            continue;
        }
        let Some(target) = Target::from_name(&record.target) else {
            note(Err(format!("the manifest names an unknown target {}", record.target)));
            continue;
        };
        let names = names_from_word(&record.names).unwrap_or(NameStyle::Readable);
        let start = point.as_deref().filter(|_| back::start::within(target.format()));
        let mut bytes = Vec::new();
        let emitted = back::emit(
            &job.program.model,
            target,
            LowerOptions::default(),
            &Options { names, start },
            &mut bytes,
        );
        let path = &record.model.path;
        note(match emitted {
            Ok(_) if sha256_bytes(&bytes) == record.model.sha256 => {
                Ok(format!("{path} was compiled again, byte for byte the same"))
            }
            Ok(_) => Err(format!("{path} is not what compiling the specification gives")),
            Err(e) => Err(format!("{path} cannot be compiled again: {e}")),
        });
    }
}

/// The bound must follow from what it says it comes from.
fn bound_findings(
    job: &Job,
    answer: &Answer,
    options: VerifyOptions,
    stop: &AtomicBool,
    note: Note<'_>,
) {
    let Some(b) = &answer.bound else { return };
    match b.from {
        BoundSource::Interval => {
            let again = job.program.interval_bound();
            note(if again.to_bits() == b.value.to_bits() {
                Ok("the interval bound was computed again".to_owned())
            } else {
                Err(format!("the interval bound is {again}, not {}", b.value))
            });
        }
        BoundSource::Solver => {
            let expected = match b.objective {
                Some(objective) => goal_bound(&job.program, objective, b.slack),
                None => {
                    let threat = &job.spec.question.threat;
                    let inserted = threat.insertion.as_ref().map_or(0, |i| i.count);
                    (total_budget(threat.budget) + inserted) as f64 + 1.0
                }
            };
            note(if expected.to_bits() == b.value.to_bits() {
                Ok("the bound follows from the solver's dual bound".to_owned())
            } else {
                Err(format!("the dual bound gives {expected}, not {}", b.value))
            });
        }
        BoundSource::Enumeration if options.repeat => {
            let direction = words::direction(&job.spec.question.goal);
            note(match exhaust(&job.spec.question, None, stop) {
                Err(e) => Err(format!("the exhaustive search cannot be repeated: {e}")),
                Ok(done) if direction.worse(done.bound, b.value) => Err(format!(
                    "the repeated exhaustive search proves {} only, not {}",
                    done.bound, b.value
                )),
                Ok(_) => Ok("the exhaustive search was repeated and proves the bound".to_owned()),
            });
        }
        BoundSource::Enumeration => {
            note(Ok("the exhaustive search was not repeated (--repeat does it)".to_owned()));
        }
        BoundSource::Proof => note(Err("no proof format is known to this program".to_owned())),
    }
}

/// The stored solution must give the stored attack, objective and dual bound.
fn solution_findings(job: &Job, answer: &Answer, note: Note<'_>) {
    let Some(name) = &answer.solution else {
        if answer.log.is_some() {
            note(Err("the answer names a log without the solution that belongs to it".to_owned()));
        }
        return;
    };
    note(solution(job, answer, name).map(|()| "the stored solution gives the attack".to_owned()));
}

fn solution(job: &Job, answer: &Answer, name: &str) -> Result<(), String> {
    let text = |e: &dyn std::fmt::Display| e.to_string();
    let dir = &job.instance.dir;
    let path = store::inside(dir, name).map_err(|e| text(&e))?;
    let bytes = store::read(&path).map_err(|e| text(&e))?;
    let mut read = sol::parse(name, &bytes).map_err(|e| text(&e))?;
    let bound = answer.bound.as_ref().filter(|b| b.from == BoundSource::Solver);
    // What this program's own run of a solver stored needs no comparison with a log.
    let carried = answer.log.is_some() || sol::recognise(&bytes) != Some(sol::Format::Embedded);
    if carried {
        let log = answer.log.as_ref().map(|log| store::read(&store::inside(dir, log)?));
        let log = log.transpose().map_err(|e| text(&e))?;
        let log = log.as_deref().map(String::from_utf8_lossy);
        let found = examine(job, read, log.as_deref()).map_err(|e| text(&e))?;
        read = found.solution;
        if let Some(b) = bound {
            if let Some(why) = found.unproved {
                return Err(format!("the bound is not to be had from the stored files: {why}"));
            }
            if b.slack.to_bits() != found.slack.to_bits() {
                return Err("the stored log states its bound with another precision".to_owned());
            }
            if b.objective.is_none() && read.status != Status::Infeasible {
                return Err("the stored answer does not call the program infeasible".to_owned());
            }
        }
    }
    if let Some(objective) = bound.and_then(|b| b.objective)
        && read.dual_bound.map(f64::to_bits) != Some(objective.to_bits())
    {
        return Err(format!("the stored solution does not state the dual bound {objective}"));
    }
    if answer.finder != Some(Finder::Solver) {
        return Ok(());
    }
    let question = &job.spec.question;
    let x = match &answer.model {
        Some(_) => match_model(job, &read).map_err(|e| text(&e))?.0,
        None => {
            let lowered = legalise(&job.program.model, Target::Embedded).map_err(|e| text(&e))?;
            let names = super::solve::model_names(&lowered, NameStyle::Readable);
            assign(&read, &names).map_err(|e| text(&e))?
        }
    };
    let attack = project(question, job.program.decode(question, &x));
    let stored = AttackFile::read(dir).map_err(|e| text(&e))?;
    if AttackFile::new(question, &attack) != stored {
        return Err("the stored solution gives another attack".to_owned());
    }
    let claimed = read.objective.map(|v| job.program.goal_value(v));
    if claimed.map(f64::to_bits) != answer.claimed.map(f64::to_bits) {
        return Err("the stored solution states another objective".to_owned());
    }
    Ok(())
}
