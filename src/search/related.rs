//! Moves of features that linear relations tie together.

use crate::bounds::Interval;
use crate::question::relation::Version;
use crate::question::{FeatureKind, FeatureThreat};

/// Most moves of one sample.
const MOST: usize = 64;

/// New features of sample `row` with two features moved against each other, so that the sum of a
/// relation stays as it is: what holds with equality then still does. `reach` is the interval of each
/// change.
pub(super) fn along(
    threat: &FeatureThreat,
    row: usize,
    clean: &[f64],
    reach: &[Interval],
) -> Vec<Vec<f64>> {
    let mut all: Vec<Vec<f64>> = Vec::new();
    for (_, linear) in threat.relations.linear_of(row) {
        let new: Vec<(usize, f64)> = linear
            .terms
            .iter()
            .filter(|t| t.version == Version::New && !reach[t.feature].is_point())
            .map(|t| (t.feature, t.coefficient))
            .collect();
        for &(a, first) in &new {
            for &(b, second) in new.iter().filter(|(b, _)| *b != a) {
                for by in steps(threat.kinds[a], reach[a]) {
                    if all.len() >= MOST {
                        return all;
                    }
                    let mut x = clean.to_vec();
                    x[a] += by;
                    x[b] -= by * first / second;
                    all.push(x);
                }
            }
        }
    }
    all
}

/// The ends, and for whole numbers the neighbours.
fn steps(kind: FeatureKind, reach: Interval) -> Vec<f64> {
    let near: &[f64] = match kind {
        FeatureKind::Integer => &[-1.0, 1.0],
        FeatureKind::Fixed | FeatureKind::Real | FeatureKind::OneHot(_) => &[],
    };
    let ends = [reach.lo, reach.hi];
    let near = near.iter().copied().filter(|by| reach.contains(*by) && !ends.contains(by));
    ends.into_iter().chain(near).filter(|by| *by != 0.0).collect()
}
