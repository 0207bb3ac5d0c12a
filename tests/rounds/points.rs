//! Programs of the points that bounds leave open, behind the last round.

use std::path::Path;

use theriac::bounds::Interval;
use theriac::bounds::training::{Prediction, predictions, scores};
use theriac::front::spec;
use theriac::network::Layout;
use theriac::question::reach::Reaching;
use theriac::train::replay;

use super::program::out;
use super::support::enumerate;
use super::{FLIPS, count, does, folder, json};

/// Whether every network that some attack leads to gives a point one answer, the same for all: that answer.
fn truth(path: &Path) -> Vec<Option<i64>> {
    let spec = spec::load(path).unwrap().reach().unwrap();
    let reaching: Reaching = spec.question;
    let question = &reaching.question;
    let layout = Layout::of(&question.network);
    let points: Vec<Vec<f64>> = reaching.points().iter().map(|p| p.input.clone()).collect();
    let attacks = enumerate::attacks(question, 10_000).unwrap();
    assert!(attacks.len() > 10);
    let mut all: Option<Vec<Option<i64>>> = None;
    for attack in &attacks {
        let run = replay(question, attack, 0.0).unwrap();
        let theta = layout.flatten(run.trajectory.last().unwrap());
        let theta: Vec<Interval> = theta.into_iter().map(Interval::point).collect();
        let scores = scores(question, &theta, &points).unwrap();
        let answers = predictions(question.network.outputs, points.len(), &scores);
        let answers: Vec<Option<i64>> = answers
            .into_iter()
            .map(|a| match a {
                Prediction::Sign(s) => Some(i64::from(s)),
                Prediction::Class(c) => Some(c as i64),
                Prediction::Abstains => None,
            })
            .collect();
        all = Some(match all {
            None => answers,
            Some(all) => {
                let same = |(a, b): (Option<i64>, Option<i64>)| a.filter(|_| a == b);
                all.into_iter().zip(answers).map(same).collect()
            }
        });
    }
    all.unwrap()
}

fn answers(place: &Path) -> Vec<Option<i64>> {
    let points = json(place, "reach.json")["points"].as_array().unwrap().clone();
    points.iter().map(|p| p["answer"].as_i64()).collect()
}

/// All steps and the point in one program: the answers are those of enumeration, none less.
#[test]
fn answers_are_those_of_enumeration() {
    let wide = FLIPS
        .replace("rows 40..59", "rows 40..99")
        .replace("rows 0..7", "rows 0..11")
        .replace("at most 2", "at most 1");
    let rest = "encode { rounds 1; points 3; window 1; bounds interval }\n\
        solve { solver embedded; attack off }\n";
    let dir = folder(&wide, rest);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    let (truth, found) = (truth(&dir.path().join("q.thr")), answers(&place));
    assert_eq!(truth, found);
    let some = truth.iter().flatten().count();
    assert!(some > 5 && some + 5 < truth.len(), "{truth:?}");
    let by = json(&place, "certificate.json")["reach"]["by_programs"].as_u64().unwrap();
    assert!(by > 2, "{by}");
    assert!(count(&place, 4, "objectives") >= by);
    let told = out(&does(dir.path(), &["check", "o"]));
    assert!(told.starts_with("ACCEPTED"), "{told}");
    // Without these programs fewer points are answered.
    let rest = rest.replace("points 3; ", "");
    let without = folder(&wide, &rest);
    does(without.path(), &["run", "q.thr", "-o", "o"]);
    let fewer = answers(&without.path().join("o"));
    let count = |all: &[Option<i64>]| all.iter().flatten().count() as u64;
    assert_eq!(count(&fewer) + by, count(&found));
}

/// With several classes each rival has an objective; with fewer steps, or none, nothing false is answered.
#[test]
fn what_is_answered_is_true() {
    let classes = "network net = dense 4 -> 3 start zero\n\
        data train = csv \"train.csv\" features x0..x3 label y0, y1, y2 one-hot rows 0..5\n\
        data test = csv \"train.csv\" like train rows 6..29\n\
        train net on train { loss margin; rate 0.5; steps 2; batch full }\n\
        threat { touch at most 1 of train; labels any }\n\
        ask reach on test\n";
    for (question, steps) in [(classes, 2), (classes, 0), (FLIPS, 1), (FLIPS, 0)] {
        let rest = format!(
            "encode {{ rounds 1; points {steps}; window 1; bounds interval }}\n\
             solve {{ solver embedded; attack off }}\n"
        );
        let dir = folder(question, &rest);
        if question == classes {
            let iris = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/iris3_train.csv");
            std::fs::copy(iris, dir.path().join("train.csv")).unwrap();
        }
        does(dir.path(), &["run", "q.thr", "-o", "o"]);
        let place = dir.path().join("o");
        let (truth, found) = (truth(&dir.path().join("q.thr")), answers(&place));
        for (truth, found) in truth.iter().zip(&found) {
            assert!(found.is_none() || found == truth, "{steps}: {truth:?} {found:?}");
        }
        let last = if question == classes { 3 } else { 4 };
        assert!(count(&place, last, "objectives") > 0, "{steps}");
        assert_eq!(count(&place, last, "missing") + count(&place, last, "unusable"), 0);
    }
}
