//! What belongs to `ask reach`.

use super::Context;
use super::options::range;
use crate::front::spec::ast::{
    BoundsPass, Encode, EncodeSetting, Solve, SolveSetting, VerifySetting,
};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::options::SolverChoice;
use crate::front::spec::span::{Span, Spanned};
use crate::network::Network;
use crate::question::reach::{Approach, Rounds, Templates};

/// Most principal directions.
const GRADIENTS: usize = 100;

/// Most nodes of a branching.
const NODES: usize = 1_000_000;

/// The settings of `encode` and `solve` for this question.
pub(super) fn approach(
    written: Option<&Encode>,
    solve: Option<&Solve>,
    network: Option<&Network>,
    cx: &mut Context<'_>,
) -> Approach {
    let mut approach = Approach::default();
    for setting in solve.map_or(&[][..], |s| &s.settings) {
        if let SolveSetting::Attack(replays) = setting.node {
            approach.replays = Some(replays);
        }
    }
    let Some(written) = written else { return approach };
    cx.once(&written.settings, |s| Some(s.keyword()));
    for setting in &written.settings {
        match &setting.node {
            EncodeSetting::Window(steps) => {
                let good = steps.is_none_or(|n| n > 0);
                range(good, "the window", "at least 1 step", setting.span, cx);
                approach.window = *steps;
            }
            EncodeSetting::Rounds(rounds) => {
                let good = *rounds != Rounds::Steps(0);
                range(good, "the window of the rounds", "at least 1 step", setting.span, cx);
                approach.rounds = Some(*rounds);
            }
            EncodeSetting::Points(steps) => {
                let rounds =
                    |s: &Spanned<EncodeSetting>| matches!(s.node, EncodeSetting::Rounds(_));
                if !written.settings.iter().any(rounds) {
                    let message = "programs of points come behind the rounds, and there are none";
                    let error = Diagnostic::new(Code::Conflict, message, setting.span);
                    let error = error.label("needs `rounds`");
                    cx.error(error.help("write `rounds 1` beside it, or drop it"));
                }
                approach.points = Some(*steps);
            }
            EncodeSetting::Templates(templates) => {
                approach.templates = kinds(templates, cx);
            }
            EncodeSetting::Verify(VerifySetting::Bounds(passes)) => {
                bounds(passes, &mut approach, cx);
            }
            EncodeSetting::TieBand(_)
            | EncodeSetting::Tighten(..)
            | EncodeSetting::BudgetRows(_)
            | EncodeSetting::SwitchOffRows(_)
            | EncodeSetting::Flips(_)
            | EncodeSetting::Symmetry(_)
            | EncodeSetting::Cutoff(_)
            | EncodeSetting::Priority(_)
            | EncodeSetting::Verify(
                VerifySetting::Split(_)
                | VerifySetting::Cases(_)
                | VerifySetting::Smooth(_)
                | VerifySetting::Models(_)
                | VerifySetting::Cuts(_)
                | VerifySetting::Binarised(_)
                | VerifySetting::Objective(_),
            ) => foreign(setting.node.keyword(), setting.span, cx),
        }
    }
    let templates = written.settings.iter().find(|s| s.node.keyword() == "templates");
    if let Some(setting) = templates {
        through_windows(&approach, setting.span, cx);
        few_enough(approach.templates, network, setting.span, cx);
    }
    approach
}

fn kinds(written: &[Spanned<Templates>], cx: &mut Context<'_>) -> Templates {
    cx.once(written, |t| {
        Some(match t {
            Templates { differences: true, .. } => "differences",
            Templates { sums: true, .. } => "sums",
            Templates { .. } => "gradients",
        })
    });
    let mut all = Templates::default();
    for one in written {
        let good = one.node.gradients.is_none_or(|n| (1..=GRADIENTS).contains(&n));
        range(good, "the number of directions", "between 1 and 100", one.span, cx);
        all.differences |= one.node.differences;
        all.sums |= one.node.sums;
        all.gradients = all.gradients.or(one.node.gradients);
    }
    all
}

