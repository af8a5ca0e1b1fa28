"""The network: a small U-Net, built to run through ``cv2.dnn`` in about ten milliseconds."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

SIDE = 256
"""Side of the square picture the network is trained on, pixels."""

CHANNELS = (24, 48, 64, 80, 96)
"""Width at each halving of resolution, the first at half the picture's: about 0.84
million weights in all. Nothing is computed at the full resolution, which would take
half the time: the last layer gives each of its pixels four answers instead."""

LAYERS = 4
"""Sole, toes, sheet of paper, card."""

CONTACT = 2
"""Of the layers, the first: what the foot touched."""


def _block(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(*_layer(inputs, outputs), *_layer(outputs, outputs))


def _layer(inputs: int, outputs: int, dilation: int = 1) -> tuple[nn.Module, ...]:
    return (
        nn.Conv2d(inputs, outputs, 3, padding=dilation, dilation=dilation, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class ContactNetwork(nn.Module):
    """Sole and toes of every print in a picture, and what shows its scale.

    Input ``float32 (n, 3, h, w)``, RGB in ``[0, 1]``, ``h`` and ``w`` multiples
    of 32. Output ``float32 (n, 4, h, w)``: logits of sole, toes, sheet of
    paper and card.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, CHANNELS[0], 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(CHANNELS[0]),
            nn.ReLU(inplace=True),
            *_layer(CHANNELS[0], CHANNELS[0]),
        )
        self.down = nn.ModuleList(_block(inputs, outputs) for inputs, outputs in pairwise(CHANNELS))
        self.context = nn.Sequential(*_layer(CHANNELS[-1], CHANNELS[-1], dilation=2))
        self.up = nn.ModuleList(
            _block(below + beside, beside)
            for below, beside in zip(CHANNELS[:0:-1], CHANNELS[-2::-1], strict=True)
        )
        self.head = nn.Conv2d(CHANNELS[0], 4 * LAYERS, 3, padding=1)

    def forward(self, picture: Tensor) -> Tensor:
        """Run the network.

        Parameters
        ----------
        picture
            ``float32 (n, 3, h, w)`` in ``[0, 1]``.

        Returns
        -------
        Tensor
            ``float32 (n, 4, h, w)`` logits.
        """
        kept = [self.stem(picture - 0.5)]
        for block in self.down:
            kept.append(block(nn.functional.max_pool2d(kept[-1], 2)))
        features = self.context(kept[-1])
        for block, beside in zip(self.up, kept[-2::-1], strict=True):
            features = nn.functional.interpolate(features, scale_factor=2, mode="nearest")
            features = block(torch.cat((features, beside), dim=1))
        return nn.functional.pixel_shuffle(self.head(features), 2)
