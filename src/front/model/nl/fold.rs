//! From prefix form to constant, linear, quadratic and smooth parts.

use super::super::error::{Outcome, Problem};
use super::expr::Node;
use super::segments::Common;
use crate::ir::expr::Expr;
use crate::ir::{ExprId, Model, QuadTerm, VarId};

/// A value by its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    pub constant: f64,
    pub linear: Vec<(VarId, f64)>,
    pub quad: Vec<QuadTerm>,
    pub smooth: Option<ExprId>,
}

/// Terms of all common expressions written out together, at most; beyond it a file that doubles
/// itself forty times would fill the memory.
const MOST_TERMS: usize = 50_000_000;

impl Folded {
    fn number(value: f64) -> Self {
        Folded { constant: value, ..Self::default() }
    }

    fn is_number(&self) -> bool {
        self.linear.is_empty() && self.quad.is_empty() && self.smooth.is_none()
    }

    fn is_linear(&self) -> bool {
        self.quad.is_empty() && self.smooth.is_none()
    }

    /// Whether no product rounds when all numbers are multiplied by this one.
    fn scales(&self, by: f64) -> bool {
        let numbers = self.linear.iter().map(|t| t.1);
        let mut numbers = numbers.chain(self.quad.iter().map(|t| t.coefficient));
        exact_product(self.constant, by) && numbers.all(|a| exact_product(a, by))
    }

    fn scale(&mut self, by: f64, model: &mut Model) {
        self.constant *= by;
        self.linear.iter_mut().for_each(|t| t.1 *= by);
        self.quad.iter_mut().for_each(|t| t.coefficient *= by);
        self.smooth = self.smooth.map(|s| {
            if by == -1.0 {
                return model.exprs.push(Expr::Neg(s));
            }
            let factor = model.exprs.push(Expr::Constant(by));
            model.exprs.push(Expr::Product(factor, s))
        });
    }

    /// The negative of everything; a zero constant keeps its sign.
    pub fn negate(&mut self, model: &mut Model) {
        let constant = 0.0 - self.constant;
        self.scale(-1.0, model);
        self.constant = constant;
    }

    fn add(&mut self, mut other: Folded, model: &mut Model) {
        self.constant += other.constant;
        // The longer list stays where it is: chains of sums must not take quadratic time.
        if self.linear.len() < other.linear.len() {
            std::mem::swap(&mut self.linear, &mut other.linear);
        }
        if self.quad.len() < other.quad.len() {
            std::mem::swap(&mut self.quad, &mut other.quad);
        }
        self.linear.append(&mut other.linear);
        self.quad.append(&mut other.quad);
        self.smooth = match (self.smooth, other.smooth) {
            (Some(a), Some(b)) => Some(model.exprs.push(Expr::Sum(vec![a, b]))),
            (a, b) => a.or(b),
        };
    }

    /// The whole as one smooth expression.
    fn expression(self, model: &mut Model) -> ExprId {
        let mut parts = Vec::new();
        let exprs = &mut model.exprs;
        let mut scaled = |coefficient: f64, of: ExprId, exprs: &mut crate::ir::Exprs| {
            let part = if coefficient == 1.0 {
                of
            } else {
                let factor = exprs.push(Expr::Constant(coefficient));
                exprs.push(Expr::Product(factor, of))
            };
            parts.push(part);
        };
        for (v, a) in self.linear {
            let of = exprs.push(Expr::Var(v));
            scaled(a, of, exprs);
        }
        for t in self.quad {
            let (i, j) = (exprs.push(Expr::Var(t.i)), exprs.push(Expr::Var(t.j)));
            let of = exprs.push(Expr::Product(i, j));
            scaled(t.coefficient, of, exprs);
        }
        parts.extend(self.smooth);
        if self.constant != 0.0 || parts.is_empty() {
            parts.push(exprs.push(Expr::Constant(self.constant)));
        }
        match parts.as_slice() {
            [one] => *one,
            _ => exprs.push(Expr::Sum(parts)),
        }
    }

    fn smooth(id: ExprId) -> Self {
        Folded { smooth: Some(id), ..Self::default() }
    }
}

/// Folds expressions; the common ones once, when the first that uses one is met.
pub(super) struct Folder {
    common: Vec<Common>,
    /// The common expressions folded, and how many terms may still be written out.
    done: Option<(Vec<Folded>, usize)>,
}

impl Folder {
    pub fn new(common: Vec<Common>) -> Self {
        Folder { common, done: None }
    }

    /// Folds one expression; nothing is zero.
    pub fn fold(&mut self, body: Option<&Vec<Node>>, model: &mut Model) -> Outcome<Folded> {
        let Some(body) = body else { return Ok(Folded::default()) };
        let columns = model.var_count();
        if !body.iter().any(|n| matches!(n, Node::Variable(k) if *k >= columns)) {
            return prefix(body, &[], model, &mut { MOST_TERMS });
        }
        if self.done.is_none() {
            let mut budget = MOST_TERMS;
            let mut done: Vec<Folded> = Vec::with_capacity(self.common.len());
            for c in &self.common {
                let mut folded = prefix(&c.body, &done, model, &mut budget)?;
                folded.linear.extend(c.linear.iter().copied());
                done.push(folded);
            }
            self.done = Some((done, budget));
        }
        let (done, budget) = self.done.as_ref().map_or((&[][..], 0), |d| (&d.0[..], d.1));
        prefix(body, done, model, &mut { budget })
    }
}

