//! CSV data: what is read, and what each kind of damage says.

use std::io::Write;
use std::path::Path;

use flate2::{Compression, write::GzEncoder};
use theriac::front::csv::{self, CsvProblem, CsvSpec, LabelSpec};
use theriac::front::hash::sha256_bytes;
use theriac::question::{Labels, Target};

fn spec(features: &[&str], labels: &[&str], mapping: LabelSpec) -> CsvSpec {
    let own = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect();
    CsvSpec { name: "train".into(), features: own(features), labels: own(labels), mapping }
}

fn signs(pairs: &[(&str, i8)]) -> LabelSpec {
    LabelSpec::Signs(pairs.iter().map(|&(l, s)| (l.to_owned(), s)).collect())
}

fn classes(labels: &[&str]) -> LabelSpec {
    LabelSpec::Classes(labels.iter().map(|&l| l.to_owned()).collect())
}

fn read(text: &[u8], spec: &CsvSpec) -> Result<csv::CsvData, csv::CsvError> {
    csv::load_bytes(Path::new("data.csv"), text, spec)
}

fn example(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data").join(file)
}

#[test]
fn moons_with_signs() {
    let path = example("moons_n100_noise0.1_seed0.csv");
    let spec = spec(&["x0", "x1"], &["target"], signs(&[("0", -1), ("1", 1)]));
    let data = csv::load(&path, &spec).unwrap();
    assert_eq!(data.dataset.len(), 100);
    assert_eq!(data.dataset.columns, ["x0", "x1"]);
    assert_eq!(data.lines, (2..=101).collect::<Vec<u64>>());
    assert_eq!(data.dataset.row(0), [-0.05348368606071654, 0.9925819946022202]);
    assert_eq!(data.dataset.target(0), Target::Sign(-1.0));
    assert_eq!(data.dataset.row(1), [1.8198998735095437, -0.17559998736143714]);
    assert_eq!(data.dataset.target(1), Target::Sign(1.0));
    let Labels::Signs(signs) = &data.dataset.labels else { panic!("{:?}", data.dataset.labels) };
    assert_eq!(signs.iter().filter(|&&s| s == 1).count(), 50);
    assert_eq!(data.sha256, sha256_bytes(&std::fs::read(&path).unwrap()));
}

#[test]
fn iris_one_hot_and_real_agree() {
    let path = example("iris3_train.csv");
    let features = ["x3", "x0"];
    let hot = csv::load(&path, &spec(&features, &["y0", "y1", "y2"], LabelSpec::OneHot)).unwrap();
    let real = csv::load(&path, &spec(&features, &["y0", "y1", "y2"], LabelSpec::Real)).unwrap();
    assert_eq!(hot.dataset.features, real.dataset.features);
    assert_eq!(hot.dataset.row(0), [0.13250973218556866, 0.310997534138703]);
    let Labels::Classes { of, count: 3, names } = &hot.dataset.labels else {
        panic!("{:?}", hot.dataset.labels)
    };
    assert_eq!(names, &["y0", "y1", "y2"]);
    let Labels::Real(values) = &real.dataset.labels else { panic!("{:?}", real.dataset.labels) };
    for (i, &class) in of.iter().enumerate() {
        let row: Vec<f64> = (0..3).map(|c| f64::from(u8::from(c == class))).collect();
        assert_eq!(values.row(i).to_vec(), row, "row {i}");
    }
    assert_eq!(&of[..2], &[1, 2]);
}

#[test]
fn listed_labels_match_by_value_or_by_text() {
    let text = b"a,y\n1,0.0\n2, 1e0 \n3,-0\n4,\"1\"\n";
    let data = read(text, &spec(&["a"], &["y"], classes(&["1", "0"]))).unwrap();
    let names = vec!["1".to_owned(), "0".to_owned()];
    let expected = Labels::Classes { of: vec![1, 0, 1, 0], count: 2, names };
    assert_eq!(data.dataset.labels, expected);

    let text = b"kind,a\ncat,1\nnan,2\nCat,3\n";
    let data = read(text, &spec(&["a"], &["kind"], classes(&["Cat", "cat", "nan"]))).unwrap();
    let Labels::Classes { of, .. } = data.dataset.labels else { panic!() };
    assert_eq!(of, [1, 2, 0]);
}

#[test]
fn packed_marked_and_quoted_files_read_the_same() {
    let text = b"x,y\n0.5,1\n-0.25,0\n";
    let spec = spec(&["x"], &["y"], signs(&[("0", -1), ("1", 1)]));
    let plain = read(text, &spec).unwrap();
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(text).unwrap();
    let packed = packer.finish().unwrap();
    let unpacked = read(&packed, &spec).unwrap();
    assert_eq!(unpacked.dataset, plain.dataset);
    assert_eq!(unpacked.lines, plain.lines);
    assert_eq!(unpacked.sha256, sha256_bytes(&packed));
    for other in [
        &b"\xef\xbb\xbfx,y\n0.5,1\n-0.25,0\n"[..],
        b"x,y\r\n0.5,1\r\n-0.25,0\r\n",
        b"\"x\" , y\n+.5,1\n\"-25e-2\",0",
    ] {
        let read = read(other, &spec).unwrap();
        assert_eq!((read.dataset, read.lines), (plain.dataset.clone(), plain.lines.clone()));
    }
}

