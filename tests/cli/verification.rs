//! Questions of verification on the command line: what is told of files, points and progress.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::program::{err, out, status, theriac, theriac_in};

const NET: &str = "examples/data/moons_2-4-4-1_s1.onnx";

/// A folder with the network and a property of the box `[-1, 1]^2`.
fn folder(goal: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let net = Path::new(env!("CARGO_MANIFEST_DIR")).join(NET);
    std::fs::copy(net, dir.path().join("net.onnx")).unwrap();
    let text = format!(
        "(declare-const X_0 Real)\n(declare-const X_1 Real)\n(declare-const Y_0 Real)\n\
         (assert (and (>= X_0 -1) (<= X_0 1)))\n(assert (and (>= X_1 -1) (<= X_1 1)))\n\
         (assert {goal})\n"
    );
    std::fs::write(dir.path().join("p.vnnlib"), text).unwrap();
    dir
}

fn told(done: &Output) -> String {
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    words(out(done))
}

/// Without a specification of the user an error is about the file that is wrong, and its line.
#[test]
fn errors_name_the_property_and_not_a_specification() {
    let dir = folder("(<= Y_0 (foo))");
    let pair = |property: &str| {
        let done = theriac_in(dir.path(), &["run", "net.onnx", property, "-o", "out"]);
        assert_eq!(status(&done), 2, "{}", err(&done));
        let text = err(&done);
        let line = text.lines().find(|l| l.starts_with("error: ")).unwrap_or(&text).to_owned();
        for foreign in [" with ", ".thr", "specification", "THR", "ask property"] {
            assert!(!text.contains(foreign), "{foreign}: {text}");
        }
        line
    };
    let at = format!("error: {}p.vnnlib:6:", "");
    assert!(pair("p.vnnlib").starts_with(&at), "{}", pair("p.vnnlib"));
    let path = dir.path().join("p.vnnlib");
    let text = std::fs::read_to_string(&path).unwrap();
    let open = text.replace(" (<= X_1 1)", "").replace("(foo)", "0");
    std::fs::write(&path, open).unwrap();
    let line = pair("p.vnnlib");
    assert!(line.starts_with("error: p.vnnlib:5: input X_1 has no upper bound; assert"), "{line}");
    assert!(pair("none.vnnlib").starts_with("error: there is no file `none.vnnlib`"));
    // The words are those of the command line, wherever the files lie.
    std::fs::create_dir(dir.path().join("sub")).unwrap();
    std::fs::write(dir.path().join("sub/b.vnnlib"), "(assert").unwrap();
    let line = pair("./sub/b.vnnlib");
    assert!(line.starts_with("error: ./sub/b.vnnlib:1:"), "{line}");
    std::fs::write(dir.path().join("net.onnx"), "no network").unwrap();
    let line = pair("p.vnnlib");
    assert!(line.contains("net.onnx") && !line.contains("p.vnnlib"), "{line}");
}

/// What comes near is a point with a margin, not an attack, and a folder stands for its certificate.
#[test]
fn a_margin_above_zero_is_no_attack() {
    let dir = folder("(<= Y_0 -100.0)");
    // The least output is about -0.4368, bounds by intervals say -0.4479.
    let spec = "network net = onnx \"net.onnx\"\ninputs { x[0..1] in [-1, 1] }\n\
                ask never y[0] <= -0.44\nencode { bounds interval }\n";
    std::fs::write(dir.path().join("q.thr"), spec).unwrap();
    let run = |args: &[&str]| {
        let done = theriac_in(dir.path(), args);
        assert_eq!(status(&done), 0, "{}", err(&done));
        assert!(!err(&done).contains("attack"), "{}", err(&done));
        told(&done)
    };
    run(&["compile", "q.thr", "-o", "out"]);
    let said = run(&["solve", "out", "--solver", "branch"]);
    assert!(said.contains("bound margin > 0 attack"), "{said}");
    assert!(said.contains("attack none found nearest margin 0.0"), "{said}");
    let said = run(&["certify", "out"]);
    assert!(said.starts_with("CERTIFIED") && said.contains("Y_0 <= -0.44: impossible"), "{said}");
    let of_folder = run(&["check", "out"]);
    assert!(of_folder.starts_with("ACCEPTED"), "{of_folder}");
    assert_eq!(of_folder, run(&["check", "out/certificate.json"]));
    let none = theriac_in(dir.path(), &["check", "."]);
    assert_eq!(status(&none), 2, "{}", err(&none));
    assert!(err(&none).contains("it is a folder"), "{}", err(&none));
}

