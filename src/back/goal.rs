//! The objective as the file states it: minimised as it is, or its negative maximised.

use std::borrow::Cow;

use crate::ir::expr::Expr;
use crate::ir::{ExprId, Model, QuadTerm, VarId};

/// Terms of the objective in the sense of the file. This is the one place where a sign changes.
pub(super) struct Goal<'a> {
    /// Whether the file maximises.
    pub maximise: bool,
    /// Linear part by ascending variable.
    pub linear: Cow<'a, [(VarId, f64)]>,
    /// Quadratic part.
    pub quad: Cow<'a, [QuadTerm]>,
    /// Constant part.
    pub constant: f64,
    /// Smooth part, and whether the file states its negative.
    pub smooth: Option<(ExprId, bool)>,
}

impl<'a> Goal<'a> {
    /// A linear objective, which is minimised, or its negative, to be maximised.
    pub fn of_linear(terms: &'a [(VarId, f64)], maximise: bool) -> Self {
        let linear = match maximise {
            false => Cow::Borrowed(terms),
            true => terms.iter().map(|(v, a)| (*v, -a)).collect(),
        };
        Goal { maximise, linear, quad: Cow::Borrowed(&[]), constant: 0.0, smooth: None }
    }

    /// The objective of `model`, which is minimised, or its negative, to be maximised.
    pub fn new(model: &'a Model, maximise: bool) -> Self {
        let objective = &model.objective;
        if !maximise {
            return Goal {
                maximise,
                linear: Cow::Borrowed(&objective.linear),
                quad: Cow::Borrowed(&objective.quad),
                constant: objective.constant,
                smooth: objective.smooth.map(|id| (id, false)),
            };
        }
        let quad = objective.quad.iter().map(|t| QuadTerm { coefficient: -t.coefficient, ..*t });
        Goal {
            maximise,
            linear: objective.linear.iter().map(|(v, a)| (*v, -a)).collect(),
            quad: quad.collect(),
            // No negative zero.
            constant: 0.0 - objective.constant,
            // The negative of a negative is what stands below it.
            smooth: objective.smooth.map(|id| match model.exprs.get(id) {
                Expr::Neg(inner) => (*inner, false),
                _ => (id, true),
            }),
        }
    }
}
