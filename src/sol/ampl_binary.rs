//! AMPL's `.sol` in binary: records that have their length in front of and behind them.
//!
//! ```text
//! "binary" | lines of the message | (empty) | "Options" n, n options, rows, duals, columns, values
//! | dual values | values | objective, status code | suffixes ...
//! ```
//!
//! Numbers are 32-bit integers and doubles, low byte first, as the library of AMPL's solvers writes
//! them. If option 2 is 3 the count of options is larger by two and a tolerance follows the counts.
//! Of the suffixes only the lengths are checked.

use super::error::SolError;
use super::recognise::BINARY_START;
use super::{Solution, Status, ampl};

/// What has not been read.
struct Records<'a> {
    file: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn fail(&self, expected: &'static str) -> SolError {
        SolError::Record { file: self.file.to_owned(), at: self.at, expected }
    }

    fn take(&mut self, count: usize, expected: &'static str) -> Result<&'a [u8], SolError> {
        let end = self.at.checked_add(count).filter(|e| *e <= self.bytes.len());
        let taken = end.and_then(|e| self.bytes.get(self.at..e));
        let Some(taken) = taken else { return Err(self.fail(expected)) };
        self.at += count;
        Ok(taken)
    }

    fn int(&mut self, expected: &'static str) -> Result<i32, SolError> {
        let mut word = [0; 4];
        word.copy_from_slice(self.take(4, expected)?);
        Ok(i32::from_le_bytes(word))
    }

    fn count(&mut self, expected: &'static str) -> Result<usize, SolError> {
        let at = self.at;
        let value = self.int(expected)?;
        usize::try_from(value).map_err(|_| {
            self.at = at;
            self.fail(expected)
        })
    }

    /// The body of the next record; its length stands on both of its sides.
    fn record(&mut self, expected: &'static str) -> Result<&'a [u8], SolError> {
        let length = self.count(expected)?;
        let body = self.take(length, expected)?;
        let at = self.at;
        if self.count(expected)? != length {
            self.at = at;
            return Err(self.fail("the length of the record again"));
        }
        Ok(body)
    }

    fn doubles(&mut self, count: usize, expected: &'static str) -> Result<Vec<f64>, SolError> {
        let at = self.at;
        let body = self.record(expected)?;
        let values: Vec<f64> = body
            .chunks_exact(8)
            .map(|c| {
                let mut word = [0; 8];
                word.copy_from_slice(c);
                f64::from_le_bytes(word)
            })
            .collect();
        if body.len() != count * 8 || values.iter().any(|v| v.is_nan()) {
            self.at = at;
            return Err(self.fail(expected));
        }
        Ok(values)
    }
}

pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Solution, SolError> {
    let mut records = Records { file, bytes, at: BINARY_START.len() };
    let mut message = Vec::new();
    loop {
        let line = records.record("a line of the message")?;
        if line.is_empty() {
            break;
        }
        message.extend(String::from_utf8_lossy(line).lines().map(|l| l.trim().to_owned()));
    }
    let counts = options(&mut records)?;
    let [rows, duals, columns, primals] = counts;
    if duals > rows || primals > columns || (primals != 0 && primals != columns) {
        return Err(records.fail("as many values as rows and columns, or none,"));
    }
    records.doubles(duals, "the dual values")?;
    let values = records.doubles(primals, "the values")?;
    let at = records.at;
    let tail = records.record("the objective and the status code")?;
    let solution = match tail {
        [_, _, _, _, a, b, c, d] => {
            let code = i32::from_le_bytes([*a, *b, *c, *d]);
            ampl::build(&message.join(" "), i64::from(code), values)
        }
        [_, _, _, _] => {
            let unstated = Status::Unknown("the file states no status".to_owned());
            Solution { values: ampl::indexed(values), ..Solution::pointless(unstated) }
        }
        _ => {
            records.at = at;
            return Err(records.fail("the objective and the status code"));
        }
    };
    while records.at < bytes.len() {
        records.record("a suffix")?;
    }
    Ok(solution)
}

/// The options and the four counts behind them. The length of this record does not count the
/// tolerance, so its parts are read one by one.
fn options(records: &mut Records<'_>) -> Result<[usize; 4], SolError> {
    let length = records.count("`Options`")?;
    if records.take(7, "`Options`")? != b"Options" {
        return Err(records.fail("`Options`"));
    }
    let mut count = records.count("the number of options")?;
    let tolerance = count > 4;
    if tolerance {
        count -= 2;
    }
    if count > 9 {
        return Err(records.fail("between 3 and 9 options"));
    }
    records.take(4 * count, "the options")?;
    let mut counts = [0; 4];
    for slot in &mut counts {
        *slot = records.count("a count of rows, duals, columns or values")?;
    }
    if tolerance {
        records.take(8, "the tolerance")?;
    }
    if records.count("the length of the options")? != length {
        return Err(records.fail("the length of the options"));
    }
    Ok(counts)
}
