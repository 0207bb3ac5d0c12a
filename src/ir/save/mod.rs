//! The saved form of a model: compact, lossless, and safe to read from a stranger.
//!
//! A file is eight bytes of magic and one protocol-buffer message ([`message`]). Tables are stored by
//! column; numbers bit for bit, as an index into their distinct values where that is shorter.
//! Reading checks every length before anything is built, and then every invariant by
//! [`crate::valid`], so a damaged or hostile file is an error, never a panic and never a model that
//! a writer would trip over.

mod decode;
mod encode;
pub mod message;
mod numbers;

use std::io::{self, Read, Write};
use std::path::Path;

use prost::Message;
use thiserror::Error;

use super::Model;
use crate::front::map;
use crate::valid::{Fault, validate};

/// First bytes of every file.
pub const MAGIC: &[u8; 8] = b"THERIR\r\n";

/// Version of the message that this program writes.
pub const VERSION: u32 = 1;

/// Usual ending of a file's name.
pub const EXTENSION: &str = "thir";

/// Why a saved model was not read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file system.
    #[error("the saved model could not be read: {0}")]
    Io(#[from] io::Error),
    /// Another kind of file.
    #[error(
        "this is no saved model (it does not begin with THERIR); give a file with ending .thir"
    )]
    Magic,
    /// A truncated or damaged message.
    #[error("the saved model is damaged: {0}; compile it again")]
    Damaged(#[from] prost::DecodeError),
    /// A newer version.
    #[error(
        "the saved model has version {found}, this program reads version {VERSION}; compile it again or take a newer program"
    )]
    Version {
        /// Version of the file.
        found: u32,
    },
    /// A table whose parts do not fit together, or a code that means nothing.
    #[error("the saved model is damaged: {table} {reason}; compile it again")]
    Table {
        /// Which table.
        table: &'static str,
        /// What is wrong.
        reason: &'static str,
    },
    /// A readable model that breaks an invariant.
    #[error("the saved model is not valid: {}", .0.first().map_or_else(String::new, ToString::to_string))]
    Invalid(Vec<Fault>),
}

/// The saved form of `model`, whose files minimise.
#[must_use]
pub fn to_bytes(model: &Model) -> Vec<u8> {
    to_bytes_of(model, false)
}

/// The saved form of `model` and of the sense that its files have.
fn to_bytes_of(model: &Model, maximise: bool) -> Vec<u8> {
    let message = encode::message(model, maximise);
    let mut bytes = Vec::with_capacity(MAGIC.len() + message.encoded_len());
    bytes.extend_from_slice(MAGIC);
    bytes.append(&mut message.encode_to_vec());
    bytes
}

/// Writes the saved form of `model`, whose files minimise.
///
/// # Errors
///
/// Failures of `out`.
pub fn write(model: &Model, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&to_bytes(model))
}

/// Reads a model from its saved form and validates it.
///
/// # Errors
///
/// See [`LoadError`].
pub fn from_bytes(bytes: &[u8]) -> Result<Model, LoadError> {
    Ok(from_bytes_with_sense(bytes)?.0)
}

/// As [`from_bytes`], and whether files of the model maximise the negative of its objective.
///
/// # Errors
///
/// See [`LoadError`].
pub fn from_bytes_with_sense(bytes: &[u8]) -> Result<(Model, bool), LoadError> {
    let body = bytes.strip_prefix(MAGIC).ok_or(LoadError::Magic)?;
    let message = message::Model::decode(body)?;
    let maximise = message.maximise;
    let model = decode::model(message)?;
    validate(&model, None).map_err(LoadError::Invalid)?;
    Ok((model, maximise))
}

/// Reads the saved model in the file `path`.
///
/// # Errors
///
/// See [`LoadError`].
pub fn load(path: &Path) -> Result<Model, LoadError> {
    let mut begin = Vec::new();
    map::open(path, u64::MAX)?.take(MAGIC.len() as u64).read_to_end(&mut begin)?;
    if begin != MAGIC {
        // A large file of another kind need not be read whole.
        return Err(LoadError::Magic);
    }
    from_bytes(&map::read(path, u64::MAX)?)
}

/// Saves `model`, whose files minimise, in the file `path`, which is either complete or as it was.
///
/// # Errors
///
/// Failures of the file system.
pub fn save(model: &Model, path: &Path) -> io::Result<()> {
    save_with_sense(model, false, path)
}

/// As [`save`], and whether files of the model maximise the negative of its objective.
///
/// # Errors
///
/// Failures of the file system.
pub fn save_with_sense(model: &Model, maximise: bool, path: &Path) -> io::Result<()> {
    crate::back::atomic::write_file(path, |out| out.write_all(&to_bytes_of(model, maximise)))
}
