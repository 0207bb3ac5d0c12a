//! Products of two quantities: exact linearisation where a factor is binary, bilinear otherwise.

use super::builder::Builder;
use super::lin::Lin;
use super::recipe::Recipe;
use crate::bounds::Interval;
use crate::bounds::interval::add_up;
use crate::ir::{Family, QuadTerm, Rule, Sense, VarId, VarKind};

/// Factors with more binaries than this are given a column before they are multiplied.
const MOST_BINARIES: usize = 8;

impl Builder<'_> {
    /// `a * b`. *Exact*: same projection on the variables of `a` and `b`.
    pub fn mul(&mut self, a: &Lin, b: &Lin) -> Lin {
        if a.is_zero() || b.is_zero() {
            return Lin::exact(0.0);
        }
        let range = a.range * b.range;
        let product = if a.is_constant() {
            self.scaled(a, b)
        } else if b.is_constant() {
            self.scaled(b, a)
        } else if self.is_binary_combination(a) {
            self.distribute(a, b)
        } else if self.is_binary_combination(b) {
            self.distribute(b, a)
        } else {
            self.bilinear(a, b)
        };
        product.within(range)
    }

    /// A constant quantity times another; the constant's slop is part of the coefficient.
    fn scaled(&self, constant: &Lin, other: &Lin) -> Lin {
        let c = Interval::point(constant.constant).widen(constant.slop);
        self.combine(&[(c, other)], 0.0)
    }

    fn is_binary_combination(&self, l: &Lin) -> bool {
        l.terms.len() <= MOST_BINARIES
            && l.terms.iter().all(|t| self.model.vars.get(t.0).kind == VarKind::Binary)
    }

    /// `(c + sum a_k z_k) * other` with binaries `z_k`.
    fn distribute(&mut self, binaries: &Lin, other: &Lin) -> Lin {
        let other = if other.terms.len() > 2 { self.define_counted(other) } else { other.clone() };
        let mut parts: Vec<(Interval, Lin)> =
            vec![(Interval::point(binaries.constant).widen(binaries.slop), other.clone())];
        for &(z, a) in &binaries.terms {
            parts.push((Interval::point(a), self.binary_times(z, &other)));
        }
        let borrowed: Vec<_> = parts.iter().map(|(c, l)| (*c, l)).collect();
        self.combine(&borrowed, 0.0)
    }

    /// Gives a quantity a counted column.
    pub fn define_counted(&mut self, l: &Lin) -> Lin {
        let place = self.count();
        self.define(l, Family::Quantity.at(place), Rule::Define)
    }

    /// `z * q` for a binary variable `z` (papers 1.3):
    /// `L z <= xi <= U z`, `q - U (1 - z) <= xi <= q - L (1 - z)`.
    fn binary_times(&mut self, z: VarId, q: &Lin) -> Lin {
        let z_lin = self.variable_lin(z);
        if let Some((v, a)) = q.single() {
            // z (c + a v) = c z + a (z v), and z v is shared by all who need it.
            let shared = self.shared_binary_product(z, v);
            let constant = Interval::point(q.constant);
            let product = self.combine(&[(constant, &z_lin), (Interval::point(a), &shared)], 0.0);
            // The true q differs from its expression by up to q.slop, and z is 0 or 1.
            return Lin { slop: add_up(product.slop, q.slop), ..product }
                .within(q.range.hull(Interval::ZERO));
        }
        self.gate(&z_lin, q)
    }

    fn shared_binary_product(&mut self, z: VarId, v: VarId) -> Lin {
        if z == v {
            return self.variable_lin(z);
        }
        let key = (z.min(v), z.max(v));
        if let Some(p) = self.products.get(&key) {
            return p.clone();
        }
        let (zl, vl) = (self.variable_lin(z), self.variable_lin(v));
        let p = if self.model.vars.get(v).kind == VarKind::Binary {
            self.and(&zl, &vl)
        } else {
            self.gate(&zl, &vl)
        };
        self.products.insert(key, p.clone());
        p
    }

    /// `z * q` by four rows, for a 0/1 quantity `z` and a bounded quantity `q`.
    fn gate(&mut self, z: &Lin, q: &Lin) -> Lin {
        let place = self.count();
        let (l, u) = (q.range.lo, q.range.hi);
        let bounds = q.range.hull(Interval::ZERO);
        let recipe = Recipe::Product(z.clone(), q.clone());
        let role = Family::Product.at(place);
        let xi = self.variable(VarKind::Continuous, bounds, role, recipe);
        let origin = Rule::BinaryProduct.at(place);
        self.require(&[(1.0, &xi), (-l, z)], Sense::Ge, 0.0, origin);
        self.require(&[(1.0, &xi), (-u, z)], Sense::Le, 0.0, origin);
        self.require(&[(1.0, &xi), (-1.0, q), (-u, z)], Sense::Ge, -u, origin);
        self.require(&[(1.0, &xi), (-1.0, q), (-l, z)], Sense::Le, -l, origin);
        xi
    }

    /// `z r` for two binaries: `a <= z, a <= r, a >= z + r - 1`; the product need not be integer.
    pub fn and(&mut self, z: &Lin, r: &Lin) -> Lin {
        let place = self.count();
        let recipe = Recipe::Product(z.clone(), r.clone());
        let a =
            self.variable(VarKind::Continuous, Interval::UNIT, Family::Product.at(place), recipe);
        let origin = Rule::BinaryProduct.at(place);
        self.row(&[(1.0, &a), (-1.0, z)], Sense::Le, 0.0, origin);
        self.row(&[(1.0, &a), (-1.0, r)], Sense::Le, 0.0, origin);
        self.row(&[(1.0, &a), (-1.0, z), (-1.0, r)], Sense::Ge, -1.0, origin);
        a
    }

    /// A genuine product of two continuous quantities: a column and a quadratic equation.
    fn bilinear(&mut self, a: &Lin, b: &Lin) -> Lin {
        let a = if a.terms.len() > 1 { self.define_counted(a) } else { a.clone() };
        let b = if b.terms.len() > 1 { self.define_counted(b) } else { b.clone() };
        let (Some((x, p)), Some((y, q))) = (a.single(), b.single()) else {
            // A definition of a constant stays a constant; `mul` has handled those.
            return self.combine(&[(Interval::point(a.constant), &b)], 0.0);
        };
        // (a0 + p x)(b0 + q y) = a0 b + b0 p x + p q x y
        let xy = self.shared_product(x, y);
        let pq = Interval::point(p) * Interval::point(q);
        let b0p = Interval::point(b.constant) * Interval::point(p);
        let x_lin = self.variable_lin(x);
        let b_exact = Lin { slop: 0.0, ..b.clone() };
        let sum =
            self.combine(&[(Interval::point(a.constant), &b_exact), (b0p, &x_lin), (pq, &xy)], 0.0);
        // |a b - expr_a expr_b| <= |a| slop_b + |b| slop_a + slop_a slop_b
        let cross = (Interval::point(a.slop) * Interval::point(b.range.magnitude())
            + Interval::point(b.slop) * Interval::point(a.range.magnitude())
            + Interval::point(a.slop) * Interval::point(b.slop))
        .hi;
        Lin { slop: (Interval::point(sum.slop) + Interval::point(cross)).hi, ..sum }
            .within(a.range * b.range)
    }

    fn shared_product(&mut self, x: VarId, y: VarId) -> Lin {
        let key = (x.min(y), x.max(y));
        if let Some(p) = self.products.get(&key) {
            return p.clone();
        }
        let place = self.count();
        let range = if x == y { self.bounds(x).square() } else { self.bounds(x) * self.bounds(y) };
        let (xl, yl) = (self.variable_lin(x), self.variable_lin(y));
        let role = Family::Product.at(place);
        let recipe = Recipe::Product(xl.clone(), yl.clone());
        let product = self.variable(VarKind::Continuous, range, role, recipe);
        let quad = [QuadTerm { i: x, j: y, coefficient: -1.0 }];
        self.quad_row(&product, &quad, Sense::Eq, 0.0, Rule::Bilinear.at(place));
        self.switch_off(&product, x, y);
        self.switch_off(&product, y, x);
        self.products.insert(key, product.clone());
        product
    }

    /// `|w e| <= max|w e| * s` for a deviation `e` that needs a touched sample (papers 1.5 C).
    fn switch_off(&mut self, product: &Lin, deviation: VarId, factor: VarId) {
        if !self.switch_off_rows {
            return;
        }
        let Some(owner) = self.owners.get(&deviation).cloned() else { return };
        let range = self.bounds(deviation) * self.bounds(factor);
        let place = self.count();
        let origin = Rule::Cut.at(place);
        self.require(&[(1.0, product), (-range.hi.max(0.0), &owner)], Sense::Le, 0.0, origin);
        self.require(&[(1.0, product), (-range.lo.min(0.0), &owner)], Sense::Ge, 0.0, origin);
    }

    /// A variable as an expression, enclosed by its bounds.
    #[must_use]
    pub fn variable_lin(&self, v: VarId) -> Lin {
        Lin { terms: vec![(v, 1.0)], constant: 0.0, range: self.bounds(v), slop: 0.0 }
    }
}
