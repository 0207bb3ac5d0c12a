//! How files are written: the same bytes for any number of threads, whatever the process's
//! surroundings; memory bounded by cutting long rows and columns; compression; failures.
#![allow(clippy::unwrap_used)]

mod written {
    mod determinism;
    mod failures;
    mod model;
    mod packed;
}
