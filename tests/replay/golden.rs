//! Golden instances A, B and C of the poisoning question, by replay alone. A and B are trained in
//! exact rational arithmetic with the very code that replays attacks.

use crate::support::{flip_attack, golden_ab, golden_c, subsets};
use dashu::rational::RBig;
use theriac::question::*;
use theriac::train::{Outcome, SampleRef, Scalar, TieKind, Trainer, replay, replay_with};

fn ratio(text: &str) -> RBig {
    text.parse().expect("a rational")
}

/// The value of a set in exact arithmetic. Doubles such as 2.1 are not the tenths that the
/// instance means, so the features are rounded to tenths and the rate is set as a rational.
fn exact_value(loss: Loss, rate: &str, steps: usize, set: &[usize]) -> RBig {
    let q = golden_ab(loss, 0.5, steps, set.len());
    let mut trainer = Trainer::<RBig>::new(&q).expect("a trainer");
    trainer.set_rate(&ratio(rate));
    let attack = flip_attack(&q, set);
    let mut data = theriac::train::Poisoned::<RBig>::new(&q, &attack.choices[0]).expect("data");
    for s in &mut data.samples {
        for v in &mut s.x {
            *v = tenths(v);
        }
    }
    let mut state = trainer.begin();
    for t in 0..steps {
        trainer.step(t, &mut state, &data, 0.0, &mut Vec::new()).expect("a step");
    }
    let test = [ratio("1/2"), ratio("1/5")];
    trainer.chain.output(&state.theta, &test)[0].clone()
}

/// The nearest multiple of a tenth.
fn tenths(v: &RBig) -> RBig {
    RBig::from((v * RBig::from(10)).round()) / RBig::from(10)
}

fn check(
    loss: Loss,
    rate: &str,
    table: &[[&str; 4]],
    sets: Option<&dyn Fn(usize, usize) -> Vec<usize>>,
) {
    for (t, row) in table.iter().enumerate() {
        for (n, expected) in row.iter().enumerate() {
            let all: Vec<(RBig, Vec<usize>)> = subsets(6, n)
                .into_iter()
                .map(|s| (exact_value(loss, rate, t + 1, &s), s))
                .collect();
            let best = all.iter().map(|(v, _)| v.clone()).min().expect("a set");
            assert_eq!(best, ratio(expected), "T = {}, n = {n}", t + 1);
            if let Some(sets) = sets {
                let expected = sets(t + 1, n);
                assert!(
                    all.iter().any(|(v, s)| *v == best && *s == expected),
                    "T = {}, n = {n}",
                    t + 1
                );
            }
        }
    }
}

#[test]
fn instance_a_is_exact() {
    let table = [
        ["103/200", "7/50", "-61/300", "-31/60"],
        ["103/200", "-19/400", "-473/1200", "-31/30"],
        ["103/200", "3/50", "-179/300", "-1241/1200"],
        ["103/200", "-131/1200", "-977/1200", "-31/20"],
    ];
    let sets = |t: usize, n: usize| match (t, n) {
        (_, 0) => vec![],
        (3, 1) => vec![1],
        (_, 1) => vec![0],
        (_, 2) => vec![0, 2],
        _ => vec![0, 1, 2],
    };
    check(Loss::Hinge, "1/2", &table, Some(&sets));
}

#[test]
fn instance_b_is_exact() {
    let table = [
        ["103/500", "7/125", "-61/750", "-31/150"],
        ["525217/2250000", "1707/125000", "-104911/562500", "-102667/281250"],
        [
            "156969761/675000000",
            "-6019033/168750000",
            "-93978971/337500000",
            "-165604619/337500000",
        ],
    ];
    check(Loss::Squared, "1/10", &table, None);
}

