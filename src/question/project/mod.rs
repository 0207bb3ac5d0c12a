//! The nearest attack (nearly) that lies in the threat.

mod features;
mod related;

use super::Question;
use super::attack::{Attack, Change, Choice};
use super::data::{Labels, Target};
use super::goal::Goal;
use super::membership::parts;
use super::threat::{Budget, FeatureThreat, LabelThreat, Norm, Scope};
use features::{features, inside};

/// Moves `attack` into the threat: rounds integers, clips to domains and balls, drops what is not
/// allowed, and drops the smallest changes first where too many samples are touched or too many
/// features change. Features that break a linear relation are moved until they satisfy it, or go
/// back. The result passes [`super::membership::check`] whenever the clean data themselves lie in their domains.
#[must_use]
pub fn project(question: &Question, attack: Attack) -> Attack {
    let wanted = match question.threat.scope {
        Scope::Run => 1,
        Scope::Batch => question.training.steps(),
    };
    let mut choices = attack.choices;
    choices.resize(wanted, Choice::default());
    let choices =
        choices.into_iter().enumerate().map(|(t, c)| project_choice(question, c, t)).collect();
    Attack { choices, test_input: project_test_input(question, attack.test_input) }
}

fn project_choice(question: &Question, choice: Choice, step: usize) -> Choice {
    let threat = &question.threat;
    let allowed = |i: usize| {
        i < question.train.len()
            && threat.candidates.contains(&i)
            && (threat.scope == Scope::Run
                || question.training.batches.get(step).is_some_and(|b| b.contains(&i)))
    };
    let mut kept: Vec<(usize, Change, f64)> = Vec::new();
    for (i, change) in choice.changes.into_iter().filter(|(i, _)| allowed(*i)) {
        let change = project_change(question, i, change);
        let p = parts(question, i, &change);
        if p.deleted || p.features || p.label {
            let size = size(question, i, &change);
            kept.push((i, change, size));
        }
    }
    // Largest first; ties in the order of the rows.
    kept.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    match threat.budget {
        Budget::Joint(n) => kept.truncate(n),
        Budget::Separate { features, labels } => {
            let (mut x, mut y) = (0, 0);
            for (i, change, _) in &mut kept {
                let p = parts(question, *i, change);
                if p.deleted || p.features {
                    x += 1;
                    if x > features {
                        change.deleted = false;
                        change.features = None;
                    }
                }
                if p.label {
                    y += 1;
                    if y > labels {
                        change.target = None;
                    }
                }
            }
            kept.retain(|(_, c, _)| c.deleted || c.features.is_some() || c.target.is_some());
        }
    }
    few_cells(question, &mut kept);
    let changes = kept.into_iter().map(|(i, change, _)| (i, change)).collect();
    Choice { changes, inserted: project_inserted(question, choice.inserted) }
}

/// Takes back the smallest changes of features where too many change in all samples together.
fn few_cells(question: &Question, kept: &mut Vec<(usize, Change, f64)>) {
    let Some(threat) = &question.threat.features else { return };
    let Some(allowed) = threat.relations.cells else { return };
    loop {
        let mut found = 0;
        let mut smallest: Option<(f64, usize, Vec<usize>)> = None;
        for (at, (i, change, _)) in kept.iter().enumerate() {
            let Some(moved) = &change.features else { continue };
            let clean = question.train.row(*i);
            found += threat.changed_cells(*i, &clean, moved);
            for columns in threat.counted(*i) {
                let by: f64 = columns.iter().map(|&j| (moved[j] - clean[j]).abs()).sum();
                if by > 0.0 && smallest.as_ref().is_none_or(|(least, ..)| by < *least) {
                    smallest = Some((by, at, columns));
                }
            }
        }
        let (true, Some((_, at, columns))) = (found > allowed, smallest) else { break };
        let Some((i, change, _)) = kept.get_mut(at) else { break };
        let clean = question.train.row(*i);
        let Some(mut moved) = change.features.take() else { break };
        for j in columns {
            moved[j] = clean[j];
        }
        let before = threat.changed_cells(*i, &clean, &moved);
        let moved = related::repaired(threat, *i, &clean, moved);
        // A repair that changes other features would go on for ever.
        let fewer = moved != clean && threat.changed_cells(*i, &clean, &moved) <= before;
        change.features = fewer.then_some(moved);
    }
    kept.retain(|(_, c, _)| c.deleted || c.features.is_some() || c.target.is_some());
}

