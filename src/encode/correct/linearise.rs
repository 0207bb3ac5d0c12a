//! The constraints of a round, linearised at a vector of parameters.

use super::cuts::{Cuts, Origin, times};
use crate::network::graph::batch::{Batches, Wanted, column};
use crate::network::graph::eval::EvalError;
use crate::network::graph::parameters::Parameters;
use crate::train::whole::{BATCH, Fit, Samples};

/// Which rows an attacking point gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rivals {
    /// One for every other class.
    Each,
    /// One, for the other class with the largest score.
    Worst,
}

/// A ball around every attacking point in which the linearised constraint is to hold, equation (18).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strengthening {
    /// `l1` ball of this radius.
    L1(f64),
    /// `l2` ball of this radius.
    L2(f64),
    /// `linf` ball of this radius.
    Linf(f64),
}

impl Strengthening {
    /// Radius times the dual norm.
    fn of(self, gradient: impl Iterator<Item = f64>) -> f64 {
        match self {
            Strengthening::L1(radius) => radius * gradient.fold(0.0, |m: f64, g| m.max(g.abs())),
            Strengthening::L2(radius) => radius * gradient.map(|g| g * g).sum::<f64>().sqrt(),
            Strengthening::Linf(radius) => radius * gradient.map(f64::abs).sum::<f64>(),
        }
    }
}

/// What is linearised, and where.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The graph with the parameters of the place.
    pub batches: &'a Batches<'a>,
    /// Which of its constants are parameters.
    pub parameters: &'a Parameters,
    /// The place minus the trained parameters.
    pub change: &'a [f64],
    /// Number of the round that gave the place; 0 is the trained network.
    pub round: usize,
}

/// How attacking points become rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    /// `f_y >= f_i + margin`, in units of the scores.
    pub margin: f64,
    /// Which rows.
    pub rivals: Rivals,
    /// Balls around the points.
    pub strengthening: Option<Strengthening>,
}

/// Appends the rows of the attacking points:
/// `f_i(v) - f_y(v) + (w - v) . (grad f_i(v) - grad f_y(v)) + margin <= 0`, in `d = w - w_trained`.
///
/// # Errors
/// [`EvalError`] where points and graph do not fit together.
pub fn push_attacks(
    cuts: &mut Cuts,
    place: &Place<'_>,
    points: &Samples<f64>,
    demand: &Demand,
) -> Result<(), EvalError> {
    let batches = place.batches;
    let leads = batches.trained(place.parameters);
    let mut pairs = Vec::new();
    for point in 0..points.len() {
        let values = batches.values(&points.table(std::iter::once(point)), 1)?;
        let scores = batches.outputs(&values);
        let Some(own) = points.labels[point].class() else { continue };
        let others = (0..scores.len()).filter(|c| *c != own);
        match demand.rivals {
            Rivals::Each => pairs.extend(others.map(|rival| (point, own, rival))),
            Rivals::Worst => {
                let worst = others.reduce(|a, b| if scores[b] > scores[a] { b } else { a });
                pairs.extend(worst.map(|rival| (point, own, rival)));
            }
        }
    }
    let starts = place.parameters.starts();
    for pairs in pairs.chunks(BATCH) {
        let count = pairs.len();
        let table = points.table(pairs.iter().map(|(point, _, _)| *point));
        let values = batches.values(&table, count)?;
        let scores = batches.outputs(&values);
        let mut weights = vec![0.0; scores.len()];
        for (k, (_, own, rival)) in pairs.iter().enumerate() {
            weights[rival * count + k] = 1.0;
            weights[own * count + k] = -1.0;
        }
        let wanted = if demand.strengthening.is_some() { Wanted::Both } else { Wanted::Parameters };
        let gradient = batches.gradient(&values, &weights, wanted, &leads);
        let rows = batches.rows(&values, &gradient, place.parameters);
        let moved = times(&rows, &starts, place.change);
        let mut limits = Vec::with_capacity(count);
        let mut origins = Vec::with_capacity(count);
        for (k, (point, own, rival)) in pairs.iter().enumerate() {
            let lead = scores[rival * count + k] - scores[own * count + k];
            let by_input = column(&gradient.argument, k, count);
            let around = demand.strengthening.map_or(0.0, |s| s.of(by_input));
            limits.push(moved[k] - lead - demand.margin - around);
            origins.push(Origin::Attack { round: place.round, point: *point, rival: *rival });
        }
        cuts.push_rows(rows, &limits, &origins);
    }
    Ok(())
}

/// Appends the row of the loss: `l(v) + (w - v) . grad l(v) <= most`, in `d = w - w_trained`, where
/// `fit` has loss and derivative at the place.
pub fn push_loss(cuts: &mut Cuts, place: &Place<'_>, fit: &Fit, most: f64) {
    let moved: f64 = fit.gradient.iter().zip(place.change).map(|(g, d)| g * d).sum();
    let limit = moved + most - fit.loss;
    cuts.push_vector(fit.gradient.clone(), limit, Origin::Loss { round: place.round });
}
