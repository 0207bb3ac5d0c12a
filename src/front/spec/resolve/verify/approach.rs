//! `encode` and `solve`: how the answer is looked for.

use super::super::options::{Kind, belongs, range};
use super::super::reach::elsewhere;
use super::Context;
use crate::front::spec::ast::{
    BoundsPass, Encode, EncodeSetting, Solve, SolveSetting, VerifySetting,
};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::{Span, Spanned};
use crate::network::graph::Graph;
use crate::question::verify::{
    Approach, Binarised, Case, Models, Passes, SmoothForm, Split, Whole,
};

/// Largest numbers of parts, pieces, rounds, steps, programs and nodes that make sense.
const PARTS: usize = 100_000;
const ROUNDS: usize = 1_000;
const STEPS: usize = 10_000;
const PROGRAMS: usize = 100_000_000;

pub(super) fn resolve(
    encode: Option<&Encode>,
    solve: Option<&Solve>,
    cx: &mut Context<'_>,
) -> Approach {
    let mut approach = Approach::default();
    for setting in solve.map_or(&[][..], |s| &s.settings) {
        match setting.node {
            SolveSetting::Attack(evaluations) => approach.evaluations = Some(evaluations),
            SolveSetting::Branch(nodes) => approach.nodes = Some(nodes),
            SolveSetting::Solver(_)
            | SolveSetting::TimeLimit(_)
            | SolveSetting::Gap(_)
            | SolveSetting::Threads(_) => {}
        }
    }
    let Some(encode) = encode else { return approach };
    cx.once(&encode.settings, |s| Some(s.keyword()));
    for setting in &encode.settings {
        match &setting.node {
            EncodeSetting::Verify(written) => set(written, setting.span, &mut approach, cx),
            EncodeSetting::Window(_)
            | EncodeSetting::Rounds(_)
            | EncodeSetting::Points(_)
            | EncodeSetting::Templates(_) => {
                elsewhere(setting.node.keyword(), setting.span, cx);
            }
            EncodeSetting::TieBand(_)
            | EncodeSetting::Tighten(..)
            | EncodeSetting::BudgetRows(_)
            | EncodeSetting::SwitchOffRows(_)
            | EncodeSetting::Flips(_)
            | EncodeSetting::Symmetry(_)
            | EncodeSetting::Cutoff(_)
            | EncodeSetting::Priority(_) => {
                belongs(setting.node.keyword(), Kind::Poison, setting.span, cx);
            }
        }
    }
    cuts_need_switches(encode, &approach, cx);
    let written = |wanted: &str| encode.settings.iter().find(|s| s.node.keyword() == wanted);
    if approach.binarised.is_some() {
        // The relaxation of one program for all classes is that of their union.
        if written("models").is_none() {
            approach.models = Models::Together;
        }
        for word in ["split", "cases", "smooth", "objective"] {
            if let Some(setting) = written(word) {
                let message = format!("`{word}` has no meaning for programs in whole numbers");
                let error = Diagnostic::new(Code::Conflict, message, setting.span);
                cx.error(error.label("not used").help("leave it out, or drop `binarised`"));
            }
        }
    }
    approach
}

/// A program in whole numbers is one of a binarised network on a lattice.
pub(super) fn whole(
    encode: Option<&Encode>,
    (graph, cases, approach): (&Graph, &[Case], &Approach),
    cx: &mut Context<'_>,
) {
    let settings = encode.map_or(&[][..], |e| &e.settings);
    let written = settings.iter().find(|s| s.node.keyword() == "binarised");
    if let (Some(_), Some(setting)) = (approach.binarised, written) {
        let wrong = cases.iter().find_map(|case| Whole::new(graph, case).err());
        if let Some(wrong) = wrong {
            let error = Diagnostic::new(Code::Conflict, wrong.to_string(), setting.span);
            cx.error(error.label("asked for here").help(wrong.help()));
        }
    }
}

/// Cuts are about the binary of a neuron, which not every program has.
fn cuts_need_switches(encode: &Encode, approach: &Approach, cx: &mut Context<'_>) {
    let way = match approach.split {
        Split::BigM | Split::Indicator | Split::Partition { .. } => return,
        Split::Sos1 => "sos1",
        Split::Complementarity => "complementarity",
    };
    let of = |wanted: &str| encode.settings.iter().find(|s| s.node.keyword() == wanted);
    if approach.cuts > 0
        && let (Some(cuts), Some(split)) = (of("cuts"), of("split"))
    {
        let message = format!("`cuts` has no meaning for `split {way}`, which has no binaries");
        let error = Diagnostic::new(Code::Conflict, message, cuts.span).label("not used");
        let help = "leave it out, or write `split big-m`, `indicator` or `partition`";
        cx.error(error.help(help).also(split.span, "the way of the programs"));
    }
}

fn set(written: &VerifySetting, span: Span, approach: &mut Approach, cx: &mut Context<'_>) {
    match written {
        VerifySetting::Bounds(passes) => approach.bounds = bounds(passes, cx),
        VerifySetting::Split(split) => {
            if let Split::Partition { parts } = *split {
                let good = (1..=PARTS).contains(&parts);
                range(good, "the number of parts", "between 1 and 100000", span, cx);
            }
            approach.split = *split;
        }
        VerifySetting::Cases(cases) => approach.cases = *cases,
        VerifySetting::Smooth(form) => {
            if let SmoothForm::Pieces(pieces) = *form {
                let good = (1..=ROUNDS).contains(&pieces);
                range(good, "the number of pieces", "between 1 and 1000", span, cx);
            }
            approach.smooth = Some(*form);
        }
        VerifySetting::Models(models) => approach.models = *models,
        VerifySetting::Cuts(rounds) => {
            let good = *rounds <= ROUNDS;
            range(good, "the number of rounds", "at most 1000", span, cx);
            approach.cuts = *rounds;
        }
        VerifySetting::Objective(ask) => approach.ask = *ask,
        VerifySetting::Binarised(layerwise) => {
            let good = *layerwise <= PROGRAMS;
            range(good, "the number of nodes", "at most 100000000", span, cx);
            approach.binarised = Some(Binarised { layerwise: *layerwise });
        }
    }
}

fn bounds(written: &[Spanned<BoundsPass>], cx: &mut Context<'_>) -> Passes {
    let mut passes = Passes::default();
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for pass in written {
        let (word, span) = (pass.node.keyword(), pass.span);
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == word) {
            let message = format!("`{word}` is named twice");
            let error = Diagnostic::new(Code::RepeatedSetting, message, span).label("again");
            cx.error(error.help("keep one of the two").also(*first, "first"));
        }
        seen.push((word, span));
        match &pass.node {
            BoundsPass::From(_) => {}
            BoundsPass::Interval => passes.linear = false,
            BoundsPass::Linear => passes.linear = true,
            &BoundsPass::Slopes(steps) => {
                let good = (1..=STEPS).contains(&steps);
                range(good, "the number of steps", "between 1 and 10000", span, cx);
                passes.steps = steps;
            }
            &BoundsPass::Programs(programs) => {
                let good = (1..=PROGRAMS).contains(&programs);
                range(good, "the number of programs", "between 1 and 100000000", span, cx);
                passes.programs = programs;
            }
            &BoundsPass::Nodes(nodes) => {
                let good = (1..=PROGRAMS).contains(&nodes);
                range(good, "the number of nodes", "between 1 and 100000000", span, cx);
                passes.nodes = nodes;
            }
        }
    }
    passes
}
