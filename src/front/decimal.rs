//! Decimals as what they are: the double that they name, or an enclosure of what no double holds.

use dashu::integer::UBig;
use dashu::rational::RBig;

use crate::bounds::Interval;

/// Digits, and powers of ten, that are taken for what they are.
const LONGEST: usize = 2000;

/// The narrowest interval of doubles around a decimal such as `-1.5`, `.5`, `3.` or `2e-3`: a point if
/// a double holds it, two neighbours otherwise. Beyond some thousand digits it may be wider by one
/// double to each side.
///
/// `None` if the text is no such decimal, or one beyond the largest double.
#[must_use]
pub fn enclose(text: &str) -> Option<Interval> {
    if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E')) {
        return None;
    }
    let nearest: f64 = text.parse().ok()?;
    if !nearest.is_finite() {
        return None;
    }
    let negative = text.starts_with('-');
    // A sign belongs to zeros too, but no interval needs it.
    let size = nearest.abs();
    let around = match side(&Digits::of(text), size) {
        Some(std::cmp::Ordering::Equal) => Interval::point(size),
        Some(std::cmp::Ordering::Less) => Interval::new(below(size), size),
        Some(std::cmp::Ordering::Greater) => Interval::new(size, size.next_up()),
        None => Interval::new(below(size), size.next_up()),
    };
    let around = if negative { -around } else { around };
    // No end of an enclosure is infinite, and no zero is negative.
    around.is_finite().then_some(Interval { lo: around.lo + 0.0, hi: around.hi + 0.0 })
}

/// The narrowest interval of doubles around a rational number; `None` beyond the largest double.
#[must_use]
pub fn enclose_rational(real: &RBig) -> Option<Interval> {
    // Whatever the conversion gives is near; the steps below make it right.
    let mut lo = real.to_f64().value().clamp(-f64::MAX, f64::MAX);
    while RBig::try_from(lo).ok()? > *real {
        lo = lo.next_down();
    }
    let mut hi = lo;
    while RBig::try_from(hi).ok()? < *real {
        hi = hi.next_up();
    }
    let narrow = loop {
        let next = lo.next_up();
        if next > hi || RBig::try_from(next).ok()? > *real {
            break Interval { lo: lo + 0.0, hi: hi + 0.0 };
        }
        lo = next;
    };
    narrow.is_finite().then_some(narrow)
}

/// A decimal as the rational number that it is; `None` if the text is none, or needs more than some
/// thousand digits.
#[must_use]
pub fn rational(text: &str) -> Option<RBig> {
    enclose(text)?;
    let decimal = Digits::of(text);
    if decimal.text.len() > LONGEST || decimal.exponent.abs() > LONGEST as i64 {
        return (decimal.digits == Some(0)).then_some(RBig::ZERO);
    }
    let power = RBig::from(10_u8).pow(isize::try_from(decimal.exponent).ok()?);
    let size = RBig::from(decimal.all_digits()?) * power;
    Some(if text.starts_with('-') { -size } else { size })
}

/// The double below, but no negative one below zero.
fn below(size: f64) -> f64 {
    if size == 0.0 { 0.0 } else { size.next_down() }
}

/// A decimal as `digits * 10^exponent`; `digits` counts only as far as 64 bits hold it.
struct Digits<'a> {
    text: &'a str,
    digits: Option<u64>,
    exponent: i64,
}

impl<'a> Digits<'a> {
    /// Of text that `f64` parses.
    fn of(text: &'a str) -> Self {
        let text = text.trim_start_matches(['+', '-']);
        let (mantissa, power) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], &text[at + 1..]),
            None => (text, "0"),
        };
        // An exponent beyond 64 bits has made the double zero or infinite.
        let limit = if power.starts_with('-') { i64::MIN / 4 } else { i64::MAX / 4 };
        let power: i64 = power.parse().unwrap_or(limit).clamp(i64::MIN / 4, i64::MAX / 4);
        let mut digits = Some(0_u64);
        let mut behind = None;
        for b in mantissa.bytes() {
            if b == b'.' {
                behind = Some(0);
                continue;
            }
            let digit = u64::from(b - b'0');
            digits = digits.and_then(|d| d.checked_mul(10)?.checked_add(digit));
            behind = behind.map(|n: i64| n + 1);
        }
        Digits { text: mantissa, digits, exponent: power - behind.unwrap_or(0) }
    }

    fn all_digits(&self) -> Option<UBig> {
        let digits: String = self.text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    }
}

