//! A window of training steps as a program: the parameters before it are variables in a box
//! (MIBP-Cert, papers 2.2; the window `k` of papers 2.9). *Exact* for runs whose parameters before the
//! window lie in the box and whose adversary chooses as the threat allows: with one step it is that of
//! MIBP-Cert, with all steps that of the poisoning question.
//!
//! The program has no objective of its own. All `2m` objectives of a round share it:
//! [`WindowProgram::objective`] gives one.

use std::ops::Range;

use super::super::builder::Builder;
use super::super::lin::Lin;
use super::super::recipe::{self, Recipe};
use super::forward::{TEST, forward};
use super::step::{State, StepContext};
use super::{EncodeError, adversary, decode, not_transcendental, step, symmetry};
use crate::bounds::Interval;
use crate::bounds::pass::Pass;
use crate::ir::{Family, Model, Objective, Place, Rule, Sense, VarId, VarKind, fingerprint};
use crate::network::Layout;
use crate::question::{Attack, ParameterRef, Question};

/// What is known before a window is encoded.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Box of the parameters before the window, flat layout.
    pub before: &'a [Interval],
    /// Box of their velocity; read with momentum alone.
    pub velocity: &'a [Interval],
    /// Boxes of the parameters after each step of the window.
    pub after: &'a [Vec<Interval>],
    /// Linear functions of the parameters, by places of the flat layout, that are kept beside the box.
    pub templates: &'a [Vec<(usize, f64)>],
    /// Their ranges before the window.
    pub ranges: &'a [Interval],
}

/// A score of the network behind a window: its output at an input, or with several outputs the difference
/// of two.
#[derive(Clone, Debug, PartialEq)]
pub struct Score<'a> {
    /// The place of the point among those of the question.
    pub point: usize,
    /// Its features.
    pub input: &'a [f64],
    /// The two outputs, the first less the second; none for a network with one output.
    pub outputs: Option<(usize, usize)>,
    /// What is known of it.
    pub known: Interval,
}

/// A window as a program.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowProgram {
    /// The program without an objective. Its last column is its [`fingerprint`].
    pub model: Model,
    /// How each variable follows from the decisions: the parameters before the window, and what the
    /// adversary chooses.
    pub recipes: Vec<Recipe>,
    /// The parameters before the window.
    pub before: Vec<Lin>,
    /// What is asked for: the parameters after it and the templates of them, or scores ([`scores`]).
    pub after: Vec<Lin>,
}

/// Encodes the steps `steps` (counted from 0).
///
/// # Errors
/// See [`EncodeError`]; the question is assumed to have passed [`Question::check`].
pub fn window(
    q: &Question,
    steps: Range<usize>,
    known: &Known<'_>,
) -> Result<WindowProgram, EncodeError> {
    let (b, before, state) = encode(q, steps, known)?;
    let mut after = state.theta;
    let ranges: Vec<Lin> = known.templates.iter().map(|t| along(&b, t, &after)).collect();
    after.extend(ranges);
    Ok(finish(b, before, after))
}

