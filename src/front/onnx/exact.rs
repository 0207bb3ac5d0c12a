//! Products and sums of doubles that are known to be exact.

/// `a * b` if a double holds it exactly.
///
/// Works on the integer significands, so that neither overflow nor underflow can hide a rounding.
pub(super) fn product(a: f64, b: f64) -> Option<f64> {
    let (a_bits, a_exponent) = parts(a)?;
    let (b_bits, b_exponent) = parts(b)?;
    let bits = u128::from(a_bits) * u128::from(b_bits);
    if bits != 0 {
        let zeros = bits.trailing_zeros() as i32;
        let width = (u128::BITS - bits.leading_zeros()) as i32 - zeros;
        let lowest = a_exponent + b_exponent + zeros;
        // A double holds 53 bits, the lowest at 2^-1074 or above, the highest at 2^1023 or below.
        if width > 53 || lowest < -1074 || lowest + width - 1 > 1023 {
            return None;
        }
    }
    Some(a * b)
}

/// `a + b` if a double holds it exactly (Knuth's error-free transformation).
pub(super) fn sum(a: f64, b: f64) -> Option<f64> {
    let s = a + b;
    let from_b = s - a;
    let from_a = s - from_b;
    let error = (a - from_a) + (b - from_b);
    (s.is_finite() && error == 0.0).then_some(s)
}

/// Significand and exponent of a finite number: `|x| = significand * 2^exponent`.
fn parts(x: f64) -> Option<(u64, i32)> {
    if !x.is_finite() {
        return None;
    }
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let exponent = ((bits >> 52) & 0x7ff) as i32;
    Some(match exponent {
        0 => (fraction, -1074),
        _ => (fraction | 1 << 52, exponent - 1075),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu::rational::RBig;

    fn exact(x: f64) -> RBig {
        RBig::try_from(x).unwrap()
    }

    /// Random doubles of all sizes against rational arithmetic; short significands make exact
    /// results frequent.
    #[test]
    fn agrees_with_rational_arithmetic() {
        let mut rng = fastrand::Rng::with_seed(1);
        let draw = |rng: &mut fastrand::Rng| loop {
            let keep = !0u64 << rng.u32(0..53);
            let x = f64::from_bits(rng.u64(..) & (keep | 0xfff << 52));
            if x.is_finite() {
                let scale = [1.0, 1e-150, 1e-290][rng.usize(..3)];
                return if rng.bool() { x } else { (rng.f64() * 64.0).floor() * scale };
            }
        };
        let (mut held, mut refused) = ([0; 2], [0; 2]);
        for _ in 0..20_000 {
            let (a, b) = (draw(&mut rng), draw(&mut rng));
            let cases = [(product(a, b), exact(a) * exact(b), a * b), {
                (sum(a, b), exact(a) + exact(b), a + b)
            }];
            for (which, (answer, truth, rounded)) in cases.into_iter().enumerate() {
                let is_exact = rounded.is_finite() && exact(rounded) == truth;
                assert_eq!(answer.is_some(), is_exact, "{which}: {a:e} {b:e}");
                if let Some(value) = answer {
                    assert_eq!(value, rounded);
                    held[which] += 1;
                } else {
                    refused[which] += 1;
                }
            }
        }
        assert!(held.iter().chain(&refused).all(|&n| n > 1000), "{held:?} {refused:?}");
    }

    #[test]
    fn underflow_and_overflow_are_not_exact() {
        assert_eq!(product(f64::MIN_POSITIVE, 0.5), Some(f64::MIN_POSITIVE / 2.0));
        assert_eq!(product(f64::from_bits(1), 0.5), None);
        assert_eq!(product(f64::MAX, 2.0), None);
        assert_eq!(sum(f64::MAX, f64::MAX), None);
        assert_eq!(product(f64::INFINITY, 0.0), None);
        assert_eq!(sum(1.0, 1e-17), None);
        assert_eq!(product(0.1, 3.0), None);
    }
}
