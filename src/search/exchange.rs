//! Exchanges of touched samples, and greedy searches that begin elsewhere.

use super::heuristic::{Search, put};
use crate::question::{Attack, Change};

/// So many of the samples that do most harm alone take part in exchanges.
const BEST: usize = 64;
/// Greedy searches, each from another first sample.
const STARTS: usize = 8;

/// The best change of one sample alone: value, choice, sample, change.
type Single = (f64, usize, usize, Change);

impl Search<'_> {
    /// Exchanges samples of `best`, then begins again from other first samples. `clean` is the
    /// attack that touches nothing.
    pub(super) fn restart(&mut self, clean: &(f64, Attack), best: &mut (f64, Attack)) {
        self.phase = self.replays + self.allotment();
        let singles = self.singles(clean);
        self.exchange(best, &singles);
        for (value, t, i, change) in singles.iter().skip(1).take(STARTS - 1) {
            if self.stop() {
                break;
            }
            let mut other = (*value, put(&clean.1, *t, *i, change.clone()));
            self.greedy(&mut other);
            self.exchange(&mut other, &singles);
            if other.0 < best.0 {
                *best = other;
            }
        }
        self.phase = u64::MAX;
    }

    /// How many replays of this question are a fraction of a second. Counted, not timed.
    fn allotment(&self) -> u64 {
        let training = &self.question.training;
        let samples: usize = training.batches.iter().map(Vec::len).sum();
        let parameters: usize =
            self.question.network.parameters().layers.iter().map(|l| l.weight.len()).sum();
        let one = (samples as u64).saturating_mul(parameters as u64).max(1);
        (20_000_000 / one).clamp(200, 8_000)
    }

    /// The samples that do most harm alone, the worst first.
    fn singles(&mut self, clean: &(f64, Attack)) -> Vec<Single> {
        let mut all: Vec<Single> = Vec::new();
        for t in 0..clean.1.choices.len() {
            for k in 0..self.question.threat.candidates.len() {
                let i = self.question.threat.candidates[k];
                if self.stop() {
                    break;
                }
                let mut best = clean.clone();
                for change in self.moves(clean, t, i) {
                    self.offer(&mut best, put(&clean.1, t, i, change));
                }
                if let Some(change) = best.1.choices[t].changes.get(&i) {
                    all.push((best.0, t, i, change.clone()));
                }
            }
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.truncate(BEST);
        all
    }

    /// Exchanges a touched sample for one of `singles` as long as that helps.
    fn exchange(&mut self, best: &mut (f64, Attack), singles: &[Single]) {
        let mut better = true;
        while std::mem::take(&mut better) {
            for t in 0..best.1.choices.len() {
                let touched: Vec<usize> = best.1.choices[t].changes.keys().copied().collect();
                for out in touched {
                    let mut base = best.1.clone();
                    base.choices[t].changes.remove(&out);
                    for (_, at, i, change) in singles {
                        let known = base.choices[t].changes.contains_key(i) || *i == out;
                        if *at != t || known || self.stop() {
                            continue;
                        }
                        better |= self.offer(best, put(&base, t, *i, change.clone()));
                    }
                }
            }
        }
    }
}
