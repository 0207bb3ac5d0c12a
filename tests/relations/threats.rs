//! The threats of papers 2.3, each stated in the specification language on data with finitely many
//! poisonings. The optimum of the program and the exhaustive answer equal that of an enumeration
//! whose rules are written here.

use std::ops::ControlFlow;

use theriac::encode::compile;
use theriac::front::spec::{self, Disk};
use theriac::question::*;
use theriac::search::exhaustive::{self, ExhaustiveOptions};
use theriac::search::heuristic::{self, SearchOptions};
use theriac::train::replay;

use crate::support::milp;

/// What may become of sample `i`: its old and new features.
type Rule = fn(usize, &[f64], &[f64]) -> bool;

/// A threat, with its meaning in code.
struct Case {
    name: &'static str,
    threat: &'static str,
    rule: Rule,
    /// Most samples that differ.
    samples: usize,
    /// Most features that differ in all.
    cells: usize,
    /// Whether labels flip, and how many at most.
    flips: usize,
    /// Largest size of `x0`.
    wide: i8,
}

const MANY: usize = usize::MAX;

/// Questions of each case.
const EACH: usize = 4;

/// Labels of the samples.
const LABELS: [i8; 4] = [1, 1, -1, -1];

/// Features `x0, x1` are integers in -2..=2, `x2..x4` a category.
const DESCRIBE: &str = "integer x0, x1; domain x1 in [-2, 2]; one-hot x2..x4";

fn same(x: &[f64], y: &[f64], columns: &[usize]) -> bool {
    columns.iter().all(|&j| x[j] == y[j])
}

fn differing(x: &[f64], y: &[f64]) -> usize {
    let category = usize::from(x[2..] != y[2..]);
    usize::from(x[0] != y[0]) + usize::from(x[1] != y[1]) + category
}

fn plain(name: &'static str, threat: &'static str, rule: Rule) -> Case {
    Case { name, threat, rule, samples: MANY, cells: MANY, flips: 0, wide: 2 }
}

