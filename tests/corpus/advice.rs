//! What advises solvers and changes no optimum: branching priorities, lazy rows and cuts.

use theriac::ir::names::Names;
use theriac::ir::{Guard, Mark, Model, Objective, RowId, Sense, VarId};

use super::Entry;
use crate::models::advice;
use crate::models::build::*;

/// Four switches, an integer and a real column; every switch costs another share.
fn knapsack() -> (Model, Vec<VarId>) {
    called(["a", "b", "c", "d", "k", "x"])
}

fn called(names: [&str; 6]) -> (Model, Vec<VarId>) {
    let mut m = Model::new();
    let mut vars: Vec<VarId> = names[..4].iter().map(|n| bin(&mut m, n)).collect();
    vars.push(int(&mut m, names[4], -2.0, 4.0));
    let x = real(&mut m, names[5], 0.0, 2.5);
    let costs = [3.0, 5.0, 7.0, 4.0, 2.0];
    let terms: Vec<(VarId, f64)> = vars.iter().copied().zip(costs).collect();
    row(&mut m, &terms, Sense::Le, 11.0);
    row(&mut m, &[(x, 1.0), (vars[4], -1.0)], Sense::Le, 1.5);
    let gains = [-4.0, -6.0, -9.0, -5.0, -1.0];
    let mut gains: Vec<(VarId, f64)> = vars.iter().copied().zip(gains).collect();
    gains.push((x, -1.0));
    m.objective = Objective::new(&gains, &[], 0.0);
    (m, vars)
}

fn priorities(out: &mut Vec<Entry>) {
    let lists: [(&str, &[(usize, i32)]); 6] = [
        ("one", &[(2, 1)]),
        ("all", &[(0, 5), (1, 4), (2, 3), (3, 2), (4, 1)]),
        ("negative", &[(1, -1), (4, -20)]),
        ("signs", &[(0, 7), (2, -3), (4, 40)]),
        ("equal", &[(0, 2), (1, 2), (2, 2), (3, 2), (4, 2)]),
        ("large", &[(0, 1_000_000), (3, 999_999)]),
    ];
    for (word, list) in lists {
        let (mut m, vars) = knapsack();
        m.priorities = list.iter().map(|(k, p)| (vars[*k], *p)).collect();
        let name = format!("priorities_{word}");
        out.push(Entry::exact(format!("{name}_maximised"), m.clone()).maximised());
        out.push(Entry::exact(format!("{name}_short"), m.clone()).called(Names::Short));
        out.push(Entry::exact(name, m));
    }
    // Names that readers might take for something else.
    let long = "long_".repeat(24);
    let (mut m, vars) = called(["NAME", "ENDATA", "e1", "a.b_1", &long, "set"]);
    m.priorities = vars.iter().zip(1..).map(|(v, p)| (*v, p)).collect();
    out.push(Entry::exact("priorities_names", m));
    // Columns that lowering adds have none.
    let (mut m, vars) = knapsack();
    let on = Guard { var: vars[0], value: true };
    m.add_guarded_row(on, &[(vars[4], 1.0)], Sense::Le, 1.0, origin());
    quad_row(&mut m, &[(vars[1], 1.0)], &[q(vars[2], vars[4], 2.0)], Sense::Le, 6.0);
    m.priorities = vec![(vars[0], 9), (vars[2], -9)];
    out.push(Entry::exact("priorities_lowered", m));
}

fn marks(out: &mut Vec<Entry>) {
    out.push(Entry::exact("marks_each", advice::marks()));
    out.push(Entry::exact("marks_each_maximised", advice::marks()).maximised());
    // Rows that cut the optimum of the others off, so that a reader may not forget them.
    for (word, mark) in [("lazy", Mark::Lazy), ("core", Mark::Core)] {
        let (mut m, vars) = knapsack();
        row(&mut m, &[(vars[1], 1.0), (vars[2], 1.0)], Sense::Le, 1.0);
        row(&mut m, &[(vars[0], 1.0), (vars[4], -1.0)], Sense::Ge, 1.0);
        for k in 0..m.rows.len() {
            m.rows.set_mark(RowId(k as u32), mark);
        }
        out.push(Entry::exact(format!("marks_all_{word}"), m.clone()));
        out.push(Entry::exact(format!("marks_all_{word}_short"), m).called(Names::Short));
    }
}

pub fn add(out: &mut Vec<Entry>) {
    priorities(out);
    marks(out);
}
