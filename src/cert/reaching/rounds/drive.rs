//! Round after round: where the files stand, and what is to be done next.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::End;
use super::answer::Desk;
use super::conclude::{Concluded, RoundAnswers, RoundTally, SCHEMA, conclude};
use super::folder::{self, ANSWERS_FILE, ROUND_FILE};
use super::proof::Relaxed;
use super::round::{Round, RoundFile};
use super::task::{Share, Tasks};
use super::write::{self, Files, lowered};
use crate::back::atomic;
use crate::bounds::Interval;
use crate::bounds::training::{self, Reached, Until, Walk, along};
use crate::cert::assemble::{TIE_TOLERANCE, no_attack};
use crate::cert::instance::manifest::RoundsRecord;
use crate::cert::pipeline::solve::SolveChoice;
use crate::cert::pipeline::{Listener, News, PipelineError};
use crate::cert::reaching::Job;
use crate::cert::store;
use crate::front::hash::sha256_bytes;
use crate::ir::Model;
use crate::network::Layout;
use crate::question::reach::{Reaching, Rounds};
use crate::train;

/// Where the files of an instance stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// This round is to be solved; rounds count from 1.
    Open(usize),
    /// All rounds are concluded.
    Done,
}

/// What [`next()`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The round was written; it waits for solutions.
    Written(usize),
    /// The round was concluded with what was there, and the one after it is written, if there is one. With
    /// the solutions that prove nothing, and why.
    Concluded(usize, RoundTally, Vec<(String, String)>),
    /// The round that was named is concluded already.
    Already(usize),
    /// All rounds are concluded.
    Done,
}

/// What all rounds share.
struct Rounding<'a> {
    dir: &'a Path,
    reaching: &'a Reaching,
    rounds: Rounds,
    record: &'a RoundsRecord,
    /// Parameters of the run on unchanged data, before the first step and after each.
    clean: Vec<Vec<f64>>,
    /// Its scores at the points, as bounds have them.
    scores: Vec<f64>,
}

impl<'a> Rounding<'a> {
    fn of(job: &'a Job) -> Result<Self, PipelineError> {
        let reaching = &job.spec.question;
        let dir = job.instance.dir.as_path();
        let none = || PipelineError::NoRounds { dir: dir.to_owned() };
        let rounds = reaching.approach.rounds.ok_or_else(none)?;
        let record = job.instance.manifest.rounds.as_ref().ok_or_else(none)?;
        let question = &reaching.question;
        let layout = Layout::of(&question.network);
        let run = train::replay(question, &no_attack(question), TIE_TOLERANCE)?;
        let clean: Vec<Vec<f64>> = run.trajectory.iter().map(|p| layout.flatten(p)).collect();
        let last = clean.last().map_or(&[][..], Vec::as_slice);
        let last: Vec<Interval> = last.iter().map(|v| Interval::point(*v)).collect();
        let points: Vec<Vec<f64>> = reaching.points().iter().map(|p| p.input.clone()).collect();
        let scores = match reaching.approach.points {
            Some(_) => training::scores(question, &last, &points)?,
            None => Vec::new(),
        };
        let scores = scores.iter().map(|i| i.lo + (i.hi - i.lo) / 2.0).collect();
        Ok(Rounding { dir, reaching, rounds, record, clean, scores })
    }

    /// Rounds of steps, and the one of points if there is one.
    fn count(&self) -> usize {
        self.reaching.rounds()
    }

    /// Whether a round is about the points behind all steps.
    fn is_of_points(&self, number: usize) -> bool {
        number > self.reaching.question.training.steps()
    }

    /// Bounds what a round is about.
    fn reach(&self, walk: &mut Walk<'_>, number: usize) -> Result<(), PipelineError> {
        if !self.is_of_points(number) {
            walk.advance()?;
        }
        Ok(())
    }

    /// Takes over what a concluded round came to; returns how many ends it could ask for.
    fn take(
        &self,
        walk: &mut Walk<'_>,
        number: usize,
        answers: &RoundAnswers,
    ) -> Result<usize, PipelineError> {
        if !self.is_of_points(number) {
            let known = walk.known();
            walk.narrow(&answers.narrowed(&known))?;
            return Ok(2 * known.len());
        }
        let (asked, known) = Round::open_scores(self.reaching, walk, &self.scores)?;
        let mut all = walk.scores()?.to_vec();
        for (score, proved) in asked.iter().zip(answers.narrowed(&known)) {
            if let Some(own) = all.get_mut(score.place) {
                *own = proved;
            }
        }
        walk.answer(all);
        Ok(asked.len())
    }

