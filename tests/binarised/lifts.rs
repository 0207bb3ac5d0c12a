//! Rows over two neighbouring layers: they hold at every point, are as tight as one cube lets them be, and are not taken on trust.

use fastrand::Rng;
use theriac::bounds::binarised::{Facts, Lift, Lifts, Limits, Log, Refined, Units};
use theriac::encode::binarised::{Rivals, strengthened};

use super::cuts::{ALL, ground, question};
use super::lattice::cube;

/// What a row bounds and by what, where the layers have these values.
fn sides(units: &Units, lift: &Lift, layers: &[Vec<bool>]) -> (i64, i64) {
    let before: Vec<i64> = layers[lift.layer - 1].iter().map(|x| i64::from(*x)).collect();
    let other = &units.layers[lift.layer][lift.other];
    let sum = other.sum(&before) - other.threshold;
    let most = if layers[lift.layer][lift.unit] { lift.on } else { lift.off };
    (if lift.negated { -sum } else { sum }, most)
}

#[test]
fn lifted_rows_hold_and_tighter_ones_are_refused() {
    let mut rng = Rng::with_seed(23);
    let (mut rows, mut tight, mut programs) = (0, 0, 0);
    while rows < 4_000 {
        let Some((net, points, class)) = question(&mut rng) else { continue };
        let Ok(ground) = ground(&net, &points, class) else { continue };
        let nodes = [1, 3, usize::MAX][rng.usize(0..3)];
        let cover = ground.cover(&Limits { nodes, ..ALL });
        let facts = Facts::of(&ground, &cover);
        let refined = Refined::new(&ground.units, &cover.cores, &facts);
        let mut lifts = Lifts::new(&ground, &cover, &facts, &refined.kept);
        let kept = refined.kept.clone();
        let program = strengthened(&points, refined, Rivals::Any).unwrap();
        // Any point will do: without a least amount, each unit has a row.
        let x: Vec<f64> = (0..program.model.var_count()).map(|_| rng.f64()).collect();
        let found = program.separate_lifts(&mut lifts, &x, f64::NEG_INFINITY);
        if found.is_empty() {
            continue;
        }
        let log = Log::new(cover, facts);
        assert_eq!(log.check_lifts(&ground.units, &kept, &found), Ok(()));
        let all = cube(net.inputs, i64::from(net.q));
        for k in all.iter().filter(|k| points.holds(k)) {
            let layers = program.units.evaluate(k);
            for lift in &found {
                let (value, most) = sides(&program.units, lift, &layers);
                assert!(value <= most, "{lift:?} at {k:?}");
                tight += usize::from(value == most);
            }
            let mut x = vec![0.0; program.model.var_count()];
            for (column, on) in program.columns.iter().flatten().zip(layers.iter().flatten()) {
                x[column.index()] = f64::from(u8::from(*on));
            }
            for lift in &found {
                let row = program.lift_row(lift).unwrap();
                let at: f64 = row.terms.iter().map(|(v, a)| a * x[v.index()]).sum();
                assert!(at <= row.rhs + 1e-9, "{lift:?} at {k:?}");
            }
        }
        for lift in &found {
            for tighter in [Lift { on: lift.on - 1, ..*lift }, Lift { off: lift.off - 1, ..*lift }]
            {
                assert!(log.check_lifts(&ground.units, &kept, &[tighter]).is_err(), "{lift:?}");
            }
            let nowhere = Lift { other: 99, ..*lift };
            assert!(log.check_lifts(&ground.units, &kept, &[nowhere]).is_err());
        }
        rows += found.len();
        programs += 1;
    }
    assert!(tight > 10_000 && programs > 500, "{tight} {programs}");
}

/// Over a single cube with weights -1, 0 and 1, both sides are the largest values that any pattern has.
#[test]
fn one_cube_is_bounded_exactly() {
    let mut rng = Rng::with_seed(24);
    let mut compared = 0;
    while compared < 600 {
        let Some((net, points, class)) = question(&mut rng) else { continue };
        let Ok(ground) = ground(&net, &points, class) else { continue };
        let cover = ground.cover(&Limits { nodes: 1, ..ALL });
        let facts = Facts::of(&ground, &cover);
        let refined = Refined::new(&ground.units, &cover.cores, &facts);
        let unit_weights =
            |u: &theriac::bounds::binarised::Unit| u.terms.iter().all(|t| t.1.abs() == 1);
        let second = refined.units.layers.get(1);
        if cover.cubes.len() != 1 || !second.is_some_and(|l| l.iter().all(unit_weights)) {
            continue;
        }
        let mut lifts = Lifts::new(&ground, &cover, &facts, &refined.kept);
        let program = strengthened(&points, refined, Rivals::Any).unwrap();
        let x: Vec<f64> = (0..program.model.var_count()).map(|_| rng.f64()).collect();
        for lift in program.separate_lifts(&mut lifts, &x, f64::NEG_INFINITY) {
            if lift.layer != 1 {
                continue;
            }
            let units = &program.units;
            let size = units.layers[0].len();
            let (mut on, mut off) = (None, None);
            for code in 0..1_usize << size {
                let first: Vec<bool> = (0..size).map(|u| code >> u & 1 == 1).collect();
                let sums: Vec<i64> = first.iter().map(|x| i64::from(*x)).collect();
                let is = |u: &theriac::bounds::binarised::Unit| u.sum(&sums) >= u.threshold;
                let layers = [first, units.layers[1].iter().map(is).collect()];
                let value = sides(units, &lift, &layers).0;
                match layers[1][lift.unit] {
                    true => on = on.max(Some(value)),
                    false => off = off.max(Some(value)),
                }
            }
            assert_eq!((Some(lift.on), Some(lift.off)), (on, off), "{lift:?}");
            compared += 1;
        }
    }
}
