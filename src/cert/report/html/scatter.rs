//! The training data with touched points marked, and the class boundary before and after.

use crate::network::Parameters;
use crate::question::{Goal, Labels, Target, TestPoint};

use super::super::super::certificate::{ChangeRecord, LabelRecord};
use super::super::super::words::target_words;
use super::super::{Story, short};
use super::boundary::{boundary, chains};
use super::history::key;
use super::plot::{Plot, range};

/// What the axes show.
enum Axes {
    /// Two feature columns.
    Features(usize, usize),
    /// A feature column against the first real label.
    Label(usize),
}

/// The picture, or nothing when there is no data to draw.
#[must_use]
pub fn draw(story: &Story<'_>) -> Option<String> {
    let train = &story.question.train;
    if train.is_empty() {
        return None;
    }
    let axes = choose(story)?;
    let clean: Vec<(f64, f64)> =
        (0..train.len()).map(|i| place(&axes, &train.row(i), &train.target(i))).collect();
    let changes: Vec<&ChangeRecord> = story
        .certificate
        .attack
        .iter()
        .flat_map(|a| a.choices.iter().flat_map(|c| &c.changes))
        .collect();
    let moved: Vec<(f64, f64)> = changes.iter().map(|c| moved_to(&axes, story, c)).collect();
    let inserted: Vec<((f64, f64), &LabelRecord)> = story
        .certificate
        .attack
        .iter()
        .flat_map(|a| a.choices.iter().flat_map(|c| &c.inserted))
        .map(|s| (place_record(&axes, &s.features, &s.label), &s.label))
        .collect();
    let tests = test_points(&story.question.goal);
    let test_places: Vec<(f64, f64)> =
        tests.iter().map(|p| place(&axes, &p.input, &p.target)).collect();
    let all = || {
        let inserted = inserted.iter().map(|i| &i.0);
        clean.iter().chain(&moved).chain(inserted).chain(&test_places)
    };
    let mut plot = Plot::new((460.0, 340.0), range(all().map(|p| p.0)), range(all().map(|p| p.1)));
    let lines = draw_boundaries(story, &axes, &mut plot);
    for (i, &(x, y)) in clean.iter().enumerate() {
        let target = train.target(i);
        let title = format!("row {i}, label {}", target_words(&target));
        mark(&mut plot, (x, y), class_of(&target), &title);
    }
    for (&(x, y), label) in inserted.iter().map(|(p, l)| (p, l)) {
        mark(&mut plot, (x, y), class_of_record(label), "inserted");
        plot.disc(x, y, 7.5, "ring", "inserted");
    }
    for (change, &to) in changes.iter().zip(&moved) {
        let Some(&(x, y)) = clean.get(change.row) else { continue };
        plot.disc(x, y, 7.5, "ring", &format!("row {} is changed", change.row));
        if to != (x, y) {
            plot.line(&[(x, y), to], "move");
            plot.square(to.0, to.1, 2.2, "ring", "moved here");
        }
        if changes.len() <= 40 {
            plot.label(x, y, "mark", &change.row.to_string());
        }
    }
    for (p, &(x, y)) in tests.iter().zip(&test_places) {
        star(&mut plot, x, y, &p.source);
    }
    let (x_name, y_name) = axis_names(story, &axes);
    let svg = plot.finish(&x_name, &y_name, "Training data with touched points marked", false);
    Some(format!("{svg}{}", legend(story, !changes.is_empty(), !tests.is_empty(), lines)))
}

/// Draws the class boundaries where the plane of the plot is the whole input space.
/// Says whether the clean and the worst-case boundary were drawn.
fn draw_boundaries(story: &Story<'_>, axes: &Axes, plot: &mut Plot) -> (bool, bool) {
    let q = story.question;
    let plane = matches!(axes, Axes::Features(0, 1)) && q.network.inputs == 2;
    let signs = matches!(q.train.labels, Labels::Signs(_));
    if !(plane && signs) {
        return (false, false);
    }
    let mut one = |states: Option<&[Parameters]>, class: &str| -> bool {
        let Some(last) = states.and_then(|s| s.last()) else { return false };
        let f = |x: f64, y: f64| {
            q.network.eval_with(last, &[x, y]).first().copied().unwrap_or(f64::NAN)
        };
        let (x, y) = (plot.x_range(), plot.y_range());
        let near = 1e-9 * (1.0 + x.0.abs() + x.1.abs() + y.0.abs() + y.1.abs());
        let lines = chains(boundary(f, x, y, 96), near);
        for line in &lines {
            plot.line(line, class);
        }
        !lines.is_empty()
    };
    let clean = one(Some(story.clean), "clean");
    let worst = one(story.worst, "worst");
    (clean, worst)
}

