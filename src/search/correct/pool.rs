//! Candidates, and which of them is the best compromise.

/// Parameters that were tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Round whose solution it is on the way to; 0 for the trained network.
    pub round: usize,
    /// Tenths of the way.
    pub tenths: usize,
    /// All parameters.
    pub vector: Vec<f64>,
    /// Mean loss over the training data.
    pub loss: f64,
    /// Sum over the attacking points of how far the largest other score is above their own.
    pub violation: f64,
}

/// All candidates so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pool {
    /// In the order in which they were tried.
    pub candidates: Vec<Candidate>,
}

impl Pool {
    /// Positions of the candidates that no other one beats: none has a loss and a violation that are
    /// not larger, and one of them smaller. Of equal ones the first.
    #[must_use]
    pub fn undominated(&self) -> Vec<usize> {
        let all = &self.candidates;
        let beats = |a: usize, b: usize| {
            let (x, y) = (&all[a], &all[b]);
            let not_worse = x.loss <= y.loss && x.violation <= y.violation;
            not_worse && (x.loss < y.loss || x.violation < y.violation || a < b)
        };
        (0..all.len()).filter(|&b| !(0..all.len()).any(|a| a != b && beats(a, b))).collect()
    }

    /// The candidate with the least `weight l + (1 - weight) v`, where loss and violation are scaled to
    /// `[0, 1]` over all candidates (section 3.2 of the project's references; the paper leaves the
    /// scaling open). Of equal ones the first; `None` if there is none.
    #[must_use]
    pub fn best(&self, weight: f64) -> Option<usize> {
        let scaled = |of: fn(&Candidate) -> f64| {
            let list: Vec<f64> = self.candidates.iter().map(of).collect();
            let lo = list.iter().copied().fold(f64::INFINITY, f64::min);
            let hi = list.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let range = hi - lo;
            let unit = move |v: f64| if range > 0.0 { (v - lo) / range } else { 0.0 };
            list.into_iter().map(unit).collect::<Vec<f64>>()
        };
        let (loss, violation) = (scaled(|c| c.loss), scaled(|c| c.violation));
        let value = |k: usize| weight * loss[k] + (1.0 - weight) * violation[k];
        self.undominated().into_iter().min_by(|&a, &b| value(a).total_cmp(&value(b)))
    }
}
