//! Random relations: membership against the rules written out, projection, boxes, and rows.

use theriac::bounds::reach;
use theriac::encode::compile;
use theriac::question::*;
use theriac::train::replay;

use crate::direct::{allows, changed, eighth, question};

/// New features near the old ones: on the grid, and of the right kinds more often than not.
fn near(rng: &mut fastrand::Rng, x: &[f64]) -> Vec<f64> {
    let mut y = x.to_vec();
    for v in y.iter_mut().take(2) {
        *v += if rng.u8(0..3) == 0 { 0.0 } else { eighth(rng, 1.25) };
    }
    let most = if rng.bool() { 2 } else { 7 };
    y[2] += if rng.bool() { 0.0 } else { f64::from(rng.i8(-most..=most)) };
    if rng.u8(0..3) == 0 {
        let category = rng.usize(0..3);
        (0..3).for_each(|k| y[3 + k] = f64::from(u8::from(k == category)));
    }
    if rng.u8(0..12) == 0 {
        y[2] += 0.5;
    }
    y
}

fn attack(rng: &mut fastrand::Rng, q: &Question) -> Attack {
    let mut attack = Attack::none(1);
    for i in 0..q.train.len() {
        if rng.bool() {
            let features = Some(near(rng, &q.train.row(i)));
            let flip = q.threat.labels.is_some() && rng.u8(0..3) == 0;
            let target = match q.train.target(i) {
                Target::Sign(s) if flip => Some(Target::Sign(-s)),
                _ => None,
            };
            attack.choices[0].changes.insert(i, Change { deleted: false, features, target });
        }
    }
    attack
}

#[test]
fn membership_is_what_the_rules_say() {
    let mut rng = fastrand::Rng::with_seed(41);
    let (mut inside, mut outside, mut over) = (0, 0, 0);
    for _ in 0..1500 {
        let mut q = question(&mut rng);
        q.threat.budget = Budget::Joint(q.train.len());
        let f = q.threat.features.clone().unwrap();
        let i = rng.usize(0..q.train.len());
        let x = q.train.row(i);
        for _ in 0..12 {
            let y = near(&mut rng, &x);
            let change = Change { features: Some(y.clone()), ..Change::default() };
            let choice = Choice { changes: [(i, change)].into(), inserted: Vec::new() };
            let found = membership::check(&q, &Attack { choices: vec![choice], test_input: None });
            let cells = f.relations.cells.is_none_or(|k| changed(&f, i, &x, &y) <= k);
            let expected = allows(&f, i, &x, &y) && cells;
            assert_eq!(found.is_ok(), expected, "{i} {x:?} {y:?} {found:?}\n{f:?}");
            inside += usize::from(expected && y != x);
            outside += usize::from(!expected);
            over += usize::from(matches!(found, Err(membership::Outside::Cells { .. })));
        }
    }
    assert!(inside > 1500 && outside > 5000 && over > 20, "{inside} {outside} {over}");
}

/// Projected attacks are members, in the boxes, and points of the program at their own value.
#[test]
fn admissible_attacks_lie_in_boxes_and_satisfy_every_row() {
    let mut rng = fastrand::Rng::with_seed(43);
    let (mut poisoned, mut kept, mut tightened) = (0, 0, 0);
    for round in 0..400 {
        let q = question(&mut rng);
        let f = q.threat.features.clone().unwrap();
        let program = compile(&q, None).unwrap();
        theriac::valid::validate(&program.model, None).unwrap();
        let loose = FeatureThreat {
            relations: Relations { linear: vec![], ..f.relations.clone() },
            ..f.clone()
        };
        for i in 0..q.train.len() {
            let x = q.train.row(i);
            let (tight, loose) = (reach::deviations(&f, i, &x), reach::deviations(&loose, i, &x));
            tightened += tight.iter().zip(&loose).filter(|(a, b)| a.width() < b.width()).count();
        }
        for _ in 0..8 {
            let wild = attack(&mut rng, &q);
            let attack = membership::project(&q, wild.clone());
            membership::check(&q, &attack)
                .unwrap_or_else(|e| panic!("{round}: {e}\n{wild:?}\n{q:?}"));
            if membership::check(&q, &wild).is_ok() {
                // What is inside stays as it is.
                let same = |i: &usize, c: &Change| {
                    let y = attack.choices[0].changes.get(i).and_then(|c| c.features.clone());
                    c.features.clone().filter(|x| *x != q.train.row(*i)) == y
                };
                assert!(
                    wild.choices[0].changes.iter().all(|(i, c)| same(i, c)),
                    "{wild:?}\n{attack:?}"
                );
                kept += usize::from(wild.choices[0].changes.len() > 1);
            }
            for (i, change) in &attack.choices[0].changes {
                let Some(y) = &change.features else { continue };
                let bx = reach::touched(&q, *i).x;
                assert!(
                    y.iter().zip(&bx).all(|(v, b)| b.contains(*v)),
                    "{round}: {y:?} {bx:?}\n{f:?}"
                );
                poisoned += 1;
            }
            let run = replay(&q, &attack, 1e-9).unwrap();
            if !run.ties.is_empty() {
                continue;
            }
            let x = program.start(&q, &attack);
            let violation = program.model.violation(&x);
            assert!(violation.amount < 1e-9, "{round}: {violation:?}\n{attack:?}\n{q:?}");
            let value = program.goal_value(program.model.objective_at(&x));
            assert!((value - run.value).abs() < 1e-9, "{round}: {value} {}", run.value);
            let back = membership::project(&q, program.decode(&q, &x));
            let again = replay(&q, &back, 0.0).unwrap().value;
            assert!((again - run.value).abs() < 1e-6, "{round}: {attack:?}\n{back:?}\n{q:?}");
        }
    }
    assert!(poisoned > 1500 && kept > 10 && tightened > 50, "{poisoned} {kept} {tightened}");
}

/// The corners that the box of a touched sample has in one feature are not all reached, but a search
/// by sampling never leaves it, and limits of single features are reached exactly.
#[test]
fn limits_of_single_features_are_reached() {
    let mut rng = fastrand::Rng::with_seed(47);
    let mut reached = 0;
    for _ in 0..300 {
        let mut q = question(&mut rng);
        q.threat.budget = Budget::Joint(q.train.len());
        let f = q.threat.features.as_mut().unwrap();
        f.relations.linear.clear();
        (f.relations.changed, f.relations.cells) = (None, None);
        let f = f.clone();
        for i in 0..q.train.len() {
            let x = q.train.row(i);
            for (j, e) in reach::deviations(&f, i, &x).into_iter().enumerate().take(3) {
                for by in [e.lo, e.hi].into_iter().filter(|v| *v != 0.0) {
                    let mut y = x.clone();
                    y[j] += by;
                    let change = Change { features: Some(y), ..Change::default() };
                    let choice = Choice { changes: [(i, change)].into(), inserted: Vec::new() };
                    let attack = Attack { choices: vec![choice], test_input: None };
                    membership::check(&q, &attack)
                        .unwrap_or_else(|e| panic!("{e}: {j} {by} {f:?}"));
                    reached += 1;
                }
            }
        }
    }
    assert!(reached > 500, "{reached}");
}
