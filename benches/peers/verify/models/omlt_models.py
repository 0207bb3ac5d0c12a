"""OMLT: Pyomo models, handed to SCIP as LP files."""

import io
import itertools
import logging
import pathlib
import tempfile

import pyomo.environ as pyo
from omlt import OmltBlock
from omlt.io.onnx import load_onnx_neural_network
from omlt.neuralnet import ReluBigMFormulation, ReluPartitionFormulation
from pyomo.repn.plugins.lp_writer import LPWriter

from search import Model, read

# It warns of each start value outside its bounds.
logging.getLogger("pyomo").setLevel(logging.ERROR)


def build(form):
    def of(model, chain, lower, upper, outputs):
        shape = [
            d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim if d.dim_value > 0
        ]
        places = list(itertools.product(*map(range, shape)))
        names = [p[0] if len(p) == 1 else p for p in places]
        ends = zip(lower.tolist(), upper.tolist())
        network = load_onnx_neural_network(model, input_bounds=dict(zip(names, ends)))
        m = pyo.ConcreteModel()
        m.nn = OmltBlock()
        m.nn.build_formulation(form(network))
        y = [m.nn.outputs[k] for k in sorted(m.nn.outputs)]
        m.objective = pyo.Objective(expr=y[0])
        text = io.StringIO()
        info = LPWriter().write(m, text)
        name = info.symbol_map.byObject
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "model.lp"
            path.write_text(text.getvalue())
            scip, columns = read(path)
        x = [columns[name[id(m.nn.inputs[k])]] for k in names]
        y = [columns[name[id(v)]] for v in y]
        return Model(scip, x, y)

    return of


TOOLS = {"omlt bigm": build(ReluBigMFormulation), "omlt partition": build(ReluPartitionFormulation)}
