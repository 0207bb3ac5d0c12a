//! The search finds attacks that are there, and none where there is none.

use std::sync::atomic::AtomicBool;

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::*;
use theriac::question::verify::{
    Ball, BallNorm, Case, Formula, Lattice, Relation, Truth, Variable, Witness,
};
use theriac::search::verify::{AttackOptions, Stop, attack};

use crate::graphs::{self, Menu, PLAIN};
use crate::{at_least, atom, output, with_input};

const OPTIONS: AttackOptions<'_> =
    AttackOptions { evaluations: 20_000, steps: 40, seed: 0, cancel: None };

/// A random ReLU network `inputs - width - width - outputs`.
fn network(rng: &mut Rng, inputs: usize, width: usize, outputs: usize) -> Graph {
    let (mut g, mut x) = with_input(inputs);
    let mut n = inputs;
    for (k, m) in [width, width, outputs].into_iter().enumerate() {
        let mut draw = |n: usize| (0..n).map(|_| f64::from((rng.f32() - 0.5) * 2.0)).collect();
        let by = Dense { weight: draw(m * n), bias: draw(m), inputs: n, outputs: m };
        x = g.push(Op::Dense { x, by }, vec![m], "dense");
        if k < 2 {
            x = g.push(Op::Unary { x, f: Unary::Relu }, vec![m], "relu");
        }
        n = m;
    }
    output(&mut g, x);
    g
}

/// The largest output on a grid is nearly reached; above the enclosure of the box nothing is found.
#[test]
fn what_a_grid_finds_is_found_and_what_bounds_exclude_is_not() {
    let mut rng = Rng::with_seed(1);
    for round in 0..40 {
        let g = network(&mut rng, 2, 8, 2);
        let set = vec![Interval::new(-1.0, 1.0), Interval::new(0.1, 0.7)];
        let mut largest = f64::NEG_INFINITY;
        for k in 0..=60 {
            for l in 0..=60 {
                let x = [-1.0 + f64::from(k) / 30.0, 0.1 + 0.01 * f64::from(l)];
                let y = g.eval(&x, Rounding::Double).expect("fits");
                largest = largest.max(y[0] - y[1]);
            }
        }
        let goal = |least: f64| {
            atom(
                &[(Variable::Output(0), -1.0), (Variable::Output(1), 1.0)],
                Relation::AtMost,
                -least,
            )
        };
        let slack = 1e-6 * (1.0 + largest.abs());
        let case = Case::of_box(set.clone(), goal(largest - slack));
        let report = attack(&g, std::slice::from_ref(&case), OPTIONS).expect("fits");
        let found = report.attack.unwrap_or_else(|| panic!("round {round}: {:?}", report.near));
        assert_eq!(report.stop, Stop::Found);
        // Judged again, by rational arithmetic.
        let x: Vec<RBig> =
            found.replay.inputs.iter().map(|&x| RBig::try_from(x).expect("finite")).collect();
        let y = g.eval_exact(&x).expect("rational");
        assert_eq!(case.goal.truth_exact(&x, &y), Truth::Yes);
        assert!(found.replay.inputs.iter().zip(&set).all(|(x, s)| s.contains(*x)));

        let all = g.eval_enclosed(&set).expect("fits");
        let beyond = all[0].hi - all[1].lo;
        let case = Case::of_box(set, goal(beyond.next_up()));
        let options = AttackOptions { evaluations: 2_000, ..OPTIONS };
        let report = attack(&g, &[case], options).expect("fits");
        assert!(report.attack.is_none() && report.stop == Stop::Evaluations);
        let near = report.near.expect("points were tried");
        assert!(near.margin < 0.0 && near.margin >= largest - beyond - 1.0);
        assert!(report.evaluations >= 2_000 && report.evaluations < 3_000);
    }
}

