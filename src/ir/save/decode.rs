//! From a message, which may be hostile, to a model whose tables fit together.

use super::message::{self, Places, Quad};
use super::numbers::unpack;
use super::{LoadError, VERSION};
use crate::ir::expr::Expr;
use crate::ir::{
    ExprId, Exprs, Family, Guard, Mark, Model, Objective, Origin, Place, QuadTerm, Role, RowId,
    Rows, Rule, Sense, Sos1, VarId, VarKind, Vars,
};

/// A table that does not fit together.
fn bad(table: &'static str, reason: &'static str) -> LoadError {
    LoadError::Table { table, reason }
}

pub(super) fn model(message: message::Model) -> Result<Model, LoadError> {
    if message.version != VERSION {
        return Err(LoadError::Version { found: message.version });
    }
    Ok(Model {
        vars: variables(message.vars.unwrap_or_default())?,
        rows: row_table(message.rows.unwrap_or_default())?,
        sos1: message.sos1.into_iter().map(set).collect::<Result<_, _>>()?,
        objective: goal(message.objective.unwrap_or_default())?,
        exprs: expressions(message.exprs.unwrap_or_default())?,
        names: message.names,
        row_names: message.row_names,
        priorities: priorities(&message.prioritised, &message.priority)?,
    })
}

fn variables(vars: message::Vars) -> Result<Vars, LoadError> {
    let count = vars.kind.len();
    let kind = |code: &u8| match code {
        0 => Ok(VarKind::Continuous),
        1 => Ok(VarKind::Integer),
        2 => Ok(VarKind::Binary),
        _ => Err(bad("variables", "have a kind that does not exist")),
    };
    Ok(Vars {
        kind: vars.kind.iter().map(kind).collect::<Result<_, _>>()?,
        lower: unpack(vars.lower, count, "lower bounds")?,
        upper: unpack(vars.upper, count, "upper bounds")?,
        role: places(vars.role, count, "roles", |code, place| {
            Family::from_code(code).map(|family| Role { family, place })
        })?,
    })
}

fn places<T>(
    places: Option<Places>,
    count: usize,
    table: &'static str,
    make: impl Fn(u8, Place) -> Option<T>,
) -> Result<Vec<T>, LoadError> {
    let Places { code, layer, step, sample, i, j } = places.unwrap_or_default();
    let fits = |list: &Vec<u32>| list.is_empty() || list.len() == count;
    if code.len() != count || ![&layer, &step, &sample, &i, &j].into_iter().all(fits) {
        return Err(bad(table, "have the wrong length"));
    }
    let at = |list: &[u32], k: usize| list.get(k).copied().unwrap_or(0);
    let small = |value: u32| {
        u16::try_from(value).map_err(|_| bad(table, "have an index that is too large"))
    };
    let one = |k: usize| {
        let step = match at(&step, k) {
            0 => Place::NO_STEP,
            s => small(s - 1)?,
        };
        let place = Place {
            layer: small(at(&layer, k))?,
            step,
            sample: at(&sample, k),
            i: at(&i, k),
            j: at(&j, k),
        };
        make(code[k], place).ok_or_else(|| bad(table, "have a code that does not exist"))
    };
    (0..count).map(one).collect()
}

fn quadratic(quad: Option<Quad>) -> Result<Vec<QuadTerm>, LoadError> {
    let Quad { i, j, coefficient } = quad.unwrap_or_default();
    if i.len() != j.len() {
        return Err(bad("quadratic terms", "have the wrong length"));
    }
    let coefficients = unpack(coefficient, i.len(), "quadratic coefficients")?;
    let pairs = i.into_iter().zip(j).zip(coefficients);
    Ok(pairs
        .map(|((i, j), coefficient)| QuadTerm { i: VarId(i), j: VarId(j), coefficient })
        .collect())
}

fn row_table(rows: message::Rows) -> Result<Rows, LoadError> {
    let count = rows.length.len();
    let entries = rows.col.len();
    let mut start = Vec::with_capacity(count + 1);
    start.push(0_usize);
    let mut col = Vec::with_capacity(entries);
    let mut distances = rows.col.iter();
    let mut end = 0_usize;
    for length in &rows.length {
        end += *length as usize;
        if end > entries {
            return Err(bad("rows", "have more entries than there are"));
        }
        start.push(end);
        let mut last = 0_u32;
        for distance in distances.by_ref().take(*length as usize) {
            last = last.wrapping_add(*distance);
            col.push(VarId(last));
        }
    }
    let sense = |code: &u8| match code {
        0 => Ok(Sense::Le),
        1 => Ok(Sense::Ge),
        2 => Ok(Sense::Eq),
        _ => Err(bad("rows", "have a sense that does not exist")),
    };
    Ok(Rows {
        start,
        col,
        val: unpack(rows.val, entries, "coefficients")?,
        sense: rows.sense.iter().map(sense).collect::<Result<_, _>>()?,
        rhs: unpack(rows.rhs, count, "right-hand sides")?,
        origin: places(rows.origin, count, "origins", |code, place| {
            Rule::from_code(code).map(|rule| Origin { rule, place })
        })?,
        guards: guards(&rows.guarded, &rows.guard)?,
        quad_rows: quad_rows(&rows.quad_row, &rows.quad_length)?,
        quad: quadratic(rows.quad)?,
        smooth: smooth(&rows.smooth_row, &rows.smooth)?,
        marks: marks(&rows.marked, &rows.mark)?,
    })
}

