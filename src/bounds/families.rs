//! Bounds of a linear flip question over families of attacks.
//!
//! Samples whose signed features are close do nearly the same harm. A [`Groups`] tree halves the
//! candidates again and again until such samples are together, and a [`Family`] says of some
//! disjoint groups *how many* of their samples are touched, not which. That alone pins down the
//! parameters of all its attacks to about the width of its groups, step by step, so nearly every
//! switch is decided and the directional bound of [`super::flips`] is tight long before single
//! attacks are told apart. A row `c . theta^t` is bounded by the clean sum plus, for each group,
//! its smallest changes, exactly as many as the family touches there.
//!
//! What is decided in a family is decided in all its parts: a part starts from the bounds of the
//! whole and looks again only at switches that are still open.

use super::flips::{LinearFlips, Range, Status};
use super::interval::Interval;

/// A group of candidates.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its samples.
    pub members: Vec<usize>,
    /// The two groups that it falls into, if it has more than one sample.
    pub halves: Option<[usize; 2]>,
    /// Diagonal of the smallest box around its signed features.
    pub spread: f64,
}

/// A tree of groups; group 0 holds every candidate.
#[derive(Clone, Debug)]
pub struct Groups {
    /// All groups, halves after their whole.
    pub all: Vec<Group>,
    /// Whether the weights of the steps before step `t` are those of step `t - 1`.
    steady: Vec<bool>,
}

/// Attacks that touch so many samples of each of some disjoint groups.
#[derive(Clone, Debug)]
pub struct Family {
    /// What is known of each sample; the members of [`Family::parts`] are free.
    pub status: Vec<Status>,
    /// A group, and how many of its samples are touched: more than none, fewer than all.
    pub parts: Vec<(usize, usize)>,
    /// Bounds of `pi` of each sample in each step: clean low, clean high, touched low, high.
    pi: Vec<[f64; 4]>,
}

/// Working memory of one thread.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    alpha: Vec<[f64; 4]>,
    /// The contribution of samples whose fate and switches are known, else 0.
    certain: Vec<f64>,
    /// Samples of known fate with open switches, and the bounds of their contributions.
    vague: Vec<(usize, f64, f64)>,
    down: Vec<f64>,
    up: Vec<f64>,
}

impl Groups {
    /// The tree of the candidates of `flips`.
    #[must_use]
    pub fn new(flips: &LinearFlips) -> Self {
        let candidates = (0..flips.samples).filter(|i| flips.candidates[*i]).collect();
        let (n, steps) = (flips.samples, flips.steps);
        let steady = (0..=steps)
            .map(|t| {
                let weights = |t: usize, s: usize| {
                    let at = (t * steps + s) * n;
                    &flips.weight[at..at + n]
                };
                (0..t.saturating_sub(1)).all(|s| weights(t, s) == weights(t - 1, s))
            })
            .collect();
        let mut groups = Groups { all: Vec::new(), steady };
        groups.grow(flips, candidates);
        groups
    }

    /// Adds a group and its halves; returns its place.
    fn grow(&mut self, flips: &LinearFlips, mut members: Vec<usize>) -> usize {
        let p = flips.parameters;
        let signed = |j: usize, k: usize| flips.labels[j] * flips.direction[j * p + k];
        let width = |k: usize| {
            let values = members.iter().map(|j| signed(*j, k));
            values.clone().fold(f64::MIN, f64::max) - values.fold(f64::MAX, f64::min)
        };
        let widths: Vec<f64> = (0..p).map(width).collect();
        let spread = widths.iter().map(|w| w * w).sum::<f64>().sqrt();
        let place = self.all.len();
        self.all.push(Group { members: members.clone(), halves: None, spread });
        if members.len() < 2 {
            return place;
        }
        // Unlike labels first: their switches have nothing to do with each other.
        members.sort_by(|a, b| flips.labels[*a].total_cmp(&flips.labels[*b]).then(a.cmp(b)));
        let negative = members.partition_point(|j| flips.labels[*j] < 0.0);
        let at = if negative == 0 || negative == members.len() {
            let axis = (0..p).max_by(|a, b| widths[*a].total_cmp(&widths[*b])).unwrap_or(0);
            members.sort_by(|a, b| signed(*a, axis).total_cmp(&signed(*b, axis)).then(a.cmp(b)));
            members.len() / 2
        } else {
            negative
        };
        let rest = members.split_off(at);
        let halves = [self.grow(flips, members), self.grow(flips, rest)];
        self.all[place].halves = Some(halves);
        place
    }

