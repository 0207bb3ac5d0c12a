//! Directional bounds over the runs that are at least as bad as one already replayed.
//!
//! Once an attack with goal value `c` has been replayed, only runs with `goal <= c` (minimised)
//! matter: whoever proves that none of them goes below `b` has proved `min(b, c)`. Restricting the
//! adversary to those runs tightens every score. For any multiplier `lambda >= 0`,
//!
//! ```text
//! min { score : goal <= c }  >=  min { score + lambda (goal - c) }
//! ```
//!
//! and the right-hand side is again a sum of one contribution a sample, bounded by selecting the
//! largest changes (module [`super::flips`]). The bound is concave in `lambda`, so a short search
//! finds a good one; every value of it is sound. Scores before step `t + 1` may use the goal after
//! the last step because the gradient weights of all steps are bounded already; rounds repeat until
//! nothing changes.

use super::flips::{LinearFlips, Pass, Range, Status};
use super::interval::Interval;

/// What the runs at least as bad as the cutoff have in common.
#[derive(Clone, Debug)]
pub struct Restricted {
    /// Fate of every sample in all those runs.
    pub status: Vec<Status>,
    /// Scores in those runs, laid out as in [`Pass`].
    pub pass: Pass,
}

/// Most rounds of tightening.
const ROUNDS: usize = 12;
/// Evaluations of the search for a multiplier.
const EVALUATIONS: usize = 14;

/// Tightens over the runs with minimised goal `<= cutoff`. `None` if there is none: then the
/// cutoff itself is a lower bound of the goal.
#[must_use]
pub fn restrict(flips: &LinearFlips, cutoff: f64) -> Option<Restricted> {
    let mut status = flips.free();
    let mut pass = flips.pass(&status, flips.budget)?;
    for _ in 0..ROUNDS {
        if pass.goal.lo > cutoff {
            return None;
        }
        let before = (status.clone(), pass.pi.clone());
        status = Work { flips, cutoff, status: &status, pi: &mut pass.pi }.fates()?;
        let rest = flips.budget.checked_sub(touched(&status))?;
        let work = Work { flips, cutoff, status: &status, pi: &mut pass.pi };
        for t in 0..flips.steps {
            for i in 0..flips.samples {
                let at = t * flips.samples + i;
                let known = Range {
                    all: pass.scores[at],
                    clean: pass.clean[at],
                    touched: pass.touched[at],
                };
                let range = work.score(t, i, known, rest)?;
                pass.scores[at] = range.all;
                pass.clean[at] = range.clean;
                pass.touched[at] = range.touched;
                work.pi[at] = meet(work.pi[at], flips.gradient_weights(i, range));
            }
        }
        pass.goal = Interval { lo: work.goal(rest), hi: pass.goal.hi.min(cutoff) };
        if pass.goal.lo > pass.goal.hi {
            return None;
        }
        if before == (status.clone(), pass.pi.clone()) {
            break;
        }
    }
    Some(Restricted { status, pass })
}

fn touched(status: &[Status]) -> usize {
    status.iter().filter(|s| **s == Status::Touched).count()
}

/// Both enclose the same weights; where they exclude each other the case cannot happen, and the
/// old one is kept.
fn meet(old: [f64; 4], new: [f64; 4]) -> [f64; 4] {
    let pair = |a: f64, b: f64, c: f64, d: f64| {
        let (lo, hi) = (a.max(c), b.min(d));
        if lo <= hi { (lo, hi) } else { (a, b) }
    };
    let (cl, ch) = pair(old[0], old[1], new[0], new[1]);
    let (tl, th) = pair(old[2], old[3], new[2], new[3]);
    [cl, ch, tl, th]
}

struct Work<'a> {
    flips: &'a LinearFlips,
    cutoff: f64,
    status: &'a [Status],
    pi: &'a mut Vec<[f64; 4]>,
}

/// A direction: `sign * (row i before step t + 1) + lambda * (goal - cutoff)`.
#[derive(Clone, Copy)]
struct Direction {
    row: Option<(usize, usize, f64)>,
    lambda: f64,
}

/// Lower bounds of a direction: of everything, and of each fate of one sample.
struct Lower {
    /// Constant part plus the clean contribution of every sample (the touched one where fixed).
    base: f64,
    /// Change of each free sample that is touched instead.
    change: Vec<f64>,
    /// Rounding allowance.
    error: f64,
}

