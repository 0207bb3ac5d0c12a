//! The Cholesky factor of a matrix to which rows are appended and from which rows are dropped.

/// Lower triangular `L` with `L L' = G`, row behind row.
#[derive(Clone, Debug, Default)]
pub(super) struct Factor {
    rows: Vec<Vec<f64>>,
}

impl Factor {
    /// `L^-1 g`.
    pub(super) fn forward(&self, g: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(g.len());
        for (row, g) in self.rows.iter().zip(g) {
            let (diagonal, before) = row.split_last().unwrap_or((&1.0, &[]));
            let known: f64 = before.iter().zip(&x).map(|(l, x)| l * x).sum();
            x.push((g - known) / diagonal);
        }
        x
    }

    /// `L^-T x`.
    pub(super) fn backward(&self, mut x: Vec<f64>) -> Vec<f64> {
        for k in (0..self.rows.len()).rev() {
            let row = &self.rows[k];
            x[k] /= row[k];
            let known = x[k];
            for (x, l) in x.iter_mut().zip(&row[..k]) {
                *x -= l * known;
            }
        }
        x
    }

    /// Appends a row, given `L^-1 g` of its products with the others and the square of what is left.
    pub(super) fn append(&mut self, mut forward: Vec<f64>, left: f64) {
        forward.push(left.sqrt());
        self.rows.push(forward);
    }

    /// Drops row and column `k`.
    pub(super) fn drop(&mut self, k: usize) {
        self.rows.remove(k);
        // Row `i >= k` has one number too many; rotations of columns `i, i + 1` make it triangular.
        for i in k..self.rows.len() {
            let (a, b) = (self.rows[i][i], self.rows[i][i + 1]);
            let r = a.hypot(b);
            let (c, s) = if r == 0.0 { (1.0, 0.0) } else { (a / r, b / r) };
            for row in &mut self.rows[i..] {
                let (x, y) = (row[i], row[i + 1]);
                row[i] = c * x + s * y;
                row[i + 1] = c * y - s * x;
            }
            self.rows[i].truncate(i + 1);
        }
    }
}
