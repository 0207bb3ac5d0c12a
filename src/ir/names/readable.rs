//! The readable rule: symbol and indices.

use super::legal::{FOREIGN, is_plain, reads_as_exponent};
use crate::ir::role::{Axis, Origin, Place, Role, Rule};

/// The readable name of a role, without a foreign model's own name.
pub fn readable(role: Role, out: &mut Vec<u8>) {
    symbol(role.family.symbol(), out);
    indices(role.family.axes(), role.place, out);
}

/// The readable name of a row, `number` being its position.
pub(super) fn readable_row(origin: Origin, number: u32, out: &mut Vec<u8>) {
    symbol(origin.rule.symbol(), out);
    // The index of a foreign row points to its own name.
    if origin.rule != Rule::Foreign {
        indices(origin.rule.axes(), origin.place, out);
    }
    out.push(b'_');
    numbered(b'c', number, out);
}

/// Appends what is legal of a foreign name; its number stands before it and keeps names apart.
pub(super) fn foreign(name: &str, out: &mut Vec<u8>) {
    if name.is_empty() {
        return;
    }
    out.push(b'_');
    out.extend(name.bytes().take(FOREIGN).map(|b| if is_plain(b) { b } else { b'_' }));
}

fn symbol(text: &str, out: &mut Vec<u8>) {
    if reads_as_exponent(text) {
        out.push(b'_');
    }
    out.extend_from_slice(text.as_bytes());
}

fn indices(axes: &[Axis], place: Place, out: &mut Vec<u8>) {
    for axis in axes {
        match axis {
            Axis::Layer => index(b"_", u32::from(place.layer), out),
            Axis::I => index(b"_", place.i, out),
            Axis::J => index(b"_", place.j, out),
            Axis::Sample => index(b"_s", place.sample, out),
            Axis::Step if place.step == Place::NO_STEP => {}
            Axis::Step => index(b"_t", u32::from(place.step), out),
        }
    }
}

fn index(mark: &[u8], value: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(mark);
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// A letter and a number.
pub(super) fn numbered(letter: u8, number: u32, out: &mut Vec<u8>) {
    out.push(letter);
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}
