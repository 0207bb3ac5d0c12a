//! A second, independent ONNX reader (`onnx-protobuf`), used only to test theriac's own.
//!
//! - [`view`] lists everything of a file that a reader of layer chains looks at;
//! - [`run`] evaluates a graph node by node on general tensors in double precision, knowing nothing
//!   of chains, layers or batches;
//! - [`build`] writes files for tests.
//!
//! Fields are read as they are: the convenience functions of `onnx-protobuf` ignore `raw_data` and
//! misread small integers. Its parser overflows the stack on nested groups, so files must have
//! passed theriac's wire scan before they come here.

pub mod build;
mod conv;
pub mod run;
pub mod view;
