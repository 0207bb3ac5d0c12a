//! A reader of the notation of `grammar/theriac.ebnf`.

use std::collections::BTreeMap;

/// The right-hand side of a production, or a part of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A text.
    Text(String),
    /// One character of a range.
    Range(char, char),
    /// A production.
    Name(String),
    /// One after the other.
    Sequence(Vec<Expr>),
    /// One of them.
    Choice(Vec<Expr>),
    /// At most once.
    Option(Box<Expr>),
    /// Any number of times.
    Repeat(Box<Expr>),
}

/// Productions by name.
pub type Grammar = BTreeMap<String, Expr>;

/// Reads a grammar. The file is ours, so an error is a panic.
pub fn read(text: &str) -> Grammar {
    let tokens = tokens(text);
    let mut at = 0;
    let mut grammar = Grammar::new();
    while at < tokens.len() {
        let Token::Name(name) = &tokens[at] else { panic!("a name instead of {:?}", tokens[at]) };
        assert_eq!(tokens[at + 1], Token::Mark('='), "after {name}");
        at += 2;
        let expr = choice(&tokens, &mut at);
        assert_eq!(tokens[at], Token::Mark(';'), "at the end of {name}");
        at += 1;
        assert!(grammar.insert(name.clone(), expr).is_none(), "{name} is there twice");
    }
    for (name, expr) in &grammar {
        for used in names(expr) {
            assert!(grammar.contains_key(&used), "{name} uses {used}, which is not there");
        }
    }
    grammar
}

/// The names that an expression uses.
pub fn names(expr: &Expr) -> Vec<String> {
    match expr {
        Expr::Text(_) | Expr::Range(..) => Vec::new(),
        Expr::Name(name) => vec![name.clone()],
        Expr::Sequence(parts) | Expr::Choice(parts) => parts.iter().flat_map(names).collect(),
        Expr::Option(part) | Expr::Repeat(part) => names(part),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Mark(char),
    Dots,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return out };
        if let Some(comment) = rest.strip_prefix("(*") {
            rest = comment.split_once("*)").expect("a comment has an end").1;
        } else if first == '"' || first == '\'' {
            let (inner, after) = rest[1..].split_once(first).expect("a text has an end");
            out.push(Token::Text(inner.replace("\\n", "\n")));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("..") {
            out.push(Token::Dots);
            rest = after;
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            out.push(Token::Name(rest[..end].to_string()));
            rest = &rest[end..];
        } else {
            assert!("=;|()[]{}".contains(first), "an unknown mark {first}");
            out.push(Token::Mark(first));
            rest = &rest[1..];
        }
    }
}

fn choice(tokens: &[Token], at: &mut usize) -> Expr {
    let mut parts = vec![sequence(tokens, at)];
    while tokens[*at] == Token::Mark('|') {
        *at += 1;
        parts.push(sequence(tokens, at));
    }
    if parts.len() == 1 { parts.remove(0) } else { Expr::Choice(parts) }
}

fn sequence(tokens: &[Token], at: &mut usize) -> Expr {
    let mut parts = Vec::new();
    loop {
        let part = match &tokens[*at] {
            Token::Mark('|' | ')' | ']' | '}' | ';') => break,
            Token::Mark('(') => group(tokens, at, ')'),
            Token::Mark('[') => Expr::Option(Box::new(group(tokens, at, ']'))),
            Token::Mark('{') => Expr::Repeat(Box::new(group(tokens, at, '}'))),
            Token::Name(name) => {
                *at += 1;
                Expr::Name(name.clone())
            }
            Token::Text(from) if tokens[*at + 1] == Token::Dots => {
                let Token::Text(to) = &tokens[*at + 2] else { panic!("a range has two ends") };
                *at += 3;
                Expr::Range(from.parse().unwrap(), to.parse().unwrap())
            }
            Token::Text(text) => {
                *at += 1;
                Expr::Text(text.clone())
            }
            token => panic!("{token:?} is out of place"),
        };
        parts.push(part);
    }
    assert!(!parts.is_empty(), "an empty sequence");
    if parts.len() == 1 { parts.remove(0) } else { Expr::Sequence(parts) }
}

fn group(tokens: &[Token], at: &mut usize, close: char) -> Expr {
    *at += 1;
    let expr = choice(tokens, at);
    assert_eq!(tokens[*at], Token::Mark(close));
    *at += 1;
    expr
}

#[test]
fn the_reader_reads() {
    let grammar = read("(* c *) a = \"x\" [ B ] | { ( \"y\" | '\"' ) } ;\nB = \"0\" .. \"9\" ;");
    let text = |t: &str| Expr::Text(t.to_string());
    let b = Expr::Option(Box::new(Expr::Name("B".to_string())));
    let either = Expr::Choice(vec![text("y"), text("\"")]);
    let a = Expr::Choice(vec![Expr::Sequence(vec![text("x"), b]), Expr::Repeat(Box::new(either))]);
    assert_eq!(grammar["a"], a);
    assert_eq!(grammar["B"], Expr::Range('0', '9'));
}
