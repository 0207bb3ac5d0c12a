//! From the stored answer, or from solutions that were brought along, to the certificate.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::assemble::{Assembled, Grounds, assemble};
use super::job::Job;
use super::layerwise;
use super::record::{self, Found};
use super::search::{Search, take_bound};
use super::solve::{Proof, Refuted, keep};
use super::stored;
use crate::bounds::graph::Plan;
use crate::bounds::graph::branch::{BranchOptions, verify_tree};
use crate::cert::answer::{self, Answer, PartAnswer};
use crate::cert::attack_file::AttackFile;
use crate::cert::certificate;
use crate::cert::pipeline::PipelineError;
use crate::cert::pipeline::carried::{Carried, examine};
use crate::cert::store;
use crate::sol::{self, Solution, Values};

/// Judges the stored answer and writes `certificate.json`. Trees are walked again.
///
/// # Errors
/// [`PipelineError`], among them that the answer is not what the stored solutions give.
pub fn certify(job: &Job, stop: &AtomicBool) -> Result<Assembled, PipelineError> {
    let dir = &job.instance.dir;
    if !dir.join(answer::FILE_NAME).exists() {
        return Err(PipelineError::NotSolved { dir: dir.clone() });
    }
    let answer = job.instance.answer()?;
    // An attack in the files is one whatever the answer says; all else rests on the answer.
    if answer.finder.is_none() && job.study.attack().is_none() {
        let wrong = stored::answers(job, &answer).into_iter().next();
        wrong.map_or(Ok(()), |wrong| Err(PipelineError::BadAnswer(wrong)))?;
    }
    let walked = walk(job, &answer, stop)?;
    certify_walked(job, &walked)
}

/// As [`certify`], where the trees that refute some parts were made a moment ago.
pub(super) fn certify_walked(
    job: &Job,
    walked: &[(usize, Refuted)],
) -> Result<Assembled, PipelineError> {
    let assembled = assembled(job, &job.instance.answer()?, walked)?;
    let path = job.instance.dir.join(certificate::FILE_NAME);
    store::write_json(&path, &assembled.certificate)?;
    Ok(assembled)
}

/// The certificate that the files of an instance give.
pub(super) fn judge(job: &Job, stop: &AtomicBool) -> Result<Assembled, PipelineError> {
    let answer = job.instance.answer()?;
    let walked = walk(job, &answer, stop)?;
    assembled(job, &answer, &walked)
}

fn assembled(
    job: &Job,
    answer: &Answer,
    walked: &[(usize, Refuted)],
) -> Result<Assembled, PipelineError> {
    // Whatever the answer says: the point that the instance starts from is replayed, too.
    let attack = stored_attack(job, answer)?.or_else(|| job.study.attack().cloned());
    let files = job.instance.grounds(answer)?;
    let attack = attack.as_ref();
    Ok(assemble(&Grounds { job, answer, walked, attack, files })?)
}

fn stored_attack(job: &Job, answer: &Answer) -> Result<Option<Found>, PipelineError> {
    if answer.finder.is_none() {
        return Ok(None);
    }
    let wrong = |why: String| PipelineError::BadAttack(why);
    let x = AttackFile::read(&job.instance.dir)?.input();
    let x = x.ok_or_else(|| wrong("it is no input of a network".to_owned()))?;
    let found = record::replay(&job.spec.question, &x).map_err(|e| wrong(e.to_string()))?;
    let found = found.ok_or_else(|| wrong("it lies in no set of the property".to_owned()))?;
    if !found.replay.is_attack() {
        return Err(wrong("its replay does not break the property".to_owned()));
    }
    Ok(Some(found))
}

/// The parts that the stored proofs refute.
fn walk(
    job: &Job,
    answer: &Answer,
    stop: &AtomicBool,
) -> Result<Vec<(usize, Refuted)>, PipelineError> {
    let Some(file) = &answer.proof else { return Ok(Vec::new()) };
    let proofs: Vec<Proof> =
        store::read_json(&store::inside(&job.instance.dir, file)?, "proof by branching")?;
    let plan = Plan::new(&job.spec.question.graph);
    let threads = crate::back::threads();
    let options = BranchOptions { threads, cancel: Some(stop), ..BranchOptions::default() };
    let mut out = Vec::new();
    for proof in &proofs {
        let wrong =
            |why: String| PipelineError::BadProof { part: proof.part.saturating_add(1), why };
        let part = job.study.parts().get(proof.part);
        let part = part.ok_or_else(|| wrong("there is no such part".to_owned()))?;
        let refuted = match (&proof.tree, &proof.layers) {
            (Some(tree), None) => {
                verify_tree(&plan, &part.goal, tree, &options).map_err(|e| wrong(e.to_string()))?;
                Refuted::Tree
            }
            (None, Some(log)) => layerwise::refutes(job, part, log).map_err(wrong)?,
            (None, None) | (Some(_), Some(_)) => {
                return Err(wrong("it must have a tree or a cover".to_owned()));
            }
        };
        out.push((proof.part, refuted));
    }
    Ok(out)
}

