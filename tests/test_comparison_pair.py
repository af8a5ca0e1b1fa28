"""A person's two feet: told side by side, and taken for the right ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_scans import made_print, made_scan, pair
from shapes import arched_foot

from archscan.cli.scan_command import _as_pair
from archscan.comparison.pair import other_foot, pair_lines
from archscan.report.record import to_record


def test_a_pair_is_told_without_calling_it_a_problem() -> None:
    lines = pair_lines([to_record(pair())])
    assert "Left and right" in lines[0]
    assert "no fault" in lines[-1]
    assert "No pair" in pair_lines([to_record(made_scan())])[0]


def test_each_foot_of_a_pair_is_told_with_its_own_value() -> None:
    # A band of 33 and one of 45, both beside a ball of 90; which photo comes first is no matter.
    left = to_record(made_scan(made_print("left", sole=arched_foot(midfoot=33.0))))
    right = to_record(made_scan(made_print("right", sole=arched_foot(midfoot=45.0))))
    for records in ([left, right], [right, left]):
        (line,) = [one for one in pair_lines(records) if "left 0.367" in one]
        assert line.endswith("left 0.367  right 0.500  differ\n")
    alike = pair_lines([left, to_record(made_scan(made_print("right")))])
    assert sum("no difference beyond the measuring error" in one for one in alike) == 3
    assert pair_lines([left, left, right]) == [
        "No pair: 2 left and 1 right prints were measured. Photograph one print of each foot.\n"
    ]


@pytest.mark.parametrize("width", [40, 64, 80])
def test_a_pair_fits_a_narrow_terminal(width: int) -> None:
    lines = pair_lines([to_record(pair())], width)
    assert max(len(line.rstrip("\n")) for line in lines) <= width
    assert " ".join("".join(lines).split()) == " ".join(
        "".join(pair_lines([to_record(pair())])).split()
    )
    assert max(map(len, pair_lines([to_record(made_scan())], width))) <= width + 1


def test_a_pair_tells_a_ratio_near_a_limit_as_the_result_above_it_does() -> None:
    left, right = made_print("left"), made_print("right")
    area = replace(left.measures["cavanagh_rodgers"], value=0.25964, low=0.25, high=0.27)
    near = {**left.measures, "cavanagh_rodgers": area}
    lines = pair_lines([to_record(made_scan(replace(left, measures=near), right))])
    assert any("left 0.2596  right" in line for line in lines)


def one_foot(side: str, sure: float):
    return made_scan(made_print(side, side_confidence=sure))


@pytest.mark.parametrize(
    ("sides", "sure", "expected"),
    [
        (("left", "left"), (0.99, 0.7), (1, "right")),
        (("right", "right"), (0.6, 0.7), (0, "left")),
        (("left", "left"), (0.99, 0.95), None),
        (("left", "left"), (0.99, 0.9), None),
        (("left", "left"), (0.89, 0.99), (0, "right")),
        (("left", "right"), (0.6, 0.6), None),
    ],
)
def test_the_less_sure_of_two_like_feet_is_the_other_one(sides, sure, expected) -> None:
    scans = [one_foot(*each) for each in zip(sides, sure, strict=True)]
    assert other_foot(scans) == expected
    assert other_foot([*scans, scans[0]]) is None
    assert other_foot([scans[0], pair()]) is None


def test_the_photo_of_the_other_foot_is_measured_anew_and_says_so() -> None:
    asked = []

    def measure(number: int, side: str):
        asked.append((number, side))
        return one_foot(side, 1.0)

    first, second = _as_pair([one_foot("left", 0.99), one_foot("left", 0.7)], measure)
    assert asked == [(1, "right")]
    assert second.prints[0].footprint.side == "right"
    assert "side-from-pair" in [caution.code for caution in second.prints[0].cautions]
    assert first.prints[0].cautions == ()
    assert "Left and right" in pair_lines([to_record(first), to_record(second)])[0]
