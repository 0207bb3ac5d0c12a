//! Names of the files of rounds, relative to the instance directory.

use super::End;

/// The folder of all rounds.
pub const FOLDER: &str = "rounds";

/// What a round asks.
pub const ROUND_FILE: &str = "round.json";

/// What a round came to.
pub const ANSWERS_FILE: &str = "answers.json";

/// The program without its objective.
pub const BODY_FILE: &str = "body.lp";

/// The folder of a round, counted from 1.
pub(super) fn of(round: usize) -> String {
    format!("{FOLDER}/{round}")
}

/// A file of a round.
pub(super) fn file(round: usize, name: &str) -> String {
    format!("{FOLDER}/{round}/{name}")
}

/// The objective of an end, within its round.
pub(super) fn head(end: End) -> String {
    format!("heads/{}.lp", end.name())
}

/// What a solver answered for an end, within its round: `json` is what theriac stores, `sol` and
/// `log` are what solvers write.
pub(super) fn solution(end: End, ending: &str) -> String {
    format!("solutions/{}.{ending}", end.name())
}

/// Whether a file of an instance directory is one of a round.
#[must_use]
pub fn is_written(path: &str) -> bool {
    let Some(rest) = path.strip_prefix(FOLDER).and_then(|r| r.strip_prefix('/')) else {
        return false;
    };
    let Some((number, name)) = rest.split_once('/') else { return false };
    if !number.parse::<u32>().is_ok_and(|n| n > 0 && n.to_string() == number) {
        return false;
    }
    let end = |name: &str, endings: &[&str]| {
        let split = name.split_once('.');
        split.is_some_and(|(end, e)| End::from_name(end).is_some() && endings.contains(&e))
    };
    match name.split_once('/') {
        None => [ROUND_FILE, ANSWERS_FILE, BODY_FILE].contains(&name),
        Some(("heads", name)) => end(name, &["lp"]),
        Some(("solutions", name)) => end(name, &["json", "sol", "log"]),
        Some(_) => false,
    }
}

/// Whether it is one that a solver was asked for.
#[must_use]
pub fn is_answer(path: &str) -> bool {
    is_written(path) && (path.contains("/solutions/") || path.ends_with(ANSWERS_FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_files_are_known() {
        let end = End { parameter: 3, largest: false };
        for own in [ROUND_FILE.to_owned(), head(end), solution(end, "sol"), solution(end, "json")] {
            assert!(is_written(&file(2, &own)), "{own}");
        }
        for other in [
            "rounds",
            "rounds/2",
            "rounds/x/round.json",
            "rounds/02/round.json",
            "rounds/2/notes.txt",
            "rounds/2/heads/p0003-min.sol",
            "rounds/2/solutions/p3-min.sol",
            "rounds/2/solutions/deep/p0003-min.sol",
            "elsewhere/2/round.json",
        ] {
            assert!(!is_written(other), "{other}");
        }
    }
}
