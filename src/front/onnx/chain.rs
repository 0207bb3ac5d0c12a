//! From a graph to a chain of layers: one function an operator.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::LoadedNetwork;
use super::attributes::Attributes;
use super::error::{OnnxError, OnnxProblem, Place};
use super::graph::{Definition, Names, label, place};
use super::proto::{self, DimensionValue, attribute_type};
use super::shape::{MAX_RANK, Shape};
use super::tensor::{Constant, ElementType};
use crate::network::{Layer, Network};

/// A parameter of the network that is not one tensor of the file and of no other parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// The node that holds the scale, the second bias, or the second use.
    pub node: String,
    /// Its operator.
    pub operator: String,
    /// What was folded.
    pub kind: FoldKind,
}

/// What a [`Fold`] did.
#[derive(Clone, Debug, PartialEq)]
pub enum FoldKind {
    /// The weight is `alpha` times the tensor of the file.
    Alpha(f64),
    /// The bias is `beta` times the tensor of the file.
    Beta(f64),
    /// The bias is the sum of two tensors of the file.
    SecondBias,
    /// A convolution was written out as a matrix, which holds each number of its kernel many times.
    Convolution,
    /// An earlier node uses the same tensor; the network has it twice.
    Shared(String),
}

impl Fold {
    pub(super) fn new(node: &proto::Node, kind: FoldKind) -> Self {
        Fold { node: label(node), operator: node.op_type.clone(), kind }
    }
}

impl fmt::Display for FoldKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FoldKind::Alpha(alpha) => write!(f, "the weight is {alpha} times its tensor"),
            FoldKind::Beta(beta) => write!(f, "the bias is {beta} times its tensor"),
            FoldKind::SecondBias => write!(f, "the bias is the sum of two tensors"),
            FoldKind::Convolution => write!(f, "the weight is a convolution written out"),
            FoldKind::Shared(name) => write!(f, "an earlier layer has the same tensor {name:?}"),
        }
    }
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    /// The value that flows from the network's input, after all layers so far.
    Flow(Shape),
    Constant(Constant<'a>),
    /// The second output of Dropout.
    Mask,
}

/// The chain as far as it is built.
pub(super) struct Chain<'a> {
    opset: i64,
    values: BTreeMap<&'a str, Value<'a>>,
    /// Constants that are parameters of a layer already.
    used: BTreeSet<&'a str>,
    /// Numbers copied beyond the first use of their tensor.
    shared: usize,
    pub(super) element_type: ElementType,
    pub(super) layers: Vec<Layer>,
    pub(super) folds: Vec<Fold>,
}

/// Compiles a decoded model. The hash is left empty.
pub(super) fn compile(model: &proto::Model) -> Result<LoadedNetwork, OnnxError> {
    let whole = |problem| OnnxError::new(Place::File, problem);
    let Some(graph) = &model.graph else { return Err(whole(OnnxProblem::NoGraph)) };
    let opset = opset(model).map_err(whole)?;
    let names = Names::new(graph)?;
    let (input, output) = names.single()?;
    let (element_type, shape) = input_type(input)
        .map_err(|reason| whole(OnnxProblem::Input { reason: reason.to_owned() }))?;
    let (inputs, input_shape) = (shape.elements(), shape.dims.clone());
    let values = BTreeMap::from([(input.name.as_str(), Value::Flow(shape))]);
    let mut chain = Chain {
        opset,
        values,
        used: BTreeSet::new(),
        shared: 0,
        element_type,
        layers: Vec::new(),
        folds: Vec::new(),
    };
    let functions = model.functions.iter().filter(|f| is_default(&f.domain));
    let own: BTreeSet<&str> = functions.map(|f| f.name.as_str()).collect();
    for node in names.order()? {
        check_operator(&own, node).map_err(|problem| OnnxError::new(place(node), problem))?;
        chain.constants_of(&names, graph, node)?;
        chain.node(node)?;
    }
    let outputs = match chain.values.get(output) {
        Some(Value::Flow(shape)) => shape.elements(),
        Some(Value::Mask) => {
            let place = Place::Value(output.to_owned());
            return Err(OnnxError::new(place, OnnxProblem::Mask));
        }
        Some(Value::Constant(_)) | None => return Err(whole(OnnxProblem::ConstantOutput)),
    };
    if !chain.layers.iter().any(|layer| matches!(layer, Layer::Affine(_))) {
        return Err(whole(OnnxProblem::NoAffine));
    }
    let producer = format!("{} {}", model.producer_name, model.producer_version);
    Ok(LoadedNetwork {
        network: Network { layers: chain.layers, inputs, outputs },
        sha256: String::new(),
        opset,
        ir_version: model.ir_version,
        producer: producer.trim().to_owned(),
        element_type,
        input: input.name.clone(),
        input_shape,
        output: output.to_owned(),
        folds: chain.folds,
    })
}

