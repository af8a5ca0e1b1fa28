"""How many pixels are decoded, and that nothing global is changed meanwhile."""

from __future__ import annotations

import io
import threading
import warnings
import zlib

import pytest
from pictures import HEIGHT, WIDTH, assert_upright, chunk, code_of, encode, quarters
from PIL import Image, ImageFile

from archscan.photo import load_photo


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
    for decoded in (quarters(), Image.fromarray(quarters())):
        assert code_of(decoded, max_pixels=100) == "too-large"
    assert code_of(encode("PNG"), max_pixels=WIDTH * HEIGHT - 1) == "too-large"


@pytest.mark.parametrize("kind", ["WEBP", "TIFF"])
def test_pillows_own_limit_is_no_damage(monkeypatch, kind: str) -> None:
    stored = encode(kind)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", WIDTH * HEIGHT // 3)
    assert code_of(stored) == "too-large"
    assert load_photo(encode("PNG"), max_pixels=WIDTH * HEIGHT).width == WIDTH


def test_a_photo_that_the_memory_does_not_hold_is_too_large(monkeypatch) -> None:
    def fill(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("archscan.photo.loading.image_pixels", fill)
    assert code_of(encode("PNG")) == "too-large"


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
