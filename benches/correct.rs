//! Nearest weights that survive attacks, the whole loop of Zhao and Kronqvist: per round the seconds of rows, program and pool; at the
//! end the chosen networks. `cargo bench --bench correct -- NETWORK.onnx TRAIN_IMAGES TRAIN_LABELS TEST_IMAGES TEST_LABELS POINTS
//! ROUNDS [FROM]`: IDX files, pixels over 255; attacks are looked for among the first FROM training samples.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::time::Instant;

use theriac::encode::correct::{Cuts, Demand, Place, Rivals, push_attacks, push_loss};
use theriac::front::data::load;
use theriac::front::onnx::{Options, load_graph};
use theriac::network::graph::Graph;
use theriac::network::graph::batch::{Batches, Float};
use theriac::network::graph::parameters::Parameters;
use theriac::question::Loss;
use theriac::search::correct::{Candidate, Descent, Pool, attack, violations};
use theriac::solve::nearest::{self, Gram, nearest};
use theriac::train::Label;
use theriac::train::whole::{Samples, fit};

fn read<T: Float>(images: &str, labels: &str, count: Option<usize>) -> Samples<T> {
    let images = load(Path::new(images), None).unwrap();
    let classes = load(Path::new(labels), None).unwrap().classes().unwrap();
    let count = count.unwrap_or(classes.len());
    let pixels = (0..count).flat_map(|k| images.row(k).unwrap());
    Samples {
        width: images.row_len(),
        inputs: pixels.map(|v| T::constant(v / 255.0)).collect(),
        labels: classes[..count].iter().map(|&c| Label::Class(c)).collect(),
    }
}

fn with(graph: &Graph, parameters: &Parameters, vector: &[f64]) -> Graph {
    let mut graph = graph.clone();
    parameters.write(vector, &mut graph);
    graph
}

/// How far the attacking points are from being read rightly, all together.
fn violation(batches: &Batches<'_>, points: &Samples<f64>) -> f64 {
    -violations(batches, points).unwrap().iter().map(|v| v.min(0.0)).sum::<f64>()
}

fn accuracy(graph: &Graph, samples: &Samples<f32>, how: Option<&Descent>) -> f64 {
    let batches = Batches::new(graph);
    let moved = how.map(|how| attack(&batches, samples, how).unwrap());
    let told = fit(&batches, moved.as_ref().unwrap_or(samples), Loss::CrossEntropy, None).unwrap();
    100.0 * told.right as f64 / samples.len() as f64
}

