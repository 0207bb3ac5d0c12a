//! The adversary block.

use std::collections::BTreeMap;

use super::{Place, QuestionError};
use crate::question::{
    Budget, Dataset, FeatureKind, FeatureThreat, Insertion, LabelThreat, Labels, Norm, Question,
    Threat,
};

/// The largest number of inserted samples: each is unrolled in every step.
const INSERT_LIMIT: usize = 100_000;

pub(super) fn check(question: &Question, errors: &mut Vec<QuestionError>) {
    let (threat, train) = (&question.threat, &question.train);
    let Threat { scope: _, budget, candidates, labels, features, deletion, insertion } = threat;
    if labels.is_none() && features.is_none() && deletion.is_none() && insertion.is_none() {
        errors.push(QuestionError::NoThreat);
    }
    let before = errors.len();
    check_candidates(candidates, train.len(), errors);
    if errors.len() > before {
        return;
    }
    check_budget(threat, *budget, errors);
    if let Some(labels) = labels {
        check_labels(labels, candidates, &train.labels, &train.name, errors);
    }
    if let Some(features) = features {
        check_features(features, candidates, train, errors);
    }
    if let Some(insertion) = insertion {
        check_insertion(insertion, train, errors);
    }
}

fn check_candidates(candidates: &[usize], samples: usize, errors: &mut Vec<QuestionError>) {
    if let Some(&row) = candidates.iter().find(|r| **r >= samples) {
        errors.push(QuestionError::CandidateRow { row, last: samples.saturating_sub(1) });
    }
    let disorder = candidates.iter().zip(candidates.iter().skip(1)).find(|(a, b)| a >= b);
    if let Some((_, &row)) = disorder {
        errors.push(QuestionError::CandidateOrder { row });
    }
}

fn check_budget(threat: &Threat, budget: Budget, errors: &mut Vec<QuestionError>) {
    let candidates = threat.candidates.len();
    let mut upper = |budget, place| {
        if budget > candidates {
            errors.push(QuestionError::Budget { budget, candidates, place });
        }
    };
    match budget {
        Budget::Joint(n) => upper(n, Place::Budget),
        Budget::Separate { features, labels } => {
            upper(features, Place::Budget);
            upper(labels, Place::LabelBudget);
            let touches_features = threat.features.is_some() || threat.deletion.is_some();
            for (budget, allowed, what, place) in [
                (features, touches_features, "features", Place::Budget),
                (labels, threat.labels.is_some(), "labels", Place::LabelBudget),
            ] {
                if budget > 0 && !allowed {
                    errors.push(QuestionError::IdleBudget { budget, what, place });
                }
            }
        }
    }
}

fn check_labels(
    threat: &LabelThreat,
    candidates: &[usize],
    labels: &Labels,
    name: &str,
    errors: &mut Vec<QuestionError>,
) {
    let mut wrong_kind = |threat, needed| {
        errors.push(QuestionError::LabelThreat { threat, needed, labels: labels.words() });
    };
    match (threat, labels) {
        (LabelThreat::Flip, Labels::Signs(_)) => {}
        (LabelThreat::Flip, _) => wrong_kind("`labels flip`", "signs -1/+1"),
        (LabelThreat::Classes(classes), Labels::Classes { count, .. }) => {
            if classes.is_empty() {
                errors.push(QuestionError::NoClasses);
            }
            let last = count.saturating_sub(1);
            if let Some(&class) = classes.iter().find(|c| **c > last) {
                errors.push(QuestionError::NoClass { class, last, place: Place::Labels });
            }
        }
        (LabelThreat::Classes(_), _) => wrong_kind("`labels any` or `labels to`", "classes"),
        (LabelThreat::Real { nu, range }, Labels::Real(y)) => {
            let place = Place::Labels;
            if !(nu.is_finite() && *nu > 0.0) {
                let what = "the largest change of a label";
                let rule = "positive";
                errors.push(QuestionError::OutOfRange { what, value: *nu, rule, place });
            }
            let Some((lo, hi)) = *range else { return };
            if !is_range(lo, hi) {
                let what = "range of labels".to_string();
                errors.push(QuestionError::EmptyRange { what, lo, hi, place });
                return;
            }
            let outside = candidates.iter().find_map(|&row| {
                let value = *y.row(row).iter().find(|v| !(lo..=hi).contains(*v))?;
                Some((row, value))
            });
            if let Some((row, value)) = outside {
                let column = format!("label of {name}");
                errors.push(QuestionError::CleanOutside { row, column, value, lo, hi, place });
            }
        }
        (LabelThreat::Real { .. }, _) => wrong_kind("`labels within`", "real numbers"),
    }
}

