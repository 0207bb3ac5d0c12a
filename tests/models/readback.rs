//! A written file, read back by our own readers and compared with what it was written from.

use theriac::back::{NameStyle, Written};
use theriac::front::model::{ForeignModel, ModelFormat, read};
use theriac::ir::compare::differences;
use theriac::ir::{Family, Model, Place, VarId};
use theriac::lower::{Format, Target};

/// The model with every variable called as files call it.
pub fn as_written(model: &Model, style: NameStyle) -> Model {
    let mut out = Model { names: Vec::new(), vars: Default::default(), ..model.clone() };
    for v in model.vars.iter() {
        out.names.push(style.var_string(model, v.id));
        out.add_var(v.kind, v.lower, v.upper, Family::Named.at(Place::NONE.i(v.id.index())));
    }
    out
}

pub fn format(target: Target) -> ModelFormat {
    match target.format() {
        Format::Lp => ModelFormat::Lp,
        Format::Mps => ModelFormat::Mps,
        Format::NlText | Format::NlBinary => ModelFormat::Nl,
        Format::Memory => panic!("no file"),
    }
}

/// Names of the columns of an NL file in their order, which the file itself does not hold.
pub fn column_names(model: &Model, written: &Written, style: NameStyle) -> Option<Vec<String>> {
    let name = |v: &VarId| style.var_string(model, *v);
    written.columns.as_ref().map(|c| c.vars.iter().map(name).collect())
}

/// Whether both have the same objective and are violated alike at random points; the columns of
/// `found` have the names of those of `model`.
fn different_values(
    model: &Model,
    found: &Model,
    names: &[String],
    style: NameStyle,
) -> Vec<String> {
    let place: Vec<usize> = (0..model.var_count())
        .map(|j| style.var_string(model, VarId(j as u32)))
        .map(|name| names.iter().position(|n| *n == name).unwrap())
        .collect();
    let mut rng = fastrand::Rng::with_seed(5);
    let mut out = Vec::new();
    for _ in 0..100 {
        let x: Vec<f64> = place.iter().map(|_| rng.f64() * 3.0).collect();
        let mut y = vec![0.0; x.len()];
        place.iter().zip(&x).for_each(|(k, v)| y[*k] = *v);
        let values = |m: &Model, x: &[f64]| [m.objective_at(x), m.violation(x).amount];
        let (a, b) = (values(model, &x), values(found, &y));
        if a.iter().zip(&b).any(|(a, b)| (a - b).abs() > 1e-12 * (1.0 + a.abs())) {
            out.push(format!("{a:?} and {b:?} at {x:?}"));
        }
    }
    out
}

/// What our reader makes of a file of `model`, and what is different in it.
pub fn read_back(
    model: &Model,
    target: Target,
    bytes: &[u8],
    names: Option<&[String]>,
    style: NameStyle,
    shown: &str,
) -> (ForeignModel, Vec<String>) {
    let found = read(bytes, format(target), names, shown).unwrap_or_else(|e| panic!("{e}"));
    let mut differences = differences(&as_written(model, style), &found.model, 5);
    if !model.exprs.is_empty() {
        differences.extend(different_values(model, &found.model, names.unwrap(), style));
    }
    (found, differences)
}
