//! `BOUNDS`.

use super::super::columns::Columns;
use super::super::error::{Outcome, Problem};
use super::fields::Fields;
use crate::ir::{VarId, VarKind};

/// What was said of a column's bounds.
#[derive(Clone, Copy, Default)]
pub(super) struct Given {
    lower: bool,
    upper: bool,
    /// Declared integer by a marker.
    pub marked: bool,
    /// Line of an upper bound below zero.
    negative_upper: Option<usize>,
}

/// Whether a number belongs to this kind.
pub(super) fn needs_value(kind: &str) -> bool {
    matches!(kind, "LO" | "UP" | "FX" | "LI" | "UI" | "SC" | "SI")
}

/// One line. Both ends may be given once.
pub(super) fn apply(
    columns: &mut Columns<'_>,
    given: &mut [Given],
    id: VarId,
    kind: &str,
    value: Option<&str>,
    fields: &Fields<'_>,
) -> Outcome<()> {
    let line = fields.line;
    let known = needs_value(kind) || matches!(kind, "FR" | "MI" | "PL" | "BV");
    if !known {
        return Err(fields.unexpected("LO, UP, FX, FR, MI, PL, BV, LI or UI"));
    }
    if matches!(kind, "SC" | "SI") {
        return Err(fields.fail(Problem::unsupported(
            "a semi-continuous column",
            "multiply its bounds with a binary column",
        )));
    }
    let value = match (needs_value(kind), value) {
        (true, Some(text)) => fields.bound(text)?,
        (true, None) => return Err(fields.unexpected("a number")),
        (false, _) => 0.0,
    };
    let slot = &mut given[id.index()];
    let (lower, upper) = (
        matches!(kind, "LO" | "FX" | "FR" | "MI" | "BV" | "LI"),
        matches!(kind, "UP" | "FX" | "FR" | "PL" | "BV" | "UI"),
    );
    if lower && slot.lower || upper && slot.upper {
        let name = columns.name(id).to_owned();
        return Err(fields.fail(Problem::Twice { kind: "a bound of", name }));
    }
    slot.lower |= lower;
    slot.upper |= upper;
    match kind {
        "LO" | "LI" => columns.set_lower(id, value, line),
        "UP" | "UI" => {
            columns.set_upper(id, value, line);
            if value < 0.0 {
                slot.negative_upper = Some(line);
            }
        }
        "FX" => {
            columns.set_lower(id, value, line);
            columns.set_upper(id, value, line);
        }
        "FR" => {
            columns.set_lower(id, f64::NEG_INFINITY, line);
            columns.set_upper(id, f64::INFINITY, line);
        }
        "MI" => columns.set_lower(id, f64::NEG_INFINITY, line),
        "PL" => columns.set_upper(id, f64::INFINITY, line),
        _ => {
            columns.set_lower(id, 0.0, line);
            columns.set_upper(id, 1.0, line);
            columns.kind[id.index()] = VarKind::Binary;
        }
    }
    if matches!(kind, "LI" | "UI") {
        columns.kind[id.index()] = VarKind::Integer;
    }
    Ok(())
}

/// What follows from bounds that were not given.
pub(super) fn finish(columns: &mut Columns<'_>, given: &[Given]) -> Outcome<()> {
    for (j, slot) in given.iter().enumerate() {
        let id = VarId(j as u32);
        if let Some(line) = slot.negative_upper
            && !slot.lower
        {
            let name = columns.name(id);
            return Err(Problem::ambiguous(
                format!("a negative upper bound of `{name}` without a lower one (0 or -inf)"),
                "give the lower bound too (LO or MI)",
            )
            .at(line));
        }
        if slot.marked && !slot.lower && !slot.upper {
            columns.kind[j] = VarKind::Binary;
            columns.set_lower(id, 0.0, 0);
            columns.set_upper(id, 1.0, 0);
        }
    }
    Ok(())
}
