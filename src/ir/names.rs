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
//! most [`LONGEST`] bytes (both CBC versions crash on MPS names somewhere above 150), never a
//! digit in front, never `e` or `E` in front (CPLEX 22.2 reads `e1` as a number; such a symbol is
//! prefixed by `_`), and never a word that a reader keeps for itself.

use super::role::{Axis, Family, Place, Role};
use super::{Model, RowId, VarId};

/// No computed name is longer than this.
pub const LONGEST: usize = 120;

/// Bytes kept from the name of a foreign model's variable.
const FOREIGN: usize = 64;

/// How names look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameStyle {
    /// `x17` for variables, `c17` for rows: the smallest files.
    Short,
    /// Computed from the role, to be read by people.
    #[default]
    Readable,
}

impl NameStyle {
    /// Appends the name of a variable.
    pub fn var(self, model: &Model, id: VarId, out: &mut Vec<u8>) {
        match self {
            NameStyle::Short => numbered(b'x', id.0, out),
            NameStyle::Readable => {
                let role = model.vars.role[id.index()];
                match model.names.get(role.place.i as usize) {
                    Some(name) if role.family == Family::Named && is_kept(name) => {
                        out.extend_from_slice(name.as_bytes());
                    }
                    Some(name) if role.family == Family::Named => {
                        readable(role, out);
                        foreign(name, out);
                    }
                    _ => readable(role, out),
                }
            }
        }
    }

    /// Appends the name of a row.
    pub fn row(self, model: &Model, id: RowId, out: &mut Vec<u8>) {
        match self {
            NameStyle::Short => numbered(b'c', id.0, out),
            NameStyle::Readable => {
                let origin = model.rows.origin[id.index()];
                symbol(origin.rule.symbol(), out);
                indices(origin.rule.axes(), origin.place, out);
                out.push(b'_');
                numbered(b'c', id.0, out);
            }
        }
    }