fn choose(story: &Story<'_>) -> Option<Axes> {
    let train = &story.question.train;
    let columns = train.features.ncols();
    match (&train.labels, columns) {
        (_, 0) => None,
        (Labels::Real(_), _) => Some(Axes::Label(best_columns(story, 1).first().copied()?)),
        (_, 1) => Some(Axes::Features(0, 0)),
        (_, 2) => Some(Axes::Features(0, 1)),
        _ => match best_columns(story, 2).as_slice() {
            [a, b, ..] => Some(Axes::Features(*a, *b)),
            _ => None,
        },
    }
}

/// The columns that tell the labels apart best: largest spread of class means (or covariance
/// with a real label) over the standard deviation. Ties go to the earlier column.
fn best_columns(story: &Story<'_>, count: usize) -> Vec<usize> {
    let train = &story.question.train;
    let n = train.len() as f64;
    let score = |j: usize| -> f64 {
        let column = train.features.column(j);
        let mean = column.sum() / n;
        let variance = column.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n;
        if variance <= 0.0 {
            return 0.0;
        }
        if let Labels::Real(y) = &train.labels {
            let cov: f64 = column
                .iter()
                .zip(y.rows())
                .map(|(x, y)| (x - mean) * y.first().copied().unwrap_or(0.0))
                .sum();
            return (cov / n).abs() / variance.sqrt();
        }
        let mut sums: std::collections::BTreeMap<usize, (f64, f64)> = Default::default();
        for i in 0..train.len() {
            let entry = sums.entry(class_of(&train.target(i))).or_default();
            entry.0 += column.get(i).copied().unwrap_or(0.0);
            entry.1 += 1.0;
        }
        let spread: f64 = sums.values().map(|(s, k)| k * (s / k - mean).powi(2)).sum();
        (spread / n / variance).sqrt()
    };
    let mut scored: Vec<(usize, f64)> =
        (0..train.features.ncols()).map(|j| (j, score(j))).collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut best: Vec<usize> = scored.into_iter().take(count).map(|s| s.0).collect();
    best.sort_unstable();
    best
}

fn place(axes: &Axes, x: &[f64], y: &Target) -> (f64, f64) {
    let at = |j: usize| x.get(j).copied().unwrap_or(0.0);
    match *axes {
        Axes::Features(a, b) => (at(a), at(b)),
        Axes::Label(a) => match y {
            Target::Real(y) => (at(a), y.first().copied().unwrap_or(0.0)),
            Target::Sign(s) => (at(a), *s),
            Target::Class(c) => (at(a), *c as f64),
        },
    }
}

fn place_record(axes: &Axes, x: &[f64], y: &LabelRecord) -> (f64, f64) {
    let target = match y {
        LabelRecord::Sign(s) => Target::Sign(*s),
        LabelRecord::Class(c) => Target::Class(*c),
        LabelRecord::Real(y) => Target::Real(y.clone()),
    };
    place(axes, x, &target)
}

fn moved_to(axes: &Axes, story: &Story<'_>, change: &ChangeRecord) -> (f64, f64) {
    let train = &story.question.train;
    if change.row >= train.len() {
        return (0.0, 0.0);
    }
    let mut x = train.row(change.row);
    for f in &change.features {
        if let Some(v) = x.get_mut(f.column) {
            *v = f.new;
        }
    }
    match &change.label {
        Some(l) => place_record(axes, &x, &l.new),
        None => place(axes, &x, &train.target(change.row)),
    }
}

fn class_of(target: &Target) -> usize {
    match target {
        Target::Sign(s) => usize::from(*s > 0.0),
        Target::Class(c) => *c,
        Target::Real(_) => 0,
    }
}

