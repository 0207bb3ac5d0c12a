//! From a question to a program: one file a construct.
//!
//! `lin` is the currency: a linear expression with an enclosure of the real quantity it stands for.
//! `builder` grows the model; `product`, `switch`, `relu`, `clip` and `sign` are the constructs;
//! `poison` executes a training run symbolically with them. Because constants fold, the special
//! cases of papers 1.4 (a mixed-integer linear program for label flips, for features at one step)
//! come out by themselves. `verify` runs through the graph of a network with them.

pub mod binarised;
pub mod builder;
pub mod clip;
pub mod correct;
pub mod lin;
pub mod poison;
pub mod product;
pub mod recipe;
pub mod relu;
pub mod sign;
pub mod switch;
pub mod tighten;
pub mod verify;

pub use lin::Lin;
pub use poison::{CompileOptions, EncodeError, Program, compile, compile_with};
