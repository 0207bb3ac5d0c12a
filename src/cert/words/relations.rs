//! Relations between old and new features in words.

use crate::front::printable::number;
use crate::question::relation::{Linear, Missing, Offset};
use crate::question::{FeatureKind, FeatureThreat, Norm};

/// Relations that are named one by one; of more only the number is told.
const NAMED: usize = 4;

/// The features that no ball and no domain of the `features` setting is about: those that may change
/// only as relations say.
pub(super) fn outside_the_ball(threat: &FeatureThreat) -> Vec<usize> {
    let relations = &threat.relations;
    match threat.norm {
        Norm::Linf(_) | Norm::L1(_) | Norm::L2(_) => relations.unmeasured.clone(),
        // Each feature with limits of its own, in whichever rows.
        Norm::Arbitrary => {
            let limited = relations.offsets.iter().map(|o| o.feature);
            let mut all: Vec<usize> =
                limited.chain(relations.missing.iter().flat_map(|m| m.features.clone())).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
    }
}

/// What the adversary may do besides.
pub(super) fn ways(threat: &FeatureThreat, columns: &[String], candidates: usize) -> Vec<String> {
    let mut ways = changes(threat, columns, candidates);
    let values = |m: &Missing| m.rows.len() * categories(threat, &m.features);
    match threat.relations.missing.iter().map(values).sum() {
        0 => {}
        n => ways.push(format!("fill in {n} missing {}", many("value", n))),
    }
    ways
}

/// The word for `n` of something.
fn many(word: &str, n: usize) -> String {
    if n == 1 { word.to_owned() } else { format!("{word}s") }
}

/// What limits it; empty where nothing does.
pub(super) fn limits(threat: &FeatureThreat, columns: &[String], candidates: usize) -> String {
    let relations = &threat.relations;
    let mut limits = Vec::new();
    if let Some(n) = relations.changed {
        limits.push(format!("at most {n} {} of a sample changed", many("feature", n)));
    }
    if let Some(n) = relations.cells {
        limits.push(format!("at most {n} {} changed in all", many("value", n)));
    }
    limits.extend(linear(&relations.linear, columns, candidates));
    if limits.is_empty() { String::new() } else { format!(", with {}", limits.join(" and ")) }
}

/// Features among these columns; a one-hot group is one.
fn categories(threat: &FeatureThreat, features: &[usize]) -> usize {
    let mut groups: Vec<FeatureKind> = Vec::new();
    let mut count = 0;
    for kind in features.iter().filter_map(|j| threat.kinds.get(*j)) {
        match kind {
            FeatureKind::OneHot(_) if groups.contains(kind) => {}
            FeatureKind::OneHot(_) => {
                groups.push(*kind);
                count += 1;
            }
            FeatureKind::Fixed | FeatureKind::Real | FeatureKind::Integer => count += 1,
        }
    }
    count
}

/// `change age by [0, 1] in 5 rows`, one for each limit.
fn changes(threat: &FeatureThreat, columns: &[String], candidates: usize) -> Vec<String> {
    let moving = |o: &&Offset| o.lo < 0.0 || o.hi > 0.0;
    let moving: Vec<&Offset> = threat.relations.offsets.iter().filter(moving).collect();
    if moving.len() > NAMED {
        return vec![format!("change single features within {} limits", moving.len())];
    }
    let one = |o: &&Offset| {
        let name = columns.get(o.feature).cloned().unwrap_or_else(|| o.feature.to_string());
        let by = match (o.lo.is_finite(), o.hi.is_finite()) {
            (true, true) => format!("by [{}, {}]", number(o.lo), number(o.hi)),
            (true, false) if o.lo == 0.0 => "upwards".to_owned(),
            (false, true) if o.hi == 0.0 => "downwards".to_owned(),
            (true, false) => format!("by at least {}", number(o.lo)),
            (false, true) => format!("by at most {}", number(o.hi)),
            (false, false) => "freely".to_owned(),
        };
        let domain = match threat.domain.get(o.feature) {
            Some((lo, hi)) if lo.is_finite() || hi.is_finite() => {
                format!(" inside [{}, {}]", number(*lo), number(*hi))
            }
            Some(_) | None => String::new(),
        };
        format!("change {name} {by}{domain}{}", inside(o.rows.len(), candidates))
    };
    moving.iter().map(one).collect()
}

fn linear(all: &[Linear], columns: &[String], candidates: usize) -> Vec<String> {
    if all.len() > NAMED {
        return vec![format!("{} linear relations between old and new features", all.len())];
    }
    let one = |l: &Linear| format!("{}{}", l.words(columns), inside(l.rows.len(), candidates));
    all.iter().map(one).collect()
}

/// ` in 5 rows`, where those are not all that may be touched.
fn inside(rows: usize, candidates: usize) -> String {
    match rows {
        n if n == candidates => String::new(),
        1 => " in 1 row".to_owned(),
        n => format!(" in {n} rows"),
    }
}
