"""What is no photo, or none that can be read, is told apart and named."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import tifffile
from pictures import assert_upright, code_of, encode, quarters
from PIL import Image, TiffImagePlugin

from archscan.errors import UnreadablePhotoError
from archscan.photo import load_photo


def test_what_is_not_there(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.jpg") == "not-found"
    assert code_of("nul\0byte.jpg") == "not-found"
    assert code_of(tmp_path) == "not-a-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert code_of(tmp_path / "pipe.jpg") == "not-a-file"


def test_a_film_is_told_from_a_photo_by_its_beginning(tmp_path: Path) -> None:
    with (tmp_path / "film.mp4").open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftypmp42")
        file.truncate(2**26)
    tracemalloc.start()
    try:
        assert code_of(tmp_path / "film.mp4") == "unsupported-format"
        assert tracemalloc.get_traced_memory()[1] < 2**24
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("trouble", "code"),
    [(PermissionError, "no-permission"), (MemoryError, "too-large"), (OSError, "not-found")],
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception], code: str
) -> None:
    def forbid(*_: object, **__: object) -> None:
        raise trouble

    path = tmp_path / "mine.png"
    path.write_bytes(encode("PNG"))
    # Changing the file's mode would not stop an administrator, whom CI often runs as.
    monkeypatch.setattr(Path, "open", forbid)
    assert code_of(path) == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-an-image"),
        (b"These are words, not a picture.", "not-an-image"),
        (b"\xff\xd8\xff", "truncated"),
        (b"GIF89a" + bytes(50), "unsupported-format"),
        (b"%PDF-1.7 ...", "unsupported-format"),
        (b"8BPS\x00\x01", "unsupported-format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported-format"),
        (b"<?xml version='1.0'?>\n<!-- drawn -->\n<svg></svg>", "unsupported-format"),
        (b"\r\n <svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported-format"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(60), "unsupported-format"),
        (b"<?xml version='1.0'?><note/>", "not-an-image"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "not-an-image"),
        (b"BMW is the name of a maker of cars.", "not-an-image"),
        (b"Drawings begin with <svg>.", "not-an-image"),
        (b"<!DOCTYPE html><p>Please log in first</p>", "not-an-image"),
    ],
)
def test_what_is_no_photo(data: bytes, code: str) -> None:
    assert code_of(data) == code
    assert code_of(io.BytesIO(data)) == code


@pytest.mark.parametrize(
    "start",
    [
        b"\0\0\0\x0cJXL ", b"\xff\x0a", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51", b"\0\0\1\0",
        b"FUJIFILM", b"IIRO", b"IIU\0", b"P5\n", b"P6\n", b"qoif",
    ],
)  # fmt: skip
def test_pictures_of_kinds_that_are_not_read_are_no_other_files(start: bytes) -> None:
    assert code_of(start + bytes(50)) == "unsupported-format"


@pytest.mark.parametrize("tags", [{50706: bytes([1, 4, 0, 0])}, {254: 1, 330: 8}])
def test_the_preview_of_a_raw_photo_is_not_taken_for_the_photo(tags: dict) -> None:
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        directory[tag] = value
    assert code_of(encode("TIFF", tiffinfo=directory)) == "unsupported-format"


@pytest.mark.parametrize(("tag", "value"), [(330, 8), (254, 1)], ids=["others", "small alone"])
def test_a_picture_with_smaller_ones_behind_it_or_none_is_no_preview(tag: int, value: int) -> None:
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    directory[tag] = value
    assert_upright(load_photo(encode("TIFF", tiffinfo=directory)))


@pytest.mark.parametrize(("mark", "is_raw"), [(b"CR", True), (bytes(2), False)])
def test_the_preview_of_a_canon_is_not_taken_for_the_photo(mark: bytes, is_raw: bool) -> None:
    # Sizes, bits, compression, shades, place, colours and rows of a grey picture of 3 by 2.
    tags = {
        256: 3,
        257: 2,
        258: 8,
        259: 1,
        262: 1,
        273: 16 + 2 + 9 * 12 + 4,
        277: 1,
        278: 2,
        279: 6,
    }
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    directory = struct.pack("<H", len(tags)) + entries + bytes(4)
    data = b"II*\0\x10\0\0\0" + mark + b"\x02\0" + bytes(4) + directory + bytes(range(6))
    if is_raw:
        assert code_of(data) == "unsupported-format"
    else:
        assert load_photo(data).pixels[..., 0].tolist() == [[0, 1, 2], [3, 4, 5]]


def tiff(pixels: np.ndarray, **options) -> bytes:
    stream = io.BytesIO()
    tifffile.imwrite(stream, pixels, **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", [{}, {"bigtiff": True}, {"byteorder": ">"}])
def test_tiffs_of_either_size_and_order_are_read(kind: dict) -> None:
    data = tiff(quarters(), photometric="rgb", **kind)
    assert np.array_equal(load_photo(data).pixels, quarters())


def test_a_large_tiff_in_the_order_that_pillow_cannot_read_is_not_damaged() -> None:
    data = tiff(quarters(), photometric="rgb", byteorder=">", bigtiff=True)
    assert code_of(data) == "unsupported-format"


DEEP = quarters().astype(np.uint16) * 257


@pytest.mark.parametrize(
    "data",
    [
        tiff(quarters() / np.float32(255), photometric="rgb"),
        tiff(DEEP[..., :2], photometric="minisblack", extrasamples=["unassalpha"]),
        tiff(DEEP.transpose(2, 0, 1), photometric="rgb", planarconfig="separate"),
        tiff(DEEP[..., 0], photometric="miniswhite"),
        tiff(DEEP[..., 0] / np.float32(65535), photometric="miniswhite"),
        tiff(DEEP[..., 0].astype(np.uint32) * 65537, photometric="minisblack"),
        tiff(DEEP[..., 0] * np.float32(65537), photometric="minisblack"),
        encode("JPEG").replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc0\x00\x11\x0c"),
        encode("BMP").replace(b"\x01\x00\x18\x00", b"\x01\x00\x40\x00"),
    ],
    ids=[
        "floats in colour", "deep with alpha", "deep in planes", "deep white is zero",
        "floats white is zero", "32 bits", "floats beyond 65535", "12 bits in JPEG",
        "64 bits in BMP",
    ],
)  # fmt: skip
def test_a_whole_picture_that_pillow_cannot_read_is_not_damaged(data: bytes) -> None:
    assert code_of(data) == "unsupported-format"


def test_a_bmp_of_the_first_kind_is_read() -> None:
    # Two pixels, blue and white, below two others; each row is filled up to eight bytes.
    rows = b"\xff\x00\x00\xff\xff\xff\x00\x00" + b"\x00\xff\x00\x00\x00\xff\x00\x00"
    header = b"".join(number.to_bytes(2, "little") for number in (12, 0, 2, 2, 1, 24))
    start = b"BM" + (26 + len(rows)).to_bytes(4, "little") + bytes(4) + (26).to_bytes(4, "little")
    assert load_photo(start + header + rows).pixels.tolist() == [
        [[0, 255, 0], [255, 0, 0]],
        [[0, 0, 255], [255, 255, 255]],
    ]


@pytest.mark.parametrize(
    ("pixels", "compression"), [(DEEP, "deflate"), (quarters(), None)], ids=["deep", "plain"]
)
def test_a_tiff_in_planes_that_are_read_rightly_is_read(pixels, compression) -> None:
    options = {"photometric": "rgb", "planarconfig": "separate", "compression": compression}
    assert np.array_equal(load_photo(tiff(pixels.transpose(2, 0, 1), **options)).pixels, quarters())


def test_a_tiff_whose_white_is_zero_is_read() -> None:
    shades = quarters()[..., 0]
    pixels = load_photo(tiff(255 - shades, photometric="miniswhite")).pixels
    assert np.array_equal(pixels[..., 0], shades)


@pytest.mark.parametrize("top", [1, 255, 65535])
@pytest.mark.parametrize("over", [1.0, 1.002])
def test_floats_in_a_tiff_are_scaled(top: int, over: float) -> None:
    shades = np.float32(top * over) * np.linspace(0, 1, 120, dtype=np.float32).reshape(10, 12)
    wanted = np.rint(np.clip(shades / top, 0, 1) * 255)
    assert np.abs(load_photo(tiff(shades)).pixels[..., 0] - wanted).max() <= 1


@pytest.mark.parametrize(
    "numbers",
    [
        np.full((9, 9), 65_536, np.int32),
        np.full((9, 9), -65_536, np.int32),
        np.full((9, 9), 2.1 * 65_535, np.float32),
    ],
)
def test_numbers_on_an_unknown_scale_are_no_shades(numbers: np.ndarray) -> None:
    assert code_of(Image.fromarray(numbers)) == "unsupported-format"
    assert code_of(tiff(numbers)) == "unsupported-format"


@pytest.mark.parametrize(
    "source", [None, 5, ["a.jpg"], io.StringIO("words"), np.zeros((5, 5), np.int64), io.BytesIO()]
)
def test_who_passes_what_is_no_source_is_not_told_of_files(source) -> None:
    with pytest.raises(UnreadablePhotoError) as caught:
        load_photo(source)
    assert caught.value.reason.code == "not-an-image"
    assert "JPEG" not in caught.value.reason.advice
