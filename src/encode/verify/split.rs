//! `a = p - n` with `p = max(a, 0)` and `n = max(-a, 0)`: ReLU, leaky ReLU, absolute value.

use std::collections::BTreeMap;

use super::cuts::Neuron;
use super::error::VerifyError;
use super::options::Split;
use super::walk::{At, Encoder};
use crate::bounds::Interval;
use crate::bounds::interval::add_up;
use crate::encode::Lin;
use crate::encode::recipe::Recipe;
use crate::ir::{Family, Guard, QuadTerm, Role, Rule, Sense, Sos1, VarId, VarKind};

/// Positive and negative side of a quantity.
#[derive(Clone, Debug)]
pub(super) struct Sides {
    pub positive: Lin,
    pub negative: Lin,
}

/// Splits that were made, so that equal operands (and opposite ones) share theirs.
#[derive(Debug, Default)]
pub(super) struct Twins {
    by_hash: BTreeMap<u64, Vec<usize>>,
    /// The column of the positive side, whose recipe has the operand, and both sides.
    made: Vec<(VarId, Sides)>,
}

impl Twins {
    /// A hash that is the same for `a` and `-a`.
    fn hash(a: &Lin) -> u64 {
        let sign = a.terms.first().map_or(1.0, |t| t.1.signum());
        let mut h = 0xcbf2_9ce4_8422_2325_u64;
        let mut eat = |word: u64| h = (h ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(17);
        for (v, c) in &a.terms {
            eat(u64::from(v.0));
            eat((c * sign).to_bits());
        }
        eat((a.constant * sign + 0.0).to_bits());
        h
    }

    fn find(&self, a: &Lin, recipes: &[Recipe]) -> Option<Sides> {
        if a.slop > 0.0 {
            return None;
        }
        let opposite = |b: &Lin| {
            a.constant == -b.constant
                && a.terms.len() == b.terms.len()
                && a.terms.iter().zip(&b.terms).all(|(x, y)| x.0 == y.0 && x.1 == -y.1)
        };
        for k in self.by_hash.get(&Self::hash(a))? {
            let (positive, sides) = &self.made[*k];
            let Some(Recipe::Clamp(b, ..)) = recipes.get(positive.index()) else { continue };
            if a.constant == b.constant && a.terms == b.terms {
                return Some(sides.clone());
            }
            if opposite(b) {
                let Sides { positive, negative } = sides.clone();
                return Some(Sides { positive: negative, negative: positive });
            }
        }
        None
    }

    fn keep(&mut self, a: &Lin, sides: &Sides) {
        if a.slop == 0.0
            && let Some((positive, _)) = sides.positive.single()
        {
            self.by_hash.entry(Self::hash(a)).or_default().push(self.made.len());
            self.made.push((positive, sides.clone()));
        }
    }
}

/// Where a split stands: the roles of its columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub at: At,
    /// Role of the positive side.
    pub positive: Role,
    /// First number of its switches and parts at the element.
    pub base: usize,
    /// What is known of the positive side besides.
    pub most: f64,
}

