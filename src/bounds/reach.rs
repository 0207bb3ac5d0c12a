//! What the adversary can make of one sample, as a box.

use super::interval::{Interval, add_down, add_up, mul_up};
use super::sample::{LabelBox, SampleBox};
use crate::question::{
    FeatureKind, FeatureThreat, Insertion, LabelThreat, Labels, Question, Target,
};

/// Interval of the change `e_j = x'_j - x_j` of each feature of the touched sample `row`, which is
/// `x` in the data. Contains 0. Linear relations of the sample tighten it.
#[must_use]
pub fn deviations(threat: &FeatureThreat, row: usize, x: &[f64]) -> Vec<Interval> {
    let mut e: Vec<Interval> = (0..x.len())
        .map(|j| {
            let v = x[j];
            let (lo, hi) = threat.domain[j];
            let (down, up) = threat.change_limits(row, j);
            let free = Interval {
                lo: add_down(lo, -v).max(down).min(0.0),
                hi: add_up(hi, -v).min(up).max(0.0),
            };
            match threat.kinds[j] {
                FeatureKind::Fixed => Interval::ZERO,
                FeatureKind::Real => free,
                FeatureKind::Integer => whole(free),
                FeatureKind::OneHot(_) => {
                    whole(Interval { lo: (-v).max(down).min(0.0), hi: (1.0 - v).min(up).max(0.0) })
                }
            }
        })
        .collect();
    super::related::tighten(threat, row, x, &mut e);
    e
}

/// The interval of the whole numbers in `i`, which contains 0.
pub(super) fn whole(i: Interval) -> Interval {
    // Not -0.
    Interval { lo: i.lo.ceil() + 0.0, hi: i.hi.floor() + 0.0 }
}

/// The square of the radius of an l2 ball, rounded up.
#[must_use]
pub fn squared_radius(eps: f64) -> f64 {
    mul_up(eps, eps)
}

/// Interval of the change of each real target of a touched sample.
#[must_use]
pub fn label_shifts(nu: f64, range: Option<(f64, f64)>, y: &[f64]) -> Vec<Interval> {
    y.iter()
        .map(|&v| {
            let (lo, hi) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
            Interval { lo: add_down(lo, -v).max(-nu).min(0.0), hi: add_up(hi, -v).min(nu).max(0.0) }
        })
        .collect()
}

/// The untouched sample `i`.
#[must_use]
pub fn clean(question: &Question, i: usize) -> SampleBox {
    SampleBox {
        x: question.train.row(i).into_iter().map(Interval::point).collect(),
        label: LabelBox::point(&question.train.target(i)),
    }
}

/// Everything that a touched sample `i` can be, except deleted; contains the clean sample.
#[must_use]
pub fn touched(question: &Question, i: usize) -> SampleBox {
    let row = question.train.row(i);
    let x = match &question.threat.features {
        Some(f) => {
            let e = deviations(f, i, &row);
            row.iter().zip(e).map(|(&v, e)| Interval::point(v) + e).collect()
        }
        None => row.iter().map(|&v| Interval::point(v)).collect(),
    };
    let clean = question.train.target(i);
    let label = match (&question.threat.labels, &clean) {
        (None, y) => LabelBox::point(y),
        (Some(LabelThreat::Flip), _) => LabelBox::Signs(vec![-1.0, 1.0]),
        (Some(LabelThreat::Classes(classes)), Target::Class(c)) => {
            let mut all = classes.clone();
            all.push(*c);
            all.sort_unstable();
            all.dedup();
            LabelBox::Classes(all)
        }
        (Some(LabelThreat::Real { nu, range }), Target::Real(y)) => {
            let shifts = label_shifts(*nu, *range, y);
            LabelBox::Real(y.iter().zip(shifts).map(|(&v, e)| Interval::point(v) + e).collect())
        }
        (Some(LabelThreat::Classes(_) | LabelThreat::Real { .. }), y) => LabelBox::point(y),
    };
    SampleBox { x, label }
}

/// Everything that an inserted sample can be.
#[must_use]
pub fn inserted(question: &Question, insertion: &Insertion) -> SampleBox {
    let label = match &question.train.labels {
        Labels::Signs(_) => LabelBox::Signs(vec![-1.0, 1.0]),
        Labels::Classes { count, .. } => LabelBox::Classes((0..*count).collect()),
        Labels::Real(y) => {
            let (lo, hi) = insertion.label_range.unwrap_or((0.0, 0.0));
            LabelBox::Real(vec![Interval { lo, hi }; y.ncols()])
        }
    };
    let x = insertion.domain.iter().map(|&(lo, hi)| Interval { lo, hi }).collect();
    SampleBox { x, label }
}
