//! The whole way from a specification to a certificate, for Rust programs and for `cli`.
//!
//! ```text
//! compile: specification -> instance directory
//! solve:   instance directory -> answer.json, attack.json, solution
//! certify: these -> certificate.json
//! run:     all three
//! ```

mod better;
pub mod carried;
pub mod certify;
pub mod compile;
pub mod emit;
mod error;
pub mod exhaust;
pub(in crate::cert) mod job;
pub mod matching;
mod other;
pub mod part;
pub(in crate::cert) mod place;
mod program;
pub(in crate::cert) mod replace;
pub mod run;
pub mod solve;
pub mod start;
pub mod verify;

pub use better::certify_better;
pub use certify::{certify, certify_solution};
pub use compile::{CompileOptions, compile, compile_resolved, compile_until};
pub use error::PipelineError;
pub use job::{Job, story_boxes};
pub use other::not_of_another;
pub use place::free;
pub(in crate::cert) use run::beside;
pub use run::{RunOptions, run, run_resolved};
pub use solve::{SolveChoice, solve};
pub use verify::{VerifyOptions, verify, verify_answer};

/// News of the work, for a display.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// A step begins or something is worth knowing.
    Note(String),
    /// Bound and best value in the user's sense.
    Moment {
        /// The proved bound so far.
        bound: Option<f64>,
        /// The best attack so far.
        incumbent: Option<f64>,
    },
    /// The same for verification: a margin above 0 is no attack.
    Margin {
        /// The lower bound of the margin so far.
        bound: Option<f64>,
        /// The margin of the point that came nearest to an attack, as far as doubles tell.
        nearest: Option<f64>,
    },
    /// How far something is that has many steps.
    Step(String),
    /// A file is being written.
    Writing(crate::back::Progress),
}

/// Where news goes.
pub type Listener<'a> = &'a mut dyn FnMut(News);
