//! Random mixed questions on a grid of eighths, where doubles are exact, and the rules of relations
//! written out once more.

use theriac::question::relation::{Comparison, Linear, Missing, Offset, Term, Version, When};
use theriac::question::*;

use crate::support::{dataset, full_batch, network, point, question as build};

/// A multiple of 1/8 in `[-size, size]`.
pub fn eighth(rng: &mut fastrand::Rng, size: f64) -> f64 {
    let most = (size * 8.0) as i32;
    f64::from(rng.i32(-most..=most)) / 8.0
}

fn rows(rng: &mut fastrand::Rng, samples: usize) -> Vec<usize> {
    let some: Vec<usize> = (0..samples).filter(|_| rng.u8(0..3) > 0).collect();
    if some.is_empty() { vec![rng.usize(0..samples)] } else { some }
}

/// Two real features, one integer of few or many values, a category of three; relations of every kind.
pub fn question(rng: &mut fastrand::Rng) -> Question {
    loop {
        let q = draw(rng);
        if q.check().is_ok() {
            return q;
        }
    }
}

fn draw(rng: &mut fastrand::Rng) -> Question {
    let samples = 4;
    let points: Vec<Vec<f64>> = (0..samples)
        .map(|_| {
            let mut x = vec![eighth(rng, 1.0), eighth(rng, 1.0), f64::from(rng.i8(-1..=1))];
            let category = rng.usize(0..3);
            x.extend((0..3).map(|k| f64::from(u8::from(k == category))));
            x
        })
        .collect();
    let labels = Labels::Signs((0..samples).map(|i| if i % 2 == 0 { 1 } else { -1 }).collect());
    let train = dataset(&points, labels);
    let mut weight = |rows: usize, columns: usize| {
        let w = ndarray::Array2::from_shape_fn((rows, columns), |_| rng.f64() * 2.0 - 1.0);
        (w, Some(ndarray::Array1::from_shape_fn(rows, |_| rng.f64() - 0.5)))
    };
    let layers = vec![weight(2, 6), weight(1, 2)];
    let layers = if rng.bool() { layers } else { vec![layers[1].clone()] };
    let net = match layers.as_slice() {
        [one] => network(&[(ndarray::Array2::from_elem((1, 6), one.0[[0, 0]]), one.1.clone())]),
        both => network(both),
    };
    let mut kinds = vec![FeatureKind::Real, FeatureKind::Real, FeatureKind::Integer];
    kinds.extend([FeatureKind::OneHot(0); 3]);
    if rng.u8(0..5) == 0 {
        kinds[0] = FeatureKind::Fixed;
    }
    let norm = match rng.u8(0..4) {
        0 => Norm::Linf(1.0),
        1 => Norm::L1(2.5),
        2 => Norm::L2(1.5),
        _ => Norm::Arbitrary,
    };
    let mut domain = vec![(-2.0, 2.0); 3];
    if rng.bool() {
        domain[2] = (-6.0, 6.0);
    }
    domain.extend([(0.0, 1.0); 3]);
    let mut threat = FeatureThreat::plain(norm, domain, kinds);
    threat.relations = relations(rng, &train, &threat);
    let samples_touched = rng.usize(1..=3);
    let threat = Threat {
        scope: Scope::Run,
        budget: Budget::Joint(samples_touched),
        candidates: (0..samples).collect(),
        labels: rng.bool().then_some(LabelThreat::Flip),
        features: Some(threat),
        deletion: None,
        insertion: None,
    };
    let u: Vec<f64> = (0..6).map(|_| rng.f64() - 0.5).collect();
    let goal = Goal::Margin(point(&u, Target::Sign(1.0)));
    build(net, train, full_batch(Loss::Hinge, 0.5, 2, samples), threat, goal)
}

