//! Random tiny poisoning questions over all threats, losses and goals, and random attacks on them.
#![allow(dead_code, clippy::expect_used, clippy::panic)]

use ndarray::{Array1, Array2};
use theriac::question::*;

use super::{dataset, network, point};

/// What a random question may contain.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    /// Only threats with finitely many choices.
    pub discrete: bool,
    /// Only linear networks.
    pub linear: bool,
}

/// A random question; every draw passes [`Question::check`].
pub fn question(rng: &mut fastrand::Rng, shape: Shape) -> Question {
    loop {
        let q = draw(rng, shape);
        if q.check().is_ok() {
            return q;
        }
    }
}

/// A number with few digits, so that ties are rare but arithmetic stays readable.
fn number(rng: &mut fastrand::Rng, size: f64) -> f64 {
    ((rng.f64() * 2.0 - 1.0) * size * 1e4).round() / 1e4
}

fn draw(rng: &mut fastrand::Rng, shape: Shape) -> Question {
    let d = rng.usize(1..=2);
    let samples = rng.usize(3..=5);
    let loss = match rng.u8(0..6) {
        0 => Loss::Hinge,
        1 => Loss::Margin,
        2 => Loss::Perceptron,
        3 => Loss::Squared,
        4 => Loss::Absolute,
        _ => Loss::Huber { delta: 0.3 },
    };
    let outputs = match loss {
        Loss::Margin => 3,
        Loss::Hinge | Loss::Perceptron => 1,
        _ => rng.usize(1..=2),
    };
    let hidden = if shape.linear || rng.bool() { None } else { Some(rng.usize(1..=2)) };
    let mut layer = |rows: usize, columns: usize| {
        let w = Array2::from_shape_fn((rows, columns), |_| number(rng, 1.0));
        let bias = rng.u8(0..4) > 0;
        let b = bias.then(|| Array1::from_shape_fn(rows, |_| number(rng, 0.5)));
        (w, b)
    };
    let layers = match hidden {
        None => vec![layer(outputs, d)],
        Some(h) => vec![layer(h, d), layer(outputs, h)],
    };
    let net = network(&layers);
    let integer = rng.u8(0..3) == 0;
    let rows: Vec<Vec<f64>> = (0..samples)
        .map(|_| {
            (0..d)
                .map(|_| if integer { f64::from(rng.i8(-2..=2)) } else { number(rng, 1.5) })
                .collect()
        })
        .collect();
    let labels = match loss {
        Loss::Hinge | Loss::Perceptron => {
            Labels::Signs((0..samples).map(|_| if rng.bool() { 1 } else { -1 }).collect())
        }
        Loss::Margin => Labels::Classes {
            of: (0..samples).map(|_| rng.usize(0..3)).collect(),
            count: 3,
            names: (0..3).map(|c| c.to_string()).collect(),
        },
        _ if outputs == 1 && rng.bool() => {
            Labels::Signs((0..samples).map(|_| if rng.bool() { 1 } else { -1 }).collect())
        }
        _ => Labels::Real(Array2::from_shape_fn((samples, outputs), |_| number(rng, 1.0))),
    };
    let train = dataset(&rows, labels);
    let training = training(rng, loss, samples);
    let threat = threat(rng, &train, integer, shape);
    let goal = goal(rng, &train, outputs, d, shape);
    let mut q = super::question(net, train, training, threat, goal);
    q.encode.budget_rows = rng.u8(0..4) == 0;
    q.encode.switch_off_rows = rng.u8(0..4) == 0;
    q.encode.symmetry = rng.u8(0..3) > 0;
    q.encode.flips = match rng.u8(0..4) {
        0 => FlipEncoding::TwoSwitches,
        1 => FlipEncoding::Margin,
        _ => FlipEncoding::Disjoint,
    };
    q.encode.tighten = if rng.bool() { Tighten::Interval } else { Tighten::Directional };
    q
}

