//! From the grounds of an answer to its certificate. Pure: the same grounds, the same bytes.

use thiserror::Error;

use crate::question::{Attack, Goal, Question, Scope, membership};
use crate::train::{self, Replay, ReplayError};

use super::answer::{Answer, Finder, StatedBound};
use super::certificate::{
    AttackRecord, BoundRecord, BoundSense, BoundSource, Certificate, Direction, FileRecord, SCHEMA,
};
use super::verdict::{Evidence, contradiction, gap, judge, provable_by_bound};
use super::{record, seal, words};
use crate::front::printable::number;
use crate::sol::Status;

/// A floating-point solver's dual bound is moved outward by this much times `1 + |bound|`: its
/// feasibility and optimality tolerances are of that size.
pub const SOLVER_TOLERANCE: f64 = 1e-6;

/// Exhaustive replay and the interval pass work with doubles whose rounding this covers.
pub const REPLAY_TOLERANCE: f64 = 1e-12;

/// Switches nearer to their kink than this are reported as ties.
pub const TIE_TOLERANCE: f64 = 1e-9;

/// How far training may fall short of the value that a solver claims for its point before that is
/// worth a word: what the tolerances of solvers explain.
#[must_use]
pub fn short_of(claimed: f64) -> f64 {
    10.0 * SOLVER_TOLERANCE * (1.0 + claimed.abs())
}

/// What is to be believed of times.
pub(in crate::cert) const CLOCK: &str = "The wall-clock times are as they were measured.";

/// Says that training does not reach what the solver claims for its point, if so.
fn shortfall(question: &Question, claimed: f64, value: Option<f64>) -> Option<String> {
    let direction = words::direction(&question.goal);
    let reached = |v: f64| !direction.worse(claimed, v) || (claimed - v).abs() <= short_of(claimed);
    if value.is_some_and(reached) {
        return None;
    }
    let band = question.encode.tie_band;
    let wider = if band > 0.0 { format!(" (it is {} now)", number(band)) } else { String::new() };
    Some(format!(
        "the solver claims {} for its point, which training on it does not reach, nor on attacks \
         very near to it: the point lies on a tie, or within the solver's tolerance of one, and \
         replay takes the other side; `encode {{ tie-band {} }}` keeps away from ties{wider}",
        number(claimed),
        number(if band > 0.0 { 10.0 * band } else { 1e-4 })
    ))
}

/// Says that the solver called a point optimal whose value is not its bound, if so: solvers stop at a
/// relative gap, which is not 0 unless one asks for that.
fn stopped_early(answer: &Answer) -> Option<String> {
    let stated = answer.bound.as_ref().filter(|b| b.from == BoundSource::Solver)?;
    let apart = (answer.claimed? - stated.value).abs();
    let explained = stated.slack + SOLVER_TOLERANCE * (1.0 + stated.value.abs());
    (stated.status == Status::Optimal.to_string() && apart > explained).then(|| {
        format!(
            "{} stopped at its relative gap: it calls a point optimal whose value is {} away from \
             its bound",
            stated.solver.as_deref().unwrap_or("the solver"),
            number(apart)
        )
    })
}

/// All that a certificate is made from.
#[derive(Clone, Debug)]
pub struct Grounds<'a> {
    /// The question.
    pub question: &'a Question,
    /// What the search answered.
    pub answer: &'a Answer,
    /// The bound of the interval pass, computed anew: it stands where the answer's bound is wrong
    /// or, moved outward, weaker.
    pub interval: Option<&'a StatedBound>,
    /// The attack, if one was found.
    pub attack: Option<&'a Attack>,
    /// The files that the certificate rests on, with their hashes.
    pub files: Vec<FileRecord>,
}

/// A certificate with the replays behind it.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// The certificate.
    pub certificate: Certificate,
    /// Training on the unchanged data.
    pub clean: Replay,
    /// Training on the attacked data.
    pub worst: Option<Replay>,
    /// How the search failed, if it did.
    pub failure: Option<String>,
}

