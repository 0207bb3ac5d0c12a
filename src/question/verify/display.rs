//! Formulas as text, in the words of VNN-LIB; an enclosure is written `[lower,upper]`.

use std::fmt::{Display, Formatter, Result};

use super::{Atom, Formula, Relation, Variable};
use crate::bounds::Interval;
use crate::front::printable::number;

impl Display for Variable {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Variable::Input(i) => write!(f, "X_{i}"),
            Variable::Output(j) => write!(f, "Y_{j}"),
        }
    }
}

fn constant(f: &mut Formatter<'_>, c: Interval) -> Result {
    match c.is_point() {
        true => f.write_str(&number(c.lo)),
        false => write!(f, "[{},{}]", number(c.lo), number(c.hi)),
    }
}

fn term(f: &mut Formatter<'_>, v: Variable, c: Interval) -> Result {
    if c == Interval::point(1.0) {
        return write!(f, "{v}");
    }
    f.write_str("(* ")?;
    constant(f, c)?;
    write!(f, " {v})")
}

impl Display for Atom {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self.relation {
            Relation::AtMost => "(<= ",
            Relation::Below => "(< ",
            Relation::Equal => "(= ",
        })?;
        match self.terms.as_slice() {
            [] => f.write_str("0")?,
            [(v, c)] => term(f, *v, *c)?,
            terms => {
                f.write_str("(+")?;
                for (v, c) in terms {
                    f.write_str(" ")?;
                    term(f, *v, *c)?;
                }
                f.write_str(")")?;
            }
        }
        f.write_str(" ")?;
        constant(f, self.constant)?;
        f.write_str(")")
    }
}

impl Display for Formula {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (word, parts) = match self {
            Formula::Atom(atom) => return write!(f, "{atom}"),
            Formula::All(parts) if parts.is_empty() => return f.write_str("true"),
            Formula::Any(parts) if parts.is_empty() => return f.write_str("false"),
            Formula::All(parts) => ("and", parts),
            Formula::Any(parts) => ("or", parts),
        };
        write!(f, "({word}")?;
        for part in parts {
            write!(f, " {part}")?;
        }
        f.write_str(")")
    }
}
