//! Attacks over lattice balls: what is reported, against evaluation; how good it is, against enumeration.

use std::sync::atomic::AtomicBool;

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::encode::binarised::Rivals;
use theriac::network::binarised::{Integer, import};
use theriac::question::lattice::{Lattice, Norm};
use theriac::search::binarised::{Method, Options, Report, attack};

use super::golden::{GOLDEN, network};
use super::lattice::{cube, ratio};
use super::{Plain, file, rows};

const NORMS: [Option<Norm>; 3] = [None, Some(Norm::L1), Some(Norm::L2)];

/// By the definition.
fn lead(net: &Integer, k: &[i64], (class, rivals): (usize, Rivals)) -> i64 {
    let scores = net.evaluate(k).scores;
    let others = scores.iter().enumerate().filter(|(t, _)| match rivals {
        Rivals::Any => *t != class,
        Rivals::One(rival) => *t == rival,
    });
    others.map(|(_, s)| s - scores[class]).max().unwrap()
}

/// That a report says what is so.
fn hold(report: &Report, net: &Integer, points: &Lattice, (class, rivals): (usize, Rivals)) {
    assert!(points.holds(&report.point), "{points:?} {report:?}");
    assert_eq!(report.lead, lead(net, &report.point, (class, rivals)), "{report:?}");
    assert_eq!(report.lead, lead(net, &report.point, (class, Rivals::One(report.rival))));
    assert_ne!(report.rival, class);
}

fn ball(q: u32, center: &[RBig], radius: &RBig, norm: Option<Norm>) -> Option<Lattice> {
    match norm {
        None => Lattice::around(q, center, radius),
        Some(norm) => Lattice::ball(q, center, radius, norm),
    }
}

/// papers 4.12: all 27 values, by all methods together and by each alone.
#[test]
fn the_table_is_found() {
    let net = network();
    for methods in [&Method::ALL[..], &Method::ALL[..1], &Method::ALL[1..2], &Method::ALL[2..]] {
        let mut found = 0;
        for (at, _, class, _, table) in GOLDEN {
            let center: Vec<RBig> = at.iter().map(|k| ratio(*k, 4)).collect();
            for (norm, values) in NORMS.into_iter().zip(table) {
                for (quarters, value) in (1..=3).zip(values) {
                    let points = ball(4, &center, &ratio(quarters, 4), norm).unwrap();
                    let options = Options { methods, ..Options::default() };
                    let report = attack(&net, &points, (class, Rivals::Any), &options).unwrap();
                    hold(&report, &net, &points, (class, Rivals::Any));
                    assert!(report.lead <= value);
                    found += usize::from(report.lead == value);
                }
            }
        }
        let least = if methods.len() == 3 { 27 } else { 24 };
        assert!(found >= least, "{methods:?}: {found} of 27");
    }
}

/// A network whose cube can be enumerated, with up to three hidden layers and four classes.
pub fn random(rng: &mut Rng, q: u32) -> Integer {
    let inputs = rng.usize(2..if q > 2 { 5 } else { 7 });
    let mut sizes = vec![inputs];
    sizes.extend((0..rng.usize(1..4)).map(|_| rng.usize(2..9)));
    let mut hidden = Vec::new();
    for pair in sizes.windows(2) {
        let unit = |rng: &mut Rng| {
            let weights = (0..pair[0]).map(|_| f64::from(rng.i32(-1..2))).collect();
            let factor = if rng.bool() { 0.5 } else { -0.25 };
            (weights, f64::from(rng.i32(-4..5)) / 4.0, factor, f64::from(rng.i32(-2..3)) / 4.0)
        };
        hidden.push((0..pair[1]).map(|_| unit(rng)).collect());
    }
    let last = *sizes.last().unwrap();
    let score = |rng: &mut Rng| {
        let weights = (0..last).map(|_| f64::from(rng.i32(-2..3)) / 2.0).collect();
        (weights, f64::from(rng.i32(-4..5)) / 8.0)
    };
    let scores = (0..2).map(|_| score(rng)).collect();
    let plain = Plain { hidden, at: [1.0, -1.0, 0.0][rng.usize(0..3)], scores };
    let mut net = import(&plain.graph()).unwrap().on_lattice(q).unwrap();
    for _ in 0..rng.usize(0..3) {
        let mut more = net.scores[0].clone();
        more.terms.iter_mut().for_each(|t| t.1 *= rng.i64(-1..2));
        net.scores.push(more);
    }
    net
}

