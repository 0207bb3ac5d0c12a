//! Training as a graph is training: the same parameters in rational arithmetic, for random attacks
//! on random questions, and boxes of the graph's inputs that contain every admitted attack.

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::network::{Affine, Layer, Network};
use theriac::question::membership::project;
use theriac::question::*;
use theriac::train::replay_with;
use theriac::train::unrolled::{Unsaid, unroll};

use crate::support::random::{self, Shape};
use crate::support::{dataset, full_batch, point, question};

fn exact(x: &[f64]) -> Vec<RBig> {
    x.iter().map(|&v| RBig::try_from(v).expect("finite")).collect()
}

fn can(q: &Question) -> bool {
    q.threat.insertion.is_none()
        && (q.threat.deletion.is_none() || q.training.reduction != Reduction::MeanOfRemaining)
}

/// All steps from the start, and every step from where the one before it ended.
#[test]
fn the_graph_trains_exactly_as_the_trainer() {
    let rng = &mut Rng::with_seed(51);
    let mut compared = 0;
    for _ in 0..600 {
        let q = random::question(rng, Shape::default());
        let attack = project(&q, random::attack(rng, &q));
        let steps = q.training.steps();
        let whole = unroll(&q, 0..steps, &[]);
        if !can(&q) {
            assert!(whole.is_err());
            continue;
        }
        let (trajectory, _, _) = replay_with::<RBig>(&q, &attack, 0.0).expect("a run");
        let mut windows = vec![(0..steps, whole.expect("a graph"))];
        if q.training.momentum == 0.0 {
            windows.extend(
                (0..steps).map(|t| (t..t + 1, unroll(&q, t..t + 1, &[]).expect("a graph"))),
            );
        }
        for (window, unrolled) in windows {
            let zero = vec![0.0; unrolled.parameters];
            let mut argument = exact(&unrolled.inputs.point(&q, &zero, &zero, &attack));
            argument[..unrolled.parameters].clone_from_slice(&trajectory[window.start]);
            let found = unrolled.graph.eval_exact(&argument).expect("rational");
            let truth: Vec<RBig> =
                trajectory[window.start + 1..=window.end].iter().flatten().cloned().collect();
            assert_eq!(&found[..truth.len()], &truth, "window {window:?} of {q:#?}");
            compared += truth.len();
        }
    }
    assert!(compared > 5_000, "{compared}");
}

/// Every admitted attack lies in the box of the inputs.
#[test]
fn the_box_holds_every_attack() {
    let rng = &mut Rng::with_seed(52);
    let mut inside = 0;
    for _ in 0..600 {
        let q = random::question(rng, Shape::default());
        let Ok(unrolled) = unroll(&q, 0..q.training.steps(), &[]) else { continue };
        let zero = vec![theriac::bounds::Interval::ZERO; unrolled.parameters];
        let region = unrolled.inputs.region(&q, &zero, &zero);
        for _ in 0..5 {
            let attack = project(&q, random::attack(rng, &q));
            let zero = vec![0.0; unrolled.parameters];
            let x = unrolled.inputs.point(&q, &zero, &zero, &attack);
            assert_eq!(x.len(), region.len());
            for (k, (v, r)) in x.iter().zip(&region).enumerate() {
                assert!(r.contains(*v), "element {k}: {v} is outside of {r:?} in {q:#?}");
                inside += usize::from(!r.is_point());
            }
        }
    }
    assert!(inside > 1_000, "{inside}");
}

fn deep(rng: &mut Rng) -> Network {
    let mut affine = |rows: usize, columns: usize| {
        let mut number = || f64::from(rng.i8(-8..=8)) / 8.0;
        let weight = ndarray::Array2::from_shape_simple_fn((rows, columns), &mut number);
        let bias = Some(ndarray::Array1::from_shape_simple_fn(rows, &mut number));
        Layer::Affine(Affine { weight, bias, node: String::new() })
    };
    let relu = || Layer::Relu { node: String::new() };
    let layers = vec![
        relu(),
        affine(3, 2),
        relu(),
        relu(),
        affine(2, 3),
        affine(2, 2),
        relu(),
        affine(1, 2),
    ];
    Network { layers, inputs: 2, outputs: 1 }
}

/// Three and four affine layers, ReLUs in front and in a row, one affine layer behind another; and the
/// scores behind the last step.
#[test]
fn deep_networks_and_scores() {
    let rng = &mut Rng::with_seed(53);
    for round in 0..60 {
        let rows: Vec<Vec<f64>> =
            (0..4).map(|_| (0..2).map(|_| f64::from(rng.i8(-8..=8)) / 4.0).collect()).collect();
        let labels = Labels::Signs((0..4).map(|_| if rng.bool() { 1 } else { -1 }).collect());
        let threat = Threat {
            scope: Scope::Run,
            budget: Budget::Joint(4),
            candidates: (0..4).collect(),
            labels: (round % 2 == 0).then_some(LabelThreat::Flip),
            features: Some(FeatureThreat {
                norm: Norm::Linf(0.25),
                domain: vec![(-4.0, 4.0); 2],
                kinds: vec![FeatureKind::Real; 2],
                relations: Relations::default(),
            }),
            deletion: None,
            insertion: None,
        };
        let tests = [vec![0.5, -0.25], vec![-1.0, 0.75]];
        let goal = Goal::Errors(tests.iter().map(|x| point(x, Target::Sign(1.0))).collect());
        let training = full_batch(Loss::Hinge, 0.5, 3, 4);
        let q = question(deep(rng), dataset(&rows, labels), training, threat, goal);
        let attack = project(&q, random::attack(rng, &q));
        let (trajectory, outcome, _) = replay_with::<RBig>(&q, &attack, 0.0).expect("a run");
        let unrolled = unroll(&q, 0..3, &tests).expect("a graph");
        let zero = vec![0.0; unrolled.parameters];
        let mut argument = exact(&unrolled.inputs.point(&q, &zero, &zero, &attack));
        argument[..unrolled.parameters].clone_from_slice(&trajectory[0]);
        let found = unrolled.graph.eval_exact(&argument).expect("rational");
        let mut truth: Vec<RBig> = trajectory[1..].iter().flatten().cloned().collect();
        truth.extend(outcome.outputs.iter().flatten().cloned());
        assert_eq!(found, truth);
    }
}

/// What the graph cannot say is refused.
#[test]
fn what_no_graph_says() {
    let rng = &mut Rng::with_seed(54);
    let mut refused = [0; 2];
    for _ in 0..300 {
        let q = random::question(rng, Shape::default());
        match unroll(&q, 0..q.training.steps(), &[]) {
            Err(Unsaid::Insertion) => {
                assert!(q.threat.insertion.is_some());
                refused[0] += 1;
            }
            Err(Unsaid::MeanOfRemaining) => {
                assert!(q.threat.deletion.is_some());
                refused[1] += 1;
            }
            Err(other) => panic!("{other} in {q:#?}"),
            Ok(_) => assert!(can(&q)),
        }
        assert!(unroll(&q, 0..q.training.steps() + 1, &[]).is_err());
    }
    assert!(refused.iter().all(|n| *n > 5), "{refused:?}");
}
