//! The matrix by column, a panel of columns at a time.
//!
//! All of it at once would need as much memory again as the matrix.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::ir::{Rows, VarId};

/// A panel holds at most this part of all entries,
const PART: usize = 14;
/// but is never smaller than this.
const SMALLEST: usize = 1 << 16;

/// How many entries a panel may hold. Every panel costs a pass over the matrix.
pub(super) fn budget(rows: &Rows) -> usize {
    SMALLEST.max(rows.nonzeros() / PART)
}

/// Entries of every column, counted apart for slabs of rows, one slab a thread.
pub(super) struct Counts {
    slabs: Vec<Slab>,
}

/// Some neighbouring rows.
struct Slab {
    rows: Range<usize>,
    /// Their entries in every column.
    counts: Vec<u32>,
    /// How many entries of each row the panels so far have taken or passed over, so that the next
    /// one need not search for its own. Rows too long for a byte are searched.
    passed: Vec<u8>,
}

impl Counts {
    /// Counts with so many threads.
    pub fn new(rows: &Rows, columns: usize, threads: usize) -> Self {
        let place = |k: usize| rows.nonzeros() / threads * k;
        let cut = |k: usize| match k {
            0 => 0,
            k if k == threads => rows.len(),
            k => rows.start.partition_point(|s| *s < place(k)).min(rows.len()),
        };
        let slab = |k: usize| {
            let rows = cut(k)..cut(k + 1);
            Slab { counts: vec![0; columns], passed: vec![0; rows.len()], rows }
        };
        let mut slabs: Vec<_> = (0..threads).map(slab).collect();
        share(slabs.iter_mut().collect(), |Slab { rows: part, counts, .. }| {
            for v in &rows.col[rows.start[part.start]..rows.start[part.end]] {
                counts[v.index()] += 1;
            }
        });
        Counts { slabs }
    }

    /// Entries of a column.
    pub fn of(&self, column: usize) -> usize {
        self.slabs.iter().map(|slab| slab.counts[column] as usize).sum()
    }
}

/// Some columns of the matrix, each by ascending row.
pub(super) struct Panel {
    first: usize,
    /// `start[c]..start[c + 1]` are the entries of column `first + c`.
    start: Vec<usize>,
    // Several threads fill disjoint places; a relaxed store costs what a plain one does.
    row: Vec<AtomicU32>,
    val: Vec<AtomicU64>,
}

impl Panel {
    /// Room for so many entries; memory that had to grow would be there twice.
    pub fn new(entries: usize) -> Self {
        let (mut row, mut val) = (Vec::new(), Vec::new());
        row.reserve_exact(entries);
        val.reserve_exact(entries);
        Panel { first: 0, start: Vec::new(), row, val }
    }

    /// Takes over columns behind the ones that any panel has had.
    pub fn fill(&mut self, rows: &Rows, columns: Range<usize>, counts: &mut Counts) {
        self.first = columns.start;
        self.start.clear();
        let mut end = 0;
        // Where each slab's entries of a column go.
        let mut next = vec![Vec::with_capacity(columns.len()); counts.slabs.len()];
        for column in columns.clone() {
            self.start.push(end);
            for (next, slab) in next.iter_mut().zip(&counts.slabs) {
                next.push(end);
                end += slab.counts[column] as usize;
            }
        }
        self.start.push(end);
        self.row.resize_with(end, AtomicU32::default);
        self.val.resize_with(end, AtomicU64::default);
        let panel = &*self;
        share(counts.slabs.iter_mut().zip(next).collect(), |(slab, next)| {
            panel.scatter(rows, slab, columns.clone(), next);
        });
    }

    fn scatter(&self, rows: &Rows, slab: &mut Slab, columns: Range<usize>, mut next: Vec<usize>) {
        let spans = rows.start[slab.rows.start..=slab.rows.end].windows(2);
        for ((r, span), passed) in slab.rows.clone().zip(spans).zip(&mut slab.passed) {
            let span = span[0]..span[1];
            let (cols, vals) = (&rows.col[span.clone()], &rows.val[span]);
            let mut k = if cols.len() <= usize::from(u8::MAX) {
                usize::from(*passed)
            } else {
                cols.partition_point(|v| v.index() < columns.start)
            };
            while let Some((v, a)) = cols.get(k).zip(vals.get(k))
                && v.index() < columns.end
            {
                // Before the panel lie columns that are written without one.
                if let Some(slot) = next.get_mut(v.index().wrapping_sub(columns.start)) {
                    self.row[*slot].store(r as u32, Ordering::Relaxed);
                    self.val[*slot].store(a.to_bits(), Ordering::Relaxed);
                    *slot += 1;
                }
                k += 1;
            }
            // Not looked at where it does not fit.
            *passed = k as u8;
        }
    }

    /// Rows and coefficients of a column.
    pub fn column(&self, column: usize) -> (&[AtomicU32], &[AtomicU64]) {
        let c = column - self.first;
        let span = self.start[c]..self.start[c + 1];
        (&self.row[span.clone()], &self.val[span])
    }
}

/// Works through the items with one thread each, or with fewer where the system has no more.
fn share<T: Send>(items: Vec<T>, work: impl Fn(T) + Sync) {
    let helpers = items.len().saturating_sub(1);
    let items = Mutex::new(items);
    let next = || items.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let run = || {
        while let Some(item) = next() {
            work(item);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..helpers {
            let _ = std::thread::Builder::new().spawn_scoped(scope, run);
        }
        run();
    });
}

/// The coefficient of a column in a row, if it is there.
pub(super) fn coefficient(rows: &Rows, row: usize, column: usize) -> Option<f64> {
    let span = rows.start[row]..rows.start[row + 1];
    let k = rows.col[span.clone()].binary_search(&VarId(column as u32)).ok()?;
    Some(rows.val[span][k])
}
