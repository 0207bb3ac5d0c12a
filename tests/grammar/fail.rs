//! `grammar/fail/`: each file is wrong in one way, with its message beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use theriac::front::spec::{self, Code, Diagnostics, Disk};

use super::{files, folder, golden};

/// The errors of a file, named by its file name so that messages do not depend on the folder.
fn errors(path: &Path) -> Diagnostics {
    let name = path.file_name().unwrap().to_str().unwrap();
    let disk = Disk { folder: folder("grammar/fail") };
    match spec::resolve(name, &fs::read_to_string(path).unwrap(), &disk) {
        Ok(_) => panic!("{name} is accepted"),
        Err(errors) => errors,
    }
}

#[test]
fn every_failing_file_gives_its_message() {
    let folder = folder("grammar/fail");
    let paths = files(&folder, "thr");
    assert!(paths.len() >= 45, "only {} files", paths.len());
    let mut wrong = Vec::new();
    for path in &paths {
        let errors = errors(path);
        if errors.list.len() != 1 {
            wrong.push(format!("{} is wrong in {} ways", errors.name, errors.list.len()));
        }
        wrong.extend(golden(&path.with_extension("expected"), &errors.plain()));
    }
    let expected = files(&folder, "expected");
    assert_eq!(expected.len(), paths.len(), "an .expected file has no .thr file");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes in `grammar/ERRORS.md` with the sentence that explains each.
fn listed() -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder("grammar/ERRORS.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| THR"));
    let cells = rows.filter_map(|row| row.split_once('|'));
    cells.map(|(c, words)| (format!("THR{}", c.trim()), words.to_string())).collect()
}

#[test]
fn every_code_is_listed_and_given_by_a_file() {
    let listed = listed();
    let mut given = BTreeSet::new();
    for path in files(&folder("grammar/fail"), "thr") {
        given.extend(errors(&path).list.iter().map(|error| error.code.to_string()));
    }
    for code in &given {
        assert!(listed.contains_key(code), "{code} is not in grammar/ERRORS.md");
    }
    for code in Code::ALL {
        assert!(listed.contains_key(code.id()), "{} is not in grammar/ERRORS.md", code.id());
        assert!(listed[code.id()].contains(code.words()), "{} says something else", code.id());
        // A specification that cannot be read has no text that could be a file of the folder.
        let file = *code == Code::Unreadable || given.contains(code.id());
        assert!(file, "no file of grammar/fail gives {}", code.id());
    }
    // What a specification can bring about has a file; the rest concerns Rust programs alone.
    for (code, words) in &listed {
        let rust_alone = words.contains("(Rust alone)");
        if code != Code::Unreadable.id() {
            assert_eq!(given.contains(code), !rust_alone, "{code} {words}");
        }
    }
}

#[test]
fn a_specification_that_cannot_be_read() {
    let errors = spec::load(&folder("grammar/fail/absent.thr")).unwrap_err();
    assert_eq!(errors.list[0].code, "THR0006");
    assert!(errors.plain().contains("absent.thr cannot be read"), "{}", errors.plain());
}
