//! NumPy's format of one array (NumPy enhancement proposal 1): versions 1, 2 and 3.

use bytes::Bytes;

use super::array::{Array, Element};
use super::error::DataProblem;
use crate::front::printable::printable;

pub(super) const MAGIC: &[u8] = b"\x93NUMPY";
/// NumPy itself refuses longer headers.
const HEADER: usize = 10_000;

pub(super) fn read(data: Bytes) -> Result<Array, DataProblem> {
    const CUT: DataProblem = DataProblem::Damaged("the header of the .npy file is cut off");
    let version = *data.get(MAGIC.len()).ok_or(CUT)?;
    let begin = if version == 1 { 10 } else { 12 };
    let length = data.get(8..begin).ok_or(CUT)?;
    let length = length.iter().rev().fold(0, |n: usize, b| n << 8 | usize::from(*b));
    if !(1..=3).contains(&version) || length > HEADER {
        return Err(DataProblem::Damaged("the version or length of the .npy header is not known"));
    }
    let start = begin + length;
    let header = data.get(begin..start).ok_or(CUT)?;
    let header = String::from_utf8_lossy(header);
    let (element, big_endian) = element(field(&header, "descr")?)?;
    let fortran = match field(&header, "fortran_order")? {
        order if order.starts_with("False") => false,
        order if order.starts_with("True") => true,
        _ => return Err(DataProblem::Damaged("`fortran_order` is neither True nor False")),
    };
    let shape = shape(field(&header, "shape")?)?;
    Array::dense(shape, element, (big_endian, fortran), data, start)
}

/// What stands behind a key of the header, a literal of Python.
fn field<'a>(header: &'a str, key: &str) -> Result<&'a str, DataProblem> {
    let find = |quote: char| {
        let at = header.find(&format!("{quote}{key}{quote}"))?;
        header[at + key.len() + 2..].trim_start().strip_prefix(':')
    };
    let missing = DataProblem::Damaged("the .npy header lacks descr, fortran_order or shape");
    Ok(find('\'').or_else(|| find('"')).ok_or(missing)?.trim_start())
}

/// `'<f4'`
fn element(text: &str) -> Result<(Element, bool), DataProblem> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'));
    let word = quote.and_then(|q| text[1..].split_once(q)).map(|found| found.0);
    let other = || {
        let begin: String = word.unwrap_or(text).chars().take(30).collect();
        DataProblem::Type(printable(&begin).into_owned())
    };
    let (order, kind) = word.and_then(|w| w.split_at_checked(1)).ok_or_else(other)?;
    let big_endian = match order {
        "<" | "|" | "=" => false,
        ">" => true,
        _ => return Err(other()),
    };
    let element = match kind {
        "b1" => Element::Bool,
        "u1" => Element::Unsigned(1),
        "u2" => Element::Unsigned(2),
        "u4" => Element::Unsigned(4),
        "u8" => Element::Unsigned(8),
        "i1" => Element::Signed(1),
        "i2" => Element::Signed(2),
        "i4" => Element::Signed(4),
        "i8" => Element::Signed(8),
        "f4" => Element::Single,
        "f8" => Element::Double,
        _ => return Err(other()),
    };
    Ok((element, big_endian))
}

/// `(3, 4)`, `(3,)`, `()`
fn shape(text: &str) -> Result<Vec<usize>, DataProblem> {
    const WRONG: DataProblem = DataProblem::Damaged("the shape of the .npy file is no tuple");
    let inside = text.strip_prefix('(').and_then(|t| t.split_once(')')).ok_or(WRONG)?.0;
    let inside = inside.trim_end().strip_suffix(',').unwrap_or(inside);
    if inside.trim().is_empty() {
        return Ok(Vec::new());
    }
    inside.split(',').map(|d| d.trim().parse().map_err(|_| WRONG)).collect()
}
