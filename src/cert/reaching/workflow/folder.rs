//! Names of the files of a workflow, and of what its runs leave behind, relative to the instance.

use super::fill::FILES;

/// The folder of a workflow in its instance.
pub const FOLDER: &str = "workflow";

/// Whether a file of an instance directory is of its workflow: written with it, or by a run of it.
#[must_use]
pub fn is_written(path: &str) -> bool {
    let Some(name) = path.strip_prefix(FOLDER).and_then(|r| r.strip_prefix('/')) else {
        return false;
    };
    // Marks of what is done; logs of Slurm; Snakemake's own notes.
    let left = ["done/round-", "slurm/log/theriac-", ".snakemake/"];
    FILES.contains(&name) || left.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_files_are_known() {
        for own in [
            "workflow/Snakefile",
            "workflow/slurm/round.sh",
            "workflow/slurm/log/theriac-round-1-7_0.out",
            "workflow/done/round-2/task-0-of-8",
            "workflow/.snakemake/metadata/x",
        ] {
            assert!(is_written(own), "{own}");
        }
        for other in [
            "workflow",
            "Snakefile",
            "workflow/notes.txt",
            "workflow/slurm/mine.sh",
            "workflow/slurm/log/mine.out",
            "workflows/Snakefile",
            ".snakemake/metadata/x",
        ] {
            assert!(!is_written(other), "{other}");
        }
    }
}
