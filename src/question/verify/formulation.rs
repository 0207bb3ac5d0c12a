//! Choices of formulation.

/// How `a = p - n` with `p = max(a, 0)`, `n = max(-a, 0)` is said. Each is *exact*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// A binary and `p <= U d`, `n <= -L (1 - d)`.
    #[default]
    BigM,
    /// A binary with `d = 0 -> p <= 0`, `d = 1 -> n <= 0`.
    Indicator,
    /// `{p, n}` is a special ordered set of type 1; no binary.
    Sos1,
    /// `p n <= 0`; no binary. For NL targets and others with nonconvex quadratic rows.
    Complementarity,
    /// The terms in so many parts (Tsay et al. 2021): 1 is big-M, the number of terms the convex
    /// hull over the box of the terms. More parts than terms are as many as terms.
    Partition {
        /// Number of parts, at least 1.
        parts: usize,
    },
}

/// How a binary says which case holds (maxima, clips, steps, choices, branches of the property).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cases {
    /// Linear rows that proved bounds switch off.
    #[default]
    BigM,
    /// Indicator constraints.
    Indicator,
}

/// How smooth functions are said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SmoothForm {
    /// As they are, *exact*: for NL targets.
    Exact,
    /// Enclosed by lines over so many pieces of the operand's range, a *relaxation*.
    Pieces(usize),
    /// Not at all: a network that has one is refused.
    #[default]
    Refuse,
}

/// What the objective says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ask {
    /// The least value over all inputs by which the formula fails: a lower bound above 0 proves that
    /// it cannot hold, a point of value at most 0 is a candidate for an attack.
    #[default]
    Margin,
    /// Nothing: the points are those where the formula holds, and no point proves that it cannot.
    Feasibility,
}
