//! Batches against evaluation point by point, and derivatives in parameters against difference
//! quotients and recorded steps of training.

use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::batch::{Batches, Block, Rows, Wanted};
use theriac::network::graph::gradient::Steps;
use theriac::network::graph::parameters::normal;
use theriac::network::graph::*;

use crate::graphs;
use crate::graphs::trained::{parameters, points, table};

fn close(a: f64, b: f64, slack: f64) -> bool {
    (a - b).abs() <= slack * (1.0 + a.abs().max(b.abs())) || (a.is_nan() && b.is_nan()) || a == b
}

/// Every operation, several points at once, as one point after the other: sums of short numbers are
/// exact in any order.
#[test]
fn batches_are_their_points() {
    let mut rng = Rng::with_seed(1);
    for round in 0..1_000 {
        let g = graphs::graph(&mut rng, graphs::ALL, 8);
        let batches = Batches::new(&g);
        let count = rng.usize(1..5);
        let points = points(&mut rng, &g, count);
        let weights: Vec<Vec<f64>> = (0..count)
            .map(|_| (0..g.output_len()).map(|_| graphs::quarter(&mut rng)).collect())
            .collect();
        let values = batches.values::<f64>(&table(&points), count).expect("fits");
        let single = batches.values::<f32>(&table(&points), count).expect("fits");
        let outputs = batches.outputs(&values);
        let rough = batches.outputs(&single);
        let none = vec![false; g.nodes.len()];
        let gradient = batches.gradient(&values, &table(&weights), Wanted::Argument, &none);
        for (p, point) in points.iter().enumerate() {
            let alone = g.values(point).expect("fits");
            for (k, y) in alone.outputs(&g).iter().enumerate() {
                let (got, rough) = (outputs[k * count + p], rough[k * count + p]);
                assert!(close(got, *y, 1e-12), "graph {round}: {got} and {y}: {g:?}");
                assert!(
                    close(f64::from(rough), *y, 1e-3) || y.abs() > 1e6,
                    "{rough} and {y}: {g:?}"
                );
            }
            for (k, s) in g.gradient(&alone, &weights[p], Steps::Flat).iter().enumerate() {
                let got = gradient.argument[k * count + p];
                assert!(close(got, *s, 1e-9), "graph {round}: {got} and {s}: {g:?}");
            }
        }
    }
}

/// Row `r`, every parameter.
fn row(rows: &Rows, r: usize) -> Vec<f64> {
    let mut all = Vec::new();
    for block in &rows.blocks {
        match block {
            Block::Full { len, list } => all.extend_from_slice(&list[r * len..(r + 1) * len]),
            Block::Outer { outputs, inputs, left, right, order } => {
                let at = all.len();
                all.resize(at + outputs * inputs, 0.0);
                for k in 0..outputs * inputs {
                    let to = order.as_ref().map_or(k, |o| o[k] as usize);
                    all[at + to] = left[r * outputs + k / inputs] * right[r * inputs + k % inputs];
                }
            }
        }
    }
    all
}

#[test]
fn derivatives_in_parameters_are_difference_quotients() {
    let mut rng = Rng::with_seed(2);
    let (mut compared, mut outer, mut not_zero) = (0, 0, 0);
    for round in 0..1_500 {
        let menu = graphs::Menu { products: rng.bool(), ..graphs::PLAIN };
        let mut g = graphs::graph(&mut rng, menu, 6);
        let parameters = parameters(&mut rng, &mut g);
        if parameters.is_empty() {
            continue;
        }
        let count = rng.usize(1..4);
        let jitter = |x: &f64, rng: &mut Rng| x + rng.f64() * 1e-3;
        let points: Vec<Vec<f64>> = points(&mut rng, &g, count)
            .iter()
            .map(|p| p.iter().map(|x| jitter(x, &mut rng)).collect())
            .collect();
        let weights: Vec<f64> = (0..g.output_len()).map(|_| graphs::quarter(&mut rng)).collect();
        let all: Vec<Vec<f64>> = vec![weights.clone(); count];
        let batches = Batches::new(&g);
        let values = batches.values::<f64>(&table(&points), count).expect("fits");
        let leads = batches.trained(&parameters);
        let gradient = batches.gradient(&values, &table(&all), Wanted::Parameters, &leads);
        let mut sum = vec![0.0; parameters.len()];
        batches.add_sum(&values, &gradient, &parameters, &mut sum);
        let rows = batches.rows(&values, &gradient, &parameters);
        outer += rows.blocks.iter().filter(|b| matches!(b, Block::Outer { .. })).count();
        let rows: Vec<Vec<f64>> = (0..count).map(|r| row(&rows, r)).collect();
        for (k, s) in sum.iter().enumerate() {
            let total: f64 = rows.iter().map(|r| r[k]).sum();
            assert!(close(total, *s, 1e-9), "graph {round}: {total} and {s}: {g:?}");
        }
        let at = rng.usize(0..sum.len());
        let vector = parameters.vector();
        let moved = |by: f64, point: &[f64]| -> f64 {
            let (mut vector, mut g) = (vector.clone(), g.clone());
            vector[at] += by;
            parameters.write(&vector, &mut g);
            let y = g.eval(point, Rounding::Double).expect("fits");
            y.iter().zip(&weights).map(|(y, w)| y * w).sum()
        };
        for (point, row) in points.iter().zip(&rows) {
            let h = 1e-6;
            let here = moved(0.0, point);
            let up = (moved(h, point) - here) / h;
            let down = (here - moved(-h, point)) / h;
            if !close(up, down, 1e-4) {
                continue; // on a kink, or curved
            }
            compared += 1;
            not_zero += usize::from(up != 0.0);
            let middle = (up + down) / 2.0;
            assert!(close(row[at], middle, 1e-4), "{round}: {} and {middle}: {g:?}", row[at]);
        }
    }
    assert!(compared > 1_000 && not_zero > 500 && outer > 300, "{compared} {not_zero} {outer}");
}

/// What a file says of a normalisation, and what the graph has of it.
#[test]
fn normalisations_enclose() {
    let (factor, shift) = normal(3.0, 0.5, Interval::new(1.0, 2.0), -1.0);
    assert_eq!((factor, shift), (Interval::new(1.5, 3.0), Interval::new(2.0, 3.5)));
}
