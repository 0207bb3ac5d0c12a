//! Verification of a certificate without a solver.
//!
//! A certificate is a function of files that it names. Checking computes it again from these files
//! and compares every field: an edited number is refused even if the seal was made anew. That the
//! files are what they should be is checked by [`super::pipeline::verify()`], which compiles the
//! instance again and makes the answer again from the solver's stored words.

use std::path::Path;

use serde_json::Value;
use thiserror::Error;

use crate::question::Question;

use super::answer::StatedBound;
use super::assemble::{Assembled, Grounds, assemble};
use super::attack_file::AttackFile;
use super::certificate::{Certificate, SCHEMA};
use super::compare::differences;
use super::instance::{Instance, OpenError};
use super::seal;
use super::store::{self, StoreError};

/// Differences that are listed.
const LISTED: usize = 8;

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Whether it is as it must be.
    pub ok: bool,
    /// What was checked, and what is wrong with it.
    pub what: String,
}

/// The outcome of a check.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The certificate as read.
    pub certificate: Certificate,
    /// Everything that was checked, in order.
    pub findings: Vec<Finding>,
    /// What was left out although it could be checked, each with how to have it checked.
    pub open: Vec<String>,
    /// What nobody but the solver can vouch for.
    pub words: Vec<String>,
    /// Files beside the certificate that it does not rest on.
    pub uncovered: Vec<String>,
    /// The replays, if the check came so far.
    pub assembled: Option<Assembled>,
}

impl Checked {
    /// Whether everything that was checked is as it must be; [`Checked::open`] says what was not
    /// checked.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.findings.iter().all(|f| f.ok)
    }
}

/// Why a certificate cannot even be examined.
#[derive(Debug, Error)]
pub enum CheckError {
    /// The certificate cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The certificate is of another version.
    #[error("the certificate has layout {found}, this program checks layout {expected}")]
    Layout {
        /// Layout of the certificate.
        found: u32,
        /// Layout that is checked.
        expected: u32,
    },
    /// No JSON at all.
    #[error(
        "{} is no certificate; give the directory of the instance, or the file certificate.json in it",
        .0.display()
    )]
    NoJson(std::path::PathBuf),
    /// Another file of an instance.
    #[error(
        "{} is no certificate: it has no verdict; give the file certificate.json, which `solve` and \
         `certify` write into the folder of the instance",
        .0.display()
    )]
    NoVerdict(std::path::PathBuf),
    /// The instance directory around the certificate cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// Reads a certificate.
///
/// # Errors
/// [`CheckError::Store`], [`CheckError::NoVerdict`] and [`CheckError::Layout`].
pub fn read(path: &Path) -> Result<(Certificate, Value), CheckError> {
    let bytes = store::read(path)?;
    let raw: Value =
        serde_json::from_slice(&bytes).map_err(|_| CheckError::NoJson(path.to_owned()))?;
    if raw.get("verdict").is_none() {
        return Err(CheckError::NoVerdict(path.to_owned()));
    }
    if let Some(found) = raw.get("schema").and_then(Value::as_u64)
        && found != u64::from(SCHEMA)
    {
        let found = u32::try_from(found).unwrap_or(u32::MAX);
        return Err(CheckError::Layout { found, expected: SCHEMA });
    }
    Ok((store::read_json(path, "certificate")?, raw))
}

/// Checks a certificate of an opened instance whose question is `question`, and whose interval
/// bound is `interval`.
///
/// # Errors
/// [`CheckError`] when the certificate cannot be examined; what is wrong with it is a finding.
pub fn verify(
    path: &Path,
    instance: &Instance,
    question: &Question,
    interval: Option<&StatedBound>,
) -> Result<Checked, CheckError> {
    let (certificate, raw) = read(path)?;
    let mut findings = Vec::new();
    let mut note = |ok: bool, good: &str, bad: &str| {
        let what = if ok { good } else { bad };
        findings.push(Finding { ok, what: what.to_owned() });
        ok
    };
    let sealed = seal::of(&certificate).is_ok_and(|s| s == certificate.seal);
    note(sealed, "the seal fits", "the seal does not fit: the certificate was edited");
    for file in &certificate.files {
        match store::record(&instance.dir, file.role, &file.path) {
            Ok(found) if found == *file => {}
            Ok(_) => {
                note(false, "", &format!("{} is not the file that was certified", file.path));
            }
            Err(e) => {
                note(false, "", &e.to_string());
            }
        }
    }
    let files = certificate.files.len();
    note(true, &format!("{files} files were hashed"), "");
    let assembled = match rebuild(instance, question, interval) {
        Err(why) => {
            note(false, "", &why);
            None
        }
        Ok(again) => {
            if again.worst.is_some() {
                note(true, "the threat allows the attack, and it was replayed from scratch", "");
            }
            let expected = serde_json::to_value(&again.certificate).unwrap_or(Value::Null);
            let mut wrong = differences(&raw, &expected, LISTED);
            // Two ways of writing one double, or a key that is there twice: not what was issued.
            if wrong.is_empty() && store::json(&again.certificate).ok() != store::read(path).ok() {
                wrong.push("the certificate says the same, but in other bytes".to_owned());
            }
            for d in &wrong {
                note(false, "", d);
            }
            if wrong.is_empty() {
                note(true, "bound, attack, gap and verdict follow from the files", "");
            }
            Some(again)
        }
    };
    Ok(Checked {
        certificate,
        findings,
        open: Vec::new(),
        words: Vec::new(),
        uncovered: Vec::new(),
        assembled,
    })
}

/// The certificate that the files of the instance give.
fn rebuild(
    instance: &Instance,
    question: &Question,
    interval: Option<&StatedBound>,
) -> Result<Assembled, String> {
    let answer = instance.answer().map_err(|e| e.to_string())?;
    let attack = match answer.finder {
        None => None,
        Some(_) => {
            let file = AttackFile::read(&instance.dir).map_err(|e| e.to_string())?;
            Some(file.attack(question)?)
        }
    };
    let files = instance.grounds(&answer).map_err(|e| e.to_string())?;
    let attack = attack.as_ref();
    let grounds = Grounds { question, answer: &answer, interval, attack, files };
    assemble(&grounds).map_err(|e| e.to_string())
}
