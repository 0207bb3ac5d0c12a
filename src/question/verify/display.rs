//! Formulas as text: exactly, in the words of VNN-LIB, where an enclosure is written `[lower,upper]`;
//! and for people, as `Y_0 + 2 Y_1 <= 0.35`.

use std::fmt::{Display, Formatter, Result};

use super::{Atom, Formula, Relation, Variable};
use crate::bounds::Interval;
use crate::front::printable::{counted, number};

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

/// An enclosure for people: the decimal that was written, where two neighbouring doubles enclose it.
#[must_use]
pub fn decimal(v: Interval) -> String {
    let (lo, hi) = (number(v.lo), number(v.hi));
    if v.is_point() || v.lo.next_up() >= v.hi {
        return if hi.len() < lo.len() { hi } else { lo };
    }
    format!("[{lo}, {hi}]")
}

/// Whether a coefficient or constant is below zero as a whole.
fn negative(c: Interval) -> bool {
    c.hi < 0.0
}

fn negated(c: Interval) -> Interval {
    // Zero has no sign here.
    Interval { lo: 0.0 - c.hi, hi: 0.0 - c.lo }
}

/// `Y_0 + 2 Y_1 - Y_2` of terms that are not all negative; `0` of none.
fn sum(terms: &[(Variable, Interval)]) -> String {
    let mut out = String::new();
    for (k, (v, c)) in terms.iter().enumerate() {
        let (sign, size) = if negative(*c) { ("-", negated(*c)) } else { ("+", *c) };
        match (k, sign) {
            (0, "-") => out.push('-'),
            (0, _) => {}
            (_, sign) => out.push_str(&format!(" {sign} ")),
        }
        if size != Interval::point(1.0) {
            out.push_str(&decimal(size));
            out.push(' ');
        }
        out.push_str(&v.to_string());
    }
    if out.is_empty() { "0".to_owned() } else { out }
}

impl Atom {
    /// The comparison for people: `Y_0 <= Y_1`, `Y_0 >= 0.35`.
    #[must_use]
    pub fn words(&self) -> String {
        let (less, more) = match self.relation {
            Relation::AtMost => ("<=", ">="),
            Relation::Below => ("<", ">"),
            Relation::Equal => ("=", "="),
        };
        let all: Vec<(Variable, Interval)> = self.terms.clone();
        let (below, above): (Vec<_>, Vec<_>) = all.iter().copied().partition(|t| negative(t.1));
        let turned = |list: &[(Variable, Interval)]| {
            list.iter().map(|(v, c)| (*v, negated(*c))).collect::<Vec<_>>()
        };
        if above.is_empty() && !below.is_empty() {
            return format!("{} {more} {}", sum(&turned(&below)), decimal(negated(self.constant)));
        }
        if self.constant == Interval::ZERO && !below.is_empty() {
            return format!("{} {less} {}", sum(&above), sum(&turned(&below)));
        }
        // What begins with a plus reads better.
        let mut terms = all;
        if let Some(first) = terms.iter().position(|t| !negative(t.1)) {
            terms[..=first].rotate_right(1);
        }
        format!("{} {less} {}", sum(&terms), decimal(self.constant))
    }
}

impl Formula {
    /// The formula for people, in about `room` characters: of a long conjunction or disjunction the
    /// first members, and how many more there are.
    #[must_use]
    pub fn words(&self, room: usize) -> String {
        let (word, parts) = match self {
            Formula::Atom(atom) => return cut(atom.words(), atom.terms.len(), room),
            Formula::All(parts) if parts.is_empty() => return "true".to_owned(),
            Formula::Any(parts) if parts.is_empty() => return "false".to_owned(),
            Formula::All(parts) => ("and", parts),
            Formula::Any(parts) => ("or", parts),
        };
        let mut out = String::new();
        for (k, part) in parts.iter().enumerate() {
            let text = match part {
                Formula::Atom(_) => part.words(room),
                Formula::All(_) | Formula::Any(_) => format!("({})", part.words(room)),
            };
            if k > 0 && out.len() + text.len() > room {
                let left = parts.len() - k;
                out.push_str(&format!(" {word} {}", counted(left, "more condition")));
                break;
            }
            if k > 0 {
                out.push_str(&format!(" {word} "));
            }
            out.push_str(&text);
        }
        out
    }
}

/// A comparison of very many terms, its middle left out.
fn cut(text: String, terms: usize, room: usize) -> String {
    if text.len() <= room {
        return text;
    }
    // Text of numbers and names is ASCII; between two blanks nothing is torn.
    let head = text.get(..room / 2).and_then(|h| h.rfind(' ')).unwrap_or(0);
    let tail = text.len() - room / 4;
    let tail = text.get(tail..).and_then(|t| t.find(' ')).map_or(text.len(), |k| tail + k);
    let (head, tail) = (text.get(..head), text.get(tail..));
    format!("{} ...{} ({})", head.unwrap_or(""), tail.unwrap_or(""), counted(terms, "term"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::decimal::enclose;

    fn atom(terms: &[(u32, &str)], relation: Relation, constant: &str) -> Atom {
        let real = |text: &str| enclose(text).unwrap();
        let terms = terms.iter().map(|(j, c)| (Variable::Output(*j), real(c))).collect();
        Atom { terms, relation, constant: real(constant), line: 0 }
    }

    #[test]
    fn comparisons_are_told_as_they_were_written() {
        use Relation::{AtMost, Below, Equal};
        let told =
            |terms: &[(u32, &str)], relation, constant| atom(terms, relation, constant).words();
        assert_eq!(told(&[(0, "1")], AtMost, "-0.35"), "Y_0 <= -0.35");
        assert_eq!(told(&[(0, "-1")], AtMost, "-3.991125645861615"), "Y_0 >= 3.991125645861615");
        assert_eq!(told(&[(0, "-1"), (1, "1")], Below, "0"), "Y_1 < Y_0");
        assert_eq!(told(&[(0, "-0.1"), (1, "-1")], AtMost, "0"), "0.1 Y_0 + Y_1 >= 0");
        assert_eq!(told(&[(0, "-1"), (2, "2")], Equal, "0.3"), "2 Y_2 - Y_0 = 0.3");
        assert_eq!(told(&[], AtMost, "-1"), "0 <= -1");
        // No decimal is known to be meant by a wide enclosure.
        let wide = Atom { constant: Interval::new(0.5, 1.0), ..atom(&[(0, "1")], AtMost, "0") };
        assert_eq!(wide.words(), "Y_0 <= [0.5, 1]");
    }

    #[test]
    fn long_formulas_are_cut_between_conditions() {
        let one = |j: u32| Formula::Atom(atom(&[(j, "1")], Relation::AtMost, "0.1"));
        let all = Formula::All((0..9).map(one).collect());
        assert_eq!(
            all.words(60),
            "Y_0 <= 0.1 and Y_1 <= 0.1 and Y_2 <= 0.1 and Y_3 <= 0.1 and 5 more conditions"
        );
        let any = Formula::Any(vec![one(0), Formula::All(vec![one(1), one(2)])]);
        assert_eq!(any.words(60), "Y_0 <= 0.1 or (Y_1 <= 0.1 and Y_2 <= 0.1)");
        assert_eq!(Formula::TRUE.words(9), "true");
        let terms: Vec<(u32, &str)> = (0..50).map(|j| (j, "0.5")).collect();
        let long = Formula::Atom(atom(&terms, Relation::AtMost, "7")).words(60);
        assert_eq!(long, "0.5 Y_0 + 0.5 Y_1 + 0.5 Y_2 + ... 0.5 Y_49 <= 7 (50 terms)");
    }
}
