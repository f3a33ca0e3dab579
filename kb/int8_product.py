"""Products of vectors in 8 bits, by the processor's own instructions for them.

ONNX Runtime, which runs the model, has a kernel for every processor; numpy has none, and takes
three times as long by way of float32.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

LARGEST = 63
"""Of a query's numbers: with 7 bits of them no processor's sums of two products overflow."""

_BY = np.uint8(128)


def moved(codes: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Return codes moved by 128, to 0–255: the fast kernels take one side unsigned."""
    return codes.view(np.uint8) ^ _BY


def moved_back(codes: NDArray[np.uint8]) -> NDArray[np.int8]:
    """Return the codes that were `moved`."""
    return (codes ^ _BY).view(np.int8)


def product(codes: NDArray[np.uint8], query: NDArray[np.int8]) -> NDArray[np.int32]:
    """Return `moved_back(codes) @ query.T`, exactly: (m, dim), (n, dim) to (m, n).

    The numbers of `query` are within ±`LARGEST`.
    """
    found: NDArray[np.int32] = _session().run(None, {"codes": codes, "query": query.T})[0]
    return found


@cache
def _session() -> InferenceSession:
    from onnx import TensorProto, helper

    moved_by = helper.make_tensor("moved_by", TensorProto.UINT8, [], [int(_BY)])
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["codes", "query", "moved_by"], ["product"])],
        "product",
        [
            helper.make_tensor_value_info("codes", TensorProto.UINT8, ["m", "dim"]),
            helper.make_tensor_value_info("query", TensorProto.INT8, ["dim", "n"]),
        ],
        [helper.make_tensor_value_info("product", TensorProto.INT32, ["m", "n"])],
        [moved_by],
    )
    options = SessionOptions()
    options.intra_op_num_threads = 1
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    return InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
