//! From any model to a file in one call: legalise, check, write.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::nl::{self, Columns};
use super::priorities::{self, PriorityFormat};
use super::start::{self, StartFormat};
use super::{NameStyle, Options, WriteError, atomic, pack, write};
use crate::front::model::{self, ForeignModel, ModelFileError};
use crate::front::packing::Packing;
use crate::ir::{Family, Model, ProgramClass, class};
use crate::lower::{
    Format, Guarantee, LowerOptions, Lowered, Refusal, Step, Target, legalise_with,
};

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Emitted {
    /// What the lowerings together preserve.
    pub guarantee: Guarantee,
    /// The lowerings applied, in order.
    pub steps: Vec<Step>,
    /// Class of the written program.
    pub class: ProgramClass,
    /// Whether the file maximises: the user does ([`Options::maximise`]), and the reader of the
    /// target knows how to. Its objective is then the negative of the model's.
    pub maximise: bool,
    /// Number of columns written; the first are the original variables, unless `columns` tells.
    pub vars: usize,
    /// Order of columns and rows in the file where it is not the model's (NL).
    pub columns: Option<Columns>,
}

/// A model file that was written again.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    /// What was written.
    pub emitted: Emitted,
    /// Whether the file that was read maximises; [`Emitted::maximise`] tells of what was written.
    pub maximise: bool,
    /// What was read but not as it stands there, in words.
    pub notes: Vec<String>,
    /// Columns that the file calls by another name than the one that was read: how many, and of the
    /// first ones both names. Not counted where the user asked for other names.
    pub renamed: (usize, Vec<(String, String)>),
}

/// Renamed columns that are named.
const NAMED: usize = 3;

fn renamed(model: &Model, style: NameStyle<'_>) -> (usize, Vec<(String, String)>) {
    let (mut count, mut first) = (0, Vec::new());
    if style == NameStyle::Short {
        return (count, first);
    }
    for var in model.vars.iter().filter(|v| v.role.family == Family::Named) {
        let Some(own) = model.names.get(var.role.place.i as usize) else { continue };
        let written = style.var_string(model, var.id);
        if own.is_empty() || *own == written {
            continue;
        }
        // What a rule renames was asked for.
        if written != NameStyle::Readable.var_string(model, var.id) {
            continue;
        }
        count += 1;
        if first.len() < NAMED {
            first.push((own.clone(), written));
        }
    }
    (count, first)
}

/// Why nothing was written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EmitError {
    /// The target cannot take the model.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Writing failed.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A map of names that does not fit the model.
    #[error("{0}; correct the rule, or leave it out")]
    Names(String),
    /// The model file could not be read.
    #[error("{0}")]
    Load(Box<ModelFileError>),
    /// The file could not be made.
    #[error("the file could not be written: {0}")]
    Io(#[from] io::Error),
}

