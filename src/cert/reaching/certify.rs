//! From the stored answer to the certificate.

use super::record::{REACH_FILE, ReachFile, ReachRecord};
use super::rounds::Concluded;
use super::solve::{Solved, bound};
use super::words::question_text;
use super::{Job, rounds};
use crate::bounds::Interval;
use crate::bounds::training::{Direction, Reached, Until, along, reached, scores};
use crate::cert::assemble::{AssembleError, Assembled, CLOCK, Grounds, TIE_TOLERANCE, assemble};
use crate::cert::attack_file::AttackFile;
use crate::cert::certificate::FileRole;
use crate::cert::pipeline::PipelineError;
use crate::cert::{answer, certificate, seal, store};
use crate::network::Layout;
use crate::question::Attack;
use crate::question::reach::Reaching;
use crate::train;

/// Judges the stored answer and writes `certificate.json`. Every step is bounded again.
///
/// # Errors
/// [`PipelineError`], among them that the stored boxes are not those of the question.
pub fn certify(job: &Job) -> Result<Assembled, PipelineError> {
    let dir = &job.instance.dir;
    if !dir.join(answer::FILE_NAME).exists() {
        return Err(PipelineError::NotSolved { dir: dir.clone() });
    }
    let (found, same) = again(job)?;
    if !same {
        return Err(PipelineError::BadAnswer(format!("{REACH_FILE} has other boxes")));
    }
    certify_reached(job, &found)
}

/// The boxes that the question gives, as far as the stored ones go; and whether those are the same.
pub(super) fn again(job: &Job) -> Result<(Solved, bool), PipelineError> {
    let path = job.instance.dir.join(REACH_FILE);
    let stored: ReachFile = store::read_json(&path, "boxes of parameters")?;
    let reaching = &job.spec.question;
    let solved = match reaching.approach.rounds {
        Some(_) => {
            let (reached, rounds) = rounds::again(job)?;
            Solved { reached, rounds }
        }
        None => {
            let until = Until::Steps(stored.windows(), stored.answered);
            let reached = reached(reaching, crate::back::threads(), until, &mut |_, _, _| {})?;
            Solved { reached, rounds: Concluded::default() }
        }
    };
    let file = ReachFile::new(reaching, &solved);
    let same = store::json(&file).ok() == store::read(&path).ok();
    Ok((solved, same))
}

/// As [`certify`], where the boxes were made a moment ago.
pub(super) fn certify_reached(job: &Job, found: &Solved) -> Result<Assembled, PipelineError> {
    let assembled = judge(job, found)?;
    let path = job.instance.dir.join(certificate::FILE_NAME);
    store::write_json(&path, &assembled.certificate)?;
    Ok(assembled)
}

/// The certificate that the files of an instance and these boxes give.
pub(super) fn judge(job: &Job, found: &Solved) -> Result<Assembled, PipelineError> {
    let reaching = &job.spec.question;
    let question = &reaching.question;
    let mut answer = job.instance.answer()?;
    let mut files = job.instance.grounds(&answer)?;
    for name in rounds::listed(found.rounds.tallies.len()) {
        files.push(store::record(&job.instance.dir, FileRole::Round, &name)?);
    }
    let attack = match answer.finder {
        None => None,
        Some(_) => {
            let file = AttackFile::read(&job.instance.dir)?;
            Some(file.attack(question).map_err(PipelineError::BadAttack)?)
        }
    };
    if let Some(attack) = &attack {
        within(reaching, attack, &found.reached)?;
    }
    // The bound is not taken from the answer, but from the boxes.
    answer.bound = None;
    let own = bound(reaching, found);
    let attack = attack.as_ref();
    let mut made =
        assemble(&Grounds { question, answer: &answer, interval: Some(&own), attack, files })?;
    made.certificate.question = question_text(reaching);
    if reaching.approach.rounds.is_some() {
        // They have no clock.
        made.certificate.trust.retain(|t| t != CLOCK);
    }
    made.certificate.reach = Some(ReachRecord::new(reaching, found));
    made.certificate.seal = seal::of(&made.certificate).map_err(AssembleError::Json)?;
    Ok(made)
}

/// A replay may leave a box by the rounding of its arithmetic alone; relative.
const ROUNDING: f64 = 1e-9;

/// A replay is a proof: boxes, ranges of templates and scores that one leaves are wrong, whoever vouches for
/// them.
fn within(reaching: &Reaching, attack: &Attack, reached: &Reached) -> Result<(), PipelineError> {
    let question = &reaching.question;
    let layout = Layout::of(&question.network);
    let run = train::replay(question, attack, TIE_TOLERANCE)?;
    let states: Vec<Vec<f64>> = run.trajectory.iter().map(|p| layout.flatten(p)).collect();
    let wrong = |what: String| {
        Err(PipelineError::BadAnswer(format!("{what}, so a solver's bound is wrong")))
    };
    let outside = |v: f64, size: f64, i: &Interval| {
        let slack = ROUNDING * (1.0 + size);
        v < i.lo - slack || v > i.hi + slack
    };
    let sizes = |template: &Direction, values: &[f64]| -> f64 {
        template.iter().filter_map(|(k, d)| values.get(*k).map(|v| (d * v).abs())).sum()
    };
    for (step, values) in states.iter().enumerate() {
        let ranges = reached.ranges.get(step).into_iter().flatten();
        for (k, (template, i)) in reached.templates.iter().zip(ranges).enumerate() {
            let (v, size) = (along(template, values), sizes(template, values));
            if outside(v, size, i) {
                return wrong(format!(
                    "the replayed attack takes template {k} to {v} in step {step}, outside of its range"
                ));
            }
        }
        let all = reached.own.steps.get(step).into_iter().flatten();
        let mut boxes = values.iter().zip(all).zip(layout.references());
        if let Some(((v, _), parameter)) = boxes.find(|((v, i), _)| outside(**v, v.abs(), i)) {
            return wrong(format!(
                "the replayed attack takes {parameter} to {v} in step {step}, outside of its box"
            ));
        }
    }
    // Programs of their own may have proved the scores.
    let last: Vec<Interval> =
        states.last().into_iter().flatten().map(|v| Interval::point(*v)).collect();
    let points: Vec<Vec<f64>> = reaching.points().iter().map(|p| p.input.clone()).collect();
    let found = scores(question, &last, &points)?;
    let place = found.iter().zip(&reached.own.scores).position(|(v, i)| {
        let slack = ROUNDING * (1.0 + v.lo.abs());
        v.hi < i.lo - slack || v.lo > i.hi + slack
    });
    let Some(place) = place else { return Ok(()) };
    // Scores stand point by point for each pair of outputs.
    let point = reaching.points().get(place % points.len().max(1));
    wrong(format!(
        "the replayed attack takes the score at {} out of what is proved of it",
        point.map_or("a point", |p| p.source.as_str())
    ))
}
