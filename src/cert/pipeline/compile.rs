//! From a specification to an instance directory.

use std::cell::RefCell;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fmt, io};

use super::error::poisoning;
use super::program::{self, Fresh, TIGHTENING_FILE};
use super::replace::{self, Seen};
use super::start::{self, Start};
use super::{Job, Listener, News, PipelineError};
use crate::back::priorities::PriorityFormat;
use crate::back::start::StartFormat;
use crate::back::{self, EmitError, Options, Progress, Watch};
use crate::cert::answer;
use crate::cert::certificate::{self, Direction, FileRole};
use crate::cert::instance::manifest::{self, DecisionRecord, ProgramRecord, TargetRecord};
use crate::cert::instance::{Instance, Manifest, inputs};
use crate::cert::store::{self, StoreError};
use crate::cert::words;
use crate::encode::poison::decode::decisions;
use crate::encode::{EncodeError, Program};
use crate::front::packing::Packing;
use crate::front::spec::{self, FileRole as SpecRole, Spec};
use crate::ir::names::{NameMap, describe_var};
use crate::ir::{Names, VarKind, class, fingerprint, save};
use crate::lower::{Format, Target, legalise};
use crate::question::{Dataset, Labels, Question};
use crate::train::ReplayError;

/// The saved intermediate representation in an instance directory.
pub const IR_FILE: &str = "model.thir";

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
}

impl Default for CompileOptions {
    fn default() -> Self {
        CompileOptions {
            targets: vec![Target::PortableLp, Target::PortableMps],
            names: Names::Readable,
            compress: None,
            force: false,
            start: true,
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
    let seen = Seen::of(dir);
    free(dir, options.force)?;
    let absent = !dir.exists();
    let resolved = poisoning(spec::load(spec)?)?;
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
    let parent = dir.parent().filter(|p| !p.as_os_str().is_empty());
    let parent = parent.unwrap_or_else(|| Path::new("."));
    let folders = store::NewFolders::create(parent)?;
    let failed = |source| StoreError::Write { path: dir.to_owned(), source };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".theriac-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o777));
    }
    let place = builder.tempdir_in(parent).map_err(failed)?;
    if let Some(t) = &tightening {
        store::write_dense_json(&place.path().join(TIGHTENING_FILE), t)?;
    }
    let made = Made::new(&resolved.question, &program, start.as_ref());
    if let Some(why) = no_start(&made, options) {
        listen(News::Note(why.to_owned()));
    }
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
    let watch = Listening { listen: RefCell::new((Instant::now(), listen)), stop };
    let manifest = fill(place.path(), spec, resolved, &made, options, Some(&watch))?;
    store::write_json(&place.path().join(manifest::FILE_NAME), &manifest)?;
    let raced = || PipelineError::Raced { dir: dir.to_owned() };
    if let Some(seen) = seen {
        replace::take_over(place.path(), dir, seen)?;
    } else if dir.exists() {
        return Err(raced());
    } else {
        std::fs::rename(place.path(), dir).map_err(failed)?;
        // What was renamed is not to be removed.
        let _ = place.keep();
    }
    folders.keep();
    Ok((Instance { dir: dir.to_owned(), manifest }, start, program))
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

/// Whether the directory may be written.
pub(super) fn free(dir: &Path, force: bool) -> Result<(), PipelineError> {
    if !store::taken(dir)? {
        return Ok(());
    }
    let empty = dir.is_dir() && std::fs::read_dir(dir).is_ok_and(|mut d| d.next().is_none());
    if !empty && !replace::is_instance(dir) {
        return Err(PipelineError::Occupied { dir: dir.to_owned() });
    }
    let results = [answer::FILE_NAME, certificate::FILE_NAME];
    let foreign = if empty { Vec::new() } else { replace::foreign(dir)? };
    if let (false, Some(first)) = (force, foreign.first()) {
        return Err(PipelineError::ForeignFiles { dir: dir.to_owned(), first: first.clone() });
    }
    if !force && results.iter().any(|name| dir.join(name).exists()) {
        return Err(PipelineError::HoldsResults { dir: dir.to_owned() });
    }
    Ok(())
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
    let &Made { program, start, ref point } = made;
    let files: Vec<_> = spec
        .files
        .iter()
        .map(|f| {
            let role = match f.role {
                SpecRole::Network => FileRole::Network,
                SpecRole::Data => FileRole::Data,
            };
            (role, f.path.clone())
        })
        .collect();
    let inputs = inputs::copy(dir, &inputs::plan(path, &files)?)?;
    let failed = |source| StoreError::Write { path: dir.join(IR_FILE), source };
    let maximise = words::direction(&spec.question.goal) == Direction::Maximises;
    save::save_with_sense(&program.model, maximise, &dir.join(IR_FILE))
        .map_err(|e| failed(std::io::Error::other(e)))?;
    let mut targets = Vec::new();
    let how = (options, words::direction(&spec.question.goal));
    for &target in &options.targets {
        if target.format() != Format::Memory {
            targets.push(emit((dir, watch), program, point.as_deref(), target, how)?);
        }
    }
    Ok(Manifest {
        schema: manifest::SCHEMA,
        theriac: env!("CARGO_PKG_VERSION").to_owned(),
        question: words::question_text(&spec.question),
        inputs,
        start: start.map(|s| start::write(dir, &spec.question, s)).transpose()?,
        program: Some(record(dir, spec, program)?),
        targets,
    })
}

fn record(dir: &Path, spec: &Spec, program: &Program) -> Result<ProgramRecord, PipelineError> {
    let model = &program.model;
    let tightened = dir.join(TIGHTENING_FILE).exists();
    let interval = program.interval_bound();
    Ok(ProgramRecord {
        class: class(model).to_string(),
        fingerprint: fingerprint::column(model).map_or(0, |(_, value)| value as u32),
        variables: model.var_count(),
        integers: model.vars.iter().filter(|v| v.kind != VarKind::Continuous).count(),
        rows: model.row_count(),
        nonzeros: model.rows.nonzeros(),
        quadratic: model.rows.quad_terms(),
        adversary: words::direction(&spec.question.goal),
        objective_constant: model.objective.constant,
        interval: interval.is_finite().then_some(interval),
        cutoff: program.cutoff,
        ir: Some(store::record(dir, FileRole::Ir, IR_FILE)?),
        tightening: tightened
            .then(|| store::record(dir, FileRole::Tightening, TIGHTENING_FILE))
            .transpose()?,
        decisions: decisions(program)
            .map(|(id, _)| DecisionRecord { column: id.index(), meaning: describe_var(model, id) })
            .collect(),
    })
}

/// Passes the news of a long writing on, and ends it when it is asked to.
struct Listening<'a> {
    listen: RefCell<(Instant, Listener<'a>)>,
    stop: &'a AtomicBool,
}

impl fmt::Debug for Listening<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listening").field("stop", self.stop).finish_non_exhaustive()
    }
}

