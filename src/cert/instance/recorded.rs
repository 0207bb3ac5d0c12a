//! The inputs of an instance, for the resolver: what the manifest records, and nothing else.

use std::io;
use std::path::Path;

use bytes::Bytes;

use super::{Instance, inputs};
use crate::cert::store;
use crate::front::hash::sha256_bytes;
use crate::front::map::{DATA, file_bytes};
use crate::front::spec::Loader;

/// Reads the files that a copied specification names. One that lies outside of the instance, or
/// that the manifest does not record with its hash, is refused: a certificate must not depend on
/// it.
#[derive(Clone, Debug)]
pub struct Recorded<'a> {
    /// The instance.
    pub instance: &'a Instance,
    /// The copy of the specification, relative to the instance, with `/`.
    pub spec: &'a str,
}

impl Loader for Recorded<'_> {
    fn bytes(&self, path: &Path) -> io::Result<Bytes> {
        let refused = |why: String| io::Error::new(io::ErrorKind::InvalidInput, why);
        let Some(place) = inputs::below(self.spec, path) else {
            let why = "it lies outside of the instance directory, which holds all its inputs";
            return Err(refused(why.to_owned()));
        };
        let manifest = &self.instance.manifest;
        let Some(record) = manifest.inputs.iter().find(|r| r.path == place) else {
            return Err(refused(format!("the manifest does not record {place}")));
        };
        let full = store::inside(&self.instance.dir, &place).map_err(|e| refused(e.to_string()))?;
        let bytes = file_bytes(&full, DATA)?;
        if sha256_bytes(&bytes) != record.sha256 {
            return Err(refused(format!("{place} is not the file that the manifest records")));
        }
        Ok(bytes)
    }
}
