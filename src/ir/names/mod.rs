//! Names of variables and rows, computed from what they stand for.
//!
//! No name is stored. A name is its family's symbol followed by its indices, each behind `_`, with
//! `s` before a sample and `t` before a step: `w_1_3_2_t2` is the weight from input 2 to unit 3 of
//! layer 1 after two steps, `d_1_7_s12_t0` the ReLU switch of unit 7 for sample 12.
//!
//! Two different variables never get one name: symbols are unique, a family shows all of its
//! indices, only the step may be left out and only it begins with `t`. Rows may share an origin
//! (the rows of one ReLU do), so a row's name ends in its number: `relu_1_7_s12_t0_c41`.
//!
//! Every name is legal for every reader in every format: letters, digits, `_` and `.` alone, at
//! most [`LONGEST`] bytes, never a digit in front, never `e` or `E` in front (CPLEX 22.2 reads `e1` as a number; such a symbol is
//! prefixed by `_`), and never a word that a reader keeps for itself.
//!
//! A foreign model's own names of variables and rows stay where every reader takes them. A user's
//! [`NameMap`] replaces the rule for any kind of variable or row; that, too, is computed.

mod legal;
mod map;
mod readable;

pub use legal::{LONGEST, is_helper, is_kept, is_kept_row};
pub use map::{MapFault, NameMap, NameMapError};
pub use readable::readable;

use indexmap::IndexMap;

use readable::{foreign, readable_row};
pub(crate) use readable::{write_readable, write_readable_row};

use super::pen::{Pen, Word};
use super::role::{Axis, Family, Origin, Place, Role, Rule};
use super::{Model, RowId, VarId};

/// How names look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameStyle<'m> {
    /// `x17` for variables, `c17` for rows: the smallest files.
    Short,
    /// Computed from the role, to be read by people.
    #[default]
    Readable,
    /// Computed from a user's rules.
    Map(&'m NameMap),
}

/// How names look, with the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// See [`NameStyle::Short`].
    Short,
    /// See [`NameStyle::Readable`].
    #[default]
    Readable,
    /// See [`NameStyle::Map`].
    Map(Box<NameMap>),
}

impl From<NameMap> for Names {
    fn from(map: NameMap) -> Self {
        Names::Map(Box::new(map))
    }
}

impl Names {
    /// The style that borrows from this.
    #[must_use]
    pub fn style(&self) -> NameStyle<'_> {
        match self {
            Names::Short => NameStyle::Short,
            Names::Readable => NameStyle::Readable,
            Names::Map(map) => NameStyle::Map(map),
        }
    }
}

