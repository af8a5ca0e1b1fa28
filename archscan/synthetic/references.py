"""What shows the scale: a sheet of paper, or a card as wallets hold them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.drawing import bar, convex, cover, words
from archscan.synthetic.floors import Floor, Picture, Random, noise

CORNER_RADIUS_MM = 3.18
"""Of a card: ISO/IEC 7810, ID-1."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A sheet or card that lies on the floor.

    Attributes
    ----------
    kind
        ``"a4"``, ``"letter"`` or ``"card"``.
    corners
        ``float64 (4, 2)`` floor pixels, one after the other.
    worn
        Whether it is shown as found: written on, creased, tinted, half hidden.
    """

    kind: str
    corners: NDArray[np.float64]
    worn: bool


def lay(picture: Picture, floor: Floor, reference: Reference, random: Random) -> Picture:
    """Lay a sheet or card on the floor, with its thin shadow.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)`` the floor.
    floor
        Its size and scale.
    reference
        What to lay.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``.
    """
    card, corners = reference.kind == "card", reference.corners
    share = convex(floor, _rounded(corners, floor) if card else corners)
    shadow = cv2.GaussianBlur(share, (0, 0), max(0.5, (0.8 if card else 2.0) * floor.scale))
    picture = picture * (1 - random.uniform(0.1, 0.4) * shadow[..., None])
    face = _card(floor, corners, random) if card else _paper(floor, reference, random)
    laid = cover(picture, share, face)
    if reference.worn and not card and random.random() < 0.2:
        hidden = corners[int(random.integers(0, 4))]
        size = (random.uniform(10, 50), random.uniform(10, 160))
        laid = cover(
            laid, bar(floor, hidden, size, random.uniform(0, 3)), random.uniform(0.1, 0.8, 3)
        )
    return laid


def _paper(floor: Floor, sheet: Reference, random: Random) -> Picture:
    """Draw paper: white, or tinted and creased and written on."""
    tint = np.array([0.93, 0.93, 0.92]) if not sheet.worn else _tint(random)
    face = np.empty((floor.height, floor.width, 3), dtype=np.float32)
    face[:] = tint
    if not sheet.worn:
        return face
    face *= 1 + random.uniform(0, 0.03) * noise(floor, random, 60)[..., None]
    if random.random() < 0.3:
        # A crease parts the sheet into a lighter and a darker half.
        along = random.uniform(0.3, 0.7)
        half = convex(floor, _part(sheet.corners, (0, 0, 1, along)))
        face *= 1 - random.uniform(0.01, 0.06) * half[..., None]
    if random.random() < 0.3:
        ink = random.uniform(0.0, 0.5, 3)
        for _ in range(int(random.integers(1, 12))):
            start = _part(sheet.corners, tuple(random.uniform(0.05, 0.5, 4)))[0]
            face = words(face, floor, random, start, ink, (0.1, 0.3))
    return face


def _tint(random: Random) -> NDArray[np.float64]:
    return random.uniform(0.78, 0.97) * (1 + random.normal(0, 0.02, 3))


def _card(floor: Floor, corners: NDArray[np.float64], random: Random) -> Picture:
    """Draw a bank or member's card: one or two colours, a stripe or chip, some letters."""
    colour = np.clip(random.uniform(0.05, 0.95) + random.normal(0, 0.2, 3), 0.02, 0.97)
    face = np.empty((floor.height, floor.width, 3), dtype=np.float32)
    face[:] = colour
    if random.random() < 0.4:
        other = np.clip(colour + random.normal(0, 0.25, 3), 0.02, 0.97)
        box = (0.0, random.uniform(0, 0.6), 1.0, 1.0)
        face = cover(face, convex(floor, _part(corners, box)), other)
    kind = random.integers(0, 4)
    if kind == 0:
        face = cover(face, convex(floor, _part(corners, (0, 0.1, 1, 0.33))), np.full(3, 0.06))
    elif kind == 1:
        gold = np.array([0.8, 0.68, 0.35]) * random.uniform(0.7, 1.1)
        face = cover(face, convex(floor, _part(corners, (0.1, 0.35, 0.25, 0.55))), gold)
    elif kind == 2:
        box = (0.06, 0.2, 0.34, 0.85)
        face = cover(face, convex(floor, _part(corners, box)), random.uniform(0.2, 0.9, 3))
    ink = np.clip(colour + random.choice((-0.5, 0.5)), 0, 1)
    for _ in range(int(random.integers(0, 5))):
        start = _part(corners, tuple(random.uniform(0.1, 0.6, 4)))[0]
        face = words(face, floor, random, start, ink, (0.08, 0.2))
    return face


def _part(corners: NDArray[np.float64], box: tuple[float, ...]) -> NDArray[np.float64]:
    """Corners of a part of a quadrilateral: left, top, right, bottom as shares of its sides."""
    left, top, right, bottom = box
    places = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    return np.asarray(corners[0] + places[:, :1] * across + places[:, 1:] * down)


def _rounded(corners: NDArray[np.float64], floor: Floor) -> NDArray[np.float64]:
    """Outline of a card with its round corners, floor pixels."""
    radius = CORNER_RADIUS_MM * floor.scale
    points = []
    for number in range(4):
        here = corners[number]
        before, after = corners[number - 1] - here, corners[(number + 1) % 4] - here
        before, after = before / np.hypot(*before), after / np.hypot(*after)
        centre = here + radius * (before + after)
        angles = np.linspace(0, np.pi / 2, 6)[:, None]
        points.append(centre - radius * (np.cos(angles) * after + np.sin(angles) * before))
    return np.concatenate(points)
