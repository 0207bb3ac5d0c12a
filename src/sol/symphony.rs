//! What SYMPHONY prints: its words in a frame of stars, then the nonzeros with ten decimals.
//!
//! A maximisation is "reformulated as minimisation" by its LP reader, so that the sign of
//! `Solution Cost` is not known and no objective is taken.

use indexmap::IndexMap;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

pub(super) fn parse(mut text: Text<'_>) -> Result<Solution, SolError> {
    let mut version = None;
    let status = loop {
        let line = text.next("the frame with the status")?;
        if let Some(words) = line.strip_prefix("==  Version: ") {
            version = Some(format!("SYMPHONY {}", words.trim()));
        } else if let Some(words) =
            line.strip_prefix("* ").and_then(|l| l.trim_end().strip_suffix('*'))
        {
            break classify(words.trim());
        }
    };
    let mut solution = Solution { solver: version, digits: 10, ..Solution::pointless(status) };
    while let Some(line) = text.next_loose() {
        if line.starts_with("Column names and values of nonzeros in the solution") {
            text.next("the rule under the headline")?;
            solution.values = Values::Named { values: nonzeros(&mut text)?, complete: false };
            return Ok(solution);
        }
    }
    match solution.status {
        Status::Optimal => Err(text.truncated("before its values".to_owned())),
        _ => Ok(solution),
    }
}

/// The values up to the blank line behind them.
fn nonzeros(text: &mut Text<'_>) -> Result<IndexMap<String, f64>, SolError> {
    let mut values = IndexMap::new();
    loop {
        let line = text.next("the blank line behind the values")?;
        if line.trim().is_empty() {
            return Ok(values);
        }
        let (name, v) = text.all(line, "a name and a value", text::name_value)?;
        text.insert(&mut values, name, v)?;
    }
}

fn classify(words: &str) -> Status {
    match words {
        "Optimal Solution Found" => Status::Optimal,
        w if w.starts_with("Problem Found Infeasible") || w.starts_with("Problem Infeasible") => {
            Status::Infeasible
        }
        w if w.starts_with("Problem Found Unbounded") || w.starts_with("Problem Unbounded") => {
            Status::Unbounded
        }
        w if w.contains("Limit") => Status::Limit(w.to_owned()),
        w => Status::Unknown(w.to_owned()),
    }
}
