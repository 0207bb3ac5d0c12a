//! Whether an attack lies in the threat, decided exactly, and the nearest one that does.
//!
//! Distances are computed in rational arithmetic on the doubles of attack and data, so that no
//! rounding can let an attack slip out of its ball.

use dashu::rational::RBig;
use thiserror::Error;

use super::attack::{Attack, Change, Choice};
use super::data::{Labels, Target};
use super::goal::Goal;
use super::relation::{Broken, broken, exact};
use super::threat::{Budget, FeatureKind, LabelThreat, Norm, Scope};
use super::{Question, project};
use crate::front::printable::number;

pub use project::project;

/// The rule of the threat that an attack breaks.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Outside {
    /// Wrong number of choices.
    #[error(
        "the attack has {found} choices where {expected} are needed; give one a run, or one a step"
    )]
    Choices {
        /// Needed number.
        expected: usize,
        /// Found number.
        found: usize,
    },
    /// A sample may not be touched.
    #[error("sample {sample} is touched but is no candidate of the threat; leave it as it is")]
    Trusted {
        /// The sample.
        sample: usize,
    },
    /// A sample of a step's choice is not in its batch.
    #[error("sample {sample} is touched in step {step} but is not in its batch; leave it as it is")]
    NotInBatch {
        /// The sample.
        sample: usize,
        /// The step, 0-based.
        step: usize,
    },
    /// Too many samples are touched.
    #[error("{found} samples have changed {what} where the budget is {budget}; touch fewer")]
    Budget {
        /// What is counted.
        what: &'static str,
        /// Found number.
        found: usize,
        /// Budget.
        budget: usize,
    },
    /// A kind of change that the threat does not allow.
    #[error("{whose}: {what} is not part of the threat; leave it as it is")]
    NotAllowed {
        /// Which sample.
        whose: String,
        /// Which change.
        what: &'static str,
    },
    /// A row of numbers has the wrong length or a number is not finite.
    #[error(
        "{whose}: {found} finite numbers are given where {expected} are needed; give exactly those"
    )]
    Numbers {
        /// Which sample.
        whose: String,
        /// Needed count.
        expected: usize,
        /// Finite numbers found.
        found: usize,
    },
    /// A new label is not allowed.
    #[error("{whose}: the new label is not one that the threat allows; choose one that it does")]
    Label {
        /// Which sample.
        whose: String,
    },
    /// A feature that is fixed was changed.
    #[error("{whose}: feature {feature} is fixed but changed; leave it as it is")]
    Fixed {
        /// Which sample.
        whose: String,
        /// Which feature.
        feature: usize,
    },
    /// A feature lies outside its domain.
    #[error("{whose}: feature {feature} lies outside its domain; keep it inside")]
    Domain {
        /// Which sample.
        whose: String,
        /// Which feature.
        feature: usize,
    },
    /// An integer feature is not an integer.
    #[error("{whose}: feature {feature} must be an integer; round it")]
    Integer {
        /// Which sample.
        whose: String,
        /// Which feature.
        feature: usize,
    },
    /// A one-hot group is not one-hot.
    #[error("{whose}: exactly one column of one-hot group {group} must be 1 and the others 0")]
    OneHot {
        /// Which sample.
        whose: String,
        /// Which group.
        group: usize,
    },
    /// The change is larger than the ball allows.
    #[error(
        "{whose}: the change is larger than the radius {} allows; make it smaller",
        number(*.radius)
    )]
    Ball {
        /// Which sample.
        whose: String,
        /// Radius of the ball.
        radius: f64,
    },
    /// A feature changes by more than its relations allow, or the other way.
    #[error(
        "{whose}: feature {feature} changes by what no `change` of the threat allows; move it less"
    )]
    Offset {
        /// Which sample.
        whose: String,
        /// Which feature.
        feature: usize,
    },
    /// A linear relation between old and new features does not hold.
    #[error("{whose}: the relation `{relation}` does not hold; choose other features")]
    Relation {
        /// Which sample.
        whose: String,
        /// The relation.
        relation: String,
    },
    /// Too many features of a sample change.
    #[error("{whose}: {found} features change where {allowed} may; change fewer")]
    Changed {
        /// Which sample.
        whose: String,
        /// Found number.
        found: usize,
        /// Allowed number.
        allowed: usize,
    },
    /// Too many features change in all samples together.
    #[error("{found} features change in all samples together where {allowed} may; change fewer")]
    Cells {
        /// Found number.
        found: usize,
        /// Allowed number.
        allowed: usize,
    },
}

/// `|a - b|`, exactly.
pub(super) fn distance(a: f64, b: f64) -> RBig {
    let d = exact(a) - exact(b);
    if d < RBig::ZERO { -d } else { d }
}

