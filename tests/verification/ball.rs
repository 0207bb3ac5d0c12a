//! Robustness over l1 and l2 balls, from a specification to a checked certificate.

use std::path::Path;

use theriac::cert::Verdict;
use theriac::cert::certificate::BoundSource;
use theriac::front::spec::SolverChoice;

use super::{check, run};

/// The first digit of the example with another perturbation.
fn digit(perturb: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    for name in [
        "digits_784-10-10-10.onnx",
        "digits20-images-idx3-ubyte.gz",
        "digits20-labels-idx1-ubyte.gz",
    ] {
        std::fs::copy(data.join(name), dir.path().join(name)).unwrap();
    }
    let text = format!(
        "network net = onnx \"digits_784-10-10-10.onnx\"\n\
         data test = idx \"digits20-images-idx3-ubyte.gz\" labels \"digits20-labels-idx1-ubyte.gz\" scale 1/255\n\
         perturb {{\n  {perturb}\n}}\nask robust at test[0]\n"
    );
    std::fs::write(dir.path().join("q.thr"), text).unwrap();
    dir
}

/// Bounds alone certify balls whose boxes are far beyond them, and a check needs no more.
#[test]
fn bounds_over_balls_certify() {
    let cases = [
        ("l2 0.05", 3.2772),
        ("l1 0.2", 6.3469),
        ("l2 0.05 within [0, 1]", 3.2772),
        ("l1 0.2 within [0, 1]", 6.3469),
    ];
    for (perturb, crown) in cases {
        let dir = digit(perturb);
        let found = run(dir.path(), SolverChoice::Auto).unwrap();
        assert_eq!(found.verdict, Verdict::Certified, "{perturb}: {}", found.reason);
        let bound = found.bound.unwrap();
        assert_eq!(bound.from, BoundSource::Relaxation, "{perturb}");
        assert!(bound.value >= crown && bound.value < 20.0, "{perturb}: {}", bound.value);
        assert_eq!(check(dir.path()), Vec::<String>::new(), "{perturb}");
    }
}
