//! CSV data with a header line, plain or gzipped.
//!
//! Cells are separated by commas and may be quoted; spaces around a cell do not count. A UTF-8
//! byte order mark is skipped. A number is the double nearest to the decimal in the file; `nan`,
//! `inf` and anything that overflows are refused, and so is an empty cell in a column that is
//! used.

mod error;
mod labels;
mod spec;
mod table;
mod unpack;

use std::path::Path;

use ndarray::Array2;

pub use error::{CsvError, CsvProblem};
pub use spec::{CsvSpec, LabelSpec};

use crate::front::hash::sha256_bytes;
use crate::front::map::{DATA, file_bytes};
use crate::question::Dataset;
use labels::LabelReader;
use table::{Columns, Table};

/// What a CSV file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CsvData {
    /// Samples in the order of the file.
    pub dataset: Dataset,
    /// SHA-256 of the file as stored, in hexadecimal.
    pub sha256: String,
    /// For each sample the 1-based line of the (unpacked) file on which its row starts.
    pub lines: Vec<u64>,
}

/// Reads the columns that `spec` names from the file at `path`. A file that starts with the gzip
/// mark is unpacked first, whatever its name.
///
/// # Errors
/// The first thing found wrong with the file or with `spec`, with file, line and column.
pub fn load(path: &Path, spec: &CsvSpec) -> Result<CsvData, CsvError> {
    let bytes = file_bytes(path, DATA)
        .map_err(|e| CsvError::new(CsvProblem::Open { reason: e.to_string() }).in_file(path))?;
    load_bytes(path, &bytes, spec)
}

/// [`load`] for a file already in memory; `path` only names it in errors.
///
/// # Errors
/// As [`load`].
pub fn load_bytes(path: &Path, bytes: &[u8], spec: &CsvSpec) -> Result<CsvData, CsvError> {
    read(bytes, spec).map_err(|e| e.in_file(path))
}

/// The names of the columns of a file already in memory; `path` only names it in errors.
///
/// # Errors
/// As [`load`], as far as the header line goes.
pub fn header(path: &Path, bytes: &[u8]) -> Result<Vec<String>, CsvError> {
    let names = |bytes| -> Result<Vec<String>, CsvError> {
        let text = unpack::unpack(bytes)?;
        Ok(Table::open(&text)?.header().iter().cloned().collect())
    };
    names(bytes).map_err(|e| e.in_file(path))
}

fn read(bytes: &[u8], spec: &CsvSpec) -> Result<CsvData, CsvError> {
    let text = unpack::unpack(bytes)?;
    let mut table = Table::open(&text)?;
    let columns = Columns::resolve(table.header(), spec)?;
    let mut labels = LabelReader::new(spec)?;
    let mut features = Vec::new();
    let mut lines = Vec::new();
    while let Some(row) = table.next_row()? {
        for &column in &columns.features {
            features.push(row.number(column)?);
        }
        labels.read(&row, &columns.labels)?;
        lines.push(row.line());
    }
    if lines.is_empty() {
        return Err(CsvError::new(CsvProblem::NoRows));
    }
    let features = Array2::from_shape_vec((lines.len(), columns.features.len()), features)
        .map_err(|_| CsvError::new(CsvProblem::TooLarge))?;
    let dataset = Dataset {
        name: spec.name.clone(),
        features,
        columns: spec.features.clone(),
        labels: labels.finish()?,
    };
    Ok(CsvData { dataset, sha256: sha256_bytes(bytes), lines })
}
