//! The answer, made again from what is stored.

use super::super::carried::examine;
use super::super::certify::LOG_COPY;
use super::super::matching::point_of;
use super::super::solve::{
    Found, SOLUTION_FILE, Who, best_so_far, full_name, interval, known, names, take_solution,
};
use super::super::{Job, PipelineError};
use super::Notes;
use crate::cert::answer::{Answer, StatedBound};
use crate::cert::assemble::TIE_TOLERANCE;
use crate::cert::attack_file::AttackFile;
use crate::cert::certificate::BoundSource;
use crate::cert::{store, words};
use crate::ir::NameStyle;
use crate::lower::{Target, legalise};
use crate::sol::{self, Solution, assign, confirm_fingerprint};
use crate::train;

/// Checks an answer to which neither a solver nor an exhaustive search contributed.
pub(super) fn of_nobody(job: &Job, answer: &Answer, notes: &mut Notes) {
    let found = match known(job) {
        Ok(found) => found,
        Err(e) => return notes.wrong(e.to_string()),
    };
    let wrong = differences(job, answer, &found);
    if wrong.is_empty() {
        notes.good("the interval bound was computed and the search by replay done again");
    }
    wrong.into_iter().for_each(|w| notes.wrong(w));
}

/// Checks an answer that rests on a stored solution: all of it must follow from that and the log.
pub(super) fn of_solver(job: &Job, answer: &Answer, notes: &mut Notes) {
    match from_solution(job, answer) {
        Err(why) => notes.wrong(why),
        Ok(wrong) if wrong.is_empty() => {
            notes.good("the stored solution gives the answer: attack, dual bound, status");
        }
        Ok(wrong) => wrong.into_iter().for_each(|w| notes.wrong(w)),
    }
}

fn from_solution(job: &Job, answer: &Answer) -> Result<Vec<String>, String> {
    let text = |e: &dyn std::fmt::Display| e.to_string();
    let dir = &job.instance.dir;
    if answer.solution.as_deref() != Some(SOLUTION_FILE)
        || answer.log.as_deref().is_some_and(|log| log != LOG_COPY)
    {
        return Err(format!("the answer's files are not {SOLUTION_FILE} and {LOG_COPY}"));
    }
    let bytes = store::read(&dir.join(SOLUTION_FILE)).map_err(|e| text(&e))?;
    let read = sol::parse(SOLUTION_FILE, &bytes).map_err(|e| text(&e))?;
    let log = answer.log.as_ref().map(|log| store::read(&dir.join(log)));
    let log = log.transpose().map_err(|e| text(&e))?;
    let log = log.as_deref().map(String::from_utf8_lossy);
    // The program's own run of a solver leaves a solution in its own format, and no log. The same
    // format may have been carried here; the answer is then that of a carried solution.
    let mut wrong = None;
    if log.is_none() && sol::recognise(&bytes) == Some(sol::Format::Embedded) {
        for who in names(&read) {
            let found = own_run(job, answer, &read, who).map_err(|e| text(&e))?;
            let here = differences(job, answer, &found);
            if here.is_empty() {
                return Ok(here);
            }
            wrong.get_or_insert(here);
        }
    }
    let found = carried(job, read, log.as_deref()).map_err(|e| text(&e));
    if let (Err(why), None) = (&found, &wrong) {
        return Err(why.clone());
    }
    let here = found.map(|found| {
        let mut here = differences(job, answer, &found);
        if answer.seconds != 0.0 || !answer.history.is_empty() {
            here.push("a carried answer has a time or a history, which nobody measured".to_owned());
        }
        here
    });
    Ok(match (wrong, here) {
        (_, Ok(here)) if here.is_empty() => here,
        (Some(wrong), _) => wrong,
        (None, Ok(here)) => here,
        (None, Err(why)) => vec![why],
    })
}

/// What the program makes of its own run of a solver.
fn own_run(
    job: &Job,
    answer: &Answer,
    solution: &Solution,
    mut who: Who,
) -> Result<Found, PipelineError> {
    // Spaces of a version are as the answer has them, where it is the same name.
    if let Some(b) = answer.bound.as_ref().filter(|b| b.from == BoundSource::Solver) {
        let stated = (b.solver.clone().unwrap_or_default(), b.version.clone(), b.embedded);
        if full_name(&stated) == full_name(&who) {
            who = stated;
        }
    }
    let x = match &answer.model {
        Some(path) => {
            let targets = &job.instance.manifest.targets;
            let record = targets.iter().find(|t| t.model.path == *path);
            let target = record.and_then(|r| Target::from_name(&r.target));
            let (Some(record), Some(target)) = (record, target) else {
                return Err(PipelineError::NoTarget { name: path.clone() });
            };
            let lowered = legalise(&job.program.model, target)?;
            solution.has_point().then(|| point_of(solution, &lowered, record)).transpose()?
        }
        None => {
            let lowered = legalise(&job.program.model, Target::Embedded)?;
            let names = super::super::solve::model_names(&lowered, NameStyle::Readable);
            let x = solution.has_point().then(|| assign(solution, &names)).transpose()?;
            x.as_deref().map(|x| confirm_fingerprint(&lowered.model, x)).transpose()?;
            x
        }
    };
    let mut found = known(job)?;
    found.model.clone_from(&answer.model);
    found.solution = Some(SOLUTION_FILE.to_owned());
    take_solution(job, solution, x.as_deref(), solution.bound_slack, who, &mut found)?;
    Ok(found)
}

