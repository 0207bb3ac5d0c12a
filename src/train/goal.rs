//! The value of a goal after training.

use super::chain::Chain;
use super::loss::{Label, sample_loss};
use super::poison::{Sample, SampleRef};
use super::replay::{Tie, TieKind};
use super::{ReplayError, Scalar};
use crate::question::goal::ParameterRef;
use crate::question::{Attack, Goal, Question, TestPoint};

/// What is measured after training.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<S> {
    /// Value of the goal; `None` for [`Goal::SmallestBudget`] where the margin is positive.
    pub value: Option<S>,
    /// Network outputs at each test point.
    pub outputs: Vec<Vec<S>>,
    /// Margins at each test point, for goals that have margins.
    pub margins: Vec<S>,
}

/// Margin of outputs `f` with label `y`: `y f`, or the smallest lead over a wrong class.
fn margin<S: Scalar>(y: &Label<S>, f: &[S]) -> Option<S> {
    match (y, f) {
        (Label::Sign(v), [out]) => Some(v.times(out)),
        (Label::Class(v), _) if *v < f.len() && f.len() > 1 => {
            let leads = (0..f.len()).filter(|c| c != v).map(|c| f[*v].minus(&f[c]));
            leads.reduce(|a, b| if b < a { b } else { a })
        }
        _ => None,
    }
}

/// Number of samples that the attack touches: of the run, or of its worst batch.
#[must_use]
fn touched(attack: &Attack) -> usize {
    let of = |c: &crate::question::Choice| c.changes.len() + c.inserted.len();
    attack.choices.iter().map(of).max().unwrap_or(0)
}

impl<S: Scalar> Outcome<S> {
    /// The goal of `question` for parameters `theta`.
    ///
    /// # Errors
    /// [`ReplayError`] where a test point or parameter does not fit.
    pub fn of(
        question: &Question,
        chain: &Chain,
        theta: &[S],
        attack: &Attack,
        tolerance: f64,
        ties: &mut Vec<Tie>,
    ) -> Result<Self, ReplayError> {
        let none: &[TestPoint] = &[];
        let points = match &question.goal {
            Goal::Margin(p) | Goal::SmallestBudget(p) | Goal::SquaredError(p) => {
                std::slice::from_ref(p)
            }
            Goal::Backdoor { point, .. } => std::slice::from_ref(point),
            Goal::Errors(ps) | Goal::TestLoss(ps) => ps,
            Goal::Direction(_) => none,
        };
        let mut outputs = Vec::with_capacity(points.len());
        let mut labels = Vec::with_capacity(points.len());
        for (k, p) in points.iter().enumerate() {
            let moved = match &question.goal {
                Goal::Backdoor { .. } => attack.test_input.as_ref(),
                _ => None,
            };
            let input = moved.unwrap_or(&p.input);
            let whose = || format!("test point {k}");
            let s: Sample<S> = Sample::new(input, &p.target, chain.inputs, whose)?;
            outputs.push(chain.output(theta, &s.x));
            labels.push(s.y);
        }
        let margins = || -> Result<Vec<S>, ReplayError> {
            let pairs = labels.iter().zip(&outputs).enumerate();
            pairs
                .map(|(k, (y, f))| {
                    margin(y, f).ok_or_else(|| ReplayError::Label {
                        what: "a margin".into(),
                        needed: "a sign with one output, or a class with one output a class",
                        whose: format!("test point {k}"),
                    })
                })
                .collect()
        };
        let last = chain.affine_layers();
        let mut watch = |margins: &[S]| {
            for (k, m) in margins.iter().enumerate() {
                let (sample, distance) = (SampleRef::Test(k), m.to_f64());
                if distance.abs() <= tolerance {
                    let kind = TieKind::Decision;
                    ties.push(Tie { sample, step: None, layer: last, unit: 0, kind, distance });
                }
            }
        };
        let (value, margins) = match &question.goal {
            Goal::Margin(_) | Goal::Backdoor { .. } => {
                let m = margins()?;
                (m.first().cloned(), m)
            }
            Goal::Errors(_) => {
                let m = margins()?;
                watch(&m);
                (Some(S::from_count(m.iter().filter(|m| **m <= S::zero()).count())), m)
            }
            Goal::SmallestBudget(_) => {
                let m = margins()?;
                watch(&m);
                let reached = m.first().is_some_and(|m| *m <= S::zero());
                (reached.then(|| S::from_count(touched(attack))), m)
            }
            Goal::TestLoss(_) => {
                let mut sum = S::zero();
                for (y, f) in labels.iter().zip(&outputs) {
                    sum = sum.plus(&sample_loss(question.training.loss, y, f)?);
                }
                (Some(sum.over(&S::from_count(points.len().max(1)))), Vec::new())
            }
            Goal::SquaredError(_) => {
                let mut sum = S::zero();
                for (y, f) in labels.iter().zip(&outputs) {
                    sum = sum.plus(&sample_loss(crate::question::Loss::Squared, y, f)?);
                }
                (Some(sum), Vec::new())
            }
            Goal::Direction(terms) => (Some(direction(chain, theta, terms)?), Vec::new()),
        };
        Ok(Outcome { value, outputs, margins })
    }
}

fn direction<S: Scalar>(
    chain: &Chain,
    theta: &[S],
    terms: &[(ParameterRef, f64)],
) -> Result<S, ReplayError> {
    let mut sum = S::zero();
    for (p, c) in terms {
        let words = || match p {
            ParameterRef::Weight { layer, row, column } => {
                format!("weight[{layer}][{row}, {column}]")
            }
            ParameterRef::Bias { layer, row } => format!("bias[{layer}][{row}]"),
        };
        let at = chain
            .layout
            .position(*p)
            .ok_or_else(|| ReplayError::NoParameter { parameter: words() })?;
        let c = S::from_f64(*c).ok_or_else(|| ReplayError::NotFinite {
            what: format!("the coefficient of {}", words()),
        })?;
        sum.add_product(&c, &theta[at]);
    }
    Ok(sum)
}