fn training(rng: &mut fastrand::Rng, loss: Loss, samples: usize) -> Training {
    let steps = rng.usize(1..=3);
    let batches = if rng.bool() {
        vec![(0..samples).collect(); steps]
    } else {
        (0..steps).map(|t| (0..2).map(|k| (2 * t + k) % samples).collect()).collect()
    };
    Training {
        loss,
        reduction: match rng.u8(0..4) {
            0 => Reduction::Sum,
            1 => Reduction::MeanOfRemaining,
            _ => Reduction::Mean,
        },
        rates: (0..steps).map(|t| 0.5 / (1.0 + t as f64 * 0.5)).collect(),
        batches,
        momentum: if rng.u8(0..4) == 0 { 0.5 } else { 0.0 },
        decay: if rng.u8(0..4) == 0 { 0.125 } else { 0.0 },
        clip: if rng.u8(0..4) == 0 { Some(0.4) } else { None },
    }
}

fn threat(rng: &mut fastrand::Rng, train: &Dataset, integer: bool, shape: Shape) -> Threat {
    let samples = train.len();
    let d = train.features.ncols();
    let labels = if rng.u8(0..3) == 0 {
        None
    } else {
        match &train.labels {
            Labels::Signs(_) => Some(LabelThreat::Flip),
            Labels::Classes { .. } if rng.bool() => Some(LabelThreat::Classes(vec![0, 1, 2])),
            Labels::Classes { .. } => Some(LabelThreat::Classes(vec![rng.usize(0..3)])),
            Labels::Real(_) if shape.discrete => None,
            Labels::Real(_) => Some(LabelThreat::Real {
                nu: 0.5,
                range: if rng.bool() { Some((-1.0, 1.0)) } else { None },
            }),
        }
    };
    let features = if (shape.discrete && !integer) || rng.u8(0..3) == 0 {
        None
    } else {
        let kind = if integer { FeatureKind::Integer } else { FeatureKind::Real };
        let norm = match rng.u8(0..4) {
            0 => Norm::Linf(if integer { 1.0 } else { 0.3 }),
            1 => Norm::L1(if integer { 2.0 } else { 0.4 }),
            2 => Norm::L2(if integer { 1.5 } else { 0.4 }),
            _ => Norm::Arbitrary,
        };
        let mut kinds = vec![kind; d];
        if d > 1 && rng.u8(0..3) == 0 {
            kinds[0] = FeatureKind::Fixed;
        }
        Some(FeatureThreat::plain(norm, vec![(-2.0, 2.0); d], kinds))
    };
    let deletion = (rng.u8(0..3) == 0).then_some(Deletion);
    let real_labels = matches!(train.labels, Labels::Real(_));
    let insertion =
        (rng.u8(0..4) == 0 && !(shape.discrete && (!integer || real_labels))).then(|| Insertion {
            count: 1,
            domain: vec![(-1.0, 1.0); d],
            kinds: vec![if integer { FeatureKind::Integer } else { FeatureKind::Real }; d],
            label_range: real_labels.then_some((-1.0, 1.0)),
        });
    let both = labels.is_some() && features.is_some();
    let budget = if both && rng.bool() {
        Budget::Separate { features: 1, labels: 1 }
    } else {
        Budget::Joint(rng.usize(1..=2))
    };
    let candidates =
        if rng.u8(0..3) == 0 { (1..samples).collect() } else { (0..samples).collect() };
    let scope = if rng.u8(0..4) == 0 { Scope::Batch } else { Scope::Run };
    Threat { scope, budget, candidates, labels, features, deletion, insertion }
}

