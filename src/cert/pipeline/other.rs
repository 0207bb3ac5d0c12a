//! Answers to other questions, which are not replaced unasked.

use std::path::Path;

use super::PipelineError;
use crate::cert::certificate::FileRole;
use crate::cert::instance::{Manifest, manifest};
use crate::cert::store;
use crate::cert::{answer, certificate, largest, reaching, verification, words};
use crate::front::spec::{Asked, SourceFile};

/// Whether a directory holds no answer to another question: one in other words, or about a network,
/// data or a property with other bytes. How a question is solved and bounded does not count, so that
/// the same question can be asked again in another way.
///
/// # Errors
/// [`PipelineError::OtherAnswer`].
pub fn not_of_another(dir: &Path, asked: &Asked) -> Result<(), PipelineError> {
    let answered = [answer::FILE_NAME, certificate::FILE_NAME].iter().any(|f| dir.join(f).exists());
    let path = dir.join(manifest::FILE_NAME);
    let Ok(older) = store::read_json::<Manifest>(&path, "manifest") else { return Ok(()) };
    let (question, files) = match asked {
        Asked::Poison(spec) => (words::question_text(&spec.question), &spec.files),
        Asked::Reach(spec) => (reaching::question_text(&spec.question), &spec.files),
        Asked::Verify(spec) => (verification::question_text(&spec.question), &spec.files),
        Asked::Largest(spec) => (largest::question_text(&spec.question), &spec.files),
    };
    if !answered || (older.question == question && recorded(&older) == read(files)) {
        return Ok(());
    }
    Err(PipelineError::OtherAnswer { dir: dir.to_owned() })
}

/// The hashes of the files that an instance was made from, besides the specification.
fn recorded(manifest: &Manifest) -> Vec<&str> {
    let files = manifest.inputs.iter().filter(|f| f.role != FileRole::Spec);
    sorted(files.map(|f| f.sha256.as_str()))
}

fn read(files: &[SourceFile]) -> Vec<&str> {
    sorted(files.iter().map(|f| f.sha256.as_str()))
}

/// A file may be named twice.
fn sorted<'a>(hashes: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut list: Vec<&str> = hashes.collect();
    list.sort_unstable();
    list.dedup();
    list
}
