//! A window of all steps is the poisoning question: the least and largest value of every parameter are
//! those over all attacks, one by one.

use crate::support::{enumerate, milp, random};
use theriac::bounds::Interval;
use theriac::bounds::pass::{State, step};
use theriac::bounds::training::{budgeted, scores as of_box, start};
use theriac::encode::poison::window::{Known, Score, scores, window};
use theriac::ir::{Family, Rule};
use theriac::network::Layout;
use theriac::question::Question;
use theriac::question::membership::project;
use theriac::train::replay;
use theriac::train::unrolled::pairs;

const QUESTIONS: usize = 50;

#[test]
fn a_window_of_all_steps_is_the_poisoning_question() {
    let mut rng = fastrand::Rng::with_seed(71);
    let (mut agreed, mut ends, mut inside) = (0, 0, 0);
    while agreed < QUESTIONS {
        let q = random::question(&mut rng, random::Shape { discrete: true, linear: false });
        let (steps, layout) = (q.training.steps(), Layout::of(&q.network));
        let begin = start(&q);
        let boxes = budgeted(&q, &begin).expect("a piecewise linear derivative");
        let still = vec![Interval::ZERO; begin.len()];
        let known = Known {
            before: &begin,
            velocity: &still,
            after: &boxes[1..],
            templates: &[],
            ranges: &[],
        };
        let program = window(&q, 0..steps, &known).expect("a program");
        let linear = program.model.rows.quad_terms() == 0;
        let Some(attacks) = linear.then(|| enumerate::attacks(&q, 300)).flatten() else { continue };
        let mut runs = Vec::new();
        for attack in &attacks {
            let run = replay(&q, attack, 1e-9).expect("a replay");
            if !run.ties.is_empty() {
                break;
            }
            runs.push(layout.flatten(&run.trajectory[steps]));
        }
        if runs.len() < attacks.len() {
            continue;
        }
        for p in 0..layout.len() {
            let lo = runs.iter().map(|r| r[p]).fold(f64::INFINITY, f64::min);
            let hi = runs.iter().map(|r| r[p]).fold(f64::NEG_INFINITY, f64::max);
            for (largest, truth) in [(false, lo), (true, -hi)] {
                let (objective, slop) = program.objective(p, largest).expect("a parameter");
                let mut model = program.model.clone();
                model.objective = objective;
                let (found, _) = milp::solve(&model).expect("a point");
                assert!(slop <= 1e-9, "{slop}");
                assert!(
                    (found - truth).abs() <= 1e-6 * (1.0 + truth.abs()),
                    "parameter {p}: {found}, truth {truth}: {q:#?}"
                );
                ends += 1;
            }
            // The box without the program is wider in many cases: the test is not about boxes.
            inside += usize::from(hi - lo < boxes[steps][p].width() * 0.99);
        }
        agreed += 1;
    }
    assert!(ends > 200 && inside > 50, "{ends}, {inside}");
}

/// A box around the parameters before some steps, and the boxes after each that follow from it.
fn boxes(
    rng: &mut fastrand::Rng,
    q: &Question,
    theta: &[f64],
    steps: std::ops::Range<usize>,
) -> (Vec<Interval>, Vec<Vec<Interval>>) {
    let mut around = |v: &f64| Interval {
        lo: v - 0.125 * f64::from(rng.u8(0..3)),
        hi: v + 0.125 * f64::from(rng.u8(0..3)),
    };
    let before: Vec<Interval> = theta.iter().map(&mut around).collect();
    let mut state = State::start(before.clone());
    let mut after = Vec::new();
    for t in steps {
        state = step(q, t, &state).expect("a piecewise linear derivative").0;
        after.push(state.theta.clone());
    }
    (before, after)
}

