"""Surfaces to step on, drawn from our own noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.floating[Any]]
Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Floor:
    """A piece of floor seen straight from above.

    Attributes
    ----------
    height, width
        Pixels.
    scale
        Pixels a millimetre.
    """

    height: int
    width: int
    scale: float


def noise(floor: Floor, random: Random, across_mm: float, along_mm: float | None = None) -> Picture:
    """Smooth noise of one grain size.

    Parameters
    ----------
    floor
        Size and scale.
    random
        Source.
    across_mm, along_mm
        Grain size; ``along_mm`` (downwards) is the same unless given.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)``, mean 0, standard deviation about 1.
    """
    steps = (along_mm or across_mm, across_mm)
    sizes = (floor.height, floor.width)
    # Counted in whole centimetres and from a source of its own, so that the same scene
    # at another resolution gets the same grain and the same choices after it.
    coarse = [
        int(np.clip(np.ceil(10 * round(size / floor.scale / 10) / step) + 3, 4, 1500))
        for size, step in zip(sizes, steps, strict=True)
    ]
    own = np.random.default_rng(int(random.integers(2**63)))
    grid = own.standard_normal(coarse, dtype=np.float32) * 1.25
    drawn = cv2.resize(grid, (floor.width, floor.height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(drawn, dtype=np.float32)


def _clouds(floor: Floor, random: Random, steps: tuple[float, ...], fade: float = 0.6) -> Picture:
    total = np.zeros((floor.height, floor.width), dtype=np.float32)
    for number, step in enumerate(steps):
        total += fade**number * noise(floor, random, step)
    return total


def _coloured(grey: Picture, colour: NDArray[np.float32]) -> Picture:
    return np.asarray(grey[..., None] * colour, dtype=np.float32)


def _colour(random: Random, colour: tuple[float, float, float], spread: float) -> Picture:
    return np.asarray(
        np.array(colour) * random.uniform(1 - spread, 1 + spread)
        + random.normal(0, 0.04 * spread * 3, 3),
        dtype=np.float32,
    )


def _seams(floor: Floor, every_mm: float, offset: float, line_mm: float, axis: int) -> Picture:
    """Profile 0..1 of straight lines at equal distances."""
    size = floor.width if axis else floor.height
    place = np.arange(size, dtype=np.float32) / floor.scale + offset
    distance = np.abs((place + every_mm / 2) % every_mm - every_mm / 2)
    soft = max(0.3, 0.7 / floor.scale)
    line: Picture = np.clip((line_mm / 2 + soft - distance) / (2 * soft), 0, 1)
    return line[None, :] if axis else line[:, None]


def paper(floor: Floor, random: Random) -> Picture:
    """White paper: almost nothing to see."""
    grey = 1 + 0.008 * _clouds(floor, random, (60, 12)) + 0.006 * noise(floor, random, 0.8)
    return _coloured(grey, _colour(random, (0.90, 0.90, 0.88), 0.06))


def coloured_paper(floor: Floor, random: Random) -> Picture:
    """Sugar paper of any colour, slightly fibrous."""
    hue = random.uniform(0.25, 0.9, 3)
    colour = np.asarray(0.35 * hue.mean() + 0.65 * hue, dtype=np.float32)
    grey = 1 + 0.02 * _clouds(floor, random, (40, 6)) + 0.03 * noise(floor, random, 1.0)
    return _coloured(grey, colour)


def cardboard(floor: Floor, random: Random) -> Picture:
    """Brown board with faint flutes and fibres."""
    grey = 1 + 0.02 * _clouds(floor, random, (80, 15)) + 0.02 * noise(floor, random, 0.7, 4)
    pitch = random.uniform(5, 9)
    place = np.arange(floor.width, dtype=np.float32) / floor.scale
    flutes = random.uniform(0, 0.025) * np.sin(2 * np.pi * place / pitch)
    return _coloured(grey + flutes[None, :], _colour(random, (0.70, 0.54, 0.37), 0.15))


def concrete(floor: Floor, random: Random) -> Picture:
    """Grey, cloudy, pitted."""
    grey = 1 + 0.05 * _clouds(floor, random, (150, 50, 15), 0.7)
    grey += 0.04 * noise(floor, random, 1.5)
    pits = noise(floor, random, 3.0)
    grey -= random.uniform(0.05, 0.2) * np.clip(pits - random.uniform(2.2, 3.0), 0, 1)
    return _coloured(grey, _colour(random, (0.58, 0.57, 0.54), 0.2))


def wood(floor: Floor, random: Random) -> Picture:
    """Planks with grain along them and dark seams between."""
    kinds = ((0.62, 0.45, 0.29), (0.45, 0.3, 0.19), (0.72, 0.6, 0.45))
    colour = _colour(random, kinds[int(random.integers(0, 3))], 0.15)
    stretch = random.uniform(25, 60)
    rings = noise(floor, random, 9, 9 * stretch / 3) * random.uniform(1.0, 3.5)
    grain = 0.07 * np.sin(2 * rings) + 0.05 * noise(floor, random, 1.2, 1.2 * stretch)
    every = random.uniform(70, 190)
    offset = random.uniform(0, every)
    planks = np.floor((np.arange(floor.width) / floor.scale + offset) / every).astype(int)
    tints = 1 + 0.08 * random.standard_normal(planks.max() + 2)
    seams = _seams(floor, every, offset + every / 2, random.uniform(0.6, 3), 1)
    grey = (1 + random.uniform(0.4, 1.6) * grain) * tints[planks][None, :].astype(np.float32)
    picture = _coloured(grey * (1 - random.uniform(0.35, 0.8) * seams), colour)
    dry = random.uniform(0.3, 1.0) if random.random() < 0.5 else 0.0
    return np.dstack([picture, dry * np.broadcast_to(seams, grey.shape)]).astype(np.float32)


def tile(floor: Floor, random: Random) -> Picture:
    """Square or oblong tiles with grout."""
    every_x = random.uniform(90, 450)
    every_y = every_x * random.choice([1.0, 1.0, 2.0, 0.5])
    line = random.uniform(1.5, 6)
    grout = np.maximum(
        _seams(floor, every_x, random.uniform(0, every_x), line, 1),
        _seams(floor, every_y, random.uniform(0, every_y), line, 0),
    )
    kinds = ((0.85, 0.84, 0.80), (0.62, 0.58, 0.52), (0.42, 0.43, 0.45), (0.7, 0.55, 0.42))
    hue = kinds[int(random.integers(0, 4))]
    body = 1 + random.uniform(0.01, 0.06) * _clouds(floor, random, (90, 25, 8))
    if random.random() < 0.3:
        body += random.uniform(0.02, 0.08) * np.sin(3 * _clouds(floor, random, (70, 20)))
    tiles = _coloured(body, _colour(random, hue, 0.12))
    return _jointed(tiles, grout, floor, random)


def patterned_tile(floor: Floor, random: Random) -> Picture:
    """Tiles with a printed pattern, or a mosaic of small ones."""
    every = random.uniform(25, 60) if random.random() < 0.3 else random.uniform(100, 300)
    x = np.arange(floor.width, dtype=np.float32)[None, :] / floor.scale + random.uniform(0, every)
    y = np.arange(floor.height, dtype=np.float32)[:, None] / floor.scale + random.uniform(0, every)
    u, v = (2 * np.pi * axis / every for axis in (x, y))
    first, second = random.uniform(0.2, 0.95, (2, 3)).astype(np.float32)
    # Less contrast than two colours at random: a pattern, not a barrier.
    second = first + random.uniform(0.25, 1.0) * (second - first)
    kind = random.integers(0, 4)
    if kind == 0:
        ornament = np.sign(np.sin(u / 2) * np.sin(v / 2))
    elif kind == 1:
        ornament = np.cos(u) + np.cos(v) + random.uniform(-1, 1)
    elif kind == 2:
        ornament = np.cos(u) * np.cos(v) + 0.6 * np.cos(2 * u + v) + 0.6 * np.cos(2 * v - u)
    else:
        cells = np.random.default_rng(int(random.integers(2**31))).random((97, 97))
        rows, columns = ((axis / every).astype(int) % 97 for axis in (y, x))
        ornament = (cells[rows, columns] - 0.5).astype(np.float32) * 2
    share = np.clip(ornament * (every * floor.scale / 12) + 0.5, 0, 1)
    if kind == 3:
        share = np.clip(ornament / 2 + 0.5, 0, 1)
    body = (1 + 0.02 * _clouds(floor, random, (60, 8)))[..., None]
    tiles = body * (first + share[..., None] * (second - first))
    line = random.uniform(0.8, 4)
    grout = np.maximum(
        _seams(floor, every, float(x[0, 0]) + every / 2, line, 1),
        _seams(floor, every, float(y[0, 0]) + every / 2, line, 0),
    )
    return _jointed(np.asarray(tiles, np.float32), grout, floor, random)


def terrazzo(floor: Floor, random: Random) -> Picture:
    """Coloured chips in cement, or strongly flecked stone."""
    ground = _colour(random, (0.72, 0.70, 0.66), 0.3)
    picture = _coloured(1 + 0.02 * _clouds(floor, random, (50, 10)), ground)
    for _ in range(int(random.integers(2, 4))):
        chips = noise(floor, random, random.uniform(2.5, 12))
        share = np.clip((chips - random.uniform(0.7, 1.5)) * 4, 0, 1) * random.uniform(0.3, 0.9)
        colour = np.asarray(ground + random.normal(0, 0.25, 3), dtype=np.float32).clip(0.05, 0.97)
        picture = picture * (1 - share[..., None]) + share[..., None] * colour
    return np.asarray(picture, dtype=np.float32)


def brick(floor: Floor, random: Random) -> Picture:
    """Bricks or paving stones, each row moved by half a stone."""
    across, along = random.uniform(90, 220), random.uniform(55, 110)
    line = random.uniform(2, 9)
    row = np.floor(np.arange(floor.height) / floor.scale / along).astype(int)
    joints = _seams(floor, along, along / 2, line, 0)
    upright = np.stack([
        _seams(floor, across, shift, line, 1)[0] for shift in (0.0, across / 2)
    ])  # fmt: skip
    column = np.stack([
        np.floor(np.arange(floor.width) / floor.scale / across + shift).astype(int)
        for shift in (0.5, 1.0)
    ])  # fmt: skip
    grout = np.maximum(joints, upright[row % 2])
    own = np.random.default_rng(int(random.integers(2**31)))
    tints = 1 + random.uniform(0.03, 0.14) * own.standard_normal((211, 211))
    shade = tints[(row % 211)[:, None], column[row % 2] % 211].astype(np.float32)
    shade = shade * (1 + 0.05 * _clouds(floor, random, (20, 5)) + 0.04 * noise(floor, random, 1.2))
    kinds = ((0.58, 0.36, 0.28), (0.55, 0.53, 0.50), (0.66, 0.58, 0.46))
    hue = kinds[int(random.integers(0, 3))]
    return _jointed(_coloured(shade, _colour(random, hue, 0.15)), grout, floor, random)


def _jointed(tiles: Picture, grout: Picture, floor: Floor, random: Random) -> Picture:
    """Fill the joints; sometimes the foot bridges them and they stay dry (fourth channel)."""
    shade = random.uniform(0.3, 0.85)
    joint = _coloured(
        1 + 0.06 * noise(floor, random, 1.5),
        _colour(random, (shade, shade, shade), 0.05),
    )
    picture = tiles * (1 - grout[..., None]) + joint * grout[..., None]
    dry = random.uniform(0.3, 1.0) if random.random() < 0.5 else 0.0
    return np.dstack([picture, dry * grout]).astype(np.float32)


def cracks(floor: Floor, random: Random) -> Picture:
    """Draw where the ground is cracked.

    Parameters
    ----------
    floor
        Size and scale.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w)`` 0 to 1.
    """
    drawn = np.zeros((floor.height, floor.width), dtype=np.uint8)
    for _ in range(int(random.integers(1, 4))):
        start = random.uniform(0.2, 0.8, 2) * (floor.width, floor.height)
        heading = random.uniform(0, 2 * np.pi) + np.cumsum(random.normal(0, 0.35, 40))
        step = random.uniform(6, 14) * floor.scale
        points = start + np.cumsum(np.stack([np.cos(heading), np.sin(heading)], axis=1) * step, 0)
        points -= points[20] - start
        width = max(1, round(random.uniform(0.4, 2.2) * floor.scale))
        cv2.polylines(drawn, [np.rint(points).astype(np.int32)], False, 255, width, cv2.LINE_AA)
    return drawn.astype(np.float32) / 255


def slate(floor: Floor, random: Random) -> Picture:
    """Dark blue-grey, cleft in layers."""
    cleft = noise(floor, random, 60, 14) + 0.6 * noise(floor, random, 18, 5)
    edges = np.abs(np.sin(1.6 * cleft))
    grey = 1 + 0.12 * (edges - 0.6) + 0.05 * noise(floor, random, 1.5)
    return _coloured(grey, _colour(random, (0.33, 0.36, 0.39), 0.25))


def stone(floor: Floor, random: Random) -> Picture:
    """Sand-coloured, grainy, faintly bedded."""
    grey = 1 + 0.05 * noise(floor, random, 200, 25) + 0.04 * _clouds(floor, random, (30, 8))
    grey += random.uniform(0.03, 0.09) * noise(floor, random, 1.3)
    return _coloured(grey, _colour(random, (0.76, 0.66, 0.50), 0.12))


def fabric(floor: Floor, random: Random) -> Picture:
    """Woven cloth or a bath mat, sometimes striped."""
    pitch = random.uniform(1.2, 4)
    x = np.arange(floor.width, dtype=np.float32)[None, :] / floor.scale
    y = np.arange(floor.height, dtype=np.float32)[:, None] / floor.scale
    weave = np.sin(2 * np.pi * x / pitch) * np.sin(2 * np.pi * y / pitch)
    grey = 1 + random.uniform(0.02, 0.08) * weave + 0.03 * _clouds(floor, random, (40, 4))
    if random.random() < 0.35:
        stripe = np.sin(2 * np.pi * x / random.uniform(15, 60))
        grey = grey + random.uniform(0.03, 0.12) * np.sign(stripe)
    hue = random.uniform(0.25, 0.85, 3)
    return _coloured(grey, np.asarray(0.5 * hue.mean() + 0.5 * hue, dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Surface:
    """How a floor looks and what water does to it.

    Attributes
    ----------
    draw
        Makes the floor, ``float32 (h, w, 3)`` linear in display values, about 0 to 1;
        a fourth channel, where there is one, is how dry its joints stay.
    darkening
        Least and most that water takes off its brightness.
    gleam
        Chance that wet parts reflect the light.
    soft_mm
        How gradual the wet edge is.
    """

    draw: Callable[[Floor, Random], Picture]
    darkening: tuple[float, float]
    gleam: float
    soft_mm: tuple[float, float]


SURFACES = {
    "paper": Surface(paper, (0.10, 0.24), 0.05, (0.4, 1.2)),
    "coloured-paper": Surface(coloured_paper, (0.18, 0.36), 0.05, (0.4, 1.2)),
    "cardboard": Surface(cardboard, (0.22, 0.45), 0.03, (0.4, 1.2)),
    "concrete": Surface(concrete, (0.24, 0.48), 0.1, (0.5, 1.5)),
    "wood": Surface(wood, (0.16, 0.38), 0.25, (0.3, 0.9)),
    "tile": Surface(tile, (0.14, 0.28), 0.5, (0.2, 0.7)),
    "slate": Surface(slate, (0.26, 0.48), 0.3, (0.3, 0.9)),
    "stone": Surface(stone, (0.20, 0.42), 0.1, (0.4, 1.2)),
    "fabric": Surface(fabric, (0.22, 0.42), 0.02, (0.6, 1.8)),
    "patterned-tile": Surface(patterned_tile, (0.16, 0.32), 0.4, (0.2, 0.7)),
    "terrazzo": Surface(terrazzo, (0.18, 0.36), 0.3, (0.2, 0.8)),
    "brick": Surface(brick, (0.24, 0.48), 0.05, (0.4, 1.2)),
}
"""Every surface by name."""
