//! Each invariant of the IR, broken once; and the saved form against damage.

use crate::models;
use crate::models::build::*;
use theriac::ir::expr::Expr;
use theriac::ir::{
    ExprId, Family, Guard, Model, Objective, Place, Sense, Sos1, VarId, VarKind, save,
};
use theriac::lower::{Format, Target};
use theriac::valid::{Capabilities, Fault, validate};

fn base() -> (Model, VarId, VarId) {
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 1.0);
    let b = bin(&mut m, "b");
    row(&mut m, &[(x, 1.0), (b, 2.0)], Sense::Le, 2.0);
    m.objective = Objective::new(&[(x, 1.0)], &[], 0.0);
    (m, x, b)
}

/// The only fault of a base model after `spoil`.
fn fault(spoil: impl FnOnce(&mut Model, VarId, VarId)) -> Fault {
    let (mut m, x, b) = base();
    assert!(validate(&m, None).is_ok());
    spoil(&mut m, x, b);
    let faults = validate(&m, None).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].clone()
}

macro_rules! breaks {
    ($name:ident, $pattern:pat, $spoil:expr) => {
        #[test]
        fn $name() {
            let fault = fault($spoil);
            assert!(matches!(fault, $pattern), "{fault:?}");
            // One sentence without a line break.
            assert!(!fault.to_string().contains('\n'));
        }
    };
}

breaks!(nan_bound, Fault::NotANumber { .. }, |m, x, _| m.vars.set_bounds(x, f64::NAN, 1.0));
breaks!(lower_is_plus_infinity, Fault::NoValue { .. }, |m, x, _| m.vars.set_bounds(x, INF, INF));
breaks!(crossed_bounds, Fault::Crossed { .. }, |m, x, _| m.vars.set_bounds(x, 2.0, 1.0));
breaks!(binary_bounds, Fault::BinaryBounds { .. }, |m, _, b| m.vars.set_bounds(b, 0.0, 2.0));
breaks!(duplicate_role, Fault::DuplicateRole { .. }, |m, _, _| {
    m.add_var(VarKind::Continuous, 0.0, 1.0, Family::Named.at(Place::NONE));
});
breaks!(hidden_index, Fault::HiddenIndex { index: "layer", .. }, |m, _, _| {
    m.add_var(VarKind::Continuous, 0.0, 1.0, Family::Worst.at(Place::NONE.layer(1)));
});
breaks!(unknown_variable, Fault::UnknownVariable { var: 7, .. }, |m, _, _| {
    row(m, &[(VarId(7), 1.0)], Sense::Le, 1.0);
});
breaks!(nan_coefficient, Fault::NotANumber { .. }, |m, x, _| {
    row(m, &[(x, f64::NAN)], Sense::Le, 1.0);
});
breaks!(infinite_side, Fault::Infinite { .. }, |m, x, _| row(m, &[(x, 1.0)], Sense::Le, INF));
breaks!(infinite_quadratic, Fault::Infinite { .. }, |m, x, b| {
    quad_row(m, &[], &[q(x, b, INF)], Sense::Le, 1.0);
});
breaks!(infinite_constant, Fault::Infinite { .. }, |m, _, _| m.objective.constant = INF);
breaks!(objective_order, Fault::Order { .. }, |m, x, b| {
    m.objective.linear = vec![(b, 1.0), (x, 1.0)];
});
breaks!(objective_zero, Fault::Zero { .. }, |m, x, _| m.objective.linear = vec![(x, 0.0)]);
breaks!(quadratic_order, Fault::Order { .. }, |m, x, b| m.objective.quad = vec![q(b, x, 1.0)]);
breaks!(guard_is_binary, Fault::GuardNotBinary { .. }, |m, x, _| {
    m.add_guarded_row(Guard { var: x, value: true }, &[(x, 1.0)], Sense::Le, 1.0, origin());
});
breaks!(empty_set, Fault::EmptySet { set: 0 }, |m, _, _| {
    m.sos1.push(Sos1 { members: Vec::new(), origin: origin() });
});
breaks!(set_weights, Fault::SetRepeats { what: "a weight", .. }, |m, x, b| {
    m.sos1.push(Sos1 { members: vec![(x, 1.0), (b, 1.0)], origin: origin() });
});
breaks!(set_members, Fault::SetRepeats { what: "a variable", .. }, |m, x, _| {
    m.sos1.push(Sos1 { members: vec![(x, 1.0), (x, 2.0)], origin: origin() });
});
breaks!(forward_expression, Fault::ForwardExpression { .. }, |m, _, _| {
    m.exprs.push(Expr::Neg(ExprId(0)));
});
breaks!(empty_sum, Fault::EmptySum { .. }, |m, _, _| {
    m.exprs.push(Expr::Sum(Vec::new()));
});
breaks!(unknown_expression, Fault::ForwardExpression { .. }, |m, _, _| {
    m.objective.smooth = Some(ExprId(3));
});
breaks!(nameless, Fault::Table { table: "names", .. }, |m, _, _| {
    m.names.pop();
});

#[test]
fn faults_speak_of_roles() {
    let mut m = Model::new();
    let role = Family::ReluSwitch.at(Place::NONE.layer(1).i(7).sample(12).step(0));
    m.add_var(VarKind::Binary, 0.0, 3.0, role);
    let text = validate(&m, None).unwrap_err()[0].to_string();
    assert!(
        text.contains("d_1_7_s12_t0 (ReLU switch, layer 1, index 7, sample 12, step 0)"),
        "{text}"
    );
}

