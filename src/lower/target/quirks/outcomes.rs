//! The recorded outcomes of all probes.

/// The record, made by `python -m readers.probes --bless`.
const RECORD: &str = include_str!("../../../../probes/outcomes.txt");

/// What one reader made of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The reader's key: the name of its file in `scripts/readers/`.
    pub reader: &'static str,
    /// Name and version.
    pub version: &'static str,
    /// `accepted`, `read` (not solved), `refused`, `crashed`, or `misread` and what was found.
    pub words: &'static str,
}

impl Outcome {
    /// Whether the reader took the probe for what it says.
    #[must_use]
    pub fn is_right(&self) -> bool {
        matches!(self.words, "accepted" | "read")
    }
}

/// A probe and its outcomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Its file in `probes/`.
    pub name: &'static str,
    /// The right answer: the optimum, or `infeasible`.
    pub truth: &'static str,
    /// One outcome a reader.
    pub outcomes: Vec<Outcome>,
}

/// All probes, as recorded.
#[must_use]
pub fn probes() -> Vec<Probe> {
    let mut out: Vec<Probe> = Vec::new();
    for line in RECORD.lines().filter(|l| !l.starts_with('#')) {
        if line.starts_with(' ') {
            let mut parts = line.split('|').map(str::trim);
            if let (Some(probe), Some(reader), Some(version), Some(words)) =
                (out.last_mut(), parts.next(), parts.next(), parts.next())
            {
                probe.outcomes.push(Outcome { reader, version, words });
            }
        } else if let Some((name, rest)) = line.split_once(' ') {
            let truth = rest.split_once(' ').map_or(rest, |(truth, _)| truth);
            out.push(Probe { name, truth, outcomes: Vec::new() });
        }
    }
    out
}
