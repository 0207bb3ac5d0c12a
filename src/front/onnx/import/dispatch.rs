//! Which function reads which operator.

use super::builder::{Builder, Outcome};
use super::call::Call;
use super::fold::{Relation, Simple};
use super::operators::Operator;
use super::value::{Elements, Kind, Tensor, Value};
use super::{
    affine, arithmetic, compare, constants, conv, elementwise, movement, normal, pad, pool, reduce,
    resize, select, softmax,
};
use crate::front::onnx::OnnxProblem;
use crate::front::onnx::proto::attribute_type;
use crate::network::graph::{Function, Unary};

/// Reads one node. The values of its outputs, in order.
pub(super) fn dispatch(b: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    use Operator as O;
    let sign = Unary::Step { below: -1.0, at: 0.0, above: 1.0 };
    match call.operator {
        O::Abs => elementwise::simple(b, call, Simple::Abs, Some(Unary::Abs)),
        O::Neg => elementwise::simple(b, call, Simple::Neg, None),
        O::Sign => elementwise::simple(b, call, Simple::Sign, Some(sign)),
        O::Relu => elementwise::simple(b, call, Simple::Relu, Some(Unary::Relu)),
        O::Floor => elementwise::simple(b, call, Simple::Floor, None),
        O::Ceil => elementwise::simple(b, call, Simple::Ceil, None),
        O::Round => elementwise::simple(b, call, Simple::Round, None),
        O::Sqrt => {
            let root = Unary::Smooth(Function::Sqrt);
            elementwise::simple(b, call, Simple::Sqrt, Some(root))
        }
        O::Exp => elementwise::smooth(b, call, Function::Exp),
        O::Log => elementwise::smooth(b, call, Function::Log),
        O::Erf => elementwise::smooth(b, call, Function::Erf),
        O::Tanh => elementwise::smooth(b, call, Function::Tanh),
        O::Sigmoid => elementwise::smooth(b, call, Function::Sigmoid),
        O::Softplus => elementwise::smooth(b, call, Function::Softplus),
        O::Celu
        | O::Elu
        | O::Gelu
        | O::HardSigmoid
        | O::HardSwish
        | O::LeakyRelu
        | O::Mish
        | O::Reciprocal
        | O::Selu
        | O::Softsign
        | O::ThresholdedRelu => elementwise::activation(b, call),
        O::Clip => elementwise::clip(b, call),
        O::PRelu => elementwise::prelu(b, call),
        O::Pow => elementwise::pow(b, call),
        O::Cast | O::CastLike => elementwise::cast(b, call),
        O::Add | O::Sum => arithmetic::sum(b, call, false, false),
        O::Sub => arithmetic::sum(b, call, true, false),
        O::Mean => arithmetic::sum(b, call, false, true),
        O::Mul | O::Div => {
            let (x, y) =
                (call.number(0, "the first operand")?, call.number(1, "the second operand")?);
            super::call::same_kind(x, y)?;
            let f = if call.operator == O::Mul { arithmetic::mul } else { arithmetic::div };
            f(b, x, y).map(|v| vec![v])
        }
        O::Max => arithmetic::extreme(b, call, true),
        O::Min => arithmetic::extreme(b, call, false),
        O::Greater => compare::relation(b, call, Relation::Greater),
        O::GreaterOrEqual => compare::relation(b, call, Relation::GreaterOrEqual),
        O::Less => compare::relation(b, call, Relation::Less),
        O::LessOrEqual => compare::relation(b, call, Relation::LessOrEqual),
        O::Equal => compare::relation(b, call, Relation::Equal),
        O::And => compare::relation(b, call, Relation::And),
        O::Or => compare::relation(b, call, Relation::Or),
        O::Xor => compare::relation(b, call, Relation::Xor),
        O::Not => compare::not(b, call),
        O::Where => compare::choose(b, call),
        O::Gemm => affine::gemm(b, call),
        O::MatMul => affine::matmul(b, call),
        O::Conv => conv::conv(b, call),
        O::ConvTranspose => conv::transposed(b, call),
        O::MaxPool => pool::pool(b, call, true),
        O::AveragePool => pool::pool(b, call, false),
        O::GlobalMaxPool => pool::global(b, call, true),
        O::GlobalAveragePool => pool::global(b, call, false),
        O::BatchNormalization => normal::batch(b, call),
        O::ReduceL1
        | O::ReduceL2
        | O::ReduceLogSum
        | O::ReduceLogSumExp
        | O::ReduceMax
        | O::ReduceMean
        | O::ReduceMin
        | O::ReduceProd
        | O::ReduceSum
        | O::ReduceSumSquare => reduce::reduce(b, call),
        O::ArgMax => reduce::arg_max(b, call),
        O::Softmax => softmax::softmax(b, call, false),
        O::LogSoftmax => softmax::softmax(b, call, true),
        O::Identity => movement::identity(call),
        O::Dropout => movement::dropout(b, call),
        O::Reshape => movement::reshape(b, call),
        O::Flatten => movement::flatten(b, call),
        O::Squeeze => movement::squeeze(b, call),
        O::Unsqueeze => movement::unsqueeze(b, call),
        O::Transpose => movement::transpose(b, call),
        O::Expand => movement::expand(b, call),
        O::Tile => movement::tile(b, call),
        O::Concat => movement::concat(b, call),
        O::Split => movement::split(b, call),
        O::DepthToSpace => movement::blocks(b, call, true),
        O::SpaceToDepth => movement::blocks(b, call, false),
        O::CumSum => movement::cumulative(b, call),
        O::Slice => select::slice(b, call),
        O::Gather => select::gather(b, call),
        O::GatherElements => select::gather_elements(b, call),
        O::GatherNd => select::gather_nd(b, call),
        O::Compress => select::compress(b, call),
        O::Trilu => select::triangle(b, call),
        O::Pad => pad::pad(b, call),
        O::Resize | O::Upsample => resize::resize(b, call),
        O::Shape => constants::shape(call),
        O::Size => constants::size(call),
        O::Range => constants::range(b, call),
        O::ConstantOfShape => {
            let value = fill_value(b, call)?;
            constants::filled(b, call, value)
        }
        // The walk reads it, because its tensor may lie in another file.
        O::Constant => Ok(Vec::new()),
    }
}

/// The attribute `value` of `ConstantOfShape`.
fn fill_value(b: &mut Builder, call: &Call<'_>) -> Outcome<Option<Tensor>> {
    let found = call.attributes.get("value", attribute_type::TENSOR, "is no tensor")?;
    let Some(tensor) = found.and_then(|a| a.t.as_ref()) else { return Ok(None) };
    if tensor.data_location != 0 || !tensor.external_data.is_empty() {
        return Err(OnnxProblem::External);
    }
    let mut none = super::external::External::new(std::path::Path::new(""), None);
    let tensor = super::decode::tensor(tensor, &mut none, b)?;
    let empty = Tensor::new(Kind::Float, vec![0], Elements::Real(Vec::new()));
    Ok(Some(if tensor.elements.is_empty() { empty } else { tensor }))
}