    /// The round that the walk stands at.
    fn round(&self, walk: &mut Walk<'_>, number: usize) -> Result<Round, PipelineError> {
        match self.is_of_points(number) {
            true => Round::of_points(self.reaching, walk, &self.scores),
            false => Round::of(self.reaching, self.rounds, walk),
        }
    }

    /// What the network trained on unchanged data has of all that a round asks for.
    fn clean_of(&self, round: &Round) -> Vec<f64> {
        match &round.scores {
            Some(asked) => asked.iter().filter_map(|s| self.scores.get(s.place).copied()).collect(),
            None => {
                let mut all = self.clean.get(round.number).cloned().unwrap_or_default();
                let more: Vec<f64> = round.templates.iter().map(|t| along(t, &all)).collect();
                all.extend(more);
                all
            }
        }
    }

    /// Whether there is such a round.
    fn has(&self, number: usize) -> Result<(), PipelineError> {
        match (1..=self.count()).contains(&number) {
            true => Ok(()),
            false => Err(PipelineError::NoRound { number, rounds: self.count() }),
        }
    }

    /// The solves of a round.
    fn tasks<'b>(
        &'b self,
        (round, file): (&'b Round, &'b RoundFile),
        choice: &'b SolveChoice,
    ) -> Tasks<'b> {
        Tasks { dir: self.dir, round, file, record: self.record, choice }
    }

    /// Bounds that are the same whenever they are made: nothing cuts them off.
    fn walk(&self) -> Result<Walk<'a>, PipelineError> {
        let until = Until::Steps(self.reaching.question.training.steps(), true);
        Ok(Walk::new(self.reaching, crate::back::threads(), until)?)
    }

    fn path(&self, round: usize, name: &str) -> std::path::PathBuf {
        self.dir.join(folder::file(round, name))
    }

    /// The answers of a round that was concluded.
    fn answers(&self, round: usize) -> Result<Option<RoundAnswers>, PipelineError> {
        let path = self.path(round, ANSWERS_FILE);
        if !path.exists() {
            return Ok(None);
        }
        let answers: RoundAnswers = store::read_json(&path, "file of answers")?;
        let asked = store::read(&self.path(round, ROUND_FILE))?;
        let fits = answers.schema == SCHEMA
            && answers.theriac == env!("CARGO_PKG_VERSION")
            && answers.round == round
            && answers.question == sha256_bytes(&asked);
        if fits { Ok(Some(answers)) } else { Err(PipelineError::OtherRound { file: path }) }
    }

    /// Goes through the rounds that are concluded; the walk then stands after the step of the round
    /// that is open, by bounds alone.
    fn resume(&self, walk: &mut Walk<'_>) -> Result<State, PipelineError> {
        for round in 1..=self.count() {
            self.reach(walk, round)?;
            match self.answers(round)? {
                Some(answers) => self.take(walk, round, &answers)?,
                None => return Ok(State::Open(round)),
            };
        }
        Ok(State::Done)
    }

    /// The round that the walk stands at, with its file; written if it is not there.
    fn open(
        &self,
        walk: &mut Walk<'_>,
        number: usize,
    ) -> Result<(Round, RoundFile, bool), PipelineError> {
        let round = self.round(walk, number)?;
        let path = self.path(round.number, ROUND_FILE);
        if path.exists() {
            let file: RoundFile = store::read_json(&path, "file of a round")?;
            if file.round != round.number || file.theriac != env!("CARGO_PKG_VERSION") {
                return Err(PipelineError::OtherRound { file: path });
            }
            // What is solved, and concluded for good, is what the question asks.
            Files::of(self.reaching, &round, self.record)?.same(self.dir)?;
            return Ok((round, file, false));
        }
        let files = Files::of(self.reaching, &round, self.record)?;
        files.write(self.dir)?;
        Ok((round, files.file, true))
    }

    /// What a round comes to with the solutions that are there.
    fn judge(
        &self,
        round: &Round,
        file: &RoundFile,
        listed: Option<&RoundAnswers>,
    ) -> Result<RoundAnswers, PipelineError> {
        let own = lowered(round, write::target(self.record)?)?;
        let desk = Desk {
            dir: self.dir,
            round,
            file,
            model: &own.model,
            record: self.record,
            relaxed: Relaxed::of(round),
        };
        let question = store::json(file).map(|b| sha256_bytes(&b));
        let clean = self.clean_of(round);
        Ok(conclude(&desk, question.unwrap_or_default(), listed, &clean))
    }

    /// Whether the files of a round that is concluded are those that follow from the question, and its answers
    /// those that follow from the solutions.
    fn follows(&self, walk: &mut Walk<'_>, stored: &RoundAnswers) -> Result<(), PipelineError> {
        let round = self.round(walk, stored.round)?;
        let files = Files::of(self.reaching, &round, self.record)?;
        files.same(self.dir)?;
        let answers = self.judge(&round, &files.file, Some(stored))?;
        if answers == *stored {
            return Ok(());
        }
        let own = self.path(round.number, ANSWERS_FILE);
        let file = answers.differs(stored).map_or_else(|| own.clone(), |f| self.dir.join(f));
        Err(PipelineError::OtherSolution { file, answers: own })
    }

    /// Concludes a round for good, and narrows the box.
    fn conclude(
        &self,
        walk: &mut Walk<'_>,
        round: &Round,
        file: &RoundFile,
    ) -> Result<RoundAnswers, PipelineError> {
        let answers = self.judge(round, file, None)?;
        store::write_json(&self.path(round.number, ANSWERS_FILE), &answers)?;
        self.take(walk, round.number, &answers)?;
        Ok(answers)
    }
}

