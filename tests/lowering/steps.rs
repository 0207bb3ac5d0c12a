//! The claim of each lowering, on random models: the optimum in every direction, with the original
//! variables where they are, is the same before and after (exact), or not larger (relaxation).

use crate::models;
use crate::models::build::*;
use crate::models::enumerate::{Outcome, minimum};
use dashu::rational::RBig;
use theriac::ir::{Guard, Model, Objective, QuadTerm, Sense, Sos1, VarId, VarKind};
use theriac::lower::{Guarantee, LowerOptions, Lowering, Refusal, Target, legalise, legalise_with};
use theriac::valid::validate;

fn number(rng: &mut fastrand::Rng) -> f64 {
    match rng.u8(0..4) {
        0 => f64::from(rng.i32(-4..5)),
        1 => f64::from(rng.i32(-40..41)) / 8.0,
        _ => rng.f64() * 8.0 - 4.0,
    }
}

fn nonzero(rng: &mut fastrand::Rng) -> f64 {
    let x = number(rng);
    if x == 0.0 { 1.5 } else { x }
}

fn sense(rng: &mut fastrand::Rng) -> Sense {
    [Sense::Le, Sense::Ge, Sense::Eq][rng.usize(0..3)]
}

/// Two or three bounded continuous variables, three binaries, sometimes an integer.
fn skeleton(rng: &mut fastrand::Rng) -> (Model, Vec<VarId>, Vec<VarId>) {
    let mut m = Model::new();
    let mut reals = Vec::new();
    for k in 0..rng.usize(2..4) {
        let (a, b) = (number(rng), number(rng));
        reals.push(real(&mut m, &format!("x{k}"), a.min(b), a.max(b)));
    }
    let mut bins: Vec<VarId> = (0..3).map(|k| bin(&mut m, &format!("b{k}"))).collect();
    if rng.bool() {
        bins.push(int(&mut m, "k", -1.0, 2.0));
    }
    (m, reals, bins)
}

fn terms(rng: &mut fastrand::Rng, vars: &[VarId]) -> Vec<(VarId, f64)> {
    let chosen: Vec<VarId> = vars.iter().copied().filter(|_| rng.u8(0..3) > 0).collect();
    chosen.into_iter().map(|v| (v, nonzero(rng))).collect()
}

fn direction(rng: &mut fastrand::Rng, m: &mut Model) {
    let quad = m.objective.quad.clone();
    let linear: Vec<(VarId, f64)> =
        (0..m.var_count()).map(|j| (VarId(j as u32), number(rng))).collect();
    m.objective = Objective::new(&linear, &quad, number(rng));
}

/// Same optimum in random directions; returns how many were finite.
fn same(model: &Model, target: Target, wanted: Lowering, rng: &mut fastrand::Rng) -> usize {
    let mut finite = 0;
    for _ in 0..4 {
        let mut model = model.clone();
        direction(rng, &mut model);
        let lowered = match legalise(&model, target) {
            Ok(lowered) => lowered,
            Err(e) => panic!("{e}"),
        };
        assert_eq!(lowered.guarantee, Guarantee::Exact);
        assert!(lowered.steps.iter().any(|s| s.lowering == wanted), "{:?}", lowered.steps);
        // Original variables stay the first, with their kinds and roles.
        for v in model.vars.iter() {
            let w = lowered.model.vars.get(v.id);
            assert_eq!((v.kind, v.role), (w.kind, w.role));
        }
        let (before, after) = (minimum(&model, &[]), minimum(&lowered.model, &[]));
        match (before, after) {
            (Outcome::Optimal(a), Outcome::Optimal(b)) => {
                assert!((a - b).abs() < 1e-6 * (1.0 + a.abs()), "{a} before, {b} after");
                finite += 1;
            }
            (a, b) => assert_eq!(a, b),
        }
    }
    finite
}

