//! Lowering: a model is made to fit what a target can say, or refused.
//!
//! [`legalise`] runs the lowerings that the target's [`Capabilities`](crate::valid::Capabilities)
//! call for, one file each. Each states in its documentation whether it is *exact* (same projection
//! on the original variables), a *relaxation* (superset) or a *restriction* (subset). Variables are
//! only appended, so a point of the lowered model, cut to the original number of variables, is a
//! point for the original one. Nothing is ever dropped: what cannot be said is refused.

pub mod constant;
mod draft;
pub mod guarded;
pub mod indicator;
pub mod integer_bounds;
pub mod mccormick;
pub mod no_rows;
pub mod product;
pub mod scale;
pub mod sos;
pub mod square;
mod step;
mod target;
pub mod tree;

use std::borrow::Cow;

pub use step::{Guarantee, Lowering, Refusal, Step};
pub use target::{Format, Target, quirks};

use crate::ir::class::{Curvature, class, objective_curvature, row_curvature};
use crate::ir::names::describe_row;
use crate::ir::{Model, VarKind};
use crate::valid::{Checked, Fault, Quadratic, validate};
use draft::Draft;

/// What the caller allows beyond exact lowerings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LowerOptions {
    /// Nonconvex quadratic parts that the target lacks are relaxed (McCormick) instead of refused.
    pub relax: bool,
}

/// A model that fits a target.
#[derive(Clone, Debug)]
pub struct Lowered<'a> {
    /// The model; borrowed where nothing had to be done.
    pub model: Cow<'a, Model>,
    /// The target.
    pub target: Target,
    /// What all steps together preserve.
    pub guarantee: Guarantee,
    /// What was done, in order.
    pub steps: Vec<Step>,
    /// Number of variables before lowering; they are the first ones, in their order.
    pub original_vars: usize,
    /// What the appended columns are.
    definitions: Vec<draft::Definition>,
}

impl Lowered<'_> {
    /// A point of the original model with values for the appended columns, for use as a start.
    /// Nothing if `point` has another length than the original model. (The column of a smooth
    /// expression under an indicator is only given its linear and quadratic part.)
    #[must_use]
    pub fn extend_point(&self, point: &[f64]) -> Option<Vec<f64>> {
        if point.len() != self.original_vars {
            return None;
        }
        let mut values = point.to_vec();
        for definition in &self.definitions {
            values.push(definition.value(&values));
        }
        Some(values)
    }

    /// The token that writers demand.
    ///
    /// # Errors
    ///
    /// What does not fit the target; nothing, for a result of [`legalise`].
    pub fn checked(&self) -> Result<Checked<'_>, Vec<Fault>> {
        validate(&self.model, Some(self.target.capabilities()))
    }
}

/// Makes `model` fit `target` by exact lowerings alone.
///
/// # Errors
///
/// The first thing that cannot be said or lowered, naming the row or variable and what to do.
pub fn legalise(model: &Model, target: Target) -> Result<Lowered<'_>, Refusal> {
    legalise_with(model, target, LowerOptions::default())
}

/// Makes `model` fit `target`.
///
/// # Errors
///
/// As [`legalise`].
pub fn legalise_with(
    model: &Model,
    target: Target,
    options: LowerOptions,
) -> Result<Lowered<'_>, Refusal> {
    validate(model, None).map_err(Refusal::Invalid)?;
    smooth(model, target)?;
    let mut draft = Draft::new(model, target);
    integer_bounds::lower(&mut draft);
    tree::lower(&mut draft)?;
    square::lower(&mut draft)?;
    product::lower(&mut draft)?;
    if options.relax {
        mccormick::lower(&mut draft)?;
    }
    quadratic(&draft)?;
    guarded::lower(&mut draft)?;
    sos::lower(&mut draft)?;
    indicator::lower(&mut draft)?;
    constant::lower(&mut draft);
    no_rows::lower(&mut draft);
    scale::lower(&mut draft)?;
    draft.one_name_a_row();
    if !target.capabilities().priorities {
        draft.note(Lowering::Priorities, model.priorities.len());
    }
    let Draft { model: lowered, steps, definitions, .. } = draft;
    let guarantee = steps.iter().fold(Guarantee::Exact, |g, step| g.and(step.lowering.guarantee()));
    let lowered = Lowered {
        model: lowered,
        target,
        guarantee,
        steps,
        original_vars: model.var_count(),
        definitions,
    };
    match lowered.checked() {
        Ok(_) => Ok(lowered),
        Err(faults) => Err(match faults.into_iter().next() {
            Some(fault) => Refusal::Left { target: target.name(), fault: Box::new(fault) },
            None => Refusal::Invalid(Vec::new()),
        }),
    }
}

/// Refuses quadratic parts that are left and that the target does not take, with the remedy.
fn quadratic(draft: &Draft<'_>) -> Result<(), Refusal> {
    let model = &draft.model;
    let capabilities = draft.target.capabilities();
    let refuse = |who: String, feature: &'static str| {
        let class = class(model);
        let convex = class.rows.max(class.objective) == Curvature::Convex;
        Err(Refusal::Quadratic { who, feature, convex, target: draft.target.name() })
    };
    let discrete = model.vars.kind.iter().any(|k| *k != VarKind::Continuous);
    let mixed = discrete && !capabilities.integer_quadratic;
    let beyond = |have: Quadratic, curvature: Curvature| match (have, curvature) {
        (_, Curvature::Linear) => None,
        _ if mixed => Some("quadratic terms in a model with integer variables"),
        (Quadratic::Any, _) | (Quadratic::Convex, Curvature::Convex) => None,
        (Quadratic::Convex, Curvature::Nonconvex) => Some("nonconvex quadratic terms"),
        (Quadratic::No, _) => Some("quadratic terms"),
    };
    for (row, ..) in &model.rows.quad_rows {
        let curvature = row_curvature(&model.rows.get(*row));
        if let Some(feature) = beyond(capabilities.quad_rows, curvature) {
            return refuse(describe_row(model, *row), feature);
        }
    }
    let curvature = objective_curvature(model);
    let feature = beyond(capabilities.quad_objective, curvature).or_else(|| {
        let both = curvature == Curvature::Nonconvex && !model.rows.quad_rows.is_empty();
        (both && !capabilities.nonconvex_beside_rows)
            .then_some("nonconvex quadratic terms beside quadratic rows")
    });
    match feature {
        Some(feature) => refuse("the objective".into(), feature),
        None => Ok(()),
    }
}

/// Refuses smooth expressions for a target without them.
fn smooth(model: &Model, target: Target) -> Result<(), Refusal> {
    let row = model.rows.smooth.first().map(|s| describe_row(model, s.0));
    let objective = model.objective.smooth.map(|_| "the objective".to_string());
    match row.or(objective) {
        Some(who) if !target.capabilities().smooth => {
            Err(Refusal::Smooth { who, target: target.name() })
        }
        _ => Ok(()),
    }
}
