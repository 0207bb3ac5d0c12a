//! Backward linear relaxation (CROWN, Zhang et al., NeurIPS 2018; DeepPoly, Singh et al., POPL 2019).
//!
//! A linear function of node elements is rewritten, node by node from the last to the first, as a
//! linear function of the inputs that is below it; its least value over the input box, or over the
//! part of it that lies in a ball ([`ball`]), is the bound.
//!
//! # Never looser than CROWN
//!
//! Narrower bounds of a neuron make its relaxation smaller, yet may make a bound behind it worse: the
//! lower slope of a ReLU jumps between 0 and 1 with the sign of `l + u`, and a line that is better
//! within the bounds may be worse outside, where the linear functions that are put in for its
//! argument do reach. So a pass goes through the network with two sets of relaxations side by side.
//!
//! 1. CROWN's own: each neuron's relaxation follows from its bounds by this very set ([`chain`]), met
//!    with nothing. Interval arithmetic from these bounds says which neurons are stable; they are
//!    replaced exactly and not bounded further, as in auto_LiRPA (`sparse_intermediate_bounds`).
//! 2. Ours, from the best that is known of each neuron: intervals, bounds that were given, CROWN's,
//!    and its own.
//!
//! What is kept is the common part of all. CROWN's bound is one of them, made by the same operations
//! from the same numbers, so no output and no undecided neuron has a bound that is looser than it by
//! more than rounding. As long as both sets have the same relaxations the second is not run.

pub(super) mod ball;
pub(super) mod budget;
mod chain;
pub(in crate::bounds::graph) mod directions;
pub(super) mod local;
pub(super) mod rows;
pub(super) mod slopes;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use super::linear::{LANES, Lane, Linear as LinearOp};
use super::plan::{Plan, Within};
use super::threads::gather;
use super::{Empty, GraphBounds, meet};
use crate::bounds::Interval;
use crate::network::graph::NodeId;
use crate::question::verify::Variable;
use chain::Chain;
use local::Local;
use rows::Rows;

/// How a backward pass runs. None of it but `steps`,
/// `outputs`, `from`, `to`, `nodes` and `crown` changes a bound of a pass that runs to its end.
#[derive(Clone, Copy, Debug)]
pub struct BackwardOptions<'a> {
    /// Threads. Bounds do not depend on their number.
    pub threads: usize,
    /// Steps by which lower slopes of ReLUs are improved for each row (`slopes`); 0 takes the adaptive
    /// ones. Each step costs about two passes.
    pub steps: usize,
    /// Whether the elements of the outputs are bounded too, and not only what relaxations need.
    pub outputs: bool,
    /// The first node that is bounded anew; earlier ones keep their bounds.
    pub from: NodeId,
    /// The last node that is bounded anew.
    pub to: NodeId,
    /// The nodes that are bounded anew, one entry a node; all that gain from it if not given.
    pub nodes: Option<&'a [bool]>,
    /// Whether CROWN's own relaxations are run beside ours, so that no bound is looser than CROWN's
    /// (module documentation). At most doubles the work; of use for a whole box, hardly for the
    /// parts into which a search splits it.
    pub crown: bool,
    /// Raised to stop early.
    pub cancel: Option<&'a AtomicBool>,
    /// When to stop early.
    pub until: Option<Instant>,
}

impl Default for BackwardOptions<'_> {
    fn default() -> Self {
        BackwardOptions {
            threads: 1,
            steps: 0,
            outputs: true,
            from: NodeId(0),
            to: NodeId(u32::MAX),
            nodes: None,
            crown: true,
            cancel: None,
            until: None,
        }
    }
}

impl BackwardOptions<'_> {
    fn wants(&self, id: NodeId) -> bool {
        let listed = |all: &[bool]| all.get(id.index()).copied().unwrap_or(false);
        id >= self.from && id <= self.to && self.nodes.is_none_or(listed)
    }

    fn stopped(&self) -> bool {
        self.cancel.is_some_and(|c| c.load(Ordering::Relaxed))
            || self.until.is_some_and(|t| Instant::now() >= t)
    }
}

/// What a pass did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Elements that were bounded by rows, each from both sides.
    pub rows: usize,
    /// Elements without an exact linear description ([`GraphBounds::unstable`]) afterwards.
    pub unstable: usize,
    /// Whether the pass ran to its end. What it found before it stopped is kept.
    pub complete: bool,
}

