//! `reach.json`, which holds every box and every answer, and its summary in the certificate.

use serde::{Deserialize, Serialize};

use super::rounds::RoundTally;
use super::solve::Solved;
use crate::bounds::Interval;
use crate::bounds::training::{Boxes, Direction, Prediction, predictions};
use crate::question::goal::ParameterRef;
use crate::question::reach::Reaching;
use crate::question::{Question, Target};

/// The boxes in an instance directory.
pub const REACH_FILE: &str = "reach.json";

/// Version of the layout below.
pub const SCHEMA: u32 = 1;

/// All boxes and answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReachFile {
    /// Version of this layout, [`SCHEMA`].
    pub schema: u32,
    /// Version of the program that made it.
    pub theriac: String,
    /// Names of the parameters, in the order of the boxes.
    pub parameters: Vec<String>,
    /// Linear functions of the parameters whose ranges stand beside the boxes: places in `parameters`
    /// with coefficients.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Direction>,
    /// Before the first step and after each.
    pub steps: Vec<StepRecord>,
    /// Whether the answers were bounded through the last window, too.
    pub answered: bool,
    /// The points, in the order of the question.
    pub points: Vec<PointRecord>,
    /// What the rounds came to, one a step, if there were some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<RoundTally>,
}

/// The box after a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRecord {
    /// The step, 0 before the first.
    pub step: usize,
    /// Lower ends, one a parameter; none where there is no finite one.
    pub lower: Vec<Option<f64>>,
    /// Upper ends.
    pub upper: Vec<Option<f64>>,
    /// Lower ends of the templates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub template_lower: Vec<Option<f64>>,
    /// Their upper ends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub template_upper: Vec<Option<f64>>,
    /// What windows came to; none where the step is bounded by intervals alone.
    pub window: Option<WindowRecord>,
}

/// What the window of a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowRecord {
    /// Elements that were bounded by relaxation.
    pub rows: usize,
    /// Switches of the step.
    pub switches: usize,
    /// Those that no parameter in the box decides.
    pub undecided: usize,
    /// Ends of intervals that branching moved, and those that a run attains; 0 without branching.
    pub moved: usize,
    /// See `moved`.
    pub attained: usize,
}

/// What is answered at a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointRecord {
    /// Where the point comes from.
    pub source: String,
    /// The answer of all reachable networks; none if the prediction abstains.
    pub answer: Option<i64>,
    /// Against the label of the point.
    pub outcome: Outcome,
}

/// An answer against the label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// All networks give the point its label.
    Certified,
    /// All give it the same other label.
    Wrong,
    /// Not all answer the same, as far as bounds tell.
    Abstains,
}

/// How many points have which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Points with [`Outcome::Certified`].
    pub certified: usize,
    /// Points with [`Outcome::Wrong`].
    pub wrong: usize,
    /// Points with [`Outcome::Abstains`].
    pub abstains: usize,
}

/// What the certificate says of the boxes; all of them are in [`REACH_FILE`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReachRecord {
    /// The file with the boxes.
    pub boxes: String,
    /// Number of parameters.
    pub parameters: usize,
    /// Number of points.
    pub points: usize,
    /// Steps of a window.
    pub window: usize,
    /// Number of templates.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub templates: usize,
    /// The mean width of their ranges before the first step and after each, as for boxes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub template_widths: Vec<Option<f64>>,
    /// The methods; the first is the one that counts.
    pub methods: Vec<MethodRecord>,
    /// What the rounds came to, one a step, if there were some; the one of the points behind them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<RoundTally>,
    /// Points that programs of points answered and bounds alone did not, if there were such programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_programs: Option<usize>,
}

/// What one method came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodRecord {
    /// Its name.
    pub method: Method,
    /// The outcomes at the points.
    pub tally: Tally,
    /// The mean width of the box after each step, the first before all steps; none where a side is
    /// infinite.
    pub mean_widths: Vec<Option<f64>>,
    /// The largest width.
    pub largest_widths: Vec<Option<f64>>,
}

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// All methods of theriac, met.
    Theriac,
    /// Intervals with every sample touched, as FullCert.
    Intervals,
    /// Intervals with the budget, as abstract gradient training.
    Budgeted,
}

impl Method {
    /// The words that reports show.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Method::Theriac => "theriac",
            Method::Intervals => "intervals (FullCert)",
            Method::Budgeted => "with budget (AGT)",
        }
    }
}

