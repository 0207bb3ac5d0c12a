//! Start points as files of their own: what a solver reads beside the model.
//!
//! All of them name every variable of the written model (see
//! [`crate::lower::Lowered::extend_point`] for the columns that a lowering appended).
//!
//! | reader | file | form |
//! |---|---|---|
//! | Gurobi, COPT | `.mst` | `name value` |
//! | SCIP | `.sol` | `solution status:` line, then `name value`, zeros left out |
//! | HiGHS | `.sol` | its own raw style, version 1 |
//! | CPLEX | `.mst` | XML, one `variable` a line |
//! | Xpress | `.slx` | `  C name  value` |
//! | CBC | `.mipstart` | a line that is not read, then `index name value 0` |
//! | NL readers | in the model | `x` segment, [`super::Options::start`] |

use std::io::Write;

use super::naming::Names;
use super::sink::Sink;
use super::{NameStyle, Options, WriteError};
use crate::ir::{Model, VarId};
use crate::lower::{Format, Target};
use crate::valid::Checked;

/// Forms of start files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartFormat {
    /// Gurobi 13.
    GurobiMst,
    /// SCIP 10.
    ScipSol,
    /// HiGHS 1.15.
    HighsSol,
    /// CPLEX 22.2.
    CplexMst,
    /// Xpress 9.9.
    XpressSlx,
    /// CBC 2.10.
    CbcMipstart,
}

impl StartFormat {
    /// The form for a target's reader. A portable LP or MPS file gets Gurobi's, which COPT reads as
    /// well; `None` for NL, whose start is in the model file, and without a file.
    #[must_use]
    pub fn of(target: Target) -> Option<Self> {
        match target {
            Target::PortableLp
            | Target::PortableMps
            | Target::GurobiLp
            | Target::GurobiMps
            | Target::CoptLp
            | Target::CoptMps => Some(StartFormat::GurobiMst),
            Target::ScipLp | Target::ScipMps => Some(StartFormat::ScipSol),
            Target::HighsLp | Target::HighsMps => Some(StartFormat::HighsSol),
            Target::CplexLp | Target::CplexMps => Some(StartFormat::CplexMst),
            Target::XpressLp | Target::XpressMps => Some(StartFormat::XpressSlx),
            Target::CbcLp | Target::CbcMps => Some(StartFormat::CbcMipstart),
            // GLPK has none, and MOSEK's was not tried.
            Target::GlpkLp | Target::GlpkMps | Target::MosekLp | Target::MosekMps => None,
            Target::NlText
            | Target::NlBinary
            | Target::NlScip
            | Target::NlCopt
            | Target::Embedded => None,
        }
    }

    /// Usual ending of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            StartFormat::GurobiMst | StartFormat::CplexMst => "mst",
            StartFormat::XpressSlx => "slx",
            StartFormat::CbcMipstart => "mipstart",
            StartFormat::ScipSol | StartFormat::HighsSol => "sol",
        }
    }
}

/// Whether files of this format hold the start themselves.
#[must_use]
pub fn within(format: Format) -> bool {
    match format {
        Format::NlText | Format::NlBinary => true,
        Format::Lp | Format::Mps | Format::Memory => false,
    }
}

/// Whether `values` is one finite number a variable.
pub(super) fn check(model: &Model, style: NameStyle<'_>, values: &[f64]) -> Result<(), WriteError> {
    if values.len() != model.var_count() {
        return Err(WriteError::StartLength { found: values.len(), expected: model.var_count() });
    }
    match values.iter().position(|v| !v.is_finite()) {
        Some(j) => Err(WriteError::StartValue {
            variable: style.var_string(model, VarId(j as u32)),
            value: values[j],
        }),
        None => Ok(()),
    }
}

/// Writes a start point, one value a variable of the model, with the names of the model file.
///
/// # Errors
///
/// Failures of `out`; a wrong number of values; a value that is not finite.
pub fn write(
    checked: &Checked<'_>,
    values: &[f64],
    format: StartFormat,
    style: NameStyle<'_>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let model = checked.model();
    check(model, style, values)?;
    let options = Options { names: style, ..Options::default() };
    let names = Names::new(model, style);
    let mut sink = Sink::new(out, &options, 0);
    sink.once(|text| match format {
        StartFormat::GurobiMst => text.put(b"# MIP start\n"),
        StartFormat::ScipSol => text.put(b"solution status: unknown\n"),
        StartFormat::HighsSol => {
            // The reader wants these lines in this order; without the first it stops.
            text.put(b"Model status\nUnknown\n\n# Primal solution values\nFeasible\nObjective 0\n");
            text.put(b"# Columns ");
            text.int(values.len());
            text.put(b"\n");
        }
        StartFormat::CplexMst => text.put(
            b"<?xml version = \"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
              <CPLEXSolution version=\"1.2\">\n \
              <header problemName=\"model\" MIPStartEffortLevel=\"0\"/>\n <variables>\n",
        ),
        StartFormat::XpressSlx => text.put(b"NAME          model\n"),
        StartFormat::CbcMipstart => text.put(b"Stopped on iterations - objective value 0\n"),
    })?;
    sink.list(values.len(), |range, text| {
        for j in range {
            if values[j] == 0.0 && format == StartFormat::ScipSol {
                continue;
            }
            // Before the name, between it and the value, behind the value. Names hold no character
            // that XML would take for something else.
            let (before, between, behind): (&[u8], &[u8], &[u8]) = match format {
                StartFormat::GurobiMst | StartFormat::ScipSol | StartFormat::HighsSol => {
                    (b"", b" ", b"")
                }
                StartFormat::CplexMst => (b"  <variable name=\"", b"\" value=\"", b"\"/>"),
                StartFormat::XpressSlx => (b"  C ", b"  ", b""),
                StartFormat::CbcMipstart => (b" ", b" ", b" 0"),
            };
            if format == StartFormat::CbcMipstart {
                text.put(b" ");
                text.int(j);
            }
            text.put(before);
            names.var(text, VarId(j as u32));
            text.put(between);
            text.num(values[j]);
            text.put(behind);
            text.end();
        }
    })?;
    match format {
        StartFormat::HighsSol => {}
        StartFormat::CplexMst => {
            let foot = b" </variables>\n</CPLEXSolution>\n";
            return Ok(sink.once(|text| text.put(foot))?);
        }
        StartFormat::XpressSlx => return Ok(sink.once(|text| text.put(b"ENDATA\n"))?),
        StartFormat::GurobiMst | StartFormat::ScipSol | StartFormat::CbcMipstart => return Ok(()),
    }
    sink.once(|text| {
        text.put(b"# Rows ");
        text.int(model.row_count());
        text.end();
    })?;
    sink.list(model.row_count(), |range, text| {
        for row in model.rows.range(range) {
            let activity = row.cols.iter().zip(row.vals).map(|(v, a)| a * values[v.index()]);
            let activity: f64 = activity.sum();
            names.row(text, row.id);
            text.put(b" ");
            text.num(activity);
            text.end();
        }
    })?;
    Ok(())
}