/// Bounds every node that matters, in order, and meets the result with `bounds`, whose inputs are the
/// box and whose other intervals are taken for true.
///
/// # Errors
/// [`Empty`] if two proved bounds of one element have nothing in common: then no input of the box is
/// admitted by the bounds that were given.
pub fn backward(
    plan: &Plan<'_>,
    bounds: &mut GraphBounds,
    options: &BackwardOptions<'_>,
) -> Result<Report, Empty> {
    propagate(plan, bounds, options).map(|done| done.0)
}

/// See [`backward`]; returns also what rows over these bounds need.
pub(super) fn propagate(
    plan: &Plan<'_>,
    bounds: &mut GraphBounds,
    options: &BackwardOptions<'_>,
) -> Result<(Report, Vec<Local>), Empty> {
    let mut report = Report { complete: true, ..Report::default() };
    let adjoints = if options.steps > 0 { slopes::adjoints(plan) } else { Vec::new() };
    let mut chain = Chain::new(plan, bounds, options);
    let mut locals: Vec<Local> = Vec::with_capacity(plan.graph.nodes.len());
    let within = Within {
        ball: bounds.ball.is_some(),
        groups: bounds.groups.is_some(),
        directions: bounds.directions.is_some(),
    };
    let only_once = BackwardOptions { steps: 0, ..*options };
    for id in plan.graph.ids() {
        let (fresh, magnitudes) = bounds.sweep(plan, id)?;
        // The node itself is replaced first, from its operands, which are known.
        locals.push(Local::new(plan, id, (&bounds.nodes, &bounds.nodes), &locals, &magnitudes));
        if let Some(chain) = &mut chain {
            chain.enter(plan, id, bounds, &locals, (fresh, &magnitudes));
        }
        if !options.wants(id) || !report.complete {
            if let Some(chain) = &mut chain {
                chain.leave(id, bounds);
            }
            continue;
        }
        let mut again = true;
        if let Some(chain) = &mut chain {
            let open = plan.asked(id, chain.of(id), options.outputs, within);
            let ask = Ask { plan, bounds, options: &only_once, adjoints: &adjoints };
            let found = ask.elements(chain.locals(&locals), id, &open);
            report.complete &= found.len() == open.len();
            report.rows += found.len();
            again = chain.is_apart() || options.steps > 0;
            chain.keep(id, &open, &found, plan.is_tight(id));
            narrow(bounds, &mut locals, id, &open, &found)?;
        }
        if again && report.complete {
            let open = plan.asked(id, bounds.of(id), options.outputs, within);
            let ask = Ask { plan, bounds, options, adjoints: &adjoints };
            let found = ask.elements(&locals, id, &open);
            report.complete &= found.len() == open.len();
            report.rows += found.len();
            narrow(bounds, &mut locals, id, &open, &found)?;
        }
        if let Some(chain) = &mut chain {
            chain.leave(id, bounds);
        }
    }
    if let Some(chain) = chain
        && report.complete
        && options.to.index() + 1 >= plan.graph.nodes.len()
    {
        bounds.crown = chain.finish();
    }
    report.unstable = bounds.unstable(plan);
    Ok((report, locals))
}

/// What rows need besides relaxations.
struct Ask<'a, 'g> {
    plan: &'a Plan<'g>,
    bounds: &'a GraphBounds,
    options: &'a BackwardOptions<'a>,
    adjoints: &'a [Option<LinearOp<'static>>],
}

impl Ask<'_, '_> {
    /// Bounds elements of a node from both sides.
    fn elements(&self, locals: &[Local], id: NodeId, open: &[u32]) -> Vec<Found> {
        let start = |rows: &mut Rows<'_, '_>, k: usize, lane: usize| {
            rows.add(lane, id, open[k] as usize, 1.0);
            rows.add(lane + 1, id, open[k] as usize, -1.0);
        };
        let rows = || Rows::new(self.plan, locals, self.bounds);
        blocks(open.len(), 2, self.options, self.adjoints, rows, start)
    }
}

/// Bounds of both rows of an item, by its number.
type Found = (usize, [f64; 2]);

/// Meets the bounds of elements of a node with what was found.
fn narrow(
    bounds: &mut GraphBounds,
    locals: &mut [Local],
    id: NodeId,
    open: &[u32],
    found: &[Found],
) -> Result<(), Empty> {
    for &(k, lane) in found {
        let e = open[k] as usize;
        let new = Interval { lo: lane[0], hi: -lane[1] };
        let old = &mut bounds.nodes[id.index()][e];
        *old = meet(*old, new).ok_or(Empty { node: id, element: e })?;
        locals[id.index()].magnitude[e] = old.magnitude();
    }
    Ok(())
}

