//! Formulas without what decides itself.

use super::{Atom, Formula, Truth};
use crate::bounds::Interval;

impl Formula {
    /// True.
    pub const TRUE: Formula = Formula::All(Vec::new());
    /// False.
    pub const FALSE: Formula = Formula::Any(Vec::new());

    /// An equivalent formula without atoms that have no variable (as far as their constants decide
    /// them), without a part that is always true or false, without conjunctions directly in
    /// conjunctions or disjunctions in disjunctions, and without those of one part.
    #[must_use]
    pub fn simplified(self) -> Formula {
        match self {
            Formula::Atom(atom) => match atom.by_constant() {
                Truth::Yes => Formula::TRUE,
                Truth::No => Formula::FALSE,
                Truth::Perhaps => Formula::Atom(atom),
            },
            Formula::All(parts) => {
                let mut out = Vec::with_capacity(parts.len());
                for part in parts {
                    match part.simplified() {
                        Formula::All(inner) => out.extend(inner),
                        part if part == Formula::FALSE => return Formula::FALSE,
                        part => out.push(part),
                    }
                }
                single(out).unwrap_or_else(Formula::All)
            }
            Formula::Any(parts) => {
                let mut out = Vec::with_capacity(parts.len());
                for part in parts {
                    match part.simplified() {
                        Formula::Any(inner) => out.extend(inner),
                        part if part == Formula::TRUE => return Formula::TRUE,
                        part => out.push(part),
                    }
                }
                single(out).unwrap_or_else(Formula::Any)
            }
        }
    }

    /// Every atom, in the order of the text.
    pub fn atoms(&self) -> Atoms<'_> {
        Atoms { stack: vec![std::slice::from_ref(self)] }
    }
}

fn single(mut parts: Vec<Formula>) -> Result<Formula, Vec<Formula>> {
    match parts.pop() {
        Some(only) if parts.is_empty() => Ok(only),
        Some(last) => {
            parts.push(last);
            Err(parts)
        }
        None => Err(parts),
    }
}

impl Atom {
    /// What the constants say of an atom without variables.
    fn by_constant(&self) -> Truth {
        if self.terms.is_empty() { self.truth(|_| Interval::ZERO) } else { Truth::Perhaps }
    }
}

/// Iterator over [`Formula::atoms`].
pub struct Atoms<'a> {
    stack: Vec<&'a [Formula]>,
}

impl<'a> Iterator for Atoms<'a> {
    type Item = &'a Atom;

    fn next(&mut self) -> Option<&'a Atom> {
        loop {
            let (first, rest) = match self.stack.pop()? {
                [] => continue,
                [first, rest @ ..] => (first, rest),
            };
            self.stack.push(rest);
            match first {
                Formula::Atom(atom) => return Some(atom),
                Formula::All(parts) | Formula::Any(parts) => self.stack.push(parts),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::verify::{Relation, Variable};

    fn constant(relation: Relation, lo: f64, hi: f64) -> Formula {
        Formula::Atom(Atom {
            terms: Vec::new(),
            relation,
            constant: Interval::new(lo, hi),
            line: 0,
        })
    }

    fn output(j: u32) -> Formula {
        Formula::Atom(Atom {
            terms: vec![(Variable::Output(j), Interval::point(1.0))],
            relation: Relation::AtMost,
            constant: Interval::ZERO,
            line: j,
        })
    }

    #[test]
    fn constants_and_nesting_go() {
        let yes = || constant(Relation::AtMost, 0.0, 0.0);
        let no = || constant(Relation::Below, 0.0, 0.0);
        let open = || constant(Relation::Below, -1.0, 1.0);
        assert_eq!(yes().simplified(), Formula::TRUE);
        assert_eq!(no().simplified(), Formula::FALSE);
        assert_eq!(open().simplified(), open());
        let nested = Formula::All(vec![
            yes(),
            Formula::All(vec![output(0), Formula::Any(vec![Formula::All(vec![output(1)]), no()])]),
            Formula::Any(vec![output(2), Formula::Any(vec![output(3), Formula::All(vec![])])]),
            Formula::Any(vec![output(4), Formula::Any(vec![output(5), open()])]),
        ]);
        let lines: Vec<u32> = nested.atoms().map(|a| a.line).collect();
        assert_eq!(lines, [0, 0, 1, 0, 2, 3, 4, 5, 0]);
        let expected = Formula::All(vec![
            output(0),
            output(1),
            Formula::Any(vec![output(4), output(5), open()]),
        ]);
        assert_eq!(nested.simplified(), expected);
        assert_eq!(Formula::All(vec![output(0), no()]).simplified(), Formula::FALSE);
        assert_eq!(Formula::Any(vec![no(), Formula::Any(vec![])]).simplified(), Formula::FALSE);
    }
}