/// Both arithmetics evaluate the whole file, its last softmax too, and say in JSON what they leave out.
#[test]
fn eval_agrees_with_itself_about_a_last_softmax() {
    for name in ["test_softmax_example", "test_logsoftmax_example_1"] {
        softmax(&format!("tests/data/onnx_nodes/{name}/model.onnx"), "-1,0,1.5");
    }
    // A position is no value: the document says that it is left out.
    let model = "tests/data/onnx_nodes/test_argmax_default_axis_example/model.onnx";
    let done = theriac(&["--json", "eval", model, "--", "1,2,-3,4"]);
    let found: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert!(found["notes"][0].as_str().unwrap().contains("(ArgMax)"), "{found}");
}

fn softmax(model: &str, input: &str) {
    let of = |args: &[&str]| {
        let done = theriac(&[&["--json", "eval"], args, &["--", input]].concat());
        assert_eq!(status(&done), 0, "{}", err(&done));
        serde_json::from_slice::<Value>(&done.stdout).unwrap()
    };
    let (double, single) = (of(&[model]), of(&["--single", model]));
    assert!(double.get("notes").is_none() && single.get("notes").is_none(), "{single}");
    let list = |v: &Value| {
        let list = v["results"][0]["output"].as_array().unwrap().clone();
        list.iter().map(|v| v.as_f64().unwrap()).collect::<Vec<f64>>()
    };
    let (double, single) = (list(&double), list(&single));
    assert!(!double.is_empty() && double.len() == single.len());
    let powers = [-1.0_f64, 0.0, 1.5].map(f64::exp);
    for (k, (d, s)) in double.iter().zip(&single).enumerate() {
        let share = powers[k] / powers.iter().sum::<f64>();
        let truth = if model.contains("log") { share.ln() } else { share };
        assert!((d - truth).abs() <= 1e-14 && (s - truth).abs() <= 1e-6, "{truth}: {d} {s}");
    }
}

#[test]
fn helps_and_completions_know_the_words() {
    let script = out(&theriac(&["completions", "bash"]));
    for word in ["auto branch embedded highs scip gurobi exhaustive", "cplex-mps", "gurobi-lp"] {
        assert!(script.contains(word), "{word}");
    }
    let help = out(&theriac(&["--help"]));
    assert!(help.contains("verification of networks"), "{help}");
    for command in ["run", "solve"] {
        let help = out(&theriac(&[command, "--help"]));
        assert!(help.contains("branch (verification and rounds)"), "{help}");
    }
    // Forty targets are listed by their own command, not in the help of others.
    assert!(!out(&theriac(&["compile", "--help"])).contains("possible values"));
}

/// The counterexample of a pair is what the competition's rules ask for, and its outputs are those of
/// the network; nothing else is overwritten, and an older one does not outlive its attack.
#[test]
fn counterexamples_are_written_as_the_competition_takes_them() {
    let dir = folder("(<= Y_0 0)");
    let run = |file: &str| {
        let args = ["run", "net.onnx", "p.vnnlib", "-o", "out", "--counterexample", file];
        theriac_in(dir.path(), &args)
    };
    let done = run("cex.txt");
    assert_eq!(status(&done), 0, "{}", err(&done));
    let path = dir.path().join("cex.txt");
    let text = std::fs::read_to_string(&path).unwrap();
    let list = text.strip_prefix("sat\n((").and_then(|t| t.strip_suffix("))\n")).unwrap();
    let pairs: Vec<(&str, f64)> = list
        .split(")\n(")
        .map(|pair| pair.split_once(' ').map(|(n, v)| (n, v.parse().unwrap())).unwrap())
        .collect();
    let [("X_0", a), ("X_1", b), ("Y_0", y)] = pairs[..] else { panic!("{text}") };
    assert!((-1.0..=1.0).contains(&a) && (-1.0..=1.0).contains(&b) && y <= 0.0, "{text}");
    let point = format!("{a},{b}");
    let eval = theriac_in(dir.path(), &["eval", "net.onnx", "--json", "--", &point]);
    let value: Value = serde_json::from_slice(&eval.stdout).unwrap();
    assert!(value.to_string().contains(&y.to_string()), "{value} has no {y}");

    std::fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    let refused = run("notes.txt");
    assert_eq!(status(&refused), 2);
    assert!(err(&refused).contains("no counterexample"), "{}", err(&refused));
    let property = dir.path().join("p.vnnlib");
    let impossible =
        std::fs::read_to_string(&property).unwrap().replace("(<= Y_0 0)", "(<= Y_0 -99)");
    std::fs::write(&property, impossible).unwrap();
    let done = run("cex.txt");
    assert_eq!(status(&done), 0, "{}", err(&done));
    assert!(err(&done).contains("no counterexample was written") && !path.exists());
}

