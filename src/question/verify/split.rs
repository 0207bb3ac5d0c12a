//! From a property to its cases: boxes of inputs, each with what must not happen there.

use thiserror::Error;

use super::partial::{Goal, Partial, Splitter, all, hull};
use super::range::Range;
use super::tighten::tightened;
use super::{Case, Formula, Property, Variable};
use crate::bounds::Interval;

/// So many cases are made at most; a disjunction that would make more stays in the goal.
const CASES: usize = 4096;
/// So many numbers may the boxes of all cases have.
const CELLS: usize = 1 << 22;

/// Why a property has no cases.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CasesError {
    /// An input whose values have no end.
    #[error(
        "input X_{input} has no {side} bound; assert one, such as ({relation} X_{input} {example}), \
         because only a finite set of inputs can be verified"
    )]
    Unbounded {
        /// The input, from 0.
        input: usize,
        /// `upper` or `lower`.
        side: &'static str,
        /// The relation that would bound it.
        relation: &'static str,
        /// A bound, for the sentence.
        example: i8,
    },
}

/// The cases of a property: an input with its output makes the property true if and only if it makes
/// one of them true. None at all: the property speaks of an empty set, and nothing can make it true.
///
/// Atoms over single inputs make the box, other atoms over inputs its rows. A disjunction with atoms
/// over inputs is split, and cases with the same set are joined again; one that would make more than
/// 4096 cases stays in the goal, with the hull of its boxes around it.
///
/// # Errors
/// An input without a bound in some case.
pub fn cases(property: &Property) -> Result<Vec<Case>, CasesError> {
    let formula = property.formula.clone().simplified();
    if formula == Formula::FALSE {
        return Ok(Vec::new());
    }
    mentioned(&formula, property.inputs)?;
    let conjuncts = match &formula {
        Formula::All(parts) => parts.as_slice(),
        Formula::Atom(_) | Formula::Any(_) => std::slice::from_ref(&formula),
    };
    let mut base = vec![Range::ALL; property.inputs];
    for (i, range) in conjuncts.iter().filter_map(atom_range) {
        base[i as usize] = base[i as usize].meet(range);
    }
    if base.iter().any(|r| r.is_empty()) {
        return Ok(Vec::new());
    }
    let splitter = Splitter { base: &base, most: CASES.min(CELLS / property.inputs.max(1)).max(1) };
    let mut parts = vec![Partial::default()];
    for conjunct in conjuncts.iter().filter(|c| atom_range(c).is_none()) {
        parts = match splitter.expand(conjunct).and_then(|found| splitter.product(&parts, &found)) {
            Some(next) => next,
            None => {
                let Some(hull) = hull(conjunct) else { return Ok(Vec::new()) };
                let goals = vec![Goal::Is(conjunct)];
                let whole = [Partial { ranges: hull, goals, ..Partial::default() }];
                splitter.product(&parts, &whole).unwrap_or_default()
            }
        };
    }
    let finished = parts.into_iter().filter_map(|part| finish(&base, part).transpose());
    finished.collect()
}

fn atom_range(formula: &Formula) -> Option<(u32, Range)> {
    match formula {
        Formula::Atom(atom) => Range::of(atom),
        Formula::All(_) | Formula::Any(_) => None,
    }
}

/// Refuses a property with an input that no atom names, before a box of its size is made.
fn mentioned(formula: &Formula, inputs: usize) -> Result<(), CasesError> {
    let terms = formula.atoms().flat_map(|a| &a.terms);
    let mut named: Vec<u32> = terms
        .filter_map(|t| match t.0 {
            Variable::Input(i) => Some(i),
            Variable::Output(_) => None,
        })
        .collect();
    named.sort_unstable();
    named.dedup();
    if named.len() == inputs {
        return Ok(());
    }
    let free =
        named.iter().zip(0..).find(|(i, k)| **i != *k).map_or(named.len(), |(_, k)| k as usize);
    Err(unbounded(free, true))
}

fn unbounded(input: usize, lower: bool) -> CasesError {
    let (side, relation, example) = if lower { ("lower", ">=", 0) } else { ("upper", "<=", 1) };
    CasesError::Unbounded { input, side, relation, example }
}

