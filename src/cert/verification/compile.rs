//! From a specification to an instance directory.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::analysis::{Prover, analyse};
use super::clock::Clock;
use super::cuts::{self, Cutter, Rounds};
use super::job::{BOUNDS_FILE, Encoder, Job, needs_programs};
use super::layerwise::{self, LayerCuts};
use super::record::{self, Found};
use super::{Study, words};
use crate::back::Watch;
use crate::bounds::graph::Programs;
use crate::cert::certificate::{Direction, FileRecord, FileRole};
use crate::cert::instance::manifest::{self, PartRecord};
use crate::cert::instance::{Instance, Manifest, inputs};
use crate::cert::pipeline::compile::warn;
use crate::cert::pipeline::emit::{self, Emission, Facts, Listening};
use crate::cert::pipeline::place::{free, settle};
use crate::cert::pipeline::replace::Seen;
use crate::cert::pipeline::{CompileOptions, Listener, News, PipelineError, start};
use crate::cert::store;
use crate::encode::EncodeError;
use crate::encode::verify::{Source, VerifyProgram};
use crate::front::spec::Spec;
use crate::ir::VarId;
use crate::question::verify::{Case, Verification};
use crate::search::verify::{AttackOptions, attack, moved_in};
use crate::solve::discover::discover;
use crate::solve::highs_lib::HighsLibrary;

/// Largest violation of a start point: the tolerance that solvers have by default.
const FEASIBLE: f64 = 1e-6;

/// The shares of the time that is left which bounds and the search for an attack may take.
const BOUNDING: f64 = 0.5;
const ATTACKING: f64 = 0.25;

