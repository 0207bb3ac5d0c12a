"""Other people's readers: each takes a file that Theriac wrote, counts what it sees, and solves it.

A module named after a reader (`scip.py`, `gurobi.py`, ...) has

    TAKES                      what the reader can be asked for (see `kit.Takes`)
    version() -> str           name and version, as the tables print it
    ask(path, limit, found)    puts counts into the dictionary `found`, then solves within `limit`
                               seconds and adds `status` and `objective`

and, if it reads start files, `start(path, start)`, the values by name that it holds after reading both;
if it reads files of branching priorities, `priorities(path, file, columns)`.
Counts that a reader does not tell are left out. A reader that refuses a file raises. What was
counted before an exception stays in `found`, so a file that is only too large to be solved is
still counted. `workers.py` runs a reader in a process of its own, `verdict.py` compares an answer
with the record of the file, `__main__.py` is the command line.

Only the solver packages themselves are needed besides the standard library; each module imports
its package when it is asked.
"""
