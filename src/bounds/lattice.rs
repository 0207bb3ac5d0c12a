//! What a sum of coordinates can be over a lattice ball (papers 4.3).

use dashu::rational::RBig;

use crate::question::lattice::{Ball, Lattice};

/// The least and the largest `sum plus - sum minus` of `k` over the points: exact for a box and for one ball, an
/// enclosure for several. Nothing if there is shown to be no point.
///
/// A coordinate moves in steps of one, each dearer than the one before, so the cheapest steps of all
/// coordinates are the best ones.
#[must_use]
pub fn range(points: &Lattice, plus: &[u32], minus: &[u32]) -> Option<(i64, i64)> {
    let high = largest(points, plus, minus)?;
    let low = -largest(points, minus, plus)?;
    Some((low, high))
}

fn largest(points: &Lattice, plus: &[u32], minus: &[u32]) -> Option<i64> {
    let end = |j: &u32, up: bool| {
        let j = *j as usize;
        let side = if up { points.high.get(j) } else { points.low.get(j) };
        side.copied().unwrap_or(0)
    };
    let ups = plus.iter().map(|j| end(j, true)).sum::<i64>();
    let downs = minus.iter().map(|j| end(j, false)).sum::<i64>();
    let mut best = ups - downs;
    for ball in &points.balls {
        best = best.min(within(points, ball, (plus, minus))?);
    }
    Some(best)
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
