"""``Measure``s to ``Verdict``: high, neutral or flat, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archscan.indices.measure import Arch

Confidence = Literal["clear", "borderline"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the indices together say of one print.

    Attributes
    ----------
    arch
        The class, or ``None`` where the age allows measures but no class.
    confidence
        ``"clear"`` or ``"borderline"``; ``None`` when there is no class.
    neighbour
        The other class a borderline print could belong to, else ``None``.
    probability
        Probability of each class given the measuring intervals; sums to 1.
    """

    arch: Arch | None
    confidence: Confidence | None
    neighbour: Arch | None
    probability: Mapping[Arch, float]
