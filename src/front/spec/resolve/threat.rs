//! `threat`

use super::data::Set;
use super::{Context, columns, relations, rows};
use crate::front::spec::ast::{
    Ball, Budget as WrittenBudget, FeatureChange, Insert, LabelChange, Threat as Written,
    ThreatSetting, Touch,
};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::Span;
use crate::question::check::Place;
use crate::question::{
    Budget, Deletion, FeatureKind, FeatureThreat, Insertion, LabelThreat, Labels, Norm, Scope,
    Target, Threat,
};

pub(super) fn resolve(
    written: &Written,
    span: Span,
    set: &Set,
    cx: &mut Context<'_>,
) -> Option<Threat> {
    let keyword = Span { start: span.start, end: span.start + "threat".len() };
    cx.place(Place::Threat, keyword);
    cx.once(&written.settings, |s| (!s.repeats()).then(|| s.keyword()));
    let before = cx.errors.len();
    let describe = Describe::new(written, set, cx);
    let mut touch = None;
    let mut threat = Threat {
        scope: Scope::Run,
        budget: Budget::Joint(0),
        candidates: (0..set.data.len()).collect(),
        labels: None,
        features: None,
        deletion: None,
        insertion: None,
    };
    for setting in &written.settings {
        let span = setting.span;
        match &setting.node {
            ThreatSetting::Touch(t) => {
                touch = Some(t);
                threat.scope = t.scope;
                cx.place(Place::Candidates, t.rows.as_ref().map_or(span, |r| r.span));
                threat.candidates = candidates(t, span, set, cx).unwrap_or_default();
                threat.budget = budget(t, threat.candidates.len(), cx);
            }
            ThreatSetting::Labels(change) => {
                cx.place(Place::Labels, span);
                threat.labels = labels(change, set, cx);
            }
            ThreatSetting::Features(change) => {
                cx.place(Place::Features, span);
                threat.features = features(change, span, &describe, set, cx);
            }
            ThreatSetting::Delete => threat.deletion = Some(Deletion),
            ThreatSetting::Insert(insert) => {
                cx.place(Place::Insertion, span);
                threat.insertion = Some(insertion(insert, &describe));
            }
            // Below, once it is known who may be touched.
            ThreatSetting::Change(_) | ThreatSetting::Missing(_) => {}
            ThreatSetting::Sparsity(_) | ThreatSetting::Require(_) => {
                if !relations::needed(written) {
                    let message = format!("`{}` has no effect here", setting.node.keyword());
                    let error = Diagnostic::new(Code::Conflict, message, span);
                    let help = "it limits changed features: add `features`, `change` or `missing`, \
                                or drop it";
                    cx.error(error.label("no feature is changed").help(help));
                }
            }
            ThreatSetting::Domain(..) | ThreatSetting::Integer(_) | ThreatSetting::OneHot(_) => {
                if !changes_features(written) {
                    let message = format!("`{}` has no effect here", setting.node.keyword());
                    let error = Diagnostic::new(Code::Conflict, message, span);
                    let help = "it describes changed or inserted features: add `features` or \
                                `insert`, or drop it";
                    cx.error(error.label("no feature is changed").help(help));
                }
            }
        }
    }
    if relations::needed(written) && cx.errors.len() == before {
        let known = relations::Known { set, describe: &describe, candidates: &threat.candidates };
        threat.features = relations::resolve(written, threat.features.take(), &known, cx);
    }
    let changes = threat.labels.is_some() || threat.features.is_some() || threat.deletion.is_some();
    if touch.is_none() && (changes || threat.insertion.is_none()) {
        let message = "the threat does not say how many samples may be touched";
        let error = Diagnostic::new(Code::MissingSetting, message, keyword);
        cx.error(error.label("this block").help("add a line such as `touch at most 3 of train`"));
    }
    (cx.errors.len() == before).then_some(threat)
}

fn changes_features(written: &Written) -> bool {
    let mut settings = written.settings.iter();
    relations::needed(written) || settings.any(|s| matches!(s.node, ThreatSetting::Insert(_)))
}

