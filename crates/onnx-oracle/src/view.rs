//! What two readers of one file must agree on.

use onnx_protobuf::{
    AttributeProto, Message, ModelProto, TensorProto, ValueInfoProto,
    tensor_shape_proto::dimension::Value as DimensionValue,
};

/// Everything of a model that a reader of layer chains looks at.
#[derive(Debug, PartialEq)]
pub struct View {
    /// Version of the format.
    pub ir_version: i64,
    /// Name and version of the producer.
    pub producer: (String, String),
    /// Operator sets: domain, version.
    pub opsets: Vec<(String, i64)>,
    /// Local functions: domain, name.
    pub functions: Vec<(String, String)>,
    /// Inputs of the graph.
    pub inputs: Vec<ValueView>,
    /// Outputs of the graph.
    pub outputs: Vec<ValueView>,
    /// Nodes in file order.
    pub nodes: Vec<NodeView>,
    /// Initialisers in file order.
    pub initializers: Vec<TensorView>,
    /// Names of sparse initialisers.
    pub sparse: Vec<String>,
}

/// Name, element type, and dimensions as numbers or names (`?` if neither); the latter two are
/// `None` where the file has none.
pub type ValueView = (String, Option<i32>, Option<Vec<String>>);

/// One node.
#[derive(Debug, PartialEq)]
pub struct NodeView {
    /// Name, operator, domain.
    pub names: [String; 3],
    /// Inputs.
    pub inputs: Vec<String>,
    /// Outputs.
    pub outputs: Vec<String>,
    /// Attributes in file order.
    pub attributes: Vec<AttributeView>,
}

/// One attribute with all its fields; floats as bits.
#[derive(Debug, PartialEq)]
pub struct AttributeView {
    /// Name and the attribute of a function that it refers to.
    pub names: [String; 2],
    /// Type code.
    pub kind: i32,
    /// `f`.
    pub f: u32,
    /// `i`.
    pub i: i64,
    /// `s`, then `strings`.
    pub strings: Vec<Vec<u8>>,
    /// `t`.
    pub tensor: Option<TensorView>,
    /// `floats`.
    pub floats: Vec<u32>,
    /// `ints`.
    pub ints: Vec<i64>,
}

/// One tensor with all its payload fields; numbers as bits.
#[derive(Debug, PartialEq)]
pub struct TensorView {
    /// Name.
    pub name: String,
    /// Dimensions.
    pub dims: Vec<i64>,
    /// Type code.
    pub data_type: i32,
    /// `raw_data`.
    pub raw: Vec<u8>,
    /// `float_data`.
    pub floats: Vec<u32>,
    /// `double_data`.
    pub doubles: Vec<u64>,
    /// `int32_data`.
    pub int32s: Vec<i32>,
    /// `int64_data`.
    pub int64s: Vec<i64>,
    /// Keys and values of external data.
    pub external: Vec<(String, String)>,
    /// Location code.
    pub location: i32,
    /// Begin and end of a segment.
    pub segment: Option<(i64, i64)>,
}

/// Reads a file with `onnx-protobuf`.
///
/// # Errors
/// The parser's words, or that there is no graph.
pub fn view(bytes: &[u8]) -> Result<View, String> {
    let model = ModelProto::parse_from_bytes(bytes).map_err(|e| e.to_string())?;
    let graph = model.graph.as_ref().ok_or("no graph")?;
    let node = |n: &onnx_protobuf::NodeProto| NodeView {
        names: [n.name.clone(), n.op_type.clone(), n.domain.clone()],
        inputs: n.input.clone(),
        outputs: n.output.clone(),
        attributes: n.attribute.iter().map(attribute).collect(),
    };
    let opsets = model.opset_import.iter().map(|o| (o.domain.clone(), o.version));
    let functions = model.functions.iter().map(|f| (f.domain.clone(), f.name.clone()));
    let sparse = graph.sparse_initializer.iter().filter_map(|s| s.values.as_ref());
    Ok(View {
        ir_version: model.ir_version,
        producer: (model.producer_name.clone(), model.producer_version.clone()),
        opsets: opsets.collect(),
        functions: functions.collect(),
        inputs: graph.input.iter().map(value).collect(),
        outputs: graph.output.iter().map(value).collect(),
        nodes: graph.node.iter().map(node).collect(),
        initializers: graph.initializer.iter().map(tensor).collect(),
        sparse: sparse.map(|values| values.name.clone()).collect(),
    })
}

fn value(info: &ValueInfoProto) -> ValueView {
    let Some(kind) = info.type_.as_ref().filter(|t| t.has_tensor_type()) else {
        return (info.name.clone(), None, None);
    };
    let tensor = kind.tensor_type();
    let dims = tensor.shape.as_ref().map(|shape| {
        let show = |d: &onnx_protobuf::tensor_shape_proto::Dimension| match &d.value {
            Some(DimensionValue::DimValue(n)) => n.to_string(),
            Some(DimensionValue::DimParam(name)) => format!("name {name}"),
            Some(_) | None => "?".to_owned(),
        };
        shape.dim.iter().map(show).collect()
    });
    (info.name.clone(), Some(tensor.elem_type), dims)
}

fn attribute(a: &AttributeProto) -> AttributeView {
    AttributeView {
        names: [a.name.clone(), a.ref_attr_name.clone()],
        kind: a.type_.value(),
        f: a.f.to_bits(),
        i: a.i,
        strings: std::iter::once(&a.s).chain(&a.strings).cloned().collect(),
        tensor: a.t.as_ref().map(tensor),
        floats: a.floats.iter().map(|v| v.to_bits()).collect(),
        ints: a.ints.clone(),
    }
}

fn tensor(t: &TensorProto) -> TensorView {
    let entries = t.external_data.iter().map(|e| (e.key.clone(), e.value.clone()));
    TensorView {
        name: t.name.clone(),
        dims: t.dims.clone(),
        data_type: t.data_type,
        raw: t.raw_data.clone(),
        floats: t.float_data.iter().map(|v| v.to_bits()).collect(),
        doubles: t.double_data.iter().map(|v| v.to_bits()).collect(),
        int32s: t.int32_data.clone(),
        int64s: t.int64_data.clone(),
        external: entries.collect(),
        location: t.data_location.value(),
        segment: t.segment.as_ref().map(|s| (s.begin, s.end)),
    }
}
