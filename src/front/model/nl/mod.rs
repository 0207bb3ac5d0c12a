//! AMPL NL files, text and binary.
//!
//! Products of two columns become quadratic terms, sums are joined with the linear part, and what
//! remains becomes a smooth expression. Logical rows, network arcs, imported functions and operators
//! that the representation has no word for are refused by number.

mod expr;
mod fold;
mod header;
mod scan;
mod segments;
mod suffixes;

use std::path::Path;

use super::Draft;
use super::columns::Columns;
use super::error::{Outcome, Problem};
use crate::ir::{Objective, Sense, VarId, VarKind};
use header::Header;
use segments::{Limits, Segments};

/// Names of the columns and rows of an NL file, from files beside it.
#[derive(Clone, Copy, Default)]
pub(super) struct Companions<'a> {
    pub columns: Option<&'a [String]>,
    /// Names of rows, and then of objectives.
    pub rows: Option<&'a [String]>,
}

/// Names in the `.col` or `.row` file beside an NL file, one a line; none without that file.
pub(super) fn companion_names(path: &Path, ending: &str) -> Result<Option<Vec<String>>, Problem> {
    // The name may end in `.nl.gz` or `.nl.zst`.
    let stem =
        if path.extension().is_some_and(|e| e == "nl") { path } else { &path.with_extension("") };
    let path = stem.with_extension(ending);
    let shown = path.display();
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Problem::Companion(format!("{shown} cannot be read: {e}"))),
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(Problem::Companion(format!("{shown} holds bytes that are not UTF-8")));
    };
    let names: Vec<String> = text.lines().map(|l| l.trim_end().to_owned()).collect();
    match names.iter().position(|n| n.is_empty() || n.contains(char::is_whitespace)) {
        Some(k) => Err(Problem::Companion(format!("line {} of {shown} is no name", k + 1))),
        None => Ok(Some(names)),
    }
}

/// Reads an NL file. Without names, columns are called `x0`, `x1`, ...
pub(super) fn read(bytes: &[u8], beside: Companions<'_>) -> Outcome<Draft> {
    let (header, scan) = Header::read(bytes)?;
    let rows = beside.rows.unwrap_or_default();
    if beside.rows.is_some()
        && ![0, header.objectives].contains(&rows.len().wrapping_sub(header.rows))
    {
        let (found, wanted, goals) = (rows.len(), header.rows, header.objectives);
        return Err(Problem::Companion(format!(
            "the file of names (.row) has {found} names for {wanted} rows and {goals} objectives"
        ))
        .anywhere());
    }
    let owned: Vec<String> = (0..header.columns).map(|j| format!("x{j}")).collect();
    let names = match beside.columns {
        Some(given) if given.len() == header.columns => given,
        None => &owned,
        Some(given) => {
            let (found, columns) = (given.len(), header.columns);
            return Err(Problem::Companion(format!(
                "the file of names (.col) has {found} names for {columns} columns"
            ))
            .anywhere());
        }
    };
    let mut columns = Columns::default();
    for (j, name) in names.iter().enumerate() {
        if columns.meet(name).index() != j {
            let name = name.clone();
            return Err(Problem::Twice { kind: "column (in the .col file)", name }.anywhere());
        }
    }
    let segments = Segments::read(&header, scan)?;
    let mut draft = Draft::default();
    limits(&header, &segments, &mut columns)?;
    columns.finish(&mut draft.model)?;
    build(segments, rows, &mut draft)?;
    Ok(draft)
}

/// Bounds and kinds of the columns.
fn limits(header: &Header, segments: &Segments, columns: &mut Columns<'_>) -> Outcome<()> {
    for j in 0..header.columns {
        let id = VarId(j as u32);
        let bounds = segments.column_limits.get(j).copied();
        let (lower, upper) = match bounds {
            Some(Limits::Both(l, u)) => (l, u),
            Some(Limits::Below(u)) => (f64::NEG_INFINITY, u),
            Some(Limits::Above(l)) => (l, f64::INFINITY),
            Some(Limits::Free) => (f64::NEG_INFINITY, f64::INFINITY),
            Some(Limits::Equal(v)) => (v, v),
            None => return Err(Problem::CutOff("the bounds of all columns").anywhere()),
        };
        columns.set_lower(id, lower, 0);
        columns.set_upper(id, upper, 0);
        if header.is_integer(j) {
            let binary = lower >= 0.0 && upper <= 1.0;
            columns.kind[j] = if binary { VarKind::Binary } else { VarKind::Integer };
        }
    }
    Ok(())
}

/// Rows and objective.
fn build(mut segments: Segments, names: &[String], draft: &mut Draft) -> Outcome<()> {
    let mut folder = fold::Folder::new(std::mem::take(&mut segments.common));
    for r in 0..segments.rows.len() {
        let row = std::mem::take(&mut segments.rows[r]);
        let mut folded = folder.fold(row.body.as_ref(), &mut draft.model)?;
        folded.linear.extend(row.linear);
        let origin = draft.origin(names.get(r).map(String::as_str));
        let mut push = |sense, rhs: f64| {
            let id = draft.model.push_row(&folded.linear, &folded.quad, None, sense, rhs, origin);
            if let Some(expr) = folded.smooth {
                draft.model.rows.attach_smooth(id, expr);
            }
        };
        let shift = folded.constant;
        // A bound minus nothing is the bound itself, minus zero included.
        let rhs = |v: f64| if shift == 0.0 { v } else { v - shift };
        match row.limits {
            Some(Limits::Below(u)) => push(Sense::Le, rhs(u)),
            Some(Limits::Above(l)) => push(Sense::Ge, rhs(l)),
            Some(Limits::Equal(v)) => push(Sense::Eq, rhs(v)),
            Some(Limits::Both(l, u)) => {
                push(Sense::Ge, rhs(l));
                push(Sense::Le, rhs(u));
            }
            Some(Limits::Free) => draft.note("rows without a bound were left out"),
            None => return Err(Problem::CutOff("the right-hand sides of all rows").anywhere()),
        }
    }
    std::mem::take(&mut segments.suffixes).apply(&mut draft.model);
    let Some(goal) = segments.objective else { return Ok(()) };
    draft.maximise = goal.maximise;
    let mut folded = folder.fold(Some(&goal.body), &mut draft.model)?;
    folded.linear.extend(goal.linear);
    if goal.maximise {
        folded.negate(&mut draft.model);
    }
    let mut objective = Objective::new(&folded.linear, &folded.quad, folded.constant);
    objective.smooth = folded.smooth;
    draft.model.objective = objective;
    Ok(())
}
