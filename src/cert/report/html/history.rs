//! Bound and incumbent over time.

use super::super::Story;
use super::plot::{Plot, range};

/// The picture, or nothing when nothing changed during the search.
#[must_use]
pub fn draw(story: &Story<'_>) -> Option<String> {
    let history = &story.certificate.history;
    let moved =
        history.windows(2).any(|w| (w[0].bound, w[0].incumbent) != (w[1].bound, w[1].incumbent));
    if !moved {
        return None;
    }
    let bound: Vec<(f64, f64)> =
        history.iter().filter_map(|m| Some((m.seconds, m.bound?))).collect();
    let incumbent: Vec<(f64, f64)> =
        history.iter().filter_map(|m| Some((m.seconds, m.incumbent?))).collect();
    let end = history.iter().map(|m| m.seconds).fold(0.0, f64::max);
    // The first bounds of a solver may be far away; they would flatten the rest of the curve.
    let far = far_limits(&incumbent, &bound);
    let shown = |y: &f64| far.is_none_or(|(lo, hi)| (lo..=hi).contains(y));
    let y = range(bound.iter().chain(&incumbent).map(|p| p.1).filter(shown));
    let mut plot = Plot::new((460.0, 280.0), (0.0, end), y);
    let clip = plot.y_range();
    plot.line(&stairs(&bound, end, clip), "bound");
    plot.line(&stairs(&incumbent, end, clip), "incumbent");
    let svg = plot.finish("seconds", "value", "Bound and incumbent over time", false);
    Some(format!(
        "{svg}<div class=\"key\"><span>{}bound</span><span>{}best known value</span></div>",
        key("bound"),
        key("incumbent")
    ))
}

/// A line sample for a legend.
#[must_use]
pub fn key(class: &str) -> String {
    format!(
        r#"<svg viewBox="0 0 24 12"><line class="{class}" x1="1" y1="6" x2="23" y2="6"/></svg>"#
    )
}

/// Each value holds until the next one.
fn stairs(points: &[(f64, f64)], end: f64, clip: (f64, f64)) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::new();
    for &(x, y) in points {
        let y = y.clamp(clip.0, clip.1);
        if let Some(&(_, last)) = out.last() {
            out.push((x, last));
        }
        out.push((x, y));
    }
    if let Some(&(_, last)) = out.last() {
        out.push((end, last));
    }
    out
}

fn far_limits(incumbent: &[(f64, f64)], bound: &[(f64, f64)]) -> Option<(f64, f64)> {
    let (_, last_bound) = *bound.last()?;
    let (_, first_value) = *incumbent.first()?;
    let (_, last_value) = *incumbent.last()?;
    let (lo, hi) = range([last_bound, first_value, last_value]);
    let room = 4.0 * (hi - lo).max(1e-9 * (1.0 + hi.abs()));
    Some((lo - room, hi + room))
}
