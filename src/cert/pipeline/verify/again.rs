//! The instance, compiled again from the copied specification.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::Value;

use super::super::compile::{CompileOptions, Made, fill};
use super::super::emit::names_of;
use super::super::program::TIGHTENING_FILE;
use super::super::{Job, PipelineError, replace, start};
use crate::cert::answer::{self, Answer};
use crate::cert::compare::differences;
use crate::cert::instance::manifest::{self, TargetRecord};
use crate::cert::instance::{Instance, Manifest};
use crate::cert::{attack_file, certificate, store};
use crate::lower::Target;

/// Differences that are listed.
const LISTED: usize = 8;

/// Compiles again into a temporary folder. The manifest must come out byte for byte, and with it
/// the hash of every file that it names: the inputs, the start attack, the saved model, each model
/// file with its start points. Taken from the instance are the choice of targets, names and compression,
/// whether it has a start, and the multipliers of a tightening, from which all tightened bounds are computed anew.
///
/// # Errors
/// What differs, or why it cannot be compiled again.
pub(super) fn compile(job: &Job, stop: &AtomicBool) -> Result<Vec<String>, Vec<String>> {
    match difference(job, stop) {
        Ok(wrong) if wrong.is_empty() => {
            let manifest = &job.instance.manifest;
            let paths = manifest.targets.iter().map(|t| &t.model.path);
            let mut out: Vec<String> = paths
                .map(|path| format!("{path} was compiled again, byte for byte the same"))
                .collect();
            let files = manifest.files().count();
            out.push(format!(
                "so were the manifest and all {files} files that it names; the choice of targets and \
                 of names was taken as it is"
            ));
            Ok(out)
        }
        Ok(wrong) => Err(wrong),
        Err(e) => Err(vec![format!("the instance cannot be compiled again: {e}")]),
    }
}

fn difference(job: &Job, stop: &AtomicBool) -> Result<Vec<String>, PipelineError> {
    let instance = &job.instance;
    let failed = |source| store::StoreError::Write { path: std::env::temp_dir(), source };
    let place = tempfile::tempdir().map_err(failed)?;
    let tightening = instance.dir.join(TIGHTENING_FILE);
    if instance.manifest.program.as_ref().is_some_and(|p| p.tightening.is_some()) {
        store::write(&place.path().join(TIGHTENING_FILE), &store::read(&tightening)?)?;
    }
    let mut options = choices(&instance.manifest.targets)?;
    options.start = instance.manifest.start.is_some();
    let start = start::find(&job.spec.question, options.start, stop)?;
    let made = Made::new(&job.spec.question, &job.program, start.as_ref());
    let again = fill(place.path(), &instance.spec()?, &job.spec, &made, &options, None)?;
    manifests(instance, place.path(), &again)
}

/// How the files of these targets were written.
pub(in crate::cert) fn choices(targets: &[TargetRecord]) -> Result<CompileOptions, PipelineError> {
    let mut options = CompileOptions { targets: Vec::new(), ..CompileOptions::default() };
    for record in targets {
        let target = Target::from_name(&record.target);
        let name = &record.target;
        options.targets.push(target.ok_or(PipelineError::NoTarget { name: name.clone() })?);
    }
    options.names = targets.first().map(names_of).unwrap_or_default();
    options.compress = targets.first().and_then(|t| t.model.compression);
    Ok(options)
}

/// Where the manifest of an instance is not the one that compiling `again` into a folder gave.
pub(in crate::cert) fn manifests(
    instance: &Instance,
    place: &Path,
    again: &Manifest,
) -> Result<Vec<String>, PipelineError> {
    let path = place.join(manifest::FILE_NAME);
    store::write_json(&path, again)?;
    let (found, expected) =
        (store::read(&instance.dir.join(manifest::FILE_NAME))?, store::read(&path)?);
    if found == expected {
        return Ok(Vec::new());
    }
    let value = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap_or(Value::Null);
    let mut wrong: Vec<String> = differences(&value(&found), &value(&expected), LISTED)
        .into_iter()
        .map(|d| format!("manifest.json is not what compiling the specification gives: {d}"))
        .collect();
    if wrong.is_empty() {
        wrong.push("manifest.json says the same as a new one, but in other bytes".to_owned());
    }
    Ok(wrong)
}

/// Files of the directory that the certificate does not rest on, relative to it.
pub(super) fn uncovered(job: &Job, answer: &Answer) -> Result<Vec<String>, PipelineError> {
    let instance = &job.instance;
    let own = [manifest::FILE_NAME, answer::FILE_NAME, certificate::FILE_NAME];
    let attack = answer.finder.map(|_| attack_file::FILE_NAME);
    let of_answer = answer.solution.iter().chain(&answer.log).map(String::as_str);
    let known: Vec<&str> = own.into_iter().chain(attack).chain(of_answer).collect();
    let mut out = replace::all_files(&instance.dir)?;
    out.retain(|f| {
        !known.contains(&f.as_str()) && !instance.manifest.files().any(|r| r.path == *f)
    });
    Ok(out)
}
