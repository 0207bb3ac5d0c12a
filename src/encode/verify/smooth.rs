//! Smooth functions as they are, for NL targets.

use super::error::VerifyError;
use super::options::SmoothForm;
use super::walk::{At, Encoder};
use crate::bounds::Interval;
use crate::bounds::interval::{add_up, mul_up};
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::expr::{Expr, Exprs};
use crate::ir::{ExprId, QuadTerm, Rule, Sense, VarId, VarKind};
use crate::network::graph::Function;
use crate::network::graph::eval::smooth;

impl Encoder<'_> {
    /// `f(a)` as the options say.
    pub fn smooth(&mut self, a: &Lin, f: Function, at: At) -> Result<Lin, VerifyError> {
        let Interval { lo, hi } = a.range;
        let outside = match f {
            Function::Log => lo <= 0.0,
            Function::Sqrt => lo < 0.0,
            Function::Sigmoid
            | Function::Tanh
            | Function::Softplus
            | Function::Erf
            | Function::Exp => false,
        };
        if outside {
            let node = self.node_name(at);
            return Err(VerifyError::Domain { node, element: at.element, lo, hi });
        }
        self.finite(a.range, at)?;
        match self.options.smooth {
            SmoothForm::Refuse => {
                Err(VerifyError::Smooth { node: self.node_name(at), function: f })
            }
            SmoothForm::Exact => self.smooth_exact(a, f, at),
            SmoothForm::Pieces(pieces) => self.envelope(a, f, pieces, at),
        }
    }

    /// The column of `f(a)`.
    pub fn smooth_value(&mut self, a: &Lin, f: Function, at: At) -> Result<Lin, VerifyError> {
        let known = self.bounds[at.node][at.element].meet(smooth::enclosure(f, a.range));
        self.finite(known, at)?;
        let recipe = Recipe::Function { f, of: a.clone(), low: known.lo, high: known.hi };
        Ok(self.b.variable(VarKind::Continuous, known, at.value(), recipe))
    }

    /// `y = f(a)` with the function itself in the row. *Exact*; a slop of `a` relaxes the row by
    /// what it can do to `f`.
    fn smooth_exact(&mut self, a: &Lin, f: Function, at: At) -> Result<Lin, VerifyError> {
        let origin = at.origin(Rule::NodeSplit);
        // Expressions speak of columns.
        let a = match a.single() {
            Some((_, 1.0)) if a.constant == 0.0 => a.clone(),
            _ => self.column(a, at.role(crate::ir::Family::NodePart, 0), origin),
        };
        let Some((x, _)) = a.single() else { return Ok(Lin::exact(a.constant)) };
        let y = self.smooth_value(&a, f, at)?;
        let slack = mul_up(steepest(f, a.range.widen(a.slop)), a.slop);
        let linear = [(y.terms[0].0, 1.0)];
        let senses: &[(Sense, f64)] = if slack == 0.0 {
            &[(Sense::Eq, 0.0)]
        } else {
            &[(Sense::Le, slack), (Sense::Ge, -slack)]
        };
        if f == Function::Sqrt {
            // y^2 = a: |y^2 - a'| <= slop of a.
            let quad = [QuadTerm { i: y.terms[0].0, j: y.terms[0].0, coefficient: 1.0 }];
            for (sense, _) in senses {
                let rhs = match sense {
                    Sense::Eq => 0.0,
                    Sense::Le => a.slop,
                    Sense::Ge => -a.slop,
                };
                self.b.model.add_quad_row(&[(x, -1.0)], &quad, *sense, rhs, origin);
            }
            return Ok(y);
        }
        let Some(value) = expression(&mut self.b.model.exprs, f, x, a.range) else {
            return Err(VerifyError::NoExpression { node: self.node_name(at), function: f });
        };
        for (sense, rhs) in senses {
            let minus = self.b.model.exprs.push(Expr::Neg(value));
            let row = self.b.model.add_row(&linear, *sense, *rhs, origin);
            self.b.model.rows.attach_smooth(row, minus);
        }
        Ok(y)
    }
}

/// A bound of `|f'|` over a range.
fn steepest(f: Function, over: Interval) -> f64 {
    match f {
        Function::Sigmoid | Function::Tanh | Function::Softplus => 1.0,
        Function::Erf => 1.13,
        Function::Exp => smooth::enclosure(f, over).hi,
        Function::Log => Interval::point(1.0).divide(over.lo.max(f64::MIN_POSITIVE)).hi,
        // Its row is about the square.
        Function::Sqrt => 1.0,
    }
}

/// `f(x)`, written so that no exponential of the range overflows.
fn expression(e: &mut Exprs, f: Function, x: VarId, over: Interval) -> Option<ExprId> {
    const LARGE: f64 = 600.0;
    let x = e.push(Expr::Var(x));
    let one = e.push(Expr::Constant(1.0));
    let scaled = |e: &mut Exprs, c: f64| {
        let c = e.push(Expr::Constant(c));
        e.push(Expr::Product(c, x))
    };
    let one_plus_exp = |e: &mut Exprs, of: ExprId| {
        let exp = e.push(Expr::Exp(of));
        e.push(Expr::Sum(vec![one, exp]))
    };
    Some(match f {
        Function::Exp => e.push(Expr::Exp(x)),
        Function::Log => e.push(Expr::Log(x)),
        Function::Sigmoid if over.lo < -LARGE => return None,
        Function::Sigmoid => {
            let minus = e.push(Expr::Neg(x));
            let below = one_plus_exp(e, minus);
            e.push(Expr::Quotient(one, below))
        }
        Function::Tanh if over.lo < -LARGE / 2.0 => return None,
        Function::Tanh => {
            // 2 / (1 + exp(-2 x)) - 1
            let twice = scaled(e, -2.0);
            let below = one_plus_exp(e, twice);
            let two = e.push(Expr::Constant(2.0));
            let part = e.push(Expr::Quotient(two, below));
            let minus = e.push(Expr::Constant(-1.0));
            e.push(Expr::Sum(vec![part, minus]))
        }
        Function::Softplus if over.hi <= LARGE => {
            let inner = one_plus_exp(e, x);
            e.push(Expr::Log(inner))
        }
        Function::Softplus if over.lo >= -LARGE => {
            let minus = e.push(Expr::Neg(x));
            let inner = one_plus_exp(e, minus);
            let log = e.push(Expr::Log(inner));
            e.push(Expr::Sum(vec![x, log]))
        }
        Function::Softplus | Function::Erf | Function::Sqrt => return None,
    })
}

/// The greatest slope times a width, for those who relax rows.
#[must_use]
pub fn reach(f: Function, over: Interval, by: f64) -> f64 {
    add_up(mul_up(steepest(f, over), by), 0.0)
}
