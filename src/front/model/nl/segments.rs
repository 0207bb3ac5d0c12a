//! The segments behind the header.

use super::super::error::{Outcome, Problem};
use super::expr::{Node, read_expr};
use super::header::Header;
use super::scan::Scan;
use super::suffixes::Suffixes;
use crate::ir::VarId;

/// Bounds of a row or column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Limits {
    Both(f64, f64),
    /// An upper bound alone.
    Below(f64),
    /// A lower bound alone.
    Above(f64),
    Free,
    Equal(f64),
}

/// A row.
#[derive(Default)]
pub(super) struct Row {
    /// Nonlinear part in prefix form.
    pub body: Option<Vec<Node>>,
    pub linear: Vec<(VarId, f64)>,
    pub limits: Option<Limits>,
}

/// The objective.
pub(super) struct Goal {
    pub maximise: bool,
    pub body: Vec<Node>,
    pub linear: Vec<(VarId, f64)>,
}

/// A common expression.
pub(super) struct Common {
    pub linear: Vec<(VarId, f64)>,
    pub body: Vec<Node>,
}

/// Everything that the file says.
#[derive(Default)]
pub(super) struct Segments {
    pub rows: Vec<Row>,
    pub objective: Option<Goal>,
    pub column_limits: Vec<Limits>,
    pub common: Vec<Common>,
    pub suffixes: Suffixes,
}

impl Segments {
    pub fn read(header: &Header, mut scan: Scan<'_>) -> Outcome<Segments> {
        if header.objectives > 1 {
            return Err(scan.fail(Problem::unsupported("a second objective", "leave one")));
        }
        let mut out = Segments::default();
        out.rows.resize_with(header.rows, Row::default);
        while let Some(letter) = scan.letter() {
            out.segment(letter, header, &mut scan)?;
        }
        if !scan.ends_well() {
            return Err(scan.fail(Problem::CutOff("the end of its last line")));
        }
        out.complete(header, &scan)?;
        Ok(out)
    }

    /// Whether everything is there that the header announced: NL has no word for its end.
    fn complete(&self, header: &Header, scan: &Scan<'_>) -> Outcome<()> {
        let rows: usize = self.rows.iter().map(|r| r.linear.len()).sum();
        let goal = self.objective.as_ref().map_or(0, |g| g.linear.len());
        let curved = self.rows.iter().take(header.nonlinear_rows);
        let missing = [
            (rows != header.entries[0], "the entries of all rows"),
            (goal != header.entries[1], "the entries of the objective"),
            (usize::from(self.objective.is_some()) != header.objectives, "the objective"),
            (self.common.len() != header.common, "all common expressions"),
            (curved.into_iter().any(|r| r.body.is_none()), "the expressions of nonlinear rows"),
        ];
        match missing.iter().find(|m| m.0) {
            Some((_, what)) => Err(scan.fail(Problem::CutOff(what))),
            None => Ok(()),
        }
    }

