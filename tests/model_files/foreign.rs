//! Files that other programs wrote from three models: `mixed`, `quadratic` and `indicators`. How
//! they were made stands in `tests/data/foreign_models/README.md`.

use std::path::{Path, PathBuf};

use theriac::front::model::{ForeignModel, ModelFileError, ModelFormat, load};
use theriac::ir::VarId;
use theriac::ir::compare::differences;

/// How a file relates to the model that its writer was given.
enum Relation {
    Same,
    /// The objective coefficient 0.30000000000000004 was written as 0.3.
    Rounded,
    /// The same, and the maximisation became a minimisation of the negative.
    RoundedNegative,
    /// Names are `x0`, `x1`, ... in the order of the model.
    Renamed(&'static [&'static str]),
    /// The guarded equality became two guarded inequalities.
    EqualityAsPair,
    /// The quadratic objective became a column and a row.
    ObjectiveAsRow,
    /// Refused with these words.
    Refused(&'static str),
}

use Relation::*;

const FILES: &[(&str, Relation)] = &[
    ("mixed.copt.lp", Rounded),
    ("mixed.copt.mps", Same),
    ("mixed.cplex.lp", Rounded),
    ("mixed.cplex.mps", RoundedNegative),
    ("mixed.gurobi.lp", Rounded),
    ("mixed.gurobi.mps", Same),
    ("mixed.highs.lp", Rounded),
    ("mixed.highs.mps", Rounded),
    ("mixed.linopy.lp", Renamed(&["x", "y", "z", "u", "n", "b", "c"])),
    ("mixed.mosek.lp", Same),
    ("mixed.mosek.mps", Same),
    ("mixed.pulp.lp", Rounded),
    ("mixed.pulp.mps", Refused("asks to maximise")),
    ("mixed.pyomo.lp", Same),
    ("mixed.pyomo.mps", Same),
    ("mixed.pyomo.nl", Same),
    ("mixed.scip.lp", Rounded),
    ("mixed.scip.mps", Rounded),
    ("mixed.xpress.lp", Same),
    ("mixed.xpress.mps", Same),
    ("quadratic.copt.lp", Same),
    ("quadratic.copt.mps", Same),
    ("quadratic.cplex.lp", Same),
    ("quadratic.cplex.mps", Same),
    ("quadratic.gurobi.lp", Same),
    ("quadratic.gurobi.mps", Same),
    ("quadratic.mosek.lp", Same),
    ("quadratic.mosek.mps", Refused("QSECTION on a row")),
    ("quadratic.pyomo.lp", Same),
    ("quadratic.pyomo.mps", Same),
    ("quadratic.pyomo.nl", Same),
    ("quadratic.scip.lp", ObjectiveAsRow),
    ("quadratic.scip.mps", ObjectiveAsRow),
    ("quadratic.xpress.lp", Same),
    ("quadratic.xpress.mps", Same),
    ("indicators.copt.lp", Same),
    ("indicators.copt.mps", Same),
    ("indicators.cplex.lp", Same),
    ("indicators.cplex.mps", Same),
    ("indicators.gurobi.lp", Same),
    ("indicators.gurobi.mps", Same),
    ("indicators.scip.lp", EqualityAsPair),
    ("indicators.scip.mps", EqualityAsPair),
    ("indicators.xpress.lp", Same),
    ("indicators.xpress.mps", Same),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/foreign_models")
}

fn open(name: &str) -> Result<ForeignModel, ModelFileError> {
    load(&folder().join(name))
}

/// The model with the objective coefficient of `u` at 15 digits.
fn rounded(mut base: ForeignModel) -> ForeignModel {
    let u = base.model.names.iter().position(|n| n == "u").unwrap();
    for (v, a) in &mut base.model.objective.linear {
        if *v == VarId(u as u32) {
            assert_eq!(*a, -0.300_000_000_000_000_04);
            *a = -0.3;
        }
    }
    base
}

const ONE_LINE: &str =
    "`OBJSENSE MAX` on one line was read as maximise; CPLEX and lp_solve minimise such a file";

fn same(file: &str, found: &ForeignModel, wanted: &ForeignModel, maximise: bool) {
    assert_eq!(found.maximise, maximise, "{file}");
    let differences = differences(&wanted.model, &found.model, 9);
    assert!(differences.is_empty(), "{file}: {differences:?}");
    let notes: &[&str] = match file {
        "mixed.gurobi.mps" | "mixed.xpress.mps" => &[ONE_LINE],
        _ => &[],
    };
    assert_eq!(found.notes, notes, "{file}");
}

