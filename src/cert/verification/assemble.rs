//! From the grounds of an answer to its certificate. Pure: the same grounds, the same bytes.

use super::analysis::Part;
use super::job::Job;
use super::record::{self, Found};
use super::search::{in_units, proves};
use super::solve::Refuted;
use super::words;
use crate::bounds::Interval;
use crate::cert::answer::{Answer, Finder, PartAnswer, StatedBound};
use crate::cert::assemble::{AssembleError, SOLVER_TOLERANCE, finite};
use crate::cert::certificate::{
    AttackRecord, BoundRecord, BoundSense, BoundSource, Certificate, FileRecord, PartRecord, SCHEMA,
};
use crate::cert::verdict::gap;
use crate::cert::{Verdict, seal};
use crate::front::printable::number;
use crate::question::verify::{Truth, Variable, Verification};

/// All that a certificate is made from.
#[derive(Clone, Debug)]
pub struct Grounds<'a> {
    /// The question with its bounds, computed anew.
    pub job: &'a Job,
    /// What the search answered.
    pub answer: &'a Answer,
    /// The parts that walked trees and covers refute.
    pub walked: &'a [(usize, Refuted)],
    /// The replayed attack, if one was found.
    pub attack: Option<&'a Found>,
    /// The files that the certificate rests on, with their hashes.
    pub files: Vec<FileRecord>,
}

/// A certificate with what is behind it.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// The certificate.
    pub certificate: Certificate,
    /// How the search failed, if it did.
    pub failure: Option<String>,
}

/// What the margin of a replay in doubles may be off, relative.
const ROUNDING: f64 = 1e-9;

/// Judges.
///
/// # Errors
/// [`AssembleError`].
pub fn assemble(grounds: &Grounds<'_>) -> Result<Assembled, AssembleError> {
    let Grounds { job, answer, walked, attack, files } = grounds;
    finite(answer)?;
    let question = &job.spec.question;
    let default = PartAnswer::default();
    let mut parts: Vec<PartRecord> = Vec::new();
    for k in 0..job.study.parts().len() {
        let stated = answer.parts.get(k).unwrap_or(&default);
        let walked = walked.iter().find(|w| w.0 == k).map(|w| w.1);
        parts.push(part(job, k, stated, walked));
    }
    let attack = attack.filter(|a| a.replay.is_attack());
    let mut withdrawn = None;
    if let Some(found) = attack {
        for (k, (record, of)) in parts.iter_mut().zip(job.study.parts()).enumerate() {
            if !breaks(question, found, of) {
                continue;
            }
            record.broken = true;
            // A replay is a proof, a bound that it passes is none.
            if std::mem::take(&mut record.impossible) {
                withdrawn = withdrawn.or(record.bound.take());
            }
            // Nor is one for the margin where the program has no margin, because every input breaks
            // the part.
            let replay = &found.replay;
            let value = record::margin(Some(&of.goal), &replay.inputs, &replay.outputs);
            let allowance = ROUNDING * (1.0 + value.abs());
            if record.bound.as_ref().is_some_and(|b| b.value > value + allowance) {
                record.bound = part(job, k, &default, None).bound;
            }
        }
    }
    for (k, record) in parts.iter_mut().enumerate().filter(|(_, r)| r.state() == "open") {
        record.missing = answer.parts.get(k).and_then(|p| p.missing.clone());
    }
    let record = attack.and_then(|found| {
        let finder = answer.finder.unwrap_or(Finder::Heuristic);
        record::attack(question, found, (finder, answer.claimed))
    });
    let bound = least(&parts);
    let open: Vec<usize> = (0..parts.len()).filter(|k| !parts[*k].impossible).collect();
    let (verdict, mut reason) = match &record {
        Some(a) => (Verdict::Attacked, attacked(a, attack, &parts)),
        None if attack.is_some() => (
            Verdict::Unknown,
            vec!["the attack's outputs are too large to be written down".to_owned()],
        ),
        None if open.is_empty() => {
            let mut why = vec![certified(&parts)];
            why.extend(assumed(question).map(|bounds| format!("if {bounds} hold")));
            (Verdict::Certified, why)
        }
        None => (Verdict::Unknown, unknown(&parts, &open, answer)),
    };
    if withdrawn.is_some() {
        reason.push("a solver's bound is withdrawn, because the attack passes it".to_owned());
    }
    reason.extend(answer.failure.as_ref().map(|why| format!("the search failed: {why}")));
    let mut certificate = Certificate {
        schema: SCHEMA,
        theriac: answer.theriac.clone(),
        question: words::question_text(question),
        verdict,
        reason: reason.join("; "),
        gap: gap(
            bound.as_ref().map(|b| b.value),
            record.as_ref().map(|a| a.value),
            bound.as_ref().map_or(0.0, |b| b.tolerance),
        ),
        trust: trust(question, &parts, answer),
        bound,
        parts,
        reach: None,
        radius: None,
        withdrawn,
        attack: record,
        seconds: answer.seconds,
        history: answer.history.clone(),
        files: files.clone(),
        seal: String::new(),
    };
    certificate.seal = seal::of(&certificate)?;
    Ok(Assembled { certificate, failure: answer.failure.clone() })
}

