//! Words and numbers written fast: every term of a model is a name and a number.

/// Numbers below 1000: three digits, the first in the lowest byte, and in the highest byte how many
/// of them are leading zeros.
static THREE: [u32; 1000] = {
    let mut table = [0; 1000];
    let mut n = 0;
    while n < 1000 {
        let digits = (n / 100) | (n / 10 % 10) << 8 | (n % 10) << 16;
        let zeros = if n < 10 {
            2
        } else if n < 100 {
            1
        } else {
            0
        };
        table[n as usize] = (digits + 0x30_30_30) | zeros << 24;
        n += 1;
    }
    table
};

/// Up to eight bytes in one word.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    bytes: u64,
    length: u32,
}

impl Word {
    pub const EMPTY: Word = Word { bytes: 0, length: 0 };

    pub const fn new(text: &[u8]) -> Self {
        let mut word = Word::EMPTY;
        let mut k = 0;
        while k < text.len() {
            word = word.with(text[k]);
            k += 1;
        }
        word
    }

    /// With one byte more.
    pub const fn with(self, byte: u8) -> Self {
        assert!(self.length < 8);
        let bytes = self.bytes | (byte as u64) << (8 * self.length);
        Word { bytes, length: self.length + 1 }
    }
}

/// Room for a name (at most [`LONGEST`](super::names::LONGEST) bytes), two numbers (25 bytes each)
/// and a few words, and for bytes behind them that are written for nothing.
pub(crate) const ROOM: usize = 256;

/// Writes into room of fixed size, without memory to grow.
pub(crate) struct Pen<'t> {
    room: &'t mut [u8; ROOM],
    at: usize,
}

// Every method is inlined, so that the place stays in a register.
impl<'t> Pen<'t> {
    #[inline(always)]
    pub fn new(room: &'t mut [u8; ROOM]) -> Self {
        Pen { room, at: 0 }
    }

