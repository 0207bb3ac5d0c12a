//! Threat membership is exact, names the broken rule, and projection always lands inside.

use crate::support::{
    dataset, flips, full_batch, golden_ab, golden_c, point, question, zero_linear,
};
use fastrand::Rng;
use theriac::question::membership::{Outside, check, project};
use theriac::question::*;

fn change(i: usize, change: Change) -> Attack {
    let mut attack = Attack::none(1);
    attack.choices[0].changes.insert(i, change);
    attack
}

fn moved(x: &[f64]) -> Change {
    Change { features: Some(x.to_vec()), ..Change::default() }
}

fn flipped(y: f64) -> Change {
    Change { target: Some(Target::Sign(y)), ..Change::default() }
}

#[test]
fn every_broken_rule_is_named() {
    let q = golden_ab(Loss::Hinge, 0.5, 2, 1);
    assert_eq!(check(&q, &Attack::none(1)), Ok(()));
    assert_eq!(check(&q, &change(0, flipped(-1.0))), Ok(()));
    let two = Outside::Choices { expected: 1, found: 2 };
    assert_eq!(check(&q, &Attack::none(2)), Err(two));
    let mut both = change(0, flipped(-1.0));
    both.choices[0].changes.insert(3, flipped(1.0));
    let what = "features or labels";
    assert_eq!(check(&q, &both), Err(Outside::Budget { what, found: 2, budget: 1 }));
    both.choices[0].changes.insert(3, flipped(-1.0));
    assert_eq!(check(&q, &both), Ok(()), "sample 3 keeps its label and does not count");
    let whose = || "sample 0".to_string();
    let half = check(&q, &change(0, flipped(-0.5)));
    assert_eq!(half, Err(Outside::Label { whose: whose() }));
    let features = check(&q, &change(0, moved(&[0.0, 0.0])));
    let what = "a change of features";
    assert_eq!(features, Err(Outside::NotAllowed { whose: whose(), what }));
    let deleted = check(&q, &change(0, Change { deleted: true, ..Change::default() }));
    assert!(matches!(deleted, Err(Outside::NotAllowed { .. })), "{deleted:?}");
    assert_eq!(check(&q, &change(9, flipped(1.0))), Err(Outside::Trusted { sample: 9 }));
    let mut trusted = q.clone();
    trusted.threat.candidates = vec![1, 2];
    let attack = change(0, flipped(-1.0));
    assert_eq!(check(&trusted, &attack), Err(Outside::Trusted { sample: 0 }));
    let mut batch = q.clone();
    batch.threat.scope = Scope::Batch;
    batch.training.batches = vec![vec![0, 1], vec![2, 3]];
    let mut late = Attack::none(2);
    late.choices[1].changes.insert(0, flipped(-1.0));
    assert_eq!(check(&batch, &late), Err(Outside::NotInBatch { sample: 0, step: 1 }));
    let mut input = Attack::none(1);
    input.test_input = Some(vec![0.5, 0.2]);
    assert!(matches!(check(&q, &input), Err(Outside::NotAllowed { .. })));
    let mut inserted = Attack::none(1);
    inserted.choices[0].inserted.push((vec![0.0, 0.0], Target::Sign(1.0)));
    assert!(matches!(check(&q, &inserted), Err(Outside::NotAllowed { .. })));
}

#[test]
fn features_obey_ball_domain_and_kind() {
    let mut q = golden_c(0.5, 1, 1);
    assert_eq!(check(&q, &change(0, moved(&[2.5]))), Ok(()));
    let whose = || "sample 0".to_string();
    let out = check(&q, &change(0, moved(&[2.5f64.next_up()])));
    assert_eq!(out, Err(Outside::Ball { whose: whose(), radius: 0.5 }));
    let nan = check(&q, &change(0, moved(&[f64::NAN])));
    assert_eq!(nan, Err(Outside::Numbers { whose: whose(), expected: 1, found: 0 }));
    let threat = q.threat.features.as_mut().expect("features");
    threat.domain = vec![(-3.0, 2.2)];
    let out = check(&q, &change(0, moved(&[2.3])));
    assert_eq!(out, Err(Outside::Domain { whose: whose(), feature: 0 }));
    let threat = q.threat.features.as_mut().expect("features");
    threat.kinds = vec![FeatureKind::Integer];
    let out = check(&q, &change(0, moved(&[1.75])));
    assert_eq!(out, Err(Outside::Integer { whose: whose(), feature: 0 }));
    q.threat.features.as_mut().expect("features").kinds = vec![FeatureKind::Fixed];
    let out = check(&q, &change(0, moved(&[2.1])));
    assert_eq!(out, Err(Outside::Fixed { whose: whose(), feature: 0 }));
}

