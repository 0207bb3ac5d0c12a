//! Questions for the largest radius up to which a class stays the largest output.
//!
//! Every radius is a question of verification with a specification of its own, in which `largest radius` and the radius are
//! replaced. Two of them are kept, each a whole instance with its certificate: that of the largest radius at which
//! robustness is proved, and that of the smallest at which an attack is known.
//!
//! ```text
//! manifest.json      the question
//! inputs/            the specification and everything it refers to
//! inside/            the instance of the largest radius that is certified, if any is
//! outside/           the instance of the smallest radius that is attacked, if any is
//! radii.json         the radii that were tried, and what came of each
//! certificate.json   both ends
//! ```

mod assemble;
mod check;
mod ends;
mod job;
mod record;
mod run;
mod words;

pub use check::verify;
pub use ends::{Ends, Outcome};
pub use job::Job;
pub use record::{EndRecord, RADII_FILE, RadiusRecord, Tried, TriedRecord};
pub use run::run;
pub use words::question_text;

/// The folders of both ends.
pub const FOLDERS: [&str; 2] = [INSIDE, OUTSIDE];

/// The folder of the certified end.
pub const INSIDE: &str = "inside";

/// The folder of the attacked end.
pub const OUTSIDE: &str = "outside";
