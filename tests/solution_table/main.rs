//! Every sample solution file against a table, and every point against its model.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod rows;

use std::path::{Path, PathBuf};

use rows::{ROWS, Says, Values};
use theriac::front::model::{ForeignModel, load};
use theriac::ir::VarKind;
use theriac::sol::{self, AssignError, Solution, Status};

/// Not in the table: files that are no solutions of one run.
const LEFT_OUT: [(&str, &str); 1] =
    [("highs_improving.sol", "a list of points without status, read by `highs::last_improving`")];

/// Optima of the models, by hand or by enumeration; `true` where the file maximises.
const OPTIMA: [(&str, f64, bool); 7] = [
    ("optimal.lp", 34.1 / 3.0, true),
    ("optimal_lp.lp", -4.9, false),
    ("qcp.lp", 8.6, true),
    ("longnames.lp", -123_456_787.888_843_2, false),
    // The ten best of 35 binaries, and 35 columns at their bounds.
    ("seventy.lp", 305.0 + 90.0, true),
    ("nl_bilin.nl", 5.8, true),
    ("nl_binxcont.nl", 5.0, true),
];

/// The knapsack's optimum lies between what other runs found and proved.
const KNAPSACK: (f64, f64) = (107_896.0, 108_136.0);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/solutions")
}

fn says(status: &Status) -> Says {
    match status {
        Status::Optimal => Says::Optimal,
        Status::Infeasible => Says::Infeasible,
        Status::Unbounded => Says::Unbounded,
        Status::InfeasibleOrUnbounded => Says::InfeasibleOrUnbounded,
        Status::Limit(_) => Says::Limit,
        Status::Local(_) => Says::Local,
        Status::Unknown(_) => Says::Unstated,
        Status::Interrupted | Status::Failed(_) => panic!("no sample of {status:?}"),
    }
}

fn values(solution: &Solution) -> Values {
    match &solution.values {
        sol::Values::None => Values::Nothing,
        sol::Values::Named { values, complete: true } => Values::All(values.len()),
        sol::Values::Named { values, complete: false } => Values::Nonzeros(values.len()),
        sol::Values::Indexed(values) => Values::Indexed(values.len()),
        sol::Values::Partial(values) => Values::Partial(values.len()),
    }
}

fn model(name: &str) -> ForeignModel {
    load(&folder().join(name)).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn every_file_is_read_as_the_table_has_it() {
    for (name, status, objective, bound, kind, digits, _) in ROWS {
        let s = sol::read(&folder().join(name)).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(says(&s.status), *status, "{name}: {:?}", s.status);
        assert_eq!(s.objective, *objective, "{name}");
        assert_eq!(s.dual_bound, *bound, "{name}");
        assert_eq!(values(&s), *kind, "{name}");
        assert_eq!(s.digits, *digits, "{name}");
    }
}

#[test]
fn every_file_of_the_folder_is_in_the_table() {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let model = [".lp", ".nl", ".md"].iter().any(|e| name.ends_with(e));
        let left_out = LEFT_OUT.iter().any(|(n, _)| *n == name);
        assert!(model || left_out || ROWS.iter().any(|r| r.0 == name), "{name}");
        seen += usize::from(!model && !left_out);
    }
    assert_eq!(seen, ROWS.len());
    for (name, why) in LEFT_OUT {
        assert!(sol::read(&folder().join(name)).is_err(), "{name}: {why}");
    }
}

/// Recognition by content alone: the name of the file does not matter.
#[test]
fn files_are_recognised_without_their_names() {
    for (name, ..) in ROWS {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        let named = sol::read(&folder().join(name)).unwrap();
        assert_eq!(sol::parse("nameless", &bytes).unwrap(), named, "{name}");
    }
}

/// Points that a status vouches for are feasible, have the objective that the file states, and are
/// optimal where it says so. Everything is computed from the model file.
#[test]
fn points_are_what_their_files_say() {
    let (mut vouched, mut optimal) = (0, 0);
    for (name, status, _, bound, _, digits, model_name) in ROWS {
        let s = sol::read(&folder().join(name)).unwrap();
        let model = model(model_name);
        let sign = if model.maximise { -1.0 } else { 1.0 };
        let point = s.has_point() && matches!(status, Says::Optimal | Says::Limit | Says::Local);
        if !point {
            continue;
        }
        let x = sol::assign(&s, &model.model.names).unwrap_or_else(|e| panic!("{name}: {e}"));
        // Tables for people have six digits, SHOT's six decimals; local solvers relax integers.
        let tolerance = if *digits < 12 { 1e-3 } else { 1e-5 };
        let scale = x.iter().fold(1.0_f64, |a, v| a.max(v.abs()));
        let violation = model.model.violation(&x);
        // The message of the file has the limit at which SHOT stopped.
        let relaxed = name.starts_with("pounce") || *name == "asl_binary_400.sol";
        if !relaxed {
            assert!(violation.amount <= tolerance * scale, "{name}: {violation:?}");
        }
        let value = sign * model.model.objective_at(&x);
        if let Some(stated) = s.objective {
            let off = (stated - value).abs() / stated.abs().max(1.0);
            assert!(off <= if *digits < 12 { 1e-5 } else { 1e-8 }, "{name}: {stated} and {value}");
        }
        let optimum = OPTIMA.iter().find(|o| o.0 == *model_name);
        if *status == Says::Optimal {
            let (_, optimum, maximises) = optimum.unwrap_or_else(|| panic!("{name}: no optimum"));
            assert_eq!(*maximises, model.maximise, "{name}");
            let off = (value - optimum).abs() / optimum.abs().max(1.0);
            assert!(off < 1e-6, "{name}: {value} and {optimum}");
            optimal += 1;
        }
        // A bound is never better than the truth.
        if let Some(b) = bound {
            let (low, high) = optimum.map_or(KNAPSACK, |o| (o.1, o.1));
            let slack = s.bound_slack + 1e-9 * b.abs();
            match model.maximise {
                true => assert!(*b >= low - slack, "{name}: bound {b} below {low}"),
                false => assert!(*b <= high + slack, "{name}: bound {b} above {high}"),
            }
        }
        vouched += 1;
    }
    assert!(vouched >= 60 && optimal >= 45, "{vouched} points, {optimal} optima");
}

