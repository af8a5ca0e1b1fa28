"""Every format, every orientation, every kind of bad file."""

from __future__ import annotations

import io
import os
import struct
import sys
import threading
import tracemalloc
import warnings
import zlib
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pictures import (
    CORNERS,
    FORMATS,
    HEIGHT,
    LOSSLESS,
    STORED,
    WIDTH,
    encode,
    heic_turned_by_tag_alone,
    linear_grey_profile,
    noise,
    orientation,
    quarters,
    swapped_profile,
)
from PIL import ExifTags, Image, ImageFile, PngImagePlugin, TiffImagePlugin

from archscan.errors import UnreadablePhotoError
from archscan.photo import Photo, load_photo
from archscan.photo.damage import has_gap
from archscan.photo.formats import kind_of
from archscan.photo.metadata import heif_orientation
from archscan.photo.pixels import STRIP, array_pixels


def code_of(source, **options) -> str:
    with pytest.raises(UnreadablePhotoError) as caught:
        load_photo(source, **options)
    return caught.value.reason.code


def assert_upright(photo: Photo, tolerance: int = 40) -> None:
    height, width = photo.pixels.shape[:2]
    assert (width, height) == (photo.width, photo.height) == (WIDTH, HEIGHT)
    places = {"red": (8, 8), "green": (8, -8), "blue": (-8, 8), "grey": (-8, -8)}
    for name, (y, x) in places.items():
        off = np.abs(photo.pixels[y, x].astype(int) - CORNERS[name]).max()
        assert off <= tolerance, name


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_read(kind: str) -> None:
    photo = load_photo(encode(kind))
    assert_upright(photo)
    if kind in LOSSLESS:
        assert np.array_equal(photo.pixels, quarters())


@pytest.mark.parametrize("turn", STORED)
@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "BMP"])
def test_every_orientation_is_honoured_once(kind: str, turn: int) -> None:
    data = encode(kind, STORED[turn](quarters()), exif=orientation(turn))
    assert_upright(load_photo(data))


@pytest.mark.parametrize(
    ("brands", "kind"),
    [
        (b"heic mif1 heic", "HEIF"),
        (b"mif1 mif1 heic avif", "HEIF"),
        (b"mif1 mif1 avif", "AVIF"),
        (b"avif mif1 heic", "AVIF"),
        (b"heic", "HEIF"),
        (b"avif", "AVIF"),
    ],
)
def test_of_two_coders_the_one_that_a_file_is_for_is_taken(brands: bytes, kind: str) -> None:
    first, *others = brands.split()
    box = b"ftyp" + first + bytes(4) + b"".join(others)
    assert kind_of((4 + len(box)).to_bytes(4, "big") + box + bytes(60)) == kind


def test_sixteen_bits_are_rounded_to_the_nearest_of_eight() -> None:
    deep = np.array([[0, 128, 129, 257 * 200 + 128, 257 * 200 + 129, 65535]], dtype=np.uint16)
    assert array_pixels(deep, deep.size)[0, :, 0].tolist() == [0, 0, 1, 200, 201, 255]


@pytest.mark.parametrize("turn", STORED)
def test_a_heic_whose_tag_alone_tells_is_turned_by_it(turn: int) -> None:
    data = heic_turned_by_tag_alone(STORED[turn](quarters()), turn)
    assert b"irot" not in data
    assert_upright(load_photo(data))


def box(name: bytes, body: bytes, size: int | None = None) -> bytes:
    """A part of a HEIC; a size of 1 says that the size follows, one of 0 that nothing does."""
    length = (8 + len(body) if size is None else size).to_bytes(4, "big")
    return length + name + ((16 + len(body)).to_bytes(8, "big") if size == 1 else b"") + body


