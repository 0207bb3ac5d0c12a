//! Hill climbing: one coordinate moves, or one moves and another gives back.
//!
//! Most moves change no sign, so a move counts by the lead and by how far the sums of the first layer come towards
//! where the lead wants them, in units of what the ball lets them move. Moves that lose a little are taken
//! with a probability that falls (simulated annealing).

use super::net::State;
use super::slope::{Shape, worth};
use super::{Method, Search};

/// Moves between two looks at what the neurons are worth.
const ROUND: usize = 200;

impl Search<'_> {
    /// Climbs the lead of a rival from a point.
    pub(super) fn climb(
        &mut self,
        rival: usize,
        from: &[i64],
        moves: usize,
        heat: f64,
    ) -> Vec<i64> {
        let mut state = self.state(from);
        let mut spent = self.room.spent(from);
        let n = from.len();
        let movable: Vec<usize> =
            (0..n).filter(|j| self.room.low[*j] < self.room.high[*j]).collect();
        if movable.is_empty() {
            return state.k;
        }
        let longest = self.room.longest();
        let mut done = 0;
        while done < moves && !self.over() {
            let left = 1.0 - done as f64 / moves as f64;
            let share = 0.05 + 0.3 * left;
            let sides = (rival, self.class);
            let (gains, _) =
                worth(&self.net, &mut state, sides, (&self.widths, share), Shape::Smooth);
            let narrow: Vec<f64> = self.widths.iter().map(|w| 1.0 / (w * share)).collect();
            let value = |s: &State| s.lead(rival, sides.1) + fine(&s.sums[0], &gains, &narrow);
            let mut now = value(&state);
            for _ in 0..ROUND.min(moves) {
                done += 1;
                let j = movable[self.rng.usize(0..movable.len())];
                let old = state.k[j];
                let column = self.net.layers[0].column(j);
                let wanted: f64 = column.iter().zip(&gains).map(|(w, g)| w * g).sum();
                let up = if self.rng.usize(0..4) == 0 { self.rng.bool() } else { wanted > 0.0 };
                let end = if up { self.room.high[j] } else { self.room.low[j] };
                let far = (end - old).abs().min(longest);
                if far == 0 {
                    continue;
                }
                let by = match self.rng.usize(0..3) {
                    0 => 1,
                    1 => far,
                    _ => self.rng.i64(1..=far),
                };
                let by = by * (end - old).signum();
                let mut undo = Vec::new();
                if !self.moved(&mut state, &mut spent, &mut undo, (j, by), &movable) {
                    self.undo(&mut state, &mut spent, &undo);
                    continue;
                }
                state.work += 2 * gains.len() as u64;
                let then = value(&state);
                let gain = then - now;
                if gain >= 0.0 || self.rng.f64() < taken(gain / (heat * left).max(1e-9)) {
                    now = then;
                    self.offer(&mut state, Method::Climb);
                } else {
                    self.undo(&mut state, &mut spent, &undo);
                }
            }
            self.account(&mut state);
        }
        state.k
    }

    /// Moves a coordinate as far as the balls allow, others giving back. Whether that worked.
    fn moved(
        &mut self,
        state: &mut State,
        spent: &mut [i128],
        undo: &mut Vec<(usize, i64)>,
        (j, by): (usize, i64),
        movable: &[usize],
    ) -> bool {
        let old = state.k[j];
        if self.room.is_box() {
            undo.push((j, old));
            self.net.step(state, j, old + by);
            return true;
        }
        let mut inside = self.room.force(spent, j, (old, old + by));
        undo.push((j, old));
        self.net.step(state, j, old + by);
        for _ in 0..32 {
            if inside {
                return true;
            }
            let other = movable[self.rng.usize(0..movable.len())];
            let (from, home) = (state.k[other], self.room.home[other]);
            if other == j || from == home {
                continue;
            }
            let most = (home - from).abs();
            // As much as is needed, by doubling.
            let mut give = 1;
            loop {
                let to = from + give * (home - from).signum();
                inside = self.room.force(spent, other, (from, to));
                if inside || give == most {
                    undo.push((other, from));
                    self.net.step(state, other, to);
                    break;
                }
                self.room.force(spent, other, (to, from));
                give = (2 * give).min(most);
            }
        }
        inside
    }

    fn undo(&mut self, state: &mut State, spent: &mut [i128], undo: &[(usize, i64)]) {
        for (j, old) in undo.iter().rev() {
            self.room.force(spent, *j, (state.k[*j], *old));
            self.net.step(state, *j, *old);
        }
    }
}

/// The probability of a loss, in units of the heat: about its exponential, without a function that differs from
/// machine to machine.
fn taken(loss: f64) -> f64 {
    let x = -loss;
    1.0 / (1.0 + x * (1.0 + x * (0.5 + x / 6.0)))
}

/// How far the sums are where they should be, in units of the lead.
fn fine(sums: &[f64], gains: &[f64], narrow: &[f64]) -> f64 {
    let all = sums.iter().zip(gains.iter().zip(narrow));
    0.5 * all.map(|(a, (g, n))| g * (a * n).clamp(-1.0, 1.0)).sum::<f64>()
}
