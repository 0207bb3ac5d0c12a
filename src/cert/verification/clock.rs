//! The time that a piece of work may take.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A time limit, which began to run, and the wish of a person to stop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock<'a> {
    begin: Instant,
    limit: Option<Duration>,
    stop: &'a AtomicBool,
}

impl<'a> Clock<'a> {
    /// Begins now; `seconds` too large to count are no limit.
    pub fn new(seconds: Option<f64>, stop: &'a AtomicBool) -> Self {
        let limit = seconds.and_then(|s| Duration::try_from_secs_f64(s).ok());
        Clock { begin: Instant::now(), limit, stop }
    }

    /// Seconds since it began.
    pub fn seconds(&self) -> f64 {
        self.begin.elapsed().as_secs_f64()
    }

    /// What is left of the limit.
    pub fn left(&self) -> Option<Duration> {
        Some(self.limit?.saturating_sub(self.begin.elapsed()))
    }

    /// When a share of what is left is used up.
    pub fn share(&self, share: f64) -> Option<Instant> {
        // A limit beyond what a clock can say is none.
        Instant::now().checked_add(self.left()?.mul_f64(share))
    }

    /// Seconds until an instant: infinite where there is none, 0 once somebody wishes to stop.
    pub fn until(&self, end: Option<Instant>) -> f64 {
        let left = |end: Instant| end.saturating_duration_since(Instant::now()).as_secs_f64();
        if self.stopped() { 0.0 } else { end.map_or(f64::INFINITY, left) }
    }

    /// Whether somebody wishes to stop.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether the time is over, or somebody wishes to stop.
    pub fn over(&self) -> bool {
        self.stopped() || self.left().is_some_and(|left| left.is_zero())
    }

    /// Does work with a flag that is raised when this clock is over.
    pub fn guard<T>(&self, work: impl FnOnce(&AtomicBool) -> T) -> T {
        self.guard_until(self.share(1.0), work)
    }

    /// Does work with a flag that is raised at an instant, or when somebody wishes to stop.
    pub fn guard_until<T>(&self, until: Option<Instant>, work: impl FnOnce(&AtomicBool) -> T) -> T {
        /// How soon a wish is noticed.
        const NOTICE: Duration = Duration::from_millis(20);
        /// Ends the watch, whichever way the work ends.
        struct Over<'t>(&'t AtomicBool, std::thread::Thread);
        impl Drop for Over<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Release);
                self.1.unpark();
            }
        }
        let late = self.stopped() || until.is_some_and(|u| Instant::now() >= u);
        let (flag, over) = (AtomicBool::new(late), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let watch = scope.spawn(|| {
                while !over.load(Ordering::Acquire) {
                    let now = Instant::now();
                    if self.stopped() || until.is_some_and(|u| now >= u) {
                        flag.store(true, Ordering::Relaxed);
                        break;
                    }
                    let wait = until.map_or(NOTICE, |u| u.duration_since(now).min(NOTICE));
                    std::thread::park_timeout(wait);
                }
            });
            let _over = Over(&over, watch.thread().clone());
            work(&flag)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Waits for a flag, and gives up after ten seconds.
    fn raised(flag: &AtomicBool) -> bool {
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(10) {
            if flag.load(Ordering::Relaxed) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        false
    }

    #[test]
    fn the_flag_is_raised_by_time_and_by_a_wish() {
        let never = AtomicBool::new(false);
        let clock = Clock::new(Some(0.05), &never);
        assert!(!clock.over());
        assert_eq!(clock.until(None), f64::INFINITY);
        let share = clock.until(clock.share(0.5));
        assert!(share > 0.0 && share <= 0.025, "{share}");
        assert_eq!(clock.until(Some(clock.begin)), 0.0);
        assert!(clock.guard(raised) && clock.over() && !clock.stopped());
        let wish = AtomicBool::new(true);
        let clock = Clock::new(None, &wish);
        assert!(clock.guard(raised) && clock.over() && clock.stopped());
        assert_eq!((clock.left(), clock.share(0.5)), (None, None));
        assert_eq!(clock.until(None), 0.0);
    }

    /// Without a limit and without a wish the flag stays down, and work ends when it is done.
    #[test]
    fn work_without_a_limit_is_left_alone() {
        let never = AtomicBool::new(false);
        // What a clock cannot say is no limit: 1e19 seconds are a duration and no instant.
        let clock = Clock::new(Some(1e19), &never);
        assert_eq!((clock.share(1.0), clock.over()), (None, false));
        let clock = Clock::new(Some(1e300), &never);
        let early = |flag: &AtomicBool| {
            std::thread::sleep(Duration::from_millis(60));
            flag.load(Ordering::Relaxed)
        };
        assert!(!clock.guard(early));
    }
}
