"""One look of the network at a photo or at a part of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.photo.shrink import resizing, shrink
from archscan.segmentation.evening import evened
from archscan.segmentation.network import CONTACT, PAPER, SIDE, STEP, probability_of, see

LEAST_SIDE = 96
"""Shorter side of a picture at least: the network was trained to see some way round."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the photo: left, top, width and height, working pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What the network sees in a part of the photo.

    Attributes
    ----------
    contact
        ``float32 (2, h, w)`` probabilities of sole and toes, picture pixels.
    paper
        ``float32 (h, w)`` probability of a sheet of paper.
    region
        Of the photo.
    place
        Left, top, width and height of the region in the picture, picture pixels;
        beyond it all probabilities are 0.
    """

    contact: NDArray[np.float32]
    paper: NDArray[np.float32]
    region: Region
    place: tuple[int, int, int, int]

    @property
    def ratio(self) -> NDArray[np.float64]:
        """Working pixels for a picture pixel, ``float64 (2,)`` across and down."""
        return np.array([self.region.width / self.place[2], self.region.height / self.place[3]])

    @property
    def to_photo(self) -> NDArray[np.float64]:
        """``float64 (3, 3)`` map from picture pixels to working pixels."""
        matrix = resizing(self.ratio, self.place[:2])
        matrix[:2, 2] += (self.region.left, self.region.top)
        return matrix


def whole(pixels: NDArray[np.uint8]) -> Region:
    """Give the region that is all of a photo.

    Parameters
    ----------
    pixels
        ``uint8 (h, w, 3)``.

    Returns
    -------
    Region
        From its upper left corner.
    """
    return Region(0, 0, pixels.shape[1], pixels.shape[0])


def region_round(points: NDArray[np.float64], margin: float, pixels: NDArray[np.uint8]) -> Region:
    """Give the part of a photo round some places.

    Parameters
    ----------
    points
        ``float64 (n, 2)`` working pixels.
    margin
        On every side, as a share of their larger extent.
    pixels
        ``uint8 (h, w, 3)`` of the photo.

    Returns
    -------
    Region
        As far as it lies in the photo.
    """
    most = np.array([pixels.shape[1] - 1, pixels.shape[0] - 1])
    low, high = points.min(axis=0), points.max(axis=0)
    room = margin * float((high - low).max())
    left, top = np.clip(low - room, 0, most).astype(int).tolist()
    right, bottom = np.clip(high + room, 0, most).astype(int).tolist()
    return Region(left, top, right - left + 1, bottom - top + 1)


def look_at(
    photo: Photo, region: Region, turns: int = 0, mirrored: bool = False, even: bool = False
) -> Look:
    """Look at a part of a photo.

    One that is wider than high is turned on its side, as it was in training.

    Parameters
    ----------
    photo
        Upright.
    region
        Of its working pixels, at least one each way.
    turns, mirrored
        Another way round to look at it, see :func:`archscan.segmentation.network.see`.
    even
        Whether to look at it :func:`~archscan.segmentation.evening.evened` out.

    Returns
    -------
    Look
        Of the network, in the photo's own frame.
    """
    shrunk = photo.shrunk
    if region != whole(photo.pixels):
        rows = slice(region.top, region.top + region.height)
        columns = slice(region.left, region.left + region.width)
        shrunk = partial(shrink, photo.pixels[rows, columns])
    picture, place = letterbox((region.width, region.height), shrunk)
    left, top, width, height = place
    if even:
        picture = evened(picture)
    on_its_side = picture.shape[1] > picture.shape[0]
    probability = probability_of(see(picture, turns + on_its_side, mirrored))
    # What lies beyond the photo is not there.
    inside = np.zeros_like(probability)
    box = (slice(None), slice(top, top + height), slice(left, left + width))
    inside[box] = probability[box]
    return Look(inside[:CONTACT], inside[PAPER], region, place)


def letterbox(
    size: tuple[int, int], shrunk: Callable[[tuple[int, int]], NDArray[np.uint8]]
) -> tuple[NDArray[np.uint8], tuple[int, int, int, int]]:
    """Shrink a photo into the middle of a picture for the network.

    Parameters
    ----------
    size
        Its width and height, pixels.
    shrunk
        Gives it at another width and height.

    Returns
    -------
    picture
        ``uint8 (h, w, 3)``, the longer side 256, the other the next multiple of 32;
        what the photo leaves free has its mean colour.
    place
        Left, top, width and height of the photo in it.
    """
    scale = SIDE / max(size)
    new_width, new_height = (max(1, round(length * scale)) for length in size)
    small = shrunk((new_width, new_height))
    wide, high = (max(LEAST_SIDE, -(-length // STEP) * STEP) for length in small.shape[1::-1])
    left, top = (wide - new_width) // 2, (high - new_height) // 2
    picture = np.empty((high, wide, 3), dtype=np.uint8)
    picture[:] = small.reshape(-1, 3)[::7].mean(axis=0).astype(np.uint8)
    picture[top : top + new_height, left : left + new_width] = small
    return picture, (left, top, new_width, new_height)
