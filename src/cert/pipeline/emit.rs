//! A program as the files of an instance: the saved model, a file a target, and what stands beside it.

use std::cell::RefCell;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use std::{fmt, io};

use super::compile::CompileOptions;
use super::{Listener, News, PipelineError};
use crate::back::priorities::PriorityFormat;
use crate::back::start::StartFormat;
use crate::back::{self, Options, Progress, Watch};
use crate::cert::certificate::{Direction, FileRole};
use crate::cert::instance::manifest::{
    self, DecisionRecord, ProgramRecord, RoundsRecord, TargetRecord,
};
use crate::cert::store::{self, StoreError};
use crate::front::spec::{FileRole as SpecRole, SourceFile};
use crate::ir::names::{NameMap, describe_var};
use crate::ir::{Model, Names, VarId, VarKind, class, fingerprint, save};
use crate::lower::{Format, Target, legalise};

/// The saved intermediate representation in the folder of a program.
pub const IR_FILE: &str = "model.thir";

/// A program that becomes files.
pub(in crate::cert) struct Emission<'a> {
    /// The instance directory.
    pub dir: &'a Path,
    /// The folder of the program's files in it; empty for the directory itself.
    pub folder: &'a str,
    /// The program.
    pub model: &'a Model,
    /// What the adversary decides, with its meaning where the model alone does not tell.
    pub decisions: Vec<(VarId, String)>,
    /// A point of the program to start from.
    pub point: Option<&'a [f64]>,
    /// The adversary's direction.
    pub adversary: Direction,
    /// Which files, and how.
    pub options: &'a CompileOptions,
    /// Who is told.
    pub watch: Option<&'a dyn Watch>,
}

/// What only the question knows of its program.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::cert) struct Facts {
    /// The bound on the user's value that needed no solver.
    pub interval: Option<f64>,
    /// See [`ProgramRecord::cutoff`].
    pub cutoff: Option<f64>,
    /// The file of multipliers in the instance directory, if there is one.
    pub tightening: Option<&'static str>,
}