fn cases() -> Vec<Case> {
    vec![
        plain("l-infinity on all points", "touch all; features linf 1 on x0, x1", |_, x, y| {
            same(x, y, &[2, 3, 4]) && (0..2).all(|j| (x[j] - y[j]).abs() <= 1.0)
        }),
        plain("missing categories", "touch all of train; missing x2..x4 rows 1, 3", |i, x, y| {
            same(x, y, &[0, 1]) && (i % 2 == 1 || same(x, y, &[2, 3, 4]))
        }),
        plain(
            "missing integers beside a ball",
            "touch all; features linf 1 on x1; missing x0 rows 0..1",
            |i, x, y| {
                same(x, y, &[2, 3, 4]) && (x[1] - y[1]).abs() <= 1.0 && (i < 2 || x[0] == y[0])
            },
        ),
        plain("reporting bias", "touch all; change x0 in [0, 1]", |_, x, y| {
            same(x, y, &[1, 2, 3, 4]) && (y[0] == x[0] || y[0] == x[0] + 1.0)
        }),
        plain("sparsity", "touch all; features any; at most 1 features changed", |_, x, y| {
            differing(x, y) <= 1
        }),
        Case {
            cells: 2,
            ..plain(
                "sparsity of the whole data set",
                "touch all; change x0, x1 in [-1, 1]; missing x2..x4 rows 0; at most 2 cells changed",
                |i, x, y| {
                    (0..2).all(|j| (x[j] - y[j]).abs() <= 1.0) && (i == 0 || same(x, y, &[2, 3, 4]))
                },
            )
        },
        plain(
            "monotone",
            "touch all; features any on x0, x1; change x0 up; require new x1 <= old x1",
            |_, x, y| same(x, y, &[2, 3, 4]) && y[0] >= x[0] && y[1] <= x[1],
        ),
        plain(
            "conditional on an old value",
            "touch all; change x0 in [-2, 2] when old x1 >= -1",
            |_, x, y| {
                let by = (y[0] - x[0]).abs();
                same(x, y, &[1, 2, 3, 4]) && by <= if x[1] >= -1.0 { 2.0 } else { 0.0 }
            },
        ),
        plain(
            "conditional on a new value",
            "touch all; change x0, x1 in [-1, 1]; require new x0 = old x0 when new x1 = 0",
            |_, x, y| {
                same(x, y, &[2, 3, 4])
                    && (0..2).all(|j| (x[j] - y[j]).abs() <= 1.0)
                    && (y[1] != 0.0 || x[0] == y[0])
            },
        ),
        plain(
            "conditional on a new category",
            "touch all; change x0 in [-1, 1]; missing x2..x4; require 2 * new x0 >= 1 when new x3 = 1 \
             ; require new x0 <= new x1 + 3 when new x2 = 0",
            |_, x, y| {
                let moved = x[1] == y[1] && (x[0] - y[0]).abs() <= 1.0;
                moved && (y[3] == 0.0 || 2.0 * y[0] >= 1.0) && (y[2] == 1.0 || y[0] <= y[1] + 3.0)
            },
        ),
        plain(
            "class-conditional",
            "touch all; change x0 in [-1, 1] with label +1; change x0, x1 in [-2, 0] with label -1",
            |i, x, y| {
                let by = |j: usize| y[j] - x[j];
                same(x, y, &[2, 3, 4])
                    && match LABELS[i] {
                        1 => by(1) == 0.0 && by(0).abs() <= 1.0,
                        _ => (0..2).all(|j| (-2.0..=0.0).contains(&by(j))),
                    }
            },
        ),
        plain(
            "linear",
            "touch all; features linf 1 on x0, x1; require new x0 + 2 * new x1 <= old x0 + old x1 + 1; \
             require new x0 - old x1 >= -3 rows 1..2; require new x0 <= old x0 when new x3 = 1",
            |i, x, y| {
                same(x, y, &[2, 3, 4])
                    && (0..2).all(|j| (x[j] - y[j]).abs() <= 1.0)
                    && y[0] + 2.0 * y[1] <= x[0] + x[1] + 1.0
                    && (i % 3 == 0 || y[0] - x[1] >= -3.0)
                    && (x[3] == 0.0 || y[0] <= x[0])
            },
        ),
        plain(
            "an equation",
            "touch all; features any on x0, x1; require new x0 + new x1 = old x0 + old x1",
            |_, x, y| same(x, y, &[2, 3, 4]) && y[0] + y[1] == x[0] + x[1],
        ),
        // So many values that an integer is no sum of binaries.
        Case {
            cells: 3,
            wide: 5,
            ..plain(
                "a wide integer",
                "touch all rows 0..1; features any on x0; change x1 in [-2, 2]; \
                 at most 3 cells changed; require new x1 = old x1 when new x0 = -5; \
                 require new x1 = old x1 when new x0 = -4; \
                 require new x1 = old x1 when new x0 = -3; \
                 require new x1 = old x1 when new x0 = -2; \
                 require new x1 = old x1 when new x0 = 2; \
                 require new x1 = old x1 when new x0 = 3; \
                 require new x1 = old x1 when new x0 = 4; \
                 require new x1 = old x1 when new x0 = 5",
                |i, x, y| {
                    let rules = y[0].abs() <= 1.0 || y[1] == x[1];
                    same(x, y, &[2, 3, 4])
                        && (y[1] - x[1]).abs() <= 2.0
                        && rules
                        && (i < 2 || same(x, y, &[0, 1]))
                },
            )
        },
        Case {
            wide: 5,
            ..plain(
                "a wide integer that changes alone",
                "touch all rows 1..2; features any on x0; change x1 in [-1, 1]; \
                 at most 1 features changed",
                |i, x, y| {
                    let near = same(x, y, &[2, 3, 4]) && (y[1] - x[1]).abs() <= 1.0;
                    near && differing(x, y) <= 1 && (i % 3 > 0 || same(x, y, &[0, 1]))
                },
            )
        },
        Case {
            samples: 2,
            flips: 2,
            ..plain(
                "label flips and a budget",
                "touch at most 2; labels flip; change x0 in [0, 1]",
                |_, x, y| same(x, y, &[1, 2, 3, 4]) && (y[0] == x[0] || y[0] == x[0] + 1.0),
            )
        },
    ]
}

