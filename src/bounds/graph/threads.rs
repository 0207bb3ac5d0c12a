//! The same work on several threads, and its numbered results in order.

/// Runs `work` on `threads` threads at once, this one among them; each takes items that they
/// share until there are none, and returns what became of them with their numbers. All results, by number.
pub(super) fn gather<T: Send>(
    threads: usize,
    work: impl Fn() -> Vec<(usize, T)> + Sync,
) -> Vec<(usize, T)> {
    if threads < 2 {
        return work();
    }
    let work = &work;
    let mut all = std::thread::scope(|scope| {
        let handles: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for h in handles {
            match h.join() {
                Ok(part) => all.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|a| a.0);
    all
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_and_each_once() {
        for threads in [0, 1, 2, 5] {
            let next = AtomicUsize::new(0);
            let work = || {
                let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|k| *k < 100);
                std::iter::from_fn(take).map(|k| (k, k * k)).collect()
            };
            let all = gather(threads, work);
            assert!(all.iter().enumerate().all(|(k, a)| *a == (k, k * k)), "{threads}: {all:?}");
            assert_eq!(all.len(), 100);
        }
    }
}
