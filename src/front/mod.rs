//! Readers of what users hold: specifications, ONNX networks, CSV data.
