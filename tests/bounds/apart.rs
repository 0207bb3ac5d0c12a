//! The decomposition by sample: a bound whatever the proof says, and one that branching on a sample raises.

use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::bounds::obbt::{Apart, Limits, Node, Relaxation, Search, Share, Sum};
use theriac::bounds::pass::{State, step};
use theriac::encode::poison::window::{Known, WindowProgram, window};
use theriac::ir::VarId;
use theriac::ir::role::Axis;
use theriac::network::Layout;
use theriac::question::Question;
use theriac::question::membership::project;
use theriac::solve::discover;
use theriac::solve::highs_lib::HighsLibrary;
use theriac::train::replay;

use crate::support::random;

/// A window of one step around a run, with the points of some runs in it.
struct Case {
    program: WindowProgram,
    points: Vec<Vec<f64>>,
}

fn case(rng: &mut Rng) -> Option<Case> {
    let q: Question = random::question(rng, random::Shape::default());
    if q.training.momentum != 0.0 {
        return None;
    }
    let (steps, layout) = (q.training.steps(), Layout::of(&q.network));
    let first = rng.usize(0..steps);
    let mut runs = Vec::new();
    for _ in 0..5 {
        let attack = project(&q, random::attack(rng, &q));
        let run = replay(&q, &attack, 1e-9).ok().filter(|r| r.ties.is_empty())?;
        runs.push((attack, layout.flatten(&run.trajectory[first])));
    }
    let point = |k: usize| runs.iter().map(move |r| r.1[k]);
    let before: Vec<Interval> = (0..layout.len())
        .map(|k| Interval {
            lo: point(k).fold(f64::INFINITY, f64::min) - 0.125,
            hi: point(k).fold(f64::NEG_INFINITY, f64::max) + 0.125,
        })
        .collect();
    let after = step(&q, first, &State::start(before.clone()))?.0.theta;
    let still = vec![Interval::ZERO; before.len()];
    let known =
        Known { before: &before, velocity: &still, after: &[after], templates: &[], ranges: &[] };
    let program = window(&q, first..first + 1, &known).ok()?;
    let still = vec![0.0; before.len()];
    let points = runs.iter().map(|(a, theta)| program.point(&q, a, theta, &still)).collect();
    Some(Case { program, points })
}

fn objective(program: &WindowProgram, parameter: usize, largest: bool) -> Vec<(VarId, f64)> {
    program.objective(parameter, largest).expect("a parameter").0.linear
}

fn value(terms: &[(VarId, f64)], point: &[f64]) -> f64 {
    terms.iter().map(|(v, a)| a * point[v.index()]).sum()
}

/// A proof that somebody made up: any multipliers, functions of any columns of the samples.
fn made_up(rng: &mut Rng, program: &WindowProgram) -> Sum {
    let model = &program.model;
    let mut number = || (rng.f64() - 0.5) * 4.0;
    let rows = model.row_count() as u32;
    let shared = (0..rows).map(|r| (r, number())).collect();
    let of = |v: VarId| {
        let role = model.vars.get(v).role;
        let of_sample = role.family.axes().contains(&Axis::Sample);
        of_sample.then_some(role.place.sample)
    };
    let all = || (0..model.var_count() as u32).map(VarId);
    let mut samples: Vec<u32> = all().filter_map(of).collect();
    samples.sort_unstable();
    samples.dedup();
    let mut share = |sample: u32| {
        let own = all().filter(|v| of(*v) == Some(sample));
        let terms = own.map(|v| (v.0, number())).collect();
        let duals = (0..20).map(|r| (r, number())).collect();
        Share { sample, terms, tree: vec![Node::Bound(duals)] }
    };
    Sum { shared, samples: samples.into_iter().map(&mut share).collect() }
}

