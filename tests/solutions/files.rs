//! Solution files and logs of real solvers, against what is known of their models.

use std::path::{Path, PathBuf};

use theriac::sol::log::{self, LogKind};
use theriac::sol::{self, AssignError, SolError, Solution, Status, Values};

fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(folder)
}

fn load(name: &str) -> Vec<u8> {
    std::fs::read(data("solutions").join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// All samples that are solutions, sorted.
fn samples() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(data("solutions"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.ends_with(".sol") || n.ends_with(".json"))
        .filter(|n| n != "highs_improving.sol")
        // See `tests/solutions/other.rs`.
        .filter(|n| {
            !["cbc", "cplex", "copt_optimal.json", "copt_seventy.json", "discopt", "asl"]
                .iter()
                .any(|p| n.starts_with(p))
        })
        .collect();
    names.sort();
    assert!(names.len() > 60, "only {} samples", names.len());
    names
}

const OPTIMAL: [(&str, f64, f64); 6] = [
    ("b.1", 3.0, 1.0),
    ("b#2", 2.0, 0.0),
    ("n_1", 1.0, 4.0),
    ("y(1)", -1.0 / 3.0, -2.75),
    ("z", 1.0, 3.45),
    ("unused", 0.0, 0.0),
];
const OPTIMAL_LP: [(&str, f64, f64); 3] = [("x", 1.0, 1.1), ("y", 2.0, 0.0), ("w", -3.0, 2.0)];

/// `(name, cost, value)` of the model that a sample solves, where its optimum is written here.
fn truth(sample: &str) -> Option<&'static [(&'static str, f64, f64)]> {
    if sample.contains("_optimal_lp") {
        Some(&OPTIMAL_LP)
    } else if sample.contains("_optimal") {
        Some(&OPTIMAL)
    } else {
        None
    }
}

fn cost(model: &[(&str, f64, f64)], values: &[f64]) -> f64 {
    model.iter().zip(values).map(|((_, c, _), v)| c * v).sum()
}

#[test]
fn every_sample_has_the_status_of_its_model() {
    for name in samples() {
        let s = sol::parse(&name, &load(&name)).unwrap();
        let states =
            !(name.starts_with("copt_") || name.starts_with("gurobi") && name.ends_with("sol"));
        let status = &s.status;
        let style23 = name.contains("style2") || name.contains("style3");
        let right = if !states {
            matches!(status, Status::Unknown(_))
        } else if name.starts_with("pounce_nl_b") {
            matches!(status, Status::Local(_))
        } else if name == "shot_nl_bilin.sol" {
            matches!(status, Status::Local(w) if w.contains("not guaranteed") && w.contains("104"))
        } else if name.contains("infeas") {
            *status == Status::Infeasible
        } else if name.starts_with("highs_unbounded_style") {
            *status == Status::InfeasibleOrUnbounded
        } else if name.contains("unbounded") {
            *status == Status::Unbounded
        } else if name.contains("timelimit") && style23 {
            let words = if name.contains("noinc") { "UNDEFINED" } else { "INTEGER NON-OPTIMAL" };
            let expected = if name.contains("noinc") { Status::Unknown } else { Status::Local };
            *status == expected(words.to_owned())
        } else if name.contains("timelimit") {
            matches!(status, Status::Limit(w) if w.to_lowercase().contains("time limit"))
        } else {
            *status == Status::Optimal
        };
        assert!(right, "{name}: {status:?}");
        let point = !name.contains("infeas")
            && !name.contains("noincumbent")
            && !name.starts_with("highs_unbounded_style")
            && name != "ampls_copt_nl_unbounded.sol"
            || name == "pounce_lin_infeas.sol"
            || name == "shot_lin_infeas.sol";
        assert_eq!(s.has_point(), point, "{name}");
        if let Values::Named { complete, .. } = s.values {
            let zeros_left_out =
                name.starts_with("scip") || name.ends_with("json") || name.contains("style4");
            assert_eq!(complete, !zeros_left_out, "{name}");
        }
        let pretty = name.contains("style1") || name.contains("style3");
        assert_eq!(s.digits < Solution::ENOUGH_DIGITS, pretty, "{name}");
    }
}

#[test]
fn optimal_points_are_read_by_name_in_every_format() {
    let mut seen = 0;
    for name in samples() {
        let Some(model) = truth(&name) else { continue };
        let s = sol::parse(&name, &load(&name)).unwrap();
        let values = sol::assign(&s, model.iter().map(|m| m.0)).unwrap();
        for ((variable, _, expected), v) in model.iter().zip(&values) {
            assert!((v - expected).abs() < 1e-9, "{name}: {variable} = {v}");
        }
        if let Some(stated) = s.objective {
            let expected = if model.len() == 3 { -4.9 } else { 34.1 / 3.0 };
            assert!((stated - expected).abs() < 1e-8, "{name}: objective {stated}");
        }
        sol::confirm_objective(&s, cost(model, &values)).unwrap();
        seen += 1;
    }
    assert!(seen >= 18, "{seen}");
}

