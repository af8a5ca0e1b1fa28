"""What values of an index are called high, neutral or flat, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass

from archscan.indices.measure import Arch


@dataclass(frozen=True, slots=True)
class Bands:
    """Adult bands of one index whose higher values mean a flatter print.

    Attributes
    ----------
    high_below
        Values below this are high.
    high_at_limit
        Whether ``high_below`` itself is high too.
    neutral
        Least and greatest neutral value, where not already high or flat.
        Values in no band leave the index without an opinion.
    flat_from
        Values from this on are flat.
    source
        Where the limits come from.
    evidence
        How firm they are, in one or two plain sentences.
    """

    high_below: float
    neutral: tuple[float, float]
    flat_from: float
    source: str
    evidence: str
    high_at_limit: bool = False

    def arch(self, value: float) -> Arch | None:
        """Name the band a value falls in.

        Parameters
        ----------
        value
            Value of the index, fraction of 1.

        Returns
        -------
        str or None
            ``"high"``, ``"neutral"``, ``"flat"``, or ``None`` in no band.
        """
        if value < self.high_below or (self.high_at_limit and value == self.high_below):
            return "high"
        if value >= self.flat_from:
            return "flat"
        if self.neutral[0] <= value <= self.neutral[1]:
            return "neutral"
        return None
