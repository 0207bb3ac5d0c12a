//! The files of rounds: heads and bodies, missing and late solutions, edits.

use std::path::Path;

use super::program::{err, out, status, theriac_in};
use super::{FLIPS, boxes, count, does, folder, json};
use theriac::bounds::Interval;
use theriac::bounds::training::scores;
use theriac::cert::assemble::no_attack;
use theriac::cert::attack_file::AttackFile;
use theriac::front::{model, spec};
use theriac::network::Layout;
use theriac::question::Attack;
use theriac::train::replay;

const ALONE: &str =
    "encode { rounds 1; window 1; bounds interval }\nsolve { solver embedded; attack off }\n";

/// A head and the body are a model that reads back; its objective is the end that the round names.
#[test]
fn a_head_and_the_body_are_a_model() {
    let dir = folder(FLIPS, ALONE);
    does(dir.path(), &["compile", "q.thr", "-o", "o"]);
    let place = dir.path().join("o/rounds/1");
    let round = json(&place, "round.json");
    let body = std::fs::read(place.join("body.lp")).unwrap();
    let objectives = round["objectives"].as_array().unwrap();
    assert_eq!(objectives.len(), 6);
    for objective in objectives {
        let end = objective["end"].as_str().unwrap();
        let mut text = std::fs::read(place.join(format!("heads/{end}.lp"))).unwrap();
        // Short, whatever the program holds.
        assert!(text.len() * 5 < body.len(), "{end}");
        text.extend_from_slice(&body);
        let path = dir.path().join("m.lp");
        std::fs::write(&path, &text).unwrap();
        let read = model::load(&path).unwrap();
        assert_eq!(read.maximise, end.ends_with("max"), "{end}");
        assert_eq!(objective["maximises"], end.ends_with("max"));
        let model = read.model;
        assert_eq!(model.var_count() as u64, round["variables"].as_u64().unwrap());
        assert_eq!(model.row_count() as u64, round["rows"].as_u64().unwrap());
        assert!(!model.objective.linear.is_empty(), "{end}");
    }
}

