//! An entry as files, and what a reader has to count in each.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use theriac::back::{Options, Written, write};
use theriac::ir::{Model, QuadTerm, RowView, Sense, stats};
use theriac::lower::{Format, Lowered, Target, legalise};

use super::Entry;

/// The file of a target, or the sentence of its refusal.
pub enum File<'m> {
    Written { lowered: Box<Lowered<'m>>, bytes: Vec<u8>, written: Written },
    Refused(String),
}

pub fn options(entry: &Entry) -> Options<'static> {
    Options { names: entry.style.names(), ..Options::default() }
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

/// Everything that is written for an entry: contents by name of file, and the record of them.
/// Targets with the same content share a file.
pub fn folder(entry: &Entry) -> (BTreeMap<String, Vec<u8>>, Value) {
    let mut contents: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut records = Map::new();
    let mut refusals = Map::new();
    for (target, file) in files(entry) {
        match file {
            File::Refused(sentence) => {
                refusals.insert(target.name().to_owned(), sentence.into());
            }
            File::Written { lowered, bytes, .. } => {
                let ending = format!(".{}", target.format().extension());
                let same =
                    contents.iter().find(|(name, old)| name.ends_with(&ending) && **old == bytes);
                let name = match same {
                    Some((name, _)) => name.clone(),
                    None => format!("{}{ending}", target.name()),
                };
                let record = records.entry(name.clone()).or_insert_with(|| count(&lowered.model));
                match record.get_mut("targets").and_then(Value::as_array_mut) {
                    Some(list) => list.push(target.name().into()),
                    None => record["targets"] = json!([target.name()]),
                }
                contents.insert(name, bytes);
            }
        }
    }
    let truth = match entry.optimum {
        Some(optimum) => json!({"status": "optimal", "optimum": optimum, "from": entry.source}),
        None => json!({"status": "infeasible", "from": entry.source}),
    };
    let record = json!({"truth": truth, "files": records, "refused": refusals});
    (contents, record)
}

/// What a reader of the file has to count.
pub fn count(model: &Model) -> Value {
    let s = stats(model);
    let rows: Vec<RowView<'_>> = model.rows.iter().collect();
    let guarded = || rows.iter().filter(|r| r.guard.is_some());
    let nonlinear = |r: &RowView<'_>| !r.quad.is_empty() || r.smooth.is_some();
    let plain = rows.iter().filter(|r| r.guard.is_none() && !nonlinear(r));
    let entries = |r: &RowView<'_>| r.cols.len();
    let squares = |quad: &[QuadTerm]| quad.iter().filter(|t| t.i == t.j).count();
    let objective = &model.objective;
    let in_rows: usize = rows.iter().map(|r| squares(r.quad)).sum();
    json!({
        "class": s.class.to_string(),
        "vars": model.var_count(),
        "integers": s.integers + s.binaries,
        "linear_rows": s.linear_rows - s.indicators,
        "nonlinear_rows": s.quad_rows + s.smooth_rows,
        "indicators": s.indicators,
        "indicator_equations": guarded().filter(|r| r.sense == Sense::Eq).count(),
        "sos": s.sos1,
        "nonzeros": s.nonzeros,
        "linear_nonzeros": plain.map(entries).sum::<usize>(),
        "indicator_nonzeros": guarded().map(entries).sum::<usize>(),
        "nonlinear_nonzeros": rows.iter().filter(|r| nonlinear(r)).map(entries).sum::<usize>(),
        "empty_rows": rows.iter().filter(|r| r.cols.is_empty()).count(),
        "row_squares": in_rows,
        "row_products": s.quad_terms - in_rows,
        "objective_squares": squares(&objective.quad),
        "objective_products": objective.quad.len() - squares(&objective.quad),
        "smooth": !model.exprs.is_empty(),
    })
}
