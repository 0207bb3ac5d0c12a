//! Drives the `highs` program (options and log as of 1.15).
//!
//! It does not catch the interrupt signal: it ends at once and writes nothing. So every improving
//! point is saved while it runs, and the bound is taken from the live table.

use std::fmt::Write as _;

use super::external::Call;
use super::{How, Limits, SolveError, SolveReport};
use crate::sol::log::LogKind;
use crate::sol::{Solution, Status, highs};

const SOLUTION: &str = "solution.sol";
const IMPROVING: &str = "improving.sol";
/// The first argument that makes this program behave like `highs`, where HiGHS is linked in.
pub const LINKED_WORD: &str = "__highs";

pub(super) fn run(mut call: Call<'_, '_>) -> Result<SolveReport, SolveError> {
    let (kind, limits) = (call.solver.kind, &call.request.limits);
    let work = call.workspace()?;
    work.write("options", &options(limits))?;
    let mut args: Vec<String> =
        ["--options_file", "options", "--solution_file", SOLUTION].map(str::to_owned).to_vec();
    if let Some(start) = &work.start {
        args.extend(["--read_solution_file".to_owned(), start.clone()]);
    }
    args.push(work.model.clone());
    let (program, env) = match &call.solver.how {
        How::Program { path, libraries } => (path.clone(), libraries_env(libraries.as_deref())),
        How::Linked { program } => {
            args.insert(0, LINKED_WORD.to_owned());
            (program.clone(), Vec::new())
        }
        How::Embedded | How::Library { .. } | How::Package { .. } => {
            return Err(call.cannot("highs", "it is driven as a program only"));
        }
    };
    let run = call.follow(&work, LogKind::Highs, (program, args, env))?;
    let mut file = run.solution(kind, &work.file(SOLUTION))?;
    let mut notes = Vec::new();
    if file.is_none() {
        let saved = std::fs::read(work.file(IMPROVING)).ok();
        if let Some((objective, values)) = saved.as_deref().and_then(highs::last_improving) {
            notes.push("the point is the last one that HiGHS saved before it ended".to_owned());
            file = Some(Solution {
                objective: Some(objective),
                values,
                digits: 13,
                ..Solution::pointless(Status::Interrupted)
            });
        }
    }
    Ok(run.report(call.solver, file, notes))
}

/// The variable that tells the loader of this system where the wheel keeps its libraries.
pub(super) fn libraries_env(libraries: Option<&std::path::Path>) -> Vec<(&'static str, String)> {
    let name = if cfg!(target_os = "macos") { "DYLD_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };
    let Some(libraries) = libraries else { return Vec::new() };
    let mut value = libraries.display().to_string();
    if let Ok(old) = std::env::var(name)
        && !old.is_empty()
    {
        let _ = write!(value, ":{old}");
    }
    vec![(name, value)]
}

fn options(limits: &Limits) -> String {
    let mut text = String::new();
    let mut set = |name: &str, value: String| {
        let _ = writeln!(text, "{name} = {value}");
    };
    set("write_solution_style", "0".to_owned());
    set("mip_improving_solution_save", "true".to_owned());
    set("mip_improving_solution_file", IMPROVING.to_owned());
    set("mip_rel_gap", limits.relative_gap.to_string());
    set("mip_abs_gap", limits.absolute_gap.to_string());
    if limits.bound_alone {
        set("mip_heuristic_effort", "0".to_owned());
    }
    set("random_seed", "0".to_owned());
    if let Some(seconds) = limits.seconds {
        set("time_limit", seconds.to_string());
    }
    if let Some(threads) = limits.threads {
        set("threads", threads.to_string());
    }
    if let Some(tolerance) = limits.feasibility {
        set("mip_feasibility_tolerance", tolerance.to_string());
        set("primal_feasibility_tolerance", tolerance.to_string());
    }
    text
}
