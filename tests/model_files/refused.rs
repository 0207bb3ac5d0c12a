//! What solvers read in different ways is refused at its line; what they agree on is read.

use super::{lp, mps};
use theriac::ir::{Sense, VarId, VarKind};

/// Rows between fixed surroundings.
fn row(text: &str) -> String {
    format!("Minimize\n obj: x + y\nSubject To\n {text}\nBounds\n y <= 4\nEnd\n")
}

/// The same with bounds in front of `text`.
fn late(text: &str) -> String {
    format!("Minimize\n obj: x + y\nSubject To\n c: x <= 4\nBounds\n{text}\nEnd\n")
}

/// Of the readers, one or two make something else of these.
#[test]
fn lp_points_are_read_with_a_note() {
    let found = lp(&row("c: 1. x + 2. y <= 4.")).unwrap();
    assert_eq!(found.model.rows.iter().next().unwrap().vals, [1.0, 2.0]);
    assert_eq!(found.notes.len(), 1);
    assert!(found.notes[0].contains("CBC reads another model"), "{:?}", found.notes);
    let found = lp(&row("c: 1.0 x + .y <= 4.")).unwrap();
    assert_eq!(found.model.names, ["x", "y", ".y"]);
    assert_eq!(found.notes.len(), 1);
    assert!(found.notes[0].contains("CPLEX reads another model"), "{:?}", found.notes);
    assert!(lp(&row("c: 1.0 x + .5 y <= 4.")).unwrap().notes.is_empty());
}

/// In fixed MPS most readers take a blank for the set; in free MPS they read three models.
#[test]
fn mps_lines_without_a_set() {
    let fixed = "              c1                  5.\n";
    let text = file("", "").replace(" RHS c1 7\n", fixed);
    let found = mps(&text).unwrap();
    assert_eq!(found.model.rows.iter().next().unwrap().rhs, 5.0);
    assert_eq!(found.notes.len(), 1);
    assert!(found.notes[0].contains("Xpress reads another model"), "{:?}", found.notes);
    let bound = file("BOUNDS", " UP           x                   3.\n");
    assert_eq!(mps(&bound).unwrap().notes, found.notes);
}

