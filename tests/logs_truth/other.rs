//! Logs of CPLEX, Xpress, COPT and CBC, against what is known of their models.

use std::path::Path;

use theriac::sol::Status;
use theriac::sol::log::{self, LogKind, LogSummary, Weakened};

fn summary(name: &str) -> LogSummary {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/logs/{name}.log"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
    log::read(kind(name), &text)
}

fn kind(name: &str) -> LogKind {
    match name.split('_').next() {
        Some("cplex") => LogKind::Cplex,
        Some("xpress") => LogKind::Xpress,
        Some("copt") => LogKind::Copt,
        _ => LogKind::Cbc,
    }
}

/// Log, status, incumbent, dual bound.
type Row = (&'static str, Option<Status>, Option<f64>, Option<f64>);

const OPTIMUM: f64 = 34.1 / 3.0;

/// The table shows the cutoff as the best solution; "infeasible" says nothing then.
#[test]
fn an_infeasible_run_with_an_incumbent_had_a_cutoff() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/logs");
    let read = |name: &str| {
        let text = std::fs::read_to_string(path.join(name)).unwrap();
        log::read(LogKind::Highs, &text)
    };
    let cut = read("highs_cutoff_infeasible.log");
    assert_eq!(cut.status, Some(Status::Infeasible));
    assert!(matches!(cut.weakened, Some(Weakened::Cutoff(_))), "{:?}", cut.weakened);
    for whole in ["highs_infeasible.log", "highs_inf_max.log", "highs_optimal.log"] {
        assert_eq!(read(whole).weakened, None, "{whole}");
    }
}

#[test]
fn logs_give_status_incumbent_and_bound() {
    let limit = |w: &str| Some(Status::Limit(w.to_owned()));
    #[rustfmt::skip]
    let table: [Row; 23] = [
        // The library prints no status, no incumbent and no closing bound.
        ("cplex_optimal", None, None, Some(OPTIMUM)),
        ("cplex_optimal_lp", None, None, None),
        ("cplex_infeasible", None, None, None),
        ("cplex_unbounded", None, None, None),
        ("cplex_timelimit", None, None, Some(108188.9159)),
        ("xpress_optimal", Some(Status::Optimal), Some(OPTIMUM), Some(OPTIMUM)),
        ("xpress_optimal_lp", Some(Status::Optimal), Some(-4.9), Some(-4.9)),
        ("xpress_infeasible", Some(Status::Infeasible), None, None),
        ("xpress_unbounded", Some(Status::Unbounded), None, None),
        ("xpress_qcp", Some(Status::Optimal), Some(8.6), Some(8.6)),
        ("xpress_timelimit", limit("MAXTIME limit reached"), Some(107523.0), Some(108_176.185_183_293)),
        ("copt_optimal", Some(Status::Optimal), Some(OPTIMUM), Some(OPTIMUM)),
        ("copt_optimal_lp", Some(Status::Optimal), Some(-4.9), Some(-4.9)),
        ("copt_infeasible", Some(Status::Infeasible), None, None),
        ("copt_unbounded", Some(Status::InfeasibleOrUnbounded), None, None),
        ("copt_qcp", Some(Status::Optimal), Some(8.6), Some(8.6)),
        ("copt_timelimit", limit("time limit reached"), Some(107767.0), Some(108180.274751886)),
        ("cbc_optimal", Some(Status::Optimal), Some(OPTIMUM), None),
        ("cbc_optimal_lp", None, None, None),
        ("cbc_infeasible", Some(Status::Infeasible), None, None),
        ("cbc_unbounded", Some(Status::Unbounded), None, None),
        ("cbc_timelimit", limit("Stopped on time limit"), Some(107692.0), Some(108178.254)),
        ("cplex_qcp", None, None, None),
    ];
    for (name, status, primal, bound) in table {
        let s = summary(name);
        assert_eq!(s.status, status, "{name}");
        assert!(s.solver.is_some(), "{name}");
        let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-4 * b.abs().max(1.0),
            (a, b) => a.is_none() && b.is_none(),
        };
        assert!(near(s.primal, primal), "{name}: {:?}", s.primal);
        assert!(near(s.dual_bound.map(|b| b.value), bound), "{name}: {s:?}");
        if let Some(b) = s.dual_bound {
            assert!((b.value - bound.unwrap()).abs() <= b.slack.max(1e-9), "{name}: {b:?}");
        }
        assert!(s.runs <= 1, "{name}: {} runs", s.runs);
    }
    assert!(summary("cplex_qcp").complaint.unwrap().contains("not convex"));
}

