//! Smooth functions in doubles, and enclosures of their real values.
//!
//! Enclosures rest on interval arithmetic and proved remainders alone, not on the accuracy of the
//! platform's functions, which is not specified.

use crate::bounds::Interval;
use crate::network::graph::Function;

/// The function in doubles, as accurate as the platform's `exp`.
#[must_use]
pub fn value(f: Function, x: f64) -> f64 {
    match f {
        // Written so that no exponential overflows.
        Function::Sigmoid => {
            let e = (-x.abs()).exp();
            if x >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) }
        }
        Function::Tanh => x.tanh(),
        Function::Softplus => x.max(0.0) + (-x.abs()).exp().ln_1p(),
        Function::Erf => erf(x),
        Function::Exp => x.exp(),
        Function::Log => x.ln(),
        Function::Sqrt => x.sqrt(),
    }
}

/// The derivative in doubles.
#[must_use]
pub fn slope(f: Function, x: f64) -> f64 {
    match f {
        Function::Sigmoid => {
            let e = (-x.abs()).exp();
            e / ((1.0 + e) * (1.0 + e))
        }
        Function::Tanh => 1.0 - x.tanh() * x.tanh(),
        Function::Softplus => value(Function::Sigmoid, x),
        Function::Erf => std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp(),
        Function::Exp => x.exp(),
        Function::Log => 1.0 / x,
        Function::Sqrt => 0.5 / x.sqrt(),
    }
}

/// `erf(x) = 2 / sqrt(pi) exp(-x^2) sum_n 2^n x^(2n+1) / (1 3 5 ... (2n+1))` (Abramowitz and Stegun
/// 7.1.6): terms of one sign, so nothing cancels. Beyond 6 it is 1 to within half a unit.
fn erf(x: f64) -> f64 {
    let a = x.abs();
    if a.is_nan() || a >= 6.0 {
        return if a.is_nan() { a } else { 1f64.copysign(x) };
    }
    let (mut term, mut sum, mut n) = (a, 0.0, 0.0);
    while term > sum * 1e-18 {
        sum += term;
        n += 1.0;
        term *= 2.0 * a * a / (2.0 * n + 1.0);
    }
    (std::f64::consts::FRAC_2_SQRT_PI * (-a * a).exp() * sum).min(1.0).copysign(x)
}

/// An interval that contains `f(x)` for every `x` of the given one, where `f` is defined there; the
/// whole line where a logarithm or a root is not.
#[must_use]
pub fn enclosure(f: Function, x: Interval) -> Interval {
    // All of these functions grow.
    let (lo, hi) = (Interval::point(x.lo), Interval::point(x.hi));
    match f {
        Function::Exp => Interval { lo: exp(lo).lo, hi: exp(hi).hi },
        Function::Sigmoid => Interval { lo: sigmoid(lo).lo, hi: sigmoid(hi).hi },
        Function::Tanh => Interval { lo: tanh(lo).lo, hi: tanh(hi).hi },
        Function::Softplus => Interval { lo: softplus(lo).lo, hi: softplus(hi).hi },
        Function::Erf => Interval { lo: erf_enclosure(lo).lo, hi: erf_enclosure(hi).hi },
        Function::Log if x.lo <= 0.0 => Interval::ALL,
        Function::Log => Interval { lo: log(lo).lo, hi: log(hi).hi },
        Function::Sqrt if x.lo < 0.0 => Interval::ALL,
        // IEEE 754 demands a rightly rounded root.
        Function::Sqrt => Interval {
            lo: x.lo.sqrt().next_down().max(0.0),
            hi: if x.hi.is_finite() { x.hi.sqrt().next_up() } else { x.hi },
        },
    }
}

const ONE: Interval = Interval { lo: 1.0, hi: 1.0 };

/// Exponential of `x`, a point: `x = k ln 2 + r` and twenty terms of the series of `exp(r)`.
fn exp(x: Interval) -> Interval {
    if x.lo < -745.0 {
        return Interval { lo: 0.0, hi: f64::MIN_POSITIVE };
    }
    if x.lo > 709.0 {
        return Interval { lo: 8e307, hi: f64::INFINITY };
    }
    // ln 2 in two parts. The first has 21 zero bits, so that its product with k is a double; the
    // second is the double below what is missing.
    let (head, tail) = (0.6931471803691238, 1.9082149292705877e-10f64);
    let tail = Interval { lo: tail, hi: tail.next_up() };
    let k = (x.lo / std::f64::consts::LN_2).round();
    let r = x - Interval::point(head).scale(k) - tail.scale(k);
    // |r| < 0.4: the remainder behind r^20 / 20! is at most 2 |r|^21 / 21!, far below 1e-22 |r|.
    let mut sum = ONE;
    for n in (1..=20).rev() {
        sum = ONE + (r * sum).divide(f64::from(n));
    }
    let sum = sum.widen(1e-22 * r.magnitude());
    // Powers of two that are doubles, in two steps where one is none.
    let half = (k / 2.0).trunc();
    let power = |k: f64| 2f64.powi(k as i32);
    let y = sum.scale(power(half)).scale(power(k - half));
    Interval { lo: y.lo.max(0.0), hi: y.hi }
}