/// Version of the default operators; the lowest, should a file state several.
fn opset(model: &proto::Model) -> Result<i64, OnnxProblem> {
    let default = model.opset_import.iter().filter(|set| is_default(&set.domain));
    match default.map(|set| set.version).min() {
        None => Err(OnnxProblem::NoOpset),
        Some(version) if version < 7 => Err(OnnxProblem::OldOpset { version }),
        Some(version) => Ok(version),
    }
}

fn is_default(domain: &str) -> bool {
    matches!(domain, "" | "ai.onnx")
}

/// Only operators of ONNX itself mean what this reader takes them to mean.
/// `own` are the operators that the file defines under ONNX's names.
fn check_operator(own: &BTreeSet<&str>, node: &proto::Node) -> Result<(), OnnxProblem> {
    if !is_default(&node.domain) || own.contains(node.op_type.as_str()) {
        return Err(OnnxProblem::CustomOperator { domain: node.domain.clone() });
    }
    Ok(())
}

/// Element type and shape of the input, or what is wrong with them.
fn input_type(input: &proto::ValueInfo) -> Result<(ElementType, Shape), &'static str> {
    let tensor = input.r#type.as_ref().and_then(|t| t.tensor_type.as_ref());
    let tensor = tensor.ok_or("is not a dense tensor; export the model with one tensor input")?;
    let element = ElementType::from_code(tensor.elem_type)
        .ok_or("is neither float nor double; export the model with a float input")?;
    let shape = tensor.shape.as_ref().ok_or("has no stated shape; export it with one")?;
    if shape.dim.len() > MAX_RANK {
        return Err("has more than 64 dimensions; reshape it before export");
    }
    let mut dims = Vec::with_capacity(shape.dim.len());
    let mut batch = false;
    let mut elements = 1usize;
    for (position, dim) in shape.dim.iter().enumerate() {
        let size = match &dim.value {
            Some(DimensionValue::Number(n)) => usize::try_from(*n).unwrap_or(0),
            Some(DimensionValue::Name(_)) | None if position == 0 && shape.dim.len() > 1 => {
                batch = true;
                1
            }
            Some(DimensionValue::Name(_)) | None => {
                return Err("has a symbolic dimension besides the batch; export it with numbers");
            }
        };
        elements = elements.checked_mul(size).filter(|&n| n > 0).ok_or(
            "has a dimension that is zero, negative or too large; export it with real sizes",
        )?;
        dims.push(size);
    }
    Ok((element, Shape { dims, batch }))
}

impl<'a> Chain<'a> {
    /// Makes the initialisers that a node reads known.
    fn constants_of(
        &mut self,
        names: &Names<'a>,
        graph: &'a proto::Graph,
        node: &'a proto::Node,
    ) -> Result<(), OnnxError> {
        for name in node.input.iter().filter(|name| !name.is_empty()) {
            match names.definition(name)? {
                Definition::Initializer(position) => {
                    if let Some(tensor) = graph.initializer.get(position) {
                        let constant = Constant::tensor(name, tensor)?;
                        self.values.insert(name, Value::Constant(constant));
                    }
                }
                Definition::Sparse => {
                    let place = Place::Tensor(name.clone());
                    return Err(OnnxError::new(place, OnnxProblem::Sparse));
                }
                Definition::Input | Definition::Node(_) => {}
            }
        }
        Ok(())
    }

