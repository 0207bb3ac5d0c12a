//! Traps of LP files.

use super::Quirk;

#[rustfmt::skip]
pub(super) const QUIRKS: &[Quirk] = &[
    Quirk { probe: "glued.lp", words: "tokens without blanks between them", instead: "a blank between all tokens" },
    Quirk { probe: "bracket_whole.lp", words: "a quadratic objective whose bracket is not divided by two", instead: "the bracket always ends in `/ 2`, its coefficients doubled" },
    Quirk { probe: "constant.lp", words: "a constant in the objective", instead: "a column that is fixed at one carries it" },
    Quirk { probe: "constant_negative.lp", words: "a negative constant in the objective", instead: "a column that is fixed at one carries it" },
    Quirk { probe: "integers_word.lp", words: "the section word `Integers`, for some the word for binaries", instead: "`Generals` and `Binaries`" },
    Quirk { probe: "exponent_name.lp", words: "a name that begins with `e` and a digit", instead: "no name begins with `e` or `E`" },
    Quirk { probe: "end_name.lp", words: "a variable called `end`", instead: "no name is a word of the format" },
    Quirk { probe: "brackets_in_names.lp", words: "brackets in names", instead: "letters, digits, `_` and `.`; in a name map also `@ ( ) , ~ !`" },
    Quirk { probe: "more_characters.lp", words: "names with `@ ( ) , ~ !`", instead: "allowed in a name map" },
    Quirk { probe: "long_names.lp", words: "two names of 255 characters that differ in the last", instead: "names have at most 120 characters" },
    Quirk { probe: "range_row.lp", words: "a row with a number on both sides", instead: "two rows" },
    Quirk { probe: "twice.lp", words: "a variable twice in one row", instead: "terms of a variable are merged" },
    Quirk { probe: "flipped_sign.lp", words: "`=<` for `<=`", instead: "`<=`, `>=` and `=` alone" },
    Quirk { probe: "no_terms.lp", words: "a row without terms", instead: "`0 x` for some variable" },
    Quirk { probe: "no_objective.lp", words: "an objective without terms", instead: "`0 x` for some variable" },
    Quirk { probe: "indicator.lp", words: "an indicator", instead: "rows with a proved big-M where the target has no indicators" },
    Quirk { probe: "sos1.lp", words: "a special ordered set", instead: "binaries and rows where the target has no sets" },
    Quirk { probe: "sos1_weights.lp", words: "a special ordered set with equal weights", instead: "weights are distinct" },
    Quirk { probe: "convex_row.lp", words: "a convex quadratic row", instead: "refused where the target has no quadratic rows" },
    Quirk { probe: "nonconvex_row.lp", words: "a nonconvex quadratic row", instead: "refused where the target has convex rows alone" },
    Quirk { probe: "nonconvex_objective.lp", words: "a nonconvex quadratic objective", instead: "refused where the target has convex objectives alone; CPLEX needs its optimality target 3" },
    Quirk { probe: "late_bounds.lp", words: "bounds after the binaries", instead: "bounds come before the lists of integers" },
    Quirk { probe: "negative_upper.lp", words: "a negative upper bound and no lower one", instead: "both ends are given" },
    Quirk { probe: "tiny.lp", words: "a coefficient of 1e-9", instead: "rows are scaled by a power of two where the target loses small coefficients" },
    Quirk { probe: "mark.lp", words: "a byte order mark", instead: "none is written" },
    Quirk { probe: "sense_word.lp", words: "the sense `Maximise`", instead: "`Minimize` and `Maximize`" },
    Quirk { probe: "maximise.lp", words: "a maximisation", instead: "`Maximize`" },
    Quirk { probe: "lazy.lp", words: "the section `Lazy Constraints`", instead: "marks are comments" },
    Quirk { probe: "user_cut.lp", words: "the section `User Cuts`", instead: "marks are comments" },
    Quirk { probe: "row_comments.lp", words: "comment lines between rows", instead: "marks are such lines" },
];
