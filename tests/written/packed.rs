use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use theriac::front::model;
use theriac::front::packing::Packing;
use theriac::ir::compare::differences;
use theriac::ir::save;

use super::model::{linear, quadratic};

fn theriac(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_theriac")).args(args).current_dir(dir).output().unwrap()
}

fn done(dir: &Path, args: &[&str]) {
    let out = theriac(dir, args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn compressed_files_are_written_and_read_back() {
    let dir = tempfile::tempdir().unwrap();
    save::save(&linear(300, 200), &dir.path().join("m.thir")).unwrap();
    let mut read = Vec::new();
    for (target, file) in [("lp", "m.lp"), ("mps", "m.mps"), ("nl", "m.nl"), ("nl-binary", "n.nl")]
    {
        for packing in ["", ".gz", ".zst"] {
            let name = format!("{file}{packing}");
            done(dir.path(), &["convert", "m.thir", &name, "--target", target]);
            let begin = std::fs::read(dir.path().join(&name)).unwrap();
            let expected = Packing::of_path(Path::new(&name));
            assert_eq!(Packing::of_bytes(&begin), expected, "{name}");
            read.push(model::load(&dir.path().join(&name)).unwrap().model);
        }
        // An NL file's names stand beside it under the same name.
        if file.ends_with(".nl") {
            let stem = &file[..1];
            assert!(dir.path().join(format!("{stem}.col")).exists());
            assert!(!dir.path().join(format!("{stem}.nl.col")).exists());
        }
    }
    for model in &read[1..] {
        assert_eq!(differences(&read[0], model, 5), Vec::<String>::new());
    }
}

/// Hashes are those of the contents, so that checking does not depend on a compressor.
#[test]
fn a_compressed_instance_is_solved_checked_and_guarded() {
    let dir = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/moons.thr");
    let spec = root.to_str().unwrap();
    for ending in ["gz", "zst"] {
        let plain = ["compile", spec, "-o", "plain", "--target", "lp", "--target", "nl"];
        done(dir.path(), &[&plain[..], &["--force"]].concat());
        let packed = ["compile", spec, "-o", "packed", "--target", "lp", "--target", "nl"];
        done(dir.path(), &[&packed[..], &["--compress", ending, "--force"]].concat());
        let read = |name: &str| -> Value {
            let bytes = std::fs::read(dir.path().join(name).join("manifest.json")).unwrap();
            serde_json::from_slice(&bytes).unwrap()
        };
        let (plain, packed) = (read("plain"), read("packed"));
        for k in 0..2 {
            let (plain, packed) = (&plain["targets"][k]["model"], &packed["targets"][k]["model"]);
            assert_eq!(plain["sha256"], packed["sha256"]);
            assert_eq!(plain["bytes"], packed["bytes"]);
            assert_eq!(plain["compression"], Value::Null);
            let word = if ending == "gz" { "gzip" } else { "zstd" };
            assert_eq!(packed["compression"], word);
            let path = packed["path"].as_str().unwrap();
            assert!(path.ends_with(&format!(".{ending}")), "{path}");
        }
        done(dir.path(), &["solve", "packed"]);
        done(dir.path(), &["certify", "packed"]);
        done(dir.path(), &["check", "packed/certificate.json"]);

        // Another compressor may give other bytes for the same contents.
        let path =
            dir.path().join("packed").join(packed["targets"][0]["model"]["path"].as_str().unwrap());
        let stored = std::fs::read(&path).unwrap();
        let packing = Packing::of_path(&path).unwrap();
        let mut contents = Vec::new();
        std::io::Read::read_to_end(&mut packing.reader(&stored[..]).unwrap(), &mut contents)
            .unwrap();
        let other = match packing {
            Packing::Gzip => {
                let level = flate2::Compression::best();
                let mut out = flate2::write::GzEncoder::new(Vec::new(), level);
                std::io::Write::write_all(&mut out, &contents).unwrap();
                out.finish().unwrap()
            }
            Packing::Zstd => zstd::encode_all(&contents[..], 15).unwrap(),
        };
        assert_ne!(other, stored);
        std::fs::write(&path, other).unwrap();
        done(dir.path(), &["check", "packed/certificate.json"]);

        // Other contents are noticed.
        contents.push(b'\n');
        let level = flate2::Compression::fast();
        let forged = match packing {
            Packing::Gzip => {
                let mut out = flate2::write::GzEncoder::new(Vec::new(), level);
                std::io::Write::write_all(&mut out, &contents).unwrap();
                out.finish().unwrap()
            }
            Packing::Zstd => zstd::encode_all(&contents[..], 1).unwrap(),
        };
        std::fs::write(&path, forged).unwrap();
        assert!(!theriac(dir.path(), &["check", "packed/certificate.json"]).status.success());
    }
}

#[test]
fn a_damaged_file_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    save::save(&quadratic(30, 100), &dir.path().join("m.thir")).unwrap();
    for packing in ["gz", "zst"] {
        let name = format!("m.lp.{packing}");
        done(dir.path(), &["convert", "m.thir", &name, "--target", "lp"]);
        let whole = std::fs::read(dir.path().join(&name)).unwrap();
        for end in [5, whole.len() / 2, whole.len() - 1] {
            std::fs::write(dir.path().join(&name), &whole[..end]).unwrap();
            let out = theriac(dir.path(), &["stats", &name]);
            assert_eq!(out.status.code(), Some(2), "{name} {end}");
        }
    }
}
