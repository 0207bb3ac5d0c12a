//! Ctrl-C: the first one asks the work to stop and keep what it has, the second one ends it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Output;

/// A flag that Ctrl-C raises. Call once a process.
pub fn flag(out: &Output) -> Arc<AtomicBool> {
    flag_saying(out, "the best bound and attack so far are kept")
}

/// As [`flag`]; what becomes of the work is said in words.
pub fn flag_saying(out: &Output, words: &'static str) -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    let out = *out;
    let installed = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        out.note(&format!("stopping; {words} (Ctrl-C again to end at once)"));
    });
    if installed.is_err() {
        out.note("Ctrl-C ends this process at once: no handler could be installed");
    }
    flag
}
