//! What a sum of coordinates can be over a lattice ball (papers 4.3).

use dashu::rational::RBig;

use super::binarised::WholeBall;
use crate::question::lattice::{Ball, Lattice, Norm};

/// What sums over a set of points can be.
#[derive(Clone, Debug)]
pub struct Ranges<'a> {
    points: &'a Lattice,
    /// Each ball in whole numbers, where it has some.
    whole: Vec<Option<WholeBall>>,
}

impl<'a> Ranges<'a> {
    /// Over `points`.
    #[must_use]
    pub fn new(points: &'a Lattice) -> Self {
        Ranges { points, whole: points.balls.iter().map(WholeBall::new).collect() }
    }

    /// The least and the largest `sum plus - sum minus` of `k` over the points: exact for a box and for one ball, an
    /// enclosure for several. Nothing if there is shown to be no point.
    ///
    /// A coordinate moves in steps of one, each dearer than the one before, so the cheapest steps of all
    /// coordinates are the best ones.
    #[must_use]
    pub fn of(&self, plus: &[u32], minus: &[u32]) -> Option<(i64, i64)> {
        let high = self.largest(plus, minus)?;
        let low = -self.largest(minus, plus)?;
        Some((low, high))
    }

    fn largest(&self, plus: &[u32], minus: &[u32]) -> Option<i64> {
        let points = self.points;
        let end = |j: &u32, up: bool| {
            let j = *j as usize;
            let side = if up { points.high.get(j) } else { points.low.get(j) };
            side.copied().unwrap_or(0)
        };
        let ups = plus.iter().map(|j| end(j, true)).sum::<i64>();
        let downs = minus.iter().map(|j| end(j, false)).sum::<i64>();
        let mut best = ups - downs;
        for (ball, whole) in points.balls.iter().zip(&self.whole) {
            best = best.min(match whole {
                Some(whole) => counted(points, whole, (plus, minus))?,
                None => within(points, ball, (plus, minus))?,
            });
        }
        Some(best)
    }
}

/// As [`Ranges::of`], for one sum.
#[must_use]
pub fn range(points: &Lattice, plus: &[u32], minus: &[u32]) -> Option<(i64, i64)> {
    Ranges::new(points).of(plus, minus)
}

/// As [`within`], in whole numbers.
fn counted(points: &Lattice, ball: &WholeBall, (plus, minus): (&[u32], &[u32])) -> Option<i64> {
    let mut direction = vec![0; points.low.len()];
    for (places, by) in [(plus, 1), (minus, -1)] {
        for j in places {
            *direction.get_mut(*j as usize)? = by;
        }
    }
    let (mut left, mut sum) = (i128::from(ball.budget), 0);
    let mut steps: Vec<i128> = Vec::new();
    // Coordinates that start at a centre on the lattice, by how far they can go: they all have the same costs.
    let mut rooms: Vec<i64> = Vec::new();
    for (j, by) in direction.into_iter().enumerate() {
        let (low, high) = (*points.low.get(j)?, *points.high.get(j)?);
        let below = ball.center.get(j)?.div_euclid(ball.unit).clamp(low, high);
        let above = (below + 1).clamp(low, high);
        let nearest = if ball.cost(j, above)? < ball.cost(j, below)? { above } else { below };
        let mut cost = ball.cost(j, nearest)?;
        left -= cost;
        sum += by * nearest;
        if cost == 0 && ball.unit == 1 {
            rooms.push(match by {
                0 => 0,
                1 => high - nearest,
                _ => nearest - low,
            });
            continue;
        }
        let mut k = nearest;
        while by != 0 && (low..=high).contains(&(k + by)) {
            k += by;
            let next = ball.cost(j, k)?;
            let step = next - cost;
            if step > i128::from(ball.budget) {
                break;
            }
            steps.push(step);
            cost = next;
        }
    }
    if left < 0 {
        return None;
    }
    steps.sort_unstable();
    rooms.sort_unstable();
    let mut other = steps.into_iter().peekable();
    for n in 1.. {
        let same = rooms.len() - rooms.partition_point(|room| *room < n);
        let step = i128::from(match ball.norm {
            Norm::L1 => 1,
            Norm::L2 => 2 * n - 1,
        });
        // Cheaper steps of the others come first; where there is none of these left, all of them come.
        while let Some(first) = other.next_if(|first| same == 0 || *first <= step) {
            if first > left {
                return Some(sum);
            }
            left -= first;
            sum += 1;
        }
        let taken = (left / step).min(same as i128);
        left -= taken * step;
        sum += taken as i64;
        if taken < same as i128 || (same == 0 && other.peek().is_none()) {
            break;
        }
    }
    Some(sum)
}

/// The largest sum over the box and one ball.
fn within(points: &Lattice, ball: &Ball, (plus, minus): (&[u32], &[u32])) -> Option<i64> {
    let mut left = ball.budget();
    let mut sum = 0;
    let mut steps: Vec<RBig> = Vec::new();
    let mut direction = vec![0; points.low.len()];
    for (places, by) in [(plus, 1), (minus, -1)] {
        for j in places {
            *direction.get_mut(*j as usize)? = by;
        }
    }
    for (j, by) in direction.into_iter().enumerate() {
        let (low, high) = (*points.low.get(j)?, *points.high.get(j)?);
        let nearest = nearest(ball, j, (low, high));
        let mut cost = ball.cost(j, nearest);
        left -= &cost;
        sum += by * nearest;
        let mut k = nearest;
        while by != 0 && (low..=high).contains(&(k + by)) {
            k += by;
            let next = ball.cost(j, k);
            // Steps are ever dearer, and none that is dearer than all there is will be taken.
            let step = &next - &cost;
            if step > ball.budget() {
                break;
            }
            steps.push(step);
            cost = next;
        }
    }
    if left < RBig::ZERO {
        return None;
    }
    steps.sort();
    for step in steps {
        if step > left {
            break;
        }
        left -= step;
        sum += 1;
    }
    Some(sum)
}

/// The cheapest `k` of a coordinate.
pub(crate) fn nearest(ball: &Ball, j: usize, (low, high): (i64, i64)) -> i64 {
    let center = ball.center.get(j).cloned().unwrap_or_default();
    let below = i64::try_from(center.floor()).unwrap_or(low).clamp(low, high);
    let above = below.saturating_add(1).clamp(low, high);
    if ball.cost(j, above) < ball.cost(j, below) { above } else { below }
}
