//! Deep and large files: bounded, and read in time that grows with their size.

use std::fmt::Write as _;
use std::io::Read as _;

use flate2::read::GzEncoder;
use theriac::front::vnnlib::load_bytes;
use theriac::question::verify::{Formula, Truth, cases};

use super::memory::measured;

const HEAD: &str = "(declare-const X_0 Real)\n(declare-const Y_0 Real)\n(assert (<= 0 X_0 1))";

fn nested(open: &[&str], depth: usize, leaf: &str) -> String {
    let mut text = HEAD.to_owned();
    text.push_str("(assert ");
    (0..depth).for_each(|k| text.push_str(open[k % open.len()]));
    text.push_str(leaf);
    text.push_str(&")".repeat(depth + 1));
    text
}

#[test]
fn nesting_is_bounded() {
    let refused = |text: String| load_bytes("p", text.as_bytes()).unwrap_err().to_string();
    for open in ["(and ", "(or ", "(not "] {
        let query = load_bytes("p", nested(&[open], 999, "(<= Y_0 1)").as_bytes()).unwrap();
        // 999 negations are one.
        let expected = if open == "(not " { "(< (* -1 Y_0) -1)" } else { "(<= Y_0 1)" };
        let Formula::All(parts) = &query.property.formula else { panic!("{open}") };
        assert_eq!(parts[2].to_string(), expected);
        let told = refused(nested(&[open], 1_000_000, "(<= Y_0 1)"));
        assert_eq!(
            told.split_once(": ").unwrap().1,
            "parentheses are nested more than 1000 deep; write the formula with fewer levels"
        );
    }
    let alternating = |n| nested(&["(or (<= Y_0 0) ", "(and (<= Y_0 1) "], n, "(<= Y_0 2)");
    let query = load_bytes("p", alternating(201).as_bytes()).unwrap();
    // What works on formulas calls itself, on the stack of a small thread too.
    assert_eq!(query.property.formula.truth_at(&[0.0], &[3.0]), Truth::No);
    assert_eq!(cases(&query.property).unwrap().len(), 1);
    let told = refused(alternating(202));
    assert!(told.contains("`and` and `or` alternate more than 200 times"), "{told}");
    let sums = load_bytes(
        "p",
        nested(&["(<= 0 "], 1, &format!("{}1{}", "(+ Y_0 ".repeat(990), ")".repeat(990)))
            .as_bytes(),
    );
    let Formula::All(parts) = &sums.unwrap().property.formula else { panic!() };
    assert_eq!(parts[2].to_string(), "(<= (* -990 Y_0) 1)");
}

/// A right-nested chain is as flat as a list.
#[test]
fn chains_are_flattened() {
    let chain = nested(&["(or (<= Y_0 1) ", "(not (and (> Y_0 2) ", "(not "], 600, "(<= Y_0 3)");
    let mut text = chain;
    // Every second connective needs one more parenthesis.
    text.push_str(&")".repeat(200));
    let query = load_bytes("p", text.as_bytes()).unwrap();
    let Formula::All(parts) = &query.property.formula else { panic!() };
    let Formula::Any(chain) = &parts[2] else { panic!("{}", parts[2]) };
    assert_eq!(chain.len(), 401);
}

fn image(inputs: usize, disjuncts: usize) -> String {
    let mut text = String::new();
    (0..inputs).for_each(|i| writeln!(text, "(declare-const X_{i} Real)").unwrap());
    (0..10).for_each(|j| writeln!(text, "(declare-const Y_{j} Real)").unwrap());
    for i in 0..inputs {
        let x = i as f64 / inputs as f64;
        writeln!(text, "(assert (<= X_{i} {}))\n(assert (>= X_{i} {}))", x + 0.01, x).unwrap();
    }
    text.push_str("(assert (or\n");
    (0..disjuncts).for_each(|d| writeln!(text, "    (and (>= Y_{} Y_3))", d % 10).unwrap());
    text.push_str("))\n");
    text
}

#[test]
fn memory_is_a_small_multiple_of_the_file() {
    let dense = format!("{HEAD}(assert (or {}))", "(< Y_0 0)".repeat(100_000));
    for text in [image(20_000, 20_000), dense] {
        let (query, held) = measured(|| load_bytes("p", text.as_bytes()).unwrap());
        assert!(held < 24 * text.len(), "{held} for {}", text.len());
        let property = query.property;
        let (found, held) = measured(|| cases(&property).unwrap());
        assert_eq!(found.len(), 1);
        assert!(held < 32 * text.len(), "{held} for {}", text.len());
    }
}

#[test]
fn packed_files_are_read_and_bombs_are_not() {
    let text = image(50, 9);
    let pack = |bytes: &[u8]| {
        let mut out = Vec::new();
        GzEncoder::new(bytes, flate2::Compression::best()).read_to_end(&mut out).unwrap();
        out
    };
    let plain = load_bytes("p", text.as_bytes()).unwrap();
    let packed = load_bytes("p", &pack(text.as_bytes())).unwrap();
    assert_eq!(plain.property, packed.property);
    assert_ne!(plain.sha256, packed.sha256);
    let bomb = pack(&vec![b' '; 80 << 20]);
    let (told, held) = measured(|| load_bytes("p", &bomb).unwrap_err().to_string());
    assert!(
        told.starts_with("p: the file cannot be unpacked: it unpacks to more than 64 MiB"),
        "{told}"
    );
    assert!(held < 256 << 20, "{held}");
}

/// Prints how fast a large file is read; `--nocapture` shows it.
#[test]
fn large_files_are_read_at_once() {
    let text = image(40_000, 10_000);
    let start = std::time::Instant::now();
    let query = load_bytes("p", text.as_bytes()).unwrap();
    let read = start.elapsed().as_secs_f64();
    assert_eq!(cases(&query.property).unwrap().len(), 1);
    let all = start.elapsed().as_secs_f64();
    let size = text.len() as f64 / 1e6;
    println!("{size:.1} MB: read at {:.0} MB/s, with cases {:.0} MB/s", size / read, size / all);
}