    /// Number of samples of a group.
    #[must_use]
    pub fn size(&self, group: usize) -> usize {
        self.all[group].members.len()
    }

    /// The attacks that touch exactly `count` candidates, of which there are that many.
    #[must_use]
    pub fn family(&self, flips: &LinearFlips, count: usize) -> Family {
        let mut family = Family::open(flips);
        self.add(&mut family, 0, count);
        family
    }

    /// The attacks that touch exactly the samples of `set`.
    #[must_use]
    pub fn single(flips: &LinearFlips, set: &[usize]) -> Family {
        let mut family = Family::open(flips);
        family.status.fill(Status::Clean);
        for &j in set {
            family.status[j] = Status::Touched;
        }
        family
    }

    fn add(&self, family: &mut Family, group: usize, count: usize) {
        let status = match count {
            0 => Status::Clean,
            c if c == self.size(group) => Status::Touched,
            _ => {
                family.parts.push((group, count));
                return;
            }
        };
        for &j in &self.all[group].members {
            family.status[j] = status;
        }
    }

    /// The families that share out the touched samples of part `at` among the halves of its group.
    #[must_use]
    pub fn split(&self, family: &Family, at: usize) -> Vec<Family> {
        let (group, count) = family.parts[at];
        let Some([a, b]) = self.all[group].halves else { return Vec::new() };
        (count.saturating_sub(self.size(b))..=count.min(self.size(a)))
            .map(|k| {
                let mut part = family.clone();
                part.parts.remove(at);
                self.add(&mut part, a, k);
                self.add(&mut part, b, count - k);
                part
            })
            .collect()
    }

    /// The part whose members differ most: the one to split.
    #[must_use]
    pub fn widest(&self, family: &Family) -> Option<usize> {
        let width = |(group, count): (usize, usize)| {
            self.all[group].spread * (count.min(self.size(group) - count) as f64).sqrt()
        };
        let parts = family.parts.iter().enumerate().map(|(at, part)| (at, width(*part)));
        parts.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    }

    /// How many sets of touched samples the family has, each taken `ways ^ size` times.
    #[must_use]
    pub fn count(&self, family: &Family, ways: f64) -> f64 {
        let choose = |n: usize, k: usize| {
            (0..k).fold(1.0, |c, i| c * (n - i) as f64 / (i + 1) as f64 * ways)
        };
        family.parts.iter().map(|(group, k)| choose(self.size(*group), *k)).product()
    }
}

impl Family {
    /// Nothing is known.
    fn open(flips: &LinearFlips) -> Self {
        Family {
            status: flips.free(),
            parts: Vec::new(),
            pi: vec![[-1.0, 1.0, -1.0, 1.0]; flips.steps * flips.samples],
        }
    }

    /// Bounds of `pi` of sample `j` in step `t + 1`: clean low, clean high, touched low, high.
    #[must_use]
    pub fn weights(&self, flips: &LinearFlips, t: usize, j: usize) -> [f64; 4] {
        self.pi[t * flips.samples + j]
    }
}

