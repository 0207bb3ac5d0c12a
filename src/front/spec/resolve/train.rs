//! `train`

use super::data::Set;
use super::{Context, places, rows};
use crate::front::printable;
use crate::front::spec::ast::{Batch, LastBatch, Per, RatePart, Schedule, Train, TrainSetting};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::{Span, Spanned};
use crate::question::check::Place;
use crate::question::{Loss, QuestionError, Reduction, Training};

/// Sample visits that a specification may unroll: rows times steps.
const VISITS: usize = 50_000_000;

/// Settings as they are found; `pass` is one pass through the data.
#[derive(Default)]
struct Found<'a> {
    loss: Option<Loss>,
    reduction: Option<Reduction>,
    rate: Option<(&'a [RatePart], Option<&'a Schedule>, Span)>,
    steps: Option<Spanned<usize>>,
    epochs: Option<Spanned<usize>>,
    pass: Option<Vec<(Vec<usize>, Span)>>,
    given: Option<Span>,
    momentum: f64,
    decay: f64,
    clip: Option<f64>,
}

pub(super) fn resolve(
    train: &Train,
    span: Span,
    set: &Set,
    cx: &mut Context<'_>,
) -> Option<Training> {
    cx.once(&train.settings, |s| Some(s.keyword()));
    let before = cx.errors.len();
    let mut found = Found::default();
    for setting in &train.settings {
        gather(setting, set, &mut found, cx);
    }
    let keyword = Span { start: span.start, end: span.start + "train".len() };
    exclude(train, "steps", "epochs", cx);
    exclude(train, "batch", "batches", cx);
    let needs = [
        (found.loss.is_none(), "loss", "loss hinge"),
        (found.rate.is_none(), "rate", "rate 0.5"),
        (found.given.is_none(), "batch", "batch full"),
        (
            found.steps.is_none() && found.epochs.is_none() && !has(train, "batches"),
            "steps",
            "steps 5",
        ),
    ];
    for (missing, word, example) in needs {
        if missing {
            let message = format!("the training block does not set `{word}`");
            let error = Diagnostic::new(Code::MissingSetting, message, keyword);
            cx.error(error.label("this block").help(format!("add a line such as `{example}`")));
        }
    }
    if cx.errors.len() > before {
        return None;
    }
    let pass = found.pass?;
    let steps = count(found.steps, found.epochs, &pass, cx)?;
    let mut batches = Vec::with_capacity(steps);
    for (step, (rows, span)) in pass.iter().cycle().take(steps).enumerate() {
        cx.place(Place::Batch(step), *span);
        batches.push(rows.clone());
    }
    let (parts, schedule, span) = found.rate?;
    let rates = rates(parts, schedule, span, steps, pass.len(), cx)?;
    Some(Training {
        loss: found.loss?,
        reduction: found.reduction.unwrap_or(Reduction::Mean),
        rates,
        batches,
        momentum: found.momentum,
        decay: found.decay,
        clip: found.clip,
    })
}

fn gather<'a>(
    setting: &'a Spanned<TrainSetting>,
    set: &Set,
    found: &mut Found<'a>,
    cx: &mut Context<'_>,
) {
    let span = setting.span;
    match &setting.node {
        TrainSetting::Loss(loss) => {
            cx.place(Place::Loss, span);
            found.loss = Some(*loss);
        }
        TrainSetting::Reduce(reduction) => found.reduction = Some(*reduction),
        TrainSetting::Rate(parts, schedule) => {
            found.rate = Some((parts, schedule.as_ref(), span));
        }
        TrainSetting::Steps(n) => {
            cx.place(Place::Steps, span);
            found.steps = Some(*n);
        }
        TrainSetting::Epochs(n) => {
            cx.place(Place::Steps, span);
            found.epochs = Some(*n);
        }
        TrainSetting::Batch(batch) => {
            found.given = Some(span);
            found.pass = cut(batch, span, set, cx);
        }
        TrainSetting::Batches(groups) => {
            found.given = Some(span);
            let mut pass = Vec::new();
            for group in groups {
                let rows = rows::resolve(&group.node, set.data.len(), &set.data.name, cx);
                pass.extend(rows.map(|rows| (rows, group.span)));
            }
            found.pass = Some(pass);
        }
        TrainSetting::Momentum(value) => {
            cx.place(Place::Momentum, span);
            found.momentum = *value;
        }
        TrainSetting::Decay(value) => {
            cx.place(Place::Decay, span);
            found.decay = *value;
        }
        TrainSetting::Clip(value) => {
            cx.place(Place::Clip, span);
            found.clip = Some(*value);
        }
    }
}

fn has(train: &Train, key: &str) -> bool {
    train.settings.iter().any(|s| s.node.keyword() == key)
}

/// Reports two settings that say the same thing differently.
fn exclude(train: &Train, one: &str, other: &str, cx: &mut Context<'_>) {
    let find = |key: &str| train.settings.iter().find(|s| s.node.keyword() == key);
    if let (Some(a), Some(b)) = (find(one), find(other)) {
        let message = format!("`{one}` and `{other}` exclude each other");
        let (first, second) = if a.span < b.span { (a, b) } else { (b, a) };
        let error = Diagnostic::new(Code::Conflict, message, second.span)
            .label("second")
            .help("keep one of the two")
            .also(first.span, "first");
        cx.error(error);
    }
}

