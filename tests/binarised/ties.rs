//! What a rival is that is level with the class: every rule against the exact evaluation of every point.

use std::collections::BTreeSet;

use theriac::cert::Verdict;
use theriac::front::onnx::import::{Options, load_graph};
use theriac::front::spec::SolverChoice;
use theriac::network::binarised::{Integer, import};

use super::commands::{check, folder, run};
use super::{data, file, rows};

/// Points in steps of 1/4 and the scores there.
fn scores() -> Vec<([i64; 3], Vec<i64>)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/data/binarised.onnx");
    let graph = load_graph(&path, &Options::default()).unwrap().graph;
    let net: Integer = import(&graph).unwrap().on_lattice(4).unwrap();
    let point = |code: i64| [code / 25, code / 5 % 5, code % 5];
    (0..125).map(point).map(|k| (k, net.evaluate(&k).scores)).collect()
}

/// Whether `y` is an attack on `class` by each rule: wrong, right, first.
fn broken(y: &[i64], class: usize) -> [bool; 3] {
    let rivals = || y.iter().enumerate().filter(|(t, _)| *t != class);
    [
        rivals().any(|(_, s)| *s >= y[class]),
        rivals().any(|(_, s)| *s > y[class]),
        rivals().any(|(t, s)| *s > y[class] || (*s == y[class] && t < class)),
    ]
}

#[test]
fn ties_are_what_the_question_says() {
    let all = scores();
    let ball = |norm: &str, a: &[i64; 3], b: &[i64; 3], r: i64| {
        let d = [0, 1, 2].map(|j| (a[j] - b[j]).abs());
        match norm {
            "linf" => d.iter().all(|d| *d <= r),
            "l1" => d.iter().sum::<i64>() <= r,
            _ => d.iter().map(|d| d * d).sum::<i64>() <= r * r,
        }
    };
    let (mut seen, mut told) = (BTreeSet::new(), [0; 3]);
    for (at, y) in &all {
        for class in 0..3 {
            if broken(y, class)[1] {
                continue;
            }
            for (norm, r) in [("linf", 1), ("l1", 1), ("l1", 2), ("l2", 2)] {
                let mut truth = [false; 3];
                for (_, y) in all.iter().filter(|(k, _)| ball(norm, k, at, r)) {
                    for (t, b) in truth.iter_mut().zip(broken(y, class)) {
                        *t |= b;
                    }
                }
                // Where the rules differ, each way once a class and norm.
                if truth[0] == truth[1] || !seen.insert((class, norm, r, truth)) {
                    continue;
                }
                for (n, (rule, expected)) in
                    ["wrong", "right", "first"].iter().zip(truth).enumerate()
                {
                    for (settings, solver) in [
                        ("binarised", SolverChoice::Embedded),
                        ("binarised; models each", SolverChoice::Embedded),
                        ("binarised layerwise 100", SolverChoice::Embedded),
                        ("binarised", SolverChoice::Branch),
                    ] {
                        let text = format!(
                            "encode {{ {settings}; bounds interval }}\nsolve {{ attack off }}"
                        );
                        let dir = folder(*at, class, &format!("{norm} {r}/4"), &text);
                        let path = dir.path().join("q.thr");
                        let spec = std::fs::read_to_string(&path).unwrap();
                        let label = format!("label {class}");
                        std::fs::write(
                            &path,
                            spec.replace(&label, &format!("{label} ties {rule}")),
                        )
                        .unwrap();
                        let c = run(dir.path(), solver);
                        let place = format!(
                            "{at:?} {class} {norm} {r} {rule} {settings} {solver:?}: {}",
                            c.reason
                        );
                        let expected =
                            if expected { Verdict::Attacked } else { Verdict::Certified };
                        assert_eq!(c.verdict, expected, "{place}");
                        assert_eq!(check(dir.path()), Vec::<String>::new(), "{place}");
                        // The margin is that of the scores, whatever the rule.
                        let bound = c.bound.as_ref().map(|b| b.value);
                        let least =
                            all.iter().filter(|(k, _)| ball(norm, k, at, r)).map(|(_, y)| {
                                let rivals = (0..3).filter(|t| *t != class);
                                rivals.map(|t| y[class] - y[t]).min().unwrap()
                            });
                        let least = least.min().unwrap() as f64;
                        assert!(
                            bound.is_none_or(|b| b <= least + 1e-9),
                            "{place} {bound:?} {least}"
                        );
                        if let Some(a) = &c.attack {
                            let most = if *rule == "right" { -1.0 } else { 0.0 };
                            assert!(a.value <= most && a.value >= least, "{place} {}", a.value);
                        }
                        told[n] += 1;
                    }
                }
            }
        }
    }
    assert!(told.iter().all(|n| *n >= 16), "{told:?}");
}

/// Zeros whose sign is a third value are counted where an attack meets them.
#[test]
fn zeros_that_an_attack_meets_are_counted() {
    let name = "digits_bnn_ternary_64-8-10_s1.onnx";
    let net = import(&file(name)).unwrap().on_lattice(16).unwrap();
    let mut met = 0;
    for row in rows("digits.csv") {
        let mut k: Vec<i64> = row[..64].iter().map(|v| v.parse().unwrap()).collect();
        for j in 0..64 {
            let old = std::mem::replace(&mut k[j], 8);
            let found = net.evaluate(&k);
            let best = found.scores.iter().max().unwrap();
            if !found.ties.is_empty() && met < 3 {
                met += 1;
                // A class that is not the largest, and no input but this.
                let wrong = found.scores.iter().position(|s| s < best).unwrap();
                let dir = tempfile::tempdir().unwrap();
                std::fs::copy(data().join(name), dir.path().join("net.onnx")).unwrap();
                let at: Vec<String> = k.iter().map(|k| format!("{k}/16")).collect();
                let text = format!(
                    "network net = onnx \"net.onnx\"\nask robust at ({}) label {wrong}\n\
                     perturb {{ linf 0 within [0, 1]; lattice 1/16 }}\nencode {{ binarised }}\n",
                    at.join(", ")
                );
                std::fs::write(dir.path().join("q.thr"), text).unwrap();
                let c = run(dir.path(), SolverChoice::Embedded);
                assert_eq!(c.attack.map(|a| a.ties), Some(found.ties.len()), "{}", c.reason);
                assert_eq!(check(dir.path()), Vec::<String>::new());
                break;
            }
            k[j] = old;
        }
    }
    assert_eq!(met, 3);
}
