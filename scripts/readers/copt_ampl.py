"""COPT's driver for AMPL files."""
import os
import re
import shutil
import tempfile

from .kit import QUADRATIC, Takes

# COPT 8.0.4's driver solves nonconvex and smooth models locally and calls that optimal.
TAKES = Takes("copt", ("nl",), QUADRATIC)


def version():
    import importlib.metadata
    return "COPT for AMPL %s" % importlib.metadata.version("amplpy-copt")


def ask(path, limit, found):
    import amplpy_copt
    with tempfile.TemporaryDirectory() as d:
        stub = os.path.join(d, "m.nl")
        shutil.copy(path, stub)
        m = amplpy_copt.CoptDrv().loadModel(stub, ["timelim=%g" % limit, "outlev=0", "mipgap=0"])
        # Its counts are those of the model after reformulation.
        m.optimize()
        m.writeSol()
        text = open(stub[:-3] + ".sol").read()
        message = text.strip().splitlines()[0]
        code = int(re.search(r"objno\s+-?\d+\s+(\d+)", text)[1])
        found["status"] = "local" if "locally" in message else "optimal" if code < 100 else "infeasible" if 200 <= code < 300 else message
        value = re.search(r"objective (\S+)", message)
        if value and found["status"] == "optimal":
            found["objective"] = float(value[1])
