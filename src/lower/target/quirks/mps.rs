//! Traps of free MPS files.

use super::Quirk;

#[rustfmt::skip]
pub(super) const QUIRKS: &[Quirk] = &[
    Quirk { probe: "no_free.mps", words: "a file without `FREE` behind its name", instead: "`NAME ... FREE`" },
    Quirk { probe: "fixed_shape.mps", words: "a free file with blanks where the fixed format has them, `FREE` or not", instead: "the objective is called `objective`, longer than a fixed field, and fields stand one blank apart" },
    Quirk { probe: "objsense.mps", words: "a maximisation by the section `OBJSENSE`", instead: "where the target knows no `OBJSENSE`, the negative is minimised" },
    Quirk { probe: "objsense_line.mps", words: "`OBJSENSE MAX` in one line", instead: "the word stands in a line of its own" },
    Quirk { probe: "integer_bounds.mps", words: "an integer column without bounds, which all of these take for 0..1", instead: "integers always have bounds" },
    Quirk { probe: "negative_upper.mps", words: "a negative upper bound and no lower one", instead: "both ends are given" },
    Quirk { probe: "upper_inf.mps", words: "the upper bound `inf`", instead: "no bound is written for it" },
    Quirk { probe: "constant.mps", words: "an objective constant as minus the right-hand side of the objective", instead: "a column that is fixed at one carries it" },
    Quirk { probe: "rhs_row.mps", words: "a row called `RHS`", instead: "no name is a word of the format" },
    Quirk { probe: "dollar_name.mps", words: "a name that begins with `$`", instead: "letters, digits, `_` and `.`; in a name map also `@ ( ) , ~ !`" },
    Quirk { probe: "long_names.mps", words: "names of 161 characters", instead: "names have at most 120 characters" },
    Quirk { probe: "longer_names.mps", words: "two names of 301 characters that differ in the last", instead: "names have at most 120 characters" },
    Quirk { probe: "quadobj.mps", words: "a quadratic objective in `QUADOBJ`", instead: "refused where the target has no quadratic objective" },
    Quirk { probe: "quadobj_both.mps", words: "`QUADOBJ` with both triangles", instead: "one triangle" },
    Quirk { probe: "qsection.mps", words: "a quadratic objective in `QSECTION`", instead: "`QUADOBJ`" },
    Quirk { probe: "qcmatrix.mps", words: "a quadratic row in `QCMATRIX`", instead: "refused where the target has no quadratic rows" },
    Quirk { probe: "qcmatrix_one_side.mps", words: "`QCMATRIX` with one triangle", instead: "both triangles" },
    Quirk { probe: "indicator.mps", words: "an indicator", instead: "rows with a proved big-M where the target has no indicators" },
    Quirk { probe: "indicator_early.mps", words: "`INDICATORS` before the bounds", instead: "`INDICATORS` come last" },
    Quirk { probe: "sos1.mps", words: "a special ordered set", instead: "binaries and rows where the target has no sets" },
    Quirk { probe: "sos1_fields.mps", words: "a special ordered set with three fields a line", instead: "two fields a line" },
    Quirk { probe: "sos1_member.mps", words: "a special ordered set with a column called `S1`, for some the head of another set", instead: "no name is `S1` or `S2`" },
    Quirk { probe: "qmatrixvar.mps", words: "a column called `qmatrixvar` beside a quadratic objective, for which SCIP makes one of that name", instead: "no name is `quadobjvar`, `qmatrixvar` or `nlobjvar`" },
    Quirk { probe: "indicator_row.mps", words: "a row called as SCIP's own for the indicator of another row, `ind_` and its name", instead: "no row's name begins with `ind_`, `indlhs_`, `indrhs_` or `indlin_`" },
    Quirk { probe: "no_sets.mps", words: "right-hand sides and bounds without a name of their vector", instead: "every vector is named" },
    Quirk { probe: "bounds_early.mps", words: "bounds before the right-hand sides", instead: "every section once: rows, columns, right-hand sides, bounds, then the others" },
    Quirk { probe: "ranges_early.mps", words: "ranges before the right-hand sides", instead: "two rows instead of a range" },
    Quirk { probe: "rhs_twice.mps", words: "the section `RHS` twice", instead: "every section once" },
    Quirk { probe: "bounds_twice.mps", words: "the section `BOUNDS` twice", instead: "every section once" },
    Quirk { probe: "row_comments.mps", words: "comment lines between rows", instead: "marks are such lines" },
];
