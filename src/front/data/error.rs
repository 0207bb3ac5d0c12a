//! What can be wrong with a file of arrays.

use thiserror::Error;

/// A file that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}: {problem}")]
pub struct DataError {
    /// The file, as the user named it.
    pub file: String,
    /// The rule that was broken.
    pub problem: DataProblem,
}

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DataProblem {
    /// The file system.
    #[error("the file cannot be read: {0}")]
    Io(String),
    /// A damaged or swelling compressed file.
    #[error("the file cannot be unpacked: {0}")]
    Unpack(String),
    /// Neither NumPy nor IDX.
    #[error("this is no .npy, .npz or IDX file; say how it was made, or write it as .npy")]
    Unknown,
    /// Contents that contradict themselves.
    #[error("{0}; the file is damaged, write it again")]
    Damaged(&'static str),
    /// The shape and the length of the file disagree.
    #[error("the shape needs {needed} bytes but {found} follow; the file is damaged or cut off")]
    Length {
        /// By shape and type.
        needed: u128,
        /// In the file.
        found: usize,
    },
    /// An element type without a reader.
    #[error("elements of type `{0}` are not supported; store integers, float32 or float64")]
    Type(String),
    /// A scalar.
    #[error("the array has no dimension; an array of samples has one dimension or more")]
    Scalar,
    /// A zip file with several arrays, or without the one that is asked for.
    #[error("{asked}; the file has {known}")]
    Member {
        /// What is missing.
        asked: String,
        /// What there is.
        known: String,
    },
    /// A zip file of a kind that NumPy does not write.
    #[error("the archive uses {0}, which is not supported; write it with numpy.savez")]
    Archive(&'static str),
    /// Not a whole number of CIFAR-10 records.
    #[error(
        "the file has {0} bytes, which is no whole number of CIFAR-10 records of 3073 bytes; take \
         the binary version of the data set"
    )]
    Records(usize),
    /// A label beyond the classes of CIFAR-10, or a fraction.
    #[error("label {row} is {value}, which is no class; classes are integers from 0")]
    Label {
        /// The sample, from 0.
        row: usize,
        /// Its label.
        value: String,
    },
    /// Labels with several numbers a sample.
    #[error("there are {0} numbers a sample; labels have one")]
    LabelShape(usize),
    /// A sample that is not there.
    #[error("there is no sample {row}; there are {rows}, counted from 0")]
    Row {
        /// Asked for.
        row: usize,
        /// Number of samples.
        rows: usize,
    },
    /// An element that is no finite double.
    #[error("element {element} of sample {row} is {value}; every element must be a finite number")]
    NotFinite {
        /// The sample, from 0.
        row: usize,
        /// The element, from 0.
        element: usize,
        /// Its value.
        value: String,
    },
    /// An integer that no double holds.
    #[error("element {element} of sample {row} is {value}, which no double holds exactly")]
    NotExact {
        /// The sample, from 0.
        row: usize,
        /// The element, from 0.
        element: usize,
        /// Its value.
        value: i128,
    },
}

impl DataProblem {
    pub(super) fn in_file(self, file: &str) -> DataError {
        DataError { file: file.to_owned(), problem: self }
    }
}
