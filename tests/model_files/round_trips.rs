//! Random models over all constructs and numbers of any size, written for every target, read back
//! and compared.

use crate::models::build::{origin, var};
use crate::models::readback::{column_names, read_back};
use fastrand::Rng;
use theriac::back::{NameStyle, Options, write};
use theriac::ir::compare::differences;
use theriac::ir::expr::Expr;
use theriac::ir::{
    ExprId, Guard, Mark, Model, Objective, QuadTerm, RowId, Sense, Sos1, VarId, VarKind,
};
use theriac::lower::{Format, Target, legalise};

/// A finite double of any digits, of a size that no reader takes for infinite or for zero.
fn number(rng: &mut Rng) -> f64 {
    let v = match rng.u8(..6) {
        0 => f64::from(rng.i32(-9..10)),
        1 => f64::from(rng.i32(-80..80)) / 8.0,
        2 => (rng.f64() - 0.5) * 1e6,
        3 => rng.f64() * 1e-4,
        _ => rng.f64() * 4.0 - 2.0,
    };
    if v == 0.0 { 0.0 } else { v }
}

fn nonzero(rng: &mut Rng) -> f64 {
    loop {
        let v = number(rng);
        if v.abs() > 1e-7 {
            return v;
        }
    }
}

fn columns(rng: &mut Rng, m: &mut Model) -> Vec<VarId> {
    let count = rng.usize(1..9);
    let mut out = Vec::new();
    for k in 0..count {
        let name = ["x", "y_", "Zeta", "w.", "a#", "q"][rng.usize(..6)].to_owned() + &k.to_string();
        let (mut lower, mut upper) = (number(rng), number(rng));
        if lower > upper {
            std::mem::swap(&mut lower, &mut upper);
        }
        out.push(match rng.u8(..9) {
            0 => var(m, &name, VarKind::Continuous, f64::NEG_INFINITY, f64::INFINITY),
            1 => var(m, &name, VarKind::Continuous, lower, f64::INFINITY),
            2 => var(m, &name, VarKind::Continuous, f64::NEG_INFINITY, upper),
            3 => var(m, &name, VarKind::Continuous, lower, lower),
            4 => var(m, &name, VarKind::Integer, lower.floor(), upper.ceil()),
            5 | 6 => var(m, &name, VarKind::Binary, 0.0, 1.0),
            _ => var(m, &name, VarKind::Continuous, lower, upper),
        });
    }
    out
}

fn linear(rng: &mut Rng, all: &[VarId]) -> Vec<(VarId, f64)> {
    let some: Vec<VarId> = all.iter().copied().filter(|_| rng.bool()).collect();
    some.into_iter().map(|v| (v, nonzero(rng))).collect()
}

fn quadratic(rng: &mut Rng, all: &[VarId]) -> Vec<QuadTerm> {
    (0..rng.usize(1..4))
        .map(|_| QuadTerm {
            i: all[rng.usize(..all.len())],
            j: all[rng.usize(..all.len())],
            // Halves and doubles of these are exact, as the formats need them.
            coefficient: nonzero(rng),
        })
        .collect()
}

/// A random expression of the DAG, sharing nodes with older ones.
fn smooth(rng: &mut Rng, m: &mut Model, all: &[VarId]) -> ExprId {
    let mut made: Vec<ExprId> = all.iter().map(|v| m.exprs.push(Expr::Var(*v))).collect();
    // The reader adds numbers up, so their sums are exact here.
    made.push(m.exprs.push(Expr::Constant(f64::from(rng.i32(1..80)) / 8.0)));
    for _ in 0..rng.usize(1..8) {
        let any = |rng: &mut Rng| made[rng.usize(..made.len())];
        let (a, b) = (any(rng), any(rng));
        let node = match rng.u8(..7) {
            0 => Expr::Sum(vec![a, b, any(rng)]),
            1 | 2 => Expr::Product(a, b),
            3 => Expr::Quotient(a, b),
            4 => Expr::Neg(a),
            5 => Expr::Exp(a),
            _ => Expr::Log(a),
        };
        made.push(m.exprs.push(node));
    }
    // The newest is no polynomial, so that the row is a smooth one for sure.
    let last = *made.last().unwrap();
    m.exprs.push(Expr::Exp(last))
}

fn draw(rng: &mut Rng) -> Model {
    let mut m = Model::new();
    let all = columns(rng, &mut m);
    let binaries: Vec<VarId> =
        all.iter().copied().filter(|v| m.vars.get(*v).kind == VarKind::Binary).collect();
    let kinds = rng.u8(..16);
    for _ in 0..rng.usize(..6) {
        let sense = [Sense::Le, Sense::Ge, Sense::Eq][rng.usize(..3)];
        let terms = linear(rng, &all);
        let quad = if kinds & 1 > 0 && rng.bool() { quadratic(rng, &all) } else { Vec::new() };
        let guard = (kinds & 2 > 0 && quad.is_empty() && !binaries.is_empty() && rng.bool())
            .then(|| Guard { var: binaries[rng.usize(..binaries.len())], value: rng.bool() });
        let plain = quad.is_empty() && guard.is_none();
        let row = m.push_row(&terms, &quad, guard, sense, number(rng), origin());
        if kinds & 8 > 0 && plain && rng.bool() {
            let expr = smooth(rng, &mut m, &all);
            m.rows.attach_smooth(row, expr);
        }
    }
    if kinds & 4 > 0 && all.len() > 2 {
        let members = all.iter().take(3).enumerate().map(|(k, v)| (*v, k as f64 + 1.0)).collect();
        m.sos1.push(Sos1 { members, origin: origin() });
    }
    for v in &all {
        if m.vars.get(*v).kind != VarKind::Continuous && rng.u8(..3) == 0 {
            m.priorities.push((*v, rng.i32(-9..10)));
        }
    }
    for r in 0..m.row_count() {
        if rng.u8(..4) == 0 {
            m.rows.set_mark(RowId(r as u32), if rng.bool() { Mark::Cut } else { Mark::Lazy });
        }
    }
    let quad = if kinds & 1 > 0 && rng.bool() { quadratic(rng, &all) } else { Vec::new() };
    let constant = if rng.bool() { number(rng) } else { 0.0 };
    m.objective = Objective::new(&linear(rng, &all), &quad, constant);
    m
}

