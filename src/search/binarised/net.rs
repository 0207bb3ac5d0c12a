//! The network by columns, so that a move costs only what it changes.

use crate::network::binarised::Integer;

/// A layer of neurons, or the scores.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub size: usize,
    /// For each place of the layer before, its weights in all neurons.
    columns: Vec<f64>,
    /// What every sum starts from: half a step above minus the threshold, so that no sum is 0.
    start: Vec<f64>,
}

/// A network on its lattice.
#[derive(Clone, Debug)]
pub(super) struct Net {
    /// Hidden layers, and the scores as the last one.
    pub layers: Vec<Layer>,
    pub inputs: usize,
}

/// A point, with all that the network makes of it.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub k: Vec<i64>,
    /// Sums of each layer, above 0 where the neuron is 1; then the scores.
    pub sums: Vec<Vec<f64>>,
    /// The neurons of each hidden layer.
    pub on: Vec<Vec<bool>>,
    /// Products so far.
    pub work: u64,
}

impl Layer {
    pub fn column(&self, place: usize) -> &[f64] {
        self.columns.get(place * self.size..(place + 1) * self.size).unwrap_or(&[])
    }
}

/// `sum += by * column`.
pub(super) fn add(sum: &mut [f64], by: f64, column: &[f64]) {
    for (s, c) in sum.iter_mut().zip(column) {
        *s += by * c;
    }
}

/// The inner product, in an order that processors add side by side.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (mut x, mut y) = (a.chunks_exact(4), b.chunks_exact(4));
    let mut sums = [0.0; 4];
    for (p, q) in x.by_ref().zip(y.by_ref()) {
        for (s, (p, q)) in sums.iter_mut().zip(p.iter().zip(q)) {
            *s += p * q;
        }
    }
    let rest = x.remainder().iter().zip(y.remainder()).map(|(p, q)| p * q).sum::<f64>();
    sums.iter().sum::<f64>() + rest
}

impl Net {
    pub fn new(network: &Integer) -> Self {
        let mut layers = Vec::with_capacity(network.hidden.len() + 1);
        let mut inputs = network.inputs;
        // What a neuron that is on counts; one that is halfway is taken for one that is on.
        let mut step = 1.0;
        for (neurons, next) in network.hidden.iter().zip(&network.steps) {
            let size = neurons.len();
            let mut columns = vec![0.0; inputs * size];
            for (i, n) in neurons.iter().enumerate() {
                for (places, by) in [(&n.plus, step), (&n.minus, -step)] {
                    for j in places {
                        if let Some(c) = columns.get_mut(*j as usize * size + i) {
                            *c = by;
                        }
                    }
                }
            }
            let start = neurons.iter().map(|n| 0.5 - n.threshold as f64).collect();
            layers.push(Layer { size, columns, start });
            inputs = size;
            step = f64::from(*next);
        }
        let size = network.scores.len();
        let mut columns = vec![0.0; inputs * size];
        for (i, s) in network.scores.iter().enumerate() {
            for (j, w) in &s.terms {
                if let Some(c) = columns.get_mut(*j as usize * size + i) {
                    *c += *w as f64 * step;
                }
            }
        }
        let start = network.scores.iter().map(|s| s.bias as f64).collect();
        layers.push(Layer { size, columns, start });
        Net { layers, inputs: network.inputs }
    }

    /// Products of one evaluation from nothing.
    pub fn size(&self) -> u64 {
        self.layers.iter().map(|l| l.columns.len() as u64).sum::<u64>().max(1)
    }

    /// Neurons of the first hidden layer; the scores if there is none.
    pub fn first(&self) -> Option<&Layer> {
        self.layers.first()
    }

    /// The state at the point 0, whose neurons are not yet worked out, moved to `k`.
    pub fn state(&self, k: &[i64]) -> State {
        let sums = self.layers.iter().map(|l| l.start.clone()).collect();
        let hidden = self.layers.len().saturating_sub(1);
        let on = self.layers.iter().take(hidden).map(|l| vec![false; l.size]).collect();
        let mut state = State { k: vec![0; self.inputs], sums, on, work: 0 };
        self.move_to(&mut state, k);
        state
    }

    /// Moves a state to another point.
    pub fn move_to(&self, state: &mut State, k: &[i64]) {
        let Some(first) = self.layers.first() else { return };
        for (j, (old, new)) in state.k.iter_mut().zip(k).enumerate() {
            if old != new {
                add(&mut state.sums[0], (new - *old) as f64, first.column(j));
                state.work += first.size as u64;
                *old = *new;
            }
        }
        self.settle(state);
    }

    /// Moves one coordinate.
    pub fn step(&self, state: &mut State, j: usize, to: i64) {
        let (Some(first), Some(k)) = (self.layers.first(), state.k.get_mut(j)) else { return };
        add(&mut state.sums[0], (to - *k) as f64, first.column(j));
        *k = to;
        state.work += first.size as u64;
        self.settle(state);
    }

    /// Makes the neurons fit the sums, layer by layer.
    fn settle(&self, state: &mut State) {
        for (l, on) in state.on.iter_mut().enumerate() {
            let (before, behind) = state.sums.split_at_mut(l + 1);
            let (Some(sums), Some(next)) = (before.last(), behind.first_mut()) else { return };
            let layer = &self.layers[l + 1];
            for (j, (on, sum)) in on.iter_mut().zip(sums).enumerate() {
                if *on != (*sum > 0.0) {
                    *on = !*on;
                    add(next, if *on { 1.0 } else { -1.0 }, layer.column(j));
                    state.work += layer.size as u64;
                }
            }
            state.work += on.len() as u64;
        }
    }
}

impl State {
    pub fn lead(&self, rival: usize, class: usize) -> f64 {
        let score = |c: usize| self.sums.last().and_then(|s| s.get(c)).copied().unwrap_or(0.0);
        score(rival) - score(class)
    }
}