/// An objective without a solution keeps the end of bounds alone, and is counted; one that comes after
/// the round was concluded is not taken.
#[test]
fn what_is_missing_falls_back_and_what_is_late_is_not_taken() {
    let dir = folder(FLIPS, ALONE);
    does(dir.path(), &["run", "q.thr", "-o", "whole"]);
    does(dir.path(), &["compile", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    let wrong = theriac_in(dir.path(), &["solve", "o", "--round", "2"]);
    assert_eq!(status(&wrong), 2);
    assert!(err(&wrong).contains("follows from round 1"), "{}", err(&wrong));
    let wrong = theriac_in(dir.path(), &["next", "o", "--round", "4"]);
    assert!(status(&wrong) == 2 && err(&wrong).contains("there are 3"), "{}", err(&wrong));
    // Half of the first round.
    does(dir.path(), &["solve", "o", "--round", "1", "--task", "0/2"]);
    let told = out(&does(dir.path(), &["next", "o", "--round", "1"]));
    assert!(told.contains("3 without a solution"), "{told}");
    let told = out(&does(dir.path(), &["next", "o", "--round", "1"]));
    assert!(told.contains("concluded already"), "{told}");
    // Late: taken from the run that had all.
    let late = "rounds/1/solutions/p0000-max.json";
    std::fs::copy(dir.path().join("whole").join(late), place.join(late)).unwrap();
    does(dir.path(), &["solve", "o", "--round", "1"]);
    does(dir.path(), &["solve", "o"]);
    does(dir.path(), &["certify", "o"]);
    assert_eq!(count(&place, 1, "missing"), 3);
    assert_eq!(count(&place, 1, "proved"), 3);
    let (whole, half) = (boxes(&dir.path().join("whole"), 1), boxes(&place, 1));
    let other = json(&place, "reach.json");
    assert_eq!(other["rounds"][1]["missing"], 0);
    assert!(whole.0 == half.0, "lower ends were solved in both");
    let asked = json(&place, "rounds/1/round.json");
    let known = asked["objectives"].as_array().unwrap().iter().filter(|o| o["maximises"] == true);
    let known: Vec<f64> = known.map(|o| o["known"].as_f64().unwrap()).collect();
    assert!(half.1 == known, "upper ends are those of bounds");
    let told = out(&does(dir.path(), &["check", "o"]));
    assert!(told.starts_with("ACCEPTED"), "{told}");
    assert!(told.contains(late), "a late file is no part of the certificate: {told}");
    assert_eq!(
        json(&place, "answer.json")["missing"].as_str().unwrap().split(' ').next(),
        Some("3")
    );
}

/// The loop and single commands give the same bytes.
#[test]
fn one_command_a_round_gives_the_same_bytes() {
    let dir = folder(FLIPS, ALONE);
    does(dir.path(), &["run", "q.thr", "-o", "o", "--threads", "1"]);
    does(dir.path(), &["compile", "q.thr", "-o", "p"]);
    for round in ["1", "2", "3"] {
        for task in ["2/3", "0/3", "1/3"] {
            does(dir.path(), &["solve", "p", "--round", round, "--task", task]);
        }
        does(dir.path(), &["next", "p", "--round", round]);
    }
    does(dir.path(), &["solve", "p"]);
    does(dir.path(), &["certify", "p"]);
    for file in ["certificate.json", "reach.json", "rounds/3/answers.json", "rounds/3/body.lp"] {
        let read = |d: &str| std::fs::read(dir.path().join(d).join(file)).unwrap();
        assert!(read("o") == read("p"), "{file}");
    }
}

/// The names in the files of every round are explained, and of what no file has it is said.
#[test]
fn names_are_explained() {
    let dir = folder(FLIPS, ALONE);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    for round in 1..=3 {
        let place = dir.path().join(format!("o/rounds/{round}"));
        let mut text = std::fs::read(place.join("heads/p0000-min.lp")).unwrap();
        text.extend(std::fs::read(place.join("body.lp")).unwrap());
        let path = dir.path().join("m.lp");
        std::fs::write(&path, &text).unwrap();
        let model = model::load(&path).unwrap().model;
        for name in model.names.iter().step_by(9) {
            let told = out(&does(dir.path(), &["explain", "o", name]));
            assert!(told.contains("in round "), "{name}: {told}");
        }
        // The parameter behind its step is in no program before.
        let told = out(&does(dir.path(), &["explain", "o", &format!("w_1_0_0_t{round}")]));
        assert!(told.contains(&format!("in round {round}\n")), "{told}");
        assert!(told.contains(&format!("step {round})")), "{told}");
    }
    let wrong = theriac_in(dir.path(), &["explain", "o", "nothing"]);
    assert!(status(&wrong) == 2 && err(&wrong).contains("named nothing"), "{}", err(&wrong));
    let dir = folder(FLIPS, "");
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let wrong = theriac_in(dir.path(), &["explain", "o", "w_1_0_0_t1"]);
    assert!(status(&wrong) == 2 && err(&wrong).contains("bounds alone"), "{}", err(&wrong));
}

/// Nothing of what a box rests on can be edited unnoticed, but the word of the solver.
#[test]
fn edits_are_noticed() {
    let dir = folder(FLIPS, ALONE);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    let edits = [
        ("rounds/2/answers.json", "\"moved\": true", "\"moved\": false"),
        ("rounds/2/round.json", "\"rounds\": 3", "\"rounds\": 4"),
        ("rounds/1/body.lp", "Subject To", "Subject to"),
        ("rounds/1/heads/p0001-min.lp", "Minimize", "minimize"),
        ("rounds/1/solutions/p0001-min.json", "\"slack\": ", "\"slack\": 1"),
        ("reach.json", "\"proved\": ", "\"proved\": 1"),
    ];
    for (file, from, to) in edits {
        let honest = std::fs::read_to_string(place.join(file)).unwrap();
        assert!(honest.contains(from), "{file}");
        std::fs::write(place.join(file), honest.replacen(from, to, 1)).unwrap();
        let done = theriac_in(dir.path(), &["check", "o"]);
        let said = out(&done) + &err(&done);
        assert!(matches!(status(&done), 1 | 2), "{file}: {said}");
        assert!(!said.starts_with("ACCEPTED"), "{file}: {said}");
        std::fs::write(place.join(file), honest).unwrap();
    }
    let told = out(&does(dir.path(), &["check", "o"]));
    assert!(told.starts_with("ACCEPTED"), "{told}");
    // A bound that excludes training on unchanged data proves nothing.
    let file = place.join("rounds/1/solutions/p0001-min.json");
    let mut forged: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    forged["bound"] = serde_json::json!(5.0);
    std::fs::write(&file, serde_json::to_vec_pretty(&forged).unwrap()).unwrap();
    reopen(&place);
    does(dir.path(), &["solve", "o"]);
    does(dir.path(), &["certify", "o"]);
    assert_eq!(count(&place, 1, "unusable"), 1);
    let answers = std::fs::read_to_string(place.join("rounds/1/answers.json")).unwrap();
    assert!(answers.contains("excludes what training on unchanged data gives"), "{answers}");
}

/// Takes an instance of three rounds back to the first, which is solved and not concluded.
fn reopen(place: &Path) {
    std::fs::remove_file(place.join("rounds/1/answers.json")).unwrap();
    for n in [2, 3] {
        std::fs::remove_dir_all(place.join(format!("rounds/{n}"))).unwrap();
    }
}

/// What has no rounds says so.
#[test]
fn rounds_are_asked_for() {
    let dir = folder(FLIPS, "");
    does(dir.path(), &["compile", "q.thr", "-o", "o"]);
    for args in [&["next", "o"][..], &["solve", "o", "--round", "1"]] {
        let done = theriac_in(dir.path(), args);
        assert_eq!(status(&done), 2, "{args:?}");
        assert!(err(&done).contains("rounds 1"), "{}", err(&done));
    }
    let dir = folder(FLIPS, ALONE);
    for args in [&["--target", "nl"][..], &["--compress", "gz"]] {
        let all = [&["compile", "q.thr", "-o", "o"], args].concat();
        let done = theriac_in(dir.path(), &all);
        assert_eq!(status(&done), 2, "{args:?}");
        assert!(!dir.path().join("o").exists(), "{args:?}");
    }
}

/// A forged bound that cuts off a replayed attack is found out by the replay.
#[test]
fn an_attack_outside_of_a_box_is_told() {
    let alone = ALONE.replace("attack off", "attack 500 evaluations");
    let dir = folder(FLIPS, &alone);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    let question =
        spec::load(&dir.path().join("q.thr")).unwrap().reach().unwrap().question.question;
    let attack = AttackFile::read(&place).unwrap().attack(&question).unwrap();
    let after = |attack: &Attack| {
        let run = replay(&question, attack, 0.0).unwrap();
        Layout::of(&question.network).flatten(&run.trajectory[1])
    };
    let (clean, own) = (after(&no_attack(&question)), after(&attack));
    // A parameter that the attack takes down; a program's bound that claims it cannot.
    let k = (0..clean.len()).find(|k| own[*k] < clean[*k] - 1e-3).unwrap();
    let file = place.join(format!("rounds/1/solutions/p{k:04}-min.json"));
    let mut forged: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    forged["bound"] = serde_json::json!((own[k] + clean[k]) / 2.0);
    std::fs::write(&file, serde_json::to_vec_pretty(&forged).unwrap()).unwrap();
    reopen(&place);
    does(dir.path(), &["solve", "o"]);
    let done = theriac_in(dir.path(), &["certify", "o"]);
    assert_eq!(status(&done), 2, "{}", out(&done));
    assert!(err(&done).contains("outside of its box"), "{}", err(&done));
}

/// The same for a forged bound of a score behind the last round, which answers a point that the attack
/// answers otherwise, while the count of errors hides it.
#[test]
fn an_attack_against_an_answer_is_told() {
    let rest = "encode { rounds 1; points 0; window 1; bounds interval }\n\
        solve { solver embedded; attack 500 evaluations }\n";
    let dir = folder(FLIPS, rest);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    let reaching = spec::load(&dir.path().join("q.thr")).unwrap().reach().unwrap().question;
    let question = &reaching.question;
    let attack = AttackFile::read(&place).unwrap().attack(question).unwrap();
    let points: Vec<Vec<f64>> = reaching.points().iter().map(|p| p.input.clone()).collect();
    let of = |attack: &Attack| -> Vec<f64> {
        let run = replay(question, attack, 0.0).unwrap();
        let theta = Layout::of(&question.network).flatten(run.trajectory.last().unwrap());
        let theta: Vec<Interval> = theta.into_iter().map(Interval::point).collect();
        scores(question, &theta, &points).unwrap().iter().map(|i| i.lo).collect()
    };
    let (clean, own) = (of(&no_attack(question)), of(&attack));
    let asked = json(&place, "rounds/4/round.json")["objectives"].clone();
    // A point whose answer the attack changes, and an answer to its program that claims it cannot.
    let against = asked.as_array().unwrap().iter().find_map(|record| {
        let at = record["parameter"].as_str().unwrap();
        let is = |source: &str| at == format!("output at {source}");
        let k = reaching.points().iter().position(|p| is(&p.source)).unwrap();
        let end = record["end"].as_str().unwrap().to_owned();
        (clean[k] * own[k] < 0.0).then_some((end, clean[k]))
    });
    let (end, clean) = against.expect("a point that the attack turns");
    let file = place.join(format!("rounds/4/solutions/{end}.json"));
    let mut forged: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    // The objective has the constant of its file left out; a score of a linear network has none here.
    forged["bound"] = serde_json::json!(0.5 * clean.abs());
    std::fs::write(&file, serde_json::to_vec_pretty(&forged).unwrap()).unwrap();
    std::fs::remove_file(place.join("rounds/4/answers.json")).unwrap();
    does(dir.path(), &["solve", "o"]);
    let done = theriac_in(dir.path(), &["certify", "o"]);
    assert_eq!(status(&done), 2, "{}", out(&done));
    assert!(err(&done).contains("out of what is proved of it"), "{}", err(&done));
}
