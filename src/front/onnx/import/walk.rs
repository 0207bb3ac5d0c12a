//! From the file's graph to ours: inputs, nodes in order, outputs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::builder::Builder;
use super::call::{Call, kind};
use super::dispatch::dispatch;
use super::external::{Beside, External};
use super::operators::{Form, NoForm, Operator, find};
use super::problem::GraphProblem;
use super::shapes::{MAX_RANK, elements};
use super::trainable::Trainable;
use super::value::{Elements, Flow, Kind, Tensor, Value};
use super::{LoadedGraph, Options, decode, infer, tidy};
use crate::front::onnx::attributes::Attributes;
use crate::front::onnx::graph::{Definition, Names, label, place};
use crate::front::onnx::proto::{self, DimensionValue, attribute_type};
use crate::front::onnx::{OnnxError, OnnxProblem, Place};
use crate::network::graph::{Op, Port};

/// Numbers that a graph may have whatever the size of its file.
const FREE: usize = 1 << 25;
/// And for each byte of it.
pub(super) const PER_BYTE: usize = 16;

/// Compiles a file of so many bytes.
pub(super) fn compile(
    model: &proto::Model,
    path: &Path,
    size: usize,
    options: &Options,
    beside: Option<Beside<'_>>,
) -> Result<LoadedGraph, OnnxError> {
    let whole = |problem| OnnxError::new(Place::File, problem);
    let source = model.graph.as_ref().ok_or_else(|| whole(OnnxProblem::NoGraph))?;
    let opset = model
        .opset_import
        .iter()
        .find(|o| o.domain.is_empty() || o.domain == "ai.onnx")
        .map(|o| o.version)
        .ok_or_else(|| whole(OnnxProblem::NoOpset))?;
    let names = Names::new(source)?;
    if source.output.is_empty() {
        return Err(OnnxError::new(Place::File, GraphProblem::NoOutput.into()));
    }
    let order = names.order()?;
    let limit = options.limit.unwrap_or(FREE.saturating_add(size.saturating_mul(PER_BYTE)));
    let mut walk = Walk {
        source,
        opset,
        functions: model.functions.iter().map(|f| (f.domain.as_str(), f.name.as_str())).collect(),
        builder: Builder::new(limit),
        external: External::new(path, beside),
        values: BTreeMap::new(),
        last: names.last(&order),
        keep_last: options.keep_last,
        wanted: names.wanted(&order),
        names,
    };
    walk.builder.trainable = options.trainable.then(Trainable::default);
    walk.known_names(options)?;
    let input_kinds = walk.inputs(options)?;
    for node in order {
        walk.node(node)?;
    }
    let output_kinds = walk.outputs()?;
    let mut graph = walk.builder.graph;
    let mut trainable = walk.builder.trainable;
    tidy::tidy(&mut graph, &mut trainable);
    let parameters = trainable.map(Trainable::finish).unwrap_or_default();
    let producer = [model.producer_name.as_str(), model.producer_version.as_str()];
    Ok(LoadedGraph {
        graph,
        sha256: String::new(),
        external: walk.external.read(),
        opset,
        ir_version: model.ir_version,
        producer: producer.join(" ").trim().to_owned(),
        input_kinds,
        output_kinds,
        notes: walk.builder.notes,
        parameters,
    })
}

struct Walk<'a> {
    source: &'a proto::Graph,
    opset: i64,
    functions: BTreeSet<(&'a str, &'a str)>,
    names: Names<'a>,
    builder: Builder,
    external: External<'a>,
    values: BTreeMap<&'a str, Value>,
    last: BTreeMap<&'a str, usize>,
    keep_last: bool,
    wanted: BTreeSet<&'a str>,
}

impl<'a> Walk<'a> {
    /// The caller's options name inputs that exist.
    fn known_names(&self, options: &Options) -> Result<(), OnnxError> {
        let known: Vec<&str> = self.names.inputs.iter().map(|i| i.name.as_str()).collect();
        let mut named = options.fixed.keys().chain(options.shapes.keys());
        match named.find(|n| !known.contains(&n.as_str())) {
            None => Ok(()),
            Some(name) => {
                let problem = GraphProblem::NoInput { names: known.join(", ") };
                Err(OnnxError::new(Place::Value(name.clone()), problem.into()))
            }
        }
    }

