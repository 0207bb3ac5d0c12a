//! An instance of either kind of question, as the commands handle it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Failure, Output, common};
use crate::cert::answer::Answer;
use crate::cert::assemble::Assembled;
use crate::cert::check::Checked;
use crate::cert::instance::Manifest;
use crate::cert::instance::manifest;
use crate::cert::pipeline::{
    self, CompileOptions, Listener, PipelineError, RunOptions, VerifyOptions,
};
use crate::cert::reaching::rounds::{self, Next, Share, State};
use crate::cert::reaching::workflow::{self, Workflow, WorkflowOptions};
use crate::cert::{Certificate, largest, reaching, store, verification};
use crate::front::spec::{self, Asked, Diagnostics, Disk};

/// An open instance.
pub enum Work {
    /// Of poisoned training.
    Poison(Box<pipeline::Job>),
    /// Of the parameters that training can reach.
    Reach(Box<reaching::Job>),
    /// Of verification.
    Verify(Box<verification::Job>),
}

/// An instance with its certificate.
pub enum Done {
    /// Of poisoned training.
    Poison(Box<(pipeline::Job, Assembled)>),
    /// Of the parameters that training can reach.
    Reach(Box<(reaching::Job, Assembled)>),
    /// Of verification.
    Verify(Box<(verification::Job, verification::assemble::Assembled)>),
    /// Of the largest radius.
    Largest(Box<(largest::Job, Certificate)>),
}

/// What a command is asked to work on.
#[derive(Clone, Debug, clap::Args)]
pub struct Subject {
    /// The specification; or a network (.onnx), with a property behind it.
    spec: PathBuf,
    /// A property (.vnnlib) of that network.
    property: Option<PathBuf>,
}

impl Subject {
    /// Whether it is a network with a property. Two questions may have the same names then, while a
    /// specification is edited and run again.
    pub fn is_pair(&self) -> bool {
        self.property.is_some()
    }

    /// The name that an instance directory has where none is given.
    pub fn directory(&self) -> Result<PathBuf, Failure> {
        let mut name = stem(&self.spec)?;
        if let Some(property) = &self.property {
            name.push("_");
            name.push(stem(property)?);
        }
        name.push(".theriac");
        Ok(PathBuf::from(name))
    }

    /// Reads the specification, or makes the one that asks for the property of the network. Returns
    /// the path that its own paths are relative to.
    fn read(&self) -> Result<(PathBuf, Asked), PipelineError> {
        let network = self.spec.to_string_lossy();
        let onnx = [".onnx", ".onnx.gz", ".onnx.zst"].iter().any(|e| network.ends_with(e));
        let Some(property) = &self.property else {
            if onnx {
                return Err(PipelineError::Unasked { network: self.spec.clone() });
            }
            return Ok((self.spec.clone(), spec::load(&self.spec)?));
        };
        let wrong = |path: &Path| PipelineError::Unasked { network: path.to_owned() };
        if !onnx {
            return Err(wrong(&self.spec));
        }
        let absolute = |p: &Path| std::path::absolute(p).map_err(|_| wrong(p));
        let (net, prop) = (absolute(&self.spec)?, absolute(property)?);
        let common: PathBuf = net
            .components()
            .zip(prop.components())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a)
            .collect();
        let relative = |p: &Path| {
            let rest = p.strip_prefix(&common).unwrap_or(p);
            let parts: Option<Vec<&str>> =
                rest.components().map(|c| c.as_os_str().to_str()).collect();
            let text = parts.filter(|p| !p.is_empty()).map(|p| p.join("/"));
            text.filter(|t| !t.contains(['"', '\n'])).ok_or_else(|| wrong(p))
        };
        let (net, prop) = (relative(&net)?, relative(&prop)?);
        let text = format!("network net = onnx \"{net}\"\nask property \"{prop}\"\n");
        let name = format!("{} with {}", self.spec.display(), property.display());
        let found = spec::resolve(&name, &text, &Disk { folder: common.clone() });
        // Nobody wrote these lines: what is wrong is one of the files.
        let asked = found.map_err(|errors| {
            let files = [(net.as_str(), self.spec.as_path()), (&prop, property)];
            PipelineError::Pair(of_files(&errors, files))
        })?;
        Ok((common.join("question.thr"), asked))
    }
}

impl Work {
    /// Opens an instance directory.
    pub fn open(dir: &Path) -> Result<Self, PipelineError> {
        Ok(match kind(dir) {
            Kind::Verify => Work::Verify(Box::new(verification::Job::open(dir)?)),
            Kind::Reach => Work::Reach(Box::new(reaching::Job::open(dir)?)),
            Kind::Largest => return Err(PipelineError::TwoEnds { dir: dir.to_owned() }),
            Kind::Poison => Work::Poison(Box::new(pipeline::Job::open(dir)?)),
        })
    }

