//! The order in which a tree is searched or walked.

use std::sync::Mutex;

use super::tree::{Forest, Split, Splits};
use super::{BranchOptions, Reason, TreeError};
use crate::bounds::graph::threads::gather;
use crate::question::verify::Replay;

/// Nodes of a round. Part of the result's definition, unlike the threads.
const ROUND: usize = 16;

/// What bounds parts.
pub(super) trait Engine: Sync {
    /// One part.
    type Part: Send;

    /// How many parts are bounded together.
    const TOGETHER: usize;

    /// Bounds parts. The result for each is that of the parts themselves, and of those beside it in
    /// the slice at most in the last bits.
    fn bound(&self, parts: &mut [&mut Self::Part]) -> Vec<Fate>;

    /// Both parts of a part that was bounded, the lower one first; or what is wrong with the split.
    fn split(&self, part: &Self::Part, by: Split) -> Result<[Self::Part; 2], String>;
}

/// What bounds say of a part.
#[derive(Clone, Debug)]
pub(super) enum Fate {
    /// Refuted.
    Refuted,
    /// Not refuted.
    Open {
        /// By how much the bound misses, negative.
        low: f64,
        /// How a search goes on, if it can.
        split: Option<Split>,
        /// A counterexample.
        attack: Option<Box<Replay>>,
    },
}

/// Who decides about splits.
pub(super) enum Guide<'t> {
    /// The search does.
    Search,
    /// A tree does.
    Walk(&'t Splits),
}

/// How an exploration ended.
pub(super) enum End {
    Refuted,
    Attack(Box<Replay>),
    Unknown { reason: Reason, open: usize, worst: Option<f64> },
}

/// What an exploration found.
pub(super) struct Explored {
    pub end: End,
    pub forest: Forest,
    pub nodes: usize,
}

/// A part that is to be bounded.
struct Open<P> {
    item: u32,
    part: P,
}

/// Explores the trees of `roots`, depth first, the worst of each round's parts first.
pub(super) fn explore<E: Engine>(
    engine: &E,
    roots: Vec<E::Part>,
    guide: &Guide<'_>,
    options: &BranchOptions<'_>,
) -> Result<Explored, TreeError> {
    let (mut forest, most) = match guide {
        Guide::Search => (Forest::new(roots.len()), options.nodes),
        Guide::Walk(splits) => (Forest::read(splits, roots.len())?, usize::MAX),
    };
    let mut stack: Vec<Open<E::Part>> =
        forest.roots.iter().zip(roots).rev().map(|(&item, part)| Open { item, part }).collect();
    let mut nodes = 0;
    let mut worst = None;
    let end = loop {
        if stack.is_empty() {
            break End::Refuted;
        }
        let reason = match (nodes >= most, options.stopped()) {
            (true, _) => Some(Reason::Nodes),
            (_, true) => Some(Reason::Stopped),
            (false, false) => None,
        };
        if let Some(reason) = reason {
            break End::Unknown { reason, open: stack.len(), worst };
        }
        let count = ROUND.min(stack.len()).min(most - nodes);
        let mut round = stack.split_off(stack.len() - count);
        nodes += count;
        let fates = bound(engine, &mut round, options.threads);
        let mut parts: Vec<(f64, Open<E::Part>, Option<Split>)> = Vec::new();
        let mut attack = None;
        for (fate, open) in fates.into_iter().zip(round) {
            if let Fate::Open { low, split, attack: found } = fate {
                if attack.is_none() {
                    attack = found;
                }
                parts.push((low, open, split));
            }
        }
        if let Some(replay) = attack {
            break End::Attack(replay);
        }
        if options.stopped() {
            // Perhaps not all of the round was bounded.
            break End::Unknown { reason: Reason::Stopped, open: stack.len() + count, worst };
        }
        // The worst one is handled next.
        parts.sort_by(|a, b| b.0.total_cmp(&a.0));
        worst = parts.last().map(|p| p.0).or(worst);
        let open = stack.len() + parts.len();
        let mut whole = false;
        for (low, Open { item, part }, chosen) in parts {
            let split = match guide {
                Guide::Search => chosen,
                Guide::Walk(_) => forest.items[item as usize].split,
            };
            let Some(split) = split else {
                if let Guide::Walk(_) = guide {
                    return Err(TreeError::Open { node: item as usize, by: -low });
                }
                whole = true;
                break;
            };
            let wrong = |what| TreeError::Split { node: item as usize, what };
            let [low, high] = engine.split(&part, split).map_err(wrong)?;
            let children = match guide {
                Guide::Search => forest.grow(item, split),
                Guide::Walk(_) => forest.items[item as usize].children,
            };
            stack.push(Open { item: children[1], part: high });
            stack.push(Open { item: children[0], part: low });
        }
        if whole {
            break End::Unknown { reason: Reason::Whole, open, worst };
        }
    };
    if let (Guide::Walk(_), End::Unknown { .. }) = (guide, &end) {
        return Err(TreeError::Stopped);
    }
    Ok(Explored { end, forest, nodes })
}

/// Bounds the parts of a round in the groups that its order gives.
fn bound<E: Engine>(engine: &E, round: &mut [Open<E::Part>], threads: usize) -> Vec<Fate> {
    let mut parts: Vec<&mut E::Part> = round.iter_mut().map(|o| &mut o.part).collect();
    let count = parts.len().div_ceil(E::TOGETHER);
    let queue = Mutex::new(parts.chunks_mut(E::TOGETHER).enumerate());
    let work = || {
        let mut found = Vec::new();
        loop {
            // A thread that fails ends the search, so that the queue of a poisoned lock is empty.
            let taken = queue.lock().ok().and_then(|mut q| q.next());
            let Some((k, group)) = taken else { return found };
            found.push((k, engine.bound(group)));
        }
    };
    gather(threads.min(count), work).into_iter().flat_map(|a| a.1).collect()
}
