//! `Question::check` for those who build questions in Rust: each broken rule is named.

use std::fs;

use theriac::front::spec;
use theriac::network::Layer;
use theriac::question::goal::ParameterRef;
use theriac::question::{FeatureKind, Goal, LabelThreat, Labels, Question, Target};

use super::folder;

fn question(name: &str) -> Question {
    let path = folder("grammar/pass").join(name);
    spec::load(&path)
        .unwrap_or_else(|errors| panic!("{}", errors.plain()))
        .poison()
        .unwrap()
        .question
}

/// The codes that `name`, changed by `change`, is refused with.
fn codes(name: &str, change: impl FnOnce(&mut Question)) -> Vec<&'static str> {
    let mut question = question(name);
    assert_eq!(question.check(), Ok(()));
    change(&mut question);
    let errors = question.check().expect_err("the change breaks a rule");
    assert!(errors.iter().all(|e| !e.help().is_empty() && !e.to_string().is_empty()));
    errors.iter().map(theriac::question::QuestionError::code).collect()
}

fn affine(question: &mut Question) -> &mut theriac::network::Affine {
    let layers = question.network.layers.iter_mut();
    let mut affine = layers.filter_map(|l| match l {
        Layer::Affine(a) => Some(a),
        Layer::Relu { .. } => None,
    });
    affine.next_back().unwrap()
}

#[test]
fn every_rule_for_rust_programs_is_checked() {
    const FLIP: &str = "labels-flip.thr";
    const DEEP: &str = "epochs-in-order.thr";
    const CLASSES: &str = "classes-from-csv.thr";
    const MIXED: &str = "mixed-features.thr";
    const INSERT: &str = "insertion.thr";
    const DIRECTION: &str = "batches-given.thr";
    const RELATIONS: &str = "relations.thr";
    let relations = |change: fn(&mut theriac::question::Relations)| {
        codes(RELATIONS, move |q| {
            if let Some(features) = &mut q.threat.features {
                change(&mut features.relations);
            }
        })
    };
    let mut given = vec![
        relations(|r| r.offsets[0].rows = vec![9]),
        relations(|r| r.linear[0].rows = vec![1, 0]),
        relations(|r| r.missing[0].features = vec![4, 3, 5]),
        relations(|r| r.offsets[0].feature = 6),
        relations(|r| r.unmeasured = vec![7]),
        codes(FLIP, |q| q.network.layers.clear()),
        codes(DEEP, |q| affine(q).weight = ndarray::Array2::zeros((1, 3))),
        codes(FLIP, |q| affine(q).bias = Some(ndarray::Array1::zeros(2))),
        codes(FLIP, |q| affine(q).weight[[0, 0]] = f64::NAN),
        codes(FLIP, |q| q.network.inputs = 3),
        codes(FLIP, |q| {
            q.train.features = ndarray::Array2::zeros((0, 2));
            q.train.labels = Labels::Signs(Vec::new());
        }),
        codes(FLIP, |q| q.train.columns.truncate(1)),
        codes(FLIP, |q| q.train.features[[1, 1]] = f64::INFINITY),
        codes(FLIP, |q| q.train.labels = Labels::Signs(vec![1, 1, 1, 0, -1, -1])),
        codes(FLIP, |q| q.training.rates.truncate(1)),
        codes(FLIP, |q| q.training.batches[1].clear()),
        codes(FLIP, |q| q.training.batches[1][0] = 6),
        codes(FLIP, |q| q.training.batches[1][0] = 5),
        codes(FLIP, |q| q.threat.candidates.push(6)),
        codes(FLIP, |q| q.threat.candidates.swap(0, 1)),
        codes(CLASSES, |q| q.threat.labels = Some(LabelThreat::Classes(vec![3]))),
        codes(CLASSES, |q| q.threat.labels = Some(LabelThreat::Classes(Vec::new()))),
        codes(MIXED, |q| {
            q.threat.features.as_mut().unwrap().kinds = vec![FeatureKind::Fixed; 5];
        }),
        codes(INSERT, |q| q.threat.insertion.as_mut().unwrap().kinds[0] = FeatureKind::Fixed),
        codes(CLASSES, |q| q.goal = Goal::Errors(Vec::new())),
        codes(FLIP, |q| {
            let Goal::Margin(point) = &mut q.goal else { return };
            point.input[0] = f64::NAN;
        }),
        codes(FLIP, |q| {
            let Goal::Margin(point) = &mut q.goal else { return };
            point.target = Target::Class(0);
        }),
        codes(DIRECTION, |q| q.goal = Goal::Direction(Vec::new())),
    ];
    assert!(given.iter().all(|codes| codes.len() == 1), "{given:?}");
    let mut given: Vec<&str> = given.drain(..).flatten().collect();
    given.sort_unstable();
    given.dedup();
    let text = fs::read_to_string(folder("grammar/ERRORS.md")).unwrap();
    let rust: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("| THR") && line.contains("(Rust alone)"))
        .filter_map(|line| line.get(2..9))
        .collect();
    assert_eq!(given, rust);
}

#[test]
fn several_rules_are_reported_at_once() {
    let found = codes("labels-flip.thr", |q| {
        q.training.rates[0] = -1.0;
        q.training.clip = Some(0.0);
        q.threat.budget = theriac::question::Budget::Joint(7);
        q.goal = Goal::Direction(vec![(ParameterRef::Bias { layer: 1, row: 1 }, 1.0)]);
        q.claim = None;
    });
    assert_eq!(found, ["THR0225", "THR0229", "THR0243", "THR0266"]);
}
