#!/usr/bin/env python3
"""Reads every golden file with every reader that can take it, and compares with the truth.

    THERIAC_SOLVERS=/path/to/venv scripts/foreign_readers.py [CASE ...] [--readers scip,highs] [--time 20]

THERIAC_SOLVERS names a Python virtual environment with some of these packages; what is missing is
skipped and named: pyscipopt gurobipy highspy coptpy cplex xpress mosek ortools SHOTpy discopt
casadi amplpy-copt. The programs glpsol and cbc are used if they are on the path.

For each file the reader has to count the same columns, integers, rows, nonlinear rows, indicators,
sets and entries as `truth.json` says, and to find the recorded optimum. Where no optimum is
recorded, at least three readers have to agree. The exit status is 1 if anything differs, and 2 if
no reader was there. Local solvers (bonmin, shot on nonconvex models) are only asked to read.
"""
import argparse
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOLDEN = os.path.join(ROOT, "golden")
TOLERANCE = 1e-5


# --------------------------------------------------------------------------------- readers
# Each returns what it counted, and `status` and `objective` after solving. Counts that a reader
# does not tell are left out.

def scip(path, limit):
    import pyscipopt
    m = pyscipopt.Model()
    m.hideOutput()
    m.readProblem(path)
    kinds = [c.getConshdlrName() for c in m.getConss()]
    types = [v.vtype() for v in m.getVars()]
    found = {
        # SCIP gives each indicator a slack column and a linear row of its own.
        "vars": len(types) - kinds.count("indicator"),
        "integers": len(types) - types.count("CONTINUOUS"),
        "linear_rows": kinds.count("linear") - kinds.count("indicator"),
        "nonlinear_rows": kinds.count("nonlinear"),
        # An equation under an indicator becomes two.
        "split_indicators": kinds.count("indicator"),
        "sos": kinds.count("SOS1"),
        # A nonlinear objective becomes a column and a row, a constant of an NL file a column.
        "extra": 1,
    }
    m.setParam("limits/time", limit)
    m.optimize()
    found["status"] = m.getStatus()
    if m.getNSols():
        found["objective"] = m.getObjVal()
    return found


def gurobi(path, limit):
    import gurobipy as gp
    env = gp.Env(params={"OutputFlag": 0})
    m = gp.read(path, env)
    found = {
        "vars": m.NumVars, "integers": m.NumIntVars, "linear_rows": m.NumConstrs,
        "nonlinear_rows": m.NumQConstrs, "indicators": m.NumGenConstrs, "sos": m.NumSOS,
    }
    if not m.NumGenConstrs and not m.NumQConstrs:
        found["nonzeros"] = m.NumNZs
    m.Params.TimeLimit = limit
    m.Params.NonConvex = 2
    # A reduction in presolve leaves "infeasible or unbounded" open.
    m.Params.DualReductions = 0
    m.optimize()
    found["status"] = {2: "optimal", 3: "infeasible", 5: "unbounded"}.get(m.Status, str(m.Status))
    if m.SolCount:
        found["objective"] = m.ObjVal
    return found


def highs(path, limit):
    import highspy
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    if h.readModel(path) == highspy.HighsStatus.kError:
        raise ValueError("refused by the reader")
    lp = h.getModel().lp_
    kinds = [str(k) for k in lp.integrality_]
    found = {"vars": lp.num_col_, "integers": sum("kInteger" in k for k in kinds),
             "linear_rows": lp.num_row_, "nonzeros": h.getNumNz()}
    h.setOptionValue("time_limit", float(limit))
    h.run()
    found["status"] = h.modelStatusToString(h.getModelStatus()).lower()
    if found["status"] == "optimal":
        found["objective"] = h.getInfo().objective_function_value
    return found


