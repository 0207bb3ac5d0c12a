//! What the solutions in an instance say, against what its answer says they do.

use super::certify::{belonging, carried_answer};
use super::job::Job;
use super::search::{Search, take_bound};
use crate::cert::answer::{Answer, PartAnswer};
use crate::cert::pipeline::matching::point_of;
use crate::cert::pipeline::solve::runner::{full_name, names};
use crate::cert::store;
use crate::lower::{Target, legalise};
use crate::sol;

/// Where the answer is not what the stored files give.
pub(super) fn answers(job: &Job, answer: &Answer) -> Vec<String> {
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
    let found = carried_answer(job, of, carried, part, search);
    Ok(of == k && found.map_err(|e| text(&e))? == *part)
}
