use std::path::Path;
use std::process::Command;

use theriac::back::{NameStyle, Options, emit, lp, write};
use theriac::front::hash::sha256_bytes;
use theriac::front::model;
use theriac::front::packing::{Packing, unpack};
use theriac::ir::compare::differences;
use theriac::ir::{Model, save};
use theriac::lower::{Format, LowerOptions, Target};
use theriac::valid::validate;

use super::model::{discrete, linear, quadratic};

const FORMATS: [Format; 4] = [Format::Lp, Format::Mps, Format::NlText, Format::NlBinary];

fn bytes(model: &Model, format: Format, names: NameStyle<'_>, threads: usize) -> Vec<u8> {
    let options = Options { names, threads, ..Options::default() };
    let mut out = Vec::new();
    write(&validate(model, None).unwrap(), format, &options, &mut out).unwrap();
    out
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let models = [linear(6000, 5000), quadratic(6000, 5000), discrete(6000, 5000)];
    for (k, model) in models.iter().enumerate() {
        for format in FORMATS {
            // NL holds no indicators and no sets.
            if k == 2 && matches!(format, Format::NlText | Format::NlBinary) {
                continue;
            }
            let one = bytes(model, format, NameStyle::Readable, 1);
            assert!(one.len() > 300_000, "{}", one.len());
            for round in 0..20 {
                let more = bytes(model, format, NameStyle::Readable, 2 + round % 2);
                assert!(more == one, "{format:?} model {k} round {round}");
            }
        }
    }
}

/// A file is cut into chunks, a matrix into panels, and a column of a whole panel goes by itself;
/// LP and MPS are cut in other places, and each read back must give the model.
#[test]
fn long_rows_and_columns_are_read_back() {
    // So many rows that column 0 is larger than the smallest panel.
    let large = linear(70_000, 3000);
    let read = |format: Format, body: &[u8]| {
        let file = if format == Format::Lp { "m.lp" } else { "m.mps" };
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(file), body).unwrap();
        model::load(&dir.path().join(file)).unwrap().model
    };
    for model in [&large, &discrete(6000, 5000), &quadratic(3000, 4000)] {
        let lp = bytes(model, Format::Lp, NameStyle::Short, 2);
        let mps = bytes(model, Format::Mps, NameStyle::Short, 2);
        assert!(mps == bytes(model, Format::Mps, NameStyle::Short, 1));
        for text in [&lp, &mps] {
            let longest = text.split(|b| *b == b'\n').map(<[u8]>::len).max();
            assert!(longest < Some(300), "{longest:?}");
        }
        let (lp, mps) = (read(Format::Lp, &lp), read(Format::Mps, &mps));
        assert_eq!(lp.rows.nonzeros(), model.rows.nonzeros());
        assert_eq!(lp.rows.quad_terms(), model.rows.quad_terms());
        assert_eq!(lp.sos1.len(), model.sos1.len());
        assert_eq!(differences(&lp, &mps, 5), Vec::<String>::new());
    }
}

fn convert(from: &Path, to: &Path, target: &str, threads: &str, surroundings: &[(&str, &str)]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
    command.args(["convert", "--target", target, "--threads", threads]).arg(from).arg(to);
    command.envs(surroundings.iter().copied());
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn language_time_zone_and_hash_seeds_reach_no_byte() {
    let dir = tempfile::tempdir().unwrap();
    let from = dir.path().join("m.thir");
    let model = linear(3000, 3000);
    save::save(&model, &from).unwrap();
    let surroundings: [&[(&str, &str)]; 4] = [
        &[("LC_ALL", "C"), ("TZ", "UTC")],
        &[("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE.UTF-8"), ("TZ", "Asia/Kathmandu")],
        &[("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Apia"), ("PYTHONHASHSEED", "7")],
        &[("LC_NUMERIC", "fr_FR.UTF-8"), ("LC_ALL", ""), ("RUST_BACKTRACE", "1")],
    ];
    let endings = ["", ".gz", ".zst"];
    for (target, ending) in [("lp", "lp"), ("mps", "mps"), ("nl", "nl"), ("nl-binary", "nl")] {
        let mut plain = Vec::new();
        let to = Target::from_name(target).unwrap();
        emit(&model, to, LowerOptions::default(), &Options::default(), &mut plain).unwrap();
        for packing in endings {
            let to = dir.path().join(format!("m.{ending}{packing}"));
            let mut first = None;
            // Every process has hash seeds of its own.
            for (k, surroundings) in surroundings.iter().cycle().take(5).enumerate() {
                convert(&from, &to, target, ["1", "2"][k % 2], surroundings);
                let found = std::fs::read(&to).unwrap();
                let unpacked = match Packing::of_path(&to) {
                    Some(packing) => unpack(&found, packing, 1 << 30).unwrap(),
                    None => found.clone(),
                };
                assert_eq!(sha256_bytes(&unpacked), sha256_bytes(&plain), "{target}{packing}");
                let first = first.get_or_insert_with(|| found.clone());
                assert!(*first == found, "{target}{packing} {k}");
            }
        }
    }
}

/// A head and the body, one after the other, are the file.
#[test]
fn a_head_and_the_body_are_the_file() {
    for (k, mut model) in [linear(600, 500), discrete(600, 500)].into_iter().enumerate() {
        // Nothing but the objective mentions the last column.
        let alone =
            model.add_var(theriac::ir::VarKind::Continuous, 0.0, 1.0, super::model::role(7_000));
        let mut terms = model.objective.linear.clone();
        terms.push((alone, 2.5));
        for terms in [terms, model.objective.linear.clone(), Vec::new()] {
            for maximise in [false, true] {
                let options = Options { maximise, ..Options::default() };
                model.objective = theriac::ir::Objective::new(&[], &[], 0.0);
                let (mut parts, mut whole) = (Vec::new(), Vec::new());
                let checked = validate(&model, None).unwrap();
                lp::write_head(&checked, &terms, &options, &mut parts).unwrap();
                let head = parts.len();
                lp::write_body(&checked, &options, &mut parts).unwrap();
                model.objective = theriac::ir::Objective::new(&terms, &[], 0.0);
                write(&validate(&model, None).unwrap(), Format::Lp, &options, &mut whole).unwrap();
                assert!(parts == whole, "model {k}, {} terms", terms.len());
                assert!(head < whole.len());
            }
        }
    }
}