def copt(path, limit):
    import coptpy as cp
    config = cp.EnvrConfig()
    config.set("nobanner", "1")
    m = cp.Envr(config).createModel("m")
    m.setParam("Logging", 0)
    m.read(path)
    found = {"vars": m.Cols, "integers": m.Bins + m.Ints, "linear_rows": m.Rows,
             "nonlinear_rows": m.QConstrs, "indicators": m.Indicators, "sos": m.Soss}
    m.setParam("TimeLimit", limit)
    if m.QConstrs or m.QElems:
        m.setParam("NonConvex", 2)  # the default is a local solve
    m.solve()
    found["status"] = {1: "optimal", 2: "infeasible", 3: "unbounded", 20: "local"}.get(m.status, str(m.status))
    if m.HasMipSol:
        found["objective"] = m.BestObj
    elif m.status == 1:
        found["objective"] = m.LpObjVal
    return found


def cplex(path, limit):
    import cplex as cx
    c = cx.Cplex()
    for stream in (c.set_log_stream, c.set_results_stream, c.set_warning_stream, c.set_error_stream):
        stream(None)
    c.read(path)
    v = c.variables
    found = {"vars": v.get_num(), "integers": v.get_num_integer() + v.get_num_binary(),
             "linear_rows": c.linear_constraints.get_num(),
             "nonlinear_rows": c.quadratic_constraints.get_num(),
             "indicators": c.indicator_constraints.get_num(), "sos": c.SOS.get_num()}
    c.parameters.timelimit.set(limit)
    c.parameters.optimalitytarget.set(3)
    c.parameters.preprocessing.reduce.set(1)
    c.solve()
    words = c.solution.get_status_string()
    found["status"] = "optimal" if "optimal" in words else "infeasible" if "infeasible" in words else words
    if found["status"] == "optimal":
        found["objective"] = c.solution.get_objective_value()
    return found


def xpress(path, limit):
    import xpress as xp
    xp.init()
    xp.setOutputEnabled(False)
    p = xp.problem()
    p.readProb(path, "l" if path.endswith(".lp") else "")
    a = p.attributes
    found = {"vars": a.cols, "integers": a.mipents, "linear_rows": a.rows - a.qconstraints - a.indicators,
             "nonlinear_rows": a.qconstraints, "indicators": a.indicators, "sos": a.sets}
    p.controls.timelimit = limit
    # Its presolve calls a wrong point optimal for some convex quadratic rows (9.9.1).
    p.controls.presolve = 0
    p.controls.mippresolve = 0
    status = p.optimize("")[1].name
    found["status"] = status.lower()
    if status == "OPTIMAL":
        found["objective"] = a.objval
    return found


def mosek(path, limit):
    import mosek as mk
    with mk.Env() as env, env.Task() as t:
        t.readdata(path)
        quadratic = sum(t.getnumqconknz(i) > 0 for i in range(t.getnumcon()))
        return {"vars": t.getnumvar(), "integers": t.getnumintvar(), "nonlinear_rows": quadratic,
                "linear_rows": t.getnumcon() - quadratic, "nonzeros": t.getnumanz()}


def ortools(path, limit):
    from ortools.linear_solver.python import model_builder as mb
    m = mb.Model()
    if not m.import_from_mps_file(path):
        raise ValueError("refused by the reader")
    found = {"vars": m.num_variables, "rows": m.num_constraints,
             "integers": sum(m.helper.var_is_integral(i) for i in range(m.num_variables))}
    s = mb.Solver("SCIP")
    s.set_time_limit_in_seconds(limit)
    status = s.solve(m).name
    found["status"] = status.lower()
    if status == "OPTIMAL":
        found["objective"] = s.objective_value
    return found


def run(command, limit, cwd=None):
    done = subprocess.run(command, capture_output=True, text=True, errors="replace",
                          timeout=limit + 30, cwd=cwd, stdin=subprocess.DEVNULL)
    return done.stdout + done.stderr