/// The sum of the `count` smallest values and the largest of them.
fn smallest(values: &mut [f64], count: usize) -> (f64, f64) {
    match count {
        0 => (0.0, 0.0),
        1 => {
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            (least, least)
        }
        _ => {
            if count < values.len() {
                values.select_nth_unstable_by(count - 1, f64::total_cmp);
            }
            let chosen = &values[..count.min(values.len())];
            (chosen.iter().sum(), chosen.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        }
    }
}

/// `sum a_j b_j`, in four sums at once.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (mut sums, mut rest) = ([0.0; 4], 0.0);
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    for (x, y) in a4.remainder().iter().zip(b4.remainder()) {
        rest += x * y;
    }
    for (x, y) in a4.zip(b4) {
        for k in 0..4 {
            sums[k] += x[k] * y[k];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

impl LinearFlips {
    /// Decides what switches of the family it can, step by step, and returns a lower bound of the
    /// minimised goal over the family.
    #[must_use]
    pub fn tighten(&self, groups: &Groups, family: &mut Family, memory: &mut Memory) -> f64 {
        let n = self.samples;
        memory.alpha.clear();
        memory.alpha.resize(n, [0.0; 4]);
        for t in 0..self.steps {
            self.gather(groups, family, t, memory);
            for i in 0..n {
                let [a, b, c, d] = family.pi[t * n + i];
                let (clean, touched) = (a == b, c == d);
                let decided = match family.status[i] {
                    Status::Clean => clean,
                    Status::Touched => touched,
                    Status::Free => clean && touched,
                };
                if decided {
                    continue;
                }
                let range = self.family_range(groups, family, t, i, memory);
                let [e, f, g, h] = self.gradient_weights(i, range);
                family.pi[t * n + i] = [a.max(e), b.min(f), c.max(g), d.min(h)];
            }
        }
        self.gather(groups, family, self.steps, memory);
        self.family_range(groups, family, self.steps, n, memory).all.lo
    }

    /// Sums `W_ts pi_j^s` over the steps before `t` and sorts the samples by what is known.
    fn gather(&self, groups: &Groups, family: &Family, t: usize, memory: &mut Memory) {
        let n = self.samples;
        let Memory { alpha, certain, vague, .. } = memory;
        let from = if groups.steady[t] {
            t.saturating_sub(1)
        } else {
            alpha.fill([0.0; 4]);
            0
        };
        for s in from..t {
            let at = (t * self.steps + s) * n;
            let weights = &self.weight[at..at + n];
            for ((a, w), pi) in alpha.iter_mut().zip(weights).zip(&family.pi[s * n..]) {
                if *w >= 0.0 {
                    for k in 0..4 {
                        a[k] += w * pi[k];
                    }
                } else {
                    for k in 0..4 {
                        a[k] += w * pi[k ^ 1];
                    }
                }
            }
        }
        certain.clear();
        vague.clear();
        for (j, (a, status)) in alpha.iter().zip(&family.status).enumerate() {
            let (lo, hi) = match status {
                Status::Clean => (a[0], a[1]),
                Status::Touched => (a[2], a[3]),
                Status::Free => (0.0, 0.0),
            };
            certain.push(if lo == hi { lo } else { 0.0 });
            if lo != hi {
                vague.push((j, lo, hi));
            }
        }
    }

    /// Bounds of row `i` before step `t + 1`, in general and for both fates of sample `i`.
    fn family_range(
        &self,
        groups: &Groups,
        family: &Family,
        t: usize,
        i: usize,
        memory: &mut Memory,
    ) -> Range {
        let n = self.samples;
        let Memory { alpha, certain, vague, down, up } = memory;
        let kernel = &self.kernel[i * n..(i + 1) * n];
        let at = t * self.rows() + i;
        let sure = self.start[at] + dot(kernel, certain);
        let (mut lo, mut hi) = (sure, sure);
        for &(j, a, b) in vague.iter() {
            let k = kernel[j];
            let (a, b) = if k >= 0.0 { (k * a, k * b) } else { (k * b, k * a) };
            lo += a;
            hi += b;
        }
        // What touching sample `i` itself changes, in place of the last of its group's choice.
        let mut swap = None;
        for &(group, count) in &family.parts {
            down.clear();
            up.clear();
            let mut own = None;
            for &j in &groups.all[group].members {
                let (k, a) = (kernel[j], &alpha[j]);
                let s = usize::from(k < 0.0);
                let (clean_lo, clean_hi) = (k * a[s], k * a[1 - s]);
                lo += clean_lo;
                hi += clean_hi;
                let change = (k * a[2 + s] - clean_lo, clean_hi - k * a[3 - s]);
                if j == i {
                    own = Some(change);
                } else {
                    down.push(change.0);
                    up.push(change.1);
                }
            }
            let ((low, last), (high, top)) = (smallest(down, count), smallest(up, count));
            lo += low;
            hi -= high;
            swap = own.map(|(a, b)| (a - last, top - b)).or(swap);
        }
        let e = self.error[at];
        let clean = Interval { lo: lo - e, hi: hi + e };
        let Some((a, b)) = swap else { return Range { all: clean, clean, touched: clean } };
        let touched = Interval { lo: lo + a - e, hi: hi + b + e };
        Range { all: clean.hull(touched), clean, touched }
    }
}
