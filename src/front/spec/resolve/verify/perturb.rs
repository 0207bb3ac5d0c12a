//! `perturb`: what may change around a point.
//!
//! Numbers of the block are in the units of the data before `mean` and `std`; they are moved with the
//! point.

use std::sync::Arc;

use dashu::rational::RBig;

use super::super::statements::At;
use super::spot::Point;
use super::{Context, Sizes, formula, inputs, number};
use crate::bounds::Interval;
use crate::front::spec::ast::{Exact, Norm, Perturb, PerturbSetting, Range};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::{Span, Spanned};
use crate::question::lattice;
use crate::question::verify::{Around, Atom, Formula, Lattice, Perturbation, Variable, Written};

/// What the block says.
#[derive(Default)]
struct Found<'a> {
    norms: Vec<(Norm, &'a Exact, Span)>,
    offsets: Option<Vec<(RBig, RBig)>>,
    /// Where the first offset is written.
    offset: Span,
    within: Option<&'a Range>,
    lattice: Option<(&'a Exact, Span)>,
    rows: Vec<Atom>,
}

pub(super) fn resolve(
    block: At<'_, Perturb>,
    point: &Point,
    sizes: Sizes,
    cx: &mut Context<'_>,
) -> Option<Around> {
    let keyword = Span { start: block.span.start, end: block.span.start + "perturb".len() };
    let before = cx.errors.len();
    let found = gather(block, point, sizes, cx);
    if found.norms.is_empty() && found.offsets.is_none() && cx.errors.len() == before {
        let message = "the block does not say how far an input may change";
        let error = Diagnostic::new(Code::MissingSetting, message, keyword).label("this block");
        cx.error(error.help("add a line such as `linf 0.1` or `offset x in [-0.1, 0.1]`"));
    }
    let within = match found.within {
        None => None,
        Some(range) => {
            let ends = number::range(range, cx)?;
            inside(point, &ends, range.span, cx)?;
            Some((ends, range.span))
        }
    };
    if cx.errors.len() > before {
        return None;
    }
    let ends = within.as_ref().map(|w| &w.0);
    let mut around = at(point, cx)?;
    // All of them hold.
    for (norm, radius, span) in found.norms.iter().copied() {
        let (change, within) = one(norm, (radius, span), ends, point, cx)?;
        around.perturbations.push(change);
        around.within = around.within.or(within);
    }
    if let Some(by) = &found.offsets {
        let (change, within) = offsets(by.clone(), ends, found.offset, point, cx)?;
        around.perturbations.push(change);
        around.within = around.within.or(within);
    }
    let lattice = match found.lattice {
        Some((step, span)) => Some(lattice(step, span, point, cx)?),
        None => None,
    };
    let written = written(&block.node.settings, point.scaling.is_some());
    let whole = lattice.and_then(|l| whole(&found, ends, l, point)).map(Arc::new);
    let around = Around { lattice, whole, rows: found.rows, written, ..around };
    let empty = around.whole.as_ref().is_some_and(|w| w.surely_empty());
    if !empty && around.case(Formula::TRUE).is_some() {
        return Some(around);
    }
    let unrestricted = Around { rows: Vec::new(), ..around };
    let (message, help) = match unrestricted.case(Formula::TRUE).filter(|_| !empty) {
        None => (
            "no input is admissible: lattice, radius and domain leave none",
            "take a finer lattice or a larger radius",
        ),
        Some(_) => (
            "no input is admissible: a row holds for none within the radius",
            "look for rows that contradict the radius or the domain",
        ),
    };
    cx.error(Diagnostic::new(Code::EmptySet, message, keyword).label("this block").help(help));
    None
}

fn gather<'a>(
    block: At<'a, Perturb>,
    point: &Point,
    sizes: Sizes,
    cx: &mut Context<'_>,
) -> Found<'a> {
    let settings = &block.node.settings;
    cx.once(settings, |s| (!s.repeats()).then(|| s.keyword()));
    let mut found = Found::default();
    for setting in settings {
        let span = setting.span;
        match &setting.node {
            PerturbSetting::Norm(norm, radius, within) => {
                found.norms.push((*norm, radius, span));
                if let Some(range) = within {
                    domain(range, &mut found, cx);
                }
            }
            PerturbSetting::Offset(elements, by) => {
                let by = number::range(by, cx);
                let list = inputs::chosen(elements, sizes.inputs, span, cx);
                if found.offsets.is_none() {
                    found.offset = span;
                }
                let fixed = || vec![(RBig::ZERO, RBig::ZERO); sizes.inputs];
                let offsets = found.offsets.get_or_insert_with(fixed);
                let (Some(by), Some(list)) = (by, list) else { continue };
                for at in list {
                    if let Some(slot) = offsets.get_mut(at) {
                        slot.clone_from(&by);
                    }
                }
            }
            PerturbSetting::Within(range) => domain(range, &mut found, cx),
            PerturbSetting::Lattice(step) => found.lattice = Some((step, step.span)),
            PerturbSetting::Row(written) => {
                if let Some(formula) = formula::resolve(&written.node, written.span, sizes, cx) {
                    rows(formula, written.span, point, &mut found.rows, cx);
                }
            }
        }
    }
    found
}

