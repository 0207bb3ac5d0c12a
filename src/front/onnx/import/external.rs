//! Elements of tensors that lie in files beside the model.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use bytes::Bytes;

use super::ExternalFile;
use super::problem::GraphProblem;
use crate::front::hash::sha256_bytes;
use crate::front::map::file_bytes;
use crate::front::onnx::proto;

/// Largest file of elements.
const MOST: u64 = 64 << 30;

/// The file at `full`, or none if it lies outside `folder`, where a link may lead.
fn beside_on_disk(folder: &Path, full: &Path) -> std::io::Result<Option<Bytes>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let real = full.canonicalize()?;
    match real.starts_with(folder.canonicalize()?) {
        true => file_bytes(&real, MOST).map(Some),
        false => Ok(None),
    }
}

/// Reads a file beside a model: its path is the folder of the model's path with the location.
pub type Beside<'a> = &'a dyn Fn(&Path) -> std::io::Result<Bytes>;

/// The files beside one model, each opened once.
pub(super) struct External<'a> {
    folder: PathBuf,
    files: BTreeMap<String, Bytes>,
    /// Files on disk if absent.
    beside: Option<Beside<'a>>,
}

impl<'a> External<'a> {
    /// For the model at this path.
    pub(super) fn new(model: &Path, beside: Option<Beside<'a>>) -> Self {
        let folder = model.parent().map(Path::to_path_buf).unwrap_or_default();
        External { folder, files: BTreeMap::new(), beside }
    }

    /// The bytes of a tensor, `length` of them.
    pub(super) fn bytes(
        &mut self,
        tensor: &proto::Tensor,
        length: usize,
    ) -> Result<Bytes, GraphProblem> {
        let value = |key: &str| {
            tensor.external_data.iter().find(|e| e.key == key).map_or("", |e| e.value.as_str())
        };
        let location = value("location").to_owned();
        let fail = |reason: String| GraphProblem::External { location: location.clone(), reason };
        let number = |key: &str, default: usize| match value(key) {
            "" => Ok(default),
            text => text.parse::<usize>().map_err(|_| {
                fail(format!(
                    "has the {key} {text:?}, which is no count of bytes; save the model again"
                ))
            }),
        };
        let (offset, stated) = (number("offset", 0)?, number("length", length)?);
        if stated != length {
            return Err(fail(format!(
                "is said to have {stated} bytes, but the dimensions need {length}; save the model again"
            )));
        }
        if !self.files.contains_key(&location) {
            let bytes = self.open(&location).map_err(&fail)?;
            self.files.insert(location.clone(), bytes);
        }
        let file = self.files.get(&location).cloned().unwrap_or_default();
        match offset.checked_add(length) {
            Some(end) if end <= file.len() => Ok(file.slice(offset..end)),
            Some(_) | None => Err(fail(format!(
                "ends after {} bytes, but {length} bytes from byte {offset} on are needed; copy the whole file",
                file.len()
            ))),
        }
    }

    fn open(&self, location: &str) -> Result<Bytes, String> {
        let path = Path::new(location);
        let inside = |c: Component<'_>| matches!(c, Component::Normal(_) | Component::CurDir);
        let leaves = || {
            "lies outside the folder of the model, which is not allowed; move it beside the model and save again"
                .to_owned()
        };
        if location.is_empty() {
            return Err("has no location; save the model again".to_owned());
        }
        if !path.components().all(inside) {
            return Err(leaves());
        }
        let full = self.folder.join(path);
        let unreadable = |e: std::io::Error| {
            format!("cannot be read ({e}); copy the file to the folder of the model")
        };
        if let Some(beside) = self.beside {
            return beside(&full).map_err(unreadable);
        }
        match beside_on_disk(&self.folder, &full).map_err(unreadable)? {
            Some(bytes) => Ok(bytes),
            None => Err(leaves()),
        }
    }

    /// Number of bytes of all files.
    pub(super) fn size(&self) -> usize {
        self.files.values().map(Bytes::len).sum()
    }

    /// What was read, by location.
    pub(super) fn read(&self) -> Vec<ExternalFile> {
        self.files
            .iter()
            .map(|(location, bytes)| ExternalFile {
                location: location.clone(),
                sha256: sha256_bytes(bytes),
            })
            .collect()
    }
}
