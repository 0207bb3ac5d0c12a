//! The eight ways in which released tools were seen to write another model than they were given,
//! without a word. Each is a case here that we get right.
//!
//! Where a foreign reader is the judge, the same model is in the generated corpus as `peer_*`, which
//! `scripts/foreign_readers.sh` gives to every reader of every target. A convolution without its
//! bias is tested where convolutions are read: `a_bias_is_not_dropped` in
//! `tests/front_onnx/conv.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod corpus;
mod models;

use corpus::files::{File, files};
use corpus::{Entry, exact, peers};
use dashu::rational::RBig;
use models::readback::{column_names, read_back};
use theriac::bounds::Interval;
use theriac::encode::builder::Builder;
use theriac::encode::lin::Lin;
use theriac::encode::recipe::Recipe;
use theriac::ir::names::Names;
use theriac::ir::{Family, Model, Objective, Place, Rule, Sense, VarKind};
use theriac::lower::{Format, LowerOptions, Target, legalise, legalise_with};

/// Text and binary files of an entry that say different things, with the target.
fn written(entry: &Entry) -> Vec<(Target, Vec<u8>)> {
    let bytes = |(target, file)| match file {
        File::Written { bytes, .. } => Some((target, bytes)),
        File::Refused(_) => None,
    };
    files(entry).into_iter().filter_map(bytes).collect()
}

/// The text of every file in one format; at least `least` targets write one.
fn texts(entry: &Entry, format: Format, least: usize) -> Vec<String> {
    let files = written(entry).into_iter().filter(|(target, _)| target.format() == format);
    let texts: Vec<String> = files.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    assert!(texts.len() >= least, "{} files", texts.len());
    texts
}

/// Both senses of a model.
fn both(model: &Model, optimum: f64) -> [Entry; 2] {
    let entry = Entry::closed("case", model.clone(), optimum);
    [entry.clone(), entry.maximised()]
}

/// Every file reads back to the same model, in the sense of the file, and has the optimum that
/// enumeration or the closed form says.
fn reads_back(entry: &Entry) {
    let mut read = 0;
    for (target, file) in files(entry) {
        let File::Written { lowered, bytes, written } = file else { continue };
        let style = Names::Readable.style();
        let names = column_names(&lowered.model, &written, style);
        let shown = target.name();
        let (found, differences) =
            read_back(&lowered.model, target, &bytes, names.as_deref(), style, shown);
        assert!(differences.is_empty(), "{shown}: {differences:?}");
        let wanted = corpus::files::maximises(entry, target);
        assert_eq!(found.maximise, wanted, "{shown}");
        read += 1;
    }
    assert!(read >= 8, "{read} targets");
}

/// OMMX 2.9 writes min x^2 - 4 x so that SCIP, COPT and Xpress answer -8; it is -4.
#[test]
fn the_factor_of_a_quadratic_objective() {
    for entry in both(&peers::quadratic_objective(), -4.0) {
        reads_back(&entry);
        for text in texts(&entry, Format::Lp, 6) {
            // Half of what is in the brackets.
            let sign = if text.starts_with("Maximize") { "- " } else { "" };
            assert!(text.contains(&format!("[ {sign}2 x * x ] / 2")), "{text}");
        }
        for text in texts(&entry, Format::Mps, 6) {
            // Half of x'Qx.
            let sign = if text.contains("OBJSENSE") { "-" } else { "" };
            assert!(text.contains(&format!("QUADOBJ\n    x x {sign}2\n")), "{text}");
        }
        for text in texts(&entry, Format::NlText, 2) {
            let square = text.contains("o5\nv0\nn2\n") || text.contains("o2\nv0\nv0\n");
            assert!(square && !text.contains("n0.5"), "{text}");
        }
    }
    assert_eq!(peers::quadratic_objective().objective_at(&[2.0]), -4.0);
}

/// MOI's `c: 1 <= x + y <= 5` loses its lower side in HiGHS and Xpress.
#[test]
fn a_ranged_row_keeps_both_sides() {
    for (toward, optimum) in [(1.0, 1.0), (-1.0, -5.0)] {
        let model = peers::ranged_row(toward);
        assert_eq!(exact::minimum(&model).unwrap(), RBig::try_from(optimum).unwrap());
        for entry in both(&model, optimum) {
            reads_back(&entry);
            for text in texts(&entry, Format::Lp, 6) {
                let rows = text.split("Bounds").next().unwrap();
                assert!(rows.lines().all(|l| l.matches(['<', '>']).count() <= 1), "{text}");
                assert!(rows.contains("x + y >= 1\n") && rows.contains("x + y <= 5\n"), "{text}");
            }
        }
    }
}

/// A bare number in an LP objective is a variable in Gurobi and COPT, and an error elsewhere.
#[test]
fn an_objective_constant_is_never_a_bare_number() {
    for constant in [7.0, -7.0] {
        let model = peers::objective_constant(constant);
        for entry in both(&model, 1.0 + constant) {
            reads_back(&entry);
            for text in texts(&entry, Format::Lp, 6) {
                let objective = text.split("obj:").nth(1).unwrap();
                let objective = objective.split("Subject To").next().unwrap();
                let words: Vec<&str> = objective.split_whitespace().collect();
                let number = |w: &str| w.parse::<f64>().is_ok();
                let last = words.last().unwrap();
                assert!(!number(last), "{text}");
                for pair in words.windows(2).filter(|p| number(p[0])) {
                    assert!(!number(pair[1]) && !matches!(pair[1], "+" | "-"), "{text}");
                }
                assert!(text.contains(" one = 1\n"), "{text}");
            }
            for text in texts(&entry, Format::Mps, 6) {
                assert!(!text.contains("RHS obj"), "{text}");
                assert!(text.contains(" FX BND one 1\n"), "{text}");
            }
        }
    }
}

