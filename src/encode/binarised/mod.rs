//! Verification of a binarised network as an integer program (papers 4.2 to 4.4; arXiv 2510.01525).
//!
//! Exact: the points of the program are the lattice points of the ball with the pattern that the network
//! gives them. Everything is whole, so that an optimum below 1 shows that no other class is ahead.

mod ball;
mod goal;
mod hull;
mod layer;
mod lift;
mod rows;
mod verify;

pub use crate::bounds::binarised::LatticeError;
pub use goal::{Rivals, Selected};
pub use hull::{HullRow, LinearRow};
pub use verify::verification;

use super::Lin;
use super::recipe::Recipe;
use crate::bounds::Interval;
use crate::bounds::binarised::{Refined, Units};
use crate::ir::{Model, Role, VarId, VarKind};
use crate::network::binarised::Integer;
use crate::question::lattice::Lattice;

/// A quantity that is a column or known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A column.
    Column(VarId),
    /// A number.
    Known(i64),
}

/// The program of a question.
#[derive(Clone, Debug)]
pub struct LatticeProgram {
    /// The lead of another class is the negative of its objective.
    pub model: Model,
    /// One an element of the input, in steps of the lattice.
    pub points: Vec<Whole>,
    /// What is open of the network.
    pub units: Units,
    /// The columns of the units, layer by layer.
    pub columns: Vec<Vec<VarId>>,
    /// The rivals with their selectors, where the program is about all of them.
    pub selected: Vec<Selected>,
    /// How each column follows from the point.
    pub recipes: Vec<Recipe>,
}

/// A program that grows.
struct Build {
    model: Model,
    recipes: Vec<Recipe>,
}

impl Build {
    /// A column with how it follows from older ones.
    fn column(
        &mut self,
        (kind, low, high): (VarKind, f64, f64),
        role: Role,
        recipe: Recipe,
    ) -> VarId {
        self.recipes.push(recipe);
        self.model.add_var(kind, low, high, role)
    }
}

/// A sum of columns.
fn lin(mut terms: Vec<(VarId, f64)>, constant: f64) -> Lin {
    terms.retain(|t| t.1 != 0.0);
    terms.sort_by_key(|t| t.0);
    Lin { terms, constant, range: Interval::ALL, slop: 0.0 }
}

/// The program: over the points of a ball, by how much another class can be ahead of `class`.
///
/// # Errors
/// [`LatticeError`].
pub fn encode(
    network: &Integer,
    points: &Lattice,
    (class, rivals): (usize, Rivals),
) -> Result<LatticeProgram, LatticeError> {
    let classes = rivals.classes(class, network.scores.len());
    let units = Units::new(network, points, (class, &classes))?;
    strengthened(points, Refined::plain(units), rivals)
}

/// The program of what is left open, with the rows that are known to hold: those about the last layer once for each
/// selector, multiplied by it.
///
/// # Errors
/// [`LatticeError`].
pub fn strengthened(
    points: &Lattice,
    refined: Refined,
    rivals: Rivals,
) -> Result<LatticeProgram, LatticeError> {
    let Refined { units, rows, leads, .. } = refined;
    let mut b = Build { model: Model::new(), recipes: Vec::new() };
    let input = ball::encode(&mut b, points)?;
    let columns = layer::encode(&mut b, &units, &input);
    let last = columns.last().map_or(&[][..], Vec::as_slice);
    let selected = goal::encode(&mut b, &units.leads, last, rivals);
    let Build { mut model, recipes } = b;
    rows::encode(&mut model, (&units, &columns, &selected), (&rows, &leads));
    Ok(LatticeProgram { model, points: input, units, columns, selected, recipes })
}
