//! Names while a file is written: computed term by term, or looked up where that is slow.

use super::text::Text;
use crate::ir::names::{write_readable, write_readable_row};
use crate::ir::pen::{Pen, Word};
use crate::ir::{Family, Model, NameStyle, Origin, Place, Role, RowId, Rule, VarId};

/// Names whose beginnings are read together.
pub(super) const BATCH: usize = 16;

/// The names of one file.
pub(super) struct Names<'a> {
    model: &'a Model,
    style: NameStyle<'a>,
    /// Where a name is more than a few numbers to format.
    tables: Option<(Table, Table)>,
}

impl<'a> Names<'a> {
    pub fn new(model: &'a Model, style: NameStyle<'a>) -> Self {
        let tables = (!style.is_computed(model)).then(|| {
            let vars = Table::new(model.var_count(), |k, out| style.var(model, VarId(k), out));
            let rows = Table::new(model.row_count(), |k, out| style.row(model, RowId(k), out));
            (vars, rows)
        });
        Names { model, style, tables }
    }

    pub fn var(&self, text: &mut Text, var: VarId) {
        text.pen(|pen| self.var_of(pen, var, None));
    }

    /// What the names of some variables are computed from. Reading it for a batch at once, before
    /// any is formatted, lets the processor wait for memory once instead of for each.
    #[inline]
    pub fn roles(&self, vars: &[VarId]) -> Batch<Role> {
        Batch(self.reads_ahead().then(|| {
            let mut roles = [Family::One.at(Place::NONE); BATCH];
            for (role, var) in roles.iter_mut().zip(vars) {
                *role = self.model.vars.role[var.index()];
            }
            roles
        }))
    }

    /// Writes the name of a variable, with what [`Names::roles`] gave.
    #[inline(always)]
    pub fn var_of(&self, pen: &mut Pen<'_>, var: VarId, role: Option<Role>) {
        match (&self.tables, role) {
            (None, Some(role)) => write_readable(role, pen),
            (None, None) => self.style.write_var(self.model, var, pen),
            (Some((vars, _)), _) => pen.text(vars.get(var.index())),
        }
    }

    /// As [`Names::roles`], for rows.
    #[inline]
    pub fn origins(&self, rows: impl Iterator<Item = RowId>) -> Batch<Origin> {
        Batch(self.reads_ahead().then(|| {
            let mut origins = [Rule::Foreign.at(Place::NONE); BATCH];
            for (origin, row) in origins.iter_mut().zip(rows) {
                *origin = self.model.rows.origin[row.index()];
            }
            origins
        }))
    }

    /// Writes the name of a row, with what [`Names::origins`] gave.
    #[inline(always)]
    pub fn row_of(&self, pen: &mut Pen<'_>, row: RowId, origin: Option<Origin>) {
        match (&self.tables, origin) {
            (None, Some(origin)) => write_readable_row(origin, row.0, pen),
            (None, None) => self.style.write_row(self.model, row, pen),
            (Some((_, rows)), _) => pen.text(rows.get(row.index())),
        }
    }

    pub fn row(&self, text: &mut Text, row: RowId) {
        text.pen(|pen| self.row_of(pen, row, None));
    }

    /// Whether names are computed from what lies far apart in memory.
    fn reads_ahead(&self) -> bool {
        self.tables.is_none() && self.style == NameStyle::Readable
    }

    pub fn sos(&self, text: &mut Text, position: usize) {
        text.pen(|pen| pen.marked(Word::new(b"s"), position as u32));
    }
}

/// What some names are computed from, where it was read ahead.
pub(super) struct Batch<T>(Option<[T; BATCH]>);

impl<T: Copy> Batch<T> {
    #[inline(always)]
    pub fn get(&self, k: usize) -> Option<T> {
        self.0.as_ref().and_then(|batch| batch.get(k).copied())
    }
}

/// Names in one allocation.
struct Table {
    bytes: Vec<u8>,
    /// Where each name ends, counted from the beginning of its block.
    ends: Vec<u32>,
    /// Where each block of 65536 names begins.
    blocks: Vec<usize>,
}

/// Names of a block, as a power of two; none is longer than 16 bits tell.
const BLOCK: u32 = 16;

impl Table {
    fn new(count: usize, mut name: impl FnMut(u32, &mut Vec<u8>)) -> Self {
        let mut table =
            Table { bytes: Vec::new(), ends: Vec::with_capacity(count), blocks: vec![] };
        for k in 0..count {
            if k.is_multiple_of(1 << BLOCK) {
                table.blocks.push(table.bytes.len());
            }
            name(k as u32, &mut table.bytes);
            let begin = table.blocks[k >> BLOCK];
            table.ends.push((table.bytes.len() - begin) as u32);
        }
        table
    }

    #[inline]
    fn get(&self, k: usize) -> &[u8] {
        let block = self.blocks[k >> BLOCK];
        let begin = if k.is_multiple_of(1 << BLOCK) { 0 } else { self.ends[k - 1] as usize };
        &self.bytes[block + begin..block + self.ends[k] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_again() {
        let name = |k: u32| "n".repeat(k as usize % 5) + &k.to_string();
        let count = (2 << BLOCK) + 3;
        let table = Table::new(count, |k, out| out.extend_from_slice(name(k).as_bytes()));
        for k in 0..count {
            assert_eq!(table.get(k), name(k as u32).as_bytes());
        }
    }
}
