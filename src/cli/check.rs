//! `theriac check`.

use std::path::PathBuf;

use serde::Serialize;

use super::{Failure, Output, common, interrupt};
use crate::cert::Verdict;
use crate::cert::check::Finding;
use crate::cert::pipeline::{self, VerifyOptions};
use crate::cert::report::terminal;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  theriac check moons.theriac/certificate.json")]
pub struct Args {
    /// The certificate; its instance directory is the folder that it lies in.
    certificate: PathBuf,
    /// Repeat an exhaustive search.
    #[arg(long)]
    repeat: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    accepted: bool,
    verdict: Verdict,
    findings: &'a [Finding],
    trust: &'a [String],
}

/// Checks, and lists what was found; a refused certificate is a failure (exit status 1).
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    let stop = interrupt::flag(out);
    let options = VerifyOptions { repeat: args.repeat };
    let (_, checked) =
        pipeline::verify(&args.certificate, options, &stop).map_err(|e| common::failure(e, out))?;
    let c = &checked.certificate;
    let report = Report {
        accepted: checked.accepted(),
        verdict: c.verdict,
        findings: &checked.findings,
        trust: &c.trust,
    };
    out.result(&report, || {
        let mut text = String::new();
        let word = if report.accepted { "ACCEPTED" } else { "REFUSED" };
        text.push_str(&format!("{word}  verdict: {}\n\n", c.verdict.word()));
        for f in &checked.findings {
            terminal::field(&mut text, if f.ok { "ok" } else { "WRONG" }, &f.what);
        }
        for t in &c.trust {
            terminal::field(&mut text, "trust", t);
        }
        text
    })?;
    if report.accepted {
        Ok(())
    } else {
        Err(Failure::Work("the certificate was refused".to_owned()))
    }
}