fn relations(rng: &mut fastrand::Rng, train: &Dataset, threat: &FeatureThreat) -> Relations {
    let n = train.len();
    let free: Vec<usize> = (0..3).filter(|j| threat.kinds[*j] != FeatureKind::Fixed).collect();
    let mut r = Relations::default();
    for _ in 0..rng.usize(0..=2) {
        let feature = free[rng.usize(0..free.len())];
        let lo = if rng.u8(0..3) == 0 { f64::NEG_INFINITY } else { -eighth(rng, 1.5).abs() };
        let hi = if rng.u8(0..3) == 0 { f64::INFINITY } else { eighth(rng, 1.5).abs() };
        r.offsets.push(Offset { rows: rows(rng, n), feature, lo, hi });
    }
    if rng.bool() {
        let features = match rng.u8(0..3) {
            0 => vec![2],
            1 => vec![3, 4, 5],
            _ => vec![free[0]],
        };
        r.missing.push(Missing { rows: rows(rng, n), features });
    }
    for _ in 0..rng.usize(0..=2) {
        let rows = rows(rng, n);
        let mut terms: Vec<Term> = Vec::new();
        for _ in 0..rng.usize(1..=3) {
            let coefficient = [1.0, -1.0, 2.0, -0.5][rng.usize(0..4)];
            let version = if rng.u8(0..3) == 0 { Version::Old } else { Version::New };
            terms.push(Term { coefficient, feature: rng.usize(0..6), version });
        }
        let sum = |i: usize| {
            terms.iter().map(|t| t.coefficient * train.features[[i, t.feature]]).sum::<f64>()
        };
        let sums: Vec<f64> = rows.iter().map(|&i| sum(i)).collect();
        let (comparison, rhs) = match rng.u8(0..5) {
            0 => (Comparison::Equal, sums[0]),
            1 | 2 => (Comparison::AtMost, sums.iter().copied().fold(f64::MIN, f64::max)),
            _ => (Comparison::AtLeast, sums.iter().copied().fold(f64::MAX, f64::min)),
        };
        let rows = if comparison == Comparison::Equal { vec![rows[0]] } else { rows };
        let when = (rng.u8(0..3) == 0).then(|| match rng.bool() {
            true => When { feature: 2, value: f64::from(rng.i8(-2..=2)) },
            false => When { feature: rng.usize(3..6), value: f64::from(rng.u8(0..=1)) },
        });
        // With a condition that the clean data break, a relation may ask for more.
        let rhs = if when.is_some() && rng.bool() { rhs - 1.0 } else { rhs };
        r.linear.push(Linear { rows, terms, comparison, rhs, when });
    }
    if rng.u8(0..4) == 0 && threat.norm != Norm::Arbitrary {
        r.unmeasured = vec![2];
    }
    r.changed = (rng.u8(0..3) == 0).then(|| rng.usize(1..=2));
    r.cells = (rng.u8(0..3) == 0).then(|| rng.usize(1..=3));
    r
}

/// Whether the new features of sample `i` satisfy the threat; numbers are eighths.
pub fn allows(threat: &FeatureThreat, i: usize, x: &[f64], y: &[f64]) -> bool {
    let r = &threat.relations;
    let missing = |j: usize| {
        r.missing.iter().any(|m| m.rows.contains(&i) && m.features.contains(&j))
            && threat.kinds[j] != FeatureKind::Fixed
    };
    let fixed = |j: usize| threat.kinds[j] == FeatureKind::Fixed;
    let by: Vec<f64> = (0..x.len()).map(|j| y[j] - x[j]).collect();
    let in_domain =
        (0..x.len()).all(|j| fixed(j) || (threat.domain[j].0..=threat.domain[j].1).contains(&y[j]));
    let kinds = y[2].fract() == 0.0
        && y[3..].iter().all(|v| *v == 0.0 || *v == 1.0)
        && y[3..].iter().sum::<f64>() == 1.0
        && (0..x.len()).all(|j| !fixed(j) || by[j] == 0.0);
    let measured =
        || (0..x.len()).filter(|&j| !missing(j) && !r.unmeasured.contains(&j)).map(|j| by[j]);
    let ball = match threat.norm {
        Norm::Linf(e) => measured().all(|v| v.abs() <= e),
        Norm::L1(e) => measured().map(f64::abs).sum::<f64>() <= e,
        Norm::L2(e) => measured().map(|v| v * v).sum::<f64>() <= e * e,
        Norm::Arbitrary => true,
    };
    let offsets = r.offsets.iter().all(|o| {
        let here = o.rows.contains(&i) && !missing(o.feature);
        !here || (o.lo..=o.hi).contains(&by[o.feature])
    });
    let linear = r.linear.iter().all(|l| {
        let holds = l.when.is_none_or(|w| y[w.feature] == w.value);
        let value = |t: &Term| match t.version {
            Version::Old => x[t.feature],
            Version::New => y[t.feature],
        };
        let sum: f64 = l.terms.iter().map(|t| t.coefficient * value(t)).sum();
        !l.rows.contains(&i)
            || !holds
            || match l.comparison {
                Comparison::AtMost => sum <= l.rhs,
                Comparison::AtLeast => sum >= l.rhs,
                Comparison::Equal => sum == l.rhs,
            }
    });
    let sparse = r.changed.is_none_or(|k| changed(threat, i, x, y) <= k);
    in_domain && kinds && ball && offsets && linear && sparse
}

/// Features that differ, the category counted once and missing ones not at all.
pub fn changed(threat: &FeatureThreat, i: usize, x: &[f64], y: &[f64]) -> usize {
    let missing = |j: usize| {
        let here = |m: &&Missing| m.rows.contains(&i) && m.features.contains(&j);
        threat.relations.missing.iter().any(|m| here(&m))
    };
    let single = (0..3).filter(|&j| x[j] != y[j] && !missing(j)).count();
    single + usize::from(x[3..] != y[3..] && !missing(3))
}