#[test]
fn indicators_with_big_m_keep_every_optimum() {
    let mut rng = fastrand::Rng::with_seed(11);
    let mut finite = 0;
    for _ in 0..120 {
        let (mut m, reals, bins) = skeleton(&mut rng);
        for _ in 0..rng.usize(1..4) {
            let all: Vec<VarId> = reals.iter().chain(&bins).copied().collect();
            let guard = Guard { var: bins[rng.usize(0..3)], value: rng.bool() };
            m.add_guarded_row(
                guard,
                &terms(&mut rng, &all),
                sense(&mut rng),
                number(&mut rng),
                origin(),
            );
        }
        finite += same(&m, Target::HighsMps, Lowering::Indicator, &mut rng);
    }
    assert!(finite > 150, "{finite}");
}

#[test]
fn big_m_rows_are_the_original_row_bit_for_bit_where_the_guard_is_on() {
    let mut rng = fastrand::Rng::with_seed(12);
    for _ in 0..500 {
        let mut m = Model::new();
        let x = real(&mut m, "x", -rng.f64() * 9.0, rng.f64() * 9.0);
        let b = bin(&mut m, "b");
        let value = rng.bool();
        let rhs = rng.f64() - 0.5;
        let a = nonzero(&mut rng);
        m.add_guarded_row(Guard { var: b, value }, &[(x, a)], Sense::Le, rhs, origin());
        let lowered = legalise(&m, Target::Embedded).unwrap();
        let rows: Vec<_> = lowered.model.rows.iter().collect();
        let row = rows.last().unwrap();
        let at = |v: VarId| row.cols.iter().position(|c| *c == v).map_or(0.0, |k| row.vals[k]);
        // With b at its value and its complement at the other, what is left of the side is exact.
        let on = if value { at(b) } else { 0.0 };
        assert_eq!(row.rhs - on, rhs);
        assert_eq!(at(x), a);
        // With the guard off, the row holds for all x.
        let off_column: f64 = row
            .cols
            .iter()
            .zip(row.vals)
            .filter(|(c, _)| **c != x)
            .map(|(c, v)| if *c == b { if value { 0.0 } else { *v } } else { *v })
            .sum();
        let worst = (a * m.vars.get(x).lower).max(a * m.vars.get(x).upper);
        assert!(worst + off_column <= row.rhs + 1e-12);
    }
}

#[test]
fn an_indicator_on_an_unbounded_row_is_refused_by_name() {
    let m = models::linear::unbounded_indicator();
    let refusal = legalise(&m, Target::PortableLp).unwrap_err();
    assert!(matches!(refusal, Refusal::Unbounded { side: "above", .. }), "{refusal:?}");
    let text = refusal.to_string();
    assert!(text.contains("column `x`") && text.contains("scip-lp"), "{text}");
}

#[test]
fn products_with_binaries_keep_every_optimum() {
    let mut rng = fastrand::Rng::with_seed(13);
    let mut finite = 0;
    for _ in 0..100 {
        let (mut m, reals, bins) = skeleton(&mut rng);
        let all: Vec<VarId> = reals.iter().chain(&bins).copied().collect();
        let product = |rng: &mut fastrand::Rng| {
            let b = bins[rng.usize(0..3)];
            q(b, all[rng.usize(0..all.len())], nonzero(rng))
        };
        for _ in 0..rng.usize(1..3) {
            let mut quad = vec![q(bins[0], reals[0], nonzero(&mut rng))];
            quad.extend((0..rng.usize(0..3)).map(|_| product(&mut rng)));
            let linear = terms(&mut rng, &all);
            quad_row(&mut m, &linear, &quad, sense(&mut rng), number(&mut rng));
        }
        m.objective.quad = Objective::new(&[], &[product(&mut rng)], 0.0).quad;
        finite += same(&m, Target::HighsLp, Lowering::BinaryProduct, &mut rng);
    }
    assert!(finite > 60, "{finite}");
}

#[test]
fn squares_of_binaries_keep_every_optimum() {
    let mut rng = fastrand::Rng::with_seed(14);
    let mut finite = 0;
    for _ in 0..60 {
        let (mut m, reals, bins) = skeleton(&mut rng);
        let all: Vec<VarId> = reals.iter().chain(&bins).copied().collect();
        let quad: Vec<QuadTerm> = bins[..3].iter().map(|b| q(*b, *b, nonzero(&mut rng))).collect();
        let linear = terms(&mut rng, &all);
        quad_row(&mut m, &linear, &quad, Sense::Le, number(&mut rng));
        finite += same(&m, Target::HighsLp, Lowering::BinarySquare, &mut rng);
    }
    assert!(finite > 60, "{finite}");
}