/// Legalises `model` for `target` and writes it to `out`. A start point in `options` is one of
/// `model`; the columns that a lowering appends are given their values.
///
/// # Errors
///
/// See [`EmitError`]; nothing is written when the model is refused.
pub fn emit(
    model: &Model,
    target: Target,
    lowering: LowerOptions,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> Result<Emitted, EmitError> {
    emit_lowered(&legalise_with(model, target, lowering)?, options, out)
}

/// As [`emit`], for a model that was legalised already: several files of one target share the work.
///
/// # Errors
///
/// See [`EmitError`].
pub fn emit_lowered(
    lowered: &Lowered<'_>,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> Result<Emitted, EmitError> {
    let checked = lowered.checked().map_err(Refusal::Invalid)?;
    options.names.fits(&lowered.model).map_err(EmitError::Names)?;
    let start = options.start.map(|point| extend(lowered, point)).transpose()?;
    let target = lowered.target;
    let maximise = options.maximise && target.capabilities().maximise;
    let options = Options { start: start.as_deref(), maximise, ..*options };
    let written = write(&checked, target.format(), &options, out)?;
    Ok(Emitted {
        guarantee: lowered.guarantee,
        class: class(&lowered.model),
        maximise,
        vars: lowered.model.var_count(),
        columns: written.columns,
        steps: lowered.steps.clone(),
    })
}

fn extend(lowered: &Lowered<'_>, point: &[f64]) -> Result<Vec<f64>, WriteError> {
    let (found, expected) = (point.len(), lowered.original_vars);
    lowered.extend_point(point).ok_or(WriteError::StartLength { found, expected })
}

/// Writes a start file for a legalised model: `point` has one value a variable of the model before
/// that.
///
/// # Errors
///
/// See [`EmitError`].
pub fn emit_start(
    lowered: &Lowered<'_>,
    point: &[f64],
    (format, names): (StartFormat, NameStyle<'_>),
    out: &mut dyn Write,
) -> Result<(), EmitError> {
    let checked = lowered.checked().map_err(Refusal::Invalid)?;
    Ok(start::write(&checked, &extend(lowered, point)?, format, names, out)?)
}

/// Writes the branching priorities of a legalised model, which are not empty.
///
/// # Errors
///
/// See [`EmitError`].
pub fn emit_priorities(
    lowered: &Lowered<'_>,
    (format, names): (PriorityFormat, NameStyle<'_>),
    out: &mut dyn Write,
) -> Result<(), EmitError> {
    let checked = lowered.checked().map_err(Refusal::Invalid)?;
    Ok(priorities::write(&checked, format, names, out)?)
}

/// As [`emit`], to a file that is either complete or absent. It is compressed where its name ends
/// in `.gz` or `.zst`.
///
/// # Errors
///
/// See [`EmitError`].
pub fn emit_file(
    model: &Model,
    target: Target,
    lowering: LowerOptions,
    options: &Options<'_>,
    path: &Path,
) -> Result<Emitted, EmitError> {
    file(path, |out| emit(model, target, lowering, options, out))
}

/// As [`emit_file`], for a model that was legalised already.
///
/// # Errors
///
/// See [`EmitError`].
pub fn emit_lowered_file(
    lowered: &Lowered<'_>,
    options: &Options<'_>,
    path: &Path,
) -> Result<Emitted, EmitError> {
    file(path, |out| emit_lowered(lowered, options, out))
}

/// A file that is complete or absent, compressed where its name says so.
fn file(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<Emitted, EmitError>,
) -> Result<Emitted, EmitError> {
    atomic::write_file(path, |out| match Packing::of_path(path) {
        Some(packing) => pack::packed(out, packing, fill),
        None => fill(out),
    })
}

/// Endings of the two files beside an NL file that name its columns and its rows.
pub const NAME_FILES: [&str; 2] = ["col", "row"];

/// Writes the names of the columns and rows of the NL file at `path`, made from the same legalised
/// model, into the two files beside it that readers look for. `columns` is the order that writing the model gave.
///
/// # Errors
///
/// See [`EmitError`].
pub fn emit_names(
    lowered: &Lowered<'_>,
    (columns, names): (&Columns, NameStyle<'_>),
    path: &Path,
) -> Result<(), EmitError> {
    let [col, row] = NAME_FILES.map(|ending| beside(path, ending));
    atomic::write_file(&col, |out| nl::write_column_names(&lowered.model, columns, names, out))?;
    atomic::write_file(&row, |out| nl::write_row_names(&lowered.model, columns, names, out))?;
    Ok(())
}

/// The file beside a model file, which may be compressed, that has another ending.
#[must_use]
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    match Packing::of_path(path) {
        Some(_) => path.with_extension("").with_extension(ending),
        None => path.with_extension(ending),
    }
}

/// The file of branching priorities beside a model file: `model.lp.ord`.
#[must_use]
pub fn priorities_beside(model: &Path, format: PriorityFormat) -> PathBuf {
    let mut name = model.as_os_str().to_owned();
    name.push(".");
    name.push(format.extension());
    PathBuf::from(name)
}

/// Writes the model file `from` (LP, MPS, NL or a saved model) for `target` to the file `to`.
/// A maximisation stays one where the reader of the target knows how to, and else becomes the
/// minimisation of the negative. Beside an NL file come the two files of names.
///
/// # Errors
///
/// See [`EmitError`].
pub fn convert(
    from: &Path,
    target: Target,
    lowering: LowerOptions,
    options: &Options<'_>,
    to: &Path,
) -> Result<Converted, EmitError> {
    let found = model::load(from).map_err(|e| EmitError::Load(Box::new(e)))?;
    convert_model(&found, target, lowering, options, to)
}

/// As [`convert`], of a file that is read already.
///
/// # Errors
///
/// See [`EmitError`].
pub fn convert_model(
    found: &ForeignModel,
    target: Target,
    lowering: LowerOptions,
    options: &Options<'_>,
    to: &Path,
) -> Result<Converted, EmitError> {
    if matches!(target.format(), Format::NlText | Format::NlBinary) {
        for ending in NAME_FILES {
            let beside = beside(to, ending);
            atomic::place(&beside).map_err(|e| {
                io::Error::new(e.kind(), format!("{}, beside it: {e}", beside.display()))
            })?;
        }
    }
    atomic::place(to)?;
    let lowered = legalise_with(&found.model, target, lowering)?;
    let options = &Options { maximise: found.maximise, ..*options };
    let emitted = emit_lowered_file(&lowered, options, to)?;
    if let Some(columns) = &emitted.columns {
        emit_names(&lowered, (columns, options.names), to)?;
    }
    if let Some(format) = PriorityFormat::of(target).filter(|_| !found.model.priorities.is_empty())
    {
        let beside = priorities_beside(to, format);
        atomic::write_file(&beside, |out| emit_priorities(&lowered, (format, options.names), out))?;
    }
    let renamed = renamed(&found.model, options.names);
    Ok(Converted { emitted, maximise: found.maximise, notes: found.notes.clone(), renamed })
}
