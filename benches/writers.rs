//! Throughput of the writers on a synthetic model of 10^6 nonzeros, to memory, by one thread and by
//! two, beside a plain `write!` of the same LP text in the same run. `cargo bench --bench writers`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use theriac::back::{NameStyle, Options, pack, write};
use theriac::front::packing::Packing;
use theriac::ir::{Family, Model, Objective, Place, Rule, Sense, VarId, VarKind, save};
use theriac::lower::{Format, Target, legalise};
use theriac::valid::validate;

const NONZEROS: usize = 1_000_000;
const A_ROW: usize = 10;
const ROUNDS: usize = 7;

/// Pre-activations over weights: ten terms a row, about a third of the coefficients whole numbers.
fn synthetic() -> Model {
    let mut rng = fastrand::Rng::with_seed(1);
    let mut m = Model::new();
    let columns = NONZEROS / A_ROW;
    for k in 0..columns {
        let place = Place::NONE.layer(1 + k % 3).i(k / 3 % 1000).sample(k / 3000).step(k % 7);
        let (family, kind) = if k % 5 == 0 {
            (Family::ReluSwitch, VarKind::Binary)
        } else {
            (Family::PreActivation, VarKind::Continuous)
        };
        let role = family.at(Place { i: k as u32, ..place });
        let (lower, upper) = if kind == VarKind::Binary {
            (0.0, 1.0)
        } else {
            (-rng.f64() * 10.0, rng.f64() * 10.0)
        };
        m.add_var(kind, lower, upper, role);
    }
    let mut terms = Vec::with_capacity(A_ROW);
    for r in 0..NONZEROS / A_ROW {
        terms.clear();
        for t in 0..A_ROW {
            let column = (r * 7 + t * (columns / A_ROW)) % columns;
            let a = match t % 3 {
                0 => f64::from(rng.i32(1..9)),
                1 => (rng.f64() * 2000.0).round() / 1000.0 + 0.001,
                _ => rng.f64() - 0.5,
            };
            terms.push((VarId(column as u32), a));
        }
        let origin = Rule::Forward.at(Place::NONE.layer(1).i(r).sample(r % 100).step(r % 7));
        m.add_row(&terms, [Sense::Le, Sense::Ge, Sense::Eq][r % 3], rng.f64(), origin);
    }
    let cost: Vec<(VarId, f64)> = (0..100).map(|j| (VarId(j), 1.0)).collect();
    m.objective = Objective::new(&cost, &[], 0.0);
    m
}

/// The LP rows by `write!`, as one would write them first: a formatted line piece a term.
fn naive(m: &Model, out: &mut Vec<u8>) {
    for row in m.rows.iter() {
        let name = NameStyle::Readable.row_string(m, row.id);
        write!(out, " {name}:").unwrap();
        for (v, a) in row.cols.iter().zip(row.vals) {
            let name = NameStyle::Readable.var_string(m, *v);
            let sign = if *a < 0.0 { '-' } else { '+' };
            write!(out, " {sign} {} {name}", a.abs()).unwrap();
        }
        writeln!(out, " <= {}", row.rhs).unwrap();
    }
}

fn main() {
    let model = synthetic();
    let nonzeros = model.rows.nonzeros();
    println!(
        "{} variables, {} rows, {nonzeros} nonzeros, best of {ROUNDS}",
        model.var_count(),
        model.row_count()
    );
    let checked = validate(&model, None).unwrap();
    let mut out: Vec<u8> = Vec::with_capacity(1 << 27);
    let mut baseline = None;
    let mut measure = |name: &str, work: &mut dyn FnMut(&mut Vec<u8>)| {
        let mut best = f64::INFINITY;
        for _ in 0..ROUNDS {
            out.clear();
            let clock = Instant::now();
            work(&mut out);
            best = best.min(clock.elapsed().as_secs_f64());
            black_box(&out);
        }
        let rate = nonzeros as f64 / best / 1e6;
        let base = *baseline.get_or_insert(rate);
        println!(
            "{name:<22} {:8.1} ms  {rate:7.2} Mnnz/s  {:7.1} MB/s  {:5.1} bytes/nnz  {:5.2} x write!",
            best * 1e3,
            out.len() as f64 / best / 1e6,
            out.len() as f64 / nonzeros as f64,
            rate / base
        );
    };
    measure("LP by write!", &mut |out| naive(&model, out));
    for (name, format) in [
        ("LP", Format::Lp),
        ("MPS", Format::Mps),
        ("NL text", Format::NlText),
        ("NL binary", Format::NlBinary),
    ] {
        let nameless = matches!(format, Format::NlText | Format::NlBinary);
        for (style, names) in [("readable", NameStyle::Readable), ("short", NameStyle::Short)] {
            for threads in [1, 2] {
                let options = Options { names, threads, ..Options::default() };
                let what = match (nameless, names) {
                    (true, NameStyle::Short) => continue,
                    (true, _) => format!("{name}, {threads}"),
                    (false, _) => format!("{name}, {style}, {threads}"),
                };
                measure(&what, &mut |out| {
                    write(&checked, format, &options, out).unwrap();
                });
            }
        }
    }
    let lp = |threads, out: &mut dyn Write| {
        let options = Options { threads, ..Options::default() };
        write(&checked, Format::Lp, &options, out)
    };
    let mut text = Vec::new();
    lp(1, &mut text).unwrap();
    let length = text.len();
    for packing in Packing::ALL {
        let mut size = 0;
        measure(&format!("LP, {packing:?}"), &mut |out| {
            let mut packed = Vec::with_capacity(1 << 26);
            pack::packed(&mut packed, packing, |w| lp(1, w)).unwrap();
            size = packed.len();
            // The rate is that of the text.
            out.resize(length, 0);
        });
        println!("    {:.3} of the text", size as f64 / length as f64);
    }
    measure("saved model, write", &mut |out| save::write(&model, out).unwrap());
    let saved = save::to_bytes(&model);
    measure("saved model, read", &mut |out| {
        black_box(save::from_bytes(&saved).unwrap());
        out.resize(saved.len(), 0);
    });
    measure("validate", &mut |_| {
        validate(black_box(&model), Some(Target::GurobiLp.capabilities())).unwrap();
    });
    measure("legalise (nothing)", &mut |_| {
        black_box(legalise(black_box(&model), Target::GurobiLp).unwrap());
    });
}
