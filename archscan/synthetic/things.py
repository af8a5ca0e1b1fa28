"""Things that lie or stand about: small clutter, sheets, feet, shoes, hands, leaves."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.drawing import (
    Coverage,
    ahead,
    bar,
    blank,
    cover,
    disc,
    place,
    share_of,
    words,
)
from archscan.synthetic.floors import Floor, Picture, Random, noise

SKIN = ((0.92, 0.76, 0.65), (0.80, 0.60, 0.47), (0.62, 0.43, 0.32), (0.40, 0.27, 0.20))
"""Skin from pale to dark."""

LARGE_SHARE = 0.3
"""Share of clutter that is a foot, a shoe, a hand, a leaf or a book."""


def scatter(
    picture: Picture, floor: Floor, random: Random, count: int, clear: NDArray[np.bool_]
) -> Picture:
    """Lay things about.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)`` the floor.
    floor
        Its size and scale.
    random
        Source.
    count
        How many things.
    clear
        ``bool (h, w)`` where nothing may lie; what would is left out.

    Returns
    -------
    numpy.ndarray
        The floor with the things, each with a faint shadow.
    """
    for _ in range(count):
        middle = place(floor, random)
        share: Coverage
        colour: Picture
        if random.random() < LARGE_SHARE:
            share, colour = _large(floor, random, middle)
        else:
            share, colour = _small(floor, random, middle)
        if (share[clear] > 0).any():
            continue
        picture = _laid(picture, floor, share, colour)
    return picture


def stand_in(picture: Picture, floor: Floor, random: Random) -> Picture:
    """Put things in the middle of the photo that are no print.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)`` the floor.
    floor
        Its size and scale.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        The floor with one to three large things, or a written page.
    """
    if random.random() < 0.12:
        ink = random.uniform(0.0, 0.35, 3)
        for _ in range(int(random.integers(4, 16))):
            start = place(floor, random, 0.35) - np.array([60 * floor.scale, 0])
            picture = words(picture, floor, random, start, ink, (0.2, 1.6))
        return picture
    for _ in range(int(random.integers(1, 4))):
        share, colour = _large(floor, random, place(floor, random, 0.2))
        picture = _laid(picture, floor, share, colour)
    return picture


def _laid(picture: Picture, floor: Floor, share: Coverage, colour: NDArray[np.floating]) -> Picture:
    shadow = cv2.GaussianBlur(share, (0, 0), max(0.5, 3 * floor.scale))
    return cover(picture * (1 - 0.25 * shadow[..., None]), share, colour)


def _small(
    floor: Floor, random: Random, middle: NDArray[np.float64]
) -> tuple[Coverage, NDArray[np.float64]]:
    """Coin, pen, tape, scrap or cable."""
    angle = random.uniform(0, np.pi)
    colour = random.uniform(0.1, 0.9, 3)
    kind = random.integers(0, 5)
    if kind == 0:
        layer = blank(floor)
        radius = random.uniform(9, 13) * floor.scale
        disc(layer, middle, (radius, radius), 0.0)
        return share_of(layer), np.array([0.7, 0.6, 0.4]) * random.uniform(0.6, 1.1)
    if kind == 1:
        return bar(floor, middle, (random.uniform(120, 160), random.uniform(7, 11)), angle), colour
    if kind == 2:
        size = (random.uniform(60, 250), random.uniform(15, 50))
        return 0.7 * bar(floor, middle, size, angle), colour
    if kind == 3:
        size = (random.uniform(60, 160), random.uniform(50, 110))
        return bar(floor, middle, size, angle), colour
    points = np.cumsum(random.normal(0, 25 * floor.scale, (6, 2)), axis=0) + middle
    line = blank(floor)
    width = max(1, round(random.uniform(2, 6) * floor.scale))
    cv2.polylines(line, [np.rint(points).astype(np.int32)], False, 255, width, cv2.LINE_AA)
    return share_of(line), colour


def _large(
    floor: Floor, random: Random, middle: NDArray[np.float64]
) -> tuple[Coverage, NDArray[np.float32]]:
    kinds = (_bare_foot, _bare_foot, _shoe, _shoe, _hand, _leaf, _book, _cloth)
    return kinds[int(random.integers(0, len(kinds)))](floor, random, middle)


def _rounded(layer: NDArray[np.uint8], floor: Floor, depth_mm: float) -> Picture:
    """Shade 0.6 at a shape's edge to 1 inside, as something round is lit."""
    solid = (layer > 127).astype(np.uint8)
    inside = cv2.distanceTransform(solid, cv2.DIST_L2, 3) / floor.scale
    return np.asarray(0.6 + 0.4 * np.clip(inside / depth_mm, 0, 1), dtype=np.float32)


