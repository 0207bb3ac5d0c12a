//! The whole question as `key = value` lines in a fixed order. Long lists are given by digest.

use crate::front::hash::sha256_bytes;
use crate::question::goal::ParameterRef;
use crate::question::{
    Budget, Cutoff, Dataset, EncodeOptions, FeatureKind, FlipEncoding, Goal, LabelThreat, Labels,
    Norm, Priority, Question, Reduction, Relations, Scope, Target, TestPoint, Threat, Tighten,
    Training,
};

use super::super::verdict::relation_symbol;
use super::{loss_words, target_words};
use crate::front::printable::number;

/// Lists up to this length are written out.
const WRITTEN_OUT: usize = 16;

/// The lines. Two questions with the same lines have the same worst value.
#[must_use]
pub fn canonical(q: &Question) -> Vec<String> {
    let mut out = Lines::default();
    network(&mut out, q);
    data(&mut out, &q.train);
    training(&mut out, &q.training, q.train.len());
    threat(&mut out, &q.threat);
    goal(&mut out, &q.goal);
    match q.claim {
        Some(c) => {
            out.add("claim", format!("{} {}", relation_symbol(c.relation), number(c.value)));
        }
        None => out.add("claim", "none"),
    }
    options(&mut out, &q.encode);
    out.0
}

#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn add(&mut self, key: &str, value: impl AsRef<str>) {
        self.0.push(format!("{key} = {}", value.as_ref()));
    }
}

fn network(out: &mut Lines, q: &Question) {
    let mut widths = vec![q.network.inputs.to_string()];
    let mut bytes = Digest::default();
    for a in q.network.affine() {
        widths.push(a.weight.nrows().to_string());
        bytes.doubles(a.weight.iter().copied());
        bytes.doubles(a.bias.iter().flatten().copied());
    }
    out.add("network", widths.join("-"));
    out.add("network parameters", bytes.finish());
}

fn data(out: &mut Lines, d: &Dataset) {
    out.add("train", &d.name);
    out.add("train samples", d.len().to_string());
    out.add("train features", d.columns.join(", "));
    let mut bytes = Digest::default();
    bytes.doubles(d.features.iter().copied());
    match &d.labels {
        Labels::Signs(s) => bytes.doubles(s.iter().map(|v| f64::from(*v))),
        Labels::Classes { of, .. } => of.iter().for_each(|c| bytes.count(*c)),
        Labels::Real(y) => bytes.doubles(y.iter().copied()),
    }
    out.add("train values", bytes.finish());
}

fn training(out: &mut Lines, t: &Training, samples: usize) {
    out.add("loss", loss_words(t.loss));
    out.add(
        "reduction",
        match t.reduction {
            Reduction::Mean => "mean",
            Reduction::MeanOfRemaining => "mean of remaining",
            Reduction::Sum => "sum",
        },
    );
    out.add("steps", t.steps().to_string());
    out.add("rates", doubles(&t.rates));
    let full = t.batches.iter().all(|b| b.iter().copied().eq(0..samples));
    if full {
        out.add("batches", "full");
    } else {
        let mut bytes = Digest::default();
        for batch in &t.batches {
            bytes.count(batch.len());
            batch.iter().for_each(|i| bytes.count(*i));
        }
        out.add("batches", bytes.finish());
    }
    out.add("momentum", number(t.momentum));
    out.add("decay", number(t.decay));
    out.add("clip", t.clip.map_or_else(|| "none".to_owned(), number));
}

