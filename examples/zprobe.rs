use dashu::rational::RBig;
use std::time::Instant;
use theriac::bounds::binarised::*;
use theriac::front::onnx::import::{Options, load_graph};
use theriac::network::binarised::import;
use theriac::question::lattice::{Lattice, Norm};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let graph = load_graph(std::path::Path::new(&a[1]), &Options::default()).unwrap().graph;
    let images: Vec<Vec<i64>> = std::fs::read_to_string(&a[2])
        .unwrap()
        .lines()
        .map(|l| l.split(',').map(|v| v.parse().unwrap()).collect())
        .collect();
    let whole = a[1].contains("_int");
    let top = if a[1].contains("digits") { 16 } else { 255 };
    let norm = &a[3];
    let n: usize = a[5].parse().unwrap();
    let nodes: usize = a[6].parse().unwrap();
    let q = if whole { 1 } else { top as u32 };
    let net = import(&graph).unwrap().on_lattice(q).unwrap();
    for (i, k) in images.iter().take(n).enumerate() {
        for r in a[4].split(',') {
            let radius: f64 = r.parse().unwrap();
            // In steps of the lattice.
            let radius = RBig::try_from(radius).unwrap() / RBig::from(q);
            let center: Vec<RBig> = k.iter().map(|k| RBig::from(*k) / RBig::from(q)).collect();
            let ends = |c: &RBig, r: &RBig| {
                let s = RBig::from(q);
                let l: i64 = ((c - r) * &s).ceil().try_into().unwrap();
                let h: i64 = ((c + r) * &s).floor().try_into().unwrap();
                (l.max(0), h.min(top))
            };
            let mut points = Lattice { q, low: vec![], high: vec![], balls: vec![] };
            for c in &center {
                let (l, h) = ends(c, &radius);
                points.low.push(l);
                points.high.push(h);
            }
            let s = RBig::from(q);
            let mk = |norm| theriac::question::lattice::Ball {
                norm,
                center: center.iter().map(|c| c * &s).collect(),
                radius: &radius * &s,
            };
            match norm.as_str() {
                "l1" => points.balls.push(mk(Norm::L1)),
                "l2" => points.balls.push(mk(Norm::L2)),
                _ => {}
            }
            let scores = net.evaluate(k).scores;
            let class = (0..scores.len()).rev().max_by_key(|c| scores[*c]).unwrap();
            let rivals: Vec<usize> = (0..scores.len()).filter(|c| *c != class).collect();
            let t = Instant::now();
            let units = Units::new(&net, &points, (class, &rivals)).unwrap();
            let sizes: Vec<usize> = units.layers.iter().map(Vec::len).collect();
            let ground = Ground::new(&points, units);
            let root = ground.images.lead(&Cube::whole(sizes[0]));
            let cover = ground.cover(&Limits { nodes, need: 1, cancel: None });
            let complete =
                cover.cubes.iter().filter(|c| c.0.on.count() + c.0.off.count() == sizes[0]).count();
            let proved = cover.cores.iter().all(|c| ground.geometry.proves(c));
            println!(
                "{i} r {r} class {class} open {sizes:?} root {root} bound {:?} nodes {} cores {} cubes {} complete {complete} {} {:.2}s",
                cover.lead(),
                cover.nodes.len(),
                cover.cores.len(),
                cover.cubes.len(),
                if proved { "ok" } else { "WRONG" },
                t.elapsed().as_secs_f64()
            );
        }
    }
}
