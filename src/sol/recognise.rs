//! Which format a solution file has, by its first lines.

/// The formats that [`super::read`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// SCIP `.sol`.
    Scip,
    /// Gurobi `.sol` (COPT writes the same).
    Gurobi,
    /// Gurobi `.mst`, start values of the integer columns alone.
    GurobiStart,
    /// Gurobi `.json`.
    GurobiJson,
    /// HiGHS styles 0 (raw), 4 (sparse) and 5 (raw without basis).
    HighsRaw,
    /// HiGHS style 1 (pretty), 6 digits.
    HighsTable,
    /// HiGHS style 2, after GLPK's `--write`.
    GlpkRaw,
    /// HiGHS style 3, after GLPK's `--output`, 6 digits.
    GlpkReport,
    /// AMPL `.sol` as text.
    Ampl,
    /// AMPL `.sol` in binary.
    AmplBinary,
    /// The embedded solver's own.
    Embedded,
    /// CBC and Clp.
    Cbc,
    /// CPLEX, XML.
    Cplex,
    /// COPT `.json`.
    CoptJson,
    /// What `lp_solve` prints, 6 digits.
    LpSolve,
    /// Xpress `.slx`.
    XpressSlx,
    /// Xpress `.asc`.
    XpressAsc,
    /// Xpress `.hdr`, the line beside an `.asc`.
    XpressHeader,
    /// Xpress `.prt`, a report with about 7 digits.
    XpressPrint,
    /// What SYMPHONY prints.
    Symphony,
    /// SHOT `.osrl`, XML with 6 decimals.
    Shot,
    /// discopt's `result.json`.
    Discopt,
    /// discopt's `.sol`.
    DiscoptSol,
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Format::Scip => "SCIP",
            Format::Gurobi => "Gurobi",
            Format::GurobiStart => "Gurobi start",
            Format::GurobiJson => "Gurobi JSON",
            Format::HighsRaw => "HiGHS raw",
            Format::HighsTable => "HiGHS pretty",
            Format::GlpkRaw => "GLPK-style raw",
            Format::GlpkReport => "GLPK-style report",
            Format::Ampl => "AMPL",
            Format::AmplBinary => "binary AMPL",
            Format::Embedded => "theriac",
            Format::Cbc => "CBC",
            Format::Cplex => "CPLEX",
            Format::CoptJson => "COPT JSON",
            Format::LpSolve => "lp_solve",
            Format::XpressSlx => "Xpress .slx",
            Format::XpressAsc => "Xpress .asc",
            Format::XpressHeader => "Xpress .hdr",
            Format::XpressPrint => "Xpress .prt",
            Format::Symphony => "SYMPHONY",
            Format::Shot => "SHOT",
            Format::Discopt => "discopt JSON",
            Format::DiscoptSol => "discopt",
        })
    }
}

/// First record of a binary AMPL file: its length, the word, its length again.
pub(super) const BINARY_START: &[u8] = b"\x06\0\0\0binary\x06\0\0\0";

/// The format of a file with these contents, or `None` if it is like none of them.
///
/// AMPL files begin with a free message, so they are recognised last, by their `Options` line.
#[must_use]
pub fn recognise(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(BINARY_START) {
        return Some(Format::AmplBinary);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begins = |start: &str| bytes.starts_with(start.as_bytes());
    if begins(super::embedded::HEADER) {
        return Some(Format::Embedded);
    }
    if begins("solution status:") || begins("objective value:") {
        return Some(Format::Scip);
    }
    if begins("# MIP start") {
        return Some(Format::GurobiStart);
    }
    if begins("# Solution for model") || begins("# Objective value") {
        return Some(Format::Gurobi);
    }
    if begins("Model status\n") || begins("Model status\r\n") {
        return Some(Format::HighsRaw);
    }
    if begins("Columns\n") || begins("Columns\r\n") {
        return Some(Format::HighsTable);
    }
    if begins("c Problem:") {
        return Some(Format::GlpkRaw);
    }
    if begins("Problem:") {
        return Some(Format::GlpkReport);
    }
    let trimmed = bytes.trim_ascii_start();
    if begins("<?xml") && contains(bytes, b"<CPLEXSolution") {
        return Some(Format::Cplex);
    }
    if super::lp_solve::BEGINNINGS.iter().any(|b| trimmed.starts_with(b.as_bytes())) {
        return Some(Format::LpSolve);
    }
    let mut lines = bytes.split(|b| *b == b'\n');
    let (line, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    if contains(line, super::cbc::MARK.as_bytes()) {
        return Some(Format::Cbc);
    }
    if begins("ENDATA") || begins("* Names escaped using:") {
        return Some(Format::XpressSlx);
    }
    if begins("NAME") && (second.starts_with(b"  C ") || second.starts_with(b"ENDATA")) {
        return Some(Format::XpressSlx);
    }
    if trimmed.starts_with(b"1,\"") {
        return Some(Format::XpressAsc);
    }
    if line.starts_with(b"\"") && line.split(|b| *b == b',').count() == 14 {
        return Some(Format::XpressHeader);
    }
    if trimmed.starts_with(b"Problem Statistics\nMatrix ")
        || trimmed.starts_with(b"Problem Statistics\r\nMatrix ")
    {
        return Some(Format::XpressPrint);
    }
    if begins(super::discopt::SOL_START) {
        return Some(Format::DiscoptSol);
    }
    if trimmed.starts_with(b"==  Welcome to the SYMPHONY MILP Solver") {
        return Some(Format::Symphony);
    }
    if trimmed.starts_with(b"<osrl") || begins("<?xml") && contains(bytes, b"<osrl") {
        return Some(Format::Shot);
    }
    if trimmed.first() == Some(&b'{') && contains(bytes, b"\"schema_version\"") {
        return Some(Format::Discopt);
    }
    if trimmed.first() == Some(&b'{') && contains(bytes, b"\"CoptVersion\"") {
        return Some(Format::CoptJson);
    }
    let first = bytes.iter().find(|b| !b.is_ascii_whitespace());
    if first == Some(&b'{') && contains(bytes, b"\"SolutionInfo\"") {
        return Some(Format::GurobiJson);
    }
    let mut lines = bytes.split(|b| *b == b'\n').map(|l| l.trim_ascii_end());
    lines.any(|l| l == b"Options").then_some(Format::Ampl)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|w| w == wanted)
}
