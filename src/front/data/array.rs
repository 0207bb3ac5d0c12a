//! Arrays as they lie in a file: elements become doubles when a sample is asked for.

use bytes::Bytes;

use super::error::DataProblem;
use crate::front::printable::number;

/// The type of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// `bool`, one byte.
    Bool,
    /// Unsigned, so many bytes: 1, 2, 4 or 8.
    Unsigned(u8),
    /// Two's complement, so many bytes: 1, 2, 4 or 8.
    Signed(u8),
    /// `float32`.
    Single,
    /// `float64`.
    Double,
}

impl Element {
    /// Bytes of an element.
    #[must_use]
    pub fn size(self) -> usize {
        match self {
            Element::Bool => 1,
            Element::Unsigned(n) | Element::Signed(n) => usize::from(n),
            Element::Single => 4,
            Element::Double => 8,
        }
    }
}

/// Samples, each an array of numbers. Reading it needs no memory beyond that of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Array {
    /// Dimensions; the first counts samples.
    pub shape: Vec<usize>,
    /// Type of the elements in the file.
    pub element: Element,
    pub(super) layout: Layout,
    pub(super) data: Bytes,
}

/// Where elements lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub big_endian: bool,
    /// The first index changes fastest.
    pub fortran: bool,
    /// Bytes before the first sample.
    pub start: usize,
    /// Bytes from a sample to the next, in row-major order.
    pub stride: usize,
}

/// A number of a file.
enum Number {
    Integer(i128),
    Real(f64),
}

impl Array {
    /// An array whose elements follow each other from `start` to the end of the data.
    pub(super) fn dense(
        shape: Vec<usize>,
        element: Element,
        (big_endian, fortran): (bool, bool),
        data: Bytes,
        start: usize,
    ) -> Result<Self, DataProblem> {
        if shape.is_empty() {
            return Err(DataProblem::Scalar);
        }
        let elements =
            shape.iter().try_fold(1_u128, |n, d| n.checked_mul(*d as u128)).unwrap_or(u128::MAX);
        let needed = elements.saturating_mul(element.size() as u128);
        let found = data.len().saturating_sub(start);
        if needed != found as u128 {
            return Err(DataProblem::Length { needed, found });
        }
        // Every sample has less than the whole, unless there is none.
        let stride = shape[1..].iter().fold(element.size(), |n, d| n.saturating_mul(*d));
        Ok(Array { shape, element, layout: Layout { big_endian, fortran, start, stride }, data })
    }

    /// Number of samples.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.shape.first().copied().unwrap_or(0)
    }

    /// Numbers of a sample.
    #[must_use]
    pub fn row_len(&self) -> usize {
        self.shape.iter().skip(1).fold(1, |n: usize, d| n.saturating_mul(*d))
    }

    /// The numbers of a sample in row-major order.
    ///
    /// # Errors
    /// A sample that is not there, and elements that are not finite or that no double holds.
    pub fn row(&self, row: usize) -> Result<Vec<f64>, DataProblem> {
        let rows = self.rows();
        if row >= rows {
            return Err(DataProblem::Row { row, rows });
        }
        let steps = self.steps();
        let mut out = Vec::with_capacity(self.row_len());
        for element in 0..self.row_len() {
            out.push(match self.number(self.place(row, element, &steps)) {
                Number::Real(value) if value.is_finite() => value,
                Number::Real(value) => {
                    return Err(DataProblem::NotFinite { row, element, value: number(value) });
                }
                Number::Integer(value) if (value as f64) as i128 == value => value as f64,
                Number::Integer(value) => {
                    return Err(DataProblem::NotExact { row, element, value });
                }
            });
        }
        Ok(out)
    }

    /// All samples as classes: one integer from 0 each.
    ///
    /// # Errors
    /// Several numbers a sample, fractions and negative numbers.
    pub fn classes(&self) -> Result<Vec<usize>, DataProblem> {
        if self.row_len() != 1 {
            return Err(DataProblem::LabelShape(self.row_len()));
        }
        let steps = self.steps();
        let class = |row| {
            let (class, value) = match self.number(self.place(row, 0, &steps)) {
                Number::Integer(value) => (usize::try_from(value).ok(), value.to_string()),
                Number::Real(value) => {
                    let whole = value >= 0.0 && value.fract() == 0.0 && value < 1e15;
                    (whole.then_some(value as usize), number(value))
                }
            };
            class.ok_or(DataProblem::Label { row, value })
        };
        (0..self.rows()).map(class).collect()
    }

    /// How many elements lie between neighbours along each dimension of a sample, if the first
    /// index changes fastest.
    fn steps(&self) -> Vec<usize> {
        let mut step = 1_usize;
        let mut out = Vec::with_capacity(self.shape.len());
        for dimension in &self.shape {
            out.push(step);
            step = step.saturating_mul(*dimension);
        }
        out
    }

    fn place(&self, row: usize, element: usize, steps: &[usize]) -> usize {
        let Layout { fortran, start, stride, .. } = self.layout;
        let size = self.element.size();
        if !fortran {
            return start + row * stride + element * size;
        }
        let (mut rest, mut at) = (element, row);
        for (dimension, step) in self.shape.iter().zip(steps).skip(1).rev() {
            at += rest % dimension * step;
            rest /= dimension;
        }
        start + at * size
    }

    fn number(&self, at: usize) -> Number {
        let size = self.element.size();
        let mut raw = [0; 8];
        // The length was compared with the shape when the file was read.
        if let Some(found) = self.data.get(at..at + size) {
            raw[..size].copy_from_slice(found);
        }
        if self.layout.big_endian {
            raw[..size].reverse();
        }
        let bits = u64::from_le_bytes(raw);
        match self.element {
            Element::Bool => Number::Integer(i128::from(bits != 0)),
            Element::Unsigned(_) => Number::Integer(i128::from(bits)),
            Element::Signed(bytes) => {
                let unused = 64 - 8 * u32::from(bytes);
                Number::Integer(i128::from((bits << unused).cast_signed() >> unused))
            }
            Element::Single => Number::Real(f64::from(f32::from_bits(bits as u32))),
            Element::Double => Number::Real(f64::from_bits(bits)),
        }
    }
}
