//! Variables, stored by column.

use super::role::Role;

/// A variable of one [`super::Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VarId(pub u32);

impl VarId {
    /// Position in the column arrays.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The domain of a variable besides its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum VarKind {
    /// Any real number.
    Continuous,
    /// Any integer.
    Integer,
    /// 0 or 1.
    Binary,
}

/// All variables of a model, one entry per column in each array.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vars {
    pub(crate) kind: Vec<VarKind>,
    pub(crate) lower: Vec<f64>,
    pub(crate) upper: Vec<f64>,
    pub(crate) role: Vec<Role>,
}

/// One variable, read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarView {
    /// Its handle.
    pub id: VarId,
    /// Its domain.
    pub kind: VarKind,
    /// Lower bound, possibly `-inf`.
    pub lower: f64,
    /// Upper bound, possibly `+inf`.
    pub upper: f64,
    /// What it stands for.
    pub role: Role,
}

impl Vars {
    pub(crate) fn push(&mut self, kind: VarKind, lower: f64, upper: f64, role: Role) -> VarId {
        let id = VarId(self.kind.len() as u32);
        self.kind.push(kind);
        self.lower.push(lower);
        self.upper.push(upper);
        self.role.push(role);
        id
    }

    /// Number of variables.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    /// Whether there is no variable.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }

    /// Reads one variable.
    #[must_use]
    pub fn get(&self, id: VarId) -> VarView {
        let j = id.index();
        VarView {
            id,
            kind: self.kind[j],
            lower: self.lower[j],
            upper: self.upper[j],
            role: self.role[j],
        }
    }

    /// Replaces both bounds of a variable.
    pub fn set_bounds(&mut self, id: VarId, lower: f64, upper: f64) {
        self.lower[id.index()] = lower;
        self.upper[id.index()] = upper;
    }

    /// Replaces the domain of a variable (used when integrality is relaxed).
    pub fn set_kind(&mut self, id: VarId, kind: VarKind) {
        self.kind[id.index()] = kind;
    }

    /// All variables in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = VarView> + '_ {
        (0..self.len()).map(|j| self.get(VarId(j as u32)))
    }
}
