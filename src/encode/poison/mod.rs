//! The poisoning question as a program: the whole training run, executed symbolically.

pub mod adversary;
pub mod decode;
mod directional;
mod features;
mod forward;
pub mod goal;
mod loss;
mod priority;
mod relations;
mod step;
mod symmetry;
pub mod value;
pub mod window;

use std::sync::atomic::{AtomicBool, Ordering};

use thiserror::Error;

pub use value::ValueMap;

use super::builder::Builder;
use super::lin::Lin;
use super::recipe::{self, Recipe};
use super::tighten::Tightener;
use crate::bounds::Interval;
use crate::bounds::interval::add_up;
use crate::bounds::obbt::Shrinkage;
use crate::bounds::pass::{self, Pass};
use crate::ir::{Model, Place, Rule, Sense, fingerprint};
use crate::network::Layout;
use crate::question::{Attack, Loss, Question, Tighten};
use directional::{Directional, Found};

/// Why a question cannot be encoded.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum EncodeError {
    /// The derivative of the loss is not piecewise linear.
    #[error(
        "the {0} loss has a transcendental derivative, which no linear, bilinear or indicator \
         constraint states exactly; train with hinge, margin, perceptron, squared, absolute or huber"
    )]
    Transcendental(&'static str),
    /// A parameter has no finite bound.
    #[error(
        "after step {step} parameter {parameter} has no finite bound, so no big-M is valid; bound \
         the features by a domain box or clip the gradients"
    )]
    Unbounded {
        /// 1-based step.
        step: usize,
        /// Position in the flat layout.
        parameter: usize,
    },
    /// Goal, labels and loss do not fit together.
    #[error("{0}")]
    Mismatch(String),
    /// The caller set the flag.
    #[error("the compilation was interrupted; nothing was written")]
    Interrupted,
}

/// A compiled question.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The program; its objective is minimised. Its last column is its [`fingerprint`].
    pub model: Model,
    /// How each variable follows from the adversary's decisions.
    pub recipes: Vec<Recipe>,
    /// From the objective to the goal's value.
    pub value: ValueMap,
    /// A lower bound of the objective may be too high by this much, because coefficients are
    /// doubles: subtract it before anything is certified.
    pub slop: f64,
    /// Encloses the objective over all admissible runs, found without a solver.
    pub interval: Interval,
    /// What directional bounds gained over the interval pass, where the level of tightening has
    /// them and the question is linear: the switches of the training loss.
    pub directional: Shrinkage,
    /// Boxes of the parameters after every step.
    pub pass: Pass,
    /// The program holds only runs whose objective is at most this; see [`CompileOptions`].
    pub cutoff: Option<f64>,
    /// Bounds alone have shown that no run goes below the cutoff: it is the optimum.
    pub decided: bool,
}

/// Relative allowance for the rounding of a replayed objective value that is used as a cutoff.
const CUTOFF_ALLOWANCE: f64 = 1e-9;

/// What a compilation may use besides the question.
#[derive(Default)]
pub struct CompileOptions<'t> {
    /// Asked before each switch and each parameter, in causal order.
    pub tightener: Option<&'t mut dyn Tightener>,
    /// Objective value of a replayed attack: the program then holds only the runs whose objective
    /// is at most this. Whoever proves a bound `b` of it has proved `min(b, cutoff)` of the
    /// question: [`Program::goal_bound`] says just that.
    pub cutoff: Option<f64>,
    /// Looked at before every training step; when it is set, the compilation ends.
    pub cancel: Option<&'t AtomicBool>,
}

/// Compiles a poisoning question with all its runs.
///
/// # Errors
/// See [`EncodeError`]; the question is assumed to have passed [`Question::check`].
pub fn compile(
    q: &Question,
    tightener: Option<&mut dyn Tightener>,
) -> Result<Program, EncodeError> {
    compile_with(q, CompileOptions { tightener, ..CompileOptions::default() })
}

/// Refuses a loss whose derivative no row of a program says.
fn not_transcendental(loss: Loss) -> Result<(), EncodeError> {
    match loss {
        Loss::Logistic => Err(EncodeError::Transcendental("logistic")),
        Loss::CrossEntropy => Err(EncodeError::Transcendental("cross-entropy")),
        Loss::Hinge
        | Loss::Margin
        | Loss::Perceptron
        | Loss::Squared
        | Loss::Absolute
        | Loss::Huber { .. } => Ok(()),
    }
}

