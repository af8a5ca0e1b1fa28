"""Which pad is which toe, and what is none."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from drawn_feet import TOES, footprint
from hypothesis import given
from hypothesis import strategies as st

from archscan.footprint.toe_pads import TOE_SLOTS, name_toes, tips
from archscan.polygons import signed_area


@pytest.mark.parametrize("missing", range(5))
def test_the_second_toe_is_known_whichever_toe_is_missing(missing: int) -> None:
    found = footprint(toes=tuple(toe for number, toe in enumerate(TOES) if number != missing))
    assert found.has_hallux == (missing != 0)
    if missing == 1:
        assert found.axis_method == "forefoot"
    else:
        assert found.axis_tip == pytest.approx((182, 60), abs=1.0)


def test_more_tips_than_toes_name_none_of_them() -> None:
    found = footprint(toes=(*TOES, (92.0, 138.0, 9.0)))
    assert len(found.toes) == 5
    assert found.axis_method == "forefoot"
    assert not found.has_hallux


def test_of_six_pads_the_smallest_is_no_toe() -> None:
    hallux = (214.0, 82.0, 20.0)
    found = footprint(toes=(hallux, *TOES[1:], (92.0, 138.0, 6.0)))
    assert len(found.toes) == 5
    assert min(abs(signed_area(toe)) for toe in found.toes) == pytest.approx(np.pi * 100, rel=0.01)
    assert found.axis_tip == pytest.approx((182, 60), abs=1.0)


@pytest.mark.parametrize(("share", "pads"), [(0.0013, 4), (0.0017, 5)])
def test_a_speck_beside_the_toes_is_no_toe(share: float, pads: int) -> None:
    area = sum(abs(signed_area(polygon)) for polygon in footprint().sole)
    speck = (70.0, 60.0, float(np.sqrt(share * area / np.pi)))
    assert len(footprint(toes=(*TOES, speck)).toes) == pads


def test_without_toes_there_is_no_hallux() -> None:
    assert not footprint(toes=()).has_hallux


def test_the_axis_is_the_more_in_doubt_where_the_second_toe_left_no_print() -> None:
    assert (footprint().axis_doubt_deg, footprint(toes=()).axis_doubt_deg) == (1.0, 2.5)


def test_medial_toe_comes_first() -> None:
    for mirror in (False, True):
        found = footprint(mirror=mirror)
        areas = [abs(signed_area(toe)) for toe in found.toes]
        assert areas[0] == max(areas)


@given(
    st.lists(st.floats(0.05, 1.0), min_size=1, max_size=5, unique=True).map(sorted),
)
def test_toe_names_rise(positions: list[float]) -> None:
    names = name_toes(positions)
    assert list(names) == sorted(set(names))
    assert set(names) <= {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("least_valley", "expected"),
    [(4.5, [(5, 10), (20, 14), (35, 9)]), (5.5, [(20, 14)])],
)
def test_a_pad_of_several_toes_has_a_tip_beyond_each_deep_valley(least_valley, expected) -> None:
    # Between two neighbours the front falls 5 below the lower of them.
    front = [(40, 1), (35, 9), (28, 4), (20, 14), (12, 5), (5, 10), (0, 2)]
    for mirror in (1.0, -1.0):
        pad = np.array([(0, 0), (40, 0), *front]) * [mirror, 1.0]
        found = tips(pad, least_valley)
        assert np.array(found) == pytest.approx(
            np.array(expected, dtype=float)[:: int(mirror)] * [mirror, 1.0], abs=0.6
        )


def test_a_row_that_lies_between_two_namings_lacks_the_little_toe_not_the_hallux() -> None:
    # A hundredth of the ball's width nearer to where the second toe and the others lie.
    between = [(one + other) / 2 + 0.01 for one, other in pairwise(TOE_SLOTS)]
    assert name_toes(between) == (1, 2, 3, 4)


def test_six_toes_are_too_many() -> None:
    with pytest.raises(ValueError, match="five"):
        name_toes([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
