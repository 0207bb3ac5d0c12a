//! A certificate of both ends, checked without a solver.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::Value;

use super::assemble::{Grounds, assemble, files};
use super::job::{Job, text_at};
use super::record::{RADII_FILE, Tried, TriedRecord};
use super::run::manifest;
use super::{INSIDE, OUTSIDE};
use crate::cert::certificate::{self, Certificate, FileRole};
use crate::cert::check::{Checked, Finding, read};
use crate::cert::compare::differences;
use crate::cert::instance::Manifest;
use crate::cert::instance::manifest::FILE_NAME;
use crate::cert::pipeline::{PipelineError, replace};
use crate::cert::{Verdict, seal, store, verification};
use crate::front::printable::number;

/// Differences that are listed.
const LISTED: usize = 8;

/// Checks the certificate at `path` of an opened instance: its seal and what follows from its files; that each end
/// asks the question at its radius, of the same network and data; and the certificates of both ends.
///
/// # Errors
/// [`PipelineError`] when the certificate cannot be examined; what is wrong with it is a finding.
pub fn verify(path: &Path, job: &Job, stop: &AtomicBool) -> Result<Checked, PipelineError> {
    let (certificate, raw) = read(path)?;
    let mut findings = Vec::new();
    let mut tell = |ok: bool, good: &str, wrong: &str| {
        let what = if ok { good } else { wrong };
        if !what.is_empty() {
            findings.push(Finding { ok, what: what.to_owned() });
        }
    };
    let sealed = seal::of(&certificate).is_ok_and(|s| s == certificate.seal);
    tell(sealed, "the seal fits", "the seal does not fit: the certificate was edited");
    let dir = &job.instance.dir;
    let again = manifest(&job.spec, job.instance.manifest.inputs.clone());
    let same = store::json(&again).ok() == store::read(&dir.join(FILE_NAME)).ok();
    tell(same, "", "manifest.json is not what the specification gives");
    let tried: Tried = store::read_json(&dir.join(RADII_FILE), "the radii that were tried")?;
    let mut words = Vec::new();
    let (mut ends, mut uncovered) = (Vec::new(), Vec::new());
    for folder in [INSIDE, OUTSIDE] {
        match end(job, folder, (&certificate, stop)) {
            Ok(None) => {}
            Ok(Some(end)) => {
                let Checked { findings: own, words: on_trust, uncovered: beside, .. } =
                    &end.checked;
                let named = |text: &String| format!("{folder}: {text}");
                findings.extend(own.iter().map(|f| Finding { ok: f.ok, what: named(&f.what) }));
                words.extend(on_trust.iter().map(named));
                uncovered.extend(beside.iter().map(|f| format!("{folder}/{f}")));
                ends.push(end);
            }
            Err(why) => findings.push(Finding { ok: false, what: format!("{folder}: {why}") }),
        }
    }
    if let [inside, outside] = &ends[..] {
        let question = &inside.job.spec.question;
        let x = outside.checked.certificate.attack.as_ref().and_then(|a| a.test_input.as_deref());
        let both = x.map(|x| verification::is_attack(question, x)).transpose()?;
        let ok = both != Some(true);
        let wrong = "the attack of one end lies within the radius of the other, which is certified";
        let good = "the attack lies outside of the certified radius";
        let what = if ok { good } else { wrong };
        findings.push(Finding { ok, what: what.to_owned() });
    }
    let end = |name: &str| ends.iter().find(|e| e.folder == name);
    let of = |name: &str| end(name).map(|e| (e.k, &e.checked.certificate));
    let names: Vec<&str> = ends.iter().map(|e| e.folder).collect();
    let grounds = Grounds {
        job,
        tried: &tried,
        inside: of(INSIDE),
        outside: of(OUTSIDE),
        files: files(job, &names)?,
    };
    findings.extend(radii(job, &grounds).map(|what| Finding { ok: false, what }));
    let mut wrong = match assemble(&grounds) {
        Ok(again) => {
            let expected = serde_json::to_value(&again).unwrap_or(Value::Null);
            let mut wrong = differences(&raw, &expected, LISTED);
            if wrong.is_empty() && store::json(&again).ok() != store::read(path).ok() {
                wrong.push("the certificate says the same, but in other bytes".to_owned());
            }
            wrong
        }
        Err(e) => vec![e.to_string()],
    };
    if wrong.is_empty() {
        let what = "both ends and the verdict follow from the files";
        findings.push(Finding { ok: true, what: what.to_owned() });
    }
    findings.extend(wrong.drain(..).map(|what| Finding { ok: false, what }));
    uncovered.extend(beside(job, &names)?);
    let count = tried.tried.len();
    words.push(format!(
        "{count} radii were tried in {} seconds; what is said of those between the ends",
        number(tried.seconds)
    ));
    Ok(Checked { certificate, findings, open: Vec::new(), words, uncovered, assembled: None })
}

