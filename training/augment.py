"""What differs between two photos of the same scene: turns, mirrors, colour, light, noise."""

from __future__ import annotations

import torch
from torch import Tensor

INVERTED = 0.08
"""Share of pictures shown as their negative: a lit plate is dark where cardboard is bright."""


def augment(
    picture: Tensor, target: Tensor, close: Tensor, random: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Vary a batch.

    Parameters
    ----------
    picture
        ``float32 (n, 3, h, w)`` in ``[0, 1]``.
    target
        ``float32 (n, 4, h, w)`` in ``[0, 1]``.
    close
        ``bool (n,)``: these keep their toes up.
    random
        Source of every choice.

    Returns
    -------
    picture, target
        Of the same shapes.
    """
    both = torch.cat((picture, target), dim=1)
    turns = torch.randint(0, 4, (len(both),), generator=random)
    mirrors = torch.rand(len(both), generator=random) < 0.5
    turned = []
    for item, turn, mirror, upright in zip(both, turns, mirrors, close, strict=True):
        varied = item if upright else torch.rot90(item, int(turn), (1, 2))
        turned.append(torch.flip(varied, (2,)) if mirror else varied)
    both = torch.stack(turned)
    return _relight(both[:, :3], random), both[:, 3:]


def _relight(picture: Tensor, random: torch.Generator) -> Tensor:
    count = len(picture)

    def spread(low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand((count, *shape), generator=random)

    gamma = torch.exp(spread(-0.4, 0.4, 1, 1, 1))
    gain = spread(0.7, 1.25, 1, 1, 1) * spread(0.88, 1.12, 3, 1, 1)
    lit = gain * picture.clamp(1e-3, 1) ** gamma
    grey = lit.mean(dim=1, keepdim=True)
    keep = torch.where(spread(0, 1, 1, 1, 1) < 0.2, 0.0, spread(0.6, 1.2, 1, 1, 1))
    lit = grey + keep * (lit - grey)
    noise = torch.randn(picture.shape, generator=random) * spread(0, 0.03, 1, 1, 1)
    lit = (lit + noise).clamp(0, 1)
    return torch.where(spread(0, 1, 1, 1, 1) < INVERTED, 1 - lit, lit)
