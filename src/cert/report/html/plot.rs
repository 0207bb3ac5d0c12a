//! The little drawing kit of the report: axes, lines, bands and marks as SVG text.

use std::fmt::Write as _;

/// A plot area with linear axes.
#[derive(Clone, Debug)]
pub struct Plot {
    /// Width and height of the whole picture.
    size: (f64, f64),
    /// Data ranges.
    x: (f64, f64),
    y: (f64, f64),
    body: String,
}

/// Space for axis labels: left, right, top, bottom.
const MARGIN: (f64, f64, f64, f64) = (54.0, 12.0, 10.0, 34.0);

impl Plot {
    /// An empty plot of the given size over the given ranges, which are widened a little.
    #[must_use]
    pub fn new(size: (f64, f64), x: (f64, f64), y: (f64, f64)) -> Self {
        Plot { size, x: widened(x, 0.04), y: widened(y, 0.08), body: String::new() }
    }

    /// The range of the x axis after widening.
    #[must_use]
    pub fn x_range(&self) -> (f64, f64) {
        self.x
    }

    /// The range of the y axis after widening.
    #[must_use]
    pub fn y_range(&self) -> (f64, f64) {
        self.y
    }

    /// Picture coordinates of a data point.
    #[must_use]
    pub fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let (left, right, top, bottom) = MARGIN;
        let u = (x - self.x.0) / (self.x.1 - self.x.0);
        let v = (y - self.y.0) / (self.y.1 - self.y.0);
        (
            left + u * (self.size.0 - left - right),
            self.size.1 - bottom - v * (self.size.1 - top - bottom),
        )
    }

    /// Adds raw SVG.
    pub fn raw(&mut self, svg: &str) {
        self.body.push_str(svg);
        self.body.push('\n');
    }

    /// A line through data points.
    pub fn line(&mut self, points: &[(f64, f64)], class: &str) {
        if points.is_empty() {
            return;
        }
        let text = self.path(points);
        let _ = writeln!(self.body, r#"<polyline class="{class}" points="{text}"/>"#);
    }

    /// A filled band between two curves over the same abscissae.
    pub fn band(&mut self, lower: &[(f64, f64)], upper: &[(f64, f64)], class: &str) {
        let around: Vec<(f64, f64)> = lower.iter().chain(upper.iter().rev()).copied().collect();
        let text = self.path(&around);
        let _ = writeln!(self.body, r#"<polygon class="{class}" points="{text}"/>"#);
    }

    fn path(&self, points: &[(f64, f64)]) -> String {
        let mut out = String::new();
        for &(x, y) in points {
            let (px, py) = self.at(x, y);
            let _ = write!(out, "{px:.2},{py:.2} ");
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// A disc at a data point; `title` shows on hovering.
    pub fn disc(&mut self, x: f64, y: f64, radius: f64, class: &str, title: &str) {
        let (px, py) = self.at(x, y);
        let title = escape(title);
        let _ = writeln!(
            self.body,
            r#"<circle class="{class}" cx="{px:.2}" cy="{py:.2}" r="{radius}"><title>{title}</title></circle>"#
        );
    }

    /// A square at a data point; `title` shows on hovering.
    pub fn square(&mut self, x: f64, y: f64, half: f64, class: &str, title: &str) {
        let (px, py) = self.at(x, y);
        let title = escape(title);
        let _ = writeln!(
            self.body,
            r#"<rect class="{class}" x="{:.2}" y="{:.2}" width="{w}" height="{w}"><title>{title}</title></rect>"#,
            px - half,
            py - half,
            w = 2.0 * half
        );
    }

    /// Text beside a data point, moved by `(dx, dy)` picture units.
    pub fn text(&mut self, x: f64, y: f64, (dx, dy): (f64, f64), class: &str, text: &str) {
        let (px, py) = self.at(x, y);
        let _ = writeln!(
            self.body,
            r#"<text class="{class}" x="{:.2}" y="{:.2}">{}</text>"#,
            px + dx,
            py + dy,
            escape(text)
        );
    }

    /// The finished picture with axes, named `label` for readers that cannot see it.
    #[must_use]
    pub fn finish(self, x_name: &str, y_name: &str, label: &str, whole_x: bool) -> String {
        let (w, h) = self.size;
        let (left, right, top, bottom) = MARGIN;
        let mut out =
            format!(r#"<svg viewBox="0 0 {w} {h}" role="img" aria-label="{}">"#, escape(label));
        out.push('\n');
        for t in ticks(self.x, if whole_x { 8 } else { 6 }) {
            if whole_x && t.fract() != 0.0 {
                continue;
            }
            let (px, _) = self.at(t, self.y.0);
            let _ = writeln!(
                out,
                r#"<line class="grid" x1="{px:.2}" y1="{top}" x2="{px:.2}" y2="{y:.2}"/><text class="tick" text-anchor="middle" x="{px:.2}" y="{ty:.2}">{}</text>"#,
                tick_text(t),
                y = h - bottom,
                ty = h - bottom + 13.0
            );
        }
        for t in ticks(self.y, 5) {
            let (_, py) = self.at(self.x.0, t);
            let _ = writeln!(
                out,
                r#"<line class="grid" x1="{left}" y1="{py:.2}" x2="{x:.2}" y2="{py:.2}"/><text class="tick" text-anchor="end" x="{tx:.2}" y="{ty:.2}">{}</text>"#,
                tick_text(t),
                x = w - right,
                tx = left - 5.0,
                ty = py + 3.5
            );
        }
        out.push_str(&self.body);
        let _ = writeln!(
            out,
            r#"<rect class="frame" x="{left}" y="{top}" width="{:.2}" height="{:.2}"/>"#,
            w - left - right,
            h - top - bottom
        );
        let _ = writeln!(
            out,
            r#"<text class="axis" text-anchor="middle" x="{:.2}" y="{:.2}">{}</text>"#,
            (left + w - right) / 2.0,
            h - 4.0,
            escape(x_name)
        );
        if !y_name.is_empty() {
            let y = (top + h - bottom) / 2.0;
            let _ = writeln!(
                out,
                r#"<text class="axis" text-anchor="middle" transform="translate(11 {y:.2}) rotate(-90)">{}</text>"#,
                escape(y_name)
            );
        }
        out.push_str("</svg>\n");
        out
    }
}

/// The smallest range that holds all finite values, or `(0, 1)`.
#[must_use]
pub fn range(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let mut out = (f64::INFINITY, f64::NEG_INFINITY);
    for v in values {
        if v.is_finite() {
            out = (out.0.min(v), out.1.max(v));
        }
    }
    if out.0 > out.1 { (0.0, 1.0) } else { out }
}

fn widened((lo, hi): (f64, f64), part: f64) -> (f64, f64) {
    let width = hi - lo;
    let by = if width > 0.0 { width * part } else { 0.5 * lo.abs().max(1.0) * 0.2 };
    (lo - by, hi + by)
}

/// Round numbers (1, 2 or 5 times a power of ten apart) inside a range, about `wanted` of them.
fn ticks((lo, hi): (f64, f64), wanted: usize) -> Vec<f64> {
    let raw = (hi - lo) / wanted as f64;
    if !(raw.is_finite() && raw > 0.0) {
        return Vec::new();
    }
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|m| m * power)
        .find(|s| *s >= raw)
        .unwrap_or(10.0 * power);
    let first = (lo / step).ceil() as i64;
    let last = (hi / step).floor() as i64;
    (first..=last).take(64).map(|k| k as f64 * step).collect()
}

fn tick_text(t: f64) -> String {
    super::super::short(if t.abs() < 1e-12 { 0.0 } else { t })
}

/// Text made safe for HTML.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(ticks((0.0, 1.0), 5), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
        assert_eq!(ticks((-3.0, 12.0), 3), [0.0, 5.0, 10.0]);
        assert!(ticks((1.0, 1.0), 5).is_empty());
        assert!(ticks((f64::NAN, 1.0), 5).is_empty());
    }

    #[test]
    fn nothing_escapes_into_markup() {
        assert_eq!(escape("<b a='\"'>&"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }

    #[test]
    fn corners_of_the_data_lie_inside_the_picture() {
        let plot = Plot::new((300.0, 200.0), (0.0, 10.0), (-1.0, 1.0));
        let (x0, y0) = plot.at(0.0, -1.0);
        let (x1, y1) = plot.at(10.0, 1.0);
        assert!(x0 > MARGIN.0 && x1 < 300.0 - MARGIN.1 && x0 < x1);
        assert!(y1 > MARGIN.2 && y0 < 200.0 - MARGIN.3 && y1 < y0);
    }
}
