//! Smooth functions between lines over pieces of the operand's range, for targets without them.
//!
//! *Relaxation*: the lines enclose the function, proved as follows, so a bound is one for the
//! network; a point need not be.
//!
//! * Every piece lies on one side of the inflection, so the function is convex or concave on it.
//! * On the outer side stands the chord through enclosures of the values at both ends, its constant
//!   rounded outward until it passes both: a convex function lies below its chords.
//! * On the inner side stand tangents at both ends and in the middle. With a double `m` for the
//!   slope and an enclosure `D` of the true one at `p`, `f(x) >= f(p) + m (x - p) - |D - m| r` on a
//!   piece that reaches at most `r` away from `p`.
//!
//! Pieces are told apart by binaries, with a column for the operand in each piece (the multiple
//! choice formulation, whose relaxation is the convex hull of the pieces' regions).

use super::error::VerifyError;
use super::smooth::reach;
use super::walk::{At, Encoder};
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up, mul_up};
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Rule, Sense, VarKind};
use crate::network::graph::Function;
use crate::network::graph::eval::smooth;

/// `slope x + constant`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Slope.
    pub slope: f64,
    /// Value at 0.
    pub constant: f64,
}

/// A piece of the range with lines that enclose the function there.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Where.
    pub over: Interval,
    /// Lines below the function.
    pub below: Vec<Line>,
    /// Lines above the function.
    pub above: Vec<Line>,
}

/// Whether the function is convex on a piece that does not contain an inflection.
fn convex(f: Function, over: Interval) -> bool {
    match f {
        Function::Exp | Function::Softplus => true,
        Function::Log | Function::Sqrt => false,
        Function::Sigmoid | Function::Tanh | Function::Erf => over.hi <= 0.0,
    }
}

fn enclose(f: Function, x: f64) -> Interval {
    smooth::enclosure(f, Interval::point(x))
}

/// An enclosure of `f'(x)`.
fn derivative(f: Function, x: f64) -> Interval {
    let one = Interval::point(1.0);
    let sigmoid = |x: f64| enclose(Function::Sigmoid, x);
    match f {
        Function::Exp => enclose(f, x),
        Function::Sigmoid => sigmoid(x) * sigmoid(-x),
        Function::Softplus => sigmoid(x),
        Function::Tanh => (sigmoid(2.0 * x) * sigmoid(-2.0 * x)).scale(4.0),
        Function::Erf => {
            let c = std::f64::consts::FRAC_2_SQRT_PI;
            let square = Interval::point(x).square();
            let damp = smooth::enclosure(Function::Exp, -square);
            damp * Interval { lo: c.next_down(), hi: c.next_up() }
        }
        Function::Log if x > 0.0 => one.divide(x),
        Function::Sqrt if x > 0.0 => {
            let root = enclose(f, x).scale(2.0);
            Interval { lo: one.divide(root.hi).lo, hi: one.divide(root.lo).hi }
        }
        Function::Log | Function::Sqrt => Interval::ALL,
    }
}

/// The chord, on or above the function at both ends.
fn chord(f: Function, over: Interval) -> Line {
    let (left, right) = (enclose(f, over.lo), enclose(f, over.hi));
    let slope = if over.is_point() { 0.0 } else { (right.hi - left.hi) / (over.hi - over.lo) };
    let slope = if slope.is_finite() { slope } else { 0.0 };
    let at = |x: f64, y: f64| (Interval::point(y) - Interval::point(x).scale(slope)).hi;
    Line { slope, constant: at(over.lo, left.hi).max(at(over.hi, right.hi)) }
}

/// A tangent, on or below a convex function on the whole piece.
fn tangent(f: Function, over: Interval, p: f64) -> Option<Line> {
    let d = derivative(f, p);
    if !d.is_finite() {
        return None;
    }
    let slope = d.lo / 2.0 + d.hi / 2.0;
    let off = add_up(d.hi, -slope).max(add_up(slope, -d.lo));
    let far = add_up(over.hi, -p).max(add_up(p, -over.lo));
    let value = Interval::point(enclose(f, p).lo) - Interval::point(p).scale(slope);
    Some(Line { slope, constant: add_down(value.lo, -mul_up(off, far)) })
}

