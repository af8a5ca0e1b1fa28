"""Anything a person calls a photo, to one upright :class:`Photo`.

Pillow decodes every format (with pillow-heif for HEIC): it reads sizes without
decoding, refuses most damaged files instead of returning half of them, and knows
each format's orientation. What it lets pass is checked here.
"""

from __future__ import annotations

import importlib
import io
import os
import re
import stat
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from archscan.errors import UnreadablePhotoError

if TYPE_CHECKING:
    from PIL.Image import Image

    PhotoSource = str | Path | bytes | bytearray | memoryview | BinaryIO | Image | NDArray[Any]

MAX_PIXELS = 200_000_000
"""Largest photo that is decoded: the best phones of 2026 make 200 megapixels, and one
of these takes 0.6 GB while it is decoded."""

WORKING_LONG_SIDE = 1600
"""Pixels that are worked on: a print that fills half of them has 3 pixels a
millimetre, finer than the wet edge itself."""

DECODERS = {
    "JPEG": ("PIL.JpegImagePlugin", "jpeg_factory"),
    "PNG": ("PIL.PngImagePlugin", "PngImageFile"),
    "WEBP": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "AVIF": ("PIL.AvifImagePlugin", "AvifImageFile"),
    "TIFF": ("PIL.TiffImagePlugin", "TiffImageFile"),
    "BMP": ("PIL.BmpImagePlugin", "BmpImageFile"),
    "HEIF": ("pillow_heif", "HeifImageFile"),
}
"""Called by name rather than through ``PIL.Image.open``, whose limit on pixels is a
global: it could only be lifted for every thread of the caller's program."""

STARTS = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"II+\x00": "TIFF",
    b"MM\x00+": "TIFF",
}

BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)
"""Sizes of a BMP's second header: two letters alone could begin any text."""

