//! Random small models: a few integers in small boxes, at most two real columns, rows, indicators,
//! sets and products with an integer factor. All numbers are multiples of 1/8, so that what is
//! infeasible is so by more than any solver's tolerance.

use fastrand::Rng;
use theriac::ir::names::Names;
use theriac::ir::{Guard, Model, Objective, QuadTerm, Sense, Sos1, VarId, VarKind};

use super::Entry;
use crate::models::build::*;

/// What one model may contain.
#[derive(Clone, Copy)]
struct Kinds {
    guards: bool,
    sets: bool,
    row_products: bool,
    objective_products: bool,
}

fn eighth(rng: &mut Rng, most: i32) -> f64 {
    f64::from(rng.i32(-8 * most..=8 * most)) / 8.0
}

fn nonzero(rng: &mut Rng, most: i32) -> f64 {
    loop {
        let x = eighth(rng, most);
        if x != 0.0 {
            return x;
        }
    }
}

fn columns(rng: &mut Rng, m: &mut Model) -> (Vec<VarId>, Vec<VarId>) {
    let mut integers = Vec::new();
    let mut reals = Vec::new();
    let order: Vec<bool> = (0..rng.usize(2..=5)).map(|_| rng.u8(0..3) > 0).collect();
    for (k, integer) in order.iter().enumerate() {
        let name = format!("v{k}");
        if *integer || reals.len() == 2 {
            let lower = f64::from(rng.i32(-2..=1));
            integers.push(match rng.u8(0..3) {
                0 => int(m, &name, lower, lower + f64::from(rng.i32(0..=3))),
                _ => bin(m, &name),
            });
        } else {
            let lower = eighth(rng, 3);
            reals.push(real(m, &name, lower, lower + eighth(rng, 4).abs()));
        }
    }
    (integers, reals)
}

fn terms(rng: &mut Rng, all: &[VarId]) -> Vec<(VarId, f64)> {
    let some: Vec<VarId> = all.iter().copied().filter(|_| rng.u8(0..3) > 0).collect();
    some.into_iter().map(|v| (v, nonzero(rng, 3))).collect()
}

fn products(rng: &mut Rng, integers: &[VarId], all: &[VarId]) -> Vec<QuadTerm> {
    let count = rng.usize(1..=2);
    (0..count)
        .map(|_| {
            q(integers[rng.usize(..integers.len())], all[rng.usize(..all.len())], nonzero(rng, 2))
        })
        .collect()
}

fn draw(rng: &mut Rng, kinds: Kinds) -> Model {
    let mut m = Model::new();
    let (integers, reals) = columns(rng, &mut m);
    let mut all: Vec<VarId> = integers.iter().chain(&reals).copied().collect();
    all.sort();
    let binaries: Vec<VarId> =
        integers.iter().copied().filter(|v| m.vars.get(*v).kind == VarKind::Binary).collect();
    for _ in 0..rng.usize(1..=5) {
        let sense = [Sense::Le, Sense::Ge, Sense::Le, Sense::Ge, Sense::Eq][rng.usize(0..5)];
        let linear = terms(rng, &all);
        let quad = if kinds.row_products && !integers.is_empty() && rng.bool() {
            products(rng, &integers, &all)
        } else {
            Vec::new()
        };
        let guard = (kinds.guards && !binaries.is_empty() && rng.u8(0..3) > 0)
            .then(|| Guard { var: binaries[rng.usize(..binaries.len())], value: rng.bool() });
        m.push_row(&linear, &quad, guard, sense, eighth(rng, 4), origin());
    }
    if kinds.sets {
        let members: Vec<VarId> = all.iter().copied().filter(|_| rng.bool()).collect();
        if members.len() >= 2 {
            let members = members.iter().enumerate().map(|(k, v)| (*v, k as f64 + 1.0)).collect();
            m.sos1.push(Sos1 { members, origin: origin() });
        }
    }
    let quad = if kinds.objective_products && !integers.is_empty() {
        products(rng, &integers, &all)
    } else {
        Vec::new()
    };
    let constant = if rng.bool() { eighth(rng, 9) } else { 0.0 };
    m.objective = Objective::new(&terms(rng, &all), &quad, constant);
    m
}

/// Random models of every combination of kinds, by a fixed seed; few of them infeasible.
pub fn add(out: &mut Vec<Entry>, count: usize) {
    let mut rng = Rng::with_seed(20_261_122);
    let mut infeasible = 0;
    let mut k = 0;
    while k < count {
        let bit = |b: usize| k >> b & 1 == 1;
        let kinds = Kinds {
            guards: bit(0),
            sets: bit(1),
            row_products: bit(2),
            objective_products: bit(3),
        };
        let entry = Entry::exact(format!("random_{k:03}"), draw(&mut rng, kinds));
        if entry.optimum.is_none() {
            infeasible += 1;
            if infeasible > 1 + k / 8 {
                infeasible -= 1;
                continue;
            }
        }
        let entry = if k % 3 == 1 { entry.maximised() } else { entry };
        out.push(if k % 2 == 1 { entry.called(Names::Short) } else { entry });
        k += 1;
    }
}
