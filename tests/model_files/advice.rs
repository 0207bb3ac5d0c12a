//! What files advise solvers to do: lazy rows, cuts, branching priorities; and names of rows.

use std::path::{Path, PathBuf};

use theriac::front::model::{ForeignModel, ModelFormat, load, read};
use theriac::ir::compare::differences;
use theriac::ir::{Mark, NameStyle, RowId, VarId};

use super::{lp, mps};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/advice_models")
}

fn open(name: &str) -> ForeignModel {
    load(&folder().join(name)).unwrap_or_else(|e| panic!("{e}"))
}

fn row(found: &ForeignModel, name: &str) -> RowId {
    let rows = (0..found.model.row_count()).map(|r| RowId(r as u32));
    let called = |r: &RowId| NameStyle::Readable.row_string(&found.model, *r) == name;
    let mut found = rows.filter(called);
    found.next().unwrap_or_else(|| panic!("no row {name}"))
}

fn priorities(found: &ForeignModel) -> Vec<(&str, i32)> {
    let name = |v: VarId| found.model.names[v.index()].as_str();
    found.model.priorities.iter().map(|(v, p)| (name(*v), *p)).collect()
}

#[test]
fn lazy_rows_and_cuts_of_other_writers_are_marked() {
    for file in ["base.cplex.lp", "base.cplex.mps"] {
        let found = open(file);
        let mark = |name: &str| found.model.rows.mark(row(&found, name));
        assert_eq!(mark("first"), Mark::Core, "{file}");
        assert_eq!(mark("second"), Mark::Core, "{file}");
        assert_eq!((mark("cut"), mark("rare")), (Mark::Cut, Mark::Lazy), "{file}");
        let read = |what: &str| {
            found.notes.iter().any(|n| n.starts_with(&format!("{what} were read as rows; ")))
        };
        assert!(read("lazy constraints") && read("user cuts"), "{file}: {:?}", found.notes);
        // CPLEX's MPS turns the maximisation around.
        assert_eq!(found.maximise, file.ends_with("lp"), "{file}");
    }
    // Gurobi's lazy row is one that the model needs; it is no other row than in the base.
    for file in ["base.gurobi.lp", "base.gurobi.mps"] {
        let found = open(file);
        assert!(differences(&open("base.lp").model, &found.model, 9).is_empty(), "{file}");
    }
    let found = open("base.gurobi.lp");
    assert_eq!(found.model.rows.mark(row(&found, "second")), Mark::Lazy);
}

#[test]
fn both_rows_of_a_range_are_marked_and_one_has_the_name() {
    let text = "NAME m FREE\nROWS\n N o\nLAZYCONS\n L c\nROWS\n G d\nCOLUMNS\n x o 1 c 1\n x d 1\n\
                RHS\n R c 4 d 1\nRANGES\n R c 2\nENDATA\n";
    let found = mps(text).unwrap();
    let marks: Vec<Mark> = (0..3).map(|r| found.model.rows.mark(RowId(r))).collect();
    assert_eq!(marks, [Mark::Lazy, Mark::Lazy, Mark::Core]);
    let names: Vec<String> =
        (0..3).map(|r| NameStyle::Readable.row_string(&found.model, RowId(r))).collect();
    assert_eq!(names.iter().filter(|n| *n == "c").count(), 1, "{names:?}");
    assert_eq!(names[2], "d");
}

#[test]
fn priorities_of_other_writers_are_read() {
    let found = open("base.gurobi.lp");
    assert_eq!(priorities(&found), [("x", 3), ("y", -5)]);
    assert!(found.notes.iter().any(|n| n.contains("base.gurobi.ord")), "{:?}", found.notes);
    assert_eq!(priorities(&open("base.gurobi.mps")), [("x", 3), ("y", -5)]);
    assert_eq!(priorities(&open("base.cplex.lp")), [("x", 3), ("y", 5)]);
    assert_eq!(priorities(&open("base.cplex.mps")), []);
}

