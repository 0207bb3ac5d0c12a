//! Whether a target can say all of a model.

use super::{Capabilities, Fault, Faults, Quadratic, Sets};
use crate::ir::class::{Curvature, nonconvex, objective_curvature, row_curvature};
use crate::ir::names::{describe_row, describe_set, describe_var};
use crate::ir::sets::overlapping;
use crate::ir::{Model, RowView, VarKind};

const FIXED_COLUMN: &str = "an objective constant";

pub(super) fn check(model: &Model, capabilities: &Capabilities, faults: &mut Faults) {
    let Capabilities {
        integers,
        indicators,
        nonconvex_indicators,
        quad_rows,
        quad_objective,
        nonconvex_beside_rows,
        integer_quadratic,
        binary_products: _,
        sos1,
        smooth,
        common_expressions,
        objective_constant,
        ranges: _,
        no_rows,
        maximise: _,
        priorities: _,
        gzip: _,
        zstd: _,
        largest_coefficient: _,
        negligible_coefficient: _,
        infinity: _,
        longest_name: _,
    } = *capabilities;
    let missing = |who: String, feature: &'static str| Fault::Missing { who, feature };
    let objective = || "the objective".to_string();
    let integer = model.vars.iter().find(|v| v.kind != VarKind::Continuous);
    if let Some(var) = integer {
        if !integers {
            faults.push(missing(describe_var(model, var.id), "integer variables"));
        }
        let quadratic = model.rows.quad_terms() > 0 || !model.objective.quad.is_empty();
        if quadratic && !integer_quadratic {
            let who = describe_var(model, var.id);
            faults.push(missing(who, "integer variables beside quadratic terms"));
        }
    }
    let set = |k: usize| describe_set(model, model.sos1.get(k).map_or(&[], |s| &s.members));
    match sos1 {
        Sets::No if !model.sos1.is_empty() => {
            faults.push(missing(set(0), "special ordered sets"));
        }
        Sets::Disjoint => {
            let overlaps = overlapping(&model.sos1, model.var_count());
            if let Some(k) = overlaps.iter().position(|o| *o) {
                faults.push(missing(set(k), "special ordered sets with a member in common"));
            }
        }
        Sets::No | Sets::Any => {}
    }
    if smooth && !common_expressions && !model.shared_exprs().is_empty() {
        faults.push(missing("the table of expressions".into(), "common expressions"));
    }
    if !smooth && (model.objective.smooth.is_some() || !model.rows.smooth.is_empty()) {
        let row = model.rows.smooth.first();
        let who = row.map_or_else(objective, |s| describe_row(model, s.0));
        faults.push(missing(who, "smooth expressions"));
    }
    if !objective_constant && model.objective.constant != 0.0 {
        faults.push(missing(objective(), FIXED_COLUMN));
    }
    let curvature = objective_curvature(model);
    if !allowed(quad_objective, curvature) {
        faults.push(missing(objective(), quadratic_words(quad_objective)));
    } else if !nonconvex_beside_rows
        && curvature == Curvature::Nonconvex
        && !model.rows.quad_rows.is_empty()
    {
        faults.push(missing(objective(), "nonconvex quadratic terms beside quadratic rows"));
    }
    if !no_rows && model.rows.is_empty() {
        faults.push(missing("the model".into(), "a model without rows"));
    }
    let beside = nonconvex_indicators || model.rows.guards.is_empty() || !nonconvex(model);
    for &(row, _) in &model.rows.guards {
        let view = model.rows.get(row);
        let who = describe_row(model, row);
        if !indicators {
            faults.push(missing(who, "indicator constraints"));
        } else if !view.quad.is_empty() || view.smooth.is_some() {
            faults.push(missing(who, "indicator constraints on nonlinear rows"));
        } else if !beside {
            faults.push(missing(who, "indicator constraints beside nonconvex quadratic terms"));
        }
    }
    for &(row, ..) in &model.rows.quad_rows {
        if quad_rows != Quadratic::Any && !allowed(quad_rows, row_curvature(&model.rows.get(row))) {
            faults.push(missing(describe_row(model, row), quadratic_words(quad_rows)));
        }
    }
    sizes(model, capabilities, faults);
}

fn allowed(quadratic: Quadratic, curvature: Curvature) -> bool {
    match (quadratic, curvature) {
        (_, Curvature::Linear) | (Quadratic::Any, _) => true,
        (Quadratic::Convex, c) => c == Curvature::Convex,
        (Quadratic::No, _) => false,
    }
}

fn quadratic_words(quadratic: Quadratic) -> &'static str {
    match quadratic {
        Quadratic::No => "quadratic terms there",
        Quadratic::Convex | Quadratic::Any => "nonconvex quadratic terms there",
    }
}

/// Numbers that a reader would misread.
fn sizes(model: &Model, capabilities: &Capabilities, faults: &mut Faults) {
    let Capabilities { largest_coefficient, negligible_coefficient, infinity, .. } = *capabilities;
    let misread = |a: f64| a.abs() >= largest_coefficient || a.abs() <= negligible_coefficient;
    if infinity.is_finite() {
        for var in model.vars.iter() {
            for bound in [var.lower, var.upper] {
                if bound.is_finite() && bound.abs() >= infinity {
                    faults.push(Fault::OutOfRange {
                        what: "a bound",
                        who: describe_var(model, var.id),
                        value: bound,
                        rule: "so large a bound is read as infinite",
                    });
                }
            }
        }
    }
    if largest_coefficient == f64::MAX && negligible_coefficient == 0.0 && infinity.is_infinite() {
        return;
    }
    for row in model.rows.iter() {
        let RowView { id, vals, quad, rhs, .. } = row;
        let values = vals.iter().copied().chain(quad.iter().map(|t| t.coefficient));
        if let Some(value) = values.into_iter().find(|a| misread(*a)) {
            let small = value.abs() <= negligible_coefficient;
            faults.push(Fault::OutOfRange {
                what: "a coefficient",
                who: describe_row(model, id),
                value,
                rule: if small { "so small a number is read as zero" } else { "too large" },
            });
        }
        if rhs.abs() >= infinity {
            faults.push(Fault::OutOfRange {
                what: "the right-hand side",
                who: describe_row(model, id),
                value: rhs,
                rule: "so large a side is read as infinite",
            });
        }
        if faults.full() {
            return;
        }
    }
}