#[test]
fn sizes_are_those_of_the_model_and_not_of_its_presolve() {
    for (name, rows, columns, nonzeros) in [
        ("xpress_optimal", 4, 6, 9),
        ("xpress_qcp", 2, 3, 3),
        ("xpress_timelimit", 10, 250, 2500),
        ("copt_optimal", 4, 6, 9),
        // The quadratic row is not counted.
        ("copt_qcp", 1, 3, 2),
        ("copt_timelimit", 10, 250, 2500),
    ] {
        let sizes = summary(name).sizes.unwrap_or_else(|| panic!("{name} has sizes"));
        assert_eq!((sizes.rows, sizes.columns), (rows, columns), "{name}");
        assert_eq!(sizes.nonzeros, Some(nonzeros), "{name}");
    }
    for name in ["cplex_optimal", "cbc_optimal"] {
        assert_eq!(summary(name).sizes, None, "{name} states those of its presolve alone");
    }
}

/// What CPLEX's presolve says does not add up to the model, so that no sample may have sizes: an
/// aggregator takes rows and columns out, and no line tells how many entries went.
#[test]
fn no_log_of_cplex_states_the_sizes_of_its_model() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/logs");
    let (mut seen, mut presolved) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".log").filter(|n| n.starts_with("cplex_")) else {
            continue;
        };
        assert_eq!(summary(name).sizes, None, "{name}");
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/logs/{name}.log"));
        let text = std::fs::read_to_string(path).unwrap();
        presolved += usize::from(text.contains("Reduced ") && text.contains(" nonzeros."));
        seen += 1;
    }
    assert!(seen >= 20 && presolved >= 8, "{seen} {presolved}");
}

/// The true optimum of the knapsack lies between every incumbent and every bound of every row.
#[test]
fn rows_of_the_tables_bracket_the_optimum() {
    for (name, rows) in [("cplex_timelimit", 10), ("xpress_timelimit", 20), ("copt_timelimit", 20)]
    {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/logs/{name}.log"));
        let mut reader = log::LogReader::new(kind(name));
        let mut seen = 0;
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let Some(event) = reader.line(line) else { continue };
            if let Some(bound) = event.bound {
                assert!(bound > 107_874.0, "{name}: {line}");
            }
            if let Some(incumbent) = event.incumbent {
                assert!(incumbent < 108_130.0, "{name}: {line}");
            }
            seen += usize::from(event.bound.is_some());
        }
        assert!(seen >= rows, "{name}: {seen}");
    }
}

/// What `docs/logs.md` shows of a log is what is read.
#[test]
fn the_page_about_logs_shows_lines_that_are_read() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/logs.md");
    let page = std::fs::read_to_string(page).unwrap();
    for kind in LogKind::ALL {
        let row = page.lines().find(|l| l.starts_with(&format!("| {} |", kind.name())));
        let row = row.unwrap_or_else(|| panic!("{} is missing", kind.name()));
        let sizes = kind.sizes_line().and_then(|line| {
            assert!(row.contains(&format!("`{line}`")), "{row}");
            log::read(kind, &format!("{line}\n")).sizes
        });
        let Some(sizes) = sizes else {
            assert!(kind == LogKind::Cplex && row.contains("no bound is taken"), "{row}");
            continue;
        };
        assert_eq!((sizes.rows, sizes.columns), (6, 9), "{row}");
        assert!(sizes.nonzeros.is_none_or(|n| n == 30), "{row}");
    }
}
