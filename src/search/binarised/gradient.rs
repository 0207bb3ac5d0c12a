//! Projected gradient steps on the lattice with a slope made up for the sign (straight-through
//! estimator: Bengio, Leonard, Courville 2013, arXiv 1308.3432).

use super::slope::{Shape, direction, worth};
use super::{Method, Search};

/// One descent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub shape: Shape,
    /// Width of a sign as a share of what its sum can move, first and last.
    pub widths: (f64, f64),
    pub steps: usize,
}

impl Search<'_> {
    /// Climbs the lead of a rival from a point; the last point is returned.
    pub(super) fn gradient(&mut self, rival: usize, from: &[i64], run: Run) -> Vec<i64> {
        let mut x: Vec<f64> = from.iter().map(|k| *k as f64).collect();
        let mut state = self.state(from);
        let mut momentum = vec![0.0; x.len()];
        for step in 0..run.steps {
            let done = step as f64 / run.steps.max(1) as f64;
            let share = run.widths.1 + (run.widths.0 - run.widths.1) * (1.0 - done) * (1.0 - done);
            let sides = (rival, self.class);
            let (_, pull) = worth(&self.net, &mut state, sides, (&self.widths, share), run.shape);
            let slope = direction(&self.net, &mut state, &pull);
            let scale = slope.iter().fold(0.0f64, |a, s| a.max(s.abs()));
            if scale == 0.0 {
                break;
            }
            for (m, s) in momentum.iter_mut().zip(&slope) {
                *m = 0.75 * *m + s / scale;
            }
            let length = (1.0 - done).max(0.05);
            if self.room.is_box() {
                for (j, (x, m)) in x.iter_mut().zip(&momentum).enumerate() {
                    if *m != 0.0 {
                        *x += 0.5 * length * self.room.radius(j) * m.signum();
                    }
                }
            } else {
                // A ball has no coordinates to step along: towards its furthest point.
                let far = self.room.far(&momentum);
                for (x, far) in x.iter_mut().zip(far) {
                    *x += 0.5 * length * (far - *x);
                }
            }
            let k = self.room.project(&mut x, &momentum);
            state.work += self.room.effort();
            self.net.move_to(&mut state, &k);
            self.offer(&mut state, Method::Gradient);
            if self.over() {
                break;
            }
        }
        self.account(&mut state);
        state.k
    }
}
