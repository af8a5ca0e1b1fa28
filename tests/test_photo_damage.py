"""A photo of which a part is missing is never taken for a whole one, nor a whole one for it."""

from __future__ import annotations

import io
import sys
import zlib
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pictures import (
    FORMATS,
    HEIGHT,
    STORED,
    WIDTH,
    chunk,
    code_of,
    encode,
    noise,
    orientation,
    quarters,
)
from PIL import Image, ImageFile, PngImagePlugin

from archscan.errors import UnreadablePhotoError
from archscan.photo import load_photo
from archscan.photo.damage import flaw_of


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("keep", [0.9, 0.5, 0.1])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_truncated_file_is_never_half_a_picture(kind, keep, lenient, monkeypatch) -> None:
    # What a program wants of its own pictures is nothing that a print is measured by.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    data = encode(kind, noise(200, 300))
    assert code_of(data[: int(keep * len(data))]) in ("truncated", "not-an-image")


@pytest.mark.parametrize("missing", [0.9, 0.5, 0.15])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_zeros_where_the_rest_should_be_are_noticed(kind: str, missing: float) -> None:
    data = encode(kind, noise())
    kept = int(len(data) * (1 - missing))
    assert code_of(data[:kept] + bytes(len(data) - kept)) == "truncated"


@pytest.mark.parametrize("missing", [0.9, 0.5, 0.1, 0.01])
def test_a_jpeg_cut_and_closed_again_is_noticed(missing: float) -> None:
    data = encode("JPEG", noise())
    assert code_of(data[: int(len(data) * (1 - missing))] + b"\xff\xd9") == "truncated"


def test_a_jpeg_without_its_end_marker_is_truncated() -> None:
    assert code_of(encode("JPEG")[:-2]) == "truncated"


def test_the_end_of_a_small_picture_within_a_jpeg_is_not_its_own() -> None:
    # Cameras store one beside what they tell of a photo, before the photo itself.
    small, whole = encode("JPEG", quarters()), encode("JPEG", np.full((300, 400, 3), 90, np.uint8))
    beside = b"\xff\xef" + (len(small) + 2).to_bytes(2, "big") + small
    data = whole[:2] + beside + whole[2:]
    assert np.array_equal(load_photo(data).pixels, load_photo(whole).pixels)
    assert flaw_of(SimpleNamespace(format="JPEG"), data) is None
    assert flaw_of(SimpleNamespace(format="JPEG"), data[:-2]) == "truncated"


@pytest.mark.parametrize("shape", [(1, 3000), (3000, 1)])
def test_however_thin_a_jpeg_is_it_is_read(shape: tuple[int, int]) -> None:
    height, width = load_photo(encode("JPEG", np.full((*shape, 3), 90, np.uint8))).pixels.shape[:2]
    assert (min(height, width), max(height, width)) == (1, 1600)


def test_a_jpeg_of_endless_scans_is_not_decoded() -> None:
    usual = encode("JPEG", progressive=True)
    last = usual.rindex(b"\xff\xda")
    scan, end = usual[last:-2], usual[-2:]
    assert load_photo(usual[:-2] + 50 * scan + end).pixels.shape == (HEIGHT, WIDTH, 3)
    assert code_of(usual[:-2] + 200 * scan + end) == "unsupported-format"
    # Behind the end of a photo anything may follow.
    assert load_photo(usual + 200 * b"\xff\xda\x00\x08").pixels.shape == (HEIGHT, WIDTH, 3)


def test_shades_that_look_like_scans_of_a_jpeg_are_none() -> None:
    pixels = np.full((HEIGHT, WIDTH, 3), (0, 0xDA, 0xFF), dtype=np.uint8)
    data = encode("BMP", pixels)
    assert data.count(b"\xff\xda") > 100
    assert np.array_equal(load_photo(data).pixels, pixels)


@pytest.mark.parametrize(("zeros", "missing"), [(6000, False), (14_000, True)])
def test_a_large_blank_webp_may_end_in_more_zeros(zeros: int, missing: bool) -> None:
    opened = SimpleNamespace(format="WEBP", size=(10_000, 5_000))
    flaw = flaw_of(opened, b"\1" * 8000 + bytes(zeros))
    assert flaw == ("truncated" if missing else None)


@pytest.mark.parametrize("kind", FORMATS)
def test_plain_pictures_are_whole(kind: str) -> None:
    for shade in (0, 128, 255):
        plain = np.full((700, 900, 3), shade, dtype=np.uint8)
        assert load_photo(encode(kind, plain)).pixels.mean() == pytest.approx(shade, abs=2)
    progressive = encode("JPEG", plain, progressive=True)
    assert load_photo(progressive + b"what some phones add").pixels.min() >= 254
    # Shrunk while it is decoded, as a photo that is larger than the working size.
    assert load_photo(encode("JPEG", plain), working_long_side=100).pixels.min() >= 254


def test_a_jpeg_with_marks_to_restart_from_is_whole() -> None:
    marked = encode("JPEG", noise(), restart_marker_rows=1)
    assert b"\xff\xd0" in marked
    assert np.array_equal(load_photo(marked).pixels, load_photo(encode("JPEG", noise())).pixels)


