//! A counterexample as the International Verification of Neural Networks Competition takes it.

use std::fmt::Write as _;

use crate::cert::certificate::Certificate;
use crate::front::printable::number;

/// The verdict and the replayed input with its outputs in double precision, in the form of the
/// competition's rules: `sat`, then pairs of names and values in one list. None where the certificate
/// has no attack on a network's input.
///
/// ```text
/// sat
/// ((X_0 0.25)
/// (X_1 -1)
/// (Y_0 3.5))
/// ```
#[must_use]
pub fn counterexample(c: &Certificate) -> Option<String> {
    let attack = c.attack.as_ref()?;
    let (inputs, outputs) = (attack.test_input.as_ref()?, attack.outputs.as_ref()?);
    let mut text = "sat\n(".to_owned();
    let named = |name: &'static str, list: &[f64]| {
        let pair = move |(k, v): (usize, &f64)| format!("({name}_{k} {})", number(*v));
        list.iter().enumerate().map(pair).collect::<Vec<_>>()
    };
    let pairs = [named("X", inputs), named("Y", &outputs.double)].concat();
    let _ = write!(text, "{}", pairs.join("\n"));
    text.push_str(")\n");
    Some(text)
}
