//! `train`

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::block::block;
use super::common::{bracketed, clause, list, row_list, row_range};
use super::lex::{choice, integer, keyword, name, number, rule, spanned};
use super::state::{In, Miss, Res};
use crate::front::spec::ast::{
    Batch, LastBatch, Per, RatePart, RowRange, Schedule, Train, TrainSetting,
};
use crate::front::spec::production::Production;
use crate::question::{Loss, Reduction};

/// `train NET on DATA { ... }`
pub fn train(i: In<'_>) -> Res<'_, Train> {
    let inner = |i| {
        let (i, _) = keyword("train")(i)?;
        let (i, network) = cut(name).parse(i)?;
        let (i, _) = cut(keyword("on")).parse(i)?;
        let (i, data) = cut(name).parse(i)?;
        let (i, settings) = block(setting)(i)?;
        Ok((i, Train { network, data, settings }))
    };
    rule(Production::Train, inner)(i)
}

fn setting(i: In<'_>) -> Res<'_, TrainSetting> {
    let one = |i| alt((loss, reduce, rate, length, batch, batches, momentum, decay, clip)).parse(i);
    rule(Production::TrainSetting, one)(i)
}

fn loss(i: In<'_>) -> Res<'_, TrainSetting> {
    let inner = |i| {
        let (i, _) = keyword("loss")(i)?;
        if let Ok((i, _)) = keyword("huber")(i) {
            let (i, delta) = cut(number).parse(i)?;
            return Ok((i, TrainSetting::Loss(Loss::Huber { delta: delta.node })));
        }
        let named = choice(&[
            ("hinge", Loss::Hinge),
            ("margin", Loss::Margin),
            ("perceptron", Loss::Perceptron),
            ("squared", Loss::Squared),
            ("absolute", Loss::Absolute),
            ("logistic", Loss::Logistic),
            ("cross-entropy", Loss::CrossEntropy),
        ]);
        let (i, loss) = cut(named).parse(i)?;
        Ok((i, TrainSetting::Loss(loss.node)))
    };
    rule(Production::Loss, inner)(i)
}

fn reduce(i: In<'_>) -> Res<'_, TrainSetting> {
    let inner = |i| {
        let (i, _) = keyword("reduce")(i)?;
        if let Ok((i, _)) = keyword("sum")(i) {
            return Ok((i, TrainSetting::Reduce(Reduction::Sum)));
        }
        let (i, _) = cut(keyword("mean")).parse(i)?;
        let (i, of) = opt(keyword("of")).parse(i)?;
        match of {
            Some(_) => {
                let (i, _) = cut(keyword("remaining")).parse(i)?;
                Ok((i, TrainSetting::Reduce(Reduction::MeanOfRemaining)))
            }
            None => Ok((i, TrainSetting::Reduce(Reduction::Mean))),
        }
    };
    rule(Production::Reduce, inner)(i)
}

fn rate(i: In<'_>) -> Res<'_, TrainSetting> {
    let inner = |i| {
        let (i, _) = keyword("rate")(i)?;
        let (i, parts) = cut(list(rate_part)).parse(i)?;
        let (i, schedule) = opt(schedule).parse(i)?;
        Ok((i, TrainSetting::Rate(parts, schedule)))
    };
    rule(Production::Rate, inner)(i)
}

fn rate_part(i: In<'_>) -> Res<'_, RatePart> {
    let inner = |i| {
        let (i, rate) = number(i)?;
        let (i, steps) = clause("for", integer)(i)?;
        Ok((i, RatePart { rate, steps }))
    };
    rule(Production::RatePart, inner)(i)
}

fn schedule(i: In<'_>) -> Res<'_, Schedule> {
    let inner = |i| {
        let (i, _) = keyword("decay")(i)?;
        let (i, decay) = cut(number).parse(i)?;
        let unit = choice(&[("step", Per::Step), ("epoch", Per::Epoch)]);
        let (i, per) = clause("per", unit)(i)?;
        let (i, floor) = clause("floor", number)(i)?;
        Ok((i, Schedule { decay, per: per.map_or(Per::Step, |p| p.node), floor }))
    };
    rule(Production::Schedule, inner)(i)
}

fn length(i: In<'_>) -> Res<'_, TrainSetting> {
    let inner = |i| {
        let (i, steps) = choice(&[("steps", true), ("epochs", false)])(i)?;
        let (i, n) = cut(integer).parse(i)?;
        Ok((i, if steps.node { TrainSetting::Steps(n) } else { TrainSetting::Epochs(n) }))
    };
    rule(Production::Length, inner)(i)
}

fn batch(i: In<'_>) -> Res<'_, TrainSetting> {
    let inner = |i| {
        let (i, _) = keyword("batch")(i)?;
        if let Ok((i, _)) = keyword("full")(i) {
            return Ok((i, TrainSetting::Batch(Batch::Full)));
        }
        let (i, size) = cut(integer).parse(i)?;
        let fate = choice(&[("kept", LastBatch::Kept), ("dropped", LastBatch::Dropped)]);
        let (i, last) = clause("last", fate)(i)?;
        let (i, order) = clause("order", row_list)(i)?;
        let last = last.map(|l| l.node);
        Ok((i, TrainSetting::Batch(Batch::Size { size, last, order })))
    };
    rule(Production::Batch, inner)(i)
}

fn batches(i: In<'_>) -> Res<'_, TrainSetting> {
    fn rows(i: In<'_>) -> Result<(In<'_>, Vec<RowRange>), nom::Err<Miss>> {
        rule(Production::RowList, bracketed("(", row_range, ")"))(i)
    }
    let inner = |i| {
        let (i, _) = keyword("batches")(i)?;
        let (i, groups) = cut(list(spanned(rows))).parse(i)?;
        Ok((i, TrainSetting::Batches(groups)))
    };
    rule(Production::Batches, inner)(i)
}

fn momentum(i: In<'_>) -> Res<'_, TrainSetting> {
    rule(Production::Momentum, |i| value("momentum", TrainSetting::Momentum, i))(i)
}

fn decay(i: In<'_>) -> Res<'_, TrainSetting> {
    rule(Production::Decay, |i| value("decay", TrainSetting::Decay, i))(i)
}

fn clip(i: In<'_>) -> Res<'_, TrainSetting> {
    rule(Production::Clip, |i| value("clip", TrainSetting::Clip, i))(i)
}

/// `key NUMBER`
fn value<'a>(
    key: &'static str,
    setting: fn(f64) -> TrainSetting,
    i: In<'a>,
) -> Res<'a, TrainSetting> {
    let (i, _) = keyword(key)(i)?;
    let (i, n) = cut(number).parse(i)?;
    Ok((i, setting(n.node)))
}
