"""Holds bounds of `graph_bounds.rs` (json=FILE) against CROWN's.

    python benches/crown.py FILE            prints a table
    python benches/crown.py FILE OUT.json   also writes the box and CROWN's bounds of the first line

Needs auto_LiRPA 0.3, torch 1.13 (CPU), onnx. Each line of FILE names a network and has the box, our bounds
of the operand of each ReLU and those of the outputs. The network is run in double precision.

`sparse` is auto_LiRPA as it comes: neurons that interval arithmetic decides keep its interval. `dense`
bounds every neuron by CROWN. An amount is relative to the width of their interval (at least 1e-6 of the
largest of the layer): how far ours reaches beyond theirs, for outputs and for neurons that ours leaves
undecided (others are replaced exactly, whatever their bounds).
"""

import json
import sys
import time

import numpy as np
import onnx
import torch
from auto_LiRPA import BoundedModule, BoundedTensor
from auto_LiRPA.operators import BoundRelu
from auto_LiRPA.perturbations import PerturbationLpNorm
from onnx import numpy_helper

torch.set_default_dtype(torch.float64)


class Net(torch.nn.Module):
    """An ONNX file of few operators, node by node."""

    def __init__(self, path):
        super().__init__()
        self.graph = onnx.load(path).graph
        fixed = {i.name: numpy_helper.to_array(i) for i in self.graph.initializer}
        for node in self.graph.node:
            if node.op_type == "Constant":
                fixed[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        self.fixed = fixed
        self.input = next(i for i in self.graph.input if i.name not in fixed)
        dims = [d.dim_value for d in self.input.type.tensor_type.shape.dim]
        self.shape = [1] + dims[1:] if len(dims) > 1 else [1] + dims
        self.relus = []
        self.parts = torch.nn.ModuleDict()
        for k, node in enumerate(self.graph.node):
            part = self.part(node)
            if part is not None:
                self.parts[str(k)] = part
        # A product and the constant behind it are one layer.
        self.joined = set()
        made = {n.output[0]: k for k, n in enumerate(self.graph.node) if n.op_type == "MatMul"}
        for k, node in enumerate(self.graph.node):
            if node.op_type == "Add":
                layer = [made[i] for i in node.input if i in made]
                bias = [i for i in node.input if i in fixed]
                if layer and bias:
                    self.parts[str(layer[0])].bias = torch.nn.Parameter(self.tensor(bias[0]).flatten())
                    self.joined.add(k)

    def has_conv(self):
        return any(node.op_type == "Conv" for node in self.graph.node)

    def tensor(self, name):
        return torch.tensor(np.array(self.fixed[name], dtype=np.float64))

    def part(self, node):
        at = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        if node.op_type == "Conv":
            w = self.tensor(node.input[1])
            pads = at.get("pads", [0, 0, 0, 0])
            assert pads[:2] == pads[2:], pads
            conv = torch.nn.Conv2d(
                w.shape[1] * at.get("group", 1), w.shape[0], w.shape[2:], at.get("strides", 1),
                pads[:2], at.get("dilations", 1), at.get("group", 1), bias=len(node.input) > 2)
            conv.weight.data = w
            if len(node.input) > 2:
                conv.bias.data = self.tensor(node.input[2])
            return conv
        if node.op_type == "Gemm":
            w = self.tensor(node.input[1])
            w = w if at.get("transB", 0) else w.T.contiguous()
            linear = torch.nn.Linear(w.shape[1], w.shape[0], bias=len(node.input) > 2)
            linear.weight.data = w
            if len(node.input) > 2:
                linear.bias.data = self.tensor(node.input[2]).flatten()
            return linear
        if node.op_type == "MatMul":
            if node.input[0] in self.fixed:
                w = self.tensor(node.input[0])
            else:
                w = self.tensor(node.input[1]).T.contiguous()
            linear = torch.nn.Linear(w.shape[1], w.shape[0], bias=False)
            linear.weight.data = w
            return linear
        if node.op_type == "Relu":
            self.relus.append(node.name or node.output[0])
            return torch.nn.ReLU()
        return None

    def forward(self, x):
        values = {self.input.name: x}
        for k, node in enumerate(self.graph.node):
            of = lambda i: values[node.input[i]] if node.input[i] in values else None
            if str(k) in self.parts:
                arg = next(values[i] for i in node.input if i in values)
                y = self.parts[str(k)](arg)
            elif node.op_type == "Constant":
                continue
            elif k in self.joined:
                y = next(values[i] for i in node.input if i in values)
            elif node.op_type in ("Add", "Sub"):
                a, b = of(0), of(1)
                sign = 1 if node.op_type == "Add" else -1
                if a is None or b is None:
                    c = self.tensor(node.input[0] if a is None else node.input[1])
                    if not np.any(c.numpy()):
                        y = a if b is None else sign * b
                    else:
                        c = c.reshape([1] * (max(0, 2 - c.dim())) + list(c.shape))
                        y = a + sign * c if b is None else c + sign * b
                else:
                    y = a + b if sign > 0 else a - b
            elif node.op_type in ("Flatten", "Reshape"):
                y = torch.flatten(of(0), 1)
            else:
                raise SystemExit(f"{node.op_type} is not written out")
            values[node.output[0]] = y
        return values[self.graph.output[0].name]


def crown(net, lower, upper, sparse):
    options = {"relu": "adaptive", "sparse_intermediate_bounds": sparse,
               "sparse_conv_intermediate_bounds": sparse,
               "conv_mode": "patches" if net.has_conv() else "matrix"}
    x = torch.stack([lower, upper]).mean(0).reshape(net.shape)
    bounded = BoundedModule(net, x, bound_opts=options, device="cpu")
    box = PerturbationLpNorm(
        norm=np.inf, x_L=lower.reshape(net.shape), x_U=upper.reshape(net.shape))
    start = time.time()
    low, high = bounded.compute_bounds(x=(BoundedTensor(x, box),), method="backward")
    seconds = time.time() - start
    relus = [n for n in bounded._modules.values() if isinstance(n, BoundRelu)]
    found = [(n.inputs[0].lower.flatten(), n.inputs[0].upper.flatten()) for n in relus]
    assert len(found) == len(net.relus)
    return dict(zip(net.relus, found)), (low.flatten(), high.flatten()), seconds


def looser(ours, theirs):
    """How far ours reaches beyond theirs, and how far theirs beyond ours, relative to their width."""
    lo, hi = theirs
    width = (hi - lo).clamp(min=1e-6 * float(torch.maximum(lo.abs(), hi.abs()).max()))
    beyond = torch.maximum((lo - ours[:, 0]) / width, (ours[:, 1] - hi) / width)
    better = torch.maximum((ours[:, 0] - lo) / width, (hi - ours[:, 1]) / width)
    return beyond, better


def write(path, case, theirs, out):
    pairs = lambda bounds: torch.stack(bounds, 1).tolist()
    relus = [{"name": r["name"], "operand": pairs(theirs[r["name"]])} for r in case["relus"]]
    with open(path, "w") as to:
        json.dump({"box": case["box"], "relus": relus, "outputs": pairs(out)}, to)
        to.write("\n")


def main():
    print("| network | property | mode | CROWN s | neurons | unstable CROWN | unstable ours | looser by | tighter by |")
    print("|---|---|---|---|---|---|---|---|---|")
    record = sys.argv[2] if len(sys.argv) > 2 else None
    for line in open(sys.argv[1]):
        case = json.loads(line)
        net = Net(case["network"]).double()
        box = torch.tensor(case["box"])
        for sparse in (True, False):
            theirs, out, seconds = crown(net, box[:, 0], box[:, 1], sparse)
            if sparse and record:
                write(record, case, theirs, out)
                record = None
            beyond, better, count, unstable, ours_unstable = [], [], 0, 0, 0
            for relu in case["relus"]:
                ours = torch.tensor(relu["operand"])
                lo, hi = theirs[relu["name"]]
                assert len(lo) == len(ours), relu["name"]
                open_ = (ours[:, 0] < 0) & (ours[:, 1] > 0)
                b, t = looser(ours, (lo, hi))
                count += len(ours)
                unstable += int(((lo < 0) & (hi > 0)).sum())
                ours_unstable += int(((ours[:, 0] < 0) & (ours[:, 1] > 0)).sum())
                if open_.any():
                    beyond.append(float(b[open_].max()))
                    better.append(float(t[open_].max()))
            b, t = looser(torch.tensor(case["outputs"]), out)
            beyond.append(float(b.max()))
            better.append(float(t.max()))
            name = case["network"].rsplit("/", 1)[-1]
            prop = case["property"].rsplit("/", 1)[-1].replace(".vnnlib", "").replace(".gz", "")
            print(f"| {name} | {prop} | {'sparse' if sparse else 'dense'} | {seconds:.2f} | {count} | {unstable} | "
                  f"{ours_unstable} | {max(beyond):.1e} | {max(better):.1e} |", flush=True)


if __name__ == "__main__":
    main()
