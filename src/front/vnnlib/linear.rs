//! Linear expressions with enclosed coefficients.

use super::error::Problem;
use crate::bounds::Interval;
use crate::question::verify::{Atom, Relation, Variable};

/// A number, a variable, or a sum of them.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Number(Interval),
    Variable(Variable),
    Linear(Linear),
}

/// `sum coefficient * variable + constant`; a variable may stand in it more than once.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    terms: Vec<(Variable, Interval)>,
    constant: Interval,
}

const ONE: Interval = Interval { lo: 1.0, hi: 1.0 };

impl Value {
    fn linear(self) -> Linear {
        match self {
            Value::Number(constant) => Linear { terms: Vec::new(), constant },
            Value::Variable(v) => Linear { terms: vec![(v, ONE)], constant: Interval::ZERO },
            Value::Linear(linear) => linear,
        }
    }

    pub fn plus(self, other: Value) -> Value {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => Value::Number(a + b),
            (a, b) => {
                let mut sum = a.linear();
                match b {
                    Value::Number(c) => sum.constant = sum.constant + c,
                    Value::Variable(v) => sum.terms.push((v, ONE)),
                    Value::Linear(mut b) => {
                        if sum.terms.len() < b.terms.len() {
                            std::mem::swap(&mut sum, &mut b);
                        }
                        sum.terms.append(&mut b.terms);
                        sum.constant = sum.constant + b.constant;
                    }
                }
                Value::Linear(sum)
            }
        }
    }

    pub fn negated(self) -> Value {
        match self {
            Value::Number(c) => Value::Number(-c),
            other => {
                let mut linear = other.linear();
                linear.constant = -linear.constant;
                linear.terms.iter_mut().for_each(|t| t.1 = -t.1);
                Value::Linear(linear)
            }
        }
    }

    pub fn times(self, other: Value) -> Result<Value, Problem> {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => Ok(Value::Number(a * b)),
            (Value::Number(c), linear) | (linear, Value::Number(c)) => {
                if c == ONE {
                    return Ok(linear);
                }
                if c == Interval::ZERO {
                    return Ok(Value::Number(c));
                }
                Ok(linear.mapped(|x| x * c))
            }
            _ => Err(Problem::Product),
        }
    }

    pub fn over(self, other: &Value) -> Result<Value, Problem> {
        let Value::Number(d) = *other else { return Err(Problem::Divisor) };
        if d.contains(0.0) {
            return Err(Problem::Divisor);
        }
        let quotient = move |x: Interval| {
            let (x, d) = if d.lo > 0.0 { (x, d) } else { (-x, -d) };
            x.divide(d.lo).hull(x.divide(d.hi))
        };
        Ok(match self {
            Value::Number(c) => Value::Number(quotient(c)),
            other => other.mapped(quotient),
        })
    }

    fn mapped(self, f: impl Fn(Interval) -> Interval) -> Value {
        let mut linear = self.linear();
        linear.constant = f(linear.constant);
        linear.terms.iter_mut().for_each(|t| t.1 = f(t.1));
        Value::Linear(linear)
    }
}

/// `left (relation) right`, with the variables on the left and the constant on the right.
pub(super) fn atom(
    left: Value,
    right: Value,
    relation: Relation,
    line: u32,
) -> Result<Atom, Problem> {
    let (mut terms, constant) = match (left, right) {
        (Value::Variable(v), Value::Number(c)) => (vec![(v, ONE)], c),
        (Value::Number(c), Value::Variable(v)) => (vec![(v, -ONE)], -c),
        (Value::Variable(a), Value::Variable(b)) => (vec![(a, ONE), (b, -ONE)], Interval::ZERO),
        (left, right) => {
            let Linear { terms, constant } = left.plus(right.negated()).linear();
            (terms, -constant)
        }
    };
    if terms.len() > 1 {
        merge(&mut terms);
    }
    let finite = constant.is_finite() && terms.iter().all(|t| t.1.is_finite());
    terms.shrink_to_fit();
    // No zero is negative: what is equal looks equal.
    let constant = Interval { lo: constant.lo + 0.0, hi: constant.hi + 0.0 };
    if finite { Ok(Atom { terms, relation, constant, line }) } else { Err(Problem::Overflow) }
}

/// Each variable once, in order, none with the coefficient zero.
fn merge(terms: &mut Vec<(Variable, Interval)>) {
    terms.sort_by_key(|t| t.0);
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = kept.1 + next.1;
        }
        same
    });
    terms.retain(|t| t.1 != Interval::ZERO);
}