impl Work<'_> {
    fn lower(&self, d: Direction) -> Lower {
        let f = self.flips;
        let (n, steps) = (f.samples, f.steps);
        let goal_at = steps * f.rows() + n;
        let mut base = d.lambda * (f.start[goal_at] - self.cutoff);
        let mut error = d.lambda * f.error[goal_at];
        if let Some((t, i, sign)) = d.row {
            let at = t * f.rows() + i;
            base += sign * f.start[at];
            error += f.error[at];
        }
        // The cutoff and the combined coefficients are rounded too.
        error = error * (1.0 + 1e-9) + d.lambda * self.cutoff.abs() * 1e-15;
        let mut change = vec![0.0; n];
        let mut magnitude = 0.0;
        for (j, slot) in change.iter_mut().enumerate() {
            let goal = d.lambda * f.kernel[n * n + j];
            let (mut clean, mut touched) = (0.0, 0.0);
            for s in 0..steps {
                let mut k = goal * f.weight[(steps * steps + s) * n + j];
                if let Some((t, i, sign)) = d.row
                    && s < t
                {
                    k += sign * f.kernel[i * n + j] * f.weight[(t * steps + s) * n + j];
                }
                let pi = &self.pi[s * n + j];
                let low = usize::from(k < 0.0);
                clean += k * pi[low];
                touched += k * pi[2 + low];
                magnitude += k.abs();
            }
            match self.status[j] {
                Status::Clean => base += clean,
                Status::Touched => base += touched,
                Status::Free => {
                    base += clean;
                    *slot = touched - clean;
                }
            }
        }
        let terms = (n * (steps + 8) + 64) as f64;
        error += terms * f64::EPSILON * (3.0 * magnitude + base.abs());
        Lower { base, change, error }
    }

    fn goal(&self, rest: usize) -> f64 {
        let l = self.lower(Direction { row: None, lambda: 1.0 });
        l.base + self.cutoff + select(&l.change, self.status, rest, None) - l.error
    }

    /// Samples that every run below the cutoff touches, or leaves clean.
    fn fates(&self) -> Option<Vec<Status>> {
        let mut status = self.status.to_vec();
        let rest = self.flips.budget.checked_sub(touched(&status))?;
        let l = self.lower(Direction { row: None, lambda: 1.0 });
        for (j, fate) in status.iter_mut().enumerate() {
            if *fate != Status::Free {
                continue;
            }
            let without = l.base + select(&l.change, self.status, rest, Some(j)) - l.error;
            let with = if rest == 0 {
                f64::INFINITY
            } else {
                let others = select(&l.change, self.status, rest - 1, Some(j));
                l.base + l.change[j] + others - l.error
            };
            match (without > 0.0, with > 0.0) {
                (true, true) => return None,
                (true, false) => *fate = Status::Touched,
                (false, true) => *fate = Status::Clean,
                (false, false) => {}
            }
        }
        (touched(&status) <= self.flips.budget).then_some(status)
    }

    /// Tightens the score of sample `i` before step `t + 1`, if its switch is open.
    fn score(&self, t: usize, i: usize, known: Range, rest: usize) -> Option<Range> {
        let f = self.flips;
        let y = f.labels[i];
        let open = |r: Interval, label: f64| r.contains(f.kink * label);
        let mut range = known;
        let fate = self.status[i];
        let may_be_clean = fate != Status::Touched;
        let may_be_touched = fate == Status::Touched || (fate == Status::Free && rest > 0);
        let interesting = (may_be_clean && open(known.clean, y))
            || (may_be_touched && f.flip && open(known.touched, -y));
        if !interesting {
            return Some(range);
        }
        for sign in [1.0, -1.0] {
            let best = self.search(t, i, sign, rest);
            let (clean, touched) = best;
            let tighten = |r: &mut Interval, bound: f64| {
                if sign > 0.0 {
                    r.lo = r.lo.max(bound);
                } else {
                    r.hi = r.hi.min(-bound);
                }
            };
            tighten(&mut range.clean, clean);
            tighten(&mut range.touched, touched);
        }
        let clean = (may_be_clean && range.clean.lo <= range.clean.hi).then_some(range.clean);
        let touched =
            (may_be_touched && range.touched.lo <= range.touched.hi).then_some(range.touched);
        match (clean, touched) {
            // No run below the cutoff gives this score any value.
            (None, None) => None,
            (Some(r), None) => Some(Range { all: r, clean: r, touched: known.touched }),
            (None, Some(r)) => Some(Range { all: r, clean: known.clean, touched: r }),
            (Some(a), Some(b)) => Some(Range { all: a.hull(b), clean: a, touched: b }),
        }
    }

    /// The best lower bounds of `sign * score`, clean and touched, over multipliers.
    fn search(&self, t: usize, i: usize, sign: f64, rest: usize) -> (f64, f64) {
        let free = self.status[i] == Status::Free;
        let evaluate = |lambda: f64| {
            let l = self.lower(Direction { row: Some((t, i, sign)), lambda });
            let without = l.base + select(&l.change, self.status, rest, Some(i)) - l.error;
            let with = if free && rest > 0 {
                let others = select(&l.change, self.status, rest - 1, Some(i));
                l.base + l.change[i] + others - l.error
            } else {
                without
            };
            (without, with)
        };
        let mut best = evaluate(0.0);
        // Search over powers of two around the ratio of a score's size to the goal's.
        let mut lambda = 1.0 / 64.0;
        for _ in 0..EVALUATIONS {
            let (a, b) = evaluate(lambda);
            best = (best.0.max(a), best.1.max(b));
            lambda *= 2.0;
        }
        best
    }
}

/// The sum of the `k` smallest changes below 0 of free samples other than `except`.
fn select(change: &[f64], status: &[Status], k: usize, except: Option<usize>) -> f64 {
    if k == 0 {
        return 0.0;
    }
    let mut smallest: Vec<f64> = Vec::with_capacity(k + 1);
    for (j, &c) in change.iter().enumerate() {
        if c >= 0.0 || status[j] != Status::Free || Some(j) == except {
            continue;
        }
        let at = smallest.partition_point(|v| *v <= c);
        if at < k {
            smallest.insert(at, c);
            smallest.truncate(k);
        }
    }
    smallest.iter().sum()
}
