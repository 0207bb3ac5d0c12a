"""Writes the networks and arrays of this folder with onnx 1.23 and NumPy 2. All numbers are made up, and doubles hold them."""
import struct

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def save(name, inputs, outputs, nodes, constants, external=None):
    """Inputs and outputs are (name, shape) pairs; `external` names a file for the constants."""
    value = lambda v: helper.make_tensor_value_info(v[0], TensorProto.FLOAT, v[1])
    tensors = [numpy_helper.from_array(np.array(c, dtype="<f4"), n) for n, c in constants.items()]
    graph = helper.make_graph(nodes, "g", [value(v) for v in inputs], [value(v) for v in outputs], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    options = {}
    if external:
        options = dict(save_as_external_data=True, location=external, size_threshold=0)
    onnx.save(model, name, **options)


node = helper.make_node
W1 = [[1, -1], [-1, 1], [1, 1], [-0.5, 0.25]]
W2 = [[1, 0.5, 0, 0.25], [0, 1, -1, 0.5], [-0.5, 0, 1, -1]]
layers = {"W1": W1, "b1": [0, 0.5, -1, 0.25], "W2": W2, "b2": [0.125, 0, -0.25]}
hidden = [node("Gemm", ["x", "W1", "b1"], ["h"], "first", transB=1), node("Relu", ["h"], ["r"], "relu")]
last = lambda out: [node("Gemm", ["r", "W2", "b2"], [out], "second", transB=1)]

# Two numbers, four hidden units, three classes.
save("two.onnx", [("x", ["batch", 2])], [("y", ["batch", 3])], hidden + last("y"), layers)
# The same with a softmax behind it, with the class behind it, and with its constants in another file.
soft = last("s") + [node("Softmax", ["s"], ["y"], "soft", axis=1)]
save("soft.onnx", [("x", ["batch", 2])], [("y", ["batch", 3])], hidden + soft, layers)
save("outside.onnx", [("x", ["batch", 2])], [("y", ["batch", 3])], hidden + last("y"), layers, "outside.bin")

# A sequence of n pairs: the largest of each, mapped to two scores.
save(
    "sequence.onnx", [("x", [1, "n", 2])], [("y", [1, 2])],
    [node("ReduceMax", ["x"], ["m"], "most", axes=[1], keepdims=0), node("Gemm", ["m", "W", "b"], ["y"], "scores")],
    {"W": [[1, -1], [0.5, 1]], "b": [0, 0.25]},
)
# Three numbers, each switched by a second input.
save(
    "masked.onnx", [("x", [1, 3]), ("mask", [1, 3])], [("y", [1, 2])],
    [node("Mul", ["x", "mask"], ["p"], "switch"), node("Gemm", ["p", "W"], ["y"], "scores", transB=1)],
    {"W": [[1, -1, 2], [0.5, 1, -1]]},
)
# Images of 3 x 2 x 2, and of 2 x 4 as a list, to three classes.
save(
    "colour.onnx", [("x", [1, 3, 2, 2])], [("y", [1, 3])],
    [
        node("Conv", ["x", "K", "k"], ["c"], "conv"), node("Relu", ["c"], ["r"], "relu"),
        node("Flatten", ["r"], ["f"], "flat"), node("Gemm", ["f", "W"], ["y"], "scores", transB=1),
    ],
    {
        "K": np.array([[1, -1, 0.5], [0.25, 1, -1]]).reshape(2, 3, 1, 1), "k": [0.5, -0.25],
        "W": [[1, 0, -1, 0.5, 0, 1, 0.25, 0], [0, 1, 0.5, 0, -1, 0, 1, 0.5], [0.5, 0, 0, 1, 1, -1, 0, 0.25]],
    },
)
save(
    "grey.onnx", [("x", [1, 8])], [("y", [1, 3])], [node("Gemm", ["x", "W"], ["y"], "scores", transB=1)],
    {"W": [[1, 0, 2, 0, -1, 0, 0, 1], [0, 1, 0, 1, 0, -1, 2, 0], [1, -1, 0, 0, 1, 0, 0, 0.5]]},
)
# Images of CIFAR-10: the mean of each plane, to ten classes.
save(
    "planes.onnx", [("x", [1, 3, 32, 32])], [("y", [1, 10])],
    [
        node("GlobalAveragePool", ["x"], ["a"], "mean"), node("Flatten", ["a"], ["f"], "flat"),
        node("Gemm", ["f", "W"], ["y"], "scores", transB=1),
    ],
    {"W": [[(k + 3 * c) % 7 - 3 for c in range(3)] for k in range(10)]},
)

pixels = bytes((37 * i + 11 * p) % 256 for i in range(3) for p in range(8))
open("grey.idx", "wb").write(struct.pack(">BBBBIII", 0, 0, 8, 3, 3, 2, 4) + pixels)
open("grey_labels.idx", "wb").write(struct.pack(">BBBBI", 0, 0, 8, 1, 3) + bytes([2, 0, 1]))
images = np.fromfunction(lambda i, r, c, k: (40 * i + 20 * r + 10 * c + 3 * k) % 256, (4, 2, 2, 3)).astype("u1")
labels = np.array([0, 1, 2, 1])
np.save("colour.npy", images)
np.save("colour_labels.npy", labels)
np.savez("colour.npz", x_train=images[:1], x_test=images.transpose(0, 3, 1, 2) / np.float32(256), y_test=labels)
# A binarised network of three inputs in quarters, two hidden layers and three classes; its input is mapped by 2 x - 1, and
# a sum of 0 counts as positive.
L1, c1 = [[1, -1, 1], [1, 1, 0], [-1, 1, 1], [0, 1, -1]], [0, -1, 0, 1]
L2, c2 = [[1, 1, -1, 1], [1, -1, 1, 0], [-1, 1, 1, 1]], [0, 1, -1]
L3, c3 = [[1, -1, 1], [-1, 1, 1], [1, 1, -1]], [1, 0, 0]
sign = lambda a, out: [
    node("GreaterOrEqual", [a, "zero"], [a + "_on"], a + "_on"), node("Where", [a + "_on", "one", "minus"], [out], a + "_sign"),
]
save(
    "binarised.onnx", [("x", [1, 3])], [("y", [1, 3])],
    [
        node("Mul", ["x", "two"], ["d"], "double"), node("Sub", ["d", "one"], ["s"], "shift"),
        node("Gemm", ["s", "L1", "c1"], ["a1"], "layer1", transB=1), *sign("a1", "h1"),
        node("Gemm", ["h1", "L2", "c2"], ["a2"], "layer2", transB=1), *sign("a2", "h2"),
        node("Gemm", ["h2", "L3", "c3"], ["y"], "scores", transB=1),
    ],
    {
        "L1": L1, "c1": c1, "L2": L2, "c2": c2, "L3": L3, "c3": c3,
        "zero": [0], "one": [1], "minus": [-1], "two": [2],
    },
)
