//! Data sets as arrays: NumPy's `.npy` and `.npz`, IDX (MNIST), the binary files of CIFAR-10; plain or
//! compressed.
//!
//! An [`Array`] keeps the bytes of its file and turns a sample into doubles when it is asked for, so
//! that images of one byte a pixel need no eight. Values are as stored: nothing is scaled.

mod array;
mod error;
mod idx;
mod npy;
mod npz;

use std::path::Path;

use bytes::Bytes;

pub use array::{Array, Element};
pub use error::{DataError, DataProblem};

use self::array::Layout;
use super::map;
use super::packing::{Packing, unpack_model};

/// Images with their classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cifar {
    /// Shape `[samples, 3, 32, 32]`: the red, green and blue plane, row by row.
    pub images: Array,
    /// Shape `[samples]`.
    pub labels: Array,
}

/// Reads a `.npy` file, an array of a `.npz` file, or an IDX file: what it is, its contents tell.
/// `member` names the array of a `.npz` file that has several.
///
/// # Errors
/// One sentence that names the file.
pub fn load(path: &Path, member: Option<&str>) -> Result<Array, DataError> {
    let file = path.display().to_string();
    load_bytes(&file, bytes(path, &file)?, member)
}

/// [`load`] for a file already in memory; `file` only names it in errors.
///
/// # Errors
/// As [`load`].
pub fn load_bytes(file: &str, data: Bytes, member: Option<&str>) -> Result<Array, DataError> {
    let read = || -> Result<Array, DataProblem> {
        let data = unpacked(data)?;
        if data.starts_with(npy::MAGIC) {
            return npy::read(data);
        }
        if data.starts_with(npz::MAGIC) {
            return npz::read(&data, member);
        }
        match idx::element(&data) {
            Some(element) => idx::read(data, element),
            None => Err(DataProblem::Unknown),
        }
    };
    read().map_err(|problem| problem.in_file(file))
}

/// Reads a binary file of CIFAR-10: records of a label and 3072 pixels.
///
/// # Errors
/// One sentence that names the file.
pub fn load_cifar(path: &Path) -> Result<Cifar, DataError> {
    let file = path.display().to_string();
    load_cifar_bytes(&file, bytes(path, &file)?)
}

/// [`load_cifar`] for a file already in memory; `file` only names it in errors.
///
/// # Errors
/// As [`load_cifar`].
pub fn load_cifar_bytes(file: &str, data: Bytes) -> Result<Cifar, DataError> {
    const RECORD: usize = 3073;
    let read = || -> Result<Cifar, DataProblem> {
        let data = unpacked(data)?;
        let rows = data.len() / RECORD;
        if rows == 0 || data.len() % RECORD != 0 {
            return Err(DataProblem::Records(data.len()));
        }
        let wrong = data.iter().step_by(RECORD).position(|label| *label > 9);
        if let Some(row) = wrong {
            return Err(DataProblem::Label { row, value: data[row * RECORD].to_string() });
        }
        let part = |shape, start| {
            let layout = Layout { big_endian: false, fortran: false, start, stride: RECORD };
            Array { shape, element: Element::Unsigned(1), layout, data: data.clone() }
        };
        Ok(Cifar { images: part(vec![rows, 3, 32, 32], 1), labels: part(vec![rows], 0) })
    };
    read().map_err(|problem| problem.in_file(file))
}

fn bytes(path: &Path, file: &str) -> Result<Bytes, DataError> {
    map::file_bytes(path, map::DATA).map_err(|e| DataProblem::Io(e.to_string()).in_file(file))
}

fn unpacked(data: Bytes) -> Result<Bytes, DataProblem> {
    match Packing::of_bytes(&data) {
        None => Ok(data),
        Some(packing) => {
            let unpacked = unpack_model(&data, packing);
            Ok(unpacked.map_err(|e| DataProblem::Unpack(e.to_string()))?.into())
        }
    }
}
