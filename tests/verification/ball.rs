//! Robustness over l1 and l2 balls, from a specification to a checked certificate.

use std::path::Path;

use dashu::rational::RBig;
use theriac::cert::Verdict;
use theriac::cert::certificate::BoundSource;
use theriac::front::onnx::import::{Options, load_graph};
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
        // Several at once are no weaker than the first alone.
        ("l2 0.05; linf 0.04; l1 0.8 within [0, 1]", 3.2772),
        ("l1 0.2; l2 0.1; offset x[0..399] in [-1, 1]", 6.3469),
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

/// Changes by sixteenths.
type Holds = fn([i64; 2]) -> bool;

/// Mixtures about a network of real numbers, on a lattice so that all inputs can be tried.
#[test]
fn mixtures_are_no_larger_and_no_smaller_than_they_are() {
    const MIXTURES: [(&str, Holds); 6] = [
        ("linf 3/16; l1 4/16", |d| d.iter().all(|d| d.abs() <= 3) && l1(d) <= 4),
        ("linf 8/16; l1 12/16", |d| d.iter().all(|d| d.abs() <= 8) && l1(d) <= 12),
        ("offset x[0] in [-1, 0]; l1 9/16", |d| d[1] == 0 && (-9..=0).contains(&d[0])),
        ("offset x in [0, 1/2]; l1 10/16", |d| {
            d.iter().all(|d| (0..=8).contains(d)) && l1(d) <= 10
        }),
        ("l1 12/16; l2 10/16", |d| l1(d) <= 12 && l2(d) <= 100),
        ("l2 12/16; linf 10/16", |d| d.iter().all(|d| d.abs() <= 10) && l2(d) <= 144),
    ];
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/data/two.onnx");
    let graph = load_graph(&file, &Options::default()).unwrap().graph;
    let exact = |k: [i64; 2]| {
        let x = k.map(|k| RBig::from(k) / RBig::from(16));
        graph.eval_exact(&x).unwrap()
    };
    let (mut told, mut open) = ([0, 0], 0);
    for at in [[16, 3], [4, 5], [0, 0], [-6, 7], [9, -8]] {
        let y = exact(at);
        let label = usize::from(y[1] > y[0]);
        for (words, holds) in MIXTURES {
            let (mut attacked, mut all) = (false, 0);
            for code in 0..33 * 33 {
                let d = [code / 33 - 16, code % 33 - 16];
                if holds(d) {
                    let y = exact([at[0] + d[0], at[1] + d[1]]);
                    attacked |= y[1 - label] >= y[label];
                    all += 1;
                }
            }
            assert!(all > 1);
            for solver in [SolverChoice::Embedded, SolverChoice::Branch] {
                for search in ["attack off; branch off", "attack 500 evaluations"] {
                    // No quadratic rows for the embedded solver.
                    let branch = solver == SolverChoice::Branch;
                    if words.contains("l2") && !branch || branch && search.contains("branch off") {
                        continue;
                    }
                    let dir = tempfile::tempdir().unwrap();
                    std::fs::copy(&file, dir.path().join("two.onnx")).unwrap();
                    let text = format!(
                        "network net = onnx \"two.onnx\"\nask robust at ({}/16, {}/16) label {label}\n\
                         perturb {{ {words}; lattice 1/16 }}\nsolve {{ {search} }}\n",
                        at[0], at[1]
                    );
                    std::fs::write(dir.path().join("q.thr"), text).unwrap();
                    let found = run(dir.path(), solver).unwrap();
                    let place = format!("{at:?} {words} {solver:?} {search}: {}", found.reason);
                    assert_eq!(check(dir.path()), Vec::<String>::new(), "{place}");
                    if branch && found.verdict == Verdict::Unknown {
                        open += 1;
                        continue;
                    }
                    let expected = if attacked { Verdict::Attacked } else { Verdict::Certified };
                    assert_eq!(found.verdict, expected, "{place}");
                    if let Some(attack) = found.attack {
                        let x = attack.test_input.unwrap();
                        assert!(holds([0, 1].map(|j| (x[j] * 16.0) as i64 - at[j])), "{place}");
                    }
                    told[usize::from(attacked)] += 1;
                }
            }
        }
    }
    println!("{told:?} {open}");
    assert!(told.iter().all(|n| *n > 15) && open < 10, "{told:?} {open}");
}

fn l1(d: [i64; 2]) -> i64 {
    d.iter().map(|d| d.abs()).sum()
}

fn l2(d: [i64; 2]) -> i64 {
    d.iter().map(|d| d * d).sum()
}
