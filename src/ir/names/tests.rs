//! Names: legality and injectivity.

use super::legal::{FOREIGN, is_reserved};
use super::*;
use std::collections::BTreeMap;

fn legal(name: &str) {
    assert!(name.len() <= LONGEST, "{name}");
    let first = name.as_bytes()[0];
    assert!(first.is_ascii_alphabetic() || first == b'_', "{name}");
    assert!(!matches!(first, b'e' | b'E'), "{name}");
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    assert!(name.bytes().all(plain), "{name}");
    let lower = name.to_ascii_lowercase();
    assert!(!is_reserved(&lower), "{name}");
    for prefix in ["inf", "nan", "name", "endata", "log started", "=obj="] {
        assert!(!lower.starts_with(prefix), "{name}");
    }
}

fn place(rng: &mut fastrand::Rng, axes: &[Axis]) -> Place {
    let pick = |rng: &mut fastrand::Rng| match rng.u8(0..4) {
        0 => u32::MAX,
        1 => rng.u32(..),
        _ => rng.u32(0..12),
    };
    let mut p = Place::NONE;
    for axis in axes {
        match axis {
            Axis::Layer | Axis::Node => p.layer = pick(rng) as u16,
            Axis::I => p.i = pick(rng),
            Axis::J => p.j = pick(rng),
            Axis::Sample => p.sample = pick(rng),
            Axis::Step => p.step = pick(rng) as u16,
        }
    }
    p
}

#[test]
fn readable_names_are_legal_and_tell_roles_apart() {
    let mut rng = fastrand::Rng::with_seed(1);
    let mut seen: BTreeMap<String, Role> = BTreeMap::new();
    for _ in 0..400 {
        for &family in Family::ALL {
            let role = family.at(place(&mut rng, family.axes()));
            let mut out = Vec::new();
            readable(role, &mut out);
            let name = String::from_utf8(out).unwrap();
            legal(&name);
            if let Some(old) = seen.insert(name.clone(), role) {
                assert_eq!(old, role, "{name}");
            }
        }
    }
    assert!(seen.len() > 10_000);
}

#[test]
fn row_names_are_legal_and_distinct() {
    let mut rng = fastrand::Rng::with_seed(2);
    let mut model = Model::new();
    for _ in 0..50 {
        for &rule in Rule::ALL {
            model.add_row(&[], super::super::Sense::Le, 0.0, rule.at(place(&mut rng, rule.axes())));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for r in 0..model.row_count() {
        let name = NameStyle::Readable.row_string(&model, RowId(r as u32));
        legal(&name);
        assert!(seen.insert(name));
    }
}

#[test]
fn symbols_are_unique_and_cannot_run_into_indices() {
    let mut seen = std::collections::BTreeSet::new();
    for family in Family::ALL {
        assert!(seen.insert(family.symbol()), "{}", family.symbol());
        assert!(family.symbol().bytes().all(|b| b.is_ascii_lowercase()));
    }
    let mut seen = std::collections::BTreeSet::new();
    for rule in Rule::ALL {
        assert!(seen.insert(rule.symbol()), "{}", rule.symbol());
        assert!(rule.symbol().bytes().all(|b| b.is_ascii_lowercase()));
    }
}

#[test]
fn foreign_names_stay_apart_when_cleaned() {
    let mut model = Model::new();
    let long = "e".repeat(3000);
    for (k, name) in ["x[1]", "x(1)", "", "end", "é中", &long, "x[1]"].iter().enumerate() {
        model.names.push((*name).to_string());
        let role = Family::Named.at(Place::NONE.i(k));
        model.add_var(super::super::VarKind::Continuous, 0.0, 1.0, role);
    }
    let mut seen = std::collections::BTreeSet::new();
    for j in 0..model.var_count() {
        let name = NameStyle::Readable.var_string(&model, VarId(j as u32));
        legal(&name);
        assert!(seen.insert(name));
    }
    assert!(seen.contains("n_0_x_1_"));
}

#[test]
fn legal_foreign_names_are_kept_unless_one_is_computed() {
    for name in ["x", "x_1.a", "_w", "Sum12", "n1", "lowest", "ones", "slack"] {
        legal(name);
        assert!(is_kept(name), "{name}");
    }
    let long = "x".repeat(FOREIGN + 1);
    for name in [
        "",
        "1x",
        "e1",
        "E",
        "x[1]",
        "x-y",
        "end",
        "Free",
        "inf_x",
        "n_3",
        "low_0",
        "one",
        "sl_1",
        "é",
        &long,
        "S1",
        "s2",
        "PWL",
        "range",
        "subjectto",
        "SuchThat",
        "scenario",
        "CONES",
        "quadobjvar",
        "qmatrixvar",
        "nlobjvar",
        "indslack_r",
    ] {
        assert!(!is_kept(name), "{name}");
    }
    for name in ["ind_r", "indlin_r", "indslack_r", "s1", "pwl"] {
        assert!(!is_kept_row(name), "{name}");
    }
    for name in ["indicator", "s1_x", "ranges_", "r1"] {
        assert!(is_kept(name) && is_kept_row(name), "{name}");
    }
}

/// A second pass over names that are not kept changes nothing more.
#[test]
fn computed_names_of_foreign_variables_do_not_grow() {
    let mut names: Vec<String> =
        ["end", "x[1]", "n_5_x", "n_2", "n_", "n_7y", "n_0_n_0_x", "one", "low_3"]
            .map(str::to_owned)
            .into();
    let mut passes = Vec::new();
    for _ in 0..3 {
        let mut model = Model { names: names.clone(), ..Model::new() };
        for k in 0..names.len() {
            let role = Family::Named.at(Place::NONE.i(k));
            model.add_var(super::super::VarKind::Continuous, 0.0, 1.0, role);
        }
        names = (0..names.len())
            .map(|j| NameStyle::Readable.var_string(&model, VarId(j as u32)))
            .collect();
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
        names.iter().for_each(|n| legal(n));
        passes.push(names.clone());
    }
    assert_eq!(passes[0][..4], ["n_0_end", "n_1_x_1_", "n_2_x", "n_3"]);
    assert_eq!(passes[0], passes[1]);
}
