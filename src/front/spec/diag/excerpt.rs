//! The part of a very long line that an error speaks of.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::Diagnostic;
use crate::front::spec::span::Span;

/// Lines of an error that have up to this many bytes together are shown whole.
const LONG: usize = 2000;
/// Bytes shown before the place of an error, and from there on.
const BEFORE: usize = 40;
const AFTER: usize = 80;

/// A part of one line, which knows where in the text it stands.
pub(super) struct Excerpt {
    name: String,
    shown: String,
    /// 0-based line, and 0-based byte of the line at which the part begins.
    line: usize,
    column: usize,
}

impl Excerpt {
    /// The part of a long line around an error, and the error with its places in that part. `None`
    /// where all lines that the error points to are short.
    pub(super) fn of(
        name: &str,
        text: &str,
        diagnostic: &Diagnostic,
    ) -> Option<(Excerpt, Diagnostic)> {
        let others = diagnostic.related.iter().map(|(span, _)| *span);
        if std::iter::once(diagnostic.span).chain(others).all(|s| short(text, s)) {
            return None;
        }
        let at = boundary(text, diagnostic.span.start);
        let (begin, end) = (line_begin(text, at), line_end(text, at));
        let from = boundary(text, at.saturating_sub(BEFORE)).max(begin);
        let to = boundary(text, at.saturating_add(AFTER)).clamp(from, end);
        let within = |s: Span| Span {
            start: s.start.clamp(from, to) - from,
            end: s.end.clamp(from, to) - from,
        };
        let mut moved = diagnostic.clone();
        moved.span = within(diagnostic.span);
        // What lies elsewhere cannot be pointed to.
        moved.related.retain(|(s, _)| (from..to).contains(&s.start));
        for (span, _) in &mut moved.related {
            *span = within(*span);
        }
        let shown = text.get(from..to).unwrap_or_default().to_owned();
        let line = text.get(..at).unwrap_or_default().matches('\n').count();
        Some((Excerpt { name: name.to_owned(), shown, line, column: from - begin }, moved))
    }

    /// Bytes of the part.
    pub(super) fn length(&self) -> usize {
        self.shown.len()
    }
}

/// Whether the lines from the start to the end of `span` are short together.
fn short(text: &str, span: Span) -> bool {
    let (start, end) = (boundary(text, span.start), boundary(text, span.end.max(span.start)));
    line_end(text, end) - line_begin(text, start) <= LONG
}

fn line_begin(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|t| t.find('\n')).map_or(text.len(), |n| at + n)
}

/// The nearest boundary of characters at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(0)
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.shown.read_span(span, before, after)?;
        let column = if read.line() == 0 { read.column() + self.column } else { read.column() };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            read.data(),
            *read.span(),
            read.line() + self.line,
            column,
            read.line_count(),
        )))
    }
}
