//! The files of a round.

use std::path::Path;

use super::folder::{self, BODY_FILE, ROUND_FILE};
use super::round::{EndRecord, Round, RoundFile, SCHEMA};
use crate::back::lp;
use crate::back::{EmitError, Options, threads};
use crate::cert::instance::manifest::RoundsRecord;
use crate::cert::pipeline::PipelineError;
use crate::cert::pipeline::emit::{names_word, rounds_names};
use crate::cert::store::{self, StoreError};
use crate::front::hash::sha256_bytes;
use crate::front::spec::SolverChoice;
use crate::ir::{Model, Names, VarKind, class, fingerprint};
use crate::lower::{Format, Guarantee, LowerOptions, Lowered, Target, legalise_with};
use crate::question::reach::Reaching;

/// How rounds are written where nothing else was asked for: in the dialect of the solver that is
/// named, else as the first target that is an LP dialect.
///
/// # Errors
/// No LP dialect is among the targets.
pub fn record(
    targets: &[Target],
    names: &Names,
    solver: SolverChoice,
) -> Result<RoundsRecord, PipelineError> {
    let lp = |t: &&Target| t.format() == Format::Lp;
    let own = match solver {
        SolverChoice::Highs => Some(Target::HighsLp),
        SolverChoice::Scip => Some(Target::ScipLp),
        SolverChoice::Gurobi => Some(Target::GurobiLp),
        SolverChoice::Auto
        | SolverChoice::Embedded
        | SolverChoice::Exhaustive
        | SolverChoice::Branch => None,
    };
    let chosen = targets.iter().find(lp).copied().ok_or(PipelineError::RoundsAsLp)?;
    let target = own.filter(|_| chosen == Target::PortableLp).unwrap_or(chosen);
    let rules = match names {
        Names::Short | Names::Readable => Vec::new(),
        Names::Map(map) => map.rules().to_vec(),
    };
    Ok(RoundsRecord {
        target: target.name().to_owned(),
        names: names_word(names).to_owned(),
        name_rules: rules,
        asked: None,
    })
}

/// The target of a record.
///
/// # Errors
/// There is no such target, or it is no LP dialect.
pub fn target(record: &RoundsRecord) -> Result<Target, PipelineError> {
    let found = Target::from_name(&record.target).filter(|t| t.format() == Format::Lp);
    found.ok_or_else(|| PipelineError::NoTarget { name: record.target.clone() })
}

/// The program as a target takes it; where it has no products of variables, they are relaxed.
///
/// # Errors
/// The target cannot say it.
pub fn lowered(round: &Round, target: Target) -> Result<Lowered<'_>, PipelineError> {
    Ok(legalise_with(&round.program.model, target, LowerOptions { relax: true })?)
}

/// Writes one program with its objective to `path`, as `target` takes it.
///
/// # Errors
/// The target cannot say it, or the file cannot be written.
pub fn program(model: &Model, target: Target, path: &Path) -> Result<(), PipelineError> {
    let lowered = legalise_with(model, target, LowerOptions { relax: true })?;
    let checked = lowered.checked().map_err(crate::lower::Refusal::Invalid)?;
    let mut bytes = Vec::new();
    lp::write(&checked, &Options::default(), &mut bytes)
        .map_err(|e| PipelineError::Emit { target: target.name(), source: e.into() })?;
    let failed = |source| StoreError::Write { path: path.to_owned(), source };
    Ok(std::fs::write(path, bytes).map_err(failed)?)
}

