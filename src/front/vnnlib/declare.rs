//! Declarations: variables of version 1.0, tensors of a network of version 2.0.

use super::Tensor;
use super::error::{Outcome, Problem};
use super::lex::{Lexer, Token, shown};
use super::names::{Names, Plain, Side, Tensors, natural, natural_of};

/// Types of floating point numbers: the property speaks of the real numbers that they hold.
const TYPES: [&[u8]; 9] = [
    b"Real",
    b"real",
    b"float",
    b"float16",
    b"bfloat16",
    b"float32",
    b"float64",
    b"double",
    b"Float32",
];

fn element_type(text: &mut Lexer<'_>) -> Outcome<()> {
    let word = text.word("a type such as Real")?;
    if TYPES.contains(&word) { Ok(()) } else { Err(Problem::Type(shown(word)).at(text.place())) }
}

/// `(vnnlib-version <2.0>)` behind its keyword.
pub(super) fn version(names: &mut Names, text: &mut Lexer<'_>) -> Outcome<()> {
    match names {
        Names::None => {}
        Names::Plain(_) | Names::Tensors(_) => {
            let (what, after) = ("the version", "a declaration or another version");
            return Err(Problem::Order { what, after }.at(text.place()));
        }
    }
    *names = match text.word("a version such as <2.0>")? {
        b"<1.0>" => Names::Plain(Plain::default()),
        b"<2.0>" => Names::Tensors(Tensors::default()),
        other => return Err(Problem::Version(shown(other)).at(text.place())),
    };
    text.expect(Token::Close, "`)`")
}

/// `(declare-const X_0 Real)` or `(declare-fun X_0 () Real)` behind its keyword.
pub(super) fn constant(names: &mut Names, text: &mut Lexer<'_>, function: bool) -> Outcome<()> {
    if matches!(names, Names::None) {
        *names = Names::Plain(Plain::default());
    }
    let plain = match names {
        Names::Plain(plain) => plain,
        Names::None | Names::Tensors(_) => {
            let help = "version 2.0 declares tensors with `declare-network`";
            let what = "a constant in version 2.0";
            return Err(Problem::Unsupported { what, help }.at(text.place()));
        }
    };
    let name = text.word("the name of a variable")?;
    plain.declare(name, text)?;
    if function {
        text.expect(Token::Open, "`()`")?;
        text.expect(Token::Close, "`)`")?;
    }
    element_type(text)?;
    text.expect(Token::Close, "`)`")
}

/// `(declare-network name ...)` behind its keyword.
pub(super) fn network(names: &mut Names, text: &mut Lexer<'_>) -> Outcome<()> {
    let place = text.place();
    if matches!(names, Names::None) {
        *names = Names::Tensors(Tensors::default());
    }
    let tensors = match names {
        Names::Tensors(tensors) => tensors,
        Names::None | Names::Plain(_) => {
            let help = "version 1.0 declares constants X_0, X_1, ...";
            let what = "a network in version 1.0";
            return Err(Problem::Unsupported { what, help }.at(place));
        }
    };
    if !tensors.is_empty() {
        let (what, help) = ("a second network", "take the networks together as one ONNX file");
        return Err(Problem::Unsupported { what, help }.at(place));
    }
    name(text, "the name of the network")?;
    let mut named = None;
    loop {
        match text.next()? {
            Token::Close => return Ok(()),
            Token::Open => {}
            other => return Err(text.unexpected("a declaration or `)`", other)),
        }
        let side = match text.word("declare-input or declare-output")? {
            b"declare-input" => Side::Input,
            b"declare-output" => Side::Output,
            b"declare-hidden" => {
                let what = "a hidden tensor";
                let help = "make it an output of the network";
                return Err(Problem::Unsupported { what, help }.at(text.place()));
            }
            b"isomorphic-to" | b"equal-to" => {
                let what = "a relation to another network";
                let help = "a property has one network";
                return Err(Problem::Unsupported { what, help }.at(text.place()));
            }
            other => {
                let expected = "declare-input or declare-output";
                return Err(text.unexpected(expected, Token::Word(other)));
            }
        };
        let place = text.place();
        let tensor = tensor(text)?;
        if named.replace(tensor.onnx.is_some()).is_some_and(|n| n != tensor.onnx.is_some()) {
            return Err(Problem::SomeNames.at(place));
        }
        tensors.declare(side, tensor, place)?;
    }
}

/// A name of version 2.0.
fn name(text: &mut Lexer<'_>, expected: &'static str) -> Outcome<String> {
    let word = text.word(expected)?;
    let letters = word.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
    match std::str::from_utf8(word) {
        Ok(name) if letters && word[0].is_ascii_alphabetic() => Ok(name.to_owned()),
        _ => Err(text.unexpected(expected, Token::Word(word))),
    }
}

/// `X Real [1,3] "name")`.
fn tensor(text: &mut Lexer<'_>) -> Outcome<Tensor> {
    let name = name(text, "the name of a tensor")?;
    element_type(text)?;
    text.expect(Token::OpenIndex, "a shape such as [1,10]")?;
    let mut shape = Vec::new();
    match text.next()? {
        Token::CloseIndex => {}
        Token::Word(first) => {
            shape.push(natural_of(first, text)?);
            loop {
                match text.next()? {
                    Token::Comma => shape.push(natural(text)?),
                    Token::CloseIndex => break,
                    other => return Err(text.unexpected("`,` or `]`", other)),
                }
            }
        }
        other => return Err(text.unexpected("a dimension or `]`", other)),
    }
    let mut tensor = Tensor { name, shape, onnx: None };
    match text.next()? {
        Token::Close => return Ok(tensor),
        Token::Text(onnx) => tensor.onnx = Some(String::from_utf8_lossy(onnx).into_owned()),
        other => return Err(text.unexpected("an ONNX name or `)`", other)),
    }
    text.expect(Token::Close, "`)`")?;
    Ok(tensor)
}
