//! A second, independent ONNX reader (`onnx-protobuf`), used only to test theriac's own.