/// Xpress writes the relaxation at a limit without incumbent, and its reports call it optimal.
#[test]
fn a_relaxation_is_no_answer() {
    let model = model("timelimit_noincumbent.lp");
    for ending in ["slx", "asc", "prt"] {
        let name = format!("xpress_timelimit_noincumbent.{ending}");
        let text = std::fs::read_to_string(folder().join(&name)).unwrap();
        assert_eq!(ending == "prt", text.contains("Optimal solution found"));
        let s = sol::read(&folder().join(&name)).unwrap();
        assert!(matches!(s.status, Status::Unknown(_)), "{name}");
        let x = sol::assign(&s, &model.model.names).unwrap();
        let integer = model.model.vars.iter().zip(&x);
        let fractional = integer
            .filter(|(v, x)| v.kind != VarKind::Continuous && (**x - x.round()).abs() > 0.01);
        assert!(fractional.count() >= 3, "{name}");
        assert!(model.model.violation(&x).amount > 0.1, "{name}");
    }
}

/// Xpress writes `@` and blanks as escapes, and says so in its first line. Without that line they
/// are names as they stand.
#[test]
fn escaped_names_are_those_of_the_model() {
    let model = model("escaped.lp");
    let path = folder().join("xpress_escaped.slx");
    let x = sol::assign(&sol::read(&path).unwrap(), &model.model.names).unwrap();
    assert_eq!(x, [2.0, 2.0, 0.0]);
    assert!(model.model.violation(&x).amount < 1e-9);
    let text = std::fs::read_to_string(&path).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    let bare = sol::parse("bare", rest.as_bytes()).unwrap();
    assert!(matches!(bare.values, sol::Values::Named { values, .. } if values["w(1)@402"] == 2.0));
    for broken in ["@4", "@4g", "@ff"] {
        let broken = format!("{first}\n{}", rest.replace("@40x", broken));
        let words = sol::parse("broken", broken.as_bytes()).unwrap_err().to_string();
        assert!(words.contains("line 5") && words.contains("escapes"), "{words}");
    }
}

/// COPT packs columns of more than some 60 values; anything but the whole of it is refused.
#[test]
fn packed_values_are_whole_or_refused() {
    let path = folder().join("copt_seventy.json");
    let model = model("seventy.lp").model;
    let x = sol::assign(&sol::read(&path).unwrap(), &model.names).unwrap();
    for (name, v) in model.names.iter().zip(&x) {
        let k: f64 = name[1..].parse().unwrap();
        let expected = if name.starts_with('w') { k / 7.0 } else { f64::from(k > 25.0) };
        assert_eq!(*v, expected, "{name}");
    }
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("\"ColValue\"").unwrap();
    let (start, rest) = rest.split_once('"').unwrap();
    let (packed, after) = rest.split_once('"').unwrap();
    for end in (0..packed.len()).chain([packed.len() + 1]) {
        let other: String = packed.chars().chain(['A']).take(end).collect();
        let file = format!("{before}\"ColValue\"{start}\"{other}\"{after}");
        let words = sol::parse("cut", file.as_bytes()).unwrap_err().to_string();
        assert!(words.contains("a string") && words.contains("packing"), "{end}: {words}");
    }
}

/// Rows in front of the columns are counted on their own, once.
#[test]
fn rows_of_cbc_are_passed_over() {
    let path = folder().join("cbc2108_optimal_rows.sol");
    let with = sol::read(&path).unwrap();
    assert_eq!(with, sol::read(&folder().join("cbc2108_optimal.sol")).unwrap());
    let text = std::fs::read_to_string(&path).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    let thrice = format!("{first}\n{rest}{rest}");
    let words = sol::parse("thrice", thrice.as_bytes()).unwrap_err().to_string();
    assert!(words.contains("line 12"), "{words}");
}

#[test]
fn a_start_file_is_no_point() {
    let s = sol::read(&folder().join("gurobi_optimal.mst")).unwrap();
    assert!(!s.has_point());
    let e = sol::assign(&s, &model("optimal.lp").model.names).unwrap_err();
    assert_eq!(e, AssignError::Partial);
}

/// The binary form says what the text form says, and lacks none of its parts unnoticed.
#[test]
fn binary_files_of_ampl_are_whole_or_refused() {
    for (name, ..) in ROWS.iter().filter(|r| r.0.starts_with("asl_binary")) {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        for end in 0..bytes.len() {
            let e = sol::parse("cut", &bytes[..end]).unwrap_err();
            let words = e.to_string();
            assert!(
                end < 17 || words.contains("byte ") && words.contains("binary AMPL"),
                "{words}"
            );
        }
    }
    let whole = sol::read(&folder().join("asl_binary_0.sol")).unwrap();
    assert_eq!(whole.values, sol::Values::Indexed(vec![0.8, 5.0]));
}
