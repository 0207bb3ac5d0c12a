"""Runs of `theriac run` on questions of verification: how they are timed, read and counted. Shared by drivers."""

import csv
import json
import os
import subprocess
import time

WAYS = ["bounds", "search", "branching", "solver"]
FINDERS = {"heuristic": "search", "branching": "branching", "solver": "solver"}


def decided_by(told):
    """What was needed for the verdict of a certificate: the last resort among all parts."""
    if told["verdict"] == "attacked":
        return FINDERS[told["attack"]["finder"]]
    if told["verdict"] != "certified":
        return ""
    sources = {(p["bound"] or {"from": "solver"})["from"] for p in told["parts"]}
    return "solver" if "solver" in sources else "branching" if sources & {"proof", "cover"} else "bounds"


def load():
    return f"{os.getloadavg()[0]:.1f}"


def timed(command, solvers):
    """The process, and its seconds by the clock; solvers are looked for in the folder `solvers` first."""
    environment = dict(os.environ)
    if solvers:
        environment["PATH"] = f"{solvers.absolute()}:{environment['PATH']}"
    clock = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    return done, f"{time.monotonic() - clock:.2f}"


def answer(out):
    """The certificate in an instance directory, and what each driver writes of it."""
    told = json.loads((out / "certificate.json").read_text())
    passes = json.loads((out / "manifest.json").read_text()).get("passes", [])
    unstable = " ".join(str(p["unstable"]) for p in passes)
    return told, {"by": decided_by(told), "unstable": unstable, "parts": len(told["parts"])}


def check(theriac, out):
    done = subprocess.run([theriac, "check", out / "certificate.json"], capture_output=True)
    return "good" if done.returncode == 0 else "BAD"


def read(paths):
    """The rows of result files."""
    rows = []
    for path in paths:
        with open(path, newline="") as file:
            rows += csv.DictReader(file)
    return rows


def loads(rows):
    numbers = [float(r["load"]) for r in rows]
    return f"Load of the machine while it ran: {min(numbers):.1f} to {max(numbers):.1f}."
