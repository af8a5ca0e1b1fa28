"""What training makes smaller: how far the network's answers lie from what is drawn."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.network import CONTACT

EDGE_WEIGHT = 3.0
"""How much more a pixel at an edge counts: the indices are made of edges."""

REFERENCE_WEIGHT = 1.0
"""Of sheet and card in the loss. The rounds from scratch had 0.4, as they need only be found;
a round in which sole and toes change much unlearns them at that."""

EDGE_REACH = 5
"""Side of the square (pixels) round an edge in which pixels count more."""


def loss(logits: Tensor, target: Tensor) -> Tensor:
    """Cross entropy for each pixel's doubt, Dice for the shape as a whole.

    Parameters
    ----------
    logits, target
        ``float32 (n, 4, h, w)``: contact first, then what shows the scale, which
        counts for less.

    Returns
    -------
    Tensor
        Scalar.
    """
    reach = EDGE_REACH // 2
    near = nn.functional.avg_pool2d(target[:, :CONTACT], EDGE_REACH, 1, reach)
    weight = torch.ones_like(target)
    weight[:, :CONTACT] += EDGE_WEIGHT * 4 * near * (1 - near)
    entropy = nn.functional.binary_cross_entropy_with_logits(
        logits, target, weight, reduction="none"
    )
    guess = torch.sigmoid(logits)
    shared = (guess * target).sum(dim=(2, 3))
    total = guess.sum(dim=(2, 3)) + target.sum(dim=(2, 3))
    dice = 1 - (2 * shared + 20) / (total + 20)
    whole = entropy.mean(dim=(0, 2, 3)) + 0.3 * dice.mean(dim=0)
    return whole[:CONTACT].mean() + REFERENCE_WEIGHT * whole[CONTACT:].mean()
