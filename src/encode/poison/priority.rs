//! Branching priorities: what the adversary decides, then the switches of training step by step,
//! then those of the test points. Once the causes are fixed, bounds decide much of what follows.

use crate::encode::recipe::Recipe;
use crate::ir::{Model, Place, VarId, VarKind};
use crate::question::Priority;

/// The priorities of a program over `steps` training steps; `recipes` has one entry a variable.
pub(super) fn priorities(
    model: &Model,
    recipes: &[Recipe],
    steps: usize,
    wanted: Priority,
) -> Vec<(VarId, i32)> {
    match wanted {
        Priority::Off => Vec::new(),
        Priority::Causal => {
            let steps = i32::try_from(steps).unwrap_or(i32::MAX - 2);
            let open = model.vars.iter().zip(recipes);
            let open = open.filter(|(v, _)| v.kind != VarKind::Continuous && v.lower < v.upper);
            open.map(|(v, recipe)| {
                let step = v.role.place.step;
                let priority = match recipe {
                    Recipe::Decision => steps + 2,
                    _ if step == Place::NO_STEP => 1,
                    _ => (steps + 1 - i32::from(step)).max(2),
                };
                (v.id, priority)
            })
            .collect()
        }
    }
}
