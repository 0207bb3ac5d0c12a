//! `encode` and `solve`

use super::Context;
use crate::front::spec::ast::{Encode, EncodeSetting, Solve, SolveSetting};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::options::SolveOptions;
use crate::front::spec::span::Span;
use crate::question::EncodeOptions;
use crate::question::check::Place;

pub(super) fn encode(written: Option<&Encode>, cx: &mut Context<'_>) -> EncodeOptions {
    let mut options = EncodeOptions::default();
    let Some(written) = written else { return options };
    cx.once(&written.settings, |s| Some(s.keyword()));
    for setting in &written.settings {
        match setting.node {
            EncodeSetting::TieBand(band) => {
                cx.place(Place::TieBand, setting.span);
                options.tie_band = band;
            }
            EncodeSetting::Tighten(level) => options.tighten = level,
            EncodeSetting::BudgetRows(on) => options.budget_rows = on,
            EncodeSetting::SwitchOffRows(on) => options.switch_off_rows = on,
            EncodeSetting::Flips(variant) => options.flips = variant,
            EncodeSetting::Symmetry(on) => options.symmetry = on,
            EncodeSetting::Cutoff(on) => options.cutoff = on,
        }
    }
    options
}

pub(super) fn solve(written: Option<&Solve>, cx: &mut Context<'_>) -> SolveOptions {
    let mut options = SolveOptions::default();
    let Some(written) = written else { return options };
    cx.once(&written.settings, |s| Some(s.keyword()));
    for setting in &written.settings {
        let span = setting.span;
        match setting.node {
            SolveSetting::Solver(solver) => options.solver = solver,
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

fn range(good: bool, what: &str, rule: &str, span: Span, cx: &mut Context<'_>) {
    if !good {
        let message = format!("{what} must be {rule}");
        let error = Diagnostic::new(Code::OptionRange, message, span).label("out of range");
        cx.error(error.help("write a number in that range, or leave the line out"));
    }
}
