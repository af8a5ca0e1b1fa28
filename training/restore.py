"""From the ONNX file that ships back to torch, to go on where no checkpoint is left."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from training.network import SIDE, ContactNetwork


def restore(path: Path) -> ContactNetwork:
    """Read an exported network.

    Parameters
    ----------
    path
        As :func:`training.export.export` writes it: its batch norms are folded into the
        convolutions.

    Returns
    -------
    ContactNetwork
        In evaluation mode, in which its batch norms do no more than add the folded bias.
        In training mode they would forget it.
    """
    graph = onnx.load(path).graph
    weights = {
        stored.name.removesuffix(".half"): numpy_helper.to_array(stored).astype(np.float32)
        for stored in graph.initializer
    }
    network = ContactNetwork().eval()
    folded = [node for node in graph.node if node.op_type == "Conv"]
    for (convolution, norm), node in zip(_in_order(network), folded, strict=True):
        _, kernel, bias = node.input
        _take(convolution.weight, weights[kernel])
        if norm is None:
            assert convolution.bias is not None  # noqa: S101 - those without a norm have one
            _take(convolution.bias, weights[bias])
            continue
        nn.init.zeros_(norm.running_mean)
        nn.init.constant_(norm.running_var, 1 - norm.eps)
        nn.init.ones_(norm.weight)
        _take(norm.bias, weights[bias])
    return network


def _in_order(network: ContactNetwork) -> list[tuple[nn.Conv2d, nn.BatchNorm2d | None]]:
    """List the convolutions, each with its norm, in the order in which they are computed."""
    norms = {
        layer[0]: layer[1]
        for layer in network.modules()
        if isinstance(layer, nn.Sequential) and isinstance(layer[-1], nn.ReLU)
    }
    found: list[nn.Conv2d] = []
    hooks = [
        layer.register_forward_hook(lambda layer, *_: found.append(layer))
        for layer in network.modules()
        if isinstance(layer, nn.Conv2d)
    ]
    with torch.no_grad():
        network(torch.zeros(1, 3, SIDE, SIDE))
    for hook in hooks:
        hook.remove()
    return [(convolution, norms.get(convolution)) for convolution in found]


def _take(parameter: torch.Tensor, values: NDArray[np.float32]) -> None:
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(values.copy()))
