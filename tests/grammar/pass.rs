//! `grammar/pass/`: each file resolves, and means what its summary says.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use theriac::bounds::Interval;
use theriac::front::spec::{self, Asked, SolverChoice, Spec};
use theriac::network::graph::Port;
use theriac::question::goal::ParameterRef;
use theriac::question::verify::{Perturbation, Subject, Ties, Verification};
use theriac::question::{
    Budget, Claim, FeatureKind, FlipEncoding, Goal, LabelThreat, Labels, Loss, Norm, Question,
    Reduction, Relation, Scope, Target, Tighten, TightenOptions,
};

use super::{files, folder, golden};

/// Everything that the file decides, one line each, without the data of other files.
fn summary(asked: Asked) -> String {
    let mut out = String::new();
    match asked {
        Asked::Poison(spec) => {
            poison(&spec.question, &mut out);
            writeln!(out, "encode: {:?}", spec.question.encode).unwrap();
            common(&spec, &mut out);
        }
        Asked::Reach(spec) => {
            poison(&spec.question.question, &mut out);
            writeln!(out, "approach: {:?}", spec.question.approach).unwrap();
            common(&spec, &mut out);
        }
        Asked::Verify(spec) => {
            verify(&spec.question, &mut out);
            common(&spec, &mut out);
        }
        Asked::Largest(spec) => {
            let q = &spec.question;
            verify(&q.widest, &mut out);
            let all: Vec<String> = (0..=q.radii.most).map(|k| q.radii.text(k)).collect();
            writeln!(out, "radii: {} {}", q.norm, all.join(", ")).unwrap();
            let one = q.edits.at(&spec.text, &q.radii.text(1)).unwrap();
            let changed = one.lines().filter(|l| !spec.text.lines().any(|old| old == *l));
            changed.for_each(|l| writeln!(out, "at the first: {l}").unwrap());
            common(&spec, &mut out);
        }
    }
    out
}

/// What every specification has.
fn common<Q>(spec: &Spec<Q>, out: &mut String) {
    let mut line = |key: &str, value: String| writeln!(out, "{key}: {value}").unwrap();
    line("solve", format!("{:?}", spec.solve));
    for file in &spec.files {
        line("file", format!("{:?} {} {}", file.role, file.name, file.path.display()));
    }
    for statement in &spec.statements {
        line("line", format!("{} {}", statement.line, statement.keyword));
    }
}

fn verify(q: &Verification, out: &mut String) {
    let mut line = |key: &str, value: String| writeln!(out, "{key}: {value}").unwrap();
    let ports = |ports: &[Port]| {
        let words = ports.iter().map(|p| format!("{} {:?}", p.name, p.shape));
        words.collect::<Vec<_>>().join(", ")
    };
    line("network", format!("{} from {}", q.network, ports(&q.graph.inputs)));
    line("outputs", ports(&q.graph.outputs));
    for sentence in &q.left_out {
        line("left out", sentence.clone());
    }
    match &q.subject {
        Subject::Property { source, property } => {
            line("property", format!("{source}: {}", property.formula));
        }
        Subject::Robust { point, around, label, classes, ties } => {
            line("robust", format!("class {label} of {classes} at {point}"));
            if *ties != Ties::Wrong {
                line("ties", ties.word().to_owned());
            }
            line("center", intervals(&around.center));
            for change in &around.perturbations {
                line("perturbation", perturbation(change));
            }
            let within = around.within.map(|(lo, hi)| intervals(&[lo, hi]));
            line("within", format!("{within:?}, {:?}", around.lattice));
            for row in &around.rows {
                line("row", format!("{row} of line {}", row.line));
            }
        }
    }
    for case in &q.cases {
        line("case", intervals(&case.outer));
        line("inside", intervals(&case.inner));
        for row in &case.rows {
            line("row", format!("{row}"));
        }
        for ball in &case.balls {
            line("ball", format!("{:?} {}", ball.norm, intervals(&[ball.radius])));
        }
        line("goal", format!("{}", case.goal));
    }
    line("approach", format!("{:?}", q.approach));
    for bound in &q.supplied {
        let (node, element) = (bound.node.index(), bound.element);
        line("supplied", format!("{node} {element} {}", intervals(&[bound.range])));
    }
}