@pytest.mark.parametrize(
    ("boxes", "left"),
    [
        ([box(b"free", b"\0" * 9), box(b"mdat", b"irot"), box(b"meta", b"ispe")], 6),
        ([box(b"free", b"\0" * 9), box(b"mdat", b"imir"), box(b"meta", b"irot")], 1),
        ([box(b"mdat", b"ispe"), box(b"meta", b"imir"), b"\0\0\0"], 1),
        ([box(b"mdat", b"ispe", size=1), box(b"meta", b"irot")], 1),
        ([box(b"meta", b"ispe"), box(b"mdat", b"irot", size=1)], 6),
        ([box(b"mdat", b"ispe"), box(b"meta", b"irot", size=0)], 1),
        ([box(b"meta", b"ispe"), box(b"mdat", b"meta....irot", size=0)], 6),
    ],
    ids=["no box", "box", "end", "long size", "other long size", "to the end", "other to the end"],
)
def test_the_tag_of_a_heic_counts_where_its_header_has_no_box(boxes: list, left: int) -> None:
    opened = SimpleNamespace(info={"original_orientation": 6})
    assert heif_orientation(opened, box(b"ftyp", b"heic") + b"".join(boxes)) == left


def test_an_orientation_that_does_not_exist_is_ignored() -> None:
    assert_upright(load_photo(encode("JPEG", exif=orientation(9))))


def test_orientation_of_a_pil_image_is_honoured_and_the_image_left_alone() -> None:
    stream = io.BytesIO(encode("JPEG", STORED[6](quarters()), exif=orientation(6)))
    with Image.open(stream) as image:
        assert_upright(load_photo(image))
        assert image.size == (HEIGHT, WIDTH)
        assert image.getexif()[0x0112] == 6
    made = Image.fromarray(np.ascontiguousarray(STORED[6](quarters())))
    made.getexif()[0x0112] = 6
    assert_upright(load_photo(made))


def test_all_sources_give_the_same_pixels(tmp_path: Path) -> None:
    data = encode("PNG")
    path = tmp_path / "Füße 足 [red] print.png"
    path.write_bytes(data)
    with path.open("rb") as file, Image.open(path) as image:
        sources = [
            path,
            str(path),
            data,
            bytearray(data),
            memoryview(data),
            file,
            image,
            quarters(),
        ]
        for source in sources:
            assert np.array_equal(load_photo(source).pixels, quarters())


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".png")
    path.write_bytes(encode("PNG"))
    assert_upright(load_photo(path))


GREY = 90  # of the bottom right corner, the same in every mode


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("L", "CMYK")),
        *(("PNG", mode) for mode in ("L", "1", "P", "LA", "RGBA")),
        *(("WEBP", mode) for mode in ("RGBA", "L")),
        *(("AVIF", mode) for mode in ("RGBA", "L")),
        *(("TIFF", mode) for mode in ("L", "1", "P", "LA", "RGBA", "CMYK", "YCbCr", "I", "F")),
        *(("BMP", mode) for mode in ("L", "1", "P", "RGBA")),
        *(("HEIF", mode) for mode in ("RGBA", "L")),
    ],
)
def test_other_modes(kind: str, mode: str) -> None:
    photo = load_photo(encode(kind, mode=mode))
    assert photo.pixels.shape == (HEIGHT, WIDTH, 3)
    if mode in ("CMYK", "P", "RGBA", "YCbCr"):
        assert_upright(photo)
    else:
        corner = photo.pixels[-30:-2, -40:-2].mean()
        # Black and white dots of a 1-bit picture are as dense as the grey was light.
        assert corner == pytest.approx(GREY, abs=10 if mode == "1" else 3)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "La", "P", "PA", "RGBa", "CMYK", "HSV", "YCbCr"])
def test_modes_of_a_pil_image(mode: str) -> None:
    image = Image.fromarray(quarters())
    for step in {"La": ("LA",), "PA": ("LA",), "RGBa": ("RGBA",)}.get(mode, ()):
        image = image.convert(step)
    pixels = load_photo(image.convert(mode)).pixels
    assert pixels[-30:-2, -40:-2].mean() == pytest.approx(GREY, abs=10)


