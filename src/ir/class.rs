//! The class of a program: what has to be solvable for the model to be.

use std::fmt;

use super::Model;
use super::rows::{QuadTerm, RowView, Sense};
use super::vars::{VarId, VarKind};

/// Shape of a quadratic function in its place (a row with its sense, or the minimised objective).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Curvature {
    /// No quadratic term.
    Linear,
    /// Convex: shown by signs, diagonal dominance or a factorisation.
    Convex,
    /// Not shown to be convex.
    Nonconvex,
}

/// The class of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgramClass {
    /// There are integer or binary variables, special ordered sets or indicators.
    pub discrete: bool,
    /// Worst curvature over all rows.
    pub rows: Curvature,
    /// Curvature of the objective.
    pub objective: Curvature,
    /// Two different continuous variables are multiplied somewhere.
    pub bilinear: bool,
    /// There are smooth expressions.
    pub smooth: bool,
}

/// Components of at most this many variables are factorised; larger ones count as nonconvex.
const LARGEST_FACTORISED: usize = 400;

/// The class of `model`.
#[must_use]
pub fn class(model: &Model) -> ProgramClass {
    let rows = &model.rows;
    let continuous = |v: VarId| model.vars.kind[v.index()] == VarKind::Continuous;
    let terms = || rows.quad.iter().chain(&model.objective.quad);
    ProgramClass {
        discrete: model.vars.kind.iter().any(|k| *k != VarKind::Continuous)
            || !model.sos1.is_empty()
            || !rows.guards.is_empty(),
        rows: rows
            .quad_rows
            .iter()
            .map(|q| row_curvature(&rows.get(q.0)))
            .max()
            .unwrap_or(Curvature::Linear),
        objective: objective_curvature(model),
        bilinear: terms().any(|t| t.i != t.j && continuous(t.i) && continuous(t.j)),
        smooth: !rows.smooth.is_empty() || model.objective.smooth.is_some(),
    }
}

impl fmt::Display for ProgramClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.discrete {
            f.write_str("MI")?;
        }
        let worst = self.rows.max(self.objective);
        f.write_str(match (self.smooth, self.rows, self.objective) {
            (true, ..) => "NLP",
            (false, Curvature::Linear, Curvature::Linear) => "LP",
            (false, Curvature::Linear, _) => "QP",
            (false, ..) => "QCP",
        })?;
        match (worst, self.bilinear) {
            (Curvature::Linear, _) => Ok(()),
            // Nothing is known of the smooth part.
            (Curvature::Convex, _) if self.smooth => Ok(()),
            (Curvature::Convex, _) => f.write_str(" (convex)"),
            (Curvature::Nonconvex, true) => f.write_str(" (nonconvex, bilinear)"),
            (Curvature::Nonconvex, false) => f.write_str(" (nonconvex)"),
        }
    }
}

/// Whether a row or the objective has a quadratic part that is not shown to be convex.
#[must_use]
pub fn nonconvex(model: &Model) -> bool {
    let rows = &model.rows;
    objective_curvature(model) == Curvature::Nonconvex
        || rows.quad_rows.iter().any(|q| row_curvature(&rows.get(q.0)) == Curvature::Nonconvex)
}

/// Curvature of the minimised objective.
#[must_use]
pub fn objective_curvature(model: &Model) -> Curvature {
    curvature(&model.objective.quad, 1.0)
}

/// Curvature of a row: `x'Qx <=` with `Q` and `x'Qx >=` with `-Q` positive semidefinite are convex,
/// an equation never is.
#[must_use]
pub fn row_curvature(row: &RowView<'_>) -> Curvature {
    match row.sense {
        Sense::Le => curvature(row.quad, 1.0),
        Sense::Ge => curvature(row.quad, -1.0),
        Sense::Eq if row.quad.is_empty() => Curvature::Linear,
        Sense::Eq => Curvature::Nonconvex,
    }
}

/// Whether `sign * Q` is positive semidefinite.
fn curvature(quad: &[QuadTerm], sign: f64) -> Curvature {
    if quad.is_empty() {
        return Curvature::Linear;
    }
    let mut vars: Vec<VarId> = quad.iter().flat_map(|t| [t.i, t.j]).collect();
    vars.sort_unstable();
    vars.dedup();
    let at = |v: VarId| vars.binary_search(&v).unwrap_or(0);
    let mut diagonal = vec![0.0; vars.len()];
    let mut beside = vec![0.0; vars.len()];
    for t in quad {
        let c = sign * t.coefficient;
        if t.i == t.j {
            diagonal[at(t.i)] += c;
        } else {
            // The matrix holds half of the coefficient in either triangle.
            beside[at(t.i)] += c.abs() / 2.0;
            beside[at(t.j)] += c.abs() / 2.0;
        }
    }
    // A zero on the diagonal beside something else, or a negative one, rules convexity out.
    if diagonal.iter().zip(&beside).any(|(d, b)| *d < 0.0 || (*d == 0.0 && *b > 0.0)) {
        return Curvature::Nonconvex;
    }
    if diagonal.iter().zip(&beside).all(|(d, b)| d >= b) {
        return Curvature::Convex;
    }
    let parts = components(quad, &vars);
    let convex =
        parts.iter().all(|part| part.len() <= LARGEST_FACTORISED && factors(quad, part, sign));
    if convex { Curvature::Convex } else { Curvature::Nonconvex }
}

