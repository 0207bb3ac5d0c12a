//! A user's own names: legal and injective whatever the map, refused with a place where they would
//! not be, and carried through compiling, solving elsewhere, explaining and checking.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use theriac::ir::names::{LONGEST, MapFault, NameMap, NameMapError};
use theriac::ir::role::Axis;
use theriac::ir::{Family, Model, NameStyle, Place, RowId, Rule, Sense, VarId, VarKind};

fn word(axis: Axis) -> &'static str {
    match axis {
        Axis::Layer => "{layer}",
        Axis::Node => "{node}",
        Axis::I => "{i}",
        Axis::J => "{j}",
        Axis::Sample => "{sample}",
        Axis::Step => "{step}",
    }
}

/// Any text, sometimes with what no reader takes.
fn text(rng: &mut fastrand::Rng, least: usize) -> String {
    const SAFE: &[u8] = b"nsowab_.@(),~!ABle";
    let hostile = rng.u8(0..60) == 0;
    let digits = rng.u8(0..20) == 0;
    (0..least + rng.usize(0..4))
        .map(|_| match rng.u8(0..20) {
            0 if hostile => {
                *rng.choice([' ', '[', ']', '-', '+', '#', '/', 'é', '"'].iter()).unwrap()
            }
            1..4 if digits => char::from(b'0' + rng.u8(0..10)),
            _ => char::from(*rng.choice(SAFE).unwrap()),
        })
        .collect()
}

fn template(rng: &mut fastrand::Rng, axes: &[Axis], row: bool) -> String {
    let mut holes: Vec<&str> = axes.iter().map(|a| word(*a)).collect();
    if row {
        holes.retain(|_| rng.bool());
        holes.push("{row}");
    }
    rng.shuffle(&mut holes);
    let mut out = if rng.u8(0..9) == 0 { text(rng, 1) } else { rng.alphabetic().into() };
    for hole in holes {
        if hole == "{step}" && rng.bool() {
            out += &format!("[{}{hole}]{}", text(rng, 1), text(rng, 0));
        } else {
            out += &format!("{hole}{}", text(rng, 1));
        }
    }
    out
}

fn place(rng: &mut fastrand::Rng, axes: &[Axis]) -> Place {
    let mut p = Place::NONE;
    let mut pick = || match rng.u8(0..6) {
        0 => u32::MAX,
        1 => rng.u32(..),
        _ => rng.u32(0..3),
    };
    for axis in axes {
        match axis {
            Axis::Layer | Axis::Node => p.layer = pick() as u16,
            Axis::I => p.i = pick(),
            Axis::J => p.j = pick(),
            Axis::Sample => p.sample = pick(),
            Axis::Step => p.step = pick() as u16,
        }
    }
    p
}

/// What every reader takes, written down a second time.
fn legal(name: &str) {
    const WORDS: &str = " st s.t. st. bin binary binaries gen general generals int integer integers \
        end free infinity max min maximize minimize maximum minimum maximise minimise subject such \
        bound bounds sos sos1 sos2 semi semis sin rhs ranges endata lazy user multi pwlobj s1 s2 \
        pwl range subjectto suchthat scenario cones quadobjvar qmatrixvar nlobjvar ";
    assert!(name.len() <= LONGEST, "{name}");
    let first = name.chars().next().unwrap();
    assert!((first.is_ascii_alphabetic() || first == '_') && !"eE".contains(first), "{name}");
    assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || "_.@(),~!".contains(c)), "{name}");
    let lower = name.to_ascii_lowercase();
    assert!(!WORDS.contains(&format!(" {lower} ")), "{name}");
    for beginning in ["inf", "nan", "name", "endata", "log", "indslack_"] {
        assert!(!lower.starts_with(beginning), "{name}");
    }
}

