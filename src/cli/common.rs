//! What several commands share.

use std::path::Path;

use super::{Failure, Output};
use clap::builder::{PossibleValue, TypedValueParser};

use crate::cert::assemble::Assembled;
use crate::cert::pipeline::{Job, News, PipelineError, story_boxes};
use crate::cert::report::{
    self, BackdoorMargins, LabelNames, Story, html, network, radius, terminal,
};
use crate::cert::store;
use crate::cert::{Certificate, Verdict, largest, reaching, verification};
use crate::front::nearest::nearest;
use crate::front::spec::SolverChoice;

use super::progress::Live;

/// A failure of the pipeline with its exit status; specification errors show their source lines.
pub fn failure(error: PipelineError, out: &Output) -> Failure {
    match error {
        PipelineError::Spec(d) => {
            let list: Vec<_> = d
                .list
                .iter()
                .map(|e| {
                    serde_json::json!({
                        "code": e.code, "message": e.message, "help": e.help,
                        "line": e.span.line(&d.text), "start": e.span.start, "end": e.span.end,
                    })
                })
                .collect();
            let text = if out.live() { d.coloured(terminal::WIDTH) } else { d.plain() };
            let json = serde_json::json!({"error": {
                "kind": "input", "file": d.name, "errors": list, "more": d.more,
            }});
            Failure::Shown { text, json }
        }
        e if e.is_input() => Failure::input(e),
        e => Failure::work(e),
    }
}

/// Whether the exit status tells the verdict.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct ExitVerdict {
    /// Tell the verdict by the exit status: 0 certified, 10 attacked, 20 unknown.
    #[arg(long)]
    exit_verdict: bool,
}

impl ExitVerdict {
    /// The end of a command that has printed its certificate.
    pub fn of(self, certificate: &Certificate) -> Result<(), Failure> {
        match certificate.verdict {
            _ if !self.exit_verdict => Ok(()),
            Verdict::Certified => Ok(()),
            Verdict::Attacked => Err(Failure::Told(10)),
            Verdict::Unknown => Err(Failure::Told(20)),
        }
    }
}

/// Shows news on the live line.
pub fn show(live: &mut Live, news: News) {
    match news {
        News::Note(text) => live.note(&text),
        News::Moment { bound, incumbent } => live.moment(bound, ("best attack", incumbent)),
        News::Margin { bound, nearest } => live.moment(bound, ("nearest margin", nearest)),
        News::Step(text) => live.line(text),
        News::Writing(progress) => live.line(super::progress::written(progress)),
    }
}

/// A word of a list. Shells complete it, and an error says what is near.
#[derive(Clone)]
pub struct Word<T> {
    /// The words.
    pub list: Vec<&'static str>,
    /// What a word means.
    pub read: fn(&str) -> Result<T, String>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Word<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<T, clap::Error> {
        TypedValueParser::parse_ref(&self.read, command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.list.iter().map(PossibleValue::new)))
    }
}

/// Any of [`solver`].
pub fn solvers() -> Word<SolverChoice> {
    Word { list: SOLVERS.to_vec(), read: solver }
}

/// The words of [`solver`].
const SOLVERS: [&str; 7] = ["auto", "branch", "embedded", "highs", "scip", "gurobi", "exhaustive"];

/// Who solves, as the command line says it.
pub fn solver(word: &str) -> Result<SolverChoice, String> {
    match word {
        "auto" => Ok(SolverChoice::Auto),
        "branch" => Ok(SolverChoice::Branch),
        "embedded" => Ok(SolverChoice::Embedded),
        "highs" => Ok(SolverChoice::Highs),
        "scip" => Ok(SolverChoice::Scip),
        "gurobi" => Ok(SolverChoice::Gurobi),
        "exhaustive" => Ok(SolverChoice::Exhaustive),
        other => Err(match nearest(other, SOLVERS) {
            Some(near) => format!("there is no solver {other:?}; did you mean {near}?"),
            None => format!(
                "there is no solver {other:?}; take auto, branch, embedded, highs, scip, \
                 gurobi or exhaustive"
            ),
        }),
    }
}

