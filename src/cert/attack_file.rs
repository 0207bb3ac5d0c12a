//! `attack.json`: the attack that a certificate rests on, exactly.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::question::{Attack, Question};

use super::certificate::ChoiceRecord;
use super::record;
use super::store::{self, StoreError};

/// The name of the stored attack in an instance directory.
pub const FILE_NAME: &str = "attack.json";

/// The stored form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttackFile {
    /// Every change, as in a certificate.
    pub choices: Vec<ChoiceRecord>,
    /// The moved test input of a backdoor question.
    pub test_input: Option<Vec<f64>>,
}

impl AttackFile {
    /// The stored form of an attack.
    #[must_use]
    pub fn new(question: &Question, attack: &Attack) -> Self {
        AttackFile {
            choices: record::choices(question, attack),
            test_input: attack.test_input.clone(),
        }
    }

    /// The input of a network, where that is the whole attack.
    #[must_use]
    pub fn input(self) -> Option<Vec<f64>> {
        self.test_input.filter(|_| self.choices.is_empty())
    }

    /// The attack, for the question it was stored with.
    ///
    /// # Errors
    /// One sentence, when it does not fit the question's data.
    pub fn attack(&self, question: &Question) -> Result<Attack, String> {
        record::attack(question, &self.choices, self.test_input.clone())
    }

    /// Writes `attack.json` into a directory.
    ///
    /// # Errors
    /// [`StoreError::Write`].
    pub fn write(&self, dir: &Path) -> Result<(), StoreError> {
        store::write_json(&dir.join(FILE_NAME), self)
    }

    /// Reads `attack.json` of a directory.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn read(dir: &Path) -> Result<Self, StoreError> {
        store::read_json(&dir.join(FILE_NAME), "attack")
    }
}
