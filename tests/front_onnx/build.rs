//! Files to read, and how they are read.

use std::path::Path;

use bytes::Bytes;
use onnx_oracle::build::{Build, floats, int_attribute, raw_floats};
use onnx_oracle::run::run;
use theriac::front::onnx::{self, LoadedNetwork};

pub fn load(build: &Build) -> Result<LoadedNetwork, onnx::OnnxError> {
    onnx::load_bytes(Path::new("net.onnx"), Bytes::from(build.bytes()))
}

/// Loads a model and checks it against the interpreter on random inputs.
pub fn chain(build: &Build) -> LoadedNetwork {
    let loaded = load(build).unwrap_or_else(|e| panic!("{e}"));
    let mut rng = fastrand::Rng::with_seed(5);
    for _ in 0..20 {
        let input: Vec<f64> = (0..loaded.network.inputs).map(|_| rng.f64() * 4.0 - 2.0).collect();
        let truth = run(&build.bytes(), &input).unwrap_or_else(|e| panic!("{e}"));
        let found = loaded.network.eval(&input);
        assert_eq!(found.len(), truth.len());
        for (a, b) in found.iter().zip(&truth) {
            assert!((a - b).abs() <= 1e-13 * (1.0 + b.abs()), "{found:?} instead of {truth:?}");
        }
    }
    loaded
}

pub fn refusal(build: &Build) -> String {
    match load(build) {
        Ok(loaded) => panic!("read as {:?}", loaded.network),
        Err(e) => e.to_string(),
    }
}

/// `x [N, 3]`, a 2 x 3 matrix `w`, its transpose `t`, biases `b`, `c`; output `y`.
pub fn base() -> Build {
    let w = [1.5f32, -2.0, 0.25, 3.0, 0.1, -0.7];
    let t = [1.5f32, 3.0, -2.0, 0.1, 0.25, -0.7];
    Build::new(13)
        .input("x", &[0, 3])
        .output("y")
        .constant(raw_floats("w", &[2, 3], &w))
        .constant(floats("t", &[3, 2], &t))
        .constant(raw_floats("b", &[2], &[0.5, -1.0]))
        .constant(floats("c", &[1, 2], &[0.25, 8.0]))
}

/// `x` as one column `[3, 1]` or vector `[3]`.
pub fn base_with(dims: &[i64]) -> Build {
    let mut build = base();
    build.graph().input.clear();
    build.input("x", dims)
}

pub fn int(name: &str, value: i64) -> onnx_oracle::build::onnx_protobuf::AttributeProto {
    int_attribute(name, value)
}
