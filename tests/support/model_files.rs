//! Model files of some folders of the project.

use std::path::{Path, PathBuf};

use theriac::front::model::ModelFormat;

/// Every LP, MPS, NL and saved model of these folders, in the order of their names.
pub fn model_files(folders: &[&str]) -> Vec<(PathBuf, Vec<u8>, ModelFormat)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = Vec::new();
    for folder in folders {
        let mut paths: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let format = match path.extension().and_then(|e| e.to_str()) {
                Some("lp") => ModelFormat::Lp,
                Some("mps") => ModelFormat::Mps,
                Some("nl") => ModelFormat::Nl,
                Some("thir") => ModelFormat::Saved,
                _ => continue,
            };
            let bytes = std::fs::read(&path).unwrap();
            out.push((path, bytes, format));
        }
    }
    out
}
