//! Which fields of which ONNX messages are messages, strings and lists, for the wire scan.
//!
//! Complete for ONNX 1.16, subgraphs and functions included, so that the scan also covers a
//! decoder that reads everything. A field that is not listed is skipped by its length.

/// A message type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    SparseTensor,
    ValueInfo,
    Type,
    TensorType,
    ElementType,
    MapType,
    Shape,
    Dimension,
    OperatorSet,
    Entry,
    Training,
    Function,
    Annotation,
    Segment,
}

/// What a field with a length holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Message(Kind),
    Text,
    /// Packed 4-byte numbers.
    Floats,
    /// Packed 8-byte numbers.
    Doubles,
    /// Integers of variable size, packed or one by one.
    Integers,
    /// Raw bytes or a field that is not known.
    Other,
}

impl Kind {
    /// Content of the field with this number.
    pub(super) fn content(self, number: u64) -> Content {
        use Content::{Doubles, Floats, Integers, Message, Other, Text};
        match self {
            Kind::Model => match number {
                2 | 3 | 4 | 6 => Text,
                7 => Message(Kind::Graph),
                8 => Message(Kind::OperatorSet),
                14 => Message(Kind::Entry),
                20 => Message(Kind::Training),
                25 => Message(Kind::Function),
                _ => Other,
            },
            Kind::Graph => match number {
                1 => Message(Kind::Node),
                2 | 10 => Text,
                5 => Message(Kind::Tensor),
                11..=13 => Message(Kind::ValueInfo),
                14 => Message(Kind::Annotation),
                15 => Message(Kind::SparseTensor),
                16 => Message(Kind::Entry),
                _ => Other,
            },
            Kind::Node => match number {
                1..=4 | 6..=8 => Text,
                5 => Message(Kind::Attribute),
                9 => Message(Kind::Entry),
                _ => Other,
            },
            Kind::Attribute => match number {
                1 | 4 | 9 | 13 | 21 => Text,
                5 | 10 => Message(Kind::Tensor),
                6 | 11 => Message(Kind::Graph),
                7 => Floats,
                8 => Integers,
                14 | 15 => Message(Kind::Type),
                22 | 23 => Message(Kind::SparseTensor),
                _ => Other,
            },
            Kind::Tensor => match number {
                1 | 5 | 7 | 11 => Integers,
                3 => Message(Kind::Segment),
                4 => Floats,
                6 | 8 | 12 => Text,
                10 => Doubles,
                13 | 16 => Message(Kind::Entry),
                _ => Other,
            },
            Kind::SparseTensor => match number {
                1 | 2 => Message(Kind::Tensor),
                3 => Integers,
                _ => Other,
            },
            Kind::ValueInfo => match number {
                1 | 3 => Text,
                2 => Message(Kind::Type),
                4 => Message(Kind::Entry),
                _ => Other,
            },
            Kind::Type => match number {
                1 | 8 => Message(Kind::TensorType),
                4 | 9 => Message(Kind::ElementType),
                5 => Message(Kind::MapType),
                6 => Text,
                _ => Other,
            },
            Kind::TensorType => only(number, 2, Message(Kind::Shape)),
            Kind::ElementType => only(number, 1, Message(Kind::Type)),
            Kind::MapType => only(number, 2, Message(Kind::Type)),
            Kind::Shape => only(number, 1, Message(Kind::Dimension)),
            Kind::Dimension => match number {
                2 | 3 => Text,
                _ => Other,
            },
            Kind::OperatorSet => only(number, 1, Text),
            Kind::Entry => match number {
                1 | 2 => Text,
                _ => Other,
            },
            Kind::Training => match number {
                1 | 2 => Message(Kind::Graph),
                3 | 4 => Message(Kind::Entry),
                _ => Other,
            },
            Kind::Function => match number {
                1 | 4..=6 | 8 | 10 | 13 => Text,
                7 => Message(Kind::Node),
                9 => Message(Kind::OperatorSet),
                11 => Message(Kind::Attribute),
                12 => Message(Kind::ValueInfo),
                14 => Message(Kind::Entry),
                _ => Other,
            },
            Kind::Annotation => match number {
                1 => Text,
                2 => Message(Kind::Entry),
                _ => Other,
            },
            Kind::Segment => Other,
        }
    }
}

fn only(number: u64, known: u64, content: Content) -> Content {
    if number == known { content } else { Content::Other }
}
