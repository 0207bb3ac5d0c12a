//! Our own readers on the generated corpus: what is written for a target is read back as the same
//! model, with the counts that foreign readers are held to, and lowering keeps the optimum.

use crate::corpus;
use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::files::{File, files, maximises, options};
use crate::models::count::count;
use crate::models::readback::{column_names, read_back};
use theriac::lower::{Format, Target};

/// Random models of the default test; the foreign readers get more.
const RANDOM: usize = 80;

#[test]
fn every_file_reads_back_to_its_model() {
    let mut read: BTreeMap<Target, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for entry in corpus::entries(RANDOM) {
        let mut seen: BTreeSet<(Format, Vec<u8>)> = BTreeSet::new();
        for (target, file) in files(&entry) {
            let File::Written { lowered, bytes, written } = file else { continue };
            *read.entry(target).or_default() += 1;
            if !seen.insert((target.format(), bytes.clone())) {
                continue;
            }
            let style = options(&entry, target).names;
            let shown = format!("{} for {}", entry.name, target.name());
            let names = column_names(&lowered.model, &written, style);
            let (found, differences) =
                read_back(&lowered.model, target, &bytes, names.as_deref(), style, &shown);
            if !differences.is_empty() || !found.notes.is_empty() {
                wrong.push(format!("{shown}: {differences:?} {:?}", found.notes));
            }
            if found.maximise != maximises(&entry, target) {
                wrong.push(format!("{shown}: the sense differs"));
            }
            if count(&found.model) != count(&lowered.model) {
                wrong.push(format!("{shown}: counts differ"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
    for target in Target::ALL.into_iter().filter(|t| t.format() != Format::Memory) {
        assert!(read.get(&target).is_some_and(|n| *n >= 250), "{}: {read:?}", target.name());
    }
}

#[test]
fn names_are_unique_and_cover_the_constructs() {
    let entries = corpus::entries(RANDOM);
    let mut names: Vec<&str> = entries.iter().map(|e| e.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), entries.len());
    let count = |what: &dyn Fn(&corpus::Entry) -> bool| entries.iter().filter(|e| what(e)).count();
    assert!(count(&|e| !e.model.sos1.is_empty()) >= 20);
    assert!(count(&|e| e.model.rows.iter().any(|r| r.guard.is_some())) >= 60);
    assert!(count(&|e| e.model.rows.iter().any(|r| !r.quad.is_empty())) >= 60);
    assert!(count(&|e| !e.model.objective.quad.is_empty()) >= 60);
    assert!(count(&|e| !e.model.exprs.is_empty()) >= 4);
    assert!(count(&|e| e.maximise) >= 40);
    assert!(count(&|e| e.optimum.is_none()) >= 5);
    assert!(count(&|e| e.model.objective.constant != 0.0) >= 30);
}
