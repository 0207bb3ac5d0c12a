//! Golden cases: the files that a model becomes, byte for byte.
//!
//! `golden/<case>/` holds one file a distinct content, `targets.txt` with the file of each target or
//! the sentence that refuses the model, the saved model, and `truth.json` with the optimum, where it
//! is known from, and what a reader must count.
//! To rewrite the folder after an intended change, and then look at what git says:
//!
//! ```sh
//! THERIAC_BLESS=1 cargo test --test golden
//! ```
//!
//! A new case is one line in [`table::CASES`]; a case that is compiled from a specification has it
//! in its folder as `question.thr`, with the files that it names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "golden/check.rs"]
mod check;
mod models;
#[path = "golden/specs.rs"]
mod specs;
mod support;
#[path = "golden/table.rs"]
mod table;

use check::{Produced, compare, produce};

#[test]
fn files_are_as_recorded() {
    let mut problems = Vec::new();
    for case in table::CASES {
        let produced: Produced = produce(case);
        problems.extend(compare(case, &produced));
    }
    let known: Vec<&str> = table::CASES.iter().map(|c| c.name).collect();
    problems.extend(check::strangers(&known));
    assert!(
        problems.is_empty(),
        "{}\nIf that is intended: THERIAC_BLESS=1 cargo test --test golden",
        problems.join("\n")
    );
}

#[test]
fn names_of_cases_are_unique_and_sorted_into_folders() {
    let mut names: Vec<&str> = table::CASES.iter().map(|c| c.name).collect();
    names.sort_unstable();
    let before = names.len();
    names.dedup();
    assert_eq!(names.len(), before);
}

#[test]
fn recorded_optima_are_those_of_enumeration() {
    let (mut enumerated, mut problems) = (0, Vec::new());
    for case in table::CASES.iter().filter(|c| c.truth.enumerable()) {
        let model = check::model(case);
        let found = models::enumerate::minimum(&model, &[]);
        problems.extend(check::disagreement(case.name, case.truth, found));
        enumerated += 1;
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(enumerated >= 15);
}

#[test]
fn lowered_models_have_the_recorded_optimum() {
    let (mut lowered, mut problems) = (0, Vec::new());
    for case in table::CASES.iter().filter(|c| c.truth.enumerable()) {
        let model = check::model(case);
        for target in theriac::lower::Target::ALL {
            let Ok(result) = theriac::lower::legalise(&model, target) else { continue };
            if result.steps.is_empty() {
                continue;
            }
            let found = models::enumerate::minimum(&result.model, &[]);
            let case_at = format!("{} for {}", case.name, target.name());
            problems.extend(check::disagreement(&case_at, case.truth, found));
            lowered += 1;
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(lowered >= 20, "{lowered}");
}

#[test]
fn recorded_optima_of_specifications_are_those_of_training() {
    let mut problems = Vec::new();
    for case in table::CASES {
        if matches!(case.source, table::Source::Compiled) {
            problems.extend(specs::disagreement(case.name, case.truth));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
