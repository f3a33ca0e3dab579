"""The trained change that makes the bundled model one for handbooks.

`eval/train.py` made it: for each linear map of the upper layers two thin matrices, whose product is
added to the map. The file is small, so it ships with the code; its checksum stands here.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.shipped import read_shipped

FILE = Path(__file__).with_name("handbook.safetensors")
SHA256 = "2ac64d577e74cbc7b6a16265458dce2d10d1fb9795ea214a3cd2cef7be131211"
REMEDY = "install handbook-kb again, or set the encoder to 'multilingual-e5-small'"

Tensors = dict[str, npt.NDArray[Any]]


def changed(tensors: Tensors) -> Tensors:
    """The model's weights by their names in BertModel, float32, with the change added.

    Raises EncoderError where the file of the change is missing or damaged.
    """
    from safetensors.numpy import load

    change = load(read_shipped(FILE, SHA256, REMEDY))
    names = {name.removesuffix(".up") for name in change if name.endswith(".up")}
    return {**tensors, **{f"{name}.weight": _sum(tensors, change, name) for name in names}}


def _sum(tensors: Tensors, change: Tensors, name: str) -> npt.NDArray[np.float32]:
    up, down = (change[f"{name}.{part}"].astype(np.float32) for part in ("up", "down"))
    total: npt.NDArray[np.float32] = tensors[f"{name}.weight"] + up @ down
    return total
