//! Produces the files of a case and compares them with the recorded ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::json;
use theriac::back::priorities::{self, PriorityFormat};
use theriac::back::{NameStyle, Options, write};
use theriac::ir::{Model, save, stats};
use theriac::lower::{Format, Target, legalise};

use crate::models::count::{count, prioritised};
use crate::models::enumerate::Outcome;
use crate::specs;
use crate::table::{Case, Source, Truth};

/// Files of a case by name.
pub type Produced = BTreeMap<String, Vec<u8>>;

/// Which file of a case is a target's, or why there is none: one line a target.
pub const TARGETS: &str = "targets.txt";

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn bless() -> bool {
    std::env::var_os("THERIAC_BLESS").is_some_and(|v| v == "1")
}

/// The model of a case.
pub fn model(case: &Case) -> Model {
    match case.source {
        Source::Built(build) => build(),
        Source::Compiled => specs::program(case.name).1.model,
    }
}

pub fn produce(case: &Case) -> Produced {
    let model = model(case);
    let mut files = Produced::new();
    let mut counts = serde_json::Map::new();
    let mut advice = serde_json::Map::new();
    let mut table = String::new();
    for target in Target::ALL.into_iter().filter(|t| t.format() != Format::Memory) {
        let words = match legalise(&model, target) {
            Ok(lowered) => {
                let checked = lowered.checked().unwrap();
                let mut bytes = Vec::new();
                let format = target.format();
                let written = write(&checked, format, &Options::default(), &mut bytes).unwrap();
                // Files of one content are one file, called after the first target.
                let same = files.iter().find(|(_, b)| **b == bytes).map(|(name, _)| name.clone());
                let name = same.unwrap_or_else(|| target.file_name().to_string());
                if let Some(format) = PriorityFormat::of(target)
                    && !model.priorities.is_empty()
                {
                    let mut bytes = Vec::new();
                    priorities::write(&checked, format, NameStyle::Readable, &mut bytes).unwrap();
                    // The same for every file of one reader.
                    let own = format!("{}.{}", target.reader_keys()[0], format.extension());
                    let record = advice.entry(own.clone()).or_insert_with(|| json!({}));
                    let style = NameStyle::Readable;
                    prioritised(record, target, &name, &lowered.model, &written, style);
                    let old = files.insert(own, bytes.clone());
                    assert!(old.is_none_or(|old| old == bytes), "{}", target.name());
                }
                counts.entry(name.clone()).or_insert_with(|| count(&lowered.model));
                files.insert(name.clone(), bytes);
                name
            }
            Err(refusal) => format!("refused: {refusal}"),
        };
        table += &format!("{:<width$} {words}\n", target.name(), width = 11);
    }
    files.insert(TARGETS.into(), table.into_bytes());
    files.insert("model.thir".into(), save::to_bytes(&model));
    let truth = match case.truth {
        Truth::Enumerated(v) => {
            json!({"status": "optimal", "optimum": v, "from": "enumeration of all integer points"})
        }
        Truth::Replayed(v) => {
            json!({"status": "optimal", "optimum": v, "from": "training on every attack"})
        }
        Truth::Derived(v) => {
            json!({"status": "optimal", "optimum": v, "from": "closed form, beside the model"})
        }
        Truth::Infeasible => {
            json!({"status": "infeasible", "from": "enumeration of all integer points"})
        }
        Truth::Unknown => json!({"status": "unknown", "from": "agreement of readers"}),
    };
    let mut record =
        json!({"class": stats(&model).class.to_string(), "truth": truth, "files": counts});
    if !advice.is_empty() {
        record["priorities"] = advice.into();
    }
    let text = format!("{}\n", serde_json::to_string_pretty(&record).unwrap());
    files.insert("truth.json".into(), text.into_bytes());
    files
}

pub fn compare(case: &Case, produced: &Produced) -> Vec<String> {
    let name = case.name;
    let dir = folder().join(name);
    let sources = match case.source {
        Source::Built(_) => Vec::new(),
        Source::Compiled => specs::files(name),
    };
    let known = |file: &String| produced.contains_key(file) || sources.contains(file);
    if bless() {
        std::fs::create_dir_all(&dir).unwrap();
        for stale in listing(&dir).into_iter().filter(|f| !known(f)) {
            std::fs::remove_file(dir.join(stale)).unwrap();
        }
        for (file, bytes) in produced {
            std::fs::write(dir.join(file), bytes).unwrap();
        }
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (file, bytes) in produced {
        match std::fs::read(dir.join(file)) {
            Ok(old) if old == *bytes => {}
            Ok(old) => problems.push(difference(name, file, &old, bytes)),
            Err(e) => problems.push(format!("golden/{name}/{file}: {e}")),
        }
    }
    for stale in listing(&dir).into_iter().filter(|f| !known(f)) {
        problems.push(format!("golden/{name}/{stale} belongs to nothing"));
    }
    problems
}

fn difference(name: &str, file: &str, old: &[u8], new: &[u8]) -> String {
    let at = old.iter().zip(new).position(|(a, b)| a != b).unwrap_or(old.len().min(new.len()));
    let line = 1 + old[..at].iter().filter(|b| **b == b'\n').count();
    format!("golden/{name}/{file} differs at byte {at} (line {line})")
}

fn listing(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Folders of cases that are not in the table. A folder without a `truth.json` or a specification
/// is not ours.
pub fn strangers(known: &[&str]) -> Vec<String> {
    let holds = |f: &String, file: &str| folder().join(f).join(file).exists();
    let ours = |f: &String| holds(f, "truth.json") || holds(f, specs::FILE);
    listing(&folder())
        .into_iter()
        .filter(|f| ours(f) && !known.contains(&f.as_str()))
        .map(|f| format!("golden/{f} is in no line of the table"))
        .collect()
}

/// What is wrong with a found answer, if anything.
pub fn disagreement(name: &str, truth: Truth, found: Outcome) -> Option<String> {
    let same = match (truth, found) {
        (Truth::Infeasible, Outcome::Infeasible) => true,
        (Truth::Enumerated(v), Outcome::Optimal(x)) => (v - x).abs() <= 1e-8 * (1.0 + v.abs()),
        _ => false,
    };
    (!same).then(|| format!("{name}: {truth:?} recorded, {found:?} found"))
}
