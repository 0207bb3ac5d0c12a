//! Rows and cells with their places.

use csv::{ByteRecord, Reader, ReaderBuilder, Trim};
use indexmap::IndexSet;

use super::error::{CsvError, CsvProblem};
use super::spec::CsvSpec;
use crate::front::nearest::nearest;

/// A table whose header has been read.
pub(super) struct Table<'a> {
    text: &'a [u8],
    reader: Reader<&'a [u8]>,
    record: ByteRecord,
    header: IndexSet<String>,
}

/// One row of a [`Table`].
pub(super) struct Row<'a> {
    record: &'a ByteRecord,
    header: &'a IndexSet<String>,
    line: u64,
}

impl<'a> Table<'a> {
    /// Reads the header and checks that its names differ.
    pub(super) fn open(text: &'a [u8]) -> Result<Self, CsvError> {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text);
        let mut table = Table { text, reader, record: ByteRecord::new(), header: IndexSet::new() };
        if !table.advance()? {
            return Err(CsvError::new(CsvProblem::Empty));
        }
        let line = table.line();
        for (position, cell) in table.record.iter().enumerate() {
            let name = std::str::from_utf8(cell)
                .map_err(|_| CsvError::new(CsvProblem::NotUtf8).at_line(line))?;
            let (first, new) = table.header.insert_full(name.to_owned());
            if !new {
                let (first, second) = (first + 1, position + 1);
                let problem = CsvProblem::DuplicateHeader { first, second };
                return Err(CsvError::new(problem).at_line(line).in_column(name));
            }
        }
        Ok(table)
    }

    /// Names of the columns.
    pub(super) fn header(&self) -> &IndexSet<String> {
        &self.header
    }

    /// The next row that is not blank.
    pub(super) fn next_row(&mut self) -> Result<Option<Row<'_>>, CsvError> {
        if !self.advance()? {
            return Ok(None);
        }
        let line = self.line();
        let (found, expected) = (self.record.len(), self.header.len());
        if found != expected {
            return Err(CsvError::new(CsvProblem::CellCount { found, expected }).at_line(line));
        }
        Ok(Some(Row { record: &self.record, header: &self.header, line }))
    }

    fn advance(&mut self) -> Result<bool, CsvError> {
        self.reader
            .read_byte_record(&mut self.record)
            .map_err(|e| CsvError::new(CsvProblem::Open { reason: e.to_string() }))
    }

    /// The line on which the current record starts. The reader's own position lies before blank
    /// lines that it then skips.
    fn line(&self) -> u64 {
        let Some(position) = self.record.position() else { return 1 };
        let start = usize::try_from(position.byte()).unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        let blank = rest.iter().take_while(|&&b| b == b'\n' || b == b'\r');
        position.line() + blank.filter(|&&b| b == b'\n').count() as u64
    }
}

impl Row<'_> {
    /// 1-based line on which the row starts.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// `problem` in this row.
    pub(super) fn error(&self, problem: CsvProblem) -> CsvError {
        CsvError::new(problem).at_line(self.line)
    }

    /// `problem` in this row and `column`.
    pub(super) fn cell_error(&self, column: usize, problem: CsvProblem) -> CsvError {
        let name = self.header.get_index(column).map_or("", String::as_str);
        self.error(problem).in_column(name)
    }

    /// The text of a cell, which is not empty.
    pub(super) fn text(&self, column: usize) -> Result<&str, CsvError> {
        let cell = self.record.get(column).unwrap_or_default();
        let text =
            std::str::from_utf8(cell).map_err(|_| self.cell_error(column, CsvProblem::NotUtf8))?;
        if text.is_empty() {
            return Err(self.cell_error(column, CsvProblem::MissingCell));
        }
        Ok(text)
    }

    /// The finite number in a cell.
    pub(super) fn number(&self, column: usize) -> Result<f64, CsvError> {
        let text = self.text(column)?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            Ok(_) => Err(self.cell_error(column, CsvProblem::NotFinite { cell: shorten(text) })),
            Err(_) => Err(self.cell_error(column, CsvProblem::NotANumber { cell: shorten(text) })),
        }
    }
}

/// A cell for a message: its first 40 characters.
pub(super) fn shorten(cell: &str) -> String {
    const SHOWN: usize = 40;
    match cell.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &cell[..end]),
        None => cell.to_owned(),
    }
}

/// Positions of the columns that a [`CsvSpec`] names.
pub(super) struct Columns {
    /// Feature columns in the order of the specification.
    pub(super) features: Vec<usize>,
    /// Label columns in the order of the specification.
    pub(super) labels: Vec<usize>,
}

impl Columns {
    /// Looks up every named column; each may be used once.
    pub(super) fn resolve(header: &IndexSet<String>, spec: &CsvSpec) -> Result<Self, CsvError> {
        for (names, what) in [(&spec.features, "feature"), (&spec.labels, "label")] {
            if names.is_empty() {
                return Err(CsvError::new(CsvProblem::NoColumn { what }));
            }
        }
        let mut used = vec![false; header.len()];
        let mut resolve = |names: &[String]| {
            names.iter().map(|name| look_up(header, name, &mut used)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Columns { features: resolve(&spec.features)?, labels: resolve(&spec.labels)? })
    }
}

fn look_up(header: &IndexSet<String>, name: &str, used: &mut [bool]) -> Result<usize, CsvError> {
    let Some(position) = header.get_index_of(name) else {
        // A column that stands in the list already is not the one that is missing in it.
        let free = header.iter().zip(used.iter()).filter(|(_, used)| !**used);
        let nearest = nearest(name, free.map(|(name, _)| name.as_str())).map(str::to_owned);
        let problem =
            CsvProblem::UnknownColumn { nearest, known: header.iter().cloned().collect() };
        return Err(CsvError::new(problem).in_column(name));
    };
    if std::mem::replace(&mut used[position], true) {
        return Err(CsvError::new(CsvProblem::ColumnUsedTwice).in_column(name));
    }
    Ok(position)
}
