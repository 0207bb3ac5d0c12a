//! Target patterns, layer by layer backwards: IProp (Khalil, Gupta, Dilkina, "Combinatorial attacks on binarized neural
//! networks", ICLR 2019, arXiv 1810.03538).
//!
//! The last hidden layer gets a pattern in which the rival leads, by the flips that are easiest for what they
//! gain. Each layer before gets one that produces that as well as flips, best first, can. The first
//! layer's pattern is a set of linear rows over the ball; the point that meets most of them is
//! looked for with weights on the rows that grow while a row is not met.

use super::net::State;
use super::slope::direction;
use super::{Method, Search};

/// What a layer should be, and how much each neuron matters.
struct Wanted {
    on: Vec<bool>,
    weight: Vec<f64>,
}

impl Search<'_> {
    /// Sets patterns from the point and looks for a point that has them; the best one is returned.
    pub(super) fn patterns(
        &mut self,
        rival: usize,
        from: &[i64],
        goal: f64,
        tries: usize,
    ) -> Vec<i64> {
        let mut state = self.state(from);
        let hidden = state.on.len();
        let Some(mut wanted) = self.last(&state, rival, goal) else { return state.k };
        for l in (0..hidden.saturating_sub(1)).rev() {
            wanted = self.before(&mut state, l, &wanted);
        }
        let mut weights = wanted.weight.clone();
        let mut best = (f64::NEG_INFINITY, state.k.clone());
        for _ in 0..tries {
            let pull: Vec<f64> =
                weights.iter().zip(&wanted.on).map(|(w, on)| if *on { *w } else { -w }).collect();
            let way = direction(&self.net, &mut state, &pull);
            let k = self.room.toward(&way);
            state.work += self.room.effort();
            self.net.move_to(&mut state, &k);
            self.offer(&mut state, Method::Patterns);
            let lead = state.lead(rival, self.class);
            if lead > best.0 {
                best = (lead, k);
            }
            if self.over() {
                break;
            }
            let mut unmet = 0;
            for (i, w) in weights.iter_mut().enumerate() {
                let met = state.on[0][i] == wanted.on[i];
                unmet += usize::from(!met && wanted.weight[i] > 0.0);
                // Far on the right side is more than is needed.
                let depth = state.sums[0][i].abs() / self.widths[i];
                *w *= if met {
                    1.0 / (1.0 + 0.3 * depth.min(1.0))
                } else {
                    1.0 + 0.3 * depth.min(1.0)
                };
                *w = w.clamp(0.02 * wanted.weight[i], 20.0 * wanted.weight[i]);
            }
            if unmet == 0 {
                break;
            }
        }
        self.account(&mut state);
        best.1
    }

    /// How hard a neuron is to flip: its distance from its threshold in units of what that can move.
    fn hard(&self, state: &State, l: usize, i: usize) -> f64 {
        let a = state.sums[l][i].abs();
        match l {
            0 if a > self.widths[i] && self.room.is_box() => f64::INFINITY,
            0 => a / self.widths[i],
            _ => a / (state.on[l - 1].len() as f64).sqrt(),
        }
    }

    /// A pattern of the last layer in which the rival leads by the goal.
    fn last(&mut self, state: &State, rival: usize, goal: f64) -> Option<Wanted> {
        let l = state.on.len().checked_sub(1)?;
        let scores = self.net.layers.last()?;
        let class = self.class;
        let gain = |i: usize| {
            let of = |c: usize| scores.column(i).get(c).copied().unwrap_or(0.0);
            of(rival) - of(class)
        };
        let on = &state.on[l];
        let mut weight: Vec<f64> = (0..on.len()).map(|i| gain(i).abs()).collect();
        let mut wanted: Vec<bool> = (0..on.len()).map(|i| gain(i) > 0.0).collect();
        let mut lead = state.lead(rival, class);
        let mut wrong: Vec<(f64, usize)> = Vec::new();
        for i in (0..on.len()).filter(|i| weight[*i] > 0.0 && on[*i] != wanted[*i]) {
            let chance = 0.5 + self.rng.f64();
            wrong.push((chance * weight[i] / (0.05 + self.hard(state, l, i)), i));
        }
        wrong.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (value, i) in wrong {
            if lead >= goal || value == 0.0 {
                // Not asked for.
                wanted[i] = on[i];
                weight[i] = 0.0;
            } else {
                lead += weight[i];
            }
        }
        Some(Wanted { on: wanted, weight })
    }

    /// A pattern of layer `l` that produces what the next one should be as well as flips, best first, can.
    fn before(&mut self, state: &mut State, l: usize, wanted: &Wanted) -> Wanted {
        let layer = &self.net.layers[l + 1];
        let mut on = state.on[l].clone();
        let mut sums = state.sums[l + 1].clone();
        let sides: Vec<f64> = wanted.on.iter().map(|on| if *on { 1.0 } else { -1.0 }).collect();
        // What is missing to a little more than is needed.
        let lost = |sums: &[f64], column: &[f64], by: f64| -> f64 {
            let all = sums.iter().zip(column).zip(sides.iter().zip(&wanted.weight));
            all.map(|((a, c), (s, w))| w * (1.0 - s * (a + by * c)).max(0.0)).sum()
        };
        let scale = wanted.weight.iter().sum::<f64>() / wanted.weight.len().max(1) as f64;
        let price: Vec<f64> =
            (0..on.len()).map(|j| scale * (0.25 + 4.0 * self.hard(state, l, j))).collect();
        let was = on.clone();
        for _ in 0..on.len() {
            let now = lost(&sums, layer.column(0), 0.0);
            let mut best = (0.0, None);
            for (j, is) in on.iter().enumerate() {
                let by = if *is { -1.0 } else { 1.0 };
                let cost = if *is == was[j] { price[j] } else { -price[j] };
                let gain = now - lost(&sums, layer.column(j), by) - cost;
                if gain > best.0 {
                    best = (gain, Some((j, by)));
                }
            }
            state.work += (on.len() * layer.size) as u64;
            let Some((j, by)) = best.1 else { break };
            on[j] = !on[j];
            super::net::add(&mut sums, by, layer.column(j));
        }
        let now = lost(&sums, layer.column(0), 0.0);
        let weight = on
            .iter()
            .enumerate()
            .map(|(j, is)| {
                let by = if *is { -1.0 } else { 1.0 };
                (lost(&sums, layer.column(j), by) - now).max(0.0)
            })
            .collect();
        Wanted { on, weight }
    }
}