#[test]
fn bounds_come_from_the_file_or_not_at_all() {
    let bound = |name: &str| sol::parse(name, &load(name)).unwrap().dual_bound;
    assert_eq!(bound("gurobi_optimal.json"), Some(11.366666666666667));
    assert_eq!(bound("gurobi_timelimit.json"), Some(1.0817397767651196e5));
    assert_eq!(bound("gurobi_optimal_lp.json"), None);
    assert_eq!(bound("gurobi_unbounded.json"), None, "1e+100 is no bound");
    assert_eq!(bound("highs_optimal_style0.sol"), None);
    assert_eq!(bound("scip_optimal.sol"), None);
}

#[test]
fn points_of_unbounded_models_are_not_assigned() {
    for name in ["gurobi_unbounded.sol", "gurobi_unbounded.json"] {
        let s = sol::parse(name, &load(name)).unwrap();
        let e = sol::assign(&s, ["x", "y"]).unwrap_err();
        assert_eq!(e, AssignError::Infinite { name: "y".to_owned(), value: 1e30 }, "{name}");
    }
}

/// SCIP lists the columns that its readers made.
#[test]
fn columns_that_scip_makes_are_passed_over() {
    let text = "solution status: optimal solution found\nobjective value: 3\nx 1 \t(obj:1)\n\
                quadobjvar 2 \t(obj:1)\nqmatrixvar -2 \t(obj:1)\nnlobjvar 1 \t(obj:1)\nindslack_r 4 \t(obj:0)\n";
    let s = sol::parse("s", text.as_bytes()).unwrap();
    assert_eq!(sol::assign(&s, ["x", "y"]).unwrap(), [1.0, 0.0]);
    let s = sol::parse("s", text.replace("qmatrixvar", "matrixvar").as_bytes()).unwrap();
    assert!(matches!(sol::assign(&s, ["x", "y"]), Err(AssignError::UnknownName { .. })));
}

#[test]
fn solutions_of_other_models_are_refused_by_name() {
    let s = sol::parse("s", &load("scip_optimal.sol")).unwrap();
    let e = sol::assign(&s, ["b.1", "n_1", "z"]).unwrap_err();
    assert_eq!(e, AssignError::UnknownName { name: "y(1)".to_owned() });
    let s = sol::parse("s", &load("highs_optimal_style0.sol")).unwrap();
    let names = OPTIMAL.iter().map(|m| m.0);
    let e = sol::assign(&s, names.chain(["one_more"])).unwrap_err();
    assert_eq!(e, AssignError::MissingName { name: "one_more".to_owned() });
    let s = sol::parse("s", &load("highs_optimal_style2.sol")).unwrap();
    let e = sol::assign(&s, ["a", "b"]).unwrap_err();
    assert_eq!(e, AssignError::Count { found: 6, expected: 2 });
    let s = sol::parse("s", &load("scip_infeasible.sol")).unwrap();
    assert_eq!(sol::assign(&s, ["x"]).unwrap_err(), AssignError::NoPoint);
}

#[test]
fn line_ends_and_marks_of_other_systems_change_nothing() {
    for name in samples() {
        let text = String::from_utf8(load(&name)).unwrap();
        let whole = sol::parse(&name, text.as_bytes()).unwrap();
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(sol::parse(&name, windows.as_bytes()).unwrap(), whole, "{name}");
    }
}

/// Cutting a file anywhere gives an error, or loses nothing, or is found by its objective.
#[test]
fn cut_files_are_refused() {
    for name in samples() {
        let bytes = load(&name);
        if bytes.len() > 3000 && !name.contains("optimal") {
            continue;
        }
        let whole = sol::parse(&name, &bytes).unwrap();
        for end in 0..bytes.len() {
            let Ok(cut) = sol::parse(&name, &bytes[..end]) else { continue };
            if cut.values == whole.values && cut.status == whole.status {
                continue;
            }
            let at_line_end = end > 0 && bytes[end - 1] == b'\n';
            assert!(at_line_end, "{name} cut at byte {end} was read as {cut:?}");
            let Some(model) = truth(&name) else { continue };
            // What remains are formats that announce no count.
            let refused = match sol::assign(&cut, model.iter().map(|m| m.0)) {
                Err(_) => true,
                Ok(values) => sol::confirm_objective(&cut, cost(model, &values)).is_err(),
            };
            assert!(refused, "{name} cut at byte {end} passed as whole");
        }
    }
}

