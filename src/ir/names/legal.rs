//! What every reader of every target takes as a name.

/// No computed name is longer than this: both CBC versions crash on MPS names somewhere above 150.
pub const LONGEST: usize = 120;

/// Bytes kept from the name of a foreign model's variable.
pub(super) const FOREIGN: usize = 64;

/// Words that at least one reader keeps for itself, in lower case. HiGHS 1.15 takes a column called
/// `QCMATRIX`, `QSECTION` or `CSECTION` for a section and reads another model for `OBJSENSE`; so no
/// name is a word of MPS. `s1` and `s2` begin a set in MPS: SCIP 10 and Xpress 9.9 take the line of
/// a member of that name for the head of another set. Xpress refuses a column or row called `pwl`,
/// `range`, `subjectto` or `suchthat` in LP, Gurobi 13 a column called `scenario` or `cones`.
/// [`HELPERS`] are reserved too.
const RESERVED: &[&str] = &[
    "st",
    "s.t.",
    "st.",
    "bin",
    "binary",
    "binaries",
    "gen",
    "general",
    "generals",
    "int",
    "integer",
    "integers",
    "end",
    "free",
    "infinity",
    "max",
    "min",
    "maximize",
    "minimize",
    "maximum",
    "minimum",
    "maximise",
    "minimise",
    "subject",
    "such",
    "bound",
    "bounds",
    "sos",
    "sos1",
    "sos2",
    "semi",
    "semis",
    "sin",
    "rhs",
    "ranges",
    "endata",
    "lazy",
    "user",
    "multi",
    "pwlobj",
    "rows",
    "columns",
    "bnd",
    "rng",
    "objsense",
    "objsens",
    "objname",
    "quadobj",
    "qmatrix",
    "qsection",
    "qcmatrix",
    "csection",
    "indicators",
    "sets",
    "marker",
    "lazycons",
    "usercuts",
    "delayedrows",
    "modelcuts",
    "gencons",
    "s1",
    "s2",
    "pwl",
    "range",
    "subjectto",
    "suchthat",
    "scenario",
    "scenarios",
    "cones",
];

/// Columns that SCIP 10 makes for a nonlinear objective, from LP, MPS and NL. Later lines of a file
/// that speak of a column of that name go to SCIP's own.
const HELPERS: &[&str] = &["quadobjvar", "qmatrixvar", "nlobjvar"];

/// How SCIP's columns for indicators begin.
const INDICATOR_SLACK: &str = "indslack_";

/// How SCIP's own rows for the indicators of an MPS file begin, with the name of the row behind it.
const INDICATOR_ROWS: &[&str] = &["ind_", "indlhs_", "indrhs_", "indlin_"];

/// Every word that a reader keeps for itself.
fn words() -> impl Iterator<Item = &'static &'static str> {
    RESERVED.iter().chain(HELPERS)
}

/// Whether a name in lower case is such a word.
pub(super) fn is_reserved(lower: &str) -> bool {
    words().any(|w| *w == lower)
}

/// Whether this is a column that SCIP's readers add by themselves. No name of ours is one.
#[must_use]
pub fn is_helper(name: &str) -> bool {
    HELPERS.contains(&name) || name.starts_with(INDICATOR_SLACK)
}

/// Beginnings that some reader takes for something else: HiGHS 1.15 any `inf...` and `nan...` for
/// a number, SCIP 10 lines of its solution files that begin with `name`, `endata` and `log`, and
/// its own columns begin with the last.
const BEGINNINGS: &[&str] = &["inf", "nan", "name", "endata", "log", INDICATOR_SLACK];

/// Bytes that templates may hold besides letters, digits, `_` and `.`: SCIP 10, Gurobi 13,
/// HiGHS 1.15, Xpress 9.9, CPLEX 22.2, COPT 8.0, MOSEK 11.2, CBC 2.10 and GLPK 5.0 read them in LP
/// and in MPS.
const MORE: &[u8] = b"@(),~!";

/// Whether templates may hold this byte as it is.
pub(super) fn is_text(byte: u8) -> bool {
    is_plain(byte) || MORE.contains(&byte)
}

/// Letters, digits, `_` and `.`.
pub(super) fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.'
}

/// Whether a name may begin with this byte: CPLEX 22.2 reads `e1` as a number.
pub(super) fn may_begin(byte: u8) -> bool {
    (byte.is_ascii_alphabetic() || byte == b'_') && !matches!(byte, b'e' | b'E')
}

/// The name with every run of digits replaced by `#`, which no name holds.
pub(super) fn skeleton(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    for &byte in name {
        if !byte.is_ascii_digit() {
            out.push(byte);
        } else if out.last() != Some(&b'#') {
            out.push(b'#');
        }
    }
    out
}

/// The word or beginning that a reader keeps for itself and that a name with this skeleton is, for
/// some numbers in place of its digits.
pub(super) fn reserved(skeleton: &[u8]) -> Option<&'static str> {
    let lower = skeleton.to_ascii_lowercase();
    let word = words().find(|w| self::skeleton(w.as_bytes()) == lower);
    word.or_else(|| BEGINNINGS.iter().find(|b| lower.starts_with(b.as_bytes()))).copied()
}

/// Whether a foreign name can be written as it is, as far as readers go.
pub(super) fn is_legal(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    name.len() <= FOREIGN
        && name.bytes().next().is_some_and(may_begin)
        && name.bytes().all(is_plain)
        && !is_reserved(&lower)
        && !BEGINNINGS.iter().any(|p| lower.starts_with(p))
}

/// Whether a foreign variable's own name is written as it is. Every reader must take it, and no
/// name that is computed for a lowering's columns or for a foreign name that was not kept may be
/// the same: those begin with `n_`, `low_`, `sl_` or are `one`.
#[must_use]
pub fn is_kept(name: &str) -> bool {
    let computed = ["n_", "low_", "sl_"].iter().any(|p| name.starts_with(p)) || name == "one";
    is_legal(name) && !computed
}

/// As [`is_kept`], for a row. Computed names of rows end in `_c` and a number; `obj` is the
/// objective in LP, `objective` in MPS, and `s` with a number an ordered set. SCIP refuses an
/// indicator on a row that is called like its own row for another.
#[must_use]
pub fn is_kept_row(name: &str) -> bool {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = stem.len() < name.len();
    let objective = name == "obj" || name == "objective";
    let indicator = INDICATOR_ROWS.iter().any(|p| name.starts_with(p));
    is_legal(name)
        && !objective
        && !indicator
        && !(numbered && (stem == "s" || stem.ends_with("_c")))
}

/// Whether a symbol has to be prefixed.
pub(super) const fn reads_as_exponent(symbol: &str) -> bool {
    matches!(symbol.as_bytes().first(), Some(b'e' | b'E'))
}
