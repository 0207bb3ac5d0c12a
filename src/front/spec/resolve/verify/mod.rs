//! Questions of verification.

mod approach;
mod formula;
mod graph;
mod inputs;
mod largest;
mod number;
mod perturb;
mod property;
mod spot;
mod supplied;

pub(super) use largest::build as largest;
pub(super) use number::value;
pub(super) use spot::Scaling;

use super::data::Sets;
use super::statements::Statements;
use super::{Context, data, options};
use crate::front::onnx::LoadedGraph;
use crate::front::spec::ast::{Safety, Spot};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::options::SolveOptions;
use crate::front::spec::span::Spanned;
use crate::network::graph::{Graph, Port};
use crate::question::verify::{Case, Subject, Ties, Verification};

/// How many inputs and outputs a network has, all tensors together.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    inputs: usize,
    outputs: usize,
}

impl Sizes {
    fn of(graph: &Graph) -> Self {
        let count = |ports: &[Port]| ports.iter().map(Port::len).sum();
        Sizes { inputs: count(&graph.inputs), outputs: count(&graph.outputs) }
    }
}

/// The question and how it is solved.
pub(super) fn build(
    statements: &Statements<'_>,
    safety: &Safety,
    end: usize,
    cx: &mut Context<'_>,
) -> Option<(Verification, SolveOptions)> {
    statements.need_verify(safety, end, cx);
    let solve = options::solve(statements.solve.map(|s| s.node), None, options::Kind::Verify, cx);
    let encode = statements.encode.map(|e| e.node);
    let approach = approach::resolve(encode, statements.solve.map(|s| s.node), cx);
    let written = statements.network?.node;
    let loaded = graph::resolve(written, cx);
    let sets = data::resolve(&statements.data, cx);
    let loaded = loaded?;
    let (subject, cases) = match safety {
        Safety::Property(path) => property::file(path, &loaded, cx)?,
        Safety::Robust(spot, ties) => robust((spot, *ties), statements, &loaded, &sets, cx)?,
        Safety::Largest(asked) => {
            let sort = (&asked.spot, asked.ties);
            robust(sort, statements, &loaded, &sets, cx)?
        }
        Safety::Never(forbidden) => inputs::never(statements.inputs?, forbidden, &loaded, cx)?,
    };
    approach::whole(encode, (&loaded.graph, &cases, &approach), cx);
    let supplied = supplied::resolve(encode, &loaded.graph, cx);
    let question = Verification {
        network: written.name.node.clone(),
        left_out: loaded.notes.iter().map(ToString::to_string).collect(),
        graph: loaded.graph,
        subject,
        cases,
        approach,
        supplied,
    };
    Some((question, solve))
}

fn robust(
    (spot, ties): (&Spanned<Spot>, Ties),
    statements: &Statements<'_>,
    network: &LoadedGraph,
    sets: &Sets,
    cx: &mut Context<'_>,
) -> Option<(Subject, Vec<Case>)> {
    let point = spot::resolve(spot, network, sets, cx)?;
    let sizes = Sizes::of(&network.graph);
    let around = perturb::resolve(statements.perturb?, &point, sizes, cx)?;
    let (label, classes) = (point.label, sizes.outputs);
    let subject = Subject::Robust { point: point.words, around, label, classes, ties };
    match subject.cases() {
        Ok(cases) => Some((subject, cases)),
        Err(error) => {
            let error = Diagnostic::new(Code::OpenSet, error.to_string(), spot.span);
            cx.error(error.label("around this point").help("bound every input"));
            None
        }
    }
}
