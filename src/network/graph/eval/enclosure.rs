//! Enclosures of the real value of a graph.

use super::exact::NotExact;
use super::number::Number;
use super::smooth;
use crate::bounds::Interval;
use crate::network::graph::Unary;

/// What is not a number becomes the whole line.
fn sound(lo: f64, hi: f64) -> Interval {
    if lo.is_nan() || hi.is_nan() { Interval::ALL } else { Interval { lo, hi } }
}

impl Number for Interval {
    fn constant(x: f64) -> Self {
        Interval::point(x)
    }
    fn add_product(&mut self, w: f64, x: &Self) {
        let y = *self + x.scale(w);
        *self = sound(y.lo, y.hi);
    }
    fn plus(&self, other: &Self) -> Self {
        let y = *self + *other;
        sound(y.lo, y.hi)
    }
    fn minus(&self, other: &Self) -> Self {
        let y = *self - *other;
        sound(y.lo, y.hi)
    }
    fn times(&self, other: &Self) -> Self {
        *self * *other
    }
    fn over(&self, d: f64) -> Self {
        let y = if d < 0.0 { (-*self).divide(-d) } else { self.divide(d) };
        sound(y.lo, y.hi)
    }
    fn max(&self, other: &Self) -> Self {
        Interval { lo: self.lo.max(other.lo), hi: self.hi.max(other.hi) }
    }
    fn choose(&self, at_zero: bool, a: &Self, b: &Self) -> Self {
        let positive = |x: f64| x > 0.0 || (at_zero && x == 0.0);
        match (positive(self.lo), positive(self.hi)) {
            (true, _) => *a,
            (false, false) => *b,
            (false, true) => a.hull(*b),
        }
    }
    fn unary(&self, f: Unary) -> Result<Self, NotExact> {
        let x = *self;
        Ok(match f {
            Unary::Relu => x.relu(),
            Unary::Leaky { slope } if x.lo >= 0.0 || slope == 1.0 => x,
            Unary::Leaky { slope } => {
                let negative = Interval { lo: x.lo, hi: x.hi.min(0.0) }.scale(slope);
                if x.hi > 0.0 { negative.hull(Interval { lo: 0.0, hi: x.hi }) } else { negative }
            }
            Unary::Clip { lo, hi } => x.clamp(lo, hi),
            Unary::Abs if x.contains(0.0) => Interval { lo: 0.0, hi: x.magnitude() },
            Unary::Abs => Interval { lo: x.lo.abs().min(x.hi.abs()), hi: x.magnitude() },
            Unary::Step { below, at, above } => {
                let pieces = [(x.lo < 0.0, below), (x.contains(0.0), at), (x.hi > 0.0, above)];
                let taken = pieces.into_iter().filter(|p| p.0).map(|p| Interval::point(p.1));
                taken.reduce(Interval::hull).unwrap_or(Interval::ALL)
            }
            Unary::Threshold { threshold } => {
                if x.lo > threshold {
                    x
                } else if x.hi > threshold {
                    // Values behind the threshold, or zero, which lies below it.
                    Interval { lo: threshold, hi: x.hi }.hull(Interval::ZERO)
                } else {
                    Interval::ZERO
                }
            }
            Unary::Smooth(f) => smooth::enclosure(f, x),
        })
    }
    fn enclosed(x: Interval) -> Result<Self, NotExact> {
        Ok(x)
    }
    fn quotient(&self, other: &Self) -> Result<Self, NotExact> {
        let d = if other.hi < 0.0 { -*other } else { *other };
        let n = if other.hi < 0.0 { -*self } else { *self };
        if d.lo <= 0.0 {
            return Ok(Interval::ALL);
        }
        let y = n.divide(d.lo).hull(n.divide(d.hi));
        Ok(sound(y.lo, y.hi))
    }
}