    fn inputs(&mut self, options: &Options) -> Result<Vec<Kind>, OnnxError> {
        let mut kinds = Vec::new();
        for info in self.names.inputs.clone() {
            let at = |problem: GraphProblem| {
                OnnxError::new(Place::Value(info.name.clone()), problem.into())
            };
            let tensor = info.r#type.as_ref().and_then(|t| t.tensor_type.as_ref());
            let tensor = tensor.ok_or_else(|| at(GraphProblem::InputType))?;
            let found = kind(tensor.elem_type).map_err(at)?;
            if let Some(fixed) = options.fixed.get(&info.name) {
                check_fixed(fixed, found, tensor).map_err(at)?;
                self.values.insert(&info.name, Value::constant(fixed.clone()));
                continue;
            }
            let given = options.shapes.get(&info.name);
            let shape = input_shape(tensor, given, &options.dimensions);
            let shape = match shape {
                Err(problem @ GraphProblem::Dimension { .. }) => {
                    infer::shape(self.source, &self.names, &info.name, tensor)
                        .ok_or(problem)
                        .and_then(checked)
                }
                known => known,
            };
            let shape = shape.map_err(at)?;
            if found == Kind::Bool {
                return Err(at(GraphProblem::Kind {
                    what: "the input",
                    found: found.name().to_owned(),
                    expected: "a numeric type",
                }));
            }
            self.builder.origin.clone_from(&info.name);
            let port = self.builder.graph.inputs.len();
            let node = self
                .builder
                .push(Op::Input { port }, shape.clone())
                .map_err(|p| OnnxError::new(Place::Value(info.name.clone()), p))?;
            let name = info.name.clone();
            self.builder.graph.inputs.push(Port { name, node, shape: shape.clone() });
            self.values.insert(&info.name, Value::Flow(Flow { node, shape, kind: found }));
            kinds.push(found);
        }
        Ok(kinds)
    }

    fn outputs(&mut self) -> Result<Vec<Kind>, OnnxError> {
        let mut kinds = Vec::new();
        for info in &self.source.output {
            let value = self.value(&info.name)?;
            kinds.push(value.kind());
            self.builder.origin.clone_from(&info.name);
            let flow = match &value {
                Value::Labels(flow) => Ok(flow.clone()),
                other => self.builder.materialize(other),
            };
            let flow = flow.map_err(|p| OnnxError::new(Place::Value(info.name.clone()), p))?;
            let port = Port { name: info.name.clone(), node: flow.node, shape: flow.shape };
            self.builder.graph.outputs.push(port);
        }
        Ok(kinds)
    }

    /// The value of a name that is computed already, or of a constant of the file.
    fn value(&mut self, name: &'a str) -> Result<Value, OnnxError> {
        if let Some(value) = self.values.get(name) {
            return Ok(value.clone());
        }
        let tensor = match self.names.definition(name)? {
            Definition::Initializer(position) => self.source.initializer.get(position),
            Definition::Sparse => {
                let place = Place::Tensor(name.to_owned());
                return Err(OnnxError::new(place, OnnxProblem::Sparse));
            }
            Definition::Input | Definition::Node(_) => None,
        };
        let missing = || OnnxError::new(Place::Value(name.to_owned()), OnnxProblem::Undefined);
        let tensor = tensor.ok_or_else(missing)?;
        let mut constant = decode::tensor(tensor, &mut self.external, &mut self.builder)
            .map_err(|p| OnnxError::new(Place::Tensor(name.to_owned()), p))?;
        if let Some(trainable) = &mut self.builder.trainable {
            trainable.stored(name, &mut constant);
        }
        let value = Value::constant(constant);
        self.values.insert(name, value.clone());
        Ok(value)
    }

