//! The adversary block: what becomes of each training sample (papers 1.2).

use std::collections::BTreeMap;

use super::super::builder::Builder;
use super::super::lin::Lin;
use super::super::recipe::Recipe;
use super::features::{self, FeatureVars};
use crate::bounds::flips::Status;
use crate::bounds::{Interval, reach};
use crate::ir::{Family, Place, Rule, Sense, VarKind};
use crate::question::{
    Budget, FeatureKind, Insertion, LabelThreat, Labels, Question, Scope, Target,
};

/// One training sample as the training run sees it.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Features.
    pub x: Vec<Lin>,
    /// Label.
    pub label: SlotLabel,
    /// 0/1: whether the sample takes part.
    pub present: Lin,
    /// 0/1: whether the adversary touched it.
    pub touched: Lin,
}

/// A label under attack.
#[derive(Clone, Debug)]
pub enum SlotLabel {
    /// Possible labels, each with its 0/1 indicator; the indicators add up to the presence.
    Discrete(Vec<(Target, Lin)>),
    /// Real targets.
    Real(Vec<Lin>),
}

/// The samples of one choice of the adversary: of the run, or of one step.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// By row of the training data, those that take part in training.
    pub rows: BTreeMap<usize, Slot>,
    /// Inserted samples.
    pub inserted: Vec<Slot>,
}

