"""What the readers have in common."""
import dataclasses
import os
import subprocess

QUADRATIC = ("LP", "MILP", "QP", "MIQP", "QCP", "MIQCP")
SMOOTH = QUADRATIC + ("NLP", "MINLP")


@dataclasses.dataclass(frozen=True)
class Takes:
    """What a reader can be asked for: endings of files, classes of programs, and constructs."""
    endings: tuple
    classes: tuple
    indicators: bool = False
    sets: bool = False
    nonconvex: bool = False


def run(command, limit, cwd=None):
    """What a program prints; it gets half a minute more than its own time limit."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace",
                          timeout=limit + 30, cwd=cwd, stdin=subprocess.DEVNULL)
    return done.stdout + done.stderr


def program(variable, name):
    """The program that a variable of the environment names, or the one on the path."""
    return os.environ.get(variable) or name