/// Evaluates prefix form from its end, with a stack of operands.
fn prefix(
    body: &[Node],
    common: &[Folded],
    model: &mut Model,
    budget: &mut usize,
) -> Outcome<Folded> {
    let columns = model.var_count();
    let damaged = || Problem::Damaged("an expression lacks an operand".to_owned()).anywhere();
    let mut stack: Vec<Folded> = Vec::new();
    for node in body.iter().rev() {
        let mut pop = || stack.pop().ok_or_else(damaged);
        let value = match *node {
            Node::Number(v) => Folded::number(v),
            Node::Variable(k) if k < columns => {
                Folded { linear: vec![(VarId(k as u32), 1.0)], ..Folded::default() }
            }
            Node::Variable(k) => {
                let shared = common.get(k - columns).ok_or_else(damaged)?;
                let terms = shared.linear.len() + shared.quad.len();
                *budget = budget.checked_sub(terms).ok_or_else(|| {
                    Problem::unsupported(
                        "a common expression that grows beyond 50 million terms",
                        "give it a column of its own",
                    )
                    .anywhere()
                })?;
                shared.clone()
            }
            Node::Sum(n) => {
                let mut sum = Folded::default();
                for _ in 0..n {
                    sum.add(pop()?, model);
                }
                sum
            }
            Node::Minus => {
                let mut left = pop()?;
                let mut right = pop()?;
                right.negate(model);
                left.add(right, model);
                left
            }
            Node::Negate => {
                let mut value = pop()?;
                value.negate(model);
                value
            }
            Node::Times => {
                let (left, right) = (pop()?, pop()?);
                times(left, right, model)
            }
            Node::Divide => {
                let (left, right) = (pop()?, pop()?);
                divide(left, right, model)?
            }
            Node::Power => {
                let (base, exponent) = (pop()?, pop()?);
                power(base, &exponent, model)?
            }
            Node::Exp => {
                let inner = pop()?.expression(model);
                Folded::smooth(model.exprs.push(Expr::Exp(inner)))
            }
            Node::Log => {
                let inner = pop()?.expression(model);
                Folded::smooth(model.exprs.push(Expr::Log(inner)))
            }
        };
        stack.push(value);
    }
    match (stack.pop(), stack.is_empty()) {
        (Some(value), true) => Ok(value),
        _ => Err(damaged()),
    }
}

/// Whether `a * b` is no further from the doubles than it is.
fn exact_product(a: f64, b: f64) -> bool {
    let p = a * b;
    a.abs() == 1.0
        || b.abs() == 1.0
        || a == 0.0
        || b == 0.0
        || p.is_finite() && p.abs() > 1e-250 && a.mul_add(b, -p) == 0.0
}

/// Single columns multiply to a quadratic term, a number scales where that is exact; other products
/// stay smooth, as multiplying them out would round.
fn times(mut left: Folded, mut right: Folded, model: &mut Model) -> Folded {
    if left.is_number() && right.scales(left.constant) {
        right.scale(left.constant, model);
        return right;
    }
    if right.is_number() && left.scales(right.constant) {
        left.scale(right.constant, model);
        return left;
    }
    let single = |f: &Folded| f.is_linear() && f.constant == 0.0 && f.linear.len() == 1;
    if single(&left) && single(&right) {
        let ((i, a), (j, b)) = (left.linear[0], right.linear[0]);
        if a == 1.0 || b == 1.0 || a == -1.0 || b == -1.0 {
            return Folded {
                quad: vec![QuadTerm { i, j, coefficient: a * b }],
                ..Folded::default()
            };
        }
    }
    let (left, right) = (left.expression(model), right.expression(model));
    Folded::smooth(model.exprs.push(Expr::Product(left, right)))
}

fn divide(mut left: Folded, right: Folded, model: &mut Model) -> Outcome<Folded> {
    if right.is_number() && right.constant == 0.0 {
        return Err(Problem::Damaged("an expression is divided by zero".to_owned()).anywhere());
    }
    // Powers of two divide without rounding.
    if right.is_number() && right.constant.abs().log2().fract() == 0.0 {
        let by = 1.0 / right.constant;
        if by.is_finite() && left.scales(by) {
            left.scale(by, model);
            return Ok(left);
        }
    }
    let (left, right) = (left.expression(model), right.expression(model));
    Ok(Folded::smooth(model.exprs.push(Expr::Quotient(left, right))))
}

/// Whole powers up to 16, as products.
fn power(base: Folded, exponent: &Folded, model: &mut Model) -> Outcome<Folded> {
    let n = exponent.constant;
    if !exponent.is_number() || n.fract() != 0.0 || !(1.0..=16.0).contains(&n) {
        return Err(Problem::unsupported(
            "a power whose exponent is not a whole number from 1 to 16",
            "write it with exp and log",
        )
        .anywhere());
    }
    let mut value = base.clone();
    for _ in 1..n as usize {
        value = times(value, base.clone(), model);
    }
    Ok(value)
}