/// Whether the change from `clean` to `moved` over the measured features lies in the ball.
pub(super) fn in_ball(norm: Norm, measured: &[bool], clean: &[f64], moved: &[f64]) -> bool {
    let parts = || {
        let both = measured.iter().zip(clean.iter().zip(moved));
        both.filter(|(m, _)| **m).map(|(_, (a, b))| distance(*a, *b))
    };
    match norm {
        Norm::Arbitrary => true,
        Norm::Linf(eps) => parts().all(|d| d <= exact(eps)),
        Norm::L1(eps) => parts().fold(RBig::ZERO, |sum, d| sum + d) <= exact(eps),
        Norm::L2(eps) => {
            let square = parts().fold(RBig::ZERO, |sum, d| sum + &d * &d);
            square <= exact(eps) * exact(eps)
        }
    }
}

/// What a change really changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub deleted: bool,
    pub features: bool,
    pub label: bool,
}

/// What `change` really changes of sample `i`.
pub(super) fn parts(question: &Question, i: usize, change: &Change) -> Parts {
    let features = change.features.as_ref().is_some_and(|x| *x != question.train.row(i));
    let label = change.target.as_ref().is_some_and(|y| *y != question.train.target(i));
    Parts { deleted: change.deleted, features, label }
}

/// Checks that `attack` lies in the threat of `question`. A change that changes nothing does not
/// count against the budget.
///
/// # Errors
/// The first rule that is broken, with the sample that breaks it.
pub fn check(question: &Question, attack: &Attack) -> Result<(), Outside> {
    let expected = match question.threat.scope {
        Scope::Run => 1,
        Scope::Batch => question.training.steps(),
    };
    let found = attack.choices.len();
    if found != expected {
        return Err(Outside::Choices { expected, found });
    }
    for (step, choice) in attack.choices.iter().enumerate() {
        check_choice(question, choice, step)?;
    }
    check_test_input(question, attack)
}

fn check_choice(question: &Question, choice: &Choice, step: usize) -> Result<(), Outside> {
    let threat = &question.threat;
    let (mut any, mut features, mut labels, mut values) = (0, 0, 0, 0);
    for (&sample, change) in &choice.changes {
        if sample >= question.train.len() {
            return Err(Outside::Trusted { sample });
        }
        let p = parts(question, sample, change);
        if !(p.deleted || p.features || p.label) {
            continue;
        }
        if !threat.candidates.contains(&sample) {
            return Err(Outside::Trusted { sample });
        }
        let in_batch = question.training.batches.get(step).is_some_and(|b| b.contains(&sample));
        if threat.scope == Scope::Batch && !in_batch {
            return Err(Outside::NotInBatch { sample, step });
        }
        let whose = || format!("sample {sample}");
        if p.deleted && threat.deletion.is_none() {
            return Err(Outside::NotAllowed { whose: whose(), what: "its removal" });
        }
        if p.deleted && (p.features || p.label) {
            let what = "changing a sample that is removed";
            return Err(Outside::NotAllowed { whose: whose(), what });
        }
        if p.features {
            values += check_features(question, sample, change, &whose)?;
        }
        if p.label {
            check_label(question, sample, change, &whose)?;
        }
        any += 1;
        features += usize::from(p.features || p.deleted);
        labels += usize::from(p.label);
    }
    let over = |what, found, budget| {
        if found > budget { Err(Outside::Budget { what, found, budget }) } else { Ok(()) }
    };
    match threat.budget {
        Budget::Joint(n) => over("features or labels", any, n)?,
        Budget::Separate { features: x, labels: y } => {
            over("features", features, x)?;
            over("labels", labels, y)?;
        }
    }
    if let Some(allowed) = threat.features.as_ref().and_then(|f| f.relations.cells)
        && values > allowed
    {
        return Err(Outside::Cells { found: values, allowed });
    }
    check_inserted(question, choice)
}

/// Returns how many features change.
fn check_features(
    question: &Question,
    sample: usize,
    change: &Change,
    whose: &dyn Fn() -> String,
) -> Result<usize, Outside> {
    let Some(moved) = &change.features else { return Ok(0) };
    let Some(threat) = &question.threat.features else {
        return Err(Outside::NotAllowed { whose: whose(), what: "a change of features" });
    };
    let clean = question.train.row(sample);
    check_point(moved, &threat.domain, &threat.kinds, whose)?;
    let kinds = threat.kinds.iter().zip(clean.iter().zip(moved)).enumerate();
    for (feature, (kind, (a, b))) in kinds {
        if *kind == FeatureKind::Fixed && a != b {
            return Err(Outside::Fixed { whose: whose(), feature });
        }
    }
    if !in_ball(threat.norm, &threat.measured(sample), &clean, moved) {
        return Err(Outside::Ball { whose: whose(), radius: threat.radius() });
    }
    match broken(threat, sample, &clean, moved) {
        None => Ok(threat.changed_cells(sample, &clean, moved)),
        Some(Broken::Offset(feature)) => Err(Outside::Offset { whose: whose(), feature }),
        Some(Broken::Linear(number)) => {
            let columns = &question.train.columns;
            let relation = threat.relations.linear.get(number).map(|l| l.words(columns));
            Err(Outside::Relation { whose: whose(), relation: relation.unwrap_or_default() })
        }
        Some(Broken::Changed { found, allowed }) => {
            Err(Outside::Changed { whose: whose(), found, allowed })
        }
    }
}