    fn node(&mut self, node: &'a proto::Node) -> Result<(), OnnxError> {
        let at = |problem: OnnxProblem| OnnxError::new(place(node), problem);
        let form = self.form(node)?;
        let mut args = Vec::with_capacity(node.input.len());
        for name in &node.input {
            args.push(if name.is_empty() { None } else { Some(self.value(name)?) });
        }
        self.builder.origin = label(node);
        let attributes = Attributes::new(node, form.attributes).map_err(at)?;
        if form.operator == Operator::Constant {
            let value = self.constant(node, &attributes)?;
            if let Some(name) = node.output.first() {
                self.values.insert(name, value);
            }
            return Ok(());
        }
        // The position of the largest element has no other form than the scores.
        let strip = !self.keep_last || form.operator == Operator::ArgMax;
        let wanted = |name: &String| self.wanted.contains(name.as_str());
        let call = Call {
            operator: form.operator,
            opset: self.opset,
            attributes,
            args,
            outputs: node.output.len(),
            wanted: node.output.iter().map(wanted).collect(),
            last: node
                .output
                .first()
                .filter(|_| strip)
                .and_then(|n| self.last.get(n.as_str()).copied()),
        };
        let results = dispatch(&mut self.builder, &call).map_err(at)?;
        for (position, name) in node.output.iter().enumerate().filter(|(_, n)| !n.is_empty()) {
            match results.get(position) {
                Some(value) => {
                    self.values.insert(name, value.clone());
                }
                None if wanted_name(&self.wanted, name) => {
                    let what = format!("output number {}", position + 1);
                    let instead = "export the model for inference with the first output alone";
                    return Err(at(GraphProblem::unsupported(what, instead).into()));
                }
                None => {}
            }
        }
        Ok(())
    }

    fn form(&self, node: &proto::Node) -> Result<&'static Form, OnnxError> {
        let at = |problem: OnnxProblem| OnnxError::new(place(node), problem);
        let own = node.domain.is_empty() || node.domain == "ai.onnx";
        if !own || self.functions.contains(&(node.domain.as_str(), node.op_type.as_str())) {
            return Err(at(OnnxProblem::CustomOperator { domain: node.domain.clone() }));
        }
        let opset = self.opset;
        let form = find(&node.op_type, opset).map_err(|why| {
            at(match why {
                NoForm::Younger(since) => GraphProblem::OldForm { opset, since },
                NoForm::Unknown | NoForm::Withdrawn => GraphProblem::Operator { opset },
            }
            .into())
        })?;
        let (inputs, outputs) = (node.input.len(), node.output.len());
        let fits = (form.inputs.0..=form.inputs.1).contains(&inputs)
            && (1..=form.outputs).contains(&outputs);
        if fits { Ok(form) } else { Err(at(OnnxProblem::Arity { inputs, outputs })) }
    }

    fn constant(
        &mut self,
        node: &proto::Node,
        attributes: &Attributes<'_>,
    ) -> Result<Value, OnnxError> {
        let at = |problem: OnnxProblem| OnnxError::new(place(node), problem);
        let [attribute] = attributes.all() else {
            return Err(at(OnnxProblem::ConstantKind { kind: "no or several attributes".into() }));
        };
        let scalar = attribute.name == "value_float" || attribute.name == "value_int";
        let shape = |n: usize| if scalar { Vec::new() } else { vec![n] };
        let reals =
            |list: Vec<f64>| Tensor::new(Kind::Float, shape(list.len()), Elements::Real(list));
        let tensor = match (attribute.name.as_str(), attribute.r#type) {
            ("value", attribute_type::TENSOR) => {
                let missing = || at(OnnxProblem::ConstantKind { kind: "no tensor".into() });
                let tensor = attribute.t.as_ref().ok_or_else(missing)?;
                decode::tensor(tensor, &mut self.external, &mut self.builder).map_err(at)?
            }
            ("value_float", attribute_type::FLOAT) => reals(vec![f64::from(attribute.f)]),
            ("value_floats", attribute_type::FLOATS) => {
                reals(attribute.floats.iter().map(|&v| f64::from(v)).collect())
            }
            ("value_int", attribute_type::INT) => Tensor::integers(Vec::new(), vec![attribute.i]),
            ("value_ints", attribute_type::INTS) => {
                Tensor::integers(vec![attribute.ints.len()], attribute.ints.clone())
            }
            (name, _) => return Err(at(OnnxProblem::ConstantKind { kind: name.to_owned() })),
        };
        self.builder.charge(tensor.elements.len()).map_err(at)?;
        Ok(Value::constant(tensor))
    }
}

