//! `encode` and `solve`

use nom::Parser;
use nom::branch::alt;
use nom::combinator::cut;

use super::block::block;
use super::common::list;
use super::encode::verify_setting;
use super::lex::{choice, integer, keyword, number, rule, spanned, symbol};
use super::state::{In, Res};
use crate::front::spec::ast::{Encode, EncodeSetting, Solve, SolveSetting, TightenSetting};
use crate::front::spec::options::SolverChoice;
use crate::front::spec::production::Production;
use crate::question::reach::{Rounds, Templates};
use crate::question::{Cutoff, FlipEncoding, Priority, Tighten};

/// A setting that is on or off.
type Switch = fn(bool) -> EncodeSetting;

/// `encode { ... }`
pub fn encode(i: In<'_>) -> Res<'_, Encode> {
    let inner = |i| {
        let (i, _) = keyword("encode")(i)?;
        let (i, settings) = block(rule(Production::EncodeSetting, encode_setting))(i)?;
        Ok((i, Encode { settings }))
    };
    rule(Production::Encode, inner)(i)
}

fn encode_setting(i: In<'_>) -> Res<'_, EncodeSetting> {
    if let Ok((i, _)) = keyword("tie-band")(i) {
        let (i, band) = cut(number).parse(i)?;
        return Ok((i, EncodeSetting::TieBand(band.node)));
    }
    if keyword("tighten")(i).is_ok() {
        return rule(Production::Tighten, tighten)(i);
    }
    if let Ok((i, _)) = keyword("flips")(i) {
        let variants = choice(&[
            ("margin", FlipEncoding::Margin),
            ("two-switches", FlipEncoding::TwoSwitches),
            ("disjoint", FlipEncoding::Disjoint),
        ]);
        let (i, variant) = cut(variants).parse(i)?;
        return Ok((i, EncodeSetting::Flips(variant.node)));
    }
    if let Ok((i, _)) = keyword("cutoff")(i) {
        let words =
            choice(&[("off", Cutoff::Off), ("families", Cutoff::Families), ("list", Cutoff::List)]);
        let (i, cutoff) = cut(words).parse(i)?;
        return Ok((i, EncodeSetting::Cutoff(cutoff.node)));
    }
    if let Ok((i, _)) = keyword("priority")(i) {
        let words = choice(&[("off", Priority::Off), ("causal", Priority::Causal)]);
        let (i, priority) = cut(words).parse(i)?;
        return Ok((i, EncodeSetting::Priority(priority.node)));
    }
    if let Ok((i, _)) = keyword("window")(i) {
        if let Ok((i, _)) = keyword("run")(i) {
            return Ok((i, EncodeSetting::Window(None)));
        }
        let (i, steps) = cut(integer).parse(i)?;
        return Ok((i, EncodeSetting::Window(Some(steps.node))));
    }
    if let Ok((i, _)) = keyword("rounds")(i) {
        if let Ok((i, _)) = keyword("run")(i) {
            return Ok((i, EncodeSetting::Rounds(Rounds::Run)));
        }
        let (i, steps) = cut(integer).parse(i)?;
        return Ok((i, EncodeSetting::Rounds(Rounds::Steps(steps.node))));
    }
    if let Ok((i, _)) = keyword("points")(i) {
        let (i, steps) = cut(integer).parse(i)?;
        return Ok((i, EncodeSetting::Points(steps.node)));
    }
    if let Ok((i, _)) = keyword("templates")(i) {
        let (i, all) = cut(list(spanned(rule(Production::Template, template)))).parse(i)?;
        return Ok((i, EncodeSetting::Templates(all)));
    }
    match verify_setting(i) {
        Ok((i, setting)) => return Ok((i, EncodeSetting::Verify(setting))),
        Err(nom::Err::Error(_)) => {}
        Err(failure) => return Err(failure),
    }
    const SWITCHES: &[(&str, Switch)] = &[
        ("budget-rows", EncodeSetting::BudgetRows),
        ("switch-off-rows", EncodeSetting::SwitchOffRows),
        ("symmetry", EncodeSetting::Symmetry),
    ];
    let (i, switch) = choice(SWITCHES)(i)?;
    let toggle = rule(Production::Toggle, choice(&[("on", true), ("off", false)]));
    let (i, on) = cut(toggle).parse(i)?;
    Ok((i, (switch.node)(on.node)))
}

/// `gradients 3`: one kind of templates.
fn template(i: In<'_>) -> Res<'_, Templates> {
    let none = Templates::default();
    if let Ok((i, _)) = keyword("differences")(i) {
        return Ok((i, Templates { differences: true, ..none }));
    }
    if let Ok((i, _)) = keyword("sums")(i) {
        return Ok((i, Templates { sums: true, ..none }));
    }
    let (i, _) = keyword("gradients")(i)?;
    let (i, count) = cut(integer).parse(i)?;
    Ok((i, Templates { gradients: Some(count.node), ..none }))
}

/// `tighten integer { nodes 50 }`
fn tighten(i: In<'_>) -> Res<'_, EncodeSetting> {
    let (i, _) = keyword("tighten")(i)?;
    let levels = choice(&[
        ("interval", Tighten::Interval),
        ("directional", Tighten::Directional),
        ("linear", Tighten::Linear),
        ("integer", Tighten::Integer),
        ("nonconvex", Tighten::Nonconvex),
    ]);
    let (i, level) = cut(levels).parse(i)?;
    let opened = symbol("{")(i).is_ok();
    let (i, settings) = if opened {
        block(rule(Production::TightenSetting, tighten_setting))(i)?
    } else {
        (i, Vec::new())
    };
    Ok((i, EncodeSetting::Tighten(level.node, settings)))
}

fn tighten_setting(i: In<'_>) -> Res<'_, TightenSetting> {
    type Count = fn(usize) -> TightenSetting;
    const COUNTS: &[(&str, Count)] = &[
        ("nodes", TightenSetting::Nodes),
        ("window", TightenSetting::Window),
        ("rounds", TightenSetting::Rounds),
        ("workers", TightenSetting::Workers),
    ];
    if let Ok((i, _)) = keyword("fraction")(i) {
        let (i, share) = cut(number).parse(i)?;
        return Ok((i, TightenSetting::Fraction(share.node)));
    }
    if keyword("time")(i).is_ok() {
        let (i, seconds) = rule(Production::TimeLimit, time_limit)(i)?;
        return Ok((i, TightenSetting::TimeLimit(seconds)));
    }
    let (i, count) = choice(COUNTS)(i)?;
    let (i, n) = cut(integer).parse(i)?;
    Ok((i, (count.node)(n.node)))
}

/// `solve { ... }`
pub fn solve(i: In<'_>) -> Res<'_, Solve> {
    let inner = |i| {
        let (i, _) = keyword("solve")(i)?;
        let (i, settings) = block(rule(Production::SolveSetting, solve_setting))(i)?;
        Ok((i, Solve { settings }))
    };
    rule(Production::Solve, inner)(i)
}

fn solve_setting(i: In<'_>) -> Res<'_, SolveSetting> {
    let limit = |i| {
        let (i, seconds) = rule(Production::TimeLimit, time_limit)(i)?;
        Ok((i, SolveSetting::TimeLimit(seconds)))
    };
    alt((solver, limit, gap, threads, attack, branch)).parse(i)
}

fn solver(i: In<'_>) -> Res<'_, SolveSetting> {
    let (i, _) = keyword("solver")(i)?;
    let solvers = choice(&[
        ("auto", SolverChoice::Auto),
        ("embedded", SolverChoice::Embedded),
        ("highs", SolverChoice::Highs),
        ("scip", SolverChoice::Scip),
        ("gurobi", SolverChoice::Gurobi),
        ("exhaustive", SolverChoice::Exhaustive),
        ("branch", SolverChoice::Branch),
    ]);
    let (i, solver) = cut(solvers).parse(i)?;
    Ok((i, SolveSetting::Solver(solver.node)))
}

/// `time limit 10 s`, in seconds.
fn time_limit(i: In<'_>) -> Res<'_, f64> {
    let (i, _) = keyword("time")(i)?;
    let (i, _) = cut(keyword("limit")).parse(i)?;
    let (i, value) = cut(number).parse(i)?;
    let units = choice(&[
        ("s", 1.0),
        ("seconds", 1.0),
        ("min", 60.0),
        ("minutes", 60.0),
        ("h", 3600.0),
        ("hours", 3600.0),
    ]);
    let (i, unit) = cut(rule(Production::Unit, units)).parse(i)?;
    Ok((i, value.node * unit.node))
}

fn gap(i: In<'_>) -> Res<'_, SolveSetting> {
    let (i, _) = keyword("gap")(i)?;
    let (i, value) = cut(number).parse(i)?;
    Ok((i, SolveSetting::Gap(value.node)))
}

fn threads(i: In<'_>) -> Res<'_, SolveSetting> {
    let (i, _) = keyword("threads")(i)?;
    let (i, n) = cut(integer).parse(i)?;
    Ok((i, SolveSetting::Threads(n.node)))
}

fn attack(i: In<'_>) -> Res<'_, SolveSetting> {
    let inner = |i| {
        let (i, n) = effort("attack", "evaluations", i)?;
        Ok((i, SolveSetting::Attack(n as u64)))
    };
    rule(Production::Attack, inner)(i)
}

fn branch(i: In<'_>) -> Res<'_, SolveSetting> {
    let inner = |i| effort("branch", "nodes", i).map(|(i, n)| (i, SolveSetting::Branch(n)));
    rule(Production::Branch, inner)(i)
}

/// `word 5000 unit` or `word off`
fn effort<'a>(word: &'static str, unit: &'static str, i: In<'a>) -> Res<'a, usize> {
    let (i, _) = keyword(word)(i)?;
    if let Ok((i, _)) = keyword("off")(i) {
        return Ok((i, 0));
    }
    let (i, n) = cut(integer).parse(i)?;
    let (i, _) = cut(keyword(unit)).parse(i)?;
    Ok((i, n.node))
}
