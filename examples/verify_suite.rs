//! Decides the instances of a benchmark folder without a solver, one line an instance:
//!
//! ```text
//! cargo run --release --example verify_suite -- DIR/instances.csv [time=60] [threads=1] [only=WORD]
//!     [nodes=N] [steps=N] [root=N] [method=inputs|neurons] [walk]
//! ```
//!
//! `instances.csv` has lines `net.onnx,property.vnnlib,seconds` as those of VNN-COMP do, or a header
//! with columns `onnx`, `vnnlib` and, if known, `benchmark` and `verdict`. Files may be gzipped. First
//! come bounds, then a search for attacks, then branch and bound on what is left. `walk` walks every
//! tree again. A verdict that differs from the known one is marked WRONG and makes the exit status 1.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use theriac::bounds::graph::branch::{
    BranchOptions, Method, Reason, Tree, Verdict, branch, verify_tree,
};
use theriac::bounds::graph::{BackwardOptions, Plan, backward, interval, refuted};
use theriac::front::onnx::{Options, load_graph};
use theriac::front::vnnlib;
use theriac::network::graph::Graph;
use theriac::question::verify::{Case, cases};
use theriac::search::verify::{AttackOptions, attack};

struct Settings {
    time: f64,
    only: Vec<String>,
    walk: bool,
    branch: BranchOptions<'static>,
}

struct Answer {
    /// `sat`, `unsat` or `unknown`.
    verdict: &'static str,
    /// What decided: bounds, attack, branch or nothing.
    by: &'static str,
    nodes: usize,
    more: String,
}

fn main() -> ExitCode {
    let mut files = Vec::new();
    let mut s =
        Settings { time: 60.0, only: Vec::new(), walk: false, branch: BranchOptions::default() };
    s.branch.nodes = usize::MAX;
    for a in std::env::args().skip(1) {
        let (key, value) = a.split_once('=').unwrap_or((&a, ""));
        let number = || value.parse::<f64>().unwrap_or_else(|_| usage());
        match key {
            "time" => s.time = number(),
            "threads" => s.branch.threads = number() as usize,
            "nodes" => s.branch.nodes = number() as usize,
            "steps" => s.branch.steps = number() as u32,
            "root" => s.branch.root_steps = Some(number() as u32),
            "method" if value == "inputs" => s.branch.method = Some(Method::Inputs),
            "method" if value == "neurons" => s.branch.method = Some(Method::Neurons),
            "only" => s.only = value.split('&').map(str::to_owned).collect(),
            "walk" => s.walk = true,
            _ if value.is_empty() => files.push(PathBuf::from(a)),
            _ => usage(),
        }
    }
    let [file] = files.as_slice() else { usage() };
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| {
        eprintln!("{}: {e}", file.display());
        std::process::exit(2)
    });
    if suite(file.parent().unwrap_or(Path::new(".")), &text, &s) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn usage() -> ! {
    eprintln!("verify_suite FOLDER/instances.csv [time=S] [threads=N] [only=WORD&WORD] [nodes=N]");
    eprintln!("    [steps=N] [root=N] [method=inputs|neurons] [walk]");
    std::process::exit(2)
}

/// Counts and seconds of one category.
#[derive(Default)]
struct Row {
    by: BTreeMap<&'static str, (u32, f64)>,
    nodes: usize,
    wrong: u32,
}

fn suite(folder: &Path, text: &str, s: &Settings) -> bool {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty()).peekable();
    let head: Vec<&str> = match lines.peek() {
        Some(l) if l.contains("vnnlib") && !l.contains(".onnx") => {
            lines.next().unwrap_or("").split(',').collect()
        }
        _ => vec!["onnx", "vnnlib", "timeout"],
    };
    let column = |name| head.iter().position(|h| *h == name);
    let mut table: BTreeMap<String, Row> = BTreeMap::new();
    for line in lines.filter(|l| s.only.iter().all(|w| l.contains(w.as_str()))) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let cell = |name| column(name).and_then(|k| cells.get(k)).copied().unwrap_or("");
        let (net, property, known) = (cell("onnx"), cell("vnnlib"), cell("verdict"));
        let start = Instant::now();
        let row = table.entry(cell("benchmark").to_owned()).or_default();
        let answer = instance(&find(folder, net), &find(folder, property), s);
        let seconds = start.elapsed().as_secs_f64();
        let Answer { verdict, by, nodes, more } = answer.unwrap_or_else(|more| Answer {
            verdict: "unknown",
            by: "refused",
            nodes: 0,
            more,
        });
        let wrong = ["sat", "unsat"].contains(&known) && verdict != "unknown" && verdict != known;
        let mark = if wrong { " WRONG" } else { "" };
        let entry = row.by.entry(by).or_default();
        *entry = (entry.0 + 1, entry.1 + seconds);
        row.nodes += nodes;
        row.wrong += u32::from(wrong);
        println!(
            "{net} {property} {verdict} by {by}, nodes {nodes}, {seconds:.2} s; known {known}{mark}; {more}"
        );
    }
    println!("category: number and seconds by what decided; nodes; wrong");
    for (category, row) in &table {
        let parts: Vec<String> =
            row.by.iter().map(|(by, (n, s))| format!("{by} {n} ({s:.1} s)")).collect();
        println!("{category}: {}; {} nodes; {} wrong", parts.join(", "), row.nodes, row.wrong);
    }
    table.values().all(|r| r.wrong == 0)
}