/// Pyomo writes `x ^ 2`, which SCIP does not read.
#[test]
fn a_square_has_no_caret_among_blanks() {
    for entry in both(&peers::square_in_a_row(), -3.0) {
        reads_back(&entry);
        for text in texts(&entry, Format::Lp, 4) {
            assert!(text.contains("[ x * x ]") && !text.contains('^'), "{text}");
        }
    }
    let mut looked = 0;
    for entry in corpus::entries(16) {
        for (_, bytes) in written(&entry).iter().filter(|(t, _)| t.format() == Format::Lp) {
            assert!(!String::from_utf8_lossy(bytes).contains(" ^"), "{}", entry.name);
            looked += 1;
        }
    }
    assert!(looked > 1000, "{looked}");
}

/// auto_LiRPA gives a sign's output the bounds of its input, which cuts off +1 where the input
/// stays below 1. Our sign of a quantity in `[-0.5, 0.75]` takes both values, each where it must.
#[test]
fn a_sign_below_one_takes_both_values() {
    for (low, high) in [(-0.5, 0.75), (-0.25, 0.125), (-3.0, 0.5)] {
        for (point, sign) in [(low, -1.0), (low / 2.0, -1.0), (high / 2.0, 1.0), (high, 1.0)] {
            for direction in [1.0, -1.0] {
                let mut b = Builder::new(0.0, None);
                let range = Interval::new(low, high);
                let role = Family::Deviation.at(Place::NONE.step(0));
                let r = b.variable(VarKind::Continuous, range, role, Recipe::Decision);
                let origin = Rule::Foreign.at(Place::NONE);
                let s = b.sign(&r, Family::AbsSwitch, Place::NONE.step(0), origin);
                b.row(&[(1.0, &r)], Sense::Eq, point, origin);
                let terms: Vec<_> = s.terms.iter().map(|(v, a)| (*v, direction * a)).collect();
                b.model.objective = Objective::new(&terms, &[], direction * s.constant);
                let found = exact::minimum(&b.model).expect("the point is feasible");
                let wanted = RBig::try_from(direction * sign).unwrap();
                assert_eq!(found, wanted, "sign of {point} in [{low}, {high}]");
            }
        }
    }
}

/// highs-ml calls a piecewise linear function certified after 33 samples a segment. We approximate
/// nothing: a smooth function for a target without one is refused, with a sentence and no file.
#[test]
fn a_smooth_function_is_never_sampled() {
    let mut refused = 0;
    for entry in corpus::entries(0).iter().filter(|e| !e.model.exprs.is_empty()) {
        for target in Target::ALL.into_iter().filter(|t| !t.capabilities().smooth) {
            let relaxed = LowerOptions { relax: true };
            for refusal in [
                legalise(&entry.model, target).unwrap_err(),
                legalise_with(&entry.model, target, relaxed).unwrap_err(),
            ] {
                let words = refusal.to_string();
                assert!(words.contains("smooth") && words.contains(target.name()), "{words}");
                refused += 1;
            }
        }
    }
    assert!(refused >= 4 * 2 * 10, "{refused}");
}

/// PySCIPOpt-ML widens bounds by 1e-6 a term: too much for small numbers, too little for large
/// ones. Ours contain the exact sum of any fan-in, and no more than rounding asks for.
#[test]
fn bounds_contain_the_exact_sum_and_little_more() {
    let mut rng = fastrand::Rng::with_seed(8);
    let mut beyond_padding = 0;
    for (fan_in, size) in [(16, 1.0), (4096, 1.0), (4096, 1e12), (512, 1e-12), (2000, 1e150)] {
        let mut b = Builder::new(0.0, None);
        let mut inputs: Vec<(f64, Lin)> = Vec::new();
        let (mut low, mut high) = (RBig::ZERO, RBig::ZERO);
        let (mut float_high, mut mass) = (0.0, 0.0);
        for k in 0..fan_in {
            let number = |rng: &mut fastrand::Rng| (rng.f64() * 2.0 - 1.0) * size;
            let (x, y, w) = (number(&mut rng), number(&mut rng), rng.f64() * 2.0 - 1.0);
            let (lo, hi) = (x.min(y), x.max(y));
            let role = Family::Named.at(Place::NONE.i(k));
            let range = Interval::new(lo, hi);
            inputs.push((w, b.variable(VarKind::Continuous, range, role, Recipe::Decision)));
            let (at_low, at_high) = if w > 0.0 { (lo, hi) } else { (hi, lo) };
            low += exact::exact(w) * exact::exact(at_low);
            high += exact::exact(w) * exact::exact(at_high);
            float_high += w * at_high;
            mass += (w * lo).abs().max((w * hi).abs());
        }
        let parts: Vec<_> = inputs.iter().map(|(w, l)| (Interval::point(*w), l)).collect();
        let range = b.combine(&parts, 0.0).range;
        let (found_low, found_high) = (exact::exact(range.lo), exact::exact(range.hi));
        assert!(found_low <= low && high <= found_high, "{fan_in} terms of {size}");
        let slack = exact::exact(mass * fan_in as f64 * 4.0 * f64::EPSILON);
        assert!(&low - found_low <= slack && &found_high - &high <= slack, "{fan_in}, {size}");
        let error = high - exact::exact(float_high);
        beyond_padding += usize::from(error > exact::exact(1e-6 * fan_in as f64));
    }
    assert!(beyond_padding >= 1, "no case in which padding would have failed");
}
