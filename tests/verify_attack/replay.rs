//! What counts as an attack.

use theriac::bounds::Interval;
use theriac::network::graph::{Dense, Function, Op, Unary};
use theriac::question::verify::{
    Ball, BallNorm, Case, Formula, Judge, Lattice, Relation, Truth, Variable,
};

use crate::{at_least, atom, output, with_input};

const POINT: Interval = Interval { lo: 0.1, hi: 0.1 };

/// `y = w x + b` on one input.
fn line(w: &[f64], b: f64) -> theriac::network::graph::Graph {
    let (mut g, x) = with_input(w.len());
    let by = Dense { weight: w.to_vec(), bias: vec![b], inputs: w.len(), outputs: 1 };
    let y = g.push(Op::Dense { x, by }, vec![1], "y");
    output(&mut g, y);
    g
}

/// `0.1 + 0.2 - 0.3` is above 0 in doubles, and 0.1 + 0.2 > 0.3 also for the real values of the
/// three doubles, but by 2^-54 times a half: below what doubles see of a sum near 0.3.
#[test]
fn ties_are_decided_exactly() {
    let unit = Interval::new(0.0, 1.0);
    let g = line(&[1.0, 1.0], -0.3);
    let case = |bound: f64| Case::of_box(vec![unit; 2], at_least(0, bound));
    let truth = 2f64.powi(-55);
    let replay = case(truth).replay(&g, &[0.1, 0.2]).expect("fits");
    assert_eq!((replay.real, replay.judge), (Truth::Yes, Judge::Exact));
    assert!(replay.is_attack());
    // Doubles see 2^-54 and pass the larger bound too; the real value does not.
    let replay = case(truth.next_up()).replay(&g, &[0.1, 0.2]).expect("fits");
    assert_eq!((replay.real, replay.judge), (Truth::No, Judge::Exact));
    assert_eq!(replay.double, Truth::Yes);
    assert!(!replay.is_attack() && !replay.agreed());
    let replay = case(0.5).replay(&g, &[0.75, 1.0]).expect("fits");
    assert_eq!((replay.real, replay.judge), (Truth::Yes, Judge::Enclosure));
    assert!(replay.agreed());
}

/// A smooth network has no exact value: what the enclosure leaves open stays open.
#[test]
fn smooth_ties_stay_open() {
    let (mut g, x) = with_input(1);
    let y = g.push(Op::Unary { x, f: Unary::Smooth(Function::Sigmoid) }, vec![1], "y");
    output(&mut g, y);
    let case = |bound| Case::of_box(vec![Interval::new(-1.0, 1.0)], at_least(0, bound));
    // 1 / (1 + 1 / e) = 0.73105857863000487925...
    let near = 0.731_058_578_630_004_9;
    let real = |bound| case(bound).replay(&g, &[1.0]).expect("fits").real;
    assert_eq!(real(near), Truth::Perhaps);
    assert_eq!(real(near - 1e-12), Truth::Yes);
    assert_eq!(real(near + 1e-12), Truth::No);
    // Some values are rational even so.
    assert_eq!(case(0.5).replay(&g, &[0.0]).expect("fits").real, Truth::Yes);
}

/// Single precision rounds the input too, and may see another verdict.
#[test]
fn arithmetics_may_differ() {
    let g = line(&[1.0], 0.0);
    let case = Case::of_box(vec![Interval::new(0.0, 1.0)], at_least(0, 0.1));
    let replay = case.replay(&g, &[0.1]).expect("fits");
    assert_eq!((replay.real, replay.double, replay.single), (Truth::Yes, Truth::Yes, Truth::Yes));
    let below = atom(&[(Variable::Output(0), 1.0)], Relation::AtMost, 0.1);
    let case = Case::of_box(vec![Interval::new(0.0, 1.0)], below);
    let replay = case.replay(&g, &[0.1]).expect("fits");
    // The float next to 0.1 is above it.
    assert_eq!((replay.real, replay.double, replay.single), (Truth::Yes, Truth::Yes, Truth::No));
    assert!(replay.is_attack() && !replay.agreed());
}

/// The set between the doubles: `X_0 = 0.1` as a decimal, and pixels over 255.
#[test]
fn numbers_between_doubles_are_enclosed() {
    let g = line(&[1.0], 0.0);
    let decimal = Interval::new(0.1f64.next_down(), 0.1);
    let mut case = Case::of_box(vec![decimal], at_least(0, 0.05));
    case.inner = vec![POINT];
    case.between = vec![0];
    let replay = case.replay(&g, &[0.1]).expect("fits");
    assert!(replay.is_attack());
    assert_eq!(replay.meant, [decimal]);
    case.goal = at_least(0, 0.1);
    // 0.1 as a decimal is below the double: the enclosure leaves it open.
    assert_eq!(case.replay(&g, &[0.1]).expect("fits").real, Truth::Perhaps);

    let mut pixels = Case::of_box(vec![Interval::new(0.0, 1.0)], at_least(0, 0.2));
    pixels.lattice = Some(Lattice { times: 1.0, over: 255.0 });
    let replay = pixels.replay(&g, &[51.0 / 255.0]).expect("fits");
    assert_eq!(replay.admitted, Truth::Yes);
    // 51 / 255 is 1/5, which is below the double 0.2: no enclosure in doubles tells them apart.
    assert_eq!((replay.real, replay.judge), (Truth::No, Judge::Exact));
    assert!(pixels.replay(&g, &[52.0 / 255.0]).expect("fits").is_attack());
    assert_eq!(pixels.replay(&g, &[0.25]).expect("fits").admitted, Truth::No);
}

#[test]
fn sets_are_kept_to() {
    let g = line(&[1.0, 1.0], 0.0);
    let sides = vec![Interval::new(-1.0, 1.0); 2];
    let mut case = Case::of_box(sides, Formula::All(Vec::new()));
    let admitted = |case: &Case, x: [f64; 2]| case.replay(&g, &x).expect("fits").admitted;
    assert_eq!(admitted(&case, [1.0, -1.0]), Truth::Yes);
    assert_eq!(admitted(&case, [1f64.next_up(), -1.0]), Truth::No);
    case.inner[0] = Interval::new(-0.5, 0.5);
    assert_eq!(admitted(&case, [0.75, 0.0]), Truth::Perhaps);
    let ball = |norm| Ball { norm, center: vec![Interval::ZERO; 2], radius: Interval::point(0.5) };
    case.balls = vec![ball(BallNorm::L1)];
    assert_eq!(admitted(&case, [0.25, 0.25]), Truth::Yes);
    assert_eq!(admitted(&case, [0.25, 0.26]), Truth::No);
    case.balls = vec![ball(BallNorm::L2)];
    assert_eq!(admitted(&case, [0.3, 0.39]), Truth::Yes);
    assert_eq!(admitted(&case, [0.3, 0.41]), Truth::No);
    let Formula::Atom(row) =
        atom(&[(Variable::Input(0), 1.0), (Variable::Input(1), -1.0)], Relation::Below, 0.0)
    else {
        panic!()
    };
    case.rows.push(row);
    assert_eq!(admitted(&case, [0.25, 0.25]), Truth::No);
    assert_eq!(admitted(&case, [0.25, 0.26]), Truth::Yes);
}
