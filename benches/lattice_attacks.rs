//! Attacks on a binarised network over lattice balls: for how many samples each method finds one, alone and together.
//! `cargo bench --bench lattice_attacks -- NETWORK.onnx Q SAMPLES COUNT EVALUATIONS [METHODS] [NORM=RADIUS ...]`: inputs are samples
//! over `Q`; samples are an IDX file, or a CSV file with a header, either may be gzipped; radii
//! are in units of `1 / Q` for `linf` and of the input otherwise. Samples that the network cannot tell are left out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

use dashu::rational::RBig;
use theriac::encode::binarised::Rivals;
use theriac::front::onnx::import::{Options as Import, load_graph};
use theriac::network::binarised::import;
use theriac::question::lattice::{Lattice, Norm};
use theriac::search::binarised::{Method, Options, attack};

fn samples(path: &str, inputs: usize) -> Vec<Vec<i64>> {
    if path.contains(".csv") {
        let bytes = std::fs::read(path).unwrap();
        let mut text = String::new();
        if path.ends_with(".gz") {
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
        } else {
            text = String::from_utf8(bytes).unwrap();
        }
        let row = |l: &str| l.split(',').take(inputs).map(|v| v.parse().unwrap()).collect();
        return text.lines().skip(1).map(row).collect();
    }
    let array = theriac::front::data::load(Path::new(path), None).unwrap();
    let count = array.shape[0].min(1_000);
    (0..count).map(|i| array.row(i).unwrap().iter().map(|v| *v as i64).collect()).collect()
}

fn main() {
    let args: Vec<String> = std::env::args().filter(|a| a != "--bench").skip(1).collect();
    let [network, q, file, count, evaluations, rest @ ..] = &args[..] else {
        println!("NETWORK.onnx Q SAMPLES COUNT EVALUATIONS [METHODS] [NORM=RADIUS ...]");
        return;
    };
    let (q, count): (u32, usize) = (q.parse().unwrap(), count.parse().unwrap());
    let graph = load_graph(Path::new(network), &Import::default()).unwrap().graph;
    let net = import(&graph).unwrap().on_lattice(q).unwrap();
    let mut images = samples(file, net.inputs);
    // Digits: the last rows are those that were not trained on.
    if file.contains(".csv") {
        images = images.split_off(images.len().saturating_sub(397));
    }
    let told: Vec<(Vec<i64>, usize)> = images
        .into_iter()
        .filter_map(|k| {
            let scores = net.evaluate(&k).scores;
            let most = *scores.iter().max().unwrap();
            let mut best = (0..scores.len()).filter(|c| scores[*c] == most);
            let class = best.next()?;
            best.next().is_none().then_some((k, class))
        })
        .take(count)
        .collect();
    let sets: Vec<(&str, Vec<Method>)> = vec![
        ("climb", vec![Method::Climb]),
        ("gradient", vec![Method::Gradient]),
        ("patterns", vec![Method::Patterns]),
        ("all", Method::ALL.to_vec()),
    ];
    let wanted = rest.first().map_or("climb,gradient,patterns,all", String::as_str);
    println!("{network}: {} samples, {evaluations} evaluations", told.len());
    for ball in rest.iter().skip(1) {
        let (name, radius) = ball.split_once('=').unwrap();
        let radius: RBig = RBig::try_from(radius.parse::<f64>().unwrap()).unwrap();
        for (set, methods) in sets.iter().filter(|(s, _)| wanted.split(',').any(|w| w == *s)) {
            let begin = Instant::now();
            let (mut found, mut leads, mut spent) = (0, 0, 0);
            let mut by = [0; 4];
            for (k, class) in &told {
                let center: Vec<RBig> = k.iter().map(|k| RBig::from(*k) / RBig::from(q)).collect();
                let points = match name {
                    "linf" => Lattice::around(q, &center, &(&radius / RBig::from(q))),
                    "l1" => Lattice::ball(q, &center, &radius, Norm::L1),
                    "l2" => Lattice::ball(q, &center, &radius, Norm::L2),
                    other => panic!("{other}"),
                };
                let options = Options {
                    evaluations: evaluations.parse().unwrap(),
                    enough: std::env::var("LARGEST").is_err().then_some(1),
                    methods,
                    ..Options::default()
                };
                let points = points.unwrap();
                let report = attack(&net, &points, (*class, Rivals::Any), &options).unwrap();
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
