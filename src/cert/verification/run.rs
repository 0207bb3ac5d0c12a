//! Everything in one go, within one time limit.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::assemble::Assembled;
use super::certify::certify_walked;
use super::clock::Clock;
use super::compile::{fill, study, tightener};
use super::cuts::Cutter;
use super::job::Encoder;
use super::layerwise::{self, LayerCuts};
use super::solve::{Hunt, Proof, Refuted};
use super::{Job, Study};
use crate::back::EmitError;
use crate::cert::instance::Instance;
use crate::cert::pipeline::compile::warn;
use crate::cert::pipeline::emit::Listening;
use crate::cert::pipeline::place::{free, settle};
use crate::cert::pipeline::solve::SolveChoice;
use crate::cert::pipeline::{Listener, News, PipelineError, RunOptions, beside};
use crate::encode::verify::VerifyError;
use crate::front::spec::{SolverChoice, Spec};
use crate::question::verify::Verification;
use crate::solve::discover::Discovery;

/// Bounds the network of a specification, which was read from `path`, looks for an attack, branches,
/// writes the programs of what is still open into `dir`, asks a solver for them, and writes the
/// certificate. The time limit is that of all of this; what it leaves out, the certificate says.
/// Where the search fails, the certificate says what is known without it; an older answer in `dir`
/// is not given up for that.
///
/// # Errors
/// [`PipelineError`].
pub fn run(
    (path, spec): (&Path, Spec<Verification>),
    dir: &Path,
    options: &RunOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Job, Assembled), PipelineError> {
    free(dir, options.compile.force)?;
    let choice = options.over(&spec.solve);
    let make = |dir: &Path| make((path, spec), dir, (options, &choice), listen, stop);
    let failure = |made: &(Job, Assembled)| made.1.failure.clone();
    let (mut job, assembled) = beside((dir, None), choice.solver, make, failure)?;
    job.instance.dir = dir.to_owned();
    Ok((job, assembled))
}

fn make(
    (path, spec): (&Path, Spec<Verification>),
    dir: &Path,
    (options, choice): (&RunOptions, &SolveChoice),
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Job, Assembled), PipelineError> {
    let clock = Clock::new(choice.time_limit, stop);
    let question = &spec.question;
    let compile = &options.compile;
    let mut without = Vec::new();
    let library = or_without(tightener(question), &mut without)?;
    without.iter().for_each(|why| listen(News::Note(why.clone())));
    let around = match (choice.solver, choice.time_limit) {
        (SolverChoice::Auto, Some(_)) => Discovery::begin(),
        _ => Discovery::default(),
    };
    let mut study = study(question, (compile, library.as_ref()), &clock, listen)?;
    let mut hunt = Hunt::new(&study, choice, clock, around)?;
    hunt.search.missing = (!without.is_empty()).then(|| without.join("; "));
    let branched = hunt.branch(question, &study, listen);
    // To find solvers takes longer than to decide many a question.
    let cutter = match hunt.search.open(&study).is_empty() {
        true => None,
        false => {
            or_without(Cutter::find(question), &mut without)?.or_else(|| Cutter::alone(question))
        }
    };
    if let Some(why) = without.last().filter(|_| hunt.search.missing.is_none()) {
        listen(News::Note(why.clone()));
        hunt.search.missing = Some(without.join("; "));
    }
    encode(question, &mut study, &mut hunt, (options, cutter.as_ref()));
    if cutter.is_some() {
        listen(News::Note(Cutter::count((question, &study))));
    }
    warn(compile, listen);
    // Writing takes as long as the time that is left; a part that is not there by then has no files.
    let mut late = Vec::new();
    let manifest = settle(dir, None, |place| {
        clock.guard(|flag| {
            let watch = Listening::new(listen, flag);
            fill(place, (path, &spec), &study, (compile, Some(&watch)), &mut |k, e| {
                let refused =
                    matches!(e, PipelineError::Emit { source: EmitError::Refused(_), .. });
                if !refused && !clock.over() {
                    return Err(e);
                }
                late.push((k, if refused { e.to_string() } else { LATE.to_owned() }));
                Ok(())
            })
        })
    })?;
    for (k, why) in late {
        study.programs[k] = None;
        study.cuts[k].clear();
        study.layerwise[k] = LayerCuts::default();
        hunt.search.parts[k].missing = Some(why);
    }
    let instance = Instance { dir: dir.to_owned(), manifest };
    let job = Job { instance, spec, study };
    let done = branched.and_then(|()| hunt.ask(&job, listen));
    hunt.judge(&job, done)?;
    let refuted = |p: &Proof| {
        let part = job.study.parts().get(p.part).zip(p.layers.as_ref());
        let made = |(part, log)| layerwise::made(&job.spec.question, part, log);
        Ok((p.part, part.map_or(Ok(Refuted::Tree), made)?))
    };
    let walked: Result<Vec<_>, PipelineError> = hunt.search.proofs.iter().map(refuted).collect();
    let walked = walked?;
    hunt.keep(&job, listen)?;
    let assembled = certify_walked(&job, &walked)?;
    Ok((job, assembled))
}

/// Something that works may do without, if a solver is missing; it is told.
fn or_without<T>(
    found: Result<Option<T>, PipelineError>,
    without: &mut Vec<String>,
) -> Result<Option<T>, PipelineError> {
    match found {
        Err(e @ (PipelineError::NoTightener | PipelineError::NoCutter)) => {
            without.push(e.to_string());
            Ok(None)
        }
        other => other,
    }
}

/// The share of the time that is left after branching which rounds of cuts may take.
const CUTTING: f64 = 0.25;

/// Why a part has no program.
const LATE: &str = "the time was over, or it was stopped, before its program was written";

/// Makes the programs of what is still open, as far as time allows. One that cannot be made is
/// noted: bounds may decide without it.
fn encode(
    question: &Verification,
    study: &mut Study,
    hunt: &mut Hunt<'_>,
    (options, cutter): (&RunOptions, Option<&Cutter>),
) {
    let encoder = Encoder::new(question, &options.compile.targets);
    let clock = hunt.clock;
    let end = clock.share(CUTTING);
    for k in hunt.search.open(study) {
        if hunt.clock.over() {
            hunt.search.parts[k].missing.get_or_insert(LATE.to_owned());
            continue;
        }
        let made = clock.guard(|flag| encoder.until(flag).program(&study.analysis, k));
        match made {
            Ok(program) => study.programs[k] = program,
            Err(PipelineError::Network(VerifyError::Stopped)) => {
                hunt.search.parts[k].missing.get_or_insert(LATE.to_owned());
            }
            Err(e) => hunt.search.parts[k].missing = Some(e.to_string()),
        }
        let cut = cutter.map_or(Ok(()), |c| {
            let left = || clock.until(end);
            clock.guard_until(end, |flag| c.cut((question, study), k, (&left, Some(flag))))
        });
        if let Err(e) = cut {
            study.programs[k] = None;
            hunt.search.parts[k].missing = Some(e.to_string());
        }
    }
}
