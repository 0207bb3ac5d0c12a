//! All passes of tightening: never looser than CROWN, true at exact points, as good as enumeration where
//! branching ends, the same by record and by any number of threads; and what is supplied.
//!
//! What needs HiGHS is skipped, and says so, where it is not installed.

mod line;
mod recorded;
mod supplied;

use super::graphs;
use dashu::rational::RBig;
use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::bounds::graph::{
    Effort, GraphBounds, Layer, Pass, Plan, Programs, Record, Tighten, TightenError, Tightened,
    interval, tighten,
};
use theriac::bounds::obbt::{Call, Node};
use theriac::network::graph::Graph;
use theriac::solve::discover;
use theriac::solve::highs_lib::HighsLibrary;

fn library(test: &str) -> Option<HighsLibrary> {
    let found = HighsLibrary::find(&discover());
    if found.is_none() {
        println!("{test}: skipped, no HiGHS library is installed");
    }
    Some(found?.unwrap())
}

fn exact(x: f64) -> RBig {
    RBig::try_from(x).unwrap()
}

fn holds(v: Interval, x: &RBig) -> bool {
    (v.lo == f64::NEG_INFINITY || exact(v.lo) <= *x) && (v.hi == f64::INFINITY || *x <= exact(v.hi))
}

/// Piecewise linear graphs with products and jumps.
fn random(rng: &mut Rng) -> (Graph, Vec<Interval>) {
    let menu = graphs::Menu { jumps: true, products: rng.u8(0..3) == 0, ..graphs::PLAIN };
    let steps = rng.usize(3..12);
    let graph = graphs::graph(rng, menu, steps);
    let inputs = (0..graph.input_len())
        .map(|_| {
            let x = graphs::quarter(rng);
            Interval::new(x, x + graphs::quarter(rng).abs())
        })
        .collect();
    (graph, inputs)
}

