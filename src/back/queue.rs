//! Chunks formatted by several threads and taken in order, with a bound on how many wait.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::text::Text;

/// The chunks of one section.
pub(super) struct Queue {
    count: usize,
    ahead: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The next chunk that nobody formats yet.
    next: usize,
    /// The next chunk to be written.
    due: usize,
    /// Chunks that are formatted and not yet written.
    ready: BTreeMap<usize, Text>,
    /// Memory to be used again.
    spare: Vec<Text>,
    /// Nothing more is wanted: an error, or a thread that ended early.
    over: bool,
}

impl State {
    /// A chunk to format, if one is left and not too many wait.
    fn claim(&mut self, count: usize, ahead: usize) -> Option<(usize, Text)> {
        if self.over || self.next >= count || self.next >= self.due + ahead {
            return None;
        }
        self.next += 1;
        Some((self.next - 1, self.spare.pop().unwrap_or_default()))
    }
}

/// Ends the work of all threads when one of them is done for, so that none waits for ever.
struct EndOnDrop<'q>(&'q Queue);

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        self.0.lock().over = true;
        self.0.changed.notify_all();
    }
}

impl Queue {
    /// `count` chunks, of which at most `ahead` are formatted before they are written.
    pub fn new(count: usize, ahead: usize) -> Self {
        Queue { count, ahead, state: Mutex::default(), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'g>(&self, state: MutexGuard<'g, State>) -> MutexGuard<'g, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn format(&self, (k, mut text): (usize, Text), format: &impl Fn(usize, &mut Text)) {
        text.clear();
        format(k, &mut text);
        self.lock().ready.insert(k, text);
        self.changed.notify_all();
    }

    /// Formats chunks until none is left.
    pub fn help(&self, format: &impl Fn(usize, &mut Text)) {
        let whole = EndOnDrop(self);
        let mut state = self.lock();
        while !state.over && state.next < self.count {
            if let Some(claimed) = state.claim(self.count, self.ahead) {
                drop(state);
                self.format(claimed, format);
                state = self.lock();
            } else {
                state = self.wait(state);
            }
        }
        drop(state);
        // Not a panic: the others go on.
        std::mem::forget(whole);
    }

    /// Hands every chunk to `write` in order, and formats chunks itself while the next is not ready.
    pub fn drain(
        &self,
        format: &impl Fn(usize, &mut Text),
        mut write: impl FnMut(usize, &[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        let _end = EndOnDrop(self);
        let mut state = self.lock();
        while state.due < self.count && !state.over {
            let due = state.due;
            if let Some(text) = state.ready.remove(&due) {
                drop(state);
                write(due, text.bytes())?;
                state = self.lock();
                state.due += 1;
                state.spare.push(text);
                self.changed.notify_all();
            } else if let Some(claimed) = state.claim(self.count, self.ahead) {
                drop(state);
                self.format(claimed, format);
                state = self.lock();
            } else {
                state = self.wait(state);
            }
        }
        Ok(())
    }
}
