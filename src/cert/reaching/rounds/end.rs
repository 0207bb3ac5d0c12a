//! One end of the interval of one parameter.

/// The least or the largest value of a parameter after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct End {
    /// The parameter, by its place in the flat layout.
    pub parameter: usize,
    /// Whether it is the upper end.
    pub largest: bool,
}

impl End {
    /// All ends of so many parameters.
    pub fn all(parameters: usize) -> impl Iterator<Item = End> {
        let both = |parameter| [false, true].map(|largest| End { parameter, largest });
        (0..parameters).flat_map(both)
    }

    /// The name that its files have: `p0007-min`.
    #[must_use]
    pub fn name(self) -> String {
        format!("p{:04}-{}", self.parameter, if self.largest { "max" } else { "min" })
    }

    /// The end with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let (number, side) = name.strip_prefix('p')?.split_once('-')?;
        let largest = match side {
            "min" => false,
            "max" => true,
            _ => return None,
        };
        let end = End { parameter: number.parse().ok()?, largest };
        (end.name() == name).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_no_others() {
        for end in End::all(3).chain(End::all(12_345).skip(24_000)) {
            assert_eq!(End::from_name(&end.name()), Some(end));
        }
        for bad in ["", "p7-min", "p0007", "p0007-mid", "q0007-min", "p00007-min", "p+007-min"] {
            assert_eq!(End::from_name(bad), None, "{bad}");
        }
    }
}
