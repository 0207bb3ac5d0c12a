//! The ten lines of the header.

use super::super::error::{Outcome, Problem};
use super::scan::Scan;

/// Largest count that is believed before the segments show it.
const MOST: usize = i32::MAX as usize;

/// Counts of the header.
#[derive(Debug)]
pub(super) struct Header {
    pub columns: usize,
    pub rows: usize,
    pub objectives: usize,
    /// Columns nonlinear in rows, in the objective, in both.
    nonlinear: [usize; 3],
    /// Linear binary and integer columns; nonlinear integer ones in both, rows, objective.
    integer: [usize; 5],
    /// Common expressions.
    pub common: usize,
    /// Rows with a nonlinear part; they come first.
    pub nonlinear_rows: usize,
    /// Entries of all `J` segments and of all `G` segments.
    pub entries: [usize; 2],
}

fn numbers(scan: &mut Scan<'_>, least: usize) -> Outcome<Vec<usize>> {
    let text = scan.line()?;
    let list: Result<Vec<usize>, _> = text.split_whitespace().map(str::parse).collect();
    match list {
        Ok(list) if list.len() >= least && list.iter().all(|v| *v <= MOST) => Ok(list),
        Ok(_) | Err(_) => Err(scan.fail(Problem::expected("the counts of the header", text))),
    }
}

impl Header {
    /// Reads the header; the place behind it knows whether the file is binary.
    pub fn read(bytes: &[u8]) -> Outcome<(Header, Scan<'_>)> {
        let mut scan = Scan::new(bytes);
        let first = scan.line()?;
        let binary = match first.as_bytes().first() {
            Some(b'g') => false,
            Some(b'b') => true,
            _ => return Err(scan.fail(Problem::expected("`g` or `b`, the kind of NL file", first))),
        };
        let counts = numbers(&mut scan, 3)?;
        let (columns, rows, objectives) = (counts[0], counts[1], counts[2]);
        if counts.get(5).is_some_and(|logical| *logical > 0) {
            return Err(
                scan.fail(Problem::unsupported("a logical row", "write it with binary columns"))
            );
        }
        if columns > bytes.len() || rows > bytes.len() {
            let words = format!("{columns} columns and {rows} rows are announced by a small file");
            return Err(scan.fail(Problem::Damaged(words)));
        }
        let curved = numbers(&mut scan, 2)?;
        let network = numbers(&mut scan, 0)?;
        if network.iter().any(|v| *v > 0) {
            return Err(scan.fail(Problem::unsupported("a network row", "write it as a plain row")));
        }
        let nonlinear = numbers(&mut scan, 2)?;
        let functions = numbers(&mut scan, 1)?;
        if functions.get(1).is_some_and(|f| *f > 0) {
            return Err(
                scan.fail(Problem::unsupported("an imported function", "write its formula"))
            );
        }
        if binary && functions.get(2).is_some_and(|kind| *kind > 1) {
            return Err(scan.fail(Problem::unsupported(
                "a binary file of big-endian numbers",
                "write it on a little-endian machine, or as text",
            )));
        }
        let integer = numbers(&mut scan, 2)?;
        let entries = numbers(&mut scan, 2)?;
        numbers(&mut scan, 0)?;
        let common = numbers(&mut scan, 0)?;
        let at = |list: &[usize], k: usize| list.get(k).copied().unwrap_or(0);
        let header = Header {
            columns,
            rows,
            objectives,
            nonlinear: [at(&nonlinear, 0), at(&nonlinear, 1), at(&nonlinear, 2)],
            integer: std::array::from_fn(|k| at(&integer, k)),
            common: common.iter().sum(),
            nonlinear_rows: curved[0],
            entries: [entries[0], entries[1]],
        };
        header.check(&scan)?;
        scan.binary = binary;
        Ok((header, scan))
    }

    fn check(&self, scan: &Scan<'_>) -> Outcome<()> {
        let [rows, objective, both] = self.nonlinear;
        let [binary, integer, in_both, in_rows, in_objective] = self.integer;
        let nonlinear = rows.max(objective);
        let fits = both <= rows.min(objective)
            && nonlinear + binary + integer <= self.columns
            && in_both <= both
            && in_rows <= rows - both
            && in_objective <= nonlinear - rows
            && self.nonlinear_rows <= self.rows
            && self.common <= MOST;
        if fits {
            return Ok(());
        }
        Err(scan.fail(Problem::Damaged("the counts of columns do not fit together".to_owned())))
    }

    /// Whether a column is integer: nonlinear ones end each of their groups, linear ones end all.
    pub fn is_integer(&self, column: usize) -> bool {
        let [rows, objective, both] = self.nonlinear;
        let [binary, integer, in_both, in_rows, in_objective] = self.integer;
        let nonlinear = rows.max(objective);
        let ends = |end: usize, count: usize| column < end && column >= end - count;
        if column >= nonlinear {
            column >= self.columns - binary - integer
        } else if column < both {
            ends(both, in_both)
        } else if column < rows {
            ends(rows, in_rows)
        } else {
            ends(nonlinear, in_objective)
        }
    }
}