/// The question of a case: steps on four samples from start weights that differ by seed.
fn question(case: &Case, steps: usize, rng: &mut fastrand::Rng) -> Question {
    let samples: Vec<String> = LABELS
        .iter()
        .map(|label| {
            let (a, b) = (rng.i8(-1..=1), rng.i8(-2..=0));
            let category = ["1, 0, 0", "0, 1, 0", "0, 0, 1"][rng.usize(0..3)];
            // The clean sample must satisfy what a case requires of this category.
            let a = if category == "0, 1, 0" { 1 } else { a };
            format!("({a}, {b}, {category}): {label:+}")
        })
        .collect();
    let mut number = || f64::from(rng.i16(-999..=999)) / 1000.0;
    let start: Vec<String> = (0..5).map(|j| format!("w[1][0,{j}] = {}", number())).collect();
    let at: Vec<String> = (0..5).map(|_| number().to_string()).collect();
    let text = format!(
        "network net = dense 5 -> 1 start {{ {}, b[1][0] = {} }}\n\
         data train = points {{ {} }} label in {{-1, +1}}\n\
         train net on train {{ loss hinge; rate 0.75; steps {steps}; batch full }}\n\
         threat {{ {DESCRIBE}; domain x0 in [-{}, {}]; {} }}\n\
         ask worst margin at ({}) label +1\n",
        start.join(", "),
        number(),
        samples.join(", "),
        case.wide,
        case.wide,
        case.threat,
        at.join(", "),
    );
    let disk = Disk { folder: ".".into() };
    let asked = spec::resolve(case.name, &text, &disk).unwrap_or_else(|e| panic!("{}", e.plain()));
    asked.poison().unwrap().question
}

/// Every poisoned version of sample `i` that the rule allows, the clean one first.
fn versions(case: &Case, q: &Question, i: usize) -> Vec<Change> {
    let clean = q.train.row(i);
    let mut all = vec![Change::default()];
    for a in -case.wide..=case.wide {
        for b in -2..=2 {
            for c in 0..3 {
                let mut y = vec![f64::from(a), f64::from(b), 0.0, 0.0, 0.0];
                y[2 + c] = 1.0;
                if (case.rule)(i, &clean, &y) && y != clean {
                    all.push(Change { features: Some(y), ..Change::default() });
                }
            }
        }
    }
    if case.flips > 0 {
        let target = Some(Target::Sign(-f64::from(LABELS[i])));
        let flipped: Vec<Change> =
            all.iter().map(|c| Change { target: target.clone(), ..c.clone() }).collect();
        all.extend(flipped);
    }
    all
}

/// Every poisoning of the whole data set.
fn poisonings(case: &Case, q: &Question, visit: &mut dyn FnMut(&Attack)) {
    let all: Vec<Vec<Change>> = (0..LABELS.len()).map(|i| versions(case, q, i)).collect();
    let none = Change::default();
    let mut at = [0; LABELS.len()];
    loop {
        let chosen: Vec<&Change> = (0..at.len()).map(|i| &all[i][at[i]]).collect();
        let differ = chosen.iter().filter(|c| ***c != none).count();
        let cells: usize = chosen
            .iter()
            .enumerate()
            .filter_map(|(i, c)| c.features.as_ref().map(|y| (i, y)))
            .map(|(i, y)| match case.name {
                // A missing category that is filled in is no change.
                "sparsity of the whole data set" if i == 0 => {
                    let clean = q.train.row(i);
                    (0..2).filter(|j| y[*j] != clean[*j]).count()
                }
                _ => differing(&q.train.row(i), y),
            })
            .sum();
        if differ <= case.samples && cells <= case.cells {
            let changes = chosen.into_iter().cloned().enumerate().filter(|(_, c)| *c != none);
            let choice = Choice { changes: changes.collect(), inserted: Vec::new() };
            visit(&Attack { choices: vec![choice], test_input: None });
        }
        let Some(i) = (0..at.len()).find(|&i| at[i] + 1 < all[i].len()) else { return };
        at[i] += 1;
        at[..i].fill(0);
    }
}

#[test]
fn programs_and_enumeration_agree_with_brute_force() {
    agree(cases(), 1);
}

/// In the second step weights depend on the poisoned features: products of both.
#[test]
fn two_steps_agree_with_brute_force() {
    let small = |c: &Case| {
        let names = ["reporting bias", "missing categories", "class-conditional"];
        names.contains(&c.name)
    };
    agree(cases().into_iter().filter(small).collect(), 2);
}