/// One thread or two, today or tomorrow: the same start gives the same point.
#[test]
fn the_same_seed_finds_the_same_attack() {
    let mut rng = Rng::with_seed(2);
    let mut different = 0;
    for _ in 0..10 {
        let g = network(&mut rng, 4, 8, 3);
        let set = vec![Interval::new(0.0, 1.0); 4];
        let y = g.eval(&[0.3, 0.9, 0.1, 0.6], Rounding::Double).expect("fits");
        let goal = Formula::All((0..3).map(|j| at_least(j, y[j as usize] - 0.01)).collect());
        let case = Case::of_box(set, goal);
        let run = |seed, threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("pool");
            let options = AttackOptions { seed, ..OPTIONS };
            pool.install(|| attack(&g, std::slice::from_ref(&case), options).expect("fits"))
        };
        let one = run(7, 1);
        assert_eq!(one, run(7, 2));
        different += usize::from(one.attack.is_some() && one.attack != run(8, 2).attack);
    }
    assert!(different > 0);
}

/// A search that is stopped ends at once, with no attack that nobody replayed.
#[test]
fn a_stopped_search_ends() {
    let mut rng = Rng::with_seed(4);
    let g = network(&mut rng, 4, 8, 3);
    let case = Case::of_box(vec![Interval::new(0.0, 1.0); 4], at_least(0, f64::INFINITY));
    let wish = AtomicBool::new(true);
    let options = AttackOptions { evaluations: u64::MAX, cancel: Some(&wish), ..OPTIONS };
    let report = attack(&g, &[case], options).expect("fits");
    assert_eq!((report.stop, report.evaluations), (Stop::Stopped, 0));
    assert_eq!(report.attack, None);
}

/// Small networks get more evaluations, and all get some.
#[test]
fn options_fit_the_network() {
    let mut rng = Rng::with_seed(9);
    let evaluations = |g: &Graph| AttackOptions::sized(g).evaluations;
    assert_eq!(evaluations(&network(&mut rng, 2, 8, 2)), 60_000);
    let wide = network(&mut rng, 1000, 200, 2);
    // 200 * 1000 + 200 * 200 + 2 * 200 products, and an element a node of the rest.
    assert_eq!(wide.work(), 240_400 + 1000 + 400);
    assert_eq!(evaluations(&wide), 2_000_000_000 / 241_800);
    assert_eq!(evaluations(&network(&mut rng, 1000, 2000, 2)), 2_000);
}

/// Disjunctions: only one of many goals can be met, only in one of two cases.
#[test]
fn the_one_goal_that_can_be_met_is_found() {
    let mut rng = Rng::with_seed(3);
    for _ in 0..10 {
        let g = network(&mut rng, 3, 6, 4);
        let far = vec![Interval::new(5.0, 5.5); 3];
        let near = vec![Interval::new(-1.0, 1.0); 3];
        let bounds = g.eval_enclosed(&near).expect("fits");
        let beyond = g.eval_enclosed(&far).expect("fits");
        let y = g.eval(&[0.5, -0.5, 0.25], Rounding::Double).expect("fits");
        let mut parts: Vec<Formula> = (0..4)
            .map(|j| at_least(j, bounds[j as usize].hi.max(beyond[j as usize].hi) + 1.0))
            .collect();
        parts.push(Formula::All((0..4).map(|j| at_least(j, y[j as usize] - 0.05)).collect()));
        let cases = [
            Case::of_box(far, Formula::Any(parts[..4].to_vec())),
            Case::of_box(near, Formula::Any(parts)),
        ];
        let found = attack(&g, &cases, OPTIONS).expect("fits").attack.expect("is there");
        assert_eq!(found.case, 1);
        let witness =
            Witness { inputs: found.replay.inputs, outputs: found.replay.outputs }.to_string();
        let read = Witness::parse(&witness).expect("form");
        assert!(cases[1].replay(&g, &read.inputs).expect("fits").is_attack());
    }
}