    fn segment(&mut self, letter: u8, header: &Header, scan: &mut Scan<'_>) -> Outcome<()> {
        let known = header.columns + self.common.len();
        match letter {
            b'C' => {
                let row = scan.index(header.rows, "a row")?;
                let body = read_expr(scan, known)?;
                if self.rows[row].body.replace(body).is_some() {
                    return Err(repeated(scan, "C"));
                }
            }
            b'O' => {
                scan.index(header.objectives.max(1), "an objective")?;
                let maximise = scan.index(2, "the sense of the objective")? == 1;
                let body = read_expr(scan, known)?;
                let goal = Goal { maximise, body, linear: Vec::new() };
                if self.objective.replace(goal).is_some() {
                    return Err(repeated(scan, "O"));
                }
            }
            b'V' => {
                let number = scan.index(usize::MAX, "a common expression")?;
                if number != known {
                    let words =
                        format!("the common expression {number} stands where {known} is next");
                    return Err(scan.fail(Problem::Damaged(words)));
                }
                let count = scan.index(header.columns + 1, "the length of a linear part")?;
                scan.integer()?;
                let linear = terms(scan, header.columns, count)?;
                let body = read_expr(scan, known)?;
                self.common.push(Common { linear, body });
            }
            b'J' => {
                let row = scan.index(header.rows, "a row")?;
                let count = scan.index(header.columns + 1, "the length of a row")?;
                let linear = terms(scan, header.columns, count)?;
                if !std::mem::replace(&mut self.rows[row].linear, linear).is_empty() {
                    return Err(repeated(scan, "J"));
                }
            }
            b'G' => {
                scan.index(header.objectives.max(1), "an objective")?;
                let count = scan.index(header.columns + 1, "the length of the objective")?;
                let linear = terms(scan, header.columns, count)?;
                match &mut self.objective {
                    Some(goal) if goal.linear.is_empty() => goal.linear = linear,
                    Some(_) => return Err(repeated(scan, "G")),
                    None => return Err(scan.fail(Problem::expected("O before G", "G"))),
                }
            }
            b'r' => {
                for r in 0..header.rows {
                    let limits = read_limits(scan)?;
                    if self.rows[r].limits.replace(limits).is_some() {
                        return Err(repeated(scan, "r"));
                    }
                }
            }
            b'b' => {
                if !self.column_limits.is_empty() {
                    return Err(repeated(scan, "b"));
                }
                for _ in 0..header.columns {
                    self.column_limits.push(read_limits(scan)?);
                }
            }
            b'k' => {
                let count = scan.index(header.columns.max(1), "the number of columns but one")?;
                for _ in 0..count {
                    scan.integer()?;
                }
            }
            b'x' | b'd' => {
                let limit = if letter == b'x' { header.columns } else { header.rows };
                let count = scan.index(limit + 1, "the number of start values")?;
                for _ in 0..count {
                    scan.index(limit, "a start value's place")?;
                    scan.double()?;
                }
            }
            b'S' => self.suffix(scan, header)?,
            b'L' => {
                return Err(scan
                    .fail(Problem::unsupported("a logical row", "write it with binary columns")));
            }
            b'F' => {
                return Err(
                    scan.fail(Problem::unsupported("an imported function", "write its formula"))
                );
            }
            other => {
                let found = format!("`{}`", char::from(other).escape_default());
                return Err(scan.fail(Problem::expected("the letter of a segment", found)));
            }
        }
        Ok(())
    }
}

fn repeated(scan: &Scan<'_>, letter: &str) -> super::super::error::Located {
    scan.fail(Problem::Twice { kind: "the segment", name: letter.to_owned() })
}

fn terms(scan: &mut Scan<'_>, columns: usize, count: usize) -> Outcome<Vec<(VarId, f64)>> {
    let mut out = Vec::new();
    for _ in 0..count {
        let column = scan.index(columns, "a column")?;
        out.push((VarId(column as u32), scan.number()?));
    }
    Ok(out)
}

fn read_limits(scan: &mut Scan<'_>) -> Outcome<Limits> {
    let Some(kind) = scan.letter() else {
        return Err(scan.fail(Problem::CutOff("the bounds of all rows and columns")));
    };
    Ok(match kind {
        b'0' => tidy(scan.double()?, scan.double()?),
        b'1' => tidy(f64::NEG_INFINITY, scan.double()?),
        b'2' => tidy(scan.double()?, f64::INFINITY),
        b'3' => Limits::Free,
        b'4' => Limits::Equal(scan.number()?),
        other => {
            let found = format!("`{}`", char::from(other).escape_default());
            return Err(scan.fail(Problem::expected("a kind of bound, 0 to 4", found)));
        }
    })
}

/// Huge bounds are infinite, as almost every reader takes them.
fn tidy(lower: f64, upper: f64) -> Limits {
    use super::super::columns::INFINITE;
    match (lower > -INFINITE, upper < INFINITE) {
        (true, true) => Limits::Both(lower, upper),
        (true, false) => Limits::Above(lower),
        (false, true) => Limits::Below(upper),
        (false, false) => Limits::Free,
    }
}
