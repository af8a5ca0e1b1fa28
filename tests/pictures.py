"""Small pictures whose every corner tells which way up they are, in every format."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

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
GREY = 90  # of the bottom right corner, the same in every mode
LOSSLESS = {"PNG", "TIFF", "BMP"}
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "HEIF")

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


def quarters() -> NDArray[np.uint8]:
    """Red top left, green top right, blue bottom left, grey bottom right."""
    pixels = np.zeros((HEIGHT, WIDTH, 3), dtype=np.uint8)
    pixels[: HEIGHT // 2, : WIDTH // 2] = CORNERS["red"]
    pixels[: HEIGHT // 2, WIDTH // 2 :] = CORNERS["green"]
    pixels[HEIGHT // 2 :, : WIDTH // 2] = CORNERS["blue"]
    pixels[HEIGHT // 2 :, WIDTH // 2 :] = CORNERS["grey"]
    return pixels


def noise(height: int = 480, width: int = 640) -> NDArray[np.uint8]:
    """Grain as a camera's: files of it have no plain parts and are long."""
    return np.random.default_rng(0).integers(0, 255, (height, width, 3), dtype=np.uint8)


def orientation(value: int) -> bytes:
    """EXIF that holds an orientation and nothing else."""
    exif = Image.Exif()
    exif[0x0112] = value
    return exif.tobytes()


def encode(
    kind: str, pixels: NDArray[np.uint8] | None = None, mode: str = "RGB", **options: Any
) -> bytes:
    """Write a picture, ``quarters`` unless given, as a file of a format."""
    image = Image.fromarray(quarters() if pixels is None else np.ascontiguousarray(pixels))
    stream = io.BytesIO()
    if kind in ("JPEG", "WEBP", "AVIF", "HEIF"):
        options.setdefault("quality", 95)
    image.convert(mode).save(stream, kind, **options)
    return stream.getvalue()


def heic_turned_by_tag_alone(pixels: NDArray[np.uint8], value: int) -> bytes:
    """Write a HEIC without a rotation box, whose EXIF says that it lies on its side."""
    upright, wanted = orientation(1), orientation(value)
    data = encode("HEIF", pixels, exif=upright)
    place = data.index(upright[6:])
    return data[:place] + wanted[6:] + data[place + len(wanted) - 6 :]


def swapped_profile() -> bytes:
    """Make a colour profile in which the first channel is sRGB's green, the second its red."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


def linear_grey_profile() -> bytes:
    """Make a profile of greys whose numbers are shares of light (ICC.1:2001-04)."""
    white = (0xF6D6, 0x10000, 0xD32D)  # D50
    tags = {
        b"wtpt": struct.pack(">4s4x3i", b"XYZ ", *white),
        b"kTRC": struct.pack(">4s4xI", b"curv", 0),
    }
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        table += name + struct.pack(">2I", start + len(body), len(value))
        body += value
    head = struct.pack(
        ">I4xI12s12x4s28x3i", start + len(body), 0x2100000, b"mntrGRAYXYZ ", b"acsp", *white
    )
    return head.ljust(128, b"\0") + table + body


def code_of(source, **options) -> str:
    """Why a photo cannot be read."""
    with pytest.raises(UnreadablePhotoError) as caught:
        load_photo(source, **options)
    return caught.value.reason.code


def assert_upright(photo: Photo, tolerance: int = 40) -> None:
    """The corners of ``quarters`` are where they were."""
    height, width = photo.pixels.shape[:2]
    assert (width, height) == (photo.width, photo.height) == (WIDTH, HEIGHT)
    places = {"red": (8, 8), "green": (8, -8), "blue": (-8, 8), "grey": (-8, -8)}
    for name, (y, x) in places.items():
        off = np.abs(photo.pixels[y, x].astype(int) - CORNERS[name]).max()
        assert off <= tolerance, name


def chunk(name: bytes, body: bytes) -> bytes:
    """A part of a PNG, with its check sum."""
    check = zlib.crc32(name + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + name + body + check
