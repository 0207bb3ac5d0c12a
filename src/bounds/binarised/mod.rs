//! What can be proved of a binarised network over the points of a lattice ball before any program is written
//! (papers 4.3, 4.5).

mod bits;
mod cover;
mod cube;
mod facts;
mod geometry;
mod grid;
mod lifts;
mod log;
mod refined;
mod units;

pub use bits::Bits;
pub use cover::{Cover, Ground, Limits, Node};
pub use cube::{Cube, Images};
pub use facts::{Facts, LayerFacts};
pub use geometry::{Core, Geometry, Literal, Together};
pub use grid::{Grid, WholeBall};
pub use lifts::{Lift, Lifts};
pub use log::Log;
pub use refined::{Refined, Rows};
pub use units::{Lead, Unit, Units};

use thiserror::Error;

/// Why a question about a lattice ball cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LatticeError {
    /// The input of the network has another length.
    #[error("the network has {network} inputs and the point {point}")]
    Length {
        /// Of the network.
        network: usize,
        /// Of the point.
        point: usize,
    },
    /// The lattices differ.
    #[error(
        "the network is given for steps of 1/{network} and the points have steps of 1/{points}"
    )]
    Steps {
        /// Of the network.
        network: u32,
        /// Of the points.
        points: u32,
    },
    /// A class that the network does not have.
    #[error("there is no class {class}; the network has {classes}")]
    Class {
        /// Asked for.
        class: usize,
        /// There are.
        classes: usize,
    },
    /// Costs of the ball that no double holds.
    #[error("the radius and the point have no common denominator below 2^53")]
    Radius,
    /// There is no point.
    #[error("the ball holds no point of the lattice")]
    Empty,
}
