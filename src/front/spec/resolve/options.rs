//! `encode` and `solve`

use super::Context;
use crate::front::spec::ast::{Encode, EncodeSetting, Solve, SolveSetting, TightenSetting};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::options::{SolveOptions, SolverChoice};
use crate::front::spec::span::{Span, Spanned};
use crate::question::check::Place;
use crate::question::{EncodeOptions, Tighten, TightenOptions};

pub(super) fn encode(written: Option<&Encode>, cx: &mut Context<'_>) -> EncodeOptions {
    let mut options = EncodeOptions::default();
    let Some(written) = written else { return options };
    cx.once(&written.settings, |s| Some(s.keyword()));
    for setting in &written.settings {
        match &setting.node {
            EncodeSetting::TieBand(band) => {
                cx.place(Place::TieBand, setting.span);
                options.tie_band = *band;
            }
            EncodeSetting::Tighten(level, written) => {
                options.tighten = *level;
                options.effort = effort(*level, written, cx);
            }
            EncodeSetting::BudgetRows(on) => options.budget_rows = *on,
            EncodeSetting::SwitchOffRows(on) => options.switch_off_rows = *on,
            EncodeSetting::Flips(variant) => options.flips = *variant,
            EncodeSetting::Symmetry(on) => options.symmetry = *on,
            EncodeSetting::Cutoff(cutoff) => options.cutoff = *cutoff,
            EncodeSetting::Priority(priority) => options.priority = *priority,
            EncodeSetting::Window(_)
            | EncodeSetting::Rounds(_)
            | EncodeSetting::Points(_)
            | EncodeSetting::Templates(_) => {
                super::reach::elsewhere(setting.node.keyword(), setting.span, cx);
            }
            EncodeSetting::Verify(other) => {
                belongs(other.keyword(), Kind::Verify, setting.span, cx);
            }
        }
    }
    options
}

/// Most linear programs for one bound, and most rounds, windows and threads.
const NODES: usize = 100_000;
const ROUNDS: usize = 1_000;
const WORKERS: usize = 1_024;

fn effort(
    level: Tighten,
    written: &[Spanned<TightenSetting>],
    cx: &mut Context<'_>,
) -> TightenOptions {
    let mut effort = TightenOptions::default();
    cx.once(written, |s| Some(s.keyword()));
    for setting in written {
        let span = setting.span;
        needs(level, setting, cx);
        match setting.node {
            TightenSetting::Nodes(nodes) => {
                let rule = "between 1 and 100000";
                range((1..=NODES).contains(&nodes), "the number of nodes", rule, span, cx);
                effort.nodes = nodes;
            }
            TightenSetting::Fraction(share) => {
                range((0.0..=1.0).contains(&share), "the fraction", "between 0 and 1", span, cx);
                effort.fraction = share;
            }
            TightenSetting::Window(steps) => {
                range(steps > 0, "the window", "at least 1 step", span, cx);
                effort.window = Some(steps);
            }
            TightenSetting::Rounds(rounds) => {
                let rule = "between 1 and 1000";
                range((1..=ROUNDS).contains(&rounds), "the number of rounds", rule, span, cx);
                effort.rounds = rounds;
            }
            TightenSetting::Workers(workers) => {
                let rule = "between 1 and 1024";
                range((1..=WORKERS).contains(&workers), "the number of workers", rule, span, cx);
                effort.workers = workers;
            }
            TightenSetting::TimeLimit(seconds) => {
                // Longer than any run, and within what a clock can add.
                let good = seconds > 0.0 && seconds <= 1e9;
                range(good, "the time limit", "positive and at most 1e9 seconds", span, cx);
                effort.seconds = seconds;
            }
        }
    }
    effort
}

/// A setting that the level does not use would be a silent no-op.
fn needs(level: Tighten, setting: &Spanned<TightenSetting>, cx: &mut Context<'_>) {
    let least = match setting.node {
        TightenSetting::Nodes(_) | TightenSetting::Fraction(_) => Tighten::Integer,
        TightenSetting::Window(_)
        | TightenSetting::Rounds(_)
        | TightenSetting::Workers(_)
        | TightenSetting::TimeLimit(_) => Tighten::Linear,
    };
    if level < least {
        let (keyword, word) = (setting.node.keyword(), level.word());
        let message = format!("`{keyword}` has no meaning for `tighten {word}`");
        let error = Diagnostic::new(Code::Conflict, message, setting.span).label("not used");
        let help = format!("leave it out, or write `tighten {}` or above", least.word());
        cx.error(error.help(help));
    }
}

