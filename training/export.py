"""From torch to the ONNX file that ships."""

from __future__ import annotations

import copy
import io
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

from training.network import SIDE, ContactNetwork


class _Cells(nn.Module):
    """What of a network goes into the file."""

    def __init__(self, network: ContactNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        return self.network.cells(picture)


def export(network: ContactNetwork, path: Path) -> None:
    """Write a network as ONNX with half-precision weights.

    Parameters
    ----------
    network
        In evaluation mode; left as it is.
    path
        The file, written whole or not at all.
    """
    plain = copy.deepcopy(network).to("cpu", memory_format=torch.contiguous_format).eval()
    stream = io.BytesIO()
    torch.onnx.export(
        _Cells(plain),
        (torch.zeros(1, 3, SIDE, SIDE),),
        stream,
        input_names=["picture"],
        output_names=["cells"],
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load_from_string(stream.getvalue())
    _halve(model.graph)
    temporary = path.with_suffix(".part")
    temporary.write_bytes(model.SerializeToString())
    temporary.replace(path)


def _halve(graph: onnx.GraphProto) -> None:
    """Store large weights as float16, cast back when the network is loaded."""
    casts = []
    for weights in graph.initializer:
        values = numpy_helper.to_array(weights)
        if values.dtype != np.float32 or values.size < 64:
            continue
        name = weights.name
        weights.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=onnx.TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)