def glpk(path, limit):
    with tempfile.TemporaryDirectory() as d:
        report = os.path.join(d, "report")
        flag = "--lp" if path.endswith(".lp") else "--freemps"
        log = run(["glpsol", flag, path, "--tmlim", str(int(limit)), "-o", report], limit)
        size = re.search(r"(\d+) rows?, (\d+) columns?, (\d+) non-zeros?", log)
        if not size:
            raise ValueError(log[-200:])
        # It counts the objective as a row when it reads MPS.
        found = {"vars": int(size[2])}
        text = open(report).read()
        status = re.search(r"Status:\s+(.*)", text)[1].strip()
        found["status"] = "optimal" if status.endswith("OPTIMAL") and "NON" not in status else status.lower()
        if re.search("NO PRIMAL FEASIBLE|NO (INTEGER )?FEASIBLE SOLUTION", log):
            found["status"] = "infeasible"
        value = re.search(r"Objective:\s+.*?=\s+(\S+)", text)
        if found["status"] == "optimal" and value:
            found["objective"] = float(value[1])
            found["digits"] = 1e-5
        return found


def cbc(path, limit):
    with tempfile.TemporaryDirectory() as d:
        out = os.path.join(d, "solution")
        log = run(["cbc", path, "-sec", str(limit), "-solve", "-solution", out, "-quit"], limit)
        if re.search(r"There were -?\d+ errors|### ERROR|default column names|unable to open", log):
            raise ValueError(" ".join(l for l in log.splitlines() if "###" in l or "errors" in l)[:200])
        first = open(out).readline() if os.path.exists(out) else ("infeasible" if "nfeasible" in log else "")
        found = {"status": "optimal" if first.startswith("Optimal") else "infeasible" if "nfeasible" in first else first.strip()}
        value = re.search(r"objective value\s+(\S+)", first)
        if value and found["status"] == "optimal":
            found["objective"] = float(value[1])
        return found


def shot(path, limit):
    import SHOTpy
    s = SHOTpy.Solver()
    s.updateSetting("Termination.TimeLimit", float(limit))
    if not s.setProblem(path):
        raise ValueError("refused by the reader")
    p = s.getOriginalProblem()
    found = {"vars": len(list(p.allVariables)),
             "integers": len(list(p.integerVariables)) + len(list(p.binaryVariables)),
             "linear_rows": len(p.linearConstraints),
             "nonlinear_rows": len(p.quadraticConstraints) + len(p.nonlinearConstraints)}
    s.solveProblem()
    word = str(s.getModelReturnStatus()).split(".")[-1]
    found["status"] = {"OptimalGlobal": "optimal", "InfeasibleGlobal": "infeasible"}.get(word, "local: " + word)
    if found["status"] == "optimal":
        found["objective"] = s.getPrimalBound()
    return found


def discopt(path, limit):
    from discopt.modeling import from_nl
    m = from_nl(path)
    found = {"vars": m.num_variables, "integers": m.num_integer}
    r = m.solve(time_limit=limit)
    found["status"] = str(r.status)
    if found["status"] == "optimal":
        found["objective"] = r.objective
    return found


def bonmin(path, limit):
    import casadi as ca
    nb = ca.NlpBuilder()
    nb.import_nl(path, {})
    found = {"vars": len(nb.x), "integers": sum(nb.discrete) if len(nb.discrete) else 0}
    nlp = {"x": ca.vertcat(*nb.x), "f": nb.f, "g": ca.vertcat(*nb.g)}
    s = ca.nlpsol("s", "bonmin", nlp, {"discrete": [bool(b) for b in nb.discrete], "bonmin": {"time_limit": float(limit)}})
    r = s(lbx=nb.x_lb, ubx=nb.x_ub, lbg=nb.g_lb, ubg=nb.g_ub, x0=nb.x_init)
    found["status"] = "local: " + str(s.stats()["return_status"])
    found["objective"] = float(r["f"])
    return found


