//! The verdict: one pure function from evidence to answer.

use crate::front::printable::number;
use crate::question::{Claim, Relation};

use super::certificate::{Direction, Verdict};

/// All that a verdict depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// The adversary's direction.
    pub direction: Direction,
    /// What was claimed of the worst value.
    pub claim: Option<Claim>,
    /// The proved bound after it was moved outward.
    pub bound: Option<f64>,
    /// How far it was moved.
    pub tolerance: f64,
    /// The replayed value of the strongest attack.
    pub attack: Option<f64>,
    /// Where the value counts samples and this is the largest allowed count: a bound beyond it says
    /// that no attack exists at all.
    pub most: Option<f64>,
}

/// Where replay's rounding may put an attack past a true bound; farther is a contradiction.
const ROUNDING: f64 = 1e-9;

/// The answer and its reason.
///
/// The worst value lies between the bound and the replayed attack. The claim is *certified* when
/// it holds on that whole side of the bound, *attacked* when the replayed attack violates it, and
/// *unknown* otherwise. A claim that only an attack can establish (`worst margin < 1`) is
/// certified by the replayed attack. Without a claim the question asks for the value alone, which
/// is certified when bound and attack agree. An attack beyond the bound shows that the bound is
/// wrong; nothing is then certified by it.
#[must_use]
pub fn judge(e: &Evidence) -> (Verdict, String) {
    let Some(claim) = e.claim else { return value_alone(e) };
    let text = claim_words(&claim);
    if provable_by_bound(e.direction, claim.relation) {
        if let Some(a) = e.attack.filter(|a| !claim.holds(*a)) {
            let a = number(a);
            let why = format!("the replayed attack reaches {a}, which violates the claim {text}");
            return (Verdict::Attacked, why);
        }
        if let Some(why) = contradiction(e) {
            return (Verdict::Unknown, why);
        }
        return match e.bound {
            Some(b) if claim.holds(b) => {
                if let Some(why) = none_exists(e) {
                    return (Verdict::Certified, format!("{why}, so {text} holds"));
                }
                let side = side(e.direction);
                let b = number(b);
                let why = format!("no admissible attack gets {side} {b}, so {text} holds");
                (Verdict::Certified, why)
            }
            Some(b) => {
                let b = number(b);
                let why = format!(
                    "the bound {b} does not prove the claim {text}, and no attack that \
                     violates it was found"
                );
                (Verdict::Unknown, why)
            }
            None => (
                Verdict::Unknown,
                format!("no bound was proved, and no attack that violates {text} was found"),
            ),
        };
    }
    match (e.attack, e.bound) {
        (Some(a), _) if claim.holds(a) => {
            let a = number(a);
            (Verdict::Certified, format!("the replayed attack reaches {a}, so {text} holds"))
        }
        (_, Some(b)) if !claim.holds(b) => {
            let b = number(b);
            let why = format!("the bound {b} shows that the claim {text} is false");
            (Verdict::Unknown, why)
        }
        _ => (Verdict::Unknown, format!("no attack that establishes {text} was found")),
    }
}

/// How far the attack is from the bound beyond the tolerance; at least 0.
#[must_use]
pub fn gap(bound: Option<f64>, attack: Option<f64>, tolerance: f64) -> Option<f64> {
    let distance = (attack? - bound?).abs();
    // A distance that the rounding of a replay explains is no distance.
    let slack = tolerance + ROUNDING * (1.0 + attack?.abs());
    Some(if distance <= slack { 0.0 } else { distance - tolerance })
}

fn value_alone(e: &Evidence) -> (Verdict, String) {
    if let Some(why) = contradiction(e) {
        return (Verdict::Unknown, why);
    }
    if let Some(why) = none_exists(e) {
        return (Verdict::Certified, why);
    }
    match (gap(e.bound, e.attack, e.tolerance), e.attack) {
        (Some(g), Some(a)) if g <= 1e-6 * (1.0 + a.abs()) => {
            let a = number(a);
            (Verdict::Certified, format!("bound and replayed attack agree: the worst value is {a}"))
        }
        (Some(g), _) => {
            (Verdict::Unknown, format!("bound and replayed attack are {} apart", number(g)))
        }
        (None, Some(_)) => (Verdict::Unknown, "no bound was proved".to_owned()),
        (None, None) => {
            (Verdict::Unknown, "there is no replayed attack to compare with".to_owned())
        }
    }
}

/// The sentence for a proof that the allowed samples do not suffice for any attack.
fn none_exists(e: &Evidence) -> Option<String> {
    let (most, b) = (e.most?, e.bound?);
    (e.attack.is_none() && e.direction == Direction::Minimises && b > most)
        .then(|| format!("no attack with at most {} samples exists", number(most)))
}

/// Whether a bound on the adversary can prove a claim with this relation.
pub fn provable_by_bound(direction: Direction, relation: Relation) -> bool {
    match (direction, relation) {
        (Direction::Minimises, Relation::Greater | Relation::AtLeast)
        | (Direction::Maximises, Relation::Less | Relation::AtMost) => true,
        (Direction::Minimises, Relation::Less | Relation::AtMost)
        | (Direction::Maximises, Relation::Greater | Relation::AtLeast) => false,
    }
}

/// Why the bound must be wrong: the replayed attack is stronger than it allows. A replay is a proof,
/// a bound that it passes is none.
#[must_use]
pub fn contradiction(e: &Evidence) -> Option<String> {
    let (b, a) = (e.bound?, e.attack?);
    let beyond = match e.direction {
        Direction::Minimises => b - a,
        Direction::Maximises => a - b,
    };
    (beyond > ROUNDING * (1.0 + b.abs())).then(|| {
        format!(
            "the replayed attack {} lies beyond the bound {}, so the bound is wrong",
            number(a),
            number(b)
        )
    })
}