/// Templates are ranges that windows prove and use.
fn through_windows(approach: &Approach, span: Span, cx: &mut Context<'_>) {
    if !approach.linear {
        let message = "templates are bounded through windows";
        let error = Diagnostic::new(Code::OtherKind, message, span).label("not used");
        cx.error(error.help("drop `templates` or `bounds interval`"));
    }
}

fn few_enough(templates: Templates, network: Option<&Network>, span: Span, cx: &mut Context<'_>) {
    let count = network.map_or(0, |n| templates.count(n));
    if count > Templates::MOST {
        let message =
            format!("these templates are {count} directions, of {} at most", Templates::MOST);
        let error = Diagnostic::new(Code::OptionRange, message, span).label("too many");
        cx.error(error.help("leave a kind out; `gradients 10` are ten, whatever the network"));
    }
}

fn bounds(passes: &[Spanned<BoundsPass>], approach: &mut Approach, cx: &mut Context<'_>) {
    cx.once(passes, |p| Some(p.keyword()));
    for pass in passes {
        match &pass.node {
            BoundsPass::Interval => approach.linear = false,
            BoundsPass::Linear => approach.linear = true,
            BoundsPass::Nodes(nodes) => {
                let rule = "between 1 and 1000000";
                range((1..=NODES).contains(nodes), "the number of nodes", rule, pass.span, cx);
                approach.nodes = *nodes;
            }
            BoundsPass::Slopes(_) | BoundsPass::Programs(_) | BoundsPass::From(_) => {
                foreign(pass.node.keyword(), pass.span, cx);
            }
        }
    }
}

pub(super) fn foreign(setting: &str, span: Span, cx: &mut Context<'_>) {
    let message = format!("`{setting}` has no place in `ask reach`");
    let error =
        Diagnostic::new(Code::OtherKind, message, span).label("belongs to another question");
    let help = "drop it; here there are `window`, `rounds`, `points`, `templates` and `bounds interval`, `bounds linear, nodes 100`";
    cx.error(error.help(help));
}

/// `window`, `rounds` or `points` outside of `ask reach`.
pub(super) fn elsewhere(setting: &str, span: Span, cx: &mut Context<'_>) {
    let message = format!("`{setting}` has no place in a question of another kind");
    let error = Diagnostic::new(Code::OtherKind, message, span).label("belongs to `ask reach`");
    cx.error(error.help(match setting {
        "points" => "drop it".to_owned(),
        _ => format!(
            "drop it; for `tighten` it stands in its block: `tighten linear {{ {setting} 2 }}`"
        ),
    }));
}

/// Who solves has no meaning where bounds alone answer.
pub(super) fn solver(
    choice: SolverChoice,
    encode: Option<&Encode>,
    span: Span,
    cx: &mut Context<'_>,
) {
    let rounds = |s: &Spanned<EncodeSetting>| matches!(s.node, EncodeSetting::Rounds(_));
    let rounds = encode.is_some_and(|e| e.settings.iter().any(rounds));
    let (message, help) = match (choice, rounds) {
        (SolverChoice::Auto | SolverChoice::Branch, _) => return,
        (
            SolverChoice::Embedded
            | SolverChoice::Highs
            | SolverChoice::Scip
            | SolverChoice::Gurobi,
            true,
        ) => return,
        (SolverChoice::Exhaustive, true) => (
            "the programs of rounds need a solver",
            "write `solver branch`, `highs`, `scip`, `gurobi` or `embedded`, or drop the line",
        ),
        (
            SolverChoice::Embedded
            | SolverChoice::Highs
            | SolverChoice::Scip
            | SolverChoice::Gurobi
            | SolverChoice::Exhaustive,
            false,
        ) => (
            "`ask reach` without `rounds` is answered by bounds, and needs no solver",
            "drop the line, or ask for programs with `encode { rounds 1 }`",
        ),
    };
    let error = Diagnostic::new(Code::OtherKind, message, span).label("not used");
    cx.error(error.help(help));
}