fn agree(cases: Vec<Case>, steps: usize) {
    for case in cases {
        let mut rng = fastrand::Rng::with_seed(7);
        let (mut agreed, mut worse, mut found) = (0, 0, 0);
        for _ in 0..60 {
            if agreed == EACH {
                break;
            }
            let q = question(&case, steps, &mut rng);
            let most: usize = (0..4).map(|i| versions(&case, &q, i).len()).product();
            if most > 15_000 {
                continue;
            }
            let (mut truth, mut count, mut tie) = (f64::INFINITY, 0u64, false);
            poisonings(&case, &q, &mut |attack| {
                membership::check(&q, attack).unwrap_or_else(|e| panic!("{}: {e}", case.name));
                let run = replay(&q, attack, 1e-9).unwrap();
                tie |= !run.ties.is_empty();
                truth = truth.min(run.value);
                count += 1;
            });
            if tie {
                continue;
            }
            let program = compile(&q, None).unwrap();
            let (objective, x) = milp::solve(&program.model).unwrap();
            let value = program.goal_value(objective);
            assert!((value - truth).abs() < 1e-6, "{}: {value}, not {truth}\n{q:?}", case.name);
            // The point is an attack: projection leaves its value.
            let attack = membership::project(&q, program.decode(&q, &x));
            membership::check(&q, &attack).unwrap();
            let replayed = replay(&q, &attack, 0.0).unwrap().value;
            assert!((replayed - truth).abs() < 1e-6, "{}: {attack:?}", case.name);
            let options = ExhaustiveOptions { plain: true, ..Default::default() };
            let listed = exhaustive::solve(&q, &options).unwrap();
            assert!((listed.value - truth).abs() < 1e-9, "{}: {listed:?}", case.name);
            assert_eq!(listed.replays, count, "{}: other attacks are listed", case.name);
            let clean = replay(&q, &Attack::none(1), 0.0).unwrap().value;
            let search = SearchOptions { replay_limit: 2_000, ..Default::default() };
            let (attack, run) = heuristic::find_attack(&q, &search).unwrap();
            membership::check(&q, &attack).unwrap();
            assert!(run.value >= truth - 1e-9);
            found += usize::from(run.value < clean - 1e-9);
            worse += usize::from(truth < clean - 1e-9);
            agreed += 1;
        }
        assert_eq!(agreed, EACH, "{}", case.name);
        assert!(2 * worse >= EACH, "{}: the adversary does nothing", case.name);
        assert!(found > 0, "{}: the search finds nothing", case.name);
    }
}

/// Every vector of the grid is in the threat exactly if the rule says so.
#[test]
fn membership_is_the_rule() {
    for case in cases().into_iter().filter(|c| c.cells == MANY && c.flips == 0) {
        let mut rng = fastrand::Rng::with_seed(3);
        let (mut inside, mut outside) = (0, 0);
        for _ in 0..5 {
            let q = question(&case, 1, &mut rng);
            for i in 0..LABELS.len() {
                let clean = q.train.row(i);
                let _ = each(&mut |y| {
                    let change = Change { features: Some(y.to_vec()), ..Change::default() };
                    let choice = Choice { changes: [(i, change)].into(), inserted: Vec::new() };
                    let attack = Attack { choices: vec![choice], test_input: None };
                    let in_domain = y[0].abs() <= f64::from(case.wide) && y[1].abs() <= 2.0;
                    let expected = in_domain && (case.rule)(i, &clean, y);
                    let found = membership::check(&q, &attack);
                    assert_eq!(
                        found.is_ok(),
                        expected,
                        "{}: {i} {clean:?} {y:?} {found:?}",
                        case.name
                    );
                    inside += usize::from(expected);
                    outside += usize::from(!expected);
                    ControlFlow::Continue(())
                });
            }
        }
        assert!(inside > 20 && outside > 100, "{}: {inside}, {outside}", case.name);
    }
}

/// Every category with integers a little beyond the domain.
fn each(visit: &mut dyn FnMut(&[f64]) -> ControlFlow<()>) -> ControlFlow<()> {
    for a in -6..=6 {
        for b in -3..=3 {
            for c in 0..3 {
                let mut y = vec![f64::from(a), f64::from(b), 0.0, 0.0, 0.0];
                y[2 + c] = 1.0;
                visit(&y)?;
            }
        }
    }
    ControlFlow::Continue(())
}