    /// Compiles a specification.
    pub fn compile(
        subject: &Subject,
        dir: &Path,
        options: &CompileOptions,
        listen: Listener<'_>,
        stop: &AtomicBool,
    ) -> Result<Self, PipelineError> {
        pipeline::free(dir, options.force)?;
        let (path, asked) = subject.read()?;
        let path = path.as_path();
        Ok(match asked {
            Asked::Largest(_) => return Err(PipelineError::ManyRadii),
            Asked::Poison(spec) => Work::Poison(Box::new(pipeline::compile_resolved(
                (path, spec),
                dir,
                options,
                listen,
                stop,
            )?)),
            Asked::Reach(spec) => {
                Work::Reach(Box::new(reaching::compile((path, spec), dir, options)?))
            }
            Asked::Verify(spec) => Work::Verify(Box::new(verification::compile(
                (path, spec),
                dir,
                options,
                listen,
                stop,
            )?)),
        })
    }

    /// Looks for the answer.
    pub fn solve(
        &self,
        options: &RunOptions,
        listen: Listener<'_>,
        stop: &AtomicBool,
    ) -> Result<Answer, PipelineError> {
        match self {
            Work::Poison(job) => pipeline::solve(job, &options.over(&job.spec.solve), listen, stop),
            Work::Reach(job) => reaching::solve(job, &options.over(&job.spec.solve), listen, stop),
            Work::Verify(job) => {
                verification::solve(job, &options.over(&job.spec.solve), listen, stop)
            }
        }
    }

    /// Solves a share of a round.
    pub fn solve_round(
        &self,
        options: &RunOptions,
        part: (usize, Share),
        listen: Listener<'_>,
        stop: &AtomicBool,
    ) -> Result<State, PipelineError> {
        let job = self.reaching()?;
        rounds::solve_task(job, &options.over(&job.spec.solve), part, listen, stop)
    }

    /// Concludes a round; returns how many there are, too.
    pub fn next(&self, round: Option<usize>) -> Result<(Next, usize), PipelineError> {
        let job = self.reaching()?;
        Ok((rounds::next(job, round)?, job.spec.question.rounds()))
    }

    /// Writes its rounds as work for many machines.
    pub fn workflow(&self, options: &WorkflowOptions) -> Result<Workflow, PipelineError> {
        workflow::write(self.reaching()?, options)
    }

    fn reaching(&self) -> Result<&reaching::Job, PipelineError> {
        match self {
            Work::Reach(job) => Ok(job),
            Work::Poison(_) | Work::Verify(_) => Err(PipelineError::OtherQuestion {
                wanted: "the parameters that training can reach, so that there are no rounds",
            }),
        }
    }

    /// Judges the stored answer, or solutions that were brought along, each with its log.
    pub fn certify(
        self,
        brought: &[(PathBuf, Option<PathBuf>)],
        stop: &AtomicBool,
    ) -> Result<(Done, Option<String>), PipelineError> {
        match self {
            Work::Poison(job) => {
                let (assembled, note) = match brought {
                    [] => (pipeline::certify(&job)?, None),
                    [(solution, log)] => pipeline::certify_better(&job, solution, log.as_deref())?,
                    [_, _, ..] => return Err(PipelineError::OnePart),
                };
                Ok((Done::Poison(Box::new((*job, assembled))), note))
            }
            Work::Reach(job) => match brought {
                [] => {
                    let assembled = reaching::certify(&job)?;
                    Ok((Done::Reach(Box::new((*job, assembled))), None))
                }
                [_, ..] if job.spec.question.approach.rounds.is_some() => {
                    Err(PipelineError::RoundSolutions)
                }
                [_, ..] => Err(PipelineError::OtherQuestion {
                    wanted: "a program, so that no solution can be of it",
                }),
            },
            Work::Verify(job) => {
                let assembled = match brought {
                    [] => verification::certify(&job, stop)?,
                    brought => verification::certify_solutions(&job, brought, stop)?,
                };
                Ok((Done::Verify(Box::new((*job, assembled))), None))
            }
        }
    }

    /// Whether it is of verification.
    pub fn verifies(&self) -> bool {
        match self {
            Work::Poison(_) | Work::Reach(_) => false,
            Work::Verify(_) => true,
        }
    }

    /// Its manifest.
    pub fn manifest(&self) -> &Manifest {
        match self {
            Work::Poison(job) => &job.instance.manifest,
            Work::Reach(job) => &job.instance.manifest,
            Work::Verify(job) => &job.instance.manifest,
        }
    }
}