impl Encoder<'_> {
    /// `max(a, 0)`. *Exact*.
    pub fn relu(&mut self, a: &Lin, at: At) -> Result<Lin, VerifyError> {
        let most = self.bounds[at.node][at.element].hi;
        Ok(self.split(a, Spot { at, positive: at.value(), base: 0, most })?.positive)
    }

    fn sides(&mut self, a: &Lin, at: At) -> Result<Sides, VerifyError> {
        let positive = at.role(Family::NodePart, 1);
        self.split(a, Spot { at, positive, base: 0, most: f64::INFINITY })
    }

    /// `a` where `a >= 0`, else `slope a`, as `p - slope n`. *Exact* for any slope.
    pub fn leaky(&mut self, a: &Lin, slope: f64, at: At) -> Result<Lin, VerifyError> {
        let sides = self.sides(a, at)?;
        let parts =
            [(Interval::point(1.0), &sides.positive), (Interval::point(-slope), &sides.negative)];
        Ok(self.b.combine(&parts, 0.0))
    }

    /// `|a| = p + n`. *Exact*.
    pub fn absolute(&mut self, a: &Lin, at: At) -> Result<Lin, VerifyError> {
        let sides = self.sides(a, at)?;
        Ok(self.b.add(&sides.positive, &sides.negative))
    }

    /// Both sides of `a`. *Exact*: the projection on the columns of `a` and on `p` is the graph of
    /// the function; with a slop, that of some function within it.
    pub fn split(&mut self, a: &Lin, spot: Spot) -> Result<Sides, VerifyError> {
        let Interval { lo, hi } = a.range;
        let hi = hi.min(spot.most);
        let zero = Lin::exact(0.0);
        if lo >= 0.0 {
            return Ok(Sides { positive: a.clone(), negative: zero });
        }
        if hi <= 0.0 {
            return Ok(Sides { positive: zero, negative: self.b.scale(-1.0, a) });
        }
        self.finite(Interval { lo, hi }, spot.at)?;
        if let Some(sides) = self.twins.find(a, &self.b.recipes) {
            return Ok(sides);
        }
        let range = Interval::new(lo, hi);
        let sides = match self.options.split {
            Split::BigM => self.with_binary(a, range, spot, false),
            Split::Indicator => self.with_binary(a, range, spot, true),
            Split::Sos1 => self.without_binary(a, range, spot, true),
            Split::Complementarity => self.without_binary(a, range, spot, false),
            Split::Partition { parts } => self.partition(a, range, spot, parts),
        };
        self.twins.keep(a, &sides);
        Ok(sides)
    }

    /// The positive side's column.
    pub fn positive(&mut self, a: &Lin, hi: f64, spot: Spot) -> (Lin, VarId) {
        let recipe = Recipe::Clamp(Lin { slop: 0.0, ..a.clone() }, 0.0, hi);
        let p = self.b.variable(VarKind::Continuous, Interval::new(0.0, hi), spot.positive, recipe);
        let id = VarId(self.b.model.var_count() as u32 - 1);
        (p, id)
    }

    /// The switch of a positive side: 1 where it is positive.
    pub fn switch(&mut self, p: &Lin, spot: Spot) -> (Lin, VarId) {
        let role = spot.at.role(Family::NodeSwitch, spot.base);
        let recipe = Recipe::Above { quantity: p.clone(), threshold: 0.0, at: false };
        let d = self.b.binary(role, recipe);
        (d, VarId(self.b.model.var_count() as u32 - 1))
    }

    /// The negative side's column, up to `above` its greatest value and `above` below zero.
    fn negative(&mut self, p: VarId, lo: f64, above: f64, spot: Spot) -> (Lin, VarId) {
        let bounds = Interval { lo: 0.0 - above, hi: add_up(-lo, above) };
        let role = spot.at.role(Family::NodePart, spot.base);
        let id = self.b.model.add_var(VarKind::Continuous, bounds.lo, bounds.hi, role);
        self.b.recipes.push(Recipe::NegativeOf { of: p.index(), high: bounds.hi });
        (Lin { range: Interval::new(0.0, -lo), ..self.b.variable_lin(id) }, id)
    }

    /// The row `a = p - n` about the expression.
    fn parts_row(&mut self, a: &Lin, p: VarId, n: VarId, spot: Spot) {
        let mut terms = a.terms.clone();
        terms.extend([(p, -1.0), (n, 1.0)]);
        let origin = spot.at.origin(Rule::NodeSplit);
        self.b.model.add_row(&terms, Sense::Eq, 0.0 - a.constant, origin);
    }

    /// Big-M or indicator. The slop of `a` is put into the range of `n = p - a`.
    fn with_binary(&mut self, a: &Lin, range: Interval, spot: Spot, guarded: bool) -> Sides {
        let Interval { lo, hi } = range;
        let origin = spot.at.origin(Rule::NodeCase);
        let (p, p_id) = self.positive(a, hi, spot);
        let n = if a.terms.len() <= 1 {
            let n = self.b.sub(&p, a).within(Interval::new(0.0, -lo));
            self.b.require(&[(1.0, &n)], Sense::Ge, 0.0, origin);
            n
        } else {
            let (n, n_id) = self.negative(p_id, lo, a.slop, spot);
            self.parts_row(a, p_id, n_id, spot);
            Lin { slop: a.slop, ..n }
        };
        let (d, d_id) = self.switch(&p, spot);
        if guarded {
            let off = Guard { var: d_id, value: false };
            self.b.model.add_guarded_row(off, &[(p_id, 1.0)], Sense::Le, 0.0, origin);
            self.guard((d_id, true), &n, 0.0, origin);
        } else {
            self.b.require(&[(1.0, &p), (-hi, &d)], Sense::Le, 0.0, origin);
            self.b.require(&[(1.0, &n), (-lo, &d)], Sense::Le, -lo, origin);
        }
        self.neurons.push(Neuron { output: p_id, switch: d_id, slop: a.slop, at: spot.at.place() });
        Sides { positive: p, negative: n }
    }

    /// Special ordered set, or `p n <= 0`. A slop relaxes the row `a = p - n` on both sides.
    fn without_binary(&mut self, a: &Lin, range: Interval, spot: Spot, set: bool) -> Sides {
        let (p, p_id) = self.positive(a, range.hi, spot);
        let (n, n_id) = self.negative(p_id, range.lo, 0.0, spot);
        if a.slop == 0.0 {
            self.parts_row(a, p_id, n_id, spot);
        } else {
            let parts = [(1.0, a), (-1.0, &p), (1.0, &n)];
            let origin = spot.at.origin(Rule::NodeSplit);
            self.b.require(&parts, Sense::Le, 0.0, origin);
            self.b.require(&parts, Sense::Ge, 0.0, origin);
        }
        let origin = spot.at.origin(Rule::NodeCase);
        if set {
            self.b.model.sos1.push(Sos1 { members: vec![(p_id, 1.0), (n_id, 2.0)], origin });
        } else {
            let product = [QuadTerm { i: p_id, j: n_id, coefficient: 1.0 }];
            self.b.model.add_quad_row(&[], &product, Sense::Le, 0.0, origin);
        }
        Sides { positive: p, negative: n }
    }
}
