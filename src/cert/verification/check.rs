//! A certificate, checked without a solver: everything is computed again.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::Value;

use super::assemble::Assembled;
use super::certify::{belonging, judge};
use super::compile::fill;
use super::job::Job;
use super::search::{Search, take_bound};
use crate::cert::answer::{Answer, PartAnswer};
use crate::cert::check::{Checked, Finding, read};
use crate::cert::compare::differences;
use crate::cert::pipeline::matching::point_of;
use crate::cert::pipeline::solve::runner::{full_name, names};
use crate::cert::pipeline::verify::again::{choices, manifests};
use crate::cert::pipeline::{PipelineError, replace};
use crate::cert::{certificate, seal, store};
use crate::front::printable::number;
use crate::lower::{Target, legalise};
use crate::sol;

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

/// Where the answer is not what the stored files give.
fn answers(job: &Job, answer: &Answer) -> Vec<String> {
    let mut out = Vec::new();
    let plain = answer.bound.is_none()
        && answer.solution.is_none()
        && answer.log.is_none()
        && answer.model.is_none();
    if !plain {
        out.push("the answer has a bound or a solution of the whole, which has parts".to_owned());
    }
    if !answer.parts.is_empty() && answer.parts.len() != job.study.parts().len() {
        out.push("the answer has another number of parts".to_owned());
    }
    for (k, part) in answer.parts.iter().enumerate().take(job.study.parts().len()) {
        let Some(file) = &part.solution else {
            let only = PartAnswer { missing: part.missing.clone(), ..PartAnswer::default() };
            if *part != only {
                out.push(format!("part {} has an answer and no solution", k + 1));
            }
            continue;
        };
        let mut search = Search::known(&job.study);
        match again(job, k, part, file, &mut search) {
            Ok(true) if answer.finder.is_none() && search.attack.is_some() => out.push(format!(
                "the solution of part {} holds an attack, which the answer leaves out",
                k + 1
            )),
            Ok(true) => {}
            Ok(false) => out.push(format!("the solution of part {} gives another answer", k + 1)),
            Err(why) => out.push(format!("the solution of part {}: {why}", k + 1)),
        }
    }
    out
}

/// Whether the stored solution of a part gives its answer, as a run of ours or as one carried here.
fn again(
    job: &Job,
    k: usize,
    part: &PartAnswer,
    file: &str,
    search: &mut Search,
) -> Result<bool, String> {
    let text = |e: &dyn std::fmt::Display| e.to_string();
    let dir = &job.instance.dir;
    let path = |f: &str| store::inside(dir, f).map_err(|e| text(&e));
    let bytes = store::read(&path(file)?).map_err(|e| text(&e))?;
    let read = sol::parse(file, &bytes).map_err(|e| text(&e))?;
    let (files, program) = job.files(k).ok_or("it has no program")?;
    if part.log.is_none() && sol::recognise(&bytes) == Some(sol::Format::Embedded) {
        for mut who in names(&read) {
            if let Some(b) = &part.bound {
                let stated = (b.solver.clone().unwrap_or_default(), b.version.clone(), b.embedded);
                if full_name(&stated) == full_name(&who) {
                    who = stated;
                }
            }
            let mut found = PartAnswer {
                model: part.model.clone(),
                solution: part.solution.clone(),
                ..PartAnswer::default()
            };
            let record = files.targets.iter().find(|t| Some(&t.model.path) == part.model.as_ref());
            let target = match record {
                Some(r) => Target::from_name(&r.target),
                None => Some(Target::Embedded),
            };
            let target = target.ok_or("its model file is of no target")?;
            let lowered = legalise(files.model, target).map_err(|e| text(&e))?;
            let x = match (read.has_point(), record) {
                (false, _) => None,
                (true, Some(r)) => Some(point_of(&read, &lowered, r).map_err(|e| text(&e))?),
                (true, None) => {
                    let style = crate::ir::NameStyle::Readable;
                    let all = crate::cert::pipeline::solve::model_names(&lowered, style);
                    Some(sol::assign(&read, &all).map_err(|e| text(&e))?)
                }
            };
            take_bound(&mut found, program, &read, read.bound_slack, who);
            if let Some(x) = x {
                let of = (&job.study.parts()[k], program);
                let taken = search.take_point(&job.spec.question, of, (&x, read.objective));
                let (claimed, why) = taken.map_err(|e| text(&e))?;
                found.claimed = claimed;
                found.say(why);
            }
            if found == *part {
                return Ok(true);
            }
        }
    }
    let log = part.log.as_ref().map(|f| store::read(&path(f)?).map_err(|e| text(&e)));
    let log = log.transpose()?;
    let log = log.as_deref().map(String::from_utf8_lossy);
    let (of, carried) = belonging(job, &read, log.as_deref()).map_err(|e| text(&e))?;
    let found = super::certify::carried_answer(job, of, carried, part, search);
    Ok(of == k && found.map_err(|e| text(&e))? == *part)
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
