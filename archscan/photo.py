"""Anything a person calls a photo, to one upright :class:`Photo`.

Pillow decodes every format (with pillow-heif for HEIC): it reads sizes without
decoding, refuses damaged files instead of returning half of them, and knows
each format's orientation.
"""

from __future__ import annotations

import io
import stat
import threading
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

HEIF_BRANDS = frozenset(
    (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1")
)
AVIF_BRANDS = frozenset((b"avif", b"avis"))

KNOWN_BUT_UNREAD = (
    b"GIF8", b"8BPS", b"%PDF", b"<svg", b"\x00\x00\x00\x0cJXL ", b"\xff\x0a", b"\x00\x00\x01\x00",
    b"\x00\x00\x00\x0cjP", b"FUJIFILM", b"IIRO", b"P5", b"P6", b"qoif",
)  # fmt: skip
"""First bytes of pictures that are pictures, but of a kind that is not read."""

STARTS = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"II+\x00": "TIFF",
    b"MM\x00+": "TIFF",
    b"BM": "BMP",
}

ORIENTATION_TAG, FOCAL_LENGTH_TAG, EXIF_BLOCK = 0x0112, 0xA405, 0x8769

_pillow_limit = threading.Lock()


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

    if isinstance(source, np.ndarray):
        pixels = _array_pixels(source, max_pixels)
        height, width = pixels.shape[:2]
        return Photo(_reduce(pixels, working_long_side), width, height)
    if isinstance(source, Image.Image):
        return _from_image(source.copy(), max_pixels, working_long_side)
    data = _read(source)
    kind = _kind(data[:64])
    with _open(data, kind) as image:
        if kind == "HEIF" and not has_turning_box(data):
            # Nothing but the EXIF tag says which way is up, and the decoder set it aside.
            image.getexif()[ORIENTATION_TAG] = image.info.get("original_orientation") or 1
        return _from_image(image, max_pixels, working_long_side)


def has_turning_box(data: bytes) -> bool:
    """Tell whether a HEIC holds its own rotation, which its decoder applies.

    Phones write a rotation box and an EXIF tag that says the same; honouring
    both would turn the photo twice.

    Parameters
    ----------
    data
        The file.

    Returns
    -------
    bool
        Whether an ``irot`` or ``imir`` box stands in its header.
    """
    header = data[: data.find(b"mdat") if b"mdat" in data else len(data)]
    return b"irot" in header or b"imir" in header


def _read(source: str | Path | bytes | bytearray | memoryview | BinaryIO) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, str | Path):
        path = Path(source)
        try:
            mode = path.stat().st_mode
            # A pipe or a device could keep us waiting for ever.
            if not stat.S_ISREG(mode):
                raise UnreadablePhotoError.of("not-a-file")
            return path.read_bytes()
        except PermissionError as error:
            raise UnreadablePhotoError.of("no-permission") from error
        except (OSError, ValueError) as error:
            raise UnreadablePhotoError.of("not-found") from error
    try:
        return bytes(source.read())
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UnreadablePhotoError.of("not-an-image") from error


def _kind(start: bytes) -> str:
    """Tell the format from a file's first bytes."""
    for magic, name in STARTS.items():
        if start.startswith(magic):
            return name
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WEBP"
    if start[4:8] == b"ftyp":
        brands = {start[8:12], *(start[place : place + 4] for place in range(16, 64, 4))}
        if start[8:12] in AVIF_BRANDS or (brands & AVIF_BRANDS and not brands & {b"heic"}):
            return "AVIF"
        if brands & HEIF_BRANDS:
            return "HEIF"
        raise UnreadablePhotoError.of("unsupported-format")
    if start.lstrip().startswith(KNOWN_BUT_UNREAD) or start.lstrip().startswith(b"<?xml"):
        raise UnreadablePhotoError.of("unsupported-format")
    raise UnreadablePhotoError.of("not-an-image")


@contextmanager
def _open(data: bytes, kind: str) -> Iterator[Image]:
    """Open a picture without decoding it; no other decoder than the one named runs."""
    import warnings

    from PIL import Image

    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    try:
        # Pillow's own limit is a global; ours is checked from the header instead.
        with _pillow_limit, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            kept, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
            try:
                image = Image.open(io.BytesIO(data), formats=(kind,))
            finally:
                Image.MAX_IMAGE_PIXELS = kept
    except Exception as error:
        raise UnreadablePhotoError.of("truncated") from error
    with image:
        yield image


def _from_image(image: Image, max_pixels: int, working_long_side: int) -> Photo:
    import warnings

    width, height = image.size
    if width < 1 or height < 1:
        raise UnreadablePhotoError.of("not-an-image")
    if width * height > max_pixels:
        raise UnreadablePhotoError.of("too-large")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            orientation, focal_length = _exif(image)
            if image.format in ("JPEG", "MPO"):
                # Shrinks while decoding, to no less than the working size.
                image.draft("RGB", (working_long_side, working_long_side))
            image.load()
            pixels = _reduce(_image_pixels(image), working_long_side)
        except MemoryError as error:
            raise UnreadablePhotoError.of("too-large") from error
        except Exception as error:
            raise UnreadablePhotoError.of("truncated") from error
    if orientation >= 5:
        width, height = height, width
    return Photo(_turn(pixels, orientation), width, height, focal_length)


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
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return np.asarray(Image.alpha_composite(white, over).convert("RGB"))
    return np.asarray(_to_srgb(image).convert("RGB"))


def _to_srgb(image: Image) -> Image:
    """Bring a phone's wide colours to sRGB; a profile that cannot be used is ignored."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return image
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _array_pixels(array: NDArray[Any], max_pixels: int) -> NDArray[np.uint8]:
    usable = array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (1, 3, 4))
    if not usable or array.size == 0 or array.dtype.kind not in "buf":
        raise UnreadablePhotoError.of("not-an-image")
    if array.shape[0] * array.shape[1] > max_pixels:
        raise UnreadablePhotoError.of("too-large")
    if array.dtype.kind == "f":
        if not np.isfinite(array).all():
            raise UnreadablePhotoError.of("not-an-image")
        shades = np.rint(np.clip(array, 0, 1) * 255).astype(np.uint8)
    elif array.dtype == bool:
        shades = array.astype(np.uint8) * 255
    elif array.dtype == np.uint8:
        shades = array
    elif array.dtype == np.uint16:
        shades = (array // 257).astype(np.uint8)
    else:
        raise UnreadablePhotoError.of("not-an-image")
    if shades.ndim == 2:
        shades = shades[..., None]
    if shades.shape[2] == 1:
        return np.asarray(np.repeat(shades, 3, axis=2))
    plain: NDArray[np.uint8] = shades.copy()
    if shades.shape[2] == 4:
        share = shades[..., 3:].astype(np.float32) / 255
        over = shades[..., :3] * share + 255 * (1 - share)
        return np.asarray(np.rint(over), dtype=np.uint8)
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
