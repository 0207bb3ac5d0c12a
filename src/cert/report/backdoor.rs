//! What a backdoor does, beside the model that was trained on the unchanged data.

use super::short;
use crate::cert::certificate::Certificate;
use crate::cert::record;
use crate::question::{Attack, Goal, Question, Scope};
use crate::train::replay;

/// Margins of two models on two inputs, all by replay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackdoorMargins {
    /// Model of the unchanged data, the test input as given.
    pub clean_plain: f64,
    /// Model of the unchanged data, the test input with the trigger.
    pub clean_triggered: f64,
    /// Model of the poisoned data, the test input as given.
    pub poisoned_plain: f64,
    /// Model of the poisoned data, the test input with the trigger: the value of the attack.
    pub poisoned_triggered: f64,
}

impl BackdoorMargins {
    /// The four margins of a certified backdoor question with an attack; `None` for others.
    #[must_use]
    pub fn new(question: &Question, certificate: &Certificate) -> Option<Self> {
        let (Goal::Backdoor { point, .. }, Some(found)) = (&question.goal, &certificate.attack)
        else {
            return None;
        };
        // An attack may do without a trigger.
        let input = found.test_input.clone().unwrap_or_else(|| point.input.clone());
        let poisoned = record::attack(question, &found.choices, Some(input.clone())).ok()?;
        let choices = match question.threat.scope {
            Scope::Run => 1,
            Scope::Batch => question.training.steps(),
        };
        let clean = Attack { test_input: Some(input), ..Attack::none(choices) };
        let plain = |attack: &Attack| Attack { test_input: None, ..attack.clone() };
        let margin = |attack: &Attack| replay(question, attack, 0.0).ok().map(|run| run.value);
        Some(BackdoorMargins {
            clean_plain: margin(&plain(&clean))?,
            clean_triggered: margin(&clean)?,
            poisoned_plain: margin(&plain(&poisoned))?,
            poisoned_triggered: margin(&poisoned)?,
        })
    }

    /// In one sentence.
    #[must_use]
    pub fn words(&self) -> String {
        format!(
            "margin with the trigger: {} poisoned, {} on unchanged data; without it: {} poisoned, {} \
             on unchanged data",
            short(self.poisoned_triggered),
            short(self.clean_triggered),
            short(self.poisoned_plain),
            short(self.clean_plain)
        )
    }
}
