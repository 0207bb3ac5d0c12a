//! A user's own names: rules, one a line, from which names are computed.
//!
//! ```text
//! # symbol = template; indices in braces, `[...]` is left out where there is no step
//! w   = weight({layer},{i},{j})[@{step}]
//! row upd = step_of_{layer}_{i}_{j}@{step}_row_{row}
//! n "x[1]" = alpha          # a foreign model's variable
//! ```
//!
//! Legal by construction: every reader takes the characters, the length holds for the largest
//! indices, and no choice of indices makes a word that a reader keeps for itself. Injective by
//! construction: a variable's template shows every index of its kind and a row's its number; no
//! digit stands beside an index, so that the digits of a name give the indices back; and no two
//! kinds, rules or not, have names that are alike when every number is replaced by one symbol. A
//! step that is missing is `none`, or the brackets around it are left out.

mod error;
mod parse;
mod template;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use indexmap::IndexMap;

pub use error::{MapFault, NameMapError};
use template::Template;

use super::legal::{is_kept, is_kept_row, skeleton};
use super::readable::{readable, readable_row};
use crate::front::map;
use crate::ir::role::{Axis, Family, Origin, Place, Role, Rule};

/// A map of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMap {
    /// The rules, one a line, in one form.
    rules: Vec<String>,
    /// Templates by stable code.
    families: Vec<Option<Template>>,
    rows: Vec<Option<Template>>,
    /// New names of foreign variables by their old ones.
    foreign: IndexMap<String, String>,
    /// The new names.
    fresh: BTreeSet<String>,
    /// What names look like, and whose they are.
    shapes: BTreeMap<Vec<u8>, Whose>,
    row_shapes: BTreeMap<Vec<u8>, Whose>,
}

/// What a rule is for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Whose {
    Family(Family),
    /// The variable of a foreign model with this name.
    Foreign(String),
    Row(Rule),
}

impl Whose {
    /// As a rule begins.
    fn text(&self) -> String {
        match self {
            Whose::Family(family) => family.symbol().to_owned(),
            Whose::Foreign(old) => {
                let old = old.replace('\\', "\\\\").replace('"', "\\\"");
                format!("{} \"{old}\"", Family::Named.symbol())
            }
            Whose::Row(rule) => format!("row {}", rule.symbol()),
        }
    }

    fn words(&self) -> String {
        match self {
            Whose::Family(family) => format!("`{}` ({})", self.text(), family.words()),
            Whose::Foreign(_) => format!("`{}`", self.text()),
            Whose::Row(rule) => format!("`{}` ({})", self.text(), rule.words()),
        }
    }
}

