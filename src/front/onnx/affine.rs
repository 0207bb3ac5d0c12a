//! The operators that become affine layers: Gemm, MatMul, Add.
//!
//! A matrix may stand on either side of the value: `x W` for a row, `W x` for a column. ONNX fixes
//! which by position and shape; here the value must be one row or one column, and a symbolic
//! batch must not be the dimension that is summed over.

use ndarray::{Array1, Array2};

use super::attributes::Attributes;
use super::chain::{Chain, Fold, FoldKind, Value};
use super::error::{OnnxError, OnnxProblem};
use super::exact;
use super::graph::{label, place};
use super::proto;
use super::shape::{Shape, show_dims};
use super::tensor::Constant;
use crate::network::{Affine, Layer};

const BATCH_SUMMED: &str =
    "sum over the batch; keep the batch as first dimension and multiply by the weight on the right";
const SEVERAL_ROWS: &str =
    "multiply several vectors at once; export the model with a batch of one or a symbolic batch";
const MISMATCH: &str = "do not fit for a matrix product; export the model again";
const RANK: &str = "have ranks that this operator does not take for one vector; reshape before it";
const SHARED: &str =
    "share one bias among several outputs or change the shape; store one bias an output";

/// A matrix product of the flowing value and a constant.
struct Product {
    outputs: usize,
    inputs: usize,
    /// Whether the constant is stored as `[inputs, outputs]`.
    by_input: bool,
    /// Shape of the result.
    shape: Shape,
}

impl<'a> Chain<'a> {
    /// `alpha * A' * B' + beta * C`, `'` being an optional transpose.
    pub(super) fn gemm(&mut self, node: &'a proto::Node) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        let attributes =
            Attributes::new(node, &["alpha", "beta", "transA", "transB"]).map_err(at)?;
        let alpha = f64::from(attributes.float("alpha", 1.0).map_err(at)?);
        let beta = f64::from(attributes.float("beta", 1.0).map_err(at)?);
        let trans_a = attributes.int("transA", 0).map_err(at)? != 0;
        let trans_b = attributes.int("transB", 0).map_err(at)? != 0;
        let (product, weight) = match (self.input(node, 0)?, self.input(node, 1)?) {
            (Value::Flow(x), Value::Constant(w)) => {
                (gemm_right(x, trans_a, w, trans_b).map_err(at)?, w.clone())
            }
            (Value::Constant(w), Value::Flow(x)) => {
                (gemm_left(w, trans_a, x, trans_b).map_err(at)?, w.clone())
            }
            (a, b) => return Err(at(no_product(a, b))),
        };
        let bias = match self.optional(node, 2)?.cloned() {
            None => None,
            Some(Value::Constant(c)) if c.dims.len() <= 2 => {
                add_shape(&product.shape, &c.dims).map_err(at)?;
                Some(scale(self.parameter(node, &c)?, beta).map_err(at)?)
            }
            Some(Value::Constant(c)) => return Err(at(shapes(&product.shape, &c.dims, RANK))),
            Some(Value::Flow(_) | Value::Mask) => return Err(at(OnnxProblem::Branch)),
        };
        if alpha != 1.0 {
            self.folds.push(Fold::new(node, FoldKind::Alpha(alpha)));
        }
        if beta != 1.0 && bias.is_some() {
            self.folds.push(Fold::new(node, FoldKind::Beta(beta)));
        }
        self.affine(node, product, &weight, alpha, bias)
    }

    /// `x W` or `W x`.
    pub(super) fn matmul(&mut self, node: &'a proto::Node) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        Attributes::new(node, &[]).map_err(at)?;
        let (product, weight) = match (self.input(node, 0)?, self.input(node, 1)?) {
            (Value::Flow(x), Value::Constant(w)) => (matmul_right(x, w).map_err(at)?, w.clone()),
            (Value::Constant(w), Value::Flow(x)) => (matmul_left(w, x).map_err(at)?, w.clone()),
            (a, b) => return Err(at(no_product(a, b))),
        };
        self.affine(node, product, &weight, 1.0, None)
    }

