//! What an instance and its certificate say about radii.

use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::cert::certificate::Verdict;

/// The radii that were tried, in an instance directory.
pub const RADII_FILE: &str = "radii.json";

/// The work that was done. Nothing is proved by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// Version of the program.
    pub theriac: String,
    /// Wall-clock seconds of all of it.
    pub seconds: f64,
    /// The radii in the order in which they were tried.
    pub tried: Vec<TriedRecord>,
}

/// One radius.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TriedRecord {
    /// The radius as the language writes it.
    pub radius: String,
    /// What came of it.
    pub verdict: Verdict,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Where an attack within this radius lies within a smaller one: that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attack_within: Option<String>,
    /// Why it is open, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Both ends, in a certificate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RadiusRecord {
    /// How distance is measured: `linf`, `l1` or `l2`.
    pub norm: String,
    /// What all radii are multiples of.
    pub step: String,
    /// The largest radius that is asked about.
    pub most: String,
    /// The largest radius at which no attack exists, and what proves it.
    pub certified: Option<EndRecord>,
    /// The smallest radius at which an attack is known, and what proves it.
    pub attacked: Option<EndRecord>,
    /// Whether no radius lies between the two, so that the largest radius is known.
    pub exact: bool,
    /// The radii in the order in which they were tried.
    pub tried: Vec<TriedRecord>,
}

/// An end of the radii.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndRecord {
    /// The radius as the language writes it.
    pub radius: String,
    /// The folder of its instance.
    pub folder: String,
    /// Its reason.
    pub reason: String,
    /// The seal of its certificate.
    pub seal: String,
}

impl Outcome {
    /// What a certificate says of a radius.
    #[must_use]
    pub fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Certified => Outcome::Certified,
            Verdict::Attacked => Outcome::Attacked,
            Verdict::Unknown => Outcome::Open,
        }
    }
}
