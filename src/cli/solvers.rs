//! `theriac solvers`.

use super::{Failure, Output, interrupt, table};
use crate::front::nearest::nearest;
use crate::solve::discover::Places;
use crate::solve::{FoundSolver, InstallError, SolverKind, discover, install};

/// Arguments of `solvers`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac solvers\n  theriac solvers install highs scip")]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Download solvers from the Python package index into a private environment.
    Install {
        /// highs, scip, gurobi.
        #[arg(required = true, value_parser = kind)]
        solvers: Vec<SolverKind>,
    },
}

fn kind(word: &str) -> Result<SolverKind, String> {
    SolverKind::from_word(word).ok_or_else(|| match nearest(word, ["highs", "scip", "gurobi"]) {
        Some(near) => format!("there is no solver {word:?}; did you mean {near}?"),
        None => format!("there is no solver {word:?}; take highs, scip or gurobi"),
    })
}

/// Lists what is found, after installing what was asked for.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let found = match &args.action {
        None => discover(),
        Some(Action::Install { solvers }) => {
            let stop = interrupt::flag(out);
            install(solvers, &Places::from_environment(), &mut |line| out.note(line), &stop)
                .map_err(|e| match e {
                    InstallError::Embedded => Failure::input(e),
                    e => Failure::work(e),
                })?
        }
    };
    let value: Vec<serde_json::Value> = SolverKind::ALL
        .iter()
        .map(|k| {
            let here = found.iter().find(|f| f.kind == *k);
            serde_json::json!({
                "solver": k.word(), "found": here.is_some(),
                "version": here.map(|f| f.version.clone()),
                "how": here.map(|f| f.how.to_string()),
                "files": k.files(), "classes": k.classes(), "in_memory": k.files().is_empty(),
                "limits": k.limits(),
            })
        })
        .collect();
    out.result(&value, || text(&found))
}

fn text(found: &[FoundSolver]) -> String {
    let mut rows = Vec::new();
    let mut missing = Vec::new();
    for k in SolverKind::ALL {
        let here = found.iter().find(|f| f.kind == *k);
        if here.is_none() {
            missing.push(k.word());
        }
        rows.push(vec![
            k.word().to_owned(),
            here.map_or_else(|| "not found".to_owned(), |f| f.version.clone()),
            k.takes().to_owned(),
        ]);
    }
    let mut out = table::table(&["solver", "version", "takes"], &rows);
    for f in found {
        out.push_str(&format!("{}: {}\n", f.kind.word(), f.how));
    }
    if !missing.is_empty() {
        out.push_str(&format!("theriac solvers install {}\n", missing.join(" ")));
    }
    out
}
