//! Replay of an attack from scratch.

use super::goal::Outcome;
use super::poison::{Poisoned, SampleRef};
use super::step::Trainer;
use super::{ReplayError, Scalar};
use crate::network::Parameters;
use crate::question::{Attack, Goal, Question, Scope};

/// What training on the attacked data gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// Parameters before the first step and after each step.
    pub trajectory: Vec<Parameters>,
    /// Value of the goal. For [`Goal::SmallestBudget`]: the number of touched samples (inserted
    /// ones count) where the margin is `<= 0`, and infinity where the attack does not reach that.
    pub value: f64,
    /// Network outputs at each test point of the goal.
    pub outputs: Vec<Vec<f64>>,
    /// Margins at each test point, for goals that speak of margins.
    pub margins: Vec<f64>,
    /// Switches decided within the tolerance of their kink, in the order of the computation.
    pub ties: Vec<Tie>,
}

/// A switch that was decided close to its kink. The replay takes the inactive side at the kink
/// itself; a program that admits both sides may take the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// Whose switch.
    pub sample: SampleRef,
    /// 0-based step whose gradient is computed; `None` for a decision after training.
    pub step: Option<usize>,
    /// Affine layer, 1-based, whose value is compared.
    pub layer: usize,
    /// Unit of that layer (a hidden unit, an output, or the wrong class of a margin).
    pub unit: usize,
    /// What is switched.
    pub kind: TieKind,
    /// Signed distance from the kink; the switch is active where it is `> 0`.
    pub distance: f64,
}

/// What a [`Tie`] switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieKind {
    /// The derivative of a ReLU.
    Relu,
    /// The derivative of the loss.
    Loss,
    /// Whether a test point counts as misclassified.
    Decision,
}

/// Replays `attack` in doubles. Membership in the threat is not checked here.
///
/// # Errors
/// [`ReplayError`] where attack, data and network do not fit, or training overflows.
pub fn replay(
    question: &Question,
    attack: &Attack,
    tie_tolerance: f64,
) -> Result<Replay, ReplayError> {
    let (trajectory, outcome, ties) = replay_with::<f64>(question, attack, tie_tolerance)?;
    let trainer = Trainer::<f64>::new(question)?;
    if outcome.outputs.iter().flatten().any(|f| !f.is_finite()) {
        return Err(ReplayError::NotFinite { what: "an output at a test point".into() });
    }
    Ok(Replay {
        trajectory: trajectory.iter().map(|t| trainer.chain.parameters(t)).collect(),
        value: outcome.value.unwrap_or(f64::INFINITY),
        outputs: outcome.outputs,
        margins: outcome.margins,
        ties,
    })
}

/// The flat parameters before the first step and after each, the outcome, and the ties.
pub type Run<S> = (Vec<Vec<S>>, Outcome<S>, Vec<Tie>);

/// Replays `attack` in the arithmetic `S`.
///
/// # Errors
/// As [`replay`], and [`ReplayError::Transcendental`] for losses that `S` does not have.
pub fn replay_with<S: Scalar>(
    question: &Question,
    attack: &Attack,
    tie_tolerance: f64,
) -> Result<Run<S>, ReplayError> {
    let trainer = Trainer::<S>::new(question)?;
    let expected = match question.threat.scope {
        Scope::Run => 1,
        Scope::Batch => trainer.steps(),
    };
    if attack.choices.len() != expected {
        return Err(ReplayError::Choices { expected, found: attack.choices.len() });
    }
    let data =
        attack.choices.iter().map(|c| Poisoned::new(question, c)).collect::<Result<Vec<_>, _>>()?;
    let mut ties = Vec::new();
    let mut state = trainer.begin();
    let mut trajectory = vec![state.theta.clone()];
    for t in 0..trainer.steps() {
        let choice = match question.threat.scope {
            Scope::Run => 0,
            Scope::Batch => t,
        };
        trainer.step(t, &mut state, &data[choice], tie_tolerance, &mut ties)?;
        trajectory.push(state.theta.clone());
    }
    let (chain, theta) = (&trainer.chain, &state.theta);
    let outcome = Outcome::of(question, chain, theta, attack, tie_tolerance, &mut ties)?;
    Ok((trajectory, outcome, ties))
}

impl Replay {
    /// Whether `self` is worse for the defender than `other` under `goal`.
    #[must_use]
    pub fn beats(&self, other: &Replay, goal: &Goal) -> bool {
        if goal.adversary_minimises() { self.value < other.value } else { self.value > other.value }
    }
}