fn all(programs: Programs<'_>, threads: usize) -> Tighten<'_> {
    let effort = |nodes| Some(Effort { programs: 60, nodes, iterations: 1000 });
    Tighten { steps: 1, lp: effort(1), mip: effort(5), programs, threads, ..Tighten::default() }
}

type Found = Result<(Tightened, GraphBounds), TightenError>;

fn run(plan: &Plan<'_>, inputs: &[Interval], how: &Tighten<'_>) -> Found {
    let mut bounds = interval(plan, inputs).unwrap();
    let mut told = Vec::new();
    let done = tighten(plan, &mut bounds, how, &mut |r| told.push(*r))?;
    assert_eq!(told, done.passes);
    // No pass makes a bound worse.
    assert!(told.windows(2).all(|w| w[1].undecided <= w[0].undecided), "{told:?}");
    Ok((done, bounds))
}

fn check(graph: &Graph, inputs: &[Interval], bounds: &GraphBounds, rng: &mut Rng, what: &str) {
    for _ in 0..8 {
        let quarter =
            |rng: &mut Rng, v: &Interval| v.lo + (v.hi - v.lo) * f64::from(rng.u8(0..5)) / 4.0;
        let at: Vec<RBig> = inputs.iter().map(|v| exact(quarter(rng, v))).collect();
        let values = graph.values(&at).unwrap();
        for id in graph.ids() {
            for (e, (v, x)) in bounds.of(id).iter().zip(values.node(id)).enumerate() {
                assert!(
                    holds(*v, x),
                    "{what}: element {e} of {:?} is {} outside {v:?}",
                    graph.node(id).op,
                    x.to_f64().value()
                );
            }
        }
    }
}

#[test]
fn every_pass_holds_at_exact_points_and_by_its_record() {
    let Some(library) = library("every_pass_holds_at_exact_points_and_by_its_record") else {
        return;
    };
    let (mut programs, mut gained) = (0, 0);
    for seed in 0..150 {
        let mut rng = Rng::with_seed(seed);
        let (graph, inputs) = random(&mut rng);
        let plan = Plan::new(&graph);
        let how = all(Programs::Solver(&library), 1);
        let (done, bounds) = run(&plan, &inputs, &how).unwrap();
        check(&graph, &inputs, &bounds, &mut rng, &format!("seed {seed}"));
        programs += done.passes.iter().map(|p| p.programs).sum::<usize>();
        let before = done.passes.iter().find(|p| p.pass == Pass::Slopes).unwrap().undecided;
        gained += before - done.passes.last().unwrap().undecided;

        let again = run(&plan, &inputs, &all(Programs::Record(&done.record), 1)).unwrap();
        assert_eq!(again.1, bounds, "seed {seed}: a record gives the same bounds");
        assert_eq!(again.0.record, done.record);

        // Multipliers that a liar made up prove less, not more.
        let mut forged = done.record.clone();
        forge(&mut forged, &mut rng);
        if let Ok((_, bounds)) = run(&plan, &inputs, &all(Programs::Record(&forged), 1)) {
            check(&graph, &inputs, &bounds, &mut rng, &format!("seed {seed}, forged"));
        }
        if seed % 5 == 0 {
            let (two, same) = run(&plan, &inputs, &all(Programs::Solver(&library), 2)).unwrap();
            assert_eq!((two.record, same), (done.record, bounds), "seed {seed}: threads");
        }
    }
    // Enough of both that the claims above were about something.
    assert!(programs > 500 && gained > 2, "{programs} programs, {gained} decided");
}

fn forge(record: &mut Record, rng: &mut Rng) {
    let layers = record.lp.iter_mut().chain(&mut record.mip);
    for call in layers.flat_map(|l| &mut l.calls) {
        for node in call.low.iter_mut().chain(&mut call.high).flatten() {
            let (Node::Bound(duals) | Node::Empty(duals) | Node::Split(_, _, duals)) = node;
            for (row, y) in duals {
                match rng.u8(0..4) {
                    0 => *y = -*y,
                    1 => *y *= 1.0 + rng.f64(),
                    2 => *row = rng.u32(0..40),
                    _ => {}
                }
            }
        }
    }
}

/// Where a network has one input, every neuron's range can be enumerated.
#[test]
fn programs_come_as_near_as_they_can() {
    let Some(library) = library("programs_come_as_near_as_they_can") else { return };
    let (mut lp_gains, mut compared) = (0, 0);
    for seed in 0..12 {
        let mut rng = Rng::with_seed(seed);
        let graph = line::network(&mut rng);
        let inputs = [Interval::new(-1.0, 1.5)];
        let plan = Plan::new(&graph);
        let truth = line::ranges(&graph, inputs[0]);
        let effort = |nodes| Some(Effort { programs: 1_000_000, nodes, iterations: 10_000 });
        let programs = Programs::Solver(&library);
        let plain = run(&plan, &inputs, &Tighten::default()).unwrap().1;
        let how = Tighten { lp: effort(1), programs, ..Tighten::default() };
        let lp = run(&plan, &inputs, &how).unwrap().1;
        let how = Tighten { mip: effort(2001), ..how };
        let mip = run(&plan, &inputs, &how).unwrap().1;
        for (id, ranges) in &truth {
            for (e, (lo, hi)) in ranges.iter().enumerate() {
                let [plain, lp, mip] = [&plain, &lp, &mip].map(|b| b.of(*id)[e]);
                for v in [plain, lp, mip] {
                    assert!(holds(v, lo) && holds(v, hi), "seed {seed} {id:?} {e}: {v:?}");
                }
                let [lo, hi] = [lo, hi].map(|x| x.to_f64().value());
                lp_gains += usize::from(lp.width() < 0.999 * plain.width());
                // Where relaxation leaves it open, branching finds the end that matters, and the
                // other one unless it was decided before.
                if plain.lo < 0.0 && plain.hi > 0.0 {
                    compared += 1;
                    let open = lo < -1e-6 && hi > 1e-6;
                    if open {
                        assert!(mip.lo > lo - 1e-6 && mip.hi < hi + 1e-6, "{mip:?}, [{lo}, {hi}]");
                    } else {
                        assert!(mip.lo > -1e-6 || mip.hi < 1e-6, "{mip:?}, [{lo}, {hi}]");
                    }
                }
            }
        }
    }
    assert!(lp_gains > 20 && compared > 50, "{lp_gains} {compared}");
}

#[test]
fn without_a_solver_the_passes_that_need_one_are_incomplete() {
    let mut rng = Rng::with_seed(3);
    let graph = line::network(&mut rng);
    let plan = Plan::new(&graph);
    let inputs = [Interval::new(-1.0, 1.0)];
    let (done, bounds) = run(&plan, &inputs, &all(Programs::None, 1)).unwrap();
    assert!(!done.complete && done.record == Record::default());
    let (plain, same) = run(&plan, &inputs, &Tighten { steps: 1, ..Tighten::default() }).unwrap();
    assert!(plain.complete);
    assert_eq!(bounds, same);
}

#[test]
fn a_record_of_something_else_is_refused() {
    let graph = line::network(&mut Rng::with_seed(3));
    let plan = Plan::new(&graph);
    let layer = |node: u32, elements: Vec<u32>, calls: usize| Layer {
        node,
        elements,
        calls: vec![Call { low: Some(vec![Node::Bound(vec![(0, 1.0)])]), high: None }; calls],
    };
    let wrong = [
        (vec![layer(99, vec![0], 1)], "there is no node 99"),
        (vec![layer(3, vec![0], 1), layer(1, vec![0], 1)], "there is no node 1 "),
        (vec![layer(3, vec![6], 1)], "node 3 has 6 elements"),
        (vec![layer(3, vec![0, 1], 1)], "node 3 has 1 proofs for 2 elements"),
    ];
    for (lp, says) in wrong {
        let record = Record { lp, mip: Vec::new() };
        let how = Tighten { mip: None, ..all(Programs::Record(&record), 1) };
        let e = run(&plan, &[Interval::new(-1.0, 1.0)], &how).unwrap_err();
        assert!(matches!(e, TightenError::Record(_)) && e.to_string().contains(says), "{e}");
    }
}

#[test]
fn a_cancelled_run_says_so() {
    let stop = std::sync::atomic::AtomicBool::new(true);
    let graph = line::network(&mut Rng::with_seed(4));
    let plan = Plan::new(&graph);
    let how = Tighten { cancel: Some(&stop), ..all(Programs::None, 2) };
    let (done, _) = run(&plan, &[Interval::new(-1.0, 1.0)], &how).unwrap();
    assert!(!done.complete && done.passes[1].rows == 0);
}
