//! Training steps as a graph: whatever bounds networks then bounds training.
//!
//! # Meaning
//!
//! The graph of a *window* of `k` steps denotes the real-valued map from the parameters before the
//! window, and the data that the adversary may change, to the parameters after each step. Its inputs
//! ([`Inputs`]) are, one behind the other,
//!
//! - the parameters (flat [`Layout`]), and with momentum the velocity of each;
//! - features, labels and presence of the samples, as far as the threat changes them: one input for
//!   the whole window where the adversary chooses once ([`Scope::Run`]), one a step where it chooses
//!   for each batch.
//!
//! Its outputs are the parameters after each step, the velocity after the last, and the scores (with
//! several outputs their differences) of points at which the trained network is evaluated. Derivatives at kinks are those of
//! [`crate::train`]: the graph evaluates to what [`Trainer`](super::Trainer) computes up to rounding.
//!
//! Values of a step stand unit by unit, sample by sample within a unit: `[units, samples]`.

mod backward;
mod data;
mod forward;
mod loss;
mod wiring;

use std::ops::Range;

use thiserror::Error;

pub use data::{Inputs, Port};
pub use forward::pairs;

use crate::network::Layout;
use crate::network::graph::{Graph, NodeId};
use crate::question::{Loss, Question, Reduction, Scope};
use data::Data;
use wiring::Wiring;

/// What no graph says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unsaid {
    /// Samples that the adversary adds.
    #[error("inserted samples")]
    Insertion,
    /// A mean over the samples that remain, whose number depends on the adversary.
    #[error("a mean over the samples that remain")]
    MeanOfRemaining,
    /// A loss whose derivative is a quotient of exponentials.
    #[error("the softmax cross-entropy")]
    CrossEntropy,
    /// Labels and loss do not fit together.
    #[error("labels that do not fit the loss")]
    Labels,
    /// A window that ends behind the last step.
    #[error("a step that is not there")]
    Steps,
}

/// A window of training steps as a graph.
#[derive(Clone, Debug)]
pub struct Unrolled {
    /// The graph.
    pub graph: Graph,
    /// What its inputs are.
    pub inputs: Inputs,
    /// Number of parameters.
    pub parameters: usize,
    /// Steps of the window.
    pub steps: Range<usize>,
    /// The nodes of each step, in order. Those of one step are alike in every window that has it.
    pub nodes: Vec<Range<usize>>,
    /// Arguments of ReLUs, losses and clipping: what decides a switch.
    pub switched: Vec<NodeId>,
    /// Scores at the points behind the last step, if there are some: `[1, points]`, or with several
    /// outputs the differences of any [`pairs`], `[pairs, points]`.
    pub scores: Option<NodeId>,
}

/// Unrolls the steps `steps` (counted from 0) of a question's training, and evaluates the network at
/// `points` behind them.
///
/// # Errors
/// See [`Unsaid`].
pub fn unroll(
    question: &Question,
    steps: Range<usize>,
    points: &[Vec<f64>],
) -> Result<Unrolled, Unsaid> {
    let (training, threat) = (&question.training, &question.threat);
    // The network alone, behind all steps, can always be said.
    if !steps.is_empty() {
        sayable(question)?;
    }
    if steps.end > training.steps() {
        return Err(Unsaid::Steps);
    }
    let layout = Layout::of(&question.network);
    let mut w = Wiring::default();
    let mut inputs = Inputs::default();
    let mut state = State {
        theta: inputs.add(&mut w, Port::Parameters, layout.len()),
        velocity: (training.momentum != 0.0)
            .then(|| inputs.add(&mut w, Port::Velocity, layout.len())),
    };
    let once = threat.scope == Scope::Run;
    let mut shared = None;
    let mut nodes = Vec::with_capacity(steps.len());
    // The samples of the whole run, so that a step is the same in every window.
    let run = data::rows(question, 0..training.steps());
    for step in steps.clone() {
        let data = match shared.take() {
            Some(data) => data,
            None if once => Data::new(question, &run, None, &mut inputs, &mut w),
            None => {
                let rows = data::rows(question, step..step + 1);
                Data::new(question, &rows, Some(step), &mut inputs, &mut w)
            }
        };
        let first = w.graph.nodes.len();
        state = take(question, &layout, step, &state, &data, &mut w)?;
        w.output(format!("parameters after step {}", step + 1), state.theta);
        shared = once.then_some(data);
        nodes.push(first..w.graph.nodes.len());
    }
    if let Some(v) = state.velocity {
        w.output("velocity".to_owned(), v);
    }
    let mut scores = None;
    if !points.is_empty() {
        let at = forward::at_points(&mut w, question, &layout, state.theta, points);
        w.output("scores".to_owned(), at);
        scores = Some(at);
    }
    let Wiring { graph, switched } = w;
    Ok(Unrolled { graph, inputs, parameters: layout.len(), steps, nodes, switched, scores })
}

/// Whether a graph says the steps of a question's training.
fn sayable(question: &Question) -> Result<(), Unsaid> {
    let (training, threat) = (&question.training, &question.threat);
    if threat.insertion.is_some() {
        return Err(Unsaid::Insertion);
    }
    if training.reduction == Reduction::MeanOfRemaining && threat.deletion.is_some() {
        return Err(Unsaid::MeanOfRemaining);
    }
    if training.loss == Loss::CrossEntropy {
        return Err(Unsaid::CrossEntropy);
    }
    Ok(())
}

/// Nodes of the parameters and, with momentum, their velocity.
#[derive(Clone, Copy, Debug)]
struct State {
    theta: NodeId,
    velocity: Option<NodeId>,
}

/// One step.
fn take(
    question: &Question,
    layout: &Layout,
    step: usize,
    state: &State,
    data: &Data,
    w: &mut Wiring,
) -> Result<State, Unsaid> {
    let training = &question.training;
    let batch = data.batch(question, step, w)?;
    let run = forward::training(w, question, layout, state.theta, &batch);
    let upstream = loss::gradient(w, training.loss, &run, &batch)?;
    let sum = backward::gradient(w, question, layout, state.theta, (&batch, &run), upstream);
    let divisor = match training.reduction {
        Reduction::Mean | Reduction::MeanOfRemaining => batch.len.max(1) as f64,
        Reduction::Sum => 1.0,
    };
    let mut g = w.scale(sum, 1.0, divisor);
    if training.decay != 0.0 {
        let decay = w.scale(state.theta, training.decay, 1.0);
        g = w.add(&[(g, false), (decay, false)]);
    }
    let mut velocity = None;
    if let Some(v) = state.velocity {
        let kept = w.scale(v, training.momentum, 1.0);
        g = w.add(&[(kept, false), (g, false)]);
        velocity = Some(g);
    }
    let move_by = w.scale(g, training.rates[step], 1.0);
    Ok(State { theta: w.add(&[(state.theta, false), (move_by, true)]), velocity })
}
