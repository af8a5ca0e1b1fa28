"""How well a network outlines prints it was not trained on, up close."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from archscan.synthetic import draw_recipe
from training.network import CONTACT
from training.samples import samples

FIRST_SEED = 400_000
"""Far from the training seeds, which lie below 100,000."""


@dataclass(frozen=True, slots=True)
class Score:
    """One picture of a held-out scene.

    Attributes
    ----------
    surface, medium, difficulty, content
        Of the scene.
    sole, toes
        Intersection over union with the truth at a probability of one half;
        ``None`` where the truth has none of it.
    false_share
        Share of the picture wrongly called contact.
    """

    surface: str
    medium: str
    difficulty: str
    content: str
    sole: float | None
    toes: float | None
    false_share: float


@torch.no_grad()
def evaluate(network: nn.Module, scenes: int) -> list[Score]:
    """Score a network on held-out scenes.

    Parameters
    ----------
    network
        In evaluation mode.
    scenes
        How many.

    Returns
    -------
    list of Score
        One for each close view of a print, and for each whole photo without one.
    """
    network = network.to("cpu")
    scores = []
    for seed in range(FIRST_SEED, FIRST_SEED + scenes):
        recipe = draw_recipe(seed)
        for sample in samples(seed):
            if bool(recipe.feet) != sample.close:
                continue
            picture = torch.from_numpy(sample.picture).permute(2, 0, 1)[None].float() / 255
            seen = network(picture)[0, :CONTACT].numpy() > 0
            wanted = sample.target.transpose(2, 0, 1) > 127
            sole, toes = (
                float((one & other).sum() / (one | other).sum()) if other.any() else None
                for one, other in zip(seen, wanted, strict=True)
            )
            wrong = float((seen.any(axis=0) & ~wanted.any(axis=0)).mean())
            scores.append(
                Score(
                    recipe.surface,
                    recipe.medium,
                    recipe.difficulty,
                    recipe.content,
                    sole,
                    toes,
                    wrong,
                )
            )
    return scores


def median(values: list[float | None]) -> float | None:
    """Median of what is there.

    Parameters
    ----------
    values
        Some may be missing.

    Returns
    -------
    float or None
        ``None`` if all are.
    """
    there = [value for value in values if value is not None]
    return float(np.median(there)) if there else None
