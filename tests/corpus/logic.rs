//! Indicators on both values and in every sense, and special ordered sets.

use theriac::ir::{Guard, Model, Objective, QuadTerm, Sense, Sos1, VarId, VarKind};

use super::Entry;
use crate::models::build::*;

const SENSES: [(&str, Sense); 3] = [("le", Sense::Le), ("ge", Sense::Ge), ("eq", Sense::Eq)];

fn guarded(m: &mut Model, b: VarId, value: bool, terms: &[(VarId, f64)], sense: Sense, rhs: f64) {
    m.add_guarded_row(Guard { var: b, value }, terms, sense, rhs, origin());
}

/// A row on two columns that binds or does not, and a price on the switch.
fn indicator(value: bool, sense: Sense, bounded: bool, price: f64) -> Model {
    let mut m = Model::new();
    let end = if bounded { 6.0 } else { INF };
    let x = real(&mut m, "x", -end, end);
    let k = int(&mut m, "k", -2.0, 3.0);
    let b = bin(&mut m, "b");
    row(&mut m, &[(x, 1.0)], Sense::Le, 5.5);
    row(&mut m, &[(x, 1.0)], Sense::Ge, -5.5);
    guarded(&mut m, b, value, &[(x, 1.0), (k, -1.0)], sense, 0.75);
    let toward = if sense == Sense::Ge { 1.0 } else { -1.0 };
    m.objective = Objective::new(&[(x, toward), (k, -toward * 0.5), (b, price)], &[], 0.0);
    m
}

fn indicators(out: &mut Vec<Entry>) {
    for (word, sense) in SENSES {
        for value in [false, true] {
            for bounded in [false, true] {
                for (pull, price) in [("off", 20.0), ("on", -20.0), ("either", 0.0)] {
                    let m = indicator(value, sense, bounded, price);
                    let bound = if bounded { "" } else { "_unbounded" };
                    let name = format!("indicator_{}_{word}_{pull}{bound}", u8::from(value));
                    out.push(Entry::exact(name, m));
                }
            }
        }
    }
    // Several rows under one switch, the switch in its own row, and rows on the switches alone.
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 10.0);
    let y = real(&mut m, "y", -4.0, 4.0);
    let [a, b] = ["a", "b"].map(|n| bin(&mut m, n));
    guarded(&mut m, a, true, &[(x, 1.0), (y, 1.0)], Sense::Le, 2.0);
    guarded(&mut m, a, true, &[(x, 1.0), (y, -1.0)], Sense::Ge, 1.0);
    guarded(&mut m, a, false, &[(x, 1.0)], Sense::Le, 1.5);
    guarded(&mut m, b, true, &[(y, 1.0), (b, 2.0), (a, 1.0)], Sense::Le, 1.25);
    guarded(&mut m, b, false, &[(a, 1.0)], Sense::Ge, 1.0);
    row(&mut m, &[(a, 1.0), (b, 1.0)], Sense::Ge, 1.0);
    m.objective = Objective::new(&[(x, -1.0), (y, -1.0), (a, 0.25), (b, -0.5)], &[], 1.0);
    out.push(Entry::exact("indicators_together", m.clone()));
    out.push(Entry::exact("indicators_together_maximised", m).maximised());
    // A row without terms that can only hold while it is off.
    for (word, sense, rhs) in
        [("ge", Sense::Ge, 1.0), ("le", Sense::Le, -1.0), ("eq", Sense::Eq, 2.0)]
    {
        let mut m = Model::new();
        let x = real(&mut m, "x", 0.0, 2.0);
        let b = bin(&mut m, "b");
        guarded(&mut m, b, true, &[], sense, rhs);
        row(&mut m, &[(x, 1.0), (b, -1.0)], Sense::Le, 0.5);
        m.objective = Objective::new(&[(x, -1.0), (b, -1.0)], &[], 0.0);
        out.push(Entry::exact(format!("indicator_empty_{word}"), m));
    }
    // Both values required at once: infeasible.
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, 2.0);
    let b = bin(&mut m, "b");
    guarded(&mut m, b, true, &[(x, 1.0)], Sense::Ge, 3.0);
    guarded(&mut m, b, false, &[(x, 1.0)], Sense::Le, -1.0);
    m.objective = Objective::new(&[(x, 1.0)], &[], 0.0);
    out.push(Entry::exact("indicators_infeasible", m));
    products_under_indicators(out);
}

