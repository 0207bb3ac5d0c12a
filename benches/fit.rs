//! The loss of a network over a data set, with and without its derivative: seconds and samples a second, by arithmetic and
//! number of threads. `cargo bench --bench fit -- NETWORK.onnx IMAGES LABELS [SAMPLES]`: IDX files, pixels over 255.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::time::Instant;

use theriac::front::data::load;
use theriac::front::onnx::{Options, load_graph};
use theriac::network::graph::batch::{Batches, Float};
use theriac::network::graph::parameters::Parameters;
use theriac::question::Loss;
use theriac::train::Label;
use theriac::train::whole::{Samples, fit};

fn main() {
    let args: Vec<String> = std::env::args().filter(|a| a != "--bench").skip(1).collect();
    let [network, images, labels, rest @ ..] = &args[..] else {
        println!("NETWORK.onnx IMAGES LABELS [SAMPLES]");
        return;
    };
    let options = Options { trainable: true, ..Options::default() };
    let loaded = load_graph(Path::new(network), &options).unwrap();
    let images = load(Path::new(images), None).unwrap();
    let labels = load(Path::new(labels), None).unwrap();
    let count = rest.first().map_or(images.rows(), |n| n.parse().unwrap());
    let width = loaded.graph.input_len();
    let pixels = (0..count).flat_map(|k| images.row(k).unwrap());
    let inputs: Vec<f64> = pixels.map(|v| v / 255.0).collect();
    let classes = labels.classes().unwrap();
    let labels: Vec<Label<f64>> = classes[..count].iter().map(|&c| Label::Class(c)).collect();
    let batches = Batches::new(&loaded.graph);
    println!("{network}: {} parameters, {count} samples", loaded.parameters.len());
    let double = Samples { width, inputs: inputs.clone(), labels: labels.clone() };
    let single = Samples { width, inputs: inputs.iter().map(|&v| v as f32).collect(), labels };
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            measure("single", &batches, &single, &loaded.parameters, threads);
            measure("double", &batches, &double, &loaded.parameters, threads);
        });
    }
}

fn measure<T: Float>(
    name: &str,
    batches: &Batches<'_>,
    samples: &Samples<T>,
    parameters: &Parameters,
    threads: usize,
) {
    for (what, wanted) in [("loss", None), ("loss and derivative", Some(parameters))] {
        let begin = Instant::now();
        let told = fit(batches, samples, Loss::CrossEntropy, wanted).unwrap();
        let seconds = begin.elapsed().as_secs_f64();
        println!(
            "{name}, {threads} threads, {what:<20} {seconds:>7.3} s {:>9.0} a second; loss {:.6}, right {:.2} %",
            samples.len() as f64 / seconds,
            told.loss,
            100.0 * told.right as f64 / samples.len() as f64,
        );
    }
}
