//! VNN-LIB: the language of the neural network verification competition, versions 1.0 and 2.0.
//!
//! ```text
//! (declare-const X_0 Real)                     ; version 1.0
//! (declare-const Y_0 Real)
//! (assert (and (>= X_0 0) (<= X_0 0.1)))
//! (assert (or (<= Y_0 (- 0.5)) (>= Y_0 (+ X_0 1))))
//! ```
//! ```text
//! (vnnlib-version <2.0>)
//! (declare-network net
//!     (declare-input X Real [1,2])
//!     (declare-output Y float32 [1,10]))
//! (assert (<= (* 2 X[0,1]) 0.1))
//! ```
//!
//! A file is a conjunction of assertions about the inputs and outputs of one network: it is met by
//! an input that the network is to be safe from. Elements of a tensor are counted in row-major order,
//! tensors in the order of their declaration. Read are `and`, `or`, `not`, comparisons with two and
//! more sides, and linear expressions of `+`, `-`, `*` and `/`. A decimal that no double holds is kept
//! as an [enclosure](crate::front::decimal::enclose). Compressed files are recognised.
//!
//! Refused: products of variables, quantifiers, hidden tensors, several networks, integer tensors.

mod declare;
mod error;
mod fit;
mod formula;
mod lex;
mod linear;
mod names;

use std::path::Path;

pub use error::{Place, Problem, VnnlibError};

use self::error::Outcome;
use self::lex::{Lexer, Token, shown};
use self::names::{Names, Side};
use crate::front::hash::sha256_bytes;
use crate::front::map;
use crate::front::packing::{Packing, unpack_model};
use crate::question::verify::{Formula, Property};

/// A declared tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor {
    /// Its name in the property: `X` and `Y` in version 1.0.
    pub name: String,
    /// Its dimensions; those of version 1.0 are lists.
    pub shape: Vec<usize>,
    /// Its name in the ONNX file, if the property gives one (version 2.0).
    pub onnx: Option<String>,
}

impl Tensor {
    /// Number of elements, if it can be counted.
    #[must_use]
    pub fn elements(&self) -> Option<usize> {
        self.shape.iter().try_fold(1, |n: usize, d| n.checked_mul(*d))
    }
}

/// A property file.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What it asks, over elements in the order of its own declarations.
    /// [`Query::fit`] puts them in the order of a network.
    pub property: Property,
    /// Declared inputs.
    pub inputs: Vec<Tensor>,
    /// Declared outputs.
    pub outputs: Vec<Tensor>,
    /// Whether names are all that is known of tensors: version 1.0.
    pub plain: bool,
    /// SHA-256 of the file as it is stored.
    pub sha256: String,
    /// The file, as the user named it.
    pub file: String,
}

/// Reads a property file, plain or compressed.
///
/// # Errors
/// One sentence with file, line and column.
pub fn load(path: &Path) -> Result<Query, VnnlibError> {
    let file = path.display().to_string();
    let failed = |e: std::io::Error| Problem::Io(e.to_string()).anywhere().in_file(&file);
    let bytes = map::file_bytes(path, map::DATA).map_err(failed)?;
    load_bytes(&file, &bytes)
}

/// [`load`] for a file already in memory; `file` only names it in errors.
///
/// # Errors
/// As [`load`].
pub fn load_bytes(file: &str, bytes: &[u8]) -> Result<Query, VnnlibError> {
    let query = match Packing::of_bytes(bytes) {
        None => read(bytes),
        Some(packing) => {
            let damaged = |e: std::io::Error| Problem::Unpack(e.to_string()).anywhere();
            unpack_model(bytes, packing).map_err(damaged).and_then(|text| read(&text))
        }
    };
    let query = query.map_err(|e| e.in_file(file))?;
    Ok(Query { sha256: sha256_bytes(bytes), file: file.to_owned(), ..query })
}

fn read(bytes: &[u8]) -> Outcome<Query> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(Problem::TooLarge.anywhere());
    }
    let mut text = Lexer::new(bytes);
    let mut names = Names::None;
    let mut asserted = Vec::new();
    let mut ended = None;
    loop {
        match text.next()? {
            Token::End => break,
            Token::Open => command(&mut text, &mut names, &mut asserted, &mut ended)?,
            Token::Close => return Err(Problem::Unopened.at(text.place())),
            other => return Err(text.unexpected("a command such as `(assert ...)`", other)),
        }
    }
    let inputs = names.finish(Side::Input)?;
    let outputs = names.finish(Side::Output)?;
    if asserted.is_empty() {
        return Err(Problem::NoAssertion.anywhere());
    }
    asserted.shrink_to_fit();
    let count = |tensors: &[Tensor]| tensors.iter().filter_map(Tensor::elements).sum();
    let property = Property {
        inputs: count(&inputs),
        outputs: count(&outputs),
        formula: Formula::All(asserted),
    };
    let plain = matches!(names, Names::Plain(_));
    Ok(Query { property, inputs, outputs, plain, sha256: String::new(), file: String::new() })
}

/// One command, whose parenthesis was just read.
fn command(
    text: &mut Lexer<'_>,
    names: &mut Names,
    asserted: &mut Vec<Formula>,
    ended: &mut Option<&'static str>,
) -> Outcome<()> {
    let place = text.place();
    let word = text.word("a command such as `assert`")?;
    if let (b"assert" | b"declare-const" | b"declare-fun" | b"declare-network", Some(after)) =
        (word, *ended)
    {
        return Err(Problem::Order { what: "assertions and declarations", after }.at(place));
    }
    let declares = matches!(word, b"declare-const" | b"declare-fun" | b"declare-network");
    if declares && !asserted.is_empty() {
        let (what, after) = ("a declaration", "an assertion; declare all variables first");
        return Err(Problem::Order { what, after }.at(place));
    }
    match word {
        b"assert" => {
            match formula::formula(names, text)? {
                Formula::All(parts) => asserted.extend(parts),
                other => asserted.push(other),
            }
            match text.next()? {
                Token::Close => Ok(()),
                Token::End => Err(Problem::Unclosed.at(place)),
                other => Err(text.unexpected("`)` behind the formula of the assertion", other)),
            }
        }
        b"declare-const" => declare::constant(names, text, false),
        b"declare-fun" => declare::constant(names, text, true),
        b"vnnlib-version" => declare::version(names, text),
        b"declare-network" => declare::network(names, text),
        // What solvers of the mother language are told; it does not change the question.
        b"set-logic" | b"set-info" | b"set-option" => skip(text, place),
        b"check-sat" | b"get-model" | b"exit" => {
            *ended = Some("the end of the question (`check-sat`, `get-model` or `exit`)");
            text.expect(Token::Close, "`)`")
        }
        other => Err(Problem::Command(shown(other)).at(text.place())),
    }
}

/// Skips to the closing parenthesis.
fn skip(text: &mut Lexer<'_>, place: Place) -> Outcome<()> {
    let mut depth = 1_usize;
    while depth > 0 {
        match text.next()? {
            Token::Open => depth += 1,
            Token::Close => depth -= 1,
            Token::End => return Err(Problem::Unclosed.at(place)),
            _ => {}
        }
    }
    Ok(())
}
