//! `{ setting; setting }`: the blocks of `train`, `threat`, `encode` and `solve`.

use nom::combinator::cut;
use nom::{Input, Parser};

use super::lex::{begins_statement, end, separators, spanned, symbol};
use super::state::{In, Res};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::Spanned;

/// A block of settings. An error inside a setting is kept, and the next line is tried, so that
/// one run reports all of them.
pub fn block<'a, T>(
    mut setting: impl FnMut(In<'a>) -> Res<'a, T>,
) -> impl FnMut(In<'a>) -> Res<'a, Vec<Spanned<T>>> {
    move |i| {
        let (mut i, open) = cut(symbol("{")).parse(i)?;
        let mut settings = Vec::new();
        loop {
            i = separators(i);
            if let Ok((rest, _)) = symbol("}")(i) {
                return Ok((rest, settings));
            }
            if begins_statement(i.fragment()) || i.fragment().is_empty() {
                let error = Diagnostic::new(Code::Unclosed, "this block has no end", open)
                    .label("opened here")
                    .help("close it with `}`");
                return i.extra.fail(error);
            }
            let found = spanned(&mut setting)(i)
                .and_then(|(rest, node)| end(rest).map(|(rest, ())| (rest, node)));
            i = match found {
                Ok((rest, node)) => {
                    settings.push(node);
                    rest
                }
                Err(_) => {
                    i.extra.keep(i);
                    next_setting(i)
                }
            };
        }
    }
}

/// Behind the end of this line, but not behind a `}` that closes the block.
fn next_setting(i: In<'_>) -> In<'_> {
    let mut depth = 0usize;
    for (at, c) in i.fragment().char_indices() {
        match c {
            '\n' => return i.take_from(at),
            '{' => depth += 1,
            '}' if depth == 0 => return i.take_from(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    i.take_from(i.fragment().len())
}