impl NameMap {
    /// Reads the rules in the file at `path`.
    ///
    /// # Errors
    /// [`NameMapError`], which points into the file.
    pub fn load(path: &Path) -> Result<Self, NameMapError> {
        let name = path.display().to_string();
        let failed = |source| NameMapError::Io { name: name.clone(), source };
        let bytes = map::read(path, map::SPEC).map_err(failed)?;
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| NameMapError::NoText { name: name.clone() })?;
        Self::parse(&name, &text)
    }

    /// Parses `text`; errors call it `name`.
    ///
    /// # Errors
    /// [`NameMapError`], which points into the text.
    pub fn parse(name: &str, text: &str) -> Result<Self, NameMapError> {
        parse::parse(name, text)
    }

    /// The rules, one a line, as [`NameMap::parse`] takes them.
    #[must_use]
    pub fn rules(&self) -> &[String] {
        &self.rules
    }

    /// The new names that the map gives to foreign variables, by their old ones.
    pub fn renamed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.foreign.iter().map(|(old, new)| (old.as_str(), new.as_str()))
    }

    /// Without a rule.
    fn readable() -> Self {
        let code = |codes: &mut dyn Iterator<Item = u8>| codes.max().map_or(0, usize::from) + 1;
        NameMap {
            rules: Vec::new(),
            families: vec![None; code(&mut Family::ALL.iter().map(|f| f.code()))],
            rows: vec![None; code(&mut Rule::ALL.iter().map(|r| r.code()))],
            foreign: IndexMap::new(),
            fresh: BTreeSet::new(),
            shapes: BTreeMap::new(),
            row_shapes: BTreeMap::new(),
        }
    }

    fn set(&mut self, whose: &Whose, template: Template, text: &str) {
        match whose {
            Whose::Family(family) => {
                self.families[usize::from(family.code())] = Some(template);
            }
            Whose::Row(rule) => self.rows[usize::from(rule.code())] = Some(template),
            Whose::Foreign(old) => {
                self.foreign.insert(old.clone(), text.to_owned());
            }
        }
    }

    /// Compares what all names look like.
    fn settle(&mut self) -> Result<(), (Whose, Whose)> {
        let (mut shapes, mut row_shapes) = (BTreeMap::new(), BTreeMap::new());
        for &family in Family::ALL {
            let own = match self.family(family) {
                Some(template) => template.skeletons(),
                None => unruled(family.axes(), |place, out| readable(Role { family, place }, out)),
            };
            claim(&mut shapes, own, &Whose::Family(family))?;
        }
        // What is left of a foreign name may follow the number.
        if self.family(Family::Named).is_none() {
            let beyond = shapes.iter().find(|(s, w)| follows_number(s) && !is_named(w));
            if let Some((_, whose)) = beyond {
                return Err((whose.clone(), Whose::Family(Family::Named)));
            }
        }
        let mut fresh: BTreeMap<&str, Whose> = BTreeMap::new();
        for (old, new) in &self.foreign {
            let whose = Whose::Foreign(old.clone());
            let shape = skeleton(new.as_bytes());
            let named = self.family(Family::Named).is_none() && follows_number(&shape);
            let taken =
                if named { Some(&Whose::Family(Family::Named)) } else { shapes.get(&shape) };
            if let Some(other) = taken.or_else(|| fresh.get(new.as_str())) {
                return Err((whose, other.clone()));
            }
            fresh.insert(new, whose);
        }
        for &rule in Rule::ALL {
            let own = match self.row_rule(rule) {
                Some(template) => template.skeletons(),
                None => unruled(rule.axes(), |place, out| {
                    readable_row(Origin { rule, place }, 0, out);
                }),
            };
            claim(&mut row_shapes, own, &Whose::Row(rule))?;
        }
        self.fresh = fresh.into_keys().map(str::to_owned).collect();
        self.shapes = shapes;
        self.row_shapes = row_shapes;
        Ok(())
    }

    fn family(&self, family: Family) -> Option<&Template> {
        self.families.get(usize::from(family.code()))?.as_ref()
    }

    fn row_rule(&self, rule: Rule) -> Option<&Template> {
        self.rows.get(usize::from(rule.code()))?.as_ref()
    }

    /// Appends the name of a variable of this role; `own` is its name in a foreign model.
    pub(super) fn var(&self, role: Role, own: Option<&str>, out: &mut Vec<u8>) {
        let new = own.filter(|_| !self.foreign.is_empty()).and_then(|own| self.foreign.get(own));
        if let Some(new) = new {
            out.extend_from_slice(new.as_bytes());
        } else if let Some(template) = self.family(role.family) {
            template.write(role.place, 0, out);
        } else {
            super::readable_var(role, own, |name| self.keeps(name), out);
        }
    }

    /// Whether a foreign variable's own name stays, unless a rule says otherwise.
    #[must_use]
    pub fn keeps(&self, name: &str) -> bool {
        is_kept(name)
            && !self.shapes.contains_key(&skeleton(name.as_bytes()))
            && !self.fresh.contains(name)
    }

    /// Appends the name of a row; `own` is its name in a foreign model.
    pub(super) fn row(&self, origin: Origin, number: u32, own: Option<&str>, out: &mut Vec<u8>) {
        match self.row_rule(origin.rule) {
            Some(template) => template.write(origin.place, number, out),
            None => super::readable_row_name(origin, number, own, |n| self.keeps_row(n), out),
        }
    }

    /// Whether a foreign row's own name stays, unless a rule says otherwise.
    #[must_use]
    pub fn keeps_row(&self, name: &str) -> bool {
        is_kept_row(name) && !self.row_shapes.contains_key(&skeleton(name.as_bytes()))
    }
}

/// Whether this is a number behind `n_`, with or without more.
fn follows_number(shape: &[u8]) -> bool {
    shape.strip_prefix(b"n_#").is_some_and(|rest| rest.first().is_none_or(|b| *b == b'_'))
}

fn is_named(whose: &Whose) -> bool {
    *whose == Whose::Family(Family::Named)
}

/// Enters what the names of one kind look like.
fn claim(
    shapes: &mut BTreeMap<Vec<u8>, Whose>,
    own: [Vec<u8>; 2],
    whose: &Whose,
) -> Result<(), (Whose, Whose)> {
    for shape in own {
        if let Some(other) = shapes.insert(shape, whose.clone())
            && other != *whose
        {
            return Err((whose.clone(), other));
        }
    }
    Ok(())
}

/// What names by the readable rule look like, with a step and without one.
fn unruled(axes: &[Axis], name: impl Fn(Place, &mut Vec<u8>)) -> [Vec<u8>; 2] {
    let with = if axes.contains(&Axis::Step) { Place::NONE.step(0) } else { Place::NONE };
    [with, Place::NONE].map(|place| {
        let mut out = Vec::new();
        name(place, &mut out);
        skeleton(&out)
    })
}
