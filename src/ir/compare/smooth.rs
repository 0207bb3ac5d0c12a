//! A normal form of smooth expressions, so that two of them compare whatever their order.
//!
//! An expression becomes a sum of terms, a term a coefficient and sorted factors. Only what is exact
//! in doubles is done: sums and products are flattened, equal terms added, numbers multiplied and
//! moved into sums where no rounding happens, divisions by powers of two turned into products.
//! Products of sums are not multiplied out. So equal normal forms are equal functions, while equal
//! functions may have different ones.

use std::collections::BTreeMap;

use crate::ir::expr::Expr;
use crate::ir::{ExprId, Model, VarId};

/// A sum of terms, sorted; without terms it is zero.
pub(super) type Sum = Vec<Term>;

/// A double by its bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bits(pub u64);

/// A coefficient and sorted factors by their number in [`Forms`]; without factors it is a number.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(super) struct Term {
    pub factors: Vec<u32>,
    pub coefficient: f64,
}

/// What a term is multiplied from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Factor {
    /// A variable by name.
    Var(String),
    /// A number that could not be multiplied exactly.
    Number(Bits),
    /// A sum of several terms.
    Sum(Frozen),
    Exp(Frozen),
    Log(Frozen),
    Quotient(Frozen, Frozen),
}

/// A frozen sum: factors and coefficient of each term.
pub(super) type Frozen = Vec<(Vec<u32>, Bits)>;