/// A positive number of seconds.
pub fn seconds(word: &str) -> Result<f64, String> {
    match word.parse::<f64>() {
        Ok(v) if v.is_finite() && v > 0.0 => Ok(v),
        Ok(_) | Err(_) => Err("a number of seconds greater than 0 is needed".to_owned()),
    }
}

/// A number of threads.
pub fn threads(word: &str) -> Result<u32, String> {
    match word.parse::<u32>() {
        Ok(n) if n > 0 => Ok(n),
        Ok(_) | Err(_) => Err("a number of threads of at least 1 is needed".to_owned()),
    }
}

/// A relative gap.
pub fn gap(word: &str) -> Result<f64, String> {
    match word.parse::<f64>() {
        Ok(v) if v.is_finite() && v >= 0.0 => Ok(v),
        Ok(_) | Err(_) => Err("a relative gap of at least 0 is needed, such as 1e-6".to_owned()),
    }
}

/// Refuses to write a report over anything but an older report.
///
/// # Errors
/// The path is taken by a folder, a device, or a file that is not an HTML page, or it names no
/// place for a file.
pub fn free_for_report(report: Option<&Path>) -> Result<(), Failure> {
    const BEGIN: &[u8] = b"<!doctype html>";
    let Some(path) = report else { return Ok(()) };
    if !store::taken(path).map_err(Failure::input)? {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        return match folder {
            Some(folder) if !folder.is_dir() => Err(Failure::Input(format!(
                "there is no folder {} to write the report into; make it first",
                folder.display()
            ))),
            Some(_) | None => Ok(()),
        };
    }
    let Ok(found) = std::fs::metadata(path) else {
        return Err(Failure::Input(format!(
            "{} is a link to nowhere; give another file with --report",
            path.display()
        )));
    };
    let mut begin = [0; BEGIN.len()];
    let page = found.is_file()
        && (found.len() == 0
            || std::fs::File::open(path)
                .and_then(|mut f| std::io::Read::read_exact(&mut f, &mut begin))
                .is_ok_and(|()| begin.eq_ignore_ascii_case(BEGIN)));
    if page {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "{} exists and is not a report; give another file with --report",
        path.display()
    )))
}

/// The end of a search that failed, after what is known without it was printed.
pub const SEARCH_FAILED: &str = "the search failed, for the reason above";

/// Prints the certificate, and writes the report if one was asked for. A search that failed and
/// left the verdict unknown is a failure.
pub fn conclude(
    job: &Job,
    assembled: &Assembled,
    report: Option<&Path>,
    out: &Output,
) -> Result<(), Failure> {
    let c = &assembled.certificate;
    let labels = LabelNames::new(&job.spec.question, &job.spec.sign_labels);
    let backdoor = BackdoorMargins::new(&job.spec.question, c);
    if let Some(path) = report {
        let boxes = story_boxes(&job.spec.question.network, &job.program.pass);
        let story = Story {
            certificate: c,
            question: &job.spec.question,
            labels: &labels,
            clean: &assembled.clean.trajectory,
            worst: assembled.worst.as_ref().map(|r| r.trajectory.as_slice()),
            boxes: Some(&boxes),
            backdoor,
        };
        store::write(path, html::page(&story).as_bytes()).map_err(Failure::work)?;
    }
    let text = || {
        let mut text = terminal::text(c, &labels);
        if let Some(b) = &backdoor {
            terminal::field(&mut text, "backdoor", &b.words());
        }
        text
    };
    end((c, &job.instance.dir), assembled.failure.is_some(), report, out, text)
}

