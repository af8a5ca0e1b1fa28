"""The drawing of a series: what lies where."""

import re

import pytest
from made_scans import made_reading as reading

from archscan.comparison.drawing import COLOURS
from archscan.comparison.trend import trend


def drawn(*readings) -> str:
    return trend(readings, "chippaux_smirak")


def places(svg: str) -> list[float]:
    return [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]


def named(svg: str) -> list[str]:
    return re.findall(r'text-anchor="middle" font-size="11">([^<]*)<', svg)


def test_the_drawing_is_named_by_its_heading() -> None:
    title, heading = re.findall(r"<(?:title|text [^>]*600\")>([^<]*)<", drawn(reading(0.3)))
    assert title == heading
    assert "left" in title


def test_prints_lie_as_far_apart_as_their_days() -> None:
    days = ("2026-01-01", "2026-01-11", "2026-02-10")
    first, second, third = places(drawn(*(reading(0.3, day=day) for day in days)))
    assert (second - first) / (third - first) == pytest.approx(10 / 40)


def test_prints_with_as_many_days_between_them_lie_as_those_without_days() -> None:
    days = ("2026-01-01", "2026-01-11", "2026-01-21")
    undated = places(drawn(*(reading(0.3, day=None) for _ in days)))
    assert places(drawn(*(reading(0.3, day=day) for day in days))) == undated


@pytest.mark.parametrize(
    "days",
    [
        ("2026-01-01", "2026-01-11", None),
        ("2026-01-01", "2026-02-31", "2026-03-01"),
        ("2026-01-11", "2026-01-01", "2026-03-01"),
        ("2026-01-01", "2026-01-01", "2026-01-01"),
    ],
    ids=["no day", "no such day", "another order", "one day"],
)
def test_prints_lie_evenly_where_their_days_do_not_tell(days) -> None:
    first, second, third = places(drawn(*(reading(0.3, day=day) for day in days)))
    assert second - first == third - second > 0


def test_prints_of_one_day_do_not_hide_each_other_nor_their_names() -> None:
    days = ("2026-01-01", "2026-01-01", "2026-01-02", "2027-01-01")
    svg = drawn(*(reading(0.3, day=day) for day in days))
    first, second, third, last = places(svg)
    assert first < second < third < last
    assert min(second - first, third - second) > 10
    assert named(svg) == ["2026-01-01", "2027-01-01"]


def test_the_last_print_is_named_though_the_one_before_is_close() -> None:
    days = ("2026-01-01", "2026-06-29", "2026-06-30")
    svg = drawn(*(reading(0.3, day=day) for day in days))
    assert named(svg) == ["2026-01-01", "2026-06-30"]


def test_limits_are_drawn_where_they_are_in_view() -> None:
    assert "high below 30 %" in drawn(reading(0.31), reading(0.33))
    assert "flat from 45 %" not in drawn(reading(0.31), reading(0.33))
    both = drawn(reading(0.31), reading(0.46))
    assert "high below 30 %" in both
    assert "flat from 45 %" in both


def test_childrens_prints_are_held_against_no_limit_of_adults() -> None:
    first, last = (reading(ratio, arch=None) for ratio in (0.31, 0.46))
    assert "stroke-dasharray" not in drawn(first, last)
    assert "flat from 45 %" in drawn(first, reading(0.46))


@pytest.mark.parametrize(
    ("last", "shown"), [(0.43, (25, 30, 35, 40, 45, 50)), (0.49, (30, 40, 50))]
)
def test_the_axis_has_round_values_within_it(last: float, shown: tuple[int, ...]) -> None:
    # From 5 to 5 % there would be seven of them between 24 and 56 %.
    ticks = re.findall(r'text-anchor="end">(\d+ %)<', drawn(reading(0.31), reading(last)))
    assert ticks == [f"{tick} %" for tick in shown]


