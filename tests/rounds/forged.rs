//! Files of rounds that somebody made up, edited or put elsewhere: nothing false is certified.

use std::path::Path;

use serde_json::{Value, json};

use super::program::{err, out, status, theriac_in};
use super::{FLIPS, count, does, folder, json as read};

const ALONE: &str =
    "encode { rounds 1; window 1; bounds interval }\nsolve { solver embedded; attack off }\n";

fn write(place: &Path, file: &str, value: &Value) {
    std::fs::write(place.join(file), serde_json::to_vec_pretty(value).unwrap()).unwrap();
}

/// An instance whose first round is solved, not concluded; every answer is edited.
fn answered(question: &str, edit: impl Fn(&mut Value)) -> tempfile::TempDir {
    let dir = folder(question, ALONE);
    does(dir.path(), &["compile", "q.thr", "-o", "o"]);
    does(dir.path(), &["solve", "o", "--round", "1"]);
    let solutions = dir.path().join("o/rounds/1/solutions");
    for entry in std::fs::read_dir(&solutions).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let mut answer = read(&solutions, &name);
        edit(&mut answer);
        write(&solutions, &name, &answer);
    }
    dir
}

fn finish(dir: &Path) {
    does(dir, &["solve", "o"]);
    does(dir, &["certify", "o"]);
}

/// Who is to be believed has a name: without one, and without a proof, an answer proves nothing.
#[test]
fn an_answer_of_nobody_proves_nothing() {
    for nobody in ["", " "] {
        let dir = answered(FLIPS, |answer| {
            answer["solver"] = json!(nobody);
            answer["version"] = Value::Null;
        });
        finish(dir.path());
        let place = dir.path().join("o");
        assert_eq!(count(&place, 1, "unusable"), 6);
        assert_eq!(count(&place, 1, "moved"), 0);
        let answers = std::fs::read_to_string(place.join("rounds/1/answers.json")).unwrap();
        assert!(answers.contains("does not say which solver"), "{answers}");
    }
    let dir = answered(FLIPS, |answer| {
        answer["solver"] = json!("Somebody");
        answer["bound"] = json!(answer["bound"].as_f64().unwrap() + 1e-3);
    });
    finish(dir.path());
    let place = dir.path().join("o");
    assert!(count(&place, 1, "moved") > 0);
    let certificate = read(&place, "certificate.json");
    assert_eq!(certificate["bound"]["from"], "solver");
    assert!(certificate["bound"]["solver"].as_str().unwrap().contains("Somebody"));
}

/// Edited answers of a round are not taken over by a run that goes on, nor by `next`.
#[test]
fn edited_answers_are_not_taken_over() {
    let dir = folder(FLIPS, ALONE);
    does(dir.path(), &["run", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    let honest = read(&place, "rounds/3/answers.json");
    let mut forged = honest.clone();
    for end in forged["ends"].as_array_mut().unwrap() {
        let largest = end["end"].as_str().unwrap().ends_with("max");
        end["bound"] = json!(if largest { 1e-9 } else { -1e-9 });
        end["moved"] = json!(true);
        end["checked"] = json!(true);
    }
    for gone in [&[][..], &["certificate.json", "answer.json", "reach.json"]] {
        write(&place, "rounds/3/answers.json", &forged);
        for file in gone {
            std::fs::remove_file(place.join(file)).unwrap();
        }
        let run = theriac_in(dir.path(), &["run", "q.thr", "-o", "o"]);
        assert_eq!(status(&run), 2, "{}", out(&run));
        assert!(err(&run).contains("rounds/3/answers.json is not what it was"), "{}", err(&run));
        write(&place, "rounds/3/answers.json", &honest);
        does(dir.path(), &["run", "q.thr", "-o", "o"]);
    }
    // The answers of one round are none of another.
    let mut other = read(&place, "rounds/1/answers.json");
    other["round"] = json!(2);
    write(&place, "rounds/2/answers.json", &other);
    let next = theriac_in(dir.path(), &["next", "o"]);
    assert_eq!(status(&next), 2, "{}", out(&next));
}

/// What is solved and concluded is what the question asks.
#[test]
fn an_edited_round_is_not_concluded() {
    let dir = folder(FLIPS, ALONE);
    does(dir.path(), &["compile", "q.thr", "-o", "o"]);
    let place = dir.path().join("o");
    let honest = read(&place, "rounds/1/round.json");
    let mut less = honest.clone();
    less["objectives"].as_array_mut().unwrap().truncate(1);
    let mut elsewhere = honest.clone();
    elsewhere["objectives"][0]["end"] = json!("../../../../x");
    for forged in [less, elsewhere] {
        write(&place, "rounds/1/round.json", &forged);
        for command in [&["next", "o"][..], &["solve", "o", "--round", "1"], &["solve", "o"]] {
            let done = theriac_in(dir.path(), command);
            assert_eq!(status(&done), 2, "{command:?}: {}", out(&done));
        }
        assert!(!place.join("rounds/1/answers.json").exists());
    }
    does(dir.path(), &["compile", "q.thr", "-o", "o"]);
    let body = std::fs::read_to_string(place.join("rounds/1/body.lp")).unwrap();
    std::fs::write(place.join("rounds/1/body.lp"), format!("\\ mine\n{body}")).unwrap();
    assert_eq!(status(&theriac_in(dir.path(), &["solve", "o"])), 2);
}

/// A solution that lies elsewhere is no part of the instance.
#[cfg(unix)]
#[test]
fn a_link_to_a_solution_proves_nothing() {
    let dir = answered(FLIPS, |_| {});
    let solutions = dir.path().join("o/rounds/1/solutions");
    let (inside, outside) = (solutions.join("p0000-min.json"), dir.path().join("p0000-min.json"));
    std::fs::rename(&inside, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &inside).unwrap();
    finish(dir.path());
    let place = dir.path().join("o");
    assert_eq!(count(&place, 1, "unusable"), 1);
    let answers = read(&place, "rounds/1/answers.json");
    for end in answers["ends"].as_array().unwrap() {
        let files = end["files"].as_array().unwrap();
        assert_eq!(files.is_empty(), end["end"] == "p0000-min", "{end}");
    }
}
