//! A certificate, checked without a solver: everything is computed again.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::Value;

use super::assemble::Assembled;
use super::certify::judge;
use super::compile::fill;
use super::job::Job;
use super::stored::answers;
use crate::cert::answer::Answer;
use crate::cert::check::{Checked, Finding, read};
use crate::cert::compare::differences;
use crate::cert::pipeline::verify::again::{choices, manifests};
use crate::cert::pipeline::{PipelineError, replace};
use crate::cert::{certificate, seal, store};
use crate::front::printable::number;

/// Differences that are listed.
const LISTED: usize = 8;

/// Checks the certificate at `path` of an opened instance: its seal, the hashes of its files, what
/// follows from them (bounds, walked trees, the replayed attack), every file of the instance compiled
/// again, and that the stored solutions give the stored answer.
///
/// # Errors
/// [`PipelineError`] when the certificate cannot be examined; what is wrong with it is a finding.
pub fn verify(path: &Path, job: &Job, stop: &AtomicBool) -> Result<Checked, PipelineError> {
    let (certificate, raw) = read(path)?;
    let mut notes = Notes(Vec::new());
    let sealed = seal::of(&certificate).is_ok_and(|s| s == certificate.seal);
    notes.tell(sealed, "the seal fits", "the seal does not fit: the certificate was edited");
    for file in &certificate.files {
        match store::record(&job.instance.dir, file.role, &file.path) {
            Ok(found) if found == *file => {}
            Ok(_) => notes.wrong(format!("{} is not the file that was certified", file.path)),
            Err(e) => notes.wrong(e.to_string()),
        }
    }
    notes.good(format!("{} files were hashed", certificate.files.len()));
    match judge(job, stop) {
        Err(e) => notes.wrong(e.to_string()),
        Ok(again) => same(path, &raw, &again, &mut notes),
    }
    match difference(job) {
        Ok(wrong) if wrong.is_empty() => notes.good(format!(
            "the network was bounded again; all {} files of the instance came out byte for byte",
            job.instance.manifest.files().count()
        )),
        Ok(wrong) => wrong.into_iter().for_each(|w| notes.wrong(w)),
        Err(e) => notes.wrong(format!("the instance cannot be compiled again: {e}")),
    }
    let mut words = Vec::new();
    let mut uncovered = Vec::new();
    if let Ok(answer) = job.instance.answer() {
        let wrong = answers(job, &answer);
        if wrong.is_empty() {
            notes.good("every stored solution gives the stored answer of its part");
        }
        wrong.into_iter().for_each(|w| notes.wrong(w));
        words = taken(job, &answer);
        uncovered = rest(job, &answer)?;
    }
    Ok(Checked {
        certificate,
        findings: notes.0,
        open: Vec::new(),
        words,
        uncovered,
        assembled: None,
    })
}

/// What was found, in order.
struct Notes(Vec<Finding>);

impl Notes {
    fn good(&mut self, what: impl Into<String>) {
        self.0.push(Finding { ok: true, what: what.into() });
    }

    fn wrong(&mut self, what: impl Into<String>) {
        self.0.push(Finding { ok: false, what: what.into() });
    }

    fn tell(&mut self, ok: bool, good: &str, wrong: &str) {
        if ok { self.good(good) } else { self.wrong(wrong) }
    }
}

/// Compares a certificate with the one that its files give.
fn same(path: &Path, raw: &Value, again: &Assembled, notes: &mut Notes) {
    let expected = serde_json::to_value(&again.certificate).unwrap_or(Value::Null);
    let mut wrong = differences(raw, &expected, LISTED);
    if wrong.is_empty() && store::json(&again.certificate).ok() != store::read(path).ok() {
        wrong.push("the certificate says the same, but in other bytes".to_owned());
    }
    if wrong.is_empty() {
        if again.certificate.attack.is_some() {
            notes.good("the attack lies in the property's set, and its replay breaks the property");
        }
        notes.good("bounds, attack and verdict follow from the files");
    }
    wrong.into_iter().for_each(|w| notes.wrong(w));
}

/// Compiles again into a temporary folder; the manifest must come out byte for byte.
fn difference(job: &Job) -> Result<Vec<String>, PipelineError> {
    let instance = &job.instance;
    let manifest = &instance.manifest;
    let failed = |source| store::StoreError::Write { path: std::env::temp_dir(), source };
    let place = tempfile::tempdir().map_err(failed)?;
    let first = manifest.parts.iter().find(|p| !p.targets.is_empty());
    let mut options = choices(first.map_or(&[], |p| p.targets.as_slice()))?;
    options.start = manifest.start.is_some();
    let spec = (&*instance.spec()?, &job.spec);
    let again = fill(place.path(), spec, &job.study, (&options, None), &mut |_, e| Err(e))?;
    manifests(instance, place.path(), &again)
}

/// What a check has to take on the solver's word.
fn taken(job: &Job, answer: &Answer) -> Vec<String> {
    let mut out = Vec::new();
    for (k, part) in answer.parts.iter().enumerate().take(job.study.parts().len()) {
        let name = &job.study.parts()[k].words;
        if let Some(b) = &part.bound {
            let who = b.solver.as_deref().unwrap_or("unnamed solver");
            let version = b.version.as_ref().map(|v| format!(" {v}")).unwrap_or_default();
            let value = b.objective.map_or_else(|| "none".to_owned(), number);
            out.push(format!("{name}: {who}{version}, dual bound {value}, {}", b.status));
        }
        if part.infeasible {
            out.push(format!("{name}: the program has no point"));
        }
    }
    if let Some(missing) = &answer.missing {
        out.push(format!("why there is no more: {missing}"));
    }
    if let Some(failure) = &answer.failure {
        out.push(format!("how the search failed: {failure}"));
    }
    out.push(format!("the search took {} seconds, and its history", number(answer.seconds)));
    out
}

/// Files of the directory that the certificate does not rest on.
fn rest(job: &Job, answer: &Answer) -> Result<Vec<String>, PipelineError> {
    let instance = &job.instance;
    let grounds = instance.grounds(answer)?;
    let mut out = replace::all_files(&instance.dir)?;
    out.retain(|f| *f != certificate::FILE_NAME && !grounds.iter().any(|r| r.path == *f));
    Ok(out)
}
