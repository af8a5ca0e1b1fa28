"""The network: a small U-Net, built to run through ``cv2.dnn`` in a few milliseconds."""

from __future__ import annotations

from itertools import pairwise

from torch import Tensor, nn

SIDE = 256
"""Height of the pictures the network is trained on, pixels."""

WIDTH = 192
"""Their width: phones' photos are a third longer than wide, and prints are slimmer."""

CHANNELS = (32, 64, 104, 128)
"""Width at a quarter of the picture's resolution and at each halving of it: just under a
million weights. Nothing but the first layer is computed at a finer resolution, where each
costs as much as all of the coarsest together: the last layer gives each of its pixels
sixteen answers instead."""

STEM = 16
"""Width at half the picture's resolution."""

INWARDS = (1, 1, 2, 2)
"""Layers at each resolution on the way in."""

OUTWARDS = (2, 1, 1)
"""And on the way out, the finest first."""

LAYERS = 4
"""Sole, toes, sheet of paper, card."""

CONTACT = 2
"""Of the layers, the first: what the foot touched."""

CELL = 4
"""Pixels a side that one pixel of the last layer answers for."""


def _layer(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


def _layers(channels: int, count: int) -> nn.Sequential:
    return nn.Sequential(*(_layer(channels, channels) for _ in range(count)))


class ContactNetwork(nn.Module):
    """Sole and toes of every print in a picture, and what shows its scale.

    Input ``float32 (n, 3, h, w)``, RGB in ``[0, 1]``, ``h`` and ``w`` multiples
    of 32. Output ``float32 (n, 4, h, w)``: logits of sole, toes, sheet of
    paper and card.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(_layer(3, STEM, 4, 2), _layer(STEM, CHANNELS[0], 4, 2))
        self.shrink = nn.ModuleList(
            _layer(finer, coarser, 3, 2) for finer, coarser in pairwise(CHANNELS)
        )
        self.inwards = nn.ModuleList(map(_layers, CHANNELS, INWARDS))
        self.widen = nn.ModuleList(
            nn.Conv2d(coarser, finer, 1) for finer, coarser in pairwise(CHANNELS)
        )
        self.outwards = nn.ModuleList(map(_layers, CHANNELS, OUTWARDS))
        self.head = nn.Conv2d(CHANNELS[0], CELL * CELL * LAYERS, 1)

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
        return nn.functional.pixel_shuffle(self.cells(picture), CELL)

    def cells(self, picture: Tensor) -> Tensor:
        """Run it but for laying its answers out, which numpy does in a fifth of the time.

        Parameters
        ----------
        picture
            ``float32 (n, 3, h, w)`` in ``[0, 1]``.

        Returns
        -------
        Tensor
            ``float32 (n, 64, h / 4, w / 4)``: four layers, each with sixteen answers
            row by row.
        """
        features = self.inwards[0](self.stem(picture - 0.5))
        beside = [features]
        for shrink, block in zip(self.shrink, self.inwards[1:], strict=True):
            features = block(shrink(features))
            beside.append(features)
        for level in reversed(range(len(self.outwards))):
            widened = self.widen[level](features)
            coarse = nn.functional.interpolate(widened, scale_factor=2, mode="nearest")
            features = self.outwards[level](nn.functional.relu(coarse + beside[level]))
        cells: Tensor = self.head(features)
        return cells
