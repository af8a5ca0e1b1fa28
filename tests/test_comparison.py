"""Change of a foot over time: intervals, and two prints drawn over each other."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import numpy as np
import pytest
from made_scans import made_reading as reading

from archscan.cli.compare_command import FURTHER, _change_lines, _further_lines, _lines, _told
from archscan.comparison import changes, further_changes
from archscan.comparison.change import between
from archscan.comparison.drawing import both_outlines, registered
from archscan.errors import OptionError


def test_half_widths_add_as_squares() -> None:
    (one,) = changes(reading(0.30, 0.03), reading(0.40, 0.04))
    assert (one.low, one.high) == pytest.approx((0.05, 0.15))
    assert one.changed


def test_each_end_takes_the_sides_that_lead_to_it() -> None:
    # The change is least where the later value is as low and the earlier as high as may be:
    # by the root of 0.03² + 0.04², and by that of 0.12² + 0.05² it may be more.
    before = reading(0.30, indices={"chippaux_smirak": (0.30, 0.25, 0.34)})
    after = reading(0.40, indices={"chippaux_smirak": (0.40, 0.37, 0.52)})
    (one,) = changes(before, after)
    assert (one.before, one.after, one.difference) == (0.30, 0.40, 0.10)
    assert (one.low, one.high) == pytest.approx((0.10 - 0.05, 0.10 + 0.13))


def test_an_index_that_only_one_of_them_has_is_left_out() -> None:
    more = {"chippaux_smirak": (0.30, 0.28, 0.32), "staheli": (0.6, 0.5, 0.7)}
    for pair_of in (
        (reading(0.3), reading(0.3, indices=more)),
        (reading(0.3, indices=more), reading(0.3)),
    ):
        assert [one.name for one in changes(*pair_of)] == ["chippaux_smirak"]


@pytest.mark.parametrize(("step", "changed"), [(0.0, False), (0.02, False), (0.06, True)])
def test_a_change_is_told_from_error_or_not(step: float, changed: bool) -> None:
    for way in (step, -step):
        (one,) = changes(reading(0.35), reading(0.35 + way))
        assert one.changed is changed


@pytest.mark.parametrize(
    ("half", "changed", "shown"),
    [
        (0.0352, True, "(+0.0002 to "),
        (0.035356, False, "(+0.0000 to "),
        (0.03, True, "(+0.0076 to "),
    ],
)
def test_an_interval_leaves_out_nought_as_it_reads(half: float, changed: bool, shown: str) -> None:
    (one,) = changes(reading(0.30, half), reading(0.35, half))
    (back,) = changes(reading(0.35, half), reading(0.30, half))
    assert one.changed is back.changed is changed
    assert shown in _change_lines(one, None)[0]
    assert (one.low > 0) is (back.high < 0) is changed
    assert len(_change_lines(one, None)[0]) <= 80


@pytest.mark.parametrize(
    ("before", "after"), [(0.3386, 0.3231), (0.3394, 0.3226), (1.0512, 0.9987)]
)
def test_a_difference_is_that_of_the_values_beside_it(before: float, after: float) -> None:
    (one,) = changes(reading(before), reading(after))
    line = _change_lines(one, None)[0]
    first, last, step = map(float, re.findall(r"[-+]?[01]\.\d+", line)[:3])
    assert last - first == pytest.approx(step, abs=1e-9)
    assert len(line) <= 80


def test_further_measures_are_compared_like_the_indices() -> None:
    one = reading(0.3, further={"clarke_angle": (40.0, 37.0, 44.0), "denis_grade": (0, 0, 0)})
    other = reading(0.3, further={"clarke_angle": (50.0, 46.0, 53.0), "denis_grade": (1, 1, 1)})
    (told,) = further_changes(one, other)
    assert (told.name, told.before, told.after) == ("clarke_angle", 40.0, 50.0)
    assert (told.low, told.high) == pytest.approx((10 - 32**0.5, 10 + 18**0.5), abs=5e-5)
    assert told.changed
    # Of records by other versions what this one does not know, and what one of them has not.
    unknown = {"some_other_index": (1.0, 1.0, 1.0)}
    assert further_changes(reading(0.3, further=unknown), reading(0.3, further=unknown)) == ()
    assert further_changes(one, reading(0.3, further={})) == ()


@pytest.mark.parametrize(
    ("name", "before", "after", "lines"),
    [
        ("clarke_angle", 40.04, 42.06, ["40.0 -> 42.1 degrees  +2.1 (-2.2 to +6.3)"]),
        ("clarke_angle", 40.0, 40.0, ["40.0 -> 40.0 degrees  +0.0 (-4.2 to +4.2)"]),
        ("clarke_angle", 50.0, 45.0, ["50.0 -> 45.0 degrees  -5.0 (-9.2 to -0.8)", "changed"]),
        ("footprint_index", 0.3, 0.2, ["0.3000 -> 0.2000  -0.1000 (-4.3426 to +4.1426)"]),
    ],
)
def test_a_further_measure_takes_a_line_and_one_more_if_it_changed(
    name: str, before: float, after: float, lines: list[str]
) -> None:
    def of(value: float):
        return reading(0.3, further={name: (value, value - 3.0, value + 3.0)})

    (change,) = further_changes(of(before), of(after))
    told = _further_lines(change, 80)
    title = {"clarke_angle": "Clarke's angle", "footprint_index": "Footprint index"}[name]
    assert told == [f"  {title:28} {lines[0]}", *(f"{'':31}{line}" for line in lines[1:])]
    narrow = _further_lines(change, 40)
    assert max(map(len, narrow)) <= 40
    assert narrow[0] == f"  {title}"
    assert " ".join(" ".join(narrow[1:]).split()) == " ".join(" ".join(lines).split())


def test_further_measures_are_announced_where_there_are_some() -> None:
    angle = {"clarke_angle": (40.0, 37.0, 43.0)}
    for further in ({}, angle):
        one = reading(0.3, further=further)
        lines = _lines([one, one], _told(one, one), in_order_of_days=False, width=None)
        assert (FURTHER in lines) == bool(further)


def test_a_long_title_has_a_line_of_its_own() -> None:
    further = {"chippaux_smirak_oblique": (0.3, 0.29, 0.31)}
    (change,) = further_changes(reading(0.3, further=further), reading(0.3, further=further))
    first, second = _further_lines(change, 80)
    assert first == "  Chippaux-Smirak index, lines along the ball"
    assert second == f"{'':31}0.3000 -> 0.3000  +0.0000 (-0.0141 to +0.0141)"


def test_feet_of_different_sides_are_not_compared_in_time() -> None:
    with pytest.raises(OptionError) as raised:
        changes(reading(0.3), reading(0.3, side="right"))
    assert raised.value.reason.code == "different-feet"
    assert len(between(reading(0.3), reading(0.3, side="right"))) == 1


def test_outlines_are_brought_to_the_same_place_and_length() -> None:
    one = reading(0.3)
    angle = np.deg2rad(70)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    def moved(points):
        return 1.7 * points @ turn.T + np.array([300.0, -50.0])

    other = reading(
        0.3, outlines=tuple(map(moved, one.outlines)), heel_centre=moved(one.heel_centre),
        axis_tip=moved(one.axis_tip),
    )  # fmt: skip
    for line, same in zip(registered(one), registered(other), strict=True):
        assert np.allclose(line, same, atol=1e-9)
    assert both_outlines(one, other).count("<path") == 2


def test_a_print_is_drawn_as_it_was_seen_with_its_toes_up() -> None:
    # 60 wide and 300 long, pointed in front, cut off obliquely on the left of the heel.
    sole = np.array([[100.0, 350], [130, 400], [160, 400], [160, 200], [130, 100], [100, 200]])
    one = reading(
        0.3, outlines=(sole,), heel_centre=np.array([130.0, 370]), axis_tip=np.array([130.0, 80])
    )
    (laid,) = registered(one)
    assert laid == pytest.approx((sole - [130.0, 370.0]) * [1, -1] / 300)
    drawn = both_outlines(one, one)
    width, height = (int(side) for side in re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0])
    before, after = (
        np.array(re.findall(r"([\d.]+) ([\d.]+)", path), float)
        for path in re.findall(r'<path d="([^"]*)"', drawn)
    )
    assert (before == after).all()
    assert (before >= 0).all()
    assert (before <= [width, height]).all()
    moved = before - before[0]
    assert moved == pytest.approx((sole - sole[0]) * np.ptp(before[:, 1]) / 300, abs=0.2)


def test_captions_fit_the_drawing() -> None:
    name = "some/folder/" + "long_name_of_a_photo_" * 4 + "1.jpg"
    drawn = both_outlines(reading(0.3, name=name), reading(0.3))
    width = int(drawn.split('viewBox="0 0 ')[1].split()[0])
    assert width > 8 * len(Path(name).name)
    assert "some/folder" not in drawn
    assert re.findall(r">((?:before|after): [^<]*)<", drawn) == [
        f"before: {Path(name).name}",
        "after: photo.jpg",
    ]


def test_a_drawing_says_by_itself_what_it_shows() -> None:
    drawn = both_outlines(reading(0.3, name="<1> & 2.jpg"), reading(0.3, day="2026-02-01"))
    root = fromstring(drawn)
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title")
    assert root[0].text is not None
    assert "before: <1> & 2.jpg, after: 2026-02-01" in root[0].text


def test_a_print_that_is_broader_than_its_captions_is_drawn_whole() -> None:
    sole = np.array([[0.0, 0], [400, 0], [400, 300], [0, 300]])
    one = reading(
        0.3, name="1", outlines=(sole,), heel_centre=np.array([200.0, 250]),
        axis_tip=np.array([200.0, 20]),
    )  # fmt: skip
    drawn = both_outlines(one, one)
    width = int(drawn.split('viewBox="0 0 ')[1].split()[0])
    (path, _) = re.findall(r'<path d="([^"]*)"', drawn)
    across = [float(x) for x in re.findall(r"([\d.]+) [\d.]+", path)]
    assert 0 < min(across) == pytest.approx(width - max(across), abs=1)
