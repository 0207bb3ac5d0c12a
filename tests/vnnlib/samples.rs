//! The sample files of another verifier.

use std::path::Path;

use theriac::front::vnnlib::load;
use theriac::question::verify::cases;

/// File, inputs, outputs, the first input of the only case, and its goal; or the refusal.
type Row = (&'static str, Result<(usize, usize, (f64, f64), &'static str), &'static str>);

const ROWS: [Row; 14] = [
    ("test_add_const", Ok((1, 1, (0.0, 1.0), "(<= (* -1 Y_0) 0)"))),
    (
        "test_add_var",
        Ok((
            5,
            5,
            (-0.303_531_156_137_468_67, -0.298_552_811_934_750_53),
            "(and (<= (* -1 Y_0) 0) (<= (* -1 Y_1) 0) (<= (* -1 Y_2) 0) (<= (+ Y_0 Y_1) 1))",
        )),
    ),
    ("test_and", Ok((1, 1, (0.0, 1.0), "(<= (* -1 Y_0) -1)"))),
    ("test_exp_notation", Ok((1, 1, (-1.0, 1.0), "(<= (* -1 Y_0) -0.5)"))),
    ("test_nano_vnncomp", Ok((1, 1, (-1.0, 1.0), "(<= Y_0 -1)"))),
    ("test_small_vnncomp", Ok((1, 1, (-1.0, 1.0), "(<= (* -1 Y_0) -100)"))),
    ("test_tiny_vnncomp", Ok((1, 1, (-1.0, 1.0), "(<= (* -1 Y_0) -100)"))),
    (
        "test_prop_vnncomp",
        Ok((
            5,
            5,
            (-0.303_531_156_137_468_67, -0.298_552_811_934_750_53),
            "(and (<= (+ Y_0 (* -1 Y_1)) 0) (<= (+ Y_0 (* -1 Y_2)) 0) (<= (+ Y_0 (* -1 Y_3)) 0) \
             (<= (+ Y_0 (* -1 Y_4)) 0))",
        )),
    ),
    (
        "test_sub_var",
        Ok((
            5,
            5,
            (-0.303_531_156_137_468_67, -0.298_552_811_934_750_53),
            "(and (<= (* -1 Y_0) 0) (<= (* -1 Y_1) 0) (<= (* -1 Y_2) 0) (<= (+ Y_0 (* -1 Y_1)) 1))",
        )),
    ),
    ("test_sub_const", Ok((1, 1, (2.0, 3.0), "(<= (* -1 Y_0) 0)"))),
    ("acasxu_prop1", Ok((5, 5, (0.6, 0.679_857_769), "(<= (* -1 Y_0) [-3.991125645861615,"))),
    (
        "test_mul_var_var",
        Err("test_mul_var_var.vnnlib:4:13: this product of two expressions with variables is not \
             linear; only constant factors are supported"),
    ),
    (
        "test_assert_operator_not_implemented",
        Err("test_assert_operator_not_implemented.vnnlib:4:10: the operator `xor` is not \
             supported; write `(or (and a (not b)) (and b (not a)))`"),
    ),
    (
        "test_command_not_implemented",
        Err("test_command_not_implemented.vnnlib:3:2: the command `declare-sore` is not \
             supported; a property has declarations and `assert`"),
    ),
];

fn path(name: &str) -> std::path::PathBuf {
    Path::new("tests/data/vnnlib/samples").join(format!("{name}.vnnlib"))
}

#[test]
fn every_sample_says_what_it_says() {
    for (name, expected) in ROWS {
        let found = load(&path(name));
        match expected {
            Ok((inputs, outputs, first, goal)) => {
                let query = found.unwrap();
                let sizes = (query.property.inputs, query.property.outputs);
                assert_eq!(sizes, (inputs, outputs), "{name}");
                let cases = cases(&query.property).unwrap();
                assert_eq!(cases.len(), 1, "{name}");
                let x = cases[0].outer[0];
                // Decimals that no double holds lie between two neighbours.
                let near = |end: f64, value: f64| end == value || end == value.next_up();
                assert!(near(x.hi, first.1), "{name}: {x:?}");
                assert!(near(-x.lo, -first.0), "{name}: {x:?}");
                let text = cases[0].goal.to_string();
                assert!(text.starts_with(goal), "{name}: {text}");
                assert!(text.len() == goal.len() || goal.ends_with(','), "{name}: {text}");
            }
            Err(words) => {
                let told = found.unwrap_err().to_string();
                assert_eq!(told, format!("tests/data/vnnlib/samples/{words}"));
            }
        }
    }
}

/// The last sample has an input without a lower bound that is one after all: `(* -2 X_0) >= -2`.
#[test]
fn a_factor_turns_the_relation() {
    let query = load(&path("test_mul_var_const")).unwrap();
    let parts = query.property.formula.to_string();
    let expected = "(and (<= (* -2 X_0) 0) (<= (* 2 X_0) 2) (<= 0 1000) (<= (* -1 Y_0) 0))";
    assert_eq!(parts, expected);
    let case = &cases(&query.property).unwrap()[0];
    assert_eq!((case.outer[0].lo, case.outer[0].hi), (0.0, 1.0));
    assert_eq!(case.goal.to_string(), "(<= (* -1 Y_0) 0)");
    let files = std::fs::read_dir("tests/data/vnnlib/samples").unwrap().count();
    assert_eq!(files, ROWS.len() + 1, "every sample has its row");
}
