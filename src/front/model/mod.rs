//! Model files in: LP, MPS and NL, ours and other people's.
//!
//! A file becomes a [`Model`] whose variables are [`crate::ir::Family::Named`] after the file's
//! columns. The objective of a model is minimised; a file that maximises comes out with its
//! objective negated and [`ForeignModel::maximise`] set. Where solvers read one construct in
//! different ways, the file is refused: what it means is not known. Range rows become two rows.

mod columns;
mod error;
mod lp;
mod mps;
mod nl;
mod ord;

use std::path::Path;

pub use error::{ModelFileError, Problem};

use indexmap::IndexSet;

use super::escaped::{escape_of, unescaped};
use super::map;
use super::packing::{Packing, stem, unpack_model};
use crate::ir::names::{is_kept_row, rows_named_again};
use crate::ir::{Model, Origin, Place, Rule, VarKind, save};
use crate::valid::validate;
use error::Outcome;

/// The formats of model files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelFormat {
    /// LP text.
    Lp,
    /// MPS, free or fixed.
    Mps,
    /// AMPL NL, text or binary.
    Nl,
    /// A saved model.
    Saved,
}

/// A model from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignModel {
    /// What the file says, minimised.
    pub model: Model,
    /// Whether the file maximises; then the objective of `model` is the negative of the file's.
    pub maximise: bool,
    /// Its format.
    pub format: ModelFormat,
    /// What was read but not as it stands there, in words.
    pub notes: Vec<String>,
}

/// A model while it is read.
#[derive(Default)]
struct Draft {
    model: Model,
    maximise: bool,
    notes: Vec<String>,
    /// The names of rows so far.
    row_names: IndexSet<String>,
}

impl Draft {
    /// The origin of a row with this name, which is remembered: where it cannot be written again,
    /// it is what messages call the row.
    fn origin(&mut self, name: Option<&str>) -> Origin {
        let name = name.filter(|n| !n.is_empty() && !self.row_names.contains(*n));
        let index = match name {
            Some(name) => {
                self.row_names.insert(name.to_owned());
                self.row_names.len() - 1
            }
            None => u32::MAX as usize,
        };
        Rule::Foreign.at(Place::NONE.i(index))
    }

    fn note(&mut self, text: &str) {
        if !self.notes.iter().any(|n| n == text) {
            self.notes.push(text.to_owned());
        }
    }

    /// An integer column within `[0, 1]` that guards a row is a binary one, whatever it is called.
    fn indicators_are_binary(&mut self) -> Outcome<()> {
        let vars = &mut self.model.vars;
        for (_, guard) in &self.model.rows.guards {
            let v = vars.get(guard.var);
            match v.kind {
                VarKind::Binary => {}
                VarKind::Integer if v.lower >= 0.0 && v.upper <= 1.0 => {
                    vars.set_kind(guard.var, VarKind::Binary);
                }
                VarKind::Integer | VarKind::Continuous => {
                    let name = self.model.names.get(guard.var.index()).map_or("", String::as_str);
                    return Err(Problem::ambiguous(
                        format!("an indicator on `{name}`, which is not binary"),
                        "declare it binary",
                    )
                    .anywhere());
                }
            }
        }
        Ok(())
    }
}

/// Reads the model file `path`. The format is told from the ending (`.gz` or `.zst` behind it is allowed), or
/// else from the first bytes. Beside an NL file, names are taken from the `.col` and `.row` files if there are any;
/// beside an LP or MPS file, branching priorities from the `.ord` file.
///
/// # Errors
///
/// [`ModelFileError`], with the line where the format has lines.
pub fn load(path: &Path) -> Result<ForeignModel, ModelFileError> {
    let shown = path.display().to_string();
    let fail = |problem| ModelFileError { file: shown.clone(), line: None, problem };
    let bytes = map::file_bytes(path, map::MODEL).map_err(|e| fail(Problem::Io(e.to_string())))?;
    let unpacked = Packing::of_bytes(&bytes).map(|packing| unpack_model(&bytes, packing));
    let unpacked = unpacked.transpose().map_err(|e| fail(Problem::Unpack(e.to_string())))?;
    let body = unpacked.as_deref().unwrap_or(&bytes);
    let name = path.file_name().map(|n| n.to_string_lossy().to_ascii_lowercase());
    let name = name.unwrap_or_default();
    let stem = stem(&name);
    let format = recognise(stem, body).ok_or_else(|| fail(Problem::Unknown))?;
    let names = |ending| match format {
        ModelFormat::Nl => nl::companion_names(path, ending).map_err(fail),
        ModelFormat::Lp | ModelFormat::Mps | ModelFormat::Saved => Ok(None),
    };
    let (columns, rows) = (names("col")?, names("row")?);
    let beside = nl::Companions { columns: columns.as_deref(), rows: rows.as_deref() };
    let mut found = read_with(body, format, beside, &shown)?;
    if matches!(format, ModelFormat::Lp | ModelFormat::Mps)
        && let Some(file) = ord::beside(path)
    {
        priorities_of(&file, &mut found)?;
    }
    Ok(found)
}

