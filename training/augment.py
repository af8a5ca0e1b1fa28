"""What differs between two photos of the same scene: turns, mirrors, colour, light, noise."""

from __future__ import annotations

from functools import cache

import torch
from torch import Tensor, nn

from archscan.segmentation.evening import evened

INVERTED = 0.08
"""Share of pictures shown as their negative: a lit plate is dark where cardboard is bright."""

EVENED = 0.12
"""Share of pictures evened out, as the scan shows them where a first look leaves doubt."""

PLAIN = 0.03
"""Share of pictures that lose all they show: on a picture of nothing there is no contact."""

GRAINY, GRAIN_DEVIATION, COARSEST_GRAIN = 0.5, (0.03, 0.4), 8
"""Share of these that are full of noise, its standard deviation, and its side in pixels."""

NOISE = 0.03
"""Largest standard deviation of the noise."""


def augment(
    picture: Tensor, target: Tensor, close: Tensor, random: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Vary a batch.

    Parameters
    ----------
    picture
        ``uint8 (n, h, w, 3)``.
    target
        ``uint8 (n, h, w, 4)``.
    close
        ``bool (n,)``: these keep their toes up.
    random
        Source of every choice.

    Returns
    -------
    picture, target
        ``float32 (n, 3, h, w)`` and ``float32 (n, 4, h, w)`` in ``[0, 1]``.
    """
    shown = picture.clone()
    for number in torch.nonzero(torch.rand(len(picture), generator=random) < EVENED).flatten():
        shown[number] = torch.from_numpy(evened(picture[number].numpy()))
    turn = (torch.rand(len(picture), generator=random) < 0.5) & ~close
    mirror = torch.rand(len(picture), generator=random) < 0.5
    moved = []
    for whole in (shown, target):
        # As bytes, and in the order they are stored in: a quarter of the work.
        turned = [item.flip(0, 1) if way else item for item, way in zip(whole, turn, strict=True)]
        flipped = [item.flip(1) if way else item for item, way in zip(turned, mirror, strict=True)]
        moved.append(torch.stack(flipped).permute(0, 3, 1, 2).float().div_(255))
    seen, wanted = moved
    for number in torch.nonzero(torch.rand(len(picture), generator=random) < PLAIN).flatten():
        seen[number] = _nothing(seen[number], random)
        wanted[number] = 0.0
    return _relight(seen, random), wanted


def _nothing(picture: Tensor, random: torch.Generator) -> Tensor:
    """Keep a picture's mean colour, and perhaps cover it with grains of one size."""
    plain = picture.mean(dim=(1, 2), keepdim=True).expand_as(picture)
    if float(torch.rand(1, generator=random)) >= GRAINY:
        return plain
    side = int(torch.randint(1, COARSEST_GRAIN + 1, (1,), generator=random))
    low, high = GRAIN_DEVIATION
    deviation = low + (high - low) * float(torch.rand(1, generator=random))
    height, width = picture.shape[1:]
    grains = torch.randn((1, 3, -(-height // side), -(-width // side)), generator=random)
    enlarged = nn.functional.interpolate(grains, scale_factor=side, mode="bilinear")
    return (plain + deviation * enlarged[0, :, :height, :width]).clamp(0, 1)


def _relight(picture: Tensor, random: torch.Generator) -> Tensor:
    count = len(picture)

    def spread(low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand((count, *shape), generator=random)

    gamma = torch.exp(spread(-0.4, 0.4, 1, 1, 1))
    gain = spread(0.7, 1.25, 1, 1, 1) * spread(0.88, 1.12, 3, 1, 1)
    lit = picture.clamp_(1e-3, 1).pow_(gamma).mul_(gain)
    keep = torch.where(spread(0, 1, 1, 1, 1) < 0.2, 0.0, spread(0.6, 1.2, 1, 1, 1))
    lit = torch.lerp(lit.mean(dim=1, keepdim=True), lit, keep)
    lit.add_(_noise(lit, random) * spread(0, NOISE, 1, 1, 1)).clamp_(0, 1)
    negative = spread(0, 1, 1, 1, 1) < INVERTED
    return lit.mul_(torch.where(negative, -1.0, 1.0)).add_(negative.float())


def _noise(like: Tensor, random: torch.Generator) -> Tensor:
    """Noise of standard deviation 1: some place of a long list, which is drawn only once."""
    grain = _grain(2 * like.numel())
    start = int(torch.randint(0, like.numel(), (1,), generator=random))
    drawn = grain[start : start + like.numel()]
    count, channels, height, width = like.shape
    return drawn.view(count, height, width, channels).permute(0, 3, 1, 2)


@cache
def _grain(count: int) -> Tensor:
    return torch.randn(count, generator=torch.Generator().manual_seed(7))