/// Encodes the steps `steps`, which may be none, and the networks with the parameters after them at some
/// points (papers 2.2, prediction): what is asked for are scores.
///
/// # Errors
/// As [`window`].
pub fn scores(
    q: &Question,
    steps: Range<usize>,
    known: &Known<'_>,
    scores: &[Score<'_>],
) -> Result<WindowProgram, EncodeError> {
    let (mut b, before, state) = encode(q, steps, known)?;
    let layout = Layout::of(&q.network);
    let mut outputs: Option<(usize, Vec<Lin>)> = None;
    let mut after = Vec::with_capacity(scores.len());
    for score in scores {
        // Scores of one point stand together.
        let own = match outputs.take().filter(|(point, _)| *point == score.point) {
            Some((_, own)) => own,
            None => {
                let x: Vec<Lin> = score.input.iter().map(|v| Lin::exact(*v)).collect();
                let place = (TEST, Place::NONE.sample(score.point));
                forward(&mut b, &q.network, &layout, &state.theta, &x, place).outputs
            }
        };
        let none = || EncodeError::Mismatch("points and outputs do not fit together".to_owned());
        let lin = match score.outputs {
            None => own.first().cloned().ok_or_else(none)?,
            Some((c, d)) => b.sub(own.get(c).ok_or_else(none)?, own.get(d).ok_or_else(none)?),
        };
        after.push(lin.within(score.known));
        outputs = Some((score.point, own));
    }
    Ok(finish(b, before, after))
}

/// A linear function of the parameters.
fn along(b: &Builder<'_>, template: &[(usize, f64)], theta: &[Lin]) -> Lin {
    let of = |&(k, d): &(usize, f64)| theta.get(k).map(|l| (Interval::point(d), l));
    let parts: Vec<(Interval, &Lin)> = template.iter().filter_map(of).collect();
    b.combine(&parts, 0.0)
}

fn finish(mut b: Builder<'_>, before: Vec<Lin>, after: Vec<Lin>) -> WindowProgram {
    let fingerprint = fingerprint::mark(&mut b.model);
    b.recipes.push(Recipe::Value(Lin::exact(f64::from(fingerprint))));
    WindowProgram { model: b.model, recipes: b.recipes, before, after }
}

/// The steps, the parameters before them, and the state after them.
fn encode<'q>(
    q: &Question,
    steps: Range<usize>,
    known: &Known<'_>,
) -> Result<(Builder<'q>, Vec<Lin>, State), EncodeError> {
    not_transcendental(q.training.loss)?;
    let mismatch = || EncodeError::Mismatch("labels and loss do not fit together".to_owned());
    let boxes = std::iter::once(known.before).chain(known.after.iter().map(Vec::as_slice));
    for (k, all) in boxes.enumerate() {
        if let Some(parameter) = all.iter().position(|i| !i.is_finite()) {
            return Err(EncodeError::Unbounded { step: steps.start + k, parameter });
        }
    }
    let layout = Layout::of(&q.network);
    let mut b = Builder::new(q.encode.tie_band, None);
    b.switch_off_rows = q.encode.switch_off_rows;
    let mut free = |velocity: bool, all: &[Interval]| -> Vec<Lin> {
        let one = |(parameter, range): (_, &Interval)| {
            if range.is_point() {
                return Lin::exact(range.lo);
            }
            let role = step::parameter_role(parameter, velocity, steps.start);
            b.variable(VarKind::Continuous, *range, role, Recipe::Decision)
        };
        layout.references().zip(all).map(one).collect()
    };
    let theta = free(false, known.before);
    let velocity = match q.training.momentum {
        0.0 => vec![Lin::exact(0.0); layout.len()],
        _ => free(true, known.velocity),
    };
    for (k, (template, range)) in known.templates.iter().zip(known.ranges).enumerate() {
        let lin = along(&b, template, &theta);
        // What the box says already needs no row.
        for (side, sense, rhs, new) in [
            (0, Sense::Ge, range.lo, range.lo > lin.range.lo),
            (1, Sense::Le, range.hi, range.hi < lin.range.hi),
        ] {
            if new && !lin.is_constant() {
                b.require(&[(1.0, &lin)], sense, rhs, Rule::Cut.at(Place::NONE.i(2 * k + side)));
            }
        }
    }
    let mut state = State { theta, velocity };
    let before = state.theta.clone();
    // Boxes stand at the number of their step.
    let mut parameters = vec![Vec::new(); steps.start + 1];
    parameters.extend(known.after.iter().cloned());
    let pass = Pass { parameters, gradients: Vec::new() };
    let mut slots = None;
    for t in steps.clone() {
        b.begin_step(t);
        let once = adversary::once(q);
        if slots.is_none() || !once {
            let span = if once { steps.clone() } else { t..t + 1 };
            let mut rows: Vec<usize> =
                q.training.batches.get(span).into_iter().flatten().flatten().copied().collect();
            rows.sort_unstable();
            rows.dedup();
            slots = Some(adversary::build(&mut b, q, &rows, (!once).then_some(t), None));
        }
        let Some(slots) = &slots else { continue };
        let cx = StepContext { question: q, layout: &layout, pass: &pass, scores: None };
        state = step::run(&mut b, &cx, slots, &state, t).ok_or_else(mismatch)?;
    }
    Ok((b, before, state))
}

impl WindowProgram {
    /// The point of a run: the parameters and velocities before the window, and an attack of the
    /// question; twins are exchanged where the program orders them.
    #[must_use]
    pub fn point(
        &self,
        q: &Question,
        attack: &Attack,
        theta: &[f64],
        velocity: &[f64],
    ) -> Vec<f64> {
        let canonical = q.encode.symmetry.then(|| symmetry::canonical(q, attack));
        let attack = canonical.as_ref().unwrap_or(attack);
        let layout = Layout::of(&q.network);
        let of = |parameter: ParameterRef, from: &[f64]| {
            layout.position(parameter).and_then(|p| from.get(p).copied()).unwrap_or_default()
        };
        recipe::complete(&self.recipes, |v| {
            let role = self.model.vars.get(VarId(v as u32)).role;
            let (layer, row) = (usize::from(role.place.layer), role.place.i as usize);
            let weight = ParameterRef::Weight { layer, row, column: role.place.j as usize };
            let bias = ParameterRef::Bias { layer, row };
            match role.family {
                Family::Weight => of(weight, theta),
                Family::Bias => of(bias, theta),
                Family::WeightVelocity => of(weight, velocity),
                Family::BiasVelocity => of(bias, velocity),
                _ => decode::decision(q, attack, role),
            }
        })
    }

    /// The objective whose minimum is the least value of what is asked for at a place, or minus the
    /// largest; and by how much a lower bound of it may be too high, because coefficients are doubles.
    #[must_use]
    pub fn objective(&self, place: usize, largest: bool) -> Option<(Objective, f64)> {
        let lin = self.after.get(place)?;
        let sign = if largest { -1.0 } else { 1.0 };
        let terms: Vec<_> = lin.terms.iter().map(|&(v, a)| (v, sign * a)).collect();
        Some((Objective::new(&terms, &[], sign * lin.constant), lin.slop))
    }
}
