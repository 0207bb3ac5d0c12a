//! The tree of a branch and bound search, and its text.
//!
//! Preorder, without blanks: `-` is a leaf, `i3` halves input 3 in the middle of its range, `n7:12`
//! cuts element 12 of node 7 in two phases, and `n7:12:1` cuts it at its second breakpoint. Both
//! children follow a split, the lower one first. A search by neurons has one tree a conjunction of the
//! goal, one behind the other.

use std::fmt::{Display, Formatter, Write};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::TreeError;

/// What is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// The box of the inputs is halved; every part is bounded anew.
    Inputs,
    /// Neurons are fixed in a phase, and their phases enter the bound with multipliers.
    Neurons,
}

/// How one part of the set is taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// In the middle of an input's range.
    Input(u32),
    /// At a breakpoint of the function that is applied to an element.
    Neuron {
        /// The node that applies the function.
        node: u32,
        /// Its element.
        element: u32,
        /// Which of the breakpoints, from below.
        at: u32,
    },
}

/// A tree of splits whose leaves are refuted by bounds: the evidence that a case is refuted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// What the splits are of.
    pub method: Method,
    /// Steps by which slopes and multipliers are improved at each node.
    pub steps: u32,
    /// Steps by which slopes are improved before the first split.
    pub root_steps: u32,
    /// The trees, one behind the other.
    #[serde(with = "text")]
    pub splits: Splits,
}

/// Trees in preorder, `None` for a leaf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Splits(pub Vec<Option<Split>>);

impl Tree {
    /// Number of nodes, leaves with the others.
    #[must_use]
    pub fn len(&self) -> usize {
        self.splits.0.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.splits.0.is_empty()
    }
}

impl Display for Splits {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        for split in &self.0 {
            match split {
                None => f.write_char('-')?,
                Some(Split::Input(k)) => write!(f, "i{k}")?,
                Some(Split::Neuron { node, element, at: 0 }) => write!(f, "n{node}:{element}")?,
                Some(Split::Neuron { node, element, at }) => write!(f, "n{node}:{element}:{at}")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Splits {
    type Err = TreeError;

    fn from_str(text: &str) -> Result<Self, TreeError> {
        let mut all = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let wrong = || TreeError::Text { at: text.len() - rest.len() };
            let body = &rest[first.len_utf8()..];
            let end = body.find(['-', 'i', 'n']).unwrap_or(body.len());
            let (word, next) = body.split_at(end);
            let number = |s: &str| {
                let plain = !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
                s.parse::<u32>().ok().filter(|_| plain).ok_or_else(wrong)
            };
            all.push(match first {
                '-' if word.is_empty() => None,
                'i' => Some(Split::Input(number(word)?)),
                'n' => {
                    let parts: Vec<u32> = word.split(':').map(number).collect::<Result<_, _>>()?;
                    match parts[..] {
                        [node, element] => Some(Split::Neuron { node, element, at: 0 }),
                        [node, element, at] => Some(Split::Neuron { node, element, at }),
                        _ => return Err(wrong()),
                    }
                }
                _ => return Err(wrong()),
            });
            rest = next;
        }
        Ok(Splits(all))
    }
}

mod text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Splits;

    pub fn serialize<S: Serializer>(splits: &Splits, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(splits)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Splits, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// A node with the places of its children.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub split: Option<Split>,
    /// Meaningless for a leaf.
    pub children: [u32; 2],
}

/// The nodes of trees; children stand behind their parents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Forest {
    pub items: Vec<Item>,
    pub roots: Vec<u32>,
}

impl Forest {
    /// Leaves only.
    pub fn new(roots: usize) -> Forest {
        Forest { items: vec![Item::default(); roots], roots: (0..roots as u32).collect() }
    }

    /// Splits a leaf. Returns its children.
    pub fn grow(&mut self, leaf: u32, split: Split) -> [u32; 2] {
        let next = self.items.len() as u32;
        self.items[leaf as usize] = Item { split: Some(split), children: [next, next + 1] };
        self.items.extend([Item::default(); 2]);
        [next, next + 1]
    }

    /// In preorder.
    pub fn splits(&self) -> Splits {
        let mut all = Vec::with_capacity(self.items.len());
        let mut open: Vec<u32> = self.roots.iter().rev().copied().collect();
        while let Some(k) = open.pop() {
            let item = self.items[k as usize];
            all.push(item.split);
            if item.split.is_some() {
                open.extend(item.children.iter().rev());
            }
        }
        Splits(all)
    }

    /// Reads `roots` trees.
    pub fn read(splits: &Splits, roots: usize) -> Result<Forest, TreeError> {
        let mut forest = Forest { items: Vec::with_capacity(splits.0.len()), roots: Vec::new() };
        // Parents that wait for a child, and which.
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (k, split) in splits.0.iter().enumerate() {
            match open.pop() {
                Some((parent, 0)) => {
                    forest.items[parent].children[0] = k as u32;
                    open.push((parent, 1));
                }
                Some((parent, _)) => forest.items[parent].children[1] = k as u32,
                None if forest.roots.len() == roots => {
                    return Err(TreeError::Surplus { node: k });
                }
                None => forest.roots.push(k as u32),
            }
            forest.items.push(Item { split: *split, children: [0; 2] });
            if split.is_some() {
                open.push((k, 0));
            }
        }
        match open.last() {
            Some((parent, _)) => Err(TreeError::Child { node: *parent }),
            None if forest.roots.len() < roots => {
                Err(TreeError::Trees { expected: roots, found: forest.roots.len() })
            }
            None => Ok(forest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_read_as_written() {
        let text = "i3i0--n12:345-n1:2:1--";
        let splits: Splits = text.parse().unwrap();
        assert_eq!(splits.0.len(), 9);
        assert_eq!(splits.to_string(), text);
        let forest = Forest::read(&splits, 1).unwrap();
        assert_eq!(forest.items[0].children, [1, 4]);
        assert_eq!(forest.splits(), splits);
        let tree = Tree { method: Method::Inputs, steps: 3, root_steps: 0, splits };
        let json = serde_json::to_string(&tree).unwrap();
        assert!(json.contains(text), "{json}");
        assert_eq!(serde_json::from_str::<Tree>(&json).unwrap(), tree);
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        for text in ["x", "i", "i-", "n1-", "n1:2:3:4", "-3", "i+1", "i99999999999", "i1 --", "ü"]
        {
            assert!(matches!(text.parse::<Splits>(), Err(TreeError::Text { .. })), "{text}");
        }
        let read = |text: &str, roots| Forest::read(&text.parse().unwrap(), roots).unwrap_err();
        assert_eq!(read("i0-", 1), TreeError::Child { node: 0 });
        assert_eq!(read("i0-i1-", 1), TreeError::Child { node: 2 });
        assert_eq!(read("i0---", 1), TreeError::Surplus { node: 3 });
        assert_eq!(read("i0--", 2), TreeError::Trees { expected: 2, found: 1 });
        assert_eq!(read("", 1), TreeError::Trees { expected: 1, found: 0 });
        assert!(Forest::read(&Splits::default(), 0).is_ok());
    }

    #[test]
    fn what_grows_is_written() {
        let mut forest = Forest::new(2);
        let [low, _] = forest.grow(1, Split::Input(4));
        forest.grow(0, Split::Input(1));
        forest.grow(low, Split::Input(2));
        assert_eq!(forest.splits().to_string(), "i1--i4i2---");
    }
}
