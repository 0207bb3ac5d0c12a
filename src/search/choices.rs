//! All choices of a discrete threat, in a fixed order.

use std::ops::ControlFlow;

use super::exhaustive::NotEnumerable;
use crate::bounds::reach::deviations;
use crate::question::membership::{self};
use crate::question::{
    Attack, Budget, Change, Choice, FeatureKind, FeatureThreat, Goal, Insertion, LabelThreat,
    Labels, Question, Scope, Target,
};

/// Most ways of touching one sample, or of inserting one.
const MOST_WAYS: usize = 4096;

/// What may become of one sample, and what that costs.
#[derive(Clone, Debug)]
struct Way {
    change: Change,
    features: usize,
    label: usize,
    /// Features that change.
    cells: usize,
}

/// The choices of one batch or run.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    ways: Vec<(usize, Vec<Way>)>,
    inserted: Vec<(Vec<f64>, Target)>,
    insertions: usize,
    budget: Budget,
    /// Most features that change in all samples together.
    cells: usize,
}

/// What is left of the budgets.
#[derive(Clone, Copy)]
struct Left {
    features: usize,
    labels: usize,
    cells: usize,
}

/// What one column may hold.
enum Column {
    /// One number.
    One(f64),
    /// The integers of an interval.
    Integers(f64, f64),
    /// 0 or 1.
    Bit,
}

/// All combinations of the columns.
fn grid(columns: &[Column]) -> Result<Vec<Vec<f64>>, NotEnumerable> {
    let mut points = vec![Vec::new()];
    for column in columns {
        let values: Vec<f64> = match *column {
            Column::One(v) => vec![v],
            Column::Bit => vec![0.0, 1.0],
            Column::Integers(lo, hi) => {
                if hi - lo >= MOST_WAYS as f64 || !(hi - lo).is_finite() {
                    return Err(NotEnumerable::TooManyWays);
                }
                let (first, last) = (lo.ceil(), hi.floor());
                let mut values = Vec::new();
                let mut v = first;
                while v <= last {
                    values.push(v);
                    v += 1.0;
                }
                values
            }
        };
        points = points
            .iter()
            .flat_map(|p| {
                values.iter().map(move |v| {
                    let mut q: Vec<f64> = p.clone();
                    q.push(*v);
                    q
                })
            })
            .collect();
        if points.len() > MOST_WAYS {
            return Err(NotEnumerable::TooManyWays);
        }
    }
    Ok(points)
}

/// What the columns of the touched sample `row`, which is `clean` in the data, may hold.
fn touched_columns(
    threat: &FeatureThreat,
    row: usize,
    clean: &[f64],
) -> Result<Vec<Column>, NotEnumerable> {
    let ranges = deviations(threat, row, clean);
    let all = threat.kinds.iter().zip(clean.iter().zip(ranges)).map(|(kind, (v, e))| match kind {
        _ if e.is_point() => Ok(Column::One(*v)),
        FeatureKind::Fixed => Ok(Column::One(*v)),
        FeatureKind::Real => Err(NotEnumerable::Real { what: "a feature" }),
        FeatureKind::Integer => Ok(Column::Integers(v + e.lo, v + e.hi)),
        FeatureKind::OneHot(_) => Ok(Column::Bit),
    });
    all.collect()
}

/// What the columns of an inserted sample may hold.
fn inserted_columns(insertion: &Insertion) -> Result<Vec<Column>, NotEnumerable> {
    let all = insertion.kinds.iter().zip(&insertion.domain).map(|(kind, (lo, hi))| match kind {
        FeatureKind::Fixed => Ok(Column::One(0.0)),
        FeatureKind::Real => Err(NotEnumerable::Real { what: "a feature" }),
        FeatureKind::Integer => Ok(Column::Integers(*lo, *hi)),
        FeatureKind::OneHot(_) => Ok(Column::Bit),
    });
    all.collect()
}

impl Choices {
    /// The choices before step `step + 1` (for the run scope: of the run).
    pub fn new(question: &Question, step: usize) -> Result<Self, NotEnumerable> {
        let threat = &question.threat;
        if matches!(question.goal, Goal::Backdoor { .. }) {
            return Err(NotEnumerable::Real { what: "the test input" });
        }
        let mut ways = Vec::new();
        for &i in &threat.candidates {
            let in_batch = question.training.batches.get(step).is_some_and(|b| b.contains(&i));
            if i >= question.train.len() || (threat.scope == Scope::Batch && !in_batch) {
                continue;
            }
            ways.push((i, sample_ways(question, i, step)?));
        }
        let (inserted, insertions) = match &threat.insertion {
            None => (Vec::new(), 0),
            Some(insertion) => (insertion_ways(question, insertion)?, insertion.count),
        };
        let cells = threat.features.as_ref().and_then(|f| f.relations.cells).unwrap_or(usize::MAX);
        Ok(Choices { ways, inserted, insertions, budget: threat.budget, cells })
    }

