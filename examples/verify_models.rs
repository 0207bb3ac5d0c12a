//! Writes the models of a network and a property without deciding anything first: our side of
//! `benches/peers/verify`.
//!
//! `cargo run --release --example verify_models -- NET.onnx PROPERTY.vnnlib FOLDER
//! [big-m|indicator|sos1|partition=P]` writes one LP file for each branch of each case, and prints as JSON
//! the seconds of each step and, for each file, what stands for each input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use theriac::back::{NameStyle, Options, write};
use theriac::bounds::graph::{BackwardOptions, GraphBounds, Plan, backward, interval};
use theriac::encode::verify::{
    Source, Split, VerifyOptions, VerifyProgram, case_branches, encode_case,
};
use theriac::front::onnx::{self, load_graph};
use theriac::front::vnnlib;
use theriac::lower::{Target, legalise};
use theriac::question::verify::cases;
use theriac::valid::Fault;

fn split(word: &str) -> Split {
    match word {
        "big-m" => Split::BigM,
        "indicator" => Split::Indicator,
        "sos1" => Split::Sos1,
        other => match other.strip_prefix("partition=") {
            Some(parts) => Split::Partition { parts: parts.parse().expect("a number of parts") },
            None => panic!("no form {other:?}"),
        },
    }
}

/// The column of each input with its bounds, or the number that it has.
fn inputs(program: &VerifyProgram) -> Vec<Value> {
    let one = |source: &Source| match source {
        Source::Column(v) => {
            let v = program.model.vars.get(*v);
            json!({"column": format!("x{}", v.id.index()), "lower": v.lower, "upper": v.upper})
        }
        Source::Fixed(value) => json!({"value": value}),
        Source::Free(range) => json!({"value": range.lo / 2.0 + range.hi / 2.0}),
    };
    program.inputs.iter().map(one).collect()
}

fn emit(program: &VerifyProgram, path: &Path) -> Result<(), Box<dyn Error>> {
    let target = Target::ScipLp;
    let lowered = legalise(&program.model, target)?;
    let told = |all: Vec<Fault>| all.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let checked = lowered.checked().map_err(told)?;
    let options = Options { names: NameStyle::Short, ..Options::default() };
    let mut text = Vec::new();
    write(&checked, target.format(), &options, &mut text)?;
    Ok(std::fs::write(path, text)?)
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(&args[2]);
    let split = split(args.get(3).map_or("big-m", String::as_str));
    let options = VerifyOptions { split, ..VerifyOptions::default() };
    let clock = Instant::now();
    let loaded = load_graph(Path::new(&args[0]), &onnx::Options::default()).expect("a network");
    let query = vnnlib::load(Path::new(&args[1])).expect("a property");
    let property = query.fit_loaded(&loaded).expect("a property of the network");
    let graph = &loaded.graph;
    let read = clock.elapsed().as_secs_f64();
    let (mut bounding, mut writing) = (0.0, 0.0);
    let (mut files, mut unstable) = (Vec::new(), Vec::new());
    let plan = Plan::new(graph);
    for case in cases(&property).expect("cases") {
        let clock = Instant::now();
        let bounds: GraphBounds = {
            let mut bounds = interval(&plan, &case.outer).expect("a box");
            backward(&plan, &mut bounds, &BackwardOptions::default()).expect("a box");
            bounds
        };
        bounding += clock.elapsed().as_secs_f64();
        unstable.push(bounds.unstable(&plan));
        for branch in case_branches(&case) {
            let clock = Instant::now();
            let program = encode_case(graph, &bounds.nodes, &branch, &options).expect("a program");
            let path = folder.join(format!("{}.lp", files.len()));
            if let Err(error) = emit(&program, &path) {
                eprintln!("{}: {error}", path.display());
                std::process::exit(2);
            }
            writing += clock.elapsed().as_secs_f64();
            files.push(json!({
                "file": path,
                "decided": program.decided,
                "slop": program.slop,
                "inputs": inputs(&program),
            }));
        }
    }
    let seconds = json!({"read": read, "bounds": bounding, "write": writing});
    println!("{}", json!({"seconds": seconds, "unstable": unstable, "models": files}));
}
