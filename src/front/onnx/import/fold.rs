//! Arithmetic between constants, done only where it is exact.

use super::builder::{Builder, Outcome};
use super::call::kind_problem;
use super::problem::GraphProblem;
use super::shapes::{broadcast, broadcast_strides, view};
use super::value::{Elements, Kind, Tensor, double};
use crate::front::onnx::exact;

/// Element-wise arithmetic of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    Max,
    Min,
}

/// Comparisons, and the logic of truth values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Equal,
    And,
    Or,
    Xor,
}

/// Element-wise functions that are exact or rarely round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Simple {
    Neg,
    Abs,
    Sign,
    Relu,
    Floor,
    Ceil,
    Round,
    Sqrt,
}

/// The result with the shape of both, or `None` if an element would round.
pub(super) fn binary(
    builder: &mut Builder,
    f: Binary,
    a: &Tensor,
    b: &Tensor,
) -> Outcome<Option<Tensor>> {
    let pairs = Pairs::new(builder, a, b)?;
    let elements = match (&a.elements, &b.elements) {
        (Elements::Real(x), Elements::Real(y)) => {
            pairs.map(x, y, |p, q| real(f, p, q)).map(Elements::Real)
        }
        (Elements::Integer(x), Elements::Integer(y)) => {
            if f == Binary::Div
                && let Some(index) = y.iter().position(|&v| v == 0)
            {
                return Err(GraphProblem::ZeroDivisor { index }.into());
            }
            let found = pairs.map(x, y, |p, q| integer(f, p, q));
            Some(Elements::Integer(found.ok_or(GraphProblem::Rounds)?))
        }
        _ => return Err(kind_problem("the second operand", b.kind, "the type of the first")),
    };
    Ok(elements.map(|elements| Tensor::new(a.kind, pairs.shape, elements)))
}

/// Comparisons and logic are always exact.
pub(super) fn relation(
    builder: &mut Builder,
    f: Relation,
    a: &Tensor,
    b: &Tensor,
) -> Outcome<Tensor> {
    let pairs = Pairs::new(builder, a, b)?;
    let found = match (&a.elements, &b.elements) {
        (Elements::Real(x), Elements::Real(y)) => pairs.map(x, y, |p, q| ordered(f, p, q)),
        (Elements::Integer(x), Elements::Integer(y)) => pairs.map(x, y, |p, q| ordered(f, p, q)),
        (Elements::Bool(x), Elements::Bool(y)) => pairs.map(x, y, |p, q| match f {
            Relation::And => Some(p && q),
            Relation::Or => Some(p || q),
            Relation::Xor => Some(p != q),
            Relation::Equal => Some(p == q),
            Relation::Greater
            | Relation::GreaterOrEqual
            | Relation::Less
            | Relation::LessOrEqual => None,
        }),
        _ => return Err(kind_problem("the second operand", b.kind, "the type of the first")),
    };
    let expected = "a type that the operator takes";
    let list = found.ok_or_else(|| kind_problem("the first operand", a.kind, expected))?;
    Ok(Tensor::new(Kind::Bool, pairs.shape, Elements::Bool(list)))
}

/// The function of every element, or `None` if one would round or is not defined.
pub(super) fn simple(builder: &mut Builder, f: Simple, x: &Tensor) -> Outcome<Option<Tensor>> {
    builder.charge(x.elements.len())?;
    let elements = match &x.elements {
        Elements::Real(list) => {
            list.iter().map(|&v| simple_real(f, v)).collect::<Option<_>>().map(Elements::Real)
        }
        Elements::Integer(list) => {
            list.iter().map(|&v| simple_integer(f, v)).collect::<Option<_>>().map(Elements::Integer)
        }
        Elements::Bool(_) => return Err(kind_problem("the operand", x.kind, "a numeric type")),
    };
    Ok(elements.map(|elements| Tensor::new(x.kind, x.shape.clone(), elements)))
}

/// ONNX's `Cast` of a constant. From real to integer it cuts towards zero.
pub(super) fn cast(builder: &mut Builder, x: &Tensor, to: Kind) -> Outcome<Tensor> {
    builder.charge(x.elements.len())?;
    let refuse = || GraphProblem::Rounds;
    let fits = |v: &i64| to != Kind::Int32 || i32::try_from(*v).is_ok();
    let elements = match to {
        Kind::Float | Kind::Double => {
            let list = x.doubles().ok_or_else(refuse)?;
            // Whether a float holds it.
            let single = |v: &f64| v.is_nan() || f64::from(*v as f32) == *v;
            if to == Kind::Float && !list.iter().all(single) {
                return Err(refuse().into());
            }
            Elements::Real(list)
        }
        Kind::Int32 | Kind::Int64 => {
            let list: Vec<i64> = match &x.elements {
                Elements::Real(list) => list
                    .iter()
                    .map(|v| (v.abs() < 9.0e18).then_some(v.trunc() as i64))
                    .collect::<Option<_>>()
                    .ok_or_else(refuse)?,
                Elements::Integer(list) => list.clone(),
                Elements::Bool(list) => list.iter().map(|&v| i64::from(v)).collect(),
            };
            if !list.iter().all(fits) {
                return Err(refuse().into());
            }
            Elements::Integer(list)
        }
        Kind::Bool => Elements::Bool(match &x.elements {
            Elements::Real(list) => list.iter().map(|&v| v != 0.0).collect(),
            Elements::Integer(list) => list.iter().map(|&v| v != 0).collect(),
            Elements::Bool(list) => list.clone(),
        }),
    };
    Ok(Tensor::new(to, x.shape.clone(), elements))
}

