//! Level set of a function of the plane by marching squares.

/// A straight piece between two points.
pub type Segment = ((f64, f64), (f64, f64));

/// Straight pieces of `f = 0` inside the rectangle, from a grid of `cells` by `cells`.
#[must_use]
pub fn boundary(
    f: impl Fn(f64, f64) -> f64,
    x: (f64, f64),
    y: (f64, f64),
    cells: usize,
) -> Vec<Segment> {
    let at = |k: usize, (lo, hi): (f64, f64)| lo + (hi - lo) * k as f64 / cells as f64;
    let mut out = Vec::new();
    let values: Vec<Vec<f64>> =
        (0..=cells).map(|i| (0..=cells).map(|j| f(at(i, x), at(j, y))).collect()).collect();
    for (i, pair) in values.windows(2).enumerate() {
        let [left, right] = pair else { continue };
        for (j, (l, r)) in left.windows(2).zip(right.windows(2)).enumerate() {
            let ([a, d], [b, c]) = (l, r) else { continue };
            // Corners in turn: a bottom left, b bottom right, c top right, d top left.
            let (x0, x1, y0, y1) = (at(i, x), at(i + 1, x), at(j, y), at(j + 1, y));
            let corners = [(x0, y0, *a), (x1, y0, *b), (x1, y1, *c), (x0, y1, *d)];
            let mut crossings = Vec::with_capacity(4);
            for k in 0..4 {
                let (p, q) = (corners[k], corners[(k + 1) % 4]);
                if (p.2 < 0.0) != (q.2 < 0.0) {
                    let s = p.2 / (p.2 - q.2);
                    crossings.push((p.0 + s * (q.0 - p.0), p.1 + s * (q.1 - p.1)));
                }
            }
            for ends in crossings.chunks_exact(2) {
                out.push((ends[0], ends[1]));
            }
        }
    }
    out
}

/// Joins pieces that share an end into longer lines, so that dashes run through.
#[must_use]
pub fn chains(mut pieces: Vec<Segment>, near: f64) -> Vec<Vec<(f64, f64)>> {
    let same = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() + (a.1 - b.1).abs() <= near;
    let mut out = Vec::new();
    while let Some((a, b)) = pieces.pop() {
        let mut line = std::collections::VecDeque::from([a, b]);
        while let (Some(&first), Some(&last)) = (line.front(), line.back()) {
            let next = pieces.iter().position(|&(a, b)| {
                same(a, last) || same(b, last) || same(a, first) || same(b, first)
            });
            let Some(k) = next else { break };
            let (a, b) = pieces.swap_remove(k);
            if same(a, last) {
                line.push_back(b);
            } else if same(b, last) {
                line.push_back(a);
            } else if same(a, first) {
                line.push_front(b);
            } else {
                line.push_front(a);
            }
        }
        out.push(line.into());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_where_it_is() {
        let segments = boundary(|x, y| x + 2.0 * y - 1.0, (0.0, 1.0), (0.0, 1.0), 10);
        assert!(segments.len() >= 10);
        for (a, b) in segments {
            for (x, y) in [a, b] {
                assert!((x + 2.0 * y - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn pieces_of_a_circle_join_to_one_line() {
        let f = |x: f64, y: f64| x * x + y * y - 1.0;
        let pieces = boundary(f, (-2.0, 2.1), (-2.0, 2.1), 33);
        let count = pieces.len();
        let lines = chains(pieces, 1e-9);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].len(), count + 1);
    }

    #[test]
    fn no_sign_change_gives_nothing() {
        assert!(boundary(|_, _| 1.0, (0.0, 1.0), (0.0, 1.0), 4).is_empty());
        assert!(boundary(|_, _| f64::NAN, (0.0, 1.0), (0.0, 1.0), 4).is_empty());
    }
}
