//! Hand-made models that together say everything the intermediate representation can say, and an
//! independent way to solve the small ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

pub mod advice;
pub mod build;
pub mod count;
pub mod enumerate;
pub mod linear;
pub mod quadratic;
pub mod readback;