def copt_ampl(path, limit):
    import amplpy_copt
    with tempfile.TemporaryDirectory() as d:
        stub = os.path.join(d, "m.nl")
        shutil.copy(path, stub)
        m = amplpy_copt.CoptDrv().loadModel(stub, ["timelim=%g" % limit, "outlev=0"])
        found = {}  # its counts are those of the model after reformulation
        m.optimize()
        m.writeSol()
        text = open(stub[:-3] + ".sol").read()
        message = text.strip().splitlines()[0]
        code = int(re.search(r"objno\s+-?\d+\s+(\d+)", text)[1])
        found["status"] = "local" if "locally" in message else "optimal" if code < 100 else "infeasible" if 200 <= code < 300 else message
        value = re.search(r"objective (\S+)", message)
        if value and found["status"] == "optimal":
            found["objective"] = float(value[1])
        return found


ALL = "LP MILP QP MIQP QCP MIQCP".split()
# What each reader is asked for: endings, classes of programs, indicators, sets, nonconvex parts.
READERS = {
    "scip": (scip, ("lp", "mps", "nl"), ALL + ["NLP", "MINLP"], True, True, True),
    "gurobi": (gurobi, ("lp", "mps"), ALL, True, True, True),
    "copt": (copt, ("lp", "mps"), ALL, True, True, True),
    "xpress": (xpress, ("lp", "mps"), ALL, True, True, True),
    "cplex": (cplex, ("lp", "mps"), ["LP", "MILP", "QP", "MIQP", "QCP", "MIQCP"], True, True, False),
    "highs": (highs, ("lp", "mps"), ["LP", "MILP", "QP"], False, False, False),
    "mosek": (mosek, ("lp", "mps"), ["LP", "MILP", "QP", "QCP"], False, False, False),
    "ortools": (ortools, ("mps",), ["LP", "MILP"], True, False, False),
    "glpk": (glpk, ("lp", "mps"), ["LP", "MILP"], False, False, False),
    "cbc": (cbc, ("lp", "mps"), ["LP", "MILP"], False, False, False),
    "shot": (shot, ("nl",), ALL, False, False, True),
    "discopt": (discopt, ("nl",), ALL + ["NLP", "MINLP"], False, False, True),
    "bonmin": (bonmin, ("nl",), ALL + ["NLP", "MINLP"], False, False, True),
    # COPT 8.0.4's driver solves nonconvex and smooth models locally and calls that optimal.
    "copt-ampl": (copt_ampl, ("nl",), ALL, False, False, False),
}


# What a reader gets wrong whoever wrote the file, found by these tests.
SKIP = {
    ("discopt", "integers"): "0.8: -1 by all others, 2 by discopt (integers without bounds)",
    ("glpk", "nothing"): "5.0 refuses an LP file without rows",
}


def takes(reader, case, name, facts):
    _, endings, classes, indicators, sets, nonconvex = READERS[reader]
    word = facts["class"].split()[0]
    if (reader, case) in SKIP:
        return False
    return (name.rsplit(".", 1)[1] in endings and word in classes
            and (indicators or not facts["indicators"]) and (sets or not facts["sos"])
            and (nonconvex or "nonconvex" not in facts["class"]))


