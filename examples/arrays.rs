//! Builds a model from NumPy arrays and writes it: our side of `benches/peers`.
//!
//! `cargo run --release --example arrays -- FOLDER lp|mps|nl|nl-binary|thir FILE [THREADS]`
//! prints the seconds of building and writing and the peak memory as JSON.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::File;
use std::path::Path;
use std::time::Instant;

use theriac::back::{NameStyle, Options, write};
use theriac::ir::{Family, Model, Objective, Place, QuadTerm, Rule, Sense, VarId, VarKind, save};
use theriac::lower::Format;
use theriac::valid::validate;

/// The numbers of a file that `numpy.save` wrote: eight bytes each behind a header.
fn numbers<T>(folder: &Path, name: &str, from: impl Fn([u8; 8]) -> T) -> Vec<T> {
    let Ok(bytes) = std::fs::read(folder.join(format!("{name}.npy"))) else { return Vec::new() };
    let header = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    bytes[header..].chunks_exact(8).map(|b| from(b.try_into().unwrap())).collect()
}

fn model(folder: &Path) -> Model {
    let integers = |name| numbers(folder, name, i64::from_le_bytes);
    let doubles = |name| numbers(folder, name, f64::from_le_bytes);
    let mut m = Model::new();
    let (lower, upper) = (doubles("lower"), doubles("upper"));
    for (k, binary) in integers("binary").into_iter().enumerate() {
        let kind = if binary == 1 { VarKind::Binary } else { VarKind::Continuous };
        m.add_var(kind, lower[k], upper[k], Family::Quantity.at(Place::NONE.i(k)));
    }
    let (start, col, val) = (integers("start"), integers("col"), doubles("val"));
    let (rhs, sense) = (doubles("rhs"), integers("sense"));
    let (qi, qj, qval) = (integers("qi"), integers("qj"), doubles("qval"));
    let width = qi.len() / rhs.len();
    let var = |k: i64| VarId(k as u32);
    let (mut terms, mut quad) = (Vec::new(), Vec::new());
    for (r, rhs) in rhs.into_iter().enumerate() {
        let span = start[r] as usize..start[r + 1] as usize;
        terms.clear();
        terms.extend(span.map(|k| (var(col[k]), val[k])));
        quad.clear();
        quad.extend((r * width..(r + 1) * width).map(|k| QuadTerm {
            i: var(qi[k]),
            j: var(qj[k]),
            coefficient: qval[k],
        }));
        let sense = [Sense::Le, Sense::Eq, Sense::Ge][(sense[r] + 1) as usize];
        m.add_quad_row(&terms, &quad, sense, rhs, Rule::Foreign.at(Place::NONE));
    }
    let cost: Vec<_> = doubles("cost").into_iter().enumerate().collect();
    let cost: Vec<_> = cost.into_iter().map(|(j, a)| (VarId(j as u32), a)).collect();
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}

/// Peak memory of this process in bytes, as the Linux kernel tells it.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    1024 * line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let clock = Instant::now();
    let model = model(Path::new(&args[0]));
    let format = match args[1].as_str() {
        "lp" => Some(Format::Lp),
        "mps" => Some(Format::Mps),
        "nl" => Some(Format::NlText),
        "nl-binary" => Some(Format::NlBinary),
        "thir" => None,
        other => panic!("no format {other:?}"),
    };
    let checked = validate(&model, None).unwrap();
    let build = clock.elapsed().as_secs_f64();
    let clock = Instant::now();
    let mut file = File::create(&args[2]).unwrap();
    let threads = args.get(3).map_or(1, |n| n.parse().unwrap());
    match format {
        Some(format) => {
            let options = Options { names: NameStyle::Short, threads, ..Options::default() };
            write(&checked, format, &options, &mut file).unwrap();
        }
        None => save::write(&model, &mut file).unwrap(),
    }
    let write = clock.elapsed().as_secs_f64();
    println!("{{\"build\": {build}, \"write\": {write}, \"peak\": {}}}", peak());
}
