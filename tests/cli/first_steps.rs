//! What somebody meets who tries the program for the first time.

use std::path::Path;

use serde_json::Value;

use crate::program::{err, out, root, status, theriac, theriac_in};

/// A property of the box `[-0.5, 0.5]^2` for networks of two inputs and one output.
fn property(goal: &str) -> String {
    format!(
        "(declare-const X_0 Real)\n(declare-const X_1 Real)\n(declare-const Y_0 Real)\n\
         (assert (and (>= X_0 -0.5) (<= X_0 0.5)))\n(assert (and (>= X_1 -0.5) (<= X_1 0.5)))\n\
         (assert {goal})\n"
    )
}

fn network(name: &str, to: &Path) {
    std::fs::copy(root().join("examples/data").join(name), to).unwrap();
}

/// The example is certified, and two networks with one property have two directories.
#[test]
fn a_directory_is_named_after_network_and_property() {
    let dir = tempfile::tempdir().unwrap();
    let property = root().join("examples/moons.vnnlib");
    let property = property.to_str().unwrap();
    let names = ["moons_2-4-1_s1", "moons_2-4-4-1_s1"];
    for name in names {
        let net = dir.path().join(format!("{name}.onnx"));
        network(&format!("{name}.onnx"), &net);
        let done = theriac_in(dir.path(), &["run", net.to_str().unwrap(), property]);
        assert_eq!(status(&done), 0, "{}", err(&done));
        assert!(out(&done).starts_with("CERTIFIED"), "{}", out(&done));
    }
    for name in names {
        let place = dir.path().join(format!("{name}_moons.theriac"));
        let checked = theriac_in(dir.path(), &["check", place.to_str().unwrap()]);
        assert!(out(&checked).starts_with("ACCEPTED"), "{}", out(&checked));
    }
}

/// The same question may be asked again; the answer to another one is replaced on demand only, be it
/// another network of the same name, or other words.
#[test]
fn the_answer_to_another_question_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let at = |file: &str| dir.path().join(file);
    network("moons_2-4-1_s1.onnx", &at("net.onnx"));
    std::fs::write(at("p.vnnlib"), property("(>= Y_0 0)")).unwrap();
    let run =
        |rest: &[&str]| theriac_in(dir.path(), &[&["run", "net.onnx", "p.vnnlib"], rest].concat());
    let certificate = || std::fs::read_to_string(at("net_p.theriac/certificate.json")).unwrap();
    assert_eq!(status(&run(&[])), 0);
    let again = run(&["--solver", "branch"]);
    assert_eq!(status(&again), 0, "{}", err(&again));
    let first = certificate();
    let refused = || {
        let done = run(&[]);
        assert_eq!(status(&done), 2, "{}", out(&done));
        let told = err(&done);
        assert!(told.contains("net_p.theriac holds the answer to another question"), "{told}");
        assert_eq!(certificate(), first);
    };
    network("moons_2-4-4-1_s1.onnx", &at("net.onnx"));
    refused();
    network("moons_2-4-1_s1.onnx", &at("net.onnx"));
    assert_eq!(status(&run(&[])), 0);
    let first_again: Value = serde_json::from_str(&certificate()).unwrap();
    assert_eq!(first_again["verdict"], "certified");
    let first = certificate();
    std::fs::write(at("p.vnnlib"), property("(>= Y_0 0.125)")).unwrap();
    let done = run(&[]);
    assert_eq!((status(&done), certificate()), (2, first), "{}", err(&done));
    let replaced = run(&["-o", "net_p.theriac"]);
    assert_eq!(status(&replaced), 0, "{}", err(&replaced));
    assert!(out(&replaced).contains("Y_0 >= 0.125"), "{}", out(&replaced));

    // A specification has its own name, and is edited and run again.
    let spec = std::fs::read_to_string(root().join("examples/moons.thr")).unwrap();
    let spec = spec.replace("\"data/", "\"");
    network("moons_2-1_s1.onnx", &at("moons_2-1_s1.onnx"));
    network("moons_n100_noise0.1_seed0.csv", &at("moons_n100_noise0.1_seed0.csv"));
    let ask = |text: &str| {
        std::fs::write(at("v1.2.thr"), text).unwrap();
        status(&theriac_in(dir.path(), &["run", "v1.2.thr"]))
    };
    assert_eq!((ask(&spec), ask(&spec)), (0, 0));
    assert!(at("v1.2.theriac/certificate.json").exists());
    assert_eq!(ask(&spec.replace("at most 5", "at most 4")), 0);
}

/// The text has the attack itself, and the page says at which point the other outputs are.
#[test]
fn an_attack_on_a_network_shows_its_input() {
    let dir = tempfile::tempdir().unwrap();
    network("moons_2-4-1_s1.onnx", &dir.path().join("net.onnx"));
    std::fs::write(dir.path().join("p.vnnlib"), property("(>= Y_0 -0.55)")).unwrap();
    let args = ["run", "net.onnx", "p.vnnlib", "-o", "out", "--report", "r.html"];
    let done = theriac_in(dir.path(), &args);
    assert!(out(&done).starts_with("ATTACKED"), "{}{}", out(&done), err(&done));
    let line = out(&done).lines().find_map(|l| Some(l.strip_prefix("  input ")?.trim().to_owned()));
    let line = line.unwrap();
    let text = std::fs::read_to_string(dir.path().join("out/certificate.json")).unwrap();
    let certificate: Value = serde_json::from_str(&text).unwrap();
    let input = certificate["attack"]["test_input"].as_array().unwrap();
    let told: Vec<f64> = line.split(", ").map(|x| x.parse().unwrap()).collect();
    assert_eq!(told, input.iter().map(|x| x.as_f64().unwrap()).collect::<Vec<f64>>());
    let page = std::fs::read_to_string(dir.path().join("r.html")).unwrap();
    assert!(page.contains("The input that breaks the property") && !page.contains(">before<"));
    assert!(page.contains("<th>at the middle of the set</th>"), "{page}");
    for (k, x) in line.split(", ").enumerate() {
        assert!(page.contains(&format!("<tr><td>{k}</td><td>0</td><td>{x}</td></tr>")), "{page}");
    }
    // Of many inputs the first are told.
    let place = dir.path().join("d");
    let digit = ["run", "examples/digit.thr", "-o", place.to_str().unwrap()];
    let told = out(&theriac_in(root(), &digit));
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("... and 772 more in certificate.json"), "{told}");
}