#[test]
fn whatever_is_made_up_is_a_bound() {
    let mut rng = Rng::with_seed(91);
    let (mut cases, mut finite) = (0, 0);
    while cases < 300 {
        let Some(case) = case(&mut rng) else { continue };
        let apart = Apart::of(&case.program.model);
        for parameter in 0..case.program.after.len() {
            let terms = objective(&case.program, parameter, rng.bool());
            let sum = made_up(&mut rng, &case.program);
            let bound = apart.value(&terms, &sum);
            finite += usize::from(bound.is_finite());
            for point in &case.points {
                let value = value(&terms, point);
                assert!(bound <= value + 1e-9, "{bound}, {value}: {:#?}", case.program.model);
            }
            // A sample counts once, and must be there.
            for wrong in [
                Sum { samples: [sum.samples.clone(), sum.samples.clone()].concat(), ..sum.clone() },
                Sum {
                    samples: vec![Share { sample: 9_999, terms: Vec::new(), tree: Vec::new() }],
                    shared: Vec::new(),
                },
            ] {
                if !wrong.samples.is_empty() {
                    assert_eq!(apart.value(&terms, &wrong), f64::NEG_INFINITY);
                }
            }
        }
        cases += 1;
    }
    assert!(finite > 300, "{finite}");
}

/// With the multipliers of the joint linear program the sum is its bound, or more.
#[test]
fn samples_alone_are_no_worse_than_the_joint_relaxation() {
    let Some(library) = HighsLibrary::find(&discover()) else {
        println!("skipped, no HiGHS library is installed");
        return;
    };
    let library = library.expect("a library that loads");
    let limits =
        Limits { nodes: 1, seconds: f64::INFINITY, iterations: None, fraction: 1.0, spatial: true };
    let mut rng = Rng::with_seed(92);
    let (mut sums, mut better) = (0, 0);
    while sums < 200 {
        let Some(case) = case(&mut rng) else { continue };
        let model = &case.program.model;
        let (apart, joint) = (Apart::of(model), Relaxation::of(model, |_| true));
        for parameter in 0..case.program.after.len() {
            let terms = objective(&case.program, parameter, rng.bool());
            let mut search = Search::new(&library, &joint, limits).expect("a session");
            let Some(root) = search.minimise(&terms, &|_| false) else { continue };
            let [Node::Bound(duals)] = root.tree.as_slice() else { continue };
            let more = Limits { nodes: 50, ..limits };
            let found = apart.minimise((&joint, duals), &terms, (&library, more), &|| false);
            let Some(sum) = found else { continue };
            let bound = apart.value(&terms, &sum);
            let scale = 1e-6 * (1.0 + root.bound.abs());
            assert!(bound >= root.bound - scale, "{bound}, {}", root.bound);
            for point in &case.points {
                assert!(bound <= value(&terms, point) + 1e-9, "{bound}");
            }
            sums += 1;
            better += usize::from(bound > root.bound + scale);
        }
    }
    assert!(better > 20, "{better} of {sums}");
}

/// Without a joint relaxation, in equal parts: still a bound, and one that knows what a gradient and its
/// parameter have in common, which intervals do not.
#[test]
fn equal_parts_are_bounds_and_beat_intervals() {
    let Some(library) = HighsLibrary::find(&discover()) else {
        println!("skipped, no HiGHS library is installed");
        return;
    };
    let library = library.expect("a library that loads");
    let limits = Limits {
        nodes: 50,
        seconds: f64::INFINITY,
        iterations: None,
        fraction: 1.0,
        spatial: true,
    };
    let mut rng = Rng::with_seed(93);
    let (mut sums, mut better) = (0, 0);
    while sums < 200 {
        let Some(case) = case(&mut rng) else { continue };
        let apart = Apart::of(&case.program.model);
        for parameter in 0..case.program.after.len() {
            let largest = rng.bool();
            let terms = objective(&case.program, parameter, largest);
            let Some(sum) = apart.minimise_alone(&terms, (&library, limits), &|| false) else {
                continue;
            };
            let bound = apart.value(&terms, &sum);
            for point in &case.points {
                assert!(bound <= value(&terms, point) + 1e-9, "{bound}");
            }
            let ends = terms.iter().map(|(v, a)| {
                let var = case.program.model.vars.get(*v);
                (a * var.lower).min(a * var.upper)
            });
            sums += 1;
            better += usize::from(bound > ends.sum::<f64>() + 1e-6);
        }
    }
    assert!(better > 20, "{better} of {sums}");
}