#[test]
fn lp_constructs_of_two_meanings_are_refused_at_their_line() {
    let cases = [
        (row("c: x + 2 <= 5"), 4, "a constant among the terms"),
        (row("c: -3 <= x + y <= 5"), 4, "a constant among the terms of a row (or a range row)"),
        (row("c: 3 <= x + y"), 4, "a constant among the terms"),
        (row("c: x + y >= -3 <= 5"), 4, "a range row"),
        (row("c: - x - - y >= -9"), 4, "two signs in a row"),
        (row("c: [ - - x * y ] >= -9"), 4, "two signs in a row"),
        (row("c: x + y >= - 4"), 4, "a blank between a sign and the number"),
        (row("c: x >= y"), 4, "a number should stand here, not `y`"),
        (row("c: x <= 5 - 2"), 4, "a right-hand side is one number"),
        (row("c: x <= inf"), 4, "an infinite right-hand side"),
        (row("c: x <= 1e400"), 4, "`1e400` is not a finite number"),
        (row("c: x <= nan"), 4, "a number should stand here, not `nan`"),
        (row("c: x * y <= 4"), 4, "products stand within `[ ]`"),
        (row("c: 2 [ x * y ] <= 4"), 4, "a number in front of a bracket"),
        (row("c: [ x * y + x ] <= 4"), 4, "a bracket holds quadratic terms alone"),
        (row("c: [ x ^ 3 ] <= 4"), 4, "a bracket holds quadratic terms alone"),
        (row("c: b = 2 -> x <= 4"), 4, "0 or 1 in front of `->`"),
        (row("c: b = 1 -> x <= 4"), 0, "an indicator on `b`, which is not binary"),
        (row("c: x <= 4\n General Constraints\n g: x = MAX ( y )"), 5, "Gurobi alone"),
        (row("c: x <= 4\nSemi-Continuous\n x"), 5, "a semi-continuous column"),
        (row("c: x <= 4\nSOS\n s: S2:: x : 1 y : 2"), 6, "a special ordered set of type 2"),
        (row("c: x <= 4\nBinaries\n z"), 6, "there is no column `z`"),
        (row("c: x <= 4\n\\* over\n two lines *\\"), 5, "that does not fill one line"),
        ("Minimize\n obj: [ x ^2 ]\nSubject To\nEnd\n".into(), 2, "without `/ 2` behind it"),
        ("Minimize\n obj: x\nSubject To\n c: x >= 1\n".into(), 5, "ends before `End`"),
        ("Minimize\n obj: x\nBounds\n x = 1e20\nEnd\n".into(), 4, "`x` is bounded by 1e+20, which"),
        (
            "Minimize\n obj: x\nBounds\n x >= 2e20\nEnd\n".into(),
            4,
            "`x` is bounded by 2e+20, which",
        ),
        ("Minimize\n obj: x\nBounds\n x = -1e20\nEnd\n".into(), 4, "bounded by -1e+20, which"),
        ("Maximise\n obj: x\nEnd\n".into(), 1, "`Minimize` or `Maximize` should stand here"),
        ("Minimize\n obj: x\nBounds\n x <= -1\nEnd\n".into(), 4, "leave no value: 0 to -1"),
        ("Minimize\n obj: x\nEnd\n y >= 2\n".into(), 4, "nothing behind `End`"),
        (row("c: x <= 4\nBounds\n x >= -1\nBinaries\n x"), 8, "a binary column `x` with bounds"),
        (row("c: x <= 4\nBounds\n x free\nBinary\n x"), 8, "a binary column `x` with bounds"),
        (row("c: x <= 4\nBinaries\n y"), 7, "a section Bounds behind Binaries"),
        (row("c: x <= 4\nGenerals\n x"), 7, "a section Bounds behind Generals"),
        (row("c: x <= 4\nSOS\n s: S1:: x : 1 y : 2"), 7, "a section Bounds behind SOS"),
        (row("c: x <= 4\nBounds\n x <= 3"), 7, "a second section Bounds"),
        (row("c: x <= 4\nSubject To\n d: x <= 3"), 5, "a second section Subject To"),
        (late("Generals\n x\nSubject To\n d: x <= 3"), 8, "a section Subject To behind Bounds"),
        (late("Lazy Constraints\n d: x <= 3"), 6, "a section Lazy Constraints behind Bounds"),
        (row("c: x <= 4").replace("Bounds\n", "Bounds"), 5, "on the line of the word `Bounds`"),
        (row("c: 3x + y <= 4"), 4, "`3x` (a number and a name, or one of the two)"),
        (row("c: x + .5y <= 4"), 4, "`.5y` (a number and a name, or one of the two)"),
        (row("c: x + 2.y <= 4"), 4, "`2.y` (a number and a name, or one of the two)"),
        (row("c: x + y\n + x <= 4"), 5, "the column `x` twice in one row or objective"),
        (row("c: [ x * y + y * x ] <= 4"), 4, "the product `y * x` twice in one row or"),
        (row("c: [ x ^ 2 ] + [ x ^ 2 ] <= 4"), 4, "the product `x * x` twice in one row or"),
        ("Minimize\n obj: x + y\n - x\nEnd\n".into(), 3, "the column `x` twice in one row or"),
        (row("c: x + Inf <= 4"), 4, "a column named `Inf`, which may be a number,"),
        (row("c: x + info <= 4"), 4, "a column named `info`, which may be a number,"),
        (row("c: x + NaNo <= 4"), 4, "a column named `NaNo`, which may be a number,"),
        (row("c: 2 infinity <= 4"), 4, "a column named `infinity`, which may be a number,"),
        (row("c: [ x * NaN ] <= 4"), 4, "a column named `NaN`, which may be a number,"),
        (row("c: x <= 4\nBounds\n nan <= 4"), 6, "a column named `nan`, which may be a number,"),
        ("\u{feff}Minimize\n obj: x\nEnd\n".into(), 1, "a byte order mark (HiGHS and SCIP read"),
        (row("c: x <= 4\nBounds\n 5 >= x >= 2"), 6, "a bound of the form `5 >= x >= 2`"),
        (row("c: 0x10 + y <= 4"), 4, "`0x10` (a number and a name, or one of the two)"),
        (row("c: x <= 0X1.8p1"), 4, "`0X1.8p1` (a number and a name, or one of the two)"),
        (row("c: 3e1x + y <= 4"), 4, "`3e1x` (a number and a name, or one of the two)"),
        (row("c: 2.5E+0x + y <= 4"), 4, "`2.5E+0x` (a number and a name, or one of the two)"),
        (row("c: 3e + y <= 4"), 4, "`3e` (a number and a name, or one of the two)"),
        (row("c: 3exp + y <= 4"), 4, "`3exp` (a number and a name, or one of the two)"),
    ];
    for (text, line, words) in cases {
        let error = lp(&text).expect_err(&text);
        assert!(error.to_string().contains(words), "{text}\n{error}");
        assert_eq!(error.line.unwrap_or(0), line, "{text}\n{error}");
    }
}