def worker(reader, limit):
    """Reads paths from standard input, one a line, and answers with one JSON line each."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        try:
            answer = READERS[reader][0](line.strip(), limit)
        except ImportError as e:
            answer = {"missing": str(e)}
        except FileNotFoundError as e:
            answer = {"missing": str(e)}
        except BaseException as e:
            answer = {"refused": "%s: %s" % (type(e).__name__, str(e)[:200])}
        out.write(json.dumps(answer) + "\n")
        out.flush()


def ask(reader, jobs, limit):
    """Answers of one reader, in a process of its own that is started again after a crash."""
    python = os.path.join(os.environ["THERIAC_SOLVERS"], "bin", "python")
    answers, rest = {}, list(jobs)
    while rest:
        process = subprocess.Popen([python, os.path.abspath(__file__), "--worker", reader, "--time", str(limit)],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        while rest:
            try:
                process.stdin.write(rest[0] + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
            except BrokenPipeError:
                line = ""
            answers[rest[0]] = json.loads(line) if line else {"refused": "the reader crashed"}
            rest.pop(0)
            if not line:
                break
        process.stdin.close()
        process.wait()
    return answers


def verdict(facts, truth, found):
    """`ok`, or what is wrong; the second value says whether that is a fault."""
    if "missing" in found:
        return "missing", False
    if "refused" in found:
        return "refused: " + found["refused"], True
    facts = dict(facts, rows=facts["linear_rows"] + facts["indicators"],
                 split_indicators=facts["indicators"] + facts["indicator_equations"])
    for key in ("vars", "integers", "rows", "linear_rows", "nonlinear_rows", "indicators", "split_indicators", "sos", "nonzeros"):
        extra = found.get("extra", 0) if key in ("vars", "nonlinear_rows") else 0
        if key in found and not facts[key] <= found[key] <= facts[key] + extra:
            return "%s %s instead of %s" % (key, found[key], facts[key]), True
    if "status" not in found:
        return "counts", False
    if found["status"].startswith("local") or found["status"] == "feasible":
        return "counts (%s)" % found["status"], False
    if truth["status"] == "infeasible":
        return ("ok", False) if "infeasible" in found["status"] else ("status " + found["status"], True)
    value = found.get("objective")
    if value is None:
        return "status " + found["status"], True
    if truth["status"] == "optimal":
        wanted = truth["optimum"]
        if not math.isclose(value, wanted, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            return "%r instead of %r" % (value, wanted), True
    return "ok", False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--readers", default=",".join(READERS))
    parser.add_argument("--time", type=float, default=20.0)
    parser.add_argument("--worker")
    options = parser.parse_args()
    if options.worker:
        return worker(options.worker, options.time)
    if "THERIAC_SOLVERS" not in os.environ:
        parser.error("set THERIAC_SOLVERS to a virtual environment with solver packages")
    cases = {}
    for name in sorted(os.listdir(GOLDEN)):
        record = os.path.join(GOLDEN, name, "truth.json")
        if os.path.exists(record) and (not options.cases or name in options.cases):
            cases[name] = json.load(open(record))
    faults, asked, agreed = [], 0, {}
    table = {}
    for reader in options.readers.split(","):
        jobs = {}
        for case, record in cases.items():
            for file, facts in record["files"].items():
                if facts["class"] and takes(reader, case, file, facts):
                    jobs[os.path.join(GOLDEN, case, file)] = (case, file, facts)
        answers = ask(reader, jobs, options.time)
        if answers and all("missing" in a for a in answers.values()):
            print("%-10s not here: %s" % (reader, next(iter(answers.values()))["missing"][:80]))
            continue
        good = 0
        for path, found in answers.items():
            case, file, facts = jobs[path]
            words, fault = verdict(facts, cases[case]["truth"], found)
            asked += 1
            good += words == "ok"
            table.setdefault((case, file), {})[reader] = words
            if words == "ok" and cases[case]["truth"]["status"] == "unknown":
                agreed.setdefault(case, []).append(found["objective"])
            if fault:
                faults.append("%s/%s by %s: %s" % (case, file, reader, words))
        counted = sum(table[jobs[p][0], jobs[p][1]][reader].startswith("counts") for p in answers)
        print("%-10s %3d files: %3d read and solved as recorded, %d read as recorded and not solved to proof" % (reader, len(answers), good, counted))
    for case, values in agreed.items():
        spread = max(values) - min(values)
        print("%s: %d answers agree within %.2g: %r" % (case, len(values), spread, values[0]))
        if len(values) < 3 or spread > TOLERANCE * (1 + abs(values[0])):
            faults.append("%s: the readers do not agree: %r" % (case, values))
    print("\n| case | file | readers that agree | others |\n|---|---|---|---|")
    for (case, file), row in sorted(table.items()):
        ok = [r for r, w in row.items() if w == "ok"]
        rest = ["%s: %s" % (r, w) for r, w in row.items() if w not in ("ok", "missing")]
        print("| %s | %s | %d: %s | %s |" % (case, file, len(ok), " ".join(ok), "; ".join(rest)))
    print("\n%d answers, %d faults" % (asked, len(faults)))
    for fault in faults:
        print("  " + fault)
    return 2 if not asked else 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
