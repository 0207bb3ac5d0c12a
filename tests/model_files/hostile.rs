//! Files cut anywhere are no models (`tests/mutations/` harms files in other ways).

use std::path::Path;

use theriac::front::model::{ModelFormat, read};

/// Files of all formats, with every construct among them.
fn seeds() -> Vec<(Vec<u8>, ModelFormat)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = Vec::new();
    for folder in
        ["tests/data/foreign_models", "golden/all_orders", "golden/smooth", "golden/bounds"]
    {
        let mut paths: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let format = match path.extension().and_then(|e| e.to_str()) {
                Some("lp") => ModelFormat::Lp,
                Some("mps") => ModelFormat::Mps,
                Some("nl") => ModelFormat::Nl,
                _ => continue,
            };
            out.push((std::fs::read(path).unwrap(), format));
        }
    }
    out
}

#[test]
fn a_truncated_file_is_never_a_model() {
    for (bytes, format) in seeds() {
        if format == ModelFormat::Nl {
            for end in 0..bytes.len() {
                let part = &bytes[..end];
                let found = read(part, format, None, "m");
                assert!(found.is_err(), "{}", String::from_utf8_lossy(part));
            }
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let body = text.trim_end().len();
        for end in (0..body).step_by(7) {
            if text.is_char_boundary(end) {
                let part = &text.as_bytes()[..end];
                assert!(read(part, format, None, "m").is_err(), "{}", &text[..end]);
            }
        }
    }
}