fn check_features(
    threat: &FeatureThreat,
    candidates: &[usize],
    train: &Dataset,
    errors: &mut Vec<QuestionError>,
) {
    let FeatureThreat { norm, domain, kinds, relations: _ } = threat;
    if !lengths(domain, kinds, train, Place::Features, errors) {
        return;
    }
    if let Norm::Linf(eps) | Norm::L1(eps) | Norm::L2(eps) = *norm
        && !(eps.is_finite() && eps > 0.0)
    {
        let (what, rule) = ("the radius of the feature change", "positive");
        let place = Place::Features;
        errors.push(QuestionError::OutOfRange { what, value: eps, rule, place });
    }
    if kinds.iter().all(|k| *k == FeatureKind::Fixed) {
        errors.push(QuestionError::AllFixed);
    }
    check_domains(domain, train, errors);
    check_groups(domain, kinds, train, errors);
    for (feature, kind) in kinds.iter().enumerate() {
        if *kind == FeatureKind::Fixed {
            continue;
        }
        let (lo, hi) = domain[feature];
        let one_hot = matches!(kind, FeatureKind::OneHot(_));
        // No end, neither of the change nor of the value.
        let open = |row: &usize| {
            let (down, up) = threat.change_limits(*row, feature);
            !(down.is_finite() || lo.is_finite()) || !(up.is_finite() || hi.is_finite())
        };
        let missing = |row: &usize| threat.is_missing(*row, feature);
        if !one_hot && candidates.iter().any(|row| !missing(row) && open(row)) {
            let column = train.columns[feature].clone();
            let change = threat.relations.offsets.iter().position(|o| o.feature == feature);
            let place = change.map_or(Place::Features, Place::Change);
            errors.push(QuestionError::Unbounded { column, lo, hi, place });
        }
        check_clean(feature, *kind, (lo, hi), candidates, train, errors);
    }
    check_one_hot_rows(kinds, candidates, train, errors);
    super::relation::check(threat, candidates, train, errors);
}

/// The first candidate row whose clean value breaks the domain or the kind of a feature.
fn check_clean(
    feature: usize,
    kind: FeatureKind,
    (lo, hi): (f64, f64),
    candidates: &[usize],
    train: &Dataset,
    errors: &mut Vec<QuestionError>,
) {
    let column = || train.columns[feature].clone();
    let values = || candidates.iter().map(|&row| (row, train.features[[row, feature]]));
    if let Some((row, value)) = values().find(|(_, v)| is_range(lo, hi) && (*v < lo || *v > hi)) {
        let (column, place) = (column(), Place::Domain(feature));
        errors.push(QuestionError::CleanOutside { row, column, value, lo, hi, place });
    }
    if kind != FeatureKind::Integer {
        return;
    }
    if let Some((row, value)) = values().find(|(_, v)| v.fract() != 0.0) {
        errors.push(QuestionError::NotInteger { row, column: column(), value, feature });
    }
}