/// The block in its own words, but for rows.
fn written(settings: &[Spanned<PerturbSetting>], before_scaling: bool) -> Written {
    let ends = |range: &Range| format!("[{}, {}]", range.node.0.node, range.node.1.node);
    let mut out = Written { before_scaling, ..Written::default() };
    for setting in settings {
        match &setting.node {
            PerturbSetting::Norm(norm, radius, within) => {
                out.changes.push(format!("{} {}", norm.word(), radius.node));
                out.within = within.as_ref().map(ends).or(out.within);
            }
            PerturbSetting::Offset(elements, by) => {
                out.changes.push(format!("offset {elements} in {}", ends(by)));
            }
            PerturbSetting::Within(range) => out.within = Some(ends(range)),
            PerturbSetting::Lattice(step) => out.lattice = Some(step.node.to_string()),
            PerturbSetting::Row(_) => {}
        }
    }
    out
}

fn domain<'a>(range: &'a Range, found: &mut Found<'a>, cx: &mut Context<'_>) {
    if let Some(first) = found.within.replace(range) {
        let error = Diagnostic::new(Code::RepeatedSetting, "`within` is set twice", range.span);
        let error = error.label("again").help("keep one of the two");
        cx.error(error.also(first.span, "first"));
    }
}

/// The point itself must lie in its domain: if it does not, it was scaled in another way.
fn inside(point: &Point, (lo, hi): &(RBig, RBig), span: Span, cx: &mut Context<'_>) -> Option<()> {
    let Some(at) = point.values.iter().position(|v| v < lo || v > hi) else { return Some(()) };
    let value = point.values.get(at).map_or(0.0, |v| v.to_f64().value());
    let value = crate::front::printable::number(value);
    let message = format!("the point lies outside its domain: x[{at}] is {value}");
    let error = Diagnostic::new(Code::PointOutside, message, span).label("this domain");
    let help = "widen the domain, or say how the data are scaled, such as `scale 1/255`";
    cx.error(error.help(help).also(point.span, "this point"));
    None
}

/// The point alone.
fn at(point: &Point, cx: &mut Context<'_>) -> Option<Around> {
    let mut center = Vec::with_capacity(point.values.len());
    for (k, value) in point.values.iter().enumerate() {
        center.push(number::enclosed(&point.moved(k, value), point.span, cx)?);
    }
    let (perturbations, rows, written) = (Vec::new(), Vec::new(), Written::default());
    let (within, lattice, whole) = (None, None, None);
    Some(Around { center, perturbations, within, lattice, whole, rows, written })
}

fn ends(
    within: Option<&(RBig, RBig)>,
    span: Span,
    cx: &mut Context<'_>,
) -> Option<Option<(Interval, Interval)>> {
    let Some((lo, hi)) = within else { return Some(None) };
    Some(Some((number::enclosed(lo, span, cx)?, number::enclosed(hi, span, cx)?)))
}

/// What may change, and the domain if that does not take it into account.
type Change = (Perturbation, Option<(Interval, Interval)>);

/// A box around the point, the domain taken into account.
fn offsets(
    mut by: Vec<(RBig, RBig)>,
    within: Option<&(RBig, RBig)>,
    span: Span,
    point: &Point,
    cx: &mut Context<'_>,
) -> Option<Change> {
    let whole = if point.scaling.is_none() { ends(within, span, cx)? } else { None };
    let mut enclosed = Vec::with_capacity(by.len());
    for (k, ((lower, upper), value)) in by.iter_mut().zip(&point.values).enumerate() {
        if let (Some((lo, hi)), Some(_)) = (within, &point.scaling) {
            *lower = std::mem::take(lower).max(lo - value);
            *upper = std::mem::take(upper).min(hi - value);
        }
        let (lower, upper) = (point.stretched(k, lower), point.stretched(k, upper));
        enclosed.push((number::enclosed(&lower, span, cx)?, number::enclosed(&upper, span, cx)?));
    }
    Some((Perturbation::Offsets(enclosed), whole))
}

/// What a norm says: a ball, which normalisation must leave one, or a box.
fn one(
    norm: Norm,
    (radius, span): (&Exact, Span),
    within: Option<&(RBig, RBig)>,
    point: &Point,
    cx: &mut Context<'_>,
) -> Option<Change> {
    let radius = number::size(radius, true, "the radius", cx)?;
    let (radius, within) = match &point.scaling {
        None => (radius, within.cloned()),
        Some(_) if norm == Norm::Linf => {
            let by = vec![(-&radius, radius); point.values.len()];
            return offsets(by, within, span, point, cx);
        }
        Some(scaling) if scaling.is_even() => {
            let moved = within.map(|(lo, hi)| (point.moved(0, lo), point.moved(0, hi)));
            (point.stretched(0, &radius), moved)
        }
        Some(scaling) => {
            let word = norm.word();
            let message =
                format!("`mean` and `std` that differ by channel make no ball of an {word} ball");
            let error = Diagnostic::new(Code::Normalisation, message, span).label("this ball");
            let help = "use `linf` or `offset`, or one mean and one std for all channels";
            cx.error(error.help(help).also(scaling.span, "scaled here"));
            return None;
        }
    };
    let radius = number::enclosed(&radius, span, cx)?;
    let perturbation = match norm {
        Norm::L1 => Perturbation::L1(radius),
        Norm::L2 => Perturbation::L2(radius),
        Norm::Linf => Perturbation::Linf(radius),
    };
    Some((perturbation, ends(within.as_ref(), span, cx)?))
}