#[test]
fn lines_count_blank_lines_and_quoted_line_breaks() {
    let text = b"\n x,note,y\n\n1,\"two\nlines\",0\n\r\n\n2,,1\n";
    let spec = spec(&["x"], &["y"], LabelSpec::Real);
    assert_eq!(read(text, &spec).unwrap().lines, [4, 8]);
}

/// Every kind of damage, with the whole message.
#[test]
fn damage_is_named_with_its_place() {
    let sign = || signs(&[("0", -1), ("1", 1)]);
    let plain = || spec(&["x0", "x1"], &["y"], sign());
    let cases: Vec<(&[u8], CsvSpec, &str)> = vec![
        (
            b"",
            plain(),
            "data.csv: the file is empty; it needs a header line with the names of the columns",
        ),
        (
            b"\n\r\n",
            plain(),
            "data.csv: the file is empty; it needs a header line with the names of the columns",
        ),
        (
            b"x0,x1,y\n",
            plain(),
            "data.csv: the file has a header line but no rows; a data set needs at least one row",
        ),
        (
            b"x0,x1,y\n1,,0\n",
            plain(),
            "data.csv, line 2, column \"x1\": the cell is empty; fill in the value or remove the row",
        ),
        (
            b"x0,x1,y\n1,2,0\n1,2, \n",
            plain(),
            "data.csv, line 3, column \"y\": the cell is empty; fill in the value or remove the row",
        ),
        (
            b"x0,x1,y\nNaN,2,0\n",
            plain(),
            "data.csv, line 2, column \"x0\": \"NaN\" is not a finite number; fill in a finite value or remove the row",
        ),
        (
            b"x0,x1,y\n1,-inf,0\n",
            plain(),
            "data.csv, line 2, column \"x1\": \"-inf\" is not a finite number; fill in a finite value or remove the row",
        ),
        (
            b"x0,x1,y\n1,1e999,0\n",
            plain(),
            "data.csv, line 2, column \"x1\": \"1e999\" is not a finite number; fill in a finite value or remove the row",
        ),
        (
            b"x0,x1,y\n1,0x10,0\n",
            plain(),
            "data.csv, line 2, column \"x1\": \"0x10\" is not a number; numbers look like 12, -0.5 or 1e-3",
        ),
        (
            b"x0,x1,y\n1,\"1,5\",0\n",
            plain(),
            "data.csv, line 2, column \"x1\": \"1,5\" is not a number; numbers look like 12, -0.5 or 1e-3",
        ),
        (
            b"x0,x1,y\n1,2\n",
            plain(),
            "data.csv, line 2: the row has 2 cells where the header has 3; add or remove cells",
        ),
        (
            b"x0,x1,y\n1,2,0\n\n1,2,0,\n",
            plain(),
            "data.csv, line 4: the row has 4 cells where the header has 3; add or remove cells",
        ),
        (
            b"x0,x1,y\n1,2,2\n",
            plain(),
            "data.csv, line 2, column \"y\": the label \"2\" is not one of 0, 1; list it or correct the row",
        ),
        (
            b"x0,x1,y\n1,2,no\n",
            plain(),
            "data.csv, line 2, column \"y\": the label \"no\" is not one of 0, 1; list it or correct the row",
        ),
        (
            b"x0,X1,y\n1,2,0\n",
            plain(),
            "data.csv, column \"x1\": there is no such column; is \"X1\" meant?",
        ),
        (
            b"height,width,y\n1,2,0\n",
            plain(),
            "data.csv, column \"x0\": there is no such column; the file has height, width, y",
        ),
        (
            b"x0,x1,x0\n1,2,0\n",
            plain(),
            "data.csv, line 1, column \"x0\": columns 1 and 3 have the same name; give each column its own name",
        ),
        (
            b"x0,x1,y\n1,\xff,0\n",
            plain(),
            "data.csv, line 2, column \"x1\": the cell is not valid UTF-8; save the file as UTF-8",
        ),
        (
            b"x0,\xff,y\n1,2,0\n",
            plain(),
            "data.csv, line 1: the cell is not valid UTF-8; save the file as UTF-8",
        ),
        (b"\xff\xfex\0", plain(), "data.csv: the file is UTF-16 or UTF-32 text; save it as UTF-8"),
        (
            b"x,y\n1,2\n",
            spec(&["x"], &["x"], sign()),
            "data.csv, column \"x\": the column is used twice; name each column once, as a feature or as a label",
        ),
        (
            b"x,y\n1,2\n",
            spec(&[], &["y"], sign()),
            "data.csv: no feature column is named; name at least one",
        ),
        (
            b"x,y\n1,2\n",
            spec(&["x"], &[], sign()),
            "data.csv: no label column is named; name at least one",
        ),
        (
            b"x,y,z\n1,0,0\n",
            spec(&["x"], &["y", "z"], sign()),
            "data.csv: labels mapped to signs need one label column, but 2 are named",
        ),
        (
            b"x,y,z\n1,0,0\n",
            spec(&["x"], &["y", "z"], classes(&["0"])),
            "data.csv: listed classes need one label column, but 2 are named",
        ),
        (
            b"x,y\n1,0\n",
            spec(&["x"], &["y"], LabelSpec::OneHot),
            "data.csv: one-hot classes need at least two label columns, but 1 are named",
        ),
        (
            b"x,y\n1,0\n",
            spec(&["x"], &["y"], classes(&[])),
            "data.csv: no label is listed; list every label that may occur",
        ),
        (
            b"x,y\n1,0\n",
            spec(&["x"], &["y"], classes(&["0", "1", "0.0"])),
            "data.csv: the labels \"0\" and \"0.0\" are the same value; list each label once",
        ),
        (
            b"x,y\n1,0\n",
            spec(&["x"], &["y"], signs(&[("0", 0)])),
            "data.csv: the label \"0\" is mapped to 0; signs are -1 and +1",
        ),
        (
            b"x,y,z\n1,0.5,0\n",
            spec(&["x"], &["y", "z"], LabelSpec::OneHot),
            "data.csv, line 2, column \"y\": \"0.5\" is neither 0 nor 1, as one-hot label columns need",
        ),
        (
            b"x,y,z\n1,1,1.0\n",
            spec(&["x"], &["y", "z"], LabelSpec::OneHot),
            "data.csv, line 2: 2 of the label columns are 1; a one-hot row has exactly one 1",
        ),
        (
            b"x,y,z\n1,0,0\n",
            spec(&["x"], &["y", "z"], LabelSpec::OneHot),
            "data.csv, line 2: 0 of the label columns are 1; a one-hot row has exactly one 1",
        ),
    ];
    for (text, spec, message) in cases {
        assert_eq!(read(text, &spec).unwrap_err().to_string(), message, "{text:?}");
    }
}

