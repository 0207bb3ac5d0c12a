//! Smooth expressions for NL targets: a shared DAG whose nodes refer backwards only.

use super::vars::VarId;

/// A node of the expression DAG of one [`super::Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExprId(pub u32);

/// One node. Operands are older than the node itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A number.
    Constant(f64),
    /// A variable.
    Var(VarId),
    /// Sum of the operands (at least one).
    Sum(Vec<ExprId>),
    /// Product of two operands.
    Product(ExprId, ExprId),
    /// First operand divided by the second.
    Quotient(ExprId, ExprId),
    /// Negation.
    Neg(ExprId),
    /// `exp`.
    Exp(ExprId),
    /// Natural logarithm.
    Log(ExprId),
}

impl Expr {
    /// Its operands, in order.
    pub fn operands(&self) -> impl Iterator<Item = ExprId> {
        let (few, many): ([Option<ExprId>; 2], &[ExprId]) = match self {
            Expr::Constant(_) | Expr::Var(_) => ([None, None], &[]),
            Expr::Sum(all) => ([None, None], all),
            Expr::Product(a, b) | Expr::Quotient(a, b) => ([Some(*a), Some(*b)], &[]),
            Expr::Neg(a) | Expr::Exp(a) | Expr::Log(a) => ([Some(*a), None], &[]),
        };
        few.into_iter().flatten().chain(many.iter().copied())
    }

    /// Whether it is a number or a variable.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        matches!(self, Expr::Constant(_) | Expr::Var(_))
    }
}

/// The expression DAG.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exprs {
    pub(crate) nodes: Vec<Expr>,
}

impl Exprs {
    /// Adds a node; its operands must exist already.
    pub fn push(&mut self, node: Expr) -> ExprId {
        let id = ExprId(self.nodes.len() as u32);
        self.nodes.push(node);
        id
    }

    /// Reads a node.
    #[must_use]
    pub fn get(&self, id: ExprId) -> &Expr {
        &self.nodes[id.0 as usize]
    }

    /// The value of every node at the point `x`, one value a variable.
    #[must_use]
    pub fn values(&self, x: &[f64]) -> Vec<f64> {
        let mut values: Vec<f64> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let at = |id: &ExprId| values[id.0 as usize];
            let value = match node {
                Expr::Constant(c) => *c,
                Expr::Var(v) => x[v.index()],
                Expr::Sum(operands) => operands.iter().map(at).sum(),
                Expr::Product(a, b) => at(a) * at(b),
                Expr::Quotient(a, b) => at(a) / at(b),
                Expr::Neg(a) => -at(a),
                Expr::Exp(a) => at(a).exp(),
                Expr::Log(a) => at(a).ln(),
            };
            values.push(value);
        }
        values
    }

    /// Nodes that are no leaf and are used more than once by other nodes and by `roots`, older
    /// ones first.
    #[must_use]
    pub fn shared(&self, roots: impl Iterator<Item = ExprId>) -> Vec<ExprId> {
        let mut uses = vec![0_u32; self.nodes.len()];
        for id in self.nodes.iter().flat_map(Expr::operands).chain(roots) {
            uses[id.0 as usize] = uses[id.0 as usize].saturating_add(1);
        }
        let ids = (0..self.nodes.len() as u32).map(ExprId);
        ids.filter(|id| uses[id.0 as usize] > 1 && !self.get(*id).is_leaf()).collect()
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}