/// The case, or none if its set is empty.
fn finish(base: &[Range], part: Partial<'_>) -> Result<Option<Case>, CasesError> {
    let mut ranges = base.to_vec();
    for (i, range) in &part.ranges {
        ranges[*i as usize] = *range;
    }
    let goal = all(&part.goals).simplified();
    let mut ends: Vec<(f64, f64)> = ranges.iter().map(|r| r.outer()).collect();
    if goal == Formula::FALSE || !tightened(&part.rows, &mut ends) {
        return Ok(None);
    }
    let mut case = Case::of_box(Vec::with_capacity(ends.len()), goal);
    case.rows = part.rows.into_iter().cloned().collect();
    for (i, (range, &(lo, hi))) in ranges.iter().zip(&ends).enumerate() {
        if lo == f64::NEG_INFINITY || hi == f64::INFINITY {
            return Err(unbounded(i, lo == f64::NEG_INFINITY));
        }
        case.outer.push(Interval::new(lo, hi));
        let inner = range.inner();
        let (least, most) = (inner.0.max(lo), inner.1.min(hi));
        case.inner.push(if least <= most {
            Interval::new(least, most)
        } else {
            case.between.push(i as u32);
            Interval::point(as_written(lo, hi))
        });
    }
    Ok(Some(case))
}

