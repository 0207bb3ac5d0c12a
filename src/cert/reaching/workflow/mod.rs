//! The rounds as work for many machines: a Snakemake workflow, and arrays of jobs for Slurm.
//!
//! ```text
//! workflow/Snakefile                      rules solve, conclude, certify
//! workflow/profiles/default/config.yaml   found by Snakemake beside its Snakefile
//! workflow/slurm/submit.sh                submits the three below, round by round
//! workflow/slurm/round.sh                 a share of a round, one task of an array
//! workflow/slurm/next.sh                  concludes a round
//! workflow/slurm/end.sh                   the certificate
//! ```
//!
//! There is one round a training step, so all jobs are known beforehand. They are commands of theriac
//! on the files of the instance: the certificate is that of `theriac solve` on one machine, byte for byte,
//! as long as every objective gets the same bound.

mod fill;
mod folder;
mod place;

use std::path::{Path, PathBuf};

pub use folder::{FOLDER, is_written};

use super::Job;
use crate::cert::pipeline::PipelineError;
use crate::cert::store;
use crate::network::Layout;
use fill::Values;

/// Tasks of a round where nothing else was asked for.
const TASKS: usize = 8;

/// How the work is shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkflowOptions {
    /// Tasks of a round; more than it has objectives are not written.
    pub tasks: Option<usize>,
    /// Seconds for each objective; what the specification says where it is left out.
    pub time_limit: Option<f64>,
    /// Where the files go; into the instance where it is left out.
    pub folder: Option<PathBuf>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Workflow {
    /// The folder of the files.
    pub folder: PathBuf,
    /// The files, relative to it.
    pub files: Vec<&'static str>,
    /// Rounds, one a training step.
    pub rounds: usize,
    /// Tasks of each.
    pub tasks: usize,
}

/// Writes the workflow of an instance that has rounds.
///
/// # Errors
/// There are no rounds, somebody else's file is in the way, or it cannot be written.
pub fn write(job: &Job, options: &WorkflowOptions) -> Result<Workflow, PipelineError> {
    let dir = job.instance.dir.as_path();
    let reaching = &job.spec.question;
    if reaching.approach.rounds.is_none() || job.instance.manifest.rounds.is_none() {
        return Err(PipelineError::NoRounds { dir: dir.to_owned() });
    }
    let folder = options.folder.clone().unwrap_or_else(|| dir.join(FOLDER));
    for name in fill::FILES {
        place::free(&folder.join(name))?;
    }
    store::folder(&folder)?;
    let network = &reaching.question.network;
    let quantities = Layout::of(network).len() + reaching.approach.templates.count(network);
    // Behind the last step, each open point has one objective a rival.
    let rivals = network.outputs.saturating_sub(1).max(1);
    let scores = reaching.approach.points.map_or(0, |_| reaching.points().len() * rivals);
    let ends = (2 * quantities).max(scores);
    let tasks = options.tasks.unwrap_or(TASKS).clamp(1, ends.max(1));
    let rounds = reaching.rounds();
    let values = Values {
        instance: place::relative(&folder, dir)?,
        rounds,
        tasks,
        limit: options.time_limit,
        minutes: options
            .time_limit
            .or(job.spec.solve.time_limit)
            .map(|seconds| minutes(ends.div_ceil(tasks), seconds))
            .filter(|minutes| *minutes <= YEAR),
    };
    for name in fill::FILES {
        let path = folder.join(name);
        path.parent().map_or(Ok(()), store::folder)?;
        store::write(&path, values.text(name).as_bytes())?;
        place::executable(&path)?;
    }
    Ok(Workflow { folder, files: fill::FILES.to_vec(), rounds, tasks })
}

/// Minutes beyond which no cluster is asked for an end.
const YEAR: u64 = 365 * 24 * 60;

/// What a task may take: every objective its limit and a tenth more, and a quarter of an hour for the
/// bounds that come first.
fn minutes(objectives: usize, seconds: f64) -> u64 {
    // Casts saturate.
    ((objectives as f64 * seconds * 1.1 / 60.0).ceil() as u64).saturating_add(15)
}

/// Whether a path is that of a shell script.
fn is_script(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "sh")
}