/// Takes the branching priorities of a file beside the model.
fn priorities_of(file: &Path, found: &mut ForeignModel) -> Result<(), ModelFileError> {
    let shown = file.display().to_string();
    let fail = |line, problem| ModelFileError { file: shown.clone(), line, problem };
    let bytes =
        map::file_bytes(file, map::MODEL).map_err(|e| fail(None, Problem::Io(e.to_string())))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| fail(None, Problem::Encoding))?;
    let all = ord::apply(text, &mut found.model).map_err(|e| fail(e.line, e.problem))?;
    found.notes.push(format!("branching priorities were read from {shown}"));
    if !all {
        found.notes.push("priorities of continuous columns were left out".to_owned());
    }
    Ok(())
}

/// How some editors begin a text in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a model from the bytes of a file; `file` is its name for messages, `names` those of an NL
/// file's columns.
///
/// # Errors
///
/// [`ModelFileError`], with the line where the format has lines.
pub fn read(
    bytes: &[u8],
    format: ModelFormat,
    names: Option<&[String]>,
    file: &str,
) -> Result<ForeignModel, ModelFileError> {
    read_with(bytes, format, nl::Companions { columns: names, rows: None }, file)
}

/// The names of columns and rows without the escapes that the file says it has, if all of them are
/// whole and none is a name of two then; rows whose names can be written need names that can be
/// written again.
fn own_names(text: &str, draft: &mut Draft) {
    let Some(escape) = escape_of(text) else { return };
    let own = |names: Vec<&String>| -> Option<IndexSet<String>> {
        let mut own = IndexSet::new();
        names
            .into_iter()
            .all(|n| unescaped(n, escape).is_some_and(|n| own.insert(n)))
            .then_some(own)
    };
    let columns = own(draft.model.names.iter().collect());
    let rows = own(draft.row_names.iter().collect());
    if let Some(columns) = columns {
        draft.model.names = columns.into_iter().collect();
    }
    let kept = |(own, escaped): (&String, &String)| is_kept_row(own) || !is_kept_row(escaped);
    if let Some(rows) = rows.filter(|rows| rows.iter().zip(&draft.row_names).all(kept)) {
        draft.row_names = rows;
    }
}

/// [`read`], with names of rows too.
fn read_with(
    bytes: &[u8],
    format: ModelFormat,
    beside: nl::Companions<'_>,
    file: &str,
) -> Result<ForeignModel, ModelFileError> {
    let fail = |line, problem| ModelFileError { file: file.to_owned(), line, problem };
    let text = || {
        if bytes.starts_with(BYTE_ORDER_MARK) {
            let what = "a byte order mark (HiGHS and SCIP read an empty model)";
            return Err(fail(Some(1), Problem::ambiguous(what, "save the file without it")));
        }
        std::str::from_utf8(bytes).map_err(|e| {
            let line = 1 + bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count();
            fail(Some(line), Problem::Encoding)
        })
    };
    let draft = match format {
        ModelFormat::Lp => lp::read(text()?),
        ModelFormat::Mps => mps::read(text()?),
        ModelFormat::Nl => nl::read(bytes, beside),
        ModelFormat::Saved => {
            let (model, maximise) = save::from_bytes_with_sense(bytes)
                .map_err(|e| fail(None, Problem::Saved(e.to_string())))?;
            Ok(Draft { model, maximise, ..Draft::default() })
        }
    };
    let mut draft = draft.map_err(|e| fail(e.line, e.problem))?;
    if matches!(format, ModelFormat::Lp | ModelFormat::Mps) {
        own_names(text()?, &mut draft);
    }
    draft.model.row_names = std::mem::take(&mut draft.row_names).into_iter().collect();
    // A row with two sides became two, and only one may have its name.
    for r in rows_named_again(&draft.model) {
        draft.model.rows.origin[r] = Rule::Foreign.at(Place::NONE.i(u32::MAX as usize));
    }
    if let Err(faults) = validate(&draft.model, None) {
        let words = faults.first().map_or_else(String::new, ToString::to_string);
        return Err(fail(None, Problem::Invalid(words)));
    }
    let Draft { model, maximise, notes, row_names: _ } = draft;
    Ok(ForeignModel { model, maximise, format, notes })
}

fn recognise(name: &str, body: &[u8]) -> Option<ModelFormat> {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("lp") => return Some(ModelFormat::Lp),
        Some("mps") => return Some(ModelFormat::Mps),
        Some("nl") => return Some(ModelFormat::Nl),
        Some(_) | None => {}
    }
    if body.starts_with(save::MAGIC) {
        return Some(ModelFormat::Saved);
    }
    if let [b'g' | b'b', b'0'..=b'9', ..] = body {
        return Some(ModelFormat::Nl);
    }
    let begin = String::from_utf8_lossy(&body[..body.len().min(4096)]).to_ascii_lowercase();
    let lines = begin.lines().map(str::trim).filter(|l| !l.is_empty());
    let mut lines = lines.filter(|l| !l.starts_with('\\') && !l.starts_with('*'));
    let first = lines.next()?;
    let word = first.split_whitespace().next()?;
    match word {
        "name" | "rows" | "objsense" => Some(ModelFormat::Mps),
        "minimize" | "maximize" | "minimum" | "maximum" | "min" | "max" => Some(ModelFormat::Lp),
        _ => None,
    }
}
