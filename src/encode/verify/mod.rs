//! The question of verification as a program: is there an input in the box whose output makes the
//! property's formula true?
//!
//! Elements of the graph become [`Lin`]s in the order of the nodes. What is affine stays an
//! expression over older columns as long as that takes no more nonzeros than a column of its own
//! (`uses` readers of an expression of `T` terms copy `uses T` entries, a column costs `T + 1 +
//! uses`); what is rounded in between is carried as the expression's slop, by which every row about
//! it is relaxed, so that nothing that a real run does is cut off. An element that the proved bounds
//! fix, or that nobody reads, has no column and no row; a stable function passes its operand on.
//!
//! A piecewise linear function is said by parts of its operand: `a = p - n` for ReLU, leaky ReLU and
//! absolute value. So the operand, with all its terms, stands in **one** row, and the cases are told
//! apart in rows of two entries.

pub mod affine;
mod cases;
pub mod cuts;
pub mod decode;
mod demand;
pub mod envelope;
pub mod error;
pub mod formula;
mod goal;
mod max;
pub mod options;
mod partition;
mod piecewise;
mod product;
mod set;
mod smooth;
mod split;
mod walk;

pub use cuts::{Cut, Neuron};
pub use decode::Source;
pub use error::VerifyError;
pub use formula::{branches, case_branches};
pub use options::{Ask, Cases, SmoothForm, Split, VerifyOptions};

use std::sync::atomic::AtomicBool;

use super::recipe::Recipe;
use crate::bounds::Interval;
use crate::encode::Lin;
use crate::ir::{Model, VarId, fingerprint, names};
use crate::network::graph::{Graph, NodeId};
use crate::question::verify::{Case, Formula, Lattice, Property, Variable};
use formula::Simple;

/// A compiled question of verification.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifyProgram {
    /// The program; its objective is minimised. Its last column is its fingerprint.
    pub model: Model,
    /// How each variable follows from the input.
    pub recipes: Vec<Recipe>,
    /// Where each element of the input comes from, counted through all inputs.
    pub inputs: Vec<Source>,
    /// The lattice of the inputs: their columns count its steps.
    pub lattice: Option<Lattice>,
    /// A lower bound of the objective may be too high by this much: subtract it first.
    pub slop: f64,
    /// What one unit of the objective is in units of the margin, rounded down; 1 but for programs in whole
    /// numbers.
    pub unit: f64,
    /// By how much the objective is above the margin in these units, at least and at most: a whole number where
    /// a margin of 0 is no attack.
    pub ahead: (f64, f64),
    /// Encloses the objective, found without a solver.
    pub interval: Interval,
    /// The bounds alone show that the formula cannot hold: there is nothing to solve.
    pub decided: bool,
    /// Whether points exist that no input has (envelopes of smooth functions): a bound is proved
    /// all the same, a point need not be an attack.
    pub relaxed: bool,
    /// What the objective says.
    pub ask: Ask,
    /// ReLUs with a binary, for [`VerifyProgram::separate`].
    pub neurons: Vec<Neuron>,
    /// Names of the graph's nodes, by number: [`crate::ir::role::Axis::Node`] speaks of these.
    pub nodes: Vec<String>,
    /// Expressions with a rounded coefficient or constant.
    pub rounded: usize,
}

/// Encodes the question whether the property's formula can hold.
///
/// `bounds` has, for each node and each element of its result, an enclosure of the values of all
/// inputs of interest; those of the inputs are the box itself. The formula's other requirements on
/// inputs become rows.
///
/// # Errors
/// [`VerifyError`]: sizes that do not fit, an element without finite bounds where they are needed,
/// a function that the options do not admit.
pub fn encode(
    graph: &Graph,
    bounds: &[Vec<Interval>],
    property: &Property,
    options: &VerifyOptions,
) -> Result<VerifyProgram, VerifyError> {
    error::fits(graph, bounds, (property.inputs, property.outputs))?;
    build(graph, bounds, (&property.formula, None), (options, None))
}

/// Encodes the question whether a case's goal can hold on its set of inputs; `bounds` are those over
/// its [`Case::outer`] box.
///
/// # Errors
/// As [`encode`].
pub fn encode_case(
    graph: &Graph,
    bounds: &[Vec<Interval>],
    case: &Case,
    options: &VerifyOptions,
) -> Result<VerifyProgram, VerifyError> {
    encode_until(graph, bounds, case, (options, None))
}

