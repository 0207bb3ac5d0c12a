//! Writers: one folder a file format, one function a section.

pub mod atomic;