#[test]
fn sets_as_binaries_keep_every_optimum() {
    let mut rng = fastrand::Rng::with_seed(15);
    let mut finite = 0;
    for _ in 0..100 {
        let (mut m, reals, bins) = skeleton(&mut rng);
        let all: Vec<VarId> = reals.iter().chain(&bins).copied().collect();
        let mut members: Vec<(VarId, f64)> = Vec::new();
        for v in &all {
            let contains_zero = m.vars.get(*v).lower <= 0.0 && m.vars.get(*v).upper >= 0.0;
            if rng.bool() && (contains_zero || rng.u8(0..4) == 0) {
                members.push((*v, members.len() as f64 + 0.5));
            }
        }
        if members.is_empty() {
            members.push((reals[0], 1.0));
        }
        m.sos1.push(Sos1 { members, origin: origin() });
        let linear = terms(&mut rng, &all);
        row(&mut m, &linear, Sense::Le, 2.0 + number(&mut rng));
        finite += same(&m, Target::PortableLp, Lowering::Sos1, &mut rng);
    }
    assert!(finite > 100, "{finite}");
}

#[test]
fn constants_and_scaled_rows_keep_the_optimum() {
    let mut rng = fastrand::Rng::with_seed(16);
    for _ in 0..60 {
        let (mut m, reals, bins) = skeleton(&mut rng);
        let all: Vec<VarId> = reals.iter().chain(&bins).copied().collect();
        let mut linear = terms(&mut rng, &all);
        linear.retain(|t| t.0 != reals[0]);
        linear.push((reals[0], nonzero(&mut rng)));
        row(&mut m, &linear, Sense::Le, 1.0);
        let tiny: Vec<(VarId, f64)> = linear.iter().map(|(v, a)| (*v, a * 1e-10)).collect();
        let mut scaled = m.clone();
        scaled.rows = Model::new().rows;
        row(&mut scaled, &tiny, Sense::Le, 1e-10);
        direction(&mut rng, &mut m);
        m.objective.constant = 0.75;
        scaled.objective = m.objective.clone();
        let lowered = legalise(&scaled, Target::ScipLp).unwrap();
        assert!(lowered.steps.iter().any(|s| s.lowering == Lowering::Scale));
        assert!(lowered.steps.iter().any(|s| s.lowering == Lowering::Constant));
        // Every scaled number is the old one times one power of two.
        let (old, new) =
            (scaled.rows.iter().next().unwrap(), lowered.model.rows.iter().next().unwrap());
        let factor = new.rhs / old.rhs;
        assert_eq!(factor.log2().fract(), 0.0);
        assert!(old.vals.iter().zip(new.vals).all(|(a, b)| a * factor == *b));
        match (minimum(&m, &[]), minimum(&lowered.model, &[])) {
            (Outcome::Optimal(a), Outcome::Optimal(b)) => assert!((a - b).abs() < 1e-6, "{a} {b}"),
            (a, b) => assert_eq!(a, b),
        }
    }
}