    /// Appends the name of the special ordered set at `position`.
    pub fn sos(self, position: usize, out: &mut Vec<u8>) {
        numbered(b's', position as u32, out);
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
}

/// A variable in the user's words: `weight w_1_3_2_t2`.
#[must_use]
pub fn describe_var(model: &Model, id: VarId) -> String {
    match model.vars.role.get(id.index()) {
        Some(role) => format!(
            "variable {} ({}{})",
            NameStyle::Readable.var_string(model, id),
            role.family.words(),
            place_words(role.family.axes(), role.place)
        ),
        None => format!("variable number {} (which does not exist)", id.0),
    }
}

/// A row in the user's words.
#[must_use]
pub fn describe_row(model: &Model, id: RowId) -> String {
    match model.rows.origin.get(id.index()) {
        Some(origin) => format!(
            "row {} ({}{})",
            NameStyle::Readable.row_string(model, id),
            origin.rule.words(),
            place_words(origin.rule.axes(), origin.place)
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
    if layer != 0 && unused(Axis::Layer) {
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

/// The readable name of a role, without a foreign model's own name.
pub fn readable(role: Role, out: &mut Vec<u8>) {
    symbol(role.family.symbol(), out);
    indices(role.family.axes(), role.place, out);
}

/// Whether a symbol has to be prefixed.
const fn reads_as_exponent(symbol: &str) -> bool {
    matches!(symbol.as_bytes().first(), Some(b'e' | b'E'))
}

fn symbol(text: &str, out: &mut Vec<u8>) {
    if reads_as_exponent(text) {
        out.push(b'_');
    }
    out.extend_from_slice(text.as_bytes());
}

fn indices(axes: &[Axis], place: Place, out: &mut Vec<u8>) {
    for axis in axes {
        match axis {
            Axis::Layer => index(b"_", u32::from(place.layer), out),
            Axis::I => index(b"_", place.i, out),
            Axis::J => index(b"_", place.j, out),
            Axis::Sample => index(b"_s", place.sample, out),
            Axis::Step if place.step == Place::NO_STEP => {}
            Axis::Step => index(b"_t", u32::from(place.step), out),
        }
    }
}

fn index(mark: &[u8], value: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(mark);
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

fn numbered(letter: u8, number: u32, out: &mut Vec<u8>) {
    out.push(letter);
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Words that at least one reader keeps for itself, in lower case.
const RESERVED: &[&str] = &[
    "st", "s.t.", "st.", "bin", "binary", "binaries", "gen", "general", "generals", "int",
    "integer", "integers", "end", "free", "infinity", "max", "min", "maximize", "minimize",
    "maximum", "minimum", "maximise", "minimise", "subject", "such", "bound", "bounds", "sos",
    "sos1", "sos2", "semi", "semis", "sin", "rhs", "ranges", "endata", "lazy", "user", "multi",
    "pwlobj",
];

/// Beginnings that some reader takes for something else: HiGHS 1.15 any `inf...` and `nan...` for
/// a number, SCIP 10 lines of its solution files that begin with the others.
const BEGINNINGS: &[&str] = &["inf", "nan", "name", "endata", "log"];

/// Whether a foreign variable's own name is written as it is. Every reader must take it, and no
/// name that is computed for a lowering's columns or for a foreign name that was not kept may be
/// the same: those begin with `n_`, `low_`, `sl_` or are `one`.
#[must_use]
pub fn is_kept(name: &str) -> bool {
    let Some(first) = name.bytes().next() else { return false };
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    let lower = name.to_ascii_lowercase();
    let computed = ["n_", "low_", "sl_"].iter().any(|p| name.starts_with(p)) || name == "one";
    name.len() <= FOREIGN
        && (first.is_ascii_alphabetic() || first == b'_')
        && !matches!(first, b'e' | b'E')
        && name.bytes().all(plain)
        && !computed
        && !RESERVED.contains(&lower.as_str())
        && !BEGINNINGS.iter().any(|p| lower.starts_with(p))
}

/// Appends what is legal of a foreign name; its number stands before it and keeps names apart.
fn foreign(name: &str, out: &mut Vec<u8>) {
    if name.is_empty() {
        return;
    }
    out.push(b'_');
    for byte in name.bytes().take(FOREIGN) {
        let legal = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
        out.push(if legal { byte } else { b'_' });
    }
}

#[cfg(test)]
mod tests {
    use super::super::role::Rule;
    use super::*;
    use std::collections::BTreeMap;

    fn legal(name: &str) {
        assert!(name.len() <= LONGEST, "{name}");
        let first = name.as_bytes()[0];
        assert!(first.is_ascii_alphabetic() || first == b'_', "{name}");
        assert!(!matches!(first, b'e' | b'E'), "{name}");
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
        assert!(name.bytes().all(plain), "{name}");
        let lower = name.to_ascii_lowercase();
        assert!(!RESERVED.contains(&lower.as_str()), "{name}");
        for prefix in ["inf", "nan", "name", "endata", "log started", "=obj="] {
            assert!(!lower.starts_with(prefix), "{name}");
        }
    }

    fn place(rng: &mut fastrand::Rng, axes: &[Axis]) -> Place {
        let pick = |rng: &mut fastrand::Rng| match rng.u8(0..4) {
            0 => u32::MAX,
            1 => rng.u32(..),
            _ => rng.u32(0..12),
        };
        let mut p = Place::NONE;
        for axis in axes {
            match axis {
                Axis::Layer => p.layer = pick(rng) as u16,
                Axis::I => p.i = pick(rng),
                Axis::J => p.j = pick(rng),
                Axis::Sample => p.sample = pick(rng),
                Axis::Step => p.step = pick(rng) as u16,
            }
        }
        p
    }

    #[test]
    fn readable_names_are_legal_and_tell_roles_apart() {
        let mut rng = fastrand::Rng::with_seed(1);
        let mut seen: BTreeMap<String, Role> = BTreeMap::new();
        for _ in 0..400 {
            for &family in Family::ALL {
                let role = family.at(place(&mut rng, family.axes()));
                let mut out = Vec::new();
                readable(role, &mut out);
                let name = String::from_utf8(out).unwrap();
                legal(&name);
                if let Some(old) = seen.insert(name.clone(), role) {
                    assert_eq!(old, role, "{name}");
                }
            }
        }
        assert!(seen.len() > 10_000);
    }

    #[test]
    fn row_names_are_legal_and_distinct() {
        let mut rng = fastrand::Rng::with_seed(2);
        let mut model = Model::new();
        for _ in 0..50 {
            for &rule in Rule::ALL {
                model.add_row(
                    &[],
                    super::super::Sense::Le,
                    0.0,
                    rule.at(place(&mut rng, rule.axes())),
                );
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        for r in 0..model.row_count() {
            let name = NameStyle::Readable.row_string(&model, RowId(r as u32));
            legal(&name);
            assert!(seen.insert(name));
        }
    }

    #[test]
    fn symbols_are_unique_and_cannot_run_into_indices() {
        let mut seen = std::collections::BTreeSet::new();
        for family in Family::ALL {
            assert!(seen.insert(family.symbol()), "{}", family.symbol());
            assert!(family.symbol().bytes().all(|b| b.is_ascii_lowercase()));
        }
        let mut seen = std::collections::BTreeSet::new();
        for rule in Rule::ALL {
            assert!(seen.insert(rule.symbol()), "{}", rule.symbol());
            assert!(rule.symbol().bytes().all(|b| b.is_ascii_lowercase()));
        }
    }

    #[test]
    fn foreign_names_stay_apart_when_cleaned() {
        let mut model = Model::new();
        let long = "e".repeat(3000);
        for (k, name) in ["x[1]", "x(1)", "", "end", "é中", &long, "x[1]"].iter().enumerate() {
            model.names.push((*name).to_string());
            let role = Family::Named.at(Place::NONE.i(k));
            model.add_var(super::super::VarKind::Continuous, 0.0, 1.0, role);
        }
        let mut seen = std::collections::BTreeSet::new();
        for j in 0..model.var_count() {
            let name = NameStyle::Readable.var_string(&model, VarId(j as u32));
            legal(&name);
            assert!(seen.insert(name));
        }
        assert!(seen.contains("n_0_x_1_"));
    }

    #[test]
    fn legal_foreign_names_are_kept_unless_one_is_computed() {
        for name in ["x", "x_1.a", "_w", "Sum12", "n1", "lowest", "ones", "slack"] {
            legal(name);
            assert!(is_kept(name), "{name}");
        }
        let long = "x".repeat(FOREIGN + 1);
        for name in [
            "", "1x", "e1", "E", "x[1]", "x-y", "end", "Free", "inf_x", "n_3", "low_0", "one",
            "sl_1", "é", &long,
        ] {
            assert!(!is_kept(name), "{name}");
        }
    }
}
