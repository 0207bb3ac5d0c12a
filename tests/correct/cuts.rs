//! Rows kept as products of columns and rows against rows written out.

use fastrand::Rng;
use theriac::encode::correct::{Cuts, Origin};
use theriac::network::graph::batch::{Batches, Wanted};
use theriac::solve::nearest::Gram;

use crate::graphs;
use crate::graphs::trained::{parameters, points, table};

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

#[test]
fn products_are_those_of_the_rows_written_out() {
    let mut rng = Rng::with_seed(1);
    let (mut compared, mut not_zero) = (0, 0);
    for round in 0..400 {
        let mut g = graphs::graph(&mut rng, graphs::PLAIN, 6);
        let parameters = parameters(&mut rng, &mut g);
        if parameters.is_empty() {
            continue;
        }
        let batches = Batches::new(&g);
        let leads = batches.trained(&parameters);
        let mut cuts = Cuts::new(parameters.starts());
        let mut sums: Vec<(usize, Vec<f64>)> = Vec::new();
        for part in 0..rng.usize(2..5) {
            if rng.bool() {
                let vector = (0..parameters.len()).map(|_| graphs::quarter(&mut rng)).collect();
                cuts.push_vector(vector, 1.0, Origin::Loss { round: part });
                continue;
            }
            let count = rng.usize(1..4);
            let points = points(&mut rng, &g, count);
            let weights: Vec<Vec<f64>> = (0..count)
                .map(|_| (0..g.output_len()).map(|_| graphs::quarter(&mut rng)).collect())
                .collect();
            let values = batches.values::<f64>(&table(&points), count).unwrap();
            let slopes = table(&weights);
            let gradient = batches.gradient(&values, &slopes, Wanted::Parameters, &leads);
            let rows = batches.rows(&values, &gradient, &parameters);
            let origins: Vec<Origin> =
                (0..count).map(|point| Origin::Attack { round: part, point, rival: 0 }).collect();
            // The sum of these rows is known from another function.
            let mut sum = vec![0.0; parameters.len()];
            batches.add_sum(&values, &gradient, &parameters, &mut sum);
            sums.push((cuts.len(), sum));
            cuts.push_rows(rows, &vec![0.5; count], &origins);
        }
        let rows: Vec<Vec<f64>> = (0..cuts.len()).map(|i| cuts.row(i)).collect();
        let diagonal = cuts.diagonal();
        for (j, row) in rows.iter().enumerate() {
            let column = cuts.column(j);
            for (i, other) in rows.iter().enumerate() {
                let product = dot(row, other);
                assert!(close(column[i], product), "{round}: {} {product}: {g:?}", column[i]);
                compared += 1;
                not_zero += usize::from(product != 0.0);
            }
            assert!(close(diagonal[j], dot(row, row)));
        }
        let weights: Vec<f64> = rows.iter().map(|_| graphs::quarter(&mut rng)).collect();
        for (k, sum) in cuts.combination(&weights).iter().enumerate() {
            let told: f64 = rows.iter().zip(&weights).map(|(r, w)| r[k] * w).sum();
            assert!(close(*sum, told));
        }
        for (first, sum) in sums {
            let count = cuts.origins[first..]
                .iter()
                .take_while(|o| round_of(o) == round_of(&cuts.origins[first]))
                .count();
            let mut weights = vec![0.0; rows.len()];
            weights[first..first + count].fill(1.0);
            assert!(cuts.combination(&weights).iter().zip(&sum).all(|(a, b)| close(*a, *b)));
        }
    }
    assert!(compared > 3_000 && not_zero > 1_500, "{compared} {not_zero}");
}

fn round_of(origin: &Origin) -> usize {
    match origin {
        Origin::Attack { round, .. } | Origin::Loss { round } => *round,
    }
}
