"""Anything a person calls a photo, to one upright :class:`Photo`.

Pillow decodes every format (with pillow-heif for HEIC): it reads sizes without
decoding, refuses most damaged files instead of returning half of them, and knows
each format's orientation. What it lets pass is checked here.
"""

from __future__ import annotations

import os
import stat
import threading
import warnings
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from archscan.errors import UnreadablePhotoError
from archscan.photo.damage import flaw_of, ran_out
from archscan.photo.formats import START_BYTES, decode, draft, kind_of, open_picture
from archscan.photo.metadata import exif, heif_orientation
from archscan.photo.photo import Photo
from archscan.photo.pixels import array_pixels, image_pixels, reduced, to_srgb, turned
from archscan.reasons import Reason

if TYPE_CHECKING:
    from PIL.Image import Image

    Readable = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]
    PhotoSource = Readable | Image | NDArray[Any]
else:
    # Programs that ask for the types of scan's parameters must not need to import Pillow.
    PhotoSource = Any

MAX_PIXELS = 200_000_000
"""Largest photo that is decoded: the best phones of 2026 make 200 megapixels, and one
of these takes 0.6 GB while it is decoded."""


WORKING_LONG_SIDE = 1600
"""Pixels that are worked on: a print that fills half of them has 3 pixels a
millimetre, finer than the wet edge itself."""


UNUSABLE_SOURCE = Reason(
    "not-an-image",
    "This is neither a picture nor the name of one.",
    "Pass a path, bytes, a file that is open for reading bytes, a PIL image or an array.",
)
"""What a programmer is told; whoever has a file is told of files."""

NOTHING_LEFT = Reason(
    "not-an-image",
    "Nothing is left to be read in this file.",
    "If it was read before, go back to its beginning: seek(0).",
)
"""Where an open file was read to its end, by whoever checked it first, as a rule."""


def load_photo(
    source: PhotoSource,
    *,
    max_pixels: int = MAX_PIXELS,
    working_long_side: int = WORKING_LONG_SIDE,
) -> Photo:
    """Read a photo, turn it upright and reduce it to working size.

    Nothing but the pixels, the focal length and which way was down is kept: no place, time,
    name or serial number.

    Parameters
    ----------
    source
        A path, bytes, a binary file object (read from where it stands to its end), a PIL
        image, or an array ``(h, w)``, ``(h, w, 1)``, ``(h, w, 3)`` or ``(h, w, 4)`` of RGB:
        ``bool``, ``uint8``, ``uint16``, or floats from 0 to 1. Neither image nor
        array is changed.
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
            pixels = array_pixels(source, max_pixels)
            height, width = pixels.shape[:2]
            return Photo(reduced(pixels, working_long_side), width, height)
        if isinstance(source, Image.Image):
            return _from_image(source, max_pixels, working_long_side)
        data = _read(source)
        with open_picture(data, kind_of(data[:START_BYTES])) as image:
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


def _read(source: Readable) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, str | os.PathLike):
        return read_file(Path(os.fsdecode(source)))
    try:
        data = source.read()
    except Exception as error:
        raise UnreadablePhotoError(UNUSABLE_SOURCE) from error
    if not isinstance(data, bytes | bytearray | memoryview):
        raise UnreadablePhotoError(UNUSABLE_SOURCE)
    if not data:
        raise UnreadablePhotoError(NOTHING_LEFT)
    return bytes(data)


def read_file(path: Path) -> bytes:
    """Read a file that may be a photo.

    Parameters
    ----------
    path
        Where it is.

    Returns
    -------
    bytes
        The whole file.

    Raises
    ------
    UnreadablePhotoError
        As for :func:`load_photo`; what does not begin like a photo is not read to its end.
    """
    try:
        # A pipe or a device could keep us waiting for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadablePhotoError.of("not-a-file")
        # Unbuffered, for a buffer would be joined with the rest: all would be copied once more.
        with path.open("rb", buffering=0) as file:
            # A film of many gigabytes need not be read to be told from a photo.
            kind_of(file.read(START_BYTES))
            file.seek(0)
            return file.read()
    except MemoryError as error:
        raise UnreadablePhotoError.of("too-large") from error
    except (OSError, ValueError) as error:
        raise UnreadablePhotoError.from_system(error) from error


def _from_image(
    image: Image, max_pixels: int, working_long_side: int, data: bytes | None = None
) -> Photo:
    """Decode, reduce and turn; ``data`` is the file, ``None`` for a caller's own image."""
    from PIL.Image import DecompressionBombError

    width, height = image.size
    if width < 1 or height < 1:
        raise UnreadablePhotoError.of("not-an-image")
    if width * height > max_pixels:
        raise UnreadablePhotoError.of("too-large")
    try:
        if data is None:
            original, image = image, image.copy()
            taken = exif(original)
        else:
            if image.format == "PNG":
                # Asked for EXIF its decoder decodes it all, and what is wrong would be passed over.
                decode(image)
            taken = exif(image)
            draft(image, working_long_side)
            flaw = flaw_of(image, data)
            if flaw is not None:
                raise UnreadablePhotoError.of(flaw)
            image.load()
        pixels = image_pixels(image)
        if data is not None and ran_out(image, pixels, data, working_long_side):
            raise UnreadablePhotoError.of("truncated")
        pixels = to_srgb(reduced(pixels, working_long_side), image.info.get("icc_profile"))
    except (UnreadablePhotoError, ImportError):  # A part of archscan that is missing, not of it.
        raise
    except (MemoryError, DecompressionBombError) as error:
        raise UnreadablePhotoError.of("too-large") from error
    except Exception as error:
        raise UnreadablePhotoError.of("truncated") from error
    orientation = taken.orientation
    if data is not None and image.format == "HEIF":
        orientation = heif_orientation(image, data)
    if orientation >= 5:
        width, height = height, width
    return Photo(turned(pixels, orientation), width, height, taken.focal_length_35mm, taken.gravity)
