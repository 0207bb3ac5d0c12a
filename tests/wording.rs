//! What people read of a question and of its verdict.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::sync::atomic::AtomicBool;

use theriac::cert::Verdict;
use theriac::cert::certificate::Certificate;
use theriac::cert::pipeline::{RunOptions, run};
use theriac::cert::report::headline;
use theriac::cert::words::words;
use theriac::front::spec::{SolverChoice, load};

const DATA: &str = "data train = points {\n  (2.1, 1): a, (1, 1.9): b, (-0.9, -2): c, (0, 1): b\n\
                    } label in {a, b, c}\n";

/// The sentence of a question about three classes with this threat.
fn sentence(threat: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let spec = dir.path().join("q.thr");
    let text = format!(
        "network net = dense 2 -> 3 start zero\n{DATA}train net on train {{ loss margin; rate 0.5; \
         steps 1; batch full }}\nthreat {{ {threat} }}\nask worst margin at train[2]\n"
    );
    std::fs::write(&spec, text).unwrap();
    words(&load(&spec).unwrap_or_else(|e| panic!("{e}")).poison().unwrap().question)
}

#[test]
fn the_sentence_names_all_that_the_threat_says() {
    for (threat, says) in [
        ("touch at most 1 of train; labels any", "of 4 samples: change their classes?"),
        ("touch at most 1 of train; labels to b", "change their classes to b?"),
        ("touch at most 1 of train; labels any of {a, b}", "change their classes to a or b?"),
        ("touch at most 1 of train with label b; labels any", "up to 1 of 2 samples with label b:"),
        ("touch at most 1 of train with label a, c; labels any", "samples with label a or c:"),
        ("touch at most 1 of train rows 0; labels any", "up to 1 of 1 samples with label a:"),
        ("touch at most 1 of train rows 1; labels any", "up to 1 of 1 samples:"),
        (
            "touch at most 1 of train; features linf 0.1",
            "move their features within an l-inf ball of 0.1?",
        ),
        (
            "touch at most 1 of train; features l1 0.1 on x1",
            "move their feature x1 within an l1 ball of 0.1?",
        ),
        (
            "touch at most 1 of train; features linf 0.1 within [-2, 3]",
            "move their features within an l-inf ball of 0.1 inside [-2, 3]?",
        ),
        (
            "touch at most 1 of train; features any; domain x0 in [-3, 3]; domain x1 in [-2, 2]",
            "replace their features inside a box for each?",
        ),
    ] {
        let text = sentence(threat);
        assert!(text.contains("margin at train[2] (label c) after"), "{text}");
        assert!(text.contains(says), "{threat}: {text}");
    }
}

/// Six points and one flip by exhaustive replay, with this claim.
fn certificate(claim: &str) -> Certificate {
    let dir = tempfile::tempdir().unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/spec_flips/question.thr");
    let text = std::fs::read_to_string(golden).unwrap();
    let spec = dir.path().join("q.thr");
    let text = match claim {
        "loss" => text.replace("ask worst margin at", "ask worst loss on"),
        _ => format!("{text}\n{claim}\n"),
    };
    std::fs::write(&spec, text).unwrap();
    let options = RunOptions { solver: Some(SolverChoice::Exhaustive), ..RunOptions::default() };
    let never = AtomicBool::new(false);
    run(&spec, &dir.path().join("out"), &options, &mut |_| {}, &never).unwrap().1.certificate
}

/// Without a claim nothing is certified: the question is solved, or bounded.
#[test]
fn the_first_word_fits_what_was_asked() {
    // A margin is asked to be positive; a loss is asked for alone.
    let mut c = certificate("loss");
    assert_eq!((c.verdict, headline(&c)), (Verdict::Certified, "solved"));
    c.verdict = Verdict::Unknown;
    assert_eq!(headline(&c), "bounded");
    c.bound = None;
    assert_eq!(headline(&c), "unknown");
    assert_eq!(headline(&certificate("prove margin > -1")), "certified");
    assert_eq!(headline(&certificate("prove margin > 0")), "attacked");
}

/// A claim that fails without any attack is no success of the attack that is shown.
#[test]
fn a_claim_that_fails_on_clean_data_is_told() {
    let fails = "the claim fails on unchanged data already";
    let c = certificate("prove margin > 10");
    assert_eq!(c.verdict, Verdict::Attacked);
    assert!(c.attack.as_ref().unwrap().changed > 0 && c.reason.contains(fails), "{}", c.reason);
    let c = certificate("prove margin > 0");
    assert_eq!(c.verdict, Verdict::Attacked);
    assert!(!c.reason.contains(fails), "{}", c.reason);
}