/// Lines that enclose `f` over a piece on one side of its inflection.
#[must_use]
pub fn piece(f: Function, over: Interval) -> Piece {
    let turn = |l: Line| Line { slope: -l.slope, constant: -l.constant };
    let middle = over.lo / 2.0 + over.hi / 2.0;
    let points = [over.lo, middle.clamp(over.lo, over.hi), over.hi];
    if convex(f, over) {
        let below = points.iter().filter_map(|p| tangent(f, over, *p)).collect();
        return Piece { over, below, above: vec![chord(f, over)] };
    }
    // The negative of a concave function is convex; its values and slopes are those of f, turned.
    let (left, right) = (enclose(f, over.lo), enclose(f, over.hi));
    let slope = if over.is_point() { 0.0 } else { (right.lo - left.lo) / (over.hi - over.lo) };
    let slope = if slope.is_finite() { slope } else { 0.0 };
    let at = |x: f64, y: f64| (Interval::point(y) - Interval::point(x).scale(slope)).lo;
    let chord = Line { slope, constant: at(over.lo, left.lo).min(at(over.hi, right.lo)) };
    let above = points
        .iter()
        .filter_map(|&p| {
            let d = derivative(f, p);
            let slope = d.lo / 2.0 + d.hi / 2.0;
            let off = add_up(d.hi, -slope).max(add_up(slope, -d.lo));
            let far = add_up(over.hi, -p).max(add_up(p, -over.lo));
            let value = Interval::point(enclose(f, p).hi) - Interval::point(p).scale(slope);
            let line = turn(Line { slope: -slope, constant: -add_up(value.hi, mul_up(off, far)) });
            d.is_finite().then_some(line)
        })
        .collect();
    Piece { over, below: vec![chord], above }
}

/// Pieces of a range, cut at the inflection and else where the slope has changed by equal shares.
#[must_use]
pub fn pieces(f: Function, range: Interval, count: usize) -> Vec<Piece> {
    if range.is_point() {
        return vec![piece(f, range)];
    }
    let inflects = matches!(f, Function::Sigmoid | Function::Tanh | Function::Erf);
    let mut ends = vec![range.lo];
    let mut parts = vec![range];
    if inflects && range.lo < 0.0 && range.hi > 0.0 {
        parts = vec![Interval::new(range.lo, 0.0), Interval::new(0.0, range.hi)];
    }
    let share = |i: &Interval| ((count as f64) * (i.hi - i.lo) / (range.hi - range.lo)).round();
    for part in &parts {
        let n = if parts.len() == 1 { count.max(1) } else { (share(part) as usize).max(1) };
        for k in 1..n {
            ends.push(cut(f, *part, k as f64 / n as f64));
        }
        ends.push(part.hi);
    }
    ends.dedup();
    ends.windows(2).filter(|w| w[0] < w[1]).map(|w| piece(f, Interval::new(w[0], w[1]))).collect()
}

