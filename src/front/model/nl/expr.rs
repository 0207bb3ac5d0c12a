//! Expressions in prefix form, checked but not yet understood.

use super::super::error::{Outcome, Problem};
use super::scan::Scan;

/// An item of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Node {
    Number(f64),
    /// A column, or a common expression behind the columns.
    Variable(usize),
    Sum(usize),
    Minus,
    Times,
    Divide,
    Power,
    Negate,
    Exp,
    Log,
}

impl Node {
    /// Number of operands.
    pub fn arity(self) -> usize {
        match self {
            Node::Number(_) | Node::Variable(_) => 0,
            Node::Sum(n) => n,
            Node::Minus | Node::Times | Node::Divide | Node::Power => 2,
            Node::Negate | Node::Exp | Node::Log => 1,
        }
    }
}

/// Reads one expression; `known` columns and common expressions exist.
pub(super) fn read_expr(scan: &mut Scan<'_>, known: usize) -> Outcome<Vec<Node>> {
    let mut out = Vec::new();
    let mut open = 1_usize;
    while open > 0 {
        let node = read_node(scan, known)?;
        open = open - 1 + node.arity();
        out.push(node);
    }
    Ok(out)
}

fn read_node(scan: &mut Scan<'_>, known: usize) -> Outcome<Node> {
    let Some(letter) = scan.letter() else {
        return Err(scan.fail(Problem::CutOff("the end of an expression")));
    };
    Ok(match letter {
        b'n' => Node::Number(scan.number()?),
        b's' if scan.binary => Node::Number(scan.short()? as f64),
        b'l' | b's' => Node::Number(scan.integer()? as f64),
        b'v' => Node::Variable(scan.index(known, "a column")?),
        b'o' => match scan.index(100, "an operator")? {
            0 => Node::Sum(2),
            1 => Node::Minus,
            2 => Node::Times,
            3 => Node::Divide,
            5 => Node::Power,
            16 => Node::Negate,
            43 => Node::Log,
            44 => Node::Exp,
            54 => Node::Sum(scan.index(1 << 30, "the length of a sum")?),
            other => {
                return Err(scan.fail(Problem::unsupported(
                    format!("the operator o{other}"),
                    "write it with sums, products, quotients, whole powers, exp and log",
                )));
            }
        },
        other => {
            let found = format!("`{}`", char::from(other).escape_default());
            return Err(scan.fail(Problem::expected("an expression", found)));
        }
    })
}