impl Watch for Listening<'_> {
    fn written(&self, progress: Progress) -> io::Result<()> {
        const STEP: Duration = Duration::from_millis(200);
        let (last, listen) = &mut *self.listen.borrow_mut();
        if last.elapsed() >= STEP {
            *last = Instant::now();
            listen(News::Writing(progress));
        }
        back::stopped(self.stop)
    }
}

fn emit(
    (dir, watch): (&Path, Option<&dyn Watch>),
    program: &Program,
    point: Option<&[f64]>,
    target: Target,
    (CompileOptions { names, compress, .. }, adversary): (&CompileOptions, Direction),
) -> Result<TargetRecord, PipelineError> {
    let model = &program.model;
    let style = names.style();
    let failed = |source| PipelineError::Emit { target: target.name(), source };
    let lowered = legalise(model, target).map_err(|refusal| failed(refusal.into()))?;
    let file = target.file_name();
    let packed = compress.map(|packing| format!("{file}.{}", packing.extension()));
    let packed = packed.as_deref().unwrap_or(file);
    let start = point.filter(|_| back::start::within(target.format()));
    let maximise = adversary == Direction::Maximises;
    let threads = back::threads();
    let options = Options { names: style, start, maximise, threads, watch };
    let emitted = back::emit_lowered_file(&lowered, &options, &dir.join(packed));
    let emitted = emitted.map_err(failed)?;
    let mut starts = Vec::new();
    if let (Some(point), Some(format)) = (point, StartFormat::of(target)) {
        let name = format!("{file}.start.{}", format.extension());
        back::atomic::write_file(&dir.join(&name), |out| {
            back::emit_start(&lowered, point, (format, style), out)
        })
        .map_err(failed)?;
        starts.push(store::record(dir, FileRole::Start, &name)?);
    }
    let mut priorities = None;
    if let Some(format) = PriorityFormat::of(target).filter(|_| !model.priorities.is_empty()) {
        let name = format!("{file}.{}", format.extension());
        back::atomic::write_file(&dir.join(&name), |out| {
            back::emit_priorities(&lowered, (format, style), out)
        })
        .map_err(failed)?;
        priorities = Some(store::record(dir, FileRole::Priorities, &name)?);
    }
    let mut name_files = Vec::new();
    if let Some(columns) = &emitted.columns {
        let path = dir.join(file);
        back::emit_names(&lowered, (columns, style), &path).map_err(failed)?;
        for ending in back::NAME_FILES {
            let name = Path::new(file).with_extension(ending);
            name_files.push(store::record(dir, FileRole::Names, &name.to_string_lossy())?);
        }
    }
    Ok(TargetRecord {
        target: target.name().to_owned(),
        format: format_word(target.format()).to_owned(),
        names: names_word(names).to_owned(),
        name_rules: match names {
            Names::Short | Names::Readable => Vec::new(),
            Names::Map(map) => map.rules().to_vec(),
        },
        file_sense: if emitted.maximise { Direction::Maximises } else { Direction::Minimises },
        model: store::record(dir, FileRole::Model, packed)?,
        starts,
        name_files,
        priorities,
        decisions: decisions(program).map(|(id, _)| style.var_string(model, id)).collect(),
        columns: emitted.columns.map(|c| c.vars.iter().map(|v| v.0).collect()),
    })
}

/// The word of a format in manifests.
#[must_use]
pub fn format_word(format: Format) -> &'static str {
    match format {
        Format::Lp => "lp",
        Format::Mps => "mps",
        Format::NlText => "nl",
        Format::NlBinary => "nl-binary",
        Format::Memory => "memory",
    }
}

/// The word of a rule for names in manifests.
#[must_use]
pub fn names_word(names: &Names) -> &'static str {
    match names {
        Names::Short => "short",
        Names::Readable => "readable",
        Names::Map(_) => "map",
    }
}

/// How the names of a target's files are made. What no rule can be read from counts as readable:
/// nothing then fits, unless the names were those.
#[must_use]
pub fn names_of(record: &TargetRecord) -> Names {
    match record.names.as_str() {
        "short" => Names::Short,
        "map" => NameMap::parse(manifest::FILE_NAME, &record.name_rules.join("\n"))
            .map_or(Names::Readable, Names::from),
        _ => Names::Readable,
    }
}
