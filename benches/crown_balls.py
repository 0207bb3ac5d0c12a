"""Records CROWN's bounds over l1 and l2 balls around the first test digit.

    python benches/crown_balls.py OUT.json

Needs what `crown.py` needs. auto_LiRPA takes the ball as it is, cut by no box: margins are lower bounds of
the output of class 7 minus that of each other class, from one backward pass a row (`C`).
"""

import gzip
import json
import sys

import numpy as np
import torch
from auto_LiRPA import BoundedModule, BoundedTensor
from auto_LiRPA.operators import BoundRelu
from auto_LiRPA.perturbations import PerturbationLpNorm
from crown import Net

LABEL = 7


def bounds(x, norm, radius):
    net = Net("examples/data/digits_784-10-10-10.onnx").double()
    x = x.reshape(net.shape)
    bounded = BoundedModule(net, x, bound_opts={"relu": "adaptive"}, device="cpu")
    ball = PerturbationLpNorm(norm=norm, eps=radius)
    others = [k for k in range(10) if k != LABEL]
    rows = torch.zeros(1, 9, 10)
    rows[0, :, LABEL] = 1.0
    for i, k in enumerate(others):
        rows[0, i, k] = -1.0
    low, _ = bounded.compute_bounds(x=(BoundedTensor(x, ball),), C=rows, method="backward", bound_upper=False)
    relus = [n for n in bounded._modules.values() if isinstance(n, BoundRelu)]
    pairs = [torch.stack([n.inputs[0].lower.flatten(), n.inputs[0].upper.flatten()], 1) for n in relus]
    return {"norm": norm, "radius": radius, "operands": [p.tolist() for p in pairs], "margins": low.flatten().tolist()}


def main():
    with gzip.open("examples/data/digits20-images-idx3-ubyte.gz") as f:
        pixels = np.frombuffer(f.read(), dtype=np.uint8, offset=16)[:784]
    x = torch.tensor(pixels.astype(np.float64) / 255.0)
    found = [bounds(x, norm, radius) for norm, radius in
             [(2, 0.05), (2, 0.1), (2, 0.2), (1, 0.2), (1, 0.5), (1, 1.0)]]
    with open(sys.argv[1], "w") as to:
        json.dump({"pixels": pixels.tolist(), "label": LABEL, "balls": found}, to)
        to.write("\n")
    for f in found:
        print(f["norm"], f["radius"], min(f["margins"]))


main()
