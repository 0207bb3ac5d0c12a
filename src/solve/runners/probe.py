# Prints `package <tab> version <tab> folder` for each solver wheel of this Python.
import importlib.metadata
import importlib.util
import os

for package in ("highsbox", "pyscipopt", "gurobipy"):
    try:
        spec = importlib.util.find_spec(package)
        version = importlib.metadata.version(package)
    except (ImportError, ValueError):
        continue
    if spec is not None and spec.origin is not None:
        folder = os.path.dirname(os.path.dirname(spec.origin))
        print(package, version, folder, sep="\t")
