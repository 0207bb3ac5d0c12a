//! Where the contents of a file are cut into chunks.
//!
//! The places depend on the model alone, so that any number of threads writes the same bytes.

use std::ops::Range;

/// Terms of one chunk, about 80 kB of text: small beside a processor's cache, large beside the cost
/// of handing it over.
pub(super) const CHUNK: usize = 2048;

/// A list of records (rows, sets), each with items (terms, members), cut into chunks of about
/// [`CHUNK`] items. A record with more is cut inside, so that no chunk is ever large.
pub(super) struct Cuts {
    /// Record and item at which each chunk begins, and where the last one ends.
    at: Vec<(usize, usize)>,
    /// Number of items before each of them.
    before: Vec<usize>,
}

/// What a chunk has of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub record: usize,
    /// Its items in this chunk.
    pub items: Range<usize>,
    /// Whether the record begins in this chunk.
    pub first: bool,
    /// Whether it ends in this chunk.
    pub last: bool,
}

impl Cuts {
    /// Cuts records with so many items each.
    pub fn new(items: impl IntoIterator<Item = usize>) -> Self {
        let mut cuts = Cuts { at: vec![(0, 0)], before: vec![0] };
        let (mut weight, mut total, mut count) = (0, 0, 0);
        for (record, size) in items.into_iter().enumerate() {
            // A record's head and tail weigh as much as an item.
            weight += size.min(CHUNK) + 1;
            if size > CHUNK {
                for item in (CHUNK..size).step_by(CHUNK) {
                    cuts.at.push((record, item));
                    cuts.before.push(total + item);
                }
            }
            total += size;
            count = record + 1;
            if weight >= CHUNK {
                cuts.at.push((count, 0));
                cuts.before.push(total);
                weight = 0;
            }
        }
        if cuts.at.last() != Some(&(count, 0)) {
            cuts.at.push((count, 0));
            cuts.before.push(total);
        }
        cuts
    }

    /// Number of chunks.
    pub fn len(&self) -> usize {
        self.at.len() - 1
    }

    /// Number of items in a chunk.
    pub fn items(&self, chunk: usize) -> usize {
        self.before[chunk + 1] - self.before[chunk]
    }

    /// The records of which a chunk has something.
    pub fn records(&self, chunk: usize) -> Range<usize> {
        let (to, inside) = self.at[chunk + 1];
        self.at[chunk].0..to + usize::from(inside > 0)
    }

    /// The records that begin in a chunk.
    pub fn begun(&self, chunk: usize) -> Range<usize> {
        let (from, inside) = self.at[chunk];
        from + usize::from(inside > 0)..self.records(chunk).end
    }

    /// What a chunk has of a record of so many items.
    pub fn part(&self, chunk: usize, record: usize, size: usize) -> Part {
        let (from, to) = (self.at[chunk], self.at[chunk + 1]);
        let begin = if record == from.0 { from.1 } else { 0 };
        let (end, last) = if record == to.0 { (to.1, false) } else { (size, true) };
        Part { record, items: begin..end, first: begin == 0, last }
    }
}

/// The chunks of a list of `count` equal records.
pub(super) fn ranges(count: usize) -> usize {
    count.div_ceil(CHUNK)
}

/// The records of such a chunk.
pub(super) fn range(chunk: usize, count: usize) -> Range<usize> {
    chunk * CHUNK..count.min((chunk + 1) * CHUNK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_in_one_chunk_and_no_chunk_is_large() {
        let mut rng = fastrand::Rng::with_seed(5);
        for round in 0..200 {
            let records = rng.usize(0..40);
            let sizes: Vec<usize> = (0..records)
                .map(|_| match rng.u8(0..4) {
                    0 => 0,
                    1 => rng.usize(0..20),
                    2 => rng.usize(0..CHUNK + 2),
                    _ => CHUNK * rng.usize(0..5),
                })
                .collect();
            let cuts = Cuts::new(sizes.iter().copied());
            let mut next = vec![0; records];
            let mut begun = vec![0; records];
            let mut ended = vec![0; records];
            for chunk in 0..cuts.len() {
                let mut found = 0;
                for r in cuts.begun(chunk) {
                    assert_eq!(next[r] + begun[r], 0);
                }
                for r in cuts.records(chunk) {
                    let part = cuts.part(chunk, r, sizes[r]);
                    assert_eq!(part.items.start, next[r], "round {round}");
                    next[r] = part.items.end;
                    assert_eq!(part.first, cuts.begun(chunk).contains(&r));
                    begun[r] += usize::from(part.first);
                    ended[r] += usize::from(part.last);
                    found += part.items.len();
                }
                assert_eq!(found, cuts.items(chunk));
                assert!(found <= 3 * CHUNK);
            }
            assert_eq!(next, sizes);
            assert_eq!(begun, vec![1; records]);
            assert_eq!(ended, vec![1; records]);
        }
    }

    #[test]
    fn ranges_cover_a_list_once() {
        for count in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK] {
            let all: Vec<usize> = (0..ranges(count)).flat_map(|k| range(k, count)).collect();
            assert_eq!(all, (0..count).collect::<Vec<_>>());
        }
    }
}