#[test]
fn errors_name_the_line_and_what_to_do() {
    let read = |text: &str| sol::parse("a.sol", text.as_bytes()).unwrap_err().to_string();
    assert_eq!(
        read(
            "Model status\nOptimal\n\n# Primal solution values\nFeasible\nObjective 1\n# Columns 2\nx 1\n"
        ),
        "a.sol line 9: the HiGHS raw solution file ends too early, before the value of column 2 of 2; \
         write it again or copy it whole"
    );
    assert_eq!(
        read("# Objective value = 1\nx one\n"),
        "a.sol line 2: a Gurobi solution file has a name and a value here, not `x one`; write the \
         file again without editing it"
    );
    assert_eq!(
        read("# Objective value = 1\nx 1\nx 2\n"),
        "a.sol line 3: variable `x` has a value already; a solution lists each variable once, so \
         write the file again"
    );
    assert!(read("hello\n").contains("not a solution file of a known format"));
    assert_eq!(
        read("\u{6}\0\0\0binary\u{6}\0\0\0\u{9}"),
        "a.sol byte 14: a binary AMPL solution file has a line of the message here; write it again or \
         copy it whole"
    );
    let e = sol::parse("b.sol", b"# Objective value = 1\nx\xff 1\n").unwrap_err();
    assert!(matches!(e, SolError::NotText { line: 2, .. }), "{e:?}");
    let e = sol::read(Path::new("no/such/file.sol")).unwrap_err();
    assert!(e.to_string().starts_with("cannot read solution file no/such/file.sol"), "{e}");
    let start = sol::gurobi::parse_start("a.mst", &load("gurobi_optimal.mst")).unwrap();
    assert_eq!(start.get("n_1"), Some(&4.0));
    assert_eq!(start.len(), 3);
}

#[test]
fn the_last_whole_improving_point_survives_an_interrupt() {
    let bytes = load("highs_improving.sol");
    let (objective, values) = sol::highs::last_improving(&bytes).unwrap();
    assert_eq!(objective, 107874.0);
    let Values::Named { values, complete: true } = values else { panic!("{values:?}") };
    assert_eq!(values.len(), 250);
    // Cut inside the last point: the one before it counts.
    let (objective, _) = sol::highs::last_improving(&bytes[..bytes.len() - 5]).unwrap();
    assert_eq!(objective, 105676.0);
}

#[test]
fn own_format_round_trips() {
    let mut rng = fastrand::Rng::with_seed(2);
    for round in 0..500 {
        let status = match round % 9 {
            0 => Status::Optimal,
            1 => Status::Infeasible,
            2 => Status::Unbounded,
            3 => Status::InfeasibleOrUnbounded,
            4 => Status::Interrupted,
            5 => Status::Limit("time limit".to_owned()),
            6 => Status::Local("no proof".to_owned()),
            7 => Status::Failed(String::new()),
            _ => Status::Unknown("who knows".to_owned()),
        };
        let mut double = || loop {
            let v = f64::from_bits(rng.u64(..));
            if v.is_finite() {
                break v;
            }
        };
        let columns: Vec<f64> = (0..round % 7).map(|_| double()).collect();
        let mut solution = Solution {
            status,
            objective: (round % 2 == 0).then(&mut double),
            dual_bound: (round % 3 == 0).then(&mut double),
            values: Values::Indexed(columns.clone()),
            solver: (round % 5 > 0).then(|| "microlp 0.7.0 (embedded)".to_owned()),
            digits: if round % 4 == 0 { 13 } else { 17 },
            bound_slack: 0.0,
            of_model: true,
        };
        if round % 5 == 0 && solution.dual_bound.is_some() {
            solution.bound_slack = double().abs().min(1e-3);
        }
        let names: Vec<String> = (0..columns.len()).map(|k| format!("w[1][{k},0]@{k}")).collect();
        let text = sol::embedded::write(&solution, names.clone()).unwrap();
        let complete = true;
        let values = names.into_iter().zip(columns).collect();
        solution.values = Values::Named { values, complete };
        assert_eq!(sol::parse("e", text.as_bytes()).unwrap(), solution);
        for end in 0..text.len() {
            assert!(sol::parse("e", &text.as_bytes()[..end]).is_err(), "{end} of {text}");
        }
    }
}

