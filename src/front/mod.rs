//! Readers of what users hold: specifications, ONNX networks, CSV data.

pub mod csv;
pub mod data;
pub mod decimal;
pub mod escaped;
pub mod hash;
pub mod map;
pub mod model;
pub mod nearest;
pub mod node_bounds;
pub mod onnx;
pub mod packing;
pub mod printable;
pub mod spec;
pub mod vnnlib;
