//! Whether two files hold the same model up to order and names, as `diff` finds it.

use std::path::{Path, PathBuf};

use theriac::front::model::{ModelFormat, load, read};
use theriac::ir::compare::{Naming, differences, level, naming, same_names};
use theriac::ir::{Model, VarId};

use crate::program;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn lp(text: &str) -> Model {
    read(text.as_bytes(), ModelFormat::Lp, None, "x.lp")
        .unwrap_or_else(|e| panic!("{e}\n{text}"))
        .model
}

/// Binaries on the vertices of a graph, no two of an edge together.
fn stable(edges: &[(&str, &str)]) -> Model {
    let mut names: Vec<&str> = edges.iter().flat_map(|e| [e.0, e.1]).collect();
    names.sort_unstable();
    names.dedup();
    let rows: Vec<String> = edges.iter().map(|(a, b)| format!(" {a} + {b} <= 1")).collect();
    lp(&format!(
        "Maximize\n obj: {}\nSubject To\n{}\nBinaries\n {}\nEnd\n",
        names.join(" + "),
        rows.join("\n"),
        names.join(" ")
    ))
}

/// The pairs of a naming that exists.
fn pairs(a: &Model, b: &Model) -> Vec<(String, String)> {
    match naming(a, b) {
        Naming::Same(pairs) => pairs,
        other => panic!("{other:?}"),
    }
}

