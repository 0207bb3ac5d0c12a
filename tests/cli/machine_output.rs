//! What programs read: exit status and JSON.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::program::theriac;

fn json(args: &[&str]) -> Value {
    let done = theriac(&[&["--json"], args].concat());
    assert_eq!(done.status.code(), Some(0), "{args:?}");
    serde_json::from_slice(&done.stdout).unwrap()
}

/// The worst margin of the example is positive, so it is certified, its negation is attacked, and a
/// search that is over before it began knows neither.
#[test]
fn the_exit_status_tells_the_verdict_when_asked() {
    let dir = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let text = std::fs::read_to_string(examples.join("moons.thr")).unwrap();
    std::fs::create_dir(dir.path().join("data")).unwrap();
    for file in ["data/moons_2-1_s1.onnx", "data/moons_n100_noise0.1_seed0.csv"] {
        std::fs::copy(examples.join(file), dir.path().join(file)).unwrap();
    }
    let ask = |claim: &str, name: &str, more: &[&str]| {
        let spec = dir.path().join("q.thr");
        let changed = text.replace("prove margin > 0", claim);
        std::fs::write(&spec, changed).unwrap();
        let place = dir.path().join(name);
        let args = ["run", spec.to_str().unwrap(), "-o", place.to_str().unwrap()];
        theriac(&[&args[..], more].concat()).status.code()
    };
    assert_eq!(ask("prove margin > 0", "a", &["--exit-verdict"]), Some(0));
    assert_eq!(ask("prove margin > 0.5", "b", &["--exit-verdict"]), Some(10));
    assert_eq!(ask("prove margin > 0.5", "b", &[]), Some(0));
    let b = dir.path().join("b");
    let again = theriac(&["certify", b.to_str().unwrap(), "--exit-verdict"]);
    assert_eq!(again.status.code(), Some(10));
    // A solution without a dual bound proves nothing.
    let solved = ["--solver", "embedded", "--exit-verdict"];
    assert_eq!(ask("prove margin > 0.1497", "c", &solved), Some(0));
    let c = dir.path().join("c");
    let stored = std::fs::read_to_string(c.join("solution.sol")).unwrap();
    let values: String =
        stored.lines().skip(6).take_while(|l| *l != "end").map(|l| format!("{l}\n")).collect();
    let carried = dir.path().join("carried.sol");
    let objective = stored.lines().find_map(|l| l.strip_prefix("objective ")).unwrap();
    std::fs::write(&carried, format!("# Objective value = {objective}\n{values}")).unwrap();
    let (d, spec) = (dir.path().join("d"), dir.path().join("q.thr"));
    let (d, carried) = (d.to_str().unwrap(), carried.to_str().unwrap());
    json(&["compile", spec.to_str().unwrap(), "-o", d]);
    let judged = theriac(&["certify", d, "--solution", carried, "--exit-verdict"]);
    let said = String::from_utf8_lossy(&judged.stderr).into_owned();
    assert_eq!(judged.status.code(), Some(20), "{said}");
    // The certificate is printed all the same.
    assert!(String::from_utf8_lossy(&again.stdout).starts_with("ATTACKED"));
    assert!(again.stderr.is_empty(), "{}", String::from_utf8_lossy(&again.stderr));
}

#[test]
fn diff_tells_same_different_and_wrong_apart() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let a = file("a.lp", "minimize\n obj: x + 2 y\nsubject to\n c: x + y >= 1\nend\n");
    let b = file("b.lp", "minimize\n obj: x + 3 y\nsubject to\n c: x + y >= 1\nend\n");
    let broken = file("c.lp", "minimize\n obj: x + + \n");
    let same = theriac(&["diff", &a, &a]);
    assert_eq!(same.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&same.stdout).starts_with("SAME  "));
    let different = theriac(&["diff", &a, &b]);
    assert_eq!(different.status.code(), Some(1));
    let text = String::from_utf8_lossy(&different.stdout).into_owned();
    assert!(text.starts_with("DIFFERENT  "), "{text}");
    assert!(text.contains("objective: y has 2 in the first and 3 in the second"), "{text}");
    assert!(different.stderr.is_empty(), "a difference is no error");
    // What was not read as it stands is told, of either file, and does not make them different.
    let lazy = file(
        "d.lp",
        "minimize\n obj: x + 2 y\nsubject to\nlazy constraints\n c: x + y >= 1\nend\n",
    );
    let noted = theriac(&["diff", &a, &lazy]);
    assert_eq!(noted.status.code(), Some(0));
    let text = String::from_utf8_lossy(&noted.stdout).into_owned();
    assert!(
        text.contains(&format!("note on {lazy}: lazy constraints were read as rows")),
        "{text}"
    );
    assert_eq!(theriac(&["diff", &a, &broken]).status.code(), Some(2));
    let help = String::from_utf8_lossy(&theriac(&["diff", "--help"]).stdout).into_owned();
    assert!(help.contains("0 the same, 1 different, 2 a file"), "{help}");
}