fn class_of_record(label: &LabelRecord) -> usize {
    match label {
        LabelRecord::Sign(s) => usize::from(*s > 0.0),
        LabelRecord::Class(c) => *c,
        LabelRecord::Real(_) => 0,
    }
}

/// Classes differ in colour and in shape.
fn mark(plot: &mut Plot, (x, y): (f64, f64), class: usize, title: &str) {
    let style = format!("dot c{}", class % 4);
    if class.is_multiple_of(2) {
        plot.disc(x, y, 3.6, &style, title);
    } else {
        plot.square(x, y, 3.3, &style, title);
    }
}

fn star(plot: &mut Plot, x: f64, y: f64, title: &str) {
    let (px, py) = plot.at(x, y);
    let mut points = String::new();
    for k in 0..10 {
        let r = if k % 2 == 0 { 7.5 } else { 3.2 };
        let angle = std::f64::consts::PI * (f64::from(k) / 5.0 - 0.5);
        points.push_str(&format!("{:.2},{:.2} ", px + r * angle.cos(), py + r * angle.sin()));
    }
    let title = super::plot::escape(title);
    plot.raw(&format!(
        r#"<polygon class="test" points="{}"><title>{title}</title></polygon>"#,
        points.trim_end()
    ));
}

fn test_points(goal: &Goal) -> Vec<&TestPoint> {
    match goal {
        Goal::Margin(p) | Goal::SmallestBudget(p) | Goal::SquaredError(p) => vec![p],
        Goal::Backdoor { point, .. } => vec![point],
        Goal::Errors(points) | Goal::TestLoss(points) if points.len() <= 20 => {
            points.iter().collect()
        }
        Goal::Errors(_) | Goal::TestLoss(_) | Goal::Direction(_) => Vec::new(),
    }
}

fn axis_names(story: &Story<'_>, axes: &Axes) -> (String, String) {
    let train = &story.question.train;
    let name = |j: usize| train.columns.get(j).cloned().unwrap_or_else(|| format!("feature {j}"));
    match *axes {
        Axes::Features(a, b) => (name(a), name(b)),
        Axes::Label(a) => (name(a), "label".to_owned()),
    }
}

fn legend(story: &Story<'_>, touched: bool, tests: bool, lines: (bool, bool)) -> String {
    let sample = |inside: &str, words: &str| {
        format!("<span><svg viewBox=\"0 0 24 12\">{inside}</svg>{words}</span>")
    };
    let dot = |class: usize| {
        if class.is_multiple_of(2) {
            format!(r#"<circle class="dot c{}" cx="12" cy="6" r="4"/>"#, class % 4)
        } else {
            format!(r#"<rect class="dot c{}" x="8" y="2" width="8" height="8"/>"#, class % 4)
        }
    };
    let mut out = String::from("<div class=\"key\">");
    match &story.question.train.labels {
        Labels::Signs(_) => {
            out.push_str(&sample(&dot(0), "label -1"));
            out.push_str(&sample(&dot(1), "label +1"));
        }
        Labels::Classes { count, names, .. } => {
            for c in 0..(*count).min(8) {
                let name = names.get(c).cloned().unwrap_or_else(|| c.to_string());
                out.push_str(&sample(&dot(c), &super::plot::escape(&name)));
            }
        }
        Labels::Real(_) => {}
    }
    if touched {
        let ring = r#"<circle class="ring" cx="12" cy="6" r="5"/>"#;
        out.push_str(&sample(ring, "changed by the worst attack (with its row)"));
    }
    if tests {
        out.push_str(&sample(
            r#"<polygon class="test" points="12,0 14,4 18,4 15,7 16,12 12,9 8,12 9,7 6,4 10,4"/>"#,
            "test point",
        ));
    }
    if lines.0 {
        out.push_str(&format!("<span>{}boundary, unchanged data</span>", key("clean")));
    }
    if lines.1 {
        out.push_str(&format!("<span>{}boundary, worst case</span>", key("worst")));
    }
    if let Some(a) = story.certificate.attack.as_ref().filter(|a| a.test_input.is_some()) {
        let moved: Vec<String> = a.test_input.iter().flatten().map(|v| short(*v)).collect();
        out.push_str(&format!("<span>moved test input: {}</span>", moved.join(", ")));
    }
    out.push_str("</div>");
    out
}