/// A linear function of inputs and outputs; coefficients may be enclosures.
pub type Linear = Vec<(Variable, Interval)>;

/// Bounds of linear functions of inputs and outputs, each from a backward pass of its own and from
/// interval arithmetic. `None` for one that `options` stopped.
///
/// # Errors
/// See [`backward`]; here the bounds of a function itself are not met with anything.
pub fn bound_linear(
    plan: &Plan<'_>,
    bounds: &mut GraphBounds,
    functions: &[Linear],
    options: &BackwardOptions<'_>,
) -> Result<Vec<Option<Interval>>, Empty> {
    let adjoints = if options.steps > 0 { slopes::adjoints(plan) } else { Vec::new() };
    let mut locals: Vec<Local> = Vec::with_capacity(plan.graph.nodes.len());
    let mut theirs: Vec<Local> = Vec::new();
    let crown = options.crown && !bounds.crown.is_empty();
    for id in plan.graph.ids() {
        let (_, magnitudes) = bounds.sweep(plan, id)?;
        locals.push(Local::new(plan, id, (&bounds.nodes, &bounds.nodes), &locals, &magnitudes));
        if crown {
            let from = (bounds.nodes.as_slice(), bounds.crown.as_slice());
            theirs.push(Local::new(plan, id, from, &locals, &magnitudes));
        }
    }
    let start = |rows: &mut Rows<'_, '_>, k: usize, lane: usize| {
        rows.add_linear(lane, &functions[k], 1.0);
        rows.add_linear(lane + 1, &functions[k], -1.0);
    };
    let run = |locals: &[Local], options: &BackwardOptions<'_>| {
        let rows = || Rows::new(plan, locals, bounds);
        blocks(functions.len(), 2, options, &adjoints, rows, start)
    };
    let mut all = vec![None; functions.len()];
    let mut keep = |found: Vec<Found>| {
        for (k, lane) in found {
            let term =
                |t: &(Variable, Interval)| place(plan, t.0).map(|(n, e)| t.1 * bounds.of(n)[e]);
            let plain: Interval = functions[k].iter().filter_map(term).sum();
            let old: Interval = all[k].unwrap_or(plain);
            let rows = Interval { lo: lane[0], hi: -lane[1] };
            // All hold, so they meet unless the box itself is empty.
            all[k] = Some(meet(old, rows).unwrap_or(old));
        }
    };
    if crown && theirs.iter().zip(&locals).any(|(a, b)| a.brackets != b.brackets) {
        keep(run(&theirs, &BackwardOptions { steps: 0, ..*options }));
    }
    keep(run(&locals, options));
    Ok(all)
}

/// The node and element of a variable.
pub(super) fn place(plan: &Plan<'_>, variable: Variable) -> Option<(NodeId, usize)> {
    let (ports, index) = match variable {
        Variable::Input(k) => (&plan.graph.inputs, k),
        Variable::Output(k) => (&plan.graph.outputs, k),
    };
    let mut rest = index as usize;
    for port in ports {
        if rest < port.len() {
            return Some((port.node, rest));
        }
        rest -= port.len();
    }
    None
}

/// Runs `count` items, each of `width` rows, in blocks, on the threads that `options` allows. Returns
/// the bounds of each item's rows in order; a prefix is missing nothing if the pass was stopped.
fn blocks<'a, 'g: 'a>(
    count: usize,
    width: usize,
    options: &BackwardOptions<'_>,
    adjoints: &[Option<LinearOp<'static>>],
    new: impl Fn() -> Rows<'a, 'g> + Sync,
    start: impl Fn(&mut Rows<'a, 'g>, usize, usize) + Sync,
) -> Vec<Found> {
    let each = LANES / width;
    let next = AtomicUsize::new(0);
    let work = || {
        let mut rows = new();
        let mut found = Vec::new();
        loop {
            let first = next.fetch_add(1, Ordering::Relaxed) * each;
            if first >= count || options.stopped() {
                return found;
            }
            let items = first..(first + each).min(count);
            let begin = |rows: &mut Rows<'a, 'g>| {
                for k in items.clone() {
                    start(rows, k, (k - first) * width);
                }
            };
            let bound: Lane = if options.steps > 0 {
                slopes::climb(&mut rows, adjoints, options.steps, begin)
            } else {
                begin(&mut rows);
                rows.finish()
            };
            found.extend(items.map(|k| {
                let lane = (k - first) * width;
                (k, [bound[lane], bound[lane + 1]])
            }));
        }
    };
    gather(options.threads.clamp(1, count.div_ceil(each).max(1)), work)
}
