//! The operators that are read, with the opsets in which they have the form that is read.

/// An operator of ONNX's own domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Abs,
    Add,
    And,
    ArgMax,
    AveragePool,
    BatchNormalization,
    Cast,
    CastLike,
    Ceil,
    Celu,
    Clip,
    Compress,
    Concat,
    Constant,
    ConstantOfShape,
    Conv,
    ConvTranspose,
    CumSum,
    DepthToSpace,
    Div,
    Dropout,
    Elu,
    Equal,
    Erf,
    Exp,
    Expand,
    Flatten,
    Floor,
    Gather,
    GatherElements,
    GatherNd,
    Gelu,
    Gemm,
    GlobalAveragePool,
    GlobalMaxPool,
    Greater,
    GreaterOrEqual,
    HardSigmoid,
    HardSwish,
    Identity,
    LeakyRelu,
    Less,
    LessOrEqual,
    Log,
    LogSoftmax,
    MatMul,
    Max,
    MaxPool,
    Mean,
    Min,
    Mish,
    Mul,
    Neg,
    Not,
    Or,
    PRelu,
    Pad,
    Pow,
    Range,
    Reciprocal,
    ReduceL1,
    ReduceL2,
    ReduceLogSum,
    ReduceLogSumExp,
    ReduceMax,
    ReduceMean,
    ReduceMin,
    ReduceProd,
    ReduceSum,
    ReduceSumSquare,
    Relu,
    Reshape,
    Resize,
    Round,
    Selu,
    Shape,
    Sigmoid,
    Sign,
    Size,
    Slice,
    Softmax,
    Softplus,
    Softsign,
    SpaceToDepth,
    Split,
    Sqrt,
    Squeeze,
    Sub,
    Sum,
    Tanh,
    ThresholdedRelu,
    Tile,
    Transpose,
    Trilu,
    Unsqueeze,
    Upsample,
    Where,
    Xor,
}

/// One form of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) name: &'static str,
    pub(super) operator: Operator,
    /// First opset of the form.
    pub(super) since: i64,
    /// Last opset of the form, `i64::MAX` if it is the newest.
    pub(super) until: i64,
    /// Least and largest number of inputs.
    pub(super) inputs: (usize, usize),
    /// Largest number of outputs.
    pub(super) outputs: usize,
    /// Its attributes.
    pub(super) attributes: &'static [&'static str],
}

const fn form(
    name: &'static str,
    operator: Operator,
    (since, until): (i64, i64),
    inputs: (usize, usize),
    outputs: usize,
    attributes: &'static [&'static str],
) -> Form {
    Form { name, operator, since, until, inputs, outputs, attributes }
}

const ON: i64 = i64::MAX;
const MANY: usize = usize::MAX;
const POOL: &[&str] =
    &["auto_pad", "ceil_mode", "count_include_pad", "kernel_shape", "pads", "strides"];
const POOL_DILATED: &[&str] =
    &["auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides"];
const MAX_POOL: &[&str] =
    &["auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides"];
const CONV: &[&str] = &["auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"];
const TRANSPOSED: &[&str] = &[
    "auto_pad",
    "dilations",
    "group",
    "kernel_shape",
    "output_padding",
    "output_shape",
    "pads",
    "strides",
];
const REDUCE: &[&str] = &["axes", "keepdims"];
const REDUCE_INPUT: &[&str] = &["keepdims", "noop_with_empty_axes"];
const VALUE: &[&str] = &["value", "value_float", "value_floats", "value_int", "value_ints"];
const RESIZE: &[&str] = &[
    "coordinate_transformation_mode",
    "cubic_coeff_a",
    "exclude_outside",
    "extrapolation_value",
    "mode",
    "nearest_mode",
];
const RESIZE_AXES: &[&str] = &[
    "antialias",
    "axes",
    "coordinate_transformation_mode",
    "cubic_coeff_a",
    "exclude_outside",
    "extrapolation_value",
    "keep_aspect_ratio_policy",
    "mode",
    "nearest_mode",
];