/// Why no certificate can be made.
#[derive(Debug, Error)]
pub enum AssembleError {
    /// The training run cannot be replayed.
    #[error("the training run cannot be replayed: {0}")]
    Replay(#[from] ReplayError),
    /// The attack does something that the threat does not allow.
    #[error("the attack is not one that the threat allows: {0}")]
    NotAllowed(#[from] membership::Outside),
    /// A number that JSON cannot hold.
    #[error("the certificate cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// A number of the answer is not finite.
    #[error("{what} of the stored answer is not a finite number; solve the instance again")]
    NotFinite {
        /// Which number.
        what: &'static str,
    },
}

/// The attack that changes nothing, with as many choices as the question's scope needs.
#[must_use]
pub fn no_attack(question: &Question) -> Attack {
    Attack::none(match question.threat.scope {
        Scope::Run => 1,
        Scope::Batch => question.training.steps(),
    })
}

/// Checks the attack against the threat, replays it from scratch, and judges.
///
/// # Errors
/// [`AssembleError`].
pub fn assemble(grounds: &Grounds<'_>) -> Result<Assembled, AssembleError> {
    let Grounds { question, answer, interval, attack, files } = grounds;
    finite(answer)?;
    let direction = words::direction(&question.goal);
    let clean = train::replay(question, &no_attack(question), TIE_TOLERANCE)?;
    let worst = match attack {
        None => None,
        Some(a) => {
            membership::check(question, a)?;
            Some(train::replay(question, a, TIE_TOLERANCE)?)
        }
    };
    let record = match (attack, &worst) {
        (Some(a), Some(r)) => attack_record(question, answer, a, r, &clean),
        _ => None,
    };
    let evidence = |bound: Option<&BoundRecord>| Evidence {
        direction,
        claim: question.claim,
        bound: bound.map(|b| b.value),
        tolerance: bound.map_or(0.0, |b| b.tolerance),
        attack: record.as_ref().map(|a| a.value),
        most: words::most_samples(question),
    };
    let stated = answer.bound.as_ref().map(|b| bound(question, direction, b));
    let wrong = contradiction(&evidence(stated.as_ref()));
    let (stated, withdrawn) = if wrong.is_some() { (None, stated) } else { (stated, None) };
    let own = interval.filter(|b| b.value.is_finite()).map(|b| bound(question, direction, b));
    let own = own.filter(|b| contradiction(&evidence(Some(b))).is_none());
    // Of two bounds the stronger counts; of equal ones that which asks for less trust.
    let plain = own.clone();
    let mut bound = match (stated, own) {
        (Some(s), Some(o)) if direction.worse(o.value, s.value) => Some(s),
        (s, o) => o.or(s),
    };
    let mut judged = judge(&evidence(bound.as_ref()));
    // A tie band leaves runs out of the solver's program: its bound alone certifies nothing.
    let by_bound = question.claim.is_none_or(|c| provable_by_bound(direction, c.relation));
    let solver = bound.as_ref().is_some_and(|b| b.from == BoundSource::Solver);
    let band = question.encode.tie_band;
    if band > 0.0 && solver && by_bound && judged.0 == super::Verdict::Certified {
        let alone = judge(&evidence(plain.as_ref()));
        if alone.0 == super::Verdict::Certified {
            (bound, judged) = (plain, alone);
        } else {
            let why = format!(
                "{}, but only over runs that stay {} away from every switching point: the tie \
                 band leaves out the others, which may be worse",
                judged.1,
                number(band)
            );
            judged = (super::Verdict::Unknown, why);
        }
    }
    let evidence = evidence(bound.as_ref());
    let (verdict, reason) = judged;
    let mut reason = vec![reason];
    if let (super::Verdict::Attacked, Some(a)) = (verdict, &record) {
        let fails = |v: &f64| question.claim.is_some_and(|c| !c.holds(*v));
        match a.clean.filter(fails) {
            _ if a.changed == 0 => {
                reason = vec![format!("{} (on unchanged data already)", reason.concat())];
            }
            Some(clean) => reason.push(format!(
                "the claim fails on unchanged data already, whose value is {}",
                number(clean)
            )),
            None => {}
        }
    }
    if let Some(why) = wrong {
        if verdict == super::Verdict::Unknown && bound.is_none() {
            reason.clear();
        }
        let instead = bound.as_ref().map(|b| {
            format!(": it is withdrawn, and the {} bound {} counts", b.from.word(), number(b.value))
        });
        reason.push(format!("{why}{}", instead.unwrap_or_default()));
    }
    if verdict == super::Verdict::Unknown {
        reason.extend(answer.missing.clone());
        let by_solver = bound.as_ref().filter(|b| b.from == BoundSource::Solver);
        reason.extend(by_solver.and_then(|_| stopped_early(answer)));
    }
    reason.extend(
        answer.claimed.and_then(|c| shortfall(question, c, record.as_ref().map(|a| a.value))),
    );
    reason.extend(answer.failure.as_ref().map(|why| format!("the search failed: {why}")));
    let mut history = answer.history.clone();
    if withdrawn.is_some() {
        let known = bound.as_ref().map(|b| b.value);
        history.iter_mut().for_each(|m| m.bound = known);
    }
    let mut certificate = Certificate {
        schema: SCHEMA,
        theriac: answer.theriac.clone(),
        question: words::question_text(question),
        verdict,
        reason: reason.join("; "),
        gap: gap(evidence.bound, evidence.attack, evidence.tolerance),
        trust: trust(bound.as_ref(), question, Brought::of(answer)),
        bound,
        parts: Vec::new(),
        reach: None,
        radius: None,
        withdrawn,
        attack: record,
        seconds: answer.seconds,
        history,
        files: files.clone(),
        seal: String::new(),
    };
    certificate.seal = seal::of(&certificate)?;
    Ok(Assembled { certificate, clean, worst, failure: answer.failure.clone() })
}

/// Refuses an answer with a number that JSON cannot hold.
pub(super) fn finite(answer: &Answer) -> Result<(), AssembleError> {
    let check = |v: Option<f64>, what| match v {
        Some(v) if !v.is_finite() => Err(AssembleError::NotFinite { what }),
        _ => Ok(()),
    };
    check(answer.bound.as_ref().map(|b| b.value), "the bound")?;
    check(answer.bound.as_ref().map(|b| b.slack), "the bound's slack")?;
    check(answer.bound.as_ref().and_then(|b| b.objective), "the dual bound")?;
    check(answer.claimed, "the claimed value")?;
    for part in &answer.parts {
        check(part.bound.as_ref().map(|b| b.value), "the bound of a part")?;
        check(part.bound.as_ref().map(|b| b.slack), "the slack of a part's bound")?;
        check(part.bound.as_ref().and_then(|b| b.objective), "the dual bound of a part")?;
        check(part.claimed, "the claimed value of a part")?;
    }
    check(Some(answer.seconds), "the time")?;
    for m in &answer.history {
        check(Some(m.seconds), "a time of the history")?;
        check(m.bound, "a bound of the history")?;
        check(m.incumbent, "a value of the history")?;
    }
    Ok(())
}

/// The stated bound, moved outward for its source's arithmetic; a count moves on to the next
/// whole number inside, because no value lies between.
fn bound(question: &Question, direction: Direction, stated: &StatedBound) -> BoundRecord {
    let scale = match stated.from {
        BoundSource::Solver => SOLVER_TOLERANCE,
        BoundSource::Enumeration => REPLAY_TOLERANCE,
        BoundSource::Interval
        | BoundSource::Relaxation
        | BoundSource::Proof
        | BoundSource::Cover => 0.0,
    };
    // Errors are not bounded by an objective where rounds bound parameters: their ends were moved outward.
    let counted = stated.objective.is_none() && matches!(question.goal, Goal::Errors(_));
    let solver = stated.from == BoundSource::Solver && !counted;
    let tolerance = if words::counts(&question.goal) && !solver {
        0.0
    } else {
        scale * (1.0 + stated.value.abs())
    };
    let moved = direction.outward(stated.value, tolerance);
    let (value, sense) = match direction {
        Direction::Minimises => (moved, BoundSense::Lower),
        Direction::Maximises => (moved, BoundSense::Upper),
    };
    let value = match (words::counts(&question.goal), direction) {
        (false, _) => value,
        (true, Direction::Minimises) => value.ceil(),
        (true, Direction::Maximises) => value.floor(),
    };
    BoundRecord {
        value,
        reported: stated.value,
        tolerance,
        sense,
        from: stated.from,
        solver: stated.solver.clone(),
        version: stated.version.clone(),
        embedded: stated.embedded,
        status: stated.status.clone(),
    }
}

/// An attack that does not reach its goal at all (an infinite replayed value) is no attack.
fn attack_record(
    question: &Question,
    answer: &Answer,
    attack: &Attack,
    replay: &Replay,
    clean: &Replay,
) -> Option<AttackRecord> {
    if !replay.value.is_finite() {
        return None;
    }
    let choices = record::choices(question, attack);
    Some(AttackRecord {
        value: replay.value,
        claimed: answer.claimed,
        difference: answer.claimed.map(|c| c - replay.value),
        clean: clean.value.is_finite().then_some(clean.value),
        finder: answer.finder.unwrap_or(Finder::Heuristic),
        ties: replay.ties.len(),
        changed: record::changed(&choices),
        choices,
        test_input: attack.test_input.clone(),
        outputs: None,
    })
}

/// What of an answer was brought along.
#[derive(Clone, Copy, Debug)]
enum Brought {
    /// A solution with a point, and no log.
    Solution,
    /// A solution with a point, and a log.
    Both,
    /// A log, and a solution without a point.
    Log,
}

impl Brought {
    /// A search of the program's own has a time and a history; what was brought along has not.
    fn of(answer: &Answer) -> Option<Self> {
        let own = answer.solution.is_none() || answer.seconds != 0.0 || !answer.history.is_empty();
        match (answer.log.is_some(), answer.model.is_some()) {
            _ if own => None,
            (true, true) => Some(Brought::Both),
            (true, false) => Some(Brought::Log),
            (false, _) => Some(Brought::Solution),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Brought::Solution => {
                "The solution file was brought along. It names this model by its fingerprint, a \
                 number of six digits, which whoever edits the file can edit too."
            }
            Brought::Both => {
                "The solution file and the log were brought along. The solution names this model \
                 by its fingerprint, a number of six digits. A log names no model: its sizes fit \
                 this one and its final value fits the solution, which the log of another question \
                 with the same worst value would too. Settings that a log does not show are unknown."
            }
            Brought::Log => {
                "The log was brought along, and no point with it. A log names no model: its sizes \
                 fit this one, which those of a question that differs in its threat alone may too. Settings that a log does not show are unknown."
            }
        }
    }
}

/// What a reader still has to trust, because `check` cannot compute it again.
fn trust(
    bound: Option<&BoundRecord>,
    question: &Question,
    brought: Option<Brought>,
) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(b) = bound {
        out.push(match b.from {
            BoundSource::Solver => format!(
                "The dual bound is the word of {}; it was moved outward by the stated tolerance, \
                 but not proved again.",
                b.solver.as_deref().unwrap_or("the solver")
            ),
            BoundSource::Interval => {
                "The interval pass of theriac; `theriac check` computes it again.".to_owned()
            }
            BoundSource::Relaxation => {
                "The linear relaxation of theriac; `theriac check` computes it again.".to_owned()
            }
            BoundSource::Enumeration => {
                "The exhaustive search of theriac; `theriac check` does it again where that takes \
                 seconds, `theriac check --repeat` always."
                    .to_owned()
            }
            BoundSource::Proof | BoundSource::Cover => {
                "The program that checked the proof.".to_owned()
            }
        });
        if b.from == BoundSource::Solver {
            out.push(
                "The program that was solved stands for the question; `theriac check` compiles it \
                 again from the copied specification, byte for byte."
                    .to_owned(),
            );
        }
        if b.from == BoundSource::Solver
            && let Some(brought) = brought
        {
            out.push(brought.words().to_owned());
        }
        if b.from == BoundSource::Solver && question.encode.tie_band > 0.0 {
            out.push(
                "The tie band leaves out runs that come near a switching point: the bound holds \
                 for the others."
                    .to_owned(),
            );
        }
    }
    out.push("Replay uses doubles in a fixed order, as the training framework does.".to_owned());
    out.push(CLOCK.to_owned());
    out
}