/// Writes the first round, or whichever is to be solved.
///
/// # Errors
/// [`PipelineError`].
pub fn start(job: &Job) -> Result<State, PipelineError> {
    let rounding = Rounding::of(job)?;
    let mut walk = rounding.walk()?;
    let state = rounding.resume(&mut walk)?;
    if let State::Open(number) = state {
        rounding.open(&mut walk, number)?;
    }
    Ok(state)
}

/// Concludes the open round with the solutions that are there, and writes the one after it. A round
/// that was not even written is written, and waits. With `number`, only that round is concluded.
///
/// # Errors
/// [`PipelineError`].
pub fn next(job: &Job, number: Option<usize>) -> Result<Next, PipelineError> {
    let rounding = Rounding::of(job)?;
    number.map_or(Ok(()), |n| rounding.has(n))?;
    let mut walk = rounding.walk()?;
    let State::Open(open) = rounding.resume(&mut walk)? else {
        return Ok(number.map_or(Next::Done, Next::Already));
    };
    let (round, file, fresh) = rounding.open(&mut walk, open)?;
    match number {
        Some(n) if n < open => return Ok(Next::Already(n)),
        Some(n) if n > open => return Err(PipelineError::RoundOrder { number: n, open }),
        Some(_) | None if fresh => return Ok(Next::Written(open)),
        Some(_) | None => {}
    }
    let answers = rounding.conclude(&mut walk, &round, &file)?;
    let tally = answers.tally(round.ends());
    let useless = answers.ends.into_iter().filter_map(|e| Some((e.end, e.why?))).collect();
    if open < rounding.count() {
        rounding.reach(&mut walk, open + 1)?;
        rounding.open(&mut walk, open + 1)?;
    }
    Ok(Next::Concluded(open, tally, useless))
}

/// What `find` finds first in the programs of the rounds that are written: the round, the program as the
/// question makes it, and as its files have it.
///
/// # Errors
/// [`PipelineError`].
pub fn find<T>(
    job: &Job,
    find: impl Fn(usize, &Model, &Model) -> Option<T>,
) -> Result<Option<T>, PipelineError> {
    let rounding = Rounding::of(job)?;
    let mut walk = rounding.walk()?;
    for number in 1..=rounding.count() {
        if !rounding.path(number, ROUND_FILE).exists() {
            break;
        }
        rounding.reach(&mut walk, number)?;
        let round = rounding.round(&mut walk, number)?;
        let own = lowered(&round, write::target(rounding.record)?)?;
        if let Some(found) = find(number, &round.program.model, &own.model) {
            return Ok(Some(found));
        }
        let Some(answers) = rounding.answers(number)? else { break };
        rounding.take(&mut walk, number, &answers)?;
    }
    Ok(None)
}

