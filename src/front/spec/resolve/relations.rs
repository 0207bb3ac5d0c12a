//! Lines of `threat` that relate old and new features.
//!
//! Without a `features` line these lines alone say what may change: in each row, the features that
//! a `change` or a `missing` line names there. With one, `change` lines limit what it lets change,
//! and let features change besides that it does not name, outside its ball.

use std::collections::BTreeSet;

use super::data::Set;
use super::threat::{Describe, whole_groups};
use super::{Context, columns, rows};
use crate::front::spec::ast::{
    Among, Cell, CellPart, Comparison as Written, Condition, Require, Threat, ThreatSetting,
};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::Span;
use crate::question::check::Place;
use crate::question::relation::{Comparison, Linear, Missing, Offset, Term, Version, When};
use crate::question::verify::Relation;
use crate::question::{FeatureKind, FeatureThreat, Norm, Relations, Target};

/// What is known by now.
pub(super) struct Known<'a> {
    pub set: &'a Set,
    pub describe: &'a Describe,
    pub candidates: &'a [usize],
}

/// Whether any line lets features change.
pub(super) fn needed(written: &Threat) -> bool {
    written.settings.iter().any(|s| {
        matches!(
            s.node,
            ThreatSetting::Features(_) | ThreatSetting::Change(_) | ThreatSetting::Missing(_)
        )
    })
}

/// The threat to features with all its relations; `base` is what the `features` line says.
pub(super) fn resolve(
    written: &Threat,
    base: Option<FeatureThreat>,
    known: &Known<'_>,
    cx: &mut Context<'_>,
) -> Option<FeatureThreat> {
    let before = cx.errors.len();
    let features = known.describe.kinds.len();
    let mut threat = base.unwrap_or_else(|| {
        let domain = known.describe.domains(None);
        FeatureThreat::plain(Norm::Arbitrary, domain, vec![FeatureKind::Fixed; features])
    });
    let in_ball: Vec<bool> = threat.kinds.iter().map(|k| *k != FeatureKind::Fixed).collect();
    // Rows in which a line lets a feature change.
    let mut granted: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); features];
    let mut relations = Relations::default();
    let mut last = Span::default();
    for setting in &written.settings {
        let span = setting.span;
        match &setting.node {
            ThreatSetting::Change(change) => {
                last = span;
                let Some(list) = positions(&change.columns, known, cx) else { continue };
                let Some((rows, _)) = among(&change.among, false, span, known, cx) else {
                    continue;
                };
                for feature in list {
                    granted[feature].extend(rows.iter().copied());
                    cx.place(Place::Change(relations.offsets.len()), span);
                    let ((lo, hi), rows) = (change.by, rows.clone());
                    relations.offsets.push(Offset { rows, feature, lo, hi });
                }
            }
            ThreatSetting::Missing(missing) => {
                last = span;
                let Some(list) = positions(&missing.columns, known, cx) else { continue };
                let Some((rows, _)) = among(&missing.among, false, span, known, cx) else {
                    continue;
                };
                for &feature in &list {
                    granted[feature].extend(rows.iter().copied());
                }
                cx.place(Place::Missing(relations.missing.len()), span);
                relations.missing.push(Missing { rows, features: list });
            }
            ThreatSetting::Sparsity(sparsity) => {
                let most = Some(sparsity.most);
                if sparsity.cells { relations.cells = most } else { relations.changed = most }
            }
            ThreatSetting::Require(require) => {
                let Some(linear) = linear(require, span, known, cx) else { continue };
                cx.place(Place::Require(relations.linear.len()), span);
                relations.linear.push(linear);
            }
            ThreatSetting::Touch(_)
            | ThreatSetting::Labels(_)
            | ThreatSetting::Features(_)
            | ThreatSetting::Domain(..)
            | ThreatSetting::Integer(_)
            | ThreatSetting::OneHot(_)
            | ThreatSetting::Delete
            | ThreatSetting::Insert(_) => {}
        }
    }
    for (feature, rows) in granted.iter().enumerate() {
        if in_ball[feature] || rows.is_empty() {
            continue;
        }
        threat.kinds[feature] = known.describe.kinds[feature];
        // Where no line names it, it stays as it is.
        let others = known.candidates.iter().copied().filter(|r| !rows.contains(r));
        let others: Vec<usize> = others.collect();
        if !others.is_empty() {
            relations.offsets.push(Offset { rows: others, feature, lo: 0.0, hi: 0.0 });
        }
        if threat.norm != Norm::Arbitrary {
            relations.unmeasured.push(feature);
        }
    }
    whole_groups(&known.describe.kinds, &threat.kinds, last, cx)?;
    threat.relations = relations;
    (cx.errors.len() == before).then_some(threat)
}