fn threat(out: &mut Lines, t: &Threat) {
    out.add(
        "scope",
        match t.scope {
            Scope::Run => "run",
            Scope::Batch => "batch",
        },
    );
    match t.budget {
        Budget::Joint(n) => out.add("budget", n.to_string()),
        Budget::Separate { features, labels } => {
            out.add("budget", format!("features {features}, labels {labels}"));
        }
    }
    let mut bytes = Digest::default();
    t.candidates.iter().for_each(|i| bytes.count(*i));
    out.add("candidates", format!("{} rows, {}", t.candidates.len(), bytes.finish()));
    out.add(
        "labels",
        match &t.labels {
            None => "trusted".to_owned(),
            Some(LabelThreat::Flip) => "flip".to_owned(),
            Some(LabelThreat::Classes(c)) => {
                format!("classes {}", join(c.iter().map(usize::to_string)))
            }
            Some(LabelThreat::Real { nu, range }) => {
                format!("within {}{}", number(*nu), interval_words(*range))
            }
        },
    );
    match &t.features {
        None => out.add("features", "trusted"),
        Some(f) => {
            let norm = match f.norm {
                Norm::Linf(e) => format!("linf {}", number(e)),
                Norm::L1(e) => format!("l1 {}", number(e)),
                Norm::L2(e) => format!("l2 {}", number(e)),
                Norm::Arbitrary => "arbitrary".to_owned(),
            };
            out.add("features", norm);
            out.add("feature domain", domain(&f.domain));
            out.add("feature kinds", kinds(&f.kinds));
            relations(out, &f.relations);
        }
    }
    out.add("deletion", if t.deletion.is_some() { "yes" } else { "no" });
    match &t.insertion {
        None => out.add("insertion", "no"),
        Some(i) => {
            out.add("insertion", i.count.to_string());
            out.add("insertion domain", domain(&i.domain));
            out.add("insertion kinds", kinds(&i.kinds));
            out.add("insertion labels", format!("free{}", interval_words(i.label_range)));
        }
    }
}

/// One line each, and none where nothing is required.
fn relations(out: &mut Lines, r: &Relations) {
    let digest = |rows: &[usize]| {
        let mut bytes = Digest::default();
        rows.iter().for_each(|i| bytes.count(*i));
        format!("{} rows, {}", rows.len(), bytes.finish())
    };
    let list = |all: &[usize]| join(all.iter().map(usize::to_string));
    for o in &r.offsets {
        let range = interval_words(Some((o.lo, o.hi)));
        out.add("change", format!("{}{range}, {}", o.feature, digest(&o.rows)));
    }
    for m in &r.missing {
        out.add("missing", format!("{}, {}", list(&m.features), digest(&m.rows)));
    }
    for l in &r.linear {
        out.add("require", format!("{}, {}", l.words(&[]), digest(&l.rows)));
    }
    if !r.unmeasured.is_empty() {
        out.add("outside the ball", list(&r.unmeasured));
    }
    if let Some(n) = r.changed {
        out.add("features changed", n.to_string());
    }
    if let Some(n) = r.cells {
        out.add("cells changed", n.to_string());
    }
}

fn goal(out: &mut Lines, g: &Goal) {
    let (name, points): (&str, &[TestPoint]) = match g {
        Goal::Margin(p) => ("margin", std::slice::from_ref(p)),
        Goal::Errors(points) => ("errors", points),
        Goal::TestLoss(points) => ("test loss", points),
        Goal::SmallestBudget(p) => ("smallest budget", std::slice::from_ref(p)),
        Goal::SquaredError(p) => ("squared error", std::slice::from_ref(p)),
        Goal::Backdoor { point, eps, domain: d } => {
            out.add("backdoor radius", number(*eps));
            out.add("backdoor domain", domain(d));
            ("backdoor", std::slice::from_ref(point))
        }
        Goal::Direction(terms) => {
            for (p, c) in terms {
                out.add("term", format!("{} {}", number(*c), parameter(*p)));
            }
            ("direction", &[])
        }
    };
    out.add("goal", name);
    let mut bytes = Digest::default();
    for p in points {
        bytes.doubles(p.input.iter().copied());
        match &p.target {
            Target::Sign(s) => bytes.doubles([*s]),
            Target::Class(c) => bytes.count(*c),
            Target::Real(y) => bytes.doubles(y.iter().copied()),
        }
    }
    match points {
        [] => {}
        [p] => {
            out.add("test point", format!("{} label {}", p.source, target_words(&p.target)));
            out.add("test input", doubles(&p.input));
        }
        _ => out.add("test points", format!("{}, {}", points.len(), bytes.finish())),
    }
}