/// Length, finiteness, domain and kinds of a moved or inserted point.
fn check_point(
    point: &[f64],
    domain: &[(f64, f64)],
    kinds: &[FeatureKind],
    whose: &dyn Fn() -> String,
) -> Result<(), Outside> {
    let found = point.iter().filter(|v| v.is_finite()).count();
    if point.len() != kinds.len() || domain.len() != kinds.len() || found != point.len() {
        return Err(Outside::Numbers { whose: whose(), expected: kinds.len(), found });
    }
    let mut groups = std::collections::BTreeMap::new();
    for (feature, ((v, (lo, hi)), kind)) in point.iter().zip(domain).zip(kinds).enumerate() {
        match kind {
            FeatureKind::Fixed => continue,
            FeatureKind::Integer if v.fract() != 0.0 => {
                return Err(Outside::Integer { whose: whose(), feature });
            }
            FeatureKind::OneHot(group) => {
                let ones = groups.entry(*group).or_insert(0usize);
                *ones += if *v == 1.0 {
                    1
                } else if *v == 0.0 {
                    0
                } else {
                    2
                };
            }
            FeatureKind::Integer | FeatureKind::Real => {}
        }
        if !(lo..=hi).contains(&v) {
            return Err(Outside::Domain { whose: whose(), feature });
        }
    }
    match groups.into_iter().find(|(_, ones)| *ones != 1) {
        Some((group, _)) => Err(Outside::OneHot { whose: whose(), group }),
        None => Ok(()),
    }
}

fn check_label(
    question: &Question,
    sample: usize,
    change: &Change,
    whose: &dyn Fn() -> String,
) -> Result<(), Outside> {
    let Some(target) = &change.target else { return Ok(()) };
    let Some(threat) = &question.threat.labels else {
        return Err(Outside::NotAllowed { whose: whose(), what: "a change of the label" });
    };
    let fine = match (threat, question.train.target(sample), target) {
        (LabelThreat::Flip, Target::Sign(y), Target::Sign(new)) => *new == -y,
        (LabelThreat::Classes(allowed), Target::Class(_), Target::Class(new)) => {
            allowed.contains(new)
        }
        (LabelThreat::Real { nu, range }, Target::Real(y), Target::Real(new)) => {
            let (lo, hi) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
            y.len() == new.len()
                && y.iter().zip(new).all(|(a, b)| {
                    b.is_finite() && (lo..=hi).contains(b) && distance(*a, *b) <= exact(*nu)
                })
        }
        _ => false,
    };
    if fine { Ok(()) } else { Err(Outside::Label { whose: whose() }) }
}

fn check_inserted(question: &Question, choice: &Choice) -> Result<(), Outside> {
    let Some(insertion) = &question.threat.insertion else {
        return if choice.inserted.is_empty() {
            Ok(())
        } else {
            let whose = "inserted sample 0".into();
            Err(Outside::NotAllowed { whose, what: "an insertion" })
        };
    };
    let (found, budget) = (choice.inserted.len(), insertion.count);
    if found > budget {
        return Err(Outside::Budget { what: "presence (inserted)", found, budget });
    }
    for (k, (x, y)) in choice.inserted.iter().enumerate() {
        let whose = || format!("inserted sample {k}");
        check_point(x, &insertion.domain, &insertion.kinds, &whose)?;
        let fine = match (&question.train.labels, y) {
            (Labels::Signs(_), Target::Sign(s)) => s.abs() == 1.0,
            (Labels::Classes { count, .. }, Target::Class(c)) => c < count,
            (Labels::Real(clean), Target::Real(new)) => {
                let (lo, hi) = insertion.label_range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
                new.len() == clean.ncols()
                    && new.iter().all(|v| v.is_finite() && (lo..=hi).contains(v))
            }
            _ => false,
        };
        if !fine {
            return Err(Outside::Label { whose: whose() });
        }
    }
    Ok(())
}

fn check_test_input(question: &Question, attack: &Attack) -> Result<(), Outside> {
    let Some(moved) = &attack.test_input else { return Ok(()) };
    let whose = || "the test point".to_string();
    let Goal::Backdoor { point, eps, domain } = &question.goal else {
        return Err(Outside::NotAllowed { whose: whose(), what: "a moved test input" });
    };
    let kinds = vec![FeatureKind::Real; point.input.len()];
    check_point(moved, domain, &kinds, &whose)?;
    if in_ball(Norm::Linf(*eps), &vec![true; kinds.len()], &point.input, moved) {
        Ok(())
    } else {
        Err(Outside::Ball { whose: whose(), radius: *eps })
    }
}
