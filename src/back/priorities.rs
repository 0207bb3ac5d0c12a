//! Branching priorities as files of their own, beside the model.
//!
//! | reader | file | form |
//! |---|---|---|
//! | Gurobi 13 | `.ord` | `name priority` |
//! | CPLEX 22 | `.ord` | `NAME`, `    name  priority`, `ENDATA`; none below 0, so all are raised |
//! | SCIP 10 | `.batch` | `set branching priority name n`, for its shell: `scip -c "read model.lp" -b model.lp.batch` |
//!
//! SCIP reads the suffix `priority` of an NL file, and then has 0 for every variable; names of NL
//! columns come from the `.col` file beside it.

use std::io::Write;

use super::naming::Names;
use super::sink::Sink;
use super::{NameStyle, Options, WriteError};
use crate::ir::{VarId, VarKind};
use crate::lower::Target;
use crate::valid::Checked;

/// Forms of files with branching priorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriorityFormat {
    /// Gurobi 13.
    GurobiOrd,
    /// CPLEX 22.
    CplexOrd,
    /// SCIP 10, its shell.
    ScipBatch,
}

impl PriorityFormat {
    /// The form for a target's reader; `None` where it has none.
    #[must_use]
    pub fn of(target: Target) -> Option<Self> {
        if !target.capabilities().priorities {
            return None;
        }
        match target.reader_keys() {
            ["gurobi"] => Some(PriorityFormat::GurobiOrd),
            ["cplex"] => Some(PriorityFormat::CplexOrd),
            ["scip"] => Some(PriorityFormat::ScipBatch),
            _ => None,
        }
    }

    /// Usual ending of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            PriorityFormat::GurobiOrd | PriorityFormat::CplexOrd => "ord",
            PriorityFormat::ScipBatch => "batch",
        }
    }
}

/// The places of the priorities in their order, from 1, where one of them is no 32-bit number:
/// only which is greater matters.
fn ranked(mut list: Vec<(u32, i64)>) -> Vec<(u32, i64)> {
    if list.iter().all(|p| p.1 <= i64::from(i32::MAX)) {
        return list;
    }
    let mut all: Vec<i64> = list.iter().map(|p| p.1).collect();
    all.sort_unstable();
    all.dedup();
    for (_, own) in &mut list {
        *own = all.partition_point(|p| *p < *own) as i64 + 1;
    }
    list
}

/// Writes the priorities of the model, with the names of the model file.
///
/// # Errors
///
/// Failures of `out`.
pub fn write(
    checked: &Checked<'_>,
    format: PriorityFormat,
    names: NameStyle<'_>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let model = checked.model();
    let given: Vec<(u32, i64)> =
        model.priorities.iter().map(|(v, p)| (v.0, i64::from(*p))).collect();
    let list = match format {
        PriorityFormat::GurobiOrd | PriorityFormat::ScipBatch => given,
        PriorityFormat::CplexOrd => {
            // Those without a number have 0, and CPLEX takes none below.
            let raise = given.iter().map(|p| -p.1).max().unwrap_or(0).max(0);
            let mut all: Vec<(u32, i64)> = Vec::new();
            let mut given = given.into_iter().peekable();
            for v in model.vars.iter() {
                let own = given.next_if(|p| p.0 == v.id.0).map_or(0, |p| p.1) + raise;
                if v.kind != VarKind::Continuous && own > 0 {
                    all.push((v.id.0, own));
                }
            }
            ranked(all)
        }
    };
    let options = Options { names, ..Options::default() };
    let names = Names::new(model, names);
    let mut sink = Sink::new(out, &options, 0);
    let (head, before, between, foot): (&[u8], &[u8], &[u8], &[u8]) = match format {
        PriorityFormat::GurobiOrd => (b"# branching priorities\n", b"", b" ", b""),
        PriorityFormat::CplexOrd => (b"NAME\n", b"    ", b"  ", b"ENDATA\n"),
        PriorityFormat::ScipBatch => (b"", b"set branching priority ", b" ", b""),
    };
    sink.once(|text| text.put(head))?;
    sink.list(list.len(), |range, text| {
        for (v, priority) in &list[range] {
            text.put(before);
            names.var(text, VarId(*v));
            text.put(between);
            text.put(priority.to_string().as_bytes());
            text.put(b"\n");
        }
    })?;
    sink.once(|text| text.put(foot))?;
    Ok(())
}
