"""Sheets of paper that a look at a photo saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.segmentation.contact import LEVEL
from archscan.segmentation.look import Look, look_at, region_round
from archscan.segmentation.patches import project
from archscan.sheet.quadrilaterals import four_sides

SMALLEST_SHARE = 0.01
"""Of a square on the picture's longer side: smaller sheets give no useful scale."""

LEAST_HINT = 0.01
"""Probability of paper that one pixel at least has where a sheet may be at all: of 61
rendered sheets one had less, of 106 photos without one nine in ten."""

MARGINS = 0.1, 0.2
"""Round what seemed to be a sheet, shares of its larger extent, when it is looked at up close:
a corner that was overlooked comes into view, and little else."""

EDGE = 2
"""Picture pixels along the photo's edge within which an area is taken to go on outside."""


def likely_sheets(look: Look) -> list[NDArray[np.float64]]:
    """Find what looked like a sheet of paper.

    Parameters
    ----------
    look
        At the whole photo.

    Returns
    -------
    list of numpy.ndarray
        ``float64 (4, 2)`` corners each, clockwise, working pixels, largest first; what runs
        out of the photo, or is no quadrilateral, is left out.
    """
    import cv2

    mask = (look.paper >= LEVEL).astype(np.uint8)
    # What is thinner than this sticks out of a sheet, or lies beside it.
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    large = [
        contour
        for contour in contours
        if cv2.contourArea(contour) >= SMALLEST_SHARE * max(mask.shape) ** 2
        and not _is_cut(cv2.boundingRect(contour), look.place)
    ]
    large.sort(key=cv2.contourArea, reverse=True)
    if len(large) > 1:
        # One sheet with a stripe of shade or a pen across it is seen as several.
        large.append(np.concatenate(large))
    outlines = [corners for contour in large if (corners := four_sides(contour)) is not None]
    return [project(corners, look.to_photo) for corners in outlines]


def sheets_up_close(photo: Photo, look: Look) -> Iterator[NDArray[np.float64]]:
    """Look at each likely sheet again, up close, as long as the next one is asked for.

    From afar a corner in the shade is easily cut off, or one of its sides moved.

    Parameters
    ----------
    photo
        Upright.
    look
        At the whole photo.

    Yields
    ------
    numpy.ndarray
        ``float64 (4, 2)`` corners as :func:`likely_sheets` gives them.
    """
    for corners in likely_sheets(look):
        for margin in MARGINS:
            region = region_round(corners, margin, photo.pixels)
            yield from likely_sheets(look_at(photo, region))


def hints_at_sheet(look: Look) -> bool:
    """Tell whether there may be a sheet, though no outline of one was seen.

    Parameters
    ----------
    look
        At the whole photo.

    Returns
    -------
    bool
        ``False`` where looking for its edges would be idle.
    """
    return bool(look.paper.max() >= LEAST_HINT)


def _is_cut(box: Sequence[int], place: tuple[int, int, int, int]) -> bool:
    """Whether an area reaches the photo's edge."""
    left, top, width, height = place
    return bool(
        box[0] < left + EDGE
        or box[1] < top + EDGE
        or box[0] + box[2] > left + width - EDGE
        or box[1] + box[3] > top + height - EDGE
    )
