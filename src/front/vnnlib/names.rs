//! Declared variables of both versions of the language.

use indexmap::IndexMap;

use super::Tensor;
use super::error::{Located, Outcome, Place, Problem};
use super::lex::{Lexer, Token, shown};
use crate::question::verify::Variable;

/// `X` or `Y`: on which side of the network something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Input,
    Output,
}

impl Side {
    pub const BOTH: [Side; 2] = [Side::Input, Side::Output];

    fn letter(self) -> char {
        match self {
            Side::Input => 'X',
            Side::Output => 'Y',
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Side::Input => "input",
            Side::Output => "output",
        }
    }

    fn variable(self, element: u32) -> Variable {
        match self {
            Side::Input => Variable::Input(element),
            Side::Output => Variable::Output(element),
        }
    }
}

/// What names mean.
pub(super) enum Names {
    /// Nothing is declared yet, and no version is given.
    None,
    /// Version 1.0: `X_3`.
    Plain(Plain),
    /// Version 2.0: `X[0,3]`.
    Tensors(Tensors),
}

/// Declared elements of version 1.0.
#[derive(Default)]
pub(super) struct Plain {
    inputs: Vec<bool>,
    outputs: Vec<bool>,
}

impl Plain {
    fn of(&self, side: Side) -> &Vec<bool> {
        match side {
            Side::Input => &self.inputs,
            Side::Output => &self.outputs,
        }
    }

    pub fn declare(&mut self, name: &[u8], text: &Lexer<'_>) -> Outcome<()> {
        let place = text.place();
        let refused = || Problem::Name(shown(name)).at(place);
        let (side, element) = element(name).ok_or_else(refused)?;
        let declared = match side {
            Side::Input => &mut self.inputs,
            Side::Output => &mut self.outputs,
        };
        let k = element as usize;
        // Every declaration takes more than one byte: so high an element leaves a gap below it.
        if k >= text.len() {
            return Err(self.gap(side, element).at(place));
        }
        if declared.len() <= k {
            declared.resize(k + 1, false);
        }
        if std::mem::replace(&mut declared[k], true) {
            return Err(Problem::Twice(shown(name)).at(place));
        }
        Ok(())
    }

    fn gap(&self, side: Side, last: u32) -> Problem {
        let declared = self.of(side);
        let first = declared.iter().position(|d| !d).unwrap_or(declared.len());
        let letter = side.letter();
        Problem::Gap { missing: format!("{letter}_{first}"), last: format!("{letter}_{last}") }
    }

    /// All elements, as one tensor a side.
    fn finish(&self, side: Side) -> Result<Vec<Tensor>, Located> {
        let declared = self.of(side);
        match declared.len() {
            0 => Err(Problem::NoVariables(side.word()).anywhere()),
            n if declared.contains(&false) => Err(self.gap(side, n as u32 - 1).anywhere()),
            n => {
                let name = side.letter().to_string();
                Ok(vec![Tensor { name, shape: vec![n], onnx: None }])
            }
        }
    }

    fn find(&self, word: &[u8], place: Place) -> Outcome<Variable> {
        if let Some((side, k)) = element(word)
            && self.of(side).get(k as usize) == Some(&true)
        {
            return Ok(side.variable(k));
        }
        let known = Side::BOTH.map(|side| {
            let letter = side.letter();
            match self.of(side).len() {
                0 => format!("no {}", side.word()),
                1 => format!("{letter}_0"),
                n => format!("{letter}_0 to {letter}_{}", n - 1),
            }
        });
        let known = format!("declared are {} and {}", known[0], known[1]);
        Err(Problem::Undeclared { name: shown(word), known }.at(place))
    }
}

/// `X_12` or `Y_3`.
fn element(name: &[u8]) -> Option<(Side, u32)> {
    let side = match name.first()? {
        b'X' => Side::Input,
        b'Y' => Side::Output,
        _ => return None,
    };
    let digits = name.get(1..)?.strip_prefix(b"_")?;
    if digits.is_empty() || (digits[0] == b'0' && digits.len() > 1) || digits.len() > 9 {
        return None;
    }
    let mut k = 0;
    for b in digits {
        if !b.is_ascii_digit() {
            return None;
        }
        k = 10 * k + u32::from(b - b'0');
    }
    Some((side, k))
}

/// Declared tensors of version 2.0.
#[derive(Default)]
pub(super) struct Tensors {
    known: IndexMap<Vec<u8>, Known>,
    inputs: u32,
    outputs: u32,
}

