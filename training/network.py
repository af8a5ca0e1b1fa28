"""The network: a small U-Net, built to run through ``cv2.dnn`` in tens of milliseconds."""

from __future__ import annotations

import torch
from torch import Tensor, nn

SIDE = 256
"""Side of the square picture the network is trained on, pixels."""

CHANNELS = (16, 24, 48, 64, 96)
"""Width at each halving of resolution: about 0.55 million weights in all."""


def _block(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
        nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class ContactNetwork(nn.Module):
    """Sole and toes of every print in a picture.

    Input ``float32 (n, 3, h, w)``, RGB in ``[0, 1]``, ``h`` and ``w`` multiples
    of 16. Output ``float32 (n, 2, h, w)``: logits of sole and toes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.ModuleList(
            _block(inputs, outputs)
            for inputs, outputs in zip((3, *CHANNELS[:-1]), CHANNELS, strict=True)
        )
        self.context = nn.Sequential(
            nn.Conv2d(CHANNELS[-1], CHANNELS[-1], 3, padding=2, dilation=2, bias=False),
            nn.BatchNorm2d(CHANNELS[-1]),
            nn.ReLU(inplace=True),
        )
        self.up = nn.ModuleList(
            _block(below + beside, beside)
            for below, beside in zip(CHANNELS[:0:-1], CHANNELS[-2::-1], strict=True)
        )
        self.head = nn.Conv2d(CHANNELS[0], 2, 1)

    def forward(self, picture: Tensor) -> Tensor:
        """Run the network.

        Parameters
        ----------
        picture
            ``float32 (n, 3, h, w)`` in ``[0, 1]``.

        Returns
        -------
        Tensor
            ``float32 (n, 2, h, w)`` logits.
        """
        kept = []
        features = picture - 0.5
        for level, block in enumerate(self.down):
            if level:
                features = nn.functional.max_pool2d(features, 2)
            features = block(features)
            kept.append(features)
        features = self.context(features)
        for block, beside in zip(self.up, kept[-2::-1], strict=True):
            features = nn.functional.interpolate(features, scale_factor=2, mode="nearest")
            features = block(torch.cat((features, beside), dim=1))
        logits: Tensor = self.head(features)
        return logits
