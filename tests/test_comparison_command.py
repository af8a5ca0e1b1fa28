"""The command that compares: what it tells, draws, writes and refuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import SAMPLES, run_archscan
from made_scans import made_scan, save_record

import archscan
from archscan.cli import main
from archscan.report.record import to_record


def run(*arguments: object, **options) -> subprocess.CompletedProcess[str]:
    return run_archscan("compare", *arguments, text=True, **options)


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
def test_nothing_is_overwritten_unasked(three_days: Path, outputs) -> None:
    before = {path.name: path.read_bytes() for path in three_days.iterdir()}
    named = [three_days / one if not one.startswith("-") else one for one in outputs]
    for compared in ([three_days], [three_days / "a.jpg", three_days / "b.jpg"]):
        done = run(*compared, *named)
        assert done.returncode == 2, done.stderr
        assert done.stdout == ""
    assert {path.name: path.read_bytes() for path in three_days.iterdir()} == before


def test_a_record_that_is_compared_is_not_overwritten(two_days: list[Path]) -> None:
    before = [path.read_bytes() for path in two_days]
    for compared in ([two_days[0].parent], two_days):
        done = run(*compared, "--json", two_days[0])
        assert (done.returncode, done.stdout) == (2, "")
    assert [path.read_bytes() for path in two_days] == before


def test_mixed_days_are_said(three_days: Path, tmp_path) -> None:
    (tmp_path / "a.jpg").write_bytes((three_days / "a.jpg").read_bytes())
    save_record(tmp_path / "x.json", photo="x.jpg")
    told = run(tmp_path).stdout
    assert "1 of them tell no day" in told
    assert "before  no day     x.jpg" in told
    # Where none tells its day there is nothing to be mixed up.
    (tmp_path / "a.jpg").unlink()
    save_record(tmp_path / "y.json", photo="y.jpg")
    assert "no day" not in run(tmp_path).stdout


def test_the_command_compares_draws_and_writes(three_days: Path, tmp_path) -> None:
    drawings = ("--overlay", tmp_path / "o.svg", "--plot", tmp_path / "t.svg")
    done = run(three_days, *drawings, "--json", "-")
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
    for name, value, arch in (
        ("IMG_20260105", 0.30, "neutral"),
        ("IMG_20260106", 0.35, "neutral"),
        ("last", 0.40, None),
    ):
        (item,) = to_record(made_scan())["prints"]
        ends = {"value": value, "low": value - 0.01, "high": value + 0.01}
        further = {"clarke_angle": ends | {"value": 100 * value, "low": 24.0, "high": 46.0}}
        item = {
            **item, "indices": {"chippaux_smirak": ends}, "details": further, "arch": arch,
        }  # fmt: skip
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
            "further": {
                "clarke_angle": {
                    "before": 30.0, "after": 40.0, "difference": 10.0,
                    "low": -12.6274, "high": 18.4853, "changed": False,
                }
            },
            "series": [
                {"photo": f"{name}.jpg", "day": day, "arch": arch, "chippaux_smirak": value}
                for name, day, arch, value in (
                    ("IMG_20260105", "2026-01-05", "neutral", 0.3),
                    ("IMG_20260106", "2026-01-06", "neutral", 0.35),
                    ("last", None, None, 0.4),
                )
            ],
        }
    ]  # fmt: skip
    told = run(*grown, "--overlay", tmp_path / "o.svg", "--json", tmp_path / "n.json").stdout
    assert told.splitlines()[:7] == [
        "Left foot, 3 prints",
        "  before  2026-01-05 IMG_20260105.jpg",
        "  after   no day     last.jpg",
        f"  {'Chippaux-Smirak index':28} 0.3000 -> 0.4000  +0.1000 (+0.0859 to +0.1141)",
        f"  {'':28} changed",
        "Further measures (where nothing is said, not distinguishable from error)",
        "  Clarke's angle               30.0 -> 40.0 degrees  +10.0 (-12.6 to +18.5)",
    ]
    # Whoever names files has put them in order; a folder is asked about.
    assert "put first" not in told
    drawing = (tmp_path / "o.svg").read_text(encoding="utf-8")
    assert "2026-01-05" in drawing
    assert "last.jpg" in drawing
    assert "2026-01-06" not in drawing


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


def test_what_is_known_of_the_photos_is_heard(monkeypatch, capsys) -> None:
    asked: list = []

    def measured(_: bytes, **options: object):
        asked.append(options)
        return made_scan()

    monkeypatch.setattr(archscan, "scan", measured)
    photo = str(SAMPLES / "cardboard_neutral_left.jpg")
    with pytest.raises(SystemExit) as left:
        main(["compare", photo, photo, "--sheet", "letter", "--side", "left"])
    assert not left.value.code, capsys.readouterr().err
    assert asked == [{"sheet": "letter", "side": "left"}] * 2


def test_what_may_not_be_read_is_told_as_of_a_photo(tmp_path, monkeypatch, capsys) -> None:
    # By whoever opens it, not by the program's own check of arguments, which is wrong usage.
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    kept = str(save_record(tmp_path / "kept.json"))
    with pytest.raises(SystemExit) as left:
        main(["compare", kept, kept])
    assert not left.value.code, capsys.readouterr().err


def test_a_folder_with_too_few_prints_is_refused(tmp_path) -> None:
    shutil.copy(SAMPLES / "cardboard_neutral_left.jpg", tmp_path)
    shutil.copy(SAMPLES / "concrete_no_print.jpg", tmp_path)
    assert run(tmp_path).returncode == 3
