//! The live line: bound and incumbent while a search runs, bytes while a file is written.

use std::cell::RefCell;
use std::io;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::Output;
use crate::back::{Progress, Watch, stopped};
use crate::cert::report::short;
use crate::front::printable::printable;

/// Shows progress on a terminal as one live line, elsewhere as plain lines that get rarer.
#[derive(Debug)]
pub struct Live {
    out: Output,
    bar: Option<ProgressBar>,
    start: Instant,
    /// When the next plain line is due.
    due: Duration,
    last: String,
}

impl Live {
    /// Starts the clock; `what` is being done.
    pub fn start(out: &Output, what: &str) -> Self {
        let bar = out.live().then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
                bar.set_style(style);
            }
            bar.set_message(what.to_owned());
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        if bar.is_none() {
            out.note(what);
        }
        Live {
            out: *out,
            bar,
            start: Instant::now(),
            due: Duration::from_secs(1),
            last: String::new(),
        }
    }

    /// Shows the newest bound and best value, with what that is.
    pub fn moment(&mut self, bound: Option<f64>, (what, best): (&str, Option<f64>)) {
        let word = |v: Option<f64>| v.map_or_else(|| "none".to_owned(), short);
        let line = format!("bound {}  {what} {}", word(bound), word(best));
        self.line(line);
    }

    /// Prints something worth knowing above the live line.
    pub fn note(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.println(super::table::wrapped(&printable(text)).trim_end()),
            None => self.out.note(text),
        }
    }

    /// Shows any other news of the search.
    pub fn line(&mut self, line: String) {
        match &self.bar {
            Some(bar) => bar.set_message(line),
            None => {
                let elapsed = self.start.elapsed();
                if elapsed >= self.due && line != self.last {
                    self.out.note(&format!("{:7.1} s  {line}", elapsed.as_secs_f64()));
                    self.due = elapsed.mul_f64(1.5);
                    self.last = line;
                }
            }
        }
    }

    /// Removes the live line.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// How far a file is, in words.
pub fn written(progress: Progress) -> String {
    let Progress { bytes, done, total } = progress;
    let megabytes = bytes as f64 / 1e6;
    match total {
        0 => format!("written {megabytes:.0} MB"),
        _ => format!("written {megabytes:.0} MB, {:.0} %", 100.0 * done as f64 / total as f64),
    }
}

/// Shows a long writing, and ends it when it is asked to.
#[derive(Debug)]
pub struct Writing<'a> {
    out: &'a Output,
    stop: &'a AtomicBool,
    start: Instant,
    state: RefCell<(Duration, Option<Live>)>,
}

/// What is written within this time needs no progress.
const SHORT: Duration = Duration::from_millis(500);
/// Time between two lines on a terminal.
const STEP: Duration = Duration::from_millis(100);

impl<'a> Writing<'a> {
    pub fn new(out: &'a Output, stop: &'a AtomicBool) -> Self {
        Writing { out, stop, start: Instant::now(), state: RefCell::new((SHORT, None)) }
    }

    /// Removes the live line.
    pub fn finish(self) {
        if let Some(live) = self.state.into_inner().1 {
            live.finish();
        }
    }
}

impl Watch for Writing<'_> {
    fn written(&self, progress: Progress) -> io::Result<()> {
        let elapsed = self.start.elapsed();
        let mut state = self.state.borrow_mut();
        let (due, live) = &mut *state;
        if elapsed >= *due {
            *due = elapsed + STEP;
            live.get_or_insert_with(|| Live::start(self.out, "writing")).line(written(progress));
        }
        stopped(self.stop)
    }
}
