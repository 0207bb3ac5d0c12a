//! What benches of binarised networks share: samples on a lattice, with the class that a network gives them, and
//! balls around them.

use std::io::Read as _;
use std::path::Path;

use dashu::rational::RBig;
use theriac::front::onnx::import::{Options, load_graph};
use theriac::network::binarised::{Integer, import};
use theriac::question::lattice::{Lattice, Norm};

/// Of the digits: so many rows at the end were not trained on.
const UNSEEN: usize = 397;

/// A sample that a network can tell.
pub struct Sample {
    /// The point, in steps of the lattice.
    pub point: Vec<i64>,
    /// The class whose score is the largest there.
    pub class: usize,
}

/// A network with inputs over `q`.
pub fn network(path: &str, q: u32) -> Integer {
    let graph = load_graph(Path::new(path), &Options::default()).unwrap().graph;
    import(&graph).unwrap().on_lattice(q).unwrap()
}

/// The first samples of an IDX file or of a CSV file with a header, either of which may be gzipped; those with two
/// largest scores are left out. Each with its number in the file, from 0; of a CSV file among the last [`UNSEEN`].
pub fn samples(path: &str, net: &Integer, count: usize) -> Vec<(usize, Sample)> {
    let all = points(path, net.inputs).into_iter().enumerate();
    let told = all.filter_map(|(number, point)| {
        let scores = net.evaluate(&point).scores;
        let most = *scores.iter().max()?;
        let mut best = (0..scores.len()).filter(|c| scores[*c] == most);
        let class = best.next()?;
        best.next().is_none().then_some((number, Sample { point, class }))
    });
    told.take(count).collect()
}

fn points(path: &str, inputs: usize) -> Vec<Vec<i64>> {
    if path.contains(".csv") {
        let bytes = std::fs::read(path).unwrap();
        let mut text = String::new();
        if path.ends_with(".gz") {
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
        } else {
            text = String::from_utf8(bytes).unwrap();
        }
        let row = |l: &str| l.split(',').take(inputs).map(|v| v.parse().unwrap()).collect();
        let mut all: Vec<Vec<i64>> = text.lines().skip(1).map(row).collect();
        return all.split_off(all.len().saturating_sub(UNSEEN));
    }
    let array = theriac::front::data::load(Path::new(path), None).unwrap();
    let count = array.shape[0].min(1_000);
    (0..count).map(|i| array.row(i).unwrap().iter().map(|v| *v as i64).collect()).collect()
}

/// The points of the unit cube around a sample; the radius is in steps of the lattice.
pub fn ball(q: u32, center: &[i64], norm: &str, radius: &RBig) -> Lattice {
    let center: Vec<RBig> = center.iter().map(|k| RBig::from(*k) / RBig::from(q)).collect();
    let radius = radius / RBig::from(q);
    let points = match norm {
        "linf" => Lattice::around(q, &center, &radius),
        "l1" => Lattice::ball(q, &center, &radius, Norm::L1),
        "l2" => Lattice::ball(q, &center, &radius, Norm::L2),
        other => panic!("there is no norm {other}: linf, l1, l2"),
    };
    points.unwrap()
}