def _filled(floor: Floor, shade: Picture, colour: NDArray[np.floating]) -> NDArray[np.float32]:
    assert shade.shape == (floor.height, floor.width)  # noqa: S101 - one shade a pixel
    return np.asarray(shade[..., None] * colour.astype(np.float32), dtype=np.float32)


def _skin(random: Random) -> NDArray[np.float64]:
    tone = np.array(SKIN[int(random.integers(0, len(SKIN)))])
    return np.asarray(tone * random.uniform(0.85, 1.1))


def _bare_foot(
    floor: Floor, random: Random, middle: NDArray[np.float64]
) -> tuple[Coverage, NDArray[np.float32]]:
    """Draw a foot seen from above with its leg, or its sole held up to the camera."""
    angle = random.uniform(0, 2 * np.pi)
    way, side = ahead(angle), ahead(angle + np.pi / 2) * random.choice((-1, 1))
    unit = random.uniform(0.8, 1.1) * floor.scale
    layer, nails = blank(floor), blank(floor)
    for along, across, wide, tall in (
        (-85.0, 0.0, 33.0, 38.0), (-45, -3, 35.0, 55.0), (0, -2, 41.0, 60.0), (42, 0, 47.0, 42.0),
    ):  # fmt: skip
        disc(
            layer, middle + (along * way + across * side) * unit, (wide * unit, tall * unit), angle
        )
    sole_up = random.random() < 0.4
    pads = blank(floor)
    toes = ((30, 88, 14), (8, 92, 9.5), (-9, 87, 9), (-24, 79, 8.5), (-37, 69, 8.5))
    for across, along, wide in toes:
        tip = middle + (along * way + across * side) * unit
        disc(layer, tip, (wide * unit, 1.7 * wide * unit), angle)
        disc(pads, tip, (0.8 * wide * unit, wide * unit), angle)
        disc(nails, tip + 0.9 * wide * way * unit, (0.5 * wide * unit, 0.5 * wide * unit), angle)
    skin = _skin(random)
    leg = blank(floor)
    if not sole_up:
        # The leg stands up from the ankle and leans out of the photo.
        start, end = middle - 70 * way * unit, middle - random.uniform(150, 400) * way * unit
        points = [tuple(int(v) for v in point) for point in (start, end)]
        cv2.line(leg, points[0], points[1], 255, max(1, int(75 * unit)), cv2.LINE_AA)
    shade = _rounded(np.maximum(layer, leg), floor, random.uniform(8, 25))
    shade = shade * (1 + 0.05 * noise(floor, random, 12))
    colour = _filled(floor, shade, skin)
    if sole_up:
        disc(pads, middle - 85 * way * unit, (25 * unit, 30 * unit), angle)
        disc(pads, middle + 42 * way * unit, (40 * unit, 26 * unit), angle)
        soft = cv2.GaussianBlur(share_of(pads), (0, 0), max(0.5, 5 * floor.scale))
        colour = cover(colour, 0.5 * soft, skin * np.array([1.05, 0.85, 0.8]))
    elif random.random() < 0.7:
        colour = cover(colour, 0.6 * share_of(nails), np.minimum(1, skin * 1.25))
    if not sole_up and random.random() < 0.6:
        colour = cover(colour, share_of(leg), random.uniform(0.05, 0.6, 3))
    return share_of(np.maximum(layer, leg)), colour


def _shoe(
    floor: Floor, random: Random, middle: NDArray[np.float64]
) -> tuple[Coverage, NDArray[np.float32]]:
    """Draw a shoe from above, its tread, or an insole."""
    angle = random.uniform(0, 2 * np.pi)
    way, side = ahead(angle), ahead(angle + np.pi / 2) * random.choice((-1, 1))
    unit = random.uniform(0.8, 1.15) * floor.scale
    layer, inner = blank(floor), blank(floor)
    waist = random.uniform(24, 38)
    for along, across, wide, tall in (
        (-90, 0, 34, 48), (-30, -4, waist, 70), (30, 2, 45, 60), (70, 4, 41, 65),
    ):  # fmt: skip
        at = middle + (along * way + across * side) * unit
        disc(layer, at, (wide * unit, tall * unit), angle)
        disc(inner, at, (0.85 * wide * unit, 0.85 * tall * unit), angle)
    colour = np.clip(random.uniform(0.05, 0.95) + random.normal(0, 0.15, 3), 0.03, 0.97)
    shade = _rounded(layer, floor, random.uniform(3, 15))
    kind = random.integers(0, 3)
    if kind == 0:
        y, x = np.mgrid[: floor.height, : floor.width].astype(np.float32)
        along_mm = (x * way[0] + y * way[1]) / floor.scale
        across_mm = (x * side[0] + y * side[1]) / floor.scale
        pitch = random.uniform(6, 20)
        wave = along_mm + random.uniform(0, 5) * np.sin(across_mm * 2 * np.pi / 25)
        shade = shade * (1 - 0.5 * (np.abs(wave % pitch - pitch / 2) < 0.2 * pitch))
    elif kind == 1:
        shade = shade * (1 + 0.04 * noise(floor, random, 1.2))
    painted = _filled(floor, shade, colour)
    if random.random() < 0.5:
        other = np.clip(colour + random.normal(0, 0.25, 3), 0.03, 0.97)
        painted = cover(painted, share_of(inner), _filled(floor, shade, other))
    if random.random() < 0.4:
        painted = words(painted, floor, random, middle - 25 * side * unit, 1 - colour, (0.3, 0.8))
    return share_of(layer), np.asarray(painted, dtype=np.float32)