fn goal(rng: &mut fastrand::Rng, train: &Dataset, outputs: usize, d: usize, shape: Shape) -> Goal {
    let mut test = |k: usize| {
        let x: Vec<f64> = (0..d).map(|_| number(rng, 1.0)).collect();
        let target = match &train.labels {
            Labels::Signs(_) => Target::Sign(if rng.bool() { 1.0 } else { -1.0 }),
            Labels::Classes { count, .. } => Target::Class(rng.usize(0..*count)),
            Labels::Real(_) => Target::Real((0..outputs).map(|_| number(rng, 1.0)).collect()),
        };
        let mut p = point(&x, target);
        p.source = format!("test[{k}]");
        p
    };
    let first = test(0);
    let many = vec![first.clone(), test(1), test(2)];
    if matches!(train.labels, Labels::Real(_)) {
        return if rng.bool() {
            Goal::SquaredError(first)
        } else {
            Goal::Direction(vec![(
                ParameterRef::Weight { layer: 1, row: 0, column: 0 },
                number(rng, 1.0),
            )])
        };
    }
    match rng.u8(0..7) {
        0 => Goal::Errors(many),
        1 => Goal::TestLoss(many),
        2 => Goal::Direction(vec![
            (ParameterRef::Weight { layer: 1, row: 0, column: 0 }, 1.0),
            (ParameterRef::Weight { layer: 1, row: 0, column: d - 1 }, number(rng, 1.0)),
        ]),
        3 => Goal::SmallestBudget(first),
        4 if !shape.discrete => {
            Goal::Backdoor { point: first, eps: 0.2, domain: vec![(-1.0, 1.0); d] }
        }
        _ => Goal::Margin(first),
    }
}

/// A random attack; not necessarily a member of the threat: project it.
pub fn attack(rng: &mut fastrand::Rng, q: &Question) -> Attack {
    let choices = match q.threat.scope {
        Scope::Run => 1,
        Scope::Batch => q.training.steps(),
    };
    let mut attack = Attack::none(choices);
    for choice in &mut attack.choices {
        for &i in &q.threat.candidates {
            if rng.u8(0..3) > 0 {
                continue;
            }
            let mut change = Change::default();
            if q.threat.deletion.is_some() && rng.bool() {
                change.deleted = true;
            }
            if let Some(f) = &q.threat.features
                && rng.bool()
            {
                let x = q.train.row(i).into_iter().zip(&f.kinds).map(|(v, k)| match k {
                    FeatureKind::Fixed => v,
                    FeatureKind::Real => v + number(rng, 0.5),
                    FeatureKind::Integer => v + f64::from(rng.i8(-1..=1)),
                    FeatureKind::OneHot(_) => v,
                });
                change.features = Some(x.collect());
            }
            if let Some(l) = &q.threat.labels
                && rng.bool()
            {
                change.target = Some(match (l, q.train.target(i)) {
                    (LabelThreat::Classes(c), _) => Target::Class(c[rng.usize(0..c.len())]),
                    (_, Target::Real(y)) => {
                        Target::Real(y.iter().map(|v| v + number(rng, 0.5)).collect())
                    }
                    (_, Target::Sign(y)) => Target::Sign(-y),
                    (_, t) => t,
                });
            }
            if change != Change::default() {
                choice.changes.insert(i, change);
            }
        }
        if let Some(ins) = &q.threat.insertion
            && rng.bool()
        {
            let x: Vec<f64> = (0..ins.domain.len())
                .map(|j| match ins.kinds[j] {
                    FeatureKind::Integer => f64::from(rng.i8(-1..=1)),
                    _ => number(rng, 1.0),
                })
                .collect();
            let target = match &q.train.labels {
                Labels::Signs(_) => Target::Sign(if rng.bool() { 1.0 } else { -1.0 }),
                Labels::Classes { count, .. } => Target::Class(rng.usize(0..*count)),
                Labels::Real(y) => Target::Real((0..y.ncols()).map(|_| number(rng, 1.0)).collect()),
            };
            choice.inserted.push((x, target));
        }
    }
    if let Goal::Backdoor { point, eps, .. } = &q.goal {
        attack.test_input = Some(point.input.iter().map(|v| v + number(rng, *eps)).collect());
    }
    attack
}
