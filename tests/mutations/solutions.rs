//! 10,000 mutated solution files.

use std::collections::BTreeMap;
use std::path::Path;

use theriac::front::model::{ForeignModel, load};
use theriac::sol::{self, Solution, Status};

use super::memory::measured;
use super::mutate::mutate;
use super::rows::{ROWS, Says, Values};

/// Optimum by model, and the side that is better.
const OPTIMA: [(&str, f64); 8] = [
    ("optimal.lp", 34.1 / 3.0),
    ("optimal_lp.lp", -4.9),
    ("qcp.lp", 8.6),
    ("longnames.lp", -123_456_787.888_843_2),
    ("nl_bilin.nl", 5.8),
    ("nl_binxcont.nl", 5.0),
    // What other runs proved, and the bound of the relaxation.
    ("timelimit.lp", 108_136.0),
    ("timelimit_noincumbent.lp", 0.0),
];

/// How far a violated row may be beyond its side, as `theriac certify` has it.
const VIOLATION: f64 = 1e-4;

/// What became of a mutated file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    NotRead,
    Unchanged,
    NotOptimal,
    /// Optimal in its words, refused by the checks.
    Refused,
    /// Optimal, its bound contradicts its point.
    Contradicts,
    /// Optimal and not better than the truth.
    True,
}

fn same(a: &Solution, b: &Solution) -> bool {
    a.status == b.status
        && a.objective == b.objective
        && a.dual_bound == b.dual_bound
        && a.values == b.values
}

/// Judges what was read as optimal, as the way to a certificate does.
fn judge(s: &Solution, model: &ForeignModel, optimum: Option<f64>, name: &str) -> Fate {
    // Without a whole point nothing shows that a file belongs to the model: no bound is taken.
    if !s.has_point() || s.digits < Solution::ENOUGH_DIGITS {
        return Fate::Refused;
    }
    let Ok(x) = sol::assign(s, &model.model.names) else { return Fate::Refused };
    let sign = if model.maximise { -1.0 } else { 1.0 };
    let minimised = model.model.objective_at(&x);
    if sol::confirm_objective(s, sign * minimised).is_err() {
        return Fate::Refused;
    }
    let scale = x.iter().fold(0.0_f64, |a, v| a.max(v.abs()));
    if model.model.violation(&x).amount > VIOLATION * (1.0 + scale) {
        return Fate::Refused;
    }
    // Of an unbounded model a point is what it is, and any bound would be wrong.
    let Some(optimum) = optimum else {
        assert!(s.dual_bound.is_none(), "{name}: a bound where there is none");
        return Fate::True;
    };
    let tolerance = 1e-3 * (1.0 + optimum.abs());
    assert!(minimised >= sign * optimum - tolerance, "{name}: a point better than the optimum");
    if let Some(bound) = s.dual_bound {
        let bound = sign * bound - s.bound_slack;
        if bound > minimised + 1e-6 * (1.0 + minimised.abs()) {
            return Fate::Contradicts;
        }
        assert!(
            bound <= sign * optimum + tolerance,
            "{name}: a bound better than the truth, {bound}"
        );
    }
    Fate::True
}

#[test]
fn ten_thousand_solution_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/solutions");
    let mut models: BTreeMap<&str, ForeignModel> = BTreeMap::new();
    let files: Vec<(&str, Vec<u8>, Solution, &str)> = ROWS
        .iter()
        .map(|(name, .., model)| {
            models.entry(model).or_insert_with(|| load(&folder.join(model)).unwrap());
            let bytes = std::fs::read(folder.join(name)).unwrap();
            let read = sol::parse("whole", &bytes).unwrap();
            (*name, bytes, read, *model)
        })
        .collect();
    assert!(ROWS.iter().any(|r| r.1 == Says::Optimal && r.4 == Values::Nonzeros(4)));
    let mut rng = fastrand::Rng::with_seed(31);
    let mut fates: BTreeMap<Fate, usize> = BTreeMap::new();
    for round in 0..14_000 {
        let (name, bytes, whole, model) = &files[round % files.len()];
        // Large ones are slow, and their lines are all alike.
        if bytes.len() > 6000 && round % 4 > 0 {
            continue;
        }
        let other = &files[rng.usize(..files.len())].1;
        let mutated = mutate(bytes, other, &mut rng);
        let (read, held) = measured(|| sol::parse("mutated", &mutated));
        assert!(held <= 64 * mutated.len() + 65_536, "{name}: {held} bytes for {}", mutated.len());
        let fate = match read {
            Err(e) => {
                let words = e.to_string();
                assert!(words.starts_with("mutated") && words.len() < 600, "{words}");
                Fate::NotRead
            }
            Ok(s) if same(&s, whole) => Fate::Unchanged,
            Ok(s) if s.status != Status::Optimal => Fate::NotOptimal,
            Ok(s) => {
                let optimum = OPTIMA.iter().find(|o| o.0 == *model).map(|o| o.1);
                judge(&s, &models[model], optimum, name)
            }
        };
        *fates.entry(fate).or_default() += 1;
    }
    let count = |fate: Fate| fates.get(&fate).copied().unwrap_or(0);
    assert!(fates.values().sum::<usize>() >= 10_000, "{fates:?}");
    assert!(count(Fate::NotRead) > 2000 && count(Fate::Unchanged) > 500, "{fates:?}");
    assert!(count(Fate::Refused) > 150 && count(Fate::NotOptimal) > 500, "{fates:?}");
}