#[test]
fn lp_spellings_that_readers_agree_on_are_read() {
    let text = "\\ a comment\nmaximum\n2 x+3 y - 5\nsuch that\nc1: 2 x+3 y<=10\n x - 2 y => -3\n\
                bounds\n -inf <= x <= 4\n y free\nint\n x\nend\n";
    let found = lp(text).unwrap();
    let m = &found.model;
    assert!(found.maximise);
    assert_eq!(m.objective.linear, [(VarId(0), -2.0), (VarId(1), -3.0)]);
    assert_eq!(m.objective.constant, 5.0);
    let first = m.rows.iter().next().unwrap();
    assert_eq!((first.vals, first.sense, first.rhs), (&[2.0, 3.0][..], Sense::Le, 10.0));
    let second = m.rows.iter().nth(1).unwrap();
    assert_eq!((second.vals, second.sense, second.rhs), (&[1.0, -2.0][..], Sense::Ge, -3.0));
    let x = m.vars.get(VarId(0));
    assert_eq!((x.kind, x.lower, x.upper), (VarKind::Integer, f64::NEG_INFINITY, 4.0));
    assert_eq!(m.vars.get(VarId(1)).lower, f64::NEG_INFINITY);
    assert!(found.notes[0].contains("Gurobi reads it as a column of that name"));
    assert_eq!(found.notes.len(), 2, "{:?}", found.notes);
}

#[test]
fn products_have_no_hidden_half_once_read() {
    let text = "Minimize\n o: x + [ 2 x ^2 + 6 x * y ] / 2\nSubject To\n\
                c: x + [ x ^2 - 3 y * x ] <= 4\nEnd\n";
    let m = lp(text).unwrap().model;
    let terms =
        |q: &[theriac::ir::QuadTerm]| -> Vec<f64> { q.iter().map(|t| t.coefficient).collect() };
    assert_eq!(terms(&m.objective.quad), [1.0, 3.0]);
    assert_eq!(terms(m.rows.iter().next().unwrap().quad), [1.0, -3.0]);
}

/// A small MPS file with one line replaced.
fn file(section: &str, lines: &str) -> String {
    let mut out = String::from("NAME model FREE\nROWS\n N obj\n L c1\n E c2\n");
    if section == "ROWS" {
        out.push_str(lines);
    }
    out.push_str("COLUMNS\n x obj 1 c1 2\n x c2 3\n MARKER MARKER INTORG\n n c1 1\n");
    if section == "COLUMNS" {
        out.push_str(lines);
    }
    out.push_str(" MARKER MARKER INTEND\n y c1 1\n");
    out.push_str("RHS\n RHS c1 7\n");
    if section == "RHS" {
        out.push_str(lines);
    }
    if !matches!(section, "ROWS" | "COLUMNS" | "RHS" | "") {
        out.push_str(&format!("{section}\n{lines}"));
    }
    out.push_str("ENDATA\n");
    out
}

/// The file with this name of the objective.
fn objname(name: &str) -> String {
    let text = file("ROWS", " N obj2\n");
    text.replacen("ROWS", &format!("OBJNAME\n {name}\nROWS"), 1)
}