/// Builds the adversary block for the samples `rows`; `step` is set for a per-batch choice.
///
/// `fates` says what is known of each sample in the runs that matter, if anything is.
pub fn build(
    b: &mut Builder<'_>,
    q: &Question,
    rows: &[usize],
    step: Option<usize>,
    fates: Option<&[Status]>,
) -> Slots {
    let at = |place: Place| step.map_or(place, |t| place.step(t));
    let mut slots = Slots::default();
    let mut touched = Vec::new();
    let (mut by_features, mut by_labels, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for &i in rows {
        let place = at(Place::NONE.sample(i));
        let fate = fates.map_or(Status::Free, |f| f[i]);
        if q.threat.candidates.binary_search(&i).is_err() || fate == Status::Clean {
            slots.rows.insert(i, clean_slot(q, i));
            continue;
        }
        let parts = sample(b, q, i, place);
        if fate == Status::Touched {
            let from = b.model.row_count();
            b.row(&[(1.0, &parts.slot.touched)], Sense::Ge, 1.0, Rule::Cut.at(place));
            b.mark_core(from);
        }
        touched.push(parts.slot.touched.clone());
        by_features.push(parts.features);
        by_labels.push(parts.labels);
        changed.extend(parts.changed);
        slots.rows.insert(i, parts.slot);
    }
    let origin = Rule::Budget.at(at(Place::NONE));
    match q.threat.budget {
        Budget::Joint(n) => budget_row(b, &touched, n, origin),
        Budget::Separate { features, labels } => {
            budget_row(b, &by_features, features, origin);
            budget_row(b, &by_labels, labels, origin);
        }
    }
    if let Some(cells) = q.threat.features.as_ref().and_then(|f| f.relations.cells) {
        budget_row(b, &changed, cells, Rule::Cells.at(at(Place::NONE)));
    }
    if step.is_none() && q.encode.symmetry {
        super::symmetry::order(b, q, &slots);
    }
    if let Some(insertion) = &q.threat.insertion {
        slots.inserted = insert(b, q, insertion, &at);
    }
    slots
}

fn budget_row(b: &mut Builder<'_>, touched: &[Lin], n: usize, origin: crate::ir::Origin) {
    let able = touched.iter().filter(|l| !l.is_zero()).count();
    if able > n {
        let parts: Vec<(f64, &Lin)> = touched.iter().map(|l| (1.0, l)).collect();
        b.row(&parts, Sense::Le, n as f64, origin);
    }
}

fn clean_slot(q: &Question, i: usize) -> Slot {
    let label = match q.train.target(i) {
        Target::Real(y) => SlotLabel::Real(y.into_iter().map(Lin::exact).collect()),
        discrete @ (Target::Sign(_) | Target::Class(_)) => {
            SlotLabel::Discrete(vec![(discrete, Lin::exact(1.0))])
        }
    };
    Slot {
        x: q.train.row(i).into_iter().map(Lin::exact).collect(),
        label,
        present: Lin::exact(1.0),
        touched: Lin::exact(0.0),
    }
}

struct Parts {
    slot: Slot,
    /// 0/1: counted against the budget of features.
    features: Lin,
    /// 0/1: counted against the budget of labels.
    labels: Lin,
    /// 0/1 each: counted against the budget of changed features in all samples together.
    changed: Vec<Lin>,
}

/// Which 0/1 quantity says that a sample's features (or labels) are touched.
struct Switches {
    features: Lin,
    labels: Lin,
    touched: Lin,
}

/// A single discrete kind of change is its own indicator; everything else needs a binary.
fn switches(b: &mut Builder<'_>, q: &Question, place: Place) -> Option<Switches> {
    let t = &q.threat;
    let kinds = usize::from(t.features.is_some())
        + usize::from(t.labels.is_some())
        + usize::from(t.deletion.is_some());
    let real_label = matches!(t.labels, Some(LabelThreat::Real { .. }));
    let zero = Lin::exact(0.0);
    match t.budget {
        Budget::Joint(_) if kinds == 1 && t.features.is_none() && !real_label => None,
        Budget::Joint(_) => {
            let s = b.binary(Family::Touched.at(place), Recipe::Decision);
            Some(Switches { features: s.clone(), labels: s.clone(), touched: s })
        }
        Budget::Separate { .. } => {
            let by_features = t.features.is_some() || t.deletion.is_some();
            let sx = if by_features {
                b.binary(Family::TouchedFeatures.at(place), Recipe::Decision)
            } else {
                zero.clone()
            };
            let sy = if t.labels.is_some() {
                b.binary(Family::TouchedLabel.at(place), Recipe::Decision)
            } else {
                zero
            };
            let touched = if sx.is_constant() {
                sy.clone()
            } else if sy.is_constant() {
                sx.clone()
            } else {
                either(b, &sx, &sy, place)
            };
            Some(Switches { features: sx, labels: sy, touched })
        }
    }
}

/// A 0/1 quantity that is 1 where either is.
fn either(b: &mut Builder<'_>, x: &Lin, y: &Lin, place: Place) -> Lin {
    let s = b.binary(Family::Touched.at(place), Recipe::Largest(vec![x.clone(), y.clone()]));
    let origin = Rule::Link.at(place);
    b.row(&[(1.0, &s), (-1.0, x)], Sense::Ge, 0.0, origin);
    b.row(&[(1.0, &s), (-1.0, y)], Sense::Ge, 0.0, origin);
    b.row(&[(1.0, &s), (-1.0, x), (-1.0, y)], Sense::Le, 0.0, origin);
    s
}

fn sample(b: &mut Builder<'_>, q: &Question, i: usize, place: Place) -> Parts {
    let t = &q.threat;
    let mut slot = clean_slot(q, i);
    if t.features.is_none() && t.labels.is_none() && t.deletion.is_none() {
        let zero = Lin::exact(0.0);
        return Parts { slot, features: zero.clone(), labels: zero, changed: Vec::new() };
    }
    let switches = switches(b, q, place);
    if t.deletion.is_some() {
        slot.present = b.binary(Family::Kept.at(place), Recipe::Decision);
        if let Some(s) = &switches {
            // om >= 1 - s
            let origin = Rule::Link.at(place);
            b.row(&[(1.0, &slot.present), (1.0, &s.features)], Sense::Ge, 1.0, origin);
        }
    }
    let own = |b: &Builder<'_>, present: &Lin| b.sub(&Lin::exact(1.0), present);
    let label_switch = switches.as_ref().map(|s| s.labels.clone());
    let relabelled = labels(b, q, i, &mut slot, label_switch.as_ref(), place);
    let mut changed = Vec::new();
    if let (Some(f), Some(s)) = (&t.features, &switches) {
        let row = q.train.row(i);
        let e = reach::deviations(f, i, &row);
        let vars = FeatureVars { place, row: i, touched: s.features.clone() };
        let moved = features::deviate(b, f, &row, &e, &vars);
        slot.x = moved.values;
        changed = moved.changed;
    }
    let (features, labels, touched) = match switches {
        Some(s) => (s.features, s.labels, s.touched),
        None => {
            let s = if t.deletion.is_some() { own(b, &slot.present) } else { relabelled };
            (s.clone(), s.clone(), s)
        }
    };
    slot.touched = touched;
    Parts { slot, features, labels, changed }
}

/// Builds the label of a touched sample; returns the 0/1 quantity "the label differs".
fn labels(
    b: &mut Builder<'_>,
    q: &Question,
    i: usize,
    slot: &mut Slot,
    switch: Option<&Lin>,
    place: Place,
) -> Lin {
    let present = slot.present.clone();
    let origin = Rule::Link.at(place);
    let link = |b: &mut Builder<'_>, r: &Lin| {
        if let Some(s) = switch {
            b.row(&[(1.0, r), (-1.0, s)], Sense::Le, 0.0, origin);
        }
        if !present.is_constant() {
            // A removed sample keeps its label: its label means nothing.
            b.row(&[(1.0, r), (-1.0, &present)], Sense::Le, 0.0, origin);
        }
    };
    match (&q.threat.labels, q.train.target(i)) {
        (None, target) => {
            slot.label = plain(target, &present);
            Lin::exact(0.0)
        }
        (Some(LabelThreat::Flip), Target::Sign(y)) => {
            let r = b.binary(Family::Flip.at(place), Recipe::Decision);
            link(b, &r);
            let kept = b.sub(&present, &r);
            slot.label =
                SlotLabel::Discrete(vec![(Target::Sign(y), kept), (Target::Sign(-y), r.clone())]);
            r
        }
        (Some(LabelThreat::Classes(classes)), Target::Class(c)) => {
            let mut others: Vec<usize> = classes.iter().copied().filter(|&k| k != c).collect();
            others.sort_unstable();
            others.dedup();
            let mut all = Vec::new();
            for k in others {
                let l = b.binary(Family::LabelClass.at(place.i(k)), Recipe::Decision);
                all.push((Target::Class(k), l));
            }
            let members: Vec<Lin> = all.iter().map(|a| a.1.clone()).collect();
            let changed = b.sum(&members).within(Interval::UNIT);
            if members.len() > 1 {
                b.row(&[(1.0, &changed)], Sense::Le, 1.0, Rule::OneLabel.at(place));
            }
            if !changed.is_zero() {
                link(b, &changed);
            }
            let kept = b.sub(&present, &changed).within(Interval::UNIT);
            all.insert(0, (Target::Class(c), kept));
            slot.label = SlotLabel::Discrete(all);
            changed
        }
        (Some(LabelThreat::Real { nu, range }), Target::Real(y)) => {
            let shifts = reach::label_shifts(*nu, *range, &y);
            let mut all = Vec::new();
            for (k, (&v, shift)) in y.iter().zip(shifts).enumerate() {
                let role = Family::LabelShift.at(place.i(k));
                let d = b.variable(VarKind::Continuous, shift, role, Recipe::Decision);
                if let Some(s) = switch {
                    b.row(&[(1.0, &d), (-shift.hi, s)], Sense::Le, 0.0, origin);
                    b.row(&[(1.0, &d), (-shift.lo, s)], Sense::Ge, 0.0, origin);
                }
                all.push(b.combine(&[(Interval::point(1.0), &d)], v));
            }
            slot.label = SlotLabel::Real(all);
            Lin::exact(0.0)
        }
        // `Question::check` refuses a threat of another kind than the labels.
        (Some(LabelThreat::Flip | LabelThreat::Classes(_) | LabelThreat::Real { .. }), target) => {
            slot.label = plain(target, &present);
            Lin::exact(0.0)
        }
    }
}

