//! `theriac explain`.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Failure, Output, common};
use crate::cert::instance::Instance;
use crate::cert::instance::manifest::{ProgramRecord, RoundsRecord, TargetRecord};
use crate::cert::pipeline::PipelineError;
use crate::cert::pipeline::emit::{names_of, rounds_names};
use crate::cert::reaching::{Job, rounds};
use crate::cert::{store, verification};
use crate::front::printable::number;
use crate::ir::names::{describe_row, describe_var};
use crate::ir::role::Axis;
use crate::ir::{Family, Model, NameStyle, Names, Place, RowId, Sense, VarId, VarKind, save};
use crate::lower::{Target, legalise};

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac explain moons w_1_0_0_t2")]
pub struct Args {
    /// The instance directory.
    dir: PathBuf,
    /// Name of a variable or row, as the model files have it.
    name: String,
}

#[derive(Serialize)]
struct Explained {
    kind: &'static str,
    name: String,
    meaning: String,
    /// Of a variable: its domain, bounds (`null` is infinite) and the rows that it is in.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    variable: Option<Variable>,
    details: Vec<String>,
    /// The node of a network's graph that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<usize>,
}

#[derive(Serialize)]
struct Variable {
    domain: &'static str,
    lower: f64,
    upper: f64,
    rows: usize,
}

/// Finds the name among variables and rows, and says what it stands for.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let instance = Instance::open(&args.dir).map_err(Failure::input)?;
    let manifest = &instance.manifest;
    if manifest.asks_radius() {
        return Err(Failure::input(PipelineError::TwoEnds { dir: args.dir.clone() }));
    }
    let whole = manifest.program.iter().map(|p| (None, p, manifest.targets.as_slice()));
    let parts = manifest.parts.iter().filter_map(|part| {
        Some((Some(part.part.as_str()), part.program.as_ref()?, part.targets.as_slice()))
    });
    let programs: Vec<_> = whole.chain(parts).filter(|p| p.1.ir.is_some()).collect();
    let mut found: Option<Explained> = None;
    if let Some(record) = &manifest.rounds {
        found = in_rounds(&args.dir, record, &args.name).map_err(|e| common::failure(e, out))?;
    } else if programs.is_empty() {
        let why = match manifest.verifies() {
            true => {
                "this instance has no program, because none was needed, so that nothing in it has a \
                 name; `theriac compile` writes the programs of what bounds leave open"
            }
            false => {
                "bounds alone answer this question: there is no program, and nothing has a name"
            }
        };
        return Err(Failure::Input(why.to_owned()));
    }
    for (part, program, targets) in programs {
        if let Some(explained) = &mut found {
            // Programs of other parts have the same names for the same things.
            if part.is_some() && named(&instance, (program, targets), &args.name)?.is_some() {
                explained.details.push(format!("also in: {}", part.unwrap_or_default()));
            }
            continue;
        }
        found = named(&instance, (program, targets), &args.name)?;
        if let (Some(explained), Some(part)) = (&mut found, part) {
            explained.details.push(format!("in the program for: {part}"));
        }
    }
    if let (Some(explained), true) = (&mut found, manifest.verifies()) {
        let nodes = verification::nodes(&instance).map_err(|e| common::failure(e, out))?;
        if let Some(name) = explained.node.and_then(|k| nodes.get(k)) {
            explained.details.push(format!(
                "node {} of the graph is {name}",
                explained.node.unwrap_or_default()
            ));
        }
    }
    let explained = found.ok_or_else(|| {
        Failure::Input(format!(
            "no variable or row of the program, as saved or as written for one of the instance's \
             targets, is named {}; names are as the model files have them",
            args.name
        ))
    })?;
    out.result(&explained, || {
        let mut text = explained.meaning.clone() + "\n";
        for d in &explained.details {
            text.push_str(&format!("  {d}\n"));
        }
        super::table::wrapped(&text)
    })
}

/// Finds the name in the programs of rounds, which follow from the question and its answers.
fn in_rounds(
    dir: &Path,
    record: &RoundsRecord,
    name: &str,
) -> Result<Option<Explained>, PipelineError> {
    let styles = [rounds_names(record), Names::Readable];
    rounds::find(&Job::open(dir)?, |number, own, written| {
        let asked = styles.iter().find_map(|s| find(own, s.style(), name));
        let made = |mut explained: Explained| {
            let by = format!("made for the target {}, not by the question", record.target);
            explained.details.push(by);
            explained
        };
        let found = asked.or_else(|| find(written, styles[0].style(), name).map(made));
        found.map(|mut explained| {
            explained.details.push(format!("in round {number}"));
            explained
        })
    })
}

