"""Coarse places among adults, and the table for children."""

from __future__ import annotations

import re

import numpy as np
import pytest

import archscan
from archscan.errors import OptionError
from archscan.indices.measure import Measure
from archscan.indices.reference import child_table, reference_band


@pytest.mark.parametrize(
    ("value", "band"),
    [(0.0, "lower quarter"), (0.21, "lower quarter"), (0.235, "middle half"),
     (0.26, "upper quarter"), (0.4, "upper quarter")],
)  # fmt: skip
def test_three_coarse_bands(value: float, band: str) -> None:
    found = reference_band(value)
    assert (found.band, found.sample) == (band, 107)
    assert "1987" in found.source


def measures(csi: float, staheli: float = 0.9) -> dict[str, Measure]:
    return {
        name: Measure(name, value, value, value, None)
        for name, value in (("chippaux_smirak", csi), ("staheli", staheli))
    }


@pytest.mark.parametrize(
    ("age", "limits"),
    [(6, ["ratio from 59 %", "index from 1.28"]), (8.99, ["ratio from 59 %", "index from 1.28"]),
     (9, ["ratio from 40 %"]), (15.99, ["ratio from 40 %"])],
)  # fmt: skip
def test_children_are_told_their_own_limits(age: float, limits: list[str]) -> None:
    (caution,) = child_table(measures(0.45), age)
    assert re.findall(r"(\w+ from .+?) \(this print", caution.message) == limits
    assert "45 %" in caution.message


@pytest.mark.parametrize(
    ("age", "csi", "staheli", "shown"),
    [(7, 0.5879, 1.2787, ["58.7 %", "1.278"]), (7, 0.5996, 1.28, ["60 %", "1.28"]),
     (9, 0.39999, 0.9, ["39.9 %"]), (9, 0.394, 0.9, ["39 %"])],
)  # fmt: skip
def test_no_childs_value_is_rounded_up_to_the_limit(
    age: float, csi: float, staheli: float, shown: list[str]
) -> None:
    (caution,) = child_table(measures(csi, staheli), age)
    assert re.findall(r"this print: ([^)]+)", caution.message) == shown


@pytest.mark.parametrize("age", [None, 3, 5.99, 16, 40])
def test_nobody_else_is(age: float | None) -> None:
    assert child_table(measures(0.45), age) == ()


def foot(levels: np.ndarray) -> np.ndarray:
    """A pressure map of a left foot: heel, lateral band and ball, 60 cells long."""
    y, x = np.mgrid[0:80, 0:60]

    def disc(centre_x: float, centre_y: float, radius: float) -> np.ndarray:
        return np.hypot(x - centre_x, y - centre_y) < radius

    shape = disc(28, 62, 9) | disc(30, 24, 14) | ((np.abs(x - 22) < 4) & (y > 24) & (y < 62))
    toes = disc(38, 6, 4) | disc(29, 4, 2.6) | disc(23, 6, 2.4)
    return np.where(shape | toes, levels, 0.0)


def test_pressures_are_contact_above_the_threshold() -> None:
    pressures = foot(np.full((80, 60), 35.0)) + 2.0
    scan = archscan.measure(pressures, threshold=10.0, side="left", mm_per_px=4.0)
    mask = archscan.measure(foot(np.ones((80, 60))) > 0, side="left", mm_per_px=4.0)
    assert scan.status == "measured"
    one, other = (item.prints[0].measures["chippaux_smirak"].value for item in (scan, mask))
    # The mask has stairs for an edge, the pressures a slope.
    assert one == pytest.approx(other, abs=0.004)
    with pytest.raises(OptionError):
        archscan.measure(pressures)
