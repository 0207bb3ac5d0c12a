//! From a specification to an instance directory.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::emit::{self, Emission, Facts, Listening};
use super::error::poisoning;
use super::place::{self, free};
use super::program::{self, Fresh, TIGHTENING_FILE};
use super::replace::Seen;
use super::start::{self, Start};
use super::{Job, Listener, News, PipelineError};
use crate::back::{EmitError, Watch};
use crate::cert::instance::manifest;
use crate::cert::instance::{Instance, Manifest, inputs};
use crate::cert::store;
use crate::cert::words;
use crate::encode::poison::decode::decisions;
use crate::encode::{EncodeError, Program};
use crate::front::packing::Packing;
use crate::front::spec::{self, Spec};
use crate::ir::{Names, class};
use crate::lower::{Format, Target};
use crate::question::{Dataset, Labels, Question};
use crate::train::ReplayError;

/// Choices of `compile`.
#[derive(Clone, Debug)]
pub struct CompileOptions {
    /// What the program is written for.
    pub targets: Vec<Target>,
    /// How names look.
    pub names: Names,
    /// How model files are compressed, if they are.
    pub compress: Option<Packing>,
    /// Whether an existing instance directory is replaced even if it holds results.
    pub force: bool,
    /// Whether to look for an attack to start from: for start files, for a solver's warm start, and
    /// as the first answer. A question with a cutoff always needs one.
    pub start: bool,
    /// Inputs near which attacks on a network are looked for first, in whatever set they lie.
    pub points: Vec<Vec<f64>>,
}

impl Default for CompileOptions {
    fn default() -> Self {
        CompileOptions {
            targets: vec![Target::PortableLp, Target::PortableMps],
            names: Names::Readable,
            compress: None,
            force: false,
            start: true,
            points: Vec::new(),
        }
    }
}

/// Compiles the specification at `spec` into the directory `dir`, which is complete or as it was.
///
/// # Errors
/// [`PipelineError`].
pub fn compile(
    spec: &Path,
    dir: &Path,
    options: &CompileOptions,
    listen: Listener<'_>,
) -> Result<Job, PipelineError> {
    compile_until(spec, dir, options, listen, &AtomicBool::new(false))
}