/// Takes solvers' solution files, each with its log if there is one, into the instance as its answer,
/// judges it, and writes `certificate.json`. Which part a solution belongs to, its fingerprint tells.
/// An answer that is there already stays for the other parts.
///
/// # Errors
/// [`PipelineError`]; the instance is then as it was.
pub fn certify_solutions(
    job: &Job,
    brought: &[(PathBuf, Option<PathBuf>)],
    stop: &AtomicBool,
) -> Result<Assembled, PipelineError> {
    let mut search = Search::known(&job.study);
    if job.instance.dir.join(answer::FILE_NAME).exists() {
        older(job, &mut search)?;
    }
    let mut copies = Vec::new();
    for (solution, log) in brought {
        let (part, files) = take(job, solution, log.as_deref(), &mut search)?;
        copies.extend(files.into_iter().map(|(name, bytes)| (part, name, bytes)));
    }
    for (part, name, bytes) in copies {
        store::write(&store::inside(&job.instance.dir, &place(part, name))?, &bytes)?;
    }
    keep(job, search, 0.0)?;
    certify(job, stop)
}

/// Where a file of a part's answer lies in the instance.
fn place(part: usize, name: &str) -> String {
    format!("part-{}/{name}", part + 1)
}

/// What an older answer proves of parts and of attacks.
fn older(job: &Job, search: &mut Search) -> Result<(), PipelineError> {
    let answer = job.instance.answer()?;
    if let (Some(found), Some(finder)) = (stored_attack(job, &answer)?, answer.finder) {
        search.attack = Some((found, finder));
        search.claimed = answer.claimed;
    }
    if let Some(file) = &answer.proof {
        let path = store::inside(&job.instance.dir, file)?;
        search.proofs = store::read_json(&path, "proof by branching")?;
    }
    for (slot, part) in search.parts.iter_mut().zip(answer.parts) {
        *slot = part;
    }
    Ok(())
}

/// A file of an answer: its name in the part's folder, and its contents.
type Copy = (&'static str, Vec<u8>);

/// Takes over one solution; returns the part that it belongs to and the files to store.
fn take(
    job: &Job,
    solution: &Path,
    log: Option<&Path>,
    search: &mut Search,
) -> Result<(usize, Vec<Copy>), PipelineError> {
    let copy = sol::contents(solution)?;
    let read = sol::parse(&solution.display().to_string(), &copy)?;
    if let Values::Partial(_) = read.values {
        return Err(PipelineError::StartFile { path: solution.to_owned() });
    }
    if read.has_point() && read.digits < Solution::LEAST_DIGITS {
        return Err(PipelineError::Coarse { digits: read.digits });
    }
    let log_bytes = log.map(store::read_unpacked).transpose()?;
    let text = log_bytes.as_deref().map(String::from_utf8_lossy);
    let (part, carried) = belonging(job, &read, text.as_deref())?;
    let mut files: Vec<Copy> = vec![("solution.sol", copy)];
    let answer = PartAnswer {
        solution: Some(place(part, "solution.sol")),
        log: log.map(|_| place(part, "solver.log")),
        ..PartAnswer::default()
    };
    search.parts[part] = carried_answer(job, part, carried, &answer, search)?;
    files.extend(log_bytes.map(|bytes| ("solver.log", bytes)));
    Ok((part, files))
}

/// The answer of a part that a carried solution gives; its files are those of `named`.
pub(super) fn carried_answer(
    job: &Job,
    part: usize,
    carried: Carried,
    named: &PartAnswer,
    search: &mut Search,
) -> Result<PartAnswer, PipelineError> {
    let mut answer = PartAnswer {
        solution: named.solution.clone(),
        log: named.log.clone(),
        ..PartAnswer::default()
    };
    let Some((_, program)) = job.files(part) else { return Ok(answer) };
    let Carried { solution: read, slack, point, unproved } = carried;
    let who = read.solver.clone().unwrap_or_else(|| "unnamed solver".to_owned());
    match unproved {
        Some(why) => answer.missing = Some(why),
        None => take_bound(&mut answer, program, &read, slack, (who, None, false)),
    }
    if let Some((x, model)) = point {
        answer.model = Some(model);
        let of = (&job.study.parts()[part], program);
        let (claimed, why) = search.take_point(&job.spec.question, of, (&x, read.objective))?;
        answer.claimed = claimed;
        answer.say(why);
    }
    Ok(answer)
}

/// The part whose program a solution is of. Without a point there must be one part alone.
pub(super) fn belonging(
    job: &Job,
    read: &Solution,
    log: Option<&str>,
) -> Result<(usize, Carried), PipelineError> {
    let mut error = None;
    let mut found = None;
    for k in 0..job.study.parts().len() {
        let Some((files, _)) = job.files(k) else { continue };
        match examine(files, read.clone(), log) {
            Ok(carried) if found.is_none() => found = Some((k, carried)),
            Ok(_) => {
                return Err(PipelineError::Log(
                    "the answer fits several parts, and without a point nothing tells which one it \
                     is of; give a solution with a point, which an infeasible program has where \
                     `encode { objective margin }` asks for the margin"
                        .to_owned(),
                ));
            }
            Err(e) => error = error.or(Some(e)),
        }
    }
    found.map(Ok).unwrap_or_else(|| {
        Err(error.unwrap_or_else(|| {
            PipelineError::NoSolver("no part of the instance has a program".to_owned())
        }))
    })
}
