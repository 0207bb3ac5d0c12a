//! Writers: one folder a file format, one function a section.
//!
//! Every writer demands [`Checked`], the token of [`crate::valid`], and returns an error for what
//! its format cannot hold; after [`crate::lower::legalise`] there is no such thing. The dialect is
//! the one that the most readers take for the same model; where a reader forces a form, the comment
//! names it and its version. A start point travels in a file of its own ([`start`]), or inside NL.
//!
//! A section is cut into chunks by the model alone (`cuts`), each chunk is formatted on its own
//! (`text`), and one thread or several hand them on in order (`sink`, `queue`): memory stays small,
//! and the bytes are the same for any number of threads.

pub mod atomic;
mod cuts;
mod emit;
mod goal;
pub mod lp;
pub mod mps;
mod naming;
pub mod nl;
mod options;
pub mod pack;
pub mod priorities;
mod queue;
mod sink;
pub mod start;
mod text;

pub use emit::{
    Converted, EmitError, Emitted, NAME_FILES, beside, convert, convert_model, emit, emit_file,
    emit_lowered, emit_lowered_file, emit_names, emit_priorities, emit_start,
};
pub use options::{Options, Progress, Watch, WriteError, Written, stopped, threads};

use std::io::Write;

pub use crate::ir::names::{self, NameStyle};
use crate::lower::Format;
use crate::valid::Checked;

/// Writes a checked model in `format`.
///
/// # Errors
///
/// Failures of `out`, and what the format cannot hold.
pub fn write(
    checked: &Checked<'_>,
    format: Format,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> Result<Written, WriteError> {
    match format {
        Format::Lp => lp::write(checked, options, out).map(|()| Written { columns: None }),
        Format::Mps => mps::write(checked, options, out).map(|()| Written { columns: None }),
        Format::NlText => nl::write(checked, nl::Encoding::Text, options, out).map(Written::from),
        Format::NlBinary => {
            nl::write(checked, nl::Encoding::Binary, options, out).map(Written::from)
        }
        Format::Memory => Err(WriteError::NoFile),
    }
}