/// On which side of the double the decimal lies, if that is cheap enough to tell.
fn side(decimal: &Digits<'_>, double: f64) -> Option<std::cmp::Ordering> {
    if decimal.digits == Some(0) {
        return Some(std::cmp::Ordering::Equal);
    }
    if double == 0.0 {
        return Some(std::cmp::Ordering::Greater);
    }
    let (mantissa, power) = parts(double);
    quick(decimal, mantissa, power).or_else(|| exact(decimal, mantissa, power))
}

/// `double = mantissa * 2^power`.
fn parts(double: f64) -> (u64, i64) {
    let bits = double.to_bits();
    let (field, fraction) = ((bits >> 52) as i64 & 0x7ff, bits & ((1 << 52) - 1));
    if field == 0 { (fraction, -1074) } else { (fraction | 1 << 52, field - 1075) }
}

/// The comparison in 128 bits, where they hold both sides.
fn quick(decimal: &Digits<'_>, mantissa: u64, power: i64) -> Option<std::cmp::Ordering> {
    let digits = u128::from(decimal.digits?);
    let mantissa = u128::from(mantissa);
    // digits * 10^e  against  mantissa * 2^p, divided by 2^e.
    let shift = power - decimal.exponent;
    let (mut left, mut right) = (digits, mantissa);
    let five = 5_u128.checked_pow(u32::try_from(decimal.exponent.abs()).ok()?)?;
    if decimal.exponent >= 0 {
        left = left.checked_mul(five)?;
    } else {
        right = right.checked_mul(five)?;
    }
    let up = |value: u128, by: i64| -> Option<u128> {
        let by = u32::try_from(by).ok()?;
        (by <= value.leading_zeros()).then(|| value << by)
    };
    if shift >= 0 {
        right = up(right, shift)?;
    } else {
        left = up(left, -shift)?;
    }
    Some(left.cmp(&right))
}

