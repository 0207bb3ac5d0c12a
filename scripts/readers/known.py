"""What a reader gets wrong whoever wrote the file, found by these tests: left out by name."""

KNOWN = [
    ("discopt", lambda f: f.case == "integers", "0.8 answers 2 instead of -1 for integers without bounds"),
    ("glpk", lambda f: f.ending == "lp" and not f.facts["linear_rows"], "5.0 refuses an LP file without rows"),
]


def known(reader, file):
    """Why the reader is not asked for the file, if so."""
    return next((why for name, which, why in KNOWN if name == reader and which(file)), None)
