//! Relations between old and new features.

use super::{Place, QuestionError};
use crate::question::relation::{Linear, Missing, Offset, Version};
use crate::question::{Dataset, FeatureKind, FeatureThreat};

/// Looks at the relations of a threat whose lists have one entry a feature.
pub(super) fn check(
    threat: &FeatureThreat,
    candidates: &[usize],
    train: &Dataset,
    errors: &mut Vec<QuestionError>,
) {
    let before = errors.len();
    let relations = &threat.relations;
    for (k, offset) in relations.offsets.iter().enumerate() {
        check_rows(&offset.rows, train.len(), Place::Change(k), errors);
        check_feature(threat, offset.feature, Place::Change(k), errors);
    }
    for (k, missing) in relations.missing.iter().enumerate() {
        check_rows(&missing.rows, train.len(), Place::Missing(k), errors);
        ascending(&missing.features, Place::Missing(k), errors);
        for &feature in &missing.features {
            check_feature(threat, feature, Place::Missing(k), errors);
        }
    }
    for (k, linear) in relations.linear.iter().enumerate() {
        check_rows(&linear.rows, train.len(), Place::Require(k), errors);
        let named = linear.terms.iter().map(|t| t.feature);
        for feature in named.chain(linear.when.map(|w| w.feature)) {
            // A fixed feature may occur: its new value is the old one.
            if feature >= threat.kinds.len() {
                errors.push(QuestionError::RelationFeature { feature, place: Place::Require(k) });
            }
        }
    }
    for feature in &relations.unmeasured {
        check_feature(threat, *feature, Place::Features, errors);
    }
    ascending(&relations.unmeasured, Place::Features, errors);
    if errors.len() > before {
        return;
    }
    for (k, offset) in relations.offsets.iter().enumerate() {
        check_offset(offset, train, Place::Change(k), errors);
    }
    for (k, missing) in relations.missing.iter().enumerate() {
        check_missing(missing, threat, train, Place::Missing(k), errors);
    }
    for (k, linear) in relations.linear.iter().enumerate() {
        check_linear(linear, threat, candidates, train, Place::Require(k), errors);
    }
}

fn check_rows(rows: &[usize], samples: usize, place: Place, errors: &mut Vec<QuestionError>) {
    let disorder = rows.iter().zip(rows.iter().skip(1)).find(|(a, b)| a >= b).map(|(_, b)| b);
    if let Some(&row) = rows.iter().find(|r| **r >= samples).or(disorder) {
        errors.push(QuestionError::RelationRow { row, place });
    }
}

fn ascending(features: &[usize], place: Place, errors: &mut Vec<QuestionError>) {
    let disorder = features.iter().zip(features.iter().skip(1)).find(|(a, b)| a >= b);
    if let Some((_, &feature)) = disorder {
        errors.push(QuestionError::RelationFeature { feature, place });
    }
}

/// The feature exists and may change.
fn check_feature(
    threat: &FeatureThreat,
    feature: usize,
    place: Place,
    errors: &mut Vec<QuestionError>,
) {
    if threat.kinds.get(feature).is_none_or(|k| *k == FeatureKind::Fixed) {
        errors.push(QuestionError::RelationFeature { feature, place });
    }
}

fn check_offset(offset: &Offset, train: &Dataset, place: Place, errors: &mut Vec<QuestionError>) {
    let Offset { lo, hi, feature, .. } = *offset;
    // False for NaN.
    if !(lo <= 0.0 && 0.0 <= hi) {
        let column = train.columns[feature].clone();
        errors.push(QuestionError::OffsetWithoutZero { column, lo, hi, place });
    }
}

fn check_missing(
    missing: &Missing,
    threat: &FeatureThreat,
    train: &Dataset,
    place: Place,
    errors: &mut Vec<QuestionError>,
) {
    for &feature in &missing.features {
        let column = || train.columns[feature].clone();
        let (lo, hi) = threat.domain[feature];
        match threat.kinds[feature] {
            FeatureKind::Fixed => {}
            FeatureKind::Real | FeatureKind::Integer => {
                if !(lo.is_finite() && hi.is_finite()) {
                    errors.push(QuestionError::Unbounded { column: column(), lo, hi, place });
                }
            }
            group @ FeatureKind::OneHot(_) => {
                let whole =
                    threat.kinds.iter().enumerate().all(|(j, kind)| {
                        *kind != group || missing.features.binary_search(&j).is_ok()
                    });
                if !whole {
                    errors.push(QuestionError::GroupInPart { column: column(), place });
                    return;
                }
            }
        }
    }
}

fn check_linear(
    linear: &Linear,
    threat: &FeatureThreat,
    candidates: &[usize],
    train: &Dataset,
    place: Place,
    errors: &mut Vec<QuestionError>,
) {
    let numbers = || linear.terms.iter().map(|t| t.coefficient);
    if let Some(value) = numbers().find(|c| !(c.is_finite() && *c != 0.0)) {
        errors.push(QuestionError::RelationNumber { value, place });
        return;
    }
    let value = linear.when.map_or(0.0, |w| w.value);
    if let Some(value) = [linear.rhs, value].into_iter().find(|v| !v.is_finite()) {
        errors.push(QuestionError::RelationNumber { value, place });
        return;
    }
    let moves = |j: usize| threat.kinds[j] != FeatureKind::Fixed;
    if !linear.terms.iter().any(|t| t.version == Version::New && moves(t.feature)) {
        errors.push(QuestionError::NothingNew { place });
        return;
    }
    if let Some(when) = linear.when
        && threat.kinds[when.feature] == FeatureKind::Real
    {
        let column = train.columns[when.feature].clone();
        errors.push(QuestionError::RealCondition { column, place });
        return;
    }
    let open = |row: &&usize| candidates.binary_search(row).is_ok();
    let broken = |row: &&usize| {
        let clean = train.row(**row);
        !linear.holds(&clean, &clean)
    };
    if let Some(&row) = linear.rows.iter().filter(open).find(broken) {
        let relation = linear.words(&train.columns);
        errors.push(QuestionError::RelationBroken { row, relation, place });
    }
}
