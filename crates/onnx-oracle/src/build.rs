//! Files for tests, written with `onnx-protobuf`.

use onnx_protobuf::{
    AttributeProto, GraphProto, Message, ModelProto, NodeProto, OperatorSetIdProto, TensorProto,
    TensorShapeProto, TypeProto, ValueInfoProto, attribute_proto::AttributeType,
    tensor_shape_proto::Dimension, type_proto,
};
use protobuf::MessageField;

pub use onnx_protobuf;

/// A model with one graph. All parts can be changed through [`Build::model`].
#[derive(Clone, Debug)]
pub struct Build {
    /// The model.
    pub model: ModelProto,
}

impl Build {
    /// An empty graph of IR version 8 with this default opset.
    #[must_use]
    pub fn new(opset: i64) -> Self {
        let model = ModelProto {
            ir_version: 8,
            producer_name: "test".into(),
            opset_import: vec![OperatorSetIdProto { version: opset, ..Default::default() }],
            graph: MessageField::some(GraphProto::default()),
            ..Default::default()
        };
        Build { model }
    }

    /// The graph.
    pub fn graph(&mut self) -> &mut GraphProto {
        self.model.graph.mut_or_insert_default()
    }

    /// Adds a float input; a dimension of 0 is the symbolic one `N`.
    #[must_use]
    pub fn input(mut self, name: &str, dims: &[i64]) -> Self {
        self.graph().input.push(info(name, 1, dims));
        self
    }

    /// Adds an input with any element type.
    #[must_use]
    pub fn typed_input(mut self, name: &str, code: i32, dims: &[i64]) -> Self {
        self.graph().input.push(info(name, code, dims));
        self
    }

    /// Adds an output without a type.
    #[must_use]
    pub fn output(mut self, name: &str) -> Self {
        let info = ValueInfoProto { name: name.into(), ..Default::default() };
        self.graph().output.push(info);
        self
    }

    /// Adds an initialiser.
    #[must_use]
    pub fn constant(mut self, tensor: TensorProto) -> Self {
        self.graph().initializer.push(tensor);
        self
    }

    /// Adds a node named after its operator and its output.
    #[must_use]
    pub fn node(
        mut self,
        operator: &str,
        inputs: &[&str],
        output: &str,
        attribute: Vec<AttributeProto>,
    ) -> Self {
        self.graph().node.push(NodeProto {
            name: format!("{operator}_{output}"),
            op_type: operator.into(),
            input: inputs.iter().map(|&name| name.into()).collect(),
            output: vec![output.into()],
            attribute,
            ..Default::default()
        });
        self
    }

    /// The file.
    ///
    /// # Panics
    /// Where the message cannot be written, which does not happen in memory.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.model.write_to_bytes().unwrap_or_else(|e| panic!("{e}"))
    }
}

fn info(name: &str, code: i32, dims: &[i64]) -> ValueInfoProto {
    let dimension = |&size: &i64| {
        let mut dim = Dimension::new();
        if size == 0 {
            dim.set_dim_param("N".into())
        } else {
            dim.set_dim_value(size)
        }
        dim
    };
    let shape =
        TensorShapeProto { dim: dims.iter().map(dimension).collect(), ..Default::default() };
    let tensor = type_proto::Tensor {
        elem_type: code,
        shape: MessageField::some(shape),
        ..Default::default()
    };
    let mut kind = TypeProto::new();
    kind.set_tensor_type(tensor);
    ValueInfoProto { name: name.into(), type_: MessageField::some(kind), ..Default::default() }
}

/// Floats in `raw_data`.
#[must_use]
pub fn raw_floats(name: &str, dims: &[i64], values: &[f32]) -> TensorProto {
    let raw_data = values.iter().flat_map(|v| v.to_le_bytes()).collect();
    TensorProto { raw_data, ..tensor(name, dims, 1) }
}

/// Floats in `float_data`.
#[must_use]
pub fn floats(name: &str, dims: &[i64], values: &[f32]) -> TensorProto {
    TensorProto { float_data: values.to_vec(), ..tensor(name, dims, 1) }
}

/// Doubles in `raw_data`.
#[must_use]
pub fn raw_doubles(name: &str, dims: &[i64], values: &[f64]) -> TensorProto {
    let raw_data = values.iter().flat_map(|v| v.to_le_bytes()).collect();
    TensorProto { raw_data, ..tensor(name, dims, 11) }
}

/// Doubles in `double_data`.
#[must_use]
pub fn doubles(name: &str, dims: &[i64], values: &[f64]) -> TensorProto {
    TensorProto { double_data: values.to_vec(), ..tensor(name, dims, 11) }
}

/// 64-bit integers in `int64_data`.
#[must_use]
pub fn int64s(name: &str, values: &[i64]) -> TensorProto {
    TensorProto { int64_data: values.to_vec(), ..tensor(name, &[values.len() as i64], 7) }
}

/// A boolean scalar in `raw_data`.
#[must_use]
pub fn boolean(name: &str, value: bool) -> TensorProto {
    TensorProto { raw_data: vec![u8::from(value)], ..tensor(name, &[], 9) }
}

/// A tensor without elements.
#[must_use]
pub fn tensor(name: &str, dims: &[i64], data_type: i32) -> TensorProto {
    TensorProto { name: name.into(), dims: dims.to_vec(), data_type, ..Default::default() }
}

/// A float attribute.
#[must_use]
pub fn float_attribute(name: &str, f: f32) -> AttributeProto {
    AttributeProto { f, ..attribute(name, AttributeType::FLOAT) }
}

/// An integer attribute.
#[must_use]
pub fn int_attribute(name: &str, i: i64) -> AttributeProto {
    AttributeProto { i, ..attribute(name, AttributeType::INT) }
}

/// A tensor attribute.
#[must_use]
pub fn tensor_attribute(name: &str, t: TensorProto) -> AttributeProto {
    AttributeProto { t: MessageField::some(t), ..attribute(name, AttributeType::TENSOR) }
}

/// An attribute without a value.
#[must_use]
pub fn attribute(name: &str, kind: AttributeType) -> AttributeProto {
    AttributeProto { name: name.into(), type_: kind.into(), ..Default::default() }
}
