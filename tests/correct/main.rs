//! Nearest weights that survive given attacks.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, missing_docs)]

mod nearest;