/// `x + eps` in doubles can lie outside the ball although the rounded difference says inside.
#[test]
fn rounding_does_not_fool_the_ball() {
    let mut rng = Rng::with_seed(3);
    let mut fooled = 0;
    for _ in 0..2000 {
        let x = (rng.f64() - 0.5) * 2f64.powi(rng.i32(-60..3));
        let eps = rng.f64();
        let mut q = golden_c(eps, 1, 1);
        q.train = dataset(&[vec![x]], Labels::Signs(vec![1]));
        q.training.batches = vec![vec![0]];
        q.threat.candidates = vec![0];
        let to = x + eps;
        let attack = change(0, moved(&[to]));
        if to - x <= eps && check(&q, &attack).is_err() {
            fooled += 1;
        }
        let inside = project(&q, attack);
        assert_eq!(check(&q, &inside), Ok(()));
        let v = inside.choices[0].changes[&0].features.as_ref().expect("moved")[0];
        assert!((v - to).abs() <= 2.0 * (to.next_up() - to).abs(), "{v} {to}");
    }
    assert!(fooled > 20, "{fooled}");
}

fn wild(rng: &mut Rng) -> f64 {
    match rng.u8(0..12) {
        0 => f64::NAN,
        1 => f64::INFINITY,
        2 => 1e300,
        _ => rng.f64() * 8.0 - 4.0,
    }
}

#[test]
fn projection_lands_inside() {
    let mut rng = Rng::with_seed(5);
    let (mut moved, mut untouched) = (0, 0);
    for round in 0..500 {
        let (n, d) = (rng.usize(2..6), 5);
        let rows: Vec<Vec<f64>> = (0..n)
            .map(|_| {
                let hot = rng.usize(0..2);
                let one = |k: usize| if k == hot { 1.0 } else { 0.0 };
                vec![rng.f64() * 2.0 - 1.0, f64::from(rng.i32(-1..2)), one(0), one(1), rng.f64()]
            })
            .collect();
        let labels = if rng.bool() {
            Labels::Signs((0..n).map(|_| if rng.bool() { 1 } else { -1 }).collect())
        } else {
            Labels::Real(ndarray::Array2::from_shape_simple_fn((n, 1), || rng.f64()))
        };
        let real = matches!(labels, Labels::Real(_));
        let mut threat = flips(rng.usize(0..3), n);
        if rng.bool() {
            threat.budget = Budget::Separate { features: rng.usize(0..3), labels: rng.usize(0..3) };
        }
        threat.labels = Some(if real {
            LabelThreat::Real { nu: 0.3, range: Some((0.0, 1.0)) }
        } else {
            LabelThreat::Flip
        });
        let eps = rng.f64() * 2.0;
        let norms = [Norm::Linf(eps), Norm::L1(eps), Norm::L2(eps), Norm::Arbitrary];
        let kinds = vec![
            FeatureKind::Real,
            FeatureKind::Integer,
            FeatureKind::OneHot(0),
            FeatureKind::OneHot(0),
            if rng.bool() { FeatureKind::Fixed } else { FeatureKind::Real },
        ];
        let domain = vec![(-1.0, 1.0), (-2.0, 2.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0)];
        let norm = norms[rng.usize(0..4)];
        threat.features = Some(FeatureThreat::plain(norm, domain.clone(), kinds.clone()));
        threat.deletion = rng.bool().then_some(Deletion);
        let free: Vec<FeatureKind> = kinds
            .iter()
            .map(|k| if *k == FeatureKind::Fixed { FeatureKind::Real } else { *k })
            .collect();
        threat.insertion = rng.bool().then(|| Insertion {
            count: 1,
            domain: domain.clone(),
            kinds: free,
            label_range: real.then_some((0.0, 2.0)),
        });
        if rng.bool() {
            threat.scope = Scope::Batch;
        }
        let target = if real { Target::Real(vec![0.0]) } else { Target::Sign(1.0) };
        let goal = Goal::Backdoor {
            point: point(&[0.1; 5], target),
            eps: 0.1,
            domain: vec![(0.0, 0.15); 5],
        };
        let data = dataset(&rows, labels);
        let loss = if real { Loss::Squared } else { Loss::Hinge };
        let q = question(zero_linear(d), data, full_batch(loss, 0.1, 2, n), threat, goal);
        let mut attack = Attack::none(rng.usize(0..4));
        let label = |rng: &mut Rng| match rng.u8(0..3) {
            0 => Target::Class(1),
            1 => Target::Sign(wild(rng)),
            _ => Target::Real(vec![wild(rng)]),
        };
        for choice in &mut attack.choices {
            for i in 0..n + 2 {
                if rng.bool() {
                    let features = rng.bool().then(|| (0..d).map(|_| wild(&mut rng)).collect());
                    let target = rng.bool().then(|| label(&mut rng));
                    choice
                        .changes
                        .insert(i, Change { deleted: rng.u8(0..4) == 0, features, target });
                }
            }
            for _ in 0..rng.usize(0..3) {
                let x = (0..d).map(|_| wild(&mut rng)).collect();
                choice.inserted.push((x, label(&mut rng)));
            }
        }
        attack.test_input = rng.bool().then(|| (0..5).map(|_| wild(&mut rng)).collect());
        let inside = project(&q, attack);
        assert_eq!(check(&q, &inside), Ok(()), "round {round}: {inside:?}");
        assert_eq!(project(&q, inside.clone()), inside, "round {round}: a member stays");
        let touched: usize = inside.choices.iter().map(|c| c.changes.len()).sum();
        if touched > 0 {
            moved += 1;
        } else {
            untouched += 1;
        }
    }
    assert!(moved > 150 && untouched > 30, "{moved} {untouched}");
}
