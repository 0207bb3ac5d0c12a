//! Outward-rounded arithmetic and sound bounds on every quantity of a training run.

pub mod binarised;
pub mod cutoff;
pub mod families;
pub mod flips;
pub mod graph;
pub mod interval;
pub mod lattice;
pub mod obbt;
pub mod pass;
pub mod reach;
mod related;
pub mod sample;
pub mod training;

pub use interval::Interval;