def _hand(
    floor: Floor, random: Random, middle: NDArray[np.float64]
) -> tuple[Coverage, NDArray[np.float32]]:
    angle = random.uniform(0, 2 * np.pi)
    layer = blank(floor)
    disc(layer, middle, (42 * floor.scale, 50 * floor.scale), angle)
    spreads, reaches = (-65, -22, -5, 12, 30), (62, 95, 102, 96, 82)
    for spread, reach in zip(spreads, reaches, strict=True):
        tip = middle + ahead(angle + np.deg2rad(spread)) * reach * floor.scale
        points = [tuple(int(v) for v in point) for point in (middle, tip)]
        cv2.line(layer, points[0], points[1], 255, max(1, int(17 * floor.scale)), cv2.LINE_AA)
    wrist = middle - ahead(angle) * random.uniform(80, 300) * floor.scale
    points = [tuple(int(v) for v in point) for point in (middle, wrist)]
    cv2.line(layer, points[0], points[1], 255, max(1, int(55 * floor.scale)), cv2.LINE_AA)
    return share_of(layer), _filled(floor, _rounded(layer, floor, 9), _skin(random))


def _leaf(
    floor: Floor, random: Random, middle: NDArray[np.float64]
) -> tuple[Coverage, NDArray[np.float32]]:
    angles = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    lobes = int(random.integers(1, 7))
    edge = 1 + random.uniform(0, 0.4) * np.cos(lobes * angles) ** 3
    size = random.uniform(15, 90) * floor.scale
    slim = random.uniform(0.35, 0.9)
    turn = random.uniform(0, 2 * np.pi)
    points = np.stack([slim * np.cos(angles), np.sin(angles)], axis=1) * edge[:, None] * size
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    layer = blank(floor)
    outline = np.rint(points @ rotation + middle).astype(np.int32)
    cv2.fillPoly(layer, [outline], 255, cv2.LINE_AA)
    tints = ((0.3, 0.45, 0.15), (0.55, 0.4, 0.15), (0.45, 0.2, 0.1), (0.6, 0.55, 0.2))
    colour = np.array(tints[int(random.integers(0, 4))]) * random.uniform(0.6, 1.2)
    shade = 1 + 0.12 * noise(floor, random, 6)
    return share_of(layer), _filled(floor, shade, colour)


def _book(
    floor: Floor, random: Random, middle: NDArray[np.float64]
) -> tuple[Coverage, NDArray[np.float32]]:
    """Draw a book, a phone or a printed page."""
    size = (random.uniform(70, 200), random.uniform(100, 280))
    angle = random.uniform(0, np.pi)
    colour = random.uniform(0.05, 0.95, 3)
    painted = _filled(floor, np.ones((floor.height, floor.width), dtype=np.float32), colour)
    ink = np.clip(colour + random.choice((-0.5, 0.5)), 0, 1)
    for _ in range(int(random.integers(0, 8))):
        start = middle + random.uniform(-0.4, 0.2, 2) * np.array(size) * floor.scale
        painted = words(painted, floor, random, start, ink, (0.1, 0.6))
    return bar(floor, middle, size, angle), np.asarray(painted, dtype=np.float32)


def _cloth(
    floor: Floor, random: Random, middle: NDArray[np.float64]
) -> tuple[Coverage, NDArray[np.float32]]:
    """Draw a rag, a stone, a puddle of paint: something without a form."""
    layer = blank(floor)
    size = random.uniform(20, 110, 2) * floor.scale
    disc(layer, middle, (float(size[0]), float(size[1])), random.uniform(0, np.pi))
    solid = (layer > 127).astype(np.uint8)
    far = cv2.distanceTransform(solid, cv2.DIST_L2, 3) - cv2.distanceTransform(
        1 - solid, cv2.DIST_L2, 3
    )
    rough = far / floor.scale + 12 * noise(floor, random, 35) + 4 * noise(floor, random, 9)
    share = np.clip(0.5 + rough * floor.scale, 0, 1).astype(np.float32)
    shade = 1 + random.uniform(0.03, 0.2) * noise(floor, random, 14)
    return share, _filled(floor, shade, random.uniform(0.05, 0.95, 3))
