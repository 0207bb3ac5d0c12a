//! Assertions: formulas and linear expressions, read with a stack of their own, so that no nesting
//! can exhaust that of the program.
//!
//! `not` is pushed down to the comparisons while they are read: `not (a <= b)` is `b < a`, and the
//! negation of `and` is `or`. A connective directly in one of its kind is not kept.

use super::error::{Outcome, Place, Problem};
use super::lex::{Lexer, Token, shown};
use super::linear::{Value, atom};
use super::names::Names;
use crate::front::decimal;
use crate::question::verify::{Formula, Relation};

/// Parentheses may be nested so deep.
const DEEPEST: usize = 1000;
/// `and` and `or` may alternate so often: the depth of the formula that comes out.
const ALTERNATIONS: usize = 200;

/// A comparison as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    LessEqual,
    Less,
    GreaterEqual,
    Greater,
    Equal,
    NotEqual,
}

impl Sign {
    fn negated(self) -> Self {
        match self {
            Sign::LessEqual => Sign::Greater,
            Sign::Less => Sign::GreaterEqual,
            Sign::GreaterEqual => Sign::Less,
            Sign::Greater => Sign::LessEqual,
            Sign::Equal => Sign::NotEqual,
            Sign::NotEqual => Sign::Equal,
        }
    }