/// Quadratic rows under an indicator; the factors are integers, so enumeration knows the optimum.
fn products_under_indicators(out: &mut Vec<Entry>) {
    for value in [false, true] {
        for (word, sense) in SENSES {
            let mut m = Model::new();
            let k = int(&mut m, "k", -1.0, 3.0);
            let x = real(&mut m, "x", -2.0, 2.0);
            let b = bin(&mut m, "b");
            let guard = Some(Guard { var: b, value });
            let quad: [QuadTerm; 2] = [q(k, x, 1.0), q(k, k, 0.5)];
            m.push_row(&[(x, 1.0)], &quad, guard, sense, 1.0, origin());
            let price = if value { -4.0 } else { 4.0 };
            m.objective = Objective::new(&[(k, -1.0), (x, -0.5), (b, price)], &[], 0.0);
            out.push(Entry::exact(format!("indicator_{}_quadratic_{word}", u8::from(value)), m));
        }
    }
}

fn sets(out: &mut Vec<Entry>) {
    let set = |members: &[(VarId, f64)]| Sos1 { members: members.to_vec(), origin: origin() };
    for (name, kind, lower, upper) in [
        ("real", VarKind::Continuous, 0.0, 2.5),
        ("both_sides", VarKind::Continuous, -1.5, 2.5),
        ("negative", VarKind::Continuous, -2.5, 0.0),
        ("integer", VarKind::Integer, -1.0, 2.0),
        ("binary", VarKind::Binary, 0.0, 1.0),
    ] {
        for (way, direction) in [("down", 1.0), ("up", -1.0)] {
            let mut m = Model::new();
            let v: Vec<VarId> =
                ["x", "y", "z"].iter().map(|n| var(&mut m, n, kind, lower, upper)).collect();
            m.sos1.push(set(&[(v[0], 1.0), (v[1], 2.0), (v[2], 3.0)]));
            let terms: Vec<(VarId, f64)> = v.iter().map(|v| (*v, 1.0)).collect();
            row(&mut m, &terms, Sense::Le, 2.0);
            row(&mut m, &terms, Sense::Ge, -2.0);
            let cost = v.iter().zip([1.0, 1.25, 0.5]).map(|(v, c)| (*v, direction * c));
            m.objective = Objective::new(&cost.collect::<Vec<_>>(), &[], 0.0);
            out.push(Entry::exact(format!("set_{name}_{way}"), m));
        }
    }
    // Sets that overlap, weights out of order and not whole, and a member that is fixed.
    let mut m = Model::new();
    let v: Vec<VarId> =
        (0..5).map(|k| real(&mut m, &format!("x{k}"), -1.0, 1.0 + k as f64)).collect();
    let zero = real(&mut m, "zero", 0.0, 0.0);
    m.sos1.push(set(&[(v[0], 0.5), (v[1], 2.0), (v[2], 1.25)]));
    m.sos1.push(set(&[(v[2], 10.0), (v[3], 20.0), (zero, 5.0)]));
    m.sos1.push(set(&[(v[3], 1.0), (v[4], 2.0)]));
    let terms: Vec<(VarId, f64)> = v.iter().map(|v| (*v, 1.0)).collect();
    row(&mut m, &terms, Sense::Le, 7.5);
    let cost = v.iter().zip([-1.0, -2.0, -1.5, -1.25, -1.0]).map(|(v, c)| (*v, c));
    m.objective = Objective::new(&cost.collect::<Vec<_>>(), &[], 0.0);
    out.push(Entry::exact("sets_overlapping", m.clone()));
    out.push(Entry::exact("sets_overlapping_maximised", m).maximised());
    // A member without a bound: only targets with sets can say it.
    let mut m = Model::new();
    let x = real(&mut m, "x", 0.0, INF);
    let y = real(&mut m, "y", 0.0, INF);
    m.sos1.push(set(&[(x, 1.0), (y, 2.0)]));
    row(&mut m, &[(x, 1.0), (y, 2.0)], Sense::Le, 5.0);
    row(&mut m, &[(x, 1.0), (y, -1.0)], Sense::Ge, -2.0);
    m.objective = Objective::new(&[(x, -0.25), (y, -1.0)], &[], 0.0);
    out.push(Entry::exact("set_unbounded", m));
}

pub fn add(out: &mut Vec<Entry>) {
    indicators(out);
    sets(out);
}
