//! Puts the values of a solution file onto the columns of a model.

use indexmap::IndexMap;

use super::{Solution, Values};
use crate::front::printable::number;
use crate::ir::names::is_helper;
use crate::ir::{Family, Model, fingerprint};

/// Why a solution does not fit a model.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AssignError {
    /// There is no point to assign.
    #[error("the solution carries no point; solve again with more time, or use its status alone")]
    NoPoint,
    /// Only some columns have values.
    #[error(
        "the file lists start values of some columns alone; give a solution file, which lists all \
         columns"
    )]
    Partial,
    /// A name of the file is none of the model's.
    #[error(
        "the solution gives a value to `{name}`, which is no variable of this model; it belongs to \
         another model, so give the solution of this one"
    )]
    UnknownName {
        /// The first such name of the file.
        name: String,
    },
    /// A name of the model is missing in a file that lists all.
    #[error(
        "the solution gives no value to `{name}`, although its format lists every variable; it is \
         cut or belongs to another model, so give the whole solution of this one"
    )]
    MissingName {
        /// The first such name of the model.
        name: String,
    },
    /// A file by position has the wrong length.
    #[error(
        "the solution has {found} values by position and the model {expected} variables; give the \
         solution of this very model file"
    )]
    Count {
        /// Values of the file.
        found: usize,
        /// Variables of the model.
        expected: usize,
    },
    /// A value is infinite or so large that a solver means infinity.
    #[error(
        "the solution gives `{name}` the value {}, which means infinity to a solver; a point \
         of an unbounded problem is no solution",
        number(*.value)
    )]
    Infinite {
        /// The variable.
        name: String,
        /// The value.
        value: f64,
    },
    /// The fingerprint of the file is not the model's.
    #[error(
        "this solution belongs to another model: its column `{name}`, which names the model, has \
         the value {} and this model's is {}; give the solution of this very instance",
        number(*.found), number(*.expected)
    )]
    OtherModel {
        /// Name of the column.
        name: String,
        /// Value of the file; zero where it states none.
        found: f64,
        /// The model's number.
        expected: f64,
    },
    /// The objective has the sign of the other sense.
    #[error(
        "the file states the objective {} and its point has {}: it is of a file of this model \
         that is in the other sense; give the solution of one that the instance holds",
        number(*.stated), number(*.computed)
    )]
    OtherSense {
        /// As the file has it.
        stated: f64,
        /// At the assigned point, in the sense of the instance's file.
        computed: f64,
    },
    /// The objective at the point is not what the file says.
    #[error(
        "the file states the objective {} and its point has {}; the file is cut or \
         belongs to another model, so give the whole solution of this one",
        number(*.stated), number(*.computed)
    )]
    Objective {
        /// As the file has it.
        stated: f64,
        /// At the assigned point.
        computed: f64,
    },
}

/// Values of the columns `names`, in their order.
///
/// Files by name are matched by name; where the format leaves out zeros, a missing name is 0.
/// Columns that SCIP adds by itself (`quadobjvar`, `qmatrixvar`, `indslack_...`) are passed over. Files by
/// position must have as many values as there are names.
///
/// # Errors
/// See [`AssignError`]; the first offending name is reported.
pub fn assign<N: AsRef<str>>(
    solution: &Solution,
    names: impl IntoIterator<Item = N>,
) -> Result<Vec<f64>, AssignError> {
    match &solution.values {
        Values::None => Err(AssignError::NoPoint),
        Values::Partial(_) => Err(AssignError::Partial),
        Values::Named { values, complete } => by_name(values, *complete, names),
        Values::Indexed(values) => {
            let names: Vec<N> = names.into_iter().collect();
            if names.len() != values.len() {
                return Err(AssignError::Count { found: values.len(), expected: names.len() });
            }
            for (name, v) in names.iter().zip(values) {
                check(name.as_ref(), *v)?;
            }
            Ok(values.clone())
        }
    }
}

fn by_name<N: AsRef<str>>(
    values: &IndexMap<String, f64>,
    complete: bool,
    names: impl IntoIterator<Item = N>,
) -> Result<Vec<f64>, AssignError> {
    let mut used = vec![false; values.len()];
    let mut out = Vec::new();
    let mut missing = None;
    for name in names {
        let name = name.as_ref();
        let Some((k, _, v)) = values.get_full(name) else {
            missing.get_or_insert_with(|| name.to_owned());
            out.push(0.0);
            continue;
        };
        check(name, *v)?;
        if let Some(flag) = used.get_mut(k) {
            *flag = true;
        }
        out.push(*v);
    }
    let strange = values.keys().zip(&used).find(|(name, used)| !**used && !is_helper(name));
    if let Some((name, _)) = strange {
        return Err(AssignError::UnknownName { name: name.clone() });
    }
    match missing {
        Some(name) if complete => Err(AssignError::MissingName { name }),
        Some(_) | None => Ok(out),
    }
}

fn check(name: &str, value: f64) -> Result<(), AssignError> {
    if value.abs() < 1e20 {
        Ok(())
    } else {
        Err(AssignError::Infinite { name: name.to_owned(), value })
    }
}

/// Confirms that the values `x` of the columns of `model` hold the [`fingerprint`] of the model, if
/// it has one. Formats of six digits print it in full, and solvers move no fixed column, so that
/// it is the nearest whole number or another one.
///
/// # Errors
/// [`AssignError::OtherModel`].
pub fn confirm_fingerprint(model: &Model, x: &[f64]) -> Result<(), AssignError> {
    let Some((column, expected)) = fingerprint::column(model) else { return Ok(()) };
    let found = x.get(column.index()).copied().unwrap_or(0.0);
    confirm_number(Family::Fingerprint.symbol(), found, expected)
}

/// Confirms one value of the column that holds the fingerprint.
///
/// # Errors
/// [`AssignError::OtherModel`].
pub fn confirm_number(name: &str, found: f64, expected: f64) -> Result<(), AssignError> {
    if found.round() == expected {
        return Ok(());
    }
    Err(AssignError::OtherModel { name: name.to_owned(), found, expected })
}

/// Confirms that the objective at the assigned point, `computed`, is the one that the file states.
///
/// This finds files cut between two lines in formats that leave out zeros, and values of another
/// model with the same names. The tolerance is 1e-5 relative, above what solvers' feasibility
/// tolerances do to nonconvex objectives, or [`Solution::printing`] where that is more; a file that
/// states no objective is confirmed.
///
/// # Errors
/// [`AssignError::Objective`], [`AssignError::OtherSense`].
pub fn confirm_objective(solution: &Solution, computed: f64) -> Result<(), AssignError> {
    let Some(stated) = solution.objective else { return Ok(()) };
    let tolerance = solution.printing().max(1e-5) * stated.abs().max(1.0);
    match (stated - computed, stated + computed) {
        (same, _) if same.abs() <= tolerance => Ok(()),
        (_, other) if other.abs() <= tolerance => Err(AssignError::OtherSense { stated, computed }),
        (_, _) => Err(AssignError::Objective { stated, computed }),
    }
}