    fn formula(self, a: Value, b: Value, line: u32) -> Result<Formula, Problem> {
        let one = |a, b, relation| atom(a, b, relation, line).map(Formula::Atom);
        match self {
            Sign::LessEqual => one(a, b, Relation::AtMost),
            Sign::Less => one(a, b, Relation::Below),
            Sign::GreaterEqual => one(b, a, Relation::AtMost),
            Sign::Greater => one(b, a, Relation::Below),
            Sign::Equal => one(a, b, Relation::Equal),
            Sign::NotEqual => {
                let below = one(a.clone(), b.clone(), Relation::Below)?;
                Ok(Formula::Any(vec![below, one(b, a, Relation::Below)?]))
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
}

/// An open parenthesis.
struct Frame {
    place: Place,
    word: &'static str,
    /// Operands so far.
    count: usize,
    /// Whether formulas in it are negated.
    negated: bool,
    inside: Inside,
}

enum Inside {
    /// Of what kind the result is (`any` after negation), and where its parts are collected: here,
    /// or in an outer frame of the same kind.
    Connect {
        any: bool,
        level: usize,
        outer: Option<usize>,
        parts: Vec<Formula>,
    },
    /// `not`, with its operand.
    Not(Option<Formula>),
    Compare {
        sign: Sign,
        operands: Vec<Value>,
    },
    Compute {
        operation: Arithmetic,
        sum: Option<Value>,
    },
}

enum Found {
    Formula(Formula),
    Value(Value),
    /// Parts that are in an outer frame already.
    Joined,
}

/// Reads the formula of an assertion, and leaves the closing parenthesis of the assertion.
pub(super) fn formula(names: &Names, text: &mut Lexer<'_>) -> Outcome<Formula> {
    let mut stack: Vec<Frame> = Vec::new();
    loop {
        let found = match text.next()? {
            Token::Open => {
                let frame = open(&stack, text)?;
                stack.push(frame);
                continue;
            }
            Token::Close => match stack.pop() {
                Some(frame) => close(frame).map_err(|(place, problem)| problem.at(place))?,
                None => return Err(text.unexpected("a formula", Token::Close)),
            },
            Token::Word(word) => {
                let negated = stack.last().is_some_and(|f| f.negated);
                leaf(word, negated, names, text)?
            }
            Token::End => {
                return Err(match stack.last() {
                    Some(frame) => Problem::Unclosed.at(frame.place),
                    None => text.unexpected("a formula", Token::End),
                });
            }
            other => return Err(text.unexpected("a formula or an expression", other)),
        };
        match deliver(&mut stack, found) {
            Ok(None) => {}
            Ok(Some(whole)) => return Ok(whole),
            Err(problem) => {
                let around = stack.last().filter(|_| problem != kind(false));
                return Err(problem.at(around.map_or(text.place(), |f| f.place)));
            }
        }
    }
}

/// A number, a variable, `true` or `false`.
fn leaf(word: &[u8], negated: bool, names: &Names, text: &mut Lexer<'_>) -> Outcome<Found> {
    if matches!(word[0], b'0'..=b'9' | b'-' | b'+' | b'.') {
        let value = std::str::from_utf8(word).ok().and_then(decimal::enclose);
        let refused = || Problem::Number(shown(word)).at(text.place());
        return Ok(Found::Value(Value::Number(value.ok_or_else(refused)?)));
    }
    match word {
        b"true" | b"false" => {
            let holds = (word == b"true") != negated;
            Ok(Found::Formula(if holds { Formula::TRUE } else { Formula::FALSE }))
        }
        _ => Ok(Found::Value(Value::Variable(names.find(word, text)?))),
    }
}

/// The frame of a parenthesis that was just read.
fn open(stack: &[Frame], text: &mut Lexer<'_>) -> Outcome<Frame> {
    let place = text.place();
    if stack.len() >= DEEPEST {
        return Err(Problem::TooDeep(DEEPEST).at(place));
    }
    let word = text.word("an operator such as `<=`, `and` or `+`")?;
    let outer = stack.last();
    let negated = outer.is_some_and(|f| f.negated);
    let compare = |word, sign| {
        let operands = Vec::with_capacity(2);
        let sign = if negated { Sign::negated(sign) } else { sign };
        (word, Inside::Compare { sign, operands })
    };
    let compute = |word, operation| (word, Inside::Compute { operation, sum: None });
    let (word, inside) = match word {
        b"<=" => compare("<=", Sign::LessEqual),
        b">=" => compare(">=", Sign::GreaterEqual),
        b"<" => compare("<", Sign::Less),
        b">" => compare(">", Sign::Greater),
        b"=" => compare("=", Sign::Equal),
        b"==" => compare("==", Sign::Equal),
        b"!=" => compare("!=", Sign::NotEqual),
        b"distinct" => compare("distinct", Sign::NotEqual),
        b"and" => ("and", connect(stack, negated, place)?),
        b"or" => ("or", connect(stack, !negated, place)?),
        b"not" => ("not", Inside::Not(None)),
        b"+" => compute("+", Arithmetic::Plus),
        b"-" => compute("-", Arithmetic::Minus),
        b"*" => compute("*", Arithmetic::Times),
        b"/" => compute("/", Arithmetic::Over),
        b"forall" | b"exists" => return Err(Problem::Quantifier(shown(word)).at(text.place())),
        other => {
            let found = shown(other);
            let help = match other {
                b"=>" => "write `(or (not a) b)`",
                b"xor" => "write `(or (and a (not b)) (and b (not a)))`",
                b"let" => "write what it stands for in its place",
                _ => {
                    "formulas have `and`, `or`, `not`, `<=`, `<`, `>=`, `>` and `=`, expressions \
                     have `+`, `-` and `*`"
                }
            };
            return Err(Problem::Operator { found, help }.at(text.place()));
        }
    };
    let is_value = matches!(inside, Inside::Compute { .. });
    let takes_value = outer.is_some_and(Frame::takes_values);
    if is_value != takes_value {
        return Err(kind(takes_value).at(place));
    }
    let negated = negated != matches!(inside, Inside::Not(_));
    Ok(Frame { place, word, count: 0, negated, inside })
}

fn connect(stack: &[Frame], any: bool, place: Place) -> Outcome<Inside> {
    // Between a connective and an outer one there may be some `not`, which are pushed down.
    let parent = stack.iter().rposition(|f| matches!(f.inside, Inside::Connect { .. }));
    let (mut outer, mut level) = (None, 0);
    if let Some(at) = parent
        && let Inside::Connect { any: kind, level: above, outer: further, .. } = &stack[at].inside
    {
        if *kind == any {
            outer = Some(further.unwrap_or(at));
            level = *above;
        } else {
            level = above + 1;
        }
    }
    if level > ALTERNATIONS {
        return Err(Problem::Alternating(ALTERNATIONS).at(place));
    }
    Ok(Inside::Connect { any, level, outer, parts: Vec::new() })
}

fn kind(takes_value: bool) -> Problem {
    match takes_value {
        true => Problem::Kind { expected: "a number or an expression", found: "a formula" },
        false => Problem::Kind { expected: "a formula", found: "a number or an expression" },
    }
}

impl Frame {
    fn takes_values(&self) -> bool {
        match self.inside {
            Inside::Compare { .. } | Inside::Compute { .. } => true,
            Inside::Connect { .. } | Inside::Not(_) => false,
        }
    }
}

/// Hands a finished piece to the parenthesis around it; gives it back if there is none.
fn deliver(stack: &mut [Frame], found: Found) -> Result<Option<Formula>, Problem> {
    let Some((last, outside)) = stack.split_last_mut() else {
        return match found {
            Found::Formula(formula) => Ok(Some(formula)),
            Found::Value(_) | Found::Joined => Err(kind(false)),
        };
    };
    last.count += 1;
    match (&mut last.inside, found) {
        (Inside::Connect { any, outer, parts, .. }, Found::Formula(formula)) => {
            let parts = match outer.and_then(|k| outside.get_mut(k)).map(|f| &mut f.inside) {
                Some(Inside::Connect { parts, .. }) => parts,
                _ => parts,
            };
            match formula {
                Formula::All(inner) if !*any => parts.extend(inner),
                Formula::Any(inner) if *any => parts.extend(inner),
                other => parts.push(other),
            }
        }
        (Inside::Not(operand), Found::Formula(formula)) => *operand = Some(formula),
        (Inside::Connect { .. } | Inside::Not(_), Found::Joined) => {}
        (Inside::Compare { operands, .. }, Found::Value(value)) => operands.push(value),
        (Inside::Compute { operation, sum }, Found::Value(value)) => {
            *sum = Some(match sum.take() {
                None => value,
                Some(before) => match operation {
                    Arithmetic::Plus => before.plus(value),
                    Arithmetic::Minus => before.plus(value.negated()),
                    Arithmetic::Times => before.times(value)?,
                    Arithmetic::Over => before.over(&value)?,
                },
            });
        }
        (Inside::Connect { .. } | Inside::Not(_), Found::Value(_)) => return Err(kind(false)),
        (Inside::Compare { .. } | Inside::Compute { .. }, Found::Formula(_) | Found::Joined) => {
            return Err(kind(true));
        }
    }
    Ok(None)
}

/// What a closed parenthesis is.
fn close(frame: Frame) -> Result<Found, (Place, Problem)> {
    let Frame { place, word, count, negated, inside } = frame;
    let operands = |need| {
        let operator = word.to_owned();
        (place, Problem::Operands { operator, need, found: count })
    };
    match inside {
        Inside::Connect { .. } if count == 0 => Err(operands("one operand or more")),
        Inside::Connect { outer: Some(_), .. } => Ok(Found::Joined),
        Inside::Connect { any, mut parts, .. } => {
            Ok(Found::Formula(match (parts.len(), parts.pop()) {
                (1, Some(only)) => only,
                (_, last) => {
                    parts.extend(last);
                    parts.shrink_to_fit();
                    if any { Formula::Any(parts) } else { Formula::All(parts) }
                }
            }))
        }
        Inside::Not(_) if count != 1 => Err(operands("one operand")),
        Inside::Not(Some(formula)) => Ok(Found::Formula(formula)),
        Inside::Not(None) => Ok(Found::Joined),
        Inside::Compare { sign, operands: values } => {
            let two = matches!(word, "!=" | "distinct");
            if count < 2 || (two && count > 2) {
                return Err(operands(if two { "two operands" } else { "two operands or more" }));
            }
            let formula = comparison(sign, values, negated, place.line);
            Ok(Found::Formula(formula.map_err(|problem| (place, problem))?))
        }
        Inside::Compute { operation, sum: Some(value) } => match (operation, count) {
            (Arithmetic::Minus, 1) => Ok(Found::Value(value.negated())),
            (Arithmetic::Over, 1) => Err(operands("two operands or more")),
            _ => Ok(Found::Value(value)),
        },
        Inside::Compute { sum: None, .. } => Err(operands("one operand or more")),
    }
}

/// `a <= b <= c` is `a <= b` and `b <= c`.
fn comparison(
    sign: Sign,
    values: Vec<Value>,
    negated: bool,
    line: u32,
) -> Result<Formula, Problem> {
    let mut pairs = Vec::new();
    let mut values = values.into_iter();
    let (Some(mut a), Some(mut b)) = (values.next(), values.next()) else {
        return Ok(Formula::TRUE);
    };
    for next in values {
        pairs.push(sign.formula(a, b.clone(), line)?);
        (a, b) = (b, next);
    }
    let last = sign.formula(a, b, line)?;
    if pairs.is_empty() {
        return Ok(last);
    }
    pairs.push(last);
    Ok(if negated { Formula::Any(pairs) } else { Formula::All(pairs) })
}
