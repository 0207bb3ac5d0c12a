//! Who searches when, and from where.

use super::gradient::Run;
use super::slope::Shape;
use super::{Method, Search};

/// A rival and the best point that was found for it.
struct Record {
    rival: usize,
    lead: f64,
    point: Vec<i64>,
}

impl Search<'_> {
    /// All methods in turn, until the work is done.
    pub(super) fn all(&mut self) {
        let home = self.room.home.clone();
        let mut state = self.state(&home);
        self.offer(&mut state, Method::Start);
        let mut records: Vec<Record> = self
            .rivals
            .iter()
            .map(|r| Record { rival: *r, lead: state.lead(*r, self.class), point: home.clone() })
            .collect();
        for point in self.options.starts.iter().filter(|k| self.points.holds(k)) {
            let mut state = self.state(point);
            self.offer(&mut state, Method::Start);
            for record in &mut records {
                let lead = state.lead(record.rival, self.class);
                if lead > record.lead {
                    (record.lead, record.point) = (lead, point.clone());
                }
            }
        }
        let rank = |records: &mut Vec<Record>| {
            records.sort_by(|a, b| b.lead.total_cmp(&a.lead).then(a.rival.cmp(&b.rival)));
        };
        rank(&mut records);
        let mut round = 0;
        while !self.over() {
            // Ever fewer rivals, the best ones; now and then all again.
            let count =
                [records.len(), records.len().div_ceil(2), records.len().div_ceil(4), 1][round % 4];
            for record in records.iter_mut().take(count) {
                if self.over() {
                    break;
                }
                self.turn(record, round);
            }
            rank(&mut records);
            round += 1;
        }
    }

    /// One turn of all methods for a rival.
    fn turn(&mut self, record: &mut Record, round: usize) {
        let before = self.work;
        for method in Method::ALL {
            if !self.options.methods.contains(&method) || self.over() {
                continue;
            }
            // The quickest one first, for all rivals.
            let alone = self.options.methods.contains(&Method::Gradient);
            if round == 0 && alone && method != Method::Gradient {
                continue;
            }
            let rival = record.rival;
            let point = match method {
                Method::Start => continue,
                Method::Climb => {
                    let from = match round % 3 {
                        1 => self.room.random(&mut self.rng),
                        _ => record.point.clone(),
                    };
                    let moves = [4, 12, 24, 48][round.min(3)] * self.net.inputs;
                    self.climb(rival, &from, moves, [0.02, 0.2, 0.05][round % 3])
                }
                Method::Gradient => {
                    let from = match round % 3 {
                        0 => self.room.home.clone(),
                        1 => self.room.random(&mut self.rng),
                        _ => record.point.clone(),
                    };
                    let shape =
                        if round.is_multiple_of(2) { Shape::Smooth } else { Shape::Straight };
                    let widths = if round % 4 < 2 { (1.0, 0.05) } else { (0.4, 0.01) };
                    let steps = [30, 60, 100, 200][round.min(3)];
                    self.gradient(rival, &from, Run { shape, widths, steps })
                }
                Method::Patterns => {
                    // A little more than there is, or an attack.
                    let goal = match round % 3 {
                        0 => record.lead + 2.0,
                        1 => record.lead + 8.0,
                        _ => record.lead.max(0.0) + 2.0,
                    };
                    let from = match round % 3 {
                        2 => self.room.random(&mut self.rng),
                        _ => record.point.clone(),
                    };
                    self.patterns(rival, &from, goal, 25)
                }
            };
            let mut state = self.state(&point);
            self.account(&mut state);
            let lead = state.lead(rival, self.class);
            if lead > record.lead {
                *record = Record { rival, lead, point };
            }
        }
        // Nothing that moves still ends.
        if self.work == before {
            self.work += self.net.size();
        }
    }
}
