"""What readers get wrong whoever wrote the file, found by these tests.

Nothing else is excused. Where a setting helps, the reader's module has it instead.
"""


# Files that a reader is not given: reader, which, why.
LEFT_OUT = [
    ("discopt", lambda f: f.facts["unbounded_integers"], "0.8 does not search far enough where an integer has no bound"),
]

# Files that a reader counts right and may then solve wrongly.
SOLVED_WRONGLY = [
    ("xpress", lambda f: f.case == "random_079",
     "9.9.1 dies on a nonconvex model with indicators and two free columns"),
    ("shot", lambda f: f.case == "numbers_small_coefficients",
     "its tolerance of 1e-8 is 0.01 where a coefficient is 1e-6"),
]


def left_out(reader, file):
    """Why the reader is not given the file, if so."""
    return next((why for name, which, why in LEFT_OUT if name == reader and which(file)), None)


def solved_wrongly(reader, file):
    """Why the reader's answer need not be right, if so."""
    return next((why for name, which, why in SOLVED_WRONGLY if name == reader and which(file)), None)