impl Emission<'_> {
    fn path(&self, file: &str) -> String {
        if self.folder.is_empty() { file.to_owned() } else { format!("{}/{file}", self.folder) }
    }

    /// Saves the program itself and describes it.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn program(&self, facts: Facts) -> Result<ProgramRecord, PipelineError> {
        let (dir, model) = (self.dir, self.model);
        let ir = self.path(IR_FILE);
        let maximise = self.adversary == Direction::Maximises;
        save::save_with_sense(model, maximise, &dir.join(&ir))
            .map_err(|e| StoreError::Write { path: dir.join(&ir), source: io::Error::other(e) })?;
        let decision = |(id, meaning): &(VarId, String)| DecisionRecord {
            column: id.index(),
            meaning: meaning.clone(),
        };
        let record = |file| store::record(dir, FileRole::Tightening, file);
        Ok(ProgramRecord {
            class: class(model).to_string(),
            fingerprint: fingerprint::column(model).map_or(0, |(_, value)| value as u32),
            variables: model.var_count(),
            integers: model.vars.iter().filter(|v| v.kind != VarKind::Continuous).count(),
            rows: model.row_count(),
            nonzeros: model.rows.nonzeros(),
            quadratic: model.rows.quad_terms(),
            adversary: self.adversary,
            objective_constant: model.objective.constant,
            interval: facts.interval.filter(|v| v.is_finite()),
            cutoff: facts.cutoff,
            ir: Some(store::record(dir, FileRole::Ir, &ir)?),
            tightening: facts.tightening.map(record).transpose()?,
            decisions: self.decisions.iter().map(decision).collect(),
        })
    }

    /// Writes the files of every target that has some.
    ///
    /// # Errors
    /// A target that cannot say the program, or a file that cannot be written.
    pub fn targets(&self) -> Result<Vec<TargetRecord>, PipelineError> {
        let targets = self.options.targets.iter().filter(|t| t.format() != Format::Memory);
        targets.map(|&t| self.target(t)).collect()
    }

    fn target(&self, target: Target) -> Result<TargetRecord, PipelineError> {
        let Emission { dir, model, point, watch, .. } = *self;
        let CompileOptions { names, compress, .. } = self.options;
        let style = names.style();
        let failed = |source| PipelineError::Emit { target: target.name(), source };
        let lowered = legalise(model, target).map_err(|refusal| failed(refusal.into()))?;
        let file = self.path(target.file_name());
        let packed = compress.map(|packing| format!("{file}.{}", packing.extension()));
        let packed = packed.unwrap_or_else(|| file.clone());
        let start = point.filter(|_| back::start::within(target.format()));
        let maximise = self.adversary == Direction::Maximises;
        let threads = back::threads();
        let options = Options { names: style, start, maximise, threads, watch };
        let emitted = back::emit_lowered_file(&lowered, &options, &dir.join(&packed));
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
            back::emit_names(&lowered, (columns, style), &dir.join(&file)).map_err(failed)?;
            for ending in back::NAME_FILES {
                let name = Path::new(&file).with_extension(ending);
                name_files.push(store::record(dir, FileRole::Names, &name.to_string_lossy())?);
            }
        }
        let decisions = self.decisions.iter().map(|(id, _)| style.var_string(model, *id));
        Ok(TargetRecord {
            target: target.name().to_owned(),
            format: format_word(target.format()).to_owned(),
            names: names_word(names).to_owned(),
            name_rules: match names {
                Names::Short | Names::Readable => Vec::new(),
                Names::Map(map) => map.rules().to_vec(),
            },
            file_sense: if emitted.maximise { Direction::Maximises } else { Direction::Minimises },
            model: store::record(dir, FileRole::Model, &packed)?,
            starts,
            name_files,
            priorities,
            decisions: decisions.collect(),
            columns: emitted.columns.map(|c| c.vars.iter().map(|v| v.0).collect()),
        })
    }
}

/// A model's decisions with the meaning that their roles give them.
pub(in crate::cert) fn described(
    model: &Model,
    decisions: impl Iterator<Item = VarId>,
) -> Vec<(VarId, String)> {
    decisions.map(|id| (id, describe_var(model, id))).collect()
}

/// Copies of a specification's files, with the roles that certificates give them.
pub(in crate::cert) fn roles(files: &[SourceFile]) -> Vec<(FileRole, std::path::PathBuf)> {
    let role = |f: &SourceFile| match f.role {
        SpecRole::Network => FileRole::Network,
        SpecRole::Data => FileRole::Data,
        SpecRole::Property => FileRole::Property,
        SpecRole::Bounds => FileRole::Bounds,
    };
    files.iter().map(|f| (role(f), f.path.clone())).collect()
}

/// Passes the news of a long writing on, and ends it when it is asked to.
pub(in crate::cert) struct Listening<'a> {
    listen: RefCell<(Instant, Listener<'a>)>,
    stop: &'a AtomicBool,
}

impl<'a> Listening<'a> {
    pub fn new(listen: Listener<'a>, stop: &'a AtomicBool) -> Self {
        Listening { listen: RefCell::new((Instant::now(), listen)), stop }
    }
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

/// How the names of the files of rounds are made.
#[must_use]
pub fn rounds_names(record: &RoundsRecord) -> Names {
    names_by(&record.names, &record.name_rules)
}

/// How the names of a target's files are made. What no rule can be read from counts as readable:
/// nothing then fits, unless the names were those.
#[must_use]
pub fn names_of(record: &TargetRecord) -> Names {
    names_by(&record.names, &record.name_rules)
}

fn names_by(word: &str, rules: &[String]) -> Names {
    match word {
        "short" => Names::Short,
        "map" => NameMap::parse(manifest::FILE_NAME, &rules.join("\n"))
            .map_or(Names::Readable, Names::from),
        _ => Names::Readable,
    }
}
