//! From label cells to labels.

use std::collections::BTreeMap;

use ndarray::Array2;

use super::error::{CsvError, CsvProblem};
use super::spec::{CsvSpec, LabelSpec};
use super::table::{Row, shorten};
use crate::question::Labels;

/// Labels read so far.
pub(super) enum LabelReader {
    /// One column of listed labels, each with a sign.
    Signs { listed: Vec<Token>, signs: Vec<i8>, of: Vec<i8> },
    /// One column of listed labels, each a class.
    Classes { listed: Vec<Token>, of: Vec<usize> },
    /// One column a class.
    OneHot { names: Vec<String>, of: Vec<usize> },
    /// Real columns.
    Real { columns: usize, values: Vec<f64> },
}

/// A label as written, with its value if it is a number.
pub(super) struct Token {
    text: String,
    value: Option<f64>,
}

impl Token {
    fn new(text: &str) -> Self {
        Token { text: text.to_owned(), value: finite(text) }
    }

    fn matches(&self, text: &str, value: Option<f64>) -> bool {
        match (self.value, value) {
            (Some(a), Some(b)) => a == b,
            (Some(_), None) | (None, Some(_)) => false,
            (None, None) => self.text == text,
        }
    }
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|v: &f64| v.is_finite())
}

impl LabelReader {
    /// Checks that the listed labels make sense.
    pub(super) fn new(spec: &CsvSpec) -> Result<Self, CsvError> {
        let columns = |kind, need, fits: bool| {
            let given = spec.labels.len();
            let problem = CsvProblem::LabelColumns { kind, need, given };
            if fits { Ok(()) } else { Err(CsvError::new(problem)) }
        };
        let one = spec.labels.len() == 1;
        match &spec.mapping {
            LabelSpec::Signs(map) => {
                columns("labels mapped to signs", "one label column", one)?;
                for (label, sign) in map {
                    if !matches!(sign, -1 | 1) {
                        let problem = CsvProblem::BadSign { label: label.clone(), sign: *sign };
                        return Err(CsvError::new(problem));
                    }
                }
                let listed = tokens(map.iter().map(|(label, _)| label))?;
                let signs = map.iter().map(|(_, sign)| *sign).collect();
                Ok(LabelReader::Signs { listed, signs, of: Vec::new() })
            }
            LabelSpec::Classes(labels) => {
                columns("listed classes", "one label column", one)?;
                Ok(LabelReader::Classes { listed: tokens(labels)?, of: Vec::new() })
            }
            LabelSpec::OneHot => {
                columns("one-hot classes", "at least two label columns", spec.labels.len() > 1)?;
                Ok(LabelReader::OneHot { names: spec.labels.clone(), of: Vec::new() })
            }
            LabelSpec::Real => {
                Ok(LabelReader::Real { columns: spec.labels.len(), values: Vec::new() })
            }
        }
    }

    /// Reads the label of `row` from its label columns.
    pub(super) fn read(&mut self, row: &Row<'_>, columns: &[usize]) -> Result<(), CsvError> {
        match self {
            LabelReader::Signs { listed, signs, of } => {
                for &column in columns {
                    let position = find(listed, row, column)?;
                    of.extend(signs.get(position));
                }
            }
            LabelReader::Classes { listed, of } => {
                for &column in columns {
                    of.push(find(listed, row, column)?);
                }
            }
            LabelReader::OneHot { of, .. } => of.push(hot(row, columns)?),
            LabelReader::Real { values, .. } => {
                for &column in columns {
                    values.push(row.number(column)?);
                }
            }
        }
        Ok(())
    }

    /// The labels of all rows.
    pub(super) fn finish(self) -> Result<Labels, CsvError> {
        Ok(match self {
            LabelReader::Signs { of, .. } => Labels::Signs(of),
            LabelReader::Classes { listed, of } => {
                let names: Vec<String> = listed.into_iter().map(|token| token.text).collect();
                Labels::Classes { of, count: names.len(), names }
            }
            LabelReader::OneHot { names, of } => Labels::Classes { of, count: names.len(), names },
            LabelReader::Real { columns, values } => {
                let rows = values.len() / columns.max(1);
                let values = Array2::from_shape_vec((rows, columns), values)
                    .map_err(|_| CsvError::new(CsvProblem::TooLarge))?;
                Labels::Real(values)
            }
        })
    }
}

/// The listed labels, which must differ.
fn tokens<'a>(labels: impl IntoIterator<Item = &'a String>) -> Result<Vec<Token>, CsvError> {
    let mut listed: Vec<Token> = Vec::new();
    let mut seen = BTreeMap::new();
    for label in labels {
        let token = Token::new(label.trim());
        // 0 and -0 are one number.
        let key = match token.value {
            Some(v) => (Some((v + 0.0).to_bits()), String::new()),
            None => (None, token.text.clone()),
        };
        if let Some(first) = seen.get(&key).and_then(|at: &usize| listed.get(*at)) {
            let (first, second) = (first.text.clone(), token.text);
            return Err(CsvError::new(CsvProblem::SameLabel { first, second }));
        }
        seen.insert(key, listed.len());
        listed.push(token);
    }
    if listed.is_empty() { Err(CsvError::new(CsvProblem::NoLabels)) } else { Ok(listed) }
}

/// Position of the cell's label among the listed ones.
fn find(listed: &[Token], row: &Row<'_>, column: usize) -> Result<usize, CsvError> {
    let text = row.text(column)?;
    let value = finite(text);
    listed.iter().position(|token| token.matches(text, value)).ok_or_else(|| {
        let listed = listed.iter().map(|token| token.text.clone()).collect();
        row.cell_error(column, CsvProblem::UnknownLabel { cell: shorten(text), listed })
    })
}

/// Position of the one column that is 1.
fn hot(row: &Row<'_>, columns: &[usize]) -> Result<usize, CsvError> {
    let mut class = None;
    let mut ones = 0;
    for (position, &column) in columns.iter().enumerate() {
        let value = row.number(column)?;
        if value == 1.0 {
            ones += 1;
            class = Some(position);
        } else if value != 0.0 {
            let cell = shorten(row.text(column)?);
            return Err(row.cell_error(column, CsvProblem::NotOneHotCell { cell }));
        }
    }
    match class {
        Some(position) if ones == 1 => Ok(position),
        Some(_) | None => Err(row.error(CsvProblem::NotOneHotRow { ones })),
    }
}