#[test]
fn names_of_random_maps_are_legal_and_tell_everything_apart() {
    let mut rng = fastrand::Rng::with_seed(5);
    let (mut taken, mut refused) = (0, 0);
    for round in 0..1200 {
        let mut rules = String::new();
        for _ in 0..rng.usize(1..5) {
            let family = *rng.choice(Family::ALL).unwrap();
            let template = template(&mut rng, family.axes(), false);
            rules += &format!("{} = {template}\n", family.symbol());
        }
        for _ in 0..rng.usize(0..3) {
            let rule = *rng.choice(Rule::ALL).unwrap();
            let template = template(&mut rng, rule.axes(), true);
            rules += &format!("row {} = {template}\n", rule.symbol());
        }
        if rng.bool() {
            rules += &format!("n \"x[{}]\" = {}\n", rng.u8(0..4), text(&mut rng, 1));
        }
        let Ok(map) = NameMap::parse("rules", &rules) else {
            refused += 1;
            continue;
        };
        taken += 1;
        let again = NameMap::parse("again", &map.rules().join("\n")).unwrap();
        assert_eq!(again, map, "{rules}");
        let mut model = Model::new();
        for k in 0..4 {
            model.names.push(format!("x[{k}]"));
        }
        // Names of a foreign model that look like names of the map.
        let mut near = Vec::new();
        for &family in Family::ALL.iter().filter(|f| **f != Family::Named) {
            for _ in 0..8 {
                let role = family.at(place(&mut rng, family.axes()));
                if !model.vars.iter().any(|v| v.role == role) {
                    let id = model.add_var(VarKind::Continuous, 0.0, 1.0, role);
                    near.push(NameStyle::Map(&map).var_string(&model, id));
                }
            }
        }
        near.retain(|_| rng.u8(0..20) == 0);
        near.extend(map.renamed().map(|(_, new)| new.to_owned()));
        near.sort();
        near.dedup();
        model.names.extend(near);
        for k in 0..model.names.len() {
            let role = Family::Named.at(Place::NONE.i(k));
            model.add_var(VarKind::Continuous, 0.0, 1.0, role);
        }
        let mut seen: BTreeMap<String, VarId> = BTreeMap::new();
        for var in model.vars.iter() {
            let name = NameStyle::Map(&map).var_string(&model, var.id);
            legal(&name);
            if let Some(old) = seen.insert(name.clone(), var.id) {
                panic!("round {round}: {name} is {:?} and {:?}\n{rules}", model.vars.get(old), var);
            }
        }
        for _ in 0..3 {
            for &rule in Rule::ALL {
                let origin = rule.at(place(&mut rng, rule.axes()));
                model.add_row(&[], Sense::Le, 0.0, origin);
            }
        }
        let mut rows = std::collections::BTreeSet::new();
        for r in 0..model.row_count() {
            let name = NameStyle::Map(&map).row_string(&model, RowId(r as u32));
            legal(&name);
            assert!(rows.insert(name.clone()), "{name}\n{rules}");
        }
    }
    assert!(taken > 150 && refused > 150, "{taken} {refused}");
}

/// The place and the fault of a map that is refused.
fn refusal(rules: &str) -> (usize, usize, MapFault) {
    match NameMap::parse("rules", rules) {
        Err(NameMapError::Rule { name, line, column, fault }) => {
            assert_eq!(name, "rules");
            (line, column, fault)
        }
        other => panic!("{rules}: {other:?}"),
    }
}