/// `1 / x` for positive `x`.
fn reciprocal(x: Interval) -> Interval {
    Interval { lo: ONE.divide(x.hi).lo.max(0.0), hi: ONE.divide(x.lo).hi }
}

fn sigmoid(x: Interval) -> Interval {
    let y = if x.lo >= 0.0 {
        reciprocal(ONE + exp(-x))
    } else {
        let e = exp(x);
        // e / (1 + e) grows in e.
        Interval {
            lo: (Interval::point(e.lo) * reciprocal(ONE + Interval::point(e.lo))).lo,
            hi: (Interval::point(e.hi) * reciprocal(ONE + Interval::point(e.hi))).hi,
        }
    };
    y.clamp(0.0, 1.0)
}

fn tanh(x: Interval) -> Interval {
    let a = x.magnitude();
    // tanh a = 1 - 2 / (exp(2 a) + 1), and a - a^3 / 3 <= tanh a <= a - a^3 / 3 + 2 a^5 / 15.
    let y = if a > 20.0 {
        Interval { lo: 1f64.next_down(), hi: 1.0 }
    } else {
        let far = ONE - reciprocal(exp(Interval::point(2.0 * a)) + ONE).scale(2.0);
        let (a, square) = (Interval::point(a), Interval::point(a).square());
        let third = a - (a * square).divide(3.0);
        let fifth = (a * square * square).scale(2.0).divide(15.0);
        let near = Interval { lo: third.lo, hi: (third + fifth).hi.min(a.hi) };
        Interval {
            lo: far.lo.max(near.lo).clamp(0.0, 1.0),
            hi: far.hi.min(near.hi).clamp(0.0, 1.0),
        }
    };
    if x.lo < 0.0 { -y } else { y }
}

fn softplus(x: Interval) -> Interval {
    // max(x, 0) + log(1 + e), e = exp(-|x|), and
    // e - e^2 / 2 <= log(1 + e) <= e - e^2 / 2 + e^3 / 3.
    let e = exp(-Interval::point(x.magnitude()));
    let half = e - e.square().scale(0.5);
    let near = Interval { lo: half.lo, hi: (half + (e * e.square()).divide(3.0)).hi };
    let one = ONE + e;
    let far = Interval { lo: log(Interval::point(one.lo)).lo, hi: log(Interval::point(one.hi)).hi };
    let tail = Interval { lo: far.lo.max(near.lo).max(0.0), hi: far.hi.min(near.hi) };
    Interval::point(x.lo.max(0.0)) + tail
}

/// Logarithm of a positive point: the platform's, moved until the exponential proves it.
fn log(x: Interval) -> Interval {
    let (x, guess) = (x.lo, x.lo.ln());
    if !x.is_finite() {
        return Interval { lo: 709.0, hi: f64::INFINITY };
    }
    if x < 1e-300 {
        // Between the logarithms of the smallest double and of 1e-300.
        return Interval { lo: -745.0, hi: -690.0 };
    }
    let mut step = guess.abs().max(1.0) * f64::EPSILON;
    let (mut lo, mut hi) = (guess, guess);
    while exp(Interval::point(lo)).hi > x {
        lo = guess - step;
        step *= 2.0;
    }
    step = guess.abs().max(1.0) * f64::EPSILON;
    while exp(Interval::point(hi)).lo < x {
        hi = guess + step;
        step *= 2.0;
    }
    if x == 1.0 { Interval::ZERO } else { Interval { lo, hi } }
}

/// `2 / sqrt(pi)`, 1.12837916709551257390, where the double is 1.12837916709551255856.
const FACTOR: Interval = Interval {
    lo: std::f64::consts::FRAC_2_SQRT_PI.next_down(),
    hi: std::f64::consts::FRAC_2_SQRT_PI.next_up(),
};

fn erf_enclosure(x: Interval) -> Interval {
    let a = x.magnitude();
    let y = if a >= 6.0 {
        // 1 - erf(6) < 3e-17.
        Interval { lo: 1f64.next_down(), hi: 1.0 }
    } else if a < 1e-100 {
        // Between a and a - a^3 / 3, times 2 / sqrt(pi): the series below would not end where its terms
        // cannot become smaller any more.
        (Interval { lo: a.next_down(), hi: a } * FACTOR).clamp(0.0, 1.0)
    } else {
        let a = Interval::point(a);
        let square = a.square();
        let (mut term, mut sum, mut n) = (a, Interval::ZERO, 0.0);
        // Once a term is at most half of that before, the rest is at most the term itself.
        while term.hi > 1e-20 * a.hi || 4.0 * square.hi > 2.0 * n + 1.0 {
            sum = sum + term;
            n += 1.0;
            term = (term * square).scale(2.0).divide(2.0 * n + 1.0);
        }
        sum.hi = crate::bounds::interval::add_up(sum.hi, 2.0 * term.hi);
        let power = exp(Interval::point(-square.hi)).hull(exp(Interval::point(-square.lo)));
        (power * sum * FACTOR).clamp(0.0, 1.0)
    };
    if x.lo < 0.0 { -y } else { y }
}
