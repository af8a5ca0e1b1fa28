"""Where masks and overlays go: each has a name of its own, and no photo is lost to one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archscan.batch import Options, run_batch, score_many
from archscan.batch.stems import unique_stems

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
