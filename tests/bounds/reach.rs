//! Boxes of reachable parameters: the golden tables, and every sampled run of training inside.

use fastrand::Rng;
use ndarray::array;
use theriac::bounds::Interval;
use theriac::bounds::training::{Trail, WindowOptions, budgeted, intervals, scores, start, within};
use theriac::network::Layout;
use theriac::question::membership::project;
use theriac::question::*;
use theriac::train::replay;
use theriac::train::unrolled::pairs;

use crate::support::random::{self, Shape};
use crate::support::{dataset, flips, full_batch, network, point, question, zero_linear};

/// Every sample may move by `eps`, or its real label by `nu`.
fn all_move(samples: usize, features: usize, eps: Option<f64>, nu: Option<f64>) -> Threat {
    Threat {
        scope: Scope::Run,
        budget: Budget::Joint(samples),
        candidates: (0..samples).collect(),
        labels: nu.map(|nu| LabelThreat::Real { nu, range: None }),
        features: eps.map(|eps| FeatureThreat {
            norm: Norm::Linf(eps),
            domain: vec![(f64::NEG_INFINITY, f64::INFINITY); features],
            kinds: vec![FeatureKind::Real; features],
            relations: Relations::default(),
        }),
        deletion: None,
        insertion: None,
    }
}

fn close(found: Interval, lo: f64, hi: f64, tolerance: f64) {
    let near = (found.lo - lo).abs() <= tolerance && (found.hi - hi).abs() <= tolerance;
    assert!(near, "{found:?} is not [{lo}, {hi}]");
}

/// Papers 2.4: the loss `(theta - x)^2 / 2` with `x` in `[0.9, 1.1]`, start 0, rate 0.2; our squared loss
/// has no half, so that the rate is 0.1.
fn contraction(steps: usize) -> Question {
    let rows = dataset(&[vec![1.0]], Labels::Real(array![[1.0]]));
    let training = full_batch(Loss::Squared, 0.1, steps, 1);
    let goal = Goal::Direction(vec![(ParameterRef::Weight { layer: 1, row: 0, column: 0 }, 1.0)]);
    let threat = all_move(1, 1, None, Some(0.1));
    question(network(&[(array![[0.0]], None)]), rows, training, threat, goal)
}

#[test]
fn intervals_diverge_where_windows_contract() {
    let q = contraction(30);
    let table = [
        (1, 0.18, 0.22, 0.18, 0.22),
        (3, 0.4392, 0.5368, 0.4152, 0.5608),
        (5, 0.605_088, 0.739_552, 0.523_488, 0.821_152),
        (10, 0.803_363_2, 0.981_888_4, 0.373_451_6, 1.411_800_0),
        (30, 0.898_886_3, 1.098_638_8, -22.640_0, 24.640_0),
    ];
    // The widths of papers 2.4 obey these recursions, whatever digits the table prints.
    let exact = |t: i32| (0.2 * (1.0 - 0.8_f64.powi(t)), 1.0 - 0.8_f64.powi(t));
    let plain = intervals(&q, &start(&q)).unwrap();
    for window in [1, 4, 30] {
        let options = WindowOptions { window, ..WindowOptions::default() };
        let mut trail = Trail::new(&q, start(&q), options);
        for _ in 0..30 {
            assert!(trail.step(&[]).unwrap().complete);
        }
        for (t, lo, hi, ilo, ihi) in table {
            let (width, centre) = exact(t);
            let [own, old] = [trail.boxes()[t as usize][0], plain[t as usize][0]];
            close(own, centre - width / 2.0, centre + width / 2.0, 1e-9);
            close(own, lo, hi, 1e-6);
            close(old, ilo, ihi, 1e-2_f64.min(1e-3 * 10_f64.powi(t / 10)));
            // W' = 1.2 W + 0.04
            let grown = 0.2 * (1.2_f64.powi(t) - 1.0);
            assert!((old.width() - grown).abs() <= 1e-9 * grown.max(1.0), "{old:?}, {grown}");
        }
    }
}

