//! Models that are cut into many chunks.

use theriac::ir::{
    Family, Guard, Model, Objective, Origin, Place, QuadTerm, Role, Rule, Sense, Sos1, VarId,
    VarKind,
};

pub fn role(k: usize) -> Role {
    Family::Activation.at(Place::NONE.layer(1 + k % 2).i(k).sample(k % 7).step(k % 3))
}

pub fn origin(r: usize) -> Origin {
    Rule::Forward.at(Place::NONE.layer(1).i(r).sample(r % 100))
}

/// Linear rows of a few terms, among them some that are long; runs of integer columns; half of the
/// bounds are not the usual ones.
pub fn linear(rows: usize, columns: usize) -> Model {
    let mut rng = fastrand::Rng::with_seed(17);
    let mut m = Model::new();
    for k in 0..columns {
        let (kind, lower, upper) = match (k / 50 % 4, k % 3) {
            (0, _) => (VarKind::Binary, 0.0, 1.0),
            (1, 0) => (VarKind::Integer, -3.0, 1e6),
            (_, 1) => (VarKind::Continuous, 0.0, f64::INFINITY),
            (_, 2) => (VarKind::Continuous, f64::NEG_INFINITY, rng.f64()),
            _ => (VarKind::Continuous, f64::NEG_INFINITY, f64::INFINITY),
        };
        m.add_var(kind, lower, upper, role(k));
    }
    for r in 0..rows {
        let terms: Vec<(VarId, f64)> = match r % 1000 {
            500 => (0..columns as u32).map(|k| (VarId(k), 1.0 + f64::from(k % 3))).collect(),
            501 => Vec::new(),
            // Column 0 is in every other row.
            _ => [0, 1 + rng.usize(..columns - 1)]
                .map(|k| (VarId(k as u32), (rng.f64() - 0.5) * 8.0))
                .to_vec(),
        };
        m.add_row(&terms, [Sense::Le, Sense::Ge, Sense::Eq][r % 3], rng.f64(), origin(r));
    }
    let cost: Vec<(VarId, f64)> =
        (0..columns as u32).filter(|k| k % 2 == 0).map(|k| (VarId(k), f64::from(k))).collect();
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}

/// The same with products in rows and objective.
pub fn quadratic(rows: usize, columns: usize) -> Model {
    let mut m = linear(rows, columns);
    let last = columns as u32 - 1;
    let long: Vec<QuadTerm> = (0..last)
        .map(|k| QuadTerm { i: VarId(k), j: VarId(k + 1), coefficient: 1.0 + f64::from(k % 5) })
        .collect();
    m.add_quad_row(&[(VarId(1), 2.0)], &long, Sense::Le, 9.0, origin(rows));
    for r in 0..rows / 4 {
        let (i, j) = (VarId(r as u32 % last), VarId(last - r as u32 % last));
        let quad = [QuadTerm { i, j, coefficient: 0.5 }, QuadTerm { i, j: i, coefficient: 1.5 }];
        m.add_quad_row(&[(j, 1.0)], &quad, Sense::Le, 1.0, origin(rows + 1 + r));
    }
    let linear = m.objective.linear.clone();
    m.objective = Objective::new(&linear, &long, 0.0);
    m
}

/// The linear one with indicators and sets.
pub fn discrete(rows: usize, columns: usize) -> Model {
    let mut m = linear(rows, columns);
    for r in 0..rows / 4 {
        let guard = Guard { var: VarId(r as u32 % 50), value: r % 2 == 0 };
        let term = [(VarId(60 + r as u32 % 100), 1.0)];
        m.add_guarded_row(guard, &term, Sense::Le, 0.5, origin(rows + r));
    }
    for length in [2, columns - 60, 5] {
        let members = (60..60 + length).map(|k| (VarId(k as u32), k as f64)).collect();
        m.sos1.push(Sos1 { members, origin: origin(0) });
    }
    m
}
