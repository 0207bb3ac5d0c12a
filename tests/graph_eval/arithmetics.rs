//! The arithmetics agree with each other on random graphs.

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::eval::{EvalError, Lanes, NotExact};
use theriac::network::graph::{Graph, Op, Rounding, Unary};

use crate::graphs::{self, ALL, Menu, PLAIN};

fn argument(rng: &mut Rng, g: &Graph) -> Vec<f64> {
    (0..g.input_len()).map(|_| f64::from(rng.i32(-16..=16)) / 8.0).collect()
}

fn exact(x: f64) -> RBig {
    RBig::try_from(x).expect("finite")
}

/// Constants are short: doubles are exact as long as magnitudes and fractions fit 53 bits.
#[test]
fn doubles_are_exact_where_they_can_be() {
    let mut rng = Rng::with_seed(1);
    let menu = Menu { jumps: true, ..PLAIN };
    for round in 0..2_000 {
        let g = graphs::graph(&mut rng, menu, 6);
        let x = argument(&mut rng, &g);
        let rational: Vec<RBig> = x.iter().map(|&x| exact(x)).collect();
        let truth = g.eval_exact(&rational).expect("rational");
        let doubles = g.eval(&x, Rounding::Double).expect("fits");
        assert_eq!(truth.len(), g.output_len());
        for (t, d) in truth.iter().zip(&doubles) {
            assert_eq!(*t, exact(*d), "graph {round}: {g:?} at {x:?}");
        }
    }
}

/// An enclosure contains the real value, and in smooth graphs the doubles up to their rounding.
#[test]
fn enclosures_contain_the_value() {
    let mut rng = Rng::with_seed(2);
    let (mut with_truth, mut widest) = (0, 0.0f64);
    for round in 0..3_000 {
        let menu = Menu { smooth: rng.bool(), inexact: rng.bool(), ..ALL };
        let g = graphs::graph(&mut rng, menu, 7);
        let x = argument(&mut rng, &g);
        let points: Vec<Interval> = x.iter().map(|&x| Interval::point(x)).collect();
        let enclosures = g.eval_enclosed(&points).expect("fits");
        let doubles = g.eval(&x, Rounding::Double).expect("fits");
        let rational: Vec<RBig> = x.iter().map(|&x| exact(x)).collect();
        match g.eval_exact(&rational) {
            Ok(truth) => {
                with_truth += 1;
                for (t, e) in truth.iter().zip(&enclosures) {
                    assert!(exact(e.lo) <= *t && *t <= exact(e.hi), "graph {round}: {t} in {e:?}");
                }
            }
            Err(EvalError::NotExact { reason, .. }) => {
                assert!(matches!(reason, NotExact::Smooth | NotExact::Enclosed));
            }
            Err(e) => panic!("{e}"),
        }
        for (d, e) in doubles.iter().zip(&enclosures) {
            // A jump may lie inside the rounding error of its operand.
            let jumps = |op: &Op| {
                matches!(op, Op::Choose { .. })
                    || matches!(
                        op,
                        Op::Unary { f: Unary::Step { .. } | Unary::Threshold { .. }, .. }
                    )
            };
            let slack = 1e-12 * (1.0 + d.abs());
            assert!(e.lo - slack <= *d && *d <= e.hi + slack, "graph {round}: {d} in {e:?}");
            if !g.nodes.iter().any(|n| jumps(&n.op)) {
                widest = widest.max((e.hi - e.lo) / (1.0 + d.abs()));
            }
        }
    }
    assert!(with_truth > 500, "{with_truth}");
    assert!(widest < 1e-9, "{widest}");
}

/// Enclosures of a box contain the enclosures of its points.
#[test]
fn boxes_contain_their_points() {
    let mut rng = Rng::with_seed(3);
    for round in 0..1_000 {
        let g = graphs::graph(&mut rng, ALL, 6);
        let x = argument(&mut rng, &g);
        let radius = [0.0, 0.125, 1.0][rng.usize(0..3)];
        let set: Vec<Interval> = x.iter().map(|&x| Interval::new(x - radius, x + radius)).collect();
        let all = g.eval_enclosed(&set).expect("fits");
        for _ in 0..10 {
            let p: Vec<Interval> = set
                .iter()
                .map(|i| Interval::point(i.lo + (i.hi - i.lo) * f64::from(rng.u8(0..=8)) / 8.0))
                .collect();
            for (one, all) in g.eval_enclosed(&p).expect("fits").iter().zip(&all) {
                assert!(one.lo <= all.hi && all.lo <= one.hi, "graph {round}: {one:?} in {all:?}");
            }
        }
    }
}

/// Each lane has the bytes of its point alone.
#[test]
fn lanes_are_points() {
    let mut rng = Rng::with_seed(4);
    for _ in 0..500 {
        let g = graphs::graph(&mut rng, ALL, 8);
        let points: [Vec<f64>; 3] = std::array::from_fn(|_| argument(&mut rng, &g));
        let lanes: Vec<Lanes<f64, 3>> =
            (0..g.input_len()).map(|i| Lanes(std::array::from_fn(|k| points[k][i]))).collect();
        let together = g.values(&lanes).expect("fits").outputs(&g);
        for (k, p) in points.iter().enumerate() {
            let alone = g.eval(p, Rounding::Double).expect("fits");
            let lane: Vec<u64> = together.iter().map(|l| l.0[k].to_bits()).collect();
            assert_eq!(lane, alone.iter().map(|x| x.to_bits()).collect::<Vec<_>>());
        }
    }
}

/// Single precision rounds every step: its error is that of floats, and it is not that of doubles.
#[test]
fn single_precision_rounds() {
    let mut rng = Rng::with_seed(5);
    let mut differing = 0;
    for _ in 0..500 {
        let g = graphs::graph(&mut rng, Menu { inexact: true, ..PLAIN }, 6);
        let x: Vec<f64> = (0..g.input_len()).map(|_| f64::from(rng.f32())).collect();
        let (single, double) = (
            g.eval(&x, Rounding::Single).expect("fits"),
            g.eval(&x, Rounding::Double).expect("fits"),
        );
        let scale = double.iter().fold(1.0, |a: f64, b| a.max(b.abs()));
        for (s, d) in single.iter().zip(&double) {
            assert_eq!(f64::from(*s as f32), *s);
            // Cancellation in deep graphs may cost some digits against the largest intermediate.
            assert!((s - d).abs() < 1e-3 * scale.max(100.0), "{s} {d}");
            differing += usize::from(s != d);
        }
    }
    assert!(differing > 100, "{differing}");
}

#[test]
fn arguments_of_another_length_are_refused() {
    let g = graphs::graph(&mut Rng::with_seed(6), ALL, 3);
    let n = g.input_len();
    let error = g.eval(&vec![0.0; n + 1], Rounding::Double).expect_err("too long");
    assert_eq!(error, EvalError::Length { expected: n, found: n + 1 });
}
