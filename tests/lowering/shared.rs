//! Shared expressions are written out exactly, up to a limit; special ordered sets that overlap
//! become rows where the target has only disjoint ones.

use crate::models::build::{bin, int, real, row};
use crate::models::enumerate::{Outcome, minimum};
use theriac::ir::expr::Expr;
use theriac::ir::{ExprId, Family, Model, Objective, Place, Rule, Sense, Sos1, VarId, VarKind};
use theriac::lower::{Guarantee, Lowering, Refusal, Target, legalise};

/// Three variables and some expressions, each of which may use any older one.
fn graph(rng: &mut fastrand::Rng) -> Model {
    let mut m = Model::new();
    for k in 0..3 {
        m.add_var(VarKind::Continuous, 0.5, 2.0, Family::Lowered.at(Place::NONE.i(k)));
    }
    for k in 0..12_u32 {
        let mut older = || ExprId(rng.u32(0..k.max(1)));
        let (a, b, c) = (older(), older(), older());
        let node = match if k < 3 { 0 } else { rng.u8(1..8) } {
            0 => Expr::Var(VarId(k)),
            1 => Expr::Sum(vec![a, b, c]),
            2 => Expr::Product(a, b),
            3 => Expr::Quotient(a, b),
            4 => Expr::Neg(a),
            5 => Expr::Exp(a),
            6 => Expr::Sum(vec![a]),
            _ => Expr::Constant(f64::from(rng.i8(..))),
        };
        m.exprs.push(node);
    }
    for _ in 0..2 {
        let id = m.add_row(&[(VarId(0), 1.0)], Sense::Le, 1e6, Rule::Foreign.at(Place::NONE));
        m.rows.attach_smooth(id, ExprId(rng.u32(3..12)));
    }
    m.objective.smooth = Some(ExprId(11));
    m
}

#[test]
fn shared_expressions_are_written_out_with_the_same_values() {
    let mut rng = fastrand::Rng::with_seed(8);
    let mut lowered = 0;
    for _ in 0..300 {
        let model = graph(&mut rng);
        let kept = legalise(&model, Target::NlScip).unwrap();
        assert_eq!(kept.model.exprs, model.exprs);
        let tree = legalise(&model, Target::NlText).unwrap();
        assert!(tree.model.shared_exprs().is_empty());
        assert_eq!(tree.guarantee, Guarantee::Exact);
        let step = tree.steps.iter().any(|s| s.lowering == Lowering::CommonExpressions);
        assert_eq!(step, !model.shared_exprs().is_empty());
        lowered += usize::from(step);
        let x: Vec<f64> = (0..3).map(|_| 0.5 + 1.5 * rng.f64()).collect();
        let values = |m: &Model| -> Vec<u64> {
            let all = m.exprs.values(&x);
            m.expr_roots().map(|id| all[id.0 as usize].to_bits()).collect()
        };
        assert_eq!(values(&tree.model), values(&model));
    }
    assert!(lowered > 200, "{lowered}");
}

#[test]
fn a_graph_that_would_be_a_giant_tree_is_refused_with_the_way_out() {
    let mut m = Model::new();
    let x = m.add_var(VarKind::Continuous, 0.0, 1.0, Family::Lowered.at(Place::NONE));
    let mut last = m.exprs.push(Expr::Var(x));
    for _ in 0..60 {
        last = m.exprs.push(Expr::Sum(vec![last, last]));
    }
    m.objective.smooth = Some(last);
    let refusal = legalise(&m, Target::NlText).unwrap_err();
    assert!(matches!(refusal, Refusal::Expressions { size, .. } if size > 1 << 60), "{refusal}");
    assert!(refusal.to_string().contains("nl-scip"), "{refusal}");
    assert!(legalise(&m, Target::NlScip).is_ok());
}

#[test]
fn overlapping_sets_become_rows_for_nl_and_disjoint_ones_stay() {
    let mut rng = fastrand::Rng::with_seed(9);
    let (mut split, mut kept) = (0, 0);
    for _ in 0..60 {
        let mut m = Model::new();
        let mut vars =
            vec![bin(&mut m, "a"), int(&mut m, "b", 0.0, 2.0), int(&mut m, "c", -1.0, 2.0)];
        vars.push(real(&mut m, "x", 0.0, 1.5));
        vars.push(real(&mut m, "y", -1.0, 1.0));
        for _ in 0..rng.usize(1..4) {
            let count = rng.usize(2..4);
            let members = rng.choose_multiple(&vars, count);
            let members = members.iter().enumerate().map(|(k, v)| (**v, (k + 1) as f64)).collect();
            m.sos1.push(Sos1 { members, origin: Rule::Foreign.at(Place::NONE) });
        }
        let cost: Vec<(VarId, f64)> = vars.iter().map(|v| (*v, f64::from(rng.i8(-5..6)))).collect();
        m.objective = Objective::new(&cost, &[], 0.0);
        let all: Vec<(VarId, f64)> = vars.iter().map(|v| (*v, 1.0)).collect();
        row(&mut m, &all, Sense::Le, 3.25);
        let lowered = legalise(&m, Target::NlScip).unwrap();
        let left = &lowered.model.sos1;
        let mut seen = std::collections::BTreeSet::new();
        assert!(left.iter().flat_map(|s| &s.members).all(|(v, _)| seen.insert(*v)));
        split += m.sos1.len() - left.len();
        kept += left.len();
        match (minimum(&m, &[]), minimum(&lowered.model, &[])) {
            (Outcome::Optimal(a), Outcome::Optimal(b)) => assert!((a - b).abs() < 1e-9, "{a} {b}"),
            (a, b) => panic!("{a:?} {b:?}"),
        }
    }
    assert!(split > 20 && kept > 60, "{split} {kept}");
}
