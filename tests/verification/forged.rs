//! Whatever is edited in a finished instance, a check refuses it.

use std::path::Path;

use serde_json::Value;
use theriac::cert::{Verdict, seal, store};
use theriac::front::spec::SolverChoice;

use super::{check, folder, reached, run};

/// What is edited, and how.
type Edit = (&'static str, fn(&mut Value));

/// Edits a JSON file of an instance, and makes the seal of a certificate anew.
fn edit(path: &Path, change: impl Fn(&mut Value)) {
    let mut value: Value = store::read_json(path, "file").unwrap();
    let before = value.clone();
    change(&mut value);
    assert_ne!(value, before, "{} was not edited", path.display());
    if path.ends_with("certificate.json") {
        let mut c: theriac::cert::Certificate = serde_json::from_value(value).unwrap();
        c.seal = seal::of(&c).unwrap();
        store::write_json(path, &c).unwrap();
    } else {
        store::write_json(path, &value).unwrap();
    }
}

/// Certified by a solver alone, by branching, and attacked.
fn instances() -> Vec<(&'static str, tempfile::TempDir)> {
    let (below, above) = (reached(1.0, -1e-3), reached(1.0, 1e-3));
    let bare = "encode { bounds interval }\nsolve { attack off }\n";
    let mut out = Vec::new();
    for (name, goal, settings, solver, expected) in [
        ("solver", &below, bare, SolverChoice::Embedded, Verdict::Certified),
        ("branching", &below, bare, SolverChoice::Branch, Verdict::Certified),
        ("attack", &above, "", SolverChoice::Auto, Verdict::Attacked),
    ] {
        let dir = folder(goal, settings);
        let c = run(dir.path(), solver).unwrap();
        assert_eq!(c.verdict, expected, "{name}: {}", c.reason);
        assert_eq!(check(dir.path()), Vec::<String>::new(), "{name}");
        out.push((name, dir));
    }
    out
}

#[test]
fn edited_certificates_are_refused() {
    for (name, dir) in instances() {
        let path = dir.path().join("out/certificate.json");
        let honest = store::read(&path).unwrap();
        let edits: [Edit; 6] = [
            ("verdict", |c| {
                let other = if c["verdict"] == "attacked" { "certified" } else { "attacked" };
                c["verdict"] = other.into();
            }),
            ("reason", |c| c["reason"] = "because".into()),
            ("part", |c| {
                c["parts"][0]["impossible"] = (c["parts"][0]["impossible"] != true).into()
            }),
            ("bound", |c| c["parts"][0]["bound"]["value"] = 17.5.into()),
            ("trust", |c| c["trust"] = Value::Array(Vec::new())),
            ("words", |c| c["question"]["words"] = "Is all well?".into()),
        ];
        for (what, change) in edits {
            edit(&path, change);
            assert!(!check(dir.path()).is_empty(), "{name}: {what}");
            store::write(&path, &honest).unwrap();
        }
        assert_eq!(check(dir.path()), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn edited_proofs_solutions_and_attacks_are_refused() {
    for (name, dir) in instances() {
        let out = dir.path().join("out");
        let spoil: Vec<Edit> = match name {
            "branching" => vec![
                ("proof.json", |p| p[0]["tree"]["splits"] = "-".into()),
                ("proof.json", |p| p[0]["part"] = 7.into()),
            ],
            "attack" => vec![("attack.json", |a| a["test_input"][0] = 0.125.into())],
            _ => vec![
                ("answer.json", |a| a["parts"][0]["bound"]["value"] = 2.5.into()),
                ("answer.json", |a| a["parts"][0]["infeasible"] = true.into()),
                ("answer.json", |a| a["parts"][0]["solution"] = Value::Null),
            ],
        };
        for (file, change) in spoil {
            let path = out.join(file);
            let honest = store::read(&path).unwrap();
            edit(&path, change);
            // The certificate is made again as a forger would: it then fits its files.
            let again = super::verification::Job::open(&out)
                .and_then(|job| super::verification::certify(&job, &super::NEVER));
            assert!(again.is_err() || !check(dir.path()).is_empty(), "{name}: {file}");
            store::write(&path, &honest).unwrap();
            let job = super::verification::Job::open(&out).unwrap();
            super::verification::certify(&job, &super::NEVER).unwrap();
        }
        assert_eq!(check(dir.path()), Vec::<String>::new(), "{name}");
    }
}
