//! The readable rule: symbol and indices.

use super::legal::{FOREIGN, is_plain, reads_as_exponent};
use crate::ir::pen::{Pen, Word};
use crate::ir::role::{Axis, Family, Origin, Place, Role, Rule};

/// The readable name of a role, without a foreign model's own name.
pub fn readable(role: Role, out: &mut Vec<u8>) {
    Pen::append(out, |pen| write_readable(role, pen));
}

/// The readable name of a row, `number` being its position.
pub(super) fn readable_row(origin: Origin, number: u32, out: &mut Vec<u8>) {
    Pen::append(out, |pen| write_readable_row(origin, number, pen));
}

/// As [`readable`].
#[inline]
pub(crate) fn write_readable(role: Role, pen: &mut Pen<'_>) {
    pen.word(FAMILIES[usize::from(role.family.code())]);
    indices(role.family.axes(), role.place, pen);
}

/// As [`readable_row`].
#[inline]
pub(crate) fn write_readable_row(origin: Origin, number: u32, pen: &mut Pen<'_>) {
    pen.word(RULES[usize::from(origin.rule.code())]);
    // The index of a foreign row points to its own name.
    if origin.rule != Rule::Foreign {
        indices(origin.rule.axes(), origin.place, pen);
    }
    pen.marked(const { Word::new(b"_c") }, number);
}

/// Appends what is legal of a foreign name; its number stands before it and keeps names apart. A
/// number that stands there already is not repeated, so that names do not grow when a file of ours
/// is read and written again.
pub(super) fn foreign(name: &str, out: &mut Vec<u8>) {
    let name = unnumbered(name);
    if name.is_empty() {
        return;
    }
    out.push(b'_');
    out.extend(name.bytes().take(FOREIGN).map(|b| if is_plain(b) { b } else { b'_' }));
}

/// A name without the symbol and the number of a foreign variable in front: `x` of `n_3_x`.
fn unnumbered(name: &str) -> &str {
    let behind = name.strip_prefix("n_").map(|rest| (rest, rest.trim_start_matches(digit)));
    match behind {
        Some((rest, tail)) if tail.is_empty() && !rest.is_empty() => "",
        Some((rest, tail)) if tail.len() < rest.len() => tail.strip_prefix('_').unwrap_or(name),
        Some(_) | None => name,
    }
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// A symbol as it begins a name.
const fn symbol(text: &str) -> Word {
    let mut word = if reads_as_exponent(text) { Word::new(b"_") } else { Word::EMPTY };
    let mut k = 0;
    while k < text.len() {
        word = word.with(text.as_bytes()[k]);
        k += 1;
    }
    word
}

/// By code.
static FAMILIES: [Word; 256] = {
    let mut table = [Word::EMPTY; 256];
    let mut k = 0;
    while k < Family::ALL.len() {
        table[Family::ALL[k].code() as usize] = symbol(Family::ALL[k].symbol());
        k += 1;
    }
    table
};

/// By code.
static RULES: [Word; 256] = {
    let mut table = [Word::EMPTY; 256];
    let mut k = 0;
    while k < Rule::ALL.len() {
        table[Rule::ALL[k].code() as usize] = symbol(Rule::ALL[k].symbol());
        k += 1;
    }
    table
};

#[inline(always)]
fn indices(axes: &[Axis], place: Place, pen: &mut Pen<'_>) {
    const PLAIN: Word = Word::new(b"_");
    const SAMPLE: Word = Word::new(b"_s");
    const STEP: Word = Word::new(b"_t");
    for axis in axes {
        let (mark, number) = match axis {
            Axis::Layer | Axis::Node => (PLAIN, u32::from(place.layer)),
            Axis::I => (PLAIN, place.i),
            Axis::J => (PLAIN, place.j),
            Axis::Sample => (SAMPLE, place.sample),
            Axis::Step if place.step == Place::NO_STEP => continue,
            Axis::Step => (STEP, u32::from(place.step)),
        };
        pen.marked(mark, number);
    }
}
