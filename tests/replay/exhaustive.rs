//! Exhaustive replay: branch and bound against plain enumeration, and against known optima.

use crate::support;
use crate::support::{
    flips, full_batch, golden_ab, moons, network, point, question, random_linear_flips,
};
use fastrand::Rng;
use theriac::question::membership::check;
use theriac::question::*;
use theriac::search::exhaustive::{ExhaustiveOptions, Method, NotEnumerable, solve};

#[test]
fn branch_and_bound_agrees_with_enumeration() {
    let mut rng = Rng::with_seed(23);
    let mut split = 0;
    for round in 0..300 {
        let q = random_linear_flips(&mut rng);
        let plain = ExhaustiveOptions { plain: true, ..Default::default() };
        let truth = solve(&q, &plain).expect("discrete");
        let options =
            ExhaustiveOptions { replay_at_once: Some(rng.u64(1..4)), ..Default::default() };
        let fast = solve(&q, &options).expect("discrete");
        assert_eq!((truth.method, fast.method), (Method::Enumeration, Method::BranchAndBound));
        assert!(truth.complete && fast.complete, "round {round}");
        assert!((truth.bound - fast.bound).abs() < 1e-8, "round {round}: {truth:?} {fast:?}");
        assert!((fast.bound - fast.value).abs() < 1e-8 || (truth.value - truth.bound).abs() > 1e-8);
        assert_eq!(check(&q, &fast.attack), Ok(()));
        assert_eq!(check(&q, &truth.attack), Ok(()));
        split += u32::from(fast.nodes > 3);
        // The same without splits: all attacks of one size are replayed side by side.
        let whole = solve(&q, &ExhaustiveOptions::default()).expect("discrete");
        assert!(whole.complete && (whole.value - fast.value).abs() < 1e-12, "round {round}");
    }
    assert!(split > 60, "only {split} searches had to split");
}

#[test]
fn golden_a_by_both_methods() {
    for (steps, budget, value) in
        [(1, 1, 7.0 / 50.0), (2, 2, -473.0 / 1200.0), (4, 3, -31.0 / 20.0), (3, 0, 103.0 / 200.0)]
    {
        let q = golden_ab(Loss::Hinge, 0.5, steps, budget);
        for plain in [false, true] {
            let options =
                ExhaustiveOptions { plain, replay_at_once: Some(1), ..Default::default() };
            let answer = solve(&q, &options).expect("discrete");
            assert!((answer.value - value).abs() < 1e-12 && answer.complete, "{answer:?}");
            assert!(answer.bound <= answer.value && answer.bound > value - 1e-8, "{answer:?}");
        }
    }
}

/// The optima are known from replaying every set.
#[test]
fn moons_one_to_four_flips() {
    let known = [
        (1, -0.290_980_109_025, vec![75]),
        (2, -0.320_842_176_000, vec![8, 34]),
        (3, -0.336_155_872_816, vec![55, 63, 89]),
        (4, -0.358_123_843_636, vec![3, 51, 64, 85]),
    ];
    for (budget, value, set) in known {
        let answer = solve(&moons(budget), &ExhaustiveOptions::default()).expect("discrete");
        assert!(
            (answer.value - value).abs() < 1e-11 && answer.complete && answer.nodes < 10_000,
            "{answer:?}"
        );
        let touched: Vec<usize> = answer.attack.choices[0].changes.keys().copied().collect();
        assert_eq!(touched, set);
    }
}

/// A search that is cut short keeps a bound that no attack passes.
#[test]
fn a_cut_search_keeps_a_valid_bound() {
    let options = ExhaustiveOptions { node_limit: Some(3), ..Default::default() };
    let answer = solve(&moons(4), &options).expect("discrete");
    assert!(!answer.complete);
    assert!(answer.bound <= -0.358_123_843_636 && answer.bound > -1.0, "{answer:?}");
    assert!(answer.value >= -0.358_123_843_637, "{answer:?}");
}

/// Batch scope, classes, deletions, integer features and insertions by plain enumeration: a
/// hand-counted number of choices, all of them members.
#[test]
fn enumeration_counts_every_choice() {
    let mut q = golden_ab(Loss::Hinge, 0.5, 2, 1);
    let count = |q: &Question| solve(q, &ExhaustiveOptions { plain: true, ..Default::default() });
    assert_eq!(count(&q).expect("flips").replays, 7);
    q.threat.deletion = Some(Deletion);
    assert_eq!(count(&q).expect("flips or deletions").replays, 13);
    q.threat.scope = Scope::Batch;
    assert_eq!(count(&q).expect("for each step").replays, 13 * 13);
    q.threat.scope = Scope::Run;
    q.threat.budget = Budget::Separate { features: 1, labels: 1 };
    // Nothing; one deletion; one flip; one of each on different samples.
    assert_eq!(count(&q).expect("separate").replays, 1 + 6 + 6 + 30);
    q.threat.deletion = None;
    q.threat.budget = Budget::Joint(0);
    q.threat.insertion = Some(Insertion {
        count: 2,
        domain: vec![(0.0, 1.0), (0.0, 0.0)],
        kinds: vec![FeatureKind::Integer; 2],
        label_range: None,
    });
    // Multisets of at most two of the four points with labels.
    assert_eq!(count(&q).expect("insertions").replays, 1 + 4 + 10);
    q.threat.insertion = None;
    q.threat.features = Some(FeatureThreat {
        norm: Norm::Linf(0.5),
        domain: vec![(f64::NEG_INFINITY, f64::INFINITY); 2],
        kinds: vec![FeatureKind::Real; 2],
        relations: Relations::default(),
    });
    let refused = count(&q).expect_err("real features");
    assert_eq!(refused, NotEnumerable::Real { what: "a feature" });
}

#[test]
fn enumeration_takes_deep_networks_and_classes() {
    let mut rng = Rng::with_seed(9);
    let mut number = || rng.f64() * 2.0 - 1.0;
    let first = ndarray::Array2::from_shape_simple_fn((3, 2), &mut number);
    let second = ndarray::Array2::from_shape_simple_fn((3, 3), &mut number);
    let zero = Some(ndarray::Array1::zeros(3));
    let net = network(&[(first, zero.clone()), (second, zero)]);
    let rows: Vec<Vec<f64>> = (0..5).map(|_| vec![number(), number()]).collect();
    let names = vec!["a".into(), "b".into(), "c".into()];
    let labels = Labels::Classes { of: vec![0, 1, 2, 0, 1], count: 3, names };
    let mut threat = flips(2, 5);
    threat.labels = Some(LabelThreat::Classes(vec![0, 2]));
    let goal = Goal::Margin(point(&[0.3, -0.2], Target::Class(1)));
    let training = full_batch(Loss::Margin, 0.2, 3, 5);
    let q = question(net, support::dataset(&rows, labels), training, threat, goal);
    let answer = solve(&q, &ExhaustiveOptions::default()).expect("discrete");
    // Ways: samples 0, 2, 3 have one other class, samples 1 and 4 have two.
    assert_eq!(answer.replays, 1 + 7 + (3 + 3 * 4 + 4));
    let clean = theriac::train::replay(&q, &Attack::none(1), 0.0).expect("a replay").value;
    assert!(answer.value < clean && answer.complete, "{answer:?}");
}
