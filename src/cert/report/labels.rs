//! Labels as the user's data write them.

use crate::cert::certificate::{LabelChange, LabelRecord};
use crate::front::printable::number;
use crate::question::{Labels, Question};

/// What the data call their labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelNames {
    /// Names of the classes in order.
    classes: Vec<String>,
    /// The labels that mean a sign, as the specification lists them.
    signs: Vec<(String, i8)>,
}

impl LabelNames {
    /// The names in a question's data; `signs` as [`crate::front::spec::Spec::sign_labels`].
    #[must_use]
    pub fn new(question: &Question, signs: &[(String, i8)]) -> Self {
        let classes = match &question.train.labels {
            Labels::Classes { names, .. } => names.clone(),
            Labels::Signs(_) | Labels::Real(_) => Vec::new(),
        };
        LabelNames { classes, signs: signs.to_vec() }
    }

    /// The data's own word for a label.
    fn word(&self, label: &LabelRecord) -> Option<String> {
        let word = match label {
            LabelRecord::Sign(sign) => {
                let same = |(_, s): &&(String, i8)| (*s > 0) == (*sign > 0.0);
                let words: Vec<&str> =
                    self.signs.iter().filter(same).map(|(l, _)| l.as_str()).collect();
                words.join(" or ")
            }
            LabelRecord::Class(class) => self.classes.get(*class)?.clone(),
            LabelRecord::Real(_) => return None,
        };
        (!word.is_empty()).then_some(word)
    }

    /// The same, if it says more than the label itself.
    fn own(&self, label: &LabelRecord) -> Option<String> {
        let plain = plain(label);
        self.word(label).filter(|word| *word != plain && plain != format!("+{word}"))
    }

    /// A label: `0 (setosa)`.
    #[must_use]
    pub fn show(&self, label: &LabelRecord) -> String {
        match self.own(label) {
            Some(word) => format!("{} ({word})", plain(label)),
            None => plain(label),
        }
    }

    /// A change: `0 -> 1 (setosa -> versicolor)`.
    #[must_use]
    pub fn change(&self, change: &LabelChange) -> String {
        let (old, new) = (plain(&change.old), plain(&change.new));
        match (self.own(&change.old), self.own(&change.new)) {
            (None, None) => format!("{old} -> {new}"),
            (_, _) => {
                let word = |label, plain: &String| self.word(label).unwrap_or(plain.clone());
                let (a, b) = (word(&change.old, &old), word(&change.new, &new));
                format!("{old} -> {new} ({a} -> {b})")
            }
        }
    }
}

/// A label without its name.
fn plain(label: &LabelRecord) -> String {
    match label {
        LabelRecord::Sign(s) if *s > 0.0 => "+1".to_owned(),
        LabelRecord::Sign(_) => "-1".to_owned(),
        LabelRecord::Class(c) => c.to_string(),
        LabelRecord::Real(y) => y.iter().map(|v| number(*v)).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(old: LabelRecord, new: LabelRecord) -> LabelChange {
        LabelChange { old, new }
    }

    #[test]
    fn names_stand_behind_what_they_name() {
        let signs = [("0", -1), ("cat", 1), ("dog", 1)];
        let signs = signs.map(|(l, s)| (l.to_owned(), s)).to_vec();
        let classes = vec!["setosa".to_owned(), "1".to_owned()];
        let names = LabelNames { classes, signs };
        let flip = change(LabelRecord::Sign(-1.0), LabelRecord::Sign(1.0));
        assert_eq!(names.change(&flip), "-1 -> +1 (0 -> cat or dog)");
        let class = change(LabelRecord::Class(0), LabelRecord::Class(1));
        assert_eq!(names.change(&class), "0 -> 1 (setosa -> 1)");
        assert_eq!(names.show(&LabelRecord::Class(1)), "1");
        // As the half-moons write their labels: both words, though one is the label itself.
        let moons = [("0".to_owned(), -1), ("1".to_owned(), 1)].to_vec();
        let moons = LabelNames { classes: Vec::new(), signs: moons };
        assert_eq!(moons.change(&flip), "-1 -> +1 (0 -> 1)");
        let real = change(LabelRecord::Real(vec![0.5]), LabelRecord::Real(vec![1.0]));
        assert_eq!(names.change(&real), "0.5 -> 1");
        assert_eq!(LabelNames::default().change(&flip), "-1 -> +1");
        let itself = LabelNames {
            classes: Vec::new(),
            signs: vec![("-1".to_owned(), -1), ("1".to_owned(), 1)],
        };
        assert_eq!(itself.change(&flip), "-1 -> +1");
    }
}
