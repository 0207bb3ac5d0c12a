//! `Generals` and `Binaries`, in full: `Integers` means 0 or 1 in CPLEX, Xpress and MOSEK, and
//! neither CBC knows `Bin`.

use std::io;

use super::Writer;
use crate::ir::VarKind;

impl Writer<'_, '_> {
    /// Integer variables.
    pub(super) fn generals(&mut self) -> io::Result<()> {
        self.list(VarKind::Integer, b"Generals")
    }

    /// Binary variables.
    pub(super) fn binaries(&mut self) -> io::Result<()> {
        self.list(VarKind::Binary, b"Binaries")
    }

    fn list(&mut self, kind: VarKind, title: &[u8]) -> io::Result<()> {
        let model = self.model;
        if !model.vars.kind.contains(&kind) {
            return Ok(());
        }
        self.text.put(title);
        self.text.end()?;
        for (j, _) in model.vars.kind.iter().enumerate().filter(|(_, k)| **k == kind) {
            self.text.wrap()?;
            self.text.put(b" ");
            self.text.put(self.names.get(j));
        }
        self.text.end()
    }
}
