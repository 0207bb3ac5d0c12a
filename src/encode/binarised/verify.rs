//! The program of a binarised network as one of verification.

use dashu::base::Approximation;

use super::{LatticeProgram, Rivals, Whole as Column};
use crate::bounds::Interval;
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::encode::verify::{Ask, Source, VerifyProgram};
use crate::ir::fingerprint;
use crate::network::graph::Graph;
use crate::question::verify::{Lattice, Whole};

impl Whole {
    /// The rivals as a program is about them.
    #[must_use]
    pub fn asked(&self) -> Rivals {
        match self.rivals[..] {
            [one] => Rivals::One(one),
            _ => Rivals::Any,
        }
    }

    /// What one unit of the scores in whole numbers is in the scores of the file, rounded down.
    #[must_use]
    pub fn unit(&self) -> f64 {
        match self.network.scale.to_f64() {
            Approximation::Exact(unit) => unit,
            Approximation::Inexact(near, _) => near.next_down(),
        }
    }
}

/// The program of a question of verification that is asked in whole numbers.
#[must_use]
pub fn verification(
    graph: &Graph,
    (whole, lattice): (&Whole, Lattice),
    program: LatticeProgram,
) -> VerifyProgram {
    let LatticeProgram { mut model, mut recipes, points, units, .. } = program;
    // Leads over all patterns of the last layer.
    let ends = |sign: i64| {
        let of = |lead: &crate::bounds::binarised::Lead| {
            lead.constant + lead.terms.iter().map(|t| (t.1 * sign).max(0) * sign).sum::<i64>()
        };
        units.leads.iter().map(of).max().unwrap_or(0) as f64
    };
    let interval = Interval::new(-ends(1), -ends(-1));
    let fingerprint = fingerprint::mark(&mut model);
    recipes.push(Recipe::Value(Lin::exact(f64::from(fingerprint))));
    let source = |point: &Column| match point {
        Column::Column(v) => Source::Column(*v),
        Column::Known(k) => Source::Fixed(*k as f64 * lattice.times / lattice.over),
    };
    VerifyProgram {
        model,
        recipes,
        inputs: points.iter().map(source).collect(),
        lattice: Some(lattice),
        slop: 0.0,
        decided: interval.lo > 0.0,
        interval,
        unit: whole.unit(),
        ahead: (whole.less.0 as f64, whole.less.1 as f64),
        relaxed: false,
        ask: Ask::Margin,
        neurons: Vec::new(),
        nodes: graph.nodes.iter().map(|n| n.origin.clone()).collect(),
        rounded: 0,
    }
}
