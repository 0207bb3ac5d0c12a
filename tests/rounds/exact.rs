//! Boxes against the parameters that every attack leads to, one by one.

use std::path::Path;

use theriac::front::spec;
use theriac::network::Layout;
use theriac::question::reach::Reaching;
use theriac::train::replay;

use super::support::enumerate;
use super::{FLIPS, boxes, count, does, folder};

/// What the solver's tolerance leaves, and what is taken away for it.
const NEAR: f64 = 4e-6;

/// The least and largest value of each parameter after each step, over all attacks.
fn truth(path: &Path) -> Vec<(Vec<f64>, Vec<f64>)> {
    let spec = spec::load(path).unwrap().reach().unwrap();
    let Reaching { question, .. } = spec.question;
    let layout = Layout::of(&question.network);
    let attacks = enumerate::attacks(&question, 10_000).unwrap();
    assert!(attacks.len() > 20);
    let mut all = vec![
        (vec![f64::INFINITY; layout.len()], vec![f64::NEG_INFINITY; layout.len()]);
        question.training.steps() + 1
    ];
    for attack in &attacks {
        let run = replay(&question, attack, 0.0).unwrap();
        for ((lo, hi), parameters) in all.iter_mut().zip(&run.trajectory) {
            for (k, v) in layout.flatten(parameters).into_iter().enumerate() {
                (lo[k], hi[k]) = (lo[k].min(v), hi[k].max(v));
            }
        }
    }
    all
}

/// The boxes hold what every attack leads to, and at most `near` besides.
pub(super) fn are_those_of_all_attacks(dir: &Path, place: &Path, near: f64) {
    for (step, (lo, hi)) in truth(&dir.join("q.thr")).into_iter().enumerate() {
        let (lower, upper) = boxes(place, step);
        for k in 0..lo.len() {
            assert!(lower[k] <= lo[k] && hi[k] <= upper[k], "step {step}, parameter {k}");
            let apart = (lo[k] - lower[k]).max(upper[k] - hi[k]);
            assert!(apart <= near, "step {step}, parameter {k}: {apart}");
        }
    }
}

/// Each round holds all steps from the first on: the poisoning question for every end.
#[test]
fn rounds_of_the_whole_run_give_what_enumeration_gives() {
    let dir = folder(FLIPS, "encode { rounds run }\nsolve { solver embedded; attack off }\n");
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    are_those_of_all_attacks(dir.path(), &place, NEAR);
    // Bounds alone are wider: it is the solver that was right.
    assert!((1..=3).map(|n| count(&place, n, "moved")).sum::<u64>() > 6);
    assert_eq!((1..=3).map(|n| count(&place, n, "stopped")).sum::<u64>(), 0);
    let told = super::out(&does(dir.path(), &["check", "o"]));
    assert!(told.starts_with("ACCEPTED"), "{told}");
}

/// Programs of one step know the parameters before it as a box: sound, and exact after the first step.
#[test]
fn rounds_of_one_step_hold_every_run() {
    let dir = folder(
        FLIPS,
        "encode { rounds 1; window 1; bounds interval }\nsolve { solver embedded; attack off }\n",
    );
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    for (step, (lo, hi)) in truth(&dir.path().join("q.thr")).into_iter().enumerate() {
        let (lower, upper) = boxes(&place, step);
        for k in 0..lo.len() {
            assert!(lower[k] <= lo[k] && hi[k] <= upper[k], "step {step}, parameter {k}");
            if step == 1 {
                assert!((lo[k] - lower[k]).max(upper[k] - hi[k]) <= NEAR, "parameter {k}");
            }
        }
    }
    let certificate = super::json(&place, "certificate.json");
    assert_eq!(certificate["bound"]["from"], "solver");
    let widths = |m: usize| certificate["reach"]["methods"][m]["mean_widths"][3].as_f64().unwrap();
    assert!(widths(0) < widths(1) * 0.9, "{} {}", widths(0), widths(1));
}

/// Templates have ends of their own: those of all attacks, too.
#[test]
fn ranges_of_templates_are_those_of_enumeration() {
    let rest = "encode { rounds run; window 1; templates differences, sums }\n\
        solve { solver embedded; attack off }\n";
    let dir = folder(FLIPS, rest);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    let spec = spec::load(&dir.path().join("q.thr")).unwrap().reach().unwrap();
    let question = spec.question.question;
    let layout = Layout::of(&question.network);
    let reach = super::json(&place, "reach.json");
    let templates: Vec<Vec<(usize, f64)>> =
        serde_json::from_value(reach["templates"].clone()).unwrap();
    assert_eq!(templates.len(), 6);
    let attacks = enumerate::attacks(&question, 10_000).unwrap();
    let mut narrower = 0;
    for step in 0..=3 {
        let of = |key: &str| -> Vec<f64> {
            serde_json::from_value(reach["steps"][step][key].clone()).unwrap()
        };
        let (lower, upper) = (of("template_lower"), of("template_upper"));
        let (low, high) = boxes(&place, step);
        for (k, template) in templates.iter().enumerate() {
            let values = attacks.iter().map(|a| {
                let run = replay(&question, a, 0.0).unwrap();
                let theta = layout.flatten(&run.trajectory[step]);
                template.iter().map(|(k, d)| d * theta[*k]).sum::<f64>()
            });
            let values: Vec<f64> = values.collect();
            let lo = values.iter().copied().fold(f64::INFINITY, f64::min);
            let hi = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let near = 1e-12;
            assert!(lower[k] <= lo + near && hi <= upper[k] + near, "step {step}, template {k}");
            let apart = (lo - lower[k]).max(upper[k] - hi);
            assert!(apart <= NEAR, "step {step}, template {k}: {apart}");
            let by_box = |d: f64, k: usize| if d > 0.0 { low[k] } else { high[k] };
            let wide: f64 = template.iter().map(|(k, d)| d * by_box(*d, *k)).sum();
            narrower += usize::from(wide < lower[k] - 1e-3);
        }
    }
    assert!(narrower > 3, "ranges know more than boxes: {narrower}");
    let asked = super::json(&place, "rounds/2/round.json")["objectives"].to_string();
    assert!(asked.contains("w[1][0,0] - w[1][0,1]"), "{asked}");
    let told = super::out(&does(dir.path(), &["check", "o"]));
    assert!(told.starts_with("ACCEPTED"), "{told}");
}
