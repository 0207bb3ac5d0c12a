//! Whether two models are the same up to the order of columns and rows.

mod colours;
mod constant;
mod renamed;
mod smooth;

pub use constant::level;
pub use renamed::{Naming, naming};

use std::collections::{BTreeMap, BTreeSet};

use smooth::{Forms, Sum, Term, exact_sum};

use super::names::{NameStyle, describe_row, describe_var};
use super::{Family, Model, RowView, Rule, Sense, VarId, VarKind, VarView};
use crate::front::printable::number;

/// A variable apart from its position: its readable name, or the name that a foreign file gave it.
/// So a compiled model and a file written from it compare as one.
type Key = String;

/// Two factors, the smaller name first.
type Pair = (Key, Key);

/// The terms of a smooth part that are neither linear nor quadratic: factors and coefficient.
type Rest = Vec<(Vec<u32>, u64)>;

/// A row apart from its position and the order of its terms.
type RowKey = (Vec<(Key, u64)>, Vec<(Pair, u64)>, Rest, Option<(Key, bool)>, u8, u64);

/// The normal forms of the expressions of one model.
type Expressions = Vec<Sum>;

/// A model and what its variables are called in a comparison: equal keys are one variable.
struct Keyed<'a> {
    model: &'a Model,
    keys: Vec<Key>,
}

impl<'a> Keyed<'a> {
    /// By what the variables stand for.
    fn by_name(model: &'a Model) -> Self {
        Keyed { model, keys: model.vars.iter().map(|v| key(model, v.id)).collect() }
    }

    fn key(&self, v: VarId) -> Key {
        self.keys.get(v.index()).cloned().unwrap_or_default()
    }
}

/// The first differences, at most `most`, in words. Variables are matched by what they stand for,
/// rows by what they say, numbers bit for bit, smooth parts by a normal form: what is the same
/// function may be called different there, but never the other way round.
#[must_use]
pub fn differences(a: &Model, b: &Model, most: usize) -> Vec<String> {
    differences_of(a, b, false, most)
}

/// As [`differences`], with the coefficients of the objectives shown as files that maximise both
/// state them.
#[must_use]
pub fn differences_of(a: &Model, b: &Model, maximise: bool, most: usize) -> Vec<String> {
    differences_between(&Keyed::by_name(a), &Keyed::by_name(b), maximise, most)
}

fn differences_between(a: &Keyed<'_>, b: &Keyed<'_>, maximise: bool, most: usize) -> Vec<String> {
    let mut out = Vec::new();
    variables(a, b, &mut out);
    let mut forms = Forms::default();
    let smooth = forms.all(a.model, |v| a.key(v)).zip(forms.all(b.model, |v| b.key(v)));
    if let Some((in_a, in_b)) = &smooth {
        rows(a, b, &forms, [in_a, in_b], &mut out);
        let sign = if maximise { -1.0 } else { 1.0 };
        objective((a, b), sign, &forms, [in_a, in_b], &mut out);
    } else {
        out.push("the smooth expressions are too large to be compared".to_owned());
    }
    let priorities = |m: &Keyed<'_>| -> BTreeMap<Key, i32> {
        let given = m.model.priorities.iter().filter(|p| p.1 != 0);
        given.map(|(v, p)| (m.key(*v), *p)).collect()
    };
    // Few files can hold any: what says nothing of them is not different.
    let both = !a.model.priorities.is_empty() && !b.model.priorities.is_empty();
    if both && priorities(a) != priorities(b) {
        out.push("the branching priorities differ".to_owned());
    }
    if !a.model.sos1.is_empty() || !b.model.sos1.is_empty() {
        let sets = |m: &Keyed<'_>| {
            let mut sets: Vec<Vec<(Key, u64)>> = m
                .model
                .sos1
                .iter()
                .map(|s| {
                    // The weights are the order, not the place in the list.
                    let mut members = s.members.clone();
                    members.sort_by(|a, b| a.1.total_cmp(&b.1));
                    members.iter().map(|(v, w)| (m.key(*v), bits(*w))).collect()
                })
                .collect();
            sets.sort();
            sets
        };
        if sets(a) != sets(b) {
            out.push("the special ordered sets differ".to_owned());
        }
    }
    out.truncate(most);
    out
}

