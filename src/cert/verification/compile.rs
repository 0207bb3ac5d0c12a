//! From a specification to an instance directory.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::analysis::{Analysis, Prover, analyse};
use super::job::{BOUNDS_FILE, Job, needs_programs, programs};
use super::record::{self, Found};
use super::words;
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
use crate::search::verify::{AttackOptions, attack};
use crate::solve::discover::discover;
use crate::solve::highs_lib::HighsLibrary;

/// Largest violation of a start point: the tolerance that solvers have by default.
const FEASIBLE: f64 = 1e-6;

/// Compiles a specification, which was read from `path`, into the directory `dir`, which is complete
/// or as it was: bounds, a search for an attack, and the programs of all parts that are open. With
/// `decide`, no program is written once an attack is found.
///
/// # Errors
/// [`PipelineError`].
pub fn compile_until(
    (path, spec): (&Path, Spec<Verification>),
    dir: &Path,
    (options, decide): (&CompileOptions, bool),
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<Job, PipelineError> {
    let seen = Seen::of(dir);
    free(dir, options.force)?;
    let seen = dir.exists().then_some(&seen);
    let question = &spec.question;
    if question.approach.cuts > 0 {
        return Err(PipelineError::NoCuts);
    }
    let threads = crate::back::threads();
    let library = match needs_programs(question) {
        true => Some(HighsLibrary::find(&discover()).ok_or(PipelineError::NoTightener)??),
        false => None,
    };
    let live = library.as_ref().map_or(Programs::None, Programs::Solver);
    let analysis = analyse(question, Prover::Live(live), threads, Some(stop))?;
    interrupted(stop)?;
    for pass in &analysis.passes {
        listen(News::Note(format!("{}: {} neurons undecided", pass.pass, pass.unstable)));
    }
    let open = analysis.parts.iter().filter(|p| !p.impossible()).count();
    listen(News::Note(format!("bounds leave {open} of {} parts open", analysis.parts.len())));
    let start = search(question, &analysis, options.start)?;
    interrupted(stop)?;
    let attacked = start.as_ref().is_some_and(|s| s.replay.is_attack());
    if attacked {
        listen(News::Note("the search by replay found an attack".to_owned()));
    }
    let programs = match attacked && decide {
        true => vec![None; analysis.parts.len()],
        false => programs(question, &analysis, &options.targets)?,
    };
    warn(options, listen);
    let manifest = settle(dir, seen, |place| {
        let watch = Listening::new(listen, stop);
        let made = Made { analysis: &analysis, programs: &programs, start: start.as_ref() };
        fill(place, path, &spec, made, options, Some(&watch))
    })?;
    let instance = Instance { dir: dir.to_owned(), manifest };
    Ok(Job { instance, spec, analysis, programs, start })
}

fn interrupted(stop: &AtomicBool) -> Result<(), PipelineError> {
    match stop.load(Ordering::Relaxed) {
        true => Err(EncodeError::Interrupted.into()),
        false => Ok(()),
    }
}

/// Looks for an attack by replay: one, or else the point that came nearest. The same for the same
/// question.
pub(super) fn search(
    question: &Verification,
    analysis: &Analysis,
    wanted: bool,
) -> Result<Option<Found>, PipelineError> {
    let open = analysis.parts.iter().filter(|p| !p.impossible());
    let open: Vec<(usize, &Case)> = open.map(|p| (p.case, &p.goal)).collect();
    let mut options = AttackOptions::sized(&question.graph);
    options.evaluations = question.approach.evaluations.unwrap_or(options.evaluations);
    if open.is_empty() || !wanted || options.evaluations == 0 {
        return Ok(None);
    }
    let cases: Vec<Case> = open.iter().map(|(_, case)| (*case).clone()).collect();
    let failed =
        |e: crate::network::graph::eval::EvalError| PipelineError::BadAttack(e.to_string());
    let report = attack(&question.graph, &cases, options).map_err(failed)?;
    let x = match (&report.attack, &report.near) {
        (Some(a), _) => &a.replay.inputs,
        (None, Some(near)) => &near.inputs,
        (None, None) => return Ok(None),
    };
    record::replay(question, x).map_err(failed)
}

/// What the files of an instance are written from.
#[derive(Clone, Copy)]
pub(super) struct Made<'a> {
    pub analysis: &'a Analysis,
    pub programs: &'a [Option<VerifyProgram>],
    pub start: Option<&'a Found>,
}

/// Writes every file of an instance but the manifest into `dir`, and returns the manifest.
pub(super) fn fill(
    dir: &Path,
    path: &Path,
    spec: &Spec<Verification>,
    made: Made<'_>,
    options: &CompileOptions,
    watch: Option<&dyn Watch>,
) -> Result<Manifest, PipelineError> {
    let question = &spec.question;
    let plan = inputs::plan(path, &emit::roles(&spec.files))?;
    let inputs = inputs::copy(dir, &plan, &spec.text)?;
    let mut extra = None;
    if needs_programs(question) {
        store::write_dense_json(&dir.join(BOUNDS_FILE), &made.analysis.records)?;
        extra = Some(store::record(dir, FileRole::Tightening, BOUNDS_FILE)?);
    }
    let start = made.start.map(|s| write_start(dir, s)).transpose()?;
    let mut parts = Vec::new();
    for (k, part) in made.analysis.parts.iter().enumerate() {
        let program = made.programs.get(k).and_then(Option::as_ref).filter(|p| !p.decided);
        let mut record = PartRecord {
            part: part.words.clone(),
            case: part.case,
            bound: Some(part.lower).filter(|v| v.is_finite()),
            impossible: part.impossible(),
            folder: None,
            program: None,
            targets: Vec::new(),
        };
        if let Some(program) = program {
            let folder = format!("part-{}", k + 1);
            store::folder(&dir.join(&folder))?;
            let point = made.start.map(|s| program.start(&s.replay.inputs));
            let point = point.filter(|p| program.model.violation(p).amount <= FEASIBLE);
            let emission = Emission {
                dir,
                folder: &folder,
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
            record.folder = Some(folder);
        }
        parts.push(record);
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
        passes: made.analysis.passes.clone(),
        bounds: extra,
    })
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