def test_values_intervals_and_limits_are_read_off_the_axis() -> None:
    svg = drawn(reading(0.30, half=0.02), reading(0.40, half=0.02))
    number = r"([\d.]+)"
    lines = re.findall(rf'(\d+) %</text><line x1="{number}" x2="{number}" y1="{number}"', svg)
    ticks = {int(label): float(y) for label, _, _, y in lines}
    assert ticks[40] < ticks[30]
    marks = [float(y) for y in re.findall(rf'cy="{number}"', svg)]
    assert marks == [ticks[30], ticks[40]]
    bars = re.findall(rf'y1="{number}" y2="{number}" stroke="{COLOURS[0]}"', svg)
    reach = (ticks[30] - ticks[40]) / 5  # Of 0.02, where 0.1 lies between.
    for mark, ends in zip(marks, bars, strict=True):
        assert [float(end) for end in ends] == pytest.approx([mark + reach, mark - reach], abs=0.1)
    limits = re.findall(rf'y1="{number}" y2="{number}" [^>]* stroke-dasharray', svg)
    assert [float(start) for start, _ in limits] == [ticks[30], ticks[45]]
    # All lines of the axis end where the last print's place does.
    (right,) = {float(x) for _, _, x, _ in lines}
    assert places(svg)[-1] < right


def test_a_wide_series_stays_on_its_paper_and_its_axis_is_not_crowded() -> None:
    svg = drawn(reading(0.1), reading(0.75))
    width, height = (int(side) for side in re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    names = float(re.findall(r'y="([\d.]+)" text-anchor="middle"', svg)[0])
    for level in re.findall(r' (?:c?y|y[12])="([\d.]+)"', svg):
        assert 0 <= float(level) <= names < height
    limits = re.findall(r'<text x="([\d.]+)" y="[\d.]+" font-size="11" fill="#555">([^<]*)<', svg)
    assert len(limits) == 2
    for start, words in limits:
        # A letter is about half as wide as it is high.
        assert float(start) + 5.5 * len(words) <= width
    assert 3 <= svg.count('text-anchor="end"') <= 7


def test_the_axis_of_interrupted_prints_begins_at_nought() -> None:
    svg = drawn(reading(0.0), reading(0.02))
    ticks = re.findall(r'text-anchor="end">([^<]*)<', svg)
    assert ticks[0] == "0 %"
    assert not any(tick.startswith("-") for tick in ticks)


def test_a_small_change_fills_the_height_like_a_great_one() -> None:
    for last in (0.31, 0.75):
        svg = drawn(reading(0.30), reading(last))
        (height,) = (int(side) for side in re.findall(r'viewBox="0 0 \d+ (\d+)"', svg))
        bars = re.findall(rf'y1="([\d.]+)" y2="([\d.]+)" stroke="{COLOURS[0]}"', svg)
        levels = [float(end) for ends in bars for end in ends]
        assert max(levels) - min(levels) > height / 5


def test_a_drawing_tells_what_it_shows_of_which_foot() -> None:
    assert "Chippaux-Smirak index, right</text>" in drawn(reading(0.3, side="right"))


def test_an_index_without_bands_is_drawn_without_limits() -> None:
    svg = trend([reading(0.3, indices={"other": (0.3, 0.25, 0.35)})], "other")
    assert len(places(svg)) == 1
    assert "stroke-dasharray" not in svg


def test_a_long_name_does_not_run_into_the_next() -> None:
    long = "print of my left foot after the summer.jpg"
    first, last = places(svg := drawn(reading(0.3, day=None, name=long), reading(0.4, day=None)))
    # A letter is about half as wide as it is high.
    assert 5.5 * len(named(svg)[0]) < last - first
    assert long.startswith(named(svg)[0])


def test_evenly_laid_prints_all_have_their_name() -> None:
    assert named(drawn(*(reading(0.3, day=None, name=f"{n}.jpg") for n in range(7)))) == [
        f"{n}.jpg" for n in range(7)
    ]


def test_one_print_alone_is_drawn() -> None:
    assert len(places(drawn(reading(0.1)))) == 1
