//! Bisection with a whole verification at each radius, within one time limit.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::assemble::{Grounds, assemble, files};
use super::job::{Job, spec_at};
use super::record::{RADII_FILE, Tried, TriedRecord};
use super::words::question_text;
use super::{Ends, INSIDE, OUTSIDE, Outcome};
use crate::cert::certificate::{self, Certificate};
use crate::cert::instance::{Instance, Manifest, inputs, manifest};
use crate::cert::pipeline::place::{free, settle};
use crate::cert::pipeline::{
    CompileOptions, Listener, News, PipelineError, RunOptions, beside, emit,
};
use crate::cert::{Verdict, store, verification};
use crate::front::spec::Spec;
use crate::question::verify::Largest;

/// Looks for both ends and writes the certificate. The time limit is that of all radii; each takes an
/// equal share of what is left. The attack of one radius is where the search at the next begins.
///
/// # Errors
/// [`PipelineError`].
pub fn run(
    (path, spec): (&Path, Spec<Largest>),
    dir: &Path,
    options: &RunOptions,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Job, Certificate), PipelineError> {
    free(dir, options.compile.force)?;
    let choice = options.over(&spec.solve);
    let make = |dir: &Path| make((path, spec), dir, (options, choice.time_limit), listen, stop);
    let failure = |made: &(Job, Certificate)| nothing(&made.1);
    let (mut job, certificate) = beside((dir, None), choice.solver, make, failure)?;
    job.instance.dir = dir.to_owned();
    Ok((job, certificate))
}

/// Why an older answer is not given up for this one: neither end is known.
fn nothing(c: &Certificate) -> Option<String> {
    let record = c.radius.as_ref()?;
    let none = record.certified.is_none() && record.attacked.is_none();
    none.then(|| record.tried.iter().rev().find_map(|t| t.why.clone())).flatten()
}

fn make(
    (path, spec): (&Path, Spec<Largest>),
    dir: &Path,
    (options, limit): (&RunOptions, Option<f64>),
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Job, Certificate), PipelineError> {
    let mut search = Search {
        path,
        spec: &spec,
        options,
        limit,
        begin: Instant::now(),
        ends: Ends::new(spec.question.radii.most),
        tried: Vec::new(),
        points: Vec::new(),
        inside: None,
        outside: None,
    };
    let manifest = settle(dir, None, |place| {
        let plan = inputs::plan(path, &emit::roles(&spec.files))?;
        let inputs = inputs::copy(place, &plan, &spec.text)?;
        while !stop.load(Ordering::Relaxed)
            && !search.over()
            && let Some(k) = search.ends.next()
        {
            search.try_radius(place, k, listen, stop)?;
        }
        let tried = Tried {
            theriac: env!("CARGO_PKG_VERSION").to_owned(),
            seconds: search.begin.elapsed().as_secs_f64(),
            tried: std::mem::take(&mut search.tried),
        };
        store::write_json(&place.join(RADII_FILE), &tried)?;
        Ok(manifest(&spec, inputs))
    })?;
    let (inside, outside) = (search.inside.take(), search.outside.take());
    let instance = Instance { dir: dir.to_owned(), manifest };
    let job = Job { instance, spec };
    let tried: Tried = store::read_json(&dir.join(RADII_FILE), "the radii that were tried")?;
    let ends: Vec<&str> = [(&inside, INSIDE), (&outside, OUTSIDE)]
        .iter()
        .filter_map(|(end, folder)| end.is_some().then_some(*folder))
        .collect();
    let certificate = assemble(&Grounds {
        job: &job,
        tried: &tried,
        inside: inside.as_ref().map(|e| (e.0, &e.1)),
        outside: outside.as_ref().map(|e| (e.0, &e.1)),
        files: files(&job, &ends)?,
    })?;
    store::write_json(&dir.join(certificate::FILE_NAME), &certificate)?;
    Ok((job, certificate))
}

/// The manifest of a question with these copied inputs.
pub(super) fn manifest(spec: &Spec<Largest>, inputs: Vec<certificate::FileRecord>) -> Manifest {
    Manifest {
        schema: manifest::SCHEMA,
        theriac: env!("CARGO_PKG_VERSION").to_owned(),
        question: question_text(&spec.question),
        inputs,
        start: None,
        program: None,
        targets: Vec::new(),
        parts: Vec::new(),
        passes: Vec::new(),
        hurried: false,
        bounds: None,
        cuts: None,
        rounds: None,
    }
}

struct Search<'a> {
    path: &'a Path,
    spec: &'a Spec<Largest>,
    options: &'a RunOptions,
    limit: Option<f64>,
    begin: Instant,
    ends: Ends,
    tried: Vec<TriedRecord>,
    /// Attacks so far.
    points: Vec<Vec<f64>>,
    inside: Option<(u32, Certificate)>,
    outside: Option<(u32, Certificate)>,
}

