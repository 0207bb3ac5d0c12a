//! Ranges of directions beside the box: where a box alone diverges, and on every sampled run.

use fastrand::Rng;
use ndarray::array;
use theriac::bounds::Interval;
use theriac::bounds::training::{Trail, WindowOptions, directions, start};
use theriac::network::Layout;
use theriac::question::membership::project;
use theriac::question::reach::Templates;
use theriac::question::*;
use theriac::train::replay;

use crate::support::random::{self, Shape};
use crate::support::{dataset, full_batch, network, question};

const STEPS: usize = 40;

/// Three weights, three samples `X = 0.5 I + 0.2 J` with real labels that may move by 0.1. A step is
/// `M theta + K y` with `M = I - X X = 0.75 I - 0.32 J` and `K = X`: its eigenvalues are 0.75 and -0.21,
/// but rows of `|M|` sum to `0.43 + 2 * 0.32 = 1.07`, so that boxes grow without bound.
fn contraction_in_another_norm() -> Question {
    let x = |i: usize| (0..3).map(|j| if i == j { 0.7 } else { 0.2 }).collect::<Vec<f64>>();
    let labels = Labels::Real(array![[0.3], [-0.2], [0.5]]);
    let rows = dataset(&[x(0), x(1), x(2)], labels);
    let training = full_batch(Loss::Squared, 1.5, STEPS, 3);
    let goal = Goal::Direction(vec![(ParameterRef::Weight { layer: 1, row: 0, column: 0 }, 1.0)]);
    let threat = Threat {
        scope: Scope::Run,
        budget: Budget::Joint(3),
        candidates: (0..3).collect(),
        labels: Some(LabelThreat::Real { nu: 0.1, range: None }),
        features: None,
        deletion: None,
        insertion: None,
    };
    question(network(&[(array![[0.0, 0.0, 0.0]], None)]), rows, training, threat, goal)
}

/// Centre and exact half width of each weight after each step: the run is linear in the labels.
fn exact() -> Vec<[(f64, f64); 3]> {
    let m = |i: usize, j: usize| if i == j { 0.43 } else { -0.32 };
    let x = |i: usize, j: usize| if i == j { 0.7 } else { 0.2 };
    let y = [0.3, -0.2, 0.5];
    let mut s = [[0.0; 3]; 3];
    let mut out = Vec::new();
    for _ in 0..=STEPS {
        out.push(std::array::from_fn(|i| {
            let centre = (0..3).map(|j| s[i][j] * y[j]).sum::<f64>();
            (centre, 0.1 * s[i].iter().map(|v: &f64| v.abs()).sum::<f64>())
        }));
        s = std::array::from_fn(|i| {
            std::array::from_fn(|j| (0..3).map(|k| m(i, k) * s[k][j]).sum::<f64>() + x(i, j))
        });
    }
    out
}

fn bounded(q: &Question, templates: Templates, window: usize) -> Trail<'_> {
    let options = WindowOptions { window, ..WindowOptions::default() };
    let mut trail = Trail::new(q, start(q), options).with(directions(q, &templates).unwrap());
    for _ in 0..q.training.steps() {
        assert!(trail.step(&[]).unwrap().complete);
    }
    trail
}

#[test]
fn boxes_diverge_where_differences_contract() {
    let q = contraction_in_another_norm();
    let exact = exact();
    let none = Templates::default();
    let alone = bounded(&q, none, 1);
    // W' = 1.07 W + 0.22
    let mut grown = 0.0;
    for theta in alone.boxes() {
        assert!(theta.iter().all(|i| (i.width() - grown).abs() < 1e-9 * (1.0 + grown)));
        grown = 1.07 * grown + 0.22;
    }
    for (templates, most) in [
        (Templates { differences: true, ..none }, 1.0),
        (Templates { differences: true, sums: true, ..none }, 1.0),
        (Templates { gradients: Some(3), ..none }, 4.0),
    ] {
        for window in [1, 3] {
            let trail = bounded(&q, templates, window);
            for (theta, all) in trail.boxes().iter().zip(&exact) {
                for (i, (centre, half)) in theta.iter().zip(all) {
                    assert!(i.lo <= centre - half + 1e-9 && centre + half - 1e-9 <= i.hi);
                }
            }
            let last = &trail.boxes()[STEPS];
            let [before, end] = [&trail.boxes()[STEPS - 8], last].map(|b| b[0].width());
            assert!(end < most, "{templates:?}, window {window}: {end}, {:?}", exact[STEPS]);
            assert!(end < before * 1.05, "still growing: {before}, {end}");
            assert!(grown > 10.0 * end, "{grown} alone");
        }
    }
}

/// Sampled runs stay in boxes and ranges, with every threat, momentum and window; and windows gain by
/// templates on some questions.
#[test]
fn every_run_lies_in_the_ranges() {
    let rng = &mut Rng::with_seed(67);
    let (mut runs, mut tighter) = (0, 0);
    while runs < 20_000 {
        let q = random::question(rng, Shape::default());
        let (steps, layout) = (q.training.steps(), Layout::of(&q.network));
        let templates = Templates {
            differences: rng.bool(),
            sums: rng.bool(),
            gradients: Some(rng.usize(1..=3)),
        };
        let Ok(all) = directions(&q, &templates) else { continue };
        let window = rng.usize(1..=2);
        let options = WindowOptions { window, ..WindowOptions::default() };
        let mut alone = Trail::new(&q, start(&q), options);
        let mut trail = alone.clone().with(all.clone());
        if (0..steps).try_for_each(|_| trail.step(&[]).map(|_| ())).is_err() {
            continue;
        }
        (0..steps).for_each(|_| assert!(alone.step(&[]).is_ok()));
        let sum = |t: &Trail<'_>| t.boxes().iter().flatten().map(|i| i.width()).sum::<f64>();
        tighter += usize::from(sum(&trail) < sum(&alone) * 0.999);
        let inside = |i: &Interval, v: f64| {
            let slack = 1e-9 * (1.0 + v.abs());
            i.lo - slack <= v && v <= i.hi + slack
        };
        for _ in 0..100 {
            let attack = project(&q, random::attack(rng, &q));
            let Ok(run) = replay(&q, &attack, 0.0) else { continue };
            for (t, state) in run.trajectory.iter().enumerate() {
                let theta = layout.flatten(state);
                for (v, i) in theta.iter().zip(&trail.boxes()[t]) {
                    assert!(inside(i, *v), "{v} after step {t}, outside of {i:?}: {q:#?}");
                }
                for (d, i) in all.iter().zip(&trail.ranges()[t]) {
                    let v = d.iter().map(|(k, d)| d * theta[*k]).sum::<f64>();
                    assert!(inside(i, v), "{d:?}: {v} after step {t}, outside of {i:?}: {q:#?}");
                }
            }
            runs += 1;
        }
    }
    assert!(tighter > 5, "{tighter}");
}
