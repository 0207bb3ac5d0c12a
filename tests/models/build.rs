//! Short words to build models by hand.

use theriac::ir::{Family, Model, Origin, Place, QuadTerm, Rule, Sense, VarId, VarKind};

pub const INF: f64 = f64::INFINITY;

/// A variable of a given name.
pub fn var(m: &mut Model, name: &str, kind: VarKind, lower: f64, upper: f64) -> VarId {
    m.names.push(name.to_string());
    let role = Family::Named.at(Place::NONE.i(m.names.len() - 1));
    m.add_var(kind, lower, upper, role)
}

pub fn real(m: &mut Model, name: &str, lower: f64, upper: f64) -> VarId {
    var(m, name, VarKind::Continuous, lower, upper)
}

pub fn int(m: &mut Model, name: &str, lower: f64, upper: f64) -> VarId {
    var(m, name, VarKind::Integer, lower, upper)
}

pub fn bin(m: &mut Model, name: &str) -> VarId {
    var(m, name, VarKind::Binary, 0.0, 1.0)
}

pub fn q(i: VarId, j: VarId, coefficient: f64) -> QuadTerm {
    QuadTerm { i, j, coefficient }
}

pub fn origin() -> Origin {
    Rule::Foreign.at(Place::NONE)
}

pub fn row(m: &mut Model, terms: &[(VarId, f64)], sense: Sense, rhs: f64) {
    m.add_row(terms, sense, rhs, origin());
}

pub fn quad_row(m: &mut Model, terms: &[(VarId, f64)], quad: &[QuadTerm], sense: Sense, rhs: f64) {
    m.add_quad_row(terms, quad, sense, rhs, origin());
}