impl ReachFile {
    /// From bounds.
    #[must_use]
    pub fn new(reaching: &Reaching, solved: &Solved) -> Self {
        let reached = &solved.reached;
        let question = &reaching.question;
        let finite = |v: f64| v.is_finite().then_some(v);
        let ranges = |step: usize| reached.ranges.get(step).map_or(&[][..], Vec::as_slice);
        let step = |(step, all): (usize, &Vec<Interval>)| StepRecord {
            step,
            lower: all.iter().map(|i| finite(i.lo)).collect(),
            upper: all.iter().map(|i| finite(i.hi)).collect(),
            template_lower: ranges(step).iter().map(|i| finite(i.lo)).collect(),
            template_upper: ranges(step).iter().map(|i| finite(i.hi)).collect(),
            window: step.checked_sub(1).and_then(|k| reached.reports.get(k)).map(|r| {
                WindowRecord {
                    rows: r.rows,
                    switches: r.switches,
                    undecided: r.undecided,
                    moved: r.sharpened.moved,
                    attained: r.sharpened.attained,
                }
            }),
        };
        let outcomes = outcomes(reaching, &reached.own);
        let points = reaching.points().iter().zip(outcomes);
        ReachFile {
            schema: SCHEMA,
            theriac: env!("CARGO_PKG_VERSION").to_owned(),
            parameters: names(question),
            templates: reached.templates.clone(),
            steps: reached.own.steps.iter().enumerate().map(step).collect(),
            answered: reached.answered,
            points: points
                .map(|(point, (answer, outcome))| PointRecord {
                    source: point.source.clone(),
                    answer,
                    outcome,
                })
                .collect(),
            rounds: solved.rounds.tallies.clone(),
        }
    }

    /// Steps that windows bounded; those behind them are bounded by intervals.
    #[must_use]
    pub fn windows(&self) -> usize {
        self.steps.iter().skip(1).take_while(|s| s.window.is_some()).count()
    }
}

impl ReachRecord {
    /// From bounds.
    #[must_use]
    pub fn new(reaching: &Reaching, solved: &Solved) -> Self {
        let reached = &solved.reached;
        let methods = [
            (Method::Theriac, Some(&reached.own)),
            (Method::Intervals, reached.intervals.as_ref()),
            (Method::Budgeted, reached.budgeted.as_ref()),
        ];
        let methods = methods.into_iter().filter_map(|(method, boxes)| {
            let boxes = boxes?;
            Some(MethodRecord {
                method,
                tally: tally(reaching, boxes),
                mean_widths: boxes.steps.iter().map(|b| mean(b)).collect(),
                largest_widths: boxes.steps.iter().map(|b| largest(b)).collect(),
            })
        });
        let widths = match reached.templates.is_empty() {
            true => Vec::new(),
            false => reached.ranges.iter().map(|r| mean(r)).collect(),
        };
        ReachRecord {
            boxes: REACH_FILE.to_owned(),
            parameters: reached.own.steps.first().map_or(0, Vec::len),
            points: reaching.points().len(),
            window: reaching.window(),
            templates: reached.templates.len(),
            template_widths: widths,
            methods: methods.collect(),
            rounds: solved.rounds.tallies.clone(),
            by_programs: reached.programs,
        }
    }
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// The mean width, if all are finite.
fn mean(all: &[Interval]) -> Option<f64> {
    // Not `sum`, which begins with the negative zero.
    let sum = all.iter().fold(0.0, |sum, i| sum + i.width());
    let mean = sum / all.len().max(1) as f64;
    mean.is_finite().then_some(mean)
}

fn largest(all: &[Interval]) -> Option<f64> {
    let width = all.iter().map(|i| i.width()).fold(0.0, f64::max);
    width.is_finite().then_some(width)
}

/// The outcomes of a method, counted.
#[must_use]
pub fn tally(reaching: &Reaching, boxes: &Boxes) -> Tally {
    let mut tally = Tally::default();
    for (_, outcome) in outcomes(reaching, boxes) {
        match outcome {
            Outcome::Certified => tally.certified += 1,
            Outcome::Wrong => tally.wrong += 1,
            Outcome::Abstains => tally.abstains += 1,
        }
    }
    tally
}

/// The answer at each point with its outcome.
fn outcomes(reaching: &Reaching, boxes: &Boxes) -> Vec<(Option<i64>, Outcome)> {
    let points = reaching.points();
    let outputs = reaching.question.network.outputs;
    let answers = predictions(outputs, points.len(), &boxes.scores);
    let one = |(answer, target): (Prediction, &Target)| {
        let (number, right) = match (answer, target) {
            (Prediction::Abstains, _) => return (None, Outcome::Abstains),
            (Prediction::Sign(s), Target::Sign(y)) => (i64::from(s), f64::from(s) == *y),
            (Prediction::Class(c), Target::Class(y)) => (c as i64, c == *y),
            (Prediction::Sign(s), Target::Class(_) | Target::Real(_)) => (i64::from(s), false),
            (Prediction::Class(c), Target::Sign(_) | Target::Real(_)) => (c as i64, false),
        };
        (Some(number), if right { Outcome::Certified } else { Outcome::Wrong })
    };
    answers.into_iter().zip(points.iter().map(|p| &p.target)).map(one).collect()
}

/// Names of the parameters as specifications write them, in the flat layout.
pub(super) fn names(question: &Question) -> Vec<String> {
    let mut out = Vec::new();
    for (k, affine) in question.network.affine().enumerate() {
        let layer = k + 1;
        let (rows, columns) = affine.weight.dim();
        let weights = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        out.extend(
            weights.map(|(row, column)| ParameterRef::Weight { layer, row, column }.to_string()),
        );
        let biases = affine.bias.iter().flat_map(|b| 0..b.len());
        out.extend(biases.map(|row| ParameterRef::Bias { layer, row }.to_string()));
    }
    out
}
