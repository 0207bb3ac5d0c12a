//! Arithmetic of shapes: broadcasting, axes, and views with strides.

use super::problem::GraphProblem;

/// More dimensions than this are refused.
pub(super) const MAX_RANK: usize = 64;

/// The shape of an element-wise result under NumPy's rules.
pub(super) fn broadcast(a: &[usize], b: &[usize]) -> Result<Vec<usize>, GraphProblem> {
    let rank = a.len().max(b.len());
    let at = |s: &[usize], k: usize| (k + s.len()).checked_sub(rank).map_or(1, |i| s[i]);
    let shape: Vec<usize> = (0..rank)
        .map(|k| match (at(a, k), at(b, k)) {
            (x, y) if x == y => Ok(x),
            (1, y) => Ok(y),
            (x, 1) => Ok(x),
            _ => Err(GraphProblem::shapes(a, b, "do not fit element by element")),
        })
        .collect::<Result<_, _>>()?;
    match elements(&shape) {
        Some(n) if n <= u32::MAX as usize => Ok(shape),
        Some(_) | None => Err(GraphProblem::shapes(a, b, "give a result that is too large")),
    }
}

/// Row-major strides.
pub(super) fn strides(shape: &[usize]) -> Vec<i64> {
    let mut strides = vec![1i64; shape.len()];
    for k in (1..shape.len()).rev() {
        strides[k - 1] = strides[k].saturating_mul(shape[k] as i64);
    }
    strides
}

/// Strides with which a tensor of shape `from` is read as one of shape `to`: 0 where it repeats.
pub(super) fn broadcast_strides(from: &[usize], to: &[usize]) -> Vec<i64> {
    let own = strides(from);
    let ahead = to.len() - from.len();
    (0..to.len())
        .map(|k| match k.checked_sub(ahead) {
            Some(i) if from[i] != 1 => own[i],
            Some(_) | None => 0,
        })
        .collect()
}

/// Elements of a view: `offset + sum of index * stride`, row-major over `shape`.
///
/// The caller keeps the view inside its tensor and its length within the budget.
pub(super) fn view(shape: &[usize], strides: &[i64], offset: i64) -> Vec<u32> {
    let total: usize = shape.iter().product();
    let mut out = Vec::with_capacity(total);
    if total == 0 {
        return out;
    }
    let mut index = vec![0usize; shape.len()];
    let mut at = offset;
    loop {
        out.push(at as u32);
        let mut axis = shape.len();
        loop {
            if axis == 0 {
                return out;
            }
            axis -= 1;
            index[axis] += 1;
            at += strides[axis];
            if index[axis] < shape[axis] {
                break;
            }
            at -= strides[axis] * shape[axis] as i64;
            index[axis] = 0;
        }
    }
}

/// An axis counted from the end if it is negative.
pub(super) fn axis(axis: i64, rank: usize) -> Result<usize, GraphProblem> {
    let from_start = if axis < 0 { axis.saturating_add(rank as i64) } else { axis };
    match usize::try_from(from_start) {
        Ok(found) if found < rank => Ok(found),
        Ok(_) | Err(_) => Err(GraphProblem::argument("the axis", axis, "does not exist")),
    }
}

/// Several axes, in the order given, none twice.
pub(super) fn axes(list: &[i64], rank: usize) -> Result<Vec<usize>, GraphProblem> {
    if list.len() > rank {
        return Err(GraphProblem::argument("the number of axes", list.len(), "is too large"));
    }
    let found: Vec<usize> = list.iter().map(|&a| axis(a, rank)).collect::<Result<_, _>>()?;
    for (k, a) in found.iter().enumerate() {
        if found[..k].contains(a) {
            return Err(GraphProblem::argument("the list of axes", list, "names one twice"));
        }
    }
    Ok(found)
}

