//! IDX, the format of MNIST: a type, big-endian dimensions, big-endian elements.

use bytes::Bytes;

use super::array::{Array, Element};
use super::error::DataProblem;

/// The element type of an IDX file, if these are the first bytes of one.
pub(super) fn element(begin: &[u8]) -> Option<Element> {
    match begin {
        [0, 0, 0x08, ..] => Some(Element::Unsigned(1)),
        [0, 0, 0x09, ..] => Some(Element::Signed(1)),
        [0, 0, 0x0b, ..] => Some(Element::Signed(2)),
        [0, 0, 0x0c, ..] => Some(Element::Signed(4)),
        [0, 0, 0x0d, ..] => Some(Element::Single),
        [0, 0, 0x0e, ..] => Some(Element::Double),
        _ => None,
    }
}

pub(super) fn read(data: Bytes, element: Element) -> Result<Array, DataProblem> {
    const CUT: DataProblem = DataProblem::Damaged("the header of the IDX file is cut off");
    let start = 4 + 4 * usize::from(*data.get(3).ok_or(CUT)?);
    let dimensions = data.get(4..start).ok_or(CUT)?.chunks_exact(4);
    let shape = dimensions.map(|d| d.iter().fold(0, |n: usize, b| n << 8 | usize::from(*b)));
    let shape = shape.collect();
    Array::dense(shape, element, (true, false), data, start)
}