/// Every run that is in the box before a window is a point of its program.
#[test]
fn runs_are_points_of_their_windows() {
    let mut rng = fastrand::Rng::with_seed(72);
    let (mut points, mut free, mut cut) = (0, 0, 0);
    while points < 1_500 {
        let q = random::question(&mut rng, random::Shape::default());
        let (steps, layout) = (q.training.steps(), Layout::of(&q.network));
        let first = rng.usize(0..steps);
        let end = rng.usize(first + 1..=steps);
        let attack = project(&q, random::attack(&mut rng, &q));
        let Ok(run) = replay(&q, &attack, 1e-9) else { continue };
        // Momentum is no part of what a replay tells.
        if !run.ties.is_empty() || (first > 0 && q.training.momentum != 0.0) {
            continue;
        }
        let at = |t: usize| layout.flatten(&run.trajectory[t]);
        let (before, after) = boxes(&mut rng, &q, &at(first), first..end);
        let velocity = vec![0.0; layout.len()];
        let still = vec![Interval::ZERO; layout.len()];
        // Ranges that cut the box, and hold the run.
        let along = |t: &Vec<(usize, f64)>, theta: &[f64]| -> f64 {
            t.iter().map(|(k, d)| d * theta[*k]).sum()
        };
        let templates: Vec<Vec<(usize, f64)>> = (0..rng.usize(0..4))
            .map(|_| (0..layout.len()).map(|k| (k, rng.f64() * 2.0 - 1.0)).collect())
            .collect();
        let ranges: Vec<Interval> = templates
            .iter()
            .map(|t| {
                let v = along(t, &at(first));
                Interval { lo: v - 0.05 * rng.f64(), hi: v + 0.05 * rng.f64() }
            })
            .collect();
        let known = Known {
            before: &before,
            velocity: &still,
            after: &after,
            templates: &templates,
            ranges: &ranges,
        };
        let program = window(&q, first..end, &known).expect("a program");
        let point = program.point(&q, &attack, &at(first), &velocity);
        let found = program.model.violation(&point);
        assert!(found.amount <= 1e-9, "{found:?}: {q:#?}");
        for (p, truth) in at(end).iter().enumerate() {
            let (objective, slop) = program.objective(p, false).expect("a parameter");
            let mut model = program.model.clone();
            model.objective = objective;
            let value = model.objective_at(&point);
            assert!((value - truth).abs() <= slop + 1e-9 * (1.0 + truth.abs()), "{value}, {truth}");
        }
        for (k, template) in templates.iter().enumerate() {
            let (objective, slop) = program.objective(layout.len() + k, false).expect("a template");
            let mut model = program.model.clone();
            model.objective = objective;
            let (value, truth) = (model.objective_at(&point), along(template, &at(end)));
            assert!((value - truth).abs() <= slop + 1e-9 * (1.0 + truth.abs()), "{value}, {truth}");
        }
        let rows = program.model.rows.iter();
        cut += rows.filter(|r| r.origin.rule == Rule::Cut).count();
        points += 1;
        free += usize::from(before.iter().any(|i| !i.is_point()));
    }
    assert!(free > 1_000 && cut > 500, "{free} {cut}");
}

/// Every run is a point of the programs of the points behind it, through some of its last steps or none, and
/// their objectives are the scores of the network that it gives.
#[test]
fn runs_are_points_of_the_programs_of_points() {
    let mut rng = fastrand::Rng::with_seed(73);
    let (mut programs, mut none, mut free, mut switched, mut differences) = (0, 0, 0, 0, 0);
    while programs < 1_000 {
        let q = random::question(&mut rng, random::Shape::default());
        let (steps, layout) = (q.training.steps(), Layout::of(&q.network));
        let first = rng.usize(0..=steps);
        let attack = project(&q, random::attack(&mut rng, &q));
        let Ok(run) = replay(&q, &attack, 1e-9) else { continue };
        // Momentum is no part of what a replay tells.
        if !run.ties.is_empty() || (first > 0 && q.training.momentum != 0.0) {
            continue;
        }
        let at = |t: usize| layout.flatten(&run.trajectory[t]);
        let (before, after) = boxes(&mut rng, &q, &at(first), first..steps);
        let velocity = vec![0.0; layout.len()];
        let still = vec![Interval::ZERO; layout.len()];
        let known =
            Known { before: &before, velocity: &still, after: &after, templates: &[], ranges: &[] };
        let inputs = q.network.inputs;
        let points: Vec<Vec<f64>> =
            (0..3).map(|_| (0..inputs).map(|_| rng.f64() * 4.0 - 2.0).collect()).collect();
        let bounds = of_box(&q, after.last().unwrap_or(&before), &points).expect("bounds");
        let end: Vec<Interval> = at(steps).into_iter().map(Interval::point).collect();
        let truth = of_box(&q, &end, &points).expect("scores");
        let rows: Vec<Option<(usize, usize)>> = match q.network.outputs {
            1 => vec![None],
            n => pairs(n).map(Some).collect(),
        };
        // As the round has them: those of a point stand together.
        let places: Vec<(usize, usize)> =
            (0..points.len()).flat_map(|p| (0..rows.len()).map(move |r| (p, r))).collect();
        let all: Vec<Score<'_>> = places
            .iter()
            .map(|&(point, row)| Score {
                point,
                input: &points[point],
                outputs: rows[row],
                known: bounds[row * points.len() + point],
            })
            .collect();
        let program = scores(&q, first..steps, &known, &all).expect("a program");
        let point = program.point(&q, &attack, &at(first), &velocity);
        let found = program.model.violation(&point);
        assert!(found.amount <= 1e-9, "{found:?}: {q:#?}");
        for (k, (p, row)) in places.iter().enumerate() {
            let truth = truth[row * points.len() + p];
            for (largest, sign) in [(false, 1.0), (true, -1.0)] {
                let (objective, slop) = program.objective(k, largest).expect("a score");
                let mut model = program.model.clone();
                model.objective = objective;
                let value = sign * model.objective_at(&point);
                let away = slop + 1e-9 * (1.0 + value.abs());
                assert!(value >= truth.lo - away && value <= truth.hi + away, "{value}, {truth:?}");
            }
        }
        programs += 1;
        none += usize::from(first == steps);
        free += usize::from(before.iter().any(|i| !i.is_point()));
        differences += usize::from(q.network.outputs > 1);
        let families = program.model.vars.iter().map(|v| v.role.family);
        switched += usize::from(families.into_iter().any(|f| f == Family::TestReluSwitch));
    }
    assert!(
        none > 100 && free > 500 && switched > 200 && differences > 50,
        "{none} {free} {switched} {differences}"
    );
}