/// Numbers are numbers, truths are truths, lists are lists, and what is not there is null.
#[test]
fn json_has_types() {
    let targets = json(&["targets"]);
    let find = |name: &str| targets.as_array().unwrap().iter().find(|t| t["target"] == name);
    let scip = find("scip-lp").unwrap();
    assert_eq!((&scip["indicators"], &scip["sos1"]), (&json!(true), &json!("any")));
    assert_eq!((&scip["smooth"], &scip["quadratic_rows"]), (&json!(false), &json!("any")));
    assert_eq!(scip["largest_coefficient"], json!(1e15));
    assert_eq!(scip["file"], "scip.lp");
    assert_eq!(find("embedded").unwrap()["file"], Value::Null);

    let solvers = json(&["solvers"]);
    let embedded = &solvers[0];
    assert_eq!((&embedded["found"], &embedded["in_memory"]), (&json!(true), &json!(true)));
    assert_eq!(embedded["classes"], json!(["LP", "MILP"]));
    assert_eq!(solvers[1]["files"], json!(["lp", "mps"]));
    assert_eq!(solvers[1]["limits"], Value::Null);

    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("m");
    let place = place.to_str().unwrap();
    json(&["compile", "examples/moons.thr", "-o", place]);
    let w = json(&["explain", place, "w_1_0_0_t2"]);
    assert_eq!((&w["kind"], &w["domain"]), (&json!("variable"), &json!("continuous")));
    assert!(w["lower"].as_f64().unwrap() < w["upper"].as_f64().unwrap());
    assert!(w["rows"].as_u64().unwrap() > 0);
    let saved = format!("{place}/model.thir");
    let stats = json(&["stats", &saved]);
    assert!(stats["binaries"].as_u64().unwrap() > 0 && stats["coefficients"].is_array());
    let to = format!("{place}.lp");
    let done = json(&["convert", &saved, &to, "--target", "lp"]);
    assert!(done["variables"].is_u64());
    assert_eq!((&done["sense"], &done["notes"]), (&json!("minimise"), &json!([])));
    let steps = done["steps"].as_array().unwrap();
    assert!(steps.iter().all(|s| s["count"].is_u64() && s["what"].is_string()), "{steps:?}");
}

/// Every closed list of words answers a slip of the fingers with the word that was meant.
#[test]
fn typing_errors_get_the_nearest_word() {
    let good = std::fs::read_to_string("examples/moons.thr").unwrap();
    for (right, wrong, meant) in [
        ("loss hinge", "loss hnge", "hinge"),
        ("batch full", "batch ful", "full"),
        ("steps 3", "stesp 3", "steps"),
        ("steps 3", "steps 3; reduce men", "mean"),
        ("rate 0.5", "rate 0.5 deacy 0.9", "decay"),
        ("labels flip", "labels flp", "flip"),
        ("labels flip", "features lnf 0.1", "linf"),
        ("at most 5", "at moost 5", "most"),
        ("worst margin", "worst margn", "margin"),
        ("prove margin", "prove magrin", "margin"),
        ("train[1]", "trian[1]", "train"),
        ("solver embedded", "solver embeded", "embedded"),
        ("solver embedded", "time limit 3 minuts", "minutes"),
        ("solve {", "encode { tighten linar }; solve {", "linear"),
        ("network net", "netwrk net", "network"),
        ("= csv", "= cvs", "csv"),
        ("x0, x1", "x0, X1", "x1"),
    ] {
        let text = good.replace(right, wrong);
        assert_ne!(text, good, "{right}");
        let dir = theriac::front::spec::Disk { folder: "examples".into() };
        let found = theriac::front::spec::resolve("q.thr", &text, &dir).unwrap_err();
        let help = &found.list[0].help;
        assert!(help.contains("did you mean") || help.contains("meant?"), "{wrong}: {help}");
        assert!(help.contains(meant), "{wrong}: {help}");
    }
    for (args, meant) in [
        (&["compile", "examples/moons.thr", "-o", "x", "--target", "gurbi-lp"][..], "gurobi-lp"),
        (&["solve", "x", "--solver", "hihgs"], "highs"),
        (&["solvers", "install", "scpi"], "scip"),
        (&["compile", "examples/moons.thr", "-o", "x", "--names", "shrt"], "short"),
    ] {
        let done = theriac(args);
        assert_eq!(done.status.code(), Some(2));
        let text = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(text.contains(&format!("did you mean {meant}?")) || text.contains("similar value"));
        assert!(text.contains(meant), "{text}");
    }
}

