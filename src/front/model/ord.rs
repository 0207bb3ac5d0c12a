//! Files of branching priorities beside a model: Gurobi's and CPLEX's `.ord`, and the commands of
//! SCIP's shell that set them.
//!
//! ```text
//! # branching priorities          NAME
//! x 3                              UP y 5                 set branching priority x 3
//! y 5                              x 3
//!                                 ENDATA
//! ```
//!
//! CPLEX's directions (`UP`, `DN`, `MD`) say nothing about priorities. A file that begins with `NAME`
//! must end with `ENDATA`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::error::{Outcome, Problem};
use crate::ir::{Model, VarId, VarKind};

/// The file of priorities beside a model file, if there is one: `m.lp.ord`, `m.lp.batch`, `m.ord`.
pub(super) fn beside(path: &Path) -> Option<PathBuf> {
    let with = |path: &Path, ending: &str| {
        let mut name = OsString::from(path);
        name.push(ending);
        PathBuf::from(name)
    };
    let packed = path.extension().is_some_and(|e| e == "gz" || e == "zst");
    let plain = if packed { path.with_extension("") } else { path.to_owned() };
    let places = [with(&plain, ".ord"), with(&plain, ".batch"), plain.with_extension("ord")];
    places.into_iter().find(|p| p.is_file())
}

/// Gives the columns of `model` the priorities that `text` states; whether all of them could take
/// one (continuous columns have none).
pub(super) fn apply(text: &str, model: &mut Model) -> Outcome<bool> {
    let columns: BTreeMap<&str, VarId> =
        model.names.iter().zip(0..).map(|(name, k)| (name.as_str(), VarId(k))).collect();
    let mut given: BTreeMap<VarId, i32> = BTreeMap::new();
    let (mut first, mut open, mut ended, mut all) = (true, false, false, true);
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        let line = line.strip_prefix("set branching priority ").unwrap_or(line);
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (name, priority) = match fields.as_slice() {
            _ if line.starts_with(['#', '*']) => continue,
            [] => continue,
            ["NAME", ..] if std::mem::take(&mut first) => {
                open = true;
                continue;
            }
            _ if ended => {
                return Err(Problem::expected("nothing behind ENDATA", line).at(number));
            }
            ["ENDATA"] if open => {
                ended = true;
                continue;
            }
            ["UP" | "DN" | "MD", name, priority] | [name, priority] => (*name, *priority),
            _ => return Err(Problem::expected("a column and its priority", line).at(number)),
        };
        first = false;
        let priority: i32 = priority
            .parse()
            .map_err(|_| Problem::expected("a whole number", priority).at(number))?;
        let Some(id) = columns.get(name).copied() else {
            let name = name.to_owned();
            return Err(Problem::Undeclared { kind: "column", name }.at(number));
        };
        if model.vars.get(id).kind == VarKind::Continuous {
            all = false;
            continue;
        }
        if given.insert(id, priority).is_some() {
            let (kind, name) = ("the priority of", name.to_owned());
            return Err(Problem::Twice { kind, name }.at(number));
        }
    }
    if open && !ended {
        return Err(Problem::CutOff("`ENDATA`").at(text.lines().count().max(1)));
    }
    model.priorities = given.into_iter().collect();
    Ok(all)
}