fn main() {
    let args: Vec<String> = std::env::args().filter(|a| a != "--bench").skip(1).collect();
    let [network, images, labels, test_images, test_labels, points, rounds, rest @ ..] = &args[..]
    else {
        println!(
            "NETWORK.onnx TRAIN_IMAGES TRAIN_LABELS TEST_IMAGES TEST_LABELS POINTS ROUNDS [FROM]"
        );
        return;
    };
    let (points, rounds): (usize, usize) = (points.parse().unwrap(), rounds.parse().unwrap());
    let options = Options { trainable: true, ..Options::default() };
    let loaded = load_graph(Path::new(network), &options).unwrap();
    let (graph, parameters) = (&loaded.graph, &loaded.parameters);
    let train: Samples<f32> = read(images, labels, None);
    let from: Samples<f32> = read(images, labels, rest.first().map(|n| n.parse().unwrap()));
    let test: Samples<f32> = read(test_images, test_labels, None);
    let pgd = Descent { radius: 0.1, step: 0.01, steps: 50, seed: Some(0), range: None };
    let begin = Instant::now();
    let batches = Batches::new(graph);
    let moved = attack(&batches, &from, &pgd).unwrap();
    let margins = violations(&batches, &moved).unwrap();
    let mut chosen = Vec::new();
    for class in 0..10 {
        let mut own: Vec<usize> =
            (0..from.len()).filter(|&k| from.labels[k].class() == Some(class)).collect();
        own.sort_by(|&a, &b| margins[a].total_cmp(&margins[b]));
        chosen.extend(own.into_iter().take(points / 10));
    }
    let width = train.width;
    let adversarial: Samples<f64> = Samples {
        width,
        inputs: chosen
            .iter()
            .flat_map(|&k| moved.inputs[k * width..(k + 1) * width].iter().map(|v| f64::from(*v)))
            .collect(),
        labels: chosen.iter().map(|&k| moved.labels[k].clone()).collect(),
    };
    println!("attacks: {:.1} s", begin.elapsed().as_secs_f64());
    let trained = parameters.vector();
    let (mut pool, mut cuts) = (Pool::default(), Cuts::new(parameters.starts()));
    let mut active: Vec<usize> = Vec::new();
    let mut last = vec![0.0; trained.len()];
    let mut most = 0.0;
    let whole = Instant::now();
    for round in 0..=rounds {
        let clock = Instant::now();
        let vector: Vec<f64> = trained.iter().zip(&last).map(|(w, d)| w + d).collect();
        let here = with(graph, parameters, &vector);
        let batches = Batches::new(&here);
        let told = fit(&batches, &train, Loss::CrossEntropy, Some(parameters)).unwrap();
        if round == 0 {
            most = told.loss;
            let violation = violation(&batches, &adversarial);
            pool.candidates.push(Candidate { round, tenths: 0, vector, loss: most, violation });
        }
        let place = Place { batches: &batches, parameters, change: &last, round };
        let demand = Demand { margin: 1e-5, rivals: Rivals::Each, strengthening: None };
        push_attacks(&mut cuts, &place, &adversarial, &demand).unwrap();
        push_loss(&mut cuts, &place, &told, most);
        let rows = clock.elapsed().as_secs_f64();
        if round == rounds {
            break;
        }
        let clock = Instant::now();
        let dual = nearest(&cuts, &cuts.limits, &active, &nearest::Options::default());
        let solve = clock.elapsed().as_secs_f64();
        active = dual.active.clone();
        let minus: Vec<f64> = dual.multipliers.iter().map(|l| -l).collect();
        last = cuts.combination(&minus);
        last.iter_mut().zip(&trained).for_each(|(d, w)| *d = f64::from((w + *d) as f32) - w);
        let clock = Instant::now();
        for tenths in 1..=10 {
            let step = tenths as f64 / 10.0;
            let vector: Vec<f64> =
                trained.iter().zip(&last).map(|(w, d)| f64::from((w + step * d) as f32)).collect();
            let here = with(graph, parameters, &vector);
            let batches = Batches::new(&here);
            let loss = fit(&batches, &train, Loss::CrossEntropy, None).unwrap().loss;
            let violation = violation(&batches, &adversarial);
            pool.candidates.push(Candidate { round: round + 1, tenths, vector, loss, violation });
        }
        let end = &pool.candidates[pool.candidates.len() - 1];
        println!(
            "round {}: {} rows {rows:.1} s; program {solve:.1} s, {:?}, {} active, {} steps, {:?}, distance {:.4}; pool {:.1} s; loss {:.4}, violation {:.3}",
            round + 1,
            cuts.len(),
            dual.outcome,
            dual.active.len(),
            dual.steps,
            dual.residuals,
            (2.0 * dual.value).sqrt(),
            clock.elapsed().as_secs_f64(),
            end.loss,
            end.violation,
        );
    }
    println!("{rounds} rounds: {:.1} s", whole.elapsed().as_secs_f64());
    let fast = Descent::fast(0.1, None);
    for weight in [0.0, 0.2, 0.4] {
        let best = &pool.candidates[pool.best(weight).unwrap()];
        let graph = with(graph, parameters, &best.vector);
        println!(
            "weight {weight}: round {} tenths {}: loss {:.4}, violation {:.3}, test {:.2}, FGSM {:.2}, PGD {:.2}",
            best.round,
            best.tenths,
            best.loss,
            best.violation,
            accuracy(&graph, &test, None),
            accuracy(&graph, &test, Some(&fast)),
            accuracy(&graph, &test, Some(&pgd)),
        );
    }
}
