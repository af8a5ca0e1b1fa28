"""Things on the floor that are no print, and what is printed on ink sheets."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.floors import Floor, Picture, Random, noise

Coverage = Picture


def _place(floor: Floor, random: Random, spread: float = 0.45) -> NDArray[np.float64]:
    size = np.array([floor.width, floor.height])
    return np.asarray(size / 2 + random.uniform(-spread, spread, 2) * size)


def _polygon(floor: Floor, points: NDArray[np.float64]) -> Coverage:
    drawn = np.zeros((floor.height, floor.width), dtype=np.uint8)
    cv2.fillPoly(drawn, [np.rint(points * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return drawn.astype(np.float32) / 255


def _bar(
    floor: Floor, middle: NDArray[np.float64], size_mm: tuple[float, float], angle: float
) -> Coverage:
    half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array(size_mm) / 2 * floor.scale
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return _polygon(floor, half @ turn + middle)


def _cover(picture: Picture, coverage: Coverage, colour: NDArray[np.float64]) -> Picture:
    share = coverage[..., None]
    return np.asarray(picture * (1 - share) + share * colour.astype(np.float32), dtype=np.float32)


def scatter(
    picture: Picture, floor: Floor, random: Random, count: int, clear: NDArray[np.bool_]
) -> Picture:
    """Lay coins, pens, tape, cables and scraps about.

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
        middle = _place(floor, random)
        angle = random.uniform(0, np.pi)
        kind = random.integers(0, 5)
        share: Coverage
        colour = random.uniform(0.1, 0.9, 3)
        if kind == 0:
            coverage = np.zeros((floor.height, floor.width), dtype=np.uint8)
            radius = random.uniform(9, 13) * floor.scale
            cv2.circle(coverage, tuple(int(v) for v in middle), int(radius), 255, -1, cv2.LINE_AA)
            share = coverage.astype(np.float32) / 255
            colour = np.array([0.7, 0.6, 0.4]) * random.uniform(0.6, 1.1)
        elif kind == 1:
            share = _bar(floor, middle, (random.uniform(120, 160), random.uniform(7, 11)), angle)
        elif kind == 2:
            share = 0.7 * _bar(
                floor, middle, (random.uniform(60, 250), random.uniform(15, 50)), angle
            )
        elif kind == 3:
            share = _bar(floor, middle, (random.uniform(60, 160), random.uniform(50, 110)), angle)
        else:
            points = np.cumsum(random.normal(0, 25 * floor.scale, (6, 2)), axis=0) + middle
            line = np.zeros((floor.height, floor.width), dtype=np.uint8)
            width = max(1, round(random.uniform(2, 6) * floor.scale))
            cv2.polylines(line, [np.rint(points).astype(np.int32)], False, 255, width, cv2.LINE_AA)
            share = line.astype(np.float32) / 255
        if (share[clear] > 0).any():
            continue
        shadow = cv2.GaussianBlur(share, (0, 0), max(0.5, 3 * floor.scale))
        picture = _cover(picture * (1 - 0.25 * shadow[..., None]), share, colour)
    return picture


def printed_sheet(picture: Picture, floor: Floor, random: Random) -> Picture:
    """Print what ink sheets carry: header bars, words, ruler ticks, lines.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)`` paper.
    floor
        Its size and scale.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        The printed paper.
    """
    ink = np.array(random.choice([(0.2, 0.45, 0.75), (0.15, 0.15, 0.18), (0.1, 0.35, 0.3)]))
    middle = np.array([floor.width, floor.height]) / 2
    top = middle - np.array([0, random.uniform(150, 190) * floor.scale])
    for side in (-1, 1):
        centre = top + np.array([side * random.uniform(70, 100) * floor.scale, 0])
        picture = _cover(picture, _bar(floor, centre, (random.uniform(90, 150), 6), 0), ink)
        above = centre - np.array([0, 14 * floor.scale])
        picture = _words(picture, floor, random, above, ink)
        if random.random() < 0.7:
            line = _bar(
                floor,
                middle + np.array([side * random.uniform(5, 20) * floor.scale, 0]),
                (0.8, 330),
                0,
            )
            picture = _cover(picture, line * 0.8, ink)
        for _ in range(int(random.integers(0, 4))):
            place = (
                middle
                + np.array([side * random.uniform(50, 140), random.uniform(-150, 160)])
                * floor.scale
            )
            tick = _bar(
                floor,
                place,
                (random.uniform(20, 60), random.uniform(1, 3.5)),
                random.normal(0, 0.1),
            )
            picture = _cover(picture, tick * 0.85, np.array([0.2, 0.2, 0.22]))
    if random.random() < 0.5:
        picture = _words(picture, floor, random, middle + np.array([-120, 180]) * floor.scale, ink)
    return picture