#[test]
fn envelopes_contain_every_point_and_are_marked_as_relaxations() {
    let mut rng = fastrand::Rng::with_seed(17);
    for _ in 0..300 {
        let mut m = Model::new();
        let vars: Vec<VarId> = (0..2)
            .map(|k| {
                let (a, b) = (number(&mut rng), number(&mut rng));
                real(&mut m, &format!("x{k}"), a.min(b), a.max(b))
            })
            .collect();
        let quad = [q(vars[0], vars[1], nonzero(&mut rng)), q(vars[0], vars[0], nonzero(&mut rng))];
        quad_row(&mut m, &[(vars[1], 1.0)], &quad, Sense::Eq, number(&mut rng));
        assert!(matches!(legalise(&m, Target::HighsLp), Err(Refusal::Quadratic { .. })));
        let options = LowerOptions { relax: true };
        let lowered = legalise_with(&m, Target::HighsLp, options).unwrap();
        assert_eq!(lowered.guarantee, Guarantee::Relaxation);
        // Any point of the box, with its exact products, satisfies every envelope row exactly; the
        // corners are where they are tight.
        for k in 0..12 {
            let at = |v: theriac::ir::VarView| match (k, v.id.0) {
                (0..4, j) if (k >> j) & 1 == 0 => v.lower,
                (0..4, _) => v.upper,
                _ => v.lower + rng.f64() * (v.upper - v.lower),
            };
            let point: Vec<f64> = m.vars.iter().map(at).collect();
            let exact = |x: f64| RBig::try_from(x).unwrap();
            let mut full: Vec<RBig> = point.iter().map(|x| exact(*x)).collect();
            let (x, y) = (full[0].clone(), full[1].clone());
            // Columns come in the order of the quadratic terms: the square, then the product.
            full.extend([&x * &x, &x * &y]);
            let envelope = |r: &theriac::ir::RowView| r.origin.rule == theriac::ir::Rule::McCormick;
            let rows: Vec<_> = lowered.model.rows.iter().filter(envelope).collect();
            assert_eq!(rows.len(), 7);
            for row in rows {
                let terms = row.cols.iter().zip(row.vals);
                let lhs: RBig =
                    terms.fold(RBig::ZERO, |sum, (v, a)| sum + exact(*a) * &full[v.index()]);
                match row.sense {
                    Sense::Le => assert!(lhs <= exact(row.rhs)),
                    Sense::Ge => assert!(lhs >= exact(row.rhs)),
                    Sense::Eq => panic!("an envelope has no equation"),
                }
            }
        }
    }
}

#[test]
fn a_feasible_point_extends_to_a_feasible_point() {
    let mut rng = fastrand::Rng::with_seed(18);
    let mut checked = 0;
    for _ in 0..400 {
        let (mut m, reals, bins) = skeleton(&mut rng);
        let all: Vec<VarId> = reals.iter().chain(&bins).copied().collect();
        let point: Vec<f64> = m
            .vars
            .iter()
            .map(|v| match v.kind {
                VarKind::Continuous => v.lower + rng.f64() * (v.upper - v.lower),
                VarKind::Integer | VarKind::Binary => f64::from(rng.u8(0..2)),
            })
            .collect();
        let guard = Guard { var: bins[0], value: rng.bool() };
        let quad = [q(bins[1], reals[0], nonzero(&mut rng)), q(reals[0], reals[1], 0.5)];
        let linear = terms(&mut rng, &all);
        let value = |linear: &[(VarId, f64)], quad: &[QuadTerm]| {
            let at = |v: VarId| point[v.index()];
            linear.iter().map(|(v, a)| a * at(*v)).sum::<f64>()
                + quad.iter().map(|t| t.coefficient * at(t.i) * at(t.j)).sum::<f64>()
        };
        let rhs = value(&linear, &quad) + rng.f64();
        m.push_row(&linear, &quad, Some(guard), Sense::Le, rhs, origin());
        for target in [Target::PortableLp, Target::GurobiLp, Target::NlText] {
            let lowered = legalise(&m, target).unwrap();
            let full = lowered.extend_point(&point).unwrap();
            assert_eq!(full.len(), lowered.model.var_count());
            for row in lowered.model.rows.iter() {
                let on = row.guard.is_none_or(|g| (full[g.var.index()] == 1.0) == g.value);
                let lhs: f64 =
                    row.cols.iter().zip(row.vals).map(|(v, a)| a * full[v.index()]).sum::<f64>()
                        + row
                            .quad
                            .iter()
                            .map(|t| t.coefficient * full[t.i.index()] * full[t.j.index()])
                            .sum::<f64>();
                let holds = match row.sense {
                    Sense::Le => lhs <= row.rhs + 1e-9,
                    Sense::Ge => lhs >= row.rhs - 1e-9,
                    Sense::Eq => (lhs - row.rhs).abs() <= 1e-9,
                };
                assert!(holds || !on, "{} {lhs} {}", target.name(), row.rhs);
                checked += 1;
            }
        }
    }
    assert!(checked > 4000);
}

