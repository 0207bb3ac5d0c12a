//! Certificates of a real question: sealed, recomputed, and refused when any number is edited.

use std::path::{Path, PathBuf};

use serde_json::{Number, Value};
use theriac::cert::answer::{Answer, Finder, Moment, StatedBound};
use theriac::cert::assemble::{Grounds, assemble};
use theriac::cert::attack_file::AttackFile;
use theriac::cert::certificate::{BoundSource, FileRole};
use theriac::cert::check::verify;
use theriac::cert::instance::{Instance, Manifest, inputs, manifest};
use theriac::cert::report::{BackdoorMargins, LabelNames, Story, html, terminal};
use theriac::cert::{Certificate, Verdict, assemble as cert_assemble, seal, store, words};
use theriac::front::csv::{CsvSpec, LabelSpec};
use theriac::network::{Affine, Layer, Network, Parameters};
use theriac::question::{
    Attack, Budget, Change, EncodeOptions, FeatureKind, FeatureThreat, Goal, LabelThreat, Loss,
    Norm, Question, Reduction, Scope, Target, TestPoint, Threat, Training,
};

const DATA: &str = "examples/data/moons_n100_noise0.1_seed0.csv";

/// Half-moons, three hinge steps on a linear score, two touched samples.
fn question() -> Question {
    let spec = CsvSpec {
        name: "moons".to_owned(),
        features: vec!["x0".to_owned(), "x1".to_owned()],
        labels: vec!["target".to_owned()],
        mapping: LabelSpec::Signs(vec![("0".to_owned(), -1), ("1".to_owned(), 1)]),
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DATA);
    let train = theriac::front::csv::load(&path, &spec).unwrap().dataset;
    let n = train.len();
    let affine = Affine {
        weight: ndarray::array![[0.25, -0.5]],
        bias: Some(ndarray::array![0.125]),
        node: "gemm".to_owned(),
    };
    let input = train.row(3);
    let target = train.target(3);
    Question {
        network: Network { layers: vec![Layer::Affine(affine)], inputs: 2, outputs: 1 },
        train,
        training: Training {
            loss: Loss::Hinge,
            reduction: Reduction::Mean,
            rates: vec![0.5; 3],
            batches: vec![(0..n).collect(); 3],
            momentum: 0.0,
            decay: 0.0,
            clip: None,
        },
        threat: Threat {
            scope: Scope::Run,
            budget: Budget::Joint(2),
            candidates: (0..n).collect(),
            labels: Some(LabelThreat::Flip),
            features: Some(FeatureThreat {
                norm: Norm::Linf(0.1),
                domain: vec![(-3.0, 3.0); 2],
                kinds: vec![FeatureKind::Real; 2],
                relations: theriac::question::Relations::default(),
            }),
            deletion: None,
            insertion: None,
        },
        goal: Goal::Margin(TestPoint { input, target, source: "train[3]".to_owned() }),
        claim: Some(theriac::question::Claim {
            relation: theriac::question::Relation::Greater,
            value: -5.0,
        }),
        encode: EncodeOptions::default(),
    }
}

fn attack(q: &Question) -> Attack {
    let mut attack = cert_assemble::no_attack(q);
    let flip = |s: Target| match s {
        Target::Sign(v) => Target::Sign(-v),
        other => other,
    };
    let mut x = q.train.row(41);
    x[0] += 0.0625;
    attack.choices[0].changes.insert(
        3,
        Change { deleted: false, features: None, target: Some(flip(q.train.target(3))) },
    );
    attack.choices[0].changes.insert(
        41,
        Change { deleted: false, features: Some(x), target: Some(flip(q.train.target(41))) },
    );
    attack
}