/// Number of elements, or `None` where it is far too large. Dimensions of 0 do not excuse the others,
/// so that strides stay small too.
pub(super) fn elements(shape: &[usize]) -> Option<usize> {
    let most = 1usize << 40;
    let others = shape
        .iter()
        .filter(|&&d| d > 0)
        .try_fold(1usize, |n, &d| n.checked_mul(d).filter(|&n| n <= most))?;
    Some(if shape.contains(&0) { 0 } else { others })
}

/// Numbers of the file as dimensions.
pub(super) fn dimensions(list: &[i64]) -> Result<Vec<usize>, GraphProblem> {
    if list.len() > MAX_RANK {
        return Err(GraphProblem::argument("the rank", list.len(), "is above 64"));
    }
    let size = |&d: &i64| usize::try_from(d).ok().filter(|&d| d <= u32::MAX as usize);
    list.iter()
        .map(size)
        .collect::<Option<Vec<usize>>>()
        .filter(|dims| elements(dims).is_some())
        .ok_or_else(|| GraphProblem::argument("a shape", list, "is negative or too large"))
}

/// Target of `Reshape`: 0 copies a dimension (unless `allow_zero`), one -1 is inferred.
pub(super) fn reshape(
    from: &[usize],
    target: &[i64],
    allow_zero: bool,
) -> Result<Vec<usize>, GraphProblem> {
    let refuse = |rule| GraphProblem::Shapes {
        left: format!("{from:?}"),
        right: if target.len() > MAX_RANK {
            "of more than 64".into()
        } else {
            format!("{target:?}")
        },
        rule,
    };
    if target.len() > MAX_RANK {
        return Err(refuse("have too many dimensions"));
    }
    let mut dims = Vec::with_capacity(target.len());
    let mut inferred = None;
    for (position, &size) in target.iter().enumerate() {
        dims.push(match size {
            -1 if inferred.is_none() => {
                inferred = Some(position);
                1
            }
            0 if !allow_zero => match from.get(position) {
                Some(&size) => size,
                None => return Err(refuse("copy a dimension that is not there")),
            },
            _ => usize::try_from(size).map_err(|_| refuse("have a negative dimension"))?,
        });
    }
    let known = elements(&dims).ok_or_else(|| refuse("are too large"))?;
    let total: usize = from.iter().product();
    if let Some(slot) = inferred.and_then(|position| dims.get_mut(position)) {
        *slot = total.checked_div(known).unwrap_or(0);
    }
    if elements(&dims) == Some(total) {
        Ok(dims)
    } else {
        Err(refuse("have different numbers of elements"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broadcasting_follows_numpy() {
        assert_eq!(broadcast(&[3, 1, 5], &[4, 1]).unwrap(), [3, 4, 5]);
        assert_eq!(broadcast(&[], &[2]).unwrap(), [2]);
        assert!(broadcast(&[2], &[3]).is_err());
        let s = broadcast_strides(&[3, 1], &[2, 3, 2]);
        assert_eq!(view(&[2, 3, 2], &s, 0), [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn views_transpose_and_reverse() {
        assert_eq!(view(&[3, 2], &[1, 3], 0), [0, 3, 1, 4, 2, 5]);
        assert_eq!(view(&[3], &[-2], 4), [4, 2, 0]);
        assert_eq!(view(&[], &[], 7), [7]);
        assert_eq!(view(&[2, 0], &[1, 1], 0), [0u32; 0]);
    }

    #[test]
    fn reshapes() {
        assert_eq!(reshape(&[2, 3, 4], &[0, -1], false).unwrap(), [2, 12]);
        assert_eq!(reshape(&[0, 3], &[3, 0], true).unwrap(), [3, 0]);
        for bad in [&[5][..], &[-1, -1], &[-1, 5], &[0, 0, 0, 0], &[i64::MAX, i64::MAX], &[-2]] {
            assert!(reshape(&[2, 3, 4], bad, false).is_err(), "{bad:?}");
        }
        assert_eq!(axis(-1, 3).unwrap(), 2);
        assert!(axis(3, 3).is_err() && axis(-4, 3).is_err() && axes(&[0, -3], 3).is_err());
    }
}