fn check_insertion(insertion: &Insertion, train: &Dataset, errors: &mut Vec<QuestionError>) {
    let Insertion { count, domain, kinds, label_range } = insertion;
    if *count == 0 {
        errors.push(QuestionError::InsertNone);
    }
    if *count > INSERT_LIMIT {
        let (what, rule) = ("the number of inserted samples", "at most 100000");
        let (value, place) = (*count as f64, Place::Insertion);
        errors.push(QuestionError::OutOfRange { what, value, rule, place });
    }
    if !lengths(domain, kinds, train, Place::Insertion, errors) {
        return;
    }
    check_domains(domain, train, errors);
    check_groups(domain, kinds, train, errors);
    for ((kind, &(lo, hi)), column) in kinds.iter().zip(domain).zip(&train.columns) {
        let (column, place) = (column.clone(), Place::Insertion);
        match kind {
            FeatureKind::Fixed => errors.push(QuestionError::InsertFixed { column }),
            FeatureKind::Real | FeatureKind::Integer => {
                if !(lo.is_finite() && hi.is_finite()) {
                    errors.push(QuestionError::Unbounded { column, lo, hi, place });
                }
            }
            FeatureKind::OneHot(_) => {}
        }
    }
    let problem = match (&train.labels, label_range) {
        (Labels::Real(_), None) => Some("need a range for their real labels"),
        (Labels::Real(_), Some((lo, hi))) => {
            let finite = lo.is_finite() && hi.is_finite() && lo <= hi;
            (!finite).then_some("need a finite range `[lo, hi]` of labels with `lo <= hi`")
        }
        (Labels::Signs(_) | Labels::Classes { .. }, Some(_)) => {
            Some("take any label of the declared set, a range has no meaning")
        }
        (Labels::Signs(_) | Labels::Classes { .. }, None) => None,
    };
    if let Some(problem) = problem {
        errors.push(QuestionError::InsertLabels { problem });
    }
}

/// Whether both lists have one entry a feature.
fn lengths(
    domain: &[(f64, f64)],
    kinds: &[FeatureKind],
    train: &Dataset,
    place: Place,
    errors: &mut Vec<QuestionError>,
) -> bool {
    let needed = train.columns.len();
    let lists = [("the list of domains", domain.len()), ("the list of feature kinds", kinds.len())];
    for (what, found) in lists {
        if found != needed {
            errors.push(QuestionError::Length { what, found, needed, place });
        }
    }
    lists.iter().all(|(_, found)| *found == needed)
}

fn check_domains(domain: &[(f64, f64)], train: &Dataset, errors: &mut Vec<QuestionError>) {
    for (feature, (&(lo, hi), column)) in domain.iter().zip(&train.columns).enumerate() {
        if !is_range(lo, hi) {
            let what = format!("domain of `{column}`");
            let error = QuestionError::EmptyRange { what, lo, hi, place: Place::Domain(feature) };
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
    }
}

/// One-hot groups need two columns and both values.
fn check_groups(
    domain: &[(f64, f64)],
    kinds: &[FeatureKind],
    train: &Dataset,
    errors: &mut Vec<QuestionError>,
) {
    for columns in groups(kinds).values() {
        if let &[feature] = columns.as_slice() {
            let column = train.columns[feature].clone();
            errors.push(QuestionError::SmallGroup { column, feature });
        }
        for &feature in columns {
            let (lo, hi) = domain[feature];
            if is_range(lo, hi) && (lo > 0.0 || hi < 1.0) {
                let column = train.columns[feature].clone();
                errors.push(QuestionError::OneHotDomain { column, lo, hi, feature });
            }
        }
    }
}

fn check_one_hot_rows(
    kinds: &[FeatureKind],
    candidates: &[usize],
    train: &Dataset,
    errors: &mut Vec<QuestionError>,
) {
    for columns in groups(kinds).values() {
        let one_hot = |row: usize| {
            let values = columns.iter().map(|&c| train.features[[row, c]]);
            let ones = values.clone().filter(|v| *v == 1.0).count();
            ones == 1 && values.filter(|v| *v == 0.0).count() + 1 == columns.len()
        };
        if let Some(&row) = candidates.iter().find(|row| !one_hot(**row)) {
            let feature = columns[0];
            let column = train.columns[feature].clone();
            errors.push(QuestionError::NotOneHot { row, column, feature });
        }
    }
}

/// Columns of each one-hot group.
fn groups(kinds: &[FeatureKind]) -> BTreeMap<usize, Vec<usize>> {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (feature, kind) in kinds.iter().enumerate() {
        if let FeatureKind::OneHot(group) = kind {
            groups.entry(*group).or_default().push(feature);
        }
    }
    groups
}

/// Whether `[lo, hi]` holds a number; false for NaN.
fn is_range(lo: f64, hi: f64) -> bool {
    lo <= hi && lo < f64::INFINITY && hi > f64::NEG_INFINITY
}
