"""Any picture or array to plain RGB, sRGB, of working size."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from archscan.errors import UnreadablePhotoError
from archscan.reasons import Reason

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_FLOAT = 2.0
"""Floats are from 0 to 1, give or take what resampling overshoots; beyond this the
caller's scale is another, and clipping it would whiten the photo unnoticed."""

UNUSABLE_ARRAY = Reason(
    "not-an-image",
    "This array is not a picture.",
    "Pass one of shape (height, width) or (height, width, 1, 3 or 4), of bool, uint8, uint16, "
    "or floats from 0 to 1.",
)
"""What a programmer is told; whoever has a file is told of files."""

STRIP = 64
"""Rows that are taken over from a decoder at once: so few stay in the processor's cache, and
a photo is taken over in half to a quarter of the time."""

COLUMNS = 64
"""Columns that change places with rows at once: all of them take twice as long."""

LITTLE_SHRUNK = 0.7
"""Scale above which every pixel still counts when the four nearest are mixed; shrinking
further must average areas, which takes four times as long."""


def image_pixels(image: Image) -> NDArray[np.uint8]:
    """Decode a picture of any mode; what is transparent lies on white.

    Parameters
    ----------
    image
        Opened or decoded.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w, 3)``.

    Raises
    ------
    UnreadablePhotoError
        ``unsupported-format`` for numbers on a scale that is not known.
    """
    from PIL import Image

    if image.mode.startswith("I;16"):
        deep = np.asarray(image).astype(np.uint16)
        clear = image.info.get("transparency")
        if isinstance(clear, int):
            deep[deep == clear] = np.iinfo(deep.dtype).max
        return array_pixels(deep, deep.size)
    if image.mode in ("I", "F"):
        return _from_numbers(np.asarray(image).astype(np.float64), image.mode)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        if image.mode == "La":
            image = image.convert("LA")
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return np.asarray(Image.alpha_composite(white, over).convert("RGB"))
    # Converting would copy what is in the right form already.
    return _in_strips(image if image.mode == "RGB" else image.convert("RGB"))


def _from_numbers(numbers: NDArray[np.float64], mode: str) -> NDArray[np.uint8]:
    """Give the pixels of a picture whose white is the least usual number that holds them all."""
    whites, over = ((1, 255, 65535), MOST_FLOAT) if mode == "F" else ((255, 65535), 1)
    for white in whites:
        if np.abs(numbers).max() <= over * white:
            return array_pixels(numbers / white, numbers.size)
    raise UnreadablePhotoError.of("unsupported-format")


def _in_strips(image: Image) -> NDArray[np.uint8]:
    """Give the pixels of a picture in RGB; ``numpy.asarray`` has two copies of them at once."""
    pixels = np.empty((image.height, image.width, 3), dtype=np.uint8)
    for top in range(0, image.height, STRIP):
        bottom = min(top + STRIP, image.height)
        pixels[top:bottom] = np.asarray(image.crop((0, top, image.width, bottom)))
    return pixels


