//! Mutated answers and models: no panic, bounded memory, and no wrong "optimal".
//!
//! What is asserted of each mutated **solution file** (`solutions.rs`): it is refused with a sentence
//! that names it, or read. If it is read as optimal and differs from what the unharmed file says in
//! status, objective, bound or values, then the checks that stand between an answer and a
//! certificate refuse it (no whole point and so no bound, fewer than 12 digits, names or counts that
//! are not the model's, an objective that is not that of the point, a point that violates the
//! model), or its bound contradicts its own point, or nothing in it is better than the truth: the
//! bound is on the right side of the optimum.
//!
//! Of each mutated **log** (`logs.rs`): a log whose run did not end at an optimum is never read as
//! optimal unless another one was spliced in; one that is read as optimal has the incumbent of its
//! solution, or is refused, and its bound is none, contradicts the incumbent, or is true.
//!
//! Of each mutated **model file** (`models.rs`): it is refused with a short sentence, or it is a model
//! that keeps all rules of the representation.
//!
//! Of each mutated **property file** (`properties.rs`): it is refused with a short sentence whose place
//! is in the file, or it is a property over declared elements, which is taken apart or refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod logs;
#[path = "../support/memory.rs"]
mod memory;
#[path = "../support/model_files.rs"]
mod model_files;
mod models;
mod mutate;
mod properties;
#[path = "../solution_table/rows.rs"]
mod rows;
mod solutions;