fn parameter(p: ParameterRef) -> String {
    match p {
        ParameterRef::Weight { layer, row, column } => format!("weight[{layer}][{row}, {column}]"),
        ParameterRef::Bias { layer, row } => format!("bias[{layer}][{row}]"),
    }
}

fn options(out: &mut Lines, e: &EncodeOptions) {
    out.add("tie band", number(e.tie_band));
    out.add("tighten", e.tighten.word());
    effort(out, e);
    out.add("budget rows", yes(e.budget_rows));
    out.add("switch-off rows", yes(e.switch_off_rows));
    out.add(
        "flips",
        match e.flips {
            FlipEncoding::Margin => "margin",
            FlipEncoding::TwoSwitches => "two switches",
            FlipEncoding::Disjoint => "disjoint",
        },
    );
    out.add("symmetry", yes(e.symmetry));
    out.add(
        "cutoff",
        match e.cutoff {
            Cutoff::Off => yes(false),
            Cutoff::Families => "families",
            Cutoff::List => "list",
        },
    );
    // Without any, a question reads as it did before there were priorities.
    match e.priority {
        Priority::Off => {}
        Priority::Causal => out.add("branching", "causal"),
    }
}

/// What the tightening may cost, as far as the level uses it. Workers change nothing.
fn effort(out: &mut Lines, e: &EncodeOptions) {
    let level = e.tighten;
    if level >= Tighten::Linear {
        let words = |steps: usize| format!("{steps} steps");
        out.add("tighten window", e.effort.window.map_or_else(|| "all steps".to_owned(), words));
        out.add("tighten rounds", e.effort.rounds.to_string());
        out.add("tighten time limit", number(e.effort.seconds));
    }
    if level >= Tighten::Integer {
        out.add("tighten nodes", e.effort.nodes.to_string());
        out.add("tighten fraction", number(e.effort.fraction));
    }
}

fn yes(b: bool) -> &'static str {
    if b { "yes" } else { "no" }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn doubles(values: &[f64]) -> String {
    match values {
        [first, rest @ ..] if rest.iter().all(|v| v.to_bits() == first.to_bits()) => {
            format!("{} times {}", values.len(), number(*first))
        }
        _ if values.len() <= WRITTEN_OUT => join(values.iter().map(|v| number(*v))),
        _ => {
            let mut bytes = Digest::default();
            bytes.doubles(values.iter().copied());
            bytes.finish()
        }
    }
}

fn interval_words(range: Option<(f64, f64)>) -> String {
    range.map_or_else(String::new, |(a, b)| format!(" in [{}, {}]", number(a), number(b)))
}

fn domain(d: &[(f64, f64)]) -> String {
    match d {
        [first, rest @ ..] if rest.iter().all(|r| r == first) => {
            format!("{} times{}", d.len(), interval_words(Some(*first)))
        }
        _ => join(d.iter().map(|r| interval_words(Some(*r)).trim_start().to_owned())),
    }
}

fn kinds(k: &[FeatureKind]) -> String {
    join(k.iter().map(|k| match k {
        FeatureKind::Fixed => "fixed".to_owned(),
        FeatureKind::Real => "real".to_owned(),
        FeatureKind::Integer => "integer".to_owned(),
        FeatureKind::OneHot(g) => format!("one-hot {g}"),
    }))
}

#[derive(Default)]
struct Digest(Vec<u8>);

impl Digest {
    fn doubles(&mut self, values: impl IntoIterator<Item = f64>) {
        for v in values {
            self.0.extend_from_slice(&v.to_le_bytes());
        }
    }

    fn count(&mut self, value: usize) {
        self.0.extend_from_slice(&(value as u64).to_le_bytes());
    }

    fn finish(&self) -> String {
        format!("sha256 {}", sha256_bytes(&self.0))
    }
}
