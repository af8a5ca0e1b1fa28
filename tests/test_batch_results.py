"""Where masks and overlays go: each has a name of its own, and no photo is lost to one."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archscan.batch import Options, run_batch, score_many
from archscan.batch.naming import Pattern
from archscan.batch.results import check_files
from archscan.batch.stems import unique_stems
from archscan.errors import OutputError
from archscan.replacing import refuse_replacing

ONE_AT_A_TIME = ThreadPoolExecutor(1)


def blank(path: Path, width: int = 64) -> Path:
    """A photo without a print, which is soon done; its mask tells its width."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((64, width, 3), 200, np.uint8)).save(path)
    return path


def run(folder: Path, output: Path, **options):
    return run_batch(folder, output, jobs=1, executor=ONE_AT_A_TIME, **options)


def widths(folder: Path) -> dict[str, int]:
    found = {}
    for path in folder.rglob("*.*"):
        with Image.open(path) as opened:
            found[path.relative_to(folder).as_posix()] = opened.width
    return found


@pytest.mark.parametrize(
    ("names", "stems"),
    [
        (["a.jpg", "sub/b.c.HEIC"], ["a", "sub/b.c"]),
        (["a.bmp", "a.jpg", "a.png"], ["a", "a-2", "a-3"]),
        (["A.jpg", "a.jpg", "sub/a.jpg"], ["A", "a-2", "sub/a"]),
        (["A.jpg", "A.png", "a-2.jpg"], ["A", "A-3", "a-2"]),
        (["x.jpg/y.jpg", "x.png"], ["x.jpg/y", "x-2"]),
        (["u\u0308.jpg", "\u00fc.jpg"], ["u\u0308", "\u00fc-2"]),
    ],
)
def test_no_two_photos_share_a_stem(names: list[str], stems: list[str]) -> None:
    assert unique_stems(names) == stems


def test_photos_named_alike_have_a_mask_and_an_overlay_each(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    for name, width in (("a.bmp", 70), ("a.png", 80), ("A.jpg", 90), ("sub/a.png", 100)):
        blank(photos / name, width)
    options = Options(masks=tmp_path / "masks", overlays=tmp_path / "overlays")
    run(photos, tmp_path / "s.csv", options=options)
    assert widths(tmp_path / "masks") == {
        "A.png": 90, "a-2.png": 70, "a-3.png": 80, "sub/a.png": 100,
    }  # fmt: skip
    assert set(widths(tmp_path / "overlays")) == {"A.jpg", "a-2.jpg", "a-3.jpg", "sub/a.jpg"}


def test_a_photo_that_came_since_takes_no_mask_of_another(tmp_path: Path) -> None:
    photos, masks = tmp_path / "photos", tmp_path / "masks"
    blank(photos / "a.jpg", 70)
    blank(photos / "b.jpg", 80)

    def interrupt(done: int, _: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    options = Options(masks=masks)
    with pytest.raises(KeyboardInterrupt):
        run(photos, tmp_path / "s.csv", options=options, watcher=interrupt)
    blank(photos / "a.bmp", 90)
    summary = run(photos, tmp_path / "s.csv", options=options, resume=True)
    assert widths(masks) == {"a.png": 90, "a-2.png": 70, "b.png": 80}
    assert summary.kept == 0


def test_photos_of_a_list_keep_their_masks_apart_and_themselves(tmp_path: Path) -> None:
    paths = [blank(tmp_path / name, width) for name, width in (("a.png", 70), ("a.bmp", 80))]
    before = paths[0].read_bytes()
    options = Options(masks=tmp_path / "masks")
    list(score_many(paths, jobs=1, executor=ONE_AT_A_TIME, options=options))
    assert paths[0].read_bytes() == before
    assert sorted(widths(tmp_path / "masks").values()) == [70, 80]


def test_bytes_are_called_by_a_number_that_no_photo_is_called(tmp_path: Path, monkeypatch) -> None:
    blank(tmp_path / "0.png", 70)
    unnamed = blank(tmp_path / "b.png", 80).read_bytes()
    monkeypatch.chdir(tmp_path)
    options = Options(masks=tmp_path / "masks")
    list(score_many([unnamed, "0.png"], jobs=1, executor=ONE_AT_A_TIME, options=options))
    assert widths(tmp_path / "masks") == {"0.png": 80, "0-2.png": 70}


def test_results_among_the_photos_are_no_photos_of_the_next_run(tmp_path: Path) -> None:
    blank(tmp_path / "a.jpg")
    options = Options(masks=tmp_path / "masks", overlays=tmp_path / "overlays")
    tables = []
    for _ in range(2):
        run(tmp_path, tmp_path / "s.jsonl", options=options)
        tables.append((tmp_path / "s.jsonl").read_bytes())
    assert tables[0] == tables[1]
    assert len(tables[0].splitlines()) == 1


def test_results_of_an_earlier_run_are_known_wherever_they_lie(tmp_path: Path) -> None:
    blank(tmp_path / "a.jpg")
    blank(tmp_path / "b.png")
    options = Options(masks=tmp_path / "m", overlays=tmp_path / "o")
    run(tmp_path, tmp_path / "s.jsonl", options=options)
    (tmp_path / "m" / "a.png").rename(tmp_path / "moved.PNG")
    heard: list[str] = []
    run(tmp_path, tmp_path / "again.jsonl", listener=heard.append)
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "s.jsonl").read_bytes()
    assert heard == ["Masks and overlays that archscan drew are left out: 4."]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("{participant}_{side}", []),
        (
            "{participant}_{side}_{session}",
            [
                "1 of 2 names are not built like '{participant}_{side}_{session}', the first is "
                "'a_left.jpg'; their columns of the study stay empty."
            ],
        ),
        (None, []),
    ],
)
def test_names_that_do_not_fit_are_counted_before_the_work(
    tmp_path: Path, pattern: str | None, told: list[str]
) -> None:
    for name in ("a_left.jpg", "b_left_1.jpg"):
        blank(tmp_path / "photos" / name)
    heard: list[str] = []

    def watch(done: int, _: int) -> None:
        heard.append(f"{done} done")

    run(
        tmp_path / "photos", tmp_path / "s.csv", listener=heard.append, watcher=watch,
        pattern=None if pattern is None else Pattern.of(pattern),
    )  # fmt: skip
    assert heard == [*told, "1 done", "2 done"]


