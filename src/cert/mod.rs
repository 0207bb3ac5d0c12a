//! Instance directories, replayed verdicts, certificates and reports.