/// The first of many.
fn intervals(list: &[Interval]) -> String {
    const SHOWN: usize = 12;
    let words = list.iter().take(SHOWN).map(|i| match i.is_point() {
        true => i.lo.to_string(),
        false => format!("[{},{}]", i.lo, i.hi),
    });
    let more = if list.len() > SHOWN { " ..." } else { "" };
    format!("{}{more}", words.collect::<Vec<_>>().join(" "))
}

fn perturbation(p: &Perturbation) -> String {
    match p {
        Perturbation::Linf(r) => format!("linf {}", intervals(&[*r])),
        Perturbation::L1(r) => format!("l1 {}", intervals(&[*r])),
        Perturbation::L2(r) => format!("l2 {}", intervals(&[*r])),
        Perturbation::Offsets(list) => {
            let (lower, upper): (Vec<_>, Vec<_>) = list.iter().copied().unzip();
            format!("from {} to {}", intervals(&lower), intervals(&upper))
        }
    }
}

fn poison(q: &Question, out: &mut String) {
    let mut line = |key: &str, value: String| writeln!(out, "{key}: {value}").unwrap();
    let shapes: Vec<String> = q.network.affine().map(|a| format!("{:?}", a.weight.dim())).collect();
    line("network", format!("{} -> {}, {}", q.network.inputs, q.network.outputs, shapes.join(" ")));
    line("train", format!("{} x {:?}, {}", q.train.len(), q.train.columns, q.train.labels.words()));
    line("loss", format!("{:?}, {:?}", q.training.loss, q.training.reduction));
    line("rates", format!("{:?}", q.training.rates));
    line("batches", format!("{:?}", q.training.batches));
    let t = &q.training;
    line("momentum, decay, clip", format!("{}, {}, {:?}", t.momentum, t.decay, t.clip));
    line("threat", format!("{:#?}", q.threat));
    line("goal", format!("{:#?}", q.goal));
    line("claim", format!("{:?}", q.claim));
}

fn load(name: &str) -> Spec {
    load_path(&folder("grammar/pass").join(name))
}

fn load_path(path: &Path) -> Spec {
    load_any(path).poison().unwrap()
}

fn load_any(path: &Path) -> Asked {
    spec::load(path).unwrap_or_else(|errors| panic!("{}", errors.plain()))
}

