//! Where the optimum of a program lies on a tie: replay takes one side of it, and the attack that
//! is reported is the strong one a little way off, or the certificate says why there is none.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::support::{dataset, full_batch, network, point};
use ndarray::array;
use theriac::cert::pipeline::{
    CompileOptions, RunOptions, VerifyOptions, certify, compile, run, solve, verify,
};
use theriac::front::spec::SolverChoice;
use theriac::question::*;
use theriac::search::nudge;
use theriac::train::replay;

/// One sample at `x = 1` under the weight 1: its margin is 1, the kink of the hinge. The adversary
/// moves it by up to 0.1; just below 1 the loss is active and the weight grows by half of it.
fn question() -> Question {
    let domain = vec![(0.9, 1.1)];
    Question {
        network: network(&[(array![[1.0]], None)]),
        train: dataset(&[vec![1.0]], Labels::Signs(vec![1])),
        training: full_batch(Loss::Hinge, 0.5, 1, 1),
        threat: Threat {
            scope: Scope::Run,
            budget: Budget::Joint(1),
            candidates: vec![0],
            labels: None,
            features: Some(FeatureThreat {
                norm: Norm::Linf(0.1),
                domain,
                kinds: vec![FeatureKind::Real],
                relations: Relations::default(),
            }),
            deletion: None,
            insertion: None,
        },
        goal: Goal::Margin(point(&[-1.0], Target::Sign(1.0))),
        claim: None,
        encode: EncodeOptions::default(),
    }
}

#[test]
fn a_move_crosses_the_tie() {
    let q = question();
    for off in [0.0, 1e-9, 1e-7, -1e-12] {
        let mut on_tie = Attack::none(1);
        on_tie.choices[0]
            .changes
            .insert(0, Change { features: Some(vec![1.0 + off]), ..Change::default() });
        let weak = replay(&q, &on_tie, 0.0).unwrap().value;
        let (attack, value) = match nudge(&q, &on_tie, -1.5, 1e-5) {
            Some(found) => found,
            None => (on_tie, weak),
        };
        assert!((value + 1.5).abs() < 1e-4, "{off}: {weak} {value}");
        membership::check(&q, &attack).unwrap();
        assert_eq!(replay(&q, &attack, 0.0).unwrap().value.to_bits(), value.to_bits());
    }
    // Nothing is made up: away from the tie no small move helps much.
    let mut far = Attack::none(1);
    far.choices[0].changes.insert(0, Change { features: Some(vec![1.1]), ..Change::default() });
    assert_eq!(nudge(&q, &far, -1.5, 1e-5).map(|f| f.1), None);
}

fn spec(dir: &Path, labels: bool) -> std::path::PathBuf {
    let threat = if labels { "labels flip" } else { "features linf 0.1 within [0.9, 1.1]" };
    let text = format!(
        "network net = dense 1 -> 1 without bias start {{ w[1][0,0] = 1 }}\n\
         data train = points {{ (1): +1 }} label in {{-1, +1}}\n\
         train net on train {{ loss hinge; rate 0.5; steps 1; batch full }}\n\
         threat {{ touch at most 1 of train; {threat} }}\n\
         ask worst margin at (-1) label +1\nprove margin >= -2\nencode {{ tighten interval }}\n"
    );
    let path = dir.join("q.thr");
    std::fs::write(&path, text).unwrap();
    path
}

/// The embedded solver's vertex is the tie itself; the answer found from it is checked anew.
#[test]
fn a_solver_on_a_tie_still_finds_the_strong_attack() {
    let dir = tempfile::tempdir().unwrap();
    let options = CompileOptions { start: false, ..CompileOptions::default() };
    let place = dir.path().join("instance");
    let job = compile(&spec(dir.path(), false), &place, &options, &mut |_| {}).unwrap();
    let options = RunOptions { solver: Some(SolverChoice::Embedded), ..RunOptions::default() };
    let never = AtomicBool::new(false);
    let choice = options.over(&job.spec.solve);
    let answer = solve(&job, &choice, &mut |_| {}, &never).unwrap();
    assert!((answer.claimed.unwrap() + 1.5).abs() < 1e-6, "{answer:?}");
    let c = certify(&job).unwrap().certificate;
    let attack = c.attack.unwrap();
    assert!((attack.value + 1.5).abs() < 1e-4, "{}", attack.value);
    assert!(!c.reason.contains("tie"), "{}", c.reason);
    let checked = verify(&place.join("certificate.json"), VerifyOptions::default(), &never);
    assert!(checked.unwrap().1.accepted());
}

/// A discrete attack cannot be moved: then the certificate says what the solver claims and why
/// training does not reach it.
#[test]
fn a_tie_that_no_move_crosses_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("instance");
    let options = RunOptions { solver: Some(SolverChoice::Embedded), ..RunOptions::default() };
    let never = AtomicBool::new(false);
    let (_, done) = run(&spec(dir.path(), true), &place, &options, &mut |_| {}, &never).unwrap();
    let c = done.certificate;
    // On clean data the margin of the point is 1; active it would move the weight to 1.5.
    assert!((c.bound.as_ref().unwrap().value + 1.5).abs() < 1e-4, "{:?}", c.bound);
    assert!((c.attack.as_ref().unwrap().value + 1.0).abs() < 1e-9);
    assert!(
        c.reason.contains("claims -1.5") && c.reason.contains("tie-band 0.0001"),
        "{}",
        c.reason
    );
    let checked = verify(&place.join("certificate.json"), VerifyOptions::default(), &never);
    assert!(checked.unwrap().1.accepted());
}