/// As [`compile`], until `stop` is set: it is looked at during the search for a start and before
/// every training step.
///
/// # Errors
/// [`PipelineError`]; [`crate::encode::EncodeError::Interrupted`] when it was stopped.
pub fn compile_until(
    spec: &Path,
    dir: &Path,
    options: &CompileOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<Job, PipelineError> {
    free(dir, options.force)?;
    let resolved = poisoning(spec::load(spec)?)?;
    compile_resolved((spec, resolved), dir, options, listen, stop)
}

/// As [`compile_until`], for a specification that was read from a path before.
///
/// # Errors
/// As [`compile_until`].
pub fn compile_resolved(
    (spec, resolved): (&Path, Spec),
    dir: &Path,
    options: &CompileOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<Job, PipelineError> {
    let seen = Seen::of(dir);
    free(dir, options.force)?;
    let absent = !dir.exists();
    let made = write(&resolved, (spec, dir, (!absent).then_some(&seen)), options, listen, stop);
    let (instance, start, program) = made.map_err(|e| blame(e, &resolved.question.train))?;
    Ok(Job { instance, spec: resolved, start, program })
}

/// Numbers beyond this are no data: their squares are the largest that solvers take for finite.
const LARGE: f64 = 1e10;

/// Names the largest number of the data where it is what an error comes from.
fn blame(error: PipelineError, data: &Dataset) -> PipelineError {
    let overflow = match &error {
        PipelineError::Replay(e) => matches!(e, ReplayError::NotFinite { .. }),
        PipelineError::Emit { source, .. } => matches!(source, EmitError::Refused(_)),
        _ => false,
    };
    let labels = match &data.labels {
        Labels::Real(y) => Some(y),
        Labels::Signs(_) | Labels::Classes { .. } => None,
    };
    let features = data.features.indexed_iter().map(|((row, j), v)| {
        (row, data.columns.get(j).cloned().unwrap_or_else(|| format!("{j}")), *v)
    });
    let labels = labels.into_iter().flat_map(|y| y.indexed_iter());
    let all = features.chain(labels.map(|((row, _), v)| (row, "label".to_owned(), *v)));
    let largest = all.reduce(|a, b| if b.2.abs() > a.2.abs() { b } else { a });
    match largest {
        Some((row, column, value)) if overflow && value.abs() > LARGE => {
            let (source, data) = (Box::new(error), data.name.clone());
            PipelineError::LargeData { source, data, row, column, value }
        }
        Some(_) | None => error,
    }
}

fn write(
    resolved: &Spec,
    (spec, dir, seen): (&Path, &Path, Option<&Seen>),
    options: &CompileOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Instance, Option<Start>, Program), PipelineError> {
    let start = start::find(&resolved.question, options.start, stop)?;
    if stop.load(Ordering::Relaxed) {
        // Whatever start an interrupted search has depends on when it was interrupted.
        return Err(EncodeError::Interrupted.into());
    }
    let cutoff = start::cutoff(&resolved.question, start.as_ref());
    let Fresh { program, tightening, shrinkage } =
        program::fresh(&resolved.question, cutoff, stop)?;
    let directional = ("loss active, by directional bounds", &program.directional);
    let by_programs = shrinkage.iter().map(|(family, s)| (family.words(), s));
    for (what, s) in std::iter::once(directional).chain(by_programs).filter(|(_, s)| s.open > 0) {
        listen(News::Note(format!(
            "tightened {what}: {} open, {} decided, (U - L) after / before {:.3}",
            s.open,
            s.decided,
            s.ratio()
        )));
    }
    listen(News::Note(format!(
        "{} with {} variables, {} rows, {} nonzeros",
        class(&program.model),
        program.model.var_count(),
        program.model.row_count(),
        program.model.rows.nonzeros()
    )));
    let made = Made::new(&resolved.question, &program, start.as_ref());
    if let Some(why) = no_start(&made, options) {
        listen(News::Note(why.to_owned()));
    }
    warn(options, listen);
    let manifest = place::settle(dir, seen, |place| {
        if let Some(t) = &tightening {
            store::write_dense_json(&place.join(TIGHTENING_FILE), t)?;
        }
        let watch = Listening::new(listen, stop);
        fill(place, spec, resolved, &made, options, Some(&watch))
    })?;
    Ok((Instance { dir: dir.to_owned(), manifest }, start, program))
}

/// Tells what a reader of the files should know about their compression.
pub(in crate::cert) fn warn(options: &CompileOptions, listen: Listener<'_>) {
    for target in options.targets.iter().filter(|t| t.format() != Format::Memory) {
        let capabilities = target.capabilities();
        let (word, reads) = match options.compress {
            None => continue,
            Some(packing @ Packing::Gzip) => (packing.extension(), capabilities.gzip),
            Some(packing @ Packing::Zstd) => (packing.extension(), capabilities.zstd),
        };
        if !reads {
            listen(News::Note(format!(
                "not every reader of {} unpacks .{word} files; `solve` unpacks them for its solver",
                target.name()
            )));
        }
    }
}

/// What the files of an instance are written from.
pub(super) struct Made<'a> {
    program: &'a Program,
    start: Option<&'a Start>,
    /// The start as a point of the program, where it is one: to find out, every row is evaluated,
    /// so it is done once.
    point: Option<Vec<f64>>,
}

impl<'a> Made<'a> {
    /// A program with the start that replay found for it.
    pub(super) fn new(question: &Question, program: &'a Program, start: Option<&'a Start>) -> Self {
        let point = start.and_then(|s| start::point(question, program, s));
        Made { program, start, point }
    }
}

/// Why a start was wanted and the model files have none.
fn no_start(made: &Made<'_>, options: &CompileOptions) -> Option<&'static str> {
    match made.start {
        None if options.start => Some(
            "no start for solvers: the search by replay found nothing worse than unchanged data",
        ),
        Some(_) if made.point.is_none() => Some(
            "no start for solvers: the attack found by replay takes a side of a tie that the program \
             leaves out; it still counts as an attack",
        ),
        Some(_) | None => None,
    }
}

/// Writes every file of an instance but the manifest into `dir`, and returns the manifest. The
/// record of a tightening, if there is one, is in `dir` already.
pub(super) fn fill(
    dir: &Path,
    path: &Path,
    spec: &Spec,
    made: &Made<'_>,
    options: &CompileOptions,
    watch: Option<&dyn Watch>,
) -> Result<Manifest, PipelineError> {
    let plan = inputs::plan(path, &emit::roles(&spec.files))?;
    let inputs = inputs::copy(dir, &plan, &spec.text)?;
    let &Made { program, start, ref point } = made;
    let bound = program.interval_bound();
    let emission = Emission {
        dir,
        folder: "",
        model: &program.model,
        decisions: emit::described(&program.model, decisions(program).map(|d| d.0)),
        point: point.as_deref(),
        adversary: words::direction(&spec.question.goal),
        options,
        watch,
    };
    let targets = emission.targets()?;
    let tightened = dir.join(TIGHTENING_FILE).exists();
    let facts = Facts {
        interval: Some(bound),
        cutoff: program.cutoff,
        tightening: tightened.then_some(TIGHTENING_FILE),
    };
    Ok(Manifest {
        schema: manifest::SCHEMA,
        theriac: env!("CARGO_PKG_VERSION").to_owned(),
        question: words::question_text(&spec.question),
        inputs,
        start: start.map(|s| start::write(dir, &spec.question, s)).transpose()?,
        program: Some(emission.program(facts)?),
        targets,
        parts: Vec::new(),
        hurried: false,
        passes: Vec::new(),
        bounds: None,
        cuts: None,
        rounds: None,
    })
}
