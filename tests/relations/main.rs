//! Relations between clean and poisoned features: every threat of papers 2.3 against brute force,
//! membership against a check of its own, boxes and rows against sampled attacks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod direct;
mod exactness;
mod sampled;
mod threats;
mod words;
