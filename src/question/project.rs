//! The nearest attack (nearly) that lies in the threat.

use super::Question;
use super::attack::{Attack, Change, Choice};
use super::data::{Labels, Target};
use super::goal::Goal;
use super::membership::{distance, in_ball, parts};
use super::threat::{Budget, FeatureKind, FeatureThreat, LabelThreat, Norm, Scope};

/// Moves `attack` into the threat: rounds integers, clips to domains and balls, drops what is not
/// allowed, and drops the smallest changes first where too many samples are touched. The result
/// passes [`super::membership::check`] whenever the clean data themselves lie in their domains.
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
    let changes = kept.into_iter().map(|(i, change, _)| (i, change)).collect();
    Choice { changes, inserted: project_inserted(question, choice.inserted) }
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
            Some(project_features(f, &clean, x)).filter(|x| *x != clean)
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
                new.iter().zip(&y).map(|(v, c)| inside(*v, *c, *nu, lo, hi)).collect();
            (new != y).then_some(Target::Real(new))
        }
        _ => None,
    };
    Change { deleted: false, features, target }
}

/// The double nearest to `v` (nearly) in `[lo, hi]` with exact distance at most `radius` from
/// `centre`; `centre` where `v` is not a number.
fn inside(v: f64, centre: f64, radius: f64, lo: f64, hi: f64) -> f64 {
    if v.is_nan() || lo.is_nan() || hi.is_nan() || lo > hi {
        return centre;
    }
    let mut v = v.max(centre - radius).min(centre + radius).max(lo).min(hi);
    if radius.is_finite() {
        let limit = |v: f64| distance(v, centre) > distance(radius, 0.0);
        while limit(v) {
            v = if v > centre { v.next_down() } else { v.next_up() };
        }
    }
    v
}

fn project_features(threat: &FeatureThreat, clean: &[f64], moved: Vec<f64>) -> Vec<f64> {
    let radius = match threat.norm {
        Norm::Linf(eps) | Norm::L1(eps) | Norm::L2(eps) => eps,
        Norm::Arbitrary => f64::INFINITY,
    };
    let mut x = moved;
    for (j, v) in x.iter_mut().enumerate() {
        let (lo, hi) = threat.domain.get(j).copied().unwrap_or((clean[j], clean[j]));
        *v = match threat.kinds[j] {
            FeatureKind::Fixed => clean[j],
            FeatureKind::Real => inside(*v, clean[j], radius, lo, hi),
            FeatureKind::Integer => integer_inside(*v, clean[j], radius, lo, hi),
            FeatureKind::OneHot(_) => *v,
        };
    }
    one_hot(&threat.kinds, &mut x, clean);
    if in_ball(threat.norm, &threat.kinds, clean, &x) {
        return x;
    }
    // Discrete features go back to their clean values, smallest change first, until the rest fits;
    // then the real ones are shrunk.
    let discrete = |k: FeatureKind| matches!(k, FeatureKind::Integer | FeatureKind::OneHot(_));
    loop {
        let only: Vec<f64> =
            (0..x.len()).map(|j| if discrete(threat.kinds[j]) { x[j] } else { clean[j] }).collect();
        if in_ball(threat.norm, &threat.kinds, clean, &only) {
            break;
        }
        let smallest = (0..x.len())
            .filter(|j| discrete(threat.kinds[*j]) && x[*j] != clean[*j])
            .min_by(|a, b| (x[*a] - clean[*a]).abs().total_cmp(&(x[*b] - clean[*b]).abs()));
        let Some(j) = smallest else { return clean.to_vec() };
        for k in 0..x.len() {
            let group = matches!(threat.kinds[j], FeatureKind::OneHot(_));
            if k == j || (group && threat.kinds[k] == threat.kinds[j]) {
                x[k] = clean[k];
            }
        }
    }
    let scaled = |factor: f64| -> Vec<f64> {
        (0..x.len())
            .map(|j| match threat.kinds[j] {
                FeatureKind::Real => {
                    let (lo, hi) = threat.domain[j];
                    (clean[j] + factor * (x[j] - clean[j])).max(lo).min(hi)
                }
                FeatureKind::Fixed | FeatureKind::Integer | FeatureKind::OneHot(_) => x[j],
            })
            .collect()
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if in_ball(threat.norm, &threat.kinds, clean, &scaled(middle)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let x = scaled(low);
    if in_ball(threat.norm, &threat.kinds, clean, &x) { x } else { clean.to_vec() }
}

/// The integer nearest to `v` within the limits; `centre` if there is none.
fn integer_inside(v: f64, centre: f64, radius: f64, lo: f64, hi: f64) -> f64 {
    let r = inside(v, centre, radius, lo, hi).round();
    let fits = |r: f64| (lo..=hi).contains(&r) && inside(r, centre, radius, lo, hi) == r;
    [r, r - 1.0, r + 1.0].into_iter().find(|r| fits(*r)).unwrap_or(centre)
}

/// Makes every group one-hot at its largest value; the clean one wins ties.
fn one_hot(kinds: &[FeatureKind], x: &mut [f64], clean: &[f64]) {
    let mut done = std::collections::BTreeSet::new();
    for j in 0..x.len() {
        let FeatureKind::OneHot(g) = kinds[j] else { continue };
        if !done.insert(g) {
            continue;
        }
        let members: Vec<usize> =
            (0..x.len()).filter(|k| kinds[*k] == FeatureKind::OneHot(g)).collect();
        let key = |k: usize| if x[k].is_nan() { f64::NEG_INFINITY } else { x[k] };
        let mut best = members.iter().copied().find(|k| clean[*k] == 1.0).unwrap_or(j);
        for &k in &members {
            if key(k) > key(best) {
                best = k;
            }
        }
        for k in members {
            x[k] = if k == best { 1.0 } else { 0.0 };
        }
    }
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
            let ball = FeatureThreat {
                norm: Norm::Arbitrary,
                domain: insertion.domain.clone(),
                kinds: insertion.kinds.clone(),
            };
            let x = project_features(&ball, &centre, x);
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
    Some(u.map(|((v, c), (lo, hi))| inside(*v, *c, *eps, *lo, *hi)).collect())
}