/// Samples of an array; the outputs were recorded from onnxruntime 1.31, whose sums are single.
#[test]
fn eval_reads_samples_of_arrays() {
    let (net, data) =
        ("examples/data/digits_784-10-10-10.onnx", "examples/data/digits20-images-idx3-ubyte.gz");
    let recorded = [
        [
            2_222.715, -21_567.23, -411.632, -534.1918, 752.7842, -848.1060, -42.56868, -165.4164,
            -1_289.909, 1_497.355,
        ],
        [
            -337.1749, -7_443.897, -46.02629, -692.3426, 964.7043, -352.3997, 210.9991, -347.8598,
            -211.7733, 593.6414,
        ],
    ];
    for option in [&[][..], &["--single"]] {
        let rows = ["--data", data, "--first", "3", "--count", "2"];
        let done = theriac(&[&["--json", "eval", net], &rows[..], option].concat());
        assert_eq!(status(&done), 0, "{}", err(&done));
        let found: Value = serde_json::from_slice(&done.stdout).unwrap();
        let results = found["results"].as_array().unwrap();
        assert_eq!(results.len(), 2);
        for (point, recorded) in results.iter().zip(recorded) {
            for (y, truth) in point["output"].as_array().unwrap().iter().zip(recorded) {
                let y = y.as_f64().unwrap();
                assert!((y - truth).abs() <= 1e-6 * 21_567.0, "{y}, recorded {truth}");
            }
        }
    }
    let refused = |rest: &[&str], said: &str| {
        let done = theriac(&[&["eval"], rest].concat());
        assert_eq!(status(&done), 2, "{rest:?}");
        assert!(err(&done).contains(said), "{rest:?}: {}", err(&done));
    };
    refused(&[net, "--data", data, "--first", "20"], "there are 20 samples");
    refused(&[net, "--data", data, "--first", "19", "--count", "2"], "there are 20 samples");
    let one = tempfile::tempdir().unwrap();
    let idx = one.path().join("point.idx");
    // Two rows of one byte each: 3 and 4 are one sample of the network with two inputs.
    std::fs::write(&idx, [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 3, 4]).unwrap();
    let idx = idx.to_str().unwrap();
    let same = theriac(&["eval", NET, "3,4"]);
    for rest in [&[][..], &["--first", "0", "--count", "1"]] {
        let done = theriac(&[&["eval", NET, "--data", idx], rest].concat());
        assert_eq!(done.stdout, same.stdout, "{}", err(&done));
    }
    refused(&[NET, "--data", idx, "--first", "1"], "there is 1 sample,");
    refused(&[NET, "--data", idx, "--count", "2"], "there is 1 sample,");
    refused(&[NET, "--data", data], "a sample has 784 numbers, but the network takes 2");
    refused(&[net, "--data", NET], "no .npy, .npz or IDX file");
    refused(&[net, "--data", data, "1,2"], "cannot be used with");
}

/// A solver's forged bound is nothing where the same files hold an attack: as the point of its
/// solution, or as the point that the instance starts from.
#[test]
fn a_forged_bound_does_not_hide_an_attack() {
    let dir = tempfile::tempdir().unwrap();
    let net = Path::new(env!("CARGO_MANIFEST_DIR")).join(NET);
    std::fs::copy(net, dir.path().join("net.onnx")).unwrap();
    let spec = |solve: &str| {
        format!(
            "network net = onnx \"net.onnx\"\ninputs {{ x in [-4, 4] }}\nask never y[0] >= -0.3\n\
             solve {{ {solve}solver embedded }}\n"
        )
    };
    std::fs::write(dir.path().join("solved.thr"), spec("attack off; branch off; ")).unwrap();
    std::fs::write(dir.path().join("start.thr"), spec("")).unwrap();
    let run = |args: &[&str]| theriac_in(dir.path(), args);
    assert_eq!(status(&run(&["run", "solved.thr", "-o", "solved"])), 0);
    assert_eq!(status(&run(&["compile", "start.thr", "-o", "start"])), 0);
    let honest = run(&["check", "solved"]);
    assert!(told(&honest).starts_with("ACCEPTED verdict: attacked"), "{}", told(&honest));
    let read = |file: &str| std::fs::read_to_string(dir.path().join(file)).unwrap();
    let json = |file: &str| serde_json::from_str::<Value>(&read(file)).unwrap();
    let (solution, answer) = (read("solved/part-1/solution.sol"), json("solved/answer.json"));
    let objective = answer["claimed"].as_f64().unwrap_or(-1.0);
    assert!(objective < 0.0, "{answer}");
    let forge = |folder: &str, objective: &str| {
        let mark = json(&format!("{folder}/manifest.json"))["parts"][0]["program"]["fingerprint"]
            .to_string();
        let line = |l: &str| match l.split(' ').next() {
            Some("objective") => format!("objective {objective}"),
            Some("bound") => "bound 0.5".to_owned(),
            Some("fp") => format!("fp {mark}"),
            _ => l.to_owned(),
        };
        let forged: Vec<String> = solution.lines().map(line).collect();
        let place = dir.path().join(folder);
        std::fs::write(place.join("part-1/solution.sol"), forged.join("\n") + "\n").unwrap();
        let mut answer = answer.clone();
        answer["finder"] = Value::Null;
        answer["claimed"] = Value::Null;
        let part = &mut answer["parts"][0];
        part["missing"] = Value::Null;
        part["claimed"] = serde_json::json!(objective.parse::<f64>().unwrap());
        part["bound"]["objective"] = serde_json::json!(0.5);
        part["bound"]["value"] = serde_json::json!(0.5_f64.next_down());
        std::fs::write(place.join("answer.json"), answer.to_string()).unwrap();
        let _ = std::fs::remove_file(place.join("attack.json"));
        let certified = run(&["certify", folder]);
        let checked = run(&["check", folder]);
        (told(&certified) + &err(&certified), status(&checked), told(&checked))
    };
    for (folder, objective) in [("solved", "0.6"), ("solved", "-1.4"), ("start", "0.6")] {
        let (certified, code, checked) = forge(folder, objective);
        assert_eq!(code, 1, "{folder}, {objective}: {certified}\n{checked}");
        assert!(checked.starts_with("REFUSED"), "{folder}, {objective}: {checked}");
        if folder == "start" {
            assert!(certified.starts_with("ATTACKED"), "{certified}");
        } else {
            assert!(certified.contains("answer.json is not what"), "{certified}");
        }
    }
}

