//! Start points: the text of each form, what is refused, and the order of NL columns.

use crate::models;
use theriac::back::start::{StartFormat, write as write_start};
use theriac::back::{NameStyle, Options, WriteError, nl, write};
use theriac::lower::{Format, Target, legalise};
use theriac::valid::validate;

fn text(format: StartFormat, values: &[f64]) -> Result<String, WriteError> {
    let model = models::linear::knapsack();
    let checked = validate(&model, None).unwrap();
    let mut out = Vec::new();
    write_start(&checked, values, format, NameStyle::Readable, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn every_form_as_its_reader_wants_it() {
    let point = [1.0, 0.0, 0.5];
    assert_eq!(text(StartFormat::GurobiMst, &point).unwrap(), "# MIP start\na 1\nb 0\nc 0.5\n");
    assert_eq!(
        text(StartFormat::XpressSlx, &point).unwrap(),
        "NAME          model\n  C a  1\n  C b  0\n  C c  0.5\nENDATA\n"
    );
    assert_eq!(
        text(StartFormat::CbcMipstart, &point).unwrap(),
        "Stopped on iterations - objective value 0\n 0 a 1 0\n 1 b 0 0\n 2 c 0.5 0\n"
    );
    let cplex = text(StartFormat::CplexMst, &point).unwrap();
    assert!(
        cplex.contains("\n  <variable name=\"a\" value=\"1\"/>\n  <variable name=\"b\""),
        "{cplex}"
    );
    assert_eq!(
        text(StartFormat::ScipSol, &point).unwrap(),
        "solution status: unknown\na 1\nc 0.5\n"
    );
    assert_eq!(
        text(StartFormat::HighsSol, &point).unwrap(),
        "Model status\nUnknown\n\n# Primal solution values\nFeasible\nObjective 0\n# Columns 3\n\
         a 1\nb 0\nc 0.5\n# Rows 1\nrow_c0 4\n"
    );
}

#[test]
fn wrong_points_are_refused() {
    let short = text(StartFormat::ScipSol, &[1.0]).unwrap_err();
    assert!(matches!(short, WriteError::StartLength { found: 1, expected: 3 }));
    let nan = text(StartFormat::HighsSol, &[1.0, f64::NAN, 0.0]).unwrap_err();
    assert!(nan.to_string().contains("value of b is NaN"), "{nan}");
    let model = models::linear::knapsack();
    let checked = validate(&model, None).unwrap();
    let start = [0.0; 3];
    let options = Options { start: Some(&start), ..Options::default() };
    for format in [Format::Lp, Format::Mps] {
        let result = write(&checked, format, &options, &mut Vec::new());
        assert!(matches!(result, Err(WriteError::StartElsewhere)));
    }
}

#[test]
fn nl_carries_the_start_by_column_and_tells_the_order() {
    let model = models::quadratic::all_orders();
    let checked = validate(&model, None).unwrap();
    let start: Vec<f64> = (0..model.var_count()).map(|j| j as f64 + 0.25).collect();
    let options = Options { start: Some(&start), ..Options::default() };
    let mut out = Vec::new();
    let columns = write(&checked, Format::NlText, &options, &mut out).unwrap().columns.unwrap();
    let text = String::from_utf8(out).unwrap();
    let from = text.find("x10\n").unwrap() + 4;
    let by_column: Vec<f64> = text[from..]
        .lines()
        .take(10)
        .enumerate()
        .map(|(k, line)| {
            let (index, value) = line.split_once(' ').unwrap();
            assert_eq!(index.parse::<usize>().unwrap(), k);
            value.parse().unwrap()
        })
        .collect();
    assert_ne!(by_column, start);
    assert_eq!(columns.restore(&by_column).unwrap(), start);
    assert!(columns.restore(&by_column[1..]).is_none());
    // Nonlinear in both, rows, objective, then linear; the names beside the stub say the same.
    let (mut col, mut row) = (Vec::new(), Vec::new());
    nl::write_column_names(&model, &columns, NameStyle::Readable, &mut col).unwrap();
    nl::write_row_names(&model, &columns, NameStyle::Readable, &mut row).unwrap();
    let col = String::from_utf8(col).unwrap();
    let names: Vec<&str> = col.lines().collect();
    let expected = "x s r y m z n w l k";
    assert_eq!(names.join(" "), expected);
    let row = String::from_utf8(row).unwrap();
    assert_eq!(row.lines().collect::<Vec<_>>(), ["row_c1", "row_c2", "row_c3", "row_c0", "obj"]);
}

#[test]
fn both_encodings_of_nl_say_the_same() {
    // The golden files hold both; here the binary one is read back item by item.
    let model = models::linear::bounds();
    let lowered = legalise(&model, Target::NlBinary).unwrap();
    let checked = lowered.checked().unwrap();
    let mut out = Vec::new();
    write(&checked, Format::NlBinary, &Options::default(), &mut out).unwrap();
    let header_end = out.iter().enumerate().filter(|(_, b)| **b == b'\n').nth(9).unwrap().0 + 1;
    let header = std::str::from_utf8(&out[..header_end]).unwrap();
    assert!(header.starts_with("b3 1 1 0\n 10 2 1 0 0\n"), "{header}");
    // C0 n0 C1 n0 O0 0 n0
    let mut expected: Vec<u8> = Vec::new();
    for k in 0..2_i32 {
        expected.push(b'C');
        expected.extend(k.to_le_bytes());
        expected.push(b'n');
        expected.extend(0.0_f64.to_le_bytes());
    }
    expected.push(b'O');
    expected.extend([0; 8]);
    expected.push(b'n');
    expected.extend(0.0_f64.to_le_bytes());
    // r: row 0 is >= -7, row 1 is <= 3.
    expected.extend(b"r2");
    expected.extend((-7.0_f64).to_le_bytes());
    expected.push(b'1');
    expected.extend(3.0_f64.to_le_bytes());
    // b: free, fixed at 2.5, at least -3.
    expected.extend(b"b34");
    expected.extend(2.5_f64.to_le_bytes());
    expected.push(b'2');
    expected.extend((-3.0_f64).to_le_bytes());
    assert_eq!(&out[header_end..header_end + expected.len()], expected);
}