    /// Appends what `write` writes.
    #[inline]
    pub fn append(out: &mut Vec<u8>, write: impl FnOnce(&mut Pen<'_>)) {
        let mut room = [0; ROOM];
        let mut pen = Pen::new(&mut room);
        write(&mut pen);
        let end = pen.at;
        out.extend_from_slice(&room[..end]);
    }

    /// Bytes written.
    #[inline(always)]
    pub fn written(&self) -> usize {
        self.at
    }

    #[inline(always)]
    pub fn word(&mut self, word: Word) {
        self.put(word.bytes, word.length);
    }

    /// A mark of at most five bytes and a number.
    #[inline(always)]
    pub fn marked(&mut self, mark: Word, number: u32) {
        if number < 1000 {
            self.begin(mark, number);
        } else if number < 1_000_000 {
            self.begin(mark, number / 1000);
            self.three(number % 1000);
        } else {
            let (millions, rest) = (number / 1_000_000, number % 1_000_000);
            if millions < 1000 {
                self.begin(mark, millions);
            } else {
                self.begin(mark, millions / 1000);
                self.three(millions % 1000);
            }
            self.three(rest / 1000);
            self.three(rest % 1000);
        }
    }

    /// The shortest decimal that reads back to the same double; integers without a point, and zero
    /// without a sign.
    #[inline(always)]
    pub fn double(&mut self, value: f64) {
        if let Some(millionths) = millionths(value.abs()) {
            let (whole, rest) = (millionths / 1_000_000, (millionths % 1_000_000) as u32);
            self.word(if value < 0.0 { const { Word::new(b"-") } } else { Word::EMPTY });
            self.marked(Word::EMPTY, whole as u32);
            self.places(rest);
        } else if value.abs() < 1e15 && (value as i64) as f64 == value {
            // Beyond, the short form with an exponent is shorter than all digits.
            self.text(itoa::Buffer::new().format(value as i64).as_bytes());
        } else {
            self.text(zmij::Buffer::new().format_finite(value).as_bytes());
        }
    }

    /// A point and up to six places without zeros at the end; nothing where all are zeros.
    #[inline(always)]
    fn places(&mut self, millionths: u32) {
        let (thousandths, rest) = (millionths / 1000, millionths % 1000);
        let three = |n: u32| u64::from(THREE[n as usize] & 0xff_ff_ff);
        let bytes = u64::from(b'.') | three(thousandths) << 8 | three(rest) << 32;
        // Digits other than zero are what is left of the bytes without the point and all `0`.
        let digits = bytes ^ const { Word::new(b".000000").bytes };
        self.put(bytes, (70 - (digits << 1 | 1).leading_zeros()) / 8);
    }

    /// A mark and a number below 1000.
    #[inline(always)]
    fn begin(&mut self, mark: Word, number: u32) {
        let entry = THREE[number as usize];
        let zeros = entry >> 24;
        let digits = u64::from((entry & 0xff_ff_ff) >> (8 * zeros));
        self.put(mark.bytes | digits << (8 * mark.length), mark.length + 3 - zeros);
    }

    /// All three digits of a number below 1000.
    #[inline(always)]
    fn three(&mut self, number: u32) {
        self.put(u64::from(THREE[number as usize]), 3);
    }

    /// Eight bytes, of which the first `length` stay.
    #[inline(always)]
    fn put(&mut self, bytes: u64, length: u32) {
        if self.at <= ROOM - 8 {
            self.room[self.at..self.at + 8].copy_from_slice(&bytes.to_le_bytes());
            self.at += length as usize;
        }
    }

    /// A number or a name, in pieces that may overlap.
    #[inline(always)]
    pub fn text(&mut self, text: &[u8]) {
        let length = text.len();
        let Some(room) = self.room.get_mut(self.at..self.at + length) else { return };
        if length > 32 {
            room.copy_from_slice(text);
        } else if let (Some(head), Some(tail)) = (text.first_chunk::<16>(), text.last_chunk::<16>())
        {
            room[..16].copy_from_slice(head);
            room[length - 16..].copy_from_slice(tail);
        } else if let (Some(head), Some(tail)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            room[..8].copy_from_slice(head);
            room[length - 8..].copy_from_slice(tail);
        } else {
            room.iter_mut().zip(text).for_each(|(to, from)| *to = *from);
        }
        self.at += length;
    }
}

/// How many millionths the nonnegative `size` is, where its shortest decimal has at most six places
/// and fifteen digits, and no exponent.
///
/// Decimals with fifteen digits are different doubles, so none but this one reads back to `size`.
#[inline(always)]
fn millionths(size: f64) -> Option<u64> {
    // Behind the point of a number of this size there is no bit left: adding it rounds.
    const ROUND: f64 = (1_u64 << 52) as f64;
    let rounded = size * 1e6 + ROUND;
    let count = rounded.to_bits() & ((1 << 52) - 1);
    // A decimal is read as the quotient of two exact doubles. `1e-5` is the smallest number that
    // is written with places.
    let reads_back = (rounded - ROUND) / 1e6 == size;
    (size < 1e9 && reads_back && (count == 0 || count >= 10)).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_standard_library() {
        let mut rng = fastrand::Rng::with_seed(8);
        let ends = (0..10).flat_map(|k| {
            let power = 10_u32.pow(k);
            [power - 1, power, power + 1]
        });
        let some = (0..100_000).map(|_| rng.u32(..) >> rng.u32(0..32));
        for n in (0..2000).chain(ends).chain([u32::MAX]).chain(some) {
            for mark in ["", "_", "_s", "abcde"] {
                let mut out = b"before".to_vec();
                Pen::append(&mut out, |pen| pen.marked(Word::new(mark.as_bytes()), n));
                assert_eq!(out, format!("before{mark}{n}").into_bytes());
            }
        }
    }

    #[test]
    fn the_longest_name_has_room() {
        let mut out = Vec::new();
        Pen::append(&mut out, |pen| {
            pen.word(Word::new(b"_symbols"));
            (0..5).for_each(|_| pen.marked(Word::new(b"_s"), u32::MAX));
            pen.marked(Word::new(b"_c"), u32::MAX);
        });
        assert_eq!(out.len(), 8 + 6 * 12);
        assert!(out.ends_with(b"_s4294967295_c4294967295"));
    }

    fn double(value: f64) -> String {
        let mut out = Vec::new();
        Pen::append(&mut out, |pen| pen.double(value));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_read_back_to_the_same_double() {
        let mut rng = fastrand::Rng::with_seed(3);
        let whole = |rng: &mut fastrand::Rng| (rng.i64(..) >> rng.u32(0..64)) as f64;
        for k in 0..200_000 {
            let value = if k % 2 == 0 { f64::from_bits(rng.u64(..)) } else { whole(&mut rng) };
            if value.is_finite() {
                let s = double(value);
                assert_eq!(s.parse::<f64>().unwrap().to_bits(), (value + 0.0).to_bits(), "{s}");
                assert!(s.trim_start_matches('-').as_bytes()[0].is_ascii_digit(), "{s}");
                assert!(s.len() <= 25, "{s}");
                if value.trunc() == value && value.abs() < 1e15 {
                    assert_eq!(s, (value as i64).to_string());
                }
            }
        }
    }

    #[test]
    fn short_decimals_are_those_of_the_general_algorithm() {
        let general = |value: f64| {
            let mut buffer = zmij::Buffer::new();
            let text = buffer.format_finite(value);
            text.strip_suffix(".0").unwrap_or(text).to_string()
        };
        let mut rng = fastrand::Rng::with_seed(4);
        let mut check = |count: u64| {
            let value = count as f64 / 1e6;
            for near in [value.next_down(), value, value.next_up()] {
                assert_eq!(double(near), general(near));
                assert_eq!(double(-near).trim_start_matches('-'), general(near));
            }
        };
        (1..20_000).for_each(&mut check);
        for power in (1..16).map(|k| 10_u64.pow(k)) {
            (power - 5..power + 5).for_each(&mut check);
        }
        (0..100_000).for_each(|_| check(1 + (rng.u64(..1_000_000_000_000_000) >> rng.u32(0..50))));
        for value in [1e-5, 9.99e-6, 1e-6, 5e-7, 4.9e-7, 1e9, 1e9 + 0.5, f64::MIN_POSITIVE, 5e-324]
        {
            assert_eq!(double(value), general(value));
        }
    }

    #[test]
    fn integers_have_no_point_and_zero_no_sign() {
        assert_eq!(double(-0.0), "0");
        assert_eq!(double(-17.0), "-17");
        assert_eq!(double(f64::from(i32::MIN)), "-2147483648");
        assert_eq!(double(4_294_967_296.0), "4294967296");
        assert_eq!(double(999_999_999_999_999.0), "999999999999999");
        assert_eq!(double(0.1), "0.1");
        assert_eq!(double(1e15).parse(), Ok(1e15));
        assert!(double(1e300).len() < 8);
    }
}
