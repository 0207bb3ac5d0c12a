//! Data sets: tables and arrays.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/memory.rs"]
mod memory;
#[path = "../mutations/mutate.rs"]
#[allow(dead_code, reason = "other tests need the other way to harm a file")]
mod mutate;

mod arrays;
mod csv;
