//! Whether two models are the same up to the order of columns and rows.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{NameStyle, describe_row, describe_var};
use super::{Family, Model, RowView, Rule, Sense, VarId, VarKind, VarView};

/// A variable apart from its position: its readable name, or the name that a foreign file gave it.
/// So a compiled model and a file written from it compare as one.
type Key = String;

/// A row apart from its position and the order of its terms.
type RowKey = (Vec<(Key, u64)>, Vec<(Key, Key, u64)>, Option<(Key, bool)>, u8, u64);

/// The first differences, at most `most`, in words. Variables are matched by what they stand for,
/// rows by what they say, numbers bit for bit. Smooth parts are not compared but reported.
#[must_use]
pub fn differences(a: &Model, b: &Model, most: usize) -> Vec<String> {
    let mut out = Vec::new();
    variables(a, b, &mut out);
    rows(a, b, &mut out);
    objective(a, b, &mut out);
    if !a.sos1.is_empty() || !b.sos1.is_empty() {
        let sets = |m: &Model| {
            let mut sets: Vec<Vec<(Key, u64)>> = m
                .sos1
                .iter()
                .map(|s| {
                    // The weights are the order, not the place in the list.
                    let mut members = s.members.clone();
                    members.sort_by(|a, b| a.1.total_cmp(&b.1));
                    members.iter().map(|(v, w)| (key(m, *v), bits(*w))).collect()
                })
                .collect();
            sets.sort();
            sets
        };
        if sets(a) != sets(b) {
            out.push("the special ordered sets differ".to_owned());
        }
    }
    if !a.exprs.is_empty() || !b.exprs.is_empty() {
        out.push("smooth expressions are not compared, so nothing says that they agree".to_owned());
    }
    out.truncate(most);
    out
}

fn key(m: &Model, v: VarId) -> Key {
    let role = m.vars.get(v).role;
    match role.family {
        Family::Named => m.names.get(role.place.i as usize).cloned(),
        _ => None,
    }
    .filter(|name| !name.is_empty())
    .unwrap_or_else(|| NameStyle::Readable.var_string(m, v))
}

/// An integer variable within `[0, 1]` is binary, whatever a file calls it.
fn kind(v: &VarView) -> VarKind {
    match v.kind {
        VarKind::Integer if v.lower >= 0.0 && v.upper <= 1.0 => VarKind::Binary,
        kind => kind,
    }
}

/// Bits of a number, one for both zeros.
fn bits(value: f64) -> u64 {
    (value + 0.0).to_bits()
}

fn variables(a: &Model, b: &Model, out: &mut Vec<String>) {
    let table = |m: &Model| -> BTreeMap<Key, VarId> {
        m.vars.iter().map(|v| (key(m, v.id), v.id)).collect()
    };
    let (in_a, in_b) = (table(a), table(b));
    for (k, id) in &in_a {
        match in_b.get(k) {
            None => out.push(format!("only in the first: {}", describe_var(a, *id))),
            Some(other) => {
                let (x, y) = (a.vars.get(*id), b.vars.get(*other));
                let same = kind(&x) == kind(&y)
                    && bits(x.lower) == bits(y.lower)
                    && bits(x.upper) == bits(y.upper);
                if !same {
                    out.push(format!(
                        "{}: {:?} in [{}, {}] and {:?} in [{}, {}]",
                        describe_var(a, *id),
                        x.kind,
                        x.lower,
                        x.upper,
                        y.kind,
                        y.lower,
                        y.upper
                    ));
                }
            }
        }
    }
    for (_, id) in in_b.iter().filter(|(k, _)| !in_a.contains_key(*k)) {
        out.push(format!("only in the second: {}", describe_var(b, *id)));
    }
}

fn row_key(m: &Model, r: &RowView<'_>) -> RowKey {
    let mut linear: Vec<(Key, u64)> =
        r.cols.iter().zip(r.vals).map(|(v, a)| (key(m, *v), bits(*a))).collect();
    linear.sort();
    let mut quad: Vec<(Key, Key, u64)> = r
        .quad
        .iter()
        .map(|q| {
            let (i, j) = (key(m, q.i), key(m, q.j));
            let (i, j) = if i <= j { (i, j) } else { (j, i) };
            (i, j, bits(q.coefficient))
        })
        .collect();
    quad.sort();
    let sense = match r.sense {
        Sense::Le => 0,
        Sense::Ge => 1,
        Sense::Eq => 2,
    };
    (linear, quad, r.guard.map(|g| (key(m, g.var), g.value)), sense, bits(r.rhs))
}

fn rows(a: &Model, b: &Model, out: &mut Vec<String>) {
    // How often each row occurs: up in the first model, down in the second.
    let mut count: BTreeMap<RowKey, (i64, String)> = BTreeMap::new();
    for r in a.rows.iter() {
        count.entry(row_key(a, &r)).or_insert_with(|| (0, row_text(a, &r))).0 += 1;
    }
    for r in b.rows.iter() {
        count.entry(row_key(b, &r)).or_insert_with(|| (0, row_text(b, &r))).0 -= 1;
    }
    for (n, words) in count.into_values() {
        match n {
            0 => {}
            1.. => out.push(format!("row only in the first: {words}")),
            _ => out.push(format!("row only in the second: {words}")),
        }
    }
}