@pytest.mark.parametrize("height", [1, STRIP - 1, STRIP, STRIP + 1, 3 * STRIP - 5])
def test_no_row_is_lost_where_strips_meet(height: int) -> None:
    pixels = np.random.default_rng(height).integers(0, 256, (height, 90, 3), dtype=np.uint8)
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "PNG")
    assert np.array_equal(load_photo(stored.getvalue()).pixels, pixels)


def test_a_colour_profile_is_honoured() -> None:
    # In this profile the channels of red and green have changed places.
    for kind in ("PNG", "JPEG"):
        for mode in ("RGB", "RGBA") if kind == "PNG" else ("RGB",):
            data = encode(kind, mode=mode, icc_profile=swapped_profile())
            seen = load_photo(data).pixels[8, 8].astype(int)
            assert np.abs(seen - (30, 220, 30)).max() <= 6


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_profile_of_greys_is_honoured(kind: str) -> None:
    # As much light as 90 of 255 reads 160 in sRGB: 255 (1.055 (90 / 255)^(1 / 2.4) - 0.055).
    data = encode(kind, mode="L", icc_profile=linear_grey_profile())
    assert load_photo(data).pixels[-30:-2, -40:-2] == pytest.approx(160, abs=2)
    of_colours = encode("PNG", icc_profile=linear_grey_profile())
    assert np.array_equal(load_photo(of_colours).pixels, quarters())


def test_a_colour_profile_that_cannot_be_used_is_ignored() -> None:
    for profile in (b"not a profile", swapped_profile()[:300]):
        assert np.array_equal(load_photo(encode("PNG", icc_profile=profile)).pixels, quarters())


@pytest.mark.parametrize("kind", ["MPO", "TIFF", "PNG", "WEBP", "AVIF", "HEIF"])
def test_the_first_of_many_frames_is_read(kind: str) -> None:
    stream = io.BytesIO()
    white = Image.new("RGB", (WIDTH, HEIGHT), "white")
    Image.fromarray(quarters()).save(stream, kind, save_all=True, append_images=[white])
    assert_upright(load_photo(stream.getvalue()))


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "HEIF"])
def test_a_picture_of_one_pixel(kind: str) -> None:
    photo = load_photo(encode(kind, np.full((1, 1, 3), 200, np.uint8)))
    assert np.abs(photo.pixels.astype(int) - 200).max() <= 2
    assert (photo.width, photo.height) == (1, 1)