/// Compiles a poisoning question.
///
/// # Errors
/// See [`EncodeError`]; the question is assumed to have passed [`Question::check`].
pub fn compile_with(q: &Question, options: CompileOptions<'_>) -> Result<Program, EncodeError> {
    not_transcendental(q.training.loss)?;
    let mismatch = || EncodeError::Mismatch("labels, loss and goal do not fit together".to_owned());
    let pass = pass::run(q, q.encode.budget_rows).ok_or_else(mismatch)?;
    for (step, boxes) in pass.parameters.iter().enumerate() {
        if let Some(parameter) = boxes.iter().position(|i| !i.is_finite()) {
            return Err(EncodeError::Unbounded { step, parameter });
        }
    }
    // A run at the cutoff must stay a point of the program: allow for the rounding of a replay.
    let cutoff = options.cutoff.map(|c| c + CUTOFF_ALLOWANCE * (1.0 + c.abs()));
    let found = match q.encode.tighten {
        Tighten::Interval => Found::NotLinear,
        Tighten::Directional | Tighten::Linear | Tighten::Integer | Tighten::Nonconvex => {
            Directional::of(q, cutoff.unwrap_or(f64::INFINITY), options.cancel)
        }
    };
    let (directional, no_run) = match found {
        Found::NotLinear => (None, false),
        Found::NoRun => (None, true),
        Found::Bounds(d) => (Some(d), false),
    };
    let fates = directional.as_ref().map(|d| d.status.as_slice());
    let layout = Layout::of(&q.network);
    let mut b = Builder::new(q.encode.tie_band, options.tightener);
    b.switch_off_rows = q.encode.switch_off_rows;
    let start = layout.flatten(&q.network.parameters());
    let mut state = step::State {
        theta: start.iter().map(|&v| Lin::exact(v)).collect(),
        velocity: vec![Lin::exact(0.0); layout.len()],
    };
    let mut all_slots = Vec::new();
    if adversary::once(q) {
        let mut rows: Vec<usize> = q.training.batches.iter().flatten().copied().collect();
        rows.sort_unstable();
        rows.dedup();
        all_slots.push(adversary::build(&mut b, q, &rows, None, fates));
    }
    for t in 0..q.training.steps() {
        if options.cancel.is_some_and(|c| c.load(Ordering::Relaxed)) {
            return Err(EncodeError::Interrupted);
        }
        b.begin_step(t);
        if !adversary::once(q) {
            let mut rows = q.training.batches[t].clone();
            rows.sort_unstable();
            rows.dedup();
            all_slots.push(adversary::build(&mut b, q, &rows, Some(t), fates));
        }
        let scores = directional.as_ref().map(|d| d.at(t));
        let cx = step::StepContext { question: q, layout: &layout, pass: &pass, scores };
        let slots = &all_slots[all_slots.len() - 1];
        state = step::run(&mut b, &cx, slots, &state, t).ok_or_else(mismatch)?;
    }
    b.begin_step(q.training.steps());
    let cx = goal::GoalContext {
        question: q,
        layout: &layout,
        state: &state,
        slots: &all_slots,
        objective: directional.as_ref().and_then(|d| d.goal),
    };
    let encoded = goal::build(&mut b, &cx).ok_or_else(mismatch)?;
    if let (Some(c), true) = (cutoff, encoded.quad.is_empty()) {
        let from = b.model.row_count();
        b.require(&[(1.0, &encoded.objective)], Sense::Le, c, Rule::Cut.at(Place::NONE));
        b.mark_core(from);
    }
    b.model.objective = goal::objective(&encoded);
    let steps = q.training.steps();
    b.model.priorities = priority::priorities(&b.model, &b.recipes, steps, q.encode.priority);
    let fingerprint = fingerprint::mark(&mut b.model);
    b.recipes.push(Recipe::Value(Lin::exact(f64::from(fingerprint))));
    Ok(Program {
        model: b.model,
        recipes: b.recipes,
        value: encoded.value,
        slop: encoded.objective.slop,
        interval: encoded.range,
        directional: b.directional,
        pass,
        cutoff: options.cutoff,
        decided: no_run,
    })
}

impl Program {
    /// The goal's value at an objective value of a feasible point.
    #[must_use]
    pub fn goal_value(&self, objective: f64) -> f64 {
        self.value.value(objective)
    }

    /// The proved bound of the goal that follows from a proved lower bound of the objective.
    #[must_use]
    pub fn goal_bound(&self, objective: f64) -> f64 {
        let proved = -add_up(-objective, self.slop);
        self.value.bound(self.cutoff.map_or(proved, |c| proved.min(c)))
    }

    /// The bound of the goal that needs no solver.
    #[must_use]
    pub fn interval_bound(&self) -> f64 {
        let lowest = if self.decided { f64::INFINITY } else { self.interval.lo };
        self.value.bound(self.cutoff.map_or(lowest, |c| lowest.min(c)))
    }

    /// Reads the attack out of a point; see [`decode::decode`].
    #[must_use]
    pub fn decode(&self, q: &Question, x: &[f64]) -> Attack {
        decode::decode(self, q, x)
    }

    /// The full start point that an attack determines, one value a variable.
    #[must_use]
    pub fn start(&self, q: &Question, attack: &Attack) -> Vec<f64> {
        let decisions = decode::encode(self, q, attack);
        recipe::complete(&self.recipes, |v| decisions[v])
    }
}
