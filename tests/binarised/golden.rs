//! The golden instance of papers 4.12, by enumeration of its balls.

use dashu::rational::RBig;
use theriac::bounds::Interval;
use theriac::network::binarised::{Integer, import};
use theriac::network::graph::{Dense, Graph, NodeId, Op, Port, Scale, Unary};
use theriac::question::lattice::Norm;

use super::lattice::{ball, cube, ratio};

type Affine = (&'static [&'static [f64]], &'static [f64]);

const LAYERS: [Affine; 3] = [
    (&[&[1., -1., 1.], &[1., 1., 0.], &[-1., 1., 1.], &[0., 1., -1.]], &[0., -1., 0., 1.]),
    (&[&[1., 1., -1., 1.], &[1., -1., 1., 0.], &[-1., 1., 1., 1.]], &[0., 1., -1.]),
    (&[&[1., -1., 1.], &[-1., 1., 1.], &[1., 1., -1.]], &[1., 0., 0.]),
];

/// `2 x - 1`, an affine map and the sign rule `>= 0` with values 0 and 1, three times without the last sign.
pub fn network() -> Integer {
    let mut graph = Graph::default();
    let mut x = graph.push(Op::Input { port: 0 }, vec![1, 3], "x");
    graph.inputs.push(Port { name: "x".to_owned(), node: x, shape: vec![1, 3] });
    let mut inputs = 3;
    for (layer, (rows, bias)) in LAYERS.iter().enumerate() {
        let by = Scale {
            factor: vec![Interval::point(2.0)],
            divisor: Vec::new(),
            shift: vec![Interval::point(-1.0)],
            count: 1,
            inner: 1,
        };
        x = graph.push(Op::Scale { x, by }, vec![1, inputs], "map");
        let outputs = rows.len();
        let by = Dense { weight: rows.concat(), bias: bias.to_vec(), inputs, outputs };
        x = graph.push(Op::Dense { x, by }, vec![1, outputs], "fc");
        if layer < 2 {
            let f = Unary::Step { below: 0.0, at: 1.0, above: 1.0 };
            x = graph.push(Op::Unary { x, f }, vec![1, outputs], "sign");
        }
        inputs = outputs;
    }
    let y: NodeId = x;
    graph.outputs.push(Port { name: "y".to_owned(), node: y, shape: vec![1, 3] });
    import(&graph).unwrap().on_lattice(4).unwrap()
}

/// The point, its scores, class and patterns, and the largest lead of another class for radii 1/4, 1/2 and 3/4 in the
/// largest norm, in the sum, and in the Euclidean norm.
pub type Golden = ([i64; 3], [i64; 3], usize, [&'static str; 2], [[i64; 3]; 3]);

pub const GOLDEN: [Golden; 3] = [
    ([3, 1, 2], [0, -1, 3], 2, ["1001", "110"], [[-3, 5, 5], [-3, 1, 5], [-3, 1, 5]]),
    ([1, 3, 0], [0, 3, -1], 1, ["0011", "011"], [[4, 5, 5], [4, 5, 5], [4, 5, 5]]),
    ([4, 0, 2], [0, -1, 3], 2, ["1001", "110"], [[-3, 1, 5], [-3, -3, -3], [-3, -3, 1]]),
];

#[test]
fn all_values_of_the_table() {
    let net = network();
    assert_eq!(net.scale, RBig::ONE);
    // Stepping by two, thresholds of 4.2: r = ceil((n - b) / 2) over literals.
    let lead = |k: &Vec<i64>, class: usize| {
        let scores = net.evaluate(k).scores;
        let others = scores.iter().enumerate().filter(|(t, _)| *t != class);
        others.map(|(_, s)| s - scores[class]).max().unwrap()
    };
    let mut sizes = Vec::new();
    for (at, scores, class, patterns, table) in GOLDEN {
        let found = net.evaluate(&at);
        assert_eq!(found.scores, scores);
        let text = |p: &Vec<bool>| p.iter().map(|b| if *b { '1' } else { '0' }).collect::<String>();
        assert_eq!(found.patterns.iter().map(text).collect::<Vec<_>>(), patterns);
        assert!(found.ties.is_empty());
        let center: Vec<RBig> = at.iter().map(|k| ratio(*k, 4)).collect();
        for (norm, values) in [None, Some(Norm::L1), Some(Norm::L2)].into_iter().zip(table) {
            for (quarters, value) in (1..=3).zip(values) {
                let radius = ratio(quarters, 4);
                let points = ball(4, &center, &radius, norm).unwrap();
                let all: Vec<Vec<i64>> =
                    cube(3, 4).into_iter().filter(|k| points.holds(k)).collect();
                let best = all.iter().map(|k| lead(k, class)).max();
                assert_eq!(best, Some(value), "{at:?}, {norm:?}, {quarters}/4");
                if at == [3, 1, 2] {
                    sizes.push(all.len());
                }
            }
        }
    }
    assert_eq!(sizes, [27, 80, 125, 7, 23, 49, 7, 31, 80]);
    assert!(
        lead(&vec![4, 2, 4], 2) > 0
            && net.evaluate(&[4, 2, 4]).scores[0] > net.evaluate(&[4, 2, 4]).scores[2]
    );
}