#[test]
fn a_sense_on_the_line_of_objsense_is_read_with_a_note() {
    let text = |sense: &str| file("", "").replacen("ROWS", &format!("OBJSENSE{sense}\nROWS"), 1);
    let found = mps(&text(" MAX")).unwrap();
    assert!(found.maximise);
    assert_eq!(found.notes.len(), 1);
    assert!(found.notes[0].contains("CPLEX and lp_solve minimise such a file"));
    let found = mps(&text("\n MAX")).unwrap();
    assert!(found.maximise && found.notes.is_empty());
    assert_eq!(mps(&objname("obj")).unwrap().notes.len(), 1);
}

#[test]
fn mps_constructs_of_two_meanings_are_refused_at_their_line() {
    let cases = [
        (file("BOUNDS", " UP BND x -2\n"), 16, "a negative upper bound of `x`"),
        (
            file("BOUNDS", " UP BND x 2\n UP BND x 3\n"),
            17,
            "a bound of `x` stands here for the second",
        ),
        (file("BOUNDS", " UP BND x 2\nBOUNDS\n UP BND y 3\n"), 17, "a second section BOUNDS"),
        (file("BOUNDS", " SC BND x 2\n"), 16, "a semi-continuous column"),
        (file("BOUNDS", " UP BND q 2\n"), 16, "there is no column `q`"),
        (file("BOUNDS", " LO BND x 5\n UP BND x 3\n"), 17, "leave no value: 5 to 3"),
        (file("BOUNDS", " ZZ BND x 5\n"), 16, "LO, UP, FX"),
        (file("RHS", " RHS c1 8\n"), 15, "the entry of row `c1` stands here for the second"),
        (file("RHS", " RHS c2 7.0D0\n"), 15, "`7.0D0` is not a finite number"),
        (file("COLUMNS", " n c1 2\n"), 11, "the entry of row `c1` stands here for the second"),
        (file("COLUMNS", " x c1 2\n"), 11, "column `x` stands here for the second time"),
        (file("COLUMNS", " z c9 2\n"), 11, "there is no row `c9`"),
        (file("ROWS", " L c1\n"), 6, "row `c1` stands here for the second time"),
        (file("QUADOBJ", " x y 1\n y x 1\n"), 18, "the pair `x y` twice in QUADOBJ"),
        (file("QMATRIX", " x y 1\n"), 17, "not there once on both sides"),
        (file("QCMATRIX c1", " x y 1\n"), 17, "not there once on both sides"),
        (file("QSECTION c1", " x x 1\n"), 15, "a QSECTION on a row"),
        (file("INDICATORS", " IF c1 x 1\n"), 0, "an indicator on `x`, which is not binary"),
        (file("SOS", " S2 s\n x 1\n"), 16, "a special ordered set of type 2"),
        (file("GENCONS", " MAX g\n"), 15, "the section GENCONS"),
        (file("QUADOBJ", " x x 2\nQUADOBJ\n y y 2\n"), 17, "a matrix of the objective, `QUADOBJ`"),
        (file("QUADOBJ", " x x 2\nQMATRIX\n y y 2\n"), 17, "a matrix of the objective, `QMATRIX`"),
        (
            file("QMATRIX", "QSECTION obj\n y y 2\n"),
            16,
            "a matrix of the objective, `QSECTION obj`",
        ),
        (objname("obj2"), 3, "an OBJNAME `obj2` that is not the first row N"),
        (objname("c1"), 3, "an OBJNAME `c1` that is not the first row N"),
        (objname("o").replace(" N obj\n", "").replace("x obj 1", "x"), 3, "an OBJNAME `o` that is"),
        (file("OBJNAME", " obj\n"), 15, "an OBJNAME behind ROWS"),
        (file("OBJSENSE", " MAX\n"), 15, "an OBJSENSE behind ROWS is read in different ways"),
        (file("RHS", " RHS2 c2 1\n"), 15, "a second set `RHS2` behind `RHS`"),
        (file("RANGES", " R c1 1\n S c2 1\n"), 17, "a second set `S` behind `R`"),
        (file("BOUNDS", " UP B x 1\n FR C y\n"), 17, "a second set `C` behind `B`"),
        (file("RANGES", " R c1 1\nRHS\n RHS c2 1\n"), 17, "an RHS behind RANGES"),
        (
            file("ROWS", " N o2\n").replace("RHS c1 7", "RHS c1 7 o2 1"),
            15,
            "a right-hand side of `o2`, a second row N,",
        ),
        (file("", "").replace(" RHS c1 7", " c1 7"), 14, "a line without the name of its set"),
        (file("BOUNDS", " UP x 1\n"), 16, "a line without the name of its set"),
        (file("BOUNDS", " FR x\n"), 16, "a line without the name of its set"),
        (file("RANGES", " c1 1\n"), 16, "a line without the name of its set"),
        (
            file("SOS", " S1 s0\n S1 1\n y 2\n").replace(" x ", " S1 "),
            17,
            "the member `S1` of a set, which may be the head of another,",
        ),
        (file("ROWS", " L RHS\n"), 6, "a row named `RHS`"),
        (file("", "").replace("NAME", "\u{feff}NAME"), 1, "a byte order mark (HiGHS and SCIP read"),
        (file("", "").replace("ENDATA\n", ""), 14, "ends before `ENDATA`"),
        (file("", "").replace("NAME", "* SENSE:Maximize\nNAME"), 1, "asks to maximise"),
    ];
    for (text, line, words) in cases {
        let error = mps(&text).expect_err(&text);
        assert!(error.to_string().contains(words), "{text}\n{error}");
        assert_eq!(error.line.unwrap_or(0), line, "{text}\n{error}");
    }
}

