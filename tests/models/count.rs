//! What a reader of a written model has to count.

use serde_json::{Map, Value, json};
use theriac::back::{NameStyle, Written};
use theriac::ir::{Model, QuadTerm, RowView, Sense, VarId, VarKind, VarView, stats};
use theriac::lower::Target;

use super::readback::column_names;

fn unbounded_integer(v: &VarView) -> bool {
    v.kind != VarKind::Continuous && (v.lower.is_infinite() || v.upper.is_infinite())
}

/// What a reader of the file has to count.
pub fn count(model: &Model) -> Value {
    let s = stats(model);
    let rows: Vec<RowView<'_>> = model.rows.iter().collect();
    let guarded = || rows.iter().filter(|r| r.guard.is_some());
    let nonlinear = |r: &RowView<'_>| !r.quad.is_empty() || r.smooth.is_some();
    let plain = rows.iter().filter(|r| r.guard.is_none() && !nonlinear(r));
    let entries = |r: &RowView<'_>| r.cols.len();
    let squares = |quad: &[QuadTerm]| quad.iter().filter(|t| t.i == t.j).count();
    let objective = &model.objective;
    let in_rows: usize = rows.iter().map(|r| squares(r.quad)).sum();
    json!({
        "class": s.class.to_string(),
        "vars": model.var_count(),
        "integers": s.integers + s.binaries,
        "unbounded_integers": model.vars.iter().filter(unbounded_integer).count(),
        "linear_rows": s.linear_rows - s.indicators,
        "nonlinear_rows": s.quad_rows + s.smooth_rows,
        "indicators": s.indicators,
        "indicator_equations": guarded().filter(|r| r.sense == Sense::Eq).count(),
        "indicator_equation_nonzeros": guarded().filter(|r| r.sense == Sense::Eq).map(entries).sum::<usize>(),
        "sos": s.sos1,
        "nonzeros": s.nonzeros,
        "linear_nonzeros": plain.map(entries).sum::<usize>(),
        "indicator_nonzeros": guarded().map(entries).sum::<usize>(),
        "nonlinear_nonzeros": rows.iter().filter(|r| nonlinear(r)).map(entries).sum::<usize>(),
        "row_squares": in_rows,
        "row_products": s.quad_terms - in_rows,
        "objective_squares": squares(&objective.quad),
        "objective_products": objective.quad.len() - squares(&objective.quad),
        "objective_nonzeros": objective.linear.len(),
        "tiny_costs": objective.linear.iter().filter(|t| t.1.abs() <= 1e-12).count(),
    })
}

/// Notes in a record of priorities that its file is for the model file `file` of `target`. A reader
/// of both has these `values`; `columns` are the names of an NL file in its order.
pub fn prioritised(
    record: &mut Value,
    target: Target,
    file: &str,
    model: &Model,
    written: &Written,
    style: NameStyle<'_>,
) {
    let given = |v: VarId| model.priorities.iter().find(|p| p.0 == v).map_or(0, |p| p.1);
    let discrete = model.vars.iter().filter(|v| v.kind != VarKind::Continuous);
    let values: Map<String, Value> =
        discrete.map(|v| (style.var_string(model, v.id), given(v.id).into())).collect();
    assert!(record["values"].is_null() || record["values"] == json!(values));
    record["values"] = values.into();
    record["for"][target.name()] = file.into();
    if let Some(names) = column_names(model, written, style) {
        record["columns"] = names.into();
    }
}
