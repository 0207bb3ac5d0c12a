//! What a search came to, and what it takes from points and from solvers' bounds.

use super::clock::Clock;
use super::record::{self, Found};
use super::scale::too_fine;
use super::solve::Proof;
use super::{Part, Study};
use crate::cert::answer::{Finder, Moment, PartAnswer, StatedBound};
use crate::cert::assemble::SOLVER_TOLERANCE;
use crate::cert::certificate::BoundSource;
use crate::cert::pipeline::solve::runner::{self, Proved, Who};
use crate::cert::pipeline::{Listener, News, PipelineError};
use crate::encode::verify::VerifyProgram;
use crate::front::printable::number;
use crate::question::verify::Verification;
use crate::search::verify::moved_in;
use crate::sol::Solution;

/// What a search came to so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pub parts: Vec<PartAnswer>,
    pub proofs: Vec<Proof>,
    pub attack: Option<(Found, Finder)>,
    pub claimed: Option<f64>,
    pub missing: Option<String>,
    pub failure: Option<String>,
    pub history: Vec<Moment>,
}

impl Search {
    /// What is known before any search.
    pub fn known(study: &Study) -> Self {
        Search {
            parts: vec![PartAnswer::default(); study.parts().len()],
            attack: study.attack().map(|a| (a.clone(), Finder::Heuristic)),
            ..Search::default()
        }
    }

    /// Whether nothing is left to decide for a part.
    pub fn decided(&self, study: &Study, k: usize) -> bool {
        let part = self.parts.get(k);
        study.impossible(k)
            || self.proofs.iter().any(|p| p.part == k)
            || part.is_some_and(|p| {
                p.infeasible || p.bound.as_ref().is_some_and(|b| proves(b, study.ahead(k)))
            })
    }

    /// The parts that are left to decide: none once there is an attack.
    pub fn open(&self, study: &Study) -> Vec<usize> {
        match self.attack {
            Some(_) => Vec::new(),
            None => (0..study.parts().len()).filter(|k| !self.decided(study, *k)).collect(),
        }
    }

    /// Tells, and notes for the history, what is known now.
    pub fn moment(
        &mut self,
        (question, study): (&Verification, &Study),
        clock: &Clock<'_>,
        listen: Listener<'_>,
    ) {
        let nearest = self.attack.as_ref().map(|a| &a.0).or(study.start.as_ref());
        let moment = Moment {
            seconds: clock.seconds(),
            bound: self.lowest(study),
            incumbent: nearest.map(|f| f.value(question)).filter(|v| v.is_finite()),
        };
        listen(News::Margin { bound: moment.bound, nearest: moment.incumbent });
        self.history.push(moment);
    }

    /// The lower bound of the margin over all parts, as far as it is a number.
    fn lowest(&self, study: &Study) -> Option<f64> {
        let of = |k: usize| {
            let stated = self.parts.get(k).and_then(|p| p.bound.as_ref()).map(|b| b.value);
            let refuted = self.proofs.iter().any(|p| p.part == k).then_some(0.0);
            let none = self.parts.get(k).is_some_and(|p| p.infeasible).then_some(f64::INFINITY);
            [stated, refuted, none].into_iter().flatten().fold(study.lower(k), f64::max)
        };
        let least = (0..study.parts().len()).map(of).fold(f64::INFINITY, f64::min);
        least.is_finite().then_some(least)
    }

    /// Takes an input if it is an attack, and says whether it is.
    pub fn offer(
        &mut self,
        question: &Verification,
        x: &[f64],
        finder: Finder,
    ) -> Result<bool, PipelineError> {
        let found = record::replay(question, x);
        let found = found.map_err(|e| PipelineError::BadAttack(e.to_string()))?;
        let Some(found) = found.filter(|f| f.replay.is_attack()) else { return Ok(false) };
        self.attack.get_or_insert((found, finder));
        Ok(true)
    }