fn plain(target: Target, present: &Lin) -> SlotLabel {
    match target {
        Target::Real(y) => SlotLabel::Real(y.into_iter().map(Lin::exact).collect()),
        discrete @ (Target::Sign(_) | Target::Class(_)) => {
            SlotLabel::Discrete(vec![(discrete, present.clone())])
        }
    }
}

fn insert(
    b: &mut Builder<'_>,
    q: &Question,
    insertion: &Insertion,
    at: &dyn Fn(Place) -> Place,
) -> Vec<Slot> {
    let mut all: Vec<Slot> = Vec::new();
    for k in 0..insertion.count {
        let place = at(Place::NONE.sample(q.train.len() + k));
        let present = b.binary(Family::Present.at(place), Recipe::Decision);
        if let Some(last) = all.last() {
            let origin = Rule::Symmetry.at(place);
            b.row(&[(1.0, &last.present), (-1.0, &present)], Sense::Ge, 0.0, origin);
        }
        let bx = reach::inserted(q, insertion).x;
        let x = (0..bx.len())
            .map(|j| {
                let kind = match insertion.kinds[j] {
                    FeatureKind::Fixed | FeatureKind::Real => VarKind::Continuous,
                    FeatureKind::Integer => VarKind::Integer,
                    FeatureKind::OneHot(_) => VarKind::Binary,
                };
                b.variable(kind, bx[j], Family::FeatureValue.at(place.i(j)), Recipe::Decision)
            })
            .collect::<Vec<_>>();
        features::one_hot_rows(b, &insertion.kinds, &x, place);
        let label = inserted_label(b, q, insertion, &present, place);
        all.push(Slot { x, label, present: present.clone(), touched: present });
    }
    all
}