/// What the command line itself refuses is one JSON document, too.
#[test]
fn refused_arguments_are_json() {
    let dir = tempfile::tempdir().unwrap();
    let map = dir.path().join("names.txt");
    std::fs::write(&map, "nothing = x{i}\n").unwrap();
    let map = map.to_str().unwrap();
    let to = dir.path().join("m.lp");
    let to = to.to_str().unwrap();
    let cases: [(&[&str], &str); 5] = [
        (&["targets", "foo"], "there is no target"),
        (&["compile", "examples/moons.thr", "-o", "x", "--target", "nope"], "there is no target"),
        (&["run", "examples/moons.thr", "--solver", "nope"], "there is no solver"),
        (&["compile"], "--output <OUTPUT>"),
        (&["convert", "a.lp", to, "--target", "lp", "--names", map], "nothing"),
    ];
    for (args, words) in cases {
        let done = theriac(&[&["--json"], args].concat());
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        let error: Value = serde_json::from_slice(&done.stderr).unwrap();
        assert_eq!(error["error"]["kind"], "input");
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.contains(words) && !message.contains("Usage"), "{message}");
        assert!(!message.starts_with("error") && !message.contains('\n'), "{message}");
    }
}

/// The name of a converted file says what it is.
#[test]
fn a_contradicting_ending_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let from = dir.path().join("a.lp");
    std::fs::write(&from, "Minimize\n obj: x\nSubject To\n c: x >= 1\nEnd\n").unwrap();
    let convert = |to: &str, target: &str| {
        let done = Command::new(env!("CARGO_BIN_EXE_theriac"))
            .args(["convert", "a.lp", to, "--target", target])
            .current_dir(dir.path())
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        assert_eq!(done.status.code() == Some(0), dir.path().join(to).exists(), "{text}");
        (done.status.code(), text)
    };
    for (to, target, words) in [
        ("o.mps", "lp", "ends in .mps, and --target lp writes .lp"),
        ("o.LP.gz", "nl", "ends in .lp, and --target nl writes .nl"),
        ("o.lp.bz2", "lp", "would not be compressed"),
        ("-", "lp", "`-` is no file"),
    ] {
        let (status, text) = convert(to, target);
        assert!(status == Some(2) && text.contains(words), "{text}");
    }
    for (to, target, note) in [
        ("o.lp.zst", "lp", true),
        ("o.lp.gz", "lp", false),
        ("o.nl.gz", "nl", true),
        ("o", "lp", false),
    ] {
        let (status, text) = convert(to, target);
        assert_eq!((status, text.contains("unpacks")), (Some(0), note), "{text}");
    }
}

/// The list of files tells what lies on the disk.
#[test]
fn packed_files_are_listed_with_their_size() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("m");
    let done = theriac(&[
        "compile",
        "examples/moons.thr",
        "--compress",
        "gz",
        "-o",
        place.to_str().unwrap(),
    ]);
    let text = String::from_utf8(done.stdout).unwrap();
    let mut packed = 0;
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [.., bytes, path] = cells[..] else { panic!("{line}") };
        let there = std::fs::metadata(place.join(path)).unwrap().len();
        assert_eq!(bytes.parse::<u64>().unwrap(), there, "{line}");
        packed += usize::from(path.ends_with(".gz"));
    }
    assert!(packed > 0, "{text}");
}
