//! What a check has to take on the solver's word.

use super::super::Job;
use super::super::program::TIGHTENING_FILE;
use crate::cert::answer::Answer;
use crate::cert::certificate::BoundSource;
use crate::front::printable::number;

/// Every part of the answer that nothing here can prove, one sentence each. An edit of any of them
/// is noticed (the certificate holds the hash of `answer.json`), but whoever wrote the answer could
/// have written another one.
pub(super) fn taken(job: &Job, answer: &Answer) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(b) = answer.bound.as_ref().filter(|b| b.from == BoundSource::Solver) {
        let who = b.solver.as_deref().unwrap_or("unnamed solver");
        let version = b.version.as_ref().map(|v| format!(" {v}")).unwrap_or_default();
        let what = match b.objective {
            Some(v) if b.slack > 0.0 => {
                format!("dual bound {}, printed to within {}", number(v), number(b.slack))
            }
            Some(v) => format!("dual bound {}", number(v)),
            None => "no solution exists".to_owned(),
        };
        out.push(format!("{who}{version}: {what}, {}", b.status));
    }
    if let Some(b) = answer.bound.as_ref().filter(|b| b.from == BoundSource::Enumeration) {
        out.push(format!("the effort of the exhaustive search: {}", b.status));
    }
    if answer.solution.is_none()
        && let Some(missing) = &answer.missing
    {
        out.push(format!("why there is no more: {missing}"));
    }
    if let Some(failure) = &answer.failure {
        out.push(format!("how the search failed: {failure}"));
    }
    out.push(match answer.history.len() {
        0 => format!("the search took {} seconds", number(answer.seconds)),
        n => format!(
            "the search took {} seconds, and the {n} moments of its history",
            number(answer.seconds)
        ),
    });
    if job.instance.manifest.program.as_ref().is_some_and(|p| p.tightening.is_some()) {
        out.push(format!(
            "no word of the linear programs: {TIGHTENING_FILE} holds multipliers, from which every \
             bound was computed again"
        ));
    }
    out
}