fn budget(touch: &Touch, candidates: usize, cx: &mut Context<'_>) -> Budget {
    match touch.budget {
        WrittenBudget::All(all) => {
            cx.place(Place::Budget, all.span);
            Budget::Joint(candidates)
        }
        WrittenBudget::Joint(n) => {
            cx.place(Place::Budget, n.span);
            Budget::Joint(n.node)
        }
        WrittenBudget::Separate { features, labels } => {
            cx.place(Place::Budget, features.span);
            cx.place(Place::LabelBudget, labels.span);
            Budget::Separate { features: features.node, labels: labels.node }
        }
    }
}

/// Rows of the list that carry one of the labels, ascending.
fn candidates(touch: &Touch, span: Span, set: &Set, cx: &mut Context<'_>) -> Option<Vec<usize>> {
    let data = &set.data;
    if let Some(of) = touch.of.as_ref().filter(|of| of.node != data.name) {
        let message = format!("`{}` is not the training data", of.node);
        let error = Diagnostic::new(Code::OtherData, message, of.span);
        cx.error(error.label("another name").help(format!("write `of {}`", data.name)));
        return None;
    }
    let mut rows = match &touch.rows {
        None => (0..data.len()).collect(),
        Some(list) => rows::resolve(&list.node, data.len(), &data.name, cx)?,
    };
    rows.sort_unstable();
    if touch.labels.is_empty() {
        return Some(rows);
    }
    let wanted: Vec<Target> = touch.labels.iter().filter_map(|l| set.space.value(l, cx)).collect();
    if wanted.len() < touch.labels.len() {
        return None;
    }
    rows.retain(|row| wanted.contains(&data.target(*row)));
    if rows.is_empty() {
        let message = "no row of the training data is selected";
        let error = Diagnostic::new(Code::NoCandidate, message, span).label("this selection");
        cx.error(error.help("select rows that have one of these labels"));
        return None;
    }
    Some(rows)
}

fn labels(change: &LabelChange, set: &Set, cx: &mut Context<'_>) -> Option<LabelThreat> {
    let mut class = |value| match set.space.value(value, cx)? {
        Target::Class(c) => Some(c),
        // The check of the question says which threat fits these labels.
        Target::Sign(_) | Target::Real(_) => Some(0),
    };
    match change {
        LabelChange::Flip => Some(LabelThreat::Flip),
        LabelChange::Within(nu, range) => Some(LabelThreat::Real { nu: *nu, range: *range }),
        LabelChange::To(value) => Some(LabelThreat::Classes(vec![class(value)?])),
        LabelChange::Any(Some(values)) => {
            let mut classes = values.iter().map(class).collect::<Option<Vec<_>>>()?;
            classes.sort_unstable();
            classes.dedup();
            Some(LabelThreat::Classes(classes))
        }
        LabelChange::Any(None) => Some(LabelThreat::Classes(match &set.data.labels {
            Labels::Classes { count, .. } => (0..*count).collect(),
            Labels::Signs(_) | Labels::Real(_) => Vec::new(),
        })),
    }
}

/// What `domain`, `integer` and `one-hot` say of each feature.
pub(super) struct Describe {
    domain: Vec<Option<(f64, f64)>>,
    pub(super) kinds: Vec<FeatureKind>,
}