/// Where the program asks only for a point, the dual bound of its constant objective proves nothing.
#[test]
fn feasibility_takes_no_bound_of_the_margin() {
    let dir = tempfile::tempdir().unwrap();
    let net = Path::new(env!("CARGO_MANIFEST_DIR")).join(NET);
    std::fs::copy(net, dir.path().join("net.onnx")).unwrap();
    for (limit, verdict) in [("-2", "attacked"), ("0.5", "certified")] {
        let text = format!(
            "network net = onnx \"net.onnx\"\ninputs {{ x in [-4, 4] }}\nask never y[0] >= {limit}\n\
             encode {{ objective feasibility; bounds interval }}\n\
             solve {{ attack off; branch off; solver embedded }}\n"
        );
        std::fs::write(dir.path().join("q.thr"), text).unwrap();
        let done = theriac_in(dir.path(), &["run", "q.thr", "-o", verdict]);
        assert_eq!(status(&done), 0, "{}", told(&done));
        let json = |file: &str| {
            let path = dir.path().join(verdict).join(file);
            serde_json::from_slice::<Value>(&std::fs::read(path).unwrap()).unwrap()
        };
        let found = json("certificate.json");
        assert_eq!(found["verdict"], verdict, "{found}");
        assert_ne!(found["bound"]["from"], "solver", "{found}");
        if let Some(part) = json("answer.json")["parts"].get(0) {
            assert_eq!(part["bound"], Value::Null, "{part}");
        }
        let checked = theriac_in(dir.path(), &["check", verdict]);
        assert!(told(&checked).starts_with("ACCEPTED"), "{}", told(&checked));
    }
}

/// A part that every input breaks has no program that says by how much: the bound that is told is that
/// of the relaxation, and no higher than the margin of the attack.
#[test]
fn no_bound_is_above_the_margin_of_an_attack() {
    let dir = tempfile::tempdir().unwrap();
    let net = Path::new(env!("CARGO_MANIFEST_DIR")).join(NET);
    std::fs::copy(net, dir.path().join("net.onnx")).unwrap();
    let text = "network net = onnx \"net.onnx\"\ninputs { x in [-1, 1] }\nask never y[0] <= 0\n\
                solve { attack off; branch off; solver embedded }\n";
    std::fs::write(dir.path().join("q.thr"), text).unwrap();
    let done = theriac_in(dir.path(), &["--json", "run", "q.thr", "-o", "out"]);
    assert_eq!(status(&done), 0, "{}", err(&done));
    let found: Value =
        serde_json::from_slice(&std::fs::read(dir.path().join("out/certificate.json")).unwrap())
            .unwrap();
    assert_eq!(found["verdict"], "attacked", "{found}");
    let attack = found["attack"]["value"].as_f64().unwrap();
    let bound = found["bound"]["value"].as_f64().unwrap();
    assert!(attack < -0.1 && bound <= attack, "{bound} and {attack}");
    let checked = theriac_in(dir.path(), &["check", "out"]);
    assert!(told(&checked).starts_with("ACCEPTED"), "{}", told(&checked));
}
