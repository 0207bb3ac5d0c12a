//! Formulas: sides are brought together, negations pushed to the atoms, names turned into numbers.

use std::collections::BTreeMap;

use dashu::rational::RBig;

use super::number;
use super::{Context, Sizes};
use crate::bounds::Interval;
use crate::front::spec::ast::{Comparison, Element, Formula as Written, Sum};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::Span;
use crate::question::verify::{Atom, Formula, Relation, Variable};

/// A sum as numbers: coefficients and the constant.
#[derive(Default)]
struct Linear {
    terms: BTreeMap<Variable, RBig>,
    constant: RBig,
}

/// The formula that is written at `span`; none if it names what the network does not have.
pub(super) fn resolve(
    written: &Written,
    span: Span,
    sizes: Sizes,
    cx: &mut Context<'_>,
) -> Option<Formula> {
    Resolver { sizes, span, line: cx.line(span), cx }.formula(written, true)
}

struct Resolver<'c, 'a> {
    sizes: Sizes,
    span: Span,
    line: u32,
    cx: &'c mut Context<'a>,
}

impl Resolver<'_, '_> {
    /// The formula, or its negation if it is not to hold.
    fn formula(&mut self, written: &Written, holds: bool) -> Option<Formula> {
        match written {
            Written::Not(inner) => self.formula(inner, !holds),
            Written::All(parts) | Written::Any(parts) => {
                let found: Vec<_> = parts.iter().map(|p| self.formula(p, holds)).collect();
                let found: Vec<Formula> = found.into_iter().collect::<Option<_>>()?;
                let every = matches!(written, Written::All(_)) == holds;
                Some(if every { Formula::All(found) } else { Formula::Any(found) })
            }
            Written::Compare(first, rest) => {
                let mut left = self.sum(first)?;
                let mut atoms = Vec::with_capacity(rest.len());
                for (comparison, sum) in rest {
                    let right = self.sum(sum)?;
                    self.compare(&left, *comparison, &right, holds, &mut atoms)?;
                    left = right;
                }
                let mut parts: Vec<Formula> = atoms.into_iter().map(Formula::Atom).collect();
                match (parts.len(), holds) {
                    (1, _) => parts.pop(),
                    (_, true) => Some(Formula::All(parts)),
                    (_, false) => Some(Formula::Any(parts)),
                }
            }
        }
    }

    /// Adds the atoms of a comparison, or those of which one holds where it does not.
    fn compare(
        &mut self,
        left: &Linear,
        comparison: Comparison,
        right: &Linear,
        holds: bool,
        atoms: &mut Vec<Atom>,
    ) -> Option<()> {
        let (small, large) = if comparison.exchanged { (right, left) } else { (left, right) };
        let (up, down) = ((small, large), (large, small));
        let wanted: &[_] = match (comparison.relation, holds) {
            (relation, true) => &[(up, relation)],
            (Relation::AtMost, false) => &[(down, Relation::Below)],
            (Relation::Below, false) => &[(down, Relation::AtMost)],
            (Relation::Equal, false) => &[(up, Relation::Below), (down, Relation::Below)],
        };
        for ((small, large), relation) in wanted {
            let mut terms = small.terms.clone();
            for (variable, factor) in &large.terms {
                let sum = terms.entry(*variable).or_insert(RBig::ZERO);
                *sum = &*sum - factor;
            }
            terms.retain(|_, factor| *factor != RBig::ZERO);
            let constant = self.enclosed(&(&large.constant - &small.constant))?;
            let mut enclosed = Vec::with_capacity(terms.len());
            for (variable, factor) in &terms {
                enclosed.push((*variable, self.enclosed(factor)?));
            }
            atoms.push(Atom { terms: enclosed, relation: *relation, constant, line: self.line });
        }
        Some(())
    }

    fn enclosed(&mut self, real: &RBig) -> Option<Interval> {
        number::enclosed(real, self.span, self.cx)
    }

    fn sum(&mut self, sum: &Sum) -> Option<Linear> {
        let mut linear = Linear::default();
        for part in &sum.parts {
            let factor = match &part.node.factor {
                Some(factor) => number::value(factor, self.cx)?,
                None => RBig::ONE,
            };
            let factor = if part.node.negative { -factor } else { factor };
            match part.node.element {
                None => linear.constant += factor,
                Some(element) => {
                    let variable = self.variable(element, part.span)?;
                    *linear.terms.entry(variable).or_insert(RBig::ZERO) += factor;
                }
            }
        }
        Some(linear)
    }

    fn variable(&mut self, element: Element, span: Span) -> Option<Variable> {
        let Element { output, index } = element;
        let count = if output { self.sizes.outputs } else { self.sizes.inputs };
        if index >= count {
            self.cx.error(outside(output, index, count, span));
            return None;
        }
        let index = u32::try_from(index).ok()?;
        Some(if output { Variable::Output(index) } else { Variable::Input(index) })
    }
}

/// The error for an element that the network does not have.
pub(super) fn outside(output: bool, index: usize, count: usize, span: Span) -> Diagnostic {
    let (letter, words) = if output { ("y", "output") } else { ("x", "input") };
    let message = format!("the network has no {words} {letter}[{index}]");
    let last = count.saturating_sub(1);
    let help = match count {
        1 => format!("its one {words} is {letter}[0]"),
        _ => {
            format!("its {words}s are {letter}[0] to {letter}[{last}], counted in row-major order")
        }
    };
    Diagnostic::new(Code::NoElement, message, span).label("no such element").help(help)
}