#[test]
fn files_of_other_writers_are_understood() {
    for (file, relation) in FILES {
        let base = open(&format!("{}.lp", file.split('.').next().unwrap())).unwrap();
        let (found, maximise) = (open(file), base.maximise);
        if let Refused(words) = relation {
            let error = found.unwrap_err();
            assert!(error.line.is_some() && error.to_string().contains(words), "{error}");
            continue;
        }
        let mut found = found.unwrap_or_else(|e| panic!("{e}"));
        match relation {
            Same => same(file, &found, &base, maximise),
            Rounded => same(file, &found, &rounded(base), maximise),
            RoundedNegative => same(file, &found, &rounded(base), false),
            Renamed(names) => {
                for name in &mut found.model.names {
                    let k: usize = name.strip_prefix('x').unwrap().parse().unwrap();
                    *name = names[k].to_owned();
                }
                same(file, &found, &base, maximise);
            }
            EqualityAsPair => {
                assert_eq!(found.model.rows.len(), base.model.rows.len() + 1, "{file}");
                same_at_points(file, &base, &found);
            }
            ObjectiveAsRow => {
                assert_eq!(found.model.var_count(), base.model.var_count() + 1, "{file}");
                assert_eq!(found.model.rows.len(), base.model.rows.len() + 1, "{file}");
                same_at_points(file, &base, &found);
            }
            Refused(_) => unreachable!("handled above"),
        }
    }
}

/// Violation and objective agree at points of the base model; SCIP's own column takes the value of
/// the quadratic part of the objective.
fn same_at_points(file: &str, base: &ForeignModel, found: &ForeignModel) {
    let mut rng = fastrand::Rng::with_seed(11);
    let mut feasible = 0;
    for _ in 0..2000 {
        let x: Vec<f64> = base
            .model
            .vars
            .iter()
            .map(|v| {
                let low = v.lower.max(-20.0);
                let value = low + rng.f64() * (v.upper.min(20.0) - low);
                if rng.bool() { value.round().clamp(v.lower, v.upper) } else { value }
            })
            .collect();
        let objective = base.model.objective_at(&x);
        let linear = base.model.objective.linear.iter();
        let part: f64 = linear.map(|(v, a)| a * x[v.index()]).sum();
        let y: Vec<f64> = found
            .model
            .names
            .iter()
            .map(|name| match base.model.names.iter().position(|n| n == name) {
                Some(k) => x[k],
                None => objective - part,
            })
            .collect();
        assert!((found.model.objective_at(&y) - objective).abs() < 1e-9, "{file}");
        let (a, b) = (base.model.violation(&x).amount, found.model.violation(&y).amount);
        assert!((a - b).abs() < 1e-9, "{file}: {a} and {b}");
        feasible += usize::from(a == 0.0);
    }
    assert!(feasible > 3, "{file}: {feasible}");
}

#[test]
fn every_file_of_the_folder_is_in_the_table() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let base = name.split('.').count() == 2;
        let names = name.ends_with(".col") || name.ends_with(".row");
        let escaped = name.starts_with("escaped.xpress.");
        assert!(base || names || escaped || FILES.iter().any(|f| f.0 == name), "{name}");
    }
}

/// Conversion keeps names that every reader takes, and what the file says.
#[test]
fn a_converted_file_says_the_same() {
    use theriac::back::{Options, convert};
    use theriac::lower::{LowerOptions, Target};
    let dir = tempfile::tempdir().unwrap();
    for (from, target, to) in [
        ("mixed.xpress.mps", Target::PortableLp, "a.lp"),
        ("quadratic.pyomo.nl", Target::GurobiMps, "b.mps"),
        ("indicators.cplex.mps", Target::ScipLp, "c.lp"),
    ] {
        let to = dir.path().join(to);
        let (lowering, options) = (LowerOptions::default(), Options::default());
        convert(&folder().join(from), target, lowering, &options, &to).unwrap();
        let (a, b) = (open(from).unwrap(), load(&to).unwrap());
        let differences = differences(&a.model, &b.model, 5);
        assert!(differences.is_empty(), "{from}: {differences:?}");
        assert_eq!(a.maximise, b.maximise, "{from}");
    }
}

/// Xpress escapes blanks and `@`, and says so in a comment.
#[test]
fn names_that_xpress_escapes_are_read_as_they_were() {
    for file in ["escaped.xpress.lp", "escaped.xpress.mps"] {
        let found = open(file).unwrap();
        assert_eq!(found.model.names, ["a@b", "a b", "n@20", "plain"], "{file}");
        // Without the comment they are names as they stand.
        let text = std::fs::read_to_string(folder().join(file)).unwrap();
        let text = text.replace("Names escaped", "Names");
        let format = if file.ends_with("lp") { ModelFormat::Lp } else { ModelFormat::Mps };
        let bare = theriac::front::model::read(text.as_bytes(), format, None, file).unwrap();
        assert_eq!(bare.model.names, ["a@40b", "a@20b", "n@4020", "plain"], "{file}");
    }
}
