//! What a certificate says of relations.

use theriac::cert::words::question_text;
use theriac::front::spec::{self, Disk};

fn sentence(threat: &str) -> (String, Vec<String>) {
    let text = format!(
        "network net = dense 3 -> 1 start zero\n\
         data train = points {{ (2, 1, 0): +1, (1, 0, 1): +1, (-1, 1, 0): -1 }} label in {{-1, +1}}\n\
         train net on train {{ loss hinge; rate 1; steps 1; batch full }}\n\
         threat {{ {threat} }}\n\
         ask worst margin at (1, 0, 1) label +1\n"
    );
    let disk = Disk { folder: ".".into() };
    let asked = spec::resolve("words", &text, &disk).unwrap_or_else(|e| panic!("{}", e.plain()));
    let text = question_text(&asked.poison().unwrap().question);
    (text.words, text.canonical)
}

#[test]
fn sentences_name_every_relation() {
    let cases = [
        (
            "touch all; integer x0; change x0 in [0, 1] with label +1; at most 2 cells changed",
            "touch up to 3 of 3 samples: change x0 by [0, 1] in 2 rows, with at most 2 values \
             changed in all",
        ),
        (
            "touch at most 1; one-hot x1, x2; missing x1, x2 rows 1; features linf 0.5 on x0; \
             require new x0 >= old x0 - 0.25",
            "touch up to 1 of 3 samples: move their feature x0 within an l-inf ball of 0.5, fill in \
             1 missing value, with new x0 - old x0 >= -0.25",
        ),
        (
            "touch all; features any on x0 within [-3, 3]; change x0 up; at most 1 features changed",
            "touch up to 3 of 3 samples: change x0 upwards inside [-3, 3], with at most 1 feature \
             of a sample changed",
        ),
    ];
    for (threat, expected) in cases {
        let (words, _) = sentence(threat);
        assert!(words.contains(expected), "{words}");
    }
}

/// Two threats that differ in one relation have different canonical forms.
#[test]
fn canonical_forms_tell_relations_apart() {
    let threats = [
        "touch all; change x0 in [0, 1]",
        "touch all; change x0 in [0, 2]",
        "touch all; change x0 in [0, 1] rows 0",
        "touch all; change x0 in [0, 1]; at most 1 cells changed",
        "touch all; change x0 in [0, 1]; at most 1 features changed",
        "touch all; change x0 in [0, 1]; require new x0 <= old x0 + 0.5",
        "touch all; change x0 in [0, 1]; require new x0 <= old x0 + 0.5 rows 1",
        "touch all; integer x0; domain x0 in [-2, 2]; missing x0 rows 1",
        "touch all; integer x0; domain x0 in [-2, 2]; missing x0 rows 2",
        "touch all; integer x0; domain x0 in [-2, 2]; missing x0 rows 2; \
         require new x0 <= 0 rows 2 when new x0 = 1",
    ];
    let all: std::collections::BTreeSet<Vec<String>> = threats.map(|t| sentence(t).1).into();
    assert_eq!(all.len(), threats.len());
}
