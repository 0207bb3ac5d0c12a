//! Rounding does not let an attack slip through a relation.

use theriac::question::relation::{Comparison, Linear, Offset, Term, Version};
use theriac::question::*;

use crate::support::golden_c;

/// One real feature: 2, 1 and -1.5 in the data; the first is replaced by `x`.
fn question(x: f64, relations: Relations) -> Question {
    let mut q = golden_c(100.0, 1, 3);
    q.train.features[[0, 0]] = x;
    q.threat.features.as_mut().unwrap().relations = relations;
    q
}

fn moved(y: f64) -> Attack {
    let change = Change { features: Some(vec![y]), ..Change::default() };
    let choice = Choice { changes: [(0, change)].into(), inserted: Vec::new() };
    Attack { choices: vec![choice], test_input: None }
}

fn offset(lo: f64, hi: f64) -> Relations {
    let offsets = vec![Offset { rows: vec![0], feature: 0, lo, hi }];
    Relations { offsets, ..Relations::default() }
}

#[test]
fn a_sum_that_is_rounded_up_is_outside() {
    // In doubles 0.1 + 0.2 is more than the sum of the doubles 0.1 and 0.2.
    let q = question(0.1, offset(0.0, 0.2));
    let sum = 0.1 + 0.2;
    assert!(matches!(membership::check(&q, &moved(sum)), Err(membership::Outside::Offset { .. })));
    assert_eq!(membership::check(&q, &moved(sum.next_down())), Ok(()));
    let projected = membership::project(&q, moved(1.0));
    assert_eq!(projected, moved(sum.next_down()));
    // Down is not allowed at all.
    let down = membership::check(&q, &moved(0.1f64.next_down()));
    assert!(matches!(down, Err(membership::Outside::Offset { feature: 0, .. })));
    assert_eq!(membership::project(&q, moved(-1.0)), Attack::none(1));
}

#[test]
fn a_linear_relation_is_exact() {
    // 3 * new x <= 0.3: the double 0.1 is a little too large, though 3 * 0.1 > 0.3 only by rounding
    // and in truth alike; 0.3 / 3 rounded down satisfies it.
    let term = Term { coefficient: 3.0, feature: 0, version: Version::New };
    let linear = vec![Linear {
        rows: vec![0],
        terms: vec![term],
        comparison: Comparison::AtMost,
        rhs: 0.3,
        when: None,
    }];
    let q = question(-1.0, Relations { linear, ..Relations::default() });
    let largest = {
        use dashu::rational::RBig;
        let fits = |v: f64| {
            let exact = |v: f64| RBig::try_from(v).unwrap();
            exact(v) * exact(3.0) <= exact(0.3)
        };
        let mut v = 0.1f64;
        while fits(v) {
            v = v.next_up();
        }
        while !fits(v) {
            v = v.next_down();
        }
        v
    };
    assert_eq!(membership::check(&q, &moved(largest)), Ok(()));
    let outside = membership::check(&q, &moved(largest.next_up()));
    let Err(membership::Outside::Relation { relation, .. }) = outside else {
        panic!("{outside:?}")
    };
    assert_eq!(relation, "3 * new x0 <= 0.3");
    let projected = membership::project(&q, moved(5.0));
    membership::check(&q, &projected).unwrap();
    let y = projected.choices[0].changes[&0].features.as_ref().unwrap()[0];
    assert!((largest - y).abs() < 1e-9, "{y}");
}