    fn node(&mut self, node: &'a proto::Node) -> Result<(), OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        let arity = |inputs: std::ops::RangeInclusive<usize>, most: usize| {
            let (given, outputs) = (node.input.len(), node.output.len());
            if inputs.contains(&given) && (1..=most).contains(&outputs) {
                return Ok(());
            }
            Err(at(OnnxProblem::Arity { inputs: given, outputs }))
        };
        let value = match node.op_type.as_str() {
            "Gemm" => {
                arity(2..=3, 1)?;
                self.gemm(node)?
            }
            "MatMul" => {
                arity(2..=2, 1)?;
                self.matmul(node)?
            }
            "Add" => {
                arity(2..=2, 1)?;
                self.add(node)?
            }
            "Conv" => {
                arity(2..=3, 1)?;
                self.conv(node)?
            }
            "Relu" => {
                arity(1..=1, 1)?;
                self.relu(node)?
            }
            "Identity" => {
                arity(1..=1, 1)?;
                Attributes::new(node, &[]).map_err(at)?;
                self.input(node, 0)?.clone()
            }
            "Flatten" => {
                arity(1..=1, 1)?;
                self.flatten(node)?
            }
            "Reshape" => {
                arity(2..=2, 1)?;
                self.reshape(node)?
            }
            "Dropout" => {
                arity(1..=if self.opset < 12 { 1 } else { 3 }, 2)?;
                self.dropout(node)?
            }
            "Constant" => {
                arity(0..=0, 1)?;
                Value::Constant(constant_node(node)?)
            }
            _ => return Err(at(OnnxProblem::Operator)),
        };
        if let Some(name) = node.output.first() {
            self.values.insert(name, value);
        }
        Ok(())
    }

    /// The value of a required input.
    pub(super) fn input(
        &self,
        node: &'a proto::Node,
        position: usize,
    ) -> Result<&Value<'a>, OnnxError> {
        self.optional(node, position)?.ok_or_else(|| {
            let (inputs, outputs) = (node.input.len(), node.output.len());
            OnnxError::new(place(node), OnnxProblem::Arity { inputs, outputs })
        })
    }

    /// The value of an optional input, `None` where it is absent.
    pub(super) fn optional(
        &self,
        node: &'a proto::Node,
        position: usize,
    ) -> Result<Option<&Value<'a>>, OnnxError> {
        let Some(name) = node.input.get(position).filter(|name| !name.is_empty()) else {
            return Ok(None);
        };
        match self.values.get(name.as_str()) {
            Some(Value::Mask) => Err(OnnxError::new(place(node), OnnxProblem::Mask)),
            Some(value) => Ok(Some(value)),
            None => Err(OnnxError::new(Place::Value(name.clone()), OnnxProblem::Undefined)),
        }
    }

    /// An optional input that must be constant.
    pub(super) fn constant(
        &self,
        node: &'a proto::Node,
        position: usize,
        what: &'static str,
    ) -> Result<Option<&Constant<'a>>, OnnxError> {
        match self.optional(node, position)? {
            None => Ok(None),
            Some(Value::Constant(constant)) => Ok(Some(constant)),
            Some(Value::Flow(_) | Value::Mask) => {
                Err(OnnxError::new(place(node), OnnxProblem::NotConstant { what }))
            }
        }
    }

    /// The numbers of a constant that becomes a parameter. Using one tensor twice is told, and
    /// bounded: a small file must not become a large network.
    pub(super) fn parameter(
        &mut self,
        node: &proto::Node,
        constant: &Constant<'a>,
    ) -> Result<Vec<f64>, OnnxError> {
        const LIMIT: usize = 1 << 24;
        if !self.used.insert(constant.name) {
            self.shared = self.shared.saturating_add(constant.elements());
            if self.shared > LIMIT {
                return Err(OnnxError::new(place(node), OnnxProblem::Shared { limit: LIMIT }));
            }
            self.folds.push(Fold::new(node, FoldKind::Shared(constant.name.to_owned())));
        }
        constant.reals(self.element_type)
    }

    fn relu(&mut self, node: &'a proto::Node) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        Attributes::new(node, &[]).map_err(at)?;
        let Value::Flow(shape) = self.input(node, 0)?.clone() else {
            return Err(at(OnnxProblem::ConstantArithmetic));
        };
        self.layers.push(Layer::Relu { node: label(node) });
        Ok(Value::Flow(shape))
    }

    fn flatten(&self, node: &'a proto::Node) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        let axis = Attributes::new(node, &["axis"]).and_then(|a| a.int("axis", 1)).map_err(at)?;
        self.reshaped(node, |shape| shape.flatten(axis))
    }

    fn reshape(&self, node: &'a proto::Node) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        let known: &[&str] = if self.opset < 14 { &[] } else { &["allowzero"] };
        let attributes = Attributes::new(node, known).map_err(at)?;
        let allow_zero = attributes.int("allowzero", 0).map_err(at)? != 0;
        let what = "the shape";
        let target = self.constant(node, 1, what)?;
        let target = target.ok_or_else(|| at(OnnxProblem::NotConstant { what }))?.int64s()?;
        self.reshaped(node, |shape| shape.reshape(&target, allow_zero))
    }

    /// The first input with another shape; its elements and their order stay.
    fn reshaped(
        &self,
        node: &'a proto::Node,
        change: impl Fn(&Shape) -> Result<Shape, OnnxProblem>,
    ) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        match self.input(node, 0)?.clone() {
            Value::Flow(shape) => Ok(Value::Flow(change(&shape).map_err(at)?)),
            Value::Constant(mut constant) => {
                let shape = Shape { dims: constant.dims, batch: false };
                constant.dims = change(&shape).map_err(at)?.dims;
                Ok(Value::Constant(constant))
            }
            Value::Mask => Err(at(OnnxProblem::Mask)),
        }
    }

    /// Inference: the first output is the input.
    fn dropout(&mut self, node: &'a proto::Node) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        let known: &[&str] = if self.opset < 12 { &["ratio"] } else { &["seed"] };
        Attributes::new(node, known).map_err(at)?;
        self.constant(node, 1, "the ratio")?;
        let mode = self.constant(node, 2, "training_mode")?.map(Constant::boolean).transpose()?;
        if mode == Some(true) {
            return Err(at(OnnxProblem::TrainingMode));
        }
        let value = self.input(node, 0)?.clone();
        if let Some(mask) = node.output.get(1).filter(|name| !name.is_empty()) {
            self.values.insert(mask, Value::Mask);
        }
        Ok(value)
    }
}

