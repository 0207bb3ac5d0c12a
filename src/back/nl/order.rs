//! The order of columns and rows.
//!
//! Columns: nonlinear in both rows and objective, in rows only, in the objective only (continuous
//! before integer in each), then linear ones: continuous, binary, integer. Rows: nonlinear ones
//! first. Within each group the model's order is kept.

use crate::ir::expr::Expr;
use crate::ir::{ExprId, Model, RowId, VarId, VarKind};

/// Order of columns and rows in an NL file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The variable in each column.
    pub vars: Vec<VarId>,
    /// The row in each place.
    pub rows: Vec<RowId>,
}

impl Columns {
    /// Puts values by column back into the order of the model; nothing if their number is wrong.
    #[must_use]
    pub fn restore(&self, by_column: &[f64]) -> Option<Vec<f64>> {
        if by_column.len() != self.vars.len() {
            return None;
        }
        let mut values = vec![0.0; by_column.len()];
        for (value, var) in by_column.iter().zip(&self.vars) {
            values[var.index()] = *value;
        }
        Some(values)
    }
}

/// Sizes of the groups of columns, as the header counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub both: usize,
    pub rows_only: usize,
    pub objective_only: usize,
    pub both_integer: usize,
    pub rows_integer: usize,
    pub objective_integer: usize,
    pub linear_binary: usize,
    pub linear_integer: usize,
    pub nonlinear_rows: usize,
}

/// The order and what follows from it.
pub(super) struct Order {
    pub columns: Columns,
    /// Column of each variable.
    pub column: Vec<u32>,
    pub counts: Counts,
    /// Variables that are nonlinear in each row, ascending; only for nonlinear rows, in file order.
    nonlinear: Vec<VarId>,
    /// Where those of each row end.
    ends: Vec<usize>,
    pub objective_nonlinear: Vec<VarId>,
}

impl Order {
    pub fn new(model: &Model) -> Self {
        let n = model.var_count();
        let mut in_rows = vec![false; n];
        let mut in_objective = vec![false; n];
        let mut nonlinear = Vec::new();
        let mut linear = Vec::new();
        let (mut all, mut ends) = (Vec::new(), Vec::new());
        let mut vars: Vec<VarId> = Vec::new();
        for row in model.rows.iter() {
            if row.quad.is_empty() && row.smooth.is_none() {
                linear.push(row.id);
                continue;
            }
            nonlinear.push(row.id);
            vars.clear();
            vars.extend(row.quad.iter().flat_map(|t| [t.i, t.j]));
            variables(model, row.smooth, &mut vars);
            vars.sort_unstable();
            vars.dedup();
            vars.iter().for_each(|v| in_rows[v.index()] = true);
            all.extend_from_slice(&vars);
            ends.push(all.len());
        }
        let quad = &model.objective.quad;
        let mut objective_nonlinear: Vec<VarId> = quad.iter().flat_map(|t| [t.i, t.j]).collect();
        variables(model, model.objective.smooth, &mut objective_nonlinear);
        objective_nonlinear.sort_unstable();
        objective_nonlinear.dedup();
        objective_nonlinear.iter().for_each(|v| in_objective[v.index()] = true);

        let group = |j: usize| {
            let kind = model.vars.kind[j];
            let integer = usize::from(kind != VarKind::Continuous);
            match (in_rows[j], in_objective[j]) {
                (true, true) => integer,
                (true, false) => 2 + integer,
                (false, true) => 4 + integer,
                (false, false) => match kind {
                    VarKind::Continuous => 6,
                    VarKind::Binary => 7,
                    // An integer within [0, 1] counts as binary.
                    VarKind::Integer
                        if model.vars.lower[j] >= 0.0 && model.vars.upper[j] <= 1.0 =>
                    {
                        7
                    }
                    VarKind::Integer => 8,
                },
            }
        };
        let mut size = [0; 9];
        (0..n).for_each(|j| size[group(j)] += 1);
        let counts = Counts {
            both: size[0] + size[1],
            rows_only: size[2] + size[3],
            objective_only: size[4] + size[5],
            both_integer: size[1],
            rows_integer: size[3],
            objective_integer: size[5],
            linear_binary: size[7],
            linear_integer: size[8],
            nonlinear_rows: nonlinear.len(),
        };
        // Where the next column of each group goes.
        let mut next = [0; 9];
        for k in 1..next.len() {
            next[k] = next[k - 1] + size[k - 1];
        }
        let mut vars = vec![VarId(0); n];
        let mut column = vec![0; n];
        for j in 0..n {
            let place = &mut next[group(j)];
            vars[*place] = VarId(j as u32);
            column[j] = *place as u32;
            *place += 1;
        }
        nonlinear.append(&mut linear);
        let columns = Columns { vars, rows: nonlinear };
        Order { columns, column, counts, nonlinear: all, ends, objective_nonlinear }
    }

    /// Variables that are nonlinear in the row at a place of the file, ascending.
    pub fn row_nonlinear(&self, place: usize) -> &[VarId] {
        let Some(end) = self.ends.get(place) else { return &[] };
        let start = place.checked_sub(1).map_or(0, |k| self.ends[k]);
        &self.nonlinear[start..*end]
    }
}

/// Appends the variables of a smooth expression; shared nodes are visited once.
fn variables(model: &Model, root: Option<ExprId>, out: &mut Vec<VarId>) {
    let Some(root) = root else { return };
    let mut seen = vec![false; root.0 as usize + 1];
    let mut stack = vec![root];
    while let Some(id) = stack.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        match model.exprs.get(id) {
            Expr::Constant(_) => {}
            Expr::Var(v) => out.push(*v),
            Expr::Sum(operands) => stack.extend(operands),
            Expr::Product(a, b) | Expr::Quotient(a, b) => stack.extend([*a, *b]),
            Expr::Neg(a) | Expr::Exp(a) | Expr::Log(a) => stack.push(*a),
        }
    }
}