#[test]
fn every_passing_file_means_its_summary() {
    let paths = files(&folder("grammar/pass"), "thr");
    assert!(paths.len() >= 10);
    let found = paths.iter().map(|path| (path.with_extension("summary"), summary(load_any(path))));
    let wrong: Vec<String> = found.filter_map(|(path, text)| golden(&path, &text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_examples_resolve() {
    let paths = files(&folder("examples"), "thr");
    assert!(paths.len() >= 5);
    for path in paths {
        let (files, sha256) = match load_any(&path) {
            Asked::Poison(spec) => (spec.files, spec.sha256),
            Asked::Reach(spec) => (spec.files, spec.sha256),
            Asked::Verify(spec) => (spec.files, spec.sha256),
            Asked::Largest(spec) => (spec.files, spec.sha256),
        };
        assert!(!files.is_empty());
        for file in &files {
            let bytes = fs::read(path.parent().unwrap().join(&file.path)).unwrap();
            assert_eq!(file.sha256, theriac::front::hash::sha256_bytes(&bytes));
        }
        assert_eq!(sha256, theriac::front::hash::sha256_bytes(&fs::read(&path).unwrap()));
    }
}

#[test]
fn flips() {
    let spec = load("labels-flip.thr");
    let q = &spec.question;
    assert_eq!((q.network.inputs, q.network.outputs), (2, 1));
    assert!(q.network.affine().all(|a| a.weight.iter().all(|w| *w == 0.0) && a.bias.is_some()));
    assert_eq!(q.train.labels, Labels::Signs(vec![1, 1, 1, -1, -1, -1]));
    assert_eq!(q.train.row(4), [-2.2, -1.1]);
    assert_eq!(q.training.rates, [0.5, 0.5]);
    assert_eq!(q.training.batches, [[0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]]);
    assert_eq!((q.training.loss, q.training.reduction), (Loss::Hinge, Reduction::Mean));
    assert_eq!((q.threat.scope, q.threat.budget), (Scope::Run, Budget::Joint(1)));
    assert_eq!(q.threat.candidates, [0, 1, 2, 3, 4, 5]);
    assert_eq!(q.threat.labels, Some(LabelThreat::Flip));
    assert_eq!(q.claim, Some(Claim { relation: Relation::Greater, value: 0.0 }));
    let Goal::Margin(point) = &q.goal else { panic!("{:?}", q.goal) };
    assert_eq!(
        (point.input.as_slice(), &point.target),
        ([0.5, 0.2].as_slice(), &Target::Sign(1.0))
    );
    assert_eq!(point.source, "(0.5, 0.2)");
    assert_eq!(spec.statements[2].line, 9);
    assert!(spec.files.is_empty());
}

#[test]
fn given_batches() {
    let q = load("batches-given.thr").question;
    assert_eq!(q.training.rates, [0.5, 0.5, 0.25, 0.1, 0.1]);
    let batches: [&[usize]; 5] = [&[0, 1], &[2, 3], &[4], &[0, 1], &[2, 3]];
    assert_eq!(q.training.batches, batches);
    assert_eq!((q.training.loss, q.training.reduction), (Loss::Perceptron, Reduction::Sum));
    assert_eq!((q.training.momentum, q.training.decay), (0.9, 0.01));
    assert_eq!(q.training.clip, Some(1.0));
    assert_eq!((q.threat.scope, q.threat.candidates), (Scope::Batch, vec![0, 1, 4]));
    let affine = q.network.affine().next().unwrap();
    assert_eq!((affine.weight[[0, 0]], affine.bias.is_none()), (-0.5, true));
    let weight = ParameterRef::Weight { layer: 1, row: 0, column: 0 };
    assert_eq!(q.goal, Goal::Direction(vec![(weight, -0.5)]));
    assert_eq!(q.claim, Some(Claim { relation: Relation::AtMost, value: 1.0 }));
}

#[test]
fn epochs() {
    let q = load("epochs-in-order.thr").question;
    let batches: [&[usize]; 9] =
        [&[4, 0], &[1, 2], &[3], &[4, 0], &[1, 2], &[3], &[4, 0], &[1, 2], &[3]];
    assert_eq!(q.training.batches, batches);
    let second = 1.0 / 1.5;
    assert_eq!(q.training.rates, [1.0, 1.0, 1.0, second, second, second, 0.6, 0.6, 0.6]);
    let layers: Vec<_> = q.network.affine().collect();
    assert_eq!(layers[0].weight, ndarray::array![[1.0], [-1.0]]);
    assert_eq!(layers[0].bias, Some(ndarray::array![0.25, 0.0]));
    assert_eq!(layers[1].weight, ndarray::array![[0.5, 2.0]]);
    assert_eq!(q.network.layers.len(), 3);
    assert!(matches!(q.goal, Goal::SmallestBudget(_)));
}

#[test]
fn classes() {
    let spec = load("classes-from-csv.thr");
    let q = &spec.question;
    assert_eq!(q.train.columns, ["width", "length"]);
    assert_eq!(q.training.batches, [[0, 1, 2, 3]; 4]);
    let rate = |k: f64| 0.1 / (1.0 + 0.6 * k);
    assert_eq!(q.training.rates, [0.1, rate(1.0), rate(2.0), rate(3.0)]);
    assert_eq!(q.threat.candidates, [2, 3, 4, 5]);
    assert_eq!(q.threat.labels, Some(LabelThreat::Classes(vec![0, 2])));
    let Goal::Errors(points) = &q.goal else { panic!("{:?}", q.goal) };
    let sources: Vec<&str> = points.iter().map(|p| p.source.as_str()).collect();
    assert_eq!(sources, ["test[0]", "test[1]", "test[2]", "test[3]"]);
    let targets: Vec<Target> = points.iter().map(|p| p.target.clone()).collect();
    assert_eq!(targets, [0, 1, 2, 2].map(Target::Class));
    assert_eq!(points[1].input, [1.5, 4.5]);
    assert_eq!(spec.solve.solver, SolverChoice::Highs);
    assert_eq!((spec.solve.time_limit, spec.solve.gap), (Some(120.0), 1e-4));
    assert_eq!(spec.solve.threads, Some(2));
    assert_eq!(spec.files.len(), 2);
}

#[test]
fn features_of_all_kinds() {
    let q = load("mixed-features.thr").question;
    let features = q.threat.features.unwrap();
    assert_eq!(features.norm, Norm::L1(1.5));
    let hot = FeatureKind::OneHot(0);
    assert_eq!(features.kinds, [FeatureKind::Real, FeatureKind::Integer, hot, hot, hot]);
    let unit = (0.0, 1.0);
    assert_eq!(features.domain, [(0.25, 1.0), (0.0, 5.0), unit, unit, unit]);
    assert_eq!(q.threat.budget, Budget::Separate { features: 1, labels: 2 });
    assert!(q.threat.deletion.is_some());
    assert_eq!(q.threat.labels, Some(LabelThreat::Real { nu: 0.05, range: Some(unit) }));
    assert_eq!(q.training.reduction, Reduction::MeanOfRemaining);
    let Goal::SquaredError(point) = &q.goal else { panic!("{:?}", q.goal) };
    assert_eq!(point.target, Target::Real(vec![0.1, 0.2]));
}

#[test]
fn insertion_and_backdoor() {
    let q = load("insertion.thr").question;
    let insertion = q.threat.insertion.unwrap();
    assert_eq!((insertion.count, insertion.label_range), (2, Some((0.0, 1.0))));
    assert_eq!(insertion.domain, [(0.0, 4.0), (0.0, 4.0)]);
    assert_eq!(insertion.kinds, [FeatureKind::Real, FeatureKind::Integer]);
    assert_eq!((q.threat.budget, q.train.len()), (Budget::Joint(0), 3));
    assert_eq!(q.training.loss, Loss::Huber { delta: 0.5 });

    let q = load("backdoor-onnx.thr").question;
    assert!(q.network.affine().all(|a| a.weight.iter().all(|w| *w == 0.0)));
    let Goal::Backdoor { eps, domain, .. } = &q.goal else { panic!("{:?}", q.goal) };
    assert_eq!((*eps, domain.as_slice()), (0.25, [(-4.0, 4.0); 4].as_slice()));
    let features = q.threat.features.unwrap();
    let (real, fixed) = (FeatureKind::Real, FeatureKind::Fixed);
    assert_eq!(features.kinds, [real, fixed, real, real]);
}

#[test]
fn options() {
    let encode = load("features-linf.thr").question.encode;
    assert_eq!((encode.tie_band, encode.tighten), (1e-6, Tighten::Linear));
    assert_eq!((encode.budget_rows, encode.switch_off_rows), (true, false));
    assert_eq!((encode.flips, encode.symmetry), (FlipEncoding::TwoSwitches, false));
    let encode = load("tighten-nonconvex.thr").question.encode;
    assert_eq!(encode.tighten, Tighten::Nonconvex);
    let (nodes, fraction, window, rounds) = (50, 0.5, Some(2), 2);
    let effort = TightenOptions { nodes, fraction, window, rounds, seconds: 10.0, workers: 2 };
    assert_eq!(encode.effort, effort);
    let spec = load("anything-in-a-box.thr");
    assert_eq!(spec.solve.solver, SolverChoice::Exhaustive);
    assert_eq!(spec.solve.time_limit, Some(90.0));
    assert_eq!(spec.question.train.labels, Labels::Signs(vec![-1, 1]));
}

/// The page that explains the language shows what the parser takes.
#[test]
fn the_page_parses() {
    let page = fs::read_to_string(folder("grammar/README.md")).unwrap();
    let examples = page.split("```thr\n").skip(1).map(|t| t.split("```").next().unwrap());
    let counts = examples.map(|text| {
        let ast = spec::parse("README.md", text).unwrap_or_else(|e| panic!("{}", e.plain()));
        ast.statements.len()
    });
    assert_eq!(counts.collect::<Vec<_>>(), [9, 1, 6]);
}
