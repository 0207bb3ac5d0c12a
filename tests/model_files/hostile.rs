//! Damaged files: an error or a valid model, never a panic.

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
fn damaged_files_are_errors_or_models() {
    let seeds = seeds();
    let mut rng = fastrand::Rng::with_seed(3);
    let (mut refused, mut read_well) = (0, 0);
    let pieces: [&[u8]; 12] = [
        b" 1e999 ",
        b"->",
        b"[",
        b"] / 2",
        b"\nEnd\n",
        b"\nBounds\n",
        b"-",
        b"\xff",
        b"::",
        b"99999999999",
        b"o54\n",
        b"\nENDATA\n",
    ];
    for round in 0..10_000 {
        let (bytes, format) = &seeds[round % seeds.len()];
        let mut bytes = bytes.clone();
        for _ in 0..=rng.usize(..3) {
            let at = rng.usize(..bytes.len());
            match rng.u8(..5) {
                0 => bytes[at] = rng.u8(..),
                1 => bytes.truncate(at.max(1)),
                2 => drop(bytes.remove(at)),
                3 => {
                    let piece = pieces[rng.usize(..pieces.len())];
                    drop(bytes.splice(at..at, piece.iter().copied()));
                }
                _ => {
                    let to = rng.usize(..bytes.len());
                    bytes.swap(at, to);
                }
            }
            if bytes.is_empty() {
                bytes.push(b' ');
            }
        }
        match read(&bytes, *format, None, "m") {
            Ok(_) => read_well += 1,
            Err(e) => {
                refused += 1;
                assert!(e.to_string().len() < 400, "{e}");
            }
        }
    }
    assert!(refused > 4000 && read_well > 500, "{refused} refused, {read_well} read");
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
