//! Reachable parameters: a box after every step that contains every run of training.
//!
//! - [`intervals`] carries a box from step to step by interval arithmetic with every sample touched, as
//!   FullCert does (papers 2.4: the update subtracts intervals that depend on each other, so that
//!   boxes grow even where training contracts).
//! - [`budgeted`] does so with the budget rule of abstract gradient training (papers 1.5 A).
//! - [`Trail`] bounds every parameter after a step by backward linear relaxation through the last `k`
//!   steps ([`crate::train::unrolled`]): the parameters before the window and the data keep what they
//!   have in common with the gradients of all samples and steps of the window. [`Trail::sharpen`]
//!   branches where relaxation is not exact.
//!
//! Boxes are true for every admissible choice of the adversary that is made before the window, and so
//! for every choice that is made once; where the adversary chooses anew for each batch, each step has
//! data of its own.

mod reached;
mod sharpen;
mod templates;
mod walk;
mod window;
mod within;

pub use reached::{
    Boxes, OpenScore, Prediction, Reached, Until, open_scores, predictions, reached,
};
pub use sharpen::Sharpened;
pub use templates::{Direction, along, directions};
pub use walk::Walk;
pub use window::{StepReport, Trail, WindowOptions};
pub use within::within;

use super::Interval;
use super::graph::{Empty, Plan, interval};
use super::pass::{self, State};
use crate::network::Layout;
use crate::question::Question;
use crate::question::reach::Templates;
use crate::train::unrolled::{Unsaid, unroll};

/// Why there are no boxes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrainingError {
    /// The graph of a step cannot be made.
    #[error("training with {0} cannot be bounded by relaxation")]
    Unsaid(#[from] Unsaid),
    /// Two proved bounds exclude each other.
    #[error("no run of training is admitted: {0}")]
    Empty(#[from] Empty),
    /// More directions than the limit.
    #[error(
        "`templates` asks for {found} directions, of {} at most: leave some kinds out",
        Templates::MOST
    )]
    TooMany {
        /// Their number.
        found: usize,
    },
    /// Two proved boxes exclude each other.
    #[error(
        "no run of training is admitted: two boxes of parameter {parameter} have nothing in common"
    )]
    Apart {
        /// The parameter, by its place in the flat layout.
        parameter: usize,
    },
}

/// The parameters before the first step, as the network has them.
#[must_use]
pub fn start(question: &Question) -> Vec<Interval> {
    let layout = Layout::of(&question.network);
    let start = layout.flatten(&question.network.parameters());
    start.into_iter().map(Interval::point).collect()
}

/// Boxes before the first step, which is `start`, and after each, by interval arithmetic with every
/// sample touched: the method of FullCert.
///
/// # Errors
/// See [`TrainingError`].
pub fn intervals(
    question: &Question,
    start: &[Interval],
) -> Result<Vec<Vec<Interval>>, TrainingError> {
    let mut boxes = vec![start.to_vec()];
    let mut velocity = vec![Interval::ZERO; start.len()];
    for step in 0..question.training.steps() {
        let unrolled = unroll(question, step..step + 1, &[])?;
        let plan = Plan::new(&unrolled.graph);
        let region = unrolled.inputs.region(question, &boxes[step], &velocity);
        let mut outputs = interval(&plan, &region)?.outputs(&unrolled.graph);
        let rest = outputs.split_off(unrolled.parameters);
        if question.training.momentum != 0.0 {
            velocity = rest;
        }
        boxes.push(outputs);
    }
    Ok(boxes)
}

/// The same with the budget rule of abstract gradient training; none for a loss without a piecewise
/// linear derivative.
#[must_use]
pub fn budgeted(question: &Question, start: &[Interval]) -> Option<Vec<Vec<Interval>>> {
    let mut state = State::start(start.to_vec());
    let mut boxes = vec![state.theta.clone()];
    for step in 0..question.training.steps() {
        state = pass::step(question, step, &state)?.0;
        boxes.push(state.theta.clone());
    }
    Some(boxes)
}

/// Scores at `points` of networks whose parameters lie in a box, by interval arithmetic: as
/// [`Trail::scores`].
///
/// # Errors
/// See [`TrainingError`].
pub fn scores(
    question: &Question,
    theta: &[Interval],
    points: &[Vec<f64>],
) -> Result<Vec<Interval>, TrainingError> {
    let unrolled = unroll(question, 0..0, points)?;
    let Some(scores) = unrolled.scores else { return Ok(Vec::new()) };
    let plan = Plan::new(&unrolled.graph);
    let still = vec![Interval::ZERO; theta.len()];
    let region = unrolled.inputs.region(question, theta, &still);
    Ok(interval(&plan, &region)?.of(scores).to_vec())
}
