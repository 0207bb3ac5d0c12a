//! Solution files of CBC, Clp, CPLEX, COPT, GLPK, lp_solve and Xpress, against what is known of
//! their models.

use std::path::Path;

use theriac::sol::{self, Solution, Status, Values};

/// What a file says, in short.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Says {
    Optimal,
    Infeasible,
    Unbounded,
    InfeasibleOrUnbounded,
    /// A limit, with or without a point.
    Limit,
    /// The format has no status.
    Nothing,
    /// A point without proof.
    Local,
}

use Says::*;

/// File, status, objective, number of values (`None`: no point).
#[rustfmt::skip]
const FILES: &[(&str, Says, Option<f64>, Option<usize>)] = &[
    ("cbc2108_infeasible.sol", Infeasible, None, None),
    ("cbc2108_infeasible_lp.sol", Infeasible, None, None),
    ("cbc2108_optimal.sol", Optimal, Some(11.36666667), Some(6)),
    ("cbc2108_optimal_lp.sol", Optimal, Some(-4.9), Some(3)),
    ("cbc2108_timelimit.sol", Limit, Some(107692.0), Some(132)),
    ("cbc2108_timelimit_noincumbent.sol", Limit, None, None),
    ("cbc2108_unbounded.sol", Unbounded, None, None),
    ("cbc2108_unbounded_lp.sol", Unbounded, None, None),
    ("cbcdevel_infeasible.sol", Infeasible, None, None),
    ("cbcdevel_infeasible_lp.sol", Nothing, None, None),
    ("cbcdevel_optimal.sol", Optimal, Some(11.36666667), Some(6)),
    ("cbcdevel_optimal_lp.sol", Optimal, Some(-4.9), Some(3)),
    ("cbcdevel_timelimit.sol", Limit, Some(107648.0), Some(132)),
    ("cbcdevel_timelimit_noincumbent.sol", Limit, None, None),
    ("cbcdevel_unbounded.sol", Unbounded, None, None),
    ("cbcdevel_unbounded_lp.sol", Unbounded, None, None),
    ("clp_infeasible_lp.txt", Infeasible, None, None),
    ("clp_optimal_lp.txt", Optimal, Some(-4.9), Some(3)),
    ("clp_unbounded_lp.txt", Unbounded, None, None),
    ("copt_optimal.json", Optimal, Some(11.366666666666667), Some(6)),
    ("cplex_optimal.sol", Optimal, Some(11.366666666666667), Some(6)),
    ("cplex_optimal_lp.sol", Optimal, Some(-4.9), Some(3)),
    ("cplex_timelimit.sol", Limit, Some(107737.0), Some(250)),
    ("cplex_unbounded.sol", Unbounded, None, None),
    ("glpk_infeasible_lp_o.txt", Nothing, None, None),
    ("glpk_infeasible_lp_w.w", Nothing, None, None),
    ("glpk_infeasible_o.txt", Infeasible, None, None),
    ("glpk_infeasible_w.w", Infeasible, None, None),
    ("glpk_optimal_lp_o.txt", Optimal, Some(-4.9), Some(3)),
    ("glpk_optimal_lp_w.w", Optimal, Some(-4.9), Some(3)),
    ("glpk_optimal_o.txt", Optimal, Some(11.36666667), Some(6)),
    ("glpk_optimal_w.w", Optimal, Some(11.3666666666667), Some(6)),
    ("glpk_timelimit_noincumbent_o.txt", Nothing, None, None),
    ("glpk_timelimit_noincumbent_w.w", Nothing, None, None),
    ("glpk_timelimit_o.txt", Local, Some(107827.0), Some(250)),
    ("glpk_timelimit_w.w", Local, Some(107827.0), Some(250)),
    ("glpk_unbounded_lp_o.txt", Nothing, None, None),
    ("glpk_unbounded_lp_w.w", Nothing, None, None),
    ("glpk_unbounded_o.txt", Nothing, None, None),
    ("glpk_unbounded_w.w", Nothing, None, None),
    ("lp_solve_infeasible.txt", Infeasible, None, None),
    ("lp_solve_infeasible_lp.txt", Infeasible, None, None),
    ("lp_solve_optimal.txt", Optimal, Some(11.36666667), Some(6)),
    ("lp_solve_optimal_lp.txt", Optimal, Some(-4.9), Some(3)),
    ("lp_solve_timelimit.txt", Limit, Some(105883.0), Some(250)),
    ("lp_solve_timelimit_noincumbent.txt", Limit, None, None),
    ("lp_solve_unbounded.txt", Unbounded, None, None),
    ("lp_solve_unbounded_lp.txt", Unbounded, None, None),
    ("xpress_optimal.slx", Nothing, None, Some(6)),
    ("xpress_optimal_asc.asc", Nothing, None, Some(6)),
    ("xpress_optimal_lp.slx", Nothing, None, Some(3)),
    ("xpress_qcp.slx", Nothing, None, Some(3)),
    ("xpress_timelimit.slx", Nothing, None, Some(250)),
];