fn inserted_label(
    b: &mut Builder<'_>,
    q: &Question,
    insertion: &Insertion,
    present: &Lin,
    place: Place,
) -> SlotLabel {
    let origin = Rule::OneLabel.at(place);
    match &q.train.labels {
        Labels::Signs(_) => {
            let r = b.binary(Family::Flip.at(place), Recipe::Decision);
            b.row(&[(1.0, &r), (-1.0, present)], Sense::Le, 0.0, origin);
            let kept = b.sub(present, &r).within(Interval::UNIT);
            SlotLabel::Discrete(vec![(Target::Sign(1.0), kept), (Target::Sign(-1.0), r)])
        }
        Labels::Classes { count, .. } => {
            let all: Vec<(Target, Lin)> = (0..*count)
                .map(|c| {
                    let role = Family::LabelClass.at(place.i(c));
                    (Target::Class(c), b.binary(role, Recipe::Decision))
                })
                .collect();
            let mut parts: Vec<(f64, &Lin)> = all.iter().map(|a| (1.0, &a.1)).collect();
            parts.push((-1.0, present));
            b.row(&parts, Sense::Eq, 0.0, origin);
            SlotLabel::Discrete(all)
        }
        Labels::Real(y) => {
            let (lo, hi) = insertion.label_range.unwrap_or((0.0, 0.0));
            let all = (0..y.ncols())
                .map(|k| {
                    let role = Family::LabelShift.at(place.i(k));
                    let range = Interval { lo, hi };
                    b.variable(VarKind::Continuous, range, role, Recipe::Decision)
                })
                .collect();
            SlotLabel::Real(all)
        }
    }
}

/// Everything that counts against a smallest budget.
#[must_use]
pub fn touched_quantities(all: &[Slots]) -> Vec<Lin> {
    all.iter()
        .flat_map(|s| s.rows.values().chain(&s.inserted))
        .map(|slot| slot.touched.clone())
        .filter(|l| !l.is_zero())
        .collect()
}

/// Whether the adversary chooses once.
#[must_use]
pub fn once(q: &Question) -> bool {
    match q.threat.scope {
        Scope::Run => true,
        Scope::Batch => false,
    }
}