/// A round as files: the round itself, its body and its heads, each with its name in the folder.
pub struct Files {
    /// The contents of `round.json`.
    pub file: RoundFile,
    /// Body and heads.
    pub models: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// Makes them.
    ///
    /// # Errors
    /// The target cannot say the program.
    pub fn of(
        reaching: &Reaching,
        round: &Round,
        record: &RoundsRecord,
    ) -> Result<Self, PipelineError> {
        let target = target(record)?;
        let lowered = lowered(round, target)?;
        let failed = |source: EmitError| PipelineError::Emit { target: target.name(), source };
        let checked = lowered.checked().map_err(crate::lower::Refusal::Invalid)?;
        let style = rounds_names(record);
        let style = style.style();
        style.fits(&lowered.model).map_err(|e| failed(EmitError::Names(e)))?;
        let options = Options { names: style, threads: threads(), ..Options::default() };
        let mut body = Vec::new();
        lp::write_body(&checked, &options, &mut body).map_err(|e| failed(e.into()))?;
        let body_hash = sha256_bytes(&body);
        let mut models = vec![(BODY_FILE.to_owned(), body)];
        let mut objectives = Vec::with_capacity(round.open.len());
        for &end in &round.open {
            let Some(goal) = round.target(end) else { continue };
            let maximise = end.largest && target.capabilities().maximise;
            let options = Options { maximise, threads: 1, ..options };
            let mut head = Vec::new();
            lp::write_head(&checked, &goal.terms, &options, &mut head)
                .map_err(|e| failed(e.into()))?;
            // The constant belongs to the objective as it is minimised.
            let constant = if maximise { -goal.constant } else { goal.constant };
            objectives.push(EndRecord {
                end: end.name(),
                parameter: round.label(end, reaching),
                maximises: maximise,
                known: round.end(end),
                constant: constant + 0.0,
                head: sha256_bytes(&head),
            });
            models.push((folder::head(end), head));
        }
        let model = &lowered.model;
        let file = RoundFile {
            schema: SCHEMA,
            theriac: env!("CARGO_PKG_VERSION").to_owned(),
            round: round.number,
            rounds: reaching.rounds(),
            window: (round.steps.start + 1, round.steps.end),
            class: class(model).to_string(),
            relaxed: lowered.guarantee == Guarantee::Relaxation,
            fingerprint: fingerprint::column(model).map_or(0, |(_, value)| value as u32),
            variables: model.var_count(),
            integers: model.vars.iter().filter(|v| v.kind != VarKind::Continuous).count(),
            rows: model.row_count(),
            nonzeros: model.rows.nonzeros(),
            quadratic: model.rows.quad_terms(),
            body: body_hash,
            objectives,
        };
        Ok(Files { file, models })
    }

    /// Writes the folder of the round; it is complete or absent.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(&self, dir: &Path) -> Result<(), PipelineError> {
        let place = dir.join(folder::of(self.file.round));
        let aside = dir.join(folder::FOLDER).join(format!(".{}.part", self.file.round));
        let failed = |source| StoreError::Write { path: aside.clone(), source };
        if aside.exists() {
            std::fs::remove_dir_all(&aside).map_err(failed)?;
        }
        let written = self
            .write_in(&aside)
            .and_then(|()| std::fs::rename(&aside, &place).map_err(|source| failed(source).into()));
        if written.is_err() {
            // A full disk is not to stay full because of what is half written.
            let _ = std::fs::remove_dir_all(&aside);
        }
        written
    }

    fn write_in(&self, folder: &Path) -> Result<(), PipelineError> {
        store::folder(&folder.join("heads"))?;
        for (name, bytes) in &self.models {
            let path = folder.join(name);
            let failed = |source| StoreError::Write { path: path.clone(), source };
            std::fs::write(&path, bytes).map_err(failed)?;
        }
        Ok(store::write_json(&folder.join(ROUND_FILE), &self.file)?)
    }

    /// Whether the folder of the round holds these files.
    ///
    /// # Errors
    /// It holds others.
    pub fn same(&self, dir: &Path) -> Result<(), PipelineError> {
        let other = |file: String| PipelineError::OtherRound { file: dir.join(file) };
        let name = folder::file(self.file.round, ROUND_FILE);
        let own = store::json(&self.file).unwrap_or_default();
        if store::read(&dir.join(&name))? != own {
            return Err(other(name));
        }
        for (file, bytes) in &self.models {
            let name = folder::file(self.file.round, file);
            if store::read(&dir.join(&name))? != *bytes {
                return Err(other(name));
            }
        }
        Ok(())
    }
}
