//! Attacks on a binarised network over lattice balls: for how many samples each method finds one, alone and together.
//! `cargo bench --bench lattice_attacks -- NETWORK.onnx Q SAMPLES COUNT EVALUATIONS [METHODS] [NORM=RADIUS ...]`: inputs are samples
//! over `Q`; samples are an IDX file, or a CSV file with a header, either may be gzipped; radii
//! are in units of `1 / Q` for `linf` and of the input otherwise. Samples that the network cannot tell are left out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/lattice.rs"]
mod lattice;

use std::time::Instant;

use dashu::rational::RBig;
use lattice::{network, samples};
use theriac::encode::binarised::Rivals;
use theriac::search::binarised::{Method, Options, attack};

fn main() {
    let args: Vec<String> = std::env::args().filter(|a| a != "--bench").skip(1).collect();
    let [network_file, q, file, count, evaluations, rest @ ..] = &args[..] else {
        println!("NETWORK.onnx Q SAMPLES COUNT EVALUATIONS [METHODS] [NORM=RADIUS ...]");
        return;
    };
    let (q, count): (u32, usize) = (q.parse().unwrap(), count.parse().unwrap());
    let net = network(network_file, q);
    let told = samples(file, &net, count);
    let sets: Vec<(&str, Vec<Method>)> = vec![
        ("climb", vec![Method::Climb]),
        ("gradient", vec![Method::Gradient]),
        ("patterns", vec![Method::Patterns]),
        ("all", Method::ALL.to_vec()),
    ];
    let wanted = rest.first().map_or("climb,gradient,patterns,all", String::as_str);
    println!("{network_file}: {} samples, {evaluations} evaluations", told.len());
    for ball in rest.iter().skip(1) {
        let (name, radius) = ball.split_once('=').unwrap();
        let radius: RBig = RBig::try_from(radius.parse::<f64>().unwrap()).unwrap();
        for (set, methods) in sets.iter().filter(|(s, _)| wanted.split(',').any(|w| w == *s)) {
            let begin = Instant::now();
            let (mut found, mut leads, mut spent) = (0, 0, 0);
            let mut by = [0; 4];
            for (_, sample) in &told {
                let steps = if name == "linf" { radius.clone() } else { &radius * RBig::from(q) };
                let points = lattice::ball(q, &sample.point, name, &steps);
                let options = Options {
                    evaluations: evaluations.parse().unwrap(),
                    enough: std::env::var("LARGEST").is_err().then_some(1),
                    methods,
                    ..Options::default()
                };
                let asked = (sample.class, Rivals::Any);
                let report = attack(&net, &points, asked, &options).unwrap();
                found += usize::from(report.lead > 0);
                leads += report.lead;
                spent += report.evaluations;
                by[report.method as usize] += usize::from(report.lead > 0);
            }
            let n = told.len() as f64;
            println!(
                "{ball:<10} {set:<9} found {found:>3}  mean lead {:>7.2}  {:>7.3} s  {:>7.0} evaluations  by {by:?}",
                leads as f64 / n,
                begin.elapsed().as_secs_f64() / n,
                spent as f64 / n
            );
        }
    }
}
