//! The generated corpus: small models of every construct, with odd names and extreme numbers, whose
//! optimum is known without a solver.
//!
//! `cargo run --example corpus -- DIR` writes each for every target, for `scripts/readers`;
//! `tests/model_files/generated.rs` holds our own readers to them.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod advice;
mod columns;
pub mod exact;
pub mod files;
mod logic;
mod names;
mod numbers;
pub mod peers;
mod quadratic;
mod random;
mod rows;
mod starts;

use theriac::ir::Model;
use theriac::ir::names::Names;

/// One model of the corpus.
#[derive(Clone)]
pub struct Entry {
    pub name: String,
    pub model: Model,
    /// The minimum; `None` where no point is feasible.
    pub optimum: Option<f64>,
    /// Where the optimum is known from.
    pub source: &'static str,
    /// Whether the files say that the negative of the objective is maximised.
    pub maximise: bool,
    /// How names look.
    pub names: Names,
    /// A feasible point that is written as a start.
    pub start: Option<Vec<f64>>,
}

impl Entry {
    /// An entry whose optimum is found by exact enumeration.
    pub fn exact(name: impl Into<String>, model: Model) -> Self {
        let optimum = exact::minimum(&model).map(|v| v.to_f64().value());
        Entry {
            name: name.into(),
            model,
            optimum,
            source: "enumeration in exact arithmetic",
            maximise: false,
            names: Names::Readable,
            start: None,
        }
    }

    /// An entry whose optimum is derived beside its model.
    pub fn closed(name: impl Into<String>, model: Model, optimum: f64) -> Self {
        Entry {
            name: name.into(),
            model,
            optimum: Some(optimum),
            source: "closed form",
            maximise: false,
            names: Names::Readable,
            start: None,
        }
    }

    pub fn maximised(self) -> Self {
        Entry { maximise: true, ..self }
    }

    pub fn starting(self, point: &[f64]) -> Self {
        assert!(self.model.violation(point).amount <= 1e-9, "{}", self.name);
        Entry { start: Some(point.to_vec()), ..self }
    }

    pub fn called(self, names: Names) -> Self {
        Entry { names, ..self }
    }
}

/// Random models in the corpus.
pub const RANDOM: usize = 240;

/// Every entry, in a fixed order.
pub fn entries(random: usize) -> Vec<Entry> {
    let mut out = Vec::new();
    columns::add(&mut out);
    rows::add(&mut out);
    quadratic::add(&mut out);
    logic::add(&mut out);
    names::add(&mut out);
    numbers::add(&mut out);
    peers::add(&mut out);
    starts::add(&mut out);
    advice::add(&mut out);
    random::add(&mut out, random);
    out
}
