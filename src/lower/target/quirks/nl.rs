//! Traps of NL files.

use super::Quirk;

#[rustfmt::skip]
pub(super) const QUIRKS: &[Quirk] = &[
    Quirk { probe: "plain.nl", words: "a linear program", instead: "the same" },
    Quirk { probe: "maximise.nl", words: "a maximisation", instead: "the same" },
    Quirk { probe: "comments.nl", words: "a comment behind an item", instead: "none is written" },
    Quirk { probe: "sum_of_two.nl", words: "a sum of two operands by `o54`", instead: "`o0` for two operands" },
    Quirk { probe: "large_bounds.nl", words: "infinite bounds as 1e20", instead: "bounds of the kinds 1, 2 and 3" },
    Quirk { probe: "common.nl", words: "a common expression (`V` segment)", instead: "written out where the target has none, up to a million nodes" },
    Quirk { probe: "sets.nl", words: "a special ordered set by the suffixes `sosno` and `ref`", instead: "binaries and rows where the target has no sets" },
    Quirk { probe: "priority.nl", words: "the suffix `priority`, which SCIP reads without using it", instead: "a batch file for SCIP's shell beside the model" },
    Quirk { probe: "logical.nl", words: "a logical row", instead: "rows with a proved big-M" },
];