def to_srgb(pixels: NDArray[np.uint8], profile: bytes | None) -> NDArray[np.uint8]:
    """Bring a phone's wide colours, or a scanner's greys, to sRGB.

    A profile that cannot be used is ignored.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)`` in the profile's colours.
    profile
        ICC, or ``None`` for sRGB.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w, 3)``.
    """
    if not profile:
        return pixels
    from PIL import Image, ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        shades = pixels
        if space == "GRAY" and not np.ptp(pixels, axis=2).any():
            shades = pixels[..., 0]
        elif space != "RGB" or "sRGB" in ImageCms.getProfileDescription(source):
            return pixels
        target = ImageCms.createProfile("sRGB")
        plain = ImageCms.profileToProfile(Image.fromarray(shades), source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return pixels
    return pixels if plain is None else np.asarray(plain)


def array_pixels(array: NDArray[Any], max_pixels: int) -> NDArray[np.uint8]:
    """Take an array of any usual kind for a picture.

    Parameters
    ----------
    array
        ``(h, w)`` or ``(h, w, 1 | 3 | 4)`` of ``bool``, ``uint8``, ``uint16`` or floats
        from 0 to 1.
    max_pixels
        More are refused.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w, 3)``, never the caller's own memory.

    Raises
    ------
    UnreadablePhotoError
        ``not-an-image`` or ``too-large``.
    """
    # A matrix stays one whatever is done to it.
    array = np.asarray(array)
    usable = array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (1, 3, 4))
    if not usable or array.size == 0 or array.dtype.kind not in "buf":
        raise UnreadablePhotoError(UNUSABLE_ARRAY)
    if array.shape[0] * array.shape[1] > max_pixels:
        raise UnreadablePhotoError.of("too-large")
    if array.dtype.kind == "f":
        if not np.isfinite(array).all() or np.abs(array).max() > MOST_FLOAT:
            raise UnreadablePhotoError(UNUSABLE_ARRAY)
        shades = np.rint(np.clip(array, 0, 1) * 255).astype(np.uint8)
    elif array.dtype == bool:
        shades = array.astype(np.uint8) * 255
    elif array.dtype == np.uint8:
        shades = array
    elif array.dtype.itemsize == 2:
        shades = ((array.astype(np.uint32) + 128) // 257).astype(np.uint8)
    else:
        raise UnreadablePhotoError(UNUSABLE_ARRAY)
    if shades.ndim == 2:
        shades = shades[..., None]
    if shades.shape[2] == 1:
        return np.asarray(np.repeat(shades, 3, axis=2))
    plain: NDArray[np.uint8] = shades[..., :3].copy()
    if shades.shape[2] == 4:
        share = shades[..., 3:].astype(np.float32) / 255
        plain = np.rint(plain * share + 255 * (1 - share)).astype(np.uint8)
    return plain


def reduced(pixels: NDArray[np.uint8], long_side: int) -> NDArray[np.uint8]:
    """Shrink a picture to its working size, if it is larger.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)``.
    long_side
        Of the working size.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w, 3)``.
    """
    import cv2

    height, width = pixels.shape[:2]
    scale = long_side / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    method = cv2.INTER_LINEAR if scale > LITTLE_SHRUNK else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, size, interpolation=method), dtype=np.uint8)


def undoing(orientation: int) -> tuple[bool, bool, bool]:
    """Tell what an EXIF orientation asks for.

    Parameters
    ----------
    orientation
        1 to 8.

    Returns
    -------
    swapped, left_right, upside_down
        Whether rows and columns change places, and then which ways the picture is flipped.
    """
    return orientation >= 5, orientation in (2, 3, 6, 7), orientation in (3, 4, 7, 8)


def turned(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Undo an EXIF orientation.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)`` as stored.
    orientation
        1 to 8.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w, 3)`` upright.
    """
    import cv2

    swapped, left_right, upside_down = undoing(orientation)
    if swapped:
        # Its columns become rows: turned over before, those are turned from left to right.
        return _sides_swapped(pixels[::-1] if left_right else pixels, upside_down)
    if left_right or upside_down:
        both = -1 if upside_down else 1
        pixels = np.asarray(cv2.flip(pixels, both if left_right else 0), dtype=np.uint8)
    return np.ascontiguousarray(pixels)


def _sides_swapped(pixels: NDArray[np.uint8], upside_down: bool) -> NDArray[np.uint8]:
    """Make columns rows, few at once: they stay in the processor's cache."""
    import cv2

    height, width = pixels.shape[:2]
    swapped = np.empty((width, height, 3), dtype=np.uint8)
    rows = swapped[::-1] if upside_down else swapped
    for first in range(0, width, COLUMNS):
        few = slice(first, first + COLUMNS)
        rows[few] = cv2.transpose(np.ascontiguousarray(pixels[:, few]))
    return swapped
