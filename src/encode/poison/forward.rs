//! The forward pass of one sample, training or test, layer by layer (papers 1.2).

use super::super::builder::Builder;
use super::super::lin::Lin;
use super::super::relu::ReluRoles;
use super::super::tighten::Wanted;
use crate::ir::{Family, Place, Rule};
use crate::network::{Layer, Layout, Network};

/// What the forward pass leaves for the backward pass.
pub struct Forward {
    /// Inputs of each affine layer.
    pub inputs: Vec<Vec<Lin>>,
    /// 0/1 derivative of each unit of each ReLU layer.
    pub gates: Vec<Vec<Lin>>,
    /// The network's outputs, or those of the layers so far.
    pub outputs: Vec<Lin>,
    /// Whether the last layer was a ReLU layer.
    rectified: bool,
}

/// Families of the columns of a forward pass: training or test.
#[derive(Clone, Copy)]
pub struct ForwardFamilies {
    /// Pre-activation.
    pub pre: Family,
    /// ReLU switch.
    pub switch: Family,
    /// ReLU output.
    pub output: Family,
}

/// Columns of a training sample.
pub const TRAINING: ForwardFamilies = ForwardFamilies {
    pre: Family::PreActivation,
    switch: Family::ReluSwitch,
    output: Family::Activation,
};

/// Columns of a test point.
pub const TEST: ForwardFamilies = ForwardFamilies {
    pre: Family::TestPreActivation,
    switch: Family::TestReluSwitch,
    output: Family::TestActivation,
};

/// The network at input `x` with parameters `theta` (flat layout).
pub fn forward(
    b: &mut Builder<'_>,
    network: &Network,
    layout: &Layout,
    theta: &[Lin],
    x: &[Lin],
    (families, place): (ForwardFamilies, Place),
) -> Forward {
    let mut f = Forward::new(x);
    for layer in &network.layers {
        b.announce(f.switched(layer, families, place));
        f.pass(b, layer, layout, theta, (families, place));
    }
    f
}

impl Forward {
    /// Before the first layer.
    pub fn new(x: &[Lin]) -> Self {
        Forward { inputs: Vec::new(), gates: Vec::new(), outputs: x.to_vec(), rectified: false }
    }

    /// The quantities that the layer, if it comes next, switches.
    pub fn switched(&self, layer: &Layer, families: ForwardFamilies, place: Place) -> Vec<Wanted> {
        match layer {
            Layer::Relu { .. } if !self.rectified => {
                let place = place.layer(self.inputs.len());
                let wanted = |(k, a): (usize, &Lin)| Wanted {
                    quantity: a.clone(),
                    points: vec![0.0],
                    role: families.switch.at(place.i(k)),
                };
                self.outputs.iter().enumerate().map(wanted).collect()
            }
            Layer::Affine(_) | Layer::Relu { .. } => Vec::new(),
        }
    }

    /// Goes through the next layer.
    pub fn pass(
        &mut self,
        b: &mut Builder<'_>,
        layer: &Layer,
        layout: &Layout,
        theta: &[Lin],
        (families, place): (ForwardFamilies, Place),
    ) {
        match layer {
            Layer::Affine(_) => {
                let s = layout.layers()[self.inputs.len()];
                let mut z = Vec::with_capacity(s.rows);
                for k in 0..s.rows {
                    let mut parts = Vec::with_capacity(s.columns + 1);
                    for (j, v) in self.outputs.iter().enumerate() {
                        parts.push(b.mul(&theta[s.weight(k, j)], v));
                    }
                    parts.extend(s.bias(k).map(|p| theta[p].clone()));
                    z.push(b.sum(&parts));
                }
                self.inputs.push(std::mem::replace(&mut self.outputs, z));
                self.rectified = false;
            }
            // Two ReLU layers in a row are one: the second changes nothing.
            Layer::Relu { .. } if self.rectified => {
                self.gates.push(vec![Lin::exact(1.0); self.outputs.len()]);
            }
            Layer::Relu { .. } => {
                let mut gates = Vec::with_capacity(self.outputs.len());
                for (k, wanted) in self.switched(layer, families, place).into_iter().enumerate() {
                    let at = wanted.role.place;
                    let a = b.refine(wanted);
                    let open = a.range.lo <= 0.0 && a.range.hi >= 0.0;
                    let pre = if open && a.terms.len() > 1 {
                        b.define(&a, families.pre.at(at), Rule::Forward)
                    } else {
                        a
                    };
                    let roles =
                        ReluRoles { switch: families.switch, output: families.output, place: at };
                    let (h, d) = b.relu(&pre, roles, Rule::ReluBelow.at(at));
                    self.outputs[k] = h;
                    gates.push(d);
                }
                self.gates.push(gates);
                self.rectified = true;
            }
        }
    }
}
