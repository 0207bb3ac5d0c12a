//! Nonlinear parts in prefix form.

use std::io;

use super::Writer;
use super::output::Op;
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
        let mut uses = vec![0_u32; model.exprs.len()];
        let mut count = |id: ExprId| uses[id.0 as usize] = uses[id.0 as usize].saturating_add(1);
        for node in &model.exprs.nodes {
            match node {
                Expr::Constant(_) | Expr::Var(_) => {}
                Expr::Sum(operands) => operands.iter().copied().for_each(&mut count),
                Expr::Product(a, b) | Expr::Quotient(a, b) => {
                    count(*a);
                    count(*b);
                }
                Expr::Neg(a) | Expr::Exp(a) | Expr::Log(a) => count(*a),
            }
        }
        model.rows.smooth.iter().for_each(|s| count(s.1));
        model.objective.smooth.into_iter().for_each(&mut count);
        let leaf = |node: &Expr| match node {
            Expr::Constant(_) | Expr::Var(_) => true,
            Expr::Sum(_)
            | Expr::Product(..)
            | Expr::Quotient(..)
            | Expr::Neg(_)
            | Expr::Exp(_)
            | Expr::Log(_) => false,
        };
        let nodes = (0..model.exprs.len() as u32)
            .map(ExprId)
            .filter(|id| uses[id.0 as usize] > 1 && !leaf(model.exprs.get(*id)))
            .collect();
        Shared { nodes }
    }

    /// Position among the common expressions.
    fn position(&self, id: ExprId) -> Option<usize> {
        self.nodes.binary_search(&id).ok()
    }
}

impl Writer<'_, '_> {
    /// `V` segments, in which each may use the ones before it.
    pub(super) fn common_expressions(&mut self) -> io::Result<()> {
        for k in 0..self.shared.nodes.len() {
            let number = self.model.var_count() + k;
            self.out.segment(b'V', &[number, 0, 0])?;
            self.node(self.shared.nodes[k], true)?;
        }
        Ok(())
    }

    /// The sum of quadratic terms, a smooth part and a constant; `n0` if there is none.
    pub(super) fn nonlinear(
        &mut self,
        quad: &[QuadTerm],
        smooth: Option<ExprId>,
        constant: f64,
    ) -> io::Result<()> {
        let constant = (constant != 0.0).then_some(constant);
        self.sum(quad.len() + usize::from(smooth.is_some()) + usize::from(constant.is_some()))?;
        for term in quad {
            self.product(term)?;
        }
        if let Some(id) = smooth {
            self.node(id, false)?;
        }
        constant.map_or(Ok(()), |c| self.out.number(c))
    }

    /// The head of a sum of so many operands.
    fn sum(&mut self, operands: usize) -> io::Result<()> {
        match operands {
            0 => self.out.number(0.0),
            1 => Ok(()),
            2 => self.out.operator(Op::Plus),
            n => {
                self.out.operator(Op::Sum)?;
                self.out.count(n)
            }
        }
    }

    /// `o2 n3 o2 v0 v1`; a square is `o5 v0 n2`.
    fn product(&mut self, term: &QuadTerm) -> io::Result<()> {
        if term.coefficient == -1.0 {
            self.out.operator(Op::Negate)?;
        } else if term.coefficient != 1.0 {
            self.out.operator(Op::Times)?;
            self.out.number(term.coefficient)?;
        }
        let column = |v: crate::ir::VarId| self.order.column[v.index()] as usize;
        let (i, j) = (column(term.i), column(term.j));
        if i == j {
            self.out.operator(Op::Power)?;
            self.out.variable(i)?;
            self.out.number(2.0)
        } else {
            self.out.operator(Op::Times)?;
            self.out.variable(i)?;
            self.out.variable(j)
        }
    }

    /// One expression, by a stack of its own: a chain of a million nodes must not exhaust ours.
    fn node(&mut self, root: ExprId, define: bool) -> io::Result<()> {
        let model = self.model;
        let mut stack = vec![root];
        let mut expand = define;
        while let Some(id) = stack.pop() {
            if !std::mem::take(&mut expand)
                && let Some(k) = self.shared.position(id)
            {
                self.out.variable(model.var_count() + k)?;
                continue;
            }
            match model.exprs.get(id) {
                Expr::Constant(c) => self.out.number(*c)?,
                Expr::Var(v) => self.out.variable(self.order.column[v.index()] as usize)?,
                Expr::Sum(operands) => {
                    self.sum(operands.len())?;
                    stack.extend(operands.iter().rev());
                }
                Expr::Product(a, b) => {
                    self.out.operator(Op::Times)?;
                    stack.extend([*b, *a]);
                }
                Expr::Quotient(a, b) => {
                    self.out.operator(Op::Divide)?;
                    stack.extend([*b, *a]);
                }
                Expr::Neg(a) => {
                    self.out.operator(Op::Negate)?;
                    stack.push(*a);
                }
                Expr::Exp(a) => {
                    self.out.operator(Op::Exp)?;
                    stack.push(*a);
                }
                Expr::Log(a) => {
                    self.out.operator(Op::Log)?;
                    stack.push(*a);
                }
            }
        }
        Ok(())
    }
}