impl Search<'_> {
    /// Seconds that are left, without a limit none.
    fn left(&self) -> Option<f64> {
        Some((self.limit? - self.begin.elapsed().as_secs_f64()).max(0.0))
    }

    fn over(&self) -> bool {
        self.left().is_some_and(|left| left <= 0.0)
    }

    /// Verifies at one radius in a folder of `place`, and keeps the instance if it is an end.
    fn try_radius(
        &mut self,
        place: &Path,
        k: u32,
        listen: Listener<'_>,
        stop: &AtomicBool,
    ) -> Result<(), PipelineError> {
        let radius = self.spec.question.radii.text(k);
        listen(News::Note(format!("radius {radius}")));
        let begin = Instant::now();
        let time = self.left().map(|left| left / f64::from(self.ends.left().max(1)));
        let found = self.verify(place, k, time, listen, stop)?;
        let mut record = TriedRecord {
            radius,
            verdict: found.verdict,
            seconds: 0.0,
            attack_within: None,
            why: None,
        };
        match Outcome::of(found.verdict) {
            Outcome::Certified => {
                keep(place, INSIDE)?;
                self.ends.take(k, Outcome::Certified);
                self.inside = Some((k, found));
            }
            Outcome::Attacked => {
                let x = found.attack.as_ref().and_then(|a| a.test_input.clone());
                self.compare(place, x.as_deref())?;
                let nearest = x.as_deref().map_or(Ok(k), |x| self.nearest(x, k))?;
                self.points.extend(x);
                keep(place, OUTSIDE)?;
                self.ends.take(k, Outcome::Attacked);
                self.outside = Some((k, found));
                if nearest < k {
                    // The attack is known, so that this takes no time.
                    let again = self.verify(place, nearest, time, listen, stop)?;
                    if again.verdict == Verdict::Attacked {
                        record.attack_within = Some(self.spec.question.radii.text(nearest));
                        keep(place, OUTSIDE)?;
                        self.ends.take(nearest, Outcome::Attacked);
                        self.outside = Some((nearest, again));
                    } else {
                        remove(&place.join(PROBE))?;
                    }
                }
            }
            Outcome::Open => {
                remove(&place.join(PROBE))?;
                self.ends.take(k, Outcome::Open);
                record.why = Some(found.reason);
            }
        }
        record.seconds = begin.elapsed().as_secs_f64();
        let within = record.attack_within.as_ref().map(|w| format!(" within {w} already"));
        listen(News::Note(format!(
            "radius {}: {}{}",
            record.radius,
            record.verdict.word(),
            within.unwrap_or_default()
        )));
        self.tried.push(record);
        Ok(())
    }

    /// A replayed attack is a proof: a certified end that it lies within is none.
    fn compare(&mut self, place: &Path, x: Option<&[f64]>) -> Result<(), PipelineError> {
        let (Some(x), Some((k, _))) = (x, &self.inside) else { return Ok(()) };
        let question = spec_at((self.path, self.spec), *k)?.question;
        if !verification::is_attack(&question, x)? {
            return Ok(());
        }
        let radius = self.spec.question.radii.text(*k);
        for record in self.tried.iter_mut().filter(|t| t.radius == radius) {
            record.verdict = Verdict::Unknown;
            record.why = Some("an attack that was found later passes its proof".to_owned());
        }
        self.inside = None;
        self.ends.withdraw();
        remove(&place.join(INSIDE))
    }

    fn verify(
        &self,
        place: &Path,
        k: u32,
        time: Option<f64>,
        listen: Listener<'_>,
        stop: &AtomicBool,
    ) -> Result<Certificate, PipelineError> {
        let compile =
            CompileOptions { points: self.points.clone(), ..self.options.compile.clone() };
        let options = RunOptions { compile, time_limit: time, ..self.options.clone() };
        let spec = spec_at((self.path, self.spec), k)?;
        let dir = place.join(PROBE);
        let made = verification::run((self.path, spec), &dir, &options, listen, stop)?;
        Ok(made.1.certificate)
    }

    /// The smallest radius up to `k`, at which it is one, for which an input is an attack.
    fn nearest(&self, x: &[f64], k: u32) -> Result<u32, PipelineError> {
        let (mut low, mut high) = (self.ends.inside().map_or(0, |k| k + 1), k);
        while low < high {
            let middle = low + (high - low) / 2;
            let question = spec_at((self.path, self.spec), middle)?.question;
            match verification::is_attack(&question, x)? {
                true => high = middle,
                false => low = middle + 1,
            }
        }
        Ok(high)
    }
}

/// The folder of the radius that is being tried.
const PROBE: &str = "radius";

/// Makes the instance that was tried last an end.
fn keep(place: &Path, end: &str) -> Result<(), PipelineError> {
    let to = place.join(end);
    remove(&to)?;
    let failed = |source| store::StoreError::Write { path: to.clone(), source };
    Ok(std::fs::rename(place.join(PROBE), &to).map_err(failed)?)
}

fn remove(folder: &Path) -> Result<(), PipelineError> {
    match std::fs::remove_dir_all(folder) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(store::StoreError::Write { path: folder.to_owned(), source: e }.into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
