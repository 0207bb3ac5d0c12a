//! The table of targets, and the probes that it rests on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use theriac::front::model;
use theriac::lower::quirks::{all, probes};
use theriac::lower::{Format, Target, legalise};

#[path = "support/milp.rs"]
mod milp;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn theriac(args: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_theriac")).args(args).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn the_readme_has_the_table_of_targets() {
    let table = theriac(&["targets", "--markdown"]);
    let path = root().join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- targets -->\n", "<!-- end of targets -->");
    let from = text.find(begin).expect("a beginning") + begin.len();
    let to = text.find(end).expect("an end");
    if text[from..to] != table && std::env::var_os("THERIAC_BLESS").is_some_and(|v| v == "1") {
        std::fs::write(&path, format!("{}{table}{}", &text[..from], &text[to..])).unwrap();
    } else {
        assert_eq!(&text[from..to], table, "run the tests with THERIAC_BLESS=1");
    }
    assert_eq!(table.lines().count(), 2 + Target::ALL.len());
}

#[test]
fn every_target_is_listed_whole_and_shown() {
    let list = theriac(&["targets"]);
    assert_eq!(list.lines().count(), 1 + Target::ALL.len());
    assert!(list.lines().all(|l| l.chars().count() <= 100 && !l.ends_with("...")), "{list}");
    let cplex = theriac(&["targets", "cplex-mps"]);
    for words in ["objsense_line.mps", "misread as 0", "instead: ", "cplex.mps"] {
        assert!(cplex.contains(words), "{cplex}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&theriac(&["targets", "glpk-mps", "--json"])).unwrap();
    assert_eq!((&json["maximise"], &json["sos1"]), (&false.into(), &"no".into()));
    let quirks = json["quirks"].as_array().unwrap();
    assert!(quirks.iter().any(|q| q["probe"] == "objsense.mps"), "{json}");
}

#[test]
fn every_quirk_has_a_probe_that_was_given_to_every_reader() {
    let files = std::fs::read_dir(root().join("probes")).unwrap();
    let files: BTreeSet<String> = files
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .filter(|f| [".lp", ".mps", ".nl"].iter().any(|e| f.ends_with(e)))
        .collect();
    let quirks: Vec<&str> = all().map(|q| q.probe).collect();
    let named: BTreeSet<String> = quirks.iter().map(|q| (*q).to_owned()).collect();
    assert_eq!(named.len(), quirks.len());
    assert_eq!(named, files);
    let recorded: BTreeSet<String> = probes().iter().map(|p| p.name.to_owned()).collect();
    assert_eq!(recorded, files);
    for target in Target::ALL {
        for probe in probes() {
            let ending = Path::new(probe.name).extension().unwrap();
            for reader in target.reader_keys() {
                let outcome = probe.outcomes.iter().find(|o| o.reader == *reader);
                let given = ending == target.format().extension();
                assert!(outcome.is_some() || !given, "{} by {reader}", probe.name);
            }
        }
    }
    for probe in probes() {
        assert!(probe.truth == "infeasible" || probe.truth.parse::<f64>().is_ok());
        for o in probe.outcomes {
            let known = o.is_right() || matches!(o.words, "refused" | "crashed");
            assert!(known || o.words.starts_with("misread"), "{}: {}", probe.name, o.words);
        }
    }
}

/// What a capability promises, the readers of the target take.
#[test]
fn capabilities_rest_on_probes() {
    let probes = probes();
    let right = |target: Target, probe: &str| {
        let probe = probes.iter().find(|p| p.name == probe).unwrap();
        let own = probe.outcomes.iter().filter(|o| target.reader_keys().contains(&o.reader));
        own.clone().count() > 0 && own.clone().all(|o| o.is_right())
    };
    let solved = |target: Target, probe: &str| {
        let probe = probes.iter().find(|p| p.name == probe).unwrap();
        let mut own = probe.outcomes.iter().filter(|o| target.reader_keys().contains(&o.reader));
        own.any(|o| o.words == "accepted")
    };
    let mut checked = 0;
    for target in Target::ALL {
        let c = target.capabilities();
        let promises: &[(bool, &str)] = match target.format() {
            Format::Lp => &[
                (c.indicators, "indicator.lp"),
                (c.sos1 > theriac::valid::Sets::No, "sos1.lp"),
                (c.maximise, "maximise.lp"),
                (c.negligible_coefficient < 1e-9, "tiny.lp"),
                (true, "row_comments.lp"),
                (true, "more_characters.lp"),
            ],
            Format::Mps => &[
                (c.indicators, "indicator.mps"),
                (c.sos1 > theriac::valid::Sets::No, "sos1.mps"),
                (c.maximise, "objsense.mps"),
                (true, "row_comments.mps"),
            ],
            Format::NlText | Format::NlBinary => &[
                (c.common_expressions, "common.nl"),
                (c.sos1 > theriac::valid::Sets::No, "sets.nl"),
                (c.maximise, "maximise.nl"),
            ],
            Format::Memory => &[],
        };
        for (promised, probe) in promises {
            assert!(!promised || right(target, probe), "{} and {probe}", target.name());
            checked += usize::from(*promised);
        }
        // And what is held back, its one reader would not take.
        let file = matches!(target.format(), Format::Lp | Format::Mps);
        for (promised, probe) in promises.iter().filter(|p| !p.0 && file) {
            // CBC takes the probe's set, but the generated corpus shows that it forgets others.
            let forgets = target.name().starts_with("cbc") && probe.starts_with("sos1");
            let one = target.reader_keys().len() == 1 && !forgets;
            assert!(*promised || !one || !solved(target, probe), "{} {probe}", target.name());
        }
    }
    assert!(checked > 60, "{checked}");
}

/// Our own reader takes a probe for what it says, or refuses it: it is never the one that misreads.
#[test]
fn our_reader_takes_probes_or_refuses_them() {
    let (mut solved, mut refused) = (0, 0);
    for probe in probes() {
        let found = match model::load(&root().join("probes").join(probe.name)) {
            Ok(found) => found,
            Err(e) => {
                refused += 1;
                assert!(e.to_string().contains(probe.name), "{e}");
                continue;
            }
        };
        // What is quadratic is not solved here.
        let Ok(lowered) = legalise(&found.model, Target::Embedded) else { continue };
        solved += 1;
        let optimum = milp::solve(&lowered.model).map(|(value, _)| value);
        let optimum = optimum.map(|v| if found.maximise { -v } else { v });
        match (optimum, probe.truth.parse::<f64>()) {
            (None, Err(_)) => {}
            (Some(v), Ok(truth)) if (v - truth).abs() <= 1e-6 * truth.abs().max(1.0) => {}
            (v, _) => panic!("{}: {v:?} instead of {}", probe.name, probe.truth),
        }
    }
    assert!(solved >= 30 && refused >= 10, "{solved} {refused}");
}
