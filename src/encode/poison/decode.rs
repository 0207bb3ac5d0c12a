//! Between attacks and values of decision variables, in both directions.

use super::super::recipe::Recipe;
use super::Program;
use super::symmetry;
use crate::ir::{Family, Place, Role, VarId};
use crate::question::{Attack, Change, Choice, FeatureKind, Goal, Question, Scope, Target};

/// Number of choices of an attack.
#[must_use]
pub fn choices(q: &Question) -> usize {
    match q.threat.scope {
        Scope::Run => 1,
        Scope::Batch => q.training.steps(),
    }
}

/// The decision variables with their roles.
pub fn decisions(p: &Program) -> impl Iterator<Item = (VarId, Role)> + '_ {
    p.recipes.iter().enumerate().filter(|(_, r)| matches!(r, Recipe::Decision)).map(|(v, _)| {
        let id = VarId(v as u32);
        (id, p.model.vars.get(id).role)
    })
}

fn choice_of(place: Place) -> usize {
    if place.step == Place::NO_STEP { 0 } else { usize::from(place.step) }
}

/// Reads the attack out of a point (one value a variable). What is integer is rounded; the result
/// need not lie in the threat set to the last digit: project it before it is replayed.
#[must_use]
pub fn decode(p: &Program, q: &Question, x: &[f64]) -> Attack {
    let n = q.train.len();
    let mut attack = Attack::none(choices(q));
    let mut present: Vec<(usize, usize)> = Vec::new();
    let on = |v: VarId| x[v.index()] > 0.5;
    let mut untouched: Vec<(usize, usize)> = Vec::new();
    for (v, role) in decisions(p) {
        let (place, value) = (role.place, x[v.index()]);
        let (c, i) = (choice_of(place), place.sample as usize);
        if matches!(role.family, Family::Touched | Family::TouchedFeatures) && !on(v) {
            untouched.push((c, i));
        }
        if role.family == Family::Present && on(v) {
            present.push((c, i));
        }
        let inserted = i >= n && role.family != Family::TestDeviation;
        if inserted || place.sample as usize >= n {
            continue;
        }
        let j = place.i as usize;
        match role.family {
            Family::Flip if on(v) => {
                if let Target::Sign(y) = q.train.target(i) {
                    entry(&mut attack, c, i).target = Some(Target::Sign(-y));
                }
            }
            Family::LabelClass if on(v) => {
                entry(&mut attack, c, i).target = Some(Target::Class(j));
            }
            Family::LabelShift if value != 0.0 => {
                if let Target::Real(y) = q.train.target(i) {
                    let change = entry(&mut attack, c, i);
                    let new = change.target.get_or_insert_with(|| Target::Real(y.clone()));
                    if let Target::Real(new) = new {
                        new[j] = y[j] + value;
                    }
                }
            }
            Family::Deviation if value != 0.0 => {
                features(&mut attack, q, c, i)[j] = q.train.features[[i, j]] + value;
            }
            Family::FeatureValue if value.round() != q.train.features[[i, j]] => {
                features(&mut attack, q, c, i)[j] = value.round();
            }
            Family::FeatureLevel if on(v) => {
                let by = if place.j % 2 == 0 { 1.0 } else { -1.0 };
                features(&mut attack, q, c, i)[j] += by;
            }
            Family::Kept if !on(v) => entry(&mut attack, c, i).deleted = true,
            Family::TestDeviation => {
                if let Goal::Backdoor { point, .. } = &q.goal {
                    let input = attack.test_input.get_or_insert_with(|| point.input.clone());
                    input[j] = point.input[j] + value;
                }
            }
            _ => {}
        }
    }
    for (c, i) in untouched {
        if let Some(change) = attack.choices[c].changes.get_mut(&i) {
            change.features = None;
        }
    }
    for choice in &mut attack.choices {
        choice.changes.retain(|_, change| *change != Change::default());
    }
    for (c, i) in present {
        if let Some(sample) = read_inserted(p, q, x, c, i) {
            attack.choices[c].inserted.push(sample);
        }
    }
    attack
}

fn entry(attack: &mut Attack, c: usize, i: usize) -> &mut Change {
    attack.choices[c].changes.entry(i).or_default()
}

fn features<'a>(attack: &'a mut Attack, q: &Question, c: usize, i: usize) -> &'a mut Vec<f64> {
    entry(attack, c, i).features.get_or_insert_with(|| q.train.row(i))
}

