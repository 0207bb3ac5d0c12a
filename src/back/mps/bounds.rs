//! `BOUNDS`. Readers agree on these lines alone:
//!
//! | bounds | continuous | integer |
//! |---|---|---|
//! | `[0, inf)` | none | `PL` (without it 13 of 14 readers take the column for a binary) |
//! | `[l, l]` | `FX` | `FX` |
//! | `[0, u]` | `UP` | `UP` |
//! | `[l, u]` | `LO` `UP` | `LO` `UP` |
//! | `[l, inf)` | `LO` | `LO` `PL` (with `LO` alone GLPK takes it for a binary) |
//! | `(-inf, u]` | `MI` `UP` (`UP` alone with `u < 0` is read in three ways) | the same |
//! | `(-inf, inf)` | `FR` | `FR` |
//!
//! A binary with its natural bounds is `BV`, any other one an integer with both bounds; `BV` beside
//! `FX` is an error in CPLEX 22.2. No number stands for infinity.

use std::io;

use super::Writer;
use crate::ir::VarKind;

impl Writer<'_, '_> {
    /// One or two lines a variable.
    pub(super) fn bounds(&mut self) -> io::Result<()> {
        let mut open = false;
        let model = self.model;
        for var in model.vars.iter() {
            let (j, lower, upper) = (var.id.index(), var.lower, var.upper);
            let integer = var.kind != VarKind::Continuous;
            if !integer && lower == 0.0 && upper == f64::INFINITY {
                continue;
            }
            if !open {
                self.text.put(b"BOUNDS");
                self.text.end()?;
                open = true;
            }
            if var.kind == VarKind::Binary && lower == 0.0 && upper == 1.0 {
                self.bound(b"BV", j, None)?;
            } else if lower == upper {
                self.bound(b"FX", j, Some(lower))?;
            } else if lower == f64::NEG_INFINITY && upper == f64::INFINITY {
                self.bound(b"FR", j, None)?;
            } else {
                if lower == f64::NEG_INFINITY {
                    self.bound(b"MI", j, None)?;
                } else if lower != 0.0 {
                    self.bound(b"LO", j, Some(lower))?;
                }
                if upper < f64::INFINITY {
                    self.bound(b"UP", j, Some(upper))?;
                } else if integer {
                    self.bound(b"PL", j, None)?;
                }
            }
        }
        Ok(())
    }

    fn bound(&mut self, kind: &[u8], column: usize, value: Option<f64>) -> io::Result<()> {
        self.text.put(b" ");
        self.text.put(kind);
        self.text.put(b" BND  ");
        self.text.put(self.vars.get(column));
        if let Some(value) = value {
            self.text.put(b"  ");
            self.text.num(value);
        }
        self.text.end()
    }
}