impl Done {
    /// Compiles, solves and certifies.
    pub fn run(
        subject: &Subject,
        dir: &Path,
        options: &RunOptions,
        listen: Listener<'_>,
        stop: &AtomicBool,
    ) -> Result<Self, PipelineError> {
        pipeline::free(dir, options.compile.force)?;
        let (path, asked) = subject.read()?;
        let path = path.as_path();
        if options.keep_others {
            pipeline::not_of_another(dir, &asked)?;
        }
        if options.counterexample && matches!(asked, Asked::Poison(_) | Asked::Reach(_)) {
            return Err(PipelineError::NoCounterexample);
        }
        Ok(match asked {
            Asked::Poison(spec) => Done::Poison(Box::new(pipeline::run_resolved(
                (path, spec),
                dir,
                options,
                listen,
                stop,
            )?)),
            Asked::Reach(spec) => {
                Done::Reach(Box::new(reaching::run((path, spec), dir, options, listen, stop)?))
            }
            Asked::Verify(spec) => {
                Done::Verify(Box::new(verification::run((path, spec), dir, options, listen, stop)?))
            }
            Asked::Largest(spec) => {
                Done::Largest(Box::new(largest::run((path, spec), dir, options, listen, stop)?))
            }
        })
    }

    /// The certificate.
    pub fn certificate(&self) -> &Certificate {
        match self {
            Done::Poison(done) => &done.1.certificate,
            Done::Reach(done) => &done.1.certificate,
            Done::Verify(done) => &done.1.certificate,
            Done::Largest(done) => &done.1,
        }
    }

    /// Prints the certificate, and writes the report if one was asked for.
    pub fn conclude(&self, report: Option<&Path>, out: &Output) -> Result<(), Failure> {
        match self {
            Done::Poison(done) => common::conclude(&done.0, &done.1, report, out),
            Done::Reach(done) => common::conclude_reach(&done.0, &done.1, report, out),
            Done::Verify(done) => common::conclude_verification(&done.0, &done.1, report, out),
            Done::Largest(done) => common::conclude_largest(&done.0, &done.1, report, out),
        }
    }
}

/// The first error of a specification that names a file on each of its two lines, as one of these
/// files, in the words of the command line.
fn of_files(errors: &Diagnostics, files: [(&str, &Path); 2]) -> String {
    let Some(first) = errors.list.first() else { return errors.to_string() };
    let [network, property] = files;
    let (inside, given) = if first.span.line(&errors.text) == 1 { network } else { property };
    let given = given.display().to_string();
    let mut text = match first.message.contains(inside) {
        true => first.message.replacen(inside, &given, 1),
        false => format!("{given}: {}", first.message),
    };
    // A path of the command line is not relative to a specification.
    if !first.help.is_empty() && !first.help.contains("specification") {
        text.push_str("; ");
        text.push_str(&first.help);
    }
    text
}

/// The name of a file without its ending, and without that of its packing.
fn stem(path: &Path) -> Result<OsString, Failure> {
    let packed = ["gz", "zst"].iter().any(|e| path.extension().is_some_and(|found| found == *e));
    let plain = if packed { path.with_extension("") } else { path.to_owned() };
    let stem = plain.file_stem().map(OsString::from);
    stem.ok_or_else(|| Failure::Input(format!("{} names no file", path.display())))
}

/// The kinds of questions.
enum Kind {
    Poison,
    Reach,
    Verify,
    Largest,
}

/// What an instance directory asks.
fn kind(dir: &Path) -> Kind {
    let manifest = store::read_json(&dir.join(manifest::FILE_NAME), "manifest");
    match manifest {
        Ok(m) if Manifest::verifies(&m) => Kind::Verify,
        Ok(m) if Manifest::reaches(&m) => Kind::Reach,
        Ok(m) if Manifest::asks_radius(&m) => Kind::Largest,
        Ok(_) | Err(_) => Kind::Poison,
    }
}

/// Checks a certificate.
pub fn check(
    path: &Path,
    options: VerifyOptions,
    stop: &AtomicBool,
) -> Result<Checked, PipelineError> {
    // An instance directory stands for its certificate, as elsewhere.
    let inside = path.join(crate::cert::certificate::FILE_NAME);
    let instance = inside.exists() || path.join(manifest::FILE_NAME).exists();
    let path = if instance { inside.as_path() } else { path };
    crate::cert::check::read(path)?;
    let dir = path.parent().filter(|p| !p.as_os_str().is_empty());
    let dir = dir.unwrap_or_else(|| Path::new("."));
    let checked = match kind(dir) {
        Kind::Verify => verification::verify(path, &verification::Job::open(dir)?, stop),
        Kind::Reach => reaching::verify(path, &reaching::Job::open(dir)?),
        Kind::Largest => largest::verify(path, &largest::Job::open(dir)?, stop),
        Kind::Poison => pipeline::verify(path, options, stop).map(|done| done.1),
    };
    // What a stopped check did not come to is no fault of the certificate.
    if stop.load(Ordering::Relaxed) { Err(PipelineError::Stopped) } else { checked }
}
