//! Finished instances: the half-moons example by the embedded solver, the bilinear example by a
//! recorded answer, and a small question by exhaustive replay.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use theriac::cert::pipeline::solve::model_names;
use theriac::cert::pipeline::{
    CompileOptions, Job, RunOptions, certify_solution, compile, run, solve,
};
use theriac::front::spec::SolverChoice;
use theriac::ir::NameStyle;
use theriac::lower::{Target, legalise};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The half-moons example about this row of the data, answered by the embedded solver; of the data
/// only the first rows, or all of them.
pub fn moons(dir: &Path, row: usize, rows: Option<usize>) -> Job {
    let data = dir.join("data");
    std::fs::create_dir_all(&data).unwrap();
    for name in ["moons_2-1_s1.onnx", "moons_n100_noise0.1_seed0.csv"] {
        std::fs::copy(root().join("examples/data").join(name), data.join(name)).unwrap();
    }
    let text = std::fs::read_to_string(root().join("examples/moons.thr")).unwrap();
    let spec = dir.join(format!("moons{row}.thr"));
    let part = rows.map(|n| format!("1 -> +1}} rows 0..{}", n - 1));
    let text = text
        .replace("train[1]", &format!("train[{row}]"))
        .replace("1 -> +1}", part.as_deref().unwrap_or("1 -> +1}"));
    std::fs::write(&spec, text).unwrap();
    answered(&spec, &dir.join(format!("moons{row}")), SolverChoice::Embedded)
}

/// Six points and one flip, by whom you like; without a program for any target.
pub fn small(dir: &Path, solver: SolverChoice) -> Job {
    answered(&root().join("golden/spec_flips/question.thr"), &dir.join("small"), solver)
}

fn answered(spec: &Path, place: &Path, solver: SolverChoice) -> Job {
    let options = RunOptions { solver: Some(solver), ..RunOptions::default() };
    run(spec, place, &options, &mut |_| {}, &AtomicBool::new(false)).unwrap().0
}

/// The bilinear example with an answer as SCIP gives it: the start attack's point, and a log with
/// a dual bound below it.
pub fn features(dir: &Path) -> Job {
    let spec = root().join("examples/moons-features.thr");
    let job =
        compile(&spec, &dir.join("features"), &CompileOptions::default(), &mut |_| {}).unwrap();
    let lowered = legalise(&job.program.model, Target::PortableLp).unwrap();
    let attack = &job.start.as_ref().unwrap().attack;
    let x = lowered.extend_point(&job.program.start(&job.spec.question, attack)).unwrap();
    let objective = lowered.model.objective_at(&x);
    let mut text = format!("solution status: gap limit reached\nobjective value: {objective}\n");
    let names = model_names(&lowered, NameStyle::Readable);
    for (name, v) in names.iter().zip(&x).filter(|(_, v)| **v != 0.0) {
        text.push_str(&format!("{name} {v} \t(obj:0)\n"));
    }
    let (sol, log): (PathBuf, _) = (dir.join("x.sol"), dir.join("x.log"));
    std::fs::write(&sol, text).unwrap();
    let text = format!(
        "SCIP version 10.0.2 [precision: 8 byte]\n\
         original problem has {} variables (1 bin, 0 int, 1 cont) and {} constraints\n\
         SCIP Status        : solving was interrupted [gap limit reached]\n\
         Primal Bound       : {objective:+.14e} (1 solutions)\n\
         Dual Bound         : {:+.14e}\n",
        lowered.model.var_count(),
        lowered.model.row_count(),
        objective - 0.001
    );
    std::fs::write(&log, text).unwrap();
    certify_solution(&job, &sol, Some(&log)).unwrap();
    job
}

/// Solves an instance once more.
pub fn solved(job: &Job, solver: SolverChoice) -> Option<String> {
    let options = RunOptions { solver: Some(solver), ..RunOptions::default() };
    let choice = options.over(&job.spec.solve);
    solve(job, &choice, &mut |_| {}, &AtomicBool::new(false)).err().map(|e| e.to_string())
}
