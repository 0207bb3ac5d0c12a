//! A certificate, checked: every box is computed again.

use std::path::Path;

use super::certify::{again, judge};
use super::record::REACH_FILE;
use super::words::question_text;
use super::{Job, rounds};
use crate::cert::check::{Checked, Finding, read};
use crate::cert::compare::differences;
use crate::cert::pipeline::{PipelineError, replace};
use crate::cert::{certificate, seal, store};
use crate::front::printable::number;

/// Differences that are listed.
const LISTED: usize = 8;

/// Checks the certificate at `path` of an opened instance: its seal, the hashes of its files, every
/// box, the answers and the replayed attack.
///
/// # Errors
/// [`PipelineError`] when the certificate cannot be examined; what is wrong with it is a finding.
pub fn verify(path: &Path, job: &Job) -> Result<Checked, PipelineError> {
    let (certificate, raw) = read(path)?;
    let mut findings = Vec::new();
    let mut tell = |ok: bool, what: String| findings.push(Finding { ok, what });
    match seal::of(&certificate).is_ok_and(|s| s == certificate.seal) {
        true => tell(true, "the seal fits".to_owned()),
        false => tell(false, "the seal does not fit: the certificate was edited".to_owned()),
    }
    for file in &certificate.files {
        match store::record(&job.instance.dir, file.role, &file.path) {
            Ok(found) if found == *file => {}
            Ok(_) => tell(false, format!("{} is not the file that was certified", file.path)),
            Err(e) => tell(false, e.to_string()),
        }
    }
    tell(true, format!("{} files were hashed", certificate.files.len()));
    let told = job.instance.manifest.question == question_text(&job.spec.question);
    if !told {
        tell(false, "the manifest states another question than its specification".to_owned());
    }
    let mut assembled = None;
    match again(job) {
        Err(e) => tell(false, e.to_string()),
        Ok((found, same)) => {
            let steps = job.spec.question.question.training.steps();
            match same {
                true => tell(true, format!("all {steps} steps were bounded again: the same boxes")),
                false => {
                    tell(false, format!("{REACH_FILE} has other boxes than the question gives"))
                }
            }
            match judge(job, &found) {
                Err(e) => tell(false, e.to_string()),
                Ok(made) => {
                    let expected = serde_json::to_value(&made.certificate).unwrap_or_default();
                    let mut wrong = differences(&raw, &expected, LISTED);
                    let bytes = store::json(&made.certificate).ok();
                    if wrong.is_empty() && bytes != store::read(path).ok() {
                        wrong.push("the certificate says the same, but in other bytes".to_owned());
                    }
                    if wrong.is_empty() {
                        let what = "boxes, answers, attack and verdict follow from the files";
                        tell(true, what.to_owned());
                    }
                    wrong.into_iter().for_each(|w| tell(false, w));
                    assembled = Some(made);
                }
            }
        }
    }
    let mut words = Vec::new();
    let mut uncovered = replace::all_files(&job.instance.dir)?;
    // How the work was shared is nothing that a certificate could rest on.
    uncovered.retain(|f| !super::workflow::is_written(f));
    if let Ok(answer) = job.instance.answer() {
        let grounds = job.instance.grounds(&answer)?;
        uncovered.retain(|f| !grounds.iter().any(|r| r.path == *f));
        // Rounds have no clock.
        if job.spec.question.approach.rounds.is_none() {
            let seconds = number(answer.seconds);
            words.push(format!("the search took {seconds} seconds, and its history"));
        }
        words.extend(answer.missing.iter().map(|m| format!("why there is no more: {m}")));
    }
    if job.spec.question.approach.rounds.is_some() {
        let what = "which objectives were solved to the end, and by whom; proofs hold whatever is said of that";
        words.push(what.to_owned());
        let covered = rounds::covered(&job.instance.dir, job.spec.question.rounds());
        uncovered.retain(|f| !covered.contains(f));
    }
    uncovered.retain(|f| *f != certificate::FILE_NAME);
    Ok(Checked { certificate, findings, open: Vec::new(), words, uncovered, assembled })
}
