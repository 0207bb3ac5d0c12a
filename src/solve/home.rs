//! Where solvers that theriac installs itself are kept.

use std::path::{Path, PathBuf};

/// The variable that overrides the folder.
pub const HOME_VARIABLE: &str = "THERIAC_HOME";

/// The folder of theriac's own data: `$THERIAC_HOME`, or `theriac` in the user's data folder
/// (`$XDG_DATA_HOME` or `~/.local/share`; `%LOCALAPPDATA%` on Windows). `None` if the environment
/// names none of them.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(home) = set(HOME_VARIABLE) {
        return Some(home);
    }
    let data = if cfg!(windows) {
        set("LOCALAPPDATA")?
    } else {
        set("XDG_DATA_HOME").or_else(|| Some(set("HOME")?.join(".local/share")))?
    };
    Some(data.join("theriac"))
}

/// The private virtual environment inside a data folder.
#[must_use]
pub fn environment(data: &Path) -> PathBuf {
    data.join("solvers")
}

/// The Python of a virtual environment.
#[must_use]
pub fn python_of(environment: &Path) -> PathBuf {
    if cfg!(windows) {
        environment.join("Scripts").join("python.exe")
    } else {
        environment.join("bin").join("python")
    }
}

/// The first program of this name in the folders of `path` (the value of `$PATH`).
#[must_use]
pub fn program_on(path: &std::ffi::OsStr, name: &str) -> Option<PathBuf> {
    let name = if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() };
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    {
        file.is_file()
    }
}
