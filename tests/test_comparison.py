"""Change of a foot over time: intervals, order of days, both feet, pictures."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, SAMPLES
from made_scans import made_print, made_scan, pair
from made_scans import made_reading as reading
from PIL import Image
from shapes import arched_foot

import archscan
from archscan.batch.pictures import search
from archscan.cli import main
from archscan.cli.compare_command import _change_lines
from archscan.cli.scan_command import _as_pair
from archscan.comparison import changes, readings
from archscan.comparison.change import between
from archscan.comparison.drawing import both_outlines, registered
from archscan.comparison.pair import other_foot, pair_lines
from archscan.comparison.reading import load_record
from archscan.comparison.sources import series, sources_of
from archscan.errors import OptionError, UnreadablePhotoError
from archscan.report.record import to_record


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
    found = series(sources_of([folder]))
    assert [prints[0].day for prints in found] == ["2026-01-05", "2026-02-01", "2026-03-02"]


def test_photos_of_one_day_are_put_in_the_order_of_their_times(folder: Path, tmp_path) -> None:
    # By their names "after" would be held against "before" the wrong way round.
    for name, time in (("after", "18:30:00"), ("before", "07:05:00"), ("between", "09:00:00")):
        with Image.open(folder / "a.jpg") as opened:
            tags = Image.Exif()
            tags[0x0132] = f"2026:03:02 {time}"
            opened.save(tmp_path / f"{name}.jpg", exif=tags)
    found = [prints[0] for prints in series(sources_of([tmp_path]))]
    assert [Path(one.name).stem for one in found] == ["before", "between", "after"]
    assert [one.time for one in found] == ["07:05:00", "09:00:00", "18:30:00"]


def test_of_one_day_what_tells_no_time_comes_first(folder: Path, tmp_path) -> None:
    shutil.copy(folder / "a.jpg", tmp_path)
    save_record(tmp_path / "2026-03-02.json", photo="z.jpg")
    found = [prints[0] for prints in series(sources_of([tmp_path]))]
    assert [(one.day, one.time) for one in found] == [
        ("2026-03-02", None),
        ("2026-03-02", "10:00:00"),
    ]


def test_what_tells_no_day_comes_first(tmp_path) -> None:
    save_record(tmp_path / "2026-01-05.json", photo="a.jpg")
    save_record(tmp_path / "undated.json", photo="b.jpg")
    found = series(sources_of([tmp_path]))
    assert [prints[0].day for prints in found] == [None, "2026-01-05"]


@pytest.mark.parametrize(
    ("taken", "day"),
    [
        ("2026:02:01 08:00:00", "2026-02-01"),
        ("2026:02:01", "2026-02-01"),
        ("0000:00:00 00:00:00", "2026-03-02"),
        ("    :  :     :  :  ", "2026-03-02"),
    ],
    ids=["set", "set without a time", "zeros", "blank"],
)
def test_a_day_that_was_never_set_gives_way_to_that_of_storing(
    folder, tmp_path, taken, day
) -> None:
    for name in ("a", "b"):
        with Image.open(folder / f"{name}.jpg") as opened:
            tags = opened.getexif()
            tags.get_ifd(0x8769)[0x9003] = taken
            opened.save(tmp_path / f"{name}.jpg", exif=tags)
    assert day in [prints[0].day for prints in series(sources_of([tmp_path]))]


def test_numbers_in_names_count_as_numbers(tmp_path) -> None:
    names = ["print_1.jpg", "print_2.jpg", "print_09.jpg", "print_10.jpg"]
    for number, name in enumerate(reversed(names)):
        save_record(tmp_path / f"{number}.json", photo=name)
    assert [prints[0].name for prints in series(sources_of([tmp_path]))] == names


def test_every_format_tells_its_day(folder: Path, tmp_path) -> None:
    import pillow_heif

    for name in ("a", "b"):
        with Image.open(folder / f"{name}.jpg") as opened:
            heif = pillow_heif.from_pillow(opened)
            heif.save(tmp_path / f"{name}.heic", quality=80, exif=opened.getexif().tobytes())
    found = series(sources_of([tmp_path]))
    assert [prints[0].day for prints in found] == ["2026-01-05", "2026-03-02"]


def save_record(path: Path, **changed: object) -> Path:
    path.write_text(json.dumps({**to_record(made_scan()), **changed}), encoding="utf-8")
    return path


def test_a_record_is_named_and_dated_by_its_file_where_its_photo_says_nothing(tmp_path) -> None:
    save_record(tmp_path / "2026-06-01.json", photo="a.jpg")
    save_record(tmp_path / "2026-01-05.json", photo=None)
    first, last = (prints[0] for prints in series(sources_of([tmp_path])))
    assert (first.day, first.name) == ("2026-01-05", str(tmp_path / "2026-01-05.json"))
    assert (last.day, last.name) == ("2026-06-01", "a.jpg")


def test_a_record_is_dated_by_its_photo_before_its_file(tmp_path) -> None:
    # Of a camera, and of whoever saved them later, on a disk that writes endings large.
    save_record(tmp_path / "2026-06-01.JSON", photo="IMG_20260302_101500.jpg")
    save_record(tmp_path / "2026-06-02.JSON", photo="IMG_20260105_101500.jpg")
    found = series(sources_of([tmp_path]))
    assert [prints[0].day for prints in found] == ["2026-01-05", "2026-03-02"]


def test_one_print_alone_is_wrong_usage(tmp_path) -> None:
    with pytest.raises(OptionError) as raised:
        series(sources_of([save_record(tmp_path / "alone.json")]))
    assert raised.value.reason.code == "nothing-to-compare"


def test_of_two_folders_neither_is_left_out_in_silence(folder: Path, tmp_path) -> None:
    with pytest.raises(UnreadablePhotoError) as raised:
        series(sources_of([folder, tmp_path]))
    assert raised.value.reason.code == "not-a-file"
    assert str(folder) in raised.value.reason.message


def test_a_photo_that_no_disk_can_hold_is_named(tmp_path) -> None:
    with pytest.raises(UnreadablePhotoError) as raised:
        series(sources_of([tmp_path / ("x" * 300)]))
    assert raised.value.reason.code == "not-found"


def test_a_folder_may_hold_other_things(folder: Path, tmp_path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    save_record(tmp_path / "record.json", photo="elsewhere/a.jpg")
    (tmp_path / "notes.json").write_text('{"feet": 2}', encoding="utf-8")
    (tmp_path / "list.json").write_text("[1, 2]", encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert [Path(prints[0].name).name for prints in series(sources_of([tmp_path]))] == [
        "b.jpg",
        "a.jpg",
    ]


def test_a_subfolder_that_cannot_be_read_is_named_as_a_batch_names_it(
    two_days: list[Path], monkeypatch, capsys
) -> None:
    folder = two_days[0].parent
    (folder / "shut").mkdir()
    look = os.scandir

    def forbidden(path):
        if Path(path).name == "shut":
            raise PermissionError
        return look(path)

    monkeypatch.setattr("archscan.batch.pictures.os.scandir", forbidden)
    with pytest.raises(SystemExit) as left:
        main(["compare", str(folder), "--json", str(folder / "numbers.txt")])
    assert left.value.code == 0
    (remark,) = search(folder).remarks()
    assert "'shut' could not be read" in remark
    assert capsys.readouterr().err == f"archscan: {remark}\n"


def test_a_photo_is_read_once(folder: Path, monkeypatch) -> None:
    read = []
    opened = Path.open

    def noted(path: Path, *arguments, **options):
        read.append(path.name)
        return opened(path, *arguments, **options)

    monkeypatch.setattr("pathlib.Path.open", noted)
    first, last = (prints[0] for prints in series(sources_of([folder / "a.jpg", folder / "b.jpg"])))
    assert (first.name, last.name) == (str(folder / "a.jpg"), str(folder / "b.jpg"))
    assert sorted(name for name in read if name.endswith(".jpg")) == ["a.jpg", "b.jpg"]


def test_a_record_without_a_print_is_named(tmp_path) -> None:
    kept = save_record(tmp_path / "kept.json")
    empty = save_record(tmp_path / "empty.json", prints=[])
    with pytest.raises(OptionError) as raised:
        series(sources_of([empty, kept, kept]))
    assert "empty.json" in raised.value.reason.message


@pytest.mark.parametrize("reason", [None, {"code": "too-faint"}], ids=["none", "half"])
def test_a_refused_record_that_does_not_say_why_is_named_too(tmp_path, reason) -> None:
    kept = save_record(tmp_path / "kept.json")
    empty = save_record(tmp_path / "empty.json", status="refused", reason=reason, prints=[])
    with pytest.raises(OptionError) as raised:
        series(sources_of([kept, empty]))
    assert "empty.json" in raised.value.reason.message


def test_photos_without_a_print_are_left_out_though_nobody_listens(two_days) -> None:
    (two_days[0].parent / "broken.jpg").write_bytes(b"no picture")
    assert len(series(sources_of([two_days[0].parent]))) == 2


def test_a_photo_may_be_named_in_any_bytes(folder: Path, tmp_path) -> None:
    odd = Path(f"{tmp_path}/caf\udce9.jpg")
    try:
        odd.write_bytes((folder / "a.jpg").read_bytes())
    except OSError:
        pytest.skip("this disk takes no such names")
    assert len(series(sources_of([odd, folder / "b.jpg"]))) == 2


def test_captions_fit_the_drawing() -> None:
    name = "some/folder/" + "long_name_of_a_photo_" * 4 + "1.jpg"
    drawn = both_outlines(reading(0.3, name=name), reading(0.3))
    width = int(drawn.split('viewBox="0 0 ')[1].split()[0])
    assert width > 8 * len(Path(name).name)
    assert "some/folder" not in drawn


@pytest.mark.parametrize(
    "outputs",
    [
        ("--json", "a.jpg"),
        ("--overlay", "a.jpg"),
        ("--overlay", "o.png"),
        ("--overlay", "same.svg", "--plot", "same.svg"),
        ("--overlay", "same.svg", "--json", "same.svg"),
        ("--plot", "none/p.svg"),
        ("--overlay", "-", "--json", "/dev/stdout"),
        ("--overlay", "/dev/fd/1", "--plot", "-"),
    ],
)
def test_nothing_is_overwritten_unasked(folder: Path, outputs) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    named = [folder / one if not one.startswith("-") else one for one in outputs]
    for compared in ([folder], [folder / "a.jpg", folder / "b.jpg"]):
        done = run(*compared, *named)
        assert done.returncode == 2, done.stderr
        assert done.stdout == ""
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_mixed_days_are_said(folder: Path, tmp_path) -> None:
    (tmp_path / "a.jpg").write_bytes((folder / "a.jpg").read_bytes())
    save_record(tmp_path / "x.json", photo="x.jpg")
    told = run(tmp_path).stdout
    assert "1 of them tell no day" in told
    assert "before  no day     x.jpg" in told
    # Where none tells its day there is nothing to be mixed up.
    (tmp_path / "a.jpg").unlink()
    save_record(tmp_path / "y.json", photo="y.jpg")
    assert "no day" not in run(tmp_path).stdout


def run(*arguments: object, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archscan", "compare", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, **options,
    )  # fmt: skip


def test_the_command_compares_draws_and_writes(folder: Path, tmp_path) -> None:
    done = run(folder, "--overlay", tmp_path / "o.svg", "--plot", tmp_path / "t.svg", "--json", "-")
    assert done.returncode == 0, done.stderr
    (foot,) = json.loads(done.stdout)
    assert [one["day"] for one in foot["series"]] == ["2026-01-05", "2026-02-01", "2026-03-02"]
    assert foot["changes"]["chippaux_smirak"]["changed"] is False
    assert (tmp_path / "o.svg").exists()
    assert (tmp_path / "t.svg").exists()


@pytest.fixture
def grown(tmp_path: Path) -> list[Path]:
    """Records of a foot whose ratio grows from day to day, the last of which tells no day."""
    saved = []
    for name, value in (("IMG_20260105", 0.30), ("IMG_20260106", 0.35), ("last", 0.40)):
        (item,) = to_record(made_scan())["prints"]
        ends = {"value": value, "low": value - 0.01, "high": value + 0.01}
        item = {**item, "indices": {"chippaux_smirak": ends}, "arch": "neutral"}
        saved.append(save_record(tmp_path / f"{name}.json", photo=f"{name}.jpg", prints=[item]))
    return saved


def test_the_first_print_is_held_against_the_last(grown: list[Path], tmp_path) -> None:
    done = run(*grown, "--json", "-")
    assert json.loads(done.stdout) == [
        {
            "side": "left",
            "before": "IMG_20260105.jpg",
            "after": "last.jpg",
            "changes": {
                "chippaux_smirak": {
                    "before": 0.3, "after": 0.4, "difference": 0.1,
                    "low": 0.0859, "high": 0.1141, "changed": True,
                }
            },
            "series": [
                {"photo": f"{name}.jpg", "day": day, "arch": "neutral", "chippaux_smirak": value}
                for name, day, value in (
                    ("IMG_20260105", "2026-01-05", 0.3),
                    ("IMG_20260106", "2026-01-06", 0.35),
                    ("last", None, 0.4),
                )
            ],
        }
    ]  # fmt: skip
    told = run(*grown, "--overlay", tmp_path / "o.svg").stdout
    assert told.splitlines()[:5] == [
        "Left foot, 3 prints",
        "  before  2026-01-05 IMG_20260105.jpg",
        "  after   no day     last.jpg",
        f"  {'Chippaux-Smirak index':28} 0.3000 -> 0.4000  +0.1000 (+0.0859 to +0.1141)",
        f"  {'':28}changed",
    ]
    # Whoever names files has put them in order; a folder is asked about.
    assert "put first" not in told
    drawing = (tmp_path / "o.svg").read_text(encoding="utf-8")
    assert "2026-01-05" in drawing
    assert "last.jpg" in drawing
    assert "2026-01-06" not in drawing


@pytest.fixture
def two_days(tmp_path: Path) -> list[Path]:
    """Records of both feet on two days."""
    saved = [tmp_path / f"2026-01-0{day}.json" for day in (1, 2)]
    for path in saved:
        path.write_text(json.dumps(to_record(pair())), encoding="utf-8")
    return saved


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
@pytest.mark.parametrize("option", ["--overlay", "--plot"])
def test_a_drawing_alone_goes_to_standard_output(tmp_path, option: str, name: str) -> None:
    kept = save_record(tmp_path / "kept.json")
    done = run(kept, kept, option, name, "--json", tmp_path / "numbers.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("<svg")
    assert done.stdout.endswith("</svg>\n")
    assert done.stdout.count("<svg") == 1
    assert done.stderr == ""
    assert {path.name for path in tmp_path.iterdir()} == {"kept.json", "numbers.json"}


def test_standard_output_takes_the_drawing_of_one_foot_only(two_days: list[Path]) -> None:
    folder = two_days[0].parent
    done = run(*two_days, "--overlay", "-", "--json", folder / "numbers.json", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "of one foot only" in done.stderr
    assert not (folder / "numbers.json").exists()
    assert run(*two_days, "--plot", folder / "p.svg").returncode == 0
    assert {path.name for path in folder.glob("*.svg")} == {"p_left.svg", "p_right.svg"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_saved_records_compare_like_photos(tmp_path, encoding: str) -> None:
    for name in ("before", "after"):
        record = {**to_record(made_scan()), "photo": f"{name}.jpg"}
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding=encoding)
    done = run(tmp_path / "before.json", tmp_path / "after.json")
    assert done.returncode == 0, done.stderr
    assert "not distinguishable from measuring error" in done.stdout
    assert "Two steps of one foot differ too, which is not counted" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80 or str(tmp_path) in done.stdout


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "[1, 2]",
        '"abc"',
        "null",
        "[[]]",
        '{"photo": "x"}',
        '{"photo": 1, "prints": [{}]}',
    ],
)
def test_what_is_no_record_is_said(tmp_path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    done = run(tmp_path / "bad.json", tmp_path / "bad.json")
    assert done.returncode == 2
    assert done.stderr.startswith("archscan: ")
    assert "bad.json'" in done.stderr


def test_what_is_no_json_is_told_from_json_that_is_no_record(tmp_path) -> None:
    path = tmp_path / "bad.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(OptionError) as raised:
        load_record(path)
    assert raised.value.reason.code == "record-unreadable"


def test_a_record_with_no_more_than_was_promised_from_the_first_is_read() -> None:
    record = to_record(made_scan())
    (item,) = record["prints"]
    marks = {name: item["landmarks"][name] for name in ("heel_center", "toe2_tip")}
    kept = {name: value for name, value in item.items() if name != "outlines"}
    (one,) = readings({**record, "prints": [{**kept, "landmarks": marks}]})
    assert one.axis_tip.tolist() == list(item["landmarks"]["toe2_tip"])
    assert [line.tolist() for line in one.outlines] == [[list(point) for point in item["outline"]]]


def test_a_name_in_a_record_that_is_no_text_can_be_written_again() -> None:
    (one,) = readings({**to_record(made_scan()), "photo": "caf\udce9.jpg"})
    assert one.name == "caf?.jpg"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("indices", "chippaux_smirak", "value"), math.nan),
        (("indices", "staheli", "high"), math.inf),
        (("indices", "staheli", "low"), 9.0),
        (("indices", "staheli", "value"), 9.0),
        (("indices", "staheli", "value"), 0.0),
        (("landmarks", "heel_center"), [1, 2, 3]),
        (("landmarks", "axis_tip"), [math.nan, 2]),
        (("landmarks", "axis_tip"), None),
        (("outlines",), [[[math.nan, 2], [3, 4]]]),
        (("outlines",), [[[1, 2], [3, 4], [5, 2]], [[math.inf, 2], [3, 4]]]),
        (("outlines",), [[[1, 2], [3, 4], [5, 2]], []]),
        (("side",), "middle"),
        (("arch",), math.nan),
        (("arch",), "\udcff"),
        pytest.param(("indices", "staheli", "value"), 10**400, id="too large for a float"),
        (("landmarks", "heel_center"), [1, 10**400]),
        (("outlines",), [[[1, 2], [3, 10**400], [5, 2]]]),
    ],
)
def test_a_record_whose_numbers_cannot_be_is_none(place: tuple[str, ...], value: object) -> None:
    record = json.loads(json.dumps(to_record(made_scan())))
    item = record["prints"][0]
    if value is None:
        value = item["landmarks"]["heel_center"]
    for name in place[:-1]:
        item = item[name]
    item[place[-1]] = value
    with pytest.raises(OptionError) as raised:
        readings(record)
    assert raised.value.reason.code == "not-a-record"


def test_what_a_folder_is_compared_without_is_said(two_days: list[Path]) -> None:
    folder = two_days[0].parent
    save_record(folder / "none.json", photo="none.jpg", status="refused", prints=[])
    (folder / "broken.jpg").write_bytes(b"no picture")
    (folder / "notes.json").write_text("[1]", encoding="utf-8")
    done = run(folder)
    assert done.returncode == 0
    assert done.stderr == (
        "archscan: Photos without a measured print, left out: 2 of 4, the first is 'broken.jpg'.\n"
    )


def test_what_a_file_of_several_records_is_compared_without_is_said(tmp_path) -> None:
    record = json.loads(save_record(tmp_path / "one.json").read_text(encoding="utf-8"))
    several = [record, record, {**record, "status": "refused", "prints": []}]
    (tmp_path / "all.json").write_text(json.dumps(several), encoding="utf-8")
    done = run(tmp_path / "all.json")
    assert done.returncode == 0
    assert "left out: 1 of 3, the first is 'all.json'" in done.stderr


def test_the_only_print_of_the_other_foot_is_said(tmp_path) -> None:
    left = save_record(tmp_path / "left.json", photo="left.jpg")
    record = json.loads(left.read_text(encoding="utf-8"))
    record["prints"][0]["side"] = "right"
    right = save_record(tmp_path / "right.json", photo="right.jpg", prints=record["prints"])
    done = run(left, right, left)
    assert done.returncode == 0
    assert done.stdout.startswith("Left foot, 2 prints")
    assert "Right foot" not in done.stdout
    assert "Only one print looks like a right foot's, and is left out: 'right.jpg'" in done.stderr


@pytest.mark.parametrize("as_record", [False, True])
@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("concrete_no_print.jpg", 3, "No bare footprint"),
        ("truth.png", 4, "not a picture"),
        ("nowhere.jpg", 4, "no file with this name"),
    ],
)
def test_why_a_photo_cannot_be_compared_is_said(tmp_path, name, status, words, as_record) -> None:
    before = SAMPLES / name if (SAMPLES / name).exists() else tmp_path / name
    if name == "truth.png":
        before.write_text("no picture", encoding="utf-8")
    if as_record:
        record = archscan.scan(before).to_dict()
        before = tmp_path / "record.json"
        before.write_text(json.dumps(record), encoding="utf-8")
    done = run(before, SAMPLES / "cardboard_neutral_left.jpg")
    assert done.returncode == status
    assert done.stdout == ""
    assert before.name in done.stderr
    assert words in done.stderr


def test_a_folder_with_too_few_prints_is_refused(tmp_path) -> None:
    shutil.copy(SAMPLES / "cardboard_neutral_left.jpg", tmp_path)
    shutil.copy(SAMPLES / "concrete_no_print.jpg", tmp_path)
    assert run(tmp_path).returncode == 3
