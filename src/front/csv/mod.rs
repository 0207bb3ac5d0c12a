//! CSV data with a header line, plain or gzipped.

mod spec;

pub use spec::{CsvSpec, LabelSpec};
