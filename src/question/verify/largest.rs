//! The largest radius up to which a class stays the largest output.
//!
//! Balls around a point lie in one another, so that robustness at a radius is robustness at all smaller ones, and an
//! attack in a ball is one in every larger ball. Radii are the multiples `k * step` of a step. The answer has
//! two ends: the largest radius for which robustness is proved, and the smallest for which an attack is known.

use std::ops::Range;

use dashu::base::UnsignedAbs;
use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;

use super::Verification;

/// The question for the largest radius.
#[derive(Clone, Debug, PartialEq)]
pub struct Largest {
    /// The question at the radius that is written, the largest that is asked about.
    pub widest: Verification,
    /// How distance is measured, as the language writes it: `linf`, `l1` or `l2`.
    pub norm: &'static str,
    /// The radii.
    pub radii: Radii,
    /// Where the specification is changed to ask about one radius.
    pub edits: Edits,
}

/// The multiples of a step, from 0 to a largest one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radii {
    /// What is multiplied: a finite decimal.
    times: RBig,
    /// What divides, as written.
    over: Option<String>,
    /// Number of the largest radius; that of 0 is 0.
    pub most: u32,
}

impl Radii {
    /// More radii than anybody asks about.
    pub const LIMIT: u32 = 1_000_000;

    /// The multiples of `times / over` up to that which is not above `radius`; none if the step is
    /// no positive finite decimal, or there are more than [`Radii::LIMIT`].
    #[must_use]
    pub fn new((times, over): (RBig, Option<(String, RBig)>), radius: &RBig) -> Option<Self> {
        let step = over.as_ref().map_or_else(|| times.clone(), |(_, over)| &times / over);
        if step <= RBig::ZERO || decimal(&times).is_none() {
            return None;
        }
        let most = u32::try_from((radius / step).floor()).ok().filter(|n| *n <= Self::LIMIT)?;
        Some(Radii { times, over: over.map(|o| o.0), most })
    }

    /// Radius number `k` as the language writes it: `3/255`.
    #[must_use]
    pub fn text(&self, k: u32) -> String {
        let number = &self.times * RBig::from(k);
        let number = decimal(&number).unwrap_or_default();
        match &self.over {
            Some(over) if k > 0 => format!("{number}/{over}"),
            Some(_) | None => number,
        }
    }

    /// The step as the language writes it.
    #[must_use]
    pub fn step(&self) -> String {
        self.text(1)
    }
}

/// A number as a finite decimal, if it is one.
fn decimal(number: &RBig) -> Option<String> {
    /// More digits than any step is written with.
    const DIGITS: usize = 2100;
    let (numerator, mut rest) = (number.numerator().clone(), number.denominator().clone());
    let (mut twos, mut fives) = (0, 0);
    for (factor, count) in [(2_u8, &mut twos), (5, &mut fives)] {
        while *count < DIGITS && (&rest % UBig::from(factor)) == UBig::ZERO {
            rest /= UBig::from(factor);
            *count += 1;
        }
    }
    if rest != UBig::ONE {
        return None;
    }
    let places = twos.max(fives);
    let scaled = &numerator * IBig::from(UBig::from(10_u8).pow(places))
        / IBig::from(number.denominator().clone());
    let digits =
        format!("{:0>width$}", scaled.clone().unsigned_abs().to_string(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let sign = if scaled < IBig::ZERO { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{part}"))
}

/// Places in the text of a specification, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edits {
    /// `largest radius`
    pub phrase: Range<usize>,
    /// The radius.
    pub radius: Range<usize>,
    /// `step 1/255`
    pub step: Option<Range<usize>>,
}

impl Edits {
    /// The specification that asks for robustness at one radius. None where the places are none of the text's.
    #[must_use]
    pub fn at(&self, text: &str, radius: &str) -> Option<String> {
        let mut edits = vec![(&self.phrase, "robust"), (&self.radius, radius)];
        edits.extend(self.step.as_ref().map(|step| (step, "")));
        edits.sort_by_key(|(place, _)| place.start);
        let (mut out, mut end) = (String::with_capacity(text.len()), 0);
        for (place, new) in edits {
            out.push_str(text.get(end..place.start)?);
            out.push_str(new);
            end = place.end;
        }
        out.push_str(text.get(end..)?);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> RBig {
        crate::front::decimal::rational(text).unwrap()
    }

    #[test]
    fn radii_are_written_as_they_are() {
        let pixels = (number("1"), Some(("255".to_owned(), number("255"))));
        let radii = Radii::new(pixels, &(number("16") / number("255"))).unwrap();
        assert_eq!(radii.most, 16);
        let all = [0, 1, 5, 16].map(|k| radii.text(k));
        assert_eq!(all, ["0", "1/255", "5/255", "16/255"]);
        let radii = Radii::new((number("0.025"), None), &number("0.11")).unwrap();
        assert_eq!((radii.most, radii.step()), (4, "0.025".to_owned()));
        assert_eq!([0, 2, 4].map(|k| radii.text(k)), ["0", "0.05", "0.1"]);
        let radii = Radii::new((number("2e1"), None), &number("50")).unwrap();
        assert_eq!((radii.most, radii.text(2)), (2, "40".to_owned()));
        assert_eq!(Radii::new((number("0"), None), &number("1")), None);
        assert_eq!(Radii::new((number("1e-9"), None), &number("1")), None);
        // Exactly the radius that is written is one of them, whatever doubles say.
        let radii = Radii::new((number("0.1"), None), &number("0.3")).unwrap();
        assert_eq!((radii.most, radii.text(3)), (3, "0.3".to_owned()));
    }

    #[test]
    fn a_specification_asks_for_one_radius() {
        let text = "perturb { l1 9 }\nask largest radius at x[1] step 3 # all\n";
        let find = |word: &str| {
            let start = text.find(word).unwrap();
            start..start + word.len()
        };
        let edits =
            Edits { phrase: find("largest radius"), radius: find("9"), step: Some(find("step 3")) };
        let expected = "perturb { l1 6 }\nask robust at x[1]  # all\n";
        assert_eq!(edits.at(text, "6").as_deref(), Some(expected));
        assert_eq!(edits.at("perturb", "6"), None);
    }
}
