"""A Bland-Altman plot as its reader takes it: by the numbers along its frame."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest

from archscan.reliability import bland_altman
from archscan.reliability.plot import bland_altman_plot

MEASURED = np.array([0.31, 0.42, 0.55, 0.38])
BY_HAND = np.array([0.30, 0.38, 0.54, 0.36])


def drawn(measured: np.ndarray = MEASURED, by_hand: np.ndarray = BY_HAND) -> Element:
    svg = bland_altman_plot(measured, by_hand, "<index>")
    return fromstring(svg.replace(' xmlns="http://www.w3.org/2000/svg"', ""))


def texts(svg: Element, anchor: str | None) -> list[tuple[float, float, str]]:
    return [
        (float(one.attrib["x"]), float(one.attrib["y"]), one.text or "")
        for one in svg.iter("text")
        if one.get("text-anchor") == anchor
    ]


def read_off(places: list[float], numbers: list[str], place: float) -> float:
    """Read a place's value between the first and the last number along a side of the frame."""
    low, high = float(numbers[0]), float(numbers[-1])
    return low + (high - low) * (place - places[0]) / (places[-1] - places[0])


def along_the_bottom(svg: Element, x: float) -> float:
    *places, _ = texts(svg, "middle")
    return read_off([at for at, _, _ in places], [words for *_, words in places], x)


def up_the_side(svg: Element, y: float) -> float:
    places = texts(svg, "end")
    # A letter stands on its line, 4 below the middle of it.
    return read_off([at - 4 for _, at, _ in places], [words for *_, words in places], y)


def test_every_print_lies_where_the_numbers_along_the_frame_say() -> None:
    svg = drawn()
    found = [
        (along_the_bottom(svg, float(one.attrib["cx"])), up_the_side(svg, float(one.attrib["cy"])))
        for one in svg.iter("circle")
    ]
    means, differences = (MEASURED + BY_HAND) / 2, MEASURED - BY_HAND
    assert np.array(found) == pytest.approx(np.stack([means, differences], axis=1), abs=0.006)
    assert np.array(found)[:, 1] == pytest.approx(differences, abs=0.001)
    *numbers, below = texts(svg, "middle")
    assert below[2] == "mean of both"
    # More lies further to the right, and higher up.
    assert [x for x, *_ in numbers] == sorted(x for x, *_ in numbers)
    heights = [y for _, y, _ in texts(svg, "end")]
    assert heights == sorted(heights, reverse=True)


def test_bias_and_limits_are_drawn_at_what_is_written_beside_them() -> None:
    svg = drawn()
    title, *beside = texts(svg, None)
    assert title[2] == "<index>: archscan less hand"
    found = bland_altman(MEASURED, BY_HAND)
    assert [words for *_, words in beside] == [
        f"bias {found.bias:+.3f}",
        f"95 % limit {found.low:+.3f}",
        f"95 % limit {found.high:+.3f}",
    ]
    lines = list(svg.iter("line"))
    assert [line.get("stroke-dasharray") is not None for line in lines] == [False, True, True]
    for line, value, (_, y, _) in zip(
        lines, (found.bias, found.low, found.high), beside, strict=True
    ):
        for end in ("y1", "y2"):
            assert up_the_side(svg, float(line.attrib[end])) == pytest.approx(value, abs=0.001)
        assert y - 4 == pytest.approx(float(line.attrib["y1"]))


@pytest.mark.parametrize("shift", [-0.3, 0.0, 0.3])
@pytest.mark.parametrize("same", [False, True])
def test_all_lies_within_the_frame_and_no_difference_too(shift: float, same: bool) -> None:
    measured = np.full(4, 0.4) if same else MEASURED
    svg = drawn(measured + shift, measured if same else BY_HAND)
    _, frame = svg.iter("rect")
    left, top, width, height = (float(frame.attrib[key]) for key in ("x", "y", "width", "height"))
    for circle in svg.iter("circle"):
        assert left + 4 < float(circle.attrib["cx"]) < left + width - 4
        assert top + 4 < float(circle.attrib["cy"]) < top + height - 4
    for line in svg.iter("line"):
        assert top < float(line.attrib["y1"]) < top + height
    numbers = [float(words) for *_, words in texts(svg, "end")]
    assert numbers[0] < 0 < numbers[-1]
