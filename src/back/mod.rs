//! Writers, one folder a format, one function a section.
