//! Optimisation-based bound tightening in causal order (papers 1.5 D).
//!
//! Before a switch is made, and before a parameter gets its column, its quantity is minimised and
//! maximised over a relaxation of everything the model says so far ([`Relaxation`]). The relaxation
//! is a linear program; branching (`branch`) restores, as far as the question's effort goes, that
//! binaries are whole (`tighten integer`) and that products are products (`tighten nonconvex`).
//! No solver is believed: the bound that is kept is the one that multipliers prove in exact
//! arithmetic rounded outward ([`crate::solve::dual_bound`]), the smallest over the leaves of a tree
//! ([`tree_value`]).
//!
//! Trees and multipliers are recorded ([`Tightening`]): whoever has them recomputes the same bounds
//! without a solver ([`compile_tightened`]), so a tightened program is the same everywhere and can be
//! checked by those who trust no solver.

mod apart;
mod branch;
mod causal;
mod choose;
mod prover;
mod record;
mod relaxation;
mod rounds;
mod shrinkage;
mod tree;

pub use apart::{Apart, Share, Sum};
pub use branch::{Limits, Minimum, Search};
pub use causal::{Causal, Entry, Known};
pub use prover::{Job, Prover, proved};
pub use record::{Call, Duals, Node, Tightening, Tree};
pub use relaxation::{Product, Relaxation};
pub use rounds::{Source, Tightened, compile_tightened};
pub use shrinkage::Shrinkage;
pub use tree::value as tree_value;
