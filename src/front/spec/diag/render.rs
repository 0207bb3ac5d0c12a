//! How errors look: plain for files, tests and pipes, coloured for terminals.

use std::fmt;

use miette::{
    Diagnostic as Shown, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource,
    SourceCode,
};

use super::excerpt::Excerpt;
use super::{Code, Diagnostic, Diagnostics};
use crate::front::printable::{printable, printable_in_place};
use crate::front::spec::span::Span;

/// Columns of the plain rendering.
const WIDTH: usize = 100;

impl Diagnostics {
    /// Every error with its source line, in ASCII, without colour, 100 columns wide: the same
    /// bytes everywhere.
    #[must_use]
    pub fn plain(&self) -> String {
        let theme = GraphicalTheme::none();
        let handler = GraphicalReportHandler::new_themed(theme).with_width(WIDTH);
        self.render(&handler.with_links(false))
    }

    /// Every error for a terminal of `width` columns, in colour.
    #[must_use]
    pub fn coloured(&self, width: usize) -> String {
        let theme = GraphicalTheme::unicode();
        let handler = GraphicalReportHandler::new_themed(theme).with_width(width);
        self.render(&handler.with_links(false))
    }

    fn render(&self, handler: &GraphicalReportHandler) -> String {
        let name = printable(&self.name);
        let text = printable_in_place(&self.text);
        let source = NamedSource::new(&name, text.clone().into_owned());
        let mut out = String::new();
        for diagnostic in &self.list {
            let diagnostic = &diagnostic.printable();
            // Writing to a string fails only if the handler does; the sentence is kept then.
            if diagnostic.code == Code::Unreadable.id() {
                // There is no line to show.
                let Diagnostic { code, message, help, .. } = diagnostic;
                out.push_str(&format!("{code}\n\n  x {message}\n  help: {help}\n"));
                continue;
            }
            let rendered = match Excerpt::of(&name, &text, diagnostic) {
                Some((excerpt, diagnostic)) => {
                    let length = excerpt.length();
                    let view = View { diagnostic: &diagnostic, source: &excerpt, length };
                    handler.render_report(&mut out, &view)
                }
                None => {
                    let view = View { diagnostic, source: &source, length: self.text.len() };
                    handler.render_report(&mut out, &view)
                }
            };
            if rendered.is_err() {
                out.push_str(&diagnostic.message);
            }
            out.push('\n');
        }
        if self.more > 0 {
            let them = if self.more == 1 { "error" } else { "errors" };
            out.push_str(&format!("and {} more {them}; correct these first\n", self.more));
        }
        let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().to_string() + "\n"
    }
}

/// One error as `miette` sees it.
struct View<'a> {
    diagnostic: &'a Diagnostic,
    source: &'a dyn SourceCode,
    length: usize,
}

impl View<'_> {
    fn labelled(&self, span: Span, label: &str) -> LabeledSpan {
        let start = span.start.min(self.length);
        let end = span.end.clamp(start, self.length);
        LabeledSpan::new(Some(label.to_string()), start, end - start)
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl fmt::Display for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.message)
    }
}

impl std::error::Error for View<'_> {}

impl Shown for View<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.diagnostic.code))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = &self.diagnostic.help;
        (!help.is_empty()).then(|| -> Box<dyn fmt::Display + 'a> { Box::new(help) })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let main = self.labelled(self.diagnostic.span, &self.diagnostic.label);
        let others =
            self.diagnostic.related.iter().map(|(span, label)| self.labelled(*span, label));
        Some(Box::new(std::iter::once(main).chain(others)))
    }
}
