//! Colours of the variables of a model that do not depend on names or order.
//!
//! Colour refinement (Weisfeiler and Leman): a variable starts with what is known of it alone, its
//! kind, bounds and priority. Then the colours of the variables colour the terms, these the rows,
//! sets and the objective, and what a variable stands in colours it anew, until no more colours
//! appear. Two models that are the same up to names have equally many variables of each colour.
//! Colours are hashes: what they say is verified before it is believed.

use super::smooth::{Forms, Shape, mantissa};
use super::{Keyed, Rest, bits, kind, objective_parts, row_key};
use crate::ir::{Model, VarKind};

/// A colour.
pub(super) type Colour = u64;

/// A term: its coefficient and kind as a colour, and the factors that it is multiplied from.
struct Term {
    colour: Colour,
    factors: Vec<u32>,
}

/// A row, a set or the objective: what is known of it alone, and its terms.
struct Group {
    colour: Colour,
    terms: Vec<Term>,
}

/// A factor: a variable, or something made of sums of products of earlier factors.
enum Node {
    Var(u32),
    Of(Colour, Vec<Vec<Term>>),
}

/// What stands where, without names.
pub(super) struct Web {
    /// The colour of each variable by itself.
    pub start: Vec<Colour>,
    groups: Vec<Group>,
    /// The variables come first, by their index.
    nodes: Vec<Node>,
    /// Terms and factors that one refinement looks at.
    pub size: u64,
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014) over both numbers.
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let mut z = a.rotate_left(23) ^ b.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Kinds of terms and groups.
const LINEAR: u64 = 11;
const PRODUCT: u64 = 12;
const REST: u64 = 13;
const GUARD: u64 = 14;
const ROW: u64 = 15;
const GOAL: u64 = 16;
const SET: u64 = 17;

impl Web {
    /// Nothing if the smooth expressions are too large.
    pub(super) fn new(model: &Model, with_priorities: bool) -> Option<Self> {
        let keys = (0..model.var_count()).map(|k| k.to_string()).collect();
        let keyed = Keyed { model, keys };
        let mut forms = Forms::default();
        // In this order their numbers are their indices.
        keyed.keys.iter().for_each(|k| {
            forms.var(k.clone());
        });
        let all = forms.all(model, |v| keyed.key(v))?;
        let index = |key: &String| key.parse::<u32>().unwrap_or(0);
        let term = |kind: u64, a: u64, factors: Vec<u32>| Term { colour: mix(kind, a), factors };
        let rest = |rest: &Rest| -> Vec<Term> {
            rest.iter().map(|(f, a)| term(REST, mantissa(*a), f.clone())).collect()
        };
        let mut groups = Vec::with_capacity(model.row_count() + model.sos1.len() + 1);
        for r in model.rows.iter() {
            let (linear, quad, smooth, guard, sense, rhs) = row_key(&keyed, &r, &forms, &all);
            let mut terms = rest(&smooth);
            terms.extend(linear.iter().map(|(k, a)| term(LINEAR, *a, vec![index(k)])));
            terms
                .extend(quad.iter().map(|((i, j), a)| term(PRODUCT, *a, vec![index(i), index(j)])));
            terms.extend(guard.map(|(k, v)| term(GUARD, u64::from(v), vec![index(&k)])));
            groups.push(Group { colour: mix(ROW, mix(u64::from(sense), rhs)), terms });
        }
        for set in &model.sos1 {
            let terms = set.members.iter().map(|(v, w)| term(SET, bits(*w), vec![v.0])).collect();
            groups.push(Group { colour: SET, terms });
        }
        let (linear, quad, smooth, constants) = objective_parts(&keyed, &forms, &all);
        let mut terms = rest(&smooth);
        terms.extend(linear.iter().map(|(k, a)| term(LINEAR, bits(*a), vec![index(k)])));
        terms.extend(
            quad.iter().map(|((i, j), a)| term(PRODUCT, bits(*a), vec![index(i), index(j)])),
        );
        let constant = constants.iter().fold(GOAL, |c, a| mix(c, bits(*a)));
        groups.push(Group { colour: constant, terms });
        let nodes: Vec<Node> = forms.shapes().into_iter().map(|s| node(&s, index)).collect();
        let count = |terms: &[Term]| terms.iter().map(|t| 1 + t.factors.len() as u64).sum::<u64>();
        let inner = nodes.iter().map(|n| match n {
            Node::Var(_) => 1,
            Node::Of(_, sums) => sums.iter().map(|s| count(s)).sum(),
        });
        let size = groups.iter().map(|g| count(&g.terms)).sum::<u64>() + inner.sum::<u64>();
        Some(Web { start: start(model, with_priorities), groups, nodes, size })
    }