@pytest.mark.parametrize(
    ("masks", "overlays"), [("photos", None), (None, "photos"), ("link", None), (None, "linked")]
)
def test_no_photo_is_replaced_by_what_is_drawn_of_it(
    tmp_path: Path, masks: str | None, overlays: str | None
) -> None:
    photos = tmp_path / "photos"
    for name in ("a.jpg", "a.png", "b.png"):
        blank(photos / name)
    (tmp_path / "link").symlink_to(photos)
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "b.jpg").symlink_to(photos / "a.jpg")
    before = {path: path.read_bytes() for path in photos.iterdir()}
    options = Options(
        masks=None if masks is None else tmp_path / masks,
        overlays=None if overlays is None else tmp_path / overlays,
    )
    with pytest.raises(OutputError) as raised:
        run(photos, tmp_path / "s.csv", options=options)
    assert raised.value.reason.code == "output-is-photo"
    assert {path: path.read_bytes() for path in photos.iterdir()} == before


@pytest.mark.parametrize(
    ("name", "other"),
    [("A.PNG", "a.png"), ("e\u0301.png", "\u00e9.png"), ("\u00c9.png", "e\u0301.png")],
)
def test_a_disk_that_takes_two_names_for_one_loses_no_photo(
    name: str, other: str, tmp_path: Path
) -> None:
    photo = blank(tmp_path / "photos" / name)
    # A second name for one file, as such a disk would give it.
    (tmp_path / "photos" / other).hardlink_to(photo)
    with pytest.raises(OutputError):
        refuse_replacing([tmp_path / "photos" / other], [photo])


@pytest.mark.parametrize(("kind", "name"), [("masks", "a.png"), ("overlays", "a.jpg")])
def test_photos_of_another_folder_are_not_replaced_either(tmp_path: Path, kind, name) -> None:
    blank(tmp_path / "photos" / name)
    other = blank(tmp_path / "other" / name)
    before = other.read_bytes()
    options = Options(**{kind: tmp_path / "other"})
    with pytest.raises(OutputError) as raised:
        run(tmp_path / "photos", tmp_path / "s.csv", options=options)
    assert raised.value.reason.code == "output-is-photo"
    assert other.read_bytes() == before
    other.unlink()
    # What was drawn is drawn again.
    for _ in range(2):
        run(tmp_path / "photos", tmp_path / "s.csv", options=options)


def test_masks_beside_photos_that_they_do_not_replace_are_written(tmp_path: Path) -> None:
    blank(tmp_path / "photos" / "a.jpg")
    run(tmp_path / "photos", tmp_path / "s.csv", options=Options(masks=tmp_path / "photos"))
    assert (tmp_path / "photos" / "a.png").is_file()


