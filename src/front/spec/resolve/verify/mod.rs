//! Questions of verification.

mod graph;
mod property;

use super::statements::Statements;
use super::{Context, options};
use crate::front::spec::ast::Safety;
use crate::front::spec::options::SolveOptions;
use crate::question::verify::{Approach, Verification};

/// The question and how it is solved.
pub(super) fn build(
    statements: &Statements<'_>,
    safety: &Safety,
    end: usize,
    cx: &mut Context<'_>,
) -> Option<(Verification, SolveOptions)> {
    statements.need_verify(end, cx);
    let solve = options::solve(statements.solve.map(|s| s.node), cx);
    let written = statements.network?.node;
    let loaded = graph::resolve(written, cx)?;
    let (subject, cases) = match safety {
        Safety::Property(path) => property::file(path, &loaded, cx)?,
    };
    let question = Verification {
        network: written.name.node.clone(),
        left_out: loaded.notes.iter().map(ToString::to_string).collect(),
        graph: loaded.graph,
        subject,
        cases,
        approach: Approach::default(),
    };
    Some((question, solve))
}