#[test]
fn cycles_are_told_apart_although_every_vertex_has_two_neighbours() {
    let six = stable(&[("p", "q"), ("q", "r"), ("r", "s"), ("s", "t"), ("t", "u"), ("u", "p")]);
    let other = stable(&[("a", "d"), ("d", "b"), ("b", "f"), ("f", "c"), ("c", "e"), ("e", "a")]);
    let triangles =
        stable(&[("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "f"), ("f", "d")]);
    assert_eq!(pairs(&six, &other).len(), 6);
    assert_eq!(naming(&six, &triangles), Naming::Different);
    assert_eq!(naming(&other, &triangles), Naming::Different);
    assert!(!same_names(&six, &other) && same_names(&other, &triangles));
    // The pairs are a naming: neighbours stay neighbours.
    let mut renamed = six.clone();
    for (a, b) in pairs(&six, &other) {
        let place = six.names.iter().position(|n| *n == a).unwrap();
        renamed.names[place] = b;
    }
    assert!(differences(&renamed, &other, 9).is_empty());
}

/// Everything that a column can stand in tells it from others.
#[test]
fn one_number_less_or_more_is_another_model() {
    let text = "Minimize\n obj: x + y + 2 z + [ 2 x * y + 4 z ^2 ] / 2\nSubject To\n \
                c1: x + 2 y - z >= 1\n c2: y + z <= 8\n q1: [ x * z + y ^2 ] <= 5\n \
                i1: b = 1 -> x + z <= 4\nBounds\n x <= 7\n y <= 7\n z <= 7\nGenerals\n z\n\
                Binaries\n b\nSOS\n s1: S1:: x:1 y:2 z:3\nEnd\n";
    let model = lp(text);
    let swapped = text
        .replace('x', "A")
        .replace('y', "BB")
        .replace(" z", " C")
        .replace("b =", "d =")
        .replace("\n b\n", "\n d\n");
    let other = lp(&swapped);
    assert_eq!(pairs(&model, &other).len(), 4);
    let changes = [
        ("2 z + [", "3 z + ["),
        ("2 x * y", "3 x * y"),
        ("2 y - z", "2 y - 2 z"),
        (">= 1", ">= 2"),
        ("c2: y + z <=", "c2: y + z >="),
        ("x * z + y ^2", "x * y + z ^2"),
        ("b = 1", "b = 0"),
        ("y <= 7", "y <= 6"),
        ("Generals\n z", "Generals\n y"),
        ("x:1 y:2", "x:1 y:1.5"),
        ("obj: x + y", "obj: x + 5 + y"),
    ];
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        let changed = lp(&text.replacen(from, to, 1));
        assert_eq!(naming(&changed, &other), Naming::Different, "{to}");
        assert_eq!(naming(&other, &changed), Naming::Different, "{to}");
    }
}

/// Every golden model under other names, in the format that each writes.
#[test]
fn golden_models_are_found_again_under_other_names() {
    let mut seen = 0;
    for case in std::fs::read_dir(root().join("golden")).unwrap() {
        let case = case.unwrap().path();
        for file in ["model.lp", "model.nl"] {
            let path = case.join(file);
            let Ok(found) = load(&path) else { continue };
            if found.model.var_count() > 2000 {
                continue;
            }
            let mut other = found.model.clone();
            let count = other.names.len();
            for (k, name) in other.names.iter_mut().enumerate() {
                *name = format!("col{}", count - k);
            }
            let pairs = pairs(&found.model, &other);
            assert_eq!(pairs.len(), count, "{}", path.display());
            if count > 0 {
                other.vars.set_bounds(VarId(0), -7.25, 913.5);
                assert_eq!(naming(&found.model, &other), Naming::Different, "{}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen >= 40, "{seen} models");
}

/// One model of Pyomo in two formats, the second without its names.
#[test]
fn formats_without_names_are_compared() {
    let data = root().join("tests/data/foreign_models");
    for name in ["mixed", "quadratic"] {
        let first = load(&data.join(format!("{name}.pyomo.lp"))).unwrap();
        let bytes = std::fs::read(data.join(format!("{name}.pyomo.nl"))).unwrap();
        let second = read(&bytes, ModelFormat::Nl, None, "x.nl").unwrap();
        assert!(!same_names(&first.model, &second.model));
        assert!(!pairs(&first.model, &second.model).is_empty(), "{name}");
    }
}

fn diff(dir: &Path, first: &str, second: &str) -> (i32, String) {
    for (name, text) in [("a.lp", first), ("b.lp", second)] {
        std::fs::write(dir.join(name), text).unwrap();
    }
    let output = program::theriac_in(dir, &["diff", "a.lp", "b.lp"]);
    (program::status(&output), program::out(&output))
}

#[test]
fn diff_says_what_was_renamed() {
    let dir = tempfile::tempdir().unwrap();
    let model = |x: &str, y: &str, a: i32| {
        format!(
            "Maximize\n obj: 3 {x} + {a} {y}\nSubject To\n c1: {x} + {y} <= 4\n c2: {x} - {y} <= 1\nEnd\n"
        )
    };
    let text = model("x", "y", 2);
    let (status, said) = diff(dir.path(), &text, &model("weight", "other", 2));
    assert_eq!(status, 0, "{said}");
    assert!(said.starts_with("SAME  ") && said.contains("up to the names of 2 columns"), "{said}");
    assert!(
        said.contains("renamed: x is weight in the second, y is other in the second"),
        "{said}"
    );
    // Names changed for each other are a difference, but it is said that they are the only one.
    let (status, said) = diff(dir.path(), &text, &model("y", "x", 2));
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("changed for each other the two are the same: x is y"), "{said}");
    // Another model stays one.
    let (status, said) = diff(dir.path(), &text, &model("w", "y", 5));
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("no other names of the columns make the two the same"), "{said}");
    // The sense alone is no difference.
    let negative = text.replace("Maximize\n obj: 3 x + 2 y", "Minimize\n obj: - 3 x - 2 y");
    let (status, said) = diff(dir.path(), &text, &negative);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("the first maximises, the second minimises"), "{said}");
}

/// Files have a column fixed at one where the program that they were written from has a constant in
/// its objective; another constant is another model.
#[test]
fn a_constant_is_the_column_that_files_have_for_it() {
    let constant = |value: f64| {
        let mut m = lp("Minimize\n obj: x + y\nSubject To\n r: x + y >= 1\nEnd\n");
        m.objective.constant = value;
        m
    };
    let file = |value: &str, bounds: &str| {
        lp(&format!(
            "Minimize\n obj: x + y + {value} one\nSubject To\n r: x + y >= 1\nBounds\n \
             {bounds}\nEnd\n"
        ))
    };
    let found = |mut a: Model, mut b: Model| {
        level(&mut a, &mut b);
        let (there, back) = (differences(&a, &b, 9), differences(&b, &a, 9));
        assert_eq!(there.len(), back.len());
        there
    };
    assert!(found(constant(2.5), file("2.5", "one = 1")).is_empty());
    assert!(found(file("2.5", "one = 1"), constant(2.5)).is_empty());
    assert!(found(file("2.5", "one = 1"), file("2.5", "one = 1")).is_empty());
    assert_eq!(found(constant(2.5), file("3.5", "one = 1")).len(), 1);
    // A variable of that name is none.
    assert!(!found(constant(2.5), file("2.5", "one <= 1")).is_empty());
    assert!(!found(constant(0.0), file("2.5", "one = 1")).is_empty());
}
