//! From the half-moons question (five steps, three flips, start weights 0) to files: each part of
//! the way beside the compilation with interval bounds, in one run. `cargo bench --bench compile`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use theriac::back::{Options, write};
use theriac::bounds::pass;
use theriac::encode::{CompileOptions, Program, compile, compile_with};
use theriac::front::spec;
use theriac::ir::save;
use theriac::lower::{Target, legalise};
use theriac::question::{FlipEncoding, Question, Tighten};
use theriac::search::{SearchOptions, find_attack};

const ROUNDS: usize = 9;

/// Prints times, and what they are relative to the first one.
#[derive(Default)]
struct Table {
    base: Option<f64>,
}

impl Table {
    /// The fastest of several rounds.
    fn measure<T>(&mut self, name: &str, mut work: impl FnMut() -> T) {
        let mut best = f64::INFINITY;
        for _ in 0..ROUNDS {
            let clock = Instant::now();
            black_box(work());
            best = best.min(clock.elapsed().as_secs_f64());
        }
        let base = *self.base.get_or_insert(best);
        println!("{name:<44} {:9.3} ms  {:7.3} x", best * 1e3, best / base);
    }
}

fn compiled(q: &Question, tighten: Tighten, cutoff: Option<f64>) -> Program {
    let mut q = q.clone();
    q.encode.tighten = tighten;
    compile_with(&q, CompileOptions { tightener: None, cutoff, cancel: None }).expect("a program")
}

fn describe(name: &str, program: &Program) {
    let model = &program.model;
    let whole = model.vars.iter().filter(|v| v.kind != theriac::ir::VarKind::Continuous).count();
    println!(
        "{name:<44} {} variables ({whole} integer), {} rows, {} nonzeros, interval bound {:.4}",
        model.var_count(),
        model.row_count(),
        model.rows.nonzeros(),
        program.interval_bound()
    );
}

fn main() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/moons-harder.thr");
    let mut q =
        spec::load(&path).expect("the example").poison().expect("poisoned training").question;
    q.encode.flips = FlipEncoding::Disjoint;
    q.encode.tighten = Tighten::Interval;
    let (_, attack) = find_attack(&q, &SearchOptions::default()).expect("an attack");
    // The goal is a margin, so that the objective is the value.
    let cutoff = Some(attack.value);
    let kinds = [
        ("interval", Tighten::Interval, None),
        ("directional", Tighten::Directional, None),
        ("directional below the attack", Tighten::Directional, cutoff),
    ];
    for (name, tighten, cutoff) in kinds {
        describe(name, &compiled(&q, tighten, cutoff));
    }
    let mut table = Table::default();
    table.measure("compile, interval", || compile(&q, None).expect("a program"));
    for (name, tighten, cutoff) in &kinds[1..] {
        table.measure(&format!("compile, {name}"), || compiled(&q, *tighten, *cutoff));
    }
    table.measure("read specification, network and data", || spec::load(&path).expect("a spec"));
    table.measure("search for an attack by replay", || {
        find_attack(&q, &SearchOptions::default()).expect("an attack")
    });
    table.measure("interval pass alone", || pass::run(&q, false).expect("boxes"));
    let program = compiled(&q, Tighten::Directional, None);
    table.measure("save the model", || save::to_bytes(&program.model));
    for target in Target::ALL {
        if target.file_name().is_empty() {
            continue;
        }
        let mut out = Vec::new();
        table.measure(&format!("legalise and write for {}", target.name()), || {
            out.clear();
            let lowered = legalise(&program.model, target).expect("lowered");
            let checked = lowered.checked().expect("valid");
            write(&checked, target.format(), &Options::default(), &mut out).expect("written");
        });
    }
}
