//! `theriac check`.

use std::path::PathBuf;

use serde::Serialize;

use super::{Failure, Output, common, interrupt, work};
use crate::cert::Verdict;
use crate::cert::check::{Checked, Finding};
use crate::cert::pipeline::VerifyOptions;
use crate::cert::pipeline::exhaust::Effort;
use crate::cert::report::{headline, terminal};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  theriac check moons.theriac/certificate.json\n  theriac check moons.theriac"
)]
pub struct Args {
    /// The certificate, whose instance directory is the folder that it lies in; or that directory.
    certificate: PathBuf,
    /// Repeat an exhaustive search however long it takes; without this it is repeated if that is a
    /// matter of seconds, and the result says where it was not.
    #[arg(long)]
    repeat: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    /// Whether all that was checked is as it must be.
    accepted: bool,
    /// Whether all was checked that can be: `except` is empty.
    complete: bool,
    verdict: Verdict,
    /// The verdict as the text has it: `solved` or `bounded` where nothing is claimed.
    outcome: &'static str,
    question: &'a str,
    claim: Option<&'a str>,
    except: &'a [String],
    findings: &'a [Finding],
    words: &'a [String],
    uncovered: &'a [String],
    trust: &'a [String],
}

/// Checks, and lists what was found; a refused certificate is a failure (exit status 1).
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let stop = interrupt::flag(out);
    let repeat = if args.repeat { Effort::All } else { Effort::Little };
    let options = VerifyOptions { repeat };
    let checked =
        work::check(&args.certificate, options, &stop).map_err(|e| common::failure(e, out))?;
    let c = &checked.certificate;
    let report = Report {
        accepted: checked.accepted(),
        complete: checked.open.is_empty(),
        verdict: c.verdict,
        outcome: headline(c),
        question: &c.question.words,
        claim: c.question.claim.as_deref(),
        except: &checked.open,
        findings: &checked.findings,
        words: &checked.words,
        uncovered: &checked.uncovered,
        trust: &c.trust,
    };
    out.result(&report, || text(&checked))?;
    if report.accepted {
        Ok(())
    } else {
        Err(Failure::Work("the certificate was refused".to_owned()))
    }
}

/// The outcome for a terminal.
fn text(checked: &Checked) -> String {
    let c = &checked.certificate;
    let word = match (checked.accepted(), checked.open.as_slice()) {
        (false, _) => "REFUSED".to_owned(),
        (true, []) => "ACCEPTED".to_owned(),
        (true, open) => format!("ACCEPTED, except that {}", open.join(", and that ")),
    };
    let mut text = format!("{word}  verdict: {}\n\n", headline(c));
    if let Some(claim) = &c.question.claim {
        terminal::field(&mut text, "claim", claim);
    }
    terminal::field(&mut text, "question", &c.question.words);
    for f in &checked.findings {
        terminal::field(&mut text, if f.ok { "ok" } else { "WRONG" }, &f.what);
    }
    for what in &checked.open {
        terminal::field(&mut text, "OPEN", what);
    }
    for what in &checked.words {
        terminal::field(&mut text, "on trust", what);
    }
    for t in &c.trust {
        terminal::field(&mut text, "trust", t);
    }
    for name in &checked.uncovered {
        terminal::field(&mut text, "beside", &format!("{name} is no part of what was checked"));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::cert::pipeline::{self, RunOptions, run};
    use crate::front::spec::SolverChoice;

    /// Where nothing is claimed nothing is certified: the worst value is known.
    #[test]
    fn without_a_claim_the_question_is_solved() {
        let dir = tempfile::tempdir().unwrap();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/spec_flips/question.thr");
        let text = std::fs::read_to_string(golden).unwrap();
        let ask = "worst margin at (0.5, 0.2) label +1";
        assert!(text.contains(ask));
        let spec = dir.path().join("q.thr");
        std::fs::write(&spec, text.replace(ask, "worst errors on train")).unwrap();
        let never = AtomicBool::new(false);
        let options =
            RunOptions { solver: Some(SolverChoice::Exhaustive), ..RunOptions::default() };
        run(&spec, &dir.path().join("out"), &options, &mut |_| {}, &never).unwrap();
        let path = dir.path().join("out/certificate.json");
        let (_, checked) = pipeline::verify(&path, VerifyOptions::default(), &never).unwrap();
        assert_eq!(checked.certificate.verdict, Verdict::Certified);
        let said = super::text(&checked);
        assert!(said.starts_with("ACCEPTED  verdict: solved\n"), "{said}");
    }

    /// What was not repeated is in the first words of the outcome; what was is not.
    #[test]
    fn an_enumeration_that_was_not_repeated_is_no_bare_acceptance() {
        let dir = tempfile::tempdir().unwrap();
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/spec_flips/question.thr");
        let never = AtomicBool::new(false);
        let options =
            RunOptions { solver: Some(SolverChoice::Exhaustive), ..RunOptions::default() };
        run(&spec, &dir.path().join("out"), &options, &mut |_| {}, &never).unwrap();
        let path = dir.path().join("out/certificate.json");
        let outcome = |repeat| {
            let (_, checked) = pipeline::verify(&path, VerifyOptions { repeat }, &never).unwrap();
            assert!(checked.accepted(), "{checked:#?}");
            text(&checked)
        };
        assert!(outcome(Effort::Little).starts_with("ACCEPTED  verdict: attacked\n"));
        assert!(outcome(Effort::All).starts_with("ACCEPTED  verdict: "));
        let open = outcome(Effort::AtMost(0));
        let first =
            "ACCEPTED, except that the exhaustive search was not repeated (use --repeat)  v";
        assert!(open.starts_with(first), "{open}");
    }
}
