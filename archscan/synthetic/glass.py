"""A lit glass plate seen from below: dark, with somebody standing on it."""

from __future__ import annotations

import cv2
import numpy as np

from archscan.synthetic.floors import Floor, Picture, Random, noise


def glass(floor: Floor, random: Random) -> Picture:
    """Draw what is seen through the plate where nothing touches it.

    Parameters
    ----------
    floor
        Size and scale.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``, dark: legs and folds of clothes in the dim, a second
        pane, edges that catch the light.
    """
    picture = _dark(floor, random, random.uniform(0.02, 0.10))
    if random.random() < 0.4:
        beyond = int(random.uniform(0.3, 0.7) * floor.width)
        picture[:, beyond:] = _dark(floor, random, random.uniform(0.02, 0.14))[:, beyond:]
    if random.random() < 0.6:
        for _ in range(int(random.integers(1, 4))):
            picture = _limb(picture, floor, random)
    if random.random() < 0.5:
        for _ in range(int(random.integers(1, 5))):
            picture = _glint(picture, floor, random)
    return np.asarray(picture, dtype=np.float32)


def _dark(floor: Floor, random: Random, level: float) -> Picture:
    tint = random.uniform(0.4, 1.4, 3).astype(np.float32)
    clouds = 1 + 0.35 * noise(floor, random, 80) + 0.15 * noise(floor, random, 15)
    return np.asarray(np.clip(level * clouds, 0.003, 0.4)[..., None] * tint, dtype=np.float32)


def _limb(picture: Picture, floor: Floor, random: Random) -> Picture:
    """Lay a leg or a sleeve in the dim behind the glass: darker or lighter, with folds."""
    size = np.array([floor.width, floor.height])
    start = random.uniform(-0.1, 1.1, 2) * size
    end = start + random.normal(0, 0.6, 2) * size
    bend = (start + end) / 2 + random.normal(0, 0.15, 2) * size
    drawn = np.zeros((floor.height, floor.width), dtype=np.uint8)
    width = max(2, int(random.uniform(25, 120) * floor.scale))
    points = np.rint(np.stack([start, bend, end])).astype(np.int32)
    cv2.polylines(drawn, [points], False, 255, width, cv2.LINE_AA)
    soft = max(0.6, random.uniform(0.5, 6) * floor.scale)
    share = cv2.GaussianBlur(drawn.astype(np.float32) / 255, (0, 0), soft)[..., None]
    folds = 1 + 0.3 * noise(floor, random, 12, 60) + 0.15 * noise(floor, random, 4)
    colour = random.uniform(0.01, 0.16) * random.uniform(0.5, 1.5, 3)
    limb = np.clip(folds, 0.2, 2)[..., None] * colour.astype(np.float32)
    return np.asarray(picture * (1 - share) + share * limb, dtype=np.float32)


def _glint(picture: Picture, floor: Floor, random: Random) -> Picture:
    """Draw a thin line that catches the light."""
    start = random.uniform(0, 1, 2) * (floor.width, floor.height)
    heading = random.uniform(0, 2 * np.pi) + np.cumsum(random.normal(0, 0.2, 12))
    step = random.uniform(4, 20) * floor.scale
    points = start + np.cumsum(np.stack([np.cos(heading), np.sin(heading)], axis=1) * step, axis=0)
    drawn = np.zeros((floor.height, floor.width), dtype=np.uint8)
    width = max(1, round(random.uniform(0.4, 2.0) * floor.scale))
    cv2.polylines(drawn, [np.rint(points).astype(np.int32)], False, 255, width, cv2.LINE_AA)
    share = random.uniform(0.2, 0.9) * drawn.astype(np.float32)[..., None] / 255
    colour = random.uniform(0.1, 0.7) * random.uniform(0.7, 1.2, 3).astype(np.float32)
    return np.asarray(picture * (1 - share) + share * colour, dtype=np.float32)