#[test]
fn logs_give_status_bound_and_incumbent() {
    let table: [(&str, Status, Option<f64>, Option<f64>); 20] = [
        ("scip_optimal", Status::Optimal, Some(34.1 / 3.0), Some(34.1 / 3.0)),
        ("scip_optimal_lp", Status::Optimal, Some(-4.9), Some(-4.9)),
        ("scip_infeasible", Status::Infeasible, None, None),
        ("scip_unbounded", Status::Unbounded, None, None),
        ("scip_qcp", Status::Optimal, Some(8.60000004998), Some(8.60000004998)),
        ("scip_timelimit", Status::Limit("time limit reached".into()), Some(0.0), Some(0.0)),
        ("scip_timelimit_noincumbent", Status::Limit("time limit reached".into()), None, Some(0.0)),
        ("scip_interrupted", Status::Interrupted, Some(107666.0), Some(1.08175302751565e5)),
        ("highs_optimal", Status::Optimal, Some(34.1 / 3.0), Some(34.1 / 3.0)),
        ("highs_optimal_lp", Status::Optimal, Some(-4.9), Some(-4.9)),
        ("highs_infeasible", Status::Infeasible, None, None),
        ("highs_unbounded", Status::InfeasibleOrUnbounded, None, None),
        (
            "highs_timelimit",
            Status::Limit("Time limit reached".into()),
            Some(107874.0),
            Some(108179.0),
        ),
        (
            "highs_timelimit_noincumbent",
            Status::Limit("Time limit reached".into()),
            None,
            Some(0.0),
        ),
        ("gurobi_optimal", Status::Optimal, Some(34.1 / 3.0), Some(34.1 / 3.0)),
        ("gurobi_optimal_lp", Status::Optimal, Some(-4.9), Some(-4.9)),
        ("gurobi_infeasible", Status::Infeasible, None, None),
        ("gurobi_unbounded", Status::Unbounded, None, None),
        ("gurobi_timelimit", Status::Limit("time limit".into()), Some(107865.0), Some(108158.0)),
        ("gurobi_qcp", Status::Optimal, Some(8.6), Some(8.6)),
    ];
    for (name, status, primal, bound) in table {
        let kind = match name.split('_').next() {
            Some("scip") => LogKind::Scip,
            Some("highs") => LogKind::Highs,
            _ => LogKind::Gurobi,
        };
        let text = std::fs::read_to_string(data("logs").join(format!("{name}.log"))).unwrap();
        let summary = log::read(kind, &text);
        assert_eq!(summary.status, Some(status), "{name}");
        assert!(summary.solver.is_some(), "{name}");
        if name == "scip_timelimit" {
            // The knapsack's optimum lies between what other runs proved.
            assert!(summary.primal.unwrap() < 108_000.0);
            assert!(summary.dual_bound.unwrap().value > 108_000.0);
            continue;
        }
        let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
            (a, b) => a.is_none() && b.is_none(),
        };
        assert!(near(summary.primal, primal), "{name}: {:?}", summary.primal);
        assert!(near(summary.dual_bound.map(|b| b.value), bound), "{name}: {summary:?}");
        if let Some(b) = summary.dual_bound {
            // The printed number is within its slack of the true bound where that is known.
            let truth = bound.unwrap();
            assert!((b.value - truth).abs() <= b.slack.max(1e-12), "{name}: {b:?}");
        }
    }
}

#[test]
fn logs_without_an_end_keep_the_last_bound_of_their_table() {
    let text = std::fs::read_to_string(data("logs").join("highs_interrupted.log")).unwrap();
    let summary = log::read(LogKind::Highs, &text);
    assert_eq!(summary.status, None);
    assert_eq!(summary.dual_bound.unwrap().value, 108180.389398);
    let mut reader = log::LogReader::new(LogKind::Highs);
    let events: Vec<_> = text.lines().filter_map(|l| reader.line(l)).collect();
    let last = events.last().unwrap();
    assert_eq!((last.bound, last.incumbent), (Some(108180.389398), Some(107874.0)));
    assert_eq!(last.seconds, Some(1.4));
    let mut reader = log::LogReader::new(LogKind::Scip);
    let text = std::fs::read_to_string(data("logs").join("scip_interrupted.log")).unwrap();
    let events: Vec<_> = text.lines().filter_map(|l| reader.line(l)).collect();
    assert_eq!(events.len(), 28);
    assert_eq!(events.first().unwrap().bound, Some(185693.0));
    assert_eq!(events.last().unwrap().incumbent, Some(107666.0));
    let mut reader = log::LogReader::new(LogKind::Gurobi);
    let text = std::fs::read_to_string(data("logs").join("gurobi_timelimit.log")).unwrap();
    let events: Vec<_> = text.lines().filter_map(|l| reader.line(l)).collect();
    let last = events.last().unwrap();
    assert_eq!(
        (last.nodes, last.incumbent, last.bound),
        (Some(7142), Some(107865.0), Some(108158.321))
    );
}
