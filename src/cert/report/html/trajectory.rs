//! Parameter trajectories, clean against worst case, inside their proved bounds.

use std::fmt::Write as _;

use crate::network::Parameters;

use super::super::Story;
use super::history::key;
use super::plot::{Plot, escape, range};

/// More pictures than this would not be looked at; those that differ most are shown.
const SHOWN: usize = 12;

/// One coordinate of the parameters.
struct Curve {
    name: String,
    clean: Vec<f64>,
    worst: Option<Vec<f64>>,
    bounds: Option<(Vec<f64>, Vec<f64>)>,
}

/// The pictures, or nothing when there is no training step.
#[must_use]
pub fn draw(story: &Story<'_>) -> Option<String> {
    if story.clean.len() < 2 {
        return None;
    }
    let names = names(story.clean.first()?);
    let total = names.len();
    let clean = columns(story.clean);
    let worst = story.worst.filter(|w| w.len() == story.clean.len()).map(columns);
    let boxes = story.boxes.filter(|b| b.len() == story.clean.len()).map(|b| {
        let lower: Vec<Parameters> = b.iter().map(|b| b.lower.clone()).collect();
        let upper: Vec<Parameters> = b.iter().map(|b| b.upper.clone()).collect();
        (columns(&lower), columns(&upper))
    });
    let mut curves: Vec<Curve> = names
        .into_iter()
        .enumerate()
        .map(|(k, name)| Curve {
            name,
            clean: clean.get(k).cloned().unwrap_or_default(),
            worst: worst.as_ref().and_then(|w| w.get(k).cloned()),
            bounds: boxes.as_ref().and_then(|(l, u)| Some((l.get(k)?.clone(), u.get(k)?.clone()))),
        })
        .collect();
    if total > SHOWN {
        curves.sort_by(|a, b| deviation(b).total_cmp(&deviation(a)));
        curves.truncate(SHOWN);
    }
    let mut out = String::from("<div class=\"many\">\n");
    for curve in &curves {
        let _ = writeln!(out, "<div><h3>{}</h3>{}</div>", escape(&curve.name), picture(curve));
    }
    out.push_str("</div>\n<div class=\"key\">");
    let _ = write!(out, "<span>{}unchanged data</span>", key("clean"));
    if worst.is_some() {
        let _ = write!(out, "<span>{}worst case</span>", key("worst"));
    }
    if boxes.is_some() {
        out.push_str("<span><svg viewBox=\"0 0 24 12\"><rect class=\"band\" width=\"24\" height=\"12\"/></svg>proved bounds</span>");
    }
    if total > SHOWN {
        let _ = write!(out, "<span>the {SHOWN} of {total} parameters that move most</span>");
    }
    out.push_str("</div>");
    Some(out)
}

fn deviation(c: &Curve) -> f64 {
    let Some(worst) = &c.worst else { return 0.0 };
    c.clean.iter().zip(worst).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

fn picture(c: &Curve) -> String {
    let points = |v: &[f64]| -> Vec<(f64, f64)> {
        v.iter().enumerate().map(|(t, y)| (t as f64, *y)).collect()
    };
    let last = c.clean.len().saturating_sub(1) as f64;
    let curves = c.clean.iter().chain(c.worst.iter().flatten()).copied();
    let (inner_lo, inner_hi) = range(curves);
    // Loose bounds are cut off at a few times the height of the curves.
    let room = 3.0 * (inner_hi - inner_lo).max(1e-3 * (1.0 + inner_hi.abs()));
    let cut = (inner_lo - room, inner_hi + room);
    let clipped = |v: &[f64]| -> Vec<f64> { v.iter().map(|y| y.clamp(cut.0, cut.1)).collect() };
    let bounds = c.bounds.as_ref().map(|(l, u)| (clipped(l), clipped(u)));
    let y = range(
        [inner_lo, inner_hi]
            .into_iter()
            .chain(bounds.iter().flat_map(|(l, u)| l.iter().chain(u).copied())),
    );
    let mut plot = Plot::new((300.0, 190.0), (0.0, last), y);
    if let Some((l, u)) = &bounds {
        plot.band(&points(l), &points(u), "band");
    }
    plot.line(&points(&c.clean), "clean");
    if let Some(w) = &c.worst {
        plot.line(&points(w), "worst");
    }
    plot.finish("step", "", &format!("{} over the steps", c.name), true)
}

/// Names of all parameters in the order of [`columns`].
fn names(p: &Parameters) -> Vec<String> {
    let mut out = Vec::new();
    for (k, layer) in p.layers.iter().enumerate() {
        let k = k + 1;
        for (r, c) in ndarray::indices_of(&layer.weight) {
            out.push(format!("weight[{k}][{r}, {c}]"));
        }
        for r in 0..layer.bias.as_ref().map_or(0, ndarray::Array1::len) {
            out.push(format!("bias[{k}][{r}]"));
        }
    }
    out
}

/// For each parameter its value in every state.
fn columns(states: &[Parameters]) -> Vec<Vec<f64>> {
    let mut out: Vec<Vec<f64>> = Vec::new();
    for state in states {
        let values = state
            .layers
            .iter()
            .flat_map(|l| l.weight.iter().copied().chain(l.bias.iter().flatten().copied()));
        for (k, v) in values.enumerate() {
            if out.len() <= k {
                out.push(Vec::new());
            }
            if let Some(column) = out.get_mut(k) {
                column.push(v);
            }
        }
    }
    out
}
