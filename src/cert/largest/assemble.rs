//! From the two ends to one certificate. Pure: the same grounds, the same bytes.

use super::job::Job;
use super::record::{EndRecord, RADII_FILE, RadiusRecord, Tried};
use super::{INSIDE, OUTSIDE, words};
use crate::cert::assemble::AssembleError;
use crate::cert::certificate::{self, Certificate, FileRecord, FileRole, SCHEMA};
use crate::cert::instance::manifest;
use crate::cert::store::{self, StoreError};
use crate::cert::{Verdict, seal};

/// What a certificate is made from.
#[derive(Clone, Debug)]
pub struct Grounds<'a> {
    /// The question.
    pub job: &'a Job,
    /// What was tried.
    pub tried: &'a Tried,
    /// The number of the certified radius, and its certificate.
    pub inside: Option<(u32, &'a Certificate)>,
    /// The same of the attacked one.
    pub outside: Option<(u32, &'a Certificate)>,
    /// The files that the certificate rests on, with their hashes.
    pub files: Vec<FileRecord>,
}

/// The files that a certificate rests on, hashed now. Those of an end are vouched for by its own certificate.
pub(super) fn files(job: &Job, ends: &[&str]) -> Result<Vec<FileRecord>, StoreError> {
    let dir = &job.instance.dir;
    let mut out: Vec<FileRecord> = job.instance.manifest.files().cloned().collect();
    out.push(store::record(dir, FileRole::Manifest, manifest::FILE_NAME)?);
    out.push(store::record(dir, FileRole::Answer, RADII_FILE)?);
    for end in ends {
        let path = format!("{end}/{}", certificate::FILE_NAME);
        out.push(store::record(dir, FileRole::End, &path)?);
    }
    Ok(out)
}

/// Judges. An end counts only with the verdict that makes it one.
///
/// # Errors
/// [`AssembleError`].
pub(super) fn assemble(grounds: &Grounds<'_>) -> Result<Certificate, AssembleError> {
    let Grounds { job, tried, inside, outside, files } = grounds;
    let question = &job.spec.question;
    let radii = &question.radii;
    let inside = inside.filter(|(_, c)| c.verdict == Verdict::Certified);
    let outside = outside.filter(|(_, c)| c.verdict == Verdict::Attacked);
    let end = |k: u32, c: &Certificate, folder: &str| EndRecord {
        radius: radii.text(k),
        folder: folder.to_owned(),
        reason: c.reason.clone(),
        seal: c.seal.clone(),
    };
    let next = inside.map_or(0, |(k, _)| k + 1);
    let exact = next == outside.map_or(radii.most + 1, |(k, _)| k);
    let record = RadiusRecord {
        norm: question.norm.to_owned(),
        step: radii.step(),
        most: radii.text(radii.most),
        certified: inside.map(|(k, c)| end(k, c, INSIDE)),
        attacked: outside.map(|(k, c)| end(k, c, OUTSIDE)),
        exact,
        tried: tried.tried.clone(),
    };
    let mut trust: Vec<String> = Vec::new();
    for sentence in inside.iter().chain(&outside).flat_map(|(_, c)| &c.trust) {
        if !trust.contains(sentence) {
            trust.push(sentence.clone());
        }
    }
    if inside.is_some() && outside.is_some() {
        let nested = "That balls around a point lie in one another, so that one end bounds all radii below it, \
                      and the other all above.";
        trust.push(nested.to_owned());
    }
    let mut certificate = Certificate {
        schema: SCHEMA,
        theriac: tried.theriac.clone(),
        question: words::question_text(question),
        verdict: if exact { Verdict::Certified } else { Verdict::Unknown },
        reason: reason(&record),
        bound: None,
        parts: Vec::new(),
        reach: None,
        radius: Some(record),
        withdrawn: None,
        attack: outside.and_then(|(_, c)| c.attack.clone()),
        gap: None,
        trust,
        seconds: tried.seconds,
        history: Vec::new(),
        files: files.clone(),
        seal: String::new(),
    };
    certificate.seal = seal::of(&certificate)?;
    Ok(certificate)
}

fn reason(record: &RadiusRecord) -> String {
    let RadiusRecord { norm, most, step, .. } = record;
    let radius = |end: &Option<EndRecord>| end.as_ref().map(|e| e.radius.clone());
    let certified = radius(&record.certified);
    match (certified, radius(&record.attacked), record.exact) {
        (Some(_), None, true) => {
            format!("no attack exists up to the largest {norm} radius that is asked about, {most}")
        }
        (Some(r), Some(a), true) => format!(
            "the largest {norm} radius is {r}: no attack exists within it, and one within {a}, the next"
        ),
        (None, Some(a), true) => {
            format!("there is no such radius: an attack lies within {a}, which is the point itself")
        }
        (Some(r), Some(a), false) => format!(
            "the largest {norm} radius is at least {r} and less than {a}; what lies between was not decided"
        ),
        (Some(r), None, _) => format!(
            "the largest {norm} radius is at least {r}; above it nothing was decided up to {most}"
        ),
        (None, Some(a), _) => format!(
            "the largest {norm} radius is less than {a}; below it nothing was decided, by steps of {step}"
        ),
        (None, None, _) => format!("no {norm} radius up to {most} was decided"),
    }
}
