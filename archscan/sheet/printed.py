"""The printed reference page: four markers at known places, found even where its edges are not.

The markers are AprilTags of the family 36h11 (E. Olson, AprilTag: a robust and flexible
visual fiducial system, IEEE ICRA 2011, 3400-3407, doi 10.1109/ICRA.2011.5979561), which
chance hardly ever imitates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from archscan.photo import Photo
from archscan.sheet.perspective import SKEW_TOLERANCE, SQUARE, Fit, camera_of, seen_through

if TYPE_CHECKING:
    import cv2

PRINTED = "printed"

FRAME_MM = (160.0, 220.0)
"""Width and height of what the four markers enclose, outer corners: fits A4 and Letter."""

MARKER_MM = 40.0
"""Side of a marker: eight of its ten modules are still two pixels wide where the page
fills a quarter of the working pixels."""

LEAST_PERIMETER = 0.06
"""Of a marker, as a share of the photo's longer side: little more than two pixels a module.
Smaller squares are not read anyway, and a checked floor has thousands of them, which kept
the search busy for seconds."""

LEAST_MARKERS = 2
"""One alone is too short a lever for a plane; two lie at least 80 mm apart."""

MOST_OFF_MM = 1.5
"""From where a corner should be, in the median: a page that lies flat misses by a tenth."""

Points = NDArray[np.float64]


def marker_corners() -> dict[int, Points]:
    """Say where the markers are on the page.

    Returns
    -------
    dict of int to numpy.ndarray
        Number of each marker and its corners, ``float64 (4, 2)`` clockwise from the
        upper left, millimetres from the frame's upper left corner, ``y`` down.
    """
    square = MARKER_MM * SQUARE.astype(np.float64)
    right, bottom = (length - MARKER_MM for length in FRAME_MM)
    places = ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom))
    return {number: square + place for number, place in enumerate(places)}


def marker(number: int) -> NDArray[np.uint8]:
    """Draw a marker.

    Parameters
    ----------
    number
        From 0.

    Returns
    -------
    numpy.ndarray
        ``uint8 (10, 10)``, one pixel a module: 0 black, 255 white. The outermost ring
        is black and needs white paper round it.
    """
    import cv2

    family = _dictionary()
    drawn = cv2.aruco.generateImageMarker(family, number, int(family.markerSize) + 2)
    return np.asarray(drawn).astype(np.uint8)


def find_printed(photo: Photo) -> Fit | None:
    """Measure the floor's plane on the printed page.

    Parameters
    ----------
    photo
        Upright.

    Returns
    -------
    Fit or None
        ``None`` unless two markers at least are seen where they belong.
    """
    import cv2

    settings = cv2.aruco.DetectorParameters()
    settings.minMarkerPerimeterRate = LEAST_PERIMETER
    settings.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    grey = cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY)
    seen, numbers, _ = cv2.aruco.ArucoDetector(_dictionary(), settings).detectMarkers(grey)
    places = marker_corners()
    known = [] if numbers is None else [int(number) for number in numbers.ravel()]
    pairs = [
        (corners[0], places[number])
        for corners, number in zip(seen, known, strict=True)
        if number in places
    ]
    if len(pairs) < LEAST_MARKERS or len(set(known) & set(places)) < len(pairs):
        return None
    in_photo = np.concatenate([corners for corners, _ in pairs]).astype(np.float64)
    on_page = np.concatenate([place for _, place in pairs])
    to_plane, _ = cv2.findHomography(in_photo, on_page)
    if to_plane is None:
        return None
    placed = cv2.perspectiveTransform(in_photo[None], to_plane)[0]
    if float(np.median(np.hypot(*(placed - on_page).T))) > MOST_OFF_MM:
        return None
    return _fit(photo, np.asarray(to_plane, dtype=np.float64))


def _fit(photo: Photo, to_plane: Points) -> Fit | None:
    import cv2

    frame = SQUARE.astype(np.float64) * FRAME_MM
    corners = cv2.perspectiveTransform(frame[None], np.linalg.inv(to_plane))[0]
    skew, _, tilt = seen_through(camera_of(photo), corners)
    if photo.focal_length_35mm is not None and skew > SKEW_TOLERANCE:
        return None
    return Fit(PRINTED, np.asarray(corners, dtype=np.float64), to_plane, tilt)


def _dictionary() -> cv2.aruco.Dictionary:
    import cv2

    return cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