/// 800 networks, all norms and mixtures, every rule for the sign of 0, centers on the lattice and beside it.
#[test]
fn reports_are_true_and_mostly_the_best() {
    let mut rng = Rng::with_seed(91);
    let (mut done, mut best, mut empty, mut missed, mut tied) = (0, 0, 0, 0, 0);
    while done < 800 {
        let q = [1, 2, 4][rng.usize(0..3)];
        let net = random(&mut rng, q);
        let (n, part) = (net.inputs, [1, 2, 3][rng.usize(0..3)]);
        let whole = i64::from(q);
        let center: Vec<RBig> =
            (0..n).map(|_| ratio(rng.i64(0..=whole * part), whole * part)).collect();
        let radius = ratio(rng.i64(0..9), 2 * whole);
        let Some(mut points) = ball(q, &center, &radius, NORMS[rng.usize(0..3)]) else { continue };
        if rng.bool() {
            let norm = if rng.bool() { Norm::L1 } else { Norm::L2 };
            let more = Lattice::ball(q, &center, &ratio(3, 2), norm).unwrap();
            points.balls.extend(more.balls);
        }
        if rng.bool() {
            points.high[0] = points.low[0];
        }
        let class = rng.usize(0..net.scores.len());
        let other = (class + 1) % net.scores.len();
        let ask = (class, if rng.bool() { Rivals::Any } else { Rivals::One(other) });
        let options = Options { evaluations: 5_000, seed: done, ..Options::default() };
        let report = attack(&net, &points, ask, &options);
        let inside: Vec<Vec<i64>> =
            cube(n, whole).into_iter().filter(|k| points.holds(k)).collect();
        let Some(truth) = inside.iter().map(|k| lead(&net, k, ask)).max() else {
            assert_eq!(report, None);
            empty += 1;
            continue;
        };
        done += 1;
        let Some(report) = report else {
            missed += 1;
            continue;
        };
        hold(&report, &net, &points, ask);
        assert!(report.lead <= truth, "{report:?} {truth}");
        assert!(report.evaluations <= 3 * options.evaluations, "{report:?}");
        best += usize::from(report.lead == truth);
        tied += usize::from(!net.evaluate(&report.point).ties.is_empty());
    }
    println!("{best} of {done} best, {missed} without a point, {empty} empty, {tied} with ties");
    assert!(best * 100 >= 97 * done as usize, "{best} of {done}");
    assert!(missed == 0 && empty > 2 && tied > 10, "{missed} {empty} {tied}");
}

/// Centers whose denominator is beyond what the search counts in: points stay inside, and are mostly still the best.
#[test]
fn fine_centers_stay_inside() {
    let mut rng = Rng::with_seed(92);
    let (mut done, mut best) = (0, 0);
    while done < 150 {
        let net = random(&mut rng, 4);
        let beside = |rng: &mut Rng| ratio(rng.i64(0..5), 4) + ratio(rng.i64(-3..4), 1 << 40);
        let center: Vec<RBig> = (0..net.inputs).map(|_| beside(&mut rng)).collect();
        let radius = ratio(rng.i64(1..9), 8);
        let norm = if rng.bool() { Norm::L1 } else { Norm::L2 };
        let Some(points) = Lattice::ball(4, &center, &radius, norm) else { continue };
        let options = Options { evaluations: 2_000, ..Options::default() };
        let ask = (0, Rivals::Any);
        let Some(report) = attack(&net, &points, ask, &options) else { continue };
        hold(&report, &net, &points, ask);
        let inside = cube(net.inputs, 4).into_iter().filter(|k| points.holds(k));
        let truth = inside.map(|k| lead(&net, &k, ask)).max().unwrap();
        assert!(report.lead <= truth);
        best += usize::from(report.lead == truth);
        done += 1;
    }
    println!("{best} of {done} best");
    assert!(best * 100 >= 85 * done, "{best} of {done}");
}

