//! Losses of one sample and their derivatives by the outputs.

use super::{ReplayError, Scalar};
use crate::question::{Loss, Target};

/// The label of one sample in the arithmetic of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Label<S> {
    /// `-1` or `+1`.
    Sign(S),
    /// A class.
    Class(usize),
    /// Real targets, one an output.
    Real(Vec<S>),
}

impl<S: Scalar> Label<S> {
    /// The label of `target`; `None` if a number is not finite.
    #[must_use]
    pub fn new(target: &Target) -> Option<Self> {
        Some(match target {
            Target::Sign(s) => Label::Sign(S::from_f64(*s)?),
            Target::Class(c) => Label::Class(*c),
            Target::Real(y) => {
                Label::Real(y.iter().map(|v| S::from_f64(*v)).collect::<Option<_>>()?)
            }
        })
    }
}

impl<S> Label<S> {
    /// The class, if it is one.
    #[must_use]
    pub fn class(&self) -> Option<usize> {
        match self {
            Label::Class(c) => Some(*c),
            Label::Sign(_) | Label::Real(_) => None,
        }
    }
}

/// What a loss switch compares; reported with its distance from the kink.
pub(super) enum Kink {
    /// The loss of one output (hinge, perceptron, absolute), or of one wrong class (margin).
    Switch {
        /// Output or class.
        unit: usize,
        /// Signed distance from the kink.
        distance: f64,
    },
}

fn mismatch(loss: Loss, needed: &'static str) -> ReplayError {
    ReplayError::Label { what: format!("the loss {loss:?}"), needed, whose: "a sample".into() }
}

/// The real targets of a regression loss: real labels, or a sign taken as a number.
fn reals<S: Scalar>(loss: Loss, label: &Label<S>, outputs: usize) -> Result<&[S], ReplayError> {
    let y = match label {
        Label::Sign(s) => std::slice::from_ref(s),
        Label::Real(y) => y.as_slice(),
        Label::Class(_) => return Err(mismatch(loss, "a sign or real targets")),
    };
    if y.len() == outputs { Ok(y) } else { Err(mismatch(loss, "one real target an output")) }
}

fn sign<'a, S: Scalar>(
    loss: Loss,
    label: &'a Label<S>,
    f: &'a [S],
) -> Result<(&'a S, S), ReplayError> {
    match (label, f) {
        (Label::Sign(y), [out]) => Ok((y, y.times(out))),
        _ => Err(mismatch(loss, "signs -1 and +1 and one output")),
    }
}

fn class<S: Scalar>(loss: Loss, label: &Label<S>, f: &[S]) -> Result<usize, ReplayError> {
    match label {
        Label::Class(c) if *c < f.len() => Ok(*c),
        _ => Err(mismatch(loss, "a class for each output")),
    }
}

/// The loss of one sample with outputs `f`.
///
/// # Errors
/// [`ReplayError::Label`], or [`ReplayError::Transcendental`] in exact arithmetic.
pub fn sample_loss<S: Scalar>(loss: Loss, label: &Label<S>, f: &[S]) -> Result<S, ReplayError> {
    let positive = |v: S| if v > S::zero() { v } else { S::zero() };
    match loss {
        Loss::Hinge => sign(loss, label, f).map(|(_, m)| positive(S::one().minus(&m))),
        Loss::Perceptron => sign(loss, label, f).map(|(_, m)| positive(m.negated())),
        Loss::Logistic => {
            let (_, m) = sign(loss, label, f)?;
            m.negated().softplus().ok_or(ReplayError::Transcendental)
        }
        Loss::Margin => {
            let y = class(loss, label, f)?;
            Ok((0..f.len())
                .filter(|c| *c != y)
                .fold(S::zero(), |sum, c| sum.plus(&positive(S::one().minus(&f[y]).plus(&f[c])))))
        }
        Loss::CrossEntropy => {
            let y = class(loss, label, f)?;
            let (_, log_sum) = S::softmax(f).ok_or(ReplayError::Transcendental)?;
            Ok(log_sum.minus(&f[y]))
        }
        Loss::Squared | Loss::Absolute | Loss::Huber { .. } => {
            let y = reals(loss, label, f.len())?;
            let sum = f.iter().zip(y).fold(S::zero(), |sum, (f, y)| {
                let r = f.minus(y);
                let term = match loss {
                    Loss::Squared => r.times(&r),
                    Loss::Huber { delta } => huber(&r, delta),
                    _ => r.magnitude(),
                };
                sum.plus(&term)
            });
            Ok(sum.over(&S::from_count(f.len())))
        }
    }
}