/// One pass through the data: the batches of one epoch.
fn cut(
    batch: &Batch,
    span: Span,
    set: &Set,
    cx: &mut Context<'_>,
) -> Option<Vec<(Vec<usize>, Span)>> {
    let samples = set.data.len();
    let (size, last, order) = match batch {
        Batch::Full => return Some(vec![((0..samples).collect(), span)]),
        Batch::Size { size, last, order } => (size, last, order),
    };
    let rows = match order {
        None => (0..samples).collect(),
        Some(list) => rows::resolve(list, samples, &set.data.name, cx)?,
    };
    if rows.len() != samples {
        let message = format!("the order names {} of {samples} rows", rows.len());
        let error = Diagnostic::new(Code::RowOrder, message, span).label("this order");
        let help = "name every row once, or select rows in the `data` statement";
        cx.error(error.help(help));
        return None;
    }
    if size.node == 0 || size.node > samples {
        let message = format!("the batch size is {}, the data have {samples} rows", size.node);
        let error = Diagnostic::new(Code::BatchSize, message, size.span).label("this size");
        cx.error(error.help(format!("write a size from 1 to {samples}, or `batch full`")));
        return None;
    }
    let rest = samples % size.node;
    if rest != 0 && last.is_none() {
        let message = format!("batches of {} leave {rest} of {samples} rows over", size.node);
        let error = Diagnostic::new(Code::LastBatch, message, span).label("this batch size");
        let help = format!(
            "write `batch {0} last kept` for a smaller last batch or `batch {0} last dropped`",
            size.node
        );
        cx.error(error.help(help));
        return None;
    }
    let used = match last {
        Some(LastBatch::Dropped) => samples - rest,
        Some(LastBatch::Kept) | None => samples,
    };
    let used = rows.get(..used).unwrap_or_default();
    Some(used.chunks(size.node).map(|rows| (rows.to_vec(), span)).collect())
}

/// The number of steps.
fn count(
    steps: Option<Spanned<usize>>,
    epochs: Option<Spanned<usize>>,
    pass: &[(Vec<usize>, Span)],
    cx: &mut Context<'_>,
) -> Option<usize> {
    let (count, span) = match (steps, epochs) {
        (Some(steps), _) => (steps.node, steps.span),
        (None, Some(epochs)) => (epochs.node.saturating_mul(pass.len()), epochs.span),
        (None, None) => (pass.len(), Span::default()),
    };
    // The check of the question says the same, but only after everything is unrolled.
    let limit = Training::STEP_LIMIT;
    if count > limit {
        cx.error(places::diagnostic(
            &QuestionError::TooManySteps { steps: count, limit },
            &cx.places,
        ));
        return None;
    }
    let largest = pass.iter().map(|(rows, _)| rows.len()).max().unwrap_or_default();
    let visits = count.saturating_mul(largest.max(1));
    if visits > VISITS {
        let message = format!("{count} steps of up to {largest} rows are too many to unroll");
        let error = Diagnostic::new(Code::StepCount, message, span).label("this number");
        cx.error(error.help(format!("keep rows times steps below {VISITS}")));
        return None;
    }
    Some(count)
}

fn rates(
    parts: &[RatePart],
    schedule: Option<&Schedule>,
    span: Span,
    steps: usize,
    pass: usize,
    cx: &mut Context<'_>,
) -> Option<Vec<f64>> {
    let mut rates = Vec::with_capacity(steps);
    if let [RatePart { rate, steps: None }] = parts {
        for step in 0..steps {
            cx.place(Place::Rate(step), rate.span);
            rates.push(rate.node);
        }
    } else {
        let runs = parts.iter().map(|p| p.steps.map_or(1, |s| s.node));
        let total = runs.clone().fold(0usize, usize::saturating_add);
        if total != steps {
            let message = format!("the rates are for {total} steps, training has {steps}");
            let error = Diagnostic::new(Code::StepCount, message, span).label("these rates");
            let help = match parts {
                [RatePart { rate, steps: None }, RatePart { rate: digits, steps: None }]
                    if rate.node.fract() == 0.0 && digits.node.fract() == 0.0 =>
                {
                    let (whole, digits) =
                        (printable::number(rate.node), printable::number(digits.node));
                    format!(
                        "these are two rates; if one is meant, write it with a point: {whole}.{digits}"
                    )
                }
                _ => "write one rate for all steps, or rates whose `for` add up to the steps"
                    .to_owned(),
            };
            cx.error(error.help(help));
            return None;
        }
        for (part, run) in parts.iter().zip(runs) {
            for _ in 0..run {
                cx.place(Place::Rate(rates.len()), part.rate.span);
                rates.push(part.rate.node);
            }
        }
    }
    let Some(schedule) = schedule else { return Some(rates) };
    let floor = schedule.floor.map_or(f64::NEG_INFINITY, |f| f.node);
    let numbers = [Some(schedule.decay), schedule.floor];
    for number in numbers.into_iter().flatten() {
        if number.node < 0.0 {
            let message = format!(
                "a schedule of rates has the negative number {}",
                printable::number(number.node)
            );
            let error = Diagnostic::new(Code::OptionRange, message, number.span);
            cx.error(error.label("this number").help("write a positive number"));
            return None;
        }
    }
    for (step, rate) in rates.iter_mut().enumerate() {
        let k = match schedule.per {
            Per::Step => step,
            Per::Epoch => step / pass.max(1),
        };
        *rate = (*rate / (1.0 + schedule.decay.node * k as f64)).max(floor);
    }
    Some(rates)
}
