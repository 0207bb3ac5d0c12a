//! Cases that are compiled from a specification in their folder.

use theriac::encode::{Program, compile};
use theriac::front::spec::{self, Spec};
use theriac::question::Question;
use theriac::train::replay;

use crate::check::folder;
use crate::support::{enumerate, milp};
use crate::table::Truth;

/// The specification in the folder of a case.
pub const FILE: &str = "question.thr";

/// More attacks than this are not enumerated.
const CAP: usize = 1000;

fn load(case: &str) -> Spec {
    spec::load(&folder().join(case).join(FILE)).unwrap_or_else(|e| panic!("{e}")).poison().unwrap()
}

/// The question of a case and its program.
pub fn program(case: &str) -> (Question, Program) {
    let question = load(case).question;
    let program = compile(&question, None).unwrap();
    (question, program)
}

/// The files that a person wrote for a case.
pub fn files(case: &str) -> Vec<String> {
    let named = load(case).files.into_iter().map(|f| f.path);
    named.chain([FILE.into()]).map(|p| p.file_name().unwrap().to_str().unwrap().into()).collect()
}

/// What is wrong with the recorded objective: where the attacks are finitely many, training on each
/// of them tells the worst value, and where the program is linear, it is solved.
pub fn disagreement(case: &str, truth: Truth) -> Vec<String> {
    let (question, program) = program(case);
    let (Truth::Replayed(objective) | Truth::Derived(objective)) = truth else {
        return vec![format!("{case}: {truth:?} cannot be recorded for a specification")];
    };
    let recorded = program.goal_value(objective);
    let mut problems = Vec::new();
    let mut compare = |value: f64, from: &str| {
        if (value - recorded).abs() > 1e-7 * (1.0 + recorded.abs()) {
            problems.push(format!("{case}: {recorded} recorded, {value} {from}"));
        }
    };
    if matches!(truth, Truth::Replayed(_)) {
        compare(worst(&question), "by training on every attack");
    }
    if program.model.rows.quad_terms() == 0 && program.model.objective.quad.is_empty() {
        let (objective, _) = milp::solve(&program.model).unwrap();
        compare(program.goal_value(objective), "by solving");
    }
    problems
}

fn worst(question: &Question) -> f64 {
    let attacks = enumerate::attacks(question, CAP).unwrap();
    let values = attacks.iter().map(|a| {
        let replayed = replay(question, a, 1e-9).unwrap();
        assert!(replayed.ties.is_empty(), "{a:?} meets a tie");
        replayed.value
    });
    if question.goal.adversary_minimises() {
        values.fold(f64::INFINITY, f64::min)
    } else {
        values.fold(f64::NEG_INFINITY, f64::max)
    }
}
