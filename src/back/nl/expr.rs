//! Nonlinear parts in prefix form.

use std::io;

use super::Writer;
use super::output::{Op, Output};
use crate::back::cuts::Part;
use crate::back::sink::Sink;
use crate::ir::expr::Expr;
use crate::ir::{ExprId, Model, QuadTerm};

/// Expressions that occur more than once; each becomes one common expression (`V` segment), so that
/// a shared graph never grows into a large tree. SHOT refuses common expressions.
pub(super) struct Shared {
    /// The shared nodes, older ones first.
    pub nodes: Vec<ExprId>,
}

impl Shared {
    pub fn new(model: &Model) -> Self {
        Shared { nodes: model.shared_exprs() }
    }

    /// Position among the common expressions.
    fn position(&self, id: ExprId) -> Option<usize> {
        self.nodes.binary_search(&id).ok()
    }
}

impl Writer<'_> {
    /// `V` segments, in which each may use the ones before it.
    pub(super) fn common_expressions(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        sink.list(self.shared.nodes.len(), |range, text| {
            let mut out = self.output(text);
            for k in range {
                out.segment(b'V', &[self.model.var_count() + k, 0, 0]);
                self.node(&mut out, self.shared.nodes[k], true);
            }
        })
    }

    /// The sum of quadratic terms, a smooth part and a constant; `n0` if there is none. Of the
    /// quadratic terms those of `part`. The smooth part is its own or its negative.
    pub(super) fn nonlinear(
        &self,
        out: &mut Output<'_>,
        part: &Part,
        quad: &[QuadTerm],
        (smooth, constant): (Option<(ExprId, bool)>, f64),
    ) {
        let constant = (constant != 0.0).then_some(constant);
        if part.first {
            let rest = usize::from(smooth.is_some()) + usize::from(constant.is_some());
            sum(out, quad.len() + rest);
        }
        for term in &quad[part.items.clone()] {
            self.product(out, term);
        }
        if part.last {
            if let Some((id, negative)) = smooth {
                if negative {
                    out.operator(Op::Negate);
                }
                self.node(out, id, false);
            }
            if let Some(c) = constant {
                out.number(c);
            }
        }
    }

    /// `o2 n3 o2 v0 v1`; a square is `o5 v0 n2`.
    fn product(&self, out: &mut Output<'_>, term: &QuadTerm) {
        if term.coefficient == -1.0 {
            out.operator(Op::Negate);
        } else if term.coefficient != 1.0 {
            out.operator(Op::Times);
            out.number(term.coefficient);
        }
        let column = |v: crate::ir::VarId| self.order.column[v.index()] as usize;
        let (i, j) = (column(term.i), column(term.j));
        if i == j {
            out.operator(Op::Power);
            out.variable(i);
            out.number(2.0);
        } else {
            out.operator(Op::Times);
            out.variable(i);
            out.variable(j);
        }
    }

    /// One expression, by a stack of its own: a chain of a million nodes must not exhaust ours.
    fn node(&self, out: &mut Output<'_>, root: ExprId, define: bool) {
        let model = self.model;
        let mut stack = vec![root];
        let mut expand = define;
        while let Some(id) = stack.pop() {
            if !std::mem::take(&mut expand)
                && let Some(k) = self.shared.position(id)
            {
                out.variable(model.var_count() + k);
                continue;
            }
            match model.exprs.get(id) {
                Expr::Constant(c) => out.number(*c),
                Expr::Var(v) => out.variable(self.order.column[v.index()] as usize),
                Expr::Sum(operands) => {
                    sum(out, operands.len());
                    stack.extend(operands.iter().rev());
                }
                Expr::Product(a, b) => {
                    out.operator(Op::Times);
                    stack.extend([*b, *a]);
                }
                Expr::Quotient(a, b) => {
                    out.operator(Op::Divide);
                    stack.extend([*b, *a]);
                }
                Expr::Neg(a) => {
                    out.operator(Op::Negate);
                    stack.push(*a);
                }
                Expr::Exp(a) => {
                    out.operator(Op::Exp);
                    stack.push(*a);
                }
                Expr::Log(a) => {
                    out.operator(Op::Log);
                    stack.push(*a);
                }
            }
        }
    }
}

/// The head of a sum of so many operands.
fn sum(out: &mut Output<'_>, operands: usize) {
    match operands {
        0 => out.number(0.0),
        1 => {}
        2 => out.operator(Op::Plus),
        n => {
            out.operator(Op::Sum);
            out.count(n);
        }
    }
}
