//! Plain tables that fit 100 columns.

/// Widest line.
pub const WIDTH: usize = 100;

/// Columns of text; the last one takes the room that is left and is cut where it must be.
#[must_use]
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let columns = head.len();
    let mut widths: Vec<usize> = head.iter().map(|h| h.chars().count()).collect();
    for row in rows {
        for (w, cell) in widths.iter_mut().zip(row) {
            *w = (*w).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    let head: Vec<String> = head.iter().map(|h| (*h).to_owned()).collect();
    for row in std::iter::once(&head).chain(rows) {
        let mut line = String::new();
        for (k, (cell, w)) in row.iter().zip(&widths).enumerate() {
            if k > 0 {
                line.push_str("  ");
            }
            line.push_str(cell);
            if k + 1 < columns {
                line.extend(std::iter::repeat_n(' ', w - cell.chars().count()));
            }
        }
        let shown: String = if line.chars().count() > WIDTH {
            line.chars().take(WIDTH - 3).chain("...".chars()).collect()
        } else {
            line
        };
        out.push_str(shown.trim_end());
        out.push('\n');
    }
    out
}

/// The lines of `text`, broken at blanks where they are wider than [`WIDTH`]; what goes on below is
/// set in as far as its line and two more. A word that is too long stays whole, as copies need it.
#[must_use]
pub fn wrapped(text: &str) -> String {
    broken(text, |inset| inset + 2)
}

/// As [`wrapped`], for lines of a name and a text that begins in column `at`: so does what goes on
/// below.
#[must_use]
pub fn hanging(text: &str, at: usize) -> String {
    broken(text, |_| at)
}

fn broken(text: &str, below: impl Fn(usize) -> usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let inset = line.chars().take_while(|c| *c == ' ').count();
        let mut width = 0;
        for (k, word) in line.trim_start().split(' ').enumerate() {
            let length = word.chars().count();
            if k == 0 {
                out.extend(std::iter::repeat_n(' ', inset));
                width = inset;
            } else if width + 1 + length > WIDTH {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', below(inset)));
                width = below(inset);
            } else {
                out.push(' ');
                width += 1;
            }
            out.push_str(word);
            width += length;
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_at_blanks_and_lose_nothing() {
        let words: Vec<String> = (0..60).map(|k| "w".repeat(1 + k % 9)).collect();
        let long = format!("  {}\nkey      value\n\n{}\n", words.join(" "), "x".repeat(130));
        let text = wrapped(&long);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.iter().filter(|l| l.len() > WIDTH).eq([lines.last().unwrap()]));
        assert!(lines[1].starts_with("    w") && text.contains("\nkey      value\n\nx"));
        let parts = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parts(&text), parts(&long));
        let text = hanging(&format!("name     {}", words.join(" ")), 9);
        let mut lines = text.lines();
        assert!(lines.next().is_some_and(|l| l.starts_with("name     w") && l.len() <= WIDTH));
        assert!(lines.clone().count() > 2 && lines.all(|l| l.starts_with("         w")), "{text}");
    }

    #[test]
    fn columns_line_up_and_lines_fit() {
        let rows =
            vec![vec!["a".to_owned(), "x".repeat(200)], vec!["longer".to_owned(), "y".to_owned()]];
        let text = table(&["name", "what"], &rows);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "name    what");
        assert_eq!(lines[2], "longer  y");
        assert_eq!(lines[1].chars().count(), WIDTH);
        assert!(lines[1].ends_with("..."));
    }
}
