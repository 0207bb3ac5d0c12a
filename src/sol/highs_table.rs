//! HiGHS style 1, a table for people: six digits, columns found by their headings.
//!
//! ```text
//! Columns
//!     Index Status        Lower        Upper       Primal         Dual  Type        Name
//!         0                   0            1            1               Integer     b.1
//! Rows
//! ...
//! Model status: Optimal
//!
//! Objective value: 11.3666666666667
//! ```
//!
//! Primal cells are empty where there is no point. The objective line says `inf` or `0` then.

use indexmap::IndexMap;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values, highs};

pub(super) fn parse(mut text: Text<'_>) -> Result<Solution, SolError> {
    text.next("`Columns`")?;
    let header = text.next("the headings")?;
    let ends = |word: &str| header.find(word).map(|at| at + word.len());
    let (Some(from), Some(to), Some(name)) = (ends("Upper"), ends("Primal"), header.find("Name"))
    else {
        return Err(text.wrong("the headings Upper, Primal and Name", header));
    };
    let mut values = IndexMap::new();
    let mut empty = 0_usize;
    loop {
        let line = text.next("a column or `Rows`")?;
        if line.trim() == "Rows" {
            break;
        }
        let (Some(cell), Some(name)) = (line.get(from..to), line.get(name..)) else {
            return Err(text.wrong("the cells of a column", line));
        };
        if cell.trim().is_empty() {
            empty += 1;
        } else {
            let v = text.all(cell, "a number under Primal", text::number)?;
            text.insert(&mut values, name.trim(), v)?;
        }
    }
    let status = loop {
        let line = text.next("`Model status:`")?;
        if let Some(words) = line.strip_prefix("Model status:") {
            break highs::classify(words.trim());
        }
    };
    text.skip_blank();
    let line = text.next("the objective value")?;
    let Some(objective) = text::after("Objective value:", line) else {
        return Err(text.wrong("`Objective value:` and a number", line));
    };
    let mut solution = Solution { digits: 6, ..Solution::pointless(status) };
    if empty == 0 && solution.status != Status::Infeasible {
        solution.objective = text::finite(objective);
        solution.values = Values::Named { values, complete: true };
    } else if !values.is_empty() {
        return Err(text.wrong("a value for every column or for none", "a table with gaps"));
    }
    Ok(solution)
}
