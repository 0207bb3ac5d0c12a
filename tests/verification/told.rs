//! What a certificate and its reports tell of parts: which is broken, which is open and why, and how
//! far a bound reaches.

use std::path::Path;

use theriac::cert::report::network::text;
use theriac::cert::verification::question_text;
use theriac::cert::{Certificate, Verdict};
use theriac::front::spec::{self, SolverChoice};

use super::{check, folder, reached, run};

/// The report with single blanks.
fn report(c: &Certificate) -> String {
    text(c).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The attack breaks one of two ways: that one is named, and is not called open.
#[test]
fn the_broken_part_is_named() {
    let goal = format!("(or {} {})", reached(1.0, -1e-3), reached(-1.0, 1e-3));
    let dir = folder(&goal, "");
    let c = run(dir.path(), SolverChoice::Auto).unwrap();
    assert_eq!(c.verdict, Verdict::Attacked, "{}", c.reason);
    let [low, high] = &c.parts[..] else { panic!("two parts") };
    assert!(!low.broken && high.broken && !high.impossible, "{low:?} {high:?}");
    // The second way is that an output with a minus sign is small: in words, that it is large.
    assert!(high.part.contains(": Y_0 >= ") && low.part.contains(": Y_0 <= "), "{}", high.part);
    assert!(c.reason.contains(&format!("({})", high.part)), "{}", c.reason);
    assert!(!c.reason.contains(&low.part), "{}", c.reason);
    let said = report(&c);
    assert!(said.contains(&format!("{}: broken", high.part)), "{said}");
    assert!(!said.contains(&format!("{}: broken", low.part)), "{said}");
    assert_eq!(check(dir.path()), Vec::<String>::new());
    // The field is there where it says something, and nowhere else.
    let json = serde_json::to_value(&c.parts).unwrap();
    assert_eq!(json[1]["broken"], true);
    assert!(json[0].get("broken").is_none() && json[1].get("missing").is_none(), "{json}");
}

/// Every open part has its reason, and the report shows all of them.
#[test]
fn each_open_part_says_why() {
    let goal = format!("(or {} {})", reached(1.0, -1e-4), reached(-1.0, -1e-4));
    let dir = folder(&goal, "encode { bounds interval }\nsolve { attack off; branch 2 nodes }\n");
    let c = run(dir.path(), SolverChoice::Branch).unwrap();
    assert_eq!(c.verdict, Verdict::Unknown, "{}", c.reason);
    assert!(c.reason.starts_with("2 of 2 ways to break the property are open"), "{}", c.reason);
    let said = report(&c);
    for part in &c.parts {
        let why = part.missing.as_ref().unwrap();
        assert!(why.starts_with("branching left ") && why.contains(" open after "), "{why}");
        assert!(why.ends_with("nodes: its nodes were used up"), "{why}");
        assert!(said.contains(&format!("{}: open", part.part)), "{said}");
    }
    let times = said.matches("its nodes were used up").count();
    let again = said.matches("for the same reason").count();
    assert_eq!((times, again), (2, 1), "once in the sentence, once a part: {said}");
    assert_eq!(check(dir.path()), Vec::<String>::new());
    // One of one is no count.
    let dir = folder(&reached(1.0, -1e-4), "encode { bounds interval }\nsolve { attack off }\n");
    let spec = dir.path().join("q.thr");
    let text =
        std::fs::read_to_string(&spec).unwrap().replace("attack off", "attack off; branch 1 nodes");
    std::fs::write(&spec, text).unwrap();
    let c = run(dir.path(), SolverChoice::Branch).unwrap();
    assert!(c.reason.contains("1 node: its nodes were used up"), "{}", c.reason);
    assert!(!c.reason.contains("1 of 1"), "{}", c.reason);
}

/// A tree that was walked to its end shows a margin above 0, and says so.
#[test]
fn a_proof_by_branching_is_strict() {
    let dir = folder(&reached(1.0, -1e-3), "encode { bounds interval }\nsolve { attack off }\n");
    let c = run(dir.path(), SolverChoice::Branch).unwrap();
    assert_eq!(c.verdict, Verdict::Certified, "{}", c.reason);
    let said = report(&c);
    assert!(said.contains("bound margin > 0, from proof"), "{said}");
    assert!(said.contains("impossible, margin > 0 (proof)") && !said.contains(">= 0"), "{said}");
    // Another bound is not strict.
    let dir = folder("(<= Y_0 -100.0)", "");
    let c = run(dir.path(), SolverChoice::Auto).unwrap();
    assert!(report(&c).contains("bound margin >= "), "{}", report(&c));
}

/// The question in the words and units of the specification.
fn asked(file: &str, change: impl Fn(String) -> String) -> (String, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/pass");
    let text = change(std::fs::read_to_string(folder.join(file)).unwrap());
    let found = spec::resolve(file, &text, &spec::Disk { folder });
    let question = found.unwrap_or_else(|e| panic!("{}", e.plain())).verify().unwrap().question;
    let text = question_text(&question);
    (text.words, text.canonical)
}

#[test]
fn the_radius_is_told_as_it_was_written() {
    let (words, canonical) = asked("robust-digits.thr", |t| t);
    assert!(words.contains("(linf 8/255"), "{words}");
    assert!(canonical.contains(&"perturbation = linf 8/255".to_owned()), "{canonical:?}");
    // Behind mean and std as well, with the units.
    let (words, canonical) = asked("robust-colours.thr", |t| t);
    assert!(words.contains("linf 2/255") && words.contains("before mean and std"), "{words}");
    assert!(canonical.contains(&"perturbation = linf 2/255".to_owned()), "{canonical:?}");
    assert!(canonical.contains(&"units = data before mean and std".to_owned()), "{canonical:?}");
    let smaller = |t: String| t.replace("2/255", "0.001");
    let (words, canonical) = asked("robust-colours.thr", smaller);
    assert!(words.contains("(linf 0.001 within [0, 1], "), "{words}");
    assert!(canonical.contains(&"within = [0, 1]".to_owned()), "{canonical:?}");
}
