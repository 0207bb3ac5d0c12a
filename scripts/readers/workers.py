"""Runs readers in processes of their own, which are started again after a crash or a hang."""
import concurrent.futures
import importlib
import json
import os
import select
import subprocess
import sys
import time

NAMES = ("scip", "gurobi", "copt", "xpress", "cplex", "highs", "mosek", "ortools", "glpk", "cbc",
         "cbc_installed", "shot", "discopt", "copt_ampl")
PACKAGE = os.path.dirname(os.path.abspath(__file__))


def module(name):
    """The reader of this name."""
    return importlib.import_module("." + name, __package__)


class Found(dict):
    """What is found in a file; each batch of counts is told at once, before the solver may die."""

    def __init__(self, out):
        super().__init__()
        self.out = out

    def update(self, counts):
        super().update(counts)
        self.tell(part=True)

    def tell(self, **more):
        # Some readers count in number types of their own.
        self.out.write(json.dumps(dict(self, **more), default=float) + "\n")
        self.out.flush()


def serve(name, limit):
    """Answers each path of standard input with one JSON line; what the solver prints is dropped."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    reader = module(name)
    for line in sys.stdin:
        found = Found(out)
        try:
            if line.strip() == "version":
                found["version"] = reader.version()
            elif line.startswith("{"):
                # A start or priorities, with what they are for.
                what, words = json.loads(line).popitem()
                found["values"] = getattr(reader, what)(*words)
            else:
                reader.ask(line.strip(), limit, found)
        except (ImportError, FileNotFoundError) as e:
            found["missing"] = str(e)
        except BaseException as e:
            found["failed" if "vars" in found else "refused"] = "%s: %s" % (type(e).__name__, str(e)[:200])
        found.tell()


class Worker:
    """One process of one reader."""

    def __init__(self, name, limit, python=sys.executable):
        self.command = [python, "-m", "readers.workers", name, str(limit)]
        self.patience = limit + 60
        self.process, self.rest = None, b""

    def start(self):
        self.rest = b""
        env = dict(os.environ, PYTHONPATH=os.path.dirname(PACKAGE), PYTHONDONTWRITEBYTECODE="1")
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, env=env, bufsize=0)

    def line(self):
        """The next line of the process, nothing if it died, None if it said nothing in time."""
        end = time.monotonic() + self.patience
        while b"\n" not in self.rest:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))
            if not ready:
                return None
            part = os.read(self.process.stdout.fileno(), 1 << 16)
            if not part:
                return b""
            self.rest += part
        line, _, self.rest = self.rest.partition(b"\n")
        return line

    def ask(self, path):
        if self.process is None:
            self.start()
        found = {}
        try:
            self.process.stdin.write(path.encode() + b"\n")
            while True:
                got = self.line()
                if not got:
                    break
                found = json.loads(got)
                if not found.pop("part", False):
                    return found
        except BrokenPipeError:
            got = b""
        self.stop()
        return dict(found, **{"failed" if found else "refused": "the reader crashed" if got == b"" else "the reader hung"})

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def version(name, python=sys.executable):
    """Name and version of a reader, or None if it is not there; second what is missing."""
    worker = Worker(name, 30, python)
    found = worker.ask("version")
    worker.stop()
    return found.get("version"), found.get("missing") or found.get("refused")


def answers(name, paths, limit, python=sys.executable):
    """Answers of one reader for the files, by path."""
    worker, found = Worker(name, limit, python), {}
    for path in paths:
        found[path] = worker.ask(path)
    worker.stop()
    return found


def all_answers(jobs, limit, processes=2, python=sys.executable):
    """Answers by reader and path; `jobs` is a dictionary of lists of paths."""
    with concurrent.futures.ThreadPoolExecutor(processes) as pool:
        # The longest lists first, so that the processes end together.
        order = sorted(jobs, key=lambda n: (-len(jobs[n]), n))
        running = {n: pool.submit(answers, n, jobs[n], limit, python) for n in order}
        return {n: running[n].result() for n in jobs}


if __name__ == "__main__":
    serve(sys.argv[1], float(sys.argv[2]))
