//! Root bounds of the programs of a binarised network over lattice balls: the linear relaxation of each.
//! `cargo bench --bench binarised_roots -- NETWORK.onnx Q SAMPLES COUNT SECONDS METHODS NORM=RADIUS,RADIUS ...`: inputs are samples over `Q`;
//! samples are an IDX file, or a CSV file with a header, either may be gzipped; radii are in steps of `1 / Q`. It
//! needs the library of HiGHS, and works in one thread. The rounds of cuts of a program end after `SECONDS`, and so does
//! its last relaxation, which then has no bound; where neither happens, all but `build` and `lp` is the same in every run.
//!
//! | method | program |
//! |---|---|
//! | `each` | `binarised; models each`: the largest bound over the wrong classes |
//! | `single` | `binarised` |
//! | `hull` | `binarised; cuts 10` |
//! | `cover` | `binarised layerwise 2000` |
//! | `cover-hull` | the same with rows of hulls, and without lifted ones |
//! | `layers` | `binarised layerwise 2000; cuts 10`, which is also that of `full` |
//! | `each-hull`, `each-cover`, `each-layers` | the same with `models each` |
//!
//! `cover:20000` is `cover` with so many nodes, and so on.
//!
//! It prints CSV, one line a sample, radius and method. All values are of the lead: the largest score of another class
//! less that of the sample's, in whole units. `best` is the lead at the best point that a search for attacks and
//! a cover of at most 50,000 nodes find, and `exact` says whether that cover proves that there is none better. `gap` is `(root -
//! best) / max(1, |best|)`, and `closed` the share of the gap of `each` that is gone; where `best` is not exact, the one
//! is at least the true gap and the other at most the true share. `rows` and `columns` are those of the largest program,
//! `build` the seconds for the programs with their cuts, `lp` those for the last relaxations, over all programs of a
//! method. `benches/binarised/roots.py` makes a table of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/lattice.rs"]
mod lattice;

use std::path::Path;
use std::time::Instant;

use dashu::rational::RBig;
use lattice::{ball, network, samples};
use theriac::bounds::binarised::{Ground, Limits, Units};
use theriac::cert::verification::{Layerwise, cuts, layerwise, root_cuts};
use theriac::encode::binarised::{Rivals, strengthened};
use theriac::network::binarised::Integer;
use theriac::question::lattice::Lattice;
use theriac::search::binarised::{Options, attack};
use theriac::solve::discover;
use theriac::solve::highs_lib::HighsLibrary;

/// A way to write the programs.
#[derive(Clone, Copy)]
struct Method {
    name: &'static str,
    each: bool,
    nodes: usize,
    rounds: usize,
    /// Whether rounds have rows over two layers beside those of hulls.
    lifts: bool,
}

const NODES: usize = 2_000;
const ROUNDS: usize = 10;
/// Nodes of the cover that looks for the best point.
const SEARCH: usize = 50_000;

const METHODS: [Method; 9] = [
    Method { name: "each", each: true, nodes: 0, rounds: 0, lifts: false },
    Method { name: "single", each: false, nodes: 0, rounds: 0, lifts: false },
    Method { name: "hull", each: false, nodes: 0, rounds: ROUNDS, lifts: false },
    Method { name: "cover", each: false, nodes: NODES, rounds: 0, lifts: false },
    Method { name: "cover-hull", each: false, nodes: NODES, rounds: ROUNDS, lifts: false },
    Method { name: "layers", each: false, nodes: NODES, rounds: ROUNDS, lifts: true },
    Method { name: "each-hull", each: true, nodes: 0, rounds: ROUNDS, lifts: false },
    Method { name: "each-cover", each: true, nodes: NODES, rounds: 0, lifts: false },
    Method { name: "each-layers", each: true, nodes: NODES, rounds: ROUNDS, lifts: true },
];

/// What the programs of a method come to.
struct Root {
    /// Nothing where a relaxation has no optimum within the time, or within the iterations of a round of cuts.
    bound: Option<f64>,
    rows: usize,
    columns: usize,
    /// Seconds for programs and cuts, and for the last relaxations.
    seconds: (f64, f64),
}

