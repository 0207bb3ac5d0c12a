//! Prints what an ONNX file is read as: `cargo run --example graph -- net.onnx`.

use std::path::Path;
use std::process::ExitCode;

use theriac::front::onnx::{Options, load_graph};
use theriac::network::graph::Graph;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let mut good = true;
    for file in &files {
        match load_graph(Path::new(file), &Options::default()) {
            Ok(loaded) => {
                println!("{file}: opset {}, {}", loaded.opset, loaded.producer);
                show(&loaded.graph);
                loaded.notes.iter().for_each(|note| println!("  note: {note}"));
            }
            Err(e) => {
                eprintln!("{e}");
                good = false;
            }
        }
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn show(graph: &Graph) {
    for (id, node) in graph.ids().zip(&graph.nodes) {
        let from: Vec<u32> = node.op.operands().iter().map(|o| o.0).collect();
        println!("  {:4} {:8} {:?} {from:?} {}", id.0, node.op.name(), node.shape, node.origin);
    }
    for port in &graph.outputs {
        println!("  output {} {:?}: {}", port.name, port.shape, port.node.0);
    }
}
