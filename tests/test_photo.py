"""Every format, every orientation, every kind of bad file."""

from __future__ import annotations

import io
import os
import zlib
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from archscan.errors import UnreadablePhotoError
from archscan.photo import Photo, load_photo

pillow_heif.register_heif_opener()

WIDTH, HEIGHT = 96, 64
CORNERS = {
    "red": (220, 30, 30),
    "green": (30, 200, 40),
    "blue": (30, 40, 220),
    "grey": (90, 90, 90),
}
LOSSLESS = {"PNG", "TIFF", "BMP"}
ENDINGS = {
    "JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "TIFF": "tif", "BMP": "bmp",
    "HEIF": "heic",
}  # fmt: skip


def quarters() -> np.ndarray:
    """Red top left, green top right, blue bottom left, grey bottom right."""
    pixels = np.zeros((HEIGHT, WIDTH, 3), dtype=np.uint8)
    pixels[: HEIGHT // 2, : WIDTH // 2] = CORNERS["red"]
    pixels[: HEIGHT // 2, WIDTH // 2 :] = CORNERS["green"]
    pixels[HEIGHT // 2 :, : WIDTH // 2] = CORNERS["blue"]
    pixels[HEIGHT // 2 :, WIDTH // 2 :] = CORNERS["grey"]
    return pixels


STORED = {
    # What a camera held that way stores, so that undoing the tag gives ``quarters``.
    1: lambda p: p,
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.transpose(1, 0, 2),
    6: lambda p: np.rot90(p, 1),
    7: lambda p: p[::-1, ::-1].transpose(1, 0, 2),
    8: lambda p: np.rot90(p, -1),
}


def encode(kind: str, pixels: np.ndarray | None = None, mode: str = "RGB", **options) -> bytes:
    image = Image.fromarray(quarters() if pixels is None else np.ascontiguousarray(pixels))
    stream = io.BytesIO()
    if kind in ("JPEG", "WEBP", "AVIF", "HEIF"):
        options.setdefault("quality", 95)
    image.convert(mode).save(stream, kind, **options)
    return stream.getvalue()


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


@pytest.mark.parametrize("kind", ENDINGS)
def test_every_format_is_read(kind: str) -> None:
    photo = load_photo(encode(kind))
    assert_upright(photo)
    if kind in LOSSLESS:
        assert np.array_equal(photo.pixels, quarters())


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", [kind for kind in ENDINGS if kind != "BMP"])
def test_every_orientation_is_honoured_once(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encode(kind, STORED[orientation](quarters()), exif=exif.tobytes())
    assert_upright(load_photo(data))


def test_an_orientation_that_does_not_exist_is_ignored() -> None:
    exif = Image.Exif()
    exif[0x0112] = 9
    assert_upright(load_photo(encode("JPEG", exif=exif.tobytes())))


def test_orientation_of_a_pil_image_is_honoured_and_the_image_left_alone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = io.BytesIO(encode("JPEG", STORED[6](quarters()), exif=exif.tobytes()))
    with Image.open(stream) as image:
        assert_upright(load_photo(image))
        assert image.size == (HEIGHT, WIDTH)


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


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "PNG"), ("1", "PNG"), ("P", "PNG"), ("CMYK", "JPEG"), ("CMYK", "TIFF"), ("L", "JPEG")],
)
def test_other_modes(mode: str, kind: str) -> None:
    photo = load_photo(encode(kind, mode=mode))
    assert photo.pixels.shape == (HEIGHT, WIDTH, 3)
    if mode == "CMYK":
        assert_upright(photo, tolerance=60)


def test_what_is_transparent_is_white() -> None:
    pixels = np.zeros((HEIGHT, WIDTH, 4), dtype=np.uint8)
    pixels[:, : WIDTH // 2] = (10, 20, 30, 255)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    for source in (stream.getvalue(), pixels):
        seen = load_photo(source).pixels
        assert tuple(seen[5, 5]) == (10, 20, 30)
        assert tuple(seen[5, -5]) == (255, 255, 255)


def test_sixteen_bits_are_scaled() -> None:
    deep = np.full((HEIGHT, WIDTH), 0x8080, dtype=np.uint16)
    stream = io.BytesIO()
    Image.fromarray(deep).save(stream, "PNG")
    for source in (stream.getvalue(), deep, deep / 65535):
        assert np.abs(load_photo(source).pixels.astype(int) - 128).max() <= 1


def test_booleans_are_black_and_white() -> None:
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    mask[0] = True
    pixels = load_photo(mask).pixels
    assert pixels[0].min() == 255
    assert pixels[1].max() == 0


def test_the_callers_array_is_neither_changed_nor_kept() -> None:
    mine = quarters()
    photo = load_photo(mine)
    photo.pixels[:] = 0
    assert np.array_equal(mine, quarters())


def test_large_photos_are_reduced_and_their_seen_size_kept() -> None:
    big = np.asarray(Image.fromarray(quarters()).resize((4032, 3024), Image.Resampling.NEAREST))
    exif = Image.Exif()
    exif[0x0112] = 6
    for data in (encode("JPEG", np.rot90(big, 1), exif=exif.tobytes()), encode("BMP", big), big):
        photo = load_photo(data)
        assert (photo.width, photo.height) == (4032, 3024)
        assert photo.pixels.shape == (1200, 1600, 3)
        corner = photo.to_seen(np.array([[-0.5, -0.5], [1599.5, 1199.5]]))
        assert corner == pytest.approx(np.array([[-0.5, -0.5], [4031.5, 3023.5]]))
        assert photo.to_working(corner)[1] == pytest.approx([1599.5, 1199.5])


def test_focal_length_is_read() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA405] = 26
    assert load_photo(encode("JPEG", exif=exif.tobytes())).focal_length_35mm == 26


@pytest.mark.parametrize("keep", [0.9, 0.5, 0.1])
@pytest.mark.parametrize("kind", ENDINGS)
def test_a_truncated_file_is_never_half_a_picture(kind: str, keep: float) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    data = encode(kind, noise)
    assert code_of(data[: int(keep * len(data))]) in ("truncated", "not-an-image")


def test_what_is_not_there(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.jpg") == "not-found"
    assert code_of("nul\0byte.jpg") == "not-found"
    assert code_of(tmp_path) == "not-a-file"


def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert code_of(tmp_path / "pipe.jpg") == "not-a-file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.png"
    path.write_bytes(encode("PNG"))
    path.chmod(0)
    assert code_of(path) == "no-permission"


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
        (b"\x00\x00\x00\x18ftypmp42" + bytes(60), "unsupported-format"),
    ],
)
def test_what_is_no_photo(data: bytes, code: str) -> None:
    assert code_of(data) == code
    assert code_of(io.BytesIO(data)) == code


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((0, 5, 3), np.uint8),
        np.zeros((5, 5, 2), np.uint8),
        np.zeros(5, np.uint8),
        np.full((5, 5), np.nan),
        np.zeros((5, 5), np.complex128),
        np.array([["a"]]),
    ],
)
def test_arrays_that_are_no_picture(array: np.ndarray) -> None:
    assert code_of(array) == "not-an-image"


def png_header(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + name + body + check

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
    jpeg = bytearray(encode("JPEG"))
    frame = jpeg.find(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = (65_000).to_bytes(2, "big") * 2
    assert code_of(bytes(jpeg)) == "too-large"
    assert code_of(quarters(), max_pixels=100) == "too-large"
    assert code_of(encode("PNG"), max_pixels=WIDTH * HEIGHT - 1) == "too-large"
    assert load_photo(encode("PNG"), max_pixels=WIDTH * HEIGHT).width == WIDTH


def test_pillows_own_limit_is_left_as_it_was() -> None:
    before = Image.MAX_IMAGE_PIXELS
    load_photo(encode("JPEG"))
    assert before == Image.MAX_IMAGE_PIXELS


ENCODED = {kind: encode(kind) for kind in ENDINGS}


@given(st.sampled_from(sorted(ENDINGS)), st.data())
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