/// Coefficients by what they stand at: a variable, a product, or nothing for the constant.
fn objective_terms(m: &Model) -> BTreeMap<String, f64> {
    let o = &m.objective;
    let mut out: BTreeMap<String, f64> = o.linear.iter().map(|(v, a)| (key(m, *v), *a)).collect();
    for q in &o.quad {
        let (i, j) = (key(m, q.i), key(m, q.j));
        let (i, j) = if i <= j { (i, j) } else { (j, i) };
        out.insert(format!("{i} * {j}"), q.coefficient);
    }
    if o.constant != 0.0 {
        out.insert("the constant".to_owned(), o.constant);
    }
    out
}

fn objective(a: &Model, b: &Model, out: &mut Vec<String>) {
    let (in_a, in_b) = (objective_terms(a), objective_terms(b));
    let names: BTreeSet<&String> = in_a.keys().chain(in_b.keys()).collect();
    for name in names {
        let (x, y) = (in_a.get(name), in_b.get(name));
        if x.map(|v| bits(*v)) != y.map(|v| bits(*v)) {
            let (x, y) = (x.copied().unwrap_or(0.0), y.copied().unwrap_or(0.0));
            out.push(format!("objective: {name} has {x} in the first and {y} in the second"));
        }
    }
}

/// A row as text, cut at 100 characters: its own name says little, as rows are matched by content.
fn row_text(m: &Model, r: &RowView<'_>) -> String {
    let mut text = String::new();
    if let Some(g) = r.guard {
        text.push_str(&format!("{} = {} -> ", key(m, g.var), u8::from(g.value)));
    }
    let mut parts: Vec<(f64, String)> =
        r.cols.iter().zip(r.vals).map(|(v, a)| (*a, key(m, *v))).collect();
    parts.extend(
        r.quad.iter().map(|q| (q.coefficient, format!("{} * {}", key(m, q.i), key(m, q.j)))),
    );
    for (k, (a, what)) in parts.iter().enumerate() {
        let sign = match (k, *a < 0.0) {
            (0, false) => "",
            (0, true) => "- ",
            (_, false) => " + ",
            (_, true) => " - ",
        };
        text.push_str(sign);
        if a.abs() != 1.0 {
            text.push_str(&format!("{} ", a.abs()));
        }
        text.push_str(what);
        if text.len() > 100 {
            break;
        }
    }
    if text.len() > 100 {
        let cut = (0..=100).rev().find(|k| text.is_char_boundary(*k)).unwrap_or(0);
        text.truncate(cut);
        text.push_str(" ...");
    }
    let sense = match r.sense {
        Sense::Le => "<=",
        Sense::Ge => ">=",
        Sense::Eq => "=",
    };
    let place = match r.origin.rule {
        Rule::Foreign => String::new(),
        _ => format!("{}: ", describe_row(m, r.id)),
    };
    format!("{place}{text} {sense} {}", r.rhs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Objective, Place, Rule, VarKind};

    fn model(order: [usize; 2], rhs: f64) -> Model {
        let mut m = Model::new();
        let mut ids = [VarId(0); 2];
        for k in order {
            let role = Family::Slack.at(Place::NONE.i(k));
            ids[k] = m.add_var(VarKind::Continuous, 0.0, 1.0 + k as f64, role);
        }
        let origin = Rule::Lowered.at(Place::NONE);
        let mut rows = vec![
            (vec![(ids[0], 1.0), (ids[1], 2.0)], Sense::Le, rhs),
            (vec![(ids[1], -1.0)], Sense::Ge, -3.0),
        ];
        if order[0] == 1 {
            rows.reverse();
        }
        for (terms, sense, rhs) in rows {
            m.add_row(&terms, sense, rhs, origin);
        }
        m.objective = Objective::new(&[(ids[0], 1.0)], &[], 0.0);
        m
    }

    #[test]
    fn order_does_not_matter_but_numbers_do() {
        let a = model([0, 1], 4.0);
        assert!(differences(&a, &model([1, 0], 4.0), 9).is_empty());
        let found = differences(&a, &model([1, 0], 4.0_f64.next_up()), 9);
        assert_eq!(found.len(), 2, "{found:?}");
        let mut b = model([0, 1], 4.0);
        b.vars.set_bounds(VarId(0), 0.0, 0.5);
        b.objective.constant = 1.0;
        assert_eq!(differences(&a, &b, 9).len(), 2);
        b.add_var(VarKind::Binary, 0.0, 1.0, Family::Slack.at(Place::NONE.i(7)));
        assert_eq!(differences(&a, &b, 9).len(), 3);
    }
}
