//! What can be wrong with a map of names.

use std::io;

use thiserror::Error;

/// Why a map of names is not used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum NameMapError {
    /// The file system.
    #[error("the name map {name} could not be read: {source}")]
    Io {
        /// The file.
        name: String,
        /// What happened.
        source: io::Error,
    },
    /// Bytes that are no text.
    #[error("{name} is no name map: it is not UTF-8 text")]
    NoText {
        /// The file.
        name: String,
    },
    /// A rule that cannot be followed.
    #[error("{name}:{line}:{column}: {fault}")]
    Rule {
        /// The file.
        name: String,
        /// Line, 1-based.
        line: usize,
        /// Byte of the line, 1-based.
        column: usize,
        /// What is wrong there.
        fault: MapFault,
    },
}

/// What is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MapFault {
    /// Not a rule at all.
    #[error("a rule is `SYMBOL = TEMPLATE`, `row SYMBOL = TEMPLATE` or `n \"OLD NAME\" = NAME`")]
    Syntax,
    /// A symbol that names nothing.
    #[error("there is no kind of {of} with the symbol `{word}`{hint}; docs/names.md lists them")]
    UnknownSymbol {
        /// Variable or row.
        of: &'static str,
        /// The word.
        word: String,
        /// The nearest symbol, as a question.
        hint: String,
    },
    /// Two rules for one kind.
    #[error("`{what}` has a rule already in line {first}; keep one of them")]
    Twice {
        /// The symbol, or the old name.
        what: String,
        /// The first rule's line.
        first: usize,
    },
    /// A quoted name where none belongs.
    #[error("only variables of foreign models have old names; write `n \"OLD NAME\" = NAME`")]
    OldName,
    /// A placeholder that the kind does not have.
    #[error("`{{{word}}}` is no index here; what may stand in braces: {allowed}")]
    UnknownIndex {
        /// The word in braces.
        word: String,
        /// What is allowed.
        allowed: String,
    },
    /// One placeholder twice.
    #[error("`{{{index}}}` stands here twice; once is enough")]
    Repeated {
        /// The index.
        index: &'static str,
    },
    /// An index that no name would show.
    #[error("the template lacks `{{{index}}}`, without which two names would be the same; add it")]
    Missing {
        /// The index.
        index: &'static str,
    },
    /// Digits that run together.
    #[error(
        "a digit or another index beside an index would run together with it; put a letter, `_` or `.` between"
    )]
    DigitBeside,
    /// A brace or bracket that is not closed.
    #[error("this `{what}` is not closed")]
    Open {
        /// Which one.
        what: &'static str,
    },
    /// Brackets around something else than the step.
    #[error(
        "brackets hold what is left out where there is no step: once, with `{{step}}` and no other index"
    )]
    Optional,
    /// A character that some reader refuses.
    #[error(
        "not every reader takes `{}` in a name; letters, digits and `_ . @ ( ) , ~ !` are safe",
        character.escape_default()
    )]
    Character {
        /// The character.
        character: char,
    },
    /// A first character that some reader takes for a number.
    #[error(
        "a name begins with a letter or `_`, but not with `e` or `E`, which readers take for a number"
    )]
    Beginning,
    /// A word that a reader keeps for itself.
    #[error("this would be (or begin with) `{word}`, which some reader keeps for itself")]
    Reserved {
        /// The word.
        word: &'static str,
    },
    /// A name that some reader cuts.
    #[error(
        "names of up to {length} bytes would come out, and some reader cuts or crashes above {most}"
    )]
    TooLong {
        /// Longest name.
        length: usize,
        /// Longest allowed.
        most: usize,
    },
    /// Two kinds with names alike.
    #[error(
        "names of this rule could be names of {other} as well; make one of them differ in a letter"
    )]
    Coincides {
        /// The other rule, in words.
        other: String,
    },
}
