//! What can be wrong with a property file, and where.

use std::fmt;

use thiserror::Error;

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Byte of the line, from 1.
    pub column: u32,
}

/// A property that was not read: `p.vnnlib:12:9: X_7 is not declared; ...`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct VnnlibError {
    /// The file, as the user named it.
    pub file: String,
    /// The place of the unpacked text, where there is one.
    pub place: Option<Place>,
    /// The rule that was broken.
    pub problem: Problem,
}

impl fmt::Display for VnnlibError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(Place { line, column }) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

/// A problem whose file is not yet known.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Located {
    pub place: Option<Place>,
    pub problem: Problem,
}

impl Located {
    pub fn in_file(self, file: &str) -> VnnlibError {
        VnnlibError { file: file.to_owned(), place: self.place, problem: self.problem }
    }
}

pub(super) type Outcome<T> = Result<T, Located>;

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file system.
    #[error("the file cannot be read: {0}")]
    Io(String),
    /// A damaged or swelling compressed file.
    #[error("the file cannot be unpacked: {0}")]
    Unpack(String),
    /// More than line and column numbers count.
    #[error("the text is larger than 4 GiB; split the property")]
    TooLarge,
    /// A token in the wrong place.
    #[error("{expected} should stand here, not {found}")]
    Expected {
        /// What the language demands.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// A parenthesis that is not closed.
    #[error("this parenthesis is not closed; add `)` or see whether the file was cut off")]
    Unclosed,
    /// A parenthesis too many.
    #[error("this `)` closes nothing; remove it")]
    Unopened,
    /// A string that is not closed.
    #[error("this string is not closed; add a double quote")]
    OpenString,
    /// Parentheses in parentheses without end.
    #[error("parentheses are nested more than {0} deep; write the formula with fewer levels")]
    TooDeep(usize),
    /// `and` in `or` in `and` without end.
    #[error("`and` and `or` alternate more than {0} times; write the formula with fewer levels")]
    Alternating(usize),
    /// A command that says nothing about a network.
    #[error("the command `{0}` is not supported; a property has declarations and `assert`")]
    Command(String),
    /// Something that must not follow.
    #[error("{what} cannot stand after {after}")]
    Order {
        /// What stands here.
        what: &'static str,
        /// What stands before it.
        after: &'static str,
    },
    /// An operator of formulas that is not known.
    #[error("the operator `{found}` is not supported; {help}")]
    Operator {
        /// The word.
        found: String,
        /// What there is.
        help: &'static str,
    },
    /// A quantifier.
    #[error(
        "`{0}` is a quantifier; a property speaks of one input and its output, without quantifiers"
    )]
    Quantifier(String),
    /// Too few or too many operands.
    #[error("`{operator}` takes {need}, not {found}")]
    Operands {
        /// The operator.
        operator: String,
        /// How many it takes.
        need: &'static str,
        /// How many there are.
        found: usize,
    },
    /// A formula where a number should be, or the reverse.
    #[error("{expected} should stand here, not {found}; look at the parentheses")]
    Kind {
        /// What the operator takes.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A product of variables.
    #[error(
        "this product of two expressions with variables is not linear; only constant factors are \
         supported"
    )]
    Product,
    /// A quotient that is not linear, or by zero.
    #[error("the divisor must be a constant other than zero")]
    Divisor,
    /// Numbers that grow beyond doubles.
    #[error("the constants of this comparison grow beyond the largest double; write smaller ones")]
    Overflow,
    /// A number that is no finite double.
    #[error("`{0}` is not a finite number; write a decimal below 1.8e308")]
    Number(String),
    /// A name that is not declared.
    #[error("`{name}` is not declared; {known}")]
    Undeclared {
        /// The name.
        name: String,
        /// What is declared.
        known: String,
    },
    /// A name that is declared twice.
    #[error("`{0}` is declared for the second time; declare each variable once")]
    Twice(String),
    /// A name that version 1.0 has no meaning for.
    #[error(
        "`{0}` cannot be declared: variables are X_0, X_1, ... for inputs and Y_0, Y_1, ... for \
         outputs"
    )]
    Name(String),
    /// A variable is missing between others.
    #[error("`{missing}` is not declared although `{last}` is; declare every element")]
    Gap {
        /// The first that is missing.
        missing: String,
        /// The last that there is.
        last: String,
    },
    /// No input or no output.
    #[error("no {0} is declared; a property needs the inputs and outputs of its network")]
    NoVariables(&'static str),
    /// No assertion.
    #[error("nothing is asserted; a property needs at least one `(assert ...)`")]
    NoAssertion,
    /// A version that is not known.
    #[error("the version {0} is not known; versions 1.0 and 2.0 are read")]
    Version(String),
    /// A type that no real number has.
    #[error("elements of type `{0}` are not supported; use Real or a floating point type")]
    Type(String),
    /// A part of version 2.0 that is not supported.
    #[error("{what} is not supported; {help}")]
    Unsupported {
        /// The construct.
        what: &'static str,
        /// What to do.
        help: &'static str,
    },
    /// Indices that do not fit the shape.
    #[error("`{name}` has {shape}, each below its dimension")]
    Index {
        /// The tensor.
        name: String,
        /// Its shape and how many indices it needs, in words.
        shape: String,
    },
    /// More elements than can be counted.
    #[error("the tensors have more than 4294967295 elements")]
    Elements,
    /// Names of ONNX tensors for some, not for others.
    #[error(
        "some tensors have an ONNX name and some have none; give it for all of them or for none"
    )]
    SomeNames,
    /// Two tensors with one ONNX name.
    #[error("two tensors have the same ONNX name; give each tensor its own")]
    SameName,
    /// Sizes of property and network disagree.
    #[error(
        "the property has {property} {what}, but the network has {network}; take the right pair"
    )]
    Size {
        /// `inputs` or `outputs`, with their unit.
        what: &'static str,
        /// As declared.
        property: usize,
        /// As in the network.
        network: usize,
    },
    /// Shapes of property and network disagree.
    #[error("{tensor}, but {port}; take the right pair")]
    Shape {
        /// The tensor and its shape, in words.
        tensor: String,
        /// That of the network.
        port: String,
    },
    /// A property over probabilities.
    #[error(
        "node {0:?} (Softmax) is left out of the network, so that a property can say which output \
         is larger, but not how large it is or by how much; ask about the scores before the node"
    )]
    Scores(String),
    /// A property over the position of the largest score.
    #[error(
        "node {0:?} (ArgMax) is left out of the network, so that the output is no class; take the \
         network without it and ask which score is larger"
    )]
    Class(String),
    /// A tensor of the property that the network does not have.
    #[error("the network has no {what} `{name}`; it has {known}")]
    Port {
        /// `input` or `output`.
        what: &'static str,
        /// ONNX name.
        name: String,
        /// What it has.
        known: String,
    },
}

impl Problem {
    pub(super) fn at(self, place: Place) -> Located {
        Located { place: Some(place), problem: self }
    }

    pub(super) fn anywhere(self) -> Located {
        Located { place: None, problem: self }
    }
}