/// Whether an attack makes a part happen.
fn breaks(question: &Verification, found: &Found, part: &Part) -> bool {
    let replay = &found.replay;
    if part.case == found.case {
        let value = |v| match v {
            Variable::Input(i) => replay.meant.get(i as usize).copied().unwrap_or(Interval::ALL),
            Variable::Output(j) => {
                replay.enclosures.get(j as usize).copied().unwrap_or(Interval::ALL)
            }
        };
        // The same point of the same set: what its outputs show need not be computed again.
        if part.goal.goal.truth(value) == Truth::No {
            return false;
        }
    } else if part.goal.admits(&replay.inputs) == Truth::No {
        return false;
    }
    part.goal.replay(&question.graph, &replay.inputs).is_ok_and(|r| r.is_attack())
}

/// The strongest that is known of a part.
fn part(job: &Job, k: usize, stated: &PartAnswer, walked: Option<Refuted>) -> PartRecord {
    let words = job.study.parts()[k].words.clone();
    let lower = job.study.lower(k);
    let own = |value: f64, from, status: &str| BoundRecord {
        value,
        reported: value,
        tolerance: 0.0,
        sense: BoundSense::Lower,
        from,
        solver: None,
        version: None,
        embedded: false,
        status: status.to_owned(),
    };
    let linear = job.spec.question.approach.bounds.linear && !job.study.analysis.hurried;
    let source = if linear { BoundSource::Relaxation } else { BoundSource::Interval };
    let record = |bound, impossible| PartRecord {
        part: words,
        bound,
        impossible,
        broken: false,
        missing: None,
    };
    if job.study.impossible(k) {
        let bound = lower.is_finite().then(|| own(lower, source, "complete"));
        return record(bound, true);
    }
    match walked {
        Some(Refuted::Tree) => {
            let bound = own(0.0, BoundSource::Proof, "every piece of a branching lies above it");
            return record(Some(bound), true);
        }
        Some(Refuted::Cover(margin)) => {
            let why = "no cube of a cover goes below it";
            return record(margin.map(|m| own(m, BoundSource::Cover, why)), true);
        }
        None => {}
    }
    if stated.infeasible {
        return record(None, true);
    }
    match &stated.bound {
        Some(b) if b.value > lower || proves(b, job.study.ahead(k)) => {
            let impossible = proves(b, job.study.ahead(k));
            record(Some(outward(b, job, k)), impossible)
        }
        Some(_) | None => {
            let bound = lower.is_finite().then(|| own(lower, source, "complete"));
            record(bound, false)
        }
    }
}

/// A solver's bound, moved outward for its tolerance; of a program in whole numbers to the next whole one.
fn outward(b: &StatedBound, job: &Job, k: usize) -> BoundRecord {
    let tolerance = SOLVER_TOLERANCE * (1.0 + b.value.abs());
    let mut value = b.value - tolerance;
    let whole = job.spec.question.approach.binarised.and(job.files(k));
    if let (Some((_, program)), Some(objective)) = (whole, b.objective) {
        let least = objective - b.slack;
        let least = (least - SOLVER_TOLERANCE * (1.0 + least.abs())).ceil();
        value = value.max(in_units(least - program.ahead.1, program.unit));
    }
    BoundRecord {
        value,
        reported: b.value,
        tolerance,
        sense: BoundSense::Lower,
        from: b.from,
        solver: b.solver.clone(),
        version: b.version.clone(),
        embedded: b.embedded,
        status: b.status.clone(),
    }
}

/// The weakest bound of all parts that may happen as far as bounds tell; none if one has no bound.
fn least(parts: &[PartRecord]) -> Option<BoundRecord> {
    let mut least: Option<&BoundRecord> = None;
    for part in parts {
        match &part.bound {
            Some(b) if least.is_none_or(|l| b.value < l.value) => least = Some(b),
            Some(_) => {}
            None if part.impossible => {}
            None => return None,
        }
    }
    least.cloned()
}

fn certified(parts: &[PartRecord]) -> String {
    let count = |from: BoundSource| {
        parts.iter().filter(|p| p.bound.as_ref().is_some_and(|b| b.from == from)).count()
    };
    let none = parts.iter().filter(|p| p.bound.is_none()).count();
    let by: Vec<String> = [
        (count(BoundSource::Interval), "by intervals"),
        (count(BoundSource::Relaxation), "by linear relaxation"),
        (count(BoundSource::Proof), "by branching on bounds"),
        (count(BoundSource::Cover), "by layerwise bounds"),
        (count(BoundSource::Solver), "by a solver"),
        (none, "without any input"),
    ]
    .iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, how)| format!("{n} {how}"))
    .collect();
    match parts.len() {
        0 => "the property speaks of no input or of no output that could break it".to_owned(),
        1 => format!("what must not happen is impossible, proved {}", by.concat()[2..].to_owned()),
        n => format!("all {n} ways to break the property are impossible: {}", by.join(", ")),
    }
}

