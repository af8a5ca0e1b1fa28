"""What years and neighbours do to a floor: blotches, streaks and specks, and where it ends."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.drawing import ahead, cover
from archscan.synthetic.floors import SURFACES, Floor, Picture, Random, noise

BLOTCH_MM = (8.0, 90.0)
STREAK_MM = (0.8, 5.0)
SPECK_MM = (0.7, 5.0)

PASSES_WITHIN = 0.45
"""How far from the middle a floor may end, as a share of its shorter side."""


def worn(picture: Picture, floor: Floor, strength: float, random: Random) -> Picture:
    """Stain, streak and speckle a floor: its brightness and a little of its colour.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)``, 0 to 1.
    floor
        Size and scale.
    strength
        Standard deviation of what it does, as a share of the brightness.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``.
    """
    kinds = (_blotches, _stains, _streaks, _specks)
    count = int(random.integers(1, 3))
    total = np.zeros(picture.shape[:2], dtype=np.float32)
    for number in random.choice(len(kinds), count, replace=False):
        total += kinds[int(number)](floor, random)
    tint = 1 + random.normal(0, 0.15, 3).astype(np.float32)
    change = np.clip(1 + strength / np.sqrt(count) * total[..., None] * tint, 0.3, 1.8)
    return np.asarray(picture * change, dtype=np.float32)


def _blotches(floor: Floor, random: Random) -> Picture:
    """Dirt and fading, without an edge."""
    size = float(np.exp(random.uniform(*np.log(BLOTCH_MM))))
    drawn = noise(floor, random, size) + 0.6 * noise(floor, random, size / 3)
    return np.asarray(drawn, dtype=np.float32)


def _stains(floor: Floor, random: Random) -> Picture:
    """Dried spills: blotches with an edge, most of it dark."""
    size = float(np.exp(random.uniform(*np.log(BLOTCH_MM))))
    field = noise(floor, random, size) + 0.5 * noise(floor, random, size / 4)
    share = np.clip((field - random.uniform(0.2, 1.2)) * random.uniform(2, 12), 0, 1)
    return np.asarray(-2.5 * share, dtype=np.float32)


def _streaks(floor: Floor, random: Random) -> Picture:
    """Grain, brush strokes, scratches: fine across, long along."""
    across = float(np.exp(random.uniform(*np.log(STREAK_MM))))
    along = across * random.uniform(8, 60)
    sizes = (across, along) if random.random() < 0.5 else (along, across)
    drawn = noise(floor, random, *sizes)
    if random.random() < 0.5:
        drawn = np.asarray(np.minimum(drawn, 0) * 1.6, dtype=np.float32)
    return drawn


def _specks(floor: Floor, random: Random) -> Picture:
    """Gravel, mottled stone, carpet pile."""
    size = float(np.exp(random.uniform(*np.log(SPECK_MM))))
    drawn = noise(floor, random, size)
    if random.random() < 0.5:
        drawn = np.asarray(1.4 * np.tanh(random.uniform(1, 5) * drawn), dtype=np.float32)
    return drawn


def bordered(picture: Picture, floor: Floor, neighbour: str, random: Random) -> Picture:
    """Let the floor end at a straight edge: a flap of the box, a carpet, a threshold.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)``, 0 to 1.
    floor
        Size and scale.
    neighbour
        Name in :data:`~archscan.synthetic.floors.SURFACES` of what lies beyond.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``.
    """
    beyond = SURFACES[neighbour].draw(floor, random)[..., :3] * random.uniform(0.6, 1.2)
    way = ahead(random.uniform(0, 2 * np.pi))
    away = random.uniform(0.12, PASSES_WITHIN) * min(floor.width, floor.height) / floor.scale
    past = _past(floor, way) - away
    bend = random.uniform(0, 6) if random.random() < 0.3 else 0.0
    if bend:
        past = past + bend * noise(floor, random, 60)
    edge = max(0.4, 0.7 / floor.scale)
    share = np.clip(past / edge + 0.5, 0, 1)
    joined = cover(picture, share, beyond)
    gap = random.uniform(0.5, 8)
    dark = np.exp(-((past / gap) ** 2)) * random.uniform(0, 0.6)
    if random.random() < 0.5:
        # A thing that lies on the floor throws its shadow to one side only.
        dark = dark * (past < 0)
    return np.asarray(joined * (1 - dark[..., None]), dtype=np.float32)


def _past(floor: Floor, way: NDArray[np.float64]) -> Picture:
    """Distance from the floor's middle along a direction, millimetres."""
    x = (np.arange(floor.width, dtype=np.float32) - floor.width / 2) / floor.scale
    y = (np.arange(floor.height, dtype=np.float32) - floor.height / 2) / floor.scale
    return np.asarray(way[0] * x[None, :] + way[1] * y[:, None], dtype=np.float32)


def glare(picture: Picture, strength: float, random: Random) -> Picture:
    """Mirror a lamp or a window in a glossy floor.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)`` as the camera sees it.
    strength
        Brightness added at most, display units.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``.
    """
    height, width = picture.shape[:2]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] - random.uniform(-0.9, 0.9)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :] - random.uniform(-0.9, 0.9)
    angle = random.uniform(0, np.pi)
    u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    long, short = random.uniform(0.1, 0.7), random.uniform(0.05, 0.35)
    if random.random() < 0.6:
        spot = np.exp(-((u / long) ** 2) - (v / short) ** 2)
    else:
        soft = random.uniform(0.02, 0.15)
        far = np.maximum(np.abs(u) - long, np.abs(v) - short) / soft
        spot = 1 / (1 + np.exp(np.clip(far, -30, 30)))
    if random.random() < 0.4:
        # What is rough scatters it.
        grid = random.standard_normal((24, 18)).astype(np.float32)
        uneven = np.asarray(cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC))
        spot = spot * np.clip(1 + 0.5 * uneven, 0, 2)
    return np.asarray(picture + strength * spot[..., None].astype(np.float32), dtype=np.float32)
