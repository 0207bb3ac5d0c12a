//! Vector-Jacobian products: how a weighted sum of the outputs changes with the argument.
//!
//! Reverse mode over the [`Values`] of an evaluation, for points alone (`f64`) or side by side
//! ([`Lanes`]). Where a function has a kink, the derivative of one side is taken: 0 for a ReLU at
//! 0, the first largest member of a maximum. Steps are flat almost everywhere; [`Steps`] says what
//! a search sees instead.

mod ops;

use super::eval::{Lanes, Number, Values, smooth};
use super::{Graph, Unary};

/// The derivative of functions that jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steps {
    /// Zero, as it is.
    Flat,
    /// That of a slope through the jump, flatter with the distance: `(above - below) / (2 + 2 |x|)`.
    /// No derivative of anything, but it shows a search the way (straight-through estimation).
    Through,
    /// As [`Steps::Through`], and the flat side of a ReLU has slope 0.1: what is switched off pulls
    /// a little too.
    Leaky,
}

/// Numbers with derivatives.
pub trait Real: Number + Copy {
    /// Derivative of an element-wise function at `self`.
    #[must_use]
    fn slope(&self, f: Unary, steps: Steps) -> Self;
    /// 1 where both are equal, else 0.
    #[must_use]
    fn equals(&self, other: &Self) -> Self;
}

impl Real for f64 {
    fn slope(&self, f: Unary, steps: Steps) -> Self {
        slope(*self, f, steps)
    }
    fn equals(&self, other: &Self) -> Self {
        f64::from(u8::from(self == other))
    }
}

impl Real for f32 {
    fn slope(&self, f: Unary, steps: Steps) -> Self {
        slope(f64::from(*self), f, steps) as f32
    }
    fn equals(&self, other: &Self) -> Self {
        f32::from(u8::from(self == other))
    }
}

fn slope(x: f64, f: Unary, steps: Steps) -> f64 {
    let on = |yes: bool| f64::from(u8::from(yes));
    match f {
        Unary::Relu if steps == Steps::Leaky && x <= 0.0 => 0.1,
        Unary::Relu => on(x > 0.0),
        Unary::Leaky { slope } => {
            if x >= 0.0 {
                1.0
            } else {
                slope
            }
        }
        Unary::Clip { lo, hi } => on(lo < x && x < hi),
        Unary::Abs => {
            if x == 0.0 {
                0.0
            } else {
                x.signum()
            }
        }
        Unary::Step { below, above, .. } => match steps {
            Steps::Flat => 0.0,
            Steps::Through | Steps::Leaky => (above - below) / (2.0 + 2.0 * x.abs()),
        },
        Unary::Threshold { threshold } => on(x > threshold),
        Unary::Smooth(f) => smooth::slope(f, x),
    }
}

impl<const N: usize> Real for Lanes<f64, N> {
    fn slope(&self, f: Unary, steps: Steps) -> Self {
        Lanes(self.0.map(|x| x.slope(f, steps)))
    }
    fn equals(&self, other: &Self) -> Self {
        Lanes(std::array::from_fn(|k| self.0[k].equals(&other.0[k])))
    }
}

impl Graph {
    /// `sum_k weights_k d output_k / d argument`, at the argument that gave `values`.
    ///
    /// `weights` has one number an output element (all outputs one behind the other; missing ones
    /// are 0), the result one an input element.
    #[must_use]
    pub fn gradient<T: Real>(&self, values: &Values<T>, weights: &[T], steps: Steps) -> Vec<T> {
        let zero = T::constant(0.0);
        // Empty until something arrives: parts that no output depends on cost nothing.
        let mut slopes: Vec<Vec<T>> = vec![Vec::new(); self.nodes.len()];
        let mut at = 0;
        for port in &self.outputs {
            let len = self.node(port.node).len();
            let slope = &mut slopes[port.node.index()];
            slope.resize(len, zero);
            for (s, w) in slope.iter_mut().zip(weights.iter().skip(at)) {
                *s = s.plus(w);
            }
            at += len;
        }
        let mut argument = vec![zero; self.input_len()];
        for id in self.ids().rev() {
            let slope = std::mem::take(&mut slopes[id.index()]);
            if !slope.is_empty() {
                ops::back(self, id, &slope, values, &mut slopes, &mut argument, steps);
            }
        }
        argument
    }
}
