//! Attacks as certificates hold them, and back.

use crate::question::{Attack, Change, Choice, Dataset, Question, Target};

use super::certificate::{
    ChangeRecord, ChoiceRecord, FeatureChange, LabelChange, LabelRecord, SampleRecord,
};

/// The recorded form of an attack on the question's training data.
///
/// Features and labels that equal the clean ones are left out, and so are samples of which
/// nothing is left.
#[must_use]
pub fn choices(question: &Question, attack: &Attack) -> Vec<ChoiceRecord> {
    attack.choices.iter().map(|c| choice(&question.train, c)).collect()
}

fn choice(train: &Dataset, choice: &Choice) -> ChoiceRecord {
    let changes = choice.changes.iter().filter_map(|(&row, c)| change(train, row, c)).collect();
    let inserted = choice
        .inserted
        .iter()
        .map(|(x, y)| SampleRecord { features: x.clone(), label: label(y) })
        .collect();
    ChoiceRecord { changes, inserted }
}

fn change(train: &Dataset, row: usize, change: &Change) -> Option<ChangeRecord> {
    if row >= train.len() {
        return None;
    }
    let old = train.target(row);
    let label = change
        .target
        .as_ref()
        .filter(|new| **new != old)
        .map(|new| LabelChange { old: self::label(&old), new: self::label(new) });
    let mut features = Vec::new();
    if let Some(new) = &change.features {
        for (column, (&old, &new)) in train.features.row(row).iter().zip(new).enumerate() {
            if old.to_bits() != new.to_bits() {
                let name = train.columns.get(column).cloned().unwrap_or_default();
                features.push(FeatureChange { column, name, old, new });
            }
        }
    }
    let nothing = !change.deleted && label.is_none() && features.is_empty();
    (!nothing).then_some(ChangeRecord { row, deleted: change.deleted, label, features })
}

/// The recorded form of a label.
#[must_use]
pub fn label(target: &Target) -> LabelRecord {
    match target {
        Target::Sign(s) => LabelRecord::Sign(*s),
        Target::Class(c) => LabelRecord::Class(*c),
        Target::Real(y) => LabelRecord::Real(y.clone()),
    }
}

/// The attack that a record stands for.
///
/// # Errors
/// One sentence, when the record names a row or a column that the data does not have or an old
/// value that is not the data's.
pub fn attack(
    question: &Question,
    records: &[ChoiceRecord],
    test_input: Option<Vec<f64>>,
) -> Result<Attack, String> {
    let choices =
        records.iter().map(|r| read_choice(&question.train, r)).collect::<Result<_, _>>()?;
    Ok(Attack { choices, test_input })
}

fn read_choice(train: &Dataset, record: &ChoiceRecord) -> Result<Choice, String> {
    let mut choice = Choice::default();
    for c in &record.changes {
        let row = c.row;
        if row >= train.len() {
            return Err(format!("the attack changes row {row}, but there are {}", train.len()));
        }
        if choice.changes.insert(row, read_change(train, c)?).is_some() {
            return Err(format!("the attack changes row {row} twice"));
        }
    }
    choice.inserted =
        record.inserted.iter().map(|s| (s.features.clone(), target(&s.label))).collect();
    Ok(choice)
}

fn read_change(train: &Dataset, c: &ChangeRecord) -> Result<Change, String> {
    let row = c.row;
    let new_target = match &c.label {
        None => None,
        Some(l) if target(&l.old) == train.target(row) => Some(target(&l.new)),
        Some(_) => return Err(format!("the old label of row {row} is not the data's")),
    };
    let mut features = None;
    for f in &c.features {
        let values = features.get_or_insert_with(|| train.row(row));
        let Some(value) = values.get_mut(f.column) else {
            return Err(format!("row {row} has no feature {}", f.column));
        };
        if value.to_bits() != f.old.to_bits() {
            return Err(format!("the old value of {} in row {row} is not the data's", f.name));
        }
        *value = f.new;
    }
    Ok(Change { deleted: c.deleted, features, target: new_target })
}

fn target(label: &LabelRecord) -> Target {
    match label {
        LabelRecord::Sign(s) => Target::Sign(*s),
        LabelRecord::Class(c) => Target::Class(*c),
        LabelRecord::Real(y) => Target::Real(y.clone()),
    }
}

/// How many samples an attack changes, inserted ones included.
#[must_use]
pub fn changed(records: &[ChoiceRecord]) -> usize {
    records.iter().map(|c| c.changes.len() + c.inserted.len()).sum()
}
