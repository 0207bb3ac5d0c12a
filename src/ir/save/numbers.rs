//! Doubles in the shorter of two forms.

use indexmap::IndexSet;

use super::LoadError;
use super::message::Numbers;

/// More distinct values than this are not looked for: their indices are hardly shorter.
const MOST_DISTINCT: usize = 1 << 16;

/// The saved form of `values`.
pub(super) fn pack(values: &[f64]) -> Numbers {
    let plain = || Numbers { doubles: bytes(values.iter().copied()), index: Vec::new() };
    let mut distinct: IndexSet<u64> = IndexSet::new();
    let mut index = Vec::with_capacity(values.len());
    for (k, value) in values.iter().enumerate() {
        let (position, _) = distinct.insert_full(value.to_bits());
        // Given up early where values hardly repeat.
        if distinct.len() > MOST_DISTINCT || (k > 4096 && distinct.len() > k / 2) {
            return plain();
        }
        index.push(position as u32);
    }
    if 2 * distinct.len() > values.len() {
        return plain();
    }
    Numbers { doubles: bytes(distinct.into_iter().map(f64::from_bits)), index }
}

fn bytes(values: impl Iterator<Item = f64>) -> Vec<u8> {
    values.flat_map(f64::to_le_bytes).collect()
}

/// The numbers, of which there must be `count`.
pub(super) fn unpack(
    numbers: Option<Numbers>,
    count: usize,
    table: &'static str,
) -> Result<Vec<f64>, LoadError> {
    let numbers = numbers.unwrap_or_default();
    let (chunks, rest) = numbers.doubles.as_chunks::<8>();
    if !rest.is_empty() {
        return Err(LoadError::Table { table, reason: "holds half a number" });
    }
    let values: Vec<f64> = if numbers.index.is_empty() {
        chunks.iter().map(|c| f64::from_le_bytes(*c)).collect()
    } else {
        let value = |k: &u32| chunks.get(*k as usize).map(|c| f64::from_le_bytes(*c));
        let found: Option<Vec<f64>> = numbers.index.iter().map(value).collect();
        found.ok_or(LoadError::Table { table, reason: "refers to a number that is not there" })?
    };
    if values.len() != count {
        return Err(LoadError::Table { table, reason: "has the wrong length" });
    }
    Ok(values)
}
