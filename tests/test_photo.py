"""Every format, every orientation, every mode and size."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from pictures import (
    FORMATS,
    GREY,
    HEIGHT,
    LOSSLESS,
    STORED,
    WIDTH,
    assert_upright,
    encode,
    heic_turned_by_tag_alone,
    linear_grey_profile,
    orientation,
    quarters,
    swapped_profile,
)
from PIL import ExifTags, Image

from archscan.photo import load_photo
from archscan.photo.formats import kind_of
from archscan.photo.metadata import heif_orientation
from archscan.photo.pixels import STRIP, array_pixels


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
        (b"mif1 avif", "AVIF"),
        *((brand, "HEIF") for brand in b"heic heix hevc hevx heim heis hevm hevs".split()),
        *((brand, "HEIF") for brand in b"mif1 mif2 msf1".split()),
        *((brand, "AVIF") for brand in b"avif avis".split()),
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
            SimpleNamespace(read=lambda: memoryview(data)),
            image,
            quarters(),
        ]
        for source in sources:
            assert np.array_equal(load_photo(source).pixels, quarters())


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".png")
    path.write_bytes(encode("PNG"))
    assert_upright(load_photo(path))


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


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_a_colour_that_stands_for_nothing_is_white(mode: str) -> None:
    drawn = Image.fromarray(quarters()).convert(mode)
    clear = drawn.getpixel((5, HEIGHT - 5))
    is_clear = (np.atleast_3d(np.asarray(drawn)) == clear).all(axis=2)
    seen = load_photo(encode("PNG", mode=mode, transparency=clear)).pixels
    assert (seen[is_clear] == 255).all()
    assert seen[~is_clear].min(axis=1).max() < 255


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
