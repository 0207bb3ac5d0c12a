//! The largest radius of a network of real numbers, where a fine grid of its plane tells the distance of the nearest other class.

use std::sync::atomic::AtomicBool;

use theriac::cert::pipeline::RunOptions;
use theriac::cert::{Verdict, largest};
use theriac::front::spec::{self, SolverChoice};
use theriac::network::graph::Rounding;
use theriac::question::verify::{Subject, Verification};

static NEVER: AtomicBool = AtomicBool::new(false);

/// The distance from the centre to the nearest point of a grid at which another output is as large.
fn nearest(question: &Verification, norm: &str, (reach, cell): (f64, f64)) -> f64 {
    let Subject::Robust { around, label, .. } = &question.subject else { panic!("robustness") };
    let center: Vec<f64> = around.center.iter().map(|c| c.lo).collect();
    let steps = (reach / cell).round() as i64;
    let mut least = f64::INFINITY;
    for a in -steps..=steps {
        for b in -steps..=steps {
            let by = [a as f64 * cell, b as f64 * cell];
            let far = match norm {
                "linf" => by[0].abs().max(by[1].abs()),
                "l1" => by[0].abs() + by[1].abs(),
                _ => by[0].hypot(by[1]),
            };
            let y = question.graph.eval(&[center[0] + by[0], center[1] + by[1]], Rounding::Double);
            let y = y.unwrap();
            if far < least && y.iter().enumerate().any(|(k, v)| k != *label && *v >= y[*label]) {
                least = far;
            }
        }
    }
    least
}

#[test]
fn ends_enclose_the_distance_to_the_next_class() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/data");
    let mut decided = 0;
    for (norm, most, step) in [("linf", "1.2", 0.1), ("l1", "2", 0.2), ("l2", "1.5", 0.1)] {
        for point in ["(0.2, 1.4)", "(1, 1/5)", "(0.5, -1)"] {
            for label in 0..3 {
                let dir = tempfile::tempdir().unwrap();
                std::fs::copy(data.join("two.onnx"), dir.path().join("net.onnx")).unwrap();
                let text = format!(
                    "network net = onnx \"net.onnx\"\nask largest radius at {point} label {label} step {step}\n\
                     perturb {{ {norm} {most} }}\nsolve {{ branch 300 nodes }}\n"
                );
                let path = dir.path().join("q.thr");
                std::fs::write(&path, text).unwrap();
                let asked = spec::load(&path).unwrap_or_else(|e| panic!("{}", e.plain()));
                let spec = asked.largest().unwrap();
                let widest = spec.question.widest.clone();
                let options =
                    RunOptions { solver: Some(SolverChoice::Branch), ..RunOptions::default() };
                let out = dir.path().join("out");
                let named = (path.as_path(), spec);
                let c = largest::run(named, &out, &options, &mut |_| {}, &NEVER).unwrap().1;
                let place = format!("{norm} {point} {label}: {}", c.reason);
                let (cell, most): (f64, f64) = (step / 8.0, most.parse().unwrap());
                let distance = nearest(&widest, norm, (most + cell, cell));
                let record = c.radius.unwrap();
                let radius = |e: &Option<largest::EndRecord>| {
                    e.as_ref().map(|e| e.radius.parse::<f64>().unwrap())
                };
                let (inside, outside) = (radius(&record.certified), radius(&record.attacked));
                assert!(inside.is_none_or(|r| r < distance + 1e-12), "{place}: {distance}");
                if distance <= most {
                    assert!(outside.is_some_and(|r| r < distance + step + 1e-9), "{place}");
                }
                decided += usize::from(c.verdict == Verdict::Certified);
                let job = largest::Job::open(&out).unwrap();
                let checked = largest::verify(&out.join("certificate.json"), &job, &NEVER).unwrap();
                assert!(checked.accepted(), "{place}: {:?}", checked.findings);
            }
        }
    }
    // What stays open is a point of another class that is no point of doubles.
    assert!(decided >= 18, "{decided}");
}