#[test]
fn a_target_that_lacks_something_says_what() {
    let m = models::linear::indicators();
    let highs = Target::HighsLp.capabilities();
    let faults = validate(&m, Some(highs)).unwrap_err();
    assert!(faults.iter().all(|f| matches!(f, Fault::Missing { .. })), "{faults:?}");
    assert!(validate(&m, Some(Target::GurobiLp.capabilities())).is_ok());
    let none = Capabilities { integers: false, ..Capabilities::ALL };
    assert!(validate(&m, Some(&none)).is_err());
}

#[test]
fn no_writer_drops_what_its_format_cannot_hold() {
    use theriac::back::{Options, WriteError, write};
    let cases: [(Model, &[Format]); 4] = [
        (models::quadratic::smooth(), &[Format::Lp, Format::Mps]),
        (models::linear::constant(), &[Format::Lp, Format::Mps]),
        (models::linear::indicators(), &[Format::NlText, Format::NlBinary]),
        (models::linear::sos1(), &[Format::NlText, Format::NlBinary]),
    ];
    for (model, formats) in &cases {
        for format in *formats {
            let checked = validate(model, None).unwrap();
            let mut out = Vec::new();
            let result = write(&checked, *format, &Options::default(), &mut out);
            assert!(matches!(result, Err(WriteError::Unsupported(_))), "{format:?}");
            assert!(out.is_empty());
        }
    }
    let nothing = models::linear::nothing();
    let checked = validate(&nothing, None).unwrap();
    let result = write(&checked, Format::NlText, &Options::default(), &mut Vec::new());
    assert!(matches!(result, Err(WriteError::NoVariables)));
}

fn everything() -> Vec<Model> {
    use crate::models::{linear::*, quadratic::*};
    vec![
        bounds(),
        integers(),
        indicators(),
        sos1(),
        binary_products(),
        extremes(),
        foreign_names(),
        families(),
        nothing(),
        long_lines(),
        equality(),
        convex_objective(),
        guarded_quadratic(),
        all_orders(),
        smooth(),
    ]
}

#[test]
fn saved_models_come_back_as_they_were() {
    for mut model in everything() {
        // Not only pretty numbers.
        if model.var_count() > 1 {
            let x = VarId(0);
            row(&mut model, &[(x, f64::MIN_POSITIVE / 8.0)], Sense::Le, -0.0);
            row(&mut model, &[(x, 0.1 + 0.2)], Sense::Ge, -1e300);
        }
        let bytes = save::to_bytes(&model);
        let back = save::from_bytes(&bytes).unwrap();
        assert_eq!(back, model);
        let zero = |m: &Model| m.rows.iter().map(|r| r.rhs.to_bits()).collect::<Vec<_>>();
        assert_eq!(zero(&back), zero(&model));
        assert_eq!(save::to_bytes(&back), bytes);
    }
}

#[test]
fn damaged_saved_models_are_errors_or_valid_models_and_never_panics() {
    let mut rng = fastrand::Rng::with_seed(5);
    let (mut refused, mut read) = (0, 0);
    for model in everything() {
        let bytes = save::to_bytes(&model);
        for k in 0..800 {
            let mut hurt = bytes.clone();
            match k % 4 {
                0 => hurt.truncate(rng.usize(0..bytes.len())),
                1 => {
                    let at = rng.usize(0..bytes.len());
                    hurt[at] ^= 1 << rng.u8(0..8);
                }
                2 => {
                    let at = rng.usize(0..bytes.len());
                    hurt[at] = rng.u8(..);
                    hurt.insert(rng.usize(0..bytes.len()), rng.u8(..));
                }
                _ => {
                    for _ in 0..8 {
                        let at = rng.usize(8..bytes.len());
                        hurt[at] = [0, 1, 0x7f, 0x80, 0xff][rng.usize(0..5)];
                    }
                }
            }
            match save::from_bytes(&hurt) {
                Err(e) => {
                    assert!(!e.to_string().is_empty());
                    refused += 1;
                }
                Ok(model) => {
                    // What was read can be written, or is refused in words.
                    read += 1;
                    for target in [Target::PortableLp, Target::PortableMps, Target::NlText] {
                        let options = theriac::back::Options::default();
                        let lowering = theriac::lower::LowerOptions::default();
                        let mut out = std::io::sink();
                        let _ = theriac::back::emit(&model, target, lowering, &options, &mut out);
                    }
                }
            }
        }
    }
    assert!(refused > 5000 && read > 500, "{refused} refused, {read} read");
}

#[test]
fn files_of_another_kind_or_version_are_refused() {
    let mut bytes = save::to_bytes(&models::linear::knapsack());
    assert!(matches!(save::from_bytes(b"PK"), Err(save::LoadError::Magic)));
    // The version is the first field: key 8, then its value.
    assert_eq!(bytes[8], 8);
    bytes[9] = 99;
    assert!(matches!(save::from_bytes(&bytes), Err(save::LoadError::Version { found: 99 })));
}

#[test]
fn conversion_goes_through_the_saved_file() {
    use theriac::back::{Options, convert};
    let dir = tempfile::tempdir().unwrap();
    let (from, to) = (dir.path().join("m.thir"), dir.path().join("m.lp"));
    save::save(&models::linear::sos1(), &from).unwrap();
    let lowering = theriac::lower::LowerOptions::default();
    let done = convert(&from, Target::GurobiLp, lowering, &Options::default(), &to).unwrap();
    assert!(done.emitted.steps.is_empty());
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/sos1/scip.lp");
    assert_eq!(std::fs::read(&to).unwrap(), std::fs::read(golden).unwrap());
    std::fs::write(&from, b"THERIR\r\nnonsense").unwrap();
    assert!(convert(&from, Target::GurobiLp, lowering, &Options::default(), &to).is_err());
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
}