    /// Calls `visit` with every choice until it breaks.
    pub fn each(&self, visit: &mut dyn FnMut(&Choice) -> ControlFlow<()>) -> ControlFlow<()> {
        let cells = self.cells;
        let left = match self.budget {
            Budget::Joint(n) => Left { features: n, labels: n, cells },
            Budget::Separate { features, labels } => Left { features, labels, cells },
        };
        self.walk(0, left, &mut Choice::default(), visit)
    }

    fn walk(
        &self,
        from: usize,
        left: Left,
        choice: &mut Choice,
        visit: &mut dyn FnMut(&Choice) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.insert(0, choice, visit)?;
        let joint = matches!(self.budget, Budget::Joint(_));
        for (k, (i, ways)) in self.ways.iter().enumerate().skip(from) {
            for way in ways {
                let (a, b) = if joint { (1, 1) } else { (way.features, way.label) };
                let rest = (left.features.checked_sub(a), left.labels.checked_sub(b));
                let (Some(features), Some(labels)) = rest else { continue };
                let Some(cells) = left.cells.checked_sub(way.cells) else { continue };
                let left = Left { features, labels, cells };
                choice.changes.insert(*i, way.change.clone());
                let flow = self.walk(k + 1, left, choice, visit);
                choice.changes.remove(i);
                flow?;
            }
        }
        ControlFlow::Continue(())
    }

    fn insert(
        &self,
        from: usize,
        choice: &mut Choice,
        visit: &mut dyn FnMut(&Choice) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        visit(choice)?;
        if choice.inserted.len() < self.insertions {
            for (k, point) in self.inserted.iter().enumerate().skip(from) {
                choice.inserted.push(point.clone());
                let flow = self.insert(k, choice, visit);
                choice.inserted.pop();
                flow?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// Every real change of sample `i` that the threat allows alone.
fn sample_ways(question: &Question, i: usize, step: usize) -> Result<Vec<Way>, NotEnumerable> {
    let threat = &question.threat;
    let clean = question.train.row(i);
    let mut features = vec![None];
    if let Some(f) = &threat.features {
        let points = grid(&touched_columns(f, i, &clean)?)?;
        features.extend(points.into_iter().filter(|p| *p != clean).map(Some));
    }
    let mut targets = vec![None];
    match (&threat.labels, question.train.target(i)) {
        (Some(LabelThreat::Flip), Target::Sign(y)) => targets.push(Some(Target::Sign(-y))),
        (Some(LabelThreat::Classes(all)), Target::Class(y)) => {
            let others = all.iter().filter(|c| **c != y);
            targets.extend(others.map(|c| Some(Target::Class(*c))));
        }
        (Some(LabelThreat::Real { .. }), _) => {
            return Err(NotEnumerable::Real { what: "a label" });
        }
        _ => {}
    }
    let mut changes = Vec::new();
    if threat.deletion.is_some() {
        changes.push(Change { deleted: true, ..Change::default() });
    }
    for x in &features {
        for y in &targets {
            changes.push(Change { deleted: false, features: x.clone(), target: y.clone() });
        }
    }
    let steps = match threat.scope {
        Scope::Run => 1,
        Scope::Batch => question.training.steps(),
    };
    let mut open = question.clone();
    open.threat.budget = Budget::Joint(1);
    Ok(changes
        .into_iter()
        .filter(|c| c.deleted || c.features.is_some() || c.target.is_some())
        .filter(|c| {
            let mut attack = Attack::none(steps);
            attack.choices[if steps == 1 { 0 } else { step }].changes.insert(i, c.clone());
            membership::check(&open, &attack).is_ok()
        })
        .map(|change| Way {
            cells: match (&threat.features, &change.features) {
                (Some(f), Some(moved)) => f.changed_cells(i, &clean, moved),
                _ => 0,
            },
            features: usize::from(change.deleted || change.features.is_some()),
            label: usize::from(change.target.is_some()),
            change,
        })
        .collect())
}

fn insertion_ways(
    question: &Question,
    insertion: &Insertion,
) -> Result<Vec<(Vec<f64>, Target)>, NotEnumerable> {
    let labels: Vec<Target> = match &question.train.labels {
        Labels::Signs(_) => vec![Target::Sign(-1.0), Target::Sign(1.0)],
        Labels::Classes { count, .. } => (0..*count).map(Target::Class).collect(),
        Labels::Real(_) => return Err(NotEnumerable::Real { what: "an inserted label" }),
    };
    let points = grid(&inserted_columns(insertion)?)?;
    let mut open = question.clone();
    open.threat.scope = Scope::Run;
    Ok(points
        .iter()
        .flat_map(|p| labels.iter().map(move |y| (p.clone(), y.clone())))
        .filter(|point| {
            let mut attack = Attack::none(1);
            attack.choices[0].inserted.push(point.clone());
            membership::check(&open, &attack).is_ok()
        })
        .collect())
}
