//! Random sentences: the parser accepts those of the grammar, and answers all others.

use std::fs;

use theriac::front::spec::{self, Disk};

use super::generate::Generator;
use super::{ebnf, files, folder};

fn grammar() -> ebnf::Grammar {
    ebnf::read(&fs::read_to_string(folder("grammar/theriac.ebnf")).unwrap())
}

/// What no grammar says: a number may be too large for its type.
fn too_large(code: &str) -> bool {
    matches!(code, "THR0002" | "THR0003")
}

#[test]
fn the_parser_accepts_every_sentence() {
    let grammar = grammar();
    let mut statements = 0;
    for seed in 0..4200 {
        let text = Generator::new(&grammar, seed).sentence("spec");
        match spec::parse("random", &text) {
            Ok(ast) => statements += ast.statements.len(),
            Err(errors) => {
                let harmless = errors.list.iter().all(|d| too_large(d.code));
                assert!(harmless, "seed {seed}\n{}\n{text}", errors.plain());
            }
        }
    }
    assert!(statements > 3900, "only {statements} statements were made");
}

#[test]
fn every_statement_is_made_alone() {
    let grammar = grammar();
    for word in spec::ast::Statement::KEYWORDS {
        let mut accepted = 0;
        for seed in 0..500 {
            let text = Generator::new(&grammar, seed).sentence(word);
            match spec::parse("random", &text) {
                Ok(ast) => {
                    assert_eq!(ast.statements.len(), 1, "{text}");
                    assert_eq!(ast.statements[0].node.keyword(), word);
                    accepted += 1;
                }
                Err(errors) => {
                    let harmless = errors.list.iter().all(|d| too_large(d.code));
                    assert!(harmless, "seed {seed}\n{}\n{text}", errors.plain());
                }
            }
        }
        assert!(accepted > 250, "only {accepted} of `{word}` are accepted");
    }
}

/// Accepts, or answers with errors that lie in the text and can be shown.
fn answers(text: &str) -> bool {
    match spec::resolve("mutant", text, &Disk { folder: folder("grammar/pass") }) {
        Ok(_) => true,
        Err(errors) => {
            assert!(!errors.list.is_empty());
            for error in &errors.list {
                assert!(error.span.start <= error.span.end, "{error:?}");
                assert!(error.span.end <= text.len(), "{error:?}\n{text}");
                assert!(text.is_char_boundary(error.span.start), "{error:?}\n{text}");
                assert!(text.is_char_boundary(error.span.end), "{error:?}\n{text}");
                assert!(!error.message.is_empty() && !error.help.is_empty(), "{error:?}");
            }
            let shown = errors.plain();
            assert!(errors.list.iter().all(|e| shown.contains(e.code)), "{shown}");
            false
        }
    }
}

fn mutate(text: &str, random: &mut fastrand::Rng) -> String {
    const PIECES: &[&str] = &[
        "",
        " ",
        "\n",
        ";",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ",",
        "\"",
        "#",
        "->",
        "..",
        "-",
        "+1",
        "1e999",
        "nan",
        "99999999999",
        "é",
        "∞",
        "threat",
        "labels",
        "0.5",
        "\r\n",
        "\u{feff}",
    ];
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..random.usize(1..4) {
        let at = random.usize(..=chars.len());
        let end = (at + random.usize(..6)).min(chars.len());
        let piece = PIECES[random.usize(..PIECES.len())].chars();
        chars.splice(at..end, piece);
    }
    chars.into_iter().collect()
}

#[test]
fn mutated_sentences_are_answered() {
    let grammar = grammar();
    let mut random = fastrand::Rng::with_seed(7);
    let mut rejected = 0;
    let written: Vec<String> = files(&folder("grammar/pass"), "thr")
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for seed in 0..3000 {
        let sentence = Generator::new(&grammar, seed).sentence("spec");
        rejected += usize::from(!answers(&mutate(&sentence, &mut random)));
        let text = &written[random.usize(..written.len())];
        rejected += usize::from(!answers(&mutate(text, &mut random)));
    }
    assert!(rejected > 2000, "only {rejected} mutants are wrong");
}

#[test]
fn truncated_files_are_answered() {
    for path in files(&folder("grammar/pass"), "thr") {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.char_indices() {
            answers(&text[..at]);
        }
    }
}

/// Numbers that would need much memory or time if they were believed.
#[test]
fn extreme_numbers_are_answered() {
    const EXTREMES: &[&str] = &["0", "1", "65535", "100000", "4294967295"];
    for path in files(&folder("grammar/pass"), "thr") {
        let text = fs::read_to_string(&path).unwrap();
        let starts: Vec<usize> =
            text.match_indices(|c: char| c.is_ascii_digit()).map(|m| m.0).collect();
        for start in starts {
            let rest = &text[start..];
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            for extreme in EXTREMES {
                answers(&format!("{}{extreme}{}", &text[..start], &rest[end..]));
            }
        }
    }
}

/// Line ends and a byte order mark of other systems change nothing.
#[test]
fn foreign_line_ends_are_blanks() {
    for path in files(&folder("grammar/pass"), "thr") {
        let text = fs::read_to_string(&path).unwrap();
        let foreign = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let (ours, theirs) = (spec::parse("a", &text), spec::parse("b", &foreign));
        assert_eq!(ours.unwrap(), theirs.unwrap(), "{}", path.display());
    }
}

#[test]
fn one_run_reports_several_errors() {
    let text = "network net = onx \"a\"\ndata train = points { (1): +1 } label in {-1, +1}\n\
                train net on train {\n  loss hinje\n  rate 0.5\n  steps -1\n}\nthreat {\n  labels flp\n}\n\
                ask worst margn at train[0]\n";
    let errors = spec::parse("several", text).unwrap_err();
    let lines: Vec<usize> = errors.list.iter().map(|e| e.span.line(text)).collect();
    assert_eq!(lines, [1, 4, 6, 9, 11], "{}", errors.plain());
    assert!(errors.list.iter().all(|e| e.code == "THR0001"));
}
