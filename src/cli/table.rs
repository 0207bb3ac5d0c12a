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

#[cfg(test)]
mod tests {
    use super::*;

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
