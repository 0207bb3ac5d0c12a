"""Networks: replay by onnxruntime, and chains of dense layers written plainly.

Readers of the peers refuse most files as they are (`Flatten`, a subtraction of zeros in front, a
bias that is no row, nodes without a name). A chain of dense layers is therefore offered to them a second
time as plainly as ONNX can say it: `Gemm` with all attributes spelled out, `Relu`, a batch of one.
Other networks are offered a second time without what does nothing, and with `Flatten` said as `Reshape`.
"""

from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper


class NoChain(Exception):
    """The network is no chain of dense layers."""


@dataclass
class Layer:
    weight: np.ndarray  # inputs x outputs
    bias: np.ndarray
    relu: bool


@dataclass
class Chain:
    """Layers behind `z = (x - shift) / scale`."""

    layers: list
    shift: np.ndarray
    scale: np.ndarray

    def plain(self):
        """The layers alone as an ONNX model, `z` its input."""
        nodes, constants, name = [], [], "z"
        for k, layer in enumerate(self.layers):
            for what, values in (("w", layer.weight), ("b", layer.bias)):
                constants.append(numpy_helper.from_array(values.astype(np.float32), f"{what}{k}"))
            attributes = {"alpha": 1.0, "beta": 1.0, "transA": 0, "transB": 0}
            names = [name, f"w{k}", f"b{k}"]
            nodes.append(helper.make_node("Gemm", names, [f"g{k}"], name=f"gemm{k}", **attributes))
            name = f"g{k}"
            if layer.relu:
                nodes.append(helper.make_node("Relu", [name], [f"r{k}"], name=f"relu{k}"))
                name = f"r{k}"
        sizes = self.layers[0].weight.shape[0], self.layers[-1].weight.shape[1]
        ends = [
            helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, size])
            for n, size in zip(("z", name), sizes)
        ]
        graph = helper.make_graph(nodes, "chain", ends[:1], ends[1:], constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)

    def merged(self):
        """Layers with a ReLU after each but the last, in double precision; a last identity where the
        network ends in a ReLU."""
        layers = []
        for layer in self.layers:
            weight, bias = layer.weight.astype(float), layer.bias.astype(float)
            if layers and not layers[-1].relu:
                last = layers.pop()
                weight, bias = last.weight @ weight, last.bias @ weight + bias
            layers.append(Layer(weight, bias, layer.relu))
        if layers[-1].relu:
            size = len(layers[-1].bias)
            layers.append(Layer(np.eye(size), np.zeros(size), False))
        return layers


def chain(model):
    """The network as a chain of dense layers."""
    constants = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    inputs = [i for i in model.graph.input if i.name not in constants]
    if len(inputs) != 1:
        raise NoChain("several inputs")
    size = 1
    for d in inputs[0].type.tensor_type.shape.dim:
        size *= d.dim_value or 1
    at = inputs[0].name
    found = Chain([], np.zeros(size), np.ones(size))
    for node in model.graph.node:
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
            continue
        if list(node.input).count(at) != 1:
            raise NoChain(f"{node.op_type} beside the chain")
        step(found, node, [constants.get(n) for n in node.input], list(node.input).index(at), size)
        at = node.output[0]
    if at != model.graph.output[0].name or not found.layers:
        raise NoChain("the output is no end of a chain")
    return found


def step(found, node, values, place, size):
    attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    op, layers = node.op_type, found.layers
    other = values[1 - place] if len(values) > 1 else None
    if op in ("Flatten", "Reshape", "Identity", "Dropout"):
        return
    if op == "Relu" and layers and not layers[-1].relu:
        layers[-1].relu = True
    elif op in ("Sub", "Div") and place == 0 and not layers and other is not None:
        # x -> (x - shift) / scale: a second subtraction is in units of the first scale.
        flat = np.broadcast_to(other.astype(float).ravel(), size) if other.size == 1 else other.ravel()
        if op == "Sub":
            found.shift = found.shift + found.scale * flat
        else:
            found.scale = found.scale * flat
    elif op == "MatMul" and place == 0 and other is not None and other.ndim == 2:
        layers.append(Layer(other, np.zeros(other.shape[1], np.float32), False))
    elif op == "MatMul" and place == 1 and other is not None and other.ndim == 2:
        # A column: its product from the left is that of the row from the right.
        layers.append(Layer(other.T, np.zeros(other.shape[0], np.float32), False))
    elif op == "Gemm" and place == 0 and values[1] is not None:
        if attributes.get("alpha", 1.0) != 1.0 or attributes.get("beta", 1.0) != 1.0:
            raise NoChain("Gemm with factors")
        weight = values[1].T if attributes.get("transB", 0) else values[1]
        bias = np.zeros(weight.shape[1], np.float32) if len(values) < 3 else values[2].ravel()
        layers.append(Layer(weight, bias, False))
    elif op == "Add" and layers and not layers[-1].relu and other is not None:
        if layers[-1].bias.any():
            raise NoChain("two biases")
        layers[-1].bias = np.broadcast_to(other.ravel(), layers[-1].bias.shape)
    else:
        raise NoChain(op)


def spelled(model):
    """The network without `Identity` and `Dropout`, with `Reshape` for `Flatten` (none at the end), and with
    a batch that has no number."""
    inferred = onnx.shape_inference.infer_shapes(model).graph
    shapes = {
        v.name: [d.dim_value for d in v.type.tensor_type.shape.dim]
        for v in [*inferred.value_info, *inferred.input, *inferred.output]
    }
    new = onnx.ModelProto()
    new.CopyFrom(model)
    graph, renamed, nodes = new.graph, {}, []
    for k, node in enumerate(model.graph.node):
        node.input[:] = [renamed.get(n, n) for n in node.input]
        last = k + 1 == len(model.graph.node)
        if node.op_type in ("Identity", "Dropout") or (node.op_type == "Flatten" and last):
            renamed[node.output[0]] = node.input[0]
        elif node.op_type == "Flatten":
            size = int(np.prod(shapes[node.input[0]][1:]))
            graph.initializer.append(numpy_helper.from_array(np.array([-1, size]), f"flat{k}"))
            names = [node.input[0], f"flat{k}"]
            nodes.append(helper.make_node("Reshape", names, node.output, name=f"reshape{k}"))
        else:
            node.name = node.name or f"node{k}"
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    graph.output[0].name = nodes[-1].output[0]
    del graph.output[0].type.tensor_type.shape.dim[:]
    constants = {t.name for t in graph.initializer}
    inputs = [i for i in graph.input if i.name not in constants]
    del graph.input[:]
    graph.input.extend(inputs)
    graph.input[0].type.tensor_type.shape.dim[0].dim_param = "batch"
    return new


class Replay:
    """Runs the network as it is by onnxruntime."""

    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0]
        self.shape = [d if isinstance(d, int) and d > 0 else 1 for d in self.input.shape]

    def __call__(self, x):
        x = np.asarray(x, np.float32).reshape(self.shape)
        return self.session.run(None, {self.input.name: x})[0].astype(float).ravel()


def load(path):
    return onnx.load(path)