/// What the program makes of a solution that was carried here.
fn carried(job: &Job, read: Solution, log: Option<&str>) -> Result<Found, PipelineError> {
    let mut found = known(job)?;
    let carried = examine(job.part(), read, log)?;
    super::super::certify::take_carried(job, carried, &mut found)?;
    found.solution = Some(SOLUTION_FILE.to_owned());
    found.log = log.map(|_| LOG_COPY.to_owned());
    Ok(found)
}

/// Where the answer is not what was found again.
fn differences(job: &Job, answer: &Answer, found: &Found) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(why) = bound_difference(answer.bound.as_ref(), found.bound.as_ref()) {
        out.push(why);
    }
    let question = &job.spec.question;
    let attack = found.attack.as_ref();
    if answer.finder != attack.map(|a| a.2) {
        out.push("the attack is not by the finder that the answer names".to_owned());
    }
    let expected = attack.map(|a| AttackFile::new(question, &a.0));
    let stored = answer.finder.and_then(|_| AttackFile::read(&job.instance.dir).ok());
    if stored != expected {
        out.push("the stored files give another attack".to_owned());
    }
    let bits = |v: Option<f64>| v.map(f64::to_bits);
    if bits(answer.claimed) != bits(found.claimed) {
        out.push("the answer claims another value for the attack than its files".to_owned());
    }
    if answer.solution.is_some() {
        if answer.missing != found.missing {
            out.push("the answer gives another reason for what is missing".to_owned());
        }
        if answer.failure.is_some() {
            out.push("the answer states a failure, but a solver answered".to_owned());
        }
    }
    if (&answer.model, &answer.log) != (&found.model, &found.log) {
        out.push("the answer names other files than those that it rests on".to_owned());
    }
    out
}

fn bound_difference(stated: Option<&StatedBound>, again: Option<&StatedBound>) -> Option<String> {
    if stated == again {
        return None;
    }
    let word = |b: Option<&StatedBound>| {
        b.map_or_else(
            || "no bound".to_owned(),
            |b| {
                let who = b.solver.as_deref().unwrap_or(b.from.word());
                format!("{} of {who}, {}", b.value, b.status)
            },
        )
    };
    Some(format!("the answer states {}, but its files give {}", word(stated), word(again)))
}

/// A bound that no search proved must be that of the interval pass.
pub(super) fn interval_bound(job: &Job, stated: Option<&StatedBound>, notes: &mut Notes) {
    let own = Some(interval(job)).filter(|b| b.value.is_finite());
    match bound_difference(stated, own.as_ref()) {
        None => notes.good("the interval bound was computed again"),
        Some(why) => notes.wrong(why),
    }
}

/// The replayed value of the stored attack.
pub(super) fn stored_value(job: &Job, answer: &Answer) -> Option<f64> {
    answer.finder?;
    let file = AttackFile::read(&job.instance.dir).ok()?;
    let attack = file.attack(&job.spec.question).ok()?;
    train::replay(&job.spec.question, &attack, TIE_TOLERANCE).ok().map(|r| r.value)
}

/// The stored attack must be no weaker than the best that was known before any search.
pub(super) fn best_known(job: &Job, answer: &Answer, notes: &mut Notes) {
    let Ok(found) = known(job) else {
        return notes.wrong("the training run cannot be replayed");
    };
    let direction = words::direction(&job.spec.question.goal);
    let weaker = match (stored_value(job, answer), found.best()) {
        (Some(stored), Some(best)) => direction.worse(best, stored),
        (None, best) => best.is_some(),
        (Some(_), None) => false,
    };
    notes.tell(!weaker, "", "the stored attack is weaker than the one known before the search");
    if answer.claimed.is_some() || answer.model.is_some() || answer.log.is_some() {
        notes.wrong("the answer names a claim, a model or a log, but no solver answered");
    }
}

/// The history begins with what is known before any search, and never gets worse.
pub(super) fn history(job: &Job, answer: &Answer, notes: &mut Notes) {
    let direction = words::direction(&job.spec.question.goal);
    let Some(first) = answer.history.first() else {
        return;
    };
    let Ok(found) = known(job) else { return };
    let begin = (found.bound.as_ref().map(|b| b.value), found.best());
    notes.tell(
        (first.bound, first.incumbent) == begin
            && best_so_far(direction, answer.history.clone()) == answer.history,
        "",
        "the history of the search is not one that a search has",
    );
}