impl NameStyle<'_> {
    /// Whether every name is a few words and numbers, without a foreign name or a user's rule.
    pub(crate) fn is_computed(self, model: &Model) -> bool {
        match self {
            NameStyle::Short => true,
            NameStyle::Readable => model.names.is_empty() && model.row_names.is_empty(),
            NameStyle::Map(_) => false,
        }
    }

    /// Writes the computed name of a variable, short or readable.
    #[inline(always)]
    pub(crate) fn write_var(self, model: &Model, id: VarId, pen: &mut Pen<'_>) {
        match self {
            NameStyle::Short => pen.marked(const { Word::new(b"x") }, id.0),
            NameStyle::Readable | NameStyle::Map(_) => {
                write_readable(model.vars.role[id.index()], pen);
            }
        }
    }

    /// Writes the computed name of a row, short or readable.
    #[inline(always)]
    pub(crate) fn write_row(self, model: &Model, id: RowId, pen: &mut Pen<'_>) {
        match self {
            NameStyle::Short => pen.marked(const { Word::new(b"c") }, id.0),
            NameStyle::Readable | NameStyle::Map(_) => {
                write_readable_row(model.rows.origin[id.index()], id.0, pen);
            }
        }
    }

    /// Appends the name of a variable.
    pub fn var(self, model: &Model, id: VarId, out: &mut Vec<u8>) {
        let role = model.vars.role[id.index()];
        match self {
            NameStyle::Map(map) => map.var(role, own(model, role), out),
            NameStyle::Readable if !self.is_computed(model) => {
                readable_var(role, own(model, role), is_kept, out);
            }
            NameStyle::Short | NameStyle::Readable => {
                Pen::append(out, |pen| self.write_var(model, id, pen));
            }
        }
    }

    /// Appends the name of a row.
    pub fn row(self, model: &Model, id: RowId, out: &mut Vec<u8>) {
        let origin = model.rows.origin[id.index()];
        match self {
            NameStyle::Map(map) => map.row(origin, id.0, own_row(model, origin), out),
            NameStyle::Readable if !self.is_computed(model) => {
                readable_row_name(origin, id.0, own_row(model, origin), is_kept_row, out);
            }
            NameStyle::Short | NameStyle::Readable => {
                Pen::append(out, |pen| self.write_row(model, id, pen));
            }
        }
    }

    /// Appends the name of the special ordered set at `position`.
    pub fn sos(self, position: usize, out: &mut Vec<u8>) {
        Pen::append(out, |pen| pen.marked(Word::new(b"s"), position as u32));
    }

    /// The name of a variable as a string.
    #[must_use]
    pub fn var_string(self, model: &Model, id: VarId) -> String {
        let mut out = Vec::new();
        self.var(model, id, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    /// The name of a row as a string.
    #[must_use]
    pub fn row_string(self, model: &Model, id: RowId) -> String {
        let mut out = Vec::new();
        self.row(model, id, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    /// Whether the rules fit the model: each old name that they replace belongs to one variable.
    ///
    /// # Errors
    /// One sentence.
    pub fn fits(self, model: &Model) -> Result<(), String> {
        let NameStyle::Map(map) = self else { return Ok(()) };
        let mut counts: IndexMap<&str, usize> = map.renamed().map(|(old, _)| (old, 0)).collect();
        for name in &model.names {
            if let Some(count) = counts.get_mut(name.as_str()) {
                *count += 1;
            }
        }
        for (old, new) in map.renamed() {
            let count = counts.get(old).copied().unwrap_or(0);
            if count != 1 {
                let found =
                    if count == 0 { "no variable".into() } else { format!("{count} variables") };
                return Err(format!(
                    "{found} of the model {} called {old:?}, which the name map calls {new}",
                    if count < 2 { "is" } else { "are" }
                ));
            }
        }
        Ok(())
    }
}

/// The name of a variable of a foreign model.
fn own(model: &Model, role: Role) -> Option<&str> {
    let named = role.family == Family::Named;
    model.names.get(role.place.i as usize).filter(|_| named).map(String::as_str)
}

/// The name of a row of a foreign model.
fn own_row(model: &Model, origin: Origin) -> Option<&str> {
    let named = origin.rule == Rule::Foreign && !model.row_names.is_empty();
    let name = model.row_names.get(origin.place.i as usize).filter(|_| named);
    name.map(String::as_str).filter(|name| !name.is_empty())
}

/// Rows with the name of an earlier row: two that were made of one row of a foreign model.
pub(crate) fn rows_named_again(model: &Model) -> Vec<usize> {
    let mut named = vec![false; model.row_names.len()];
    let again = |(r, origin): (usize, &Origin)| {
        let foreign = origin.rule == Rule::Foreign;
        let seen = named.get_mut(origin.place.i as usize).filter(|_| foreign)?;
        std::mem::replace(seen, true).then_some(r)
    };
    if model.row_names.is_empty() {
        return Vec::new();
    }
    model.rows.origin.iter().enumerate().filter_map(again).collect()
}

fn readable_var(role: Role, own: Option<&str>, keeps: impl Fn(&str) -> bool, out: &mut Vec<u8>) {
    match own {
        Some(name) if keeps(name) => out.extend_from_slice(name.as_bytes()),
        Some(name) => {
            readable(role, out);
            foreign(name, out);
        }
        None => readable(role, out),
    }
}

fn readable_row_name(
    origin: Origin,
    number: u32,
    own: Option<&str>,
    keeps: impl Fn(&str) -> bool,
    out: &mut Vec<u8>,
) {
    match own.filter(|name| origin.rule == Rule::Foreign && keeps(name)) {
        Some(name) => out.extend_from_slice(name.as_bytes()),
        None => readable_row(origin, number, out),
    }
}

/// A variable in the user's words: `weight w_1_3_2_t2`; one of a model file by its name there.
#[must_use]
pub fn describe_var(model: &Model, id: VarId) -> String {
    let role = model.vars.role.get(id.index());
    if let Some(name) = role.and_then(|r| own(model, *r)).filter(|name| !name.is_empty()) {
        return format!("column `{name}`");
    }
    match role {
        Some(role) => format!(
            "variable {} ({}{})",
            NameStyle::Readable.var_string(model, id),
            role.family.words(),
            place_words(role.family.axes(), role.place)
        ),
        None => format!("variable number {} (which does not exist)", id.0),
    }
}

/// A special ordered set by its members.
#[must_use]
pub fn describe_set(model: &Model, members: &[(VarId, f64)]) -> String {
    const SHOWN: usize = 3;
    let name = |v: &VarId| match model.vars.role.get(v.index()).and_then(|r| own(model, *r)) {
        Some(name) if !name.is_empty() => format!("`{name}`"),
        Some(_) | None => NameStyle::Readable.var_string(model, *v),
    };
    let shown: Vec<String> = members.iter().take(SHOWN).map(|(v, _)| name(v)).collect();
    let more = if members.len() > SHOWN { ", ..." } else { "" };
    format!("the special ordered set of {}{more}", shown.join(", "))
}

/// A row in the user's words; one of a model file by its name there, if it has one.
#[must_use]
pub fn describe_row(model: &Model, id: RowId) -> String {
    let origin = model.rows.origin.get(id.index());
    if let Some(name) = origin.and_then(|o| own_row(model, *o)) {
        return format!("row `{name}`");
    }
    match origin {
        Some(origin) => format!(
            "row {} ({}{})",
            NameStyle::Readable.row_string(model, id),
            origin.rule.words(),
            match origin.rule {
                // The index of a foreign row only points to its own name.
                Rule::Foreign => String::new(),
                rule => place_words(rule.axes(), origin.place),
            }
        ),
        None => format!("row number {} (which does not exist)", id.0),
    }
}

/// `, layer 1, sample 12, step 2`.
fn place_words(axes: &[Axis], place: Place) -> String {
    let mut text = String::new();
    for axis in axes {
        let part = match axis {
            Axis::Layer => format!(", layer {}", place.layer),
            Axis::Node => format!(", node {}", place.layer),
            Axis::I => format!(", index {}", place.i),
            Axis::J => format!(", second index {}", place.j),
            Axis::Sample => format!(", sample {}", place.sample),
            Axis::Step if place.step == Place::NO_STEP => String::new(),
            Axis::Step => format!(", step {}", place.step),
        };
        text.push_str(&part);
    }
    text
}

/// Indices of `place` that `axes` does not show. A role or origin with one would not be told apart
/// from another by its name.
pub(crate) fn hidden_index(axes: &[Axis], place: Place) -> Option<&'static str> {
    // Destructured, so that a new index cannot be forgotten.
    let Place { layer, step, sample, i, j } = place;
    let unused = |axis: Axis| !axes.contains(&axis);
    if layer != 0 && unused(Axis::Layer) && unused(Axis::Node) {
        Some("layer")
    } else if step != Place::NO_STEP && unused(Axis::Step) {
        Some("step")
    } else if sample != 0 && unused(Axis::Sample) {
        Some("sample")
    } else if i != 0 && unused(Axis::I) {
        Some("i")
    } else if j != 0 && unused(Axis::J) {
        Some("j")
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
