//! Shapes of the value that flows through the chain.

use super::error::OnnxProblem;

/// More dimensions than this are refused. Shapes are copied from node to node, so that their length
/// must not be up to the file.
pub(super) const MAX_RANK: usize = 64;

/// A shape in which a symbolic batch dimension stands as 1.
///
/// The network maps one input vector: the elements of the input tensor in row-major order. A
/// reshape never moves elements, so what a layer sees as its vector is the same list throughout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) dims: Vec<usize>,
    /// Whether the first dimension is the symbolic batch. It must stay first and whole.
    pub(super) batch: bool,
}

impl Shape {
    /// Number of elements of one input.
    pub(super) fn elements(&self) -> usize {
        self.dims.iter().product()
    }

    /// For messages: `[batch, 2]`.
    pub(super) fn show(&self) -> String {
        let mut parts: Vec<String> = self.dims.iter().map(usize::to_string).collect();
        if let (true, Some(first)) = (self.batch, parts.first_mut()) {
            *first = "batch".to_owned();
        }
        format!("[{}]", parts.join(", "))
    }

    /// Operator `Flatten`: dimensions before `axis` become one, the others another.
    pub(super) fn flatten(&self, axis: i64) -> Result<Shape, OnnxProblem> {
        let refuse = |rule| OnnxProblem::Reshape {
            from: self.show(),
            to: format!("two dimensions at axis {axis}"),
            rule,
        };
        let rank = self.dims.len();
        let from_end = usize::try_from(axis.unsigned_abs()).unwrap_or(usize::MAX);
        let split = if axis < 0 { rank.checked_sub(from_end) } else { Some(from_end) };
        let Some((before, after)) = split.and_then(|s| self.dims.split_at_checked(s)) else {
            return Err(refuse("there is no such axis"));
        };
        let (rows, columns) = (before.iter().product(), after.iter().product());
        if self.batch && (before.is_empty() || rows != 1) {
            return Err(refuse("it mixes the batch with the features; flatten at axis 1"));
        }
        Ok(Shape { dims: vec![rows, columns], batch: self.batch })
    }

    /// Operator `Reshape`: 0 copies a dimension (unless `allow_zero`), one -1 is inferred.
    pub(super) fn reshape(&self, target: &[i64], allow_zero: bool) -> Result<Shape, OnnxProblem> {
        let refuse =
            |rule| OnnxProblem::Reshape { from: self.show(), to: format!("{target:?}"), rule };
        if target.len() > MAX_RANK {
            let to = format!("{} dimensions", target.len());
            let rule = "there are at most 64";
            return Err(OnnxProblem::Reshape { from: self.show(), to, rule });
        }
        let mut dims = Vec::with_capacity(target.len());
        let mut inferred = None;
        let mut known = 1usize;
        for (position, &size) in target.iter().enumerate() {
            let size = match size {
                -1 if inferred.is_none() => {
                    inferred = Some(position);
                    1
                }
                0 if !allow_zero => match self.dims.get(position) {
                    Some(&size) => size,
                    None => return Err(refuse("0 copies a dimension that is not there")),
                },
                _ => match usize::try_from(size) {
                    Ok(size) if size > 0 => size,
                    Ok(_) | Err(_) => return Err(refuse("it is empty or has a bad dimension")),
                },
            };
            known = known.checked_mul(size).ok_or_else(|| refuse("it is too large"))?;
            dims.push(size);
        }
        let elements = self.elements();
        if let Some(slot) = inferred.and_then(|position| dims.get_mut(position)) {
            *slot = elements / known;
            known *= *slot;
        }
        if known != elements {
            return Err(refuse("the number of elements differs"));
        }
        self.keeps_batch(target, dims).ok_or_else(|| {
            refuse("it mixes the batch with the features; keep the batch as first dimension")
        })
    }

    /// The new shape if a symbolic batch stays whole and first, or becomes a fixed 1.
    fn keeps_batch(&self, target: &[i64], dims: Vec<usize>) -> Option<Shape> {
        if !self.batch {
            return Some(Shape { dims, batch: false });
        }
        if dims.first() != Some(&1) {
            return None;
        }
        // A literal 1 in front fixes the batch, unless -1 behind it would take the batch in.
        match target.first() {
            Some(1) if target.contains(&-1) => None,
            Some(1) => Some(Shape { dims, batch: false }),
            Some(_) | None => Some(Shape { dims, batch: true }),
        }
    }
}

/// For messages: `[4, 2]`.
pub(super) fn show_dims(dims: &[usize]) -> String {
    format!("{dims:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(dims: &[usize]) -> Shape {
        Shape { dims: dims.to_vec(), batch: true }
    }

    fn fixed(dims: &[usize]) -> Shape {
        Shape { dims: dims.to_vec(), batch: false }
    }

    #[test]
    fn reshapes_that_keep_the_batch() {
        let image = batch(&[1, 1, 28, 28]);
        assert_eq!(image.reshape(&[-1, 784], false).unwrap(), batch(&[1, 784]));
        assert_eq!(image.reshape(&[0, -1], false).unwrap(), batch(&[1, 784]));
        assert_eq!(image.reshape(&[1, 784], false).unwrap(), fixed(&[1, 784]));
        assert_eq!(image.flatten(1).unwrap(), batch(&[1, 784]));
        assert_eq!(image.flatten(-3).unwrap(), batch(&[1, 784]));
        assert_eq!(image.flatten(2).unwrap(), batch(&[1, 784]));
        assert_eq!(fixed(&[1, 2, 2]).reshape(&[4], false).unwrap(), fixed(&[4]));
        assert_eq!(fixed(&[2, 3]).reshape(&[0, 3], false).unwrap(), fixed(&[2, 3]));
    }

    #[test]
    fn reshapes_that_are_refused() {
        let image = batch(&[1, 2, 3]);
        for target in [&[6][..], &[6, 1], &[2, 3], &[1, -1], &[-1, -1], &[-1, 5], &[0, 0, 0, 0]] {
            assert!(image.reshape(target, false).is_err(), "{target:?}");
        }
        assert!(image.reshape(&[0, 6], true).is_err());
        assert!(image.reshape(&[i64::MAX, i64::MAX], false).is_err());
        assert!(image.reshape(&[i64::MIN, -1], false).is_err());
        assert!(fixed(&[1]).reshape(&[1; 65], false).is_err());
        assert!(fixed(&[1]).reshape(&[1; 64], false).is_ok());
        assert!(image.flatten(0).is_err());
        assert!(image.flatten(2).is_err());
        assert!(image.flatten(4).is_err());
        assert!(image.flatten(i64::MIN).is_err());
        assert_eq!(fixed(&[1, 2, 3]).flatten(0).unwrap(), fixed(&[1, 6]));
        assert!(fixed(&[2, 2]).reshape(&[3, -1], false).is_err());
    }
}