#[test]
fn a_missing_file_and_bad_gzip_are_named() {
    let spec = spec(&["x"], &["y"], LabelSpec::Real);
    let e = csv::load(Path::new("no/such/file.csv"), &spec).unwrap_err();
    assert!(matches!(e.problem, CsvProblem::Open { .. }), "{e}");
    assert!(e.to_string().starts_with("no/such/file.csv: the file cannot be read ("), "{e}");
    let e = read(b"\x1f\x8b\x08\x00garbage", &spec).unwrap_err();
    assert!(matches!(e.problem, CsvProblem::Gzip { .. }), "{e}");
}

/// Truncations, bit flips and exchanged bytes give data or an error with the file's name. Rows
/// that are read must hold finite numbers and one line number each.
#[test]
fn mutations_never_panic() {
    let whole = std::fs::read_to_string(example("iris3_train.csv")).unwrap();
    let plain: String = whole.lines().take(20).map(|line| format!("{line}\n")).collect();
    let plain = plain.into_bytes();
    let spec = spec(&["x0", "x1", "x2", "x3"], &["y0", "y1", "y2"], LabelSpec::OneHot);
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(&plain).unwrap();
    let packed = packer.finish().unwrap();
    let mut rng = fastrand::Rng::with_seed(7);
    let (mut good, mut bad) = (0, 0);
    for round in 0..10_000 {
        let mut bytes = if round % 4 == 0 { packed.clone() } else { plain.clone() };
        for _ in 0..rng.usize(1..3) {
            let at = rng.usize(..bytes.len());
            match rng.u8(..6) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes[at] ^= 1 << rng.u8(..8),
                2 => bytes[at] = *rng.choice(b"\",\n\r\0 e-+.\xff").unwrap(),
                3 => bytes[at] = b'0' + rng.u8(..10),
                4 => bytes[at] = b' ',
                _ => bytes.insert(at, rng.u8(..)),
            }
        }
        match read(&bytes, &spec) {
            Ok(data) => {
                good += 1;
                assert_eq!(data.lines.len(), data.dataset.len());
                assert!(data.lines.windows(2).all(|w| w[0] < w[1]));
                assert!(data.dataset.features.iter().all(|v| v.is_finite()));
            }
            Err(e) => {
                bad += 1;
                assert!(e.to_string().starts_with("data.csv"), "{e}");
            }
        }
    }
    assert!(good > 500 && bad > 500, "the mutations are too weak: {good} read, {bad} refused");
}
