//! The least double and the largest one, wherever a number of a user's file reaches a sentence: no
//! sentence writes all their digits.

use theriac::front::model::{ModelFormat, read};
use theriac::ir::{Family, Model, Place, Rule, Sense, VarId, VarKind, compare};
use theriac::sol::{self, AssignError};
use theriac::valid::{Fault, validate};

const LEAST: &str = "5e-324";

/// Holds the number in its short form, and no long run of digits.
fn short(text: &str, number: &str) {
    assert!(text.contains(number), "{text}");
    let run = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    assert!(run <= 17, "{text}");
}

#[test]
fn readers_of_model_files() {
    let lp = |rest: &str| format!("Minimize\n obj: x + y\n{rest}\nEnd\n");
    let mps = |bounds: &str| {
        format!(
            "NAME m\nROWS\n N obj\n L c\nCOLUMNS\n x obj 1\n x c 1\nRHS\nBOUNDS\n{bounds}\nENDATA\n"
        )
    };
    for (format, text) in [
        (ModelFormat::Lp, lp(&format!("Bounds\n {LEAST} <= x <= 0"))),
        (ModelFormat::Lp, lp(&format!("Subject To\n c: x = {LEAST} -> y <= 1"))),
        (ModelFormat::Lp, lp(&format!("Subject To\n {LEAST} {LEAST} x <= 1"))),
        (ModelFormat::Mps, mps(&format!(" LO b x {LEAST}\n UP b x 0"))),
        (ModelFormat::Lp, lp("Bounds\n 1.7e308 <= x <= 0")),
    ] {
        let error = read(text.as_bytes(), format, None, "m").unwrap_err().to_string();
        let run = error.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap();
        assert!(run <= 17, "{error}");
        let wanted = [LEAST, "inf", "1.7e+308", "1.7e308"];
        assert!(wanted.iter().any(|w| error.contains(w)), "{error}");
    }
}

fn model(lower: f64, rhs: f64) -> Model {
    let mut m = Model::new();
    let x = m.add_var(VarKind::Continuous, lower, 1.0, Family::Slack.at(Place::NONE));
    m.add_row(&[(x, 5e-324)], Sense::Le, rhs, Rule::Budget.at(Place::NONE));
    m
}

#[test]
fn faults_and_differences() {
    let mut crossed = model(0.0, 1.0);
    crossed.vars.set_bounds(VarId(0), 5e-324, -5e-324);
    let faults = validate(&crossed, None).unwrap_err();
    assert!(matches!(faults.as_slice(), [Fault::Crossed { .. }]), "{faults:?}");
    short(&faults[0].to_string(), LEAST);
    let (who, what) = ("x".to_owned(), "a coefficient");
    let (lower, upper, value) = (5e-324, -f64::MAX, 5e-324);
    for fault in [
        Fault::NoValue { who: who.clone(), lower, upper },
        Fault::BinaryBounds { who: who.clone(), lower, upper },
        Fault::OutOfRange { what, who, value, rule: "" },
    ] {
        short(&fault.to_string(), LEAST);
    }
    let found = compare::differences(&model(0.0, 5e-324), &model(5e-324, -f64::MAX), 9);
    assert_eq!(found.len(), 3, "{found:?}");
    for sentence in &found {
        short(sentence, LEAST);
    }
}

#[test]
fn solutions() {
    let text =
        format!("solution status: optimal solution found\nobjective value: {LEAST}\nx {LEAST}\n");
    let solution = sol::parse("a.sol", text.as_bytes()).unwrap();
    let error = sol::confirm_objective(&solution, 1e300).unwrap_err();
    short(&error.to_string(), LEAST);
    let other = AssignError::OtherModel { name: "x".into(), found: 5e-324, expected: 1e300 };
    short(&other.to_string(), LEAST);
    let infinite = AssignError::Infinite { name: "x".into(), value: f64::MAX };
    short(&infinite.to_string(), "308");
}