/// Every form, by name and then by age.
#[rustfmt::skip]
pub(super) const FORMS: &[Form] = &[
    form("Abs", Operator::Abs, (6, ON), (1, 1), 1, &[]),
    form("Add", Operator::Add, (7, ON), (2, 2), 1, &[]),
    form("And", Operator::And, (7, ON), (2, 2), 1, &[]),
    form("ArgMax", Operator::ArgMax, (1, 11), (1, 1), 1, &["axis", "keepdims"]),
    form("ArgMax", Operator::ArgMax, (12, ON), (1, 1), 1, &["axis", "keepdims", "select_last_index"]),
    form("AveragePool", Operator::AveragePool, (7, 18), (1, 1), 1, POOL),
    form("AveragePool", Operator::AveragePool, (19, ON), (1, 1), 1, POOL_DILATED),
    form("BatchNormalization", Operator::BatchNormalization, (7, 8), (5, 5), 5, &["epsilon", "momentum", "spatial"]),
    form("BatchNormalization", Operator::BatchNormalization, (9, 13), (5, 5), 5, &["epsilon", "momentum"]),
    form("BatchNormalization", Operator::BatchNormalization, (14, ON), (5, 5), 3, &["epsilon", "momentum", "training_mode"]),
    form("Cast", Operator::Cast, (6, 18), (1, 1), 1, &["to"]),
    form("Cast", Operator::Cast, (19, ON), (1, 1), 1, &["to", "saturate", "round_mode"]),
    form("CastLike", Operator::CastLike, (15, ON), (2, 2), 1, &["saturate", "round_mode"]),
    form("Ceil", Operator::Ceil, (6, ON), (1, 1), 1, &[]),
    form("Celu", Operator::Celu, (12, ON), (1, 1), 1, &["alpha"]),
    form("Clip", Operator::Clip, (6, 10), (1, 1), 1, &["min", "max"]),
    form("Clip", Operator::Clip, (11, ON), (1, 3), 1, &[]),
    form("Compress", Operator::Compress, (9, ON), (2, 2), 1, &["axis"]),
    form("Concat", Operator::Concat, (4, ON), (1, MANY), 1, &["axis"]),
    form("Constant", Operator::Constant, (1, ON), (0, 0), 1, VALUE),
    form("ConstantOfShape", Operator::ConstantOfShape, (9, ON), (1, 1), 1, &["value"]),
    form("Conv", Operator::Conv, (1, ON), (2, 3), 1, CONV),
    form("ConvTranspose", Operator::ConvTranspose, (1, ON), (2, 3), 1, TRANSPOSED),
    form("CumSum", Operator::CumSum, (11, ON), (2, 2), 1, &["exclusive", "reverse"]),
    form("DepthToSpace", Operator::DepthToSpace, (1, 10), (1, 1), 1, &["blocksize"]),
    form("DepthToSpace", Operator::DepthToSpace, (11, ON), (1, 1), 1, &["blocksize", "mode"]),
    form("Div", Operator::Div, (7, ON), (2, 2), 1, &[]),
    form("Dropout", Operator::Dropout, (7, 11), (1, 1), 2, &["ratio"]),
    form("Dropout", Operator::Dropout, (12, ON), (1, 3), 2, &["seed"]),
    form("Elu", Operator::Elu, (6, ON), (1, 1), 1, &["alpha"]),
    form("Equal", Operator::Equal, (7, ON), (2, 2), 1, &[]),
    form("Erf", Operator::Erf, (9, ON), (1, 1), 1, &[]),
    form("Exp", Operator::Exp, (6, ON), (1, 1), 1, &[]),
    form("Expand", Operator::Expand, (8, ON), (2, 2), 1, &[]),
    form("Flatten", Operator::Flatten, (1, ON), (1, 1), 1, &["axis"]),
    form("Floor", Operator::Floor, (6, ON), (1, 1), 1, &[]),
    form("Gather", Operator::Gather, (1, ON), (2, 2), 1, &["axis"]),
    form("GatherElements", Operator::GatherElements, (11, ON), (2, 2), 1, &["axis"]),
    form("GatherND", Operator::GatherNd, (11, 11), (2, 2), 1, &[]),
    form("GatherND", Operator::GatherNd, (12, ON), (2, 2), 1, &["batch_dims"]),
    form("Gelu", Operator::Gelu, (20, ON), (1, 1), 1, &["approximate"]),
    form("Gemm", Operator::Gemm, (7, ON), (2, 3), 1, &["alpha", "beta", "transA", "transB"]),
    form("GlobalAveragePool", Operator::GlobalAveragePool, (1, ON), (1, 1), 1, &[]),
    form("GlobalMaxPool", Operator::GlobalMaxPool, (1, ON), (1, 1), 1, &[]),
    form("Greater", Operator::Greater, (7, ON), (2, 2), 1, &[]),
    form("GreaterOrEqual", Operator::GreaterOrEqual, (12, ON), (2, 2), 1, &[]),
    form("HardSigmoid", Operator::HardSigmoid, (6, ON), (1, 1), 1, &["alpha", "beta"]),
    form("HardSwish", Operator::HardSwish, (14, ON), (1, 1), 1, &[]),
    form("Identity", Operator::Identity, (1, ON), (1, 1), 1, &[]),
    form("LeakyRelu", Operator::LeakyRelu, (6, ON), (1, 1), 1, &["alpha"]),
    form("Less", Operator::Less, (7, ON), (2, 2), 1, &[]),
    form("LessOrEqual", Operator::LessOrEqual, (12, ON), (2, 2), 1, &[]),
    form("Log", Operator::Log, (6, ON), (1, 1), 1, &[]),
    form("LogSoftmax", Operator::LogSoftmax, (1, ON), (1, 1), 1, &["axis"]),
    form("MatMul", Operator::MatMul, (1, ON), (2, 2), 1, &[]),
    form("Max", Operator::Max, (6, ON), (1, MANY), 1, &[]),
    form("MaxPool", Operator::MaxPool, (1, ON), (1, 1), 2, MAX_POOL),
    form("Mean", Operator::Mean, (6, ON), (1, MANY), 1, &[]),
    form("Min", Operator::Min, (6, ON), (1, MANY), 1, &[]),
    form("Mish", Operator::Mish, (18, ON), (1, 1), 1, &[]),
    form("Mul", Operator::Mul, (7, ON), (2, 2), 1, &[]),
    form("Neg", Operator::Neg, (6, ON), (1, 1), 1, &[]),
    form("Not", Operator::Not, (1, ON), (1, 1), 1, &[]),
    form("Or", Operator::Or, (7, ON), (2, 2), 1, &[]),
    form("PRelu", Operator::PRelu, (7, ON), (2, 2), 1, &[]),
    form("Pad", Operator::Pad, (2, 10), (1, 1), 1, &["mode", "pads", "value"]),
    form("Pad", Operator::Pad, (11, ON), (2, 4), 1, &["mode"]),
    form("Pow", Operator::Pow, (7, ON), (2, 2), 1, &[]),
    form("Range", Operator::Range, (11, ON), (3, 3), 1, &[]),
    form("Reciprocal", Operator::Reciprocal, (6, ON), (1, 1), 1, &[]),
    form("ReduceL1", Operator::ReduceL1, (1, 17), (1, 1), 1, REDUCE),
    form("ReduceL1", Operator::ReduceL1, (18, ON), (1, 2), 1, REDUCE_INPUT),
    form("ReduceL2", Operator::ReduceL2, (1, 17), (1, 1), 1, REDUCE),
    form("ReduceL2", Operator::ReduceL2, (18, ON), (1, 2), 1, REDUCE_INPUT),
    form("ReduceLogSum", Operator::ReduceLogSum, (1, 17), (1, 1), 1, REDUCE),
    form("ReduceLogSum", Operator::ReduceLogSum, (18, ON), (1, 2), 1, REDUCE_INPUT),
    form("ReduceLogSumExp", Operator::ReduceLogSumExp, (1, 17), (1, 1), 1, REDUCE),
    form("ReduceLogSumExp", Operator::ReduceLogSumExp, (18, ON), (1, 2), 1, REDUCE_INPUT),
    form("ReduceMax", Operator::ReduceMax, (1, 17), (1, 1), 1, REDUCE),
    form("ReduceMax", Operator::ReduceMax, (18, ON), (1, 2), 1, REDUCE_INPUT),
    form("ReduceMean", Operator::ReduceMean, (1, 17), (1, 1), 1, REDUCE),
    form("ReduceMean", Operator::ReduceMean, (18, ON), (1, 2), 1, REDUCE_INPUT),
    form("ReduceMin", Operator::ReduceMin, (1, 17), (1, 1), 1, REDUCE),
    form("ReduceMin", Operator::ReduceMin, (18, ON), (1, 2), 1, REDUCE_INPUT),
    form("ReduceProd", Operator::ReduceProd, (1, 17), (1, 1), 1, REDUCE),
    form("ReduceProd", Operator::ReduceProd, (18, ON), (1, 2), 1, REDUCE_INPUT),
    form("ReduceSum", Operator::ReduceSum, (1, 12), (1, 1), 1, REDUCE),
    form("ReduceSum", Operator::ReduceSum, (13, ON), (1, 2), 1, REDUCE_INPUT),
    form("ReduceSumSquare", Operator::ReduceSumSquare, (1, 17), (1, 1), 1, REDUCE),
    form("ReduceSumSquare", Operator::ReduceSumSquare, (18, ON), (1, 2), 1, REDUCE_INPUT),
    form("Relu", Operator::Relu, (6, ON), (1, 1), 1, &[]),
    form("Reshape", Operator::Reshape, (5, 13), (2, 2), 1, &[]),
    form("Reshape", Operator::Reshape, (14, ON), (2, 2), 1, &["allowzero"]),
    form("Resize", Operator::Resize, (10, 10), (2, 2), 1, &["mode"]),
    form("Resize", Operator::Resize, (11, 17), (1, 4), 1, RESIZE),
    form("Resize", Operator::Resize, (18, ON), (1, 4), 1, RESIZE_AXES),
    form("Round", Operator::Round, (11, ON), (1, 1), 1, &[]),
    form("Selu", Operator::Selu, (6, ON), (1, 1), 1, &["alpha", "gamma"]),
    form("Shape", Operator::Shape, (1, 14), (1, 1), 1, &[]),
    form("Shape", Operator::Shape, (15, ON), (1, 1), 1, &["end", "start"]),
    form("Sigmoid", Operator::Sigmoid, (6, ON), (1, 1), 1, &[]),
    form("Sign", Operator::Sign, (9, ON), (1, 1), 1, &[]),
    form("Size", Operator::Size, (1, ON), (1, 1), 1, &[]),
    form("Slice", Operator::Slice, (1, 9), (1, 1), 1, &["axes", "ends", "starts"]),
    form("Slice", Operator::Slice, (10, ON), (3, 5), 1, &[]),
    form("Softmax", Operator::Softmax, (1, ON), (1, 1), 1, &["axis"]),
    form("Softplus", Operator::Softplus, (1, ON), (1, 1), 1, &[]),
    form("Softsign", Operator::Softsign, (1, ON), (1, 1), 1, &[]),
    form("SpaceToDepth", Operator::SpaceToDepth, (1, ON), (1, 1), 1, &["blocksize"]),
    form("Split", Operator::Split, (2, 12), (1, 1), MANY, &["axis", "split"]),
    form("Split", Operator::Split, (13, 17), (1, 2), MANY, &["axis"]),
    form("Split", Operator::Split, (18, ON), (1, 2), MANY, &["axis", "num_outputs"]),
    form("Sqrt", Operator::Sqrt, (6, ON), (1, 1), 1, &[]),
    form("Squeeze", Operator::Squeeze, (1, 12), (1, 1), 1, &["axes"]),
    form("Squeeze", Operator::Squeeze, (13, ON), (1, 2), 1, &[]),
    form("Sub", Operator::Sub, (7, ON), (2, 2), 1, &[]),
    form("Sum", Operator::Sum, (6, ON), (1, MANY), 1, &[]),
    form("Tanh", Operator::Tanh, (6, ON), (1, 1), 1, &[]),
    form("ThresholdedRelu", Operator::ThresholdedRelu, (10, ON), (1, 1), 1, &["alpha"]),
    form("Tile", Operator::Tile, (6, ON), (2, 2), 1, &[]),
    form("Transpose", Operator::Transpose, (1, ON), (1, 1), 1, &["perm"]),
    form("Trilu", Operator::Trilu, (14, ON), (1, 2), 1, &["upper"]),
    form("Unsqueeze", Operator::Unsqueeze, (1, 12), (1, 1), 1, &["axes"]),
    form("Unsqueeze", Operator::Unsqueeze, (13, ON), (2, 2), 1, &[]),
    form("Upsample", Operator::Upsample, (7, 8), (1, 1), 1, &["mode", "scales"]),
    form("Upsample", Operator::Upsample, (9, 9), (2, 2), 1, &["mode"]),
    form("Where", Operator::Where, (9, ON), (3, 3), 1, &[]),
    form("Xor", Operator::Xor, (7, ON), (2, 2), 1, &[]),
];

