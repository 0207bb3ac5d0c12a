//! Chunks of text on their way to the file: formatted by one thread or several, written in order.

use std::io::{self, Write};

use super::cuts::{self, Cuts};
use super::options::{Options, Progress, Watch};
use super::queue::Queue;
use super::text::Text;

/// Chunks that may be formatted ahead of the one being written, by thread.
const AHEAD: usize = 3;

/// The way from chunks to a writer.
pub(super) struct Sink<'w> {
    out: &'w mut dyn Write,
    threads: usize,
    text: Text,
    watch: Option<&'w dyn Watch>,
    progress: Progress,
}

impl<'w> Sink<'w> {
    /// A way to `out`; `total` terms are to be announced by [`Sink::cut`].
    pub fn new(out: &'w mut dyn Write, options: &Options<'w>, total: usize) -> Self {
        Sink {
            out,
            threads: options.threads.max(1),
            text: Text::default(),
            watch: options.watch,
            progress: Progress { bytes: 0, done: 0, total: total as u64 },
        }
    }

    /// Threads that format.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Writes one piece.
    pub fn once(&mut self, format: impl FnOnce(&mut Text)) -> io::Result<()> {
        self.one(format, 0)
    }

    /// Writes a list of `count` equal records, as many as fit together at a time.
    pub fn list(
        &mut self,
        count: usize,
        format: impl Fn(std::ops::Range<usize>, &mut Text) + Sync,
    ) -> io::Result<()> {
        let chunks = cuts::ranges(count);
        self.chunks(chunks, |_| 0, |k, text| format(cuts::range(k, count), text))
    }

    /// Writes records that were cut into chunks.
    pub fn cut(&mut self, cuts: &Cuts, format: impl Fn(usize, &mut Text) + Sync) -> io::Result<()> {
        self.chunks(cuts.len(), |k| cuts.items(k), format)
    }

    /// Writes `count` chunks in order. They are formatted by all threads; which thread formats which
    /// one changes nothing in the bytes.
    fn chunks(
        &mut self,
        count: usize,
        terms: impl Fn(usize) -> usize,
        format: impl Fn(usize, &mut Text) + Sync,
    ) -> io::Result<()> {
        let helpers = self.threads.min(count).saturating_sub(1);
        if helpers == 0 {
            for k in 0..count {
                self.one(|text| format(k, text), terms(k))?;
            }
            return Ok(());
        }
        let queue = Queue::new(count, AHEAD * self.threads);
        std::thread::scope(|scope| {
            for _ in 0..helpers {
                // Without a second thread this one does everything.
                let _ = std::thread::Builder::new().spawn_scoped(scope, || queue.help(&format));
            }
            queue.drain(&format, |k, bytes| self.hand_on(bytes, terms(k)))
        })
    }

    fn one(&mut self, format: impl FnOnce(&mut Text), terms: usize) -> io::Result<()> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        format(&mut text);
        self.hand_on(text.bytes(), terms)?;
        self.text = text;
        Ok(())
    }

    fn hand_on(&mut self, bytes: &[u8], terms: usize) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.progress.bytes += bytes.len() as u64;
        let progress = &mut self.progress;
        progress.done = progress.total.min(progress.done + terms as u64);
        self.watch.map_or(Ok(()), |watch| watch.written(self.progress))
    }
}