fn lattice(step: &Exact, span: Span, point: &Point, cx: &mut Context<'_>) -> Option<Lattice> {
    if let Some(scaling) = &point.scaling {
        let message = "a lattice has no place behind `mean` and `std`";
        let error = Diagnostic::new(Code::Normalisation, message, span).label("this lattice");
        let help = "drop the lattice, or put the normalisation into the network";
        cx.error(error.help(help).also(scaling.span, "scaled here"));
        return None;
    }
    let step = number::size(step, false, "the step of a lattice", cx)?;
    let (times, over) = step.into_parts();
    let (times, over) = (RBig::from(times), RBig::from(over));
    let (times, over) = (number::enclosed(&times, span, cx)?, number::enclosed(&over, span, cx)?);
    if !times.is_point() || !over.is_point() {
        let message = "the step of a lattice has too many digits";
        let error = Diagnostic::new(Code::OptionRange, message, span).label("this step");
        cx.error(error.help("write it as a quotient of whole numbers below 2^53, such as 1/255"));
        return None;
    }
    Some(Lattice { times: times.lo, over: over.lo })
}

/// All changes in steps of the lattice, without rounding; nothing where it is not `1/q`, or has no point.
fn whole(
    found: &Found<'_>,
    within: Option<&(RBig, RBig)>,
    lattice: Lattice,
    point: &Point,
) -> Option<lattice::Lattice> {
    if lattice.times != 1.0 || lattice.over > 65_535.0 || point.scaling.is_some() {
        return None;
    }
    let q = lattice.over as u32;
    let unit = RBig::from(q);
    let mut out = lattice::Lattice { q, low: Vec::new(), high: Vec::new(), balls: Vec::new() };
    let mut all = Vec::with_capacity(found.norms.len());
    for (norm, radius, _) in &found.norms {
        all.push((*norm, number::exact(radius)?));
    }
    for (k, center) in point.values.iter().enumerate() {
        let mut ends: Vec<(RBig, RBig)> =
            all.iter().map(|(_, r)| (center - r, center + r)).collect();
        if let Some(by) = &found.offsets {
            let (lower, upper) = by.get(k)?;
            ends.push((center + lower, center + upper));
        }
        ends.extend(within.cloned());
        let low = ends.iter().map(|e| (&e.0 * &unit).ceil()).max()?;
        let high = ends.iter().map(|e| (&e.1 * &unit).floor()).min()?;
        out.low.push(i64::try_from(low).ok()?);
        out.high.push(i64::try_from(high).ok()?);
    }
    for (norm, radius) in all {
        let norm = match norm {
            Norm::Linf => continue,
            Norm::L1 => lattice::Norm::L1,
            Norm::L2 => lattice::Norm::L2,
        };
        let center = point.values.iter().map(|v| v * &unit).collect();
        out.balls.push(lattice::Ball { norm, center, radius: radius * &unit });
    }
    Some(out)
}

/// The rows of a conjunction, moved with the point.
fn rows(formula: Formula, span: Span, point: &Point, found: &mut Vec<Atom>, cx: &mut Context<'_>) {
    match formula {
        Formula::Atom(atom) if atom.on_inputs() => found.extend(moved(atom, span, point, cx)),
        Formula::All(parts) => parts.into_iter().for_each(|p| rows(p, span, point, found, cx)),
        Formula::Atom(_) | Formula::Any(_) => {
            let message = "a row of this block is a linear comparison of inputs";
            let error = Diagnostic::new(Code::NoRow, message, span).label("another formula");
            let help = "write rows such as `x[0] + 2 * x[1] <= 3`; `inputs` and `ask never` take any formula";
            cx.error(error.help(help));
        }
    }
}

/// A row over the data as one over the inputs of the network: `x = std * input + mean`.
fn moved(atom: Atom, span: Span, point: &Point, cx: &mut Context<'_>) -> Option<Atom> {
    let Some(scaling) = &point.scaling else { return Some(atom) };
    // The coefficients are enclosures of what is written, so that products enclose too.
    let Atom { terms, relation, mut constant, line } = atom;
    let mut out = Vec::with_capacity(terms.len());
    for (variable, factor) in terms {
        let Variable::Input(k) = variable else { continue };
        let (mean, std) = scaling.of(k as usize);
        let mean = number::enclosed(mean, span, cx)?;
        constant = constant + -(factor * mean);
        out.push((variable, factor * number::enclosed(std, span, cx)?));
    }
    Some(Atom { terms: out, relation, constant, line })
}