    /// Decodes and replays a point of a part's program, as it is or else moved into the part's set;
    /// returns the margin that the solver claims for it, and why it is no attack where it claims one.
    pub fn take_point(
        &mut self,
        question: &Verification,
        (part, program): (&Part, &VerifyProgram),
        (x, objective): (&[f64], Option<f64>),
    ) -> Result<(Option<f64>, Option<String>), PipelineError> {
        let input = program.decode(x);
        let claimed = objective.unwrap_or_else(|| program.model.objective_at(x));
        let promised = claimed <= 0.0;
        // Where rivals differ in it, the objective does not say the margin.
        let (least, most) = program.ahead;
        let claimed = Some((claimed - most) * program.unit);
        let claimed = claimed.filter(|v| v.is_finite() && least == most);
        let before = self.attack.is_some();
        let attack = self.offer(question, &input, Finder::Solver)?
            || self.offer(question, &moved_in(&part.goal, &input), Finder::Solver)?;
        if attack && !before {
            self.claimed = claimed;
        }
        let why = (promised && !attack).then(|| {
            let value = claimed.map_or_else(String::new, |c| format!(" of margin {}", number(c)));
            format!("the solver's point{value} does not break the property when it is replayed")
        });
        Ok((claimed, why))
    }
}

/// Whether a solver's bound, moved outward for its tolerance, proves a part impossible.
///
/// A margin of `-ahead` is no attack, see [`VerifyProgram::ahead`].
pub(super) fn proves(bound: &StatedBound, ahead: f64) -> bool {
    bound.value + ahead - SOLVER_TOLERANCE * (1.0 + bound.value.abs()) > 0.0
}

/// Whether a bound is above the objective of the point beside it by more than tolerances of solvers
/// explain.
fn contradicted(bound: f64, solution: &Solution) -> bool {
    const ALLOWANCE: f64 = 1e-4;
    solution.objective.is_some_and(|point| bound > point + ALLOWANCE * (1.0 + point.abs()))
}

/// A lower bound of the objective as one of the margin.
pub(super) fn in_units(bound: f64, unit: f64) -> f64 {
    // The unit is rounded down.
    match (unit == 1.0, bound < 0.0) {
        (true, _) => bound,
        (false, true) => (bound * unit.next_up()).next_down(),
        (false, false) => (bound * unit).next_down(),
    }
}

/// Takes over what a solver proved of a part, or says why that is nothing.
pub(super) fn take_bound(
    answer: &mut PartAnswer,
    program: &VerifyProgram,
    solution: &Solution,
    slack: f64,
    (name, version, embedded): Who,
) {
    let status = solution.status.to_string();
    let proved = match runner::proved(solution, &name) {
        Proved::Nothing(why) => Proved::Nothing(why),
        Proved::Bound(_) if program.model.objective.is_constant() => Proved::Nothing(format!(
            "the program asks for a point and has no margin, so that the dual bound of {name} says \
             nothing; only that there is no point would be a proof"
        )),
        Proved::Bound(bound) if contradicted(bound, solution) => Proved::Nothing(format!(
            "the answer of {name} states a dual bound of {} and a point of {}, which contradict \
             each other",
            number(bound),
            solution.objective.map_or_else(|| "none".to_owned(), number)
        )),
        proved => too_fine(&program.model).map_or(proved, Proved::Nothing),
    };
    match proved {
        Proved::Nothing(why) => answer.missing = Some(why),
        Proved::Infeasible => answer.infeasible = true,
        Proved::Bound(objective) => {
            let printed = if slack > 0.0 { (objective - slack).next_down() } else { objective };
            let ahead = program.ahead.1;
            let margin = (printed - program.slop).next_down() - ahead;
            let value = in_units(margin.next_down(), program.unit);
            let bound = StatedBound {
                value,
                objective: Some(objective),
                slack,
                from: BoundSource::Solver,
                solver: Some(name.clone()),
                version,
                embedded,
                status: status.clone(),
            };
            if !proves(&bound, ahead * program.unit) {
                answer.missing = Some(format!(
                    "{name} ({status}) proves a margin of at least {}, which is not above {}",
                    number(value),
                    number(0.0 - ahead * program.unit)
                ));
            }
            answer.bound = Some(bound);
        }
    }
}
