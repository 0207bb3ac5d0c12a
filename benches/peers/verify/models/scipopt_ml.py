"""PySCIPOpt-ML.

The reader of ONNX files has the SOS1 form alone: it drops the option `formulation` without a word, and
a model asked for with `formulation="bigm"` has no binary. Big-M therefore goes through its reader of scikit-learn, which wants a chain.
"""

import numpy as np
from pyscipopt_ml import add_predictor_constr
from sklearn.neural_network import MLPRegressor

from search import Model, fresh


def variables(scip, lower, upper, outputs):
    x = [scip.addVar(f"x{k}", lb=lo, ub=hi) for k, (lo, hi) in enumerate(zip(lower, upper))]
    y = [scip.addVar(f"y{k}", lb=None) for k in range(outputs)]
    return x, y


def sos(model, chain, lower, upper, outputs):
    scip = fresh()
    x, y = variables(scip, lower, upper, outputs)
    add_predictor_constr(scip, model, np.array([x], object), np.array([y], object))
    return Model(scip, x, y)


def big_m(model, chain, lower, upper, outputs):
    if chain is None:
        # The refusal of its reader of ONNX; what that takes would not be big-M.
        sos(model, chain, lower, upper, outputs)
        raise NotImplementedError("no big-M from ONNX")
    layers = chain.merged()
    if len(layers) == 1:
        raise NotImplementedError("scikit-learn has no network without a hidden layer")
    net = MLPRegressor(hidden_layer_sizes=[len(l.bias) for l in layers[:-1]], activation="relu")
    net.coefs_ = [l.weight for l in layers]
    net.intercepts_ = [l.bias for l in layers]
    net.n_layers_, net.n_outputs_ = len(layers) + 1, len(layers[-1].bias)
    net.out_activation_, net.n_features_in_ = "identity", len(lower)
    scip = fresh()
    x, y = variables(scip, lower, upper, outputs)
    add_predictor_constr(
        scip, net, np.array([x], object), np.array([y], object), formulation="bigm"
    )
    return Model(scip, x, y)


TOOLS = {"pyscipopt-ml sos": sos, "pyscipopt-ml bigm": big_m}
