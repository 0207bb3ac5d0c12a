//! Evaluation node by node, on general tensors in double precision.

use std::collections::BTreeMap;

use onnx_protobuf::{AttributeProto, Message, ModelProto, NodeProto, TensorProto};

/// A dense row-major tensor.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// Dimensions.
    pub dims: Vec<usize>,
    /// Elements.
    pub data: Vec<f64>,
}

/// The elements of the only output for the elements of the only input; unknown dimensions are 1.
///
/// # Errors
/// What is missing, malformed or not implemented here.
pub fn run(bytes: &[u8], input: &[f64]) -> Result<Vec<f64>, String> {
    let model = ModelProto::parse_from_bytes(bytes).map_err(|e| e.to_string())?;
    let graph = model.graph.as_ref().ok_or("no graph")?;
    let mut values: BTreeMap<String, Dense> = BTreeMap::new();
    for t in &graph.initializer {
        values.insert(t.name.clone(), dense(t)?);
    }
    for info in graph.input.iter().filter(|i| graph.initializer.iter().all(|t| t.name != i.name)) {
        let shape = info.type_.tensor_type().shape.clone();
        let dims: Vec<usize> = shape
            .dim
            .iter()
            .map(|d| if d.has_dim_value() { d.dim_value() as usize } else { 1 })
            .collect();
        if dims.iter().product::<usize>() != input.len() {
            return Err(format!("input {dims:?} has not {} elements", input.len()));
        }
        values.insert(info.name.clone(), Dense { dims, data: input.to_vec() });
    }
    let mut waiting: Vec<&NodeProto> = graph.node.iter().collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut next = Vec::new();
        for node in waiting {
            if node.input.iter().all(|name| name.is_empty() || values.contains_key(name)) {
                let inputs: Vec<Option<&Dense>> =
                    node.input.iter().map(|name| values.get(name)).collect();
                let result = apply(node, &inputs).map_err(|e| format!("{}: {e}", node.op_type))?;
                values.insert(node.output[0].clone(), result);
            } else {
                next.push(node);
            }
        }
        if next.len() == before {
            return Err("nodes wait for each other".into());
        }
        waiting = next;
    }
    let name = &graph.output.first().ok_or("no output")?.name;
    values.remove(name).map(|v| v.data).ok_or_else(|| format!("no value {name}"))
}

fn apply(node: &NodeProto, inputs: &[Option<&Dense>]) -> Result<Dense, String> {
    let arg = |i: usize| inputs.get(i).copied().flatten().ok_or(format!("no input {i}"));
    let attribute = |name: &str| node.attribute.iter().find(|a| a.name == name);
    let float = |name: &str| attribute(name).map_or(1.0, |a| f64::from(a.f));
    let int = |name: &str, default: i64| attribute(name).map_or(default, |a| a.i);
    Ok(match node.op_type.as_str() {
        "Identity" | "Dropout" => arg(0)?.clone(),
        "Relu" => {
            let x = arg(0)?;
            Dense { dims: x.dims.clone(), data: x.data.iter().map(|v| v.max(0.0)).collect() }
        }
        "Constant" => constant(node.attribute.first().ok_or("no attribute")?)?,
        "Add" => broadcast(arg(0)?, arg(1)?, |a, b| a + b)?,
        "MatMul" => matmul(arg(0)?, arg(1)?)?,
        "Gemm" => {
            let transposed = |x: &Dense, flag: &str| {
                if int(flag, 0) == 0 { Ok(x.clone()) } else { transpose(x) }
            };
            let product = matmul(&transposed(arg(0)?, "transA")?, &transposed(arg(1)?, "transB")?)?;
            let scaled = |x: &Dense, by: f64| Dense {
                dims: x.dims.clone(),
                data: x.data.iter().map(|v| v * by).collect(),
            };
            let product = scaled(&product, float("alpha"));
            match inputs.get(2).copied().flatten() {
                None => product,
                Some(c) => broadcast(&product, &scaled(c, float("beta")), |a, b| a + b)?,
            }
        }
        "Conv" => super::conv::conv(node, arg(0)?, arg(1)?, inputs.get(2).copied().flatten())?,
        "Flatten" => {
            let x = arg(0)?;
            let axis = int("axis", 1);
            let axis = if axis < 0 { axis + x.dims.len() as i64 } else { axis } as usize;
            let rows = x.dims[..axis].iter().product();
            Dense { dims: vec![rows, x.data.len() / rows], data: x.data.clone() }
        }
        "Reshape" => {
            let x = arg(0)?;
            let copy = int("allowzero", 0) == 0;
            let mut dims = Vec::new();
            for (i, &d) in arg(1)?.data.iter().enumerate() {
                dims.push(if d == 0.0 && copy { x.dims[i] as f64 } else { d });
            }
            let rest: f64 = dims.iter().filter(|&&d| d >= 0.0).product();
            let size = |&d: &f64| if d < 0.0 { x.data.len() / rest as usize } else { d as usize };
            let dims: Vec<usize> = dims.iter().map(size).collect();
            if dims.iter().product::<usize>() != x.data.len() {
                return Err(format!("{:?} to {dims:?}", x.dims));
            }
            Dense { dims, data: x.data.clone() }
        }
        other => return Err(format!("{other} is not implemented")),
    })
}

