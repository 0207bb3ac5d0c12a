//! Shared expressions written out at every place where they occur, for readers without common
//! expressions. **Exact**: the same functions. A shared graph may be exponentially smaller than
//! the tree that it stands for, so there is a limit: [`LARGEST`] nodes.

use super::draft::Draft;
use super::step::{Lowering, Refusal};
use crate::ir::expr::Expr;
use crate::ir::{ExprId, Exprs};

/// Nodes of all trees together that are written at most.
pub const LARGEST: u64 = 1_000_000;

/// Writes out what is shared, where the target has no common expressions.
pub(super) fn lower(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let target = draft.target;
    if target.capabilities().common_expressions || draft.model.exprs.is_empty() {
        return Ok(());
    }
    let shared = draft.model.shared_exprs().len();
    if shared == 0 {
        return Ok(());
    }
    let size = size(&draft.model.exprs, draft.model.expr_roots());
    if size > LARGEST {
        return Err(Refusal::Expressions { size, most: LARGEST, target: target.name() });
    }
    let model = draft.model.to_mut();
    let old = std::mem::take(&mut model.exprs);
    let mut new = Exprs::default();
    for (_, root) in &mut model.rows.smooth {
        *root = copy(&old, *root, &mut new);
    }
    if let Some(root) = &mut model.objective.smooth {
        *root = copy(&old, *root, &mut new);
    }
    model.exprs = new;
    draft.note(Lowering::CommonExpressions, shared);
    Ok(())
}

/// Nodes of the trees of all roots; a number beyond all limits is the largest there is.
fn size(exprs: &Exprs, roots: impl Iterator<Item = ExprId>) -> u64 {
    let mut sizes: Vec<u64> = Vec::with_capacity(exprs.len());
    for node in &exprs.nodes {
        let operands = node.operands().map(|id| sizes[id.0 as usize]);
        sizes.push(operands.fold(1, u64::saturating_add));
    }
    roots.map(|id| sizes[id.0 as usize]).fold(0, u64::saturating_add)
}

enum Work {
    Visit(ExprId),
    Build(ExprId),
}

/// Copies the tree of `root`; a stack of our own, because a chain may be long.
fn copy(old: &Exprs, root: ExprId, new: &mut Exprs) -> ExprId {
    let (mut work, mut done) = (vec![Work::Visit(root)], Vec::new());
    while let Some(next) = work.pop() {
        match next {
            Work::Visit(id) => {
                work.push(Work::Build(id));
                // Visited last operand first, so that the first one lies on top when it is built.
                work.extend(old.get(id).operands().map(Work::Visit));
            }
            Work::Build(id) => {
                let mut operand = || done.pop().unwrap_or(ExprId(0));
                let node = match old.get(id) {
                    Expr::Constant(c) => Expr::Constant(*c),
                    Expr::Var(v) => Expr::Var(*v),
                    Expr::Sum(all) => Expr::Sum(all.iter().map(|_| operand()).collect()),
                    Expr::Product(..) => Expr::Product(operand(), operand()),
                    Expr::Quotient(..) => Expr::Quotient(operand(), operand()),
                    Expr::Neg(_) => Expr::Neg(operand()),
                    Expr::Exp(_) => Expr::Exp(operand()),
                    Expr::Log(_) => Expr::Log(operand()),
                };
                done.push(new.push(node));
            }
        }
    }
    done.pop().unwrap_or(ExprId(0))
}
