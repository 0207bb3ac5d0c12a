//! `theriac diff`.

use std::path::PathBuf;

use super::{Failure, Output};
use crate::front::model;
use crate::ir::compare::{Naming, differences_of, level, naming, same_names};

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Two models are the same if they have the same columns, rows and objective, in \
    whatever order.\nWhere the names of the columns differ, a naming is looked for under which they \
    are the same; it is told.\nNames of rows do not count, nor does it matter whether a file \
    minimises or maximises the negative.\nSmooth parts are compared up to the order of sums and products; notes tell what was not read as it \
    stands.\nExit status: 0 the same, 1 different, 2 a file that cannot be read.\n\n\
    Example:\n  theriac diff moons.theriac/model.lp other.mps"
)]
pub struct Args {
    /// A model: .lp, .mps, .nl (also .gz, .zst), or a saved one (.thir).
    a: PathBuf,
    /// Another one.
    b: PathBuf,
}

/// Differences that are listed.
const LISTED: usize = 20;

/// Renamed columns that are told.
const TOLD: usize = 5;

/// Compares up to the order of columns and rows, and up to the names of columns where these differ.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let mut a = model::load(&args.a).map_err(Failure::input)?;
    let mut b = model::load(&args.b).map_err(Failure::input)?;
    level(&mut a.model, &mut b.model);
    let mut found = differences_of(&a.model, &b.model, a.maximise && b.maximise, LISTED);
    let mut said = Vec::new();
    if a.maximise != b.maximise {
        let (first, second) =
            if a.maximise { ("maximises", "minimises") } else { ("minimises", "maximises") };
        said.push(format!(
            "the first {first}, the second {second}; objectives are compared as minimised"
        ));
    }
    let mut renamed = Vec::new();
    if !found.is_empty() {
        let same_names = same_names(&a.model, &b.model);
        match naming(&a.model, &b.model) {
            Naming::Same(pairs) if same_names => said.push(format!(
                "with the names of columns changed for each other the two are the same: {}",
                told(&pairs)
            )),
            Naming::Same(pairs) => {
                found.clear();
                renamed = pairs;
            }
            Naming::Different if same_names => {}
            Naming::Different => {
                said.push("no other names of the columns make the two the same".to_owned());
            }
            Naming::Undecided => said.push(
                "whether the two are the same under other names was not found out: too much of \
                 them is alike"
                    .to_owned(),
            ),
        }
    }
    let value = serde_json::json!({
        "same": found.is_empty(), "differences": found, "notes": [a.notes, b.notes], "said": said,
        "renamed": {
            "count": renamed.len(),
            "first": renamed.iter().take(TOLD).map(|(a, b)| serde_json::json!({
                "first": a, "second": b,
            })).collect::<Vec<_>>(),
        },
    });
    out.result(&value, || {
        let (first, second) = (args.a.display(), args.b.display());
        let notes = |name: String, notes: &[String]| -> String {
            notes.iter().map(|note| format!("  note on {name}: {note}\n")).collect()
        };
        let said: String = said.iter().map(|note| format!("  note: {note}\n")).collect();
        let notes =
            said + &notes(first.to_string(), &a.notes) + &notes(second.to_string(), &b.notes);
        if found.is_empty() {
            let mut text = format!("SAME  {first} and {second} hold the same model");
            if !renamed.is_empty() {
                let columns = if renamed.len() == 1 { "column" } else { "columns" };
                text.push_str(&format!(
                    " up to the names of {} {columns}\n  renamed: {}",
                    renamed.len(),
                    told(&renamed)
                ));
            }
            let text = format!("{text}\n{notes}");
            return text.trim_end().to_owned();
        }
        let mut text = format!("DIFFERENT  {first} (the first) and {second} (the second)\n");
        for difference in &found {
            text.push_str(&format!("  {difference}\n"));
        }
        if found.len() >= LISTED {
            text.push_str(&format!("  (the first {LISTED} differences are listed)\n"));
        }
        text.push_str(&notes);
        text
    })?;
    if found.is_empty() { Ok(()) } else { Err(Failure::Told(1)) }
}

/// The first pairs of names: of the first model, of the second.
fn told(pairs: &[(String, String)]) -> String {
    let first = pairs.iter().take(TOLD).map(|(a, b)| format!("{a} is {b} in the second"));
    let first: Vec<String> = first.collect();
    let more = if pairs.len() > TOLD { ", ..." } else { "" };
    format!("{}{more}", first.join(", "))
}