/// A factor without its place.
pub(super) enum Shape<'a> {
    /// A variable by name.
    Var(&'a str),
    /// A code of what is done with the sums.
    Of(u64, Vec<&'a Frozen>),
}

/// The digits of a double without its sign and power of two, which the order of terms decides where
/// sums are factors.
pub(super) fn mantissa(bits: u64) -> u64 {
    bits & 0x000F_FFFF_FFFF_FFFF
}

/// Terms of all sums, at most: a file that doubles itself forty times would fill the memory.
const MOST_TERMS: usize = 5_000_000;

/// The factors of two models, shared so that equal ones have one number.
#[derive(Default)]
pub(super) struct Forms {
    numbers: BTreeMap<Factor, u32>,
    /// The name behind a factor that is a variable.
    names: Vec<Option<String>>,
    terms: usize,
}

fn frozen(sum: &Sum) -> Frozen {
    sum.iter().map(|t| (t.factors.clone(), Bits((t.coefficient + 0.0).to_bits()))).collect()
}

/// `a * b` where it is exact.
fn exact_product(a: f64, b: f64) -> Option<f64> {
    let p = a * b;
    let normal = p == 0.0 && (a == 0.0 || b == 0.0) || p.is_normal() && p.abs() > 1e-250;
    (normal && a.mul_add(b, -p) == 0.0).then_some(p)
}

/// `a + b` where it is exact (Knuth's two-sum).
pub(super) fn exact_sum(a: f64, b: f64) -> Option<f64> {
    let s = a + b;
    let t = s - a;
    (s.is_finite() && (a - (s - t)) + (b - t) == 0.0).then_some(s)
}

impl Forms {
    fn number(&mut self, factor: Factor) -> u32 {
        let next = self.numbers.len() as u32;
        let name = match &factor {
            Factor::Var(name) => Some(name.clone()),
            _ => None,
        };
        let number = *self.numbers.entry(factor).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        number
    }

    /// The variable behind a factor.
    pub(super) fn variable(&self, factor: u32) -> Option<&str> {
        self.names.get(factor as usize)?.as_deref()
    }

    /// Every factor by its number: its variable, or a code and the sums it is made of. A factor has
    /// a greater number than the factors of its sums.
    pub(super) fn shapes(&self) -> Vec<Shape<'_>> {
        let mut found: Vec<(u32, Shape<'_>)> = self
            .numbers
            .iter()
            .map(|(factor, number)| {
                let shape = match factor {
                    Factor::Var(name) => Shape::Var(name),
                    Factor::Number(c) => Shape::Of(mantissa(c.0), Vec::new()),
                    Factor::Sum(s) => Shape::Of(1, vec![s]),
                    Factor::Exp(s) => Shape::Of(2, vec![s]),
                    Factor::Log(s) => Shape::Of(3, vec![s]),
                    Factor::Quotient(a, b) => Shape::Of(4, vec![a, b]),
                };
                (*number, shape)
            })
            .collect();
        found.sort_by_key(|f| f.0);
        found.into_iter().map(|f| f.1).collect()
    }

    pub(super) fn var(&mut self, name: String) -> u32 {
        self.number(Factor::Var(name))
    }

    /// Sorted, equal terms added where that is exact, zeros dropped.
    pub(super) fn tidy(&self, mut sum: Sum) -> Sum {
        sum.sort_by(|a, b| a.factors.cmp(&b.factors).then(a.coefficient.total_cmp(&b.coefficient)));
        let mut out: Sum = Vec::with_capacity(sum.len());
        for term in sum {
            if let Some(last) = out.last_mut()
                && last.factors == term.factors
                && let Some(s) = exact_sum(last.coefficient, term.coefficient)
            {
                last.coefficient = s;
                continue;
            }
            out.push(term);
        }
        out.retain(|t| t.coefficient != 0.0);
        out
    }

    /// The normal form of every node that `wanted` reaches; nothing if it grows too large.
    pub(super) fn all(
        &mut self,
        model: &Model,
        name: impl Fn(VarId) -> String,
    ) -> Option<Vec<Sum>> {
        let mut out: Vec<Sum> = Vec::with_capacity(model.exprs.len());
        for k in 0..model.exprs.len() {
            let at = |id: &ExprId| out.get(id.0 as usize);
            let sum = match model.exprs.get(ExprId(k as u32)) {
                Expr::Constant(c) => vec![Term { factors: Vec::new(), coefficient: *c }],
                Expr::Var(v) => {
                    vec![Term { factors: vec![self.var(name(*v))], coefficient: 1.0 }]
                }
                Expr::Sum(operands) => {
                    let mut all = Vec::new();
                    for o in operands {
                        all.extend(at(o)?.iter().cloned());
                        self.spend(all.len())?;
                    }
                    all
                }
                Expr::Product(a, b) => self.product(at(a)?, at(b)?),
                Expr::Quotient(a, b) => self.quotient(at(a)?, at(b)?),
                Expr::Neg(a) => scaled(at(a)?, -1.0)?,
                Expr::Exp(a) => {
                    let factor = Factor::Exp(frozen(at(a)?));
                    self.single(1.0, factor)
                }
                Expr::Log(a) => {
                    let factor = Factor::Log(frozen(at(a)?));
                    self.single(1.0, factor)
                }
            };
            self.spend(sum.len())?;
            out.push(self.tidy(sum));
        }
        Some(out)
    }

    fn spend(&mut self, terms: usize) -> Option<()> {
        self.terms += terms;
        (self.terms <= MOST_TERMS).then_some(())
    }

    fn single(&mut self, coefficient: f64, factor: Factor) -> Sum {
        vec![Term { factors: vec![self.number(factor)], coefficient }]
    }

    fn product(&mut self, a: &Sum, b: &Sum) -> Sum {
        let number = |s: &Sum| match s.as_slice() {
            [one] if one.factors.is_empty() => Some(one.coefficient),
            _ => None,
        };
        let (in_a, in_b) = (number(a), number(b));
        if let Some(sum) =
            in_a.and_then(|c| scaled(b, c)).or_else(|| in_b.and_then(|c| scaled(a, c)))
        {
            return sum;
        }
        if a.is_empty() || b.is_empty() {
            return Vec::new();
        }
        let (mut left, right) = (self.one_term(a), self.one_term(b));
        left.factors.extend(right.factors);
        match exact_product(left.coefficient, right.coefficient) {
            Some(p) => left.coefficient = p,
            None => {
                for c in [left.coefficient, right.coefficient] {
                    let factor = self.number(Factor::Number(Bits(c.to_bits())));
                    left.factors.push(factor);
                }
                left.coefficient = 1.0;
            }
        }
        left.factors.sort_unstable();
        vec![left]
    }

    /// A sum as one term: itself, or a factor whose first coefficient lies in `[1, 2)`.
    fn one_term(&mut self, sum: &Sum) -> Term {
        if let [one] = sum.as_slice() {
            return one.clone();
        }
        let first = sum.first().map_or(1.0, |t| t.coefficient);
        let size = 2_f64.powi(first.abs().log2().floor().clamp(-500.0, 500.0) as i32);
        let unit = if first < 0.0 { -size } else { size };
        let (coefficient, body) = match scaled(sum, 1.0 / unit) {
            Some(body) => (unit, body),
            None => (1.0, sum.clone()),
        };
        // Another sign may sort equal factors in another way.
        let body = self.tidy(body);
        Term { factors: vec![self.number(Factor::Sum(frozen(&body)))], coefficient }
    }

    fn quotient(&mut self, a: &Sum, b: &Sum) -> Sum {
        if let [Term { factors, coefficient }] = b.as_slice()
            && factors.is_empty()
            && coefficient.abs().log2().fract() == 0.0
            && let Some(sum) = scaled(a, 1.0 / coefficient)
        {
            return sum;
        }
        let factor = Factor::Quotient(frozen(a), frozen(b));
        self.single(1.0, factor)
    }
}

/// The sum times a number, if all of it is exact.
fn scaled(sum: &Sum, by: f64) -> Option<Sum> {
    sum.iter()
        .map(|t| {
            let coefficient = exact_product(t.coefficient, by)?;
            Some(Term { factors: t.factors.clone(), coefficient })
        })
        .collect()
}
