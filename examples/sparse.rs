//! Builds a random sparse mixed-integer program in memory and writes it: seconds, throughput, and
//! the peak memory of the whole process.
//!
//! `cargo run --release --example sparse -- NONZEROS FORMAT FILE [THREADS] [short] [A_ROW] [SHAPE]`
//!
//! FORMAT is `lp`, `mps`, `nl` or `nl-binary`; FILE may be `/dev/null`. `A_ROW` is the number of
//! nonzeros a row (10). SHAPE is columns a row (1).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::File;
use std::io::{self, Write};
use std::time::Instant;

use theriac::back::{NameStyle, Options, write};
use theriac::ir::{Family, Model, Objective, Place, Rule, Sense, VarId, VarKind};
use theriac::lower::Format;
use theriac::valid::validate;

/// Random columns, one from each of as many equal parts as a row has entries; a third of the
/// coefficients are small whole numbers, a third have three decimals, a third all digits.
fn model(nonzeros: usize, a_row: usize, shape: f64) -> Model {
    let mut rng = fastrand::Rng::with_seed(1);
    let mut m = Model::new();
    let rows = nonzeros / a_row;
    let columns = ((rows as f64 * shape) as usize).max(a_row);
    for k in 0..columns {
        let place = Place::NONE.layer(1 + k % 3).i(k).sample(k % 100).step(k % 7);
        if k % 5 == 0 {
            m.add_var(VarKind::Binary, 0.0, 1.0, Family::ReluSwitch.at(place));
        } else {
            let (lower, upper) = (-rng.f64() * 10.0, rng.f64() * 10.0);
            m.add_var(VarKind::Continuous, lower, upper, Family::PreActivation.at(place));
        }
    }
    let part = columns / a_row;
    let mut terms = Vec::with_capacity(a_row);
    for r in 0..rows {
        terms.clear();
        for t in 0..a_row {
            let a = match t % 3 {
                0 => f64::from(rng.i32(1..9)),
                1 => f64::from(rng.i32(1..2000)) / 1000.0,
                _ => rng.f64() - 0.5,
            };
            terms.push((VarId((t * part + rng.usize(..part)) as u32), a));
        }
        let origin = Rule::Forward.at(Place::NONE.layer(1).i(r).sample(r % 100).step(r % 7));
        m.add_row(&terms, [Sense::Le, Sense::Ge, Sense::Eq][r % 3], rng.f64(), origin);
    }
    let cost: Vec<(VarId, f64)> = (0..columns.min(100) as u32).map(|j| (VarId(j), 1.0)).collect();
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}

/// Peak memory of this process in bytes, as the Linux kernel tells it.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kib: f64 = line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0.0);
    kib * 1024.0
}

/// Seconds of processor time of this process, as the Linux kernel tells them.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or("").split_whitespace().skip(11).take(2);
    fields.map(|f| f.parse().unwrap_or(0.0)).sum::<f64>() / 100.0
}

struct Count<W> {
    inner: W,
    bytes: usize,
}

impl<W: Write> Write for Count<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.bytes += written;
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let word = |k: usize| args.get(k).map_or("", String::as_str);
    let number = |k: usize, default: f64| word(k).parse::<f64>().unwrap_or(default);
    let format = match word(1) {
        "lp" => Format::Lp,
        "mps" => Format::Mps,
        "nl" => Format::NlText,
        "nl-binary" => Format::NlBinary,
        other => panic!("no format {other:?}: give lp, mps, nl or nl-binary"),
    };
    let names = if word(4) == "short" { NameStyle::Short } else { NameStyle::Readable };
    let options = Options { names, threads: number(3, 1.0) as usize, ..Options::default() };

    let clock = Instant::now();
    let model = model(number(0, 1e6) as usize, number(5, 10.0) as usize, number(6, 1.0));
    let built = clock.elapsed().as_secs_f64();
    let nonzeros = model.rows.nonzeros() as f64;
    let ready = peak();
    let clock = Instant::now();
    let checked = validate(&model, Some(&format.capabilities())).unwrap();
    let checking = clock.elapsed().as_secs_f64();
    let validated = peak();

    let mut out = Count { inner: File::create(word(2)).unwrap(), bytes: 0 };
    let (clock, before) = (Instant::now(), processor());
    write(&checked, format, &options, &mut out).unwrap();
    // A device has nothing to keep.
    let _ = out.inner.sync_all();
    let seconds = clock.elapsed().as_secs_f64();
    println!(
        "{nonzeros:.0} nonzeros, {} rows, {} columns; built in {built:.2} s, checked in {checking:.2} s\n\
         {}: {:.3} s ({:.2} s of processors), {:.0} MB/s, {:.2} Mnnz/s, {:.3} GB\n\
         peak bytes a nonzero: {:.1} built, {:.1} checked, {:.1} written",
        model.row_count(),
        model.var_count(),
        args.join(" "),
        seconds,
        processor() - before,
        out.bytes as f64 / seconds / 1e6,
        nonzeros / seconds / 1e6,
        out.bytes as f64 / 1e9,
        ready / nonzeros,
        validated / nonzeros,
        peak() / nonzeros,
    );
}