/// What was not decided says what to try, and the same reason once for all parts.
#[test]
fn unknown_gives_advice() {
    let dir = tempfile::tempdir().unwrap();
    network("moons_2-4-4-1_s1.onnx", &dir.path().join("deep.onnx"));
    let spec = "network net = onnx \"deep.onnx\"\ninputs { x[0..1] in [-1, 1] }\n\
                ask never y[0] <= -0.44\nencode { bounds interval }\n\
                solve { attack off; branch off; solver branch }\n";
    std::fs::write(dir.path().join("q.thr"), spec).unwrap();
    let done = theriac_in(dir.path(), &["run", "q.thr"]);
    let told = out(&done).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.starts_with("UNKNOWN"), "{told}{}", err(&done));
    for advice in ["--time-limit", "--solver branch", "theriac solvers install"] {
        assert!(told.contains(advice), "{advice}: {told}");
    }
    let help = out(&theriac(&["run", "--help"]));
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        help.contains("up to 2000 pieces") && help.contains("NETWORK_PROPERTY.theriac"),
        "{help}"
    );
}

/// A question that bounds decide needs no program, and `compile` says so.
#[test]
fn no_program_is_told() {
    let dir = tempfile::tempdir().unwrap();
    network("moons_2-4-1_s1.onnx", &dir.path().join("net.onnx"));
    let compile = |goal: &str, to: &str| {
        std::fs::write(dir.path().join("p.vnnlib"), property(goal)).unwrap();
        let done = theriac_in(dir.path(), &["compile", "net.onnx", "p.vnnlib", "-o", to]);
        assert_eq!(status(&done), 0, "{}", err(&done));
        out(&done)
    };
    let none =
        "no program is needed and none was written; next: theriac solve a, then theriac certify a";
    assert!(compile("(>= Y_0 0)", "a").contains(none));
    let some = compile("(>= Y_0 -0.55)", "b");
    assert!(some.contains("model.lp") && !some.contains("none was written"), "{some}");
}

/// Input that is wrong is refused in our own words before any work, with what to do.
#[test]
fn small_mistakes_have_sentences_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let at = |file: &str| dir.path().join(file).to_str().unwrap().to_owned();
    std::fs::write(at("p.vnnlib"), "(assert").unwrap();
    let (net, spec) = ("examples/data/moons_2-1_s1.onnx", "examples/moons.thr");
    let (none, text, new) = (at("none"), at("p.vnnlib"), at("new"));
    let cases: [(&[&str], &str); 12] = [
        (&["run", spec, "--time-limit", "-1"], "a number of seconds greater than 0"),
        (&["run", spec, "--gap", "-1"], "a relative gap of at least 0"),
        (&["run", spec, "--threads", "0"], "a number of threads of at least 1"),
        (&["run", spec, "-o", &new, "--counterexample", &none], "is for an attack on a network"),
        (&["eval", net], "--data FILE"),
        (&["eval", net, "--data", &text, "--count", "0"], "asks for no sample"),
        (&["check", &text], "is no certificate; give the directory"),
        (&["check", &none], "there is no such file; check the path"),
        (&["diff", &none, &none], "there is no such file; check the path"),
        (&["eval", &none, "1"], "(there is no such file); check the path"),
        (&["run", &none], "cannot be read: there is no such file"),
        (&["run", spec, net], "NET.onnx PROPERTY.vnnlib"),
    ];
    for (args, said) in cases {
        let done = theriac(args);
        let told = err(&done);
        assert_eq!(status(&done), 2, "{args:?}: {told}");
        assert!(told.contains(said), "{args:?}: {told}");
        for jargon in ["os error", "line 1 column", "-- -1", "1..=", ",-["] {
            assert!(!told.contains(jargon), "{args:?}: {told}");
        }
    }
    assert!(!Path::new(&new).exists());
}

/// A comma instead of the decimal point.
#[test]
fn a_decimal_comma_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let data = root().join("examples/data");
    for file in ["moons_2-1_s1.onnx", "moons_n100_noise0.1_seed0.csv"] {
        std::fs::copy(data.join(file), dir.path().join(file)).unwrap();
    }
    let spec = std::fs::read_to_string(root().join("examples/moons.thr")).unwrap();
    let spec = spec.replace("\"data/", "\"").replace("rate 0.5", "rate 0,5");
    std::fs::write(dir.path().join("q.thr"), spec).unwrap();
    let done = theriac_in(dir.path(), &["run", "q.thr"]);
    assert!(err(&done).contains("write it with a point: 0.5"), "{}", err(&done));
}