#[test]
fn mps_defaults_are_those_of_the_readers() {
    let text = file(
        "RANGES",
        " RNG c1 -3 c2 -2\nQUADOBJ\n x x 4\n x y 3\nQCMATRIX c1\n x x 1\n x y 1.5\n y x 1.5\n",
    );
    let found = mps(&text.replace("RHS c1 7", "RHS c1 7 obj 5")).unwrap();
    let m = &found.model;
    // An integer column without bounds is binary in 13 of 14 readers.
    assert_eq!(m.vars.get(VarId(1)).kind, VarKind::Binary);
    assert_eq!(m.objective.constant, -5.0);
    let terms =
        |q: &[theriac::ir::QuadTerm]| -> Vec<f64> { q.iter().map(|t| t.coefficient).collect() };
    assert_eq!(terms(&m.objective.quad), [2.0, 3.0]);
    let rows: Vec<_> = m.rows.iter().map(|r| (r.sense, r.rhs, terms(r.quad))).collect();
    let product = vec![1.0, 3.0];
    let wanted = [
        (Sense::Ge, 4.0, product.clone()),
        (Sense::Le, 7.0, product),
        (Sense::Ge, -2.0, vec![]),
        (Sense::Le, 0.0, vec![]),
    ];
    assert_eq!(rows, wanted);
}

/// Names beside an NL file are its own, or the file is not read.
#[test]
fn broken_names_beside_an_nl_file_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let nl = dir.path().join("m.nl");
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/solutions/nl_bilin.nl");
    std::fs::copy(sample, &nl).unwrap();
    let read = |names: &[u8]| {
        std::fs::write(dir.path().join("m.col"), names).unwrap();
        theriac::front::model::load(&nl).map_err(|e| e.to_string())
    };
    assert_eq!(read(b"a\nb\n").unwrap().model.names, ["a", "b"]);
    for (names, words) in [
        (&b"a\n"[..], "has 1 names for 2 columns"),
        (b"a\nb\nc\n", "has 3 names for 2 columns"),
        (b"a\n\n", "line 2 of"),
        (b"a\nb c\n", "line 2 of"),
        (b"a\n\xff\n", "holds bytes that are not UTF-8"),
        (b"a\na\n", "`a` stands here for the second time"),
    ] {
        let error = read(names).unwrap_err();
        assert!(error.contains(words), "{error}");
    }
    std::fs::remove_file(dir.path().join("m.col")).unwrap();
    assert_eq!(theriac::front::model::load(&nl).unwrap().model.names, ["x0", "x1"]);
}

/// CBC alone stumbles over a blank behind the sign of a side, and nobody over that of a bound.
#[test]
fn a_blank_behind_the_sign_of_a_bound_is_read() {
    let model = lp(&late(" x >= - 4")).unwrap().model;
    assert_eq!(model.vars.get(VarId(0)).lower, -4.0);
}