#[test]
fn a_model_that_fits_is_borrowed() {
    let m = models::linear::knapsack();
    for target in Target::ALL {
        let lowered = legalise(&m, target).unwrap();
        assert!(lowered.steps.is_empty());
        assert!(matches!(lowered.model, std::borrow::Cow::Borrowed(_)));
    }
}

/// Beside a nonconvex row a target may want big-M rows where it otherwise keeps indicators.
#[test]
fn indicators_leave_nonconvex_models_for_copt() {
    let model = |sense: Sense| {
        let mut m = Model::new();
        let x = real(&mut m, "x", -2.0, 3.0);
        let b = bin(&mut m, "b");
        quad_row(&mut m, &[], &[q(x, x, 1.0)], sense, 2.25);
        m.add_guarded_row(Guard { var: b, value: true }, &[(x, 1.0)], Sense::Le, 1.0, origin());
        m.objective = Objective::new(&[(x, -1.0), (b, -1.0)], &[], 0.0);
        m
    };
    for (sense, kept) in [(Sense::Le, true), (Sense::Ge, false), (Sense::Eq, false)] {
        for target in [Target::CoptLp, Target::CoptMps, Target::GurobiLp, Target::ScipLp] {
            let copt = matches!(target, Target::CoptLp | Target::CoptMps);
            let m = model(sense);
            let lowered = legalise(&m, target).unwrap();
            assert_eq!(lowered.model.rows.iter().all(|r| r.guard.is_none()), copt && !kept);
            assert_eq!(
                lowered.steps.iter().any(|s| s.lowering == Lowering::Indicator),
                copt && !kept
            );
        }
    }
    // A validated model with both is no model for COPT.
    let m = model(Sense::Ge);
    let faults = validate(&m, Some(Target::CoptLp.capabilities())).unwrap_err();
    assert!(faults[0].to_string().contains("beside nonconvex quadratic terms"), "{}", faults[0]);
    assert!(validate(&m, Some(Target::GurobiLp.capabilities())).is_ok());
}

#[test]
fn a_model_without_rows_gets_one_where_the_reader_needs_it() {
    let mut m = Model::new();
    let x = real(&mut m, "x", -2.0, 3.0);
    m.objective = Objective::new(&[(x, 1.0)], &[], 0.0);
    for target in Target::ALL {
        let lowered = legalise(&m, target).unwrap();
        let needed = matches!(target, Target::PortableLp | Target::GlpkLp);
        assert_eq!(lowered.model.rows.len(), usize::from(needed), "{}", target.name());
        assert_eq!(lowered.guarantee, Guarantee::Exact);
        assert_eq!(minimum(&lowered.model, &[]), minimum(&m, &[]));
        assert_eq!(lowered.extend_point(&[0.5]).unwrap().len(), lowered.model.var_count());
        assert!(needed == validate(&m, Some(target.capabilities())).is_err());
    }
}

/// CPLEX 22.2 ends with error 5002, whatever its optimality target; without the row it solves it.
#[test]
fn a_nonconvex_objective_beside_a_convex_row_is_not_for_cplex() {
    let mut m = Model::new();
    let x = real(&mut m, "x", -1.0, 1.0);
    let square = |coefficient| QuadTerm { i: x, j: x, coefficient };
    m.objective = Objective::new(&[], &[square(-1.0)], 0.0);
    let targets = [Target::CplexLp, Target::CplexMps];
    assert!(targets.iter().all(|t| legalise(&m, *t).is_ok()));
    quad_row(&mut m, &[], &[square(1.0)], Sense::Le, 0.5);
    for target in targets {
        let words = legalise(&m, target).unwrap_err().to_string();
        assert!(words.contains("nonconvex quadratic terms beside quadratic rows"), "{words}");
        assert!(validate(&m, Some(target.capabilities())).is_err());
    }
    assert!(legalise(&m, Target::GurobiLp).is_ok());
    m.objective = Objective::new(&[], &[square(1.0)], 0.0);
    assert!(targets.iter().all(|t| legalise(&m, *t).is_ok()));
}
