//! Numbers as what they are: rationals, enclosed where doubles are needed.

use dashu::rational::RBig;

use super::Context;
use crate::bounds::Interval;
use crate::front::decimal::{enclose_rational, rational};
use crate::front::spec::ast::{Exact, Range};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::Span;

/// The number that is written.
pub(in crate::front::spec::resolve) fn value(
    written: &Exact,
    cx: &mut Context<'_>,
) -> Option<RBig> {
    let mut bad = |message: &str, help: &str| {
        let error = Diagnostic::new(Code::OptionRange, message, written.span);
        cx.error(error.label("this number").help(help));
        None
    };
    let long = ("this number has too many digits", "write at most 2000 digits");
    let Some(number) = rational(&written.node.number) else { return bad(long.0, long.1) };
    let Some(over) = &written.node.over else { return Some(number) };
    let Some(over) = rational(over) else { return bad(long.0, long.1) };
    if over == RBig::ZERO {
        return bad("this number is divided by zero", "write another divisor");
    }
    Some(number / over)
}

/// A number that is known to be well written.
pub(super) fn exact(written: &Exact) -> Option<RBig> {
    let number = rational(&written.node.number)?;
    let Some(over) = &written.node.over else { return Some(number) };
    let over = rational(over)?;
    (over != RBig::ZERO).then(|| number / over)
}

/// The number, above zero or at least zero.
pub(super) fn size(written: &Exact, zero: bool, what: &str, cx: &mut Context<'_>) -> Option<RBig> {
    let size = value(written, cx)?;
    if size > RBig::ZERO || (zero && size == RBig::ZERO) {
        return Some(size);
    }
    let rule = if zero { "at least 0" } else { "above 0" };
    let error = Diagnostic::new(Code::OptionRange, format!("{what} must be {rule}"), written.span);
    cx.error(error.label("out of range").help(format!("write a number {rule}")));
    None
}

/// The ends of a range, the lower first.
pub(super) fn range(written: &Range, cx: &mut Context<'_>) -> Option<(RBig, RBig)> {
    let (lo, hi) = &written.node;
    let (lo, hi) = (value(lo, cx), value(hi, cx));
    let (lo, hi) = (lo?, hi?);
    if lo > hi {
        let error = Diagnostic::new(Code::SwappedRange, "the ends are swapped", written.span);
        cx.error(error.label("this range").help("write the smaller end first"));
        return None;
    }
    Some((lo, hi))
}

/// The doubles around a number.
pub(super) fn enclosed(real: &RBig, span: Span, cx: &mut Context<'_>) -> Option<Interval> {
    let found = enclose_rational(real);
    if found.is_none() {
        let message = "a number is beyond the largest double";
        let error = Diagnostic::new(Code::NotFinite, message, span).label("computed from this");
        cx.error(
            error.help("numbers lie between -1.7976931348623157e308 and 1.7976931348623157e308"),
        );
    }
    found
}