/// The kind of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Poison,
    Reach,
    Verify,
}

/// Reports a setting that belongs to the other kind of question.
pub(super) fn belongs(setting: &str, to: Kind, span: Span, cx: &mut Context<'_>) {
    let (here, label, help) = match to {
        Kind::Poison => {
            let help = "drop it; for verification there are `bounds`, `split`, `cases`, `smooth`, \
                        `models`, `cuts`, `objective`, `binarised`";
            ("a question of verification", "belongs to poisoned training", help)
        }
        Kind::Verify | Kind::Reach => {
            let help = "drop it; for training there are `tighten`, `tie-band`, `flips` and others";
            ("a question about training", "belongs to verification", help)
        }
    };
    let message = format!("`{setting}` has no place in {here}");
    cx.error(Diagnostic::new(Code::OtherKind, message, span).label(label).help(help));
}

pub(super) fn solve(
    written: Option<&Solve>,
    encode: Option<&Encode>,
    kind: Kind,
    cx: &mut Context<'_>,
) -> SolveOptions {
    let mut options = SolveOptions::default();
    let Some(written) = written else { return options };
    cx.once(&written.settings, |s| Some(s.keyword()));
    for setting in &written.settings {
        let span = setting.span;
        match setting.node {
            SolveSetting::Solver(solver) => {
                if kind == Kind::Reach {
                    super::reach::solver(solver, encode, span, cx);
                }
                let foreign = match (solver, kind) {
                    (SolverChoice::Exhaustive, Kind::Verify) => Some(("exhaustive", Kind::Poison)),
                    (SolverChoice::Branch, Kind::Poison) => Some(("branch", Kind::Verify)),
                    _ => None,
                };
                if let Some((word, to)) = foreign {
                    way(word, to, span, cx);
                }
                options.solver = solver;
            }
            SolveSetting::Branch(_) if kind == Kind::Reach => {
                super::reach::foreign(setting.node.keyword(), span, cx);
            }
            SolveSetting::Attack(_) if kind == Kind::Poison => {
                way("attack", Kind::Verify, span, cx)
            }
            SolveSetting::Branch(_) if kind == Kind::Poison => {
                way("branch", Kind::Verify, span, cx)
            }
            SolveSetting::Attack(_) | SolveSetting::Branch(_) => {}
            SolveSetting::TimeLimit(seconds) => {
                range(seconds > 0.0 && seconds.is_finite(), "the time limit", "positive", span, cx);
                options.time_limit = Some(seconds);
            }
            SolveSetting::Gap(gap) => {
                range((0.0..=1.0).contains(&gap), "the gap", "between 0 and 1", span, cx);
                options.gap = gap;
            }
            SolveSetting::Threads(threads) => {
                let rule = "between 1 and 1024";
                range((1..=1024).contains(&threads), "the number of threads", rule, span, cx);
                options.threads = Some(threads);
            }
        }
    }
    options
}

/// Reports a way of solving that belongs to the other kind of question.
fn way(word: &str, to: Kind, span: Span, cx: &mut Context<'_>) {
    let (here, label, help) = match to {
        Kind::Poison => (
            "a question of verification",
            "belongs to poisoned training",
            "inputs are not to be enumerated; `solver branch` needs no solver either",
        ),
        Kind::Verify | Kind::Reach => (
            "a question about training",
            "belongs to verification",
            "drop it; `solver exhaustive` needs no solver either",
        ),
    };
    let message = format!("`{word}` has no place in {here}");
    cx.error(Diagnostic::new(Code::OtherKind, message, span).label(label).help(help));
}

pub(super) fn range(good: bool, what: &str, rule: &str, span: Span, cx: &mut Context<'_>) {
    if !good {
        let message = format!("{what} must be {rule}");
        let error = Diagnostic::new(Code::OptionRange, message, span).label("out of range");
        cx.error(error.help("write a number in that range, or leave the line out"));
    }
}
