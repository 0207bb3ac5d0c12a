//! The little drawing kit of the report: axes, lines, bands and marks as SVG text.

use std::fmt::Write as _;

use super::super::short;
use crate::front::printable::number;

/// A plot area with linear axes.
#[derive(Clone, Debug)]
pub struct Plot {
    /// Width and height of the whole picture.
    size: (f64, f64),
    /// Data ranges.
    x: (f64, f64),
    y: (f64, f64),
    body: String,
    /// Where labels stand: left, right, top, bottom.
    labels: Vec<(f64, f64, f64, f64)>,
}

/// Space for axis labels: left, right, top, bottom.
const MARGIN: (f64, f64, f64, f64) = (68.0, 12.0, 10.0, 34.0);

impl Plot {
    /// An empty plot of the given size over the given ranges, which are widened a little.
    #[must_use]
    pub fn new(size: (f64, f64), x: (f64, f64), y: (f64, f64)) -> Self {
        Plot {
            size,
            x: widened(x, 0.04),
            y: widened(y, 0.08),
            body: String::new(),
            labels: Vec::new(),
        }
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

    /// A label beside a data point, in the first of four corners where no other label stands. Where
    /// all are taken there is none: two on one another cannot be read.
    pub fn label(&mut self, x: f64, y: f64, class: &str, text: &str) {
        const AWAY: f64 = 8.0;
        let (px, py) = self.at(x, y);
        let width = width(text);
        let corners = [(AWAY, -5.0), (-AWAY - width, -5.0), (AWAY, 12.0), (-AWAY - width, 12.0)];
        let free = corners.into_iter().find_map(|(dx, dy)| {
            let (left, bottom) = (px + dx, py + dy);
            let place = (left, left + width, bottom - HEIGHT, bottom);
            let apart = |o: &(f64, f64, f64, f64)| {
                place.1 <= o.0 || o.1 <= place.0 || place.3 <= o.2 || o.3 <= place.2
            };
            self.labels.iter().all(apart).then_some(place)
        });
        let Some(place) = free else { return };
        self.labels.push(place);
        let _ = writeln!(
            self.body,
            r#"<text class="{class}" x="{:.2}" y="{:.2}">{}</text>"#,
            place.0,
            place.3,
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
        let mut at = ticks(self.x, if whole_x { 8 } else { 6 });
        at.retain(|t| !whole_x || t.fract() == 0.0);
        let (texts, x_from) = tick_texts(&at);
        let mut end = f64::NEG_INFINITY;
        for (t, text) in at.into_iter().zip(texts) {
            let (px, _) = self.at(t, self.y.0);
            let half = width(&text) / 2.0;
            // A text that would run into the one before is left out; its line stays.
            let text = if px - half < end + 4.0 { "" } else { &text };
            if !text.is_empty() {
                end = px + half;
            }
            let _ = writeln!(
                out,
                r#"<line class="grid" x1="{px:.2}" y1="{top}" x2="{px:.2}" y2="{y:.2}"/><text class="tick" text-anchor="middle" x="{px:.2}" y="{ty:.2}">{text}</text>"#,
                y = h - bottom,
                ty = h - bottom + 13.0
            );
        }
        let at = ticks(self.y, 5);
        let (texts, y_from) = tick_texts(&at);
        for (t, text) in at.into_iter().zip(texts) {
            let (_, py) = self.at(self.x.0, t);
            let _ = writeln!(
                out,
                r#"<line class="grid" x1="{left}" y1="{py:.2}" x2="{x:.2}" y2="{py:.2}"/><text class="tick" text-anchor="end" x="{tx:.2}" y="{ty:.2}">{text}</text>"#,
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
            escape(&axis_name(x_name, x_from))
        );
        let y_name = axis_name(y_name, y_from);
        if !y_name.is_empty() {
            let y = (top + h - bottom) / 2.0;
            let _ = writeln!(
                out,
                r#"<text class="axis" text-anchor="middle" transform="translate(11 {y:.2}) rotate(-90)">{}</text>"#,
                escape(&y_name)
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

/// Height of a label in picture units.
const HEIGHT: f64 = 9.0;

/// About the width of a label in picture units.
fn width(text: &str) -> f64 {
    6.0 * text.chars().count() as f64
}

/// The texts of ticks, no two of them alike. Where six digits do not tell them apart they say how
/// far each is from the first, which is returned.
fn tick_texts(ticks: &[f64]) -> (Vec<String>, Option<f64>) {
    let near = ticks.windows(2).map(|w| (w[1] - w[0]).abs()).fold(f64::INFINITY, f64::min);
    let text = |t: f64| short(if t.abs() < 1e-9 * near { 0.0 } else { t });
    let plain: Vec<String> = ticks.iter().map(|t| text(*t)).collect();
    match ticks.first() {
        Some(first) if plain.windows(2).any(|w| w[0] == w[1]) => {
            // The steps are round; their sums are not.
            let step = |k: usize| text(round(k as f64 * near));
            ((0..ticks.len()).map(|k| format!("+{}", step(k))).collect(), Some(*first))
        }
        Some(_) | None => (plain, None),
    }
}

/// The nearest number of three digits.
fn round(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

/// The name of an axis whose ticks count from a number.
fn axis_name(name: &str, from: Option<f64>) -> String {
    match from {
        None => name.to_owned(),
        Some(from) => format!("{name} from {}", number(from)).trim_start().to_owned(),
    }
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

    /// The texts of the picture of this class.
    fn texts<'a>(svg: &'a str, class: &str) -> Vec<&'a str> {
        let start = format!("<text class=\"{class}\"");
        let parts = svg.split(&start).skip(1);
        parts.map(|p| &p[p.find('>').unwrap() + 1..p.find('<').unwrap()]).collect()
    }

    #[test]
    fn no_two_ticks_are_alike() {
        let ranges = [
            (0.0, 1.0),
            (-0.290_980_109, -0.290_980_108),
            (1_234.567_89, 1_234.567_9),
            (1e-13, 3e-13),
            (-1e-13, 1e-13),
            (1e9, 1e9 + 10.0),
        ];
        for range in ranges {
            let svg = Plot::new((300.0, 200.0), range, range).finish("a", "b", "c", false);
            let mut found = texts(&svg, "tick");
            found.retain(|t| !t.is_empty());
            let (all, axes) = (found.len(), texts(&svg, "axis"));
            found.sort_unstable();
            found.dedup();
            // Both axes have the same range, x perhaps with more ticks or fewer.
            assert!(all >= 4 && found.len() * 2 >= all, "{range:?}: {found:?}");
            let (own, from) = tick_texts(&ticks(range, 5));
            let mut different = own.clone();
            different.sort_unstable();
            different.dedup();
            assert_eq!(different.len(), own.len(), "{own:?}");
            assert_eq!(from.is_some(), axes.iter().any(|a| a.contains(" from ")), "{axes:?}");
        }
        let (own, from) = tick_texts(&[0.123_456_781, 0.123_456_783, 0.123_456_785]);
        assert_eq!(
            (own, from),
            (["+0", "+2e-9", "+4e-9"].map(String::from).into(), Some(0.123_456_781))
        );
    }

    #[test]
    fn texts_of_ticks_do_not_run_into_one_another() {
        let wide = Plot::new((300.0, 200.0), (1.234_56e-7, 1.3e-7), (0.0, 1.0));
        let mut end = f64::NEG_INFINITY;
        let mut shown = 0;
        let at = ticks(wide.x, 6);
        let xs: Vec<f64> = at.iter().map(|t| wide.at(*t, 0.0).0).collect();
        let svg = wide.finish("a", "", "c", false);
        for (text, x) in texts(&svg, "tick").into_iter().zip(xs).filter(|(t, _)| !t.is_empty()) {
            assert!(x - width(text) / 2.0 > end);
            end = x + width(text) / 2.0;
            shown += 1;
        }
        assert!(shown >= 2 && shown < at.len() + 1);
    }

    #[test]
    fn labels_stand_apart() {
        let mut plot = Plot::new((300.0, 200.0), (0.0, 10.0), (-1.0, 1.0));
        for k in 0..8 {
            plot.label(5.0, 0.0, "mark", &k.to_string());
        }
        plot.label(9.0, 0.5, "mark", "8");
        // Four corners, and the point that is elsewhere.
        assert_eq!(texts(&plot.body, "mark"), ["0", "1", "2", "3", "8"]);
        let mut places = plot.labels.clone();
        places.dedup();
        assert_eq!(places.len(), 5);
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
