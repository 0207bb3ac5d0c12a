//! Random graphs over all operations that rational arithmetic can evaluate.

use fastrand::Rng;
use theriac::network::graph::Graph;

use crate::graphs::{self, ALL, Menu};

/// Numbers of a case: how far apart their magnitudes are.
pub struct Numbers {
    pub rng: Rng,
    /// Exponents of ten that weights are spread over, up and down.
    pub spread: i32,
}

impl Numbers {
    pub fn weight(&mut self) -> f64 {
        graphs::Numbers::Spread(self.spread).draw(&mut self.rng)
    }
}

pub fn graph(n: &mut Numbers, size: usize) -> Graph {
    let numbers = graphs::Numbers::Spread(n.spread);
    graphs::graph(&mut n.rng, Menu { numbers, smooth: false, ..ALL }, size)
}