/// Papers 2.4: `v relu(w x) + c`, one step from a box.
fn switching(c: (f64, f64)) -> (Question, Vec<Interval>) {
    let rows = dataset(&[vec![1.0]], Labels::Signs(vec![1]));
    let net = network(&[(array![[0.5]], None), (array![[0.9]], Some(array![0.0]))]);
    let goal = Goal::Errors(vec![point(&[1.0], Target::Sign(1.0))]);
    let q = question(
        net,
        rows,
        full_batch(Loss::Hinge, 0.1, 1, 1),
        all_move(1, 1, Some(0.1), None),
        goal,
    );
    let interval = |lo, hi| Interval { lo, hi };
    (q, vec![interval(0.4, 0.6), interval(0.8, 1.0), interval(c.0, c.1)])
}

#[test]
fn the_second_golden_table_where_no_switch_flips() {
    let (q, begin) = switching((-0.1, 0.1));
    let mut trail = Trail::new(&q, begin, WindowOptions::default());
    let report = trail.step(&[]).unwrap();
    assert_eq!((report.switches, report.undecided), (3, 0));
    for (found, (lo, hi)) in
        trail.boxes()[1].iter().zip([(0.472, 0.71), (0.836, 1.066), (0.0, 0.2)])
    {
        close(*found, lo, hi, 1e-9);
    }
    let (q, begin) = switching((0.2, 0.6));
    let plain = intervals(&q, &begin).unwrap();
    close(plain[1][2], 0.2, 0.7, 1e-9);
}

/// `c = 0.2` forces the hinge to be active: only the joint program sees it.
#[test]
fn the_second_golden_table_where_a_switch_flips() {
    let (q, begin) = switching((0.2, 0.6));
    let mut trail = Trail::new(&q, begin, WindowOptions::default());
    assert!(trail.step(&[]).unwrap().undecided > 0);
    let sharpened = trail.sharpen(1_000).unwrap();
    assert_eq!((sharpened.ends, sharpened.attained), (6, 6));
    for (found, (lo, hi)) in trail.boxes()[1].iter().zip([(0.4, 0.71), (0.8, 1.066), (0.3, 0.7)]) {
        close(*found, lo, hi, 1e-9);
    }
}

/// With one label of six to flip and a linear model from 0, the box after one step is known: each flip
/// moves the update by twice its own term, so that each end is the worst of six numbers.
#[test]
fn a_budget_of_one_is_the_worst_single_sample() {
    let rows: Vec<Vec<f64>> =
        [[2.1, 1.0], [1.0, 1.9], [1.6, 1.3], [-0.9, -2.0], [-2.2, -1.1], [-1.4, -0.6]]
            .iter()
            .map(|x| x.to_vec())
            .collect();
    let signs = [1.0, 1.0, 1.0, -1.0, -1.0, -1.0];
    let labels = Labels::Signs(vec![1, 1, 1, -1, -1, -1]);
    for budget in [1, 2, 6] {
        let q = question(
            zero_linear(2),
            dataset(&rows, labels.clone()),
            full_batch(Loss::Hinge, 0.5, 1, 6),
            flips(budget, 6),
            Goal::Errors(vec![point(&[0.5, 0.2], Target::Sign(1.0))]),
        );
        let mut trail = Trail::new(&q, start(&q), WindowOptions::default());
        trail.step(&[]).unwrap();
        for (p, found) in trail.boxes()[1].iter().enumerate() {
            let x = |i: usize| if p < 2 { rows[i][p] } else { 1.0 };
            let clean: f64 = (0..6).map(|i| signs[i] * x(i)).sum();
            let mut moves: Vec<f64> = (0..6).map(|i| -2.0 * signs[i] * x(i)).collect();
            moves.sort_by(f64::total_cmp);
            let down: f64 = moves.iter().take(budget).filter(|m| **m < 0.0).sum();
            let up: f64 = moves.iter().rev().take(budget).filter(|m| **m > 0.0).sum();
            close(*found, (clean + down) / 12.0, (clean + up) / 12.0, 1e-12);
        }
    }
}