fn constant(a: &AttributeProto) -> Result<Dense, String> {
    let list = |data: Vec<f64>| Dense { dims: vec![data.len()], data };
    match a.name.as_str() {
        "value" => dense(a.t.as_ref().ok_or("no tensor")?),
        "value_float" => Ok(Dense { dims: vec![], data: vec![f64::from(a.f)] }),
        "value_floats" => Ok(list(a.floats.iter().map(|&v| f64::from(v)).collect())),
        "value_int" => Ok(Dense { dims: vec![], data: vec![a.i as f64] }),
        "value_ints" => Ok(list(a.ints.iter().map(|&v| v as f64).collect())),
        other => Err(format!("constant {other}")),
    }
}

/// Elements of a tensor: floats, doubles, int64 or booleans.
///
/// # Errors
/// An element type besides these, or a number of elements that does not fit the dimensions.
pub fn dense(t: &TensorProto) -> Result<Dense, String> {
    let dims: Vec<usize> = t.dims.iter().map(|&d| d as usize).collect();
    let raw = &t.raw_data;
    let data: Vec<f64> = match (t.data_type, raw.is_empty()) {
        (1, true) => t.float_data.iter().map(|&v| f64::from(v)).collect(),
        (1, false) => {
            let word = |b: &[u8]| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            raw.chunks(4).map(word).collect()
        }
        (11, true) => t.double_data.clone(),
        (11, false) => raw.chunks(8).map(|b| f64::from_bits(word(b))).collect(),
        (7, true) => t.int64_data.iter().map(|&v| v as f64).collect(),
        (7, false) => raw.chunks(8).map(|b| word(b) as i64 as f64).collect(),
        (9, true) => t.int32_data.iter().map(|&v| f64::from(v)).collect(),
        (9, false) => raw.iter().map(|&v| f64::from(v)).collect(),
        (code, _) => return Err(format!("element type {code}")),
    };
    if data.len() == dims.iter().product::<usize>() {
        Ok(Dense { dims, data })
    } else {
        Err(format!("{}: {dims:?} with {} elements", t.name, data.len()))
    }
}

fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte))
}

fn transpose(x: &Dense) -> Result<Dense, String> {
    let [rows, columns] = x.dims[..] else { return Err(format!("transpose of {:?}", x.dims)) };
    let at = |i: usize| x.data[i % rows * columns + i / rows];
    Ok(Dense { dims: vec![columns, rows], data: (0..rows * columns).map(at).collect() })
}

/// NumPy broadcasting by counting through the result.
fn broadcast(a: &Dense, b: &Dense, f: impl Fn(f64, f64) -> f64) -> Result<Dense, String> {
    let rank = a.dims.len().max(b.dims.len());
    let padded = |d: &[usize]| [vec![1; rank - d.len()], d.to_vec()].concat();
    let (da, db) = (padded(&a.dims), padded(&b.dims));
    let mut dims = Vec::new();
    for (&x, &y) in da.iter().zip(&db) {
        if x != y && x != 1 && y != 1 {
            return Err(format!("broadcast {:?} with {:?}", a.dims, b.dims));
        }
        dims.push(x.max(y));
    }
    let pick = |source: &Dense, own: &[usize], index: &[usize]| {
        let position = own.iter().zip(index).fold(0, |at, (&n, &i)| at * n + i.min(n - 1));
        source.data[position]
    };
    let mut index = vec![0; rank];
    let mut data = Vec::new();
    for _ in 0..dims.iter().product() {
        data.push(f(pick(a, &da, &index), pick(b, &db, &index)));
        for axis in (0..rank).rev() {
            index[axis] += 1;
            if index[axis] < dims[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    Ok(Dense { dims, data })
}

/// NumPy's `matmul` where at most one operand has more than two dimensions.
fn matmul(a: &Dense, b: &Dense) -> Result<Dense, String> {
    let fail = || format!("product of {:?} and {:?}", a.dims, b.dims);
    let (lead_a, rows, inner) = match a.dims[..] {
        [k] => (vec![], 1, k),
        [ref lead @ .., m, k] => (lead.to_vec(), m, k),
        [] => return Err(fail()),
    };
    let (lead_b, inner_b, columns) = match b.dims[..] {
        [k] => (vec![], k, 1),
        [ref lead @ .., k, n] => (lead.to_vec(), k, n),
        [] => return Err(fail()),
    };
    if inner != inner_b || !(lead_a.is_empty() || lead_b.is_empty()) {
        return Err(fail());
    }
    let mut dims = [&lead_a[..], &lead_b[..]].concat();
    let blocks: usize = dims.iter().product();
    dims.extend((a.dims.len() > 1).then_some(rows));
    dims.extend((b.dims.len() > 1).then_some(columns));
    let mut data = Vec::new();
    for block in 0..blocks {
        let offset = |lead: &[usize], size: usize| if lead.is_empty() { 0 } else { block * size };
        let (from_a, from_b) = (offset(&lead_a, rows * inner), offset(&lead_b, inner * columns));
        for r in 0..rows {
            for c in 0..columns {
                let term = |k| a.data[from_a + r * inner + k] * b.data[from_b + k * columns + c];
                data.push((0..inner).map(term).sum());
            }
        }
    }
    Ok(Dense { dims, data })
}