/// The comparison in as many digits as it takes, up to some thousand.
fn exact(decimal: &Digits<'_>, mantissa: u64, power: i64) -> Option<std::cmp::Ordering> {
    if decimal.text.len() > LONGEST || decimal.exponent.abs() > LONGEST as i64 {
        return None;
    }
    let (mut left, mut right) = (decimal.all_digits()?, UBig::from(mantissa));
    let ten = UBig::from(10_u8).pow(usize::try_from(decimal.exponent.abs()).ok()?);
    if decimal.exponent >= 0 {
        left *= ten;
    } else {
        right *= ten;
    }
    let shift = usize::try_from(power.abs()).ok()?;
    if power >= 0 {
        right <<= shift;
    } else {
        left <<= shift;
    }
    Some(left.cmp(&right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str, value: f64) {
        assert_eq!(enclose(text), Some(Interval::point(value)), "{text}");
    }

    #[test]
    fn doubles_are_points() {
        for (text, value) in [
            ("0.5", 0.5),
            ("-1e0", -1.0),
            ("+3.", 3.0),
            (".25", 0.25),
            ("0", 0.0),
            ("-0.000", 0.0),
            ("1e22", 1e22),
            ("000000000000000000000000000000000000012.50", 12.5),
            ("0e99999999999999999999", 0.0),
            ("2251799813685249.5", 2_251_799_813_685_249.5),
            ("0.1000000000000000055511151231257827021181583404541015625", 0.1),
        ] {
            point(text, value);
        }
        let tiny = format!("{:.1074}", 5e-324);
        point(&tiny, 5e-324);
        point(&format!("{:.0}", f64::MAX), f64::MAX);
    }

    #[test]
    fn others_lie_between_neighbours() {
        let tenth = Interval::new(0.1_f64.next_down(), 0.1);
        assert_eq!(enclose("0.1"), Some(tenth));
        assert_eq!(enclose("-0.1"), Some(-tenth));
        assert_eq!(enclose("1e-400"), Some(Interval::new(0.0, 5e-324)));
        assert_eq!(enclose("1e-99999999999999999999"), Some(Interval::new(0.0, 5e-324)));
        let long = format!("0.1{}", "3".repeat(5000));
        let wide = enclose(&long).unwrap();
        let nearest = 2.0 / 15.0;
        assert!(wide.lo < nearest && nearest < wide.hi);
        assert!(wide.hi <= wide.lo.next_up().next_up());
        let above = format!("0.5{}1", "0".repeat(1000));
        assert_eq!(enclose(&above), Some(Interval::new(0.5, 0.5_f64.next_up())));
    }

    #[test]
    fn what_is_no_finite_decimal_is_refused() {
        for text in ["", "-", ".", "e5", "1e", "1e400", "inf", "nan", "0x1", "1_0", "1.2.3", "--1"]
        {
            assert_eq!(enclose(text), None, "{text}");
        }
        assert_eq!(enclose("1.7976931348623158e308"), None, "above the largest double");
    }

    #[test]
    fn random_decimals_are_enclosed_narrowly() {
        let mut rng = fastrand::Rng::with_seed(12);
        let mut points = 0;
        for _ in 0..20_000 {
            let digits = rng.u64(..) >> rng.u32(..64);
            let exponent = rng.i32(-40..25);
            let scale = RBig::from(10_u8).pow(exponent.unsigned_abs() as isize);
            let real = RBig::from(digits);
            let real = if exponent < 0 { real / scale } else { real * scale };
            let found = enclose(&format!("{digits}e{exponent}")).unwrap();
            let (lo, hi) = (RBig::try_from(found.lo).unwrap(), RBig::try_from(found.hi).unwrap());
            if found.is_point() {
                assert_eq!(lo, real);
                points += 1;
            } else {
                assert_eq!(found.hi, found.lo.next_up());
                assert!(lo < real && real < hi, "{digits}e{exponent}");
            }
            // Decimals of doubles come back as they are, or next to them.
            let double = f64::from_bits(rng.u64(..));
            if double.is_finite() {
                assert!(enclose(&format!("{double:e}")).unwrap().contains(double));
            }
        }
        assert!(points > 2000, "{points}");
    }

    #[test]
    fn rationals_are_the_decimals() {
        for (text, top, bottom) in
            [("0.1", 1, 10_u8), ("-2.50", -5, 2), ("3e2", 300, 1), ("-0", 0, 1), ("125e-3", 1, 8)]
        {
            assert_eq!(rational(text), Some(RBig::from_parts(top.into(), bottom.into())), "{text}");
        }
        assert_eq!(rational("1e-3000"), None);
        assert_eq!(rational("0e-3000"), Some(RBig::ZERO));
        assert_eq!(rational("1/3"), None);
        assert_eq!(rational(&format!("0.{}", "1".repeat(2001))), None);
    }

    #[test]
    fn rationals_are_enclosed_narrowly() {
        let third = enclose_rational(&RBig::from_parts(1.into(), 3_u8.into())).unwrap();
        assert_eq!(third, Interval::new(1.0 / 3.0, (1.0_f64 / 3.0).next_up()));
        assert_eq!(enclose_rational(&RBig::from(10_u8).pow(400)), None);
        assert_eq!(enclose_rational(&-RBig::from(10_u8).pow(309)), None);
        let tiny = enclose_rational(&RBig::from(10_u8).pow(-400)).unwrap();
        assert_eq!(tiny, Interval::new(0.0, 5e-324));
        assert_eq!(enclose_rational(&-RBig::from(10_u8).pow(-400)).unwrap(), -tiny);
        let mut rng = fastrand::Rng::with_seed(3);
        for _ in 0..5000 {
            let (digits, exponent) = (rng.u64(..) >> rng.u32(..64), rng.i32(-330..300));
            let text = format!("{}{digits}e{exponent}", if rng.bool() { "-" } else { "" });
            let Some(expected) = enclose(&text) else { continue };
            assert_eq!(enclose_rational(&rational(&text).unwrap()), Some(expected), "{text}");
        }
    }
}