/// Runs of random attacks lie in the boxes of every method, and their scores between the bounds.
#[test]
fn every_run_lies_in_the_boxes() {
    let rng = &mut Rng::with_seed(61);
    let (mut runs, mut tighter) = (0, 0);
    while runs < 100_000 {
        let q = random::question(rng, Shape::default());
        let (steps, layout) = (q.training.steps(), Layout::of(&q.network));
        let begin = start(&q);
        let window = rng.usize(1..=steps.max(1));
        let mut trail =
            Trail::new(&q, begin.clone(), WindowOptions { window, ..WindowOptions::default() });
        let agt = budgeted(&q, &begin).expect("a piecewise linear derivative");
        let said = (0..steps).try_for_each(|_| trail.step(&[]).map(|_| ()));
        let points: Vec<Vec<f64>> = q.goal.points().iter().map(|p| p.input.clone()).collect();
        let mut methods = vec![agt];
        if said.is_ok() {
            methods.push(trail.boxes().to_vec());
            methods.push(intervals(&q, &begin).unwrap());
            let sum =
                |boxes: &[Vec<Interval>]| boxes.iter().flatten().map(|i| i.width()).sum::<f64>();
            tighter += usize::from(sum(&methods[1]) < sum(&methods[2]) * 0.99);
        }
        let between = match said {
            Ok(()) if !points.is_empty() => vec![
                trail.scores(&points).unwrap(),
                scores(&q, &trail.boxes()[steps], &points).unwrap(),
            ],
            _ => Vec::new(),
        };
        for _ in 0..200 {
            let attack = project(&q, random::attack(rng, &q));
            let Ok(run) = replay(&q, &attack, 0.0) else { continue };
            for boxes in &methods {
                for (t, (state, all)) in run.trajectory.iter().zip(boxes).enumerate() {
                    for (p, (v, b)) in layout.flatten(state).iter().zip(all).enumerate() {
                        let slack = 1e-9 * (1.0 + v.abs());
                        assert!(
                            b.lo - slack <= *v && *v <= b.hi + slack,
                            "parameter {p} after step {t} is {v}, outside of {b:?}: {q:#?}"
                        );
                    }
                }
            }
            for bounds in &between {
                let n = points.len();
                for (i, x) in points.iter().enumerate() {
                    let y = q.network.eval_with(&run.trajectory[steps], x);
                    let values: Vec<f64> = match y.as_slice() {
                        [one] => vec![*one],
                        all => pairs(all.len()).map(|(c, d)| all[c] - all[d]).collect(),
                    };
                    for (k, v) in values.iter().enumerate() {
                        let b = bounds[k * n + i];
                        let slack = 1e-9 * (1.0 + v.abs());
                        assert!(b.lo - slack <= *v && *v <= b.hi + slack, "{v}, {b:?}: {q:#?}");
                    }
                }
            }
            runs += 1;
        }
    }
    assert!(tighter > 20, "{tighter}");
}

/// What a point of a window attains lies within every proved box, and is attained: on questions of one
/// step whose parameters are points it is within reach of real runs.
#[test]
fn what_a_climb_attains_lies_in_the_boxes() {
    let mut rng = Rng::with_seed(74);
    let (mut looked, mut tight, mut met) = (0, 0, 0);
    while looked < 200 {
        let q = random::question(&mut rng, Shape::default());
        let layout = Layout::of(&q.network);
        let begin: Vec<Interval> = start(&q)
            .iter()
            .map(|i| Interval { lo: i.lo, hi: i.lo + 0.125 * f64::from(rng.u8(0..3)) })
            .collect();
        let still = vec![Interval::ZERO; layout.len()];
        let steps = rng.usize(1..=q.training.steps());
        let Ok(Some(found)) = within(&q, 0..steps, &begin, &still, &[]) else { continue };
        let options = WindowOptions { window: steps, ..WindowOptions::default() };
        let mut trail = Trail::new(&q, begin.clone(), options);
        for _ in 0..steps {
            trail.step(&[]).expect("a step");
        }
        let proved = &trail.boxes()[steps];
        for (own, all) in found.iter().zip(proved) {
            let slack = 1e-9 * (1.0 + all.lo.abs().max(all.hi.abs()));
            assert!(own.lo <= own.hi, "{own:?}");
            assert!(
                all.lo - slack <= own.lo && own.hi <= all.hi + slack,
                "{own:?}, {all:?}: {q:#?}"
            );
            tight += usize::from(own.width() >= 0.9 * all.width() && all.width() > 1e-6);
        }
        // Runs from the middle of the box are no farther out than the climbs, up to what climbs miss.
        let attack = project(&q, random::attack(&mut rng, &q));
        if begin.iter().all(|i| i.is_point())
            && let Ok(run) = replay(&q, &attack, 1e-9)
            && run.ties.is_empty()
        {
            let end = layout.flatten(&run.trajectory[steps]);
            met += end.iter().zip(proved).filter(|(v, i)| i.lo <= **v && **v <= i.hi).count();
        }
        looked += 1;
    }
    assert!(tight > 200 && met > 10, "{tight}, {met}");
}