    /// One round: the colours of the variables by what they stand in.
    pub(super) fn refined(&self, colours: &[Colour]) -> Vec<Colour> {
        let mut of_node: Vec<Colour> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let colour = match node {
                Node::Var(v) => colours.get(*v as usize).copied().unwrap_or(0),
                Node::Of(code, sums) => sums.iter().fold(*code, |c, sum| {
                    let terms = sum.iter().map(|t| term_colour(t, &of_node));
                    mix(c, terms.fold(0, Colour::wrapping_add))
                }),
            };
            of_node.push(colour);
        }
        // What each factor stands in.
        let mut around = vec![0_u64; self.nodes.len()];
        for group in &self.groups {
            let found: Vec<Colour> = group.terms.iter().map(|t| term_colour(t, &of_node)).collect();
            let whole = mix(group.colour, found.iter().copied().fold(0, Colour::wrapping_add));
            spread(&group.terms, &found, whole, &mut around);
        }
        for (k, node) in self.nodes.iter().enumerate().rev() {
            let Node::Of(code, sums) = node else { continue };
            let own = around.get(k).copied().unwrap_or(0);
            for (place, sum) in (0_u64..).zip(sums) {
                let found: Vec<Colour> = sum.iter().map(|t| term_colour(t, &of_node)).collect();
                spread(sum, &found, mix(own, mix(*code, place)), &mut around);
            }
        }
        let mut out = colours.to_vec();
        for (node, around) in self.nodes.iter().zip(&around) {
            if let Node::Var(v) = node
                && let Some(colour) = out.get_mut(*v as usize)
            {
                *colour = mix(*colour, *around);
            }
        }
        out
    }
}

fn node(shape: &Shape<'_>, index: impl Fn(&String) -> u32) -> Node {
    match shape {
        Shape::Var(name) => Node::Var(index(&(*name).to_owned())),
        Shape::Of(code, sums) => {
            let sum = |sum: &super::smooth::Frozen| {
                let term = |(factors, a): &(Vec<u32>, super::smooth::Bits)| Term {
                    colour: mantissa(a.0),
                    factors: factors.clone(),
                };
                sum.iter().map(term).collect()
            };
            Node::Of(*code, sums.iter().map(|s| sum(s)).collect())
        }
    }
}

fn term_colour(term: &Term, of_node: &[Colour]) -> Colour {
    let factors = term.factors.iter().map(|f| of_node.get(*f as usize).copied().unwrap_or(0));
    mix(term.colour, factors.map(|c| mix(c, 1)).fold(0, Colour::wrapping_add))
}

/// Tells every factor of the terms what it stands in.
fn spread(terms: &[Term], found: &[Colour], whole: Colour, around: &mut [Colour]) {
    for (term, colour) in terms.iter().zip(found) {
        for factor in &term.factors {
            if let Some(sum) = around.get_mut(*factor as usize) {
                *sum = sum.wrapping_add(mix(whole, *colour));
            }
        }
    }
}

fn start(model: &Model, with_priorities: bool) -> Vec<Colour> {
    let mut out: Vec<Colour> = model
        .vars
        .iter()
        .map(|v| {
            let kind = match kind(&v) {
                VarKind::Continuous => 1,
                VarKind::Integer => 2,
                VarKind::Binary => 3,
            };
            mix(mix(kind, bits(v.lower)), bits(v.upper))
        })
        .collect();
    for (v, priority) in model.priorities.iter().filter(|p| with_priorities && p.1 != 0) {
        if let Some(colour) = out.get_mut(v.index()) {
            *colour =
                mix(*colour, u64::from(priority.unsigned_abs()) << 1 | u64::from(*priority < 0));
        }
    }
    out
}