@pytest.mark.parametrize(
    ("output", "gallery", "code"),
    [
        ("s.xls", None, "output-ending"),
        ("s.csv", "photos/a.jpg", "output-ending"),
        ("s.csv", "s.csv", "output-ending"),
        ("s.csv", "page", "output-ending"),
        ("s.csv", "photo.html", "output-is-photo"),
        ("photo.csv", None, "output-is-photo"),
        ("table.csv", "table.html", "output-twice"),
        ("s.csv", "folder.html", "output-is-folder"),
        ("folder.csv", None, "output-is-folder"),
        ("s.csv", "none/page.html", "output-folder-missing"),
        ("s.csv", "photos/a.jpg/page.html", "output-folder-missing"),
        ("lost.csv", None, "output-folder-missing"),
    ],
)
def test_a_table_or_a_page_that_must_not_be_written_is_refused_first(
    tmp_path: Path, monkeypatch, output: str, gallery: str | None, code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    photo = blank(tmp_path / "photos" / "a.jpg")
    links = {
        "photo.html": photo, "photo.csv": photo,
        "table.html": "table.csv", "lost.csv": "none/s.csv",
    }  # fmt: skip
    for link, target in links.items():
        (tmp_path / link).symlink_to(target)
    for folder in ("folder.html", "folder.csv"):
        (tmp_path / folder).mkdir()
    before = photo.read_bytes()

    def none(done: int, total: int) -> None:
        pytest.fail("a photo was scored")

    with pytest.raises(OutputError) as raised:
        run(
            tmp_path / "photos", Path(output), gallery=None if gallery is None else Path(gallery),
            watcher=none,
        )  # fmt: skip
    assert raised.value.reason.code == code
    assert photo.read_bytes() == before
    assert not (tmp_path / "s.csv").exists()


def test_a_folder_and_its_results_may_be_named_by_text(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    blank(tmp_path / "photos" / "a.jpg")
    run_batch(
        "photos", "s.csv", gallery="page.html", options=Options(masks="masks"), pattern="{person}",
        executor=ONE_AT_A_TIME, jobs=1,
    )  # fmt: skip
    assert all((tmp_path / name).exists() for name in ("s.csv", "page.html", "masks/a.png"))
    names, row, *_ = (tmp_path / "s.csv").read_text(encoding="utf-8").splitlines()
    assert names.startswith("study.person,")
    assert row.startswith("a,")


def test_endings_of_results_may_be_written_in_capitals(tmp_path: Path) -> None:
    check_files(tmp_path / "S.CSV", tmp_path / "PAGE.HTM")


@pytest.mark.parametrize(
    ("made", "code"),
    [("masks", "output-folder-missing"), ("masks/sub", "output-folder-missing"),
     ("masks/sub/a.png/", "output-is-folder")],
)  # fmt: skip
def test_a_mask_that_cannot_be_written_is_refused_first(
    tmp_path: Path, made: str, code: str
) -> None:
    blank(tmp_path / "photos" / "b.jpg")
    blank(tmp_path / "photos" / "sub" / "a.jpg")
    in_the_way = tmp_path / made
    in_the_way.parent.mkdir(parents=True, exist_ok=True)
    if made.endswith("/"):
        in_the_way.mkdir()
    else:
        in_the_way.write_bytes(b"")
    with pytest.raises(OutputError) as raised:
        run(tmp_path / "photos", tmp_path / "s.csv", options=Options(masks=tmp_path / "masks"))
    assert raised.value.reason.code == code
    assert not (tmp_path / "masks" / "b.png").exists()


@pytest.mark.parametrize("kind", ["masks", "overlays"])
@pytest.mark.parametrize("asked", ["shut", "shut/new", "new"])
def test_a_folder_that_takes_no_pictures_is_told_before_any_photo_is_scored(
    tmp_path: Path, monkeypatch, kind: str, asked: str
) -> None:
    blank(tmp_path / "photos" / "sub" / "a.jpg")
    shut = tmp_path / "shut" if asked.startswith("shut") else tmp_path / "new" / "sub"
    shut.mkdir(parents=True)
    look = os.access
    # Not by permissions, which do not hold for whoever may do anything.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != shut and look(path, mode))

    def none(done: int, total: int) -> None:
        pytest.fail("a photo was scored")

    options = Options(**{kind: tmp_path / asked})
    with pytest.raises(OutputError) as raised:
        run(tmp_path / "photos", tmp_path / "s.csv", options=options, watcher=none)
    assert raised.value.reason.code == "output-forbidden"
    assert str(shut) in raised.value.reason.message


def test_a_photo_of_a_list_is_not_replaced_by_its_mask(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    blank(tmp_path / "a.png")
    with pytest.raises(OutputError):
        list(score_many(["a.png"], jobs=1, executor=ONE_AT_A_TIME, options=Options(masks=Path())))


def test_the_command_ends_with_the_status_of_wrong_usage(archscan_command, tmp_path) -> None:
    photo = blank(tmp_path / "photos" / "a.png")
    before = photo.read_bytes()
    done = archscan_command(
        "batch", photo.parent, "--output", tmp_path / "s.csv", "--masks", photo.parent
    )
    assert done.returncode == 2
    assert b"would replace one of the photos" in done.stderr
    assert photo.read_bytes() == before
    assert not (tmp_path / "s.csv").exists()


@pytest.mark.skipif(os.name != "posix", reason="devices are called otherwise")
def test_a_device_takes_several_results_and_a_file_one(tmp_path: Path) -> None:
    refuse_replacing([Path(os.devnull), Path(os.devnull)], [])
    with pytest.raises(OutputError) as raised:
        refuse_replacing([tmp_path / "a.png", tmp_path / "a.png"], [])
    assert raised.value.reason.code == "output-twice"