/// [`conclude`] for a question of reachable parameters.
pub fn conclude_reach(
    job: &reaching::Job,
    assembled: &Assembled,
    report: Option<&Path>,
    out: &Output,
) -> Result<(), Failure> {
    let c = &assembled.certificate;
    let question = &job.spec.question.question;
    let labels = LabelNames::new(question, &job.spec.sign_labels);
    if let Some(path) = report {
        let boxes = job.boxes();
        let story = Story {
            certificate: c,
            question,
            labels: &labels,
            clean: &assembled.clean.trajectory,
            worst: assembled.worst.as_ref().map(|r| r.trajectory.as_slice()),
            boxes: boxes.as_deref(),
            backdoor: None,
        };
        store::write(path, html::page(&story).as_bytes()).map_err(Failure::work)?;
    }
    let text = || {
        let mut text = terminal::text(c, &labels);
        if let Some(record) = &c.reach {
            text.push_str(&report::reach::table(record));
        }
        text
    };
    end((c, &job.instance.dir), assembled.failure.is_some(), report, out, text)
}

/// Prints a certificate with its place and that of its report.
fn end(
    (c, dir): (&Certificate, &Path),
    failed: bool,
    report: Option<&Path>,
    out: &Output,
    text: impl FnOnce() -> String,
) -> Result<(), Failure> {
    out.result(c, || {
        let mut text = text();
        let place = dir.join(crate::cert::certificate::FILE_NAME);
        terminal::field(&mut text, "files", &place.display().to_string());
        if let Some(path) = report {
            terminal::field(&mut text, "report", &path.display().to_string());
        }
        text
    })?;
    // The certificate has said how.
    match failed && c.verdict == Verdict::Unknown {
        true => Err(Failure::Work(SEARCH_FAILED.to_owned())),
        false => Ok(()),
    }
}

/// Whether a counterexample may be written: the file is new, or holds one.
pub fn free_for_counterexample(path: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    if !store::taken(path).map_err(Failure::input)? {
        return Ok(());
    }
    match std::fs::read(path) {
        Ok(bytes) if bytes.is_empty() || bytes.starts_with(b"sat\n((X_") => Ok(()),
        Ok(_) | Err(_) => Err(Failure::Input(format!(
            "{} is there already and is no counterexample; give another file with --counterexample",
            path.display()
        ))),
    }
}

/// Writes the attack of a certificate as a counterexample; where there is none, an older one goes.
pub fn write_counterexample(
    path: Option<&Path>,
    c: &Certificate,
    out: &Output,
) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    match report::counterexample(c) {
        Some(text) => store::write(path, text.as_bytes()).map_err(Failure::work),
        None => {
            if store::taken(path).map_err(Failure::input)? {
                std::fs::remove_file(path)
                    .map_err(|source| store::StoreError::Write { path: path.to_owned(), source })
                    .map_err(Failure::work)?;
            }
            out.note("note: there is no attack on a network, so no counterexample was written");
            Ok(())
        }
    }
}

/// [`conclude`] for a question of verification.
pub fn conclude_verification(
    job: &verification::Job,
    assembled: &verification::assemble::Assembled,
    report: Option<&Path>,
    out: &Output,
) -> Result<(), Failure> {
    let c = &assembled.certificate;
    if let Some(path) = report {
        let page = html::network_page(c, &job.spec.question);
        store::write(path, page.as_bytes()).map_err(Failure::work)?;
    }
    let failed = assembled.failure.is_some();
    end((c, &job.instance.dir), failed, report, out, || network::text(c))
}

/// [`conclude`] for a question for the largest radius.
pub fn conclude_largest(
    job: &largest::Job,
    c: &Certificate,
    report: Option<&Path>,
    out: &Output,
) -> Result<(), Failure> {
    if let Some(path) = report {
        let page = html::network_page(c, &job.spec.question.widest);
        store::write(path, page.as_bytes()).map_err(Failure::work)?;
    }
    end((c, &job.instance.dir), false, report, out, || radius::text(c))
}