fn side(direction: Direction) -> &'static str {
    match direction {
        Direction::Minimises => "below",
        Direction::Maximises => "above",
    }
}

/// The claim in symbols: `worst value > 0`.
#[must_use]
pub fn claim_words(claim: &Claim) -> String {
    format!("worst value {} {}", relation_symbol(claim.relation), number(claim.value))
}

/// The relation as the specification language writes it.
#[must_use]
pub fn relation_symbol(relation: Relation) -> &'static str {
    match relation {
        Relation::Greater => ">",
        Relation::AtLeast => ">=",
        Relation::Less => "<",
        Relation::AtMost => "<=",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(
        direction: Direction,
        claim: Option<(Relation, f64)>,
        bound: Option<f64>,
        attack: Option<f64>,
    ) -> Evidence {
        let claim = claim.map(|(relation, value)| Claim { relation, value });
        Evidence { direction, claim, bound, tolerance: 1e-6, attack, most: None }
    }

    /// The whole truth table: claim proved or not by the bound, violated or not by the attack,
    /// each missing or present, both directions, and the claims that only an attack proves.
    #[test]
    fn truth_table() {
        use Direction::{Maximises as Max, Minimises as Min};
        use Relation::{AtLeast, AtMost, Greater, Less};
        use Verdict::{Attacked, Certified, Unknown};
        let gt = Some((Greater, 0.0));
        let lt = Some((Less, 1.0));
        let cases = [
            (Min, gt, Some(0.1), Some(0.2), Certified),
            (Min, gt, Some(0.1), None, Certified),
            (Min, gt, Some(0.0), Some(0.2), Unknown),
            (Min, gt, Some(-0.1), Some(0.2), Unknown),
            (Min, gt, Some(-0.1), None, Unknown),
            (Min, gt, None, Some(0.2), Unknown),
            (Min, gt, None, None, Unknown),
            (Min, gt, Some(-0.3), Some(-0.2), Attacked),
            (Min, gt, None, Some(-0.2), Attacked),
            (Min, gt, None, Some(0.0), Attacked),
            (Min, Some((AtLeast, 0.0)), Some(0.0), Some(0.0), Certified),
            (Min, Some((AtLeast, 0.0)), None, Some(0.0), Unknown),
            // A bound that a replay disproves certifies nothing; the attack still counts.
            (Min, gt, Some(0.5), Some(0.2), Unknown),
            (Min, gt, Some(0.5), Some(-0.2), Attacked),
            (Max, lt, Some(0.9), Some(0.8), Certified),
            (Max, lt, Some(0.9), None, Certified),
            (Max, lt, Some(1.0), Some(0.8), Unknown),
            (Max, Some((AtMost, 1.0)), Some(1.0), Some(1.0), Certified),
            (Max, lt, Some(1.2), Some(1.1), Attacked),
            (Max, lt, None, Some(1.0), Attacked),
            (Max, lt, Some(0.5), Some(0.8), Unknown),
            // Claims that an attack establishes.
            (Min, lt, Some(0.2), Some(0.5), Certified),
            (Min, lt, Some(1.5), Some(1.6), Unknown),
            (Min, lt, None, None, Unknown),
            (Max, gt, None, Some(0.5), Certified),
            (Max, gt, Some(-0.1), Some(-0.2), Unknown),
            // The value alone.
            (Min, None, Some(0.5), Some(0.5), Certified),
            (Min, None, Some(0.5 - 1e-6), Some(0.5), Certified),
            (Min, None, Some(0.4), Some(0.5), Unknown),
            (Min, None, Some(0.6), Some(0.5), Unknown),
            (Min, None, None, Some(0.5), Unknown),
            (Min, None, Some(0.5), None, Unknown),
            (Max, None, Some(0.5), Some(0.5), Certified),
        ];
        for (direction, claim, bound, attack, expected) in cases {
            let (verdict, reason) = judge(&evidence(direction, claim, bound, attack));
            assert_eq!(
                verdict, expected,
                "{direction:?} {claim:?} bound {bound:?} attack {attack:?}: {reason}"
            );
        }
    }

    /// The smallest budget is more than what the threat allows: that is the whole answer.
    #[test]
    fn a_bound_beyond_the_budget_says_that_no_attack_exists() {
        let none = |claim, bound, attack| {
            let e = evidence(Direction::Minimises, claim, bound, attack);
            judge(&Evidence { most: Some(3.0), ..e })
        };
        let (verdict, why) = none(None, Some(4.0), None);
        assert_eq!((verdict, why.as_str()), (Verdict::Certified, NONE));
        let (verdict, why) = none(Some((Relation::AtLeast, 4.0)), Some(4.0), None);
        assert_eq!(verdict, Verdict::Certified);
        assert!(why.starts_with(NONE), "{why}");
        assert_eq!(none(Some((Relation::AtLeast, 5.0)), Some(4.0), None).0, Verdict::Unknown);
        assert_eq!(none(None, Some(3.0), None).0, Verdict::Unknown);
        assert_eq!(none(None, None, None).0, Verdict::Unknown);
    }

    const NONE: &str = "no attack with at most 3 samples exists";

    #[test]
    fn gap_is_what_the_tolerance_does_not_explain() {
        assert_eq!(gap(Some(0.5 - 1e-6), Some(0.5), 1e-6), Some(0.0));
        assert_eq!(gap(Some(0.25), Some(0.5), 0.0), Some(0.25));
        assert_eq!(gap(None, Some(0.5), 0.0), None);
        assert_eq!(gap(Some(0.5), None, 0.0), None);
    }
}
