//! Programs made to fit a target, and held to what the target can say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../models/mod.rs"]
mod models;

mod shared;
mod steps;
mod validation;