/// The constant of a `Constant` node.
fn constant_node(node: &proto::Node) -> Result<Constant<'_>, OnnxError> {
    let at = |problem| OnnxError::new(place(node), problem);
    let [attribute] = node.attribute.as_slice() else {
        let name = "value".to_owned();
        let reason = "is missing or stands beside others";
        return Err(at(OnnxProblem::BadAttribute { name, reason }));
    };
    let kind = attribute.name.as_str();
    let name = node.output.first().map_or("", String::as_str);
    let attributes = Attributes::new(node, &[kind]).map_err(at)?;
    let typed = |code, reason| attributes.get(kind, code, reason).map_err(at);
    match kind {
        "value" => {
            typed(attribute_type::TENSOR, "is not a tensor")?;
            let reason = "holds no tensor";
            let missing = || OnnxProblem::BadAttribute { name: kind.to_owned(), reason };
            Constant::tensor(name, attribute.t.as_ref().ok_or_else(|| at(missing()))?)
        }
        "value_float" => {
            typed(attribute_type::FLOAT, "is not a float")?;
            Constant::floats(name, std::slice::from_ref(&attribute.f), true)
        }
        "value_floats" => {
            typed(attribute_type::FLOATS, "is no list of floats")?;
            Constant::floats(name, &attribute.floats, false)
        }
        "value_int" => {
            typed(attribute_type::INT, "is not an integer")?;
            Constant::integers(name, std::slice::from_ref(&attribute.i), true)
        }
        "value_ints" => {
            typed(attribute_type::INTS, "is no list of integers")?;
            Constant::integers(name, &attribute.ints, false)
        }
        _ => Err(at(OnnxProblem::ConstantKind { kind: kind.to_owned() })),
    }
}