/// Papers 1.4: under the squared loss the outcome is affine in the labels, so the worst set is
/// the most damaging labels, chosen one by one.
#[test]
fn instance_b_is_a_top_n_selection() {
    for t in 1..=3 {
        let clean = exact_value(Loss::Squared, "1/10", t, &[]);
        let mut effects: Vec<RBig> =
            (0..6).map(|i| exact_value(Loss::Squared, "1/10", t, &[i]) - &clean).collect();
        effects.sort();
        for n in 0..=3 {
            let selected = effects
                .iter()
                .take(n)
                .filter(|e| **e < RBig::from(0))
                .fold(clean.clone(), |sum, e| sum + e);
            let best = subsets(6, n).iter().map(|s| exact_value(Loss::Squared, "1/10", t, s)).min();
            assert_eq!(Some(selected), best, "T = {t}, n = {n}");
        }
    }
}

/// Doubles and rationals take the same path unless a switch sits on its kink up to rounding, and
/// then the tie is reported: flipping samples 3 and 4 of instance A is such a case.
#[test]
fn doubles_agree_with_rationals_or_flag_a_tie() {
    let mut flagged = Vec::new();
    for (loss, rate) in [(Loss::Hinge, 0.5), (Loss::Squared, 0.1)] {
        for set in subsets(6, 3) {
            let q = golden_ab(loss, rate, 4, 3);
            let attack = flip_attack(&q, &set);
            let fast = replay(&q, &attack, 1e-12).expect("a replay");
            let (_, exact, _) = replay_with::<RBig>(&q, &attack, 0.0).expect("an exact replay");
            let exact: Outcome<RBig> = exact;
            let exact = Scalar::to_f64(&exact.value.expect("a margin"));
            if (fast.value - exact).abs() > 1e-14 {
                assert!(!fast.ties.is_empty(), "{set:?}: {} {exact}", fast.value);
                flagged.push(set);
            }
        }
    }
    assert_eq!(flagged, [vec![3, 4]]);
}

fn move_sample(q: &Question, i: usize, x: f64) -> Attack {
    let mut attack = Attack::none(1);
    let change = Change { features: Some(vec![x]), ..Change::default() };
    attack.choices[0].changes.insert(i, change);
    assert!(i < q.train.len());
    attack
}

#[test]
fn instance_c_by_replay() {
    let value = |eps, t, i, x| {
        let q = golden_c(eps, t, 1);
        replay(&q, &move_sample(&q, i, x), 0.0).expect("a replay").value
    };
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-5, "{a} {b}");
    close(value(0.5, 1, 2, -1.0), 0.866_67);
    close(value(1.0, 1, 2, -0.5), 0.8);
    close(value(1.0, 2, 2, -0.5), 0.533_33);
    close(value(1.0, 3, 2, -0.5), 0.266_67);
    let q = golden_c(1.0, 3, 1);
    let end = replay(&q, &move_sample(&q, 2, -0.5), 0.0).expect("a replay");
    let last = &end.trajectory[3].layers[0];
    close(last.weight[[0, 0]], 1.5);
    close(last.bias.as_ref().expect("a bias")[0], -1.0 / 3.0);
}

/// The tie case: the closed model reaches 0.66667 by the active side, replay takes the inactive
/// side, keeps 0.86667, and says so.
#[test]
fn instance_c_tie_is_flagged() {
    let q = golden_c(0.5, 2, 1);
    let run = replay(&q, &move_sample(&q, 2, -1.0), 1e-9).expect("a replay");
    assert!((run.value - 0.866_666_666_666_666_7).abs() < 1e-12, "{}", run.value);
    let tie: Vec<_> = run.ties.iter().filter(|t| t.sample == SampleRef::Train(2)).collect();
    assert_eq!(tie.len(), 1, "{:?}", run.ties);
    assert_eq!((tie[0].step, tie[0].kind, tie[0].layer), (Some(1), TieKind::Loss, 1));
    let inside = replay(&q, &move_sample(&q, 2, -1.000_001), 1e-9).expect("a replay");
    assert!(inside.ties.is_empty(), "{:?}", inside.ties);
    assert!((inside.value - 0.866_666).abs() < 1e-5 || (inside.value - 0.666_667).abs() < 1e-5);
}
