//! Affine functions of one layer in exact rational arithmetic.

use std::collections::BTreeMap;

use dashu::rational::RBig;

use crate::bounds::Interval;

/// The doubles of a network as rationals; nothing for what is not finite.
pub(super) fn exact(x: f64) -> Option<RBig> {
    RBig::try_from(x).ok()
}

/// A real number between two rationals.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Range {
    pub lo: RBig,
    pub hi: RBig,
}

impl Range {
    fn point(x: RBig) -> Self {
        Range { lo: x.clone(), hi: x }
    }

    fn of(i: Interval) -> Option<Self> {
        Some(Range { lo: exact(i.lo)?, hi: exact(i.hi)? })
    }

    /// The number, if it is known exactly.
    pub fn known(&self) -> Option<&RBig> {
        (self.lo == self.hi).then_some(&self.lo)
    }

    fn times(&self, by: &Range) -> Range {
        let all = [&self.lo * &by.lo, &self.lo * &by.hi, &self.hi * &by.lo, &self.hi * &by.hi];
        let lo = all.iter().min().cloned().unwrap_or_default();
        let hi = all.iter().max().cloned().unwrap_or_default();
        Range { lo, hi }
    }

    fn plus(&self, by: &Range) -> Range {
        Range { lo: &self.lo + &by.lo, hi: &self.hi + &by.hi }
    }

    /// Its sign, unless it may be 0.
    pub fn positive(&self) -> Option<bool> {
        match (self.lo > RBig::ZERO, self.hi < RBig::ZERO) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            (false, false) => None,
        }
    }
}

/// `factor * (sum terms + constant) + shift`: exact, up to one last factor and shift that may be
/// irrational.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Affine {
    pub terms: BTreeMap<u32, RBig>,
    pub constant: RBig,
    pub factor: Range,
    pub shift: Range,
}

impl Affine {
    pub fn constant(constant: RBig) -> Self {
        Affine {
            terms: BTreeMap::new(),
            constant,
            factor: Range::point(RBig::ONE),
            shift: Range::point(RBig::ZERO),
        }
    }

    /// `low + (high - low) x_place`.
    pub fn literal(place: u32, low: &RBig, high: &RBig) -> Self {
        let terms = BTreeMap::from([(place, high - low)]);
        Affine { terms, ..Affine::constant(low.clone()) }
    }

    /// The same without factor and shift, if they are rational.
    fn plain(&self) -> Option<Affine> {
        let (factor, shift) = (self.factor.known()?, self.shift.known()?);
        if *factor == RBig::ONE && *shift == RBig::ZERO {
            return Some(self.clone());
        }
        let terms = self.terms.iter().map(|(k, a)| (*k, a * factor)).collect();
        Some(Affine { terms, ..Affine::constant(&self.constant * factor + shift) })
    }

    /// `sum by_i all_i + bias`; nothing where a factor is irrational or a number not finite.
    pub fn combine<'a>(all: impl Iterator<Item = (&'a Affine, f64)>, bias: f64) -> Option<Affine> {
        let mut out = Affine::constant(exact(bias)?);
        for (x, by) in all.filter(|(_, by)| *by != 0.0) {
            let (x, by) = (x.plain()?, exact(by)?);
            out.constant += &x.constant * &by;
            for (k, a) in x.terms {
                *out.terms.entry(k).or_default() += a * &by;
            }
        }
        out.terms.retain(|_, a| *a != RBig::ZERO);
        Some(out)
    }

    /// `factor / divisor * self + shift`.
    pub fn scaled(&self, factor: Interval, divisor: f64, shift: Interval) -> Option<Affine> {
        let divisor = exact(divisor).filter(|d| *d != RBig::ZERO)?;
        let by = Range::of(factor)?.times(&Range::point(RBig::ONE / divisor));
        Some(Affine {
            factor: self.factor.times(&by),
            shift: self.shift.times(&by).plus(&Range::of(shift)?),
            ..self.clone()
        })
    }
}