HEVC_BRANDS = frozenset((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs"))
HEIF_BRANDS = HEVC_BRANDS | {b"mif1", b"mif2", b"msf1"}
AVIF_BRANDS = frozenset((b"avif", b"avis"))

KNOWN_BUT_UNREAD = (
    b"GIF8", b"8BPS", b"%PDF", b"<svg", b"\x00\x00\x00\x0cJXL ", b"\xff\x0a", b"\x00\x00\x01\x00",
    b"\x00\x00\x00\x0cjP", b"\xff\x4f\xff\x51", b"FUJIFILM", b"IIRO", b"IIU\x00", b"P5\n", b"P6\n",
    b"qoif",
)  # fmt: skip
"""First bytes of pictures that are pictures, but of a kind that is not read."""

START_BYTES = 1024
"""Of a file that tell its kind; an SVG's name can follow a long preamble."""

ORIENTATION_TAG, FOCAL_LENGTH_TAG, EXIF_BLOCK = 0x0112, 0xA405, 0x8769
DNG_VERSION_TAG, SUBFILE_TYPE_TAG, OTHER_FRAMES_TAG = 50706, 254, 330
"""Tags of a TIFF by which a raw photo is known (Adobe, Digital Negative 1.4, 2012)."""

MOST_EMPTY_BYTES = 4096
"""Zeros that a whole compressed photo may end in: EXIF is padded with 2 kB of them."""

PIXELS_PER_EMPTY_BYTE = 4000
"""Or more in a large blank WebP, which ends in one zero for every 10,000 pixels."""

MOST_FLOAT = 2.0
"""Floats are from 0 to 1, give or take what resampling overshoots; beyond this the
caller's scale is another, and clipping it would whiten the photo unnoticed."""

JPEG_MARKER = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
"""What ends or interrupts the coded pixels of a JPEG, restart markers apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """Upright pixels to work on, and how they relate to the photo a person sees.

    Attributes
    ----------
    pixels
        ``uint8 (h, w, 3)`` RGB, sRGB, frame ``photo`` (working pixels): the
        photo after its EXIF orientation, reduced so that its long side is at
        most the working size.
    width, height
        Size in pixels of the photo as a person sees it (after orientation,
        before reduction).
    focal_length_35mm
        The lens's focal length in 35 mm terms, from EXIF, or ``None``.
    """

    pixels: NDArray[np.uint8]
    width: int
    height: int
    focal_length_35mm: float | None = None

    def _ratio(self) -> NDArray[np.float64]:
        height, width = self.pixels.shape[:2]
        return np.array([self.width / width, self.height / height])

    def to_seen(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take working pixels to pixels of the photo as a person sees it.

        Parameters
        ----------
        points
            ``float (n, 2)`` ``(x, y)``, pixel centres at integers.

        Returns
        -------
        numpy.ndarray
            ``float (n, 2)`` in seen pixels, centres at integers, origin top left.
        """
        return np.asarray((np.asarray(points, dtype=np.float64) + 0.5) * self._ratio() - 0.5)

    def to_working(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take pixels of the photo as a person sees it to working pixels.

        Parameters
        ----------
        points
            ``float (n, 2)`` ``(x, y)`` seen pixels.

        Returns
        -------
        numpy.ndarray
            ``float (n, 2)`` working pixels.
        """
        return np.asarray((np.asarray(points, dtype=np.float64) + 0.5) / self._ratio() - 0.5)


def load_photo(
    source: PhotoSource,
    *,
    max_pixels: int = MAX_PIXELS,
    working_long_side: int = WORKING_LONG_SIDE,
) -> Photo:
    """Read a photo, turn it upright and reduce it to working size.

    Nothing but the pixels and the focal length is kept: no place, time, name
    or serial number.

    Parameters
    ----------
    source
        A path, bytes, a binary file object, a PIL image, or an array ``(h, w)``,
        ``(h, w, 1)``, ``(h, w, 3)`` or ``(h, w, 4)`` of RGB: ``bool``, ``uint8``,
        ``uint16``, or floats from 0 to 1. It is not changed.
    max_pixels
        Photos with more pixels are not decoded; checked on the header.
    working_long_side
        Longest side of the working pixels.

    Returns
    -------
    Photo
        Upright.

    Raises
    ------
    UnreadablePhotoError
        With the code ``not-found``, ``not-a-file``, ``no-permission``,
        ``not-an-image``, ``truncated``, ``too-large`` or ``unsupported-format``.
    """
    from PIL import Image

    with _quiet:
        if isinstance(source, np.ndarray):
            pixels = _array_pixels(source, max_pixels)
            height, width = pixels.shape[:2]
            return Photo(_reduce(pixels, working_long_side), width, height)
        if isinstance(source, Image.Image):
            return _from_image(source, max_pixels, working_long_side)
        data = _read(source)
        with _open(data, _kind(data[:START_BYTES])) as image:
            return _from_image(image, max_pixels, working_long_side, data)


class _Quiet:
    """Silences decoders' warnings while any thread is loading a photo.

    Filters of warnings are global: were each thread to put back the filters it
    found, one could put back another's silence and leave it there for good.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._filters = warnings.catch_warnings()

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._filters = warnings.catch_warnings()
                self._filters.__enter__()
                warnings.simplefilter("ignore")
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._filters.__exit__(None, None, None)


_quiet = _Quiet()


def _read(source: str | Path | bytes | bytearray | memoryview | BinaryIO) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, str | os.PathLike):
        return _read_file(Path(source))
    try:
        data = source.read()
    except Exception as error:
        raise UnreadablePhotoError.of("not-an-image") from error
    if not isinstance(data, bytes | bytearray | memoryview):
        raise UnreadablePhotoError.of("not-an-image")
    return bytes(data)


def _read_file(path: Path) -> bytes:
    try:
        # A pipe or a device could keep us waiting for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadablePhotoError.of("not-a-file")
        with path.open("rb") as file:
            # A film of many gigabytes need not be read to be told from a photo.
            _kind(file.read(START_BYTES))
            file.seek(0)
            return file.read()
    except PermissionError as error:
        raise UnreadablePhotoError.of("no-permission") from error
    except MemoryError as error:
        raise UnreadablePhotoError.of("too-large") from error
    except (OSError, ValueError) as error:
        raise UnreadablePhotoError.of("not-found") from error


def _kind(start: bytes) -> str:
    """Tell the format from a file's first bytes."""
    for magic, name in STARTS.items():
        if start.startswith(magic):
            return name
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WEBP"
    if start[:2] == b"BM" and int.from_bytes(start[14:18], "little") in BMP_HEADERS:
        return "BMP"
    if start[4:8] == b"ftyp":
        end = min(int.from_bytes(start[:4], "big"), len(start))
        brands = {start[8:12], *(start[place : place + 4] for place in range(16, end, 4))}
        if start[8:12] in AVIF_BRANDS or (brands & AVIF_BRANDS and not brands & HEVC_BRANDS):
            return "AVIF"
        if brands & HEIF_BRANDS:
            return "HEIF"
        raise UnreadablePhotoError.of("unsupported-format")
    text = start.lstrip()
    if text.startswith(KNOWN_BUT_UNREAD) or (text.startswith(b"<") and b"<svg" in text):
        raise UnreadablePhotoError.of("unsupported-format")
    raise UnreadablePhotoError.of("not-an-image")


@contextmanager
def _open(data: bytes, kind: str) -> Iterator[Image]:
    """Open a picture without decoding it; no other decoder than the one named runs."""
    module, name = DECODERS[kind]
    try:
        image = getattr(importlib.import_module(module), name)(io.BytesIO(data), "")
    except Exception as error:
        raise UnreadablePhotoError.of("truncated") from error
    with image:
        if kind == "TIFF" and _is_preview(image.tag_v2, data):
            raise UnreadablePhotoError.of("unsupported-format")
        yield image


def _is_preview(tags: Any, data: bytes) -> bool:  # noqa: ANN401 - a mapping of tags of any type
    """Whether a TIFF's first frame is the small preview of a raw photo."""
    reduced = tags.get(OTHER_FRAMES_TAG) and tags.get(SUBFILE_TYPE_TAG, 0) == 1
    return bool(DNG_VERSION_TAG in tags or data[8:10] == b"CR" or reduced)


def _from_image(
    image: Image, max_pixels: int, working_long_side: int, data: bytes | None = None
) -> Photo:
    """Decode, reduce and turn; ``data`` is the file, ``None`` for a caller's own image."""
    width, height = image.size
    if width < 1 or height < 1:
        raise UnreadablePhotoError.of("not-an-image")
    if width * height > max_pixels:
        raise UnreadablePhotoError.of("too-large")
    try:
        if data is None:
            original, image = image, image.copy()
            orientation, focal_length = _exif(original)
        else:
            orientation, focal_length = _exif(image)
            _draft(image, working_long_side)
            if _has_gap(image, data):
                raise UnreadablePhotoError.of("truncated")
            image.load()
        pixels = _image_pixels(image)
        if data is not None and _ran_out(image, pixels, data, working_long_side):
            raise UnreadablePhotoError.of("truncated")
        pixels = _to_srgb(_reduce(pixels, working_long_side), image.info.get("icc_profile"))
    except UnreadablePhotoError:
        raise
    except MemoryError as error:
        raise UnreadablePhotoError.of("too-large") from error
    except Exception as error:
        raise UnreadablePhotoError.of("truncated") from error
    if data is not None and image.format == "HEIF":
        orientation = _heif_orientation(image, data)
    if orientation >= 5:
        width, height = height, width
    return Photo(_turn(pixels, orientation), width, height, focal_length)


def _draft(image: Image, long_side: int) -> None:
    """Let a JPEG shrink while it is decoded, to no less than the working size."""
    longest = max(image.size)
    if image.format in ("JPEG", "MPO") and longest > long_side:
        least = [max(1, side * long_side // longest) for side in image.size]
        image.draft(None, (least[0], least[1]))


def _has_gap(image: Image, data: bytes) -> bool:
    """Whether bytes are missing though the file has its full length.

    Downloads that were cut short and copies from failing cards leave zeros. A
    PNG has check sums, a JPEG an end marker (one that lacks nothing else is taken
    for truncated all the same); WebP, AVIF and HEIC never end in many zeros.
    """
    view = memoryview(data)
    if image.format == "PNG":
        place = 8
        while place + 12 <= len(data):
            end = place + 8 + int.from_bytes(view[place : place + 4], "big")
            name = data[place + 4 : place + 8]
            check = int.from_bytes(view[end : end + 4], "big")
            if name in (b"IHDR", b"PLTE", b"IDAT") and zlib.crc32(view[place + 4 : end]) != check:
                return True
            place = end + 4
    if image.format in ("JPEG", "MPO"):
        return _jpeg_end(data) is None
    if image.format in ("WEBP", "AVIF", "HEIF"):
        width, height = image.size
        most = max(MOST_EMPTY_BYTES, width * height // PIXELS_PER_EMPTY_BYTE)
        return len(data) > most and not any(view[-most:])
    return False


def _jpeg_end(data: bytes) -> int | None:
    """Find the end marker of a file's first JPEG."""
    place = 2
    while found := JPEG_MARKER.search(data, place):
        if found.group() == b"\xff\xd9":
            return found.start()
        place = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return None


def _ran_out(image: Image, pixels: NDArray[np.uint8], data: bytes, long_side: int) -> bool:
    """Whether a JPEG with an end marker holds fewer coded pixels than its size needs.

    The decoder then repeats the last colour down to the last corner. To tell
    this from a plain corner, bytes are put before the end marker: in a whole
    photo nothing reads them, in one that ran out they become pixels.
    """
    if image.format not in ("JPEG", "MPO"):
        return False
    height, width = pixels.shape[:2]
    corner = pixels[-max(2, height // 100) :, -max(2, width // 100) :]
    if np.ptp(corner, axis=(0, 1)).any():
        return False
    end = _jpeg_end(data)
    probe = data[:end] + bytes(range(1, 200)) + data[end:]
    with _open(probe, "JPEG") as again:
        _draft(again, long_side)
        return not np.array_equal(_image_pixels(again), pixels)


def _exif(image: Image) -> tuple[int, float | None]:
    """Orientation 1 to 8 and focal length; what cannot be read is left at its default."""
    try:
        exif = image.getexif()
        orientation = exif.get(ORIENTATION_TAG, 1)
        focal_length = exif.get_ifd(EXIF_BLOCK).get(FOCAL_LENGTH_TAG)
        length = float(focal_length) if focal_length else None
    except Exception:  # noqa: BLE001 - damaged EXIF does not make a photo unusable
        return 1, None
    # Pillow itself turns a TIFF upright while it decodes.
    if image.format == "TIFF" or not isinstance(orientation, int) or not 1 <= orientation <= 8:
        orientation = 1
    return orientation, length if length and 5 <= length <= 500 else None


def _heif_orientation(image: Image, data: bytes) -> int:
    """Tell what remains to be turned once libheif has decoded a HEIC.

    Phones write a rotation box and an EXIF tag that says the same. The decoder
    honours the box and sets the tag aside, so the tag counts only where there
    is no box (ISO/IEC 23008-12 gives boxes the last word).
    """
    place = 0
    while place + 8 <= len(data):
        size, name = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16], "big")
        end = place + size if size >= 8 else len(data)
        if name == b"meta" and re.search(rb"irot|imir", data[place:end]):
            return 1
        place = end
    tag = image.info.get("original_orientation")
    return tag if isinstance(tag, int) and 1 <= tag <= 8 else 1


def _image_pixels(image: Image) -> NDArray[np.uint8]:
    from PIL import Image

    if image.mode.startswith("I;16"):
        deep = np.asarray(image).astype(np.uint16)
        return _array_pixels(deep, deep.size)
    if image.mode in ("I", "F"):
        values = np.asarray(image).astype(np.float64)
        top = 65535.0 if image.mode == "I" and values.max(initial=0) > 255 else 255.0
        if image.mode == "F" and values.max(initial=0) <= 1:
            top = 1.0
        return _array_pixels(np.clip(values / top, 0, 1), values.size)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        if image.mode == "La":
            image = image.convert("LA")
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return np.asarray(Image.alpha_composite(white, over).convert("RGB"))
    return np.asarray(image.convert("RGB"))


def _to_srgb(pixels: NDArray[np.uint8], profile: bytes | None) -> NDArray[np.uint8]:
    """Bring a phone's wide colours to sRGB; a profile that cannot be used is ignored."""
    if not profile:
        return pixels
    from PIL import Image, ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != "RGB":
            return pixels
        if "sRGB" in ImageCms.getProfileDescription(source):
            return pixels
        target = ImageCms.createProfile("sRGB")
        plain = ImageCms.profileToProfile(Image.fromarray(pixels), source, target)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return pixels
    return pixels if plain is None else np.asarray(plain)


def _array_pixels(array: NDArray[Any], max_pixels: int) -> NDArray[np.uint8]:
    usable = array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (1, 3, 4))
    if not usable or array.size == 0 or array.dtype.kind not in "buf":
        raise UnreadablePhotoError.of("not-an-image")
    if array.shape[0] * array.shape[1] > max_pixels:
        raise UnreadablePhotoError.of("too-large")
    if array.dtype.kind == "f":
        if not np.isfinite(array).all() or np.abs(array).max() > MOST_FLOAT:
            raise UnreadablePhotoError.of("not-an-image")
        shades = np.rint(np.clip(array, 0, 1) * 255).astype(np.uint8)
    elif array.dtype == bool:
        shades = array.astype(np.uint8) * 255
    elif array.dtype == np.uint8:
        shades = array
    elif array.dtype.itemsize == 2:
        shades = ((array.astype(np.uint32) + 128) // 257).astype(np.uint8)
    else:
        raise UnreadablePhotoError.of("not-an-image")
    if shades.ndim == 2:
        shades = shades[..., None]
    if shades.shape[2] == 1:
        return np.asarray(np.repeat(shades, 3, axis=2))
    plain: NDArray[np.uint8] = shades[..., :3].copy()
    if shades.shape[2] == 4:
        share = shades[..., 3:].astype(np.float32) / 255
        plain = np.rint(plain * share + 255 * (1 - share)).astype(np.uint8)
    return plain


def _reduce(pixels: NDArray[np.uint8], long_side: int) -> NDArray[np.uint8]:
    import cv2

    height, width = pixels.shape[:2]
    scale = long_side / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _turn(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Undo an EXIF orientation."""
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
