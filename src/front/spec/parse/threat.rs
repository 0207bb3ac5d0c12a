//! `threat`

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::block::block;
use super::common::{bracketed, clause, columns, interval, label_value, list, row_list, within};
use super::lex::{choice, gap, integer, keyword, name, number, rule, spanned, symbol};
use super::relation::{change, missing, require, sparsity};
use super::state::{In, Res};
use crate::front::spec::ast::{
    Ball, Budget, FeatureChange, Insert, LabelChange, LabelValue, Threat, ThreatSetting, Touch,
};
use crate::front::spec::production::Production;
use crate::front::spec::span::Spanned;
use crate::question::Scope;

/// A ball with its radius.
type Radius = fn(f64) -> Ball;

/// `threat { ... }`
pub fn threat(i: In<'_>) -> Res<'_, Threat> {
    let inner = |i| {
        let (i, _) = keyword("threat")(i)?;
        let (i, settings) = block(setting)(i)?;
        Ok((i, Threat { settings }))
    };
    rule(Production::Threat, inner)(i)
}

fn setting(i: In<'_>) -> Res<'_, ThreatSetting> {
    let one = |i| {
        let relations = alt((change, missing, sparsity, require));
        alt((touch, labels, features, relations, domain, integer_columns, one_hot, delete, insert))
            .parse(i)
    };
    rule(Production::ThreatSetting, one)(i)
}

fn touch(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("touch")(i)?;
        let (i, budget) = match keyword("all")(i) {
            Ok((i, span)) => (i, Budget::All(Spanned::new((), span))),
            Err(_) => {
                let (i, _) = cut(keyword("at")).parse(i)?;
                let (i, _) = cut(keyword("most")).parse(i)?;
                cut(budget).parse(i)?
            }
        };
        let (i, of) = clause("of", name)(i)?;
        let (i, rows) = clause("rows", spanned(row_list))(i)?;
        let rows = rows.inspect(|_| i.extra.seen(Production::Rows));
        let (i, labels) = opt(with_label).parse(i)?;
        let scope = choice(&[("run", Scope::Run), ("batch", Scope::Batch)]);
        let (i, scope) = clause("per", scope)(i)?;
        let scope = scope.map_or(Scope::Run, |s| s.node);
        let labels = labels.unwrap_or_default();
        Ok((i, ThreatSetting::Touch(Touch { budget, of, rows, labels, scope })))
    };
    rule(Production::Touch, inner)(i)
}

fn budget(i: In<'_>) -> Res<'_, Budget> {
    let inner = |i| {
        let (i, first) = integer(i)?;
        let (i, separate) = opt(keyword("features")).parse(i)?;
        if separate.is_none() {
            return Ok((i, Budget::Joint(first)));
        }
        let (i, _) = cut(symbol(",")).parse(i)?;
        let (i, labels) = cut(integer).parse(gap(i))?;
        let (i, _) = cut(keyword("labels")).parse(i)?;
        Ok((i, Budget::Separate { features: first, labels }))
    };
    rule(Production::Budget, inner)(i)
}

/// `with label +1`
pub fn with_label(i: In<'_>) -> Res<'_, Vec<LabelValue>> {
    let inner = |i| {
        let (i, _) = keyword("with")(i)?;
        let (i, _) = cut(keyword("label")).parse(i)?;
        cut(list(label_value)).parse(i)
    };
    rule(Production::WithLabel, inner)(i)
}

fn labels(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("labels")(i)?;
        let (i, change) = cut(label_change).parse(i)?;
        Ok((i, ThreatSetting::Labels(change)))
    };
    rule(Production::Labels, inner)(i)
}

fn label_change(i: In<'_>) -> Res<'_, LabelChange> {
    if let Ok((i, _)) = keyword("flip")(i) {
        return Ok((i, LabelChange::Flip));
    }
    if let Ok((i, _)) = keyword("any")(i) {
        let (i, of) = clause("of", bracketed("{", label_value, "}"))(i)?;
        return Ok((i, LabelChange::Any(of)));
    }
    if let Ok((i, _)) = keyword("to")(i) {
        let (i, to) = cut(label_value).parse(i)?;
        return Ok((i, LabelChange::To(to)));
    }
    let (i, _) = keyword("within")(i)?;
    let (i, nu) = cut(number).parse(i)?;
    let (i, range) = clause("in", interval)(i)?;
    Ok((i, LabelChange::Within(nu.node, range.map(|r| r.node))))
}

fn features(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("features")(i)?;
        let (i, ball) = cut(ball).parse(i)?;
        let (i, on) = clause("on", columns)(i)?;
        let (i, within) = opt(within).parse(i)?;
        Ok((i, ThreatSetting::Features(FeatureChange { ball, on, within })))
    };
    rule(Production::FeatureChange, inner)(i)
}

fn ball(i: In<'_>) -> Res<'_, Ball> {
    if let Ok((i, _)) = keyword("any")(i) {
        return Ok((i, Ball::Any));
    }
    const BALLS: &[(&str, Radius)] = &[("linf", Ball::Linf), ("l1", Ball::L1), ("l2", Ball::L2)];
    let (i, ball) = choice(BALLS)(i)?;
    let (i, eps) = cut(number).parse(i)?;
    Ok((i, (ball.node)(eps.node)))
}

fn domain(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("domain")(i)?;
        let (i, named) = cut(columns).parse(i)?;
        let (i, _) = cut(keyword("in")).parse(i)?;
        let (i, range) = cut(interval).parse(i)?;
        Ok((i, ThreatSetting::Domain(named, range.node)))
    };
    rule(Production::Domain, inner)(i)
}

fn integer_columns(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("integer")(i)?;
        let (i, named) = cut(columns).parse(i)?;
        Ok((i, ThreatSetting::Integer(named)))
    };
    rule(Production::Integer, inner)(i)
}

fn one_hot(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("one-hot")(i)?;
        let (i, named) = cut(columns).parse(i)?;
        Ok((i, ThreatSetting::OneHot(named)))
    };
    rule(Production::OneHot, inner)(i)
}

fn delete(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| keyword("delete")(i).map(|(i, _)| (i, ThreatSetting::Delete));
    rule(Production::Delete, inner)(i)
}

fn insert(i: In<'_>) -> Res<'_, ThreatSetting> {
    let inner = |i| {
        let (i, _) = keyword("insert")(i)?;
        let (i, _) = cut(keyword("at")).parse(i)?;
        let (i, _) = cut(keyword("most")).parse(i)?;
        let (i, count) = cut(integer).parse(i)?;
        let (i, within) = opt(within).parse(i)?;
        let (i, label) = opt(keyword("label")).parse(i)?;
        let (i, labels) = match label {
            Some(_) => {
                let (i, _) = cut(keyword("in")).parse(i)?;
                cut(interval).parse(i).map(|(i, r)| (i, Some(r.node)))?
            }
            None => (i, None),
        };
        Ok((i, ThreatSetting::Insert(Insert { count: count.node, within, labels })))
    };
    rule(Production::Insert, inner)(i)
}
