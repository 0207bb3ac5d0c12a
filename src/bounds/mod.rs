//! Outward-rounded arithmetic and sound bounds on every quantity of a training run.

pub mod flips;
pub mod interval;

pub use interval::Interval;
