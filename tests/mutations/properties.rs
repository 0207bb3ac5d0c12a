//! 10,000 mutated property files: refused with a short sentence, or read as a property that can be
//! taken apart; in bounded memory either way.

use std::fs;

use theriac::front::vnnlib::load_bytes;
use theriac::question::verify::{Variable, cases};

use super::memory::measured;
use super::mutate::mutate;

const OWN: [&str; 3] = [
    "(vnnlib-version <2.0>)\n(declare-network n\n  (declare-input A float32 [1,2] \"a\")\n  \
     (declare-input B Real [] \"b\")\n  (declare-output Y Real [3] \"y\"))\n\
     (assert (and (<= 0 A[0,0] 1) (<= 0 A[0,1] 0.25) (= B 0.5)))\n\
     (assert (or (not (< Y[0] Y[1])) (and (>= Y[2] 1e-3) (!= Y[1] (- B)))))\n",
    "(set-logic QF_LRA)\n(declare-const X_0 Real)\n(declare-fun X_1 () Real)\n(declare-const Y_0 Real)\n\
     (assert (or (and (<= -1 X_0 1) (<= 0 X_1 2) (>= Y_0 3))\n\
     (and (<= (+ X_0 X_1) 4) (>= X_0 2) (>= X_1 0) (<= Y_0 -3))\n\
     (not (or (< X_0 3) (> X_0 4) (< (* 2 X_1) 1) (> (/ X_1 3) 1)))))\n(check-sat)\n",
    "(declare-const X_0 Real)\n(declare-const Y_0 Real)\n(declare-const Y_1 Real)\n\
     (assert (or (= X_0 0.1) (= X_0 0.2) (and (> X_0 0.3) (< X_0 0.4))))\n\
     (assert (or (and (<= Y_0 Y_1)) (and (<= (- Y_0 Y_1 0.5) (* 3 (+ Y_0 1))))))\n",
];

fn seeds() -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir("tests/data/vnnlib/samples").unwrap().collect();
    paths.sort_by_key(|p| p.as_ref().unwrap().path());
    let samples = paths.into_iter().map(|p| fs::read(p.unwrap().path()).unwrap());
    // The own files have more constructs: half of all rounds are theirs.
    let samples: Vec<Vec<u8>> = samples.collect();
    let own = OWN.iter().map(|t| t.as_bytes().to_vec()).cycle().take(samples.len());
    own.chain(samples.iter().cloned()).collect()
}

#[test]
fn ten_thousand_property_files() {
    let seeds = seeds();
    let mut rng = fastrand::Rng::with_seed(51);
    let (mut refused, mut apart, mut unbounded) = (0, 0, 0);
    for round in 0..10_000 {
        let seed = &seeds[round % seeds.len()];
        let other = &seeds[rng.usize(..seeds.len())];
        let text = mutate(seed, other, &mut rng);
        let (found, held) = measured(|| load_bytes("p", &text));
        assert!(held <= 32 * text.len() + 16_384, "{held} for {}", text.len());
        let query = match found {
            Ok(query) => query,
            Err(e) => {
                refused += 1;
                let told = e.to_string();
                assert!(told.starts_with("p:") && told.len() < 300, "{told}");
                assert!(!told.contains('\n'), "{told}");
                if let Some(place) = e.place {
                    let line = text.split(|b| *b == b'\n').nth(place.line as usize - 1);
                    assert!(place.column as usize <= line.unwrap().len() + 1, "{told}");
                }
                continue;
            }
        };
        let property = query.property;
        for atom in property.formula.atoms() {
            assert!(atom.terms.windows(2).all(|w| w[0].0 < w[1].0));
            assert!(atom.constant.is_finite() && atom.line > 0);
            for (v, c) in &atom.terms {
                assert!(c.is_finite() && (c.lo, c.hi) != (0.0, 0.0));
                let (at, size) = match v {
                    Variable::Input(i) => (*i as usize, property.inputs),
                    Variable::Output(j) => (*j as usize, property.outputs),
                };
                assert!(at < size);
            }
        }
        let (found, held) = measured(|| cases(&property));
        assert!(held <= 256 * text.len() + 65_536, "{held} for {}", text.len());
        match found {
            Ok(cases) => {
                apart += 1;
                for case in cases {
                    assert_eq!(case.outer.len(), property.inputs);
                    assert!(case.outer.iter().all(|i| i.lo <= i.hi && i.is_finite()));
                    assert!(case.inner.iter().zip(&case.outer).all(|(a, b)| b.hull(*a) == *b));
                }
            }
            Err(e) => {
                unbounded += 1;
                assert!(e.to_string().starts_with("input X_"));
            }
        }
    }
    assert!(refused > 4000 && apart > 700 && unbounded > 90, "{refused} {apart} {unbounded}");
}
