//! Everything that can be computed again about a certificate, without a solver.
//!
//! Three things are made anew and compared with what lies there: the instance, from the copied
//! specification; the answer, from the solver's stored words or by repeating the search; the
//! certificate, from both. What cannot be made anew is listed: it is the solver's word.

pub(in crate::cert) mod again;
mod enumeration;
mod stored;
mod word;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::exhaust::Effort;
use super::solve::interval;
use super::{Job, PipelineError};
use crate::cert::answer::{self, Finder};
use crate::cert::attack_file::{self, AttackFile};
use crate::cert::certificate::BoundSource;
use crate::cert::check::{self, Checked, Finding};
use crate::cert::store;

/// How much is computed again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerifyOptions {
    /// How far an exhaustive search is repeated. What is not is left open, not accepted.
    pub repeat: Effort,
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
    let mut notes = Notes::default();
    match again::compile(&job, stop) {
        Ok(good) => good.into_iter().for_each(|what| notes.good(what)),
        Err(wrong) => wrong.into_iter().for_each(|what| notes.wrong(what)),
    }
    let mut checked = verify_answer(path, &job, options, stop)?;
    checked.findings.splice(0..0, notes.findings);
    Ok((job, checked))
}

/// Verifies the certificate at `path` of an open instance, and the answer behind it; that the instance itself
/// is what its specification gives is left to [`verify`].
///
/// # Errors
/// As [`verify`].
pub fn verify_answer(
    path: &Path,
    job: &Job,
    options: VerifyOptions,
    stop: &AtomicBool,
) -> Result<Checked, PipelineError> {
    let own = interval(job);
    let mut checked = check::verify(path, &job.instance, &job.spec.question, Some(&own))?;
    let Ok(answer) = job.instance.answer() else { return Ok(checked) };
    let mut notes = Notes::default();
    let plain = answer.parts.is_empty() && answer.proof.is_none();
    notes.tell(plain, "", "the answer has parts or a proof, which this question has not");
    let attack = answer.finder.map(|_| AttackFile::read(&job.instance.dir)).transpose()?;
    for (name, bytes) in [
        (answer::FILE_NAME, store::json(&answer).ok()),
        (attack_file::FILE_NAME, attack.as_ref().and_then(|a| store::json(a).ok())),
    ] {
        let same = bytes.is_none_or(|b| store::read(&job.instance.dir.join(name)).ok() == Some(b));
        notes.tell(same, "", &format!("{name} is not written as theriac writes it"));
    }
    let enumerated = answer.finder == Some(Finder::Enumeration)
        || answer.bound.as_ref().is_some_and(|b| b.from == BoundSource::Enumeration);
    if answer.solution.is_some() {
        stored::of_solver(job, &answer, &mut notes);
    } else if enumerated {
        enumeration::check(job, &answer, options, stop, &mut notes);
    } else {
        stored::of_nobody(job, &answer, &mut notes);
    }
    stored::history(job, &answer, &mut notes);
    checked.words = word::taken(job, &answer);
    checked.uncovered = again::uncovered(job, &answer)?;
    checked.findings.extend(notes.findings);
    checked.open.extend(notes.open);
    Ok(checked)
}

/// What was found, in order.
#[derive(Default)]
struct Notes {
    findings: Vec<Finding>,
    open: Vec<String>,
}

impl Notes {
    fn good(&mut self, what: impl Into<String>) {
        self.findings.push(Finding { ok: true, what: what.into() });
    }

    fn wrong(&mut self, what: impl Into<String>) {
        self.findings.push(Finding { ok: false, what: what.into() });
    }

    /// Says what is as it must be, if that is worth saying, or what is not.
    fn tell(&mut self, ok: bool, good: &str, wrong: &str) {
        match (ok, good) {
            (true, "") => {}
            (true, _) => self.good(good),
            (false, _) => self.wrong(wrong),
        }
    }
}
