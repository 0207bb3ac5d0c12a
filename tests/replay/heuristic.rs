//! Attacks found by search are members, deterministic, and as bad as known optima.

use crate::support::{
    dataset, enumerate, flip_attack, flips, full_batch, golden_ab, golden_c, moons, network, point,
    question, random, random_linear_flips, subsets,
};
use ndarray::{Array1, Array2};
use theriac::question::membership::check;
use theriac::question::{Goal, LabelThreat, Labels, Loss, Question, Target};
use theriac::search::exhaustive::{ExhaustiveOptions, solve};
use theriac::search::{SearchOptions, find_attack};
use theriac::train::replay;

#[test]
fn golden_optima_are_found() {
    let cases = [
        (golden_ab(Loss::Hinge, 0.5, 2, 1), -19.0 / 400.0),
        (golden_ab(Loss::Hinge, 0.5, 4, 2), -977.0 / 1200.0),
        (golden_ab(Loss::Squared, 0.1, 2, 3), -102_667.0 / 281_250.0),
        (golden_c(1.0, 1, 2), 2.0 / 3.0),
        (golden_c(1.0, 2, 1), 0.533_333_333_333),
        (golden_c(1.0, 3, 1), 0.266_666_666_667),
    ];
    for (q, value) in cases {
        let options = SearchOptions::default();
        let (attack, run) = find_attack(&q, &options).expect("an attack");
        assert_eq!(check(&q, &attack), Ok(()));
        assert!((run.value - value).abs() < 1e-9, "{} {value}", run.value);
        assert_eq!(replay(&q, &attack, 0.0).expect("a replay").value, run.value);
        assert_eq!(find_attack(&q, &options).expect("again").0, attack);
    }
}

/// The optima are known from replaying every set, or from a complete branch and bound.
#[test]
fn half_moons_optima_are_found() {
    let known = [
        (1, -0.290_980_109_025, vec![75]),
        (2, -0.320_842_176_000, vec![8, 34]),
        (3, -0.336_155_872_816, vec![55, 63, 89]),
        (4, -0.358_123_843_636, vec![3, 51, 64, 85]),
        (5, -0.380_384_653_700, vec![21, 41, 62, 63, 95]),
    ];
    for (budget, value, set) in known {
        let q = moons(budget);
        let (attack, run) = find_attack(&q, &SearchOptions::default()).expect("an attack");
        assert!((run.value - value).abs() < 1e-11, "{budget}: {}", run.value);
        let touched: Vec<usize> = attack.choices[0].changes.keys().copied().collect();
        assert_eq!(touched, set);
    }
}

/// A search over families that its limit ends early finds the same again, and an attack.
#[test]
fn a_limited_search_is_repeatable() {
    let q = moons(5);
    let mut last = f64::INFINITY;
    for family_work in [0, 20_000, 200_000, 1_000_000] {
        let options = SearchOptions { family_work, ..SearchOptions::default() };
        let (attack, run) = find_attack(&q, &options).expect("an attack");
        assert_eq!(find_attack(&q, &options).expect("again").0, attack);
        assert_eq!(check(&q, &attack), Ok(()));
        assert!(run.value > -0.380_384_653_701 && run.value <= last, "{}", run.value);
        last = run.value;
    }
    assert!(last < -0.379, "{last}");
}

/// Value of the worst attack, by replaying all of them.
fn truth(q: &Question) -> Option<f64> {
    let minimise = q.goal.adversary_minimises();
    let attacks = enumerate::attacks(q, 3_000)?;
    let values = attacks.iter().map(|a| replay(q, a, 0.0).expect("a replay").value);
    Some(if minimise {
        values.fold(f64::INFINITY, f64::min)
    } else {
        values.fold(-f64::INFINITY, f64::max)
    })
}

/// Small discrete questions of every kind: what is found is an attack and no better than the best;
/// linear flips are solved outright, and nearly all other flips.
#[test]
fn small_questions_agree_with_enumeration() {
    let mut rng = fastrand::Rng::with_seed(41);
    let (mut other, mut met, mut looked) = (0, 0, 0);
    for round in 0..500 {
        let linear = round % 2 == 0;
        let shape = random::Shape { discrete: true, linear: false };
        let q =
            if linear { random_linear_flips(&mut rng) } else { random::question(&mut rng, shape) };
        let best = if linear {
            let plain = ExhaustiveOptions { plain: true, ..ExhaustiveOptions::default() };
            solve(&q, &plain).expect("discrete").value
        } else {
            let Some(best) = truth(&q) else { continue };
            best
        };
        let (attack, run) = find_attack(&q, &SearchOptions::default()).expect("an attack");
        assert_eq!(check(&q, &attack), Ok(()), "round {round}");
        assert_eq!(
            replay(&q, &attack, 0.0).expect("a replay").value.to_bits(),
            run.value.to_bits()
        );
        let minimise = q.goal.adversary_minimises();
        let short = if minimise { run.value - best } else { best - run.value };
        assert!(short >= -1e-12 || best.is_infinite(), "round {round}: {} {best}", run.value);
        if linear {
            assert!(short < 1e-9, "round {round}: {} {best}", run.value);
        } else if matches!(q.threat.labels, Some(LabelThreat::Flip | LabelThreat::Classes(_))) {
            other += 1;
            met += usize::from(short < 1e-9 || run.value == best);
        }
        looked += 1;
    }
    assert!(looked > 400 && other > 100, "{looked} {other}");
    assert!(met * 100 >= other * 97, "{met} of {other}");
}

/// Flips of a network with a hidden layer, where families cannot be bounded: exchanges and further
/// starts find most optima (greedy touches and random swaps alone find fewer).
#[test]
fn flips_of_a_hidden_layer_come_close_to_the_optimum() {
    let mut rng = fastrand::Rng::with_seed(5);
    let (samples, mut met) = (22, 0);
    for _ in 0..9 {
        let mut number = || rng.f64() * 2.0 - 1.0;
        let zero = |k| Some(Array1::zeros(k));
        let first = Array2::from_shape_simple_fn((4, 2), &mut number);
        let second = Array2::from_shape_simple_fn((1, 4), &mut number);
        let rows: Vec<Vec<f64>> = (0..samples).map(|_| vec![number(), number()]).collect();
        let side = |r: &Vec<f64>| if r[0] + 0.5 * r[1] > 0.0 { 1 } else { -1 };
        let data = dataset(&rows, Labels::Signs(rows.iter().map(side).collect()));
        let goal = Goal::Margin(point(&[number(), number()], Target::Sign(1.0)));
        let training = full_batch(Loss::Hinge, 1.0, 3, samples);
        let net = network(&[(first, zero(4)), (second, zero(1))]);
        let q = question(net, data, training, flips(3, samples), goal);
        let value = |s: &Vec<usize>| replay(&q, &flip_attack(&q, s), 0.0).expect("a replay").value;
        let best = subsets(samples, 3).iter().map(value).fold(f64::INFINITY, f64::min);
        let (_, run) = find_attack(&q, &SearchOptions::default()).expect("an attack");
        assert!(run.value >= best - 1e-12, "{} {best}", run.value);
        met += usize::from(run.value < best + 1e-9);
    }
    assert!(met >= 7, "{met}");
}