/// Real networks and images.
#[test]
fn digits_are_attacked() {
    let images: Vec<Vec<i64>> = rows("digits.csv")
        .iter()
        .map(|r| r[..64].iter().map(|v| v.parse().unwrap()).collect())
        .collect();
    let names: Vec<String> = rows("scores.csv").iter().map(|r| r[0].clone()).collect();
    let name = names.iter().find(|n| n.contains("25-25") && n.contains("bn_64")).unwrap();
    let net = import(&file(name)).unwrap().on_lattice(16).unwrap();
    let mut found = [0; 3];
    for (number, image) in images.iter().take(8).enumerate() {
        let scores = net.evaluate(image).scores;
        let class = (0..10).max_by_key(|c| (scores[*c], 10 - c)).unwrap();
        let center: Vec<RBig> = image.iter().map(|k| ratio(*k, 16)).collect();
        for (norm, radius) in NORMS.into_iter().zip([ratio(2, 16), ratio(2, 1), ratio(1, 2)]) {
            let points = ball(16, &center, &radius, norm).unwrap();
            let options = Options { evaluations: 300, enough: Some(1), ..Options::default() };
            let report = attack(&net, &points, (class, Rivals::Any), &options).unwrap();
            hold(&report, &net, &points, (class, Rivals::Any));
            found[NORMS.iter().position(|n| *n == norm).unwrap()] += usize::from(report.lead > 0);
            if number == 0 {
                // Nothing depends on anything but what is given.
                let again = attack(&net, &points, (class, Rivals::Any), &options).unwrap();
                assert_eq!(again, report);
            }
        }
    }
    println!("{found:?} of 8");
    assert!(found.iter().all(|f| *f >= 4), "{found:?} of 8");
}

#[test]
fn a_search_ends_when_it_is_told_to() {
    let net = network();
    let center: Vec<RBig> = [4, 0, 2].iter().map(|k| ratio(*k, 4)).collect();
    let points = Lattice::around(4, &center, &ratio(3, 4)).unwrap();
    let ask = (2, Rivals::Any);
    let of = |options: &Options<'_>| attack(&net, &points, ask, options).unwrap();
    let stop = AtomicBool::new(true);
    let stopped = of(&Options { cancel: Some(&stop), ..Options::default() });
    hold(&stopped, &net, &points, ask);
    assert_eq!(stopped.method, Method::Start);
    let long = of(&Options::default());
    let short = of(&Options { enough: Some(1), ..Options::default() });
    assert!(long.lead == 5 && short.lead >= 1 && short.evaluations < long.evaluations);
    assert!(long.evaluations >= Options::default().evaluations);
    // What nobody can answer.
    let none = |ask| attack(&net, &points, ask, &Options::default()).is_none();
    assert!(none((3, Rivals::Any)) && none((0, Rivals::One(3))));
    let longer = Lattice::around(4, &vec![ratio(1, 2); 4], &ratio(1, 4)).unwrap();
    assert_eq!(attack(&net, &longer, ask, &Options::default()), None);
    let far = Lattice { balls: Vec::new(), ..points.clone() };
    let mut apart =
        Lattice::ball(4, &[ratio(1, 2), ratio(1, 2), ratio(1, 2)], &ratio(1, 8), Norm::L1).unwrap();
    apart.low = vec![3; 3];
    apart.high = far.high;
    assert_eq!(attack(&net, &apart, ask, &Options::default()), None);
}