/// Compiles a specification, which was read from `path`, into the directory `dir`, which is complete
/// or as it was: bounds, a search for an attack, and the programs of all parts that are open.
///
/// # Errors
/// [`PipelineError`].
pub fn compile(
    (path, spec): (&Path, Spec<Verification>),
    dir: &Path,
    options: &CompileOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<Job, PipelineError> {
    let seen = Seen::of(dir);
    free(dir, options.force)?;
    let seen = dir.exists().then_some(&seen);
    let clock = Clock::new(None, stop);
    let question = &spec.question;
    let cutter = Cutter::find(question)?;
    let library = tightener(question)?;
    let mut study = study(question, (options, library.as_ref()), &clock, listen)?;
    interrupted(&clock)?;
    let encoder = Encoder::new(question, &options.targets);
    for k in 0..study.parts().len() {
        study.programs[k] = encoder.program(&study.analysis, k)?;
        if let Some(cutter) = &cutter {
            let left = || clock.until(None);
            let made =
                clock.guard(|flag| cutter.cut((question, &mut study), k, (&left, Some(flag))));
            made?;
        }
        interrupted(&clock)?;
    }
    if cutter.is_some() {
        listen(News::Note(Cutter::count((question, &study))));
    }
    warn(options, listen);
    let manifest = settle(dir, seen, |place| {
        let watch = Listening::new(listen, stop);
        fill(place, (path, &spec), &study, (options, Some(&watch)), &mut |_, e| Err(e))
    })?;
    let instance = Instance { dir: dir.to_owned(), manifest };
    Ok(Job { instance, spec, study })
}

/// The solver of linear programs that the question's bounds need, if they need one.
pub(super) fn tightener(question: &Verification) -> Result<Option<HighsLibrary>, PipelineError> {
    match needs_programs(question) {
        true => Ok(Some(HighsLibrary::find(&discover()).ok_or(PipelineError::NoTightener)??)),
        false => Ok(None),
    }
}

/// Bounds, and a search for an attack; less where it is stopped or its time is over. No programs yet.
pub(super) fn study(
    question: &Verification,
    (options, library): (&CompileOptions, Option<&HighsLibrary>),
    clock: &Clock<'_>,
    listen: Listener<'_>,
) -> Result<Study, PipelineError> {
    let threads = crate::back::threads();
    let live = library.map_or(Programs::None, Programs::Solver);
    let (analysis, late) = clock.guard_until(clock.share(BOUNDING), |flag| {
        let found = analyse((question, false), Prover::Live(live), threads, Some(flag));
        (found, flag.load(std::sync::atomic::Ordering::Relaxed))
    });
    // Bounds that were cut off cannot be computed again; those by intervals take no time.
    let analysis = match late {
        true => analyse((question, true), Prover::Live(Programs::None), threads, None)?,
        false => analysis?,
    };
    for pass in &analysis.passes {
        listen(News::Note(format!("{}: {} neurons undecided", pass.pass, pass.unstable)));
    }
    if analysis.hurried {
        let text = match clock.stopped() {
            true => "stopped; bounds are those by intervals alone",
            false => {
                "the time for bounds was over after those by intervals; give more time, or ask for \
                 less with `encode { bounds ... }`"
            }
        };
        listen(News::Note(text.to_owned()));
    }
    let open = analysis.parts.iter().filter(|p| !p.impossible()).count();
    listen(News::Note(match (open, analysis.parts.len()) {
        (0, 1) => "bounds alone prove it".to_owned(),
        (_, 1) => "bounds do not decide it".to_owned(),
        (open, parts) => format!("bounds leave {open} of {parts} parts open"),
    }));
    let programs = vec![None; analysis.parts.len()];
    let cuts = vec![Rounds::new(); analysis.parts.len()];
    let layerwise = vec![LayerCuts::default(); analysis.parts.len()];
    let mut study = Study { analysis, start: None, programs, cuts, layerwise };
    if options.start {
        study.start = search(question, &study, &options.points, clock)?;
    }
    if study.attack().is_some() {
        listen(News::Note("the search by replay found an attack".to_owned()));
    }
    Ok(study)
}

fn interrupted(clock: &Clock<'_>) -> Result<(), PipelineError> {
    match clock.stopped() {
        true => Err(EncodeError::Interrupted.into()),
        false => Ok(()),
    }
}

/// Looks for an attack by replay: one, or else the point that came nearest. Without a time limit the
/// same for the same question and points, near which it looks first.
fn search(
    question: &Verification,
    study: &Study,
    points: &[Vec<f64>],
    clock: &Clock<'_>,
) -> Result<Option<Found>, PipelineError> {
    let open = study.parts().iter().filter(|p| !p.impossible());
    let cases: Vec<Case> = open.map(|p| p.goal.clone()).collect();
    for (x, case) in points.iter().flat_map(|x| cases.iter().map(move |case| (x, case))) {
        let found = record::replay(question, &moved_in(case, x));
        let found = found.map_err(|e| PipelineError::BadAttack(e.to_string()))?;
        if found.as_ref().is_some_and(|f| f.replay.is_attack()) {
            return Ok(found);
        }
    }
    let mut options = AttackOptions::sized(&question.graph);
    options.evaluations = question.approach.evaluations.unwrap_or(options.evaluations);
    if cases.is_empty() || options.evaluations == 0 {
        return Ok(None);
    }
    let failed =
        |e: crate::network::graph::eval::EvalError| PipelineError::BadAttack(e.to_string());
    if question.approach.binarised.is_some() {
        let open = study.parts().iter().filter(|p| !p.impossible());
        let evaluations = question.approach.evaluations;
        let point = clock.guard_until(clock.share(ATTACKING), |flag| {
            layerwise::search(question, open, (points, evaluations), flag)
        })?;
        let replay = |x: Vec<f64>| record::replay(question, &x).map_err(failed);
        return Ok(point.map(replay).transpose()?.flatten());
    }
    let found = clock.guard_until(clock.share(ATTACKING), |flag| {
        attack(&question.graph, &cases, AttackOptions { cancel: Some(flag), ..options })
    });
    let report = found.map_err(failed)?;
    let x = match (&report.attack, &report.near) {
        (Some(a), _) => &a.replay.inputs,
        (None, Some(near)) => &near.inputs,
        (None, None) => return Ok(None),
    };
    record::replay(question, x).map_err(failed)
}

/// What to do about a part whose files cannot be written: nothing, or fail.
pub(super) type Unwritten<'a> =
    &'a mut dyn FnMut(usize, PipelineError) -> Result<(), PipelineError>;

/// Writes every file of an instance but the manifest into `dir`, and returns the manifest.
pub(super) fn fill(
    dir: &Path,
    (path, spec): (&Path, &Spec<Verification>),
    study: &Study,
    (options, watch): (&CompileOptions, Option<&dyn Watch>),
    unwritten: Unwritten<'_>,
) -> Result<Manifest, PipelineError> {
    let question = &spec.question;
    let plan = inputs::plan(path, &emit::roles(&spec.files))?;
    let inputs = inputs::copy(dir, &plan, &spec.text)?;
    let mut extra = None;
    if needs_programs(question) && !study.analysis.hurried {
        store::write_dense_json(&dir.join(BOUNDS_FILE), &study.analysis.records)?;
        extra = Some(store::record(dir, FileRole::Tightening, BOUNDS_FILE)?);
    }
    let start = study.start.as_ref().map(|s| write_start(dir, s)).transpose()?;
    let mut parts = Vec::new();
    for (k, part) in study.parts().iter().enumerate() {
        let mut record = PartRecord {
            part: part.words.clone(),
            case: part.case,
            bound: Some(part.lower).filter(|v| v.is_finite()),
            impossible: part.impossible(),
            skipped: study.without_program(k),
            folder: None,
            program: None,
            targets: Vec::new(),
        };
        let program = study.programs.get(k).and_then(Option::as_ref).filter(|p| !p.decided);
        if let Some(program) = program {
            let folder = format!("part-{}", k + 1);
            let written = write(dir, &folder, (study, program), (options, watch), &mut record);
            match written {
                Ok(()) => record.folder = Some(folder),
                Err(e) => {
                    unwritten(k, e)?;
                    let path = dir.join(&folder);
                    std::fs::remove_dir_all(&path)
                        .map_err(|source| store::StoreError::Write { path, source })?;
                    record =
                        PartRecord { skipped: true, program: None, targets: Vec::new(), ..record };
                }
            }
        }
        parts.push(record);
    }
    let mut cuts = None;
    if let Some(how) = question.approach.binarised {
        if question.approach.cuts > 0 || how.layerwise > 0 {
            let mut all = study.layerwise.clone();
            for (cuts, part) in all.iter_mut().zip(&parts) {
                if part.skipped {
                    *cuts = LayerCuts::default();
                }
            }
            cuts = Some(layerwise::write(dir, &all)?);
        }
    } else if question.approach.cuts > 0 {
        let mut all = study.cuts.clone();
        for (rounds, part) in all.iter_mut().zip(&parts) {
            if part.skipped {
                rounds.clear();
            }
        }
        cuts = Some(cuts::write(dir, &all)?);
    }
    Ok(Manifest {
        schema: manifest::SCHEMA,
        theriac: env!("CARGO_PKG_VERSION").to_owned(),
        question: words::question_text(question),
        inputs,
        start,
        program: None,
        targets: Vec::new(),
        parts,
        passes: study.analysis.passes.clone(),
        hurried: study.analysis.hurried,
        bounds: extra,
        cuts,
        rounds: None,
    })
}

/// Writes the files of one part.
fn write(
    dir: &Path,
    folder: &str,
    (study, program): (&Study, &VerifyProgram),
    (options, watch): (&CompileOptions, Option<&dyn Watch>),
    record: &mut PartRecord,
) -> Result<(), PipelineError> {
    store::folder(&dir.join(folder))?;
    let point = study.start.as_ref().map(|s| program.start(&s.replay.inputs));
    let point = point.filter(|p| program.model.violation(p).amount <= FEASIBLE);
    let emission = Emission {
        dir,
        folder,
        model: &program.model,
        decisions: decisions(program),
        point: point.as_deref(),
        adversary: Direction::Minimises,
        options,
        watch,
    };
    record.targets = emission.targets()?;
    let interval = Some(program.interval.lo);
    record.program = Some(emission.program(Facts { interval, ..Facts::default() })?);
    Ok(())
}

/// The columns of the inputs.
fn decisions(program: &VerifyProgram) -> Vec<(VarId, String)> {
    let columns = program.inputs.iter().filter_map(|source| match source {
        Source::Column(id) => Some(*id),
        Source::Fixed(_) | Source::Free(_) => None,
    });
    columns.map(|id| (id, program.describe(id))).collect()
}

/// Stores a point in an instance directory.
fn write_start(dir: &Path, found: &Found) -> Result<FileRecord, PipelineError> {
    store::write_json(&dir.join(start::FILE_NAME), &record::file(&found.replay.inputs))?;
    Ok(store::record(dir, FileRole::Start, start::FILE_NAME)?)
}