/// The file, or its gzipped form.
fn find(folder: &Path, name: &str) -> PathBuf {
    let plain = folder.join(name);
    if plain.exists() { plain } else { folder.join(format!("{name}.gz")) }
}

fn instance(net: &Path, property: &Path, s: &Settings) -> Result<Answer, String> {
    let told = |e: &dyn std::fmt::Display| e.to_string();
    let graph = load_graph(net, &Options::default()).map_err(|e| told(&e))?.graph;
    let query = vnnlib::load(property).map_err(|e| told(&e))?;
    let property = query.fit(&graph).map_err(|e| told(&e))?;
    let all = cases(&property).map_err(|e| told(&e))?;
    let plan = Plan::new(&graph);
    let until = Instant::now() + Duration::from_secs_f64(s.time);
    let left: Vec<&Case> = all.iter().filter(|case| !by_bounds(&plan, case, s, until)).collect();
    if left.is_empty() {
        let more = format!("{} cases", all.len());
        return Ok(Answer { verdict: "unsat", by: "bounds", nodes: 0, more });
    }
    let time = Duration::from_secs_f64(s.time / 20.0);
    let owned: Vec<Case> = left.iter().map(|c| (*c).clone()).collect();
    let options = AttackOptions { time: Some(time), ..AttackOptions::sized(&graph) };
    let found = attack(&graph, &owned, options).map_err(|e| told(&e))?;
    if found.attack.is_some() {
        let more = format!("{} evaluations", found.evaluations);
        return Ok(Answer { verdict: "sat", by: "attack", nodes: 0, more });
    }
    by_branching(&plan, &graph, &left, s, until)
}

fn by_bounds(plan: &Plan<'_>, case: &Case, s: &Settings, until: Instant) -> bool {
    let Ok(mut bounds) = interval(plan, &case.outer) else { return true };
    let options = BackwardOptions {
        threads: s.branch.threads,
        until: Some(until),
        outputs: false,
        ..BackwardOptions::default()
    };
    backward(plan, &mut bounds, &options)
        .and_then(|_| refuted(plan, &mut bounds, &case.goal, &options))
        .unwrap_or(true)
}

fn by_branching(
    plan: &Plan<'_>,
    graph: &Graph,
    left: &[&Case],
    s: &Settings,
    until: Instant,
) -> Result<Answer, String> {
    let options = BranchOptions { until: Some(until), ..s.branch };
    let mut nodes = 0;
    let mut unknown = None;
    let mut trees: Vec<(&Case, Tree)> = Vec::new();
    for case in left {
        let found = branch(plan, case, &options);
        nodes += found.nodes;
        match found.verdict {
            Verdict::Refuted(tree) => trees.push((case, tree)),
            Verdict::Attack(replay) => {
                assert!(case.replay(graph, &replay.inputs).is_ok_and(|r| r.is_attack()));
                let more = format!("margin {}", case.goal.margin(&replay.inputs, &replay.outputs));
                return Ok(Answer { verdict: "sat", by: "branch", nodes, more });
            }
            Verdict::Unknown { reason, open, worst } => {
                unknown = Some(format!("{reason:?}, {open} open, worst {worst:?}"));
                if reason == Reason::Stopped {
                    break;
                }
            }
        }
    }
    if let Some(more) = unknown {
        return Ok(Answer { verdict: "unknown", by: "nothing", nodes, more });
    }
    let bytes: usize = trees.iter().map(|t| t.1.splits.to_string().len()).sum();
    let mut more = format!("{bytes} bytes");
    if s.walk {
        let start = Instant::now();
        for (case, tree) in &trees {
            let options = BranchOptions { threads: s.branch.threads, ..BranchOptions::default() };
            verify_tree(plan, case, tree, &options).map_err(|e| e.to_string())?;
        }
        more += &format!(", walked in {:.2} s", start.elapsed().as_secs_f64());
    }
    Ok(Answer { verdict: "unsat", by: "branch", nodes, more })
}
