//! AMPL's `.sol` as text: values by position, status as a number of hundreds.
//!
//! ```text
//! optimal solution found     message, any number of lines
//!
//! Options
//! 3                          count of option values (an extra two and a tolerance if above 4)
//! 1 0 1                      one a line
//! 1 0 2 2                    rows, dual values, columns, values: one a line
//! 0.79999999999190463        dual values, then values
//! objno 0 0                  objective number, status code
//! suffix ...                 ignored
//! ```
//!
//! The objective stands in the message alone, where most drivers end with `objective 5.8`.
//! Codes: 0 solved, 100 uncertain, 200 infeasible, 300 unbounded, 400 limit, 500 failure. Solvers
//! announce 0 values where there is no point. The binary form is read in `ampl_binary`.

use nom::bytes::complete::tag;
use nom::character::complete::{i64 as integer, space1, u64 as natural};
use nom::sequence::preceded;

use super::error::SolError;
use super::text::{self, Text};
use super::{Solution, Status, Values};

pub(super) fn parse(mut text: Text<'_>) -> Result<Solution, SolError> {
    let mut message = Vec::new();
    loop {
        let line = text.next("`Options`")?;
        if line.trim() == "Options" {
            break;
        }
        message.push(line.trim());
    }
    let mut count = |what: &'static str| -> Result<u64, SolError> {
        let line = text.next(what)?;
        text.all(line, what, natural)
    };
    let mut options = count("the number of options")?;
    let tolerance = options > 4;
    if tolerance {
        options -= 2;
    }
    if options > 9 {
        return Err(text.wrong("between 3 and 9 options", &options.to_string()));
    }
    for _ in 0..options {
        let line = text.next("an option")?;
        text.all(line, "an option", integer)?;
    }
    let mut counts = [0; 4];
    for slot in &mut counts {
        let line = text.next("a count of rows, duals, columns or values")?;
        *slot = text.all(line, "a count of rows, duals, columns or values", natural)?;
    }
    let [rows, duals, columns, primals] = counts;
    if duals > rows || primals > columns || (primals != 0 && primals != columns) {
        let found = format!("{duals} of {rows} and {primals} of {columns}");
        return Err(text.wrong("as many values as rows and columns, or none", &found));
    }
    if tolerance {
        text.next("the tolerance")?;
    }
    let mut values = Vec::new();
    for k in 0..duals + primals {
        let line = text.next(format_args!("value {} of {}", k + 1, duals + primals))?;
        let v = text.all(line, "a value", text::number)?;
        if k >= duals {
            values.push(v);
        }
    }
    let line = match text.peek() {
        Some(l) => l,
        None => return Err(text.truncated("before `objno`".to_owned())),
    };
    let cut = !text.rest().contains('\n');
    text.next_loose();
    let objno = (preceded(tag("objno "), natural), preceded(space1, integer));
    let (_, code) = text.all(line, "`objno`, the objective and the status code", objno)?;
    // Some solvers leave the last line open; only a code that is no beginning of another is whole.
    if cut && code != 0 && code < 100 {
        return Err(text.truncated("in the middle of the status code".to_owned()));
    }
    Ok(build(&message.join(" "), code, values))
}

/// The answer behind a message, a status code and values by position.
pub(super) fn build(message: &str, code: i64, values: Vec<f64>) -> Solution {
    let message = if message.trim().is_empty() { "no message" } else { message.trim() };
    let words = || format!("{message}, code {code}");
    // Local solvers answer 0 too; only a message that claims an optimum is believed.
    let claims = message.to_ascii_lowercase();
    let doubted = ["local", "suboptim", "non-opt", "near-opt", "not ", "no opt"]
        .iter()
        .any(|w| claims.contains(w));
    let optimal = claims.contains("optim") && !doubted;
    let status = match code {
        0..=99 if optimal => Status::Optimal,
        0..=199 => Status::Local(words()),
        // Ipopt's "converged to a locally infeasible point" proves nothing.
        200..=299 if claims.contains("local") => Status::Local(words()),
        200..=299 => Status::Infeasible,
        300..=399 => Status::Unbounded,
        400..=499 => Status::Limit(words()),
        500..=599 => Status::Failed(words()),
        _ => Status::Unknown(words()),
    };
    let objective = if values.is_empty() { None } else { stated_objective(message) };
    Solution { values: indexed(values), objective, ..Solution::pointless(status) }
}

/// The number behind the word `objective`, as AMPL's drivers end their messages; none where the
/// word stands twice or no number follows it.
fn stated_objective(message: &str) -> Option<f64> {
    let words: Vec<&str> = message.split_whitespace().collect();
    let mut found = words.windows(2).filter(|w| w[0] == "objective");
    let (first, second) = (found.next()?, found.next());
    let number = first[1].trim_end_matches([',', ';', '.']);
    text::after("", number).filter(|_| second.is_none()).and_then(text::finite)
}

/// Values by position, or no point.
pub(super) fn indexed(values: Vec<f64>) -> Values {
    if values.is_empty() { Values::None } else { Values::Indexed(values) }
}
