//! An entry as files, and what a reader has to count in each.

use std::collections::BTreeMap;

use dashu::rational::RBig;
use serde_json::{Map, Value, json};
use theriac::back::priorities::{self, PriorityFormat};
use theriac::back::start::{self, StartFormat};
use theriac::back::{Options, Written, write};
use theriac::ir::{Model, VarId, stats};
use theriac::lower::{Format, Lowered, Target, legalise};

use super::Entry;
use super::exact::exact;
use crate::models::count::{count, prioritised};

/// The file of a target, or the sentence of its refusal.
pub enum File<'m> {
    Written { lowered: Box<Lowered<'m>>, bytes: Vec<u8>, written: Written },
    Refused(String),
}

/// Whether the file for a target says that it maximises.
pub fn maximises(entry: &Entry, target: Target) -> bool {
    entry.maximise && target.capabilities().maximise
}

pub fn options(entry: &Entry, target: Target) -> Options<'_> {
    let maximise = maximises(entry, target);
    Options { names: entry.names.style(), maximise, ..Options::default() }
}

/// The file of every target that has a format, in the order of the targets.
pub fn files(entry: &Entry) -> Vec<(Target, File<'_>)> {
    let with_format = Target::ALL.into_iter().filter(|t| t.format() != Format::Memory);
    let file = |target: Target| match legalise(&entry.model, target) {
        Ok(lowered) => {
            let checked = lowered.checked().unwrap();
            let mut bytes = Vec::new();
            let point = entry.start.as_ref().filter(|_| start::within(target.format()));
            let point = point.and_then(|p| lowered.extend_point(p));
            let options = Options { start: point.as_deref(), ..options(entry, target) };
            let written = write(&checked, target.format(), &options, &mut bytes).unwrap();
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
    let mut starts = Map::new();
    let mut advice = Map::new();
    let mut table = String::new();
    for (target, file) in files(entry) {
        let words = match file {
            File::Refused(sentence) => format!("refused: {sentence}"),
            File::Written { lowered, bytes, written } => {
                let same = out.iter().find(|(_, old)| **old == bytes).map(|(name, _)| name.clone());
                let name = same.unwrap_or_else(|| target.file_name().to_owned());
                let record = counts.entry(name.clone()).or_insert_with(|| count(&lowered.model));
                record["maximise"] = maximises(entry, target).into();
                record["sums"] = sums(&lowered.model, maximises(entry, target));
                if let Some((file, bytes, values)) = start_file(entry, &lowered, target) {
                    starts.insert(
                        file.clone(),
                        json!({"target": target.name(), "model": name, "values": values}),
                    );
                    out.insert(file, bytes);
                }
                let model = &lowered.model;
                let own = PriorityFormat::of(target).filter(|_| !model.priorities.is_empty());
                if let Some(form) = own {
                    let style = entry.names.style();
                    let mut bytes = Vec::new();
                    priorities::write(&lowered.checked().unwrap(), form, style, &mut bytes)
                        .unwrap();
                    let file = format!("{}.{}", target.file_name(), form.extension());
                    let record = advice.entry(file.clone()).or_insert_with(|| json!({}));
                    prioritised(record, target, &name, model, &written, style);
                    out.insert(file, bytes);
                }
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
    let record = json!({"class": stats(&entry.model).class.to_string(), "truth": truth, "files": counts, "starts": starts, "priorities": advice});
    let text = format!("{}\n", serde_json::to_string_pretty(&record).unwrap());
    out.insert("truth.json".into(), text.into_bytes());
    out.insert("targets.txt".into(), table.into_bytes());
    out
}

/// The start file for a target's reader, if the entry has a start and the reader such a file, and
/// the value of every column by its name.
fn start_file(
    entry: &Entry,
    lowered: &Lowered<'_>,
    target: Target,
) -> Option<(String, Vec<u8>, Map<String, Value>)> {
    let form = StartFormat::of(target)?;
    let values = lowered.extend_point(entry.start.as_ref()?)?;
    let style = entry.names.style();
    let mut bytes = Vec::new();
    start::write(&lowered.checked().unwrap(), &values, form, style, &mut bytes).unwrap();
    let name = |j: usize| style.var_string(&lowered.model, VarId(j as u32));
    let by_name = values.iter().enumerate().map(|(j, x)| (name(j), json!(x))).collect();
    let file = format!("{}.start.{}", target.file_name(), form.extension());
    Some((file, bytes, by_name))
}

/// The sums of the costs and of the entries of plain linear rows, rounded once: a reader that reads
/// every digit has the same ones, bit for bit.
fn sums(model: &Model, maximise: bool) -> Value {
    let sum = |values: &mut dyn Iterator<Item = f64>| {
        values.map(exact).fold(RBig::ZERO, |s, x| s + x).to_f64().value()
    };
    let plain =
        model.rows.iter().filter(|r| r.guard.is_none() && r.quad.is_empty() && r.smooth.is_none());
    let sign = if maximise { -1.0 } else { 1.0 };
    json!({
        "costs": sum(&mut model.objective.linear.iter().map(|t| sign * t.1)),
        "entries": sum(&mut plain.flat_map(|r| r.vals.iter().copied())),
    })
}
