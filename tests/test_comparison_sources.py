"""What is compared: photos, records and folders of them, in the order they were taken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from made_scans import save_record
from PIL import Image

from archscan.batch.pictures import search
from archscan.cli import main
from archscan.comparison.sources import series, sources_of
from archscan.errors import OptionError, RefusedPhotoError, UnreadablePhotoError


def test_a_folder_is_put_in_the_order_of_its_days(three_days: Path) -> None:
    found = series(sources_of([three_days]))
    assert [prints[0].day for prints in found] == ["2026-01-05", "2026-02-01", "2026-03-02"]


def test_photos_of_one_day_are_put_in_the_order_of_their_times(three_days: Path, tmp_path) -> None:
    # By their names "after" would be held against "before" the wrong way round.
    for name, time in (("after", "18:30:00"), ("before", "07:05:00"), ("between", "09:00:00")):
        with Image.open(three_days / "a.jpg") as opened:
            tags = Image.Exif()
            tags[0x0132] = f"2026:03:02 {time}"
            opened.save(tmp_path / f"{name}.jpg", exif=tags)
    found = [prints[0] for prints in series(sources_of([tmp_path]))]
    assert [Path(one.name).stem for one in found] == ["before", "between", "after"]
    assert [one.time for one in found] == ["07:05:00", "09:00:00", "18:30:00"]


def test_of_one_day_what_tells_no_time_comes_first(three_days: Path, tmp_path) -> None:
    shutil.copy(three_days / "a.jpg", tmp_path)
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
    three_days, tmp_path, taken, day
) -> None:
    for name in ("a", "b"):
        with Image.open(three_days / f"{name}.jpg") as opened:
            tags = opened.getexif()
            tags.get_ifd(0x8769)[0x9003] = taken
            opened.save(tmp_path / f"{name}.jpg", exif=tags)
    assert day in [prints[0].day for prints in series(sources_of([tmp_path]))]


def test_numbers_in_names_count_as_numbers(tmp_path) -> None:
    names = ["print_1.jpg", "print_2.jpg", "print_009.jpg", "print_10.jpg"]
    for number, name in enumerate(reversed(names)):
        save_record(tmp_path / f"{number}.json", photo=name)
    assert [prints[0].name for prints in series(sources_of([tmp_path]))] == names


def test_every_format_tells_its_day(three_days: Path, tmp_path) -> None:
    import pillow_heif

    for name in ("a", "b"):
        with Image.open(three_days / f"{name}.jpg") as opened:
            heif = pillow_heif.from_pillow(opened)
            heif.save(tmp_path / f"{name}.heic", quality=80, exif=opened.getexif().tobytes())
    found = series(sources_of([tmp_path]))
    assert [prints[0].day for prints in found] == ["2026-01-05", "2026-03-02"]


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


@pytest.mark.parametrize(
    "number", ["20261315", "20260015", "20260132", "2026-01-150", "120260115", "19260115"]
)
def test_a_number_that_is_no_day_tells_none(tmp_path, number: str) -> None:
    for name in ("a", "b"):
        save_record(tmp_path / f"{name}.json", photo=f"{name}_{number}.jpg")
    assert [prints[0].day for prints in series(sources_of([tmp_path]))] == [None, None]


def test_one_print_alone_is_wrong_usage(tmp_path) -> None:
    with pytest.raises(OptionError) as raised:
        series(sources_of([save_record(tmp_path / "alone.json")]))
    assert raised.value.reason.code == "nothing-to-compare"


def test_of_two_folders_neither_is_left_out_in_silence(three_days: Path, tmp_path) -> None:
    with pytest.raises(UnreadablePhotoError) as raised:
        series(sources_of([three_days, tmp_path]))
    assert raised.value.reason.code == "not-a-file"
    assert str(three_days) in raised.value.reason.message


def test_a_photo_that_no_disk_can_hold_is_named(tmp_path) -> None:
    with pytest.raises(UnreadablePhotoError) as raised:
        series(sources_of([tmp_path / ("x" * 300)]))
    assert raised.value.reason.code == "not-found"


def test_a_folder_may_hold_other_things(three_days: Path, tmp_path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes((three_days / name).read_bytes())
    save_record(tmp_path / "record.json", photo="elsewhere/a.jpg")
    (tmp_path / "notes.json").write_text('{"feet": 2}', encoding="utf-8")
    (tmp_path / "list.json").write_text("[1, 2]", encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert [Path(prints[0].name).name for prints in series(sources_of([tmp_path]))] == [
        "b.jpg",
        "a.jpg",
    ]


def test_a_subfolder_that_cannot_be_read_is_named_as_a_batch_names_it(
    two_days: list[Path], shut_folders, capsys
) -> None:
    folder = two_days[0].parent
    (folder / "shut").mkdir()
    with pytest.raises(SystemExit) as left:
        main(["compare", str(folder), "--json", str(folder / "numbers.txt")])
    assert left.value.code == 0
    (remark,) = search(folder).remarks()
    assert "'shut' could not be read" in remark
    assert capsys.readouterr().err == f"archscan: {remark}\n"


def test_a_photo_is_read_once(three_days: Path, monkeypatch) -> None:
    read = []
    opened = Path.open

    def noted(path: Path, *arguments, **options):
        read.append(path.name)
        return opened(path, *arguments, **options)

    monkeypatch.setattr("pathlib.Path.open", noted)
    photos = [three_days / "a.jpg", three_days / "b.jpg"]
    assert [prints[0].name for prints in series(sources_of(photos))] == [str(one) for one in photos]
    assert sorted(name for name in read if name.endswith(".jpg")) == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize("name", ["nowhere.jpg", "nowhere.json", "broken.jpg", "unreadable.json"])
@pytest.mark.parametrize("last", [True, False])
def test_what_cannot_be_read_is_told_before_what_shows_no_print(
    tmp_path, name: str, last: bool
) -> None:
    reason = {"code": "too-faint", "message": "Too faint.", "advice": "Again."}
    refused = save_record(tmp_path / "r.json", status="refused", reason=reason, prints=[])
    save_record(tmp_path / "unreadable.json", status="unreadable", reason=reason, prints=[])
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    named = [refused, tmp_path / name] if last else [tmp_path / name, refused]
    with pytest.raises(UnreadablePhotoError) as raised:
        series(sources_of(named))
    assert name in raised.value.reason.message


def test_of_several_without_a_print_the_first_is_named(tmp_path) -> None:
    reason = {"code": "too-faint", "message": "Too faint.", "advice": "Again."}
    changed = {"status": "refused", "reason": reason, "prints": []}
    named = [save_record(tmp_path / f"{name}.json", **changed) for name in ("b", "a")]
    with pytest.raises(RefusedPhotoError) as raised:
        series(sources_of(named))
    assert "b.json" in raised.value.reason.message


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


def test_a_photo_may_be_named_in_any_bytes(three_days: Path, tmp_path) -> None:
    odd = Path(f"{tmp_path}/caf\udce9.jpg")
    try:
        odd.write_bytes((three_days / "a.jpg").read_bytes())
    except OSError:
        pytest.skip("this disk takes no such names")
    assert len(series(sources_of([odd, three_days / "b.jpg"]))) == 2
    # In a folder its record is known to be of it.
    (tmp_path / "b.jpg").write_bytes((three_days / "b.jpg").read_bytes())
    save_record(tmp_path / "record.json", photo=r"caf\xe9.jpg")
    assert len(series(sources_of([tmp_path]))) == 2
