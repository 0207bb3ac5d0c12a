//! What is refused: one sentence with line and column.

use theriac::front::vnnlib::load_bytes;

const HEAD: &str = "(declare-const X_0 Real)\n(declare-const Y_0 Real)\n";
const TWO: &str = "(vnnlib-version <2.0>)\n(declare-network n (declare-input X Real [2,3])\n\
                   (declare-output Y Real [2]))\n";

/// Head, text behind it, and the refusal without the name of the file.
const ROWS: [(&str, &str, &str); 55] = [
    (HEAD, "(assert (<= X_1 0))", "3:13: `X_1` is not declared; declared are X_0 and Y_0"),
    (HEAD, "(assert (<= Z 0))", "3:13: `Z` is not declared; declared are X_0 and Y_0"),
    ("", "(assert (<= X_0 0))", "1:13: `X_0` is not declared; declarations come before assertions"),
    (
        HEAD,
        "(assert (<= (* X_0 Y_0) 0))",
        "3:13: this product of two expressions with variables is not linear; only constant factors are supported",
    ),
    (HEAD, "(assert (<= (/ 1 X_0) 0))", "3:13: the divisor must be a constant other than zero"),
    (HEAD, "(assert (<= (/ X_0 0) 0))", "3:13: the divisor must be a constant other than zero"),
    (
        HEAD,
        "(assert (forall ((x Real)) (<= x 0)))",
        "3:10: `forall` is a quantifier; a property speaks of one input and its output, without quantifiers",
    ),
    (
        HEAD,
        "(assert (and (exists ((x Real)) true)))",
        "3:15: `exists` is a quantifier; a property speaks of one input and its output, without quantifiers",
    ),
    (
        HEAD,
        "(assert (=> true false))",
        "3:10: the operator `=>` is not supported; write `(or (not a) b)`",
    ),
    (
        HEAD,
        "(assert (ite true (<= X_0 0) true))",
        "3:10: the operator `ite` is not supported; formulas have `and`, `or`, `not`, `<=`, `<`, `>=`, `>` and `=`, expressions have `+`, `-` and `*`",
    ),
    (
        HEAD,
        "(assert (<= X_0 0)\n",
        "3:1: this parenthesis is not closed; add `)` or see whether the file was cut off",
    ),
    (
        HEAD,
        "(assert (and (<= X_0 0)",
        "3:9: this parenthesis is not closed; add `)` or see whether the file was cut off",
    ),
    (HEAD, "(assert (<= X_0 0)))", "3:20: this `)` closes nothing; remove it"),
    (
        HEAD,
        "(assert (<= X_0 0) (<= X_0 1))",
        "3:20: `)` behind the formula of the assertion should stand here, not `(`",
    ),
    (HEAD, "(assert)", "3:8: a formula should stand here, not `)`"),
    (HEAD, "(assert", "3:8: a formula should stand here, not the end of the file"),
    (
        HEAD,
        "(assert X_0)",
        "3:9: a formula should stand here, not a number or an expression; look at the parentheses",
    ),
    (
        HEAD,
        "(assert (+ X_0 1))",
        "3:9: a formula should stand here, not a number or an expression; look at the parentheses",
    ),
    (
        HEAD,
        "(assert (and X_0))",
        "3:14: a formula should stand here, not a number or an expression; look at the parentheses",
    ),
    (
        HEAD,
        "(assert (<= (<= X_0 1) 1))",
        "3:13: a number or an expression should stand here, not a formula; look at the parentheses",
    ),
    (
        HEAD,
        "(assert (<= true 1))",
        "3:9: a number or an expression should stand here, not a formula; look at the parentheses",
    ),
    (
        HEAD,
        "(assert ((<= X_0 1)))",
        "3:10: an operator such as `<=`, `and` or `+` should stand here, not `(`",
    ),
    (HEAD, "(assert (and))", "3:9: `and` takes one operand or more, not 0"),
    (HEAD, "(assert (not (<= X_0 0) (<= Y_0 0)))", "3:9: `not` takes one operand, not 2"),
    (HEAD, "(assert (<= X_0))", "3:9: `<=` takes two operands or more, not 1"),
    (HEAD, "(assert (!= X_0 1 2))", "3:9: `!=` takes two operands, not 3"),
    (HEAD, "(assert (<= (+) 1))", "3:13: `+` takes one operand or more, not 0"),
    (
        HEAD,
        "(assert (<= X_0 1e999))",
        "3:17: `1e999` is not a finite number; write a decimal below 1.8e308",
    ),
    (
        HEAD,
        "(assert (<= X_0 0x10))",
        "3:17: `0x10` is not a finite number; write a decimal below 1.8e308",
    ),
    (
        HEAD,
        "(assert (<= X_0 -inf))",
        "3:17: `-inf` is not a finite number; write a decimal below 1.8e308",
    ),
    (
        HEAD,
        "(assert (<= (* 1e308 (* 10 X_0)) 0))",
        "3:9: the constants of this comparison grow beyond the largest double; write smaller ones",
    ),
    (
        HEAD,
        "(push 1)",
        "3:2: the command `push` is not supported; a property has declarations and `assert`",
    ),
    (HEAD, "assert", "3:1: a command such as `(assert ...)` should stand here, not `assert`"),
    (
        HEAD,
        "(assert (<= X_0 0))(check-sat)(assert (<= X_0 1))",
        "3:31: assertions and declarations cannot stand after the end of the question (`check-sat`, `get-model` or `exit`)",
    ),
    (
        HEAD,
        "(assert (<= X_0 0))(declare-const X_1 Real)",
        "3:20: a declaration cannot stand after an assertion; declare all variables first",
    ),
    (
        HEAD,
        "(declare-const X_0 Real)",
        "3:16: `X_0` is declared for the second time; declare each variable once",
    ),
    (
        HEAD,
        "(declare-const x Real)",
        "3:16: `x` cannot be declared: variables are X_0, X_1, ... for inputs and Y_0, Y_1, ... for outputs",
    ),
    (
        HEAD,
        "(declare-const X_1 Int)",
        "3:20: elements of type `Int` are not supported; use Real or a floating point type",
    ),
    (
        HEAD,
        "(declare-const X_2 Real)(assert true)",
        "`X_1` is not declared although `X_2` is; declare every element",
    ),
    (
        HEAD,
        "(declare-const X_999999999 Real)",
        "3:16: `X_1` is not declared although `X_999999999` is; declare every element",
    ),
    (
        HEAD,
        "(declare-network n)",
        "3:2: a network in version 1.0 is not supported; version 1.0 declares constants X_0, X_1, ...",
    ),
    (HEAD, "; nothing", "nothing is asserted; a property needs at least one `(assert ...)`"),
    (
        "(declare-const X_0 Real)",
        "(assert true)",
        "no output is declared; a property needs the inputs and outputs of its network",
    ),
    (
        "",
        "(vnnlib-version <3.0>)",
        "1:17: the version <3.0> is not known; versions 1.0 and 2.0 are read",
    ),
    (
        TWO,
        "(assert (<= X[0] 1))",
        "4:13: `X` has the shape [2, 3]; give 2 indices, each below its dimension",
    ),
    (
        TWO,
        "(assert (<= X[0,3] 1))",
        "4:13: `X` has the shape [2, 3]; give 2 indices, each below its dimension",
    ),
    (
        TWO,
        "(assert (<= Y 1))",
        "4:13: `Y` has the shape [2]; give one index, each below its dimension",
    ),
    (TWO, "(assert (<= Y[-1] 1))", "4:15: an integer should stand here, not `-1`"),
    (TWO, "(assert (<= Z[0] 1))", "4:13: `Z` is not declared; declared are X, Y"),
    (
        TWO,
        "(declare-network m)",
        "4:2: a second network is not supported; take the networks together as one ONNX file",
    ),
    (
        TWO,
        "(declare-const X_0 Real)",
        "4:2: a constant in version 2.0 is not supported; version 2.0 declares tensors with `declare-network`",
    ),
    (
        "",
        "(declare-network n (declare-input X int8 [1]))",
        "1:37: elements of type `int8` are not supported; use Real or a floating point type",
    ),
    (
        "",
        "(declare-network n (declare-hidden Z Real [1] \"h\"))",
        "1:21: a hidden tensor is not supported; make it an output of the network",
    ),
    (
        "",
        "(declare-network n (declare-input X Real [1] \"a)",
        "1:46: this string is not closed; add a double quote",
    ),
    (
        "",
        "(declare-network n (declare-input X Real [1] \"a\") (declare-output Y Real [1]))",
        "1:52: some tensors have an ONNX name and some have none; give it for all of them or for none",
    ),
];

#[test]
fn every_refusal_tells_where_and_why() {
    for (head, text, expected) in ROWS {
        let found = load_bytes("p", format!("{head}{text}").as_bytes());
        let told = found.map(|q| q.property.formula.to_string()).unwrap_err().to_string();
        let separator = if expected.starts_with(|c: char| c.is_ascii_digit()) { ":" } else { ": " };
        assert_eq!(told, format!("p{separator}{expected}"), "{text}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let missing = theriac::front::vnnlib::load(std::path::Path::new("tests/none.vnnlib"));
    let told = missing.unwrap_err().to_string();
    assert!(told.starts_with("tests/none.vnnlib: the file cannot be read: "), "{told}");
    let damaged = load_bytes("p", b"\x1f\x8b\x08\0\0\0\0\0\0\x03cut").unwrap_err().to_string();
    assert!(damaged.starts_with("p: the file cannot be unpacked: "), "{damaged}");
}