fn wanted_name(wanted: &BTreeSet<&str>, name: &str) -> bool {
    wanted.contains(name)
}

/// The shape of an input: numbers of the file, then what the caller says, then a batch of 1.
fn input_shape(
    tensor: &proto::TensorType,
    given: Option<&Vec<usize>>,
    dimensions: &BTreeMap<String, usize>,
) -> Result<Vec<usize>, GraphProblem> {
    let Some(stated) = &tensor.shape else {
        return match given {
            Some(shape) => checked(shape.clone()),
            None => Err(GraphProblem::InputType),
        };
    };
    if let Some(given) = given.filter(|g| g.len() != stated.dim.len()) {
        return Err(GraphProblem::Fixed {
            found: format!("{} dimensions", given.len()),
            expected: format!("{} dimensions", stated.dim.len()),
        });
    }
    let mut shape = Vec::new();
    for (position, dim) in stated.dim.iter().enumerate().take(MAX_RANK + 1) {
        let own = given.and_then(|g| g.get(position)).copied();
        shape.push(match &dim.value {
            Some(DimensionValue::Number(n)) if *n > 0 => {
                let size = usize::try_from(*n).unwrap_or(usize::MAX);
                match own {
                    Some(other) if other != size => {
                        return Err(GraphProblem::Fixed {
                            found: format!("size {other} in dimension {position}"),
                            expected: size.to_string(),
                        });
                    }
                    Some(_) | None => size,
                }
            }
            // Exporters write 0 or -1 for a dimension that they do not know.
            unknown => {
                let name = match unknown {
                    Some(DimensionValue::Name(name)) => name.as_str(),
                    Some(DimensionValue::Number(_)) | None => "without a name",
                };
                let batch = (position == 0).then_some(1);
                own.or_else(|| dimensions.get(name).copied())
                    .or(batch)
                    .ok_or_else(|| GraphProblem::Dimension { position, name: name.to_owned() })?
            }
        });
    }
    checked(shape)
}

fn checked(shape: Vec<usize>) -> Result<Vec<usize>, GraphProblem> {
    let good = shape.len() <= MAX_RANK
        && elements(&shape).is_some_and(|n| 0 < n && n <= u32::MAX as usize);
    if good { Ok(shape) } else { Err(GraphProblem::InputShape { dims: format!("{shape:.8?}") }) }
}

fn check_fixed(fixed: &Tensor, kind: Kind, tensor: &proto::TensorType) -> Result<(), GraphProblem> {
    let refuse = |found: String, expected: String| Err(GraphProblem::Fixed { found, expected });
    if fixed.kind != kind {
        return refuse(fixed.kind.name().to_owned(), kind.name().to_owned());
    }
    let count = elements(&fixed.shape).unwrap_or(usize::MAX);
    if count != fixed.elements.len() {
        return refuse(format!("{} elements", fixed.elements.len()), count.to_string());
    }
    let Some(stated) = &tensor.shape else { return Ok(()) };
    let fits = |(dim, &size): (&proto::Dimension, &usize)| match dim.value {
        Some(DimensionValue::Number(n)) if n > 0 => usize::try_from(n) == Ok(size),
        Some(_) | None => true,
    };
    if stated.dim.len() != fixed.shape.len() || !stated.dim.iter().zip(&fixed.shape).all(fits) {
        return refuse(format!("the shape {:?}", fixed.shape), "another one".to_owned());
    }
    Ok(())
}
