//! A carried answer beside one that is there already: the better one stays.

use std::path::{Path, PathBuf};

use super::certify::{LOG_COPY, SOLUTION_COPY, certify, certify_solution};
use super::{Job, PipelineError};
use crate::cert::assemble::Assembled;
use crate::cert::certificate::{BoundSource, Certificate, Verdict};
use crate::cert::report::headline;
use crate::cert::store::{self, StoreError};
use crate::cert::{answer, attack_file, certificate};
use crate::front::printable::number;

/// The files of an answer.
const FILES: [&str; 5] =
    [answer::FILE_NAME, attack_file::FILE_NAME, certificate::FILE_NAME, SOLUTION_COPY, LOG_COPY];

/// As [`certify_solution`], but an older answer of the instance that is better stays: one that
/// decides the claim where the new one does not, or of two that both decide it or both do not, the
/// one with the smaller gap. What was done is said in the second part, where there was an older
/// answer and it stays or is given up for something that is not better in everything.
///
/// # Errors
/// [`PipelineError`]; the instance is then as it was.
pub fn certify_better(
    job: &Job,
    solution: &Path,
    log: Option<&Path>,
) -> Result<(Assembled, Option<String>), PipelineError> {
    // An answer that cannot be read or judged any more is none to keep.
    let older = match job.instance.dir.join(answer::FILE_NAME).exists() {
        true => Some(Kept::read(job)?).and_then(|kept| Some((kept, certify(job).ok()?))),
        false => None,
    };
    let Some((kept, older)) = older else {
        let new = certify_solution(job, solution, log)?;
        let note = unused(job, &new.certificate, log)?;
        return Ok((new, note));
    };
    let new = match certify_solution(job, solution, log) {
        Ok(new) => new,
        Err(e) => {
            kept.restore()?;
            return Err(e);
        }
    };
    let (a, b) = (&older.certificate, &new.certificate);
    if better(a, b) {
        kept.restore()?;
        let note = format!(
            "the answer that is there already is better ({}) than this one ({}), so it stays; \
             remove {} to take this one all the same",
            words(a),
            words(b),
            answer::FILE_NAME
        );
        return Ok((certify(job)?, Some(note)));
    }
    let lost = weaker(b, a).then(|| {
        format!(
            "it replaces an answer of another strength ({}) by this one ({})",
            words(a),
            words(b)
        )
    });
    let unused = unused(job, b, log)?;
    let notes: Vec<String> = lost.into_iter().chain(unused).collect();
    Ok((new, (!notes.is_empty()).then(|| notes.join("; "))))
}

/// Says why the log that was given proves nothing here, where the certificate does not.
fn unused(job: &Job, c: &Certificate, log: Option<&Path>) -> Result<Option<String>, PipelineError> {
    let Some(bound) = c.bound.as_ref().filter(|_| log.is_some() && c.withdrawn.is_none()) else {
        return Ok(None);
    };
    if bound.from == BoundSource::Solver || c.verdict == Verdict::Unknown {
        return Ok(None);
    }
    Ok(Some(match job.instance.answer()?.missing {
        Some(why) => format!("no bound was taken from the log: {why}"),
        None => format!(
            "no bound was taken from the log: the {} bound {}, which needs no solver, is at least \
             as strong as what it states, or it states none",
            bound.from.word(),
            number(bound.value)
        ),
    }))
}

/// Whether `a` is the better answer.
fn better(a: &Certificate, b: &Certificate) -> bool {
    let open = |c: &Certificate| c.verdict == Verdict::Unknown;
    let gap = |c: &Certificate| c.gap.unwrap_or(f64::INFINITY);
    match (open(a), open(b)) {
        (false, true) => true,
        (true, false) => false,
        (true, true) | (false, false) => gap(a) < gap(b),
    }
}

/// Whether `a` has a weaker bound or a weaker attack than `b`.
fn weaker(a: &Certificate, b: &Certificate) -> bool {
    let direction = a.question.adversary;
    let bound = match (&a.bound, &b.bound) {
        (Some(a), Some(b)) => direction.worse(a.value, b.value),
        (a, b) => a.is_none() && b.is_some(),
    };
    let attack = match (&a.attack, &b.attack) {
        (Some(a), Some(b)) => direction.worse(b.value, a.value),
        (a, b) => a.is_none() && b.is_some(),
    };
    bound || attack
}

fn words(c: &Certificate) -> String {
    let word = |v: Option<f64>| v.map_or_else(|| "none".to_owned(), number);
    let bound = word(c.bound.as_ref().map(|b| b.value));
    format!("{}, bound {bound}, attack {}", headline(c), word(c.attack.as_ref().map(|a| a.value)))
}

/// The files of an answer as they were.
struct Kept(Vec<(PathBuf, Option<Vec<u8>>)>);

impl Kept {
    fn read(job: &Job) -> Result<Self, PipelineError> {
        let mut files = Vec::new();
        for name in FILES {
            let path = job.instance.dir.join(name);
            let bytes = path.is_file().then(|| store::read(&path)).transpose()?;
            files.push((path, bytes));
        }
        Ok(Kept(files))
    }

    fn restore(self) -> Result<(), PipelineError> {
        for (path, bytes) in self.0 {
            match bytes {
                Some(bytes) => store::write(&path, &bytes)?,
                None if path.exists() => std::fs::remove_file(&path)
                    .map_err(|source| StoreError::Write { path, source })?,
                None => {}
            }
        }
        Ok(())
    }
}