#[test]
fn files_of_priorities_beside_a_model() {
    let dir = tempfile::tempdir().unwrap();
    let model = dir.path().join("m.lp");
    std::fs::copy(folder().join("base.lp"), &model).unwrap();
    let with = |ending: &str, text: &str| {
        let file = dir.path().join(format!("m{ending}"));
        std::fs::write(&file, text).unwrap();
        let found = load(&model);
        std::fs::remove_file(&file).unwrap();
        found.map_err(|e| e.to_string())
    };
    let commands = "set branching priority x 3\nset branching priority y -2\n";
    assert_eq!(priorities(&with(".lp.batch", commands).unwrap()), [("x", 3), ("y", -2)]);
    let cplex = "NAME\n    y  7\n DN x 1\nENDATA\n";
    assert_eq!(priorities(&with(".lp.ord", cplex).unwrap()), [("x", 1), ("y", 7)]);
    let continuous = with(".ord", "z 4\ny 1\n").unwrap();
    assert_eq!(priorities(&continuous), [("y", 1)]);
    assert!(continuous.notes.iter().any(|n| n.contains("continuous columns were left out")));
    for (text, words) in [
        ("q 1\n", ":1: there is no column `q`"),
        ("# hm\nx one\n", ":2: a whole number should stand here"),
        ("x 1\nx 2\n", ":2: the priority of `x` stands here for the second time"),
        ("NAME\n x 1\n", "the file ends before `ENDATA`"),
        ("NAME\nENDATA\n x 1\n", ":3: nothing behind ENDATA should stand here"),
        ("x\n", ":1: a column and its priority should stand here"),
    ] {
        let error = with(".ord", text).unwrap_err();
        assert!(error.contains("m.ord") && error.contains(words), "{error}");
    }
}

/// A suffix of an NL file: columns are by position, and continuous ones have none.
#[test]
fn priorities_of_nl_files_are_read() {
    let text = "g3 1 1 0\n 3 1 1 0 0\n 0 0\n 0 0\n 0 0 0\n 0 0 0 1\n 0 2 0 0 0\n 3 3\n 0 0\n 0 0 0 0 0\n\
                C0\nn0\nO0 0\nn0\nS0 3 priority\n0 9\n1 4\n2 -1\nr\n1 5\nb\n0 0 9\n0 0 9\n0 0 9\nk2\n1\n2\n\
                J0 3\n0 1\n1 1\n2 1\nG0 3\n0 1\n1 1\n2 1\n";
    let found =
        read(text.as_bytes(), ModelFormat::Nl, None, "m.nl").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(priorities(&found), [("x1", 4), ("x2", -1)]);
    let real = text.replace("S0 3", "S4 3").replace("1 4\n", "1 4.5\n");
    let error = read(real.as_bytes(), ModelFormat::Nl, None, "m.nl").unwrap_err().to_string();
    assert!(error.contains("the priority 4.5"), "{error}");
}

#[test]
fn names_of_rows_are_kept() {
    let text = "Minimize\n obj: x\nSubject To\n low: x >= 1\n x <= 9\n Top.2: x + y <= 4\nEnd\n";
    let found = lp(text).unwrap();
    row(&found, "low");
    row(&found, "Top.2");
    // Pyomo names the rows of its NL file in a file beside it.
    let found = load(&folder().join("../foreign_models/mixed.pyomo.nl")).unwrap();
    for name in ["cap", "low", "mix", "pick", "both"] {
        row(&found, name);
    }
    let text = std::fs::read(folder().join("../foreign_models/mixed.pyomo.nl")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("m.nl"), text).unwrap();
    std::fs::write(dir.path().join("m.row"), "cap\nlow\n").unwrap();
    let error = load(&dir.path().join("m.nl")).unwrap_err().to_string();
    assert!(error.contains("(.row) has 2 names for 5 rows and 1 objectives"), "{error}");
}
