//! Random graphs with parameters.

use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::batch::Float;
use theriac::network::graph::parameters::{Link, Order, Parameters, Place, Tensor};
use theriac::network::graph::*;

use super::quarter;

/// Random arguments of a graph.
pub fn points(rng: &mut Rng, g: &Graph, count: usize) -> Vec<Vec<f64>> {
    (0..count).map(|_| (0..g.input_len()).map(|_| quarter(rng)).collect()).collect()
}

/// The table of points, or of weights of outputs.
pub fn table<T: Float>(points: &[Vec<f64>]) -> Vec<T> {
    let element = |e: usize| points.iter().map(move |p| T::constant(p[e]));
    (0..points.first().map_or(0, Vec::len)).flat_map(element).collect()
}

/// Parameters for a random graph: all weights and biases, some in another order, some shared, and a
/// normalisation behind the first layer.
pub fn parameters(rng: &mut Rng, g: &mut Graph) -> Parameters {
    let mut parameters = Parameters::default();
    for id in g.ids() {
        let lists = match &g.node(id).op {
            Op::Dense { by, .. } => [by.weight.clone(), by.bias.clone()],
            Op::Conv { by, .. } => [by.weight.clone(), by.bias.clone()],
            Op::Scale { by, .. } if by.divisor.is_empty() && by.shift.len() == by.count => {
                let mut pair = Vec::new();
                for name in ["scale", "bias"] {
                    let values = (0..by.count).map(|_| quarter(rng)).collect();
                    pair.push(parameters.tensors.len());
                    let (name, shape) = (format!("{name} {id:?}"), vec![by.count]);
                    parameters.tensors.push(Tensor { name, shape, values, single: false });
                }
                let deviation = (0..by.count).map(|_| Interval::point(0.5 + rng.f64())).collect();
                let mean = (0..by.count).map(|_| quarter(rng)).collect();
                let place = Place::Normal { scale: pair[0], bias: pair[1], deviation, mean };
                parameters.links.push(Link { node: id, place });
                continue;
            }
            _ => continue,
        };
        for (bias, list) in lists.into_iter().enumerate().filter(|(_, l)| !l.is_empty()) {
            let len = list.len();
            let mut order: Vec<u32> = (0..len as u32).collect();
            rng.shuffle(&mut order);
            let order: Order = rng.bool().then_some(order);
            let same = |t: &Tensor| t.values.len() == len && t.name.starts_with("layer");
            let shared = parameters.tensors.iter().position(same).filter(|_| rng.u8(..4) == 0);
            let tensor = shared.unwrap_or(parameters.tensors.len());
            if shared.is_none() {
                let (name, shape) = (format!("layer {tensor}"), vec![len]);
                parameters.tensors.push(Tensor { name, shape, values: list, single: false });
            }
            let place = match bias {
                0 => Place::Weight { tensor, order },
                _ => Place::Bias { tensor, order },
            };
            parameters.links.push(Link { node: id, place });
        }
    }
    parameters.write(&parameters.vector(), g);
    parameters
}
