//! Attributes of a node, with their types checked.

use super::error::OnnxProblem;
use super::proto::{Attribute, Node, attribute_type};

/// The attributes of one node.
pub(super) struct Attributes<'a> {
    list: &'a [Attribute],
}

impl<'a> Attributes<'a> {
    /// Refuses attributes that are not in `known`, given twice, or taken from a function.
    pub(super) fn new(node: &'a Node, known: &[&str]) -> Result<Self, OnnxProblem> {
        for (position, attribute) in node.attribute.iter().enumerate() {
            let name = attribute.name.clone();
            if !known.contains(&attribute.name.as_str()) {
                return Err(OnnxProblem::UnknownAttribute { name });
            }
            if node.attribute.iter().take(position).any(|earlier| earlier.name == name) {
                return Err(OnnxProblem::BadAttribute { name, reason: "is given twice" });
            }
            if !attribute.ref_attr_name.is_empty() {
                let reason = "refers to an attribute of a function";
                return Err(OnnxProblem::BadAttribute { name, reason });
            }
        }
        Ok(Attributes { list: &node.attribute })
    }

    /// A finite float, or `default` where it is absent.
    pub(super) fn float(&self, name: &str, default: f32) -> Result<f32, OnnxProblem> {
        match self.get(name, attribute_type::FLOAT, "is not a float")? {
            Some(attribute) if !attribute.f.is_finite() => {
                let name = name.to_owned();
                Err(OnnxProblem::BadAttribute { name, reason: "is not finite" })
            }
            found => Ok(found.map_or(default, |attribute| attribute.f)),
        }
    }

    /// An integer, or `default` where it is absent.
    pub(super) fn int(&self, name: &str, default: i64) -> Result<i64, OnnxProblem> {
        let found = self.get(name, attribute_type::INT, "is not an integer")?;
        Ok(found.map_or(default, |attribute| attribute.i))
    }

    /// A list of integers, if it is there.
    pub(super) fn ints(&self, name: &str) -> Result<Option<&'a [i64]>, OnnxProblem> {
        let found = self.get(name, attribute_type::INTS, "is no list of integers")?;
        Ok(found.map(|attribute| attribute.ints.as_slice()))
    }

    /// A list of finite floats, if it is there.
    pub(super) fn floats(&self, name: &str) -> Result<Option<&'a [f32]>, OnnxProblem> {
        match self.get(name, attribute_type::FLOATS, "is no list of floats")? {
            Some(attribute) if attribute.floats.iter().any(|v| !v.is_finite()) => {
                let name = name.to_owned();
                Err(OnnxProblem::BadAttribute { name, reason: "is not finite" })
            }
            found => Ok(found.map(|attribute| attribute.floats.as_slice())),
        }
    }

    /// A string, or `default` where it is absent.
    pub(super) fn text(&self, name: &str, default: &'a str) -> Result<&'a str, OnnxProblem> {
        let found = self.get(name, attribute_type::STRING, "is not a string")?;
        let Some(attribute) = found else { return Ok(default) };
        std::str::from_utf8(&attribute.s).map_err(|_| {
            let name = name.to_owned();
            OnnxProblem::BadAttribute { name, reason: "is no UTF-8 text" }
        })
    }

    /// All of them.
    pub(super) fn all(&self) -> &'a [Attribute] {
        self.list
    }

    /// The attribute, which must have the given type.
    pub(super) fn get(
        &self,
        name: &str,
        code: i32,
        reason: &'static str,
    ) -> Result<Option<&'a Attribute>, OnnxProblem> {
        match self.list.iter().find(|attribute| attribute.name == name) {
            Some(attribute) if attribute.r#type != code => {
                Err(OnnxProblem::BadAttribute { name: name.to_owned(), reason })
            }
            found => Ok(found),
        }
    }
}