#[test]
fn a_hostile_map_is_refused_where_it_is_wrong() {
    use MapFault as F;
    type Case = (&'static str, usize, usize, fn(&F) -> bool);
    let cases: &[Case] = &[
        ("what", 1, 5, |f| matches!(f, F::Syntax)),
        ("= w", 1, 1, |f| matches!(f, F::Syntax)),
        ("# fine\n\n weigth = w{i}", 3, 2, |f| matches!(f, F::UnknownSymbol { .. })),
        ("row w = w{row}", 1, 5, |f| matches!(f, F::UnknownSymbol { .. })),
        ("one = a\none = b", 2, 1, |f| matches!(f, F::Twice { first: 1, .. })),
        ("one \"x\" = a", 1, 5, |f| matches!(f, F::OldName)),
        ("n \"x = a", 1, 3, |f| matches!(f, F::Open { what: "\"" })),
        ("b = b{layer}.{i}.{k}", 1, 18, |f| matches!(f, F::UnknownIndex { .. })),
        ("one = o{i}", 1, 8, |f| matches!(f, F::UnknownIndex { .. })),
        ("sl = q{i}.{i}", 1, 11, |f| matches!(f, F::Repeated { index: "i" })),
        ("b = b{layer}.{i}", 1, 5, |f| matches!(f, F::Missing { index: "step" })),
        ("row mcc = m{i}", 1, 11, |f| matches!(f, F::Missing { index: "row" })),
        ("sl = q{i}7", 1, 6, |f| matches!(f, F::DigitBeside)),
        ("sl = q7{i}", 1, 6, |f| matches!(f, F::DigitBeside)),
        ("b = b{layer}{i}.{step}", 1, 5, |f| matches!(f, F::DigitBeside)),
        // Without the step the digit would touch the index.
        ("b = b{layer}.{i}[_{step}_]5", 1, 5, |f| matches!(f, F::DigitBeside)),
        ("sl = q{i", 1, 7, |f| matches!(f, F::Open { what: "{" })),
        ("b = b{layer}.{i}[_{step}", 1, 17, |f| matches!(f, F::Open { what: "[" })),
        ("b = b{layer}[_{i}]_{step}", 1, 15, |f| matches!(f, F::Optional)),
        ("b = b{layer}.{i}[none]_{step}", 1, 17, |f| matches!(f, F::Optional)),
        ("one = a b", 1, 8, |f| matches!(f, F::Character { character: ' ' })),
        ("one = \u{e9}", 1, 7, |f| matches!(f, F::Character { character: '\u{e9}' })),
        ("one = a]", 1, 8, |f| matches!(f, F::Character { character: ']' })),
        ("one = e", 1, 7, |f| matches!(f, F::Beginning)),
        ("one = ", 1, 7, |f| matches!(f, F::Beginning)),
        ("sl = {i}", 1, 6, |f| matches!(f, F::Beginning)),
        ("one = 1st", 1, 7, |f| matches!(f, F::Beginning)),
        ("one = Free", 1, 7, |f| matches!(f, F::Reserved { word: "free" })),
        ("sl = sos{i}", 1, 6, |f| matches!(f, F::Reserved { word: "sos1" })),
        ("sl = S{i}", 1, 6, |f| matches!(f, F::Reserved { word: "s1" })),
        ("n \"x\" = S1", 1, 9, |f| matches!(f, F::Reserved { word: "s1" })),
        ("n \"x\" = quadobjvar", 1, 9, |f| matches!(f, F::Reserved { word: "quadobjvar" })),
        ("one = qmatrixvar", 1, 7, |f| matches!(f, F::Reserved { word: "qmatrixvar" })),
        ("sl = indslack_a{i}", 1, 6, |f| matches!(f, F::Reserved { word: "indslack_" })),
        ("one = pwl", 1, 7, |f| matches!(f, F::Reserved { word: "pwl" })),
        ("sl = Info{i}", 1, 6, |f| matches!(f, F::Reserved { word: "inf" })),
        ("sl = n{i}\none = n1", 2, 1, |f| matches!(f, F::Coincides { .. })),
        // The slack would be called as an unlisted kind is.
        ("sl = low_{i}", 1, 1, |f| matches!(f, F::Coincides { .. })),
        ("n \"a\" = low_7", 1, 1, |f| matches!(f, F::Coincides { .. })),
        ("n \"a\" = n_7_a", 1, 1, |f| matches!(f, F::Coincides { .. })),
        ("n \"a\" = z\nn \"b\" = z", 2, 1, |f| matches!(f, F::Coincides { .. })),
        // A missing step must stay apart.
        ("bs = c.{step}\nmg = g{layer}.{i}.{j}.{step}\none = c.none", 3, 1, |f| {
            matches!(f, F::Coincides { .. })
        }),
        ("bs = cc[{step}]\none = cc", 2, 1, |f| matches!(f, F::Coincides { .. })),
        ("row mcc = low_{i}_c{row}", 1, 1, |f| matches!(f, F::Coincides { .. })),
    ];
    for (rules, line, column, expected) in cases {
        let (l, c, fault) = refusal(rules);
        assert!(expected(&fault), "{rules}: {fault:?}");
        assert_eq!((l, c), (*line, *column), "{rules}: {fault}");
        assert!(!fault.to_string().contains('\n'), "{fault}");
    }
    let long = format!("sl = {}{{i}}", "x".repeat(111));
    assert!(matches!(refusal(&long).2, MapFault::TooLong { length: 121, most: 120 }));
    assert!(NameMap::parse("rules", &long.replacen('x', "", 1)).is_ok());
}

/// `n = ...` also names what would have been kept, a quoted name goes before it, and a kept name
/// gives way to a new one.
#[test]
fn foreign_names_follow_their_rules() {
    let mut model = Model::new();
    for (k, name) in ["x[1]", "y", "alpha", "low.3"].iter().enumerate() {
        model.names.push((*name).to_owned());
        model.add_var(VarKind::Continuous, 0.0, 1.0, Family::Named.at(Place::NONE.i(k)));
    }
    let names = |rules: &str| -> Vec<String> {
        let map = NameMap::parse("rules", rules).unwrap();
        let style = NameStyle::Map(&map);
        style.fits(&model).unwrap();
        model.vars.iter().map(|v| style.var_string(&model, v.id)).collect()
    };
    assert_eq!(names("n \"x[1]\" = alpha"), ["alpha", "y", "n_2_alpha", "low.3"]);
    assert_eq!(names("n = v{i}\nn \"x[1]\" = alpha"), ["alpha", "v1", "v2", "v3"]);
    assert_eq!(names("low = low.{i}"), ["n_0_x_1_", "y", "alpha", "n_3_low.3"]);
    let map = NameMap::parse("rules", "n \"x[2]\" = beta").unwrap();
    let wrong = NameStyle::Map(&map).fits(&model).unwrap_err();
    assert!(wrong.contains("no variable") && wrong.contains("x[2]"), "{wrong}");
}

fn theriac(args: &[&str]) -> (Option<i32>, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_theriac")).args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (out.status.code(), text(&out.stdout), text(&out.stderr))
}

/// Compiled with a map, the instance says so by its rules, explains the names, takes a solution
/// with them, and is checked by compiling it again.
#[test]
fn a_map_goes_all_the_way() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let rules = "w = weight({layer},{i},{j})[@{step}]  # as in the paper\nrow upd = step{row}\n";
    std::fs::write(at("names.txt"), rules).unwrap();
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/spec_flips/question.thr");
    let spec = spec.display().to_string();
    let (code, _, err) =
        theriac(&["compile", &spec, "-o", &at("i"), "--names", &at("names.txt"), "--target", "lp"]);
    assert_eq!(code, Some(0), "{err}");
    let model = std::fs::read_to_string(at("i/model.lp")).unwrap();
    assert!(model.contains(" weight(1,0,0)@1 ") && model.contains("\n step"), "{model}");
    let manifest = std::fs::read_to_string(at("i/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["targets"][0]["names"], "map");
    let expected = ["w = weight({layer},{i},{j})[@{step}]", "row upd = step{row}"];
    assert_eq!(manifest["targets"][0]["name_rules"], serde_json::json!(expected));
    let (code, text, err) = theriac(&["explain", &at("i"), "weight(1,0,0)@1"]);
    assert!(code == Some(0) && text.contains("layer 1") && text.contains("step 1"), "{text}{err}");
    assert!(text.starts_with("weight(1,0,0)@1 is variable w_1_0_0_t1 ("), "{text}");
    // The start attack's point as a solution of the model file.
    let start = std::fs::read_to_string(at("i/model.lp.start.mst")).unwrap();
    let point = start.replacen("# MIP start", "# Objective value = -0.0475", 1);
    std::fs::write(at("carried.sol"), point).unwrap();
    let (code, _, err) = theriac(&["certify", &at("i"), "--solution", &at("carried.sol")]);
    assert_eq!(code, Some(0), "{err}");
    let (code, text, err) = theriac(&["check", &at("i/certificate.json")]);
    assert_eq!(code, Some(0), "{text}{err}");
    // A wrong map points into its file.
    std::fs::write(at("names.txt"), "one = a\nw = w{layer}\n").unwrap();
    let (code, _, err) = theriac(&["compile", &spec, "-o", &at("j"), "--names", &at("names.txt")]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("names.txt:2:5: ") && err.contains("{i}"), "{err}");
}

#[test]
fn convert_takes_a_map_and_refuses_one_that_does_not_fit() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let lp = "Minimize\n obj: x(1) + y\nSubject To\n c1: x(1) + y >= 1\nEnd\n";
    std::fs::write(at("a.lp"), lp).unwrap();
    std::fs::write(at("names.txt"), "n \"x(1)\" = alpha\n").unwrap();
    let convert = |to: &str, names: &str| {
        theriac(&["convert", &at("a.lp"), &at(to), "--target", "lp", "--names", names])
    };
    assert_eq!(convert("b.lp", &at("names.txt")).0, Some(0));
    let text = std::fs::read_to_string(at("b.lp")).unwrap();
    assert!(text.contains("alpha + y"), "{text}");
    // A column without a rule whose name not every reader takes is told, one with a rule is not.
    std::fs::write(at("e.lp"), lp.replace('y', "y[1]")).unwrap();
    let to = at("f.lp");
    let args = ["convert", &at("e.lp"), &to, "--target", "lp", "--names", &at("names.txt")];
    let (code, text, err) = theriac(&args);
    assert!(code == Some(0), "{err}");
    assert!(text.contains("renamed: 1 of the columns") && text.contains("y[1] is "), "{text}");
    assert_eq!(convert("c.lp", "short").0, Some(0));
    assert!(std::fs::read_to_string(at("c.lp")).unwrap().contains("x0 + x1"));
    std::fs::write(at("names.txt"), "n \"x(2)\" = alpha\n").unwrap();
    let (code, _, err) = convert("d.lp", &at("names.txt"));
    assert!(code == Some(2) && err.contains("x(2)"), "{err}");
    assert!(!Path::new(&at("d.lp")).exists());
    let (code, _, err) = convert("d.lp", "shrot");
    assert!(code == Some(2) && err.contains("did you mean short?"), "{err}");
}

/// The lists of symbols in the documentation are the program's.
#[test]
fn the_documentation_lists_every_symbol() {
    let axes = |axes: &[Axis]| {
        let axes: Vec<String> = axes.iter().map(|a| format!("`{}`", word(*a))).collect();
        axes.join(" ")
    };
    let mut table = String::from("\n| symbol | variable | indices |\n|---|---|---|\n");
    for f in Family::ALL {
        table += &format!("| `{}` | {} | {} |\n", f.symbol(), f.words(), axes(f.axes()));
    }
    table += "\n| symbol | row | indices besides `{row}` |\n|---|---|---|\n";
    for r in Rule::ALL {
        table += &format!("| `row {}` | {} | {} |\n", r.symbol(), r.words(), axes(r.axes()));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/names.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- symbols -->\n", "\n<!-- end of symbols -->");
    let from = text.find(begin).expect("a beginning") + begin.len();
    let to = text.find(end).expect("an end");
    if text[from..to] != table && std::env::var_os("THERIAC_BLESS").is_some() {
        std::fs::write(&path, format!("{}{table}{}", &text[..from], &text[to..])).unwrap();
    } else {
        assert_eq!(&text[from..to], table, "run the tests with THERIAC_BLESS=1");
    }
}

/// Names of rows come through `convert`; of a row that became two, the first keeps the name.
#[test]
fn names_of_foreign_rows_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let mps = "NAME m FREE\nROWS\n N obj\n L Balance\n G r[1]\n E side\nCOLUMNS\n    x obj 1 Balance 1\n    x r[1] 1 side 1\n    y obj 1 Balance 1\nRHS\n    RHS Balance 4 r[1] 1\n    RHS side 2\nRANGES\n    RNG Balance 3\nENDATA\n";
    std::fs::write(at("a.mps"), mps).unwrap();
    let (code, _, err) = theriac(&["convert", &at("a.mps"), &at("b.lp"), "--target", "lp"]);
    assert_eq!(code, Some(0), "{err}");
    let text = std::fs::read_to_string(at("b.lp")).unwrap();
    let labels: Vec<&str> =
        text.lines().filter_map(|l| l.trim().split_once(':')).map(|l| l.0).collect();
    assert_eq!(labels, ["obj", "Balance", "row_c1", "row_c2", "side"], "{text}");
    // By a map they are called otherwise, and a saved model keeps them.
    std::fs::write(at("names.txt"), "row row = r{row}\n").unwrap();
    let args =
        ["convert", &at("a.mps"), &at("c.lp"), "--target", "lp", "--names", &at("names.txt")];
    assert_eq!(theriac(&args).0, Some(0));
    let text = std::fs::read_to_string(at("c.lp")).unwrap();
    assert!(text.contains(" r0: ") && text.contains(" r3: ") && !text.contains("side"), "{text}");
}