impl Describe {
    fn new(written: &Written, set: &Set, cx: &mut Context<'_>) -> Self {
        let names = &set.data.columns;
        let mut domain = vec![None; names.len()];
        let mut kinds = vec![FeatureKind::Real; names.len()];
        let mut groups = 0;
        for setting in &written.settings {
            let (list, range, kind) = match &setting.node {
                ThreatSetting::Domain(list, range) => (list, Some(*range), None),
                ThreatSetting::Integer(list) => (list, None, Some(FeatureKind::Integer)),
                ThreatSetting::OneHot(list) => {
                    groups += 1;
                    (list, None, Some(FeatureKind::OneHot(groups - 1)))
                }
                ThreatSetting::Touch(_)
                | ThreatSetting::Labels(_)
                | ThreatSetting::Features(_)
                | ThreatSetting::Change(_)
                | ThreatSetting::Missing(_)
                | ThreatSetting::Sparsity(_)
                | ThreatSetting::Require(_)
                | ThreatSetting::Delete
                | ThreatSetting::Insert(_) => continue,
            };
            for (at, span) in columns::positions(list, names, cx).unwrap_or_default() {
                let twice = match (range, kind) {
                    (Some(range), _) => {
                        cx.place(Place::Domain(at), setting.span);
                        domain.get_mut(at).is_some_and(|d| d.replace(range).is_some())
                    }
                    (None, Some(kind)) => {
                        cx.place(Place::Kind(at), setting.span);
                        let old = kinds.get_mut(at).map(|k| std::mem::replace(k, kind));
                        old.is_some_and(|old| old != FeatureKind::Real)
                    }
                    (None, None) => false,
                };
                if twice {
                    let what = if range.is_some() { "domains" } else { "kinds" };
                    let column = names.get(at).map_or("", String::as_str);
                    let message = format!("feature `{column}` has two {what}");
                    let error = Diagnostic::new(Code::ColumnTwoKinds, message, span);
                    cx.error(error.label("again").help("keep one of the two"));
                }
            }
        }
        Describe { domain, kinds }
    }

    /// The domain of each feature: its own, else 0 to 1 in a one-hot group, else `within`.
    pub(super) fn domains(&self, within: Option<(f64, f64)>) -> Vec<(f64, f64)> {
        let within = within.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let both = self.domain.iter().zip(&self.kinds);
        both.map(|(own, kind)| match (own, kind) {
            (Some(own), _) => *own,
            (None, FeatureKind::OneHot(_)) => (0.0, 1.0),
            (None, FeatureKind::Fixed | FeatureKind::Real | FeatureKind::Integer) => within,
        })
        .collect()
    }
}

fn features(
    change: &FeatureChange,
    span: Span,
    describe: &Describe,
    set: &Set,
    cx: &mut Context<'_>,
) -> Option<FeatureThreat> {
    let mut kinds = describe.kinds.clone();
    if let Some(list) = &change.on {
        let on = columns::positions(list, &set.data.columns, cx)?;
        let chosen = |at: usize| on.iter().any(|(c, _)| *c == at);
        for (at, kind) in kinds.iter_mut().enumerate() {
            if !chosen(at) {
                *kind = FeatureKind::Fixed;
            }
        }
        whole_groups(&describe.kinds, &kinds, span, cx)?;
    }
    let within = change.within.map(|w| w.node);
    let place = change.within.map_or(span, |w| w.span);
    for at in 0..kinds.len() {
        cx.places.entry(Place::Domain(at)).or_insert(place);
    }
    let norm = match change.ball {
        Ball::Linf(eps) => Norm::Linf(eps),
        Ball::L1(eps) => Norm::L1(eps),
        Ball::L2(eps) => Norm::L2(eps),
        Ball::Any => Norm::Arbitrary,
    };
    Some(FeatureThreat::plain(norm, describe.domains(within), kinds))
}

/// Refuses `kinds` that fix a part of a one-hot group that is `described`.
pub(super) fn whole_groups(
    described: &[FeatureKind],
    kinds: &[FeatureKind],
    span: Span,
    cx: &mut Context<'_>,
) -> Option<()> {
    let split = described.iter().zip(kinds).any(|(group, kind)| {
        matches!(group, FeatureKind::OneHot(_))
            && *kind == FeatureKind::Fixed
            && kinds.contains(group)
    });
    if split {
        let message = "a one-hot group may change only in part";
        let error = Diagnostic::new(Code::Conflict, message, span).label("these features");
        cx.error(error.help("name all columns of the group, or none"));
        return None;
    }
    Some(())
}

fn insertion(insert: &Insert, describe: &Describe) -> Insertion {
    Insertion {
        count: insert.count,
        domain: describe.domains(insert.within.map(|w| w.node)),
        kinds: describe.kinds.clone(),
        label_range: insert.labels,
    }
}
