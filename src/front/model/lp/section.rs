//! Section words.

use super::super::error::Outcome;
use super::lex::{Lexer, Token};

/// The sections of an LP file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Minimise,
    Maximise,
    Rows,
    LazyRows,
    UserCuts,
    Bounds,
    Generals,
    /// Spelt `Integers`, which CPLEX, Xpress and MOSEK take for binaries.
    Integers,
    Binaries,
    SemiContinuous,
    Sos,
    /// Gurobi's `General Constraints`, `PWLObj` and `Multi-objectives`.
    GurobiOnly,
    End,
}

impl Section {
    /// Where it stands among the others, and its words: rows, bounds, then lists of columns.
    pub fn place(self) -> Option<(u8, &'static str)> {
        match self {
            Section::Minimise | Section::Maximise | Section::GurobiOnly | Section::End => None,
            Section::Rows => Some((1, "Subject To")),
            Section::LazyRows => Some((1, "Lazy Constraints")),
            Section::UserCuts => Some((1, "User Cuts")),
            Section::Bounds => Some((2, "Bounds")),
            Section::Generals => Some((3, "Generals")),
            Section::Integers => Some((3, "Integers")),
            Section::Binaries => Some((3, "Binaries")),
            Section::SemiContinuous => Some((3, "Semi-Continuous")),
            Section::Sos => Some((3, "SOS")),
        }
    }
}

/// The section that begins here, and the place behind its words. A word is one only at the
/// beginning of a line and without a colon behind it.
pub(super) fn section<'a>(lexer: &Lexer<'a>) -> Outcome<Option<(Section, Lexer<'a>)>> {
    let (token, mut ahead) = lexer.peek()?;
    let Token::Name(word) = token else { return Ok(None) };
    if !ahead.first || word.len() > 16 {
        return Ok(None);
    }
    let lower = word.to_ascii_lowercase();
    let (next, behind) = ahead.peek()?;
    let follows = |wanted: &str| matches!(next, Token::Name(n) if n.eq_ignore_ascii_case(wanted));
    let (section, two) = match lower.as_str() {
        "minimize" | "minimum" | "min" => (Section::Minimise, false),
        "maximize" | "maximum" | "max" => (Section::Maximise, false),
        "subject" if follows("to") => (Section::Rows, true),
        "such" if follows("that") => (Section::Rows, true),
        "st" | "s.t." | "st." => (Section::Rows, false),
        "lazy" if follows("constraints") => (Section::LazyRows, true),
        "user" if follows("cuts") => (Section::UserCuts, true),
        "general" if follows("constraints") => (Section::GurobiOnly, true),
        "bounds" | "bound" => (Section::Bounds, false),
        "general" | "generals" | "gen" => (Section::Generals, false),
        "integer" | "integers" | "int" => (Section::Integers, false),
        "binary" | "binaries" | "bin" => (Section::Binaries, false),
        "semi" | "semis" => (Section::SemiContinuous, false),
        "sos" | "sos1" | "sos2" => (Section::Sos, false),
        "pwlobj" | "multi" => (Section::GurobiOnly, false),
        "end" => (Section::End, false),
        _ => return Ok(None),
    };
    if two {
        ahead = behind;
    } else if matches!(next, Token::Colon | Token::DoubleColon) {
        // `st: x >= 1` is a row of that name.
        return Ok(None);
    }
    // `st:` and `Subject To:` are not used by anybody, but harmless.
    Ok(Some((section, ahead)))
}