/// An end.
struct End {
    folder: &'static str,
    /// The number of its radius.
    k: u32,
    job: verification::Job,
    /// Its certificate, checked.
    checked: Checked,
}

/// Checks the instance of an end. None where the certificate names none and none is there.
fn end(
    job: &Job,
    folder: &'static str,
    (certificate, stop): (&Certificate, &AtomicBool),
) -> Result<Option<End>, String> {
    let record = certificate.radius.as_ref();
    let named =
        record.and_then(|r| if folder == INSIDE { &r.certified } else { &r.attacked }.as_ref());
    let found = job.end(folder).map_err(|e| e.to_string())?;
    let (Some(named), Some(own)) = (named, found) else {
        let there = job.instance.dir.join(folder).exists();
        return match (named, there) {
            (None, false) => Ok(None),
            (Some(_), _) => Err("the certificate names this end, which is not there".to_owned()),
            (None, true) => Err("it is there, and the certificate does not name it".to_owned()),
        };
    };
    let radii = &job.spec.question.radii;
    let k = (0..=radii.most).find(|k| radii.text(*k) == named.radius);
    let k = k.ok_or_else(|| format!("{} is none of the radii", named.radius))?;
    let text = text_at(&job.spec, k).map_err(|e| e.to_string())?;
    if own.spec.text != text {
        return Err(format!("it does not ask the question at the radius {}", named.radius));
    }
    if others(&own.instance.manifest) != others(&job.instance.manifest) {
        return Err("it is about another network or other data".to_owned());
    }
    let path = own.instance.dir.join(certificate::FILE_NAME);
    let checked = verification::verify(&path, &own, stop).map_err(|e| e.to_string())?;
    Ok(Some(End { folder, k, job: own, checked }))
}

/// What the record of the radii that were tried says that cannot be.
fn radii<'a>(job: &'a Job, grounds: &Grounds<'a>) -> impl Iterator<Item = String> + 'a {
    let radii = &job.spec.question.radii;
    let (inside, outside) = (grounds.inside.map(|e| e.0), grounds.outside.map(|e| e.0));
    let Tried { theriac, seconds, tried } = grounds.tried;
    let version = (*theriac != job.instance.manifest.theriac).then(|| "the version".to_owned());
    let time = |s: f64| !(s.is_finite() && s >= 0.0);
    let total = time(*seconds).then(|| "the time of all".to_owned());
    let one = move |t: &TriedRecord| {
        let number = |text: &str| (0..=radii.most).find(|k| radii.text(*k) == text);
        let Some(k) = number(&t.radius) else {
            return Some("a radius that is not asked about".to_owned());
        };
        let least = match t.attack_within.as_deref() {
            None => k,
            Some(within) => number(within).unwrap_or(u32::MAX),
        };
        let fits = match t.verdict {
            Verdict::Certified => inside.is_some_and(|i| k <= i),
            Verdict::Attacked => outside.is_some_and(|o| o <= least && least <= k),
            Verdict::Unknown => {
                t.why.as_ref().is_some_and(|why| !why.contains(|c: char| c.is_control()))
            }
        };
        (!fits || time(t.seconds)).then(|| format!("what became of radius {}", t.radius))
    };
    let wrong = version.into_iter().chain(total).chain(tried.iter().filter_map(one));
    wrong.map(|what| format!("{RADII_FILE} has {what} wrong"))
}

/// Path and hash of every input but the specification.
fn others(manifest: &Manifest) -> Vec<(&str, &str)> {
    let others = manifest.inputs.iter().filter(|f| f.role != FileRole::Spec);
    others.map(|f| (f.path.as_str(), f.sha256.as_str())).collect()
}

/// Files beside the certificate and outside of its ends that it does not rest on.
fn beside(job: &Job, ends: &[&str]) -> Result<Vec<String>, PipelineError> {
    let own = [FILE_NAME, RADII_FILE, certificate::FILE_NAME];
    let below = |f: &String| ends.iter().any(|end| f.starts_with(&format!("{end}/")));
    let listed = |f: &String| job.instance.manifest.files().any(|r| r.path == *f);
    let mut out = replace::all_files(&job.instance.dir)?;
    out.retain(|f| !own.contains(&f.as_str()) && !below(f) && !listed(f));
    Ok(out)
}