fn huber<S: Scalar>(r: &S, delta: f64) -> S {
    let two = S::from_count(2);
    let delta = S::from_f64(delta).unwrap_or_else(S::zero);
    let a = r.magnitude();
    if a <= delta { r.times(r).over(&two) } else { delta.times(&a.minus(&delta.over(&two))) }
}

/// The derivative of the loss by each output; kinks are reported to `watch`.
pub(super) fn output_gradient<S: Scalar>(
    loss: Loss,
    label: &Label<S>,
    f: &[S],
    watch: &mut dyn FnMut(Kink),
) -> Result<Vec<S>, ReplayError> {
    match loss {
        Loss::Hinge | Loss::Perceptron => {
            let (y, m) = sign(loss, label, f)?;
            let kink = if matches!(loss, Loss::Hinge) { S::one() } else { S::zero() };
            let distance = kink.minus(&m);
            watch(Kink::Switch { unit: 0, distance: distance.to_f64() });
            Ok(vec![if distance > S::zero() { y.negated() } else { S::zero() }])
        }
        Loss::Logistic => {
            let (y, m) = sign(loss, label, f)?;
            let s = m.negated().sigmoid().ok_or(ReplayError::Transcendental)?;
            Ok(vec![y.negated().times(&s)])
        }
        Loss::Margin => {
            let y = class(loss, label, f)?;
            let mut g = vec![S::zero(); f.len()];
            for c in (0..f.len()).filter(|c| *c != y) {
                let distance = S::one().minus(&f[y]).plus(&f[c]);
                watch(Kink::Switch { unit: c, distance: distance.to_f64() });
                if distance > S::zero() {
                    g[c] = S::one();
                    g[y] = g[y].minus(&S::one());
                }
            }
            Ok(g)
        }
        Loss::CrossEntropy => {
            let y = class(loss, label, f)?;
            let (mut p, _) = S::softmax(f).ok_or(ReplayError::Transcendental)?;
            p[y] = p[y].minus(&S::one());
            Ok(p)
        }
        Loss::Squared | Loss::Absolute | Loss::Huber { .. } => {
            let y = reals(loss, label, f.len())?;
            let count = S::from_count(f.len());
            let mut g = Vec::with_capacity(f.len());
            for (unit, (f, y)) in f.iter().zip(y).enumerate() {
                let r = f.minus(y);
                let d = match loss {
                    Loss::Squared => r.plus(&r),
                    Loss::Huber { delta } => {
                        let delta = S::from_f64(delta).unwrap_or_else(S::zero);
                        clamp(&r, &delta)
                    }
                    _ => {
                        watch(Kink::Switch { unit, distance: r.to_f64() });
                        clamp_sign(&r)
                    }
                };
                g.push(d.over(&count));
            }
            Ok(g)
        }
    }
}

fn clamp_sign<S: Scalar>(r: &S) -> S {
    if *r > S::zero() {
        S::one()
    } else if *r < S::zero() {
        S::one().negated()
    } else {
        S::zero()
    }
}

/// `r` cut to `[-limit, limit]`.
pub(super) fn clamp<S: Scalar>(r: &S, limit: &S) -> S {
    let low = limit.negated();
    if *r > *limit {
        limit.clone()
    } else if *r < low {
        low
    } else {
        r.clone()
    }
}