/// The features of a list, ascending.
fn positions(
    list: &[crate::front::spec::ast::ColumnRange],
    known: &Known<'_>,
    cx: &mut Context<'_>,
) -> Option<Vec<usize>> {
    let found = columns::positions(list, &known.set.data.columns, cx)?;
    let mut all: Vec<usize> = found.into_iter().map(|(at, _)| at).collect();
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// The candidates that a line is about, ascending, and the condition on a new value, which only some
/// lines may have.
fn among(
    written: &Among,
    new_values: bool,
    span: Span,
    known: &Known<'_>,
    cx: &mut Context<'_>,
) -> Option<(Vec<usize>, Option<When>)> {
    let data = &known.set.data;
    let mut selected: Vec<usize> = match &written.rows {
        None => known.candidates.to_vec(),
        Some(list) => {
            let rows = rows::resolve(&list.node, data.len(), &data.name, cx)?;
            let trusted = rows.iter().find(|r| known.candidates.binary_search(r).is_err());
            if let Some(row) = trusted {
                let message = format!("row {row} is named here but may not be touched");
                let error = Diagnostic::new(Code::Conflict, message, list.span);
                let help = "leave that row out, or let `touch` include it";
                cx.error(error.label("these rows").help(help));
                return None;
            }
            rows
        }
    };
    selected.sort_unstable();
    if !written.labels.is_empty() {
        let labels = written.labels.iter().map(|l| known.set.space.value(l, cx));
        let wanted = labels.collect::<Option<Vec<Target>>>()?;
        selected.retain(|row| wanted.contains(&data.target(*row)));
    }
    let mut when = None;
    if let Some(condition) = &written.when {
        let feature = cell(&condition.node.cell, known, cx)?;
        if condition.node.cell.new {
            when = Some(new_value(&condition.node, feature, condition.span, new_values, cx)?);
        } else {
            selected.retain(|row| holds(&condition.node, data.features[[*row, feature]]));
        }
    }
    if selected.is_empty() {
        let message = "no row of the training data is selected";
        let error = Diagnostic::new(Code::NoCandidate, message, span).label("this selection");
        cx.error(error.help("select rows that `touch` names and that satisfy the condition"));
        return None;
    }
    Some((selected, when))
}

/// The condition on a new value.
fn new_value(
    condition: &Condition,
    feature: usize,
    span: Span,
    new_values: bool,
    cx: &mut Context<'_>,
) -> Option<When> {
    let equal = condition.comparison.relation == Relation::Equal;
    if new_values && equal {
        return Some(When { feature, value: condition.value });
    }
    let message = "a condition on a new value has no place here";
    let error = Diagnostic::new(Code::Conflict, message, span).label("this condition");
    cx.error(error.help(
        "only `require` takes one, and only `=`; write a line for each value, or ask for the old one",
    ));
    None
}

/// Whether an old value satisfies the condition.
fn holds(condition: &Condition, old: f64) -> bool {
    let Written { relation, exchanged } = condition.comparison;
    let (left, right) = if exchanged { (condition.value, old) } else { (old, condition.value) };
    match relation {
        Relation::AtMost => left <= right,
        Relation::Below => left < right,
        Relation::Equal => left == right,
    }
}

/// The feature of a cell.
fn cell(cell: &Cell, known: &Known<'_>, cx: &mut Context<'_>) -> Option<usize> {
    let names = &known.set.data.columns;
    let found = names.iter().position(|n| *n == cell.column.node);
    if found.is_none() {
        columns::unknown(&cell.column, names, cx);
    }
    found
}

/// All features to the left, the sum of the numbers to the right. A sum of several numbers is
/// rounded to a double as it is added up.
fn linear(
    require: &Require,
    span: Span,
    known: &Known<'_>,
    cx: &mut Context<'_>,
) -> Option<Linear> {
    let (rows, when) = among(&require.among, true, span, known, cx)?;
    let mut terms: Vec<Term> = Vec::new();
    let mut rhs = 0.0;
    let mut side = |parts: &[CellPart], sign: f64, cx: &mut Context<'_>| -> Option<()> {
        for part in parts {
            let coefficient = sign * part.factor;
            match &part.cell {
                None => rhs -= coefficient,
                Some(written) => {
                    let feature = cell(written, known, cx)?;
                    let version = if written.new { Version::New } else { Version::Old };
                    terms.push(Term { coefficient, feature, version });
                }
            }
        }
        Some(())
    };
    side(&require.left, 1.0, cx)?;
    side(&require.right, -1.0, cx)?;
    let comparison = match require.comparison {
        Written { relation: Relation::Equal, .. } => Comparison::Equal,
        Written { exchanged: true, .. } => Comparison::AtLeast,
        Written { exchanged: false, .. } => Comparison::AtMost,
    };
    // Not -0.
    Some(Linear { rows, terms, comparison, rhs: rhs + 0.0, when })
}
