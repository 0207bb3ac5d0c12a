//! Readers count the columns of an LP file in the order of first mention: solution files by
//! position that real solvers wrote, against a file whose columns the model has in another order.

use std::path::{Path, PathBuf};

use theriac::back::{Options, lp, write};
use theriac::front::model::load;
use theriac::ir::{Family, Guard, Model, Objective, Place, QuadTerm, Rule, Sense, VarId, VarKind};
use theriac::lower::Format;
use theriac::sol::{self, Values};
use theriac::valid::validate;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/reader_order")
}

/// Column `j` is fixed at `j + 1`, so that a list of values shows its order; some stand in no
/// row, the first is binary and switches a row of the second model.
fn model(nonlinear: bool) -> Model {
    let mut m = Model::new();
    for j in 0..10 {
        let kind = match j {
            0 if nonlinear => VarKind::Binary,
            6 => VarKind::Integer,
            _ => VarKind::Continuous,
        };
        let value = j as f64 + 1.0;
        m.add_var(kind, value, value, Family::Slack.at(Place::NONE.i(j)));
    }
    let v = VarId;
    let origin = Rule::Lowered;
    m.objective = Objective::new(&[(v(4), 1.0), (v(6), -2.0)], &[], 0.0);
    m.add_row(&[(v(2), 1.0), (v(9), 1.0)], Sense::Le, 50.0, origin.at(Place::NONE.i(0)));
    m.add_row(&[(v(1), 1.0), (v(2), -1.0)], Sense::Ge, -50.0, origin.at(Place::NONE.i(1)));
    if nonlinear {
        let guard = Guard { var: v(0), value: true };
        m.add_guarded_row(guard, &[(v(5), 1.0)], Sense::Le, 50.0, origin.at(Place::NONE.i(2)));
        let quad = [QuadTerm { i: v(2), j: v(7), coefficient: 1.0 }];
        let terms = [(v(2), 1.0)];
        m.add_quad_row(&terms, &quad, Sense::Le, 500.0, origin.at(Place::NONE.i(3)));
    } else {
        m.add_row(&[(v(5), 1.0)], Sense::Le, 50.0, origin.at(Place::NONE.i(2)));
        let all = [(v(0), 1.0), (v(7), 1.0)];
        m.add_row(&all, Sense::Le, 50.0, origin.at(Place::NONE.i(3)));
    }
    m
}

#[test]
fn solvers_list_columns_as_they_are_first_mentioned() {
    for (name, nonlinear, samples) in [
        ("linear.lp", false, &["glpk.w", "highs_style2.sol", "copt.json"][..]),
        ("nonlinear.lp", true, &["copt_nonlinear.json"][..]),
    ] {
        let model = model(nonlinear);
        let mut text = Vec::new();
        let checked = validate(&model, None).unwrap();
        write(&checked, Format::Lp, &Options::default(), &mut text).unwrap();
        let path = folder().join(name);
        if std::env::var_os("THERIAC_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        // The samples are answers to this very file.
        assert_eq!(String::from_utf8(text).unwrap(), std::fs::read_to_string(&path).unwrap());
        let order = lp::columns(&model);
        assert!(!order.is_sorted(), "{name}");
        let expected: Vec<f64> = order.iter().map(|j| f64::from(*j) + 1.0).collect();
        // The reader of this program meets them in the same order.
        let read = load(&path).unwrap().model;
        let met: Vec<f64> = read.vars.iter().map(|v| v.lower).collect();
        assert_eq!(met, expected, "{name}");
        for sample in samples {
            let found = sol::read(&folder().join(sample)).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(found.values, Values::Indexed(expected.clone()), "{sample}");
        }
    }
}