impl Method {
    fn root(
        &self,
        (library, seconds): (&HighsLibrary, f64),
        (net, points, class): (&Integer, &Lattice, usize),
    ) -> Root {
        let rivals = Rivals::Any.classes(class, net.scores.len());
        let programs = match self.each {
            true => rivals.iter().map(|r| Rivals::One(*r)).collect(),
            false => vec![Rivals::Any],
        };
        let mut out =
            Root { bound: Some(f64::NEG_INFINITY), rows: 0, columns: 0, seconds: (0.0, 0.0) };
        for asked in programs {
            let begin = Instant::now();
            let classes = asked.classes(class, net.scores.len());
            let units = Units::new(net, points, (class, &classes)).unwrap();
            let Layerwise { refined, mut lifts, .. } =
                layerwise(points, units, self.nodes, (1, None));
            let mut program = strengthened(points, refined, asked).unwrap();
            let lifts = lifts.as_mut().filter(|_| self.lifts);
            let left = || seconds - begin.elapsed().as_secs_f64();
            root_cuts(library, (&mut program, lifts), self.rounds, &left).unwrap();
            out.seconds.0 += begin.elapsed().as_secs_f64();
            let begin = Instant::now();
            let least = cuts::root(library, &program.model, seconds).unwrap();
            out.seconds.1 += begin.elapsed().as_secs_f64();
            out.bound = out.bound.zip(least).map(|(most, least)| most.max(-least));
            out.rows = out.rows.max(program.model.row_count());
            out.columns = out.columns.max(program.model.var_count());
        }
        out
    }
}

/// The largest lead that was found at a point, and whether no point has a larger one.
fn best(net: &Integer, points: &Lattice, class: usize) -> (i64, bool) {
    let asked = (class, Rivals::Any);
    let lead = attack(net, points, asked, &Options::default()).unwrap().lead;
    let rivals = Rivals::Any.classes(class, net.scores.len());
    let ground = Ground::new(points, Units::new(net, points, (class, &rivals)).unwrap());
    let cover = ground.cover(&Limits { nodes: SEARCH, need: lead + 1, threads: 1, cancel: None });
    let found = cover.found.as_ref().and_then(|k| ground.lead(k));
    let lead = found.map_or(lead, |f| f.max(lead));
    (lead, cover.lead().is_none_or(|most| most <= lead))
}

fn main() {
    let args: Vec<String> = std::env::args().filter(|a| a != "--bench").skip(1).collect();
    let [path, q, file, count, seconds, wanted, balls @ ..] = &args[..] else {
        println!("NETWORK.onnx Q SAMPLES COUNT SECONDS METHODS NORM=RADIUS,RADIUS ...");
        return;
    };
    let (q, seconds): (u32, f64) = (q.parse().unwrap(), seconds.parse().unwrap());
    let net = network(path, q);
    let name = Path::new(path).file_stem().unwrap().to_string_lossy();
    let library = HighsLibrary::find(&discover()).expect("needs the library of HiGHS").unwrap();
    let find = |word: &str| {
        let (name, nodes) = word.split_once(':').unwrap_or((word, ""));
        let found = METHODS.iter().find(|m| m.name == name);
        let method = *found.unwrap_or_else(|| panic!("there is no method {name}"));
        let nodes = if nodes.is_empty() { method.nodes } else { nodes.parse().unwrap() };
        (word.to_owned(), Method { nodes, ..method })
    };
    let methods: Vec<(String, Method)> = wanted.split(',').map(find).collect();
    println!("network,norm,radius,sample,method,root,best,exact,gap,closed,rows,columns,build,lp");
    for (which, sample) in samples(file, &net, count.parse().unwrap()) {
        for (norm, radii) in balls.iter().map(|b| b.split_once('=').unwrap()) {
            for radius in radii.split(',') {
                let steps = RBig::try_from(radius.parse::<f64>().unwrap()).unwrap();
                let points = ball(q, &sample.point, norm, &steps);
                let (best, exact) = best(&net, &points, sample.class);
                let best = best as f64;
                let mut first = None;
                for (word, method) in &methods {
                    let root = method.root((&library, seconds), (&net, &points, sample.class));
                    if word == "each" {
                        first = root.bound;
                    }
                    // Without the solver's last digits, and without a negative zero.
                    let short = |x: f64| format!("{:.6}", (x * 1e6).round() / 1e6 + 0.0);
                    let number = |x: Option<f64>| x.map_or_else(String::new, short);
                    let gap = root.bound.map(|r| (r - best) / best.abs().max(1.0));
                    // A gap within the tolerances of the solver is none.
                    let closed = first.zip(root.bound).and_then(|(f, r)| {
                        (f - best > 1e-6 * best.abs().max(1.0)).then_some((f - r) / (f - best))
                    });
                    println!(
                        "{name},{norm},{radius},{},{},{},{best},{exact},{},{},{},{},{:.3},{:.3}",
                        which,
                        word,
                        number(root.bound),
                        number(gap),
                        number(closed),
                        root.rows,
                        root.columns,
                        root.seconds.0,
                        root.seconds.1
                    );
                }
            }
        }
    }
}
