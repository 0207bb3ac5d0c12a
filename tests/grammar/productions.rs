//! The names of productions: grammar file, parser and examples agree.

use std::collections::BTreeSet;
use std::fs;

use theriac::front::spec;
use theriac::front::spec::production::Production;

use super::{ebnf, files, folder};

#[test]
fn grammar_and_parser_have_the_same_productions() {
    let grammar = ebnf::read(&fs::read_to_string(folder("grammar/theriac.ebnf")).unwrap());
    let written: BTreeSet<&str> = grammar.keys().map(String::as_str).collect();
    let labels: BTreeSet<&str> = Production::ALL.iter().map(|p| p.name()).collect();
    assert_eq!(written, labels);
    assert_eq!(labels.len(), Production::ALL.len(), "two productions share a name");
}

#[test]
fn every_production_is_exercised_by_an_example() {
    let mut seen = BTreeSet::new();
    for path in files(&folder("grammar/pass"), "thr") {
        seen.extend(spec::productions(&fs::read_to_string(path).unwrap()));
    }
    let all: BTreeSet<Production> = Production::ALL.iter().copied().collect();
    let missing: Vec<&str> = all.difference(&seen).map(|p| p.name()).collect();
    assert!(missing.is_empty(), "no file of grammar/pass has {missing:?}");
}