def _words(
    picture: Picture,
    floor: Floor,
    random: Random,
    place: NDArray[np.float64],
    ink: NDArray[np.float64],
) -> Picture:
    letters = "".join(random.choice(list("ABCDEFGHIKLMNOPRSTU aeiou"), int(random.integers(5, 18))))
    size = float(random.uniform(0.15, 0.4) * floor.scale)
    drawn = _blank(floor)
    origin = (int(place[0]), int(place[1]))
    font = cv2.FONT_HERSHEY_SIMPLEX
    cv2.putText(drawn, letters, origin, font, max(0.1, size), 255, max(1, round(size * 2)))
    return _cover(picture, drawn.astype(np.float32) / 255, ink)


def sheet_of_paper(picture: Picture, floor: Floor, corners: NDArray[np.float64]) -> Picture:
    """Lay a white sheet on the floor.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)`` the floor.
    floor
        Its size and scale.
    corners
        ``float (4, 2)`` in floor pixels.

    Returns
    -------
    numpy.ndarray
        The floor with the sheet and its thin shadow.
    """
    share = _polygon(floor, corners)
    shadow = cv2.GaussianBlur(share, (0, 0), max(0.5, 2.0 * floor.scale))
    return _cover(picture * (1 - 0.3 * shadow[..., None]), share, np.array([0.93, 0.93, 0.92]))


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
        centre = tuple(int(v) for v in _place(floor, random))
        radius = max(1.0, random.lognormal(1.0, 0.6) * floor.scale)
        axes = (max(1, int(radius)), max(1, int(radius * random.uniform(0.6, 1.4))))
        cv2.ellipse(wet, centre, axes, float(random.uniform(0, 180)), 0, 360, 255, -1)
    return _distance(wet, floor)


def _distance(wet: NDArray[np.uint8], floor: Floor) -> NDArray[np.float32]:
    inside = cv2.distanceTransform(wet, cv2.DIST_L2, 3)
    outside = cv2.distanceTransform(255 - wet, cv2.DIST_L2, 3)
    return np.asarray((outside - inside) / floor.scale, dtype=np.float32)


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


def _blank(floor: Floor) -> NDArray[np.uint8]:
    return np.zeros((floor.height, floor.width), dtype=np.uint8)


def _disc(
    wet: NDArray[np.uint8], centre: NDArray[np.float64], axes: tuple[float, float], angle: float
) -> None:
    sizes = (max(1, int(axes[0])), max(1, int(axes[1])))
    cv2.ellipse(
        wet, (int(centre[0]), int(centre[1])), sizes, float(np.rad2deg(angle)), 0, 360, 255, -1
    )


def _spill(floor: Floor, random: Random) -> NDArray[np.float32]:
    wet = _blank(floor)
    _disc(
        wet,
        _place(floor, random, 0.15),
        (random.uniform(40, 130) * floor.scale, random.uniform(30, 120) * floor.scale),
        random.uniform(0, 3),
    )
    rough = noise(floor, random, 60) * 18 + noise(floor, random, 18) * 6
    return np.asarray(_distance(wet, floor) + rough, dtype=np.float32)