/// Where the slope has changed by a share of its change over the part: pieces are short where the
/// function bends. Any place is right; this one is found by halving.
fn cut(f: Function, part: Interval, share: f64) -> f64 {
    let (first, last) = (smooth::slope(f, part.lo), smooth::slope(f, part.hi));
    let even = part.lo + share * (part.hi - part.lo);
    if !(first.is_finite() && last.is_finite()) || first == last {
        return even;
    }
    let (mut lo, mut hi) = (part.lo, part.hi);
    for _ in 0..40 {
        let middle = lo / 2.0 + hi / 2.0;
        if (smooth::slope(f, middle) - first) / (last - first) < share {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    // Half of the way towards equal pieces, so that no piece is very long.
    let bent = f64::from((lo / 2.0 + even / 2.0) as f32);
    bent.clamp(part.lo, part.hi)
}

impl Encoder<'_> {
    /// `y` between the lines over the piece that holds `a`. *Relaxation*.
    pub fn envelope(
        &mut self,
        a: &Lin,
        f: Function,
        count: usize,
        at: At,
    ) -> Result<Lin, VerifyError> {
        self.relaxed = true;
        // What the slop of the operand can do to the function widens the lines.
        let over = a.range.widen(a.slop);
        let slack = reach(f, over, a.slop);
        let a = Lin { slop: 0.0, ..self.compact(a, at, 0) };
        let y = self.smooth_value(&a, f, at)?;
        let pieces = pieces(f, over, count);
        let (split, case) = (at.origin(Rule::NodeSplit), at.origin(Rule::NodeCase));
        let mut parts: Vec<(Lin, Lin)> = Vec::new();
        if let [_] = pieces.as_slice() {
            parts.push((a.clone(), Lin::exact(1.0)));
        } else {
            let mut rest = Lin::exact(1.0);
            for (k, piece) in pieces.iter().enumerate() {
                let last = k + 1 == pieces.len();
                // The first piece whose end is not exceeded.
                let recipe = if last {
                    Recipe::Value(rest.clone())
                } else {
                    let (quantity, threshold) = (a.clone(), piece.over.hi);
                    Recipe::Below { quantity, threshold, condition: rest.clone() }
                };
                let z = self.b.binary(at.role(Family::NodeSwitch, k), recipe);
                let range = piece.over.hull(Interval::ZERO);
                let role = at.role(Family::NodePart, k + 1);
                let recipe = Recipe::Product(z.clone(), a.clone());
                let x = self.b.variable(VarKind::Continuous, range, role, recipe);
                self.b.row(&[(1.0, &x), (-piece.over.hi, &z)], Sense::Le, 0.0, case);
                self.b.row(&[(1.0, &x), (-piece.over.lo, &z)], Sense::Ge, 0.0, case);
                rest = self.b.sub(&rest, &z);
                parts.push((x, z));
            }
            let mut sum: Vec<(f64, &Lin)> = parts.iter().map(|(x, _)| (1.0, x)).collect();
            sum.push((-1.0, &a));
            self.b.row(&sum, Sense::Eq, 0.0, split);
            let one: Vec<(f64, &Lin)> = parts.iter().map(|(_, z)| (1.0, z)).collect();
            self.b.row(&one, Sense::Eq, 1.0, at.origin(Rule::NodeOne));
        }
        // y >= sum_k (slope_k x_k + constant_k z_k) for each round of lines, and so above.
        for above in [false, true] {
            let lines = |p: &Piece| if above { p.above.clone() } else { p.below.clone() };
            let rounds = pieces.iter().map(|p| lines(p).len()).max().unwrap_or(0);
            for round in 0..rounds {
                let mut row: Vec<(f64, &Lin)> = vec![(1.0, &y)];
                for (piece, (x, z)) in pieces.iter().zip(&parts) {
                    let all = lines(piece);
                    // A piece with fewer lines repeats its last one.
                    if let Some(line) = all.get(round).or(all.last()) {
                        row.push((-line.slope, x));
                        row.push((-line.constant, z));
                    }
                }
                let (sense, rhs) = if above { (Sense::Le, slack) } else { (Sense::Ge, -slack) };
                self.b.require(&row, sense, rhs, case);
            }
        }
        Ok(y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines enclose the function: at points of every piece, by enclosures of its value.
    #[test]
    fn lines_enclose_their_function() {
        let mut rng = fastrand::Rng::with_seed(11);
        let all = [
            Function::Sigmoid,
            Function::Tanh,
            Function::Softplus,
            Function::Erf,
            Function::Exp,
            Function::Log,
            Function::Sqrt,
        ];
        let mut widest = 0.0_f64;
        for round in 0..700 {
            let f = all[round % all.len()];
            let positive = matches!(f, Function::Log | Function::Sqrt);
            let (a, b) = (rng.f64() * 12.0 - 6.0, rng.f64() * 12.0 - 6.0);
            let (a, b) = if positive { (a.abs() + 0.01, b.abs() + 0.01) } else { (a, b) };
            let range = Interval::new(a.min(b), a.max(b));
            let count = rng.usize(1..9);
            let made = pieces(f, range, count);
            assert_eq!((made[0].over.lo, made[made.len() - 1].over.hi), (range.lo, range.hi));
            for p in &made {
                assert!(!p.below.is_empty() && !p.above.is_empty());
                for _ in 0..20 {
                    let x = (p.over.lo + rng.f64() * (p.over.hi - p.over.lo)).min(p.over.hi);
                    let truth = enclose(f, x);
                    let at =
                        |l: &Line| Interval::point(x).scale(l.slope) + Interval::point(l.constant);
                    for l in &p.below {
                        assert!(at(l).lo <= truth.hi, "{f:?} {p:?} {x}");
                    }
                    for l in &p.above {
                        assert!(at(l).hi >= truth.lo, "{f:?} {p:?} {x}");
                    }
                    if count == 8 && range.hi - range.lo < 4.0 && f != Function::Exp {
                        let low = p.below.iter().map(|l| at(l).hi).fold(f64::MIN, f64::max);
                        let high = p.above.iter().map(|l| at(l).lo).fold(f64::MAX, f64::min);
                        widest = widest.max((high - low) / (range.hi - range.lo));
                    }
                }
            }
        }
        // They are tight, too: eight pieces leave little between them.
        assert!(widest < 0.2, "{widest}");
    }
}