/// Why no form of an operator is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoForm {
    /// The name is not in the table.
    Unknown,
    /// Only younger forms are in the table; the first opset of the eldest.
    Younger(i64),
    /// The operator had been withdrawn by then.
    Withdrawn,
}

/// The form that an operator has in an opset.
pub(super) fn find(name: &str, opset: i64) -> Result<&'static Form, NoForm> {
    let first = FORMS.partition_point(|f| f.name < name);
    let forms = FORMS.get(first..).unwrap_or_default();
    let forms = &forms[..forms.partition_point(|f| f.name == name)];
    match forms.first() {
        None => Err(NoForm::Unknown),
        Some(eldest) if opset < eldest.since => Err(NoForm::Younger(eldest.since.max(7))),
        Some(_) => {
            let fits = |f: &&Form| f.since <= opset && opset <= f.until;
            forms.iter().find(fits).ok_or(NoForm::Withdrawn)
        }
    }
}

/// Every operator that is read: its name and the opsets of the forms, the newest `None`.
#[must_use]
pub fn supported() -> Vec<(&'static str, i64, Option<i64>)> {
    let mut list: Vec<(&str, i64, Option<i64>)> = Vec::new();
    for f in FORMS {
        let until = (f.until < ON).then_some(f.until);
        match list.last_mut() {
            Some(last) if last.0 == f.name => last.2 = until,
            Some(_) | None => list.push((f.name, f.since, until)),
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_sorted_and_follow_each_other() {
        for pair in FORMS.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            if a.name == b.name {
                assert_eq!(a.until + 1, b.since, "{}", a.name);
            } else {
                assert!(a.name < b.name, "{} {}", a.name, b.name);
            }
        }
        assert_eq!(find("Clip", 10).unwrap().inputs, (1, 1));
        assert_eq!(find("Clip", 11).unwrap().inputs, (1, 3));
        assert_eq!(find("Upsample", 10), Err(NoForm::Withdrawn));
        assert_eq!(find("Add", 6), Err(NoForm::Younger(7)));
        assert_eq!(find("Loop", 20), Err(NoForm::Unknown));
        assert_eq!(find("Zzz", 20), Err(NoForm::Unknown));
    }
}