/// Solves a share of the objectives of a round that is written.
///
/// # Errors
/// [`PipelineError`].
pub fn solve_task(
    job: &Job,
    choice: &SolveChoice,
    (number, share): (usize, Share),
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<State, PipelineError> {
    let rounding = Rounding::of(job)?;
    rounding.has(number)?;
    let mut walk = rounding.walk()?;
    let state = rounding.resume(&mut walk)?;
    match state {
        State::Open(open) if number > open => Err(PipelineError::RoundOrder { number, open }),
        State::Open(open) if number == open => {
            let (round, file, _) = rounding.open(&mut walk, open)?;
            rounding.tasks((&round, &file), choice).run(share, listen, stop)?;
            Ok(state)
        }
        State::Open(_) | State::Done => Ok(state),
    }
}

/// Solves and concludes every round that is left.
///
/// # Errors
/// [`PipelineError`]; what was solved before it is kept.
pub fn advance(
    job: &Job,
    choice: &SolveChoice,
    listen: Listener<'_>,
    stop: &AtomicBool,
) -> Result<(Reached, Concluded), PipelineError> {
    let rounding = Rounding::of(job)?;
    let mut walk = rounding.walk()?;
    let (mut all, mut asked) = (Concluded::default(), false);
    for number in 1..=rounding.count() {
        if stop.load(Ordering::Relaxed) {
            return Err(PipelineError::Paused { dir: rounding.dir.to_owned() });
        }
        rounding.reach(&mut walk, number)?;
        if let Some(stored) = rounding.answers(number)? {
            // Concluded by somebody, some day: nothing is believed that does not follow.
            rounding.follows(&mut walk, &stored)?;
            let about = rounding.take(&mut walk, number, &stored)?;
            all.add(&stored, about);
            continue;
        }
        asked = true;
        let (round, file, _) = rounding.open(&mut walk, number)?;
        rounding.tasks((&round, &file), choice).run(Share::ALL, listen, stop)?;
        let answers = rounding.conclude(&mut walk, &round, &file)?;
        let tally = all.add(&answers, round.ends());
        listen(News::Note(words(number, rounding.count(), &tally)));
    }
    if !asked {
        let count = rounding.count();
        listen(News::Note(format!("all {count} rounds are concluded; no solver is asked")));
    }
    sweep(rounding.dir, false);
    sweep(&rounding.dir.join(folder::FOLDER), true);
    Ok((walk.finish()?, all))
}

/// Removes what a run that was killed while it wrote a file has left of it. All rounds are concluded:
/// nobody waits for such a file.
fn sweep(dir: &Path, below: bool) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            if below {
                sweep(&path, below);
            }
        } else if atomic::is_part(&path) {
            // What cannot be removed does no harm.
            let _ = std::fs::remove_file(&path);
        }
    }
}

/// A round in words.
#[must_use]
pub fn words(number: usize, rounds: usize, tally: &RoundTally) -> String {
    let RoundTally { objectives, proved, stopped, missing, unusable, moved, .. } = tally;
    let mut text = format!(
        "round {number} of {rounds}: {objectives} objectives, {proved} proved, {stopped} stopped at a \
         limit"
    );
    for (count, what) in
        [(missing, "without a solution"), (unusable, "with one that proves nothing")]
    {
        if *count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    text.push_str(&format!("; {moved} ends moved"));
    text
}

/// Every round again, from the specification and the solutions: the boxes, and what the rounds came to.
///
/// # Errors
/// [`PipelineError`]; [`PipelineError::NotSolved`] if a round is open, [`PipelineError::OtherRound`] and
/// [`PipelineError::OtherSolution`] if a stored file is not the one that follows.
pub fn again(job: &Job) -> Result<(Reached, Concluded), PipelineError> {
    let rounding = Rounding::of(job)?;
    let mut walk = rounding.walk()?;
    let mut all = Concluded::default();
    for number in 1..=rounding.count() {
        rounding.reach(&mut walk, number)?;
        let Some(stored) = rounding.answers(number)? else {
            return Err(PipelineError::NotSolved { dir: rounding.dir.to_owned() });
        };
        rounding.follows(&mut walk, &stored)?;
        let about = rounding.take(&mut walk, number, &stored)?;
        all.add(&stored, about);
    }
    Ok((walk.finish()?, all))
}

/// The files of the rounds that a certificate lists: each stands for all that it names with a hash.
#[must_use]
pub fn listed(rounds: usize) -> Vec<String> {
    let both = |n| [ROUND_FILE, ANSWERS_FILE].map(|name| folder::file(n, name));
    (1..=rounds).flat_map(both).collect()
}

/// The files of the rounds that were looked at when they were concluded: a solution that came later is
/// not among them.
#[must_use]
pub fn covered(dir: &Path, rounds: usize) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = listed(rounds).into_iter().collect();
    for n in 1..=rounds {
        let round: Option<RoundFile> =
            store::read_json(&dir.join(folder::file(n, ROUND_FILE)), "file of a round").ok();
        let answers: Option<RoundAnswers> =
            store::read_json(&dir.join(folder::file(n, ANSWERS_FILE)), "file of answers").ok();
        out.insert(folder::file(n, folder::BODY_FILE));
        let heads = round.iter().flat_map(|r| &r.objectives).filter_map(|o| End::from_name(&o.end));
        out.extend(heads.map(|end| folder::file(n, &folder::head(end))));
        let ends = answers.iter().flat_map(|a| &a.ends);
        out.extend(ends.flat_map(|e| &e.files).map(|f| f.path.clone()));
    }
    out
}
