"""The program `cbc` on the path, which is version 2.10 in Debian."""
import re

from . import cbc
from .kit import Takes, run

TAKES = Takes("cbc", ("lp", "mps"), ("LP", "MILP"), sets=True)


def version():
    return "CBC %s" % re.search(r"Version:\s*(\S+)", run(["cbc", "-quit"], 5))[1]


def counts(log):
    """It counts MPS files aloud, LP files not."""
    sizes = re.search(r"Problem \S+ has (\d+) rows, (\d+) columns and (\d+) elements", log)
    return {"linear_rows": int(sizes[1]), "vars": int(sizes[2]), "nonzeros": int(sizes[3])} if sizes else {}


def ask(path, limit, found):
    cbc.ask(path, limit, found, "cbc", counts)
