//! Attacks on binarised networks over lattice balls (papers 4.8): points at which another class is ahead, or as little
//! behind as can be found.
//!
//! Three methods take turns on each rival, and start from what the others found: projected gradient steps with a
//! slope made up for the sign, target patterns layer by layer backwards, and hill climbing. The best
//! point of all is returned; a solver may start from it whether it is an attack or not.
//!
//! The result depends on network, ball and options alone: on neither clock nor threads, unless it is stopped.

mod cap;
mod climb;
mod gradient;
mod net;
mod patterns;
mod room;
mod schedule;
mod slope;

use std::sync::atomic::{AtomicBool, Ordering};

use fastrand::Rng;

use crate::encode::binarised::Rivals;
use crate::network::binarised::Integer;
use crate::question::lattice::Lattice;

use net::{Net, State};
use room::Room;

/// How long a search goes.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Work, in evaluations of the network from nothing; moves of one coordinate cost less.
    pub evaluations: u64,
    /// Seed of the random choices.
    pub seed: u64,
    /// The lead at which a point is an attack and the search ends: 1, or 0 where a tie counts against the network.
    /// Without it the largest lead is looked for.
    pub enough: Option<i64>,
    /// The methods that take part.
    pub methods: &'a [Method],
    /// Points to start from beside the middle of the ball; those outside of it are left out.
    pub starts: &'a [Vec<i64>],
    /// Raised to stop the search; the best point so far is returned.
    pub cancel: Option<&'a AtomicBool>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            evaluations: 10_000,
            seed: 0,
            enough: None,
            methods: &Method::ALL,
            starts: &[],
            cancel: None,
        }
    }
}

/// How a point was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// It is where the search starts.
    Start,
    /// Random points, hill climbing by one or two coordinates.
    Climb,
    /// Projected gradient steps.
    Gradient,
    /// Target patterns, layer by layer backwards.
    Patterns,
}

impl Method {
    /// All that search.
    pub const ALL: [Method; 3] = [Method::Gradient, Method::Patterns, Method::Climb];
}

/// The best point of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// A point of the ball, in steps of the lattice.
    pub point: Vec<i64>,
    /// The score of the best rival less that of the class at that point, by [`Integer::evaluate`].
    pub lead: i64,
    /// The rival that leads.
    pub rival: usize,
    /// How it was found.
    pub method: Method,
    /// Work done, in evaluations of the network from nothing.
    pub evaluations: u64,
}

/// Looks for a point of the ball at which a rival is far ahead of `class`. Nothing if no point of the ball was
/// found, or if class or rival are none of the network's.
#[must_use]
pub fn attack(
    network: &Integer,
    points: &Lattice,
    (class, rivals): (usize, Rivals),
    options: &Options<'_>,
) -> Option<Report> {
    let classes = network.scores.len();
    let rivals: Vec<usize> = match rivals {
        Rivals::One(rival) => vec![rival],
        Rivals::Any => (0..classes).filter(|c| *c != class).collect(),
    };
    let known = class < classes && rivals.iter().all(|r| *r < classes) && !rivals.is_empty();
    if !known || network.inputs != points.low.len() {
        return None;
    }
    let room = Room::new(points)?;
    let net = Net::new(network);
    let widths = match net.first() {
        Some(first) => (0..first.size)
            .map(|i| {
                let weighs = |j: &usize| first.column(*j).get(i).is_some_and(|w| *w != 0.0);
                room.reach((0..net.inputs).filter(weighs))
            })
            .collect(),
        None => Vec::new(),
    };
    let mut search = Search {
        network,
        points,
        options,
        class,
        rivals,
        net,
        room,
        widths,
        rng: Rng::with_seed(options.seed),
        best: None,
        beaten: f64::NEG_INFINITY,
        work: 0,
    };
    search.all();
    let evaluations = search.work.div_ceil(search.net.size());
    search.best.map(|b| Report { evaluations, ..b })
}

struct Search<'a> {
    network: &'a Integer,
    points: &'a Lattice,
    options: &'a Options<'a>,
    class: usize,
    rivals: Vec<usize>,
    net: Net,
    room: Room,
    /// About by how much the sum of each neuron of the first layer can move.
    widths: Vec<f64>,
    rng: Rng,
    best: Option<Report>,
    /// Leads up to this one are not worth an exact evaluation.
    beaten: f64,
    /// Products so far.
    work: u64,
}

impl Search<'_> {
    fn state(&self, k: &[i64]) -> State {
        self.net.state(k)
    }

    /// Takes over the work of a state.
    fn account(&mut self, state: &mut State) {
        self.work += std::mem::take(&mut state.work);
    }

    fn over(&self) -> bool {
        self.work >= self.options.evaluations.saturating_mul(self.net.size())
            || self.options.cancel.is_some_and(|c| c.load(Ordering::Relaxed))
            || self.enough()
    }

    /// Whether what was looked for is found.
    fn enough(&self) -> bool {
        self.best.as_ref().is_some_and(|b| self.options.enough.is_some_and(|e| b.lead >= e))
    }

    /// Keeps the point of a state if it is the best one.
    fn offer(&mut self, state: &mut State, method: Method) {
        self.account(state);
        let leads = self.rivals.iter().map(|r| state.lead(*r, self.class));
        let lead = leads.fold(f64::NEG_INFINITY, f64::max);
        if lead <= self.beaten {
            return;
        }
        let scores = self.network.evaluate(&state.k).scores;
        self.work += self.net.size();
        let of = |c: usize| scores.get(c).copied().unwrap_or(0);
        let exact = self.rivals.iter().map(|r| (of(*r) - of(self.class), *r));
        // The first of several.
        let exact = exact.reduce(|a, b| if b.0 > a.0 { b } else { a });
        let Some((exact, rival)) = exact else { return };
        if self.best.as_ref().is_some_and(|b| b.lead >= exact) || !self.points.holds(&state.k) {
            return;
        }
        // A neuron whose sum is 0 may have a value of its own, and is 1 in the state.
        self.beaten = exact as f64;
        let point = state.k.clone();
        self.best = Some(Report { point, lead: exact, rival, method, evaluations: 0 });
    }
}