/// Finds the name in a program, as saved or as written for one of its targets.
fn named(
    instance: &Instance,
    (program, targets): (&ProgramRecord, &[TargetRecord]),
    name: &str,
) -> Result<Option<Explained>, Failure> {
    let Some(ir) = &program.ir else { return Ok(None) };
    let path = store::inside(&instance.dir, &ir.path).map_err(Failure::input)?;
    let model = save::load(&path).map_err(Failure::input)?;
    let mut styles: Vec<Names> = targets.iter().map(names_of).collect();
    styles.push(Names::Readable);
    styles.dedup();
    match styles.iter().find_map(|s| find(&model, s.style(), name)) {
        Some(found) => Ok(Some(found)),
        None => lowered(targets, &model, name),
    }
}

/// Finds the name in what was written for a target: lowering appends columns and rows.
fn lowered(
    targets: &[TargetRecord],
    model: &Model,
    name: &str,
) -> Result<Option<Explained>, Failure> {
    for record in targets {
        let Some(target) = Target::from_name(&record.target) else { continue };
        let made = legalise(model, target).map_err(Failure::input)?;
        let names = names_of(record);
        if let Some(mut found) = find(&made.model, names.style(), name) {
            found
                .details
                .push(format!("made for the target {}, not by the question", record.target));
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The number of the graph's node that a place speaks of.
fn node(family: Family, place: Place) -> Option<usize> {
    family.axes().contains(&Axis::Node).then(|| usize::from(place.layer))
}

fn find(model: &Model, style: NameStyle<'_>, name: &str) -> Option<Explained> {
    let var = (0..model.var_count())
        .map(|j| VarId(j as u32))
        .find(|id| style.var_string(model, *id) == name);
    if let Some(id) = var {
        let v = model.vars.get(id);
        let rows = model.rows.iter().filter(|r| {
            r.cols.contains(&id)
                || r.quad.iter().any(|q| q.i == id || q.j == id)
                || r.guard.is_some_and(|g| g.var == id)
        });
        let rows = rows.count();
        let domain = match v.kind {
            VarKind::Continuous => "continuous",
            VarKind::Integer => "integer",
            VarKind::Binary => "binary",
        };
        let own = NameStyle::Readable.var_string(model, id);
        let meaning = describe_var(model, id);
        return Some(Explained {
            kind: "variable",
            name: name.to_owned(),
            // A map of names gave it this one.
            meaning: if own == name { meaning } else { format!("{name} is {meaning}") },
            details: vec![
                format!("{domain} in [{}, {}]", number(v.lower + 0.0), number(v.upper + 0.0)),
                format!("in {rows} {}", if rows == 1 { "row" } else { "rows" }),
            ],
            variable: Some(Variable { domain, lower: v.lower, upper: v.upper, rows }),
            node: node(v.role.family, v.role.place),
        });
    }
    let row = (0..model.row_count())
        .map(|r| RowId(r as u32))
        .find(|id| style.row_string(model, *id) == name)?;
    let own = NameStyle::Readable.row_string(model, row);
    let meaning = describe_row(model, row);
    Some(Explained {
        kind: "row",
        name: name.to_owned(),
        meaning: if own == name { meaning } else { format!("{name} is {meaning}") },
        variable: None,
        details: vec![written(model, style, row)],
        node: None,
    })
}

/// A coefficient with its sign.
fn signed(a: f64) -> String {
    format!("{}{}", if a < 0.0 { "" } else { "+" }, number(a))
}

/// Terms of a row that are written out.
const TERMS: usize = 12;

/// The row as a formula.
fn written(model: &Model, style: NameStyle<'_>, id: RowId) -> String {
    let row = model.rows.get(id);
    let mut parts = Vec::new();
    if let Some(g) = row.guard {
        let name = style.var_string(model, g.var);
        parts.push(format!("{name} = {} ->", u8::from(g.value)));
    }
    for (v, a) in row.cols.iter().zip(row.vals).take(TERMS) {
        parts.push(format!("{} {}", signed(*a), style.var_string(model, *v)));
    }
    for q in row.quad.iter().take(TERMS) {
        let (i, j) = (style.var_string(model, q.i), style.var_string(model, q.j));
        parts.push(format!("{} {i} * {j}", signed(q.coefficient)));
    }
    let more = row.cols.len().saturating_sub(TERMS) + row.quad.len().saturating_sub(TERMS);
    if more > 0 {
        parts.push(format!("(and {more} more terms)"));
    }
    let sense = match row.sense {
        Sense::Le => "<=",
        Sense::Ge => ">=",
        Sense::Eq => "=",
    };
    // Plus zero: a negative zero is told as 0.
    parts.push(format!("{sense} {}", number(row.rhs + 0.0)));
    parts.join(" ")
}