def two_in_one_file() -> bytes:
    """A JPEG that holds a second one, as phones of several makers store them."""
    stream = io.BytesIO()
    first, second = Image.fromarray(noise()), Image.fromarray(quarters())
    first.save(stream, "MPO", quality=95, save_all=True, append_images=[second])
    return stream.getvalue()


def test_the_first_of_two_photos_in_a_file_is_held_to_the_same() -> None:
    data = two_in_one_file()
    first = load_photo(data)
    assert (first.width, first.height) == (640, 480)
    end = data.index(b"\xff\xd9")
    half = data[: end // 2]
    assert code_of(half + bytes(len(data) - len(half))) == "truncated"
    assert code_of(half + data[end:]) == "truncated"
    again = 200 * b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    assert code_of(data[:end] + again + data[end:]) == "unsupported-format"


def test_words_in_a_png_may_be_damaged_where_its_pixels_are_not() -> None:
    data = encode("PNG", noise())
    words = bytearray(chunk(b"tEXt", b"Comment\0taken at home"))
    words[-1] ^= 1
    end = data.index(b"IEND") - 4
    damaged = data[:end] + words + data[end:]
    assert np.array_equal(load_photo(damaged).pixels, load_photo(data).pixels)


@pytest.mark.parametrize("part", [b"IHDR", b"PLTE", b"IDAT"])
def test_a_part_of_a_png_that_its_check_sum_does_not_fit_is_noticed(part: bytes) -> None:
    data = bytearray(encode("PNG", mode="P"))
    place = data.index(part)
    data[place + 4 + int.from_bytes(data[place - 4 : place], "big")] ^= 1
    assert code_of(bytes(data)) == "truncated"


def test_a_hole_in_a_png_is_noticed() -> None:
    data = bytearray(encode("PNG", noise()))
    data[len(data) // 2] ^= 1
    assert code_of(bytes(data)) == "truncated"


@pytest.mark.parametrize("kind", ["text", "texts", "profile"])
def test_much_beside_the_picture_of_a_png_is_no_damage(kind: str) -> None:
    beside = PngImagePlugin.PngInfo()
    options = {"pnginfo": beside, "exif": orientation(6)}
    if kind == "text":
        beside.add_text("notes", "a" * 2_000_000, zip=True)
    elif kind == "texts":
        for number in range(70):
            beside.add_text(f"notes {number}", "a" * 1_000_000)
    else:
        options["icc_profile"] = bytes(2_000_000)
    data = encode("PNG", STORED[6](quarters()), **options)
    assert np.array_equal(load_photo(data).pixels, quarters())
    # What remains is the picture, which must be whole.
    assert code_of(data[:-40]) == "truncated"


def test_much_beside_a_png_takes_neither_its_palette_nor_what_is_transparent() -> None:
    beside = PngImagePlugin.PngInfo()
    beside.add_text("notes", "a" * 2_000_000, zip=True)
    options = {"mode": "P", "transparency": bytes(128) + b"\xff" * 128}
    pixels = load_photo(encode("PNG", pnginfo=beside, **options)).pixels
    assert np.array_equal(pixels, load_photo(encode("PNG", **options)).pixels)


@pytest.mark.parametrize("options", [{}, {"exif": orientation(1)}], ids=["bare", "with EXIF"])
def test_a_png_that_was_damaged_before_its_sums_were_made_is_noticed(options: dict) -> None:
    data = encode("PNG", noise(100, 100), **options)
    place = data.index(b"IDAT") - 4
    packed = bytearray(zlib.compress(bytes(30_100)))
    packed[2] |= 0b110  # A kind of block that does not exist.
    made = data[:place] + chunk(b"IDAT", bytes(packed)) + chunk(b"IEND", b"")
    assert code_of(made) == "truncated"


@pytest.mark.parametrize("options", [{}, {"exif": orientation(1)}], ids=["bare", "with EXIF"])
def test_much_text_behind_the_picture_of_a_png_is_no_damage(options: dict) -> None:
    data = encode("PNG", **options)
    text = chunk(b"zTXt", b"notes\0\0" + zlib.compress(bytes(2_000_000)))
    end = chunk(b"IEND", b"")
    assert np.array_equal(load_photo(data.removesuffix(end) + text + end).pixels, quarters())


def test_a_damaged_pil_image_is_told_too() -> None:
    with Image.open(io.BytesIO(encode("JPEG", noise())[:-9000])) as image:
        assert code_of(image) == "truncated"


@pytest.mark.parametrize(("missing", "kind"), [("cv2", "JPEG"), ("pillow_heif", "HEIF")])
def test_no_photo_is_damaged_by_what_is_not_installed(missing: str, kind: str, monkeypatch) -> None:
    data = encode(kind, noise())
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError):
        load_photo(data)


ENCODED = {kind: encode(kind) for kind in FORMATS}


@given(st.sampled_from(FORMATS), st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], database=None)
def test_damaged_files_end_in_a_photo_or_an_error_of_ours(kind: str, data) -> None:
    content = bytearray(ENCODED[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(0, len(content)))] or content
    try:
        photo = load_photo(bytes(content), max_pixels=10_000_000)
    except UnreadablePhotoError as error:
        assert error.reason.code
    else:
        assert photo.pixels.dtype == np.uint8
        assert photo.pixels.ndim == 3