#[test]
fn what_is_written_for_any_target_is_read_back() {
    let mut rng = Rng::with_seed(71);
    let (mut files, mut smooth, mut maximised) = ([0; 4], 0, 0);
    let mut wrong = Vec::new();
    for round in 0..700 {
        let model = draw(&mut rng);
        let style = if rng.bool() { NameStyle::Readable } else { NameStyle::Short };
        for target in Target::ALL.into_iter().filter(|t| t.format() != Format::Memory) {
            let Ok(lowered) = legalise(&model, target) else { continue };
            let Ok(checked) = lowered.checked() else { continue };
            let maximise = rng.bool() && target.capabilities().maximise;
            let options = Options { names: style, maximise, ..Options::default() };
            let mut bytes = Vec::new();
            let written = write(&checked, target.format(), &options, &mut bytes).unwrap();
            let names = column_names(&lowered.model, &written, style);
            let shown = format!("{round} for {}", target.name());
            maximised += usize::from(maximise);
            let (found, differences) =
                read_back(&lowered.model, target, &bytes, names.as_deref(), style, &shown);
            assert_eq!(found.maximise, maximise, "{shown}");
            if !differences.is_empty() || !found.notes.is_empty() {
                wrong.push(format!("{shown}: {differences:?} {:?}", found.notes));
            }
            files[target.format() as usize] += 1;
            smooth += usize::from(!lowered.model.exprs.is_empty());
        }
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong[..wrong.len().min(9)].join("\n"));
    assert!(
        files.iter().all(|n| *n > 400) && smooth > 300 && maximised > 700,
        "{files:?} {smooth} {maximised}"
    );
}

/// Two models that `diff` calls the same have the same values everywhere.
#[test]
fn models_with_other_values_are_never_called_the_same() {
    let mut rng = Rng::with_seed(72);
    let (mut same, mut different) = (0, 0);
    for _ in 0..4000 {
        let mut a = Model::new();
        let all: Vec<VarId> =
            (0..3).map(|k| var(&mut a, &format!("x{k}"), VarKind::Continuous, 0.5, 2.0)).collect();
        let mut b = a.clone();
        let seed = rng.u64(..);
        let mut first = Rng::with_seed(seed);
        let mut second = if rng.bool() { Rng::with_seed(seed) } else { rng.fork() };
        for (m, rng) in [(&mut a, &mut first), (&mut b, &mut second)] {
            let row = m.push_row(&[], &[], None, Sense::Le, 1.0, origin());
            let expr = small(rng, m, &all);
            m.rows.attach_smooth(row, expr);
        }
        if rng.bool() {
            turn(&mut b);
        }
        let found = differences(&a, &b, 9);
        let x: Vec<Vec<f64>> =
            (0..5).map(|_| all.iter().map(|_| 0.5 + 1.5 * rng.f64()).collect()).collect();
        let value = |m: &Model, x: &[f64]| {
            let row = m.rows.iter().next().unwrap();
            m.exprs.values(x)[row.smooth.unwrap().0 as usize]
        };
        let apart = x.iter().any(|x| {
            let (u, v) = (value(&a, x), value(&b, x));
            u.is_finite() && v.is_finite() && (u - v).abs() > 1e-6 * (1.0 + u.abs())
        });
        if found.is_empty() {
            assert!(!apart, "called the same: {:?} and {:?}", a.exprs, b.exprs);
            same += 1;
        } else {
            different += 1;
        }
    }
    assert!(same > 1200 && different > 500, "{same} {different}");
}

/// A small expression over few numbers, so that chance makes equal ones.
fn small(rng: &mut Rng, m: &mut Model, all: &[VarId]) -> ExprId {
    let mut made: Vec<ExprId> = all.iter().map(|v| m.exprs.push(Expr::Var(*v))).collect();
    made.push(m.exprs.push(Expr::Constant(f64::from(rng.i32(1..4)))));
    for _ in 0..rng.usize(1..5) {
        let (a, b) = (made[rng.usize(..made.len())], made[rng.usize(..made.len())]);
        let node = match rng.u8(..6) {
            0 | 1 => Expr::Sum(vec![a, b]),
            2 => Expr::Product(a, b),
            3 => Expr::Quotient(a, b),
            4 => Expr::Neg(a),
            _ => Expr::Exp(a),
        };
        made.push(m.exprs.push(node));
    }
    *made.last().unwrap()
}

/// Turns sums and products around.
fn turn(m: &mut Model) {
    let mut exprs = theriac::ir::Exprs::default();
    for k in 0..m.exprs.len() {
        exprs.push(match m.exprs.get(ExprId(k as u32)).clone() {
            Expr::Sum(mut all) => {
                all.reverse();
                Expr::Sum(all)
            }
            Expr::Product(a, b) => Expr::Product(b, a),
            other => other,
        });
    }
    m.exprs = exprs;
}