fn priorities(vars: &[u32], values: &[i32]) -> Result<Vec<(VarId, i32)>, LoadError> {
    if vars.len() != values.len() {
        return Err(bad("priorities", "have the wrong length"));
    }
    Ok(vars.iter().map(|v| VarId(*v)).zip(values.iter().copied()).collect())
}

fn marks(rows: &[u32], codes: &[u8]) -> Result<Vec<(RowId, Mark)>, LoadError> {
    if rows.len() != codes.len() {
        return Err(bad("marks", "have the wrong length"));
    }
    let mark =
        |c: &u8| Mark::from_code(*c).ok_or_else(|| bad("marks", "have a code that means nothing"));
    rows.iter().zip(codes).map(|(r, c)| Ok((RowId(*r), mark(c)?))).collect()
}

fn guards(rows: &[u32], guards: &[u64]) -> Result<Vec<(RowId, Guard)>, LoadError> {
    if rows.len() != guards.len() {
        return Err(bad("guards", "have the wrong length"));
    }
    let one = |(row, guard): (&u32, &u64)| {
        let var = u32::try_from(guard / 2).map_err(|_| bad("guards", "have no such variable"))?;
        Ok((RowId(*row), Guard { var: VarId(var), value: guard % 2 == 1 }))
    };
    rows.iter().zip(guards).map(one).collect()
}

fn quad_rows(rows: &[u32], lengths: &[u32]) -> Result<Vec<(RowId, usize, usize)>, LoadError> {
    if rows.len() != lengths.len() {
        return Err(bad("quadratic rows", "have the wrong length"));
    }
    let mut end = 0_usize;
    let one = |(row, length): (&u32, &u32)| {
        let from = end;
        end += *length as usize;
        (RowId(*row), from, end)
    };
    Ok(rows.iter().zip(lengths).map(one).collect())
}

fn smooth(rows: &[u32], exprs: &[u32]) -> Result<Vec<(RowId, ExprId)>, LoadError> {
    if rows.len() != exprs.len() {
        return Err(bad("smooth rows", "have the wrong length"));
    }
    Ok(rows.iter().zip(exprs).map(|(r, e)| (RowId(*r), ExprId(*e))).collect())
}

fn set(set: message::Sos1) -> Result<Sos1, LoadError> {
    let weights = unpack(set.weight, set.var.len(), "weights")?;
    let origin = places(set.origin, 1, "set origins", |code, place| {
        Rule::from_code(code).map(|rule| Origin { rule, place })
    })?;
    let origin = origin.into_iter().next().ok_or_else(|| bad("set origins", "are missing"))?;
    Ok(Sos1 { members: set.var.into_iter().map(VarId).zip(weights).collect(), origin })
}

fn goal(objective: message::Objective) -> Result<Objective, LoadError> {
    let values = unpack(objective.val, objective.var.len(), "objective coefficients")?;
    let smooth = match objective.smooth {
        0 => None,
        e => Some(ExprId(
            u32::try_from(e - 1).map_err(|_| bad("objective", "has no such expression"))?,
        )),
    };
    Ok(Objective {
        linear: objective.var.into_iter().map(VarId).zip(values).collect(),
        quad: quadratic(objective.quad)?,
        constant: objective.constant,
        smooth,
    })
}

fn expressions(exprs: message::Exprs) -> Result<Exprs, LoadError> {
    let missing = || bad("expressions", "lack operands");
    let constants = exprs.op.iter().filter(|op| **op == 0).count();
    let mut constants = unpack(exprs.constant, constants, "constants")?.into_iter();
    let mut operands = exprs.operand.iter().copied();
    let mut nodes = Vec::with_capacity(exprs.op.len());
    for op in &exprs.op {
        let mut next = || operands.next().ok_or_else(missing);
        nodes.push(match op {
            0 => Expr::Constant(constants.next().ok_or_else(missing)?),
            1 => Expr::Var(VarId(next()?)),
            2 => {
                let count = next()? as usize;
                let sum: Vec<ExprId> = operands.by_ref().take(count).map(ExprId).collect();
                if sum.len() != count {
                    return Err(missing());
                }
                Expr::Sum(sum)
            }
            3 => Expr::Product(ExprId(next()?), ExprId(next()?)),
            4 => Expr::Quotient(ExprId(next()?), ExprId(next()?)),
            5 => Expr::Neg(ExprId(next()?)),
            6 => Expr::Exp(ExprId(next()?)),
            7 => Expr::Log(ExprId(next()?)),
            _ => return Err(bad("expressions", "have an operator that does not exist")),
        });
    }
    if operands.next().is_some() {
        return Err(bad("expressions", "have too many operands"));
    }
    Ok(Exprs { nodes })
}