def test_what_is_transparent_is_white() -> None:
    pixels = np.zeros((HEIGHT, WIDTH, 4), dtype=np.uint8)
    pixels[:, : WIDTH // 2] = (10, 20, 30, 255)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    for source in (stream.getvalue(), pixels):
        seen = load_photo(source).pixels
        assert tuple(seen[5, 5]) == (10, 20, 30)
        assert tuple(seen[5, -5]) == (255, 255, 255)


def test_a_shade_of_sixteen_bits_may_stand_for_nothing() -> None:
    deep = np.full((HEIGHT, WIDTH), 0x4040, dtype=np.uint16)
    deep[:, WIDTH // 2 :] = 0x4041
    seen = load_photo(encode("PNG", deep, mode="I;16", transparency=0x4041)).pixels
    assert (seen[:, : WIDTH // 2] == 0x40).all()
    assert (seen[:, WIDTH // 2 :] == 255).all()


def test_sixteen_bits_are_scaled() -> None:
    deep = np.full((HEIGHT, WIDTH), 0x8080, dtype=np.uint16)
    stream = io.BytesIO()
    Image.fromarray(deep).save(stream, "PNG")
    for source in (stream.getvalue(), deep, deep.astype(">u2"), deep / 65535):
        assert np.abs(load_photo(source).pixels.astype(int) - 128).max() <= 1


def test_booleans_are_black_and_white() -> None:
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    mask[0] = True
    pixels = load_photo(mask).pixels
    assert pixels[0].min() == 255
    assert pixels[1].max() == 0


def test_a_matrix_is_an_array_too() -> None:
    matrix = quarters()[..., 0].view(np.matrix)
    assert np.array_equal(load_photo(matrix).pixels[..., 0], quarters()[..., 0])


def test_the_callers_array_is_neither_changed_nor_kept() -> None:
    mine = quarters()
    photo = load_photo(mine)
    photo.pixels[:] = 0
    assert np.array_equal(mine, quarters())


def test_what_is_half_transparent_is_rounded_to_the_nearest_shade() -> None:
    # Three fifths of a 1 lie on white: 0.6 and 102 are 102.6.
    array = np.array([[[1, 1, 1, 153]]], dtype=np.uint8)
    assert array_pixels(array, 1).tolist() == [[[103, 103, 103]]]


@pytest.mark.parametrize(("height", "width"), [(4000, 1), (1, 4000)])
def test_a_picture_one_pixel_wide_stays_so(height: int, width: int) -> None:
    pixels = load_photo(np.zeros((height, width), np.uint8), working_long_side=400).pixels
    assert pixels.shape[:2] == (max(1, height // 10), max(1, width // 10))


def test_what_is_shrunk_much_is_averaged() -> None:
    # Each tenth column is white.
    array = np.zeros((1000, 1000), np.uint8)
    array[:, ::10] = 255
    pixels = load_photo(array, working_long_side=100).pixels
    assert np.abs(pixels.astype(float) - 25.5).max() <= 1


def test_large_photos_are_reduced_and_their_seen_size_kept() -> None:
    big = np.asarray(Image.fromarray(quarters()).resize((4032, 3024), Image.Resampling.NEAREST))
    for data in (encode("JPEG", np.rot90(big, 1), exif=orientation(6)), encode("BMP", big), big):
        photo = load_photo(data)
        assert (photo.width, photo.height) == (4032, 3024)
        assert photo.pixels.shape == (1200, 1600, 3)
        corner = photo.to_seen(np.array([[-0.5, -0.5], [1599.5, 1199.5]]))
        assert corner == pytest.approx(np.array([[-0.5, -0.5], [4031.5, 3023.5]]))


@pytest.mark.parametrize("length", [5, 26, 500])
def test_focal_length_is_read(length: int) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA405] = length
    assert load_photo(encode("JPEG", exif=exif.tobytes())).focal_length_35mm == length


@pytest.mark.parametrize("length", [(26, 26), b"\x1a", "26 mm", -26, 0, 4, 501, 65535])
def test_a_damaged_focal_length_does_not_lay_the_photo_on_its_side(length) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    directory = exif.get_ifd(ExifTags.IFD.Exif)
    directory[0xA405] = length
    image = Image.fromarray(np.ascontiguousarray(STORED[6](quarters())))
    image.info["exif"] = exif.tobytes()
    photo = load_photo(image)
    assert_upright(photo)
    assert photo.focal_length_35mm is None


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
    assert not has_gap(SimpleNamespace(format="JPEG"), data)
    assert has_gap(SimpleNamespace(format="JPEG"), data[:-2])


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
    assert has_gap(opened, b"\1" * 8000 + bytes(zeros)) is missing


@pytest.mark.parametrize("kind", FORMATS)
def test_plain_pictures_are_whole(kind: str) -> None:
    for shade in (0, 128, 255):
        plain = np.full((700, 900, 3), shade, dtype=np.uint8)
        assert load_photo(encode(kind, plain)).pixels.mean() == pytest.approx(shade, abs=2)
    progressive = encode("JPEG", plain, progressive=True)
    assert load_photo(progressive + b"what some phones add").pixels.min() >= 254


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


def chunk(name: bytes, body: bytes) -> bytes:
    check = zlib.crc32(name + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + name + body + check


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
        (b"BMW is the name of a maker of cars.", "not-an-image"),
        (b"<!DOCTYPE html><p>Please log in first</p>", "not-an-image"),
    ],
)
def test_what_is_no_photo(data: bytes, code: str) -> None:
    assert code_of(data) == code
    assert code_of(io.BytesIO(data)) == code


@pytest.mark.parametrize("tags", [{50706: bytes([1, 4, 0, 0])}, {254: 1, 330: 8}])
def test_the_preview_of_a_raw_photo_is_not_taken_for_the_photo(tags: dict) -> None:
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        directory[tag] = value
    assert code_of(encode("TIFF", tiffinfo=directory)) == "unsupported-format"


def test_a_whole_picture_with_smaller_ones_behind_it_is_no_preview() -> None:
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    directory[330] = 8
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


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((0, 5, 3), np.uint8),
        np.zeros((5, 5, 2), np.uint8),
        np.zeros(5, np.uint8),
        np.full((5, 5), np.nan),
        np.full((5, 5), 2.1),
        np.full((5, 5), -2.1),
        np.full((5, 5), 200),
        np.full((5, 5), 200, np.uint32),
        np.zeros((5, 5), np.complex128),
        np.array([["a"]]),
    ],
)
def test_arrays_that_are_no_picture(array: np.ndarray) -> None:
    assert code_of(array) == "not-an-image"


@pytest.mark.parametrize("size", [(0, 5), (5, 0)])
def test_a_pil_image_without_pixels_is_no_picture(size: tuple[int, int]) -> None:
    assert code_of(Image.new("RGB", size)) == "not-an-image"


def test_floats_that_resampling_took_beyond_white_and_black_are_those() -> None:
    array = np.array([[2.0, 1.0], [0.0, -2.0]])
    for pixels in (array_pixels(array, 4), array_pixels(np.stack([array] * 3, axis=2), 4)):
        assert pixels.dtype == np.uint8
    pixels = load_photo(array).pixels[..., 0]
    assert pixels.tolist() == [[255, 255], [0, 0]]


def png_header(width: int, height: int) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    packed = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + b"\x08\x02\x00\x00\x00")
        + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )


def test_the_limit_is_checked_before_decoding() -> None:
    assert code_of(png_header(60_000, 60_000)) == "too-large"
    # Phones make 200 megapixels and no more.
    assert code_of(png_header(20_001, 10_000)) == "too-large"
    jpeg = bytearray(encode("JPEG"))
    frame = jpeg.find(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = (65_000).to_bytes(2, "big") * 2
    assert code_of(bytes(jpeg)) == "too-large"
    assert code_of(quarters(), max_pixels=100) == "too-large"
    assert code_of(encode("PNG"), max_pixels=WIDTH * HEIGHT - 1) == "too-large"


@pytest.mark.parametrize("kind", ["WEBP", "TIFF"])
def test_pillows_own_limit_is_no_damage(monkeypatch, kind: str) -> None:
    stored = encode(kind)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", WIDTH * HEIGHT // 3)
    assert code_of(stored) == "too-large"
    assert load_photo(encode("PNG"), max_pixels=WIDTH * HEIGHT).width == WIDTH


def test_nothing_global_is_changed_by_many_threads() -> None:
    kept = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES, list(warnings.filters)
    data = encode("JPEG")
    gate = threading.Barrier(4)
    limits = set()

    def load() -> None:
        gate.wait()
        for _ in range(10):
            load_photo(data)
            limits.add(Image.MAX_IMAGE_PIXELS)

    threads = [threading.Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert limits == {kept[0]}
    assert kept[:2] == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)
    assert list(warnings.filters) == kept[2]


def test_one_photo_stays_silent_while_another_is_done() -> None:
    told = Image.Exif()
    told[0x0112] = 6
    damaged = encode("JPEG", exif=told.tobytes()[:-8])

    class File:
        def read(self) -> bytes:
            load_photo(encode("PNG"))
            return damaged

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with Image.open(io.BytesIO(damaged)) as opened:
            opened.getexif()
        assert said
        said.clear()
        load_photo(File())
    assert said == []


def test_pillows_own_limit_does_not_interfere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    assert_upright(load_photo(encode("PNG")))


ENCODED = {kind: encode(kind) for kind in FORMATS}


@given(st.sampled_from(FORMATS), st.data())
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
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
