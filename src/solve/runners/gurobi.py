# Solves a model file with gurobipy: ARGV = model, start or "", solution, Name=value ...
# Gurobi prints its log itself. An interrupt stops the solver and keeps its best point.
import signal
import sys

import gurobipy

model_file, start, solution, *parameters = sys.argv[1:]
stop = []
signal.signal(signal.SIGINT, lambda *_: stop.append(True))


def watch(model, where):
    if stop:
        model.terminate()


try:
    model = gurobipy.read(model_file)
    for parameter in parameters:
        name, value = parameter.split("=", 1)
        model.setParam(name, float(value) if "." in value or "e" in value else int(value))
    if start:
        model.read(start)
    model.optimize(watch)
    if model.SolCount > 0:
        model.write(solution)
except gurobipy.GurobiError as error:
    print("GurobiError:", error)
    sys.exit(1)
