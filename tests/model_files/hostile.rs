//! Files cut anywhere are no models (`tests/mutations/` harms files in other ways).

use theriac::front::model::{ModelFormat, read};

use crate::seeds::model_files;

/// Folders with every construct among them.
const FOLDERS: [&str; 4] =
    ["tests/data/foreign_models", "golden/all_orders", "golden/smooth", "golden/bounds"];

#[test]
fn a_truncated_file_is_never_a_model() {
    for (_, bytes, format) in model_files(&FOLDERS) {
        if format == ModelFormat::Saved {
            continue;
        }
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
