//! Every admissible training run is a point of the program, at its own value, inside every bound.
//! Random questions over all threats, losses and goals; attacks are projected into the threat.

use crate::support::random::{self, Shape};
use theriac::encode::compile;
use theriac::question::membership;
use theriac::question::*;
use theriac::train::replay;

#[test]
fn every_run_is_a_point_of_the_program() {
    let mut rng = fastrand::Rng::with_seed(11);
    let mut attacks = 0;
    let mut worse = 0;
    for round in 0..600 {
        let q = random::question(&mut rng, Shape::default());
        let program = compile(&q, None).unwrap_or_else(|e| panic!("{round}: {e}: {q:?}"));
        if let Err(faults) = theriac::valid::validate(&program.model, None) {
            panic!("round {round}: {faults:?}");
        }
        for k in 0..6 {
            let wild = if k == 0 {
                Attack::none(if q.threat.scope == Scope::Run { 1 } else { q.training.steps() })
            } else {
                random::attack(&mut rng, &q)
            };
            let attack = membership::project(&q, wild);
            membership::check(&q, &attack).unwrap_or_else(|e| panic!("{round}: {e}"));
            let replayed = replay(&q, &attack, 1e-9).expect("a replay");
            if replayed.ties.iter().any(|t| t.distance.abs() < 1e-9) || !replayed.value.is_finite()
            {
                continue;
            }
            let x = program.start(&q, &attack);
            let violation = program.model.violation(&x);
            assert!(
                violation.amount < 1e-9,
                "round {round}: {violation:?} {}\n{attack:?}\n{q:?}",
                describe(&program.model, violation.place)
            );
            let objective = program.model.objective_at(&x);
            let value = program.goal_value(objective);
            // A touched sample that no batch uses has no column; it costs budget and does nothing.
            let idle = matches!(q.goal, Goal::SmallestBudget(_)) && value < replayed.value;
            assert!(
                idle || (value - replayed.value).abs() < 1e-9,
                "round {round}: program {value}, replay {}\n{attack:?}\n{q:?}",
                replayed.value
            );
            assert!(program.interval.widen(1e-9).contains(objective), "round {round}");
            let decoded = membership::project(&q, program.decode(&q, &x));
            let again = replay(&q, &decoded, 0.0).expect("a replay").value;
            assert!(idle || (again - replayed.value).abs() < 1e-6, "round {round}: {decoded:?}");
            attacks += 1;
            worse += usize::from(attack.choices.iter().any(|c| !c.changes.is_empty()));
        }
    }
    assert!(attacks > 2_000 && worse > 1_000, "{attacks} attacks, {worse} of them poisoned");
}

/// A program below a cutoff holds every run that is at least as bad.
#[test]
fn a_cutoff_keeps_every_run_that_is_as_bad() {
    let mut rng = fastrand::Rng::with_seed(5);
    let (mut kept, mut cut, mut fixed) = (0, 0, 0);
    for round in 0..400 {
        let mut q = random::question(&mut rng, Shape { discrete: round % 2 == 0, linear: true });
        q.encode.tighten = Tighten::Directional;
        let attacks: Vec<(Attack, f64)> = (0..12)
            .filter_map(|_| {
                let attack = membership::project(&q, random::attack(&mut rng, &q));
                let run = replay(&q, &attack, 1e-9).expect("a replay");
                (run.ties.is_empty() && run.value.is_finite()).then_some((attack, run.value))
            })
            .collect();
        let all = compile(&q, None).expect("a program");
        let objective = |a: &Attack| all.model.objective_at(&all.start(&q, a));
        let mut values: Vec<f64> = attacks.iter().map(|a| objective(&a.0)).collect();
        values.sort_by(f64::total_cmp);
        let Some(&cutoff) = values.get(values.len() / 3) else { continue };
        let options =
            theriac::encode::CompileOptions { cutoff: Some(cutoff), ..Default::default() };
        let program = theriac::encode::compile_with(&q, options).expect("a program");
        assert!(!program.decided, "round {round}: a run at the cutoff exists");
        fixed += usize::from(program.model.var_count() < all.model.var_count());
        for (attack, _) in &attacks {
            if objective(attack) > cutoff {
                cut += 1;
                continue;
            }
            let violation = program.model.violation(&program.start(&q, attack));
            assert!(violation.amount < 1e-9, "round {round}: {violation:?}\n{attack:?}\n{q:?}");
            kept += 1;
        }
    }
    assert!(kept > 1_000 && cut > 1_000 && fixed > 20, "{kept} kept, {cut} cut, {fixed} smaller");
}

/// Two ReLU layers in a row are one: the second switches nothing.
#[test]
fn a_doubled_relu_changes_nothing() {
    let mut rng = fastrand::Rng::with_seed(21);
    let mut switched = 0;
    for round in 0..60 {
        let once = random::question(&mut rng, Shape::default());
        let mut twice = once.clone();
        let relu = |l: &theriac::network::Layer| matches!(l, theriac::network::Layer::Relu { .. });
        let Some(at) = twice.network.layers.iter().position(relu) else { continue };
        let again = twice.network.layers[at].clone();
        twice.network.layers.insert(at, again);
        let program = compile(&twice, None).expect("a program");
        assert!(theriac::valid::validate(&program.model, None).is_ok(), "round {round}");
        assert_eq!(program.model, compile(&once, None).expect("a program").model, "{round}");
        switched += 1;
    }
    assert!(switched > 10, "{switched}");
}

fn describe(model: &theriac::ir::Model, place: theriac::ir::point::ViolatedAt) -> String {
    use theriac::ir::point::ViolatedAt;
    match place {
        ViolatedAt::Row(r) => format!("{:?}", model.rows.get(r)),
        ViolatedAt::Variable(v) => format!("{:?}", model.vars.get(v)),
        ViolatedAt::Nowhere | ViolatedAt::Sos1(_) => String::new(),
    }
}