fn read_inserted(
    p: &Program,
    q: &Question,
    x: &[f64],
    c: usize,
    i: usize,
) -> Option<(Vec<f64>, Target)> {
    let insertion = q.threat.insertion.as_ref()?;
    let mut features = vec![0.0; insertion.domain.len()];
    let mut target = match q.train.target(0) {
        Target::Sign(_) => Target::Sign(1.0),
        Target::Class(_) => Target::Class(0),
        Target::Real(y) => Target::Real(y),
    };
    for (v, role) in decisions(p) {
        if role.place.sample as usize != i || choice_of(role.place) != c {
            continue;
        }
        let (j, value) = (role.place.i as usize, x[v.index()]);
        match (role.family, &mut target) {
            (Family::FeatureValue, _) => {
                features[j] = match insertion.kinds[j] {
                    FeatureKind::Fixed | FeatureKind::Real => value,
                    FeatureKind::Integer | FeatureKind::OneHot(_) => value.round(),
                };
            }
            (Family::Flip, t) if value > 0.5 => *t = Target::Sign(-1.0),
            (Family::LabelClass, t) if value > 0.5 => *t = Target::Class(j),
            (Family::LabelShift, Target::Real(y)) => y[j] = value,
            _ => {}
        }
    }
    Some((features, target))
}

/// Values of the decision variables that state this attack; twins are exchanged where the program
/// orders them.
#[must_use]
pub fn encode(p: &Program, q: &Question, attack: &Attack) -> Vec<f64> {
    let attack = if q.encode.symmetry { symmetry::canonical(q, attack) } else { attack.clone() };
    let mut x = vec![0.0; p.recipes.len()];
    for (v, role) in decisions(p) {
        x[v.index()] = decision(q, &attack, role);
    }
    x
}

/// The value of the decision with this role.
pub(super) fn decision(q: &Question, attack: &Attack, role: Role) -> f64 {
    let place = role.place;
    let i = place.sample as usize;
    let j = place.i as usize;
    let truth = |b: bool| f64::from(u8::from(b));
    if role.family == Family::TestDeviation {
        return match (&q.goal, &attack.test_input) {
            (Goal::Backdoor { point, .. }, Some(u)) => u[j] - point.input[j],
            _ => 0.0,
        };
    }
    let none = Choice::default();
    let choice = attack.choices.get(choice_of(place)).unwrap_or(&none);
    if i >= q.train.len() {
        return inserted_decision(q, choice, i - q.train.len(), role);
    }
    let clean = Change::default();
    let change = choice.changes.get(&i).unwrap_or(&clean);
    match role.family {
        Family::Touched => truth(*change != clean),
        Family::TouchedFeatures => truth(change.features.is_some() || change.deleted),
        Family::TouchedLabel | Family::Flip => truth(change.target.is_some() && !change.deleted),
        Family::LabelClass => truth(change.target == Some(Target::Class(j)) && !change.deleted),
        Family::LabelShift => match (&change.target, q.train.target(i)) {
            (Some(Target::Real(new)), Target::Real(old)) => new[j] - old[j],
            _ => 0.0,
        },
        Family::Deviation => {
            change.features.as_ref().map_or(0.0, |f| f[j] - q.train.features[[i, j]])
        }
        Family::FeatureValue => change.features.as_ref().map_or(q.train.features[[i, j]], |f| f[j]),
        Family::FeatureLevel => {
            let by = change.features.as_ref().map_or(0.0, |f| f[j] - q.train.features[[i, j]]);
            let (level, down) = (place.j / 2 + 1, place.j % 2 == 1);
            truth(if down { -by } else { by } >= f64::from(level))
        }
        Family::FeatureChanged => {
            truth(change.features.as_ref().is_some_and(|f| f[j] != q.train.features[[i, j]]))
        }
        Family::Kept => truth(!change.deleted),
        _ => 0.0,
    }
}

fn inserted_decision(q: &Question, choice: &Choice, k: usize, role: Role) -> f64 {
    let Some(insertion) = &q.threat.insertion else { return 0.0 };
    let truth = |b: bool| f64::from(u8::from(b));
    let j = role.place.i as usize;
    match (role.family, choice.inserted.get(k)) {
        (Family::Present, sample) => truth(sample.is_some()),
        (Family::FeatureValue, Some((x, _))) => x[j],
        (Family::FeatureValue, None) => match insertion.kinds[j] {
            FeatureKind::Fixed | FeatureKind::Real => insertion.domain[j].0,
            FeatureKind::Integer => insertion.domain[j].0.ceil(),
            // Exactly one column of a group is 1: the first.
            FeatureKind::OneHot(g) => {
                let first = insertion.kinds.iter().position(|&k| k == FeatureKind::OneHot(g));
                truth(first == Some(j))
            }
        },
        (Family::Flip, Some((_, target))) => truth(*target == Target::Sign(-1.0)),
        (Family::LabelClass, Some((_, target))) => truth(*target == Target::Class(j)),
        (Family::LabelShift, Some((_, Target::Real(y)))) => y[j],
        (Family::LabelShift, _) => insertion.label_range.map_or(0.0, |r| r.0),
        _ => 0.0,
    }
}