/// Connected components of the variables over the off-diagonal terms, each sorted.
fn components(quad: &[QuadTerm], vars: &[VarId]) -> Vec<Vec<VarId>> {
    let mut parent: Vec<usize> = (0..vars.len()).collect();
    fn root(parent: &mut [usize], mut k: usize) -> usize {
        while parent[k] != k {
            parent[k] = parent[parent[k]];
            k = parent[k];
        }
        k
    }
    let at = |v: VarId| vars.binary_search(&v).unwrap_or(0);
    for t in quad {
        let (a, b) = (root(&mut parent, at(t.i)), root(&mut parent, at(t.j)));
        parent[a.max(b)] = a.min(b);
    }
    let mut parts: Vec<Vec<VarId>> = vec![Vec::new(); vars.len()];
    for (k, v) in vars.iter().enumerate() {
        let r = root(&mut parent, k);
        parts[r].push(*v);
    }
    parts.retain(|p| !p.is_empty());
    parts
}

/// Whether the block of `sign * Q` over `part` has an `LDL'` factorisation with `D >= 0`, up to
/// rounding.
fn factors(quad: &[QuadTerm], part: &[VarId], sign: f64) -> bool {
    let n = part.len();
    let mut q = vec![0.0; n * n];
    for t in quad {
        let (Ok(i), Ok(j)) = (part.binary_search(&t.i), part.binary_search(&t.j)) else { continue };
        let c = sign * t.coefficient;
        if i == j {
            q[i * n + i] += c;
        } else {
            q[i * n + j] += c / 2.0;
            q[j * n + i] += c / 2.0;
        }
    }
    let scale = (0..n).map(|k| q[k * n + k]).fold(0.0, f64::max);
    let tolerance = 1e-13 * scale * n as f64;
    for k in 0..n {
        let pivot = q[k * n + k];
        if pivot < -tolerance {
            return false;
        }
        if pivot <= tolerance {
            if (k + 1..n).any(|i| q[i * n + k].abs() > tolerance) {
                return false;
            }
            continue;
        }
        for i in k + 1..n {
            let factor = q[i * n + k] / pivot;
            for j in k + 1..n {
                q[i * n + j] -= factor * q[k * n + j];
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quad(terms: &[(u32, u32, f64)]) -> Vec<QuadTerm> {
        terms
            .iter()
            .map(|&(i, j, coefficient)| QuadTerm { i: VarId(i), j: VarId(j), coefficient })
            .collect()
    }

    #[test]
    fn curvature_of_known_forms() {
        let square = quad(&[(0, 0, 1.0), (0, 1, -2.0), (1, 1, 1.0)]);
        assert_eq!(curvature(&square, 1.0), Curvature::Convex);
        assert_eq!(curvature(&square, -1.0), Curvature::Nonconvex);
        assert_eq!(curvature(&quad(&[(0, 1, 1.0)]), 1.0), Curvature::Nonconvex);
        // (x + y + z)^2 is convex without diagonal dominance.
        let ones = [(0, 0, 1.0), (0, 1, 2.0), (0, 2, 2.0), (1, 1, 1.0), (1, 2, 2.0), (2, 2, 1.0)];
        assert_eq!(curvature(&quad(&ones), 1.0), Curvature::Convex);
        let saddle = quad(&[(0, 0, 1.0), (0, 1, 2.1), (1, 1, 1.0)]);
        assert_eq!(curvature(&saddle, 1.0), Curvature::Nonconvex);
        assert_eq!(curvature(&quad(&[(3, 3, -1.0)]), -1.0), Curvature::Convex);
    }

    #[test]
    fn nothing_is_called_convex_for_its_quadratic_part_alone() {
        let class = |smooth| ProgramClass {
            discrete: false,
            rows: Curvature::Convex,
            objective: Curvature::Linear,
            bilinear: false,
            smooth,
        };
        assert_eq!(class(false).to_string(), "QCP (convex)");
        assert_eq!(class(true).to_string(), "NLP");
    }

    #[test]
    fn gram_matrices_are_convex() {
        let mut rng = fastrand::Rng::with_seed(7);
        for n in 2..8_usize {
            let rows: Vec<Vec<f64>> =
                (0..n - 1).map(|_| (0..n).map(|_| f64::from(rng.i32(-3..4))).collect()).collect();
            let mut terms = Vec::new();
            for i in 0..n {
                for j in i..n {
                    let s: f64 = rows.iter().map(|r| r[i] * r[j]).sum();
                    let c = if i == j { s } else { 2.0 * s };
                    terms.push((i as u32, j as u32, c));
                }
            }
            terms.retain(|t| t.2 != 0.0);
            assert_ne!(curvature(&quad(&terms), 1.0), Curvature::Nonconvex);
        }
    }
}