def _shoe(floor: Floor, random: Random) -> NDArray[np.float32]:
    """Draw a shoe sole: an outline with a tread."""
    angle = random.uniform(0, 2 * np.pi)
    ahead = np.array([np.sin(angle), -np.cos(angle)]) * floor.scale
    middle = _place(floor, random, 0.12)
    wet = _blank(floor)
    _disc(wet, middle + 65 * ahead, (46 * floor.scale, 75 * floor.scale), angle)
    _disc(wet, middle - 85 * ahead, (33 * floor.scale, 50 * floor.scale), angle)
    _disc(wet, middle - 20 * ahead, (29 * floor.scale, 70 * floor.scale), angle)
    y, x = np.mgrid[: floor.height, : floor.width].astype(np.float32)
    along = (x * ahead[0] + y * ahead[1]) / floor.scale**2
    across = (x * ahead[1] - y * ahead[0]) / floor.scale**2
    pitch = random.uniform(8, 22)
    wave = along + random.uniform(0, 6) * np.sin(across * 2 * np.pi / random.uniform(12, 40))
    groove = np.abs((wave % pitch) - pitch / 2) < random.uniform(0.12, 0.3) * pitch
    if random.random() < 0.4:
        groove |= np.abs((across % pitch) - pitch / 2) < 0.2 * pitch
    wet[groove] = 0
    return _distance(wet, floor)


def _hand(floor: Floor, random: Random) -> NDArray[np.float32]:
    wet = _blank(floor)
    angle = random.uniform(0, 2 * np.pi)
    middle = _place(floor, random, 0.2)
    _disc(wet, middle, (42 * floor.scale, 46 * floor.scale), angle)
    for spread, reach in zip((-65, -22, -5, 12, 30), (62, 95, 102, 96, 82), strict=True):
        way = angle + np.deg2rad(spread + random.normal(0, 4))
        ahead = np.array([np.sin(way), -np.cos(way)]) * floor.scale
        for start, end in ((0.45, 0.72), (0.74, 1.0)):
            a, b = middle + ahead * reach * start, middle + ahead * reach * end
            points = (tuple(int(v) for v in a), tuple(int(v) for v in b))
            cv2.line(wet, *points, 255, max(1, int(15 * floor.scale)))
    return _distance(wet, floor)


def _paw(floor: Floor, random: Random) -> NDArray[np.float32]:
    wet = _blank(floor)
    size = random.uniform(0.5, 2.0) * floor.scale
    for _ in range(int(random.integers(1, 5))):
        angle = random.uniform(0, 2 * np.pi)
        middle = _place(floor, random, 0.35)
        _disc(wet, middle, (20 * size, 16 * size), angle)
        for spread in (-55, -18, 18, 55):
            way = angle + np.deg2rad(spread)
            _disc(
                wet,
                middle + np.array([np.sin(way), -np.cos(way)]) * 32 * size,
                (7 * size, 10 * size),
                way,
            )
    return _distance(wet, floor)


def _strokes(floor: Floor, random: Random) -> NDArray[np.float32]:
    """Draw a wet cloth over the floor."""
    wet = _blank(floor)
    for _ in range(int(random.integers(1, 4))):
        points = np.cumsum(random.normal(0, 60 * floor.scale, (4, 2)), axis=0) + _place(
            floor, random, 0.3
        )
        width = max(1, int(random.uniform(20, 90) * floor.scale))
        cv2.polylines(wet, [np.rint(points).astype(np.int32)], False, 255, width)
    return np.asarray(_distance(wet, floor) + 4 * noise(floor, random, 12), dtype=np.float32)


def _ring(floor: Floor, random: Random) -> NDArray[np.float32]:
    wet = _blank(floor)
    for _ in range(int(random.integers(1, 5))):
        centre = tuple(int(v) for v in _place(floor, random))
        radius = max(2, int(random.uniform(25, 60) * floor.scale))
        cv2.circle(
            wet, centre, radius, 255, -1 if random.random() < 0.4 else max(1, int(4 * floor.scale))
        )
    return _distance(wet, floor)


def _box(floor: Floor, random: Random) -> NDArray[np.float32]:
    """Draw what a wet box, brick or board leaves."""
    share = _bar(
        floor,
        _place(floor, random, 0.2),
        (random.uniform(60, 130), random.uniform(120, 280)),
        random.uniform(0, 3),
    )
    return _distance((share > 0.5).astype(np.uint8) * 255, floor)
