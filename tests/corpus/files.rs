//! An entry as files, and what a reader has to count in each.

use std::collections::BTreeMap;

use serde_json::{Map, json};
use theriac::back::{Options, Written, write};
use theriac::ir::stats;
use theriac::lower::{Format, Lowered, Target, legalise};

use super::Entry;
use crate::models::count::count;

/// The file of a target, or the sentence of its refusal.
pub enum File<'m> {
    Written { lowered: Box<Lowered<'m>>, bytes: Vec<u8>, written: Written },
    Refused(String),
}

pub fn options(entry: &Entry) -> Options<'_> {
    Options { names: entry.names.style(), ..Options::default() }
}

/// The file of every target that has a format, in the order of the targets.
pub fn files(entry: &Entry) -> Vec<(Target, File<'_>)> {
    let with_format = Target::ALL.into_iter().filter(|t| t.format() != Format::Memory);
    let file = |target: Target| match legalise(&entry.model, target) {
        Ok(lowered) => {
            let checked = lowered.checked().unwrap();
            let mut bytes = Vec::new();
            let written = write(&checked, target.format(), &options(entry), &mut bytes).unwrap();
            File::Written { lowered: Box::new(lowered.clone()), bytes, written }
        }
        Err(refusal) => File::Refused(refusal.to_string()),
    };
    with_format.map(|target| (target, file(target))).collect()
}

/// Everything that is written for an entry, as in the folders of `golden/`: `targets.txt` says
/// which file is whose, `truth.json` the optimum and what a reader has to count.
pub fn folder(entry: &Entry) -> BTreeMap<String, Vec<u8>> {
    let mut out: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut counts = Map::new();
    let mut table = String::new();
    for (target, file) in files(entry) {
        let words = match file {
            File::Refused(sentence) => format!("refused: {sentence}"),
            File::Written { lowered, bytes, .. } => {
                let same = out.iter().find(|(_, old)| **old == bytes).map(|(name, _)| name.clone());
                let name = same.unwrap_or_else(|| target.file_name().to_owned());
                counts.entry(name.clone()).or_insert_with(|| count(&lowered.model));
                out.insert(name.clone(), bytes);
                name
            }
        };
        table += &format!("{} {words}\n", target.name());
    }
    let truth = match entry.optimum {
        Some(optimum) => json!({"status": "optimal", "optimum": optimum, "from": entry.source}),
        None => json!({"status": "infeasible", "from": entry.source}),
    };
    let record =
        json!({"class": stats(&entry.model).class.to_string(), "truth": truth, "files": counts});
    let text = format!("{}\n", serde_json::to_string_pretty(&record).unwrap());
    out.insert("truth.json".into(), text.into_bytes());
    out.insert("targets.txt".into(), table.into_bytes());
    out
}