struct Known {
    side: Side,
    first: u32,
    tensor: Tensor,
}

impl Tensors {
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    pub fn declare(&mut self, side: Side, tensor: Tensor, place: Place) -> Outcome<()> {
        let count = match side {
            Side::Input => &mut self.inputs,
            Side::Output => &mut self.outputs,
        };
        let next = tensor.elements().and_then(|n| count.checked_add(u32::try_from(n).ok()?));
        let Some(next) = next else { return Err(Problem::Elements.at(place)) };
        let first = std::mem::replace(count, next);
        let key = tensor.name.clone().into_bytes();
        if self.known.contains_key(&key) {
            return Err(Problem::Twice(shown(&key)).at(place));
        }
        self.known.insert(key, Known { side, first, tensor });
        Ok(())
    }

    fn finish(&self, side: Side) -> Result<Vec<Tensor>, Located> {
        let of_side = self.known.values().filter(|k| k.side == side);
        let found: Vec<Tensor> = of_side.map(|k| k.tensor.clone()).collect();
        if found.is_empty() {
            return Err(Problem::NoVariables(side.word()).anywhere());
        }
        Ok(found)
    }

    fn find(&self, word: &[u8], text: &mut Lexer<'_>) -> Outcome<Variable> {
        let place = text.place();
        let Some(known) = self.known.get(word) else {
            let names: Vec<String> = self.known.keys().take(8).map(|n| shown(n)).collect();
            let known = format!("declared are {}", names.join(", "));
            return Err(Problem::Undeclared { name: shown(word), known }.at(place));
        };
        let shape = &known.tensor.shape;
        let wrong = || {
            let need = match shape.len() {
                0 => "no index".to_owned(),
                1 => "one index".to_owned(),
                n => format!("{n} indices"),
            };
            let shape = format!("the shape [{}]; give {need}", shape_words(shape));
            Problem::Index { name: shown(word), shape }.at(place)
        };
        let (mut element, mut used) = (0, 0);
        if text.index_follows() {
            text.next()?;
            loop {
                let index = natural(text)?;
                let dimension = shape.get(used).copied().filter(|d| index < *d);
                element = element * dimension.ok_or_else(wrong)? + index;
                used += 1;
                match text.next()? {
                    Token::Comma => {}
                    Token::CloseIndex => break,
                    other => return Err(text.unexpected("`,` or `]`", other)),
                }
            }
        }
        if used != shape.len() {
            return Err(wrong());
        }
        // Below the number of elements, which 32 bits hold.
        Ok(known.side.variable(known.first + element as u32))
    }
}

const INTEGER: &str = "an integer";

/// A dimension or an index.
pub(super) fn natural(text: &mut Lexer<'_>) -> Outcome<usize> {
    let word = text.word(INTEGER)?;
    natural_of(word, text)
}

/// The word that was just read, as a dimension or an index.
pub(super) fn natural_of(word: &[u8], text: &Lexer<'_>) -> Outcome<usize> {
    let digits = std::str::from_utf8(word).ok().filter(|w| w.bytes().all(|b| b.is_ascii_digit()));
    let value = digits.and_then(|w| w.parse().ok()).filter(|n| *n <= u32::MAX as usize);
    value.ok_or_else(|| text.unexpected(INTEGER, Token::Word(word)))
}

/// `1, 3, 32`.
pub(super) fn shape_words(shape: &[usize]) -> String {
    const MOST: usize = 12;
    let dims: Vec<String> = shape.iter().take(MOST).map(ToString::to_string).collect();
    let more = if shape.len() > MOST { ", ..." } else { "" };
    dims.join(", ") + more
}

impl Names {
    /// The variable of a word, with the indices behind it.
    pub fn find(&self, word: &[u8], text: &mut Lexer<'_>) -> Outcome<Variable> {
        match self {
            Names::None => {
                let known = "declarations come before assertions".to_owned();
                Err(Problem::Undeclared { name: shown(word), known }.at(text.place()))
            }
            Names::Plain(plain) => plain.find(word, text.place()),
            Names::Tensors(tensors) => tensors.find(word, text),
        }
    }

    /// The tensors of a side.
    pub fn finish(&self, side: Side) -> Result<Vec<Tensor>, Located> {
        match self {
            Names::None => Err(Problem::NoVariables(side.word()).anywhere()),
            Names::Plain(plain) => plain.finish(side),
            Names::Tensors(tensors) => tensors.finish(side),
        }
    }
}
