//! The points of a lattice ball as linear rows (papers 4.2): steps away from the given point, each with what it
//! costs more than the one before.

use dashu::base::Gcd as _;
use dashu::integer::UBig;
use dashu::rational::RBig;

use super::{Build, LatticeError, Whole, lin};
use crate::bounds::lattice::nearest;
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Place, Rule, Sense, VarId, VarKind};
use crate::question::lattice::{Ball, Lattice};

/// Steps of one coordinate in one direction that cost the same.
struct Moves {
    /// 1 or -1.
    by: i64,
    count: i64,
    cost: RBig,
}

/// Columns for the points, with rows that hold exactly for those of the ball.
pub(super) fn encode(b: &mut Build, points: &Lattice) -> Result<Vec<Whole>, LatticeError> {
    let coordinates = points.low.iter().zip(&points.high).enumerate();
    let all: Vec<Whole> = coordinates
        .map(|(j, (low, high))| match low == high {
            true => Whole::Known(*low),
            false => {
                let role = Family::LatticePoint.at(Place::NONE.i(j));
                let ends = (VarKind::Integer, *low as f64, *high as f64);
                Whole::Column(b.column(ends, role, Recipe::Decision))
            }
        })
        .collect();
    for (number, ball) in points.balls.iter().enumerate() {
        one(b, (points, &all), (number, ball))?;
    }
    Ok(all)
}

fn one(
    b: &mut Build,
    (points, all): (&Lattice, &[Whole]),
    (number, ball): (usize, &Ball),
) -> Result<(), LatticeError> {
    let mut left = ball.budget();
    let mut spent: Vec<(VarId, RBig)> = Vec::new();
    for (j, whole) in all.iter().enumerate() {
        let (low, high) = (points.low[j], points.high[j]);
        let start = nearest(ball, j, (low, high));
        left -= ball.cost(j, start);
        let Whole::Column(k) = whole else { continue };
        let mut terms = vec![(*k, 1.0)];
        let ways = [moves(ball, j, (start, high)), moves(ball, j, (start, low))];
        let mut gone = [0, 0];
        for (n, way) in ways.into_iter().flatten().enumerate() {
            // Several balls have steps of their own.
            let place = Place::NONE.i(j + number * all.len()).j(2 * n + usize::from(way.by < 0));
            let kind = if way.count == 1 { VarKind::Binary } else { VarKind::Integer };
            // The cheapest steps are the first.
            let by = way.by as f64;
            let before: &mut i64 = if way.by > 0 { &mut gone[0] } else { &mut gone[1] };
            let rest = lin(vec![(*k, by)], -by * start as f64 - *before as f64);
            *before += way.count;
            let ends = (kind, 0.0, way.count as f64);
            let recipe = Recipe::Clamp(rest, 0.0, way.count as f64);
            let u = b.column(ends, Family::LatticeMove.at(place), recipe);
            terms.push((u, -by));
            spent.push((u, way.cost));
        }
        let place = Place::NONE.i(j + number * all.len());
        b.model.add_row(&terms, Sense::Eq, start as f64, Rule::Moves.at(place));
    }
    if left < RBig::ZERO {
        return Err(LatticeError::Empty);
    }
    // Whole costs: all sums are multiples of one number.
    let common = spent.iter().fold(UBig::ONE, |all, (_, c)| {
        let d = c.denominator();
        &all / (&all).gcd(d) * d
    });
    let common = RBig::from(common);
    let double = |x: RBig| {
        let whole = i64::try_from(x.floor()).ok().filter(|x| *x <= 1 << 53);
        whole.map(|x| x as f64).ok_or(LatticeError::Radius)
    };
    let terms = spent.into_iter().map(|(u, c)| Ok((u, double(c * &common)?)));
    let terms: Vec<(VarId, f64)> = terms.collect::<Result<_, LatticeError>>()?;
    let most = double(left * &common)?;
    b.model.add_row(&terms, Sense::Le, most, Rule::LatticeBall.at(Place::NONE.i(number)));
    Ok(())
}

/// The steps from `start` to `end` that the budget allows, cheapest first.
fn moves(ball: &Ball, j: usize, (start, end): (i64, i64)) -> Vec<Moves> {
    let by = (end - start).signum();
    let mut out: Vec<Moves> = Vec::new();
    let (mut k, mut before) = (start, ball.cost(j, start));
    while k != end {
        k += by;
        let next = ball.cost(j, k);
        if next > ball.budget() {
            break;
        }
        let cost = &next - &before;
        before = next;
        match out.last_mut() {
            Some(last) if last.cost == cost => last.count += 1,
            _ => out.push(Moves { by, count: 1, cost }),
        }
    }
    out
}