/// Balls, rows and lattices are kept to.
#[test]
fn attacks_lie_in_the_set() {
    let mut rng = Rng::with_seed(4);
    let (mut found, mut agreed) = (0, 0);
    for round in 0..60 {
        let g = network(&mut rng, 5, 8, 1);
        let mut case = Case::of_box(vec![Interval::new(0.0, 1.0); 5], Formula::All(Vec::new()));
        let center: Vec<f64> = (0..5).map(|_| f64::from(rng.u8(..)) / 255.0).collect();
        match round % 4 {
            0 | 1 => {
                let norm = if round % 4 == 0 { BallNorm::L1 } else { BallNorm::L2 };
                let center: Vec<Interval> = center.iter().map(|&c| Interval::point(c)).collect();
                let ball = |norm, radius| Ball {
                    norm,
                    center: center.clone(),
                    radius: Interval::point(radius),
                };
                case.balls.push(ball(norm, 0.3));
                // Both bite.
                if round % 8 == 1 {
                    case.balls.push(ball(BallNorm::L1, 0.5));
                }
            }
            2 => case.lattice = Some(Lattice { times: 1.0, over: 255.0 }),
            _ => {
                let terms: Vec<_> = (0..5).map(|i| (Variable::Input(i), 1.0)).collect();
                let Formula::Atom(row) = atom(&terms, Relation::AtMost, center.iter().sum()) else {
                    panic!()
                };
                case.rows.push(row);
            }
        }
        let y = g.eval(&center, Rounding::Double).expect("fits");
        case.goal = at_least(0, y[0] + 0.01);
        let report = attack(&g, std::slice::from_ref(&case), OPTIONS).expect("fits");
        if let Some(attack) = report.attack {
            found += 1;
            agreed += usize::from(attack.replay.agreed());
            assert_eq!(attack.replay.admitted, Truth::Yes);
            assert_ne!(case.admits(&attack.replay.inputs), Truth::No);
        }
    }
    assert!(found > 50, "{found}");
    assert!(agreed > 50, "{agreed}");
}

/// Gradients do not show the way through signs; slopes through them do.
#[test]
fn networks_with_signs_are_attacked() {
    let mut rng = Rng::with_seed(5);
    let mut found = 0;
    for _ in 0..20 {
        let (mut g, x) = with_input(16);
        let mut draw = |n: usize| (0..n).map(|_| [-1.0, 1.0][rng.usize(0..2)]).collect::<Vec<_>>();
        let by = Dense { weight: draw(16 * 11), bias: vec![0.5; 11], inputs: 16, outputs: 11 };
        let h = g.push(Op::Dense { x, by }, vec![11], "h");
        let sign = Unary::Step { below: -1.0, at: 1.0, above: 1.0 };
        let s = g.push(Op::Unary { x: h, f: sign }, vec![11], "s");
        let by = Dense { weight: draw(11 * 2), bias: Vec::new(), inputs: 11, outputs: 2 };
        let y = g.push(Op::Dense { x: s, by }, vec![2], "y");
        output(&mut g, y);
        let center: Vec<f64> = draw(16).iter().map(|v| v * 0.5).collect();
        let before = g.eval(&center, Rounding::Double).expect("fits");
        let (win, lose) = if before[0] > before[1] { (1, 0) } else { (0, 1) };
        let goal = atom(
            &[(Variable::Output(lose), 1.0), (Variable::Output(win), -1.0)],
            Relation::Below,
            0.0,
        );
        let set = center.iter().map(|c| Interval::new(c - 0.5, c + 0.5)).collect();
        let report = attack(&g, &[Case::of_box(set, goal)], OPTIONS).expect("fits");
        found += usize::from(report.attack.is_some());
    }
    assert!(found >= 15, "{found}");
}

/// Random graphs of all operations: whatever is found is an attack by rational arithmetic.
#[test]
fn what_is_found_is_true() {
    let mut rng = Rng::with_seed(6);
    let mut found = 0;
    for _ in 0..150 {
        let menu = Menu { products: true, jumps: true, ..PLAIN };
        let g = graphs::graph(&mut rng, menu, 6);
        let set = vec![Interval::new(-1.0, 1.0); g.input_len()];
        let x: Vec<f64> = (0..g.input_len()).map(|_| graphs::quarter(&mut rng) / 2.0).collect();
        let y = g.eval(&x, Rounding::Double).expect("fits");
        let goal = at_least(0, y[0]);
        let case = Case::of_box(set, goal);
        let options = AttackOptions { evaluations: 1_000, ..OPTIONS };
        let report = attack(&g, std::slice::from_ref(&case), options).expect("fits");
        if let Some(attack) = report.attack {
            found += 1;
            let exact = |x: &f64| RBig::try_from(*x).expect("finite");
            let x: Vec<RBig> = attack.replay.inputs.iter().map(exact).collect();
            let y = g.eval_exact(&x).expect("rational");
            assert_eq!(case.goal.truth_exact(&x, &y), Truth::Yes);
        }
    }
    assert!(found > 100, "{found}");
}
