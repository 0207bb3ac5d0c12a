//! Every attack of a question with finitely many, by brute force.
#![allow(dead_code, clippy::expect_used, clippy::panic)]

use theriac::question::*;

/// All attacks within the threat, or `None` if there are more than `cap` combinations to look at.
pub fn attacks(q: &Question, cap: usize) -> Option<Vec<Attack>> {
    let mut all = vec![Attack { choices: Vec::new(), test_input: None }];
    let choices = match q.threat.scope {
        Scope::Run => vec![None],
        Scope::Batch => (0..q.training.steps()).map(Some).collect(),
    };
    for step in choices {
        let one = choice(q, step, cap)?;
        if all.len() * one.len() > cap {
            return None;
        }
        all = all
            .iter()
            .flat_map(|a| {
                one.iter().map(|c| {
                    let mut a = a.clone();
                    a.choices.push(c.clone());
                    a
                })
            })
            .collect();
    }
    all.retain(|a| membership::check(q, a).is_ok());
    Some(all)
}

/// Every combination of changes that could be one choice; the budget is left to the membership.
fn choice(q: &Question, step: Option<usize>, cap: usize) -> Option<Vec<Choice>> {
    let most = match q.threat.budget {
        Budget::Joint(n) => n,
        Budget::Separate { features, labels } => features + labels,
    };
    let mut all = vec![Choice::default()];
    for &i in &q.threat.candidates {
        if step.is_some_and(|t| !q.training.batches[t].contains(&i)) {
            continue;
        }
        let options = changes(q, i);
        let mut next = all.clone();
        for c in all.iter().filter(|c| c.changes.len() < most) {
            for change in &options {
                let mut c = c.clone();
                c.changes.insert(i, change.clone());
                next.push(c);
            }
        }
        if next.len() > cap {
            return None;
        }
        all = next;
    }
    if let Some(ins) = &q.threat.insertion {
        assert_eq!(ins.count, 1, "the enumeration knows one inserted sample");
        let points = grid(&ins.domain);
        let labels: Vec<Target> = match &q.train.labels {
            Labels::Signs(_) => vec![Target::Sign(1.0), Target::Sign(-1.0)],
            Labels::Classes { count, .. } => (0..*count).map(Target::Class).collect(),
            Labels::Real(_) => return None,
        };
        let mut next = all.clone();
        for c in &all {
            for x in &points {
                for y in &labels {
                    let mut c = c.clone();
                    c.inserted.push((x.clone(), y.clone()));
                    next.push(c);
                }
            }
        }
        all = next;
    }
    Some(all)
}

fn changes(q: &Question, i: usize) -> Vec<Change> {
    let x = q.train.row(i);
    let mut features = vec![None];
    if let Some(f) = &q.threat.features {
        let domain: Vec<(f64, f64)> = f
            .domain
            .iter()
            .zip(&f.kinds)
            .zip(&x)
            .map(|((d, k), v)| if *k == FeatureKind::Fixed { (*v, *v) } else { *d })
            .collect();
        features.extend(grid(&domain).into_iter().filter(|p| *p != x).map(Some));
    }
    let mut targets = vec![None];
    match (&q.threat.labels, q.train.target(i)) {
        (Some(LabelThreat::Flip), Target::Sign(y)) => targets.push(Some(Target::Sign(-y))),
        (Some(LabelThreat::Classes(all)), Target::Class(c)) => {
            targets.extend(all.iter().filter(|k| **k != c).map(|k| Some(Target::Class(*k))));
        }
        _ => {}
    }
    let mut all = Vec::new();
    for f in &features {
        for t in &targets {
            if f.is_some() || t.is_some() {
                all.push(Change { deleted: false, features: f.clone(), target: t.clone() });
            }
        }
    }
    if q.threat.deletion.is_some() {
        all.push(Change { deleted: true, ..Change::default() });
    }
    all
}

/// All integer points of a box; a degenerate side keeps its value.
fn grid(domain: &[(f64, f64)]) -> Vec<Vec<f64>> {
    let mut all = vec![Vec::new()];
    for &(lo, hi) in domain {
        let values: Vec<f64> = if lo == hi {
            vec![lo]
        } else {
            (lo.ceil() as i64..=hi.floor() as i64).map(|v| v as f64).collect()
        };
        all = all
            .iter()
            .flat_map(|p: &Vec<f64>| {
                values.iter().map(|v| {
                    let mut p = p.clone();
                    p.push(*v);
                    p
                })
            })
            .collect();
    }
    all
}