/// An instance directory with an answer and a certificate in it.
fn instance(dir: &Path, q: &Question) -> (Instance, PathBuf) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(DATA);
    let spec = dir.join("moons.thr");
    std::fs::write(&spec, "a specification\n").unwrap();
    std::fs::copy(&from, dir.join("moons.csv")).unwrap();
    let plan = inputs::plan(&spec, &[(FileRole::Data, PathBuf::from("moons.csv"))]).unwrap();
    let out = dir.join("instance");
    std::fs::create_dir(&out).unwrap();
    let manifest = Manifest {
        schema: manifest::SCHEMA,
        theriac: env!("CARGO_PKG_VERSION").to_owned(),
        question: words::question_text(q),
        inputs: inputs::copy(&out, &plan, "a specification\n").unwrap(),
        start: None,
        program: None,
        targets: Vec::new(),
        parts: Vec::new(),
        hurried: false,
        passes: Vec::new(),
        bounds: None,
        cuts: None,
        rounds: None,
    };
    store::write_json(&out.join(manifest::FILE_NAME), &manifest).unwrap();
    let instance = Instance::open(&out).unwrap();
    let attack = attack(q);
    let value = theriac::train::replay(q, &attack, 0.0).unwrap().value;
    let moment = |seconds, bound, incumbent| Moment { seconds, bound, incumbent };
    let answer = Answer {
        schema: theriac::cert::answer::SCHEMA,
        theriac: env!("CARGO_PKG_VERSION").to_owned(),
        bound: Some(StatedBound {
            value: value - 0.5,
            objective: Some(value - 0.5),
            slack: 0.0,
            from: BoundSource::Solver,
            solver: Some("a solver".to_owned()),
            version: Some("1.2.3".to_owned()),
            embedded: false,
            status: "stopped at a limit (time)".to_owned(),
        }),
        missing: None,
        failure: None,
        claimed: Some(value + 1e-9),
        finder: Some(Finder::Solver),
        parts: Vec::new(),
        proof: None,
        solution: None,
        log: None,
        model: None,
        seconds: 2.5,
        history: vec![
            moment(0.25, Some(value - 3.0), None),
            moment(0.5, Some(value - 1.0), Some(value + 0.25)),
            moment(2.0, Some(value - 0.5), Some(value)),
        ],
    };
    store::write_json(&out.join("answer.json"), &answer).unwrap();
    AttackFile::new(q, &attack).write(&out).unwrap();
    let files = instance.grounds(&answer).unwrap();
    let grounds =
        Grounds { question: q, answer: &answer, interval: None, attack: Some(&attack), files };
    let assembled = assemble(&grounds).unwrap();
    let path = out.join("certificate.json");
    store::write_json(&path, &assembled.certificate).unwrap();
    (instance, path)
}

