//! The question's program, the same bytes whenever and wherever it is compiled.
//!
//! Where the specification asks for tightening by linear programs, with or without branching, HiGHS
//! is needed once: trees and multipliers are stored in the instance, and every later compilation
//! recomputes the bounds from them without a solver.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::PipelineError;
use crate::bounds::obbt::{Shrinkage, Source, Tightened, Tightening, compile_tightened};
use crate::cert::store;
use crate::encode::{CompileOptions, Program, compile_with};
use crate::ir::Family;
use crate::question::{Question, Tighten};
use crate::solve::discover::discover;
use crate::solve::highs_lib::HighsLibrary;

/// The file of the multipliers in an instance directory.
pub const TIGHTENING_FILE: &str = "tightening.json";

/// A program compiled for the first time.
pub struct Fresh {
    /// The program.
    pub program: Program,
    /// The proofs, if linear programs tightened its bounds.
    pub tightening: Option<Tightening>,
    /// What they gained, by family.
    pub shrinkage: Vec<(Family, Shrinkage)>,
}

/// Compiles the question for the first time, for runs whose objective is at most `cutoff` if one
/// is given.
///
/// # Errors
/// [`PipelineError`]: the question cannot be encoded, or tightening lacks its solver.
pub fn fresh(
    question: &Question,
    cutoff: Option<f64>,
    stop: &AtomicBool,
) -> Result<Fresh, PipelineError> {
    let cancel = Some(stop);
    match question.encode.tighten {
        Tighten::Interval | Tighten::Directional => {
            let program =
                compile_with(question, CompileOptions { tightener: None, cutoff, cancel })?;
            Ok(Fresh { program, tightening: None, shrinkage: Vec::new() })
        }
        Tighten::Linear | Tighten::Integer | Tighten::Nonconvex => {
            let library = HighsLibrary::find(&discover()).ok_or(PipelineError::NoTightener)??;
            let Tightened { program, record, shrinkage, .. } =
                compile_tightened(question, cutoff, cancel, Source::Solver(&library))?;
            let shrinkage = shrinkage.into_iter().collect();
            Ok(Fresh { program, tightening: Some(record), shrinkage })
        }
    }
}

/// Compiles the question as the instance in `dir` did, with its stored multipliers.
///
/// # Errors
/// [`PipelineError`]: also where the multipliers are missing or belong to another question.
pub fn again(
    question: &Question,
    cutoff: Option<f64>,
    dir: &Path,
) -> Result<Program, PipelineError> {
    match question.encode.tighten {
        Tighten::Interval | Tighten::Directional => {
            Ok(compile_with(question, CompileOptions { tightener: None, cutoff, cancel: None })?)
        }
        Tighten::Linear | Tighten::Integer | Tighten::Nonconvex => {
            let path = dir.join(TIGHTENING_FILE);
            let record: Tightening = store::read_json(&path, "the record of the tightening")?;
            let again = compile_tightened(question, cutoff, None, Source::Record(&record))?;
            if again.repeated {
                Ok(again.program)
            } else {
                Err(PipelineError::OtherTightening { file: path })
            }
        }
    }
}
