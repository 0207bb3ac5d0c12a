//! Undecided neurons and seconds of each pass on networks with properties.
//!
//! ```text
//! cargo bench --bench graph_bounds -- NET.onnx PROPERTY.vnnlib [NET PROPERTY ...]
//!     [steps=N] [lp=N] [mip=N] [nodes=N] [threads=1,2] [json=FILE]
//! ```
//!
//! One line a pass and number of threads: what [`tighten`] reports, the seconds since the one before,
//! and in the end whether bounds decide the first case of the property. `lp` and `mip` are numbers of
//! linear programs. `json` gets a line a property with the box and the bounds of each ReLU's operand
//! and of the outputs after relaxation, which `benches/crown.py` holds against auto_LiRPA's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use theriac::bounds::Interval;
use theriac::bounds::graph::{
    BackwardOptions, Effort, GraphBounds, PassReport, Plan, Programs, Tighten, interval, refuted,
    tighten,
};
use theriac::front::onnx::{Options, load_graph};
use theriac::front::vnnlib;
use theriac::network::graph::{Graph, Op, Unary};
use theriac::question::verify::{Case, cases};
use theriac::solve::discover;
use theriac::solve::highs_lib::HighsLibrary;

#[derive(Default)]
struct Settings {
    steps: usize,
    lp: usize,
    mip: usize,
    nodes: Option<usize>,
    threads: Vec<usize>,
    json: Option<String>,
    files: Vec<String>,
}

fn settings() -> Settings {
    let mut s = Settings::default();
    for a in std::env::args().skip(1).filter(|a| a != "--bench") {
        match a.split_once('=') {
            Some(("steps", n)) => s.steps = n.parse().expect("steps=N"),
            Some(("lp", n)) => s.lp = n.parse().expect("lp=N"),
            Some(("mip", n)) => s.mip = n.parse().expect("mip=N"),
            Some(("nodes", n)) => s.nodes = Some(n.parse().expect("nodes=N")),
            Some(("threads", all)) => {
                s.threads = all.split(',').map(|n| n.parse().expect("threads=1,2")).collect();
            }
            Some(("json", file)) => s.json = Some(file.to_owned()),
            _ => s.files.push(a),
        }
    }
    if s.threads.is_empty() {
        s.threads = vec![1, 2];
    }
    s
}

fn main() {
    let s = settings();
    if s.files.len() < 2 {
        println!("give pairs of an ONNX file and a VNN-LIB file");
        return;
    }
    let library = HighsLibrary::find(&discover()).map(|l| l.expect("HiGHS"));
    for pair in s.files.chunks_exact(2) {
        let graph = load_graph(Path::new(&pair[0]), &Options::default()).expect("network").graph;
        let property =
            vnnlib::load(Path::new(&pair[1])).expect("property").fit(&graph).expect("fit");
        let all = cases(&property).expect("cases");
        println!("{} {}: case 1 of {}", pair[0], pair[1], all.len());
        let start = Instant::now();
        let plan = Plan::new(&graph);
        println!("  prepared in {:.4} s", start.elapsed().as_secs_f64());
        for &threads in &s.threads {
            let bounds = passes(&plan, &all[0], &s, threads, library.as_ref());
            if let Some(file) = &s.json {
                write(file, pair, &graph, &all[0], &bounds);
            }
        }
    }
}

/// Runs all passes, and returns the bounds after relaxation.
fn passes(
    plan: &Plan<'_>,
    case: &Case,
    s: &Settings,
    threads: usize,
    library: Option<&HighsLibrary>,
) -> GraphBounds {
    let effort = |programs: usize, like: Effort| {
        let nodes = s.nodes.filter(|_| like.nodes > 1).unwrap_or(like.nodes);
        (programs > 0).then_some(Effort { programs, nodes, ..like })
    };
    let mut start = Instant::now();
    let mut tell = |r: &PassReport| {
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "  {threads} thread{} {:10} {seconds:9.4} s, undecided {:6}, rows {:6}, programs {:6}{}",
            if threads == 1 { " " } else { "s" },
            r.pass.word(),
            r.undecided,
            r.rows,
            r.programs,
            if r.complete { "" } else { ", incomplete" }
        );
        start = Instant::now();
    };
    let mut bounds = interval(plan, &case.outer).expect("a box");
    let relaxation = Tighten { threads, ..Tighten::default() };
    tighten(plan, &mut bounds, &relaxation, &mut tell).expect("bounds");
    let relaxed = bounds.clone();
    let rest = Tighten {
        backward: false,
        steps: s.steps,
        lp: effort(s.lp, Effort::LP),
        mip: effort(s.mip, Effort::MIP),
        programs: library.map_or(Programs::None, Programs::Solver),
        threads,
        ..Tighten::default()
    };
    if s.steps + s.lp + s.mip > 0 {
        tighten(plan, &mut bounds, &rest, &mut tell).expect("bounds");
    }
    let options = BackwardOptions { threads, steps: s.steps, ..BackwardOptions::default() };
    let decided = refuted(plan, &mut bounds, &case.goal, &options).expect("a box");
    println!("  {}", if decided { "decided" } else { "open" });
    relaxed
}

fn write(file: &str, pair: &[String], graph: &Graph, case: &Case, bounds: &GraphBounds) {
    let pairs = |all: &[Interval]| all.iter().map(|v| [v.lo, v.hi]).collect::<Vec<_>>();
    let relus: Vec<_> = graph
        .nodes
        .iter()
        .filter_map(|n| match &n.op {
            Op::Unary { x, f: Unary::Relu } => {
                Some(serde_json::json!({ "name": n.origin, "operand": pairs(bounds.of(*x)) }))
            }
            _ => None,
        })
        .collect();
    let line = serde_json::json!({
        "network": pair[0],
        "property": pair[1],
        "box": pairs(&case.outer),
        "relus": relus,
        "outputs": pairs(&bounds.outputs(graph)),
    });
    let mut out = OpenOptions::new().create(true).append(true).open(file).expect("json=FILE");
    writeln!(out, "{line}").expect("json=FILE");
}