/// Whether the variables of both models have the same names.
#[must_use]
pub fn same_names(a: &Model, b: &Model) -> bool {
    let names = |m| Keyed::by_name(m).keys.into_iter().collect::<BTreeSet<Key>>();
    names(a) == names(b)
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

/// A variable by the name that its own file gives it, else by what it stands for.
fn who(m: &Model, v: VarId) -> String {
    match m.vars.get(v).role.family {
        Family::Named => format!("variable {}", key(m, v)),
        _ => describe_var(m, v),
    }
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

fn variables(a: &Keyed<'_>, b: &Keyed<'_>, out: &mut Vec<String>) {
    let table = |m: &Keyed<'_>| -> BTreeMap<Key, VarId> {
        m.model.vars.iter().map(|v| (m.key(v.id), v.id)).collect()
    };
    let (in_a, in_b) = (table(a), table(b));
    for (k, id) in &in_a {
        match in_b.get(k) {
            None => out.push(format!("only in the first: {}", who(a.model, *id))),
            Some(other) => {
                let (x, y) = (a.model.vars.get(*id), b.model.vars.get(*other));
                let same = kind(&x) == kind(&y)
                    && bits(x.lower) == bits(y.lower)
                    && bits(x.upper) == bits(y.upper);
                if !same {
                    out.push(format!(
                        "{}: {:?} in [{}, {}] and {:?} in [{}, {}]",
                        who(a.model, *id),
                        x.kind,
                        number(x.lower),
                        number(x.upper),
                        y.kind,
                        number(y.lower),
                        number(y.upper)
                    ));
                }
            }
        }
    }
    for (_, id) in in_b.iter().filter(|(k, _)| !in_a.contains_key(*k)) {
        out.push(format!("only in the second: {}", who(b.model, *id)));
    }
}

fn row_key(m: &Keyed<'_>, r: &RowView<'_>, forms: &Forms, all: &Expressions) -> RowKey {
    let mut linear: Vec<(Key, f64)> =
        r.cols.iter().zip(r.vals).map(|(v, a)| (m.key(*v), *a)).collect();
    let mut quad: Vec<(Pair, f64)> =
        r.quad.iter().map(|q| (pair(m.key(q.i), m.key(q.j)), q.coefficient)).collect();
    let (mut rest, mut rhs) = (Vec::new(), r.rhs);
    if let Some(sum) = r.smooth.and_then(|e| all.get(e.0 as usize)) {
        let constant = part(sum, forms, &mut linear, &mut quad, &mut rest);
        match exact_sum(rhs, -constant) {
            Some(difference) => rhs = difference,
            None => rest.push((Vec::new(), bits(constant))),
        }
        joined(&mut linear);
        joined(&mut quad);
    }
    let mut linear: Vec<(Key, u64)> = linear.into_iter().map(|(k, a)| (k, bits(a))).collect();
    let mut quad: Vec<(Pair, u64)> = quad.into_iter().map(|(p, a)| (p, bits(a))).collect();
    linear.sort();
    quad.sort();
    let sense = match r.sense {
        Sense::Le => 0,
        Sense::Ge => 1,
        Sense::Eq => 2,
    };
    (linear, quad, rest, r.guard.map(|g| (m.key(g.var), g.value)), sense, bits(rhs))
}

/// Both names, the smaller one first.
fn pair(i: Key, j: Key) -> Pair {
    if i <= j { (i, j) } else { (j, i) }
}

/// Parts the terms of a smooth sum into linear, quadratic and others; returns the number in it.
fn part(
    sum: &Sum,
    forms: &Forms,
    linear: &mut Vec<(Key, f64)>,
    quad: &mut Vec<(Pair, f64)>,
    rest: &mut Rest,
) -> f64 {
    let mut constant = 0.0;
    for Term { factors, coefficient } in sum {
        let names: Vec<&str> = factors.iter().filter_map(|f| forms.variable(*f)).collect();
        match names.as_slice() {
            _ if factors.is_empty() && constant == 0.0 => constant = *coefficient,
            [name] if factors.len() == 1 => linear.push(((*name).to_owned(), *coefficient)),
            [a, b] if factors.len() == 2 => {
                quad.push((pair((*a).to_owned(), (*b).to_owned()), *coefficient));
            }
            _ => rest.push((factors.clone(), bits(*coefficient))),
        }
    }
    constant
}

/// Adds up what stands at one variable or pair, where that is exact.
fn joined<K: Ord>(terms: &mut Vec<(K, f64)>) {
    terms.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut out: Vec<(K, f64)> = Vec::with_capacity(terms.len());
    for (at, a) in terms.drain(..) {
        if let Some(last) = out.last_mut()
            && last.0 == at
            && let Some(sum) = exact_sum(last.1, a)
        {
            last.1 = sum;
            continue;
        }
        out.push((at, a));
    }
    out.retain(|t| t.1 != 0.0);
    *terms = out;
}

fn rows(
    a: &Keyed<'_>,
    b: &Keyed<'_>,
    forms: &Forms,
    all: [&Expressions; 2],
    out: &mut Vec<String>,
) {
    // How often each row occurs: up in the first model, down in the second.
    let mut count: BTreeMap<RowKey, (i64, String)> = BTreeMap::new();
    for r in a.model.rows.iter() {
        count
            .entry(row_key(a, &r, forms, all[0]))
            .or_insert_with(|| (0, row_text(a.model, &r)))
            .0 += 1;
    }
    for r in b.model.rows.iter() {
        count
            .entry(row_key(b, &r, forms, all[1]))
            .or_insert_with(|| (0, row_text(b.model, &r)))
            .0 -= 1;
    }
    for (n, words) in count.into_values() {
        match n {
            0 => {}
            1.. => out.push(format!("row only in the first: {words}")),
            _ => out.push(format!("row only in the second: {words}")),
        }
    }
}

/// The parts of an objective: linear, products, smooth rest, constants.
type Goal = (Vec<(Key, f64)>, Vec<(Pair, f64)>, Rest, Vec<f64>);

fn objective_parts(m: &Keyed<'_>, forms: &Forms, all: &Expressions) -> Goal {
    let o = &m.model.objective;
    let mut linear: Vec<(Key, f64)> = o.linear.iter().map(|(v, a)| (m.key(*v), *a)).collect();
    let mut quad: Vec<(Pair, f64)> =
        o.quad.iter().map(|q| (pair(m.key(q.i), m.key(q.j)), q.coefficient)).collect();
    let (mut rest, mut constants) = (Vec::new(), vec![o.constant]);
    if let Some(sum) = o.smooth.and_then(|e| all.get(e.0 as usize)) {
        let constant = part(sum, forms, &mut linear, &mut quad, &mut rest);
        constants = match exact_sum(o.constant, constant) {
            Some(sum) => vec![sum],
            None => vec![o.constant, constant],
        };
        joined(&mut linear);
        joined(&mut quad);
    }
    (linear, quad, rest, constants)
}

/// Coefficients by what they stand at: a variable, a product, or nothing for the constant; and the
/// smooth rest.
fn objective_terms(
    m: &Keyed<'_>,
    forms: &Forms,
    all: &Expressions,
) -> (BTreeMap<String, f64>, Rest) {
    let (linear, quad, rest, constants) = objective_parts(m, forms, all);
    let mut out = BTreeMap::new();
    let mut put = |mut name: String, value: f64| {
        // What could not be added up exactly stands there twice.
        while out.contains_key(&name) {
            name.push_str(" once more");
        }
        out.insert(name, value);
    };
    linear.into_iter().for_each(|(name, a)| put(name, a));
    quad.into_iter().for_each(|((i, j), a)| put(format!("{i} * {j}"), a));
    constants.into_iter().filter(|c| *c != 0.0).for_each(|c| put("the constant".to_owned(), c));
    (out, rest)
}

fn objective(
    (a, b): (&Keyed<'_>, &Keyed<'_>),
    sign: f64,
    forms: &Forms,
    all: [&Expressions; 2],
    out: &mut Vec<String>,
) {
    let (in_a, rest_a) = objective_terms(a, forms, all[0]);
    let (in_b, rest_b) = objective_terms(b, forms, all[1]);
    if rest_a != rest_b {
        out.push("objective: the smooth parts differ".to_owned());
    }
    let names: BTreeSet<&String> = in_a.keys().chain(in_b.keys()).collect();
    for name in names {
        let (x, y) = (in_a.get(name), in_b.get(name));
        if x.map(|v| bits(*v)) != y.map(|v| bits(*v)) {
            let (x, y) = (x.copied().unwrap_or(0.0), y.copied().unwrap_or(0.0));
            // No negative zero.
            let (x, y) = (number(sign * x + 0.0), number(sign * y + 0.0));
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
    if r.smooth.is_some() {
        parts.push((1.0, "(a smooth part)".to_owned()));
    }
    for (k, (a, what)) in parts.iter().enumerate() {
        let sign = match (k, *a < 0.0) {
            (0, false) => "",
            (0, true) => "- ",
            (_, false) => " + ",
            (_, true) => " - ",
        };
        text.push_str(sign);
        if a.abs() != 1.0 {
            text.push_str(&format!("{} ", number(a.abs())));
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
    format!("{place}{text} {sense} {}", number(r.rhs))
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
