//! `ask largest radius`: the radii, and where a specification is changed to ask about one of them.

use dashu::rational::RBig;

use super::super::statements::{At, Statements};
use super::{Context, number};
use crate::front::decimal::rational;
use crate::front::spec::ast::{self, Exact, Norm, Perturb, PerturbSetting};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::{Span, Spanned};
use crate::question::verify::{Edits, Formula, Largest, Radii, Subject, Truth, Verification};

/// The question, of which `widest` is that at the radius that is written.
pub(in crate::front::spec::resolve) fn build(
    asked: &ast::Largest,
    statements: &Statements<'_>,
    widest: Verification,
    cx: &mut Context<'_>,
) -> Option<Largest> {
    let block = statements.perturb?;
    let (norm, radius) = only_norm(block, asked.phrase.span, cx)?;
    let size = number::value(radius, cx)?;
    let (written, place) = match &asked.step {
        Some(step) => (&step.node, step.span),
        None => (lattice(block, asked.phrase.span, cx)?, radius.span),
    };
    number::size(written, false, "the step", cx)?;
    let over = written.node.over.as_ref();
    let over = over.and_then(|over| Some((over.clone(), rational(over)?)));
    let radii = Radii::new((rational(&written.node.number)?, over), &size);
    let Some(radii) = radii.filter(|r| r.most > 0) else {
        let (most, step) = (&radius.node, &written.node);
        let message = match &size / number::value(written, cx)? < RBig::ONE {
            true => format!("not one step of {step} fits into the radius {most}"),
            false => format!("the radius {most} has more than {} steps of {step}", Radii::LIMIT),
        };
        let error = Diagnostic::new(Code::OptionRange, message, place).label("this step");
        let help =
            "radii are multiples of the step, up to the radius in `perturb`; take another step";
        cx.error(error.help(help).also(radius.span, "the largest radius that is asked about"));
        return None;
    };
    on_lattice(&widest, &asked.spot.span, cx)?;
    let bytes = |span: Span| span.start..span.end;
    let edits = Edits {
        phrase: bytes(asked.phrase.span),
        radius: bytes(radius.span),
        step: asked.step.as_ref().map(|s| bytes(s.span)),
    };
    Some(Largest { widest, norm: norm.word(), radii, edits })
}

/// The only ball of the block.
fn only_norm<'a>(
    block: At<'a, Perturb>,
    phrase: Span,
    cx: &mut Context<'_>,
) -> Option<(Norm, &'a Exact)> {
    let of = |s: &'a Spanned<PerturbSetting>| match &s.node {
        PerturbSetting::Norm(norm, radius, _) => Some((*norm, radius)),
        PerturbSetting::Offset(..)
        | PerturbSetting::Within(_)
        | PerturbSetting::Lattice(_)
        | PerturbSetting::Row(_) => None,
    };
    let all: Vec<_> = block.node.settings.iter().filter_map(of).collect();
    if let [one] = all[..] {
        return Some(one);
    }
    let message = "the largest radius is that of one ball, and `perturb` has none or more than one";
    let error = Diagnostic::new(Code::Conflict, message, phrase).label("of which ball?");
    cx.error(
        error.help("write one of `linf`, `l1` and `l2`, with the largest radius to ask about"),
    );
    None
}

/// The step of the lattice.
fn lattice<'a>(block: At<'a, Perturb>, phrase: Span, cx: &mut Context<'_>) -> Option<&'a Exact> {
    let step = block.node.settings.iter().find_map(|s| match &s.node {
        PerturbSetting::Lattice(step) => Some(step),
        PerturbSetting::Norm(..)
        | PerturbSetting::Offset(..)
        | PerturbSetting::Within(_)
        | PerturbSetting::Row(_) => None,
    });
    if step.is_none() {
        let message = "without a lattice nothing says which radii to try";
        let error = Diagnostic::new(Code::MissingSetting, message, phrase).label("by which steps?");
        cx.error(error.help("add the step behind the point, such as `step 0.001`"));
    }
    step
}

/// The point must be admissible itself, so that no ball is empty.
fn on_lattice(widest: &Verification, span: &Span, cx: &mut Context<'_>) -> Option<()> {
    let Subject::Robust { around, .. } = &widest.subject else { return None };
    let center: Vec<f64> = around.center.iter().map(|c| c.lo).collect();
    let admits = around.case(Formula::TRUE).is_some_and(|case| case.admits(&center) != Truth::No);
    if !admits {
        let message = "the point itself is no admissible input, so that small balls are empty";
        let error = Diagnostic::new(Code::EmptySet, message, *span).label("this point");
        cx.error(error.help("look at the lattice, at `within` and at the rows of `perturb`"));
        return None;
    }
    Some(())
}