fn load(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/solutions").join(name);
    std::fs::read(path).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn says(status: &Status) -> Says {
    match status {
        Status::Optimal => Optimal,
        Status::Infeasible => Infeasible,
        Status::Unbounded => Unbounded,
        Status::InfeasibleOrUnbounded => InfeasibleOrUnbounded,
        Status::Limit(_) => Limit,
        Status::Local(_) => Local,
        Status::Unknown(_) | Status::Interrupted | Status::Failed(_) => Nothing,
    }
}

fn count(s: &Solution) -> Option<usize> {
    match &s.values {
        Values::None => None,
        Values::Named { values, .. } => Some(values.len()),
        Values::Indexed(values) => Some(values.len()),
        Values::Partial(values) => Some(values.len()),
    }
}

#[test]
fn every_file_has_its_status_objective_and_values() {
    for (name, status, objective, values) in FILES {
        let s = sol::parse(name, &load(name)).unwrap();
        assert_eq!(says(&s.status), *status, "{name}: {:?}", s.status);
        assert_eq!(s.objective, *objective, "{name}");
        // CBC leaves out zeros, so only a lower limit of its values is known.
        assert_eq!(count(&s), *values, "{name}");
    }
}

#[test]
fn optimal_points_are_those_of_the_model() {
    const OPTIMAL: [(&str, f64); 6] =
        [("b.1", 1.0), ("b#2", 0.0), ("n_1", 4.0), ("y(1)", -2.75), ("z", 3.45), ("unused", 0.0)];
    const LP: [(&str, f64); 3] = [("x", 1.1), ("y", 0.0), ("w", 2.0)];
    let mut seen = 0;
    for (name, ..) in FILES.iter().filter(|f| f.0.contains("_optimal")) {
        let s = sol::parse(name, &load(name)).unwrap();
        let model: &[(&str, f64)] =
            if name.contains("_lp") && !name.starts_with("lp_solve_optimal.") {
                &LP
            } else {
                &OPTIMAL
            };
        let values = sol::assign(&s, model.iter().map(|m| m.0)).unwrap();
        for ((variable, expected), v) in model.iter().zip(&values) {
            assert!((v - expected).abs() < 1e-9, "{name}: {variable} = {v}");
        }
        seen += 1;
    }
    assert_eq!(seen, 17);
}

#[test]
fn formats_of_few_digits_are_told_apart() {
    for (name, ..) in FILES {
        let s = sol::parse(name, &load(name)).unwrap();
        let few = s.digits < Solution::ENOUGH_DIGITS;
        let expected = name.starts_with("lp_solve_optimal")
            || name.starts_with("glpk_optimal") && name.ends_with("_o.txt");
        if expected {
            assert!(few, "{name}: {}", s.digits);
        }
        if name.starts_with("cplex") || name.starts_with("xpress") || name.starts_with("copt") {
            assert!(!few, "{name}: {}", s.digits);
        }
    }
    assert_eq!(
        sol::parse("c", &load("copt_optimal.json")).unwrap().dual_bound,
        Some(11.366666666666667)
    );
}

/// Formats that mark their end: a file cut anywhere before it is refused, or says nothing more
/// than its beginning.
#[test]
fn cut_files_are_refused_where_the_format_can_tell() {
    for name in [
        "cplex_optimal.sol",
        "copt_optimal.json",
        "lp_solve_optimal.txt",
        "xpress_optimal.slx",
        "glpk_optimal_w.w",
    ] {
        let whole = load(name);
        let end = match name {
            // Everything behind the constraints' headline may be missing.
            "lp_solve_optimal.txt" => 250,
            _ => String::from_utf8(whole.clone()).unwrap().trim_end().len() - 1,
        };
        for cut in (40..end).step_by(3) {
            let found = sol::parse(name, &whole[..cut]);
            assert!(found.is_err(), "{name} cut at {cut}: {found:?}");
        }
    }
}