/// Of two neighbouring doubles around a decimal, the one whose own decimal is shorter.
fn as_written(lo: f64, hi: f64) -> f64 {
    let digits = |v: f64| zmij::Buffer::new().format(v).len();
    if digits(hi) < digits(lo) { hi } else { lo }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::verify::{Atom, Relation, Truth};

    const X: fn(u32) -> Variable = Variable::Input;
    const Y: fn(u32) -> Variable = Variable::Output;

    fn atom(terms: &[(Variable, f64)], relation: Relation, k: f64) -> Formula {
        let terms = terms.iter().map(|t| (t.0, Interval::point(t.1))).collect();
        Formula::Atom(Atom { terms, relation, constant: Interval::point(k), line: 1 })
    }

    fn at_most(v: Variable, k: f64) -> Formula {
        atom(&[(v, 1.0)], Relation::AtMost, k)
    }

    fn at_least(v: Variable, k: f64) -> Formula {
        atom(&[(v, -1.0)], Relation::AtMost, -k)
    }

    fn between(v: Variable, lo: f64, hi: f64) -> Formula {
        Formula::All(vec![at_least(v, lo), at_most(v, hi)])
    }

    fn property(inputs: usize, parts: Vec<Formula>) -> Property {
        Property { formula: Formula::All(parts), inputs, outputs: 1 }
    }

    fn ends(case: &Case) -> Vec<(f64, f64)> {
        case.outer.iter().map(|i| (i.lo, i.hi)).collect()
    }

    #[test]
    fn a_disjunction_of_boxes_is_split_and_equal_boxes_are_joined() {
        let goal = |k: f64| at_most(Y(0), k);
        let boxed = |lo, hi, k| Formula::All(vec![between(X(0), lo, hi), goal(k)]);
        let p = property(
            2,
            vec![
                between(X(0), 0.0, 4.0),
                between(X(1), 0.0, 1.0),
                Formula::Any(vec![
                    boxed(0.0, 1.0, 1.0),
                    boxed(2.0, 9.0, 2.0),
                    boxed(-1.0, 1.0, 3.0),
                ]),
                Formula::Any(vec![at_least(Y(0), -5.0), at_least(Y(0), -6.0)]),
            ],
        );
        let found = cases(&p).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(ends(&found[0]), [(0.0, 1.0), (0.0, 1.0)]);
        assert_eq!(ends(&found[1]), [(2.0, 4.0), (0.0, 1.0)]);
        let lower = Formula::Any(vec![at_least(Y(0), -5.0), at_least(Y(0), -6.0)]);
        let first = Formula::All(vec![Formula::Any(vec![goal(1.0), goal(3.0)]), lower.clone()]);
        assert_eq!(found[0].goal, first);
        assert_eq!(found[1].goal, Formula::All(vec![goal(2.0), lower]));
    }

    #[test]
    fn unbounded_inputs_are_named() {
        let p = property(3, vec![between(X(0), 0.0, 1.0), between(X(1), 0.0, 1.0)]);
        let e = cases(&p).unwrap_err().to_string();
        assert!(
            e.starts_with("input X_2 has no lower bound; assert one, such as (>= X_2 0)"),
            "{e}"
        );
        let p = property(1, vec![Formula::Any(vec![between(X(0), 0.0, 1.0), at_least(X(0), 3.0)])]);
        let e = cases(&p).unwrap_err().to_string();
        assert!(e.starts_with("input X_0 has no upper bound"), "{e}");
        // An empty set needs no bounds, and a size that no memory holds is refused first.
        assert_eq!(cases(&property(usize::MAX, vec![Formula::FALSE])), Ok(Vec::new()));
        assert!(cases(&property(usize::MAX, vec![at_most(X(0), 1.0)])).is_err());
        let empty = property(2, vec![at_least(X(0), 1.0), at_most(X(0), 0.0), at_most(X(1), 0.0)]);
        assert_eq!(cases(&empty), Ok(Vec::new()));
    }

    #[test]
    fn rows_bound_and_tighten() {
        let sum = atom(&[(X(0), 1.0), (X(1), 1.0)], Relation::AtMost, 1.0);
        let p = property(2, vec![at_least(X(0), 0.0), at_least(X(1), 0.25), sum]);
        let found = cases(&p).unwrap();
        assert_eq!(ends(&found[0]), [(0.0, 0.75), (0.25, 1.0)]);
        assert_eq!(found[0].rows.len(), 1);
        let equal = atom(&[(X(0), 2.0), (X(1), -1.0)], Relation::Equal, 0.0);
        let p = property(2, vec![between(X(0), 0.0, 1.0), equal]);
        assert_eq!(ends(&cases(&p).unwrap()[0]), [(0.0, 1.0), (0.0, 2.0)]);
        let apart = atom(&[(X(0), 1.0), (X(1), 1.0)], Relation::Below, -1.0);
        let p = property(2, vec![between(X(0), 0.0, 1.0), between(X(1), 0.0, 1.0), apart]);
        assert_eq!(cases(&p), Ok(Vec::new()));
    }

    #[test]
    fn too_many_cases_stay_in_the_goal() {
        let choice = |i: u32| Formula::Any(vec![between(X(i), 0.0, 1.0), between(X(i), 2.0, 3.0)]);
        let p = property(13, (0..13).map(choice).collect());
        let found = cases(&p).unwrap();
        assert_eq!(found.len(), 4096);
        assert!(found.iter().all(|c| ends(c)[12] == (0.0, 3.0) && c.goal == choice(12)));
    }

    /// Points of a grid make the property true if and only if they make one of the cases true.
    #[test]
    fn cases_cover_the_property_and_no_more() {
        let mut rng = fastrand::Rng::with_seed(5);
        let grid = |rng: &mut fastrand::Rng| f64::from(rng.i32(-2..=2)) / 2.0;
        let mut counts = [0; 3];
        let mut undecided = 0;
        for round in 0..400 {
            let mut parts = vec![between(X(0), -1.0, 1.0), between(X(1), -1.0, 1.0)];
            parts.extend((0..rng.usize(1..4)).map(|_| random(&mut rng, 3)));
            let p = property(2, parts);
            let found = cases(&p).unwrap();
            counts[found.len().min(2)] += 1;
            for _ in 0..60 {
                let x = [grid(&mut rng), grid(&mut rng)];
                let y = [grid(&mut rng)];
                let whole = p.formula.truth_at(&x, &y);
                let cases = found.iter().map(|c| c.attacked(&x, &y)).max().unwrap_or(Truth::No);
                assert_ne!(whole, Truth::Perhaps);
                let told = format!("round {round} at {x:?} {y:?}: {p:?}");
                assert_eq!(whole == Truth::Yes, cases == Truth::Yes, "{told}");
                // A box has no open ends, so that a point on one is not told apart.
                undecided += u32::from(cases == Truth::Perhaps);
                assert!(whole == Truth::No || cases != Truth::No, "{told}");
            }
        }
        assert!(counts.iter().all(|c| *c > 40), "{counts:?}");
        assert!(undecided < 24_000 / 20, "{undecided}");
    }

    fn random(rng: &mut fastrand::Rng, depth: u32) -> Formula {
        let parts = |rng: &mut fastrand::Rng| {
            (0..rng.usize(1..4)).map(|_| random(rng, depth - 1)).collect()
        };
        match if depth == 0 { 2 } else { rng.u8(..4) } {
            0 => Formula::All(parts(rng)),
            1 => Formula::Any(parts(rng)),
            _ => {
                let mut terms: Vec<(Variable, f64)> = Vec::new();
                for v in [X(0), X(1), Y(0)] {
                    let c = [0.0, 0.0, 1.0, -2.0][rng.usize(..4)];
                    if c != 0.0 {
                        terms.push((v, c));
                    }
                }
                let kinds = [Relation::AtMost, Relation::AtMost, Relation::Below, Relation::Equal];
                atom(&terms, kinds[rng.usize(..4)], f64::from(rng.i32(-2..=2)) / 2.0)
            }
        }
    }
}