    /// A bias after a product.
    pub(super) fn add(&mut self, node: &'a proto::Node) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        Attributes::new(node, &[]).map_err(at)?;
        let (shape, constant) = match (self.input(node, 0)?, self.input(node, 1)?) {
            (Value::Flow(x), Value::Constant(c)) | (Value::Constant(c), Value::Flow(x)) => {
                (add_shape(x, &c.dims).map_err(at)?, c.clone())
            }
            (a, b) => return Err(at(no_product(a, b))),
        };
        if !matches!(self.layers.last(), Some(Layer::Affine(_))) {
            return Err(at(OnnxProblem::LoneAdd));
        }
        let addend = self.parameter(node, &constant)?;
        let Some(Layer::Affine(affine)) = self.layers.last_mut() else {
            return Err(at(OnnxProblem::LoneAdd));
        };
        match &mut affine.bias {
            None => affine.bias = Some(Array1::from_vec(addend)),
            Some(bias) => {
                for (sum, &b) in bias.iter_mut().zip(&addend) {
                    *sum = exact::sum(*sum, b).ok_or_else(|| at(rounds(*sum, '+', b)))?;
                }
                self.folds.push(Fold::new(node, FoldKind::SecondBias));
            }
        }
        Ok(Value::Flow(shape))
    }

    fn affine(
        &mut self,
        node: &proto::Node,
        product: Product,
        constant: &Constant<'a>,
        alpha: f64,
        bias: Option<Vec<f64>>,
    ) -> Result<Value<'a>, OnnxError> {
        let at = |problem| OnnxError::new(place(node), problem);
        let Product { outputs, inputs, by_input, shape } = product;
        let values = scale(self.parameter(node, constant)?, alpha).map_err(at)?;
        let stored = if by_input { (inputs, outputs) } else { (outputs, inputs) };
        let stored = Array2::from_shape_vec(stored, values)
            .map_err(|_| at(shapes(&shape, &constant.dims, MISMATCH)))?;
        let weight = if by_input { stored.t().as_standard_layout().into_owned() } else { stored };
        let bias = bias.map(Array1::from_vec);
        self.layers.push(Layer::Affine(Affine { weight, bias, node: label(node) }));
        Ok(Value::Flow(shape))
    }
}

/// Row times matrix: `A' = x` must be one row.
fn gemm_right(
    x: &Shape,
    trans_a: bool,
    w: &Constant<'_>,
    trans_b: bool,
) -> Result<Product, OnnxProblem> {
    let (&[x0, x1], &[w0, w1]) = (x.dims.as_slice(), w.dims.as_slice()) else {
        return Err(shapes(x, &w.dims, RANK));
    };
    let (rows, inner) = if trans_a { (x1, x0) } else { (x0, x1) };
    let (inputs, outputs) = if trans_b { (w1, w0) } else { (w0, w1) };
    let rule = if trans_a && x.batch {
        BATCH_SUMMED
    } else if inner != inputs {
        MISMATCH
    } else if rows != 1 {
        SEVERAL_ROWS
    } else {
        let shape = Shape { dims: vec![1, outputs], batch: x.batch };
        return Ok(Product { outputs, inputs, by_input: !trans_b, shape });
    };
    Err(shapes(x, &w.dims, rule))
}

/// Matrix times column: `B' = x` must be one column.
fn gemm_left(
    w: &Constant<'_>,
    trans_a: bool,
    x: &Shape,
    trans_b: bool,
) -> Result<Product, OnnxProblem> {
    let (&[w0, w1], &[x0, x1]) = (w.dims.as_slice(), x.dims.as_slice()) else {
        return Err(shapes(x, &w.dims, RANK));
    };
    let (outputs, inputs) = if trans_a { (w1, w0) } else { (w0, w1) };
    let (inner, columns) = if trans_b { (x1, x0) } else { (x0, x1) };
    let rule = if x.batch {
        BATCH_SUMMED
    } else if inner != inputs {
        MISMATCH
    } else if columns != 1 {
        SEVERAL_ROWS
    } else {
        let shape = Shape { dims: vec![outputs, 1], batch: false };
        return Ok(Product { outputs, inputs, by_input: trans_a, shape });
    };
    Err(shapes(x, &w.dims, rule))
}