/// Every place of a number in a document, as a path of keys.
fn numbers(value: &Value, path: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    match value {
        Value::Number(_) => out.push(path.clone()),
        Value::Array(items) => {
            for (k, item) in items.iter().enumerate() {
                path.push(k.to_string());
                numbers(item, path, out);
                path.pop();
            }
        }
        Value::Object(map) => {
            for (k, item) in map {
                path.push(k.clone());
                numbers(item, path, out);
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

fn at<'a>(value: &'a mut Value, path: &[String]) -> &'a mut Value {
    path.iter().fold(value, |v, key| match v {
        Value::Array(items) => &mut items[key.parse::<usize>().unwrap()],
        Value::Object(map) => map.get_mut(key).unwrap(),
        other => panic!("no {key} in {other}"),
    })
}

/// A number next to this one: the next double, or the next integer.
fn edited(n: &Number) -> Value {
    match n.as_u64() {
        Some(k) if !n.is_f64() => Value::from(k + 1),
        _ => Value::from(n.as_f64().unwrap().next_up()),
    }
}

fn accepted(path: &Path, instance: &Instance, q: &Question) -> bool {
    verify(path, instance, q, None).is_ok_and(|c| c.accepted())
}

#[test]
fn an_honest_certificate_is_accepted() {
    let dir = tempfile::tempdir().unwrap();
    let q = question();
    let (instance, path) = instance(dir.path(), &q);
    let checked = verify(&path, &instance, &q, None).unwrap();
    assert!(checked.accepted(), "{:#?}", checked.findings);
    let c = &checked.certificate;
    assert_eq!(c.verdict, Verdict::Certified);
    let attack = c.attack.as_ref().unwrap();
    assert_eq!(attack.changed, 2);
    assert_eq!(attack.choices[0].changes[1].features.len(), 1);
    let bound = c.bound.as_ref().unwrap();
    assert!(bound.value < bound.reported && bound.tolerance > 0.0);
    assert!((c.gap.unwrap() - 0.5).abs() < 1e-9);
}

#[test]
fn any_edited_number_is_refused_with_and_without_a_new_seal() {
    let dir = tempfile::tempdir().unwrap();
    let q = question();
    let (instance, path) = instance(dir.path(), &q);
    let honest: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let mut places = Vec::new();
    numbers(&honest, &mut Vec::new(), &mut places);
    assert!(places.len() > 25, "{}", places.len());
    for place in places {
        let mut forged = honest.clone();
        let slot = at(&mut forged, &place);
        *slot = match slot {
            Value::Number(n) => edited(n),
            other => panic!("{other}"),
        };
        store::write_json(&path, &forged).unwrap();
        assert!(!accepted(&path, &instance, &q), "{place:?} edited");
        let Ok(typed) = serde_json::from_value::<Certificate>(forged.clone()) else { continue };
        forged["seal"] = Value::from(seal::of(&typed).unwrap());
        store::write_json(&path, &forged).unwrap();
        assert!(!accepted(&path, &instance, &q), "{place:?} edited and sealed again");
    }
    store::write_json(&path, &honest).unwrap();
    assert!(accepted(&path, &instance, &q));
}

#[test]
fn any_edited_text_is_refused_with_a_new_seal() {
    let dir = tempfile::tempdir().unwrap();
    let q = question();
    let (instance, path) = instance(dir.path(), &q);
    let honest: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let forgeries = [
        ("verdict", Value::from("attacked")),
        ("reason", Value::from("because")),
        ("gap", Value::Null),
        ("attack", Value::Null),
        ("bound", Value::Null),
        ("trust", Value::Array(Vec::new())),
        ("files", Value::Array(Vec::new())),
    ];
    for (key, value) in forgeries {
        let mut forged = honest.clone();
        forged[key] = value;
        let typed: Certificate = serde_json::from_value(forged.clone()).unwrap();
        forged["seal"] = Value::from(seal::of(&typed).unwrap());
        store::write_json(&path, &forged).unwrap();
        assert!(!accepted(&path, &instance, &q), "{key}");
    }
    let mut extra = honest.clone();
    extra["comment"] = Value::from("looks fine");
    store::write_json(&path, &extra).unwrap();
    assert!(verify(&path, &instance, &q, None).is_err());
}

#[test]
fn changed_files_are_refused() {
    let q = question();
    for name in ["answer.json", "attack.json", "inputs/moons.csv", "inputs/moons.thr"] {
        let dir = tempfile::tempdir().unwrap();
        let (instance, path) = instance(dir.path(), &q);
        let file = path.parent().unwrap().join(name);
        let mut bytes = std::fs::read(&file).unwrap();
        // A blank more does not change the meaning, but it is another file.
        bytes.push(b' ');
        std::fs::write(&file, bytes).unwrap();
        assert!(!accepted(&path, &instance, &q), "{name}");
        assert_eq!(Instance::open(&instance.dir).is_ok(), !name.starts_with("inputs"), "{name}");
    }
}

#[test]
fn an_attack_outside_of_the_threat_gives_no_certificate() {
    let q = question();
    let dir = tempfile::tempdir().unwrap();
    let (instance, _) = instance(dir.path(), &q);
    let answer = instance.answer().unwrap();
    let files = instance.grounds(&answer).unwrap();
    let mut far = attack(&q);
    let change = far.choices[0].changes.get_mut(&41).unwrap();
    change.features.as_mut().unwrap()[0] += 0.0625;
    let mut many = attack(&q);
    many.choices[0]
        .changes
        .insert(7, Change { target: Some(Target::Sign(1.0)), ..Change::default() });
    let old = q.train.target(7);
    if let Some(c) = many.choices[0].changes.get_mut(&7) {
        c.target =
            Some(if old == Target::Sign(1.0) { Target::Sign(-1.0) } else { Target::Sign(1.0) });
    }
    for bad in [far, many] {
        let grounds = Grounds {
            question: &q,
            answer: &answer,
            interval: None,
            attack: Some(&bad),
            files: files.clone(),
        };
        let error = assemble(&grounds).unwrap_err().to_string();
        assert!(error.contains("not one that the threat allows"), "{error}");
    }
}

/// A replay is a proof: a bound that it passes is withdrawn, whatever the claim makes of the attack.
#[test]
fn a_bound_that_the_replayed_attack_passes_is_withdrawn() {
    let dir = tempfile::tempdir().unwrap();
    let mut q = question();
    let (instance, _) = instance(dir.path(), &q);
    let mut answer = instance.answer().unwrap();
    let attack = attack(&q);
    let value = theriac::train::replay(&q, &attack, 0.0).unwrap().value;
    answer.bound.as_mut().unwrap().value = value + 0.5;
    let claim = |relation, value| Some(theriac::question::Claim { relation, value });
    use theriac::question::Relation::{Greater, Less};
    let cases = [
        (claim(Greater, value - 1.0), Verdict::Unknown),
        (claim(Greater, value + 0.25), Verdict::Attacked),
        (claim(Less, value + 0.25), Verdict::Certified),
        (None, Verdict::Unknown),
    ];
    for (claim, verdict) in cases {
        q.claim = claim;
        let grounds = Grounds {
            question: &q,
            answer: &answer,
            interval: None,
            attack: Some(&attack),
            files: Vec::new(),
        };
        let c = assemble(&grounds).unwrap().certificate;
        assert_eq!(c.verdict, verdict, "{claim:?}: {}", c.reason);
        assert!(c.bound.is_none() && c.gap.is_none(), "{claim:?}");
        assert!(
            c.withdrawn.is_some() && c.reason.contains("so the bound is wrong"),
            "{}",
            c.reason
        );
        assert!(c.history.iter().all(|m| m.bound.is_none()));
        let text = terminal::text(&c, &LabelNames::default());
        assert!(text.contains("none proved") && !text.contains("value >="), "{text}");
    }
}

/// In the place of a wrong bound, and of one that is weaker once its tolerance is taken off, stands
/// the interval bound.
#[test]
fn the_interval_bound_stands_where_the_answer_has_no_better_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut q = question();
    let (instance, _) = instance(dir.path(), &q);
    let mut answer = instance.answer().unwrap();
    let attack = attack(&q);
    let value = theriac::train::replay(&q, &attack, 0.0).unwrap().value;
    let solver = answer.bound.clone().unwrap();
    let at = |value| StatedBound {
        value,
        from: BoundSource::Interval,
        solver: None,
        version: None,
        ..solver.clone()
    };
    use theriac::question::Relation::Greater;
    q.claim = Some(theriac::question::Claim { relation: Greater, value: value - 1.0 });
    // The bound that is stated, that of the interval pass, and which of them counts.
    let cases = [
        (value + 0.5, value - 0.25, Some(BoundSource::Interval), true),
        (value + 0.5, value - 2.0, Some(BoundSource::Interval), true),
        (value + 0.5, f64::NEG_INFINITY, None, true),
        (value + 0.5, value + 0.25, None, true),
        (value - 0.25, value - 0.25 - 1e-9, Some(BoundSource::Interval), false),
        (value - 0.25, value - 0.26, Some(BoundSource::Solver), false),
        (value - 0.25, value + 0.25, Some(BoundSource::Solver), false),
    ];
    for (stated, own, counts, withdrawn) in cases {
        answer.bound.as_mut().unwrap().value = stated;
        let interval = at(own);
        let grounds = Grounds {
            question: &q,
            answer: &answer,
            interval: Some(&interval),
            attack: Some(&attack),
            files: Vec::new(),
        };
        let c = assemble(&grounds).unwrap().certificate;
        let what = format!("{stated} {own}: {:?} {}", c.bound, c.reason);
        assert_eq!(c.bound.as_ref().map(|b| b.from), counts, "{what}");
        assert_eq!(c.withdrawn.is_some(), withdrawn, "{what}");
        assert_eq!(c.gap.is_some(), counts.is_some(), "{what}");
        let proved = c.bound.as_ref().is_some_and(|b| b.value > value - 1.0);
        let verdict = if proved { Verdict::Certified } else { Verdict::Unknown };
        assert_eq!(c.verdict, verdict, "{what}");
        assert_eq!(c.reason.contains("so the bound is wrong"), withdrawn, "{what}");
        let replaced = withdrawn && counts.is_some();
        assert_eq!(
            c.reason.contains("it is withdrawn, and the interval bound"),
            replaced,
            "{what}"
        );
        if replaced {
            assert!(c.history.iter().all(|m| m.bound == Some(own)), "{what}");
        }
    }
}

#[test]
fn reports_say_what_the_certificate_says() {
    let dir = tempfile::tempdir().unwrap();
    let q = question();
    let (instance, path) = instance(dir.path(), &q);
    let checked = verify(&path, &instance, &q, None).unwrap();
    let assembled = checked.assembled.unwrap();
    let c = &assembled.certificate;
    let text = terminal::text(c, &LabelNames::default());
    assert!(text.starts_with("CERTIFIED"), "{text}");
    assert!(text.lines().all(|l| l.chars().count() <= terminal::WIDTH), "{text}");
    assert!(text.contains("row 41: label"), "{text}");
    let named =
        terminal::text(c, &LabelNames::new(&q, &[("cat".to_owned(), 1), ("dog".to_owned(), -1)]));
    assert!(named.contains("row 41: label +1 -> -1 (cat -> dog)"), "{named}");
    let worst = assembled.worst.as_ref().map(|r| r.trajectory.as_slice());
    let labels = LabelNames::new(&q, &[("cat".to_owned(), 1), ("dog".to_owned(), -1)]);
    let story = Story {
        certificate: c,
        question: &q,
        labels: &labels,
        clean: &assembled.clean.trajectory,
        worst,
        boxes: None,
        backdoor: None,
    };
    let page = html::page(&story);
    assert_eq!(page, html::page(&story));
    for needed in [
        "<td>+1 (cat)</td><td>-1 (dog)</td>",
        "<svg",
        "Certified",
        &c.seal,
        "weight[1][0, 0]",
        "bias[1][0]",
    ] {
        assert!(page.contains(needed), "{needed}");
    }
    assert!(!page.contains("<script") && !page.contains("http"), "the page must stand alone");
    // Each element that is opened is closed, in order.
    let mut open = Vec::new();
    let body = &page[page.find("<body>").unwrap()..];
    for tag in body.split('<').skip(1).filter_map(|t| t.split('>').next()) {
        let name = tag.split_whitespace().next().unwrap();
        if let Some(closed) = name.strip_prefix('/') {
            if closed != "html" {
                assert_eq!(open.pop(), Some(closed.to_owned()), "near <{tag}>");
            }
        } else if !tag.ends_with('/') {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?}");
    if let Ok(place) = std::env::var("THERIAC_REPORT_OUT") {
        std::fs::write(place, page).unwrap();
    }
}

/// Four margins of a linear model, each computed by hand from the last parameters of its run.
#[test]
fn a_backdoor_is_told_beside_the_clean_model() {
    let dir = tempfile::tempdir().unwrap();
    let mut q = question();
    let (instance, path) = instance(dir.path(), &q);
    let assembled = verify(&path, &instance, &q, None).unwrap().assembled.unwrap();
    let mut c = assembled.certificate.clone();
    assert_eq!(BackdoorMargins::new(&q, &c), None, "the question has no backdoor");
    let Goal::Margin(point) = q.goal.clone() else { panic!("a margin") };
    let moved: Vec<f64> = point.input.iter().map(|x| x - 0.25).collect();
    let domain = vec![(-9.0, 9.0); moved.len()];
    q.goal = Goal::Backdoor { point: point.clone(), eps: 0.25, domain };
    c.attack.as_mut().unwrap().test_input = Some(moved.clone());
    let found = BackdoorMargins::new(&q, &c).unwrap();
    let Target::Sign(y) = point.target else { panic!("a sign") };
    let margin = |run: &[Parameters], x: &[f64]| {
        let layer = &run.last().unwrap().layers[0];
        let bias = layer.bias.as_ref().map_or(0.0, |b| b[0]);
        y * (layer.weight.row(0).iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + bias)
    };
    let (clean, worst) =
        (&assembled.clean.trajectory, &assembled.worst.as_ref().unwrap().trajectory);
    for (value, run, x) in [
        (found.clean_plain, clean, &point.input),
        (found.clean_triggered, clean, &moved),
        (found.poisoned_plain, worst, &point.input),
        (found.poisoned_triggered, worst, &moved),
    ] {
        assert!((value - margin(run, x)).abs() < 1e-12, "{found:?}");
    }
    let page = html::page(&Story {
        certificate: &c,
        question: &q,
        labels: &LabelNames::default(),
        clean,
        worst: Some(worst),
        boxes: None,
        backdoor: Some(found),
    });
    assert!(page.contains("What the backdoor does") && page.contains("input with the trigger"));
    assert!(found.words().starts_with("margin with the trigger: "), "{}", found.words());
}