/// How much a change changes: label changes and removals count 1, numbers by their distance.
fn size(question: &Question, i: usize, change: &Change) -> f64 {
    let clean = question.train.row(i);
    let moved = change
        .features
        .as_ref()
        .map_or(0.0, |x| x.iter().zip(&clean).map(|(a, b)| (a - b).abs()).sum());
    let label = match (&change.target, question.train.target(i)) {
        (None, _) => 0.0,
        (Some(Target::Real(new)), Target::Real(old)) => {
            new.iter().zip(&old).map(|(a, b)| (a - b).abs()).sum()
        }
        (Some(_), _) => 1.0,
    };
    moved + label + if change.deleted { 1.0 } else { 0.0 }
}

fn project_change(question: &Question, i: usize, change: Change) -> Change {
    let threat = &question.threat;
    if change.deleted && threat.deletion.is_some() {
        return Change { deleted: true, features: None, target: None };
    }
    let clean = question.train.row(i);
    let features = match (&threat.features, change.features) {
        (Some(f), Some(x)) if x.len() == clean.len() && f.kinds.len() == clean.len() => {
            Some(features(f, i, &clean, x)).filter(|x| *x != clean)
        }
        _ => None,
    };
    let target = match (&threat.labels, question.train.target(i), change.target) {
        (Some(LabelThreat::Flip), Target::Sign(y), Some(Target::Sign(s))) => {
            (s * y < 0.0).then_some(Target::Sign(-y))
        }
        (Some(LabelThreat::Classes(all)), Target::Class(y), Some(Target::Class(c))) => {
            (c != y && all.contains(&c)).then_some(Target::Class(c))
        }
        (Some(LabelThreat::Real { nu, range }), Target::Real(y), Some(Target::Real(new)))
            if new.len() == y.len() =>
        {
            let (lo, hi) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
            let new: Vec<f64> =
                new.iter().zip(&y).map(|(v, c)| inside(*v, *c, (-nu, *nu), lo, hi)).collect();
            (new != y).then_some(Target::Real(new))
        }
        _ => None,
    };
    Change { deleted: false, features, target }
}

fn project_inserted(
    question: &Question,
    inserted: Vec<(Vec<f64>, Target)>,
) -> Vec<(Vec<f64>, Target)> {
    let Some(insertion) = &question.threat.insertion else { return Vec::new() };
    let (lo, hi) = insertion.label_range.unwrap_or((f64::MIN, f64::MAX));
    inserted
        .into_iter()
        .filter(|(x, _)| x.len() == insertion.kinds.len())
        .filter_map(|(x, y)| {
            let centre: Vec<f64> = insertion
                .domain
                .iter()
                .map(|(lo, hi)| (0.5 * lo + 0.5 * hi).clamp(*lo, *hi))
                .collect();
            let (domain, kinds) = (insertion.domain.clone(), insertion.kinds.clone());
            let free = FeatureThreat::plain(Norm::Arbitrary, domain, kinds);
            let x = features(&free, usize::MAX, &centre, x);
            let y = match (&question.train.labels, y) {
                (Labels::Signs(_), Target::Sign(s)) => {
                    Target::Sign(if s < 0.0 { -1.0 } else { 1.0 })
                }
                (Labels::Classes { count, .. }, Target::Class(c)) if c < *count => Target::Class(c),
                (Labels::Real(clean), Target::Real(y)) if y.len() == clean.ncols() => {
                    let fix =
                        |v: f64| if v.is_nan() { lo.max(0.0).min(hi) } else { v.clamp(lo, hi) };
                    Target::Real(y.into_iter().map(fix).collect())
                }
                _ => return None,
            };
            Some((x, y))
        })
        .take(insertion.count)
        .collect()
}

fn project_test_input(question: &Question, moved: Option<Vec<f64>>) -> Option<Vec<f64>> {
    let Goal::Backdoor { point, eps, domain } = &question.goal else { return None };
    let moved = moved.filter(|u| u.len() == point.input.len() && u.len() == domain.len())?;
    let u = moved.iter().zip(&point.input).zip(domain);
    Some(u.map(|((v, c), (lo, hi))| inside(*v, *c, (-eps, *eps), *lo, *hi)).collect())
}
