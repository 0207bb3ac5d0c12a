//! Reports: a certificate and its question, told to people.

mod backdoor;
pub mod html;
mod labels;
pub mod network;
pub mod radius;
pub mod reach;
pub mod terminal;
mod vnncomp;

pub use backdoor::BackdoorMargins;
pub use labels::LabelNames;
pub use vnncomp::counterexample;

use crate::network::Parameters;
use crate::question::Question;

use super::certificate::{Certificate, Verdict};

/// Everything that a report shows.
#[derive(Clone, Debug)]
pub struct Story<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// Its question.
    pub question: &'a Question,
    /// What the data call their labels.
    pub labels: &'a LabelNames,
    /// Parameters before the first and after each step of training on the unchanged data.
    pub clean: &'a [Parameters],
    /// The same for the replayed attack, if there is one.
    pub worst: Option<&'a [Parameters]>,
    /// Proved bounds of the parameters, one entry for each state of [`Story::clean`].
    pub boxes: Option<&'a [ParameterBox]>,
    /// What a backdoor does, if the question is about one.
    pub backdoor: Option<BackdoorMargins>,
}

/// Proved bounds of all parameters at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterBox {
    /// Lower bounds.
    pub lower: Parameters,
    /// Upper bounds.
    pub upper: Parameters,
}

/// Six significant digits, for reading; certificates hold the exact numbers.
#[must_use]
pub fn short(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return value.to_string();
    }
    let digits = 5 - value.abs().log10().floor() as i32;
    if !(0..=9).contains(&digits) {
        if value.fract() == 0.0 && value.abs() < 1e15 {
            return format!("{value:.0}");
        }
        let text = format!("{value:.5e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        return format!("{}e{exponent}", mantissa.trim_end_matches('0').trim_end_matches('.'));
    }
    let text = format!("{value:.*}", digits as usize);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// The first word of a report. Where nothing is claimed there is nothing to certify: the question
/// is solved, or the worst value is bounded.
#[must_use]
pub fn headline(c: &Certificate) -> &'static str {
    match (c.verdict, &c.question.claim, &c.bound) {
        (Verdict::Certified, None, _) => "solved",
        (Verdict::Unknown, None, Some(_)) => "bounded",
        (verdict, _, _) => verdict.word(),
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn short_numbers() {
        assert_eq!(short(0.0), "0");
        assert_eq!(short(3.0), "3");
        assert_eq!(short(-0.25), "-0.25");
        assert_eq!(short(-0.290_980_109_025), "-0.29098");
        assert_eq!(short(123_456.7), "123457");
        assert_eq!(short(1e-9), "1e-9");
        assert_eq!(short(1.682_84e-6), "1.68284e-6");
        assert_eq!(short(2e9), "2000000000");
        assert_eq!(short(f64::INFINITY), "inf");
    }
}
