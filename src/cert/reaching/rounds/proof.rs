//! Proofs of the ends of a round that need no trust in who found them.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::round::Round;
use crate::bounds::obbt::{Apart, Relaxation, Sum, Tree, tree_value};
use crate::ir::{Model, VarId};

/// What proves a lower bound of an objective of a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Proof {
    /// A tree of boxes over the whole program.
    Tree(Tree),
    /// A tree for each sample.
    Samples(Sum),
}

/// The program of a round as proofs are about it.
pub struct Relaxed<'a> {
    model: &'a Model,
    whole: OnceLock<Relaxation>,
    apart: OnceLock<Apart>,
}

impl<'a> Relaxed<'a> {
    /// Of a round.
    #[must_use]
    pub fn of(round: &'a Round) -> Self {
        let model = &round.program.model;
        Relaxed { model, whole: OnceLock::new(), apart: OnceLock::new() }
    }

    /// Its linear relaxation.
    pub fn whole(&self) -> &Relaxation {
        self.whole.get_or_init(|| Relaxation::of(self.model, |_| true))
    }

    /// The same without what is known of the columns of an objective. Where that is as good as the
    /// relaxation, multipliers would only repeat it.
    #[must_use]
    pub fn loosened(&self, terms: &[(VarId, f64)]) -> Relaxation {
        let mut loose = self.whole().clone();
        for (v, _) in terms {
            let var = loose.model.vars.get(*v);
            let by = var.upper - var.lower;
            loose.model.vars.set_bounds(*v, var.lower - by, var.upper + by);
        }
        loose
    }

    /// The same by samples.
    pub fn apart(&self) -> &Apart {
        self.apart.get_or_init(|| Apart::of(self.model))
    }

    /// The lower bound of `sum terms` that a proof shows.
    #[must_use]
    pub fn value(&self, terms: &[(VarId, f64)], proof: &Proof) -> f64 {
        match proof {
            Proof::Tree(tree) => tree_value(self.whole(), terms, tree),
            Proof::Samples(sum) => self.apart().value(terms, sum),
        }
    }
}
