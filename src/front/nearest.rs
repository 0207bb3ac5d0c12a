//! "Is `x0` meant?": the known name that is nearest to an unknown one.

/// The candidate with the fewest edits (insert, delete, replace, swap neighbours) from `name`, if
/// that is at most a third of its length (at least one edit). Capitals count as small letters,
/// unless candidates would be equal otherwise. The first of equals.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Names longer than this are no typing errors, and the distance takes quadratic time.
    const LONGEST: usize = 64;
    let short = |text: &str| {
        let chars: Vec<char> = text.chars().take(LONGEST + 1).collect();
        (chars.len() <= LONGEST).then_some(chars)
    };
    let name = short(name)?;
    let small_name = small(&name);
    let mut best: Option<((usize, usize), &str)> = None;
    for candidate in known {
        let Some(other) = short(candidate) else { continue };
        let longer = name.len().max(other.len());
        let edits = distance(&small_name, &small(&other));
        // A single letter replaced by another is a different name.
        if edits > (longer / 3).max(1) || edits >= longer {
            continue;
        }
        let score = (edits, distance(&name, &other));
        if best.is_none_or(|(least, _)| score < least) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn small(text: &[char]) -> Vec<char> {
    text.iter().flat_map(|c| c.to_lowercase()).collect()
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let d = |a: &str, b: &str| {
            distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(d("", "abc"), 3);
        assert_eq!(d("target", "target"), 0);
        assert_eq!(d("targte", "target"), 1);
        assert_eq!(d("kitten", "sitting"), 3);
    }

    #[test]
    fn suggestions() {
        let known = ["x0", "x1", "target"];
        assert_eq!(nearest("tagret", known), Some("target"));
        assert_eq!(nearest("X1", known), Some("x1"));
        assert_eq!(nearest("x1", ["x0", "X1"]), Some("X1"));
        assert_eq!(nearest("x1", ["X1", "x0", "x1"]), Some("x1"));
        assert_eq!(nearest("income", known), None);
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest(&"x".repeat(100_000), known), None);
    }
}
