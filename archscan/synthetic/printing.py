"""What stands printed and written on ink sheets."""

from __future__ import annotations

import numpy as np

from archscan.synthetic.drawing import Coverage, bar, cover, words
from archscan.synthetic.floors import Floor, Picture, Random


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
        picture = cover(picture, bar(floor, centre, (random.uniform(90, 150), 6), 0), ink)
        above = centre - np.array([0, 14 * floor.scale])
        picture = words(picture, floor, random, above, ink)
        if random.random() < 0.7:
            line = bar(
                floor,
                middle + np.array([side * random.uniform(5, 20) * floor.scale, 0]),
                (0.8, 330),
                0,
            )
            picture = cover(picture, line * 0.8, ink)
        for _ in range(int(random.integers(0, 4))):
            place = (
                middle
                + np.array([side * random.uniform(50, 140), random.uniform(-150, 160)])
                * floor.scale
            )
            tick = bar(
                floor,
                place,
                (random.uniform(20, 60), random.uniform(1, 3.5)),
                random.normal(0, 0.1),
            )
            picture = cover(picture, tick * 0.85, np.array([0.2, 0.2, 0.22]))
    if random.random() < 0.5:
        picture = words(picture, floor, random, middle + np.array([-120, 180]) * floor.scale, ink)
    return picture


def pen_marks(floor: Floor, random: Random) -> Coverage:
    """Draw what somebody measured with a pen: ticks and lines, also across the print.

    Parameters
    ----------
    floor
        Size and scale.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)`` covered share.
    """
    drawn = np.zeros((floor.height, floor.width), dtype=np.float32)
    middle = np.array([floor.width, floor.height]) / 2
    for _ in range(int(random.integers(1, 7))):
        where = middle + random.uniform(-130, 130, 2) * floor.scale
        # Along the foot or across it, rarely askew.
        angle = random.choice([0.0, np.pi / 2]) + random.normal(0, 0.12)
        size = (random.uniform(0.4, 1.4), random.choice([8.0, 40.0, 130.0, 280.0]))
        drawn = np.maximum(drawn, bar(floor, where, size, angle))
    return drawn
