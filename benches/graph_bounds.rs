//! Unstable neurons and seconds of each pass on networks with properties.
//! `cargo bench --bench graph_bounds -- NET.onnx PROPERTY.vnnlib [NET PROPERTY ...] [steps=N]`.
//! One line a pass: interval arithmetic, then backward relaxation with one and with two threads, then
//! whether the first case of the property is decided by it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::time::Instant;

use theriac::bounds::graph::{BackwardOptions, Plan, backward, interval, refuted};
use theriac::front::onnx::{Options, load_graph};
use theriac::front::vnnlib;
use theriac::question::verify::cases;

fn main() {
    let mut steps = 0;
    let mut files = Vec::new();
    for a in std::env::args().skip(1).filter(|a| a != "--bench") {
        match a.strip_prefix("steps=") {
            Some(n) => steps = n.parse().expect("steps=N"),
            None => files.push(a),
        }
    }
    if files.len() < 2 {
        println!("give pairs of an ONNX file and a VNN-LIB file");
        return;
    }
    for pair in files.chunks_exact(2) {
        let graph = load_graph(Path::new(&pair[0]), &Options::default()).expect("network").graph;
        let property =
            vnnlib::load(Path::new(&pair[1])).expect("property").fit(&graph).expect("fit");
        let all = cases(&property).expect("cases");
        let case = &all[0];
        println!("{} {}: case 1 of {}", pair[0], pair[1], all.len());
        let start = Instant::now();
        let plan = Plan::new(&graph);
        let prepared = start.elapsed();
        let start = Instant::now();
        let plain = interval(&plan, &case.outer).expect("a box");
        println!(
            "  interval            {:9.4} s (and {:.4} s once for the network), unstable {}",
            start.elapsed().as_secs_f64(),
            prepared.as_secs_f64(),
            plain.unstable(&plan)
        );
        for threads in [1, 2] {
            let options = BackwardOptions { threads, steps, ..BackwardOptions::default() };
            let mut bounds = plain.clone();
            let start = Instant::now();
            let report = backward(&plan, &mut bounds, &options).expect("a box");
            let seconds = start.elapsed().as_secs_f64();
            let decided = refuted(&plan, &mut bounds, &case.goal, &options).expect("a box");
            println!(
                "  backward, {threads} thread{} {seconds:9.4} s, unstable {}, rows {}; {}",
                if threads == 1 { " " } else { "s" },
                report.unstable,
                report.rows,
                if decided { "decided" } else { "open" }
            );
        }
    }
}