/// As [`encode_case`], with a flag that stops it.
///
/// # Errors
/// [`VerifyError::Stopped`], too.
pub fn encode_until(
    graph: &Graph,
    bounds: &[Vec<Interval>],
    case: &Case,
    (options, cancel): (&VerifyOptions, Option<&AtomicBool>),
) -> Result<VerifyProgram, VerifyError> {
    error::fits(graph, bounds, (case.outer.len(), graph.output_len()))?;
    build(graph, bounds, (&set::formula(case), Some(case)), (options, cancel))
}

/// What elements of nodes are, in columns of a program that says how these come about.
#[derive(Clone, Debug, PartialEq)]
pub struct Elements {
    /// Everything that the elements depend on, without an objective.
    pub model: Model,
    /// An expression for each element that was asked for.
    pub values: Vec<Lin>,
}

/// Encodes the network as far as the given elements of nodes need it, over all inputs whose runs stay
/// within `bounds`. What [`VerifyOptions::smooth`] says of smooth functions decides whether it is
/// *exact* or a *relaxation*.
///
/// # Errors
/// As [`encode`].
pub fn encode_elements(
    graph: &Graph,
    bounds: &[Vec<Interval>],
    elements: &[(NodeId, usize)],
    options: &VerifyOptions,
) -> Result<Elements, VerifyError> {
    error::fits(graph, bounds, (graph.input_len(), graph.output_len()))?;
    let mut walk = walk::Encoder::new(graph, bounds, *options, None);
    walk.run_to(elements)?;
    let values = elements.iter().map(|at| walk.value(*at).clone()).collect();
    Ok(Elements { model: walk.b.model, values })
}

fn build(
    graph: &Graph,
    bounds: &[Vec<Interval>],
    (formula, case): (&Formula, Option<&Case>),
    (options, cancel): (&VerifyOptions, Option<&AtomicBool>),
) -> Result<VerifyProgram, VerifyError> {
    let balls = case.map_or(&[][..], |c| &c.balls);
    let lattice = case.and_then(|c| c.lattice);
    let mut walk = walk::Encoder::new(graph, bounds, *options, lattice);
    walk.cancel = cancel;
    let simple = formula::simplify(formula, &formula::ranges(graph, bounds));
    let goal = match &simple {
        Simple::False(margin) => goal::Goal::constant(*margin),
        Simple::True | Simple::Open(_) => {
            let holds = Formula::All(Vec::new());
            let open = if let Simple::Open(open) = &simple { open } else { &holds };
            let mut wanted = formula::variables(open);
            if !balls.is_empty() {
                wanted.extend((0..graph.input_len() as u32).map(Variable::Input));
            }
            walk.run(&wanted)?;
            for ball in balls {
                walk.ball(ball);
            }
            goal::build(&mut walk, open)?
        }
    };
    let inputs = walk.inputs();
    let decided = matches!(simple, Simple::False(_)) || goal.range.lo > 0.0;
    let mut b = walk.b;
    b.model.objective = goal.objective;
    let fingerprint = fingerprint::mark(&mut b.model);
    b.recipes.push(Recipe::Value(Lin::exact(f64::from(fingerprint))));
    Ok(VerifyProgram {
        model: b.model,
        recipes: b.recipes,
        inputs,
        lattice,
        slop: goal.slop,
        unit: 1.0,
        ahead: (0.0, 0.0),
        interval: goal.range,
        decided,
        relaxed: walk.relaxed,
        ask: options.ask,
        neurons: walk.neurons,
        nodes: graph.nodes.iter().map(|n| n.origin.clone()).collect(),
        rounded: walk.rounded,
    })
}

impl VerifyProgram {
    /// Whether a proved lower bound of the objective shows that the formula cannot hold.
    #[must_use]
    pub fn certifies(&self, bound: f64) -> bool {
        self.decided || bound == f64::INFINITY || (self.ask == Ask::Margin && bound > self.slop)
    }

    /// A variable in words, with the name of its node in the file.
    #[must_use]
    pub fn describe(&self, v: VarId) -> String {
        let text = names::describe_var(&self.model, v);
        let role = self.model.vars.get(v).role;
        let node = role.family.axes().contains(&crate::ir::role::Axis::Node);
        match self.nodes.get(usize::from(role.place.layer)) {
            Some(name) if node => format!("{text} of {name}"),
            Some(_) | None => text,
        }
    }
}
