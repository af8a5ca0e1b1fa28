"""Wet marks that are no print: drops, spills, shoes, hands, paws."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.drawing import ahead, bar, blank, disc, distance, place
from archscan.synthetic.floors import Floor, Random, noise


def drops(floor: Floor, random: Random, count: int) -> NDArray[np.float32]:
    """Draw spatter, drips and puddles.

    Parameters
    ----------
    floor
        Size and scale.
    random
        Source.
    count
        How many drops.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)`` signed distance in millimetres, negative where wet.
    """
    wet = np.zeros((floor.height, floor.width), dtype=np.uint8)
    for _ in range(count):
        centre = tuple(int(v) for v in place(floor, random))
        radius = max(1.0, random.lognormal(1.0, 0.6) * floor.scale)
        axes = (max(1, int(radius)), max(1, int(radius * random.uniform(0.6, 1.4))))
        cv2.ellipse(wet, centre, axes, float(random.uniform(0, 180)), 0, 360, 255, -1)
    return distance(wet, floor)


def no_print(floor: Floor, random: Random) -> NDArray[np.float32]:
    """Draw a wet mark that is no bare foot's print.

    Parameters
    ----------
    floor
        Size and scale.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)`` signed distance in millimetres, negative where wet.
    """
    kinds = (_spill, _shoe, _hand, _paw, _strokes, _ring, _box)
    return kinds[int(random.integers(0, len(kinds)))](floor, random)


def _spill(floor: Floor, random: Random) -> NDArray[np.float32]:
    wet = blank(floor)
    disc(
        wet,
        place(floor, random, 0.15),
        (random.uniform(40, 130) * floor.scale, random.uniform(30, 120) * floor.scale),
        random.uniform(0, 3),
    )
    rough = noise(floor, random, 60) * 18 + noise(floor, random, 18) * 6
    return np.asarray(distance(wet, floor) + rough, dtype=np.float32)


def _shoe(floor: Floor, random: Random) -> NDArray[np.float32]:
    """Draw a shoe sole: an outline with a tread."""
    angle = random.uniform(0, 2 * np.pi)
    forward = ahead(angle) * floor.scale
    middle = place(floor, random, 0.12)
    wet = blank(floor)
    disc(wet, middle + 65 * forward, (46 * floor.scale, 75 * floor.scale), angle)
    disc(wet, middle - 85 * forward, (33 * floor.scale, 50 * floor.scale), angle)
    disc(wet, middle - 20 * forward, (29 * floor.scale, 70 * floor.scale), angle)
    y, x = np.mgrid[: floor.height, : floor.width].astype(np.float32)
    along = (x * forward[0] + y * forward[1]) / floor.scale**2
    across = (x * forward[1] - y * forward[0]) / floor.scale**2
    pitch = random.uniform(8, 22)
    wave = along + random.uniform(0, 6) * np.sin(across * 2 * np.pi / random.uniform(12, 40))
    groove = np.abs((wave % pitch) - pitch / 2) < random.uniform(0.12, 0.3) * pitch
    if random.random() < 0.4:
        groove |= np.abs((across % pitch) - pitch / 2) < 0.2 * pitch
    wet[groove] = 0
    return distance(wet, floor)


def _hand(floor: Floor, random: Random) -> NDArray[np.float32]:
    wet = blank(floor)
    angle = random.uniform(0, 2 * np.pi)
    middle = place(floor, random, 0.2)
    disc(wet, middle, (42 * floor.scale, 46 * floor.scale), angle)
    for spread, reach in zip((-65, -22, -5, 12, 30), (62, 95, 102, 96, 82), strict=True):
        way = angle + np.deg2rad(spread + random.normal(0, 4))
        forward = ahead(way) * floor.scale
        for start, end in ((0.45, 0.72), (0.74, 1.0)):
            a, b = middle + forward * reach * start, middle + forward * reach * end
            points = (tuple(int(v) for v in a), tuple(int(v) for v in b))
            cv2.line(wet, *points, 255, max(1, int(15 * floor.scale)))
    return distance(wet, floor)


def _paw(floor: Floor, random: Random) -> NDArray[np.float32]:
    wet = blank(floor)
    size = random.uniform(0.5, 2.0) * floor.scale
    for _ in range(int(random.integers(1, 5))):
        angle = random.uniform(0, 2 * np.pi)
        middle = place(floor, random, 0.35)
        disc(wet, middle, (20 * size, 16 * size), angle)
        for spread in (-55, -18, 18, 55):
            way = angle + np.deg2rad(spread)
            disc(
                wet,
                middle + ahead(way) * 32 * size,
                (7 * size, 10 * size),
                way,
            )
    return distance(wet, floor)


def _strokes(floor: Floor, random: Random) -> NDArray[np.float32]:
    """Draw a wet cloth over the floor."""
    wet = blank(floor)
    for _ in range(int(random.integers(1, 4))):
        points = np.cumsum(random.normal(0, 60 * floor.scale, (4, 2)), axis=0) + place(
            floor, random, 0.3
        )
        width = max(1, int(random.uniform(20, 90) * floor.scale))
        cv2.polylines(wet, [np.rint(points).astype(np.int32)], False, 255, width)
    return np.asarray(distance(wet, floor) + 4 * noise(floor, random, 12), dtype=np.float32)


def _ring(floor: Floor, random: Random) -> NDArray[np.float32]:
    wet = blank(floor)
    for _ in range(int(random.integers(1, 5))):
        centre = tuple(int(v) for v in place(floor, random))
        radius = max(2, int(random.uniform(25, 60) * floor.scale))
        cv2.circle(
            wet, centre, radius, 255, -1 if random.random() < 0.4 else max(1, int(4 * floor.scale))
        )
    return distance(wet, floor)


def _box(floor: Floor, random: Random) -> NDArray[np.float32]:
    """Draw what a wet box, brick or board leaves."""
    share = bar(
        floor,
        place(floor, random, 0.2),
        (random.uniform(60, 130), random.uniform(120, 280)),
        random.uniform(0, 3),
    )
    return distance((share > 0.5).astype(np.uint8) * 255, floor)