/// Broken parts that the reason names; `parts` has them all.
const NAMED: usize = 3;

fn attacked(a: &AttackRecord, found: Option<&Found>, parts: &[PartRecord]) -> Vec<String> {
    let broken: Vec<&str> = parts.iter().filter(|p| p.broken).map(|p| p.part.as_str()).collect();
    let named = match broken.len() {
        0 => String::new(),
        n if n <= NAMED => format!(" ({})", broken.join("; ")),
        n => format!(" ({}; and {} more)", broken[..NAMED].join("; "), n - NAMED),
    };
    let margin = number(a.value);
    let mut out =
        vec![format!("the replayed input breaks the property: its margin is {margin}{named}")];
    if let Some(o) = a.outputs.as_ref().filter(|o| !o.agreed) {
        let double = found.is_some_and(|f| f.replay.double == Truth::Yes);
        let single = found.is_some_and(|f| f.replay.single == Truth::Yes);
        let word = |breaks: bool| if breaks { "breaks it" } else { "does not" };
        out.push(format!(
            "that is so for the real numbers that the file stands for; in double precision it {}, in \
             single precision it {} (margin {})",
            word(double),
            word(single),
            number(o.single_value)
        ));
    }
    match a.clean.filter(|c| *c <= 0.0) {
        Some(_) if a.changed == 0 => {
            out.push("the point itself is classified so, unchanged".to_owned());
        }
        Some(clean) if a.value < clean => {
            let margin = number(clean);
            out.push(format!("the point itself breaks it already, with a margin of {margin}"));
        }
        Some(_) | None => {}
    }
    out
}

/// What may decide a question that is still open.
const ADVICE: &str = "give more time with --time-limit SECONDS, branch alone with --solver branch, \
                      or install a stronger solver with `theriac solvers install scip highs`";

fn unknown(parts: &[PartRecord], open: &[usize], answer: &Answer) -> Vec<String> {
    let mut out = match (parts, open) {
        ([_], _) => vec!["what must not happen is neither proved impossible nor found".to_owned()],
        (_, [one]) => vec![
            format!(
                "1 of {} ways to break the property is open, and no attack was found",
                parts.len()
            ),
            format!("it is: {}", parts[*one].part),
        ],
        _ => vec![
            format!(
                "{} of {} ways to break the property are open, and no attack was found",
                open.len(),
                parts.len()
            ),
            format!("the first is: {}", parts[open.first().copied().unwrap_or_default()].part),
        ],
    };
    let first = open.first().and_then(|k| parts[*k].missing.clone());
    out.extend(first.or_else(|| answer.missing.clone()));
    out.push(ADVICE.to_owned());
    out
}

/// The bounds that theriac did not prove.
fn assumed(question: &Verification) -> Option<String> {
    match question.supplied.len() {
        0 => None,
        1 => Some("the bounds of 1 neuron that the specification supplies".to_owned()),
        n => Some(format!("the bounds of {n} neurons that the specification supplies")),
    }
}

/// What a reader still has to trust.
fn trust(question: &Verification, parts: &[PartRecord], answer: &Answer) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(bounds) = assumed(question) {
        let (first, rest) = bounds.split_at(1);
        let first = first.to_uppercase();
        out.push(format!("{first}{rest}: theriac takes them for true and does not prove them."));
    }
    let any =
        |from: BoundSource| parts.iter().any(|p| p.bound.as_ref().is_some_and(|b| b.from == from));
    if any(BoundSource::Interval) || any(BoundSource::Relaxation) {
        out.push("The bounds of theriac; `theriac check` computes them again.".to_owned());
    }
    if any(BoundSource::Proof) {
        out.push(
            "The branching of theriac; `theriac check` walks its tree again and bounds every leaf."
                .to_owned(),
        );
    }
    if any(BoundSource::Cover) {
        out.push(
            "The layerwise bounds of theriac; `theriac check` adds up every core of their record \
             again and bounds every cube."
                .to_owned(),
        );
    }
    let solvers: Vec<&str> =
        parts.iter().filter_map(|p| p.bound.as_ref().and_then(|b| b.solver.as_deref())).collect();
    let infeasible = answer.parts.iter().any(|p| p.infeasible);
    if !solvers.is_empty() || infeasible {
        let mut names = solvers;
        names.sort_unstable();
        names.dedup();
        let who = if names.is_empty() { "the solver".to_owned() } else { names.join(", ") };
        out.push(format!(
            "The dual bounds are the word of {who}; they were moved outward by the stated tolerance, \
             but not proved again."
        ));
        out.push(
            "The programs that were solved stand for the parts; `theriac check` compiles them again \
             from the copied specification, byte for byte."
                .to_owned(),
        );
    }
    if let Some(a) = &answer.finder {
        out.push(match a {
            Finder::Solver | Finder::Heuristic | Finder::Enumeration | Finder::Branching => {
                "The replay of the attack through the graph, which `theriac check` does again."
                    .to_owned()
            }
        });
    }
    out
}
