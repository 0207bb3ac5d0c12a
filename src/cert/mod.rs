//! Certificates: the verdict, the proved bound, the replayed attack, and their provenance.

pub mod answer;
pub mod assemble;
pub mod attack_file;
pub mod certificate;
pub mod check;
pub mod compare;
pub mod instance;
pub mod largest;
pub mod pipeline;
pub mod reaching;
pub mod record;
pub mod report;
pub mod seal;
pub mod store;
pub mod verdict;
pub mod verification;
pub mod words;

pub use certificate::{Certificate, Verdict};