/// `x W`: the last dimension of `x` is summed over, all others must be 1.
fn matmul_right(x: &Shape, w: &Constant<'_>) -> Result<Product, OnnxProblem> {
    let refuse = |rule| Err(shapes(x, &w.dims, rule));
    let (inputs, outputs) = match *w.dims.as_slice() {
        [inputs] => (inputs, None),
        [inputs, outputs] => (inputs, Some(outputs)),
        _ => return refuse(RANK),
    };
    let Some((&inner, lead)) = x.dims.split_last() else { return refuse(RANK) };
    if x.batch && lead.is_empty() {
        return refuse(BATCH_SUMMED);
    }
    if inner != inputs {
        return refuse(MISMATCH);
    }
    if lead.iter().any(|&size| size != 1) {
        return refuse(SEVERAL_ROWS);
    }
    let dims = lead.iter().copied().chain(outputs).collect();
    let shape = Shape { dims, batch: x.batch };
    Ok(Product { outputs: outputs.unwrap_or(1), inputs, by_input: true, shape })
}

/// `W x`: the last dimension but one of `x` (or its only one) is summed over.
fn matmul_left(w: &Constant<'_>, x: &Shape) -> Result<Product, OnnxProblem> {
    let refuse = |rule| Err(shapes(x, &w.dims, rule));
    let (outputs, inputs) = match *w.dims.as_slice() {
        [inputs] => (None, inputs),
        [outputs, inputs] => (Some(outputs), inputs),
        _ => return refuse(RANK),
    };
    let (lead, inner, column): (&[usize], usize, Option<usize>) = match x.dims.as_slice() {
        [] => return refuse(RANK),
        &[inner] => (&[], inner, None),
        [lead @ .., inner, columns] => (lead, *inner, Some(*columns)),
    };
    if x.batch && lead.is_empty() {
        return refuse(BATCH_SUMMED);
    }
    if inner != inputs {
        return refuse(MISMATCH);
    }
    if lead.iter().chain(&column).any(|&size| size != 1) {
        return refuse(SEVERAL_ROWS);
    }
    let dims = lead.iter().copied().chain(outputs).chain(column).collect();
    let shape = Shape { dims, batch: x.batch };
    Ok(Product { outputs: outputs.unwrap_or(1), inputs, by_input: false, shape })
}

/// Shape of `x + constant` under ONNX's broadcasting, if every element of `x` gets a number of its
/// own and the batch stays first.
fn add_shape(x: &Shape, constant: &[usize]) -> Result<Shape, OnnxProblem> {
    let refuse = |rule| Err(shapes(x, constant, rule));
    let rank = x.dims.len().max(constant.len());
    let padded = |dims: &[usize]| {
        let ones = rank - dims.len();
        std::iter::repeat_n(1, ones).chain(dims.iter().copied()).collect::<Vec<_>>()
    };
    let (ours, theirs) = (padded(&x.dims), padded(constant));
    if ours != theirs || (x.batch && rank > x.dims.len()) {
        return refuse(SHARED);
    }
    Ok(Shape { dims: ours, batch: x.batch })
}

fn scale(values: Vec<f64>, factor: f64) -> Result<Vec<f64>, OnnxProblem> {
    if factor == 1.0 {
        return Ok(values);
    }
    let scaled = |v: f64| exact::product(factor, v).ok_or_else(|| rounds(factor, '*', v));
    values.into_iter().map(scaled).collect()
}

fn rounds(left: f64, operation: char, right: f64) -> OnnxProblem {
    OnnxProblem::Rounds { left: left.to_string(), operation, right: right.to_string() }
}

fn shapes(x: &Shape, constant: &[usize], rule: &'static str) -> OnnxProblem {
    OnnxProblem::Shapes { left: x.show(), right: show_dims(constant), rule }
}

/// Why two operands that are not one flowing value and one constant are refused.
fn no_product(a: &Value<'_>, b: &Value<'_>) -> OnnxProblem {
    match (a, b) {
        (Value::Flow(_), Value::Flow(_)) => OnnxProblem::Branch,
        (Value::Constant(_), Value::Constant(_)) => OnnxProblem::ConstantArithmetic,
        (Value::Mask, _) | (_, Value::Mask) => OnnxProblem::Mask,
        (Value::Flow(_), Value::Constant(_)) | (Value::Constant(_), Value::Flow(_)) => {
            OnnxProblem::Branch
        }
    }
}
