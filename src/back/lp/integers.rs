//! `Generals` and `Binaries`, in full: `Integers` means 0 or 1 in CPLEX, Xpress and MOSEK, and
//! neither CBC knows `Bin`.

use std::io;

use super::Writer;
use crate::back::sink::Sink;
use crate::ir::pen::Word;
use crate::ir::{VarId, VarKind};

impl Writer<'_> {
    /// Integer variables.
    pub(super) fn generals(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.list(sink, VarKind::Integer, b"Generals")
    }

    /// Binary variables.
    pub(super) fn binaries(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.list(sink, VarKind::Binary, b"Binaries")
    }

    fn list(&self, sink: &mut Sink<'_>, kind: VarKind, title: &[u8]) -> io::Result<()> {
        let kinds = &self.model.vars.kind;
        if !kinds.contains(&kind) {
            return Ok(());
        }
        sink.once(|text| {
            text.put(title);
            text.end();
        })?;
        sink.list(kinds.len(), |range, text| {
            for j in range.filter(|j| kinds[*j] == kind) {
                text.wrap();
                text.pen(|pen| {
                    pen.word(const { Word::new(b" ") });
                    self.names.var_of(pen, VarId(j as u32), None);
                });
            }
            if text.place() > 0 {
                text.end();
            }
        })
    }
}
