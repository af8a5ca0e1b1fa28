"""The table of further measures: one row each."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from archscan.indices import chippaux_smirak
from archscan.indices.panel import borders, toes
from archscan.indices.panel.denis import denis_grade, midfoot_share
from archscan.indices.panel.drawing import Drawing
from archscan.indices.panel.oblique import chippaux_smirak_oblique


@dataclass(frozen=True, slots=True)
class Further:
    """One further measure.

    Attributes
    ----------
    name
        Its usual name, as in the record.
    function
        Reads it off a drawing; ``None`` where it has no value. Of a grade what is graded.
    unit
        ``"ratio"``, ``"degree"`` or ``"grade"``.
    guard
        Least half-width of its measuring interval; of a grade that of what is graded.
    title
        For people.
    source
        Who published it.
    steps
        ``(from, name)`` of each band, lowest first; empty where no limits can be cited.
    evidence
        How firm these limits are.
    possible
        Least and greatest value there can be, beyond which no interval reaches.
    grade
        Which grade a value has; ``None`` where the value itself is told.
    """

    name: str
    function: Callable[[Drawing], float | None]
    unit: str
    guard: float
    title: str
    source: str
    steps: tuple[tuple[float, str], ...] = ()
    evidence: str = "No limits can be cited."
    possible: tuple[float, float] = (0.0, math.inf)
    grade: Callable[[float], float] | None = None

    def told(self, value: float) -> float:
        """Give what is told of what was read.

        Parameters
        ----------
        value
            Of :attr:`function`.

        Returns
        -------
        float
            Itself or its grade.
        """
        return value if self.grade is None else self.grade(value)

    def band(self, value: float) -> str | None:
        """Name the band a value falls in.

        Parameters
        ----------
        value
            In the measure's unit.

        Returns
        -------
        str or None
            ``None`` where the measure has no bands.
        """
        # The lowest band has no lower end: a midfoot broader than the ball is below 0.
        names = [
            name for place, (start, name) in enumerate(self.steps) if place == 0 or value >= start
        ]
        return names[-1] if names else None


def _table(*rows: Further) -> Mapping[str, Further]:
    return MappingProxyType({row.name: row for row in rows})


PANEL = _table(
    Further(
        "chippaux_smirak_oblique", chippaux_smirak_oblique, "ratio", chippaux_smirak.GUARD,
        "Chippaux-Smirak index, lines along the ball", "Chippaux (1947); Smirak (1960)",
    ),
    Further(
        "clarke_angle", borders.clarke_angle, "degree", 4.0,
        "Clarke's angle", "Clarke (1933)",
        ((0, "flat"), (30, "lowered"), (35, "intermediate"), (42, "normal")),
        "Forriol and Pascual (1990); others call 42 the limit of lowered and 54 that of high.",
        possible=(0.0, 90.0),
    ),
    Further(
        "footprint_index", borders.footprint_index, "ratio", 0.025,
        "Footprint index", "Irwin (1937)",
    ),
    Further(
        "arch_length_index", borders.arch_length_index, "ratio", 0.015,
        "Arch length index", "Hawes et al. (1992)", possible=(0.0, 1.0),
    ),
    Further(
        "hernandez_corvo", toes.hernandez_corvo, "ratio", 0.03,
        "Hernandez-Corvo index", "Hernandez Corvo (1989)",
        (
            (0, "flat"), (0.35, "flat to normal"), (0.4, "normal"), (0.55, "normal to high"),
            (0.6, "high"), (0.75, "strongly high"), (0.85, "extremely high"),
        ),
        "In wide use; it calls normal what the Chippaux-Smirak index calls flat.",
        possible=(-math.inf, 1.0),
    ),
    Further(
        "sztriter_godunov", borders.sztriter_godunov, "ratio", 0.025,
        "Sztriter-Godunov index KY", "Sztriter and Godunov",
        ((0, "high"), (0.255, "normal"), (0.455, "lowered"), (0.495, "flat"), (0.755, "very flat")),
        "Not checked at their source; given there to two decimals.",
        possible=(0.0, 1.0),
    ),
    Further(
        "wejsflog", toes.wejsflog, "ratio", 0.05,
        "Wejsflog index", "Wejsflog (1956)",
    ),
    Further(
        "denis_grade", midfoot_share, "grade", chippaux_smirak.GUARD,
        "Denis grade", "Denis (1974)", grade=denis_grade,
    ),
    Further(
        "heel_angle", borders.heel_angle, "degree", 1.0,
        "Heel angle gamma", "Polish school of plantography",
        ((0, "narrow"), (15, "usual"), (18, "wide")),
        "Not checked at their source; they speak of the ball's breadth, not of the arch.",
        possible=(-90.0, 90.0),
    ),
    Further(
        "hallux_drift", toes.hallux_drift, "degree", 2.5,
        "Drift of the hallux's pad", "Polish school of plantography", possible=(-90.0, 90.0),
    ),
)  # fmt: skip
"""Every further measure, in the order it is reported. The guards are at least about what a rim
of water of 1.3 mm round a print of 250 mm moves (median of 22 traced prints). Those of Clarke's
angle, the arch length, the heel angle and the hallux are larger, as the places where lines touch
an outline are ill known: with the next smaller ones the intervals of 118 rendered prints beside a
sheet of paper, whose tilt leaves little open, held the truth for 84 to 92 % of them. That of KY is
larger because the border of a low arch is nearly straight: where the tangent touches it, and with
it the middle between, moves far for little. With 0.02 the intervals of 777 rendered prints held
94.0 %, and 90.8 % of 195 others."""
