//! No MPS file of ours can be taken for fixed MPS.
//!
//! SCIP 10 and COPT 8 look at the blanks of a line, whatever stands behind the name of the model.
//! A line has the shape of fixed MPS if columns 13 and 14, 23 and 24, 37 to 39, 48 and 49, 62 to 64
//! are blank and it has a digit in columns 25 to 36, or if it is shorter than 13 characters.

use theriac::back::{Options, emit};
use theriac::front::model::{ModelFormat, read};
use theriac::ir::Model;
use theriac::ir::names::Names;
use theriac::lower::{LowerOptions, Target};

const FIRST: &[u8] = b"abcdfghijklmnopqrstuvwyzACDFGHJK_";
const OTHER: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789_.";

/// Whether a line, padded with blanks, has the shape of fixed MPS.
fn fixed(line: &str) -> bool {
    let at = |k: usize| line.as_bytes().get(k - 1).copied().unwrap_or(b' ');
    let blank = [13, 14, 23, 24, 37, 38, 39, 48, 49, 62, 63, 64].iter().all(|k| at(*k) == b' ');
    blank && (line.len() < 13 || (25..=36).any(|k| at(k).is_ascii_digit()))
}

/// Checks what protects a file: the first line of a row ends the question, and no line of entries
/// has two neighbouring blanks within.
fn check(text: &str) {
    let first = text.lines().skip_while(|l| *l != "ROWS").nth(1).unwrap();
    assert_eq!(first, " N  objective");
    assert!(!fixed(first));
    // The thirteenth column is covered whatever a reader asks of the rest.
    assert_eq!(first.len(), 13);
    let entries = text.lines().skip_while(|l| *l != "COLUMNS");
    for line in entries.filter(|l| l.starts_with(' ')) {
        assert!(!line.trim_start().contains("  "), "{line}");
        assert!(line.len() < 14 || !fixed(line), "{line}");
    }
}

fn mps(model: &Model, target: Target, names: &Names) -> String {
    let options = Options { names: names.style(), ..Options::default() };
    let mut out = Vec::new();
    emit(model, target, LowerOptions::default(), &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn name(rng: &mut fastrand::Rng, length: usize, used: &mut Vec<String>) -> String {
    loop {
        let mut name = String::from(char::from(FIRST[rng.usize(..FIRST.len())]));
        (1..length).for_each(|_| name.push(char::from(OTHER[rng.usize(..OTHER.len())])));
        if !used.contains(&name) {
            used.push(name.clone());
            return name;
        }
    }
}

/// A number of so many characters.
fn number(rng: &mut fastrand::Rng, length: usize) -> String {
    let mut digits = |n: usize| (0..n).map(|_| char::from(b'1' + rng.u8(..9))).collect::<String>();
    match length {
        0..=2 => digits(length.max(1)),
        n => format!("{}.{}", digits(1), digits(n - 2)),
    }
}

/// Our own reader gives back the model, so every field stands where it belongs.
#[test]
fn names_and_numbers_of_every_length_keep_the_free_form() {
    let mut rng = fastrand::Rng::with_seed(43);
    for round in 0..600 {
        let (mut used, columns) = (Vec::new(), rng.usize(1..5));
        // The lengths that fill the fields of the fixed format, and all others.
        let lengths: &[usize] = match round % 3 {
            0 => &[3, 8],
            1 => &[1, 2, 3, 4, 5, 6, 7, 8],
            _ => &[1, 4, 8, 9, 10, 11, 12],
        };
        let length = |rng: &mut fastrand::Rng| lengths[rng.usize(..lengths.len())];
        let mut called = |rng: &mut fastrand::Rng| {
            let length = length(rng);
            name(rng, length, &mut used)
        };
        let vars: Vec<String> = (0..columns).map(|_| called(&mut rng)).collect();
        let sum = |rng: &mut fastrand::Rng| {
            let term = |v: &String| {
                let length = if round % 2 == 0 { [3, 8][rng.usize(..2)] } else { rng.usize(1..17) };
                format!("{} {v}", number(rng, length))
            };
            vars.iter().map(term).collect::<Vec<_>>().join(" + ")
        };
        let mut text = format!("Minimize\n obj: {}\nSubject To\n", sum(&mut rng));
        for _ in 0..rng.usize(1..4) {
            text += &format!(" {}: {} >= {}\n", called(&mut rng), sum(&mut rng), rng.u8(1..99));
        }
        text += &format!("Bounds\n {} <= {}\nGenerals\n {0}\nEnd\n", vars[0], rng.u16(1..9999));
        let found = read(text.as_bytes(), ModelFormat::Lp, None, "m.lp").unwrap().model;
        for target in [Target::PortableMps, Target::ScipMps, Target::CoptMps] {
            for names in [Names::Readable, Names::Short] {
                let written = mps(&found, target, &names);
                check(&written);
                let again = read(written.as_bytes(), ModelFormat::Mps, None, "m.mps").unwrap();
                let terms = |m: &Model| -> Vec<_> {
                    m.rows.iter().map(|r| (r.cols.to_vec(), r.vals.to_vec(), r.rhs)).collect()
                };
                assert_eq!(terms(&again.model), terms(&found), "{text}{written}");
                assert_eq!(again.model.objective, found.objective, "{text}{written}");
            }
        }
    }
}

/// The layout that was read as fixed MPS has the shape; a row called like the objective gets
/// another name.
#[test]
fn the_shape_is_known_and_the_name_of_the_objective_is_kept_free() {
    assert!(fixed("    position  obj  0.5  c0  1"));
    assert!(fixed("    acf  obj  -3.14159  c0  1"));
    let text = b"Minimize\n o: x\nSubject To\n objective: x >= 1\nEnd\n";
    let found = read(text, ModelFormat::Lp, None, "m.lp").unwrap().model;
    let written = mps(&found, Target::PortableMps, &Names::Readable);
    check(&written);
    assert_eq!(written.matches("objective").count(), 2, "{written}");
    // Both forms are read.
    let free = read(written.as_bytes(), ModelFormat::Mps, None, "m.mps").unwrap().model;
    let spaced = written.replace(" objective 1", "         objective        1");
    let fixed = read(spaced.as_bytes(), ModelFormat::Mps, None, "m.mps").unwrap().model;
    assert_eq!(free.objective, fixed.objective);
}
