//! Rounds: each step a program, each end of each parameter an objective of it (MIBP-Cert, papers 2.2),
//! solved here or elsewhere, now or next week.
//!
//! ```text
//! rounds/1/round.json          what is asked: objectives, what bounds alone say, hashes
//! rounds/1/body.lp             the program without its objective, once
//! rounds/1/heads/p0007-min.lp  an objective; `cat heads/p0007-min.lp body.lp` is a model file
//! rounds/1/solutions/...       what solvers answer
//! rounds/1/answers.json        the round, concluded: what each objective came to
//! rounds/2/...                 the program of the next step, from the box that follows
//! ```
//!
//! Everything follows from the specification and the solutions: bounds alone give a box, the objectives
//! that bounds leave open are solved, their dual bounds narrow the box, and so on. So a run that was
//! killed goes on from its files. A round that is concluded stays concluded: an objective without a
//! solution keeps the end that bounds alone give, and is counted.

mod answer;
mod branch;
mod conclude;
mod drive;
mod end;
mod folder;
mod proof;
mod round;
mod task;
mod write;

pub use answer::EndAnswer;
pub use conclude::{Concluded, Outcome, RoundAnswers, RoundTally};
pub use drive::{
    Next, State, advance, again, covered, find, listed, next, solve_task, start, words,
};
pub use end::End;
pub use folder::{FOLDER, is_answer, is_written};
pub use round::RoundFile;
pub use task::Share;
pub use write::{record, target};
