"""VNN-LIB 1.0 as a list of questions: a box of inputs, and linear rows that all have to hold."""

import itertools
import re
from dataclasses import dataclass, field

import numpy as np

TOKEN = re.compile(r"[()]|[^\s()]+")


@dataclass
class Question:
    lower: np.ndarray
    upper: np.ndarray
    rows: list = field(default_factory=list)  # ({("X" or "Y", k): coefficient}, rhs): sum <= rhs


def trees(text):
    text = re.sub(r";[^\n]*", "", text)
    stack = [[]]
    for token in TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(token)
    return stack[0]


def linear(tree):
    """(terms, constant)"""
    if isinstance(tree, str):
        if tree[:2] in ("X_", "Y_"):
            return {(tree[0], int(tree[2:])): 1.0}, 0.0
        return {}, float(tree)
    parts = [linear(t) for t in tree[1:]]
    if tree[0] == "*":
        factor = next(c for t, c in parts if not t)
        terms, constant = next((p for p in parts if p[0]), ({}, parts[-1][1]))
        return {k: factor * v for k, v in terms.items()}, factor * constant
    signs = [1.0] + [1.0 if tree[0] == "+" else -1.0] * (len(parts) - 1)
    if tree[0] == "-" and len(parts) == 1:
        signs = [-1.0]
    terms, constant = {}, 0.0
    for sign, (t, c) in zip(signs, parts):
        constant += sign * c
        for k, v in t.items():
            terms[k] = terms.get(k, 0.0) + sign * v
    return terms, constant


def cases(tree):
    """The disjunctive normal form: a list of lists of rows."""
    if tree[0] == "and":
        joined = itertools.product(*(cases(t) for t in tree[1:]))
        return [list(itertools.chain(*parts)) for parts in joined]
    if tree[0] == "or":
        return list(itertools.chain(*(cases(t) for t in tree[1:])))
    if tree[0] not in ("<=", ">=", "<", ">"):
        raise ValueError(f"cannot read ({tree[0]} ...)")
    (left, a), (right, b) = linear(tree[1]), linear(tree[2])
    sign = 1.0 if tree[0].startswith("<") else -1.0
    terms = {k: sign * v for k, v in left.items()}
    for k, v in right.items():
        terms[k] = terms.get(k, 0.0) - sign * v
    return [[(terms, sign * (b - a))]]


def narrow(question, rows):
    """Adds rows; those about one input become part of its box."""
    for terms, rhs in rows:
        ((kind, k), a), *more = terms.items()
        if kind == "Y" or more:
            question.rows.append((terms, rhs))
        elif a > 0:
            question.upper[k] = min(question.upper[k], rhs / a)
        else:
            question.lower[k] = max(question.lower[k], rhs / a)
    return question


def copy(question):
    return Question(question.lower.copy(), question.upper.copy(), list(question.rows))


def read(path):
    """Questions of which one has to be answered with yes for `sat`."""
    inputs, asserted = 0, []
    for tree in trees(path.read_text()):
        if tree[0] == "declare-const" and tree[1].startswith("X_"):
            inputs = max(inputs, int(tree[1][2:]) + 1)
        elif tree[0] == "assert":
            asserted.append(cases(tree[1]))
    found = [Question(np.full(inputs, -np.inf), np.full(inputs, np.inf))]
    for choices in sorted(asserted, key=len):
        if len(choices) == 1:
            found = [narrow(q, choices[0]) for q in found]
        else:
            found = [narrow(copy(q), rows) for q in found for rows in choices]
    return [q for q in found if (q.lower <= q.upper).all()]


def margin(question, x, y):
    """The largest violation of a row; at most 0 where the question is met. Leaving the box counts."""
    value = {"X": x, "Y": y}
    worst = max(
        (sum(a * value[kind][k] for (kind, k), a in terms.items()) - rhs for terms, rhs in question.rows),
        default=-np.inf,
    )
    size = 1e-6 * (1.0 + np.maximum(abs(question.lower), abs(question.upper)))
    outside = np.maximum(question.lower - x, x - question.upper) - size
    return float(worst) if outside.max() <= 0 else max(float(worst), float(outside.max()))
