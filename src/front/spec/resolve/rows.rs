//! Lists of rows.

use super::Context;
use crate::front::spec::ast::RowRange;
use crate::front::spec::diag::{Code, Diagnostic};

/// The rows in the order of the list, each at most once and below `count`, the number of rows of
/// the data set `name`.
pub(super) fn resolve(
    list: &[RowRange],
    count: usize,
    name: &str,
    cx: &mut Context<'_>,
) -> Option<Vec<usize>> {
    let mut rows = Vec::new();
    let mut used = vec![false; count];
    let before = cx.errors.len();
    for range in list {
        let first = range.first.node;
        let last = range.last.map_or(first, |l| l.node);
        if last < first {
            let message = format!("the range of rows {first}..{last} runs backwards");
            let error = Diagnostic::new(Code::RowRange, message, range.span());
            cx.error(error.label("this range").help("write the smaller row first"));
            continue;
        }
        if last >= count {
            let message = format!("data set `{name}` has no row {last}");
            let help = match count {
                0 => "it has no row".to_string(),
                _ => format!("its rows are 0 to {}; ranges include both ends", count - 1),
            };
            let error = Diagnostic::new(Code::RowOutside, message, range.span());
            cx.error(error.label("outside the data").help(help));
            continue;
        }
        let repeated = (first..=last).find(|row| used.get(*row).copied().unwrap_or_default());
        if let Some(row) = repeated {
            let message = format!("row {row} is named twice");
            let error = Diagnostic::new(Code::RowRange, message, range.span());
            cx.error(error.label("again").help("name each row once; ranges include both ends"));
            continue;
        }
        for row in first..=last {
            if let Some(used) = used.get_mut(row) {
                *used = true;
            }
            rows.push(row);
        }
    }
    (cx.errors.len() == before).then_some(rows)
}
