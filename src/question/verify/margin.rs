//! By how much a formula holds or fails, in doubles: what searches climb. Never a judgement.

use super::{Atom, Formula, Relation, Variable};

/// The value of a variable at a point.
fn at(v: Variable, x: &[f64], y: &[f64]) -> f64 {
    match v {
        Variable::Input(i) => x.get(i as usize).copied().unwrap_or(f64::NAN),
        Variable::Output(j) => y.get(j as usize).copied().unwrap_or(f64::NAN),
    }
}

impl Atom {
    /// `constant - left`, middles of enclosures taken: positive where it holds, negative by how much
    /// it fails. An equation has at most 0.
    #[must_use]
    pub fn margin(&self, x: &[f64], y: &[f64]) -> f64 {
        let middle = crate::network::graph::eval::middle;
        let left: f64 = self.terms.iter().map(|&(v, c)| middle(c) * at(v, x, y)).sum();
        let margin = middle(self.constant) - left;
        match self.relation {
            Relation::AtMost | Relation::Below => margin,
            Relation::Equal => -margin.abs(),
        }
    }
}

impl Formula {
    /// The least margin of a conjunction, the largest of a disjunction; NaN counts as failing.
    #[must_use]
    pub fn margin(&self, x: &[f64], y: &[f64]) -> f64 {
        match self {
            Formula::Atom(a) => {
                let margin = a.margin(x, y);
                if margin.is_nan() { f64::NEG_INFINITY } else { margin }
            }
            Formula::All(parts) => {
                parts.iter().map(|p| p.margin(x, y)).fold(f64::INFINITY, f64::min)
            }
            Formula::Any(parts) => {
                parts.iter().map(|p| p.margin(x, y)).fold(f64::NEG_INFINITY, f64::max)
            }
        }
    }

    /// The conjunctions whose disjunction it is; none if there are more than `most`.
    #[must_use]
    pub fn conjunctions(&self, most: usize) -> Option<Vec<Vec<&Atom>>> {
        match self {
            Formula::Atom(a) => Some(vec![vec![a]]),
            Formula::Any(parts) => {
                let mut out = Vec::new();
                for part in parts {
                    out.extend(part.conjunctions(most)?);
                    if out.len() > most {
                        return None;
                    }
                }
                Some(out)
            }
            Formula::All(parts) => {
                let mut out: Vec<Vec<&Atom>> = vec![Vec::new()];
                for part in parts {
                    let more = part.conjunctions(most)?;
                    if out.len().saturating_mul(more.len()) > most {
                        return None;
                    }
                    let joined = |a: &Vec<_>, b: &Vec<_>| a.iter().chain(b).copied().collect();
                    out = out.iter().flat_map(|a| more.iter().map(move |b| joined(a, b))).collect();
                }
                Some(out)
            }
        }
    }
}
