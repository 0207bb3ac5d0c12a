"""What the readers have in common.

Each is told to close the gap: by default most stop at 1e-4, and their answers may differ by less.
"""
import dataclasses
import math
import subprocess

QUADRATIC = ("LP", "MILP", "QP", "MIQP", "QCP", "MIQCP")
SMOOTH = QUADRATIC + ("NLP", "MINLP")


@dataclasses.dataclass(frozen=True)
class Takes:
    """What a reader can be asked for: endings of files, classes of programs, and constructs."""
    # The word for the reader in the names of targets.
    word: str
    endings: tuple
    classes: tuple
    indicators: bool = False
    sets: bool = False
    nonconvex: bool = False
    # Whether it solves such small models to proof on any machine; where it does not, the tables
    # count what it read, and an optimum that it claims has to be right all the same.
    proves: bool = True
    # How far its optimum may lie from the truth; solvers keep rows within 1e-6 to 1e-9.
    tolerance: float = 1e-5
    # Ending of the start files that it reads; then its module has `start(path, start)`, which gives
    # the value of each column by name after both were read.
    starts: str = ""
    # Whether these have a form of its own, which files of portable targets do not come with.
    own_starts: bool = False
    # Ending of the files of branching priorities that it reads; then its module has
    # `priorities(path, file, columns)`, which gives what it then has by name, columns without any
    # left out or 0. `columns` are the names of an NL file in its order.
    priorities: str = ""
    # Whether it knows none below 0: then all are raised.
    raises: bool = False
    # Without this reader there is no result.
    required: bool = False


def sums(costs, entries):
    """The sums of costs and of the entries of linear rows, each rounded once."""
    return {"sums": {"costs": math.fsum(costs), "entries": math.fsum(entries)}}


def run(command, limit, cwd=None):
    """What a program prints; it gets half a minute more than its own time limit."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace",
                          timeout=limit + 30, cwd=cwd, stdin=subprocess.DEVNULL)
    return done.stdout + done.stderr
