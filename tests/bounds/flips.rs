//! Directional bounds of linear flips: no attack may leave them, and with nothing left to choose
//! they close on the replay.

use crate::support;
use fastrand::Rng;
use theriac::bounds::families::{Family, Groups, Memory};
use theriac::bounds::flips::{LinearFlips, Status};
use theriac::question::*;
use theriac::train::{Chain, replay};

/// Some samples that may be flipped or deleted, within the budget.
fn random_choice(q: &Question, flips: &LinearFlips, rng: &mut Rng) -> Choice {
    let mut choice = Choice::default();
    for i in 0..flips.samples {
        if flips.candidates[i] && choice.changes.len() < flips.budget && rng.bool() {
            let deleted = flips.delete && (!flips.flip || rng.bool());
            let Target::Sign(y) = q.train.target(i) else { panic!("signs") };
            let target = (!deleted).then_some(Target::Sign(-y));
            choice.changes.insert(i, Change { deleted, target, features: None });
        }
    }
    choice
}

#[test]
fn no_attack_leaves_the_bounds() {
    let mut rng = Rng::with_seed(11);
    let mut tight = 0;
    for round in 0..400 {
        let q = support::random_linear_flips(&mut rng);
        let flips = LinearFlips::new(&q).expect("the shape fits");
        let chain = Chain::new(&q.network).expect("a chain");
        // A random choice, and what a search might know of it.
        let mut status = flips.free();
        let choice = random_choice(&q, &flips, &mut rng);
        let exact = round % 2 == 0 && !flips.delete;
        for (i, s) in status.iter_mut().enumerate() {
            if *s == Status::Free && (exact || rng.u8(0..3) == 0) {
                *s = if choice.changes.contains_key(&i) { Status::Touched } else { Status::Clean };
            }
        }
        let pass = flips.pass(&status, flips.budget).expect("the choice is one");
        let touched: Vec<bool> =
            (0..flips.samples).map(|i| choice.changes.contains_key(&i)).collect();
        let attack = Attack { choices: vec![choice], test_input: None };
        let run = replay(&q, &attack, 1e-9).expect("a replay");
        if !run.ties.is_empty() {
            continue; // The replay may take either side; the bound admits both only up to rounding.
        }
        // A replay in doubles may differ from real arithmetic by its own rounding.
        let inside = |b: theriac::bounds::Interval, v: f64| b.lo - 1e-12 <= v && v <= b.hi + 1e-12;
        for t in 0..flips.steps {
            let theta: Vec<f64> = chain.flatten(&run.trajectory[t]).expect("parameters");
            for (i, touched) in touched.iter().enumerate() {
                let score = chain.output(&theta, &q.train.row(i))[0];
                let at = t * flips.samples + i;
                assert!(inside(pass.scores[at], score), "round {round} step {t} sample {i}");
                let own = if *touched { pass.touched[at] } else { pass.clean[at] };
                assert!(inside(own, score), "round {round} step {t} sample {i}: {own:?} {score}");
            }
        }
        assert!(inside(pass.goal, flips.sign * run.value), "round {round}: {:?}", pass.goal);
        if exact {
            assert!(pass.goal.width() < 1e-10, "round {round}: {:?}", pass.goal);
            tight += 1;
        }
    }
    assert!(tight > 80, "{tight}");
}

/// Whether `family` touches as many samples of each group as the attack does.
fn holds(groups: &Groups, family: &Family, touched: &[bool]) -> bool {
    let fits = |(group, count): &(usize, usize)| {
        groups.all[*group].members.iter().filter(|j| touched[**j]).count() == *count
    };
    let fixed = family.status.iter().zip(touched).all(|(status, touched)| match status {
        Status::Free => true,
        Status::Touched => *touched,
        Status::Clean => !*touched,
    });
    fixed && family.parts.iter().all(fits)
}

/// Down the tree of families along an attack: exactly one part holds it, its bound admits its goal
/// and all of its switches, and the last family, which holds nothing else, is bounded closely.
#[test]
fn no_attack_leaves_its_families() {
    let mut rng = Rng::with_seed(31);
    let (mut closed, mut depth) = (0, 0);
    for round in 0..400 {
        let q = support::random_linear_flips(&mut rng);
        let flips = LinearFlips::new(&q).expect("the shape fits");
        let chain = Chain::new(&q.network).expect("a chain");
        let groups = Groups::new(&flips);
        let choice = random_choice(&q, &flips, &mut rng);
        let changes = choice.changes.clone();
        let touched: Vec<bool> = (0..flips.samples).map(|i| changes.contains_key(&i)).collect();
        let run = replay(&q, &Attack { choices: vec![choice], test_input: None }, 1e-9);
        let run = run.expect("a replay");
        if !run.ties.is_empty() {
            continue; // As above.
        }
        let value = flips.sign * run.value;
        let mut memory = Memory::default();
        let mut family = groups.family(&flips, changes.len());
        loop {
            let low = flips.tighten(&groups, &mut family, &mut memory);
            assert!(low <= value + 1e-12, "round {round}: {low} {value}");
            for (t, batch) in q.training.batches.iter().enumerate() {
                let theta: Vec<f64> = chain.flatten(&run.trajectory[t]).expect("parameters");
                for &j in batch {
                    let y = match changes.get(&j) {
                        Some(change) if change.deleted => 0.0,
                        Some(_) => -flips.labels[j],
                        None => flips.labels[j],
                    };
                    let score = chain.output(&theta, &q.train.row(j))[0];
                    let pi = if y * score < flips.kink { y } else { 0.0 };
                    let [a, b, c, d] = family.weights(&flips, t, j);
                    let (lo, hi) = if touched[j] { (c, d) } else { (a, b) };
                    assert!(lo <= pi && pi <= hi, "round {round} step {t} sample {j}");
                }
            }
            let Some(at) = groups.widest(&family) else {
                if !flips.delete || !flips.flip || changes.is_empty() {
                    assert!(value - low < 1e-9, "round {round}: {low} {value}");
                    closed += 1;
                }
                break;
            };
            let parts = groups.split(&family, at);
            let sum: f64 = parts.iter().map(|p| groups.count(p, 1.0)).sum();
            assert!((sum - groups.count(&family, 1.0)).abs() < 0.5, "round {round}: {sum}");
            let mut with: Vec<Family> =
                parts.into_iter().filter(|p| holds(&groups, p, &touched)).collect();
            assert_eq!(with.len(), 1, "round {round}");
            family = with.remove(0);
            depth += 1;
        }
    }
    assert!(closed > 200 && depth > 300, "{closed} {depth}");
}

#[test]
fn what_does_not_fit_is_named() {
    let mut q = support::golden_ab(Loss::Squared, 0.1, 2, 1);
    let reason = LinearFlips::new(&q).expect_err("squared loss");
    assert!(reason.contains("Squared"), "{reason}");
    q.training.loss = Loss::Hinge;
    q.threat.features = support::golden_c(0.5, 1, 1).threat.features;
    assert!(LinearFlips::new(&q).expect_err("features").contains("threat"));
}
