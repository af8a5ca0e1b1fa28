"""Change of a foot over time: intervals, order of days, both feet, pictures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import SAMPLES
from made_scans import made_scan, pair
from PIL import Image

from archscan.comparison import changes, readings
from archscan.comparison.change import between
from archscan.comparison.drawing import both_outlines, registered, trend
from archscan.comparison.pair import pair_lines
from archscan.comparison.sources import series
from archscan.errors import OptionError
from archscan.report.record import to_record


def reading(value: float, half: float = 0.02, side: str = "left", **changed):
    (one,) = readings(to_record(made_scan()))
    indices = {"chippaux_smirak": (value, value - half, value + half)}
    fields = {name: getattr(one, name) for name in one.__slots__}
    return type(one)(**{**fields, "indices": indices, "side": side, **changed})


def test_half_widths_add_as_squares_and_four_fifths_are_taken() -> None:
    (one,) = changes(reading(0.30, 0.03), reading(0.40, 0.04))
    assert (one.low, one.high) == pytest.approx((0.06, 0.14))
    assert one.changed


@pytest.mark.parametrize(("step", "changed"), [(0.0, False), (0.02, False), (0.06, True)])
def test_a_change_is_told_from_error_or_not(step: float, changed: bool) -> None:
    for way in (step, -step):
        (one,) = changes(reading(0.35), reading(0.35 + way))
        assert one.changed is changed


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
    assert trend([one, other], "chippaux_smirak").count("<circle") == 2


def test_a_pair_is_told_without_calling_it_a_problem() -> None:
    lines = pair_lines([to_record(pair())])
    assert "Left and right" in lines[0]
    assert "no fault" in lines[-1]
    assert "No pair" in pair_lines([to_record(made_scan())])[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Three photos of one foot whose days run against their names."""
    made = tmp_path_factory.mktemp("series")
    with Image.open(SAMPLES / "cardboard_neutral_left.jpg") as opened:
        small = opened.reduce(3)
    for name, day in (("a.jpg", "2026:03:02"), ("b.jpg", "2026:01:05"), ("c.jpg", "2026:02:01")):
        tags = Image.Exif()
        tags[0x0132] = f"{day} 10:00:00"
        small.save(made / name, exif=tags)
    return made


def test_a_folder_is_put_in_the_order_of_its_days(folder: Path) -> None:
    found = series([folder])
    assert [prints[0].day for prints in found] == ["2026-01-05", "2026-02-01", "2026-03-02"]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archscan", "compare", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_the_command_compares_draws_and_writes(folder: Path, tmp_path) -> None:
    done = run(folder, "--overlay", tmp_path / "o.svg", "--plot", tmp_path / "t.svg", "--json", "-")
    assert done.returncode == 0, done.stderr
    (foot,) = json.loads(done.stdout)
    assert [one["day"] for one in foot["series"]] == ["2026-01-05", "2026-02-01", "2026-03-02"]
    assert foot["changes"]["chippaux_smirak"]["changed"] is False
    assert (tmp_path / "o.svg").exists()
    assert (tmp_path / "t.svg").exists()


def test_saved_records_compare_like_photos(tmp_path) -> None:
    for name in ("before", "after"):
        record = {**to_record(made_scan()), "photo": f"{name}.jpg"}
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    done = run(tmp_path / "before.json", tmp_path / "after.json")
    assert done.returncode == 0, done.stderr
    assert "not distinguishable from measuring error" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80 or str(tmp_path) in done.stdout


@pytest.mark.parametrize("content", ["{", "[]", '{"photo": "x"}', '{"photo": 1, "prints": [{}]}'])
def test_what_is_no_record_is_said(tmp_path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    done = run(tmp_path / "bad.json", tmp_path / "bad.json")
    assert done.returncode == 2
    assert done.stderr.startswith("archscan: ")


def test_a_photo_without_a_print_is_named() -> None:
    done = run(SAMPLES / "concrete_no_print.jpg", SAMPLES / "cardboard_neutral_left.jpg")
    assert done.returncode == 2
    assert "concrete_no_print.jpg" in done.stderr