/// Sums, products or extremes of groups of elements, or `None` if one would round.
pub(super) fn groups(f: Binary, x: &Tensor, groups: &[Vec<u32>]) -> Option<Elements> {
    match &x.elements {
        Elements::Real(list) => {
            let fold = |g: &Vec<u32>| {
                let mut values = g.iter().map(|&e| list[e as usize]);
                let first = values.next()?;
                values.try_fold(first, |acc, v| real(f, acc, v))
            };
            groups.iter().map(fold).collect::<Option<_>>().map(Elements::Real)
        }
        Elements::Integer(list) => {
            let fold = |g: &Vec<u32>| {
                let mut values = g.iter().map(|&e| list[e as usize]);
                let first = values.next()?;
                values.try_fold(first, |acc, v| integer(f, acc, v))
            };
            groups.iter().map(fold).collect::<Option<_>>().map(Elements::Integer)
        }
        Elements::Bool(_) => None,
    }
}

/// Two operands element by element.
struct Pairs {
    shape: Vec<usize>,
    left: Vec<u32>,
    right: Vec<u32>,
}

impl Pairs {
    fn new(builder: &mut Builder, a: &Tensor, b: &Tensor) -> Outcome<Self> {
        let shape = broadcast(&a.shape, &b.shape)?;
        builder.charge_shape(&shape)?;
        let read = |t: &Tensor| view(&shape, &broadcast_strides(&t.shape, &shape), 0);
        let (left, right) = (read(a), read(b));
        Ok(Pairs { shape, left, right })
    }

    fn map<T: Copy, R>(&self, x: &[T], y: &[T], f: impl Fn(T, T) -> Option<R>) -> Option<Vec<R>> {
        let pair = |(&i, &j): (&u32, &u32)| f(x[i as usize], y[j as usize]);
        self.left.iter().zip(&self.right).map(pair).collect()
    }
}

fn real(f: Binary, a: f64, b: f64) -> Option<f64> {
    match f {
        Binary::Add => exact::sum(a, b),
        Binary::Sub => exact::sum(a, -b),
        Binary::Mul => exact::product(a, b),
        Binary::Div => {
            let q = a / b;
            (b != 0.0 && exact::product(q, b) == Some(a)).then_some(q)
        }
        Binary::Max => Some(a.max(b)),
        Binary::Min => Some(a.min(b)),
    }
}

fn integer(f: Binary, a: i64, b: i64) -> Option<i64> {
    match f {
        Binary::Add => a.checked_add(b),
        Binary::Sub => a.checked_sub(b),
        Binary::Mul => a.checked_mul(b),
        Binary::Div => a.checked_div(b),
        Binary::Max => Some(a.max(b)),
        Binary::Min => Some(a.min(b)),
    }
}

fn ordered<T: PartialOrd>(f: Relation, a: T, b: T) -> Option<bool> {
    match f {
        Relation::Greater => Some(a > b),
        Relation::GreaterOrEqual => Some(a >= b),
        Relation::Less => Some(a < b),
        Relation::LessOrEqual => Some(a <= b),
        Relation::Equal => Some(a == b),
        Relation::And | Relation::Or | Relation::Xor => None,
    }
}

fn simple_real(f: Simple, v: f64) -> Option<f64> {
    match f {
        Simple::Neg => Some(-v),
        Simple::Abs => Some(v.abs()),
        Simple::Sign => Some(if v == 0.0 { 0.0 } else { v.signum() }),
        Simple::Relu => Some(v.max(0.0)),
        Simple::Floor => Some(v.floor()),
        Simple::Ceil => Some(v.ceil()),
        Simple::Round => Some(v.round_ties_even()),
        Simple::Sqrt => {
            let root = v.sqrt();
            (exact::product(root, root) == Some(v)).then_some(root)
        }
    }
}

fn simple_integer(f: Simple, v: i64) -> Option<i64> {
    match f {
        Simple::Neg => v.checked_neg(),
        Simple::Abs => v.checked_abs(),
        Simple::Sign => Some(v.signum()),
        Simple::Relu => Some(v.max(0)),
        Simple::Floor | Simple::Ceil | Simple::Round => Some(v),
        Simple::Sqrt => double(v).map(f64::sqrt).filter(|r| r.fract() == 0.0).map(|r| r as i64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reals(list: &[f64]) -> Tensor {
        Tensor::new(Kind::Double, vec![list.len()], Elements::Real(list.to_vec()))
    }

    #[test]
    fn what_rounds_is_not_folded() {
        let mut b = Builder::new(1000);
        let mut fold = |f, x: &[f64], y: &[f64]| binary(&mut b, f, &reals(x), &reals(y)).unwrap();
        assert_eq!(fold(Binary::Add, &[0.5, 1.0], &[0.25]), Some(reals(&[0.75, 1.25])));
        assert_eq!(fold(Binary::Add, &[0.1], &[0.2]), None);
        assert_eq!(fold(Binary::Div, &[3.0], &[4.0]), Some(reals(&[0.75])));
        assert_eq!(fold(Binary::Div, &[1.0], &[3.0]), None);
        assert_eq!(fold(Binary::Div, &[1.0], &[0.0]), None);
        assert_eq!(simple(&mut b, Simple::Sqrt, &reals(&[2.25])).unwrap(), Some(reals(&[1.5])));
        assert_eq!(simple(&mut b, Simple::Sqrt, &reals(&[2.0])).unwrap(), None);
        let third = cast(&mut b, &reals(&[1.0 / 3.0]), Kind::Float).unwrap_err();
        assert!(third.to_string().contains("never rounded"), "{third}");
        assert_eq!(
            cast(&mut b, &reals(&[-2.7]), Kind::Int64).unwrap(),
            Tensor::integers(vec![1], vec![-2])
        );
    }
}
