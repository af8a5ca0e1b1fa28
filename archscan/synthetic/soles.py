"""Bare soles, on a scanner's glass or held up to the camera: feet, and no prints of them."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from archscan.synthetic.drawing import ahead, cover
from archscan.synthetic.feet import (
    PIXELS_PER_MM,
    Field,
    Foot,
    FootField,
    draw_foot,
    foot_field,
    smooth_union,
)
from archscan.synthetic.floors import Floor, Picture, Random, noise

SKIN = (
    (0.93, 0.74, 0.66),
    (0.88, 0.57, 0.5),
    (0.84, 0.5, 0.44),
    (0.86, 0.64, 0.54),
    (0.74, 0.54, 0.42),
    (0.62, 0.45, 0.36),
)
"""Of soles, which are pale whoever they belong to, and pink where blood runs close below."""

GROWN_MM = (1.0, 8.0)
"""How far skin reaches beyond what would touch a floor: its edge curves away from the ground."""

LARGE_SHARE, LARGEST = 0.5, 1.8
"""How often soles are as large as on a scan, which they fill and run out of, and how much
larger than in a photo of a print they are then at most."""

FAR_MM = 60.0
"""Distance from the skin that stands for any further one."""


def soles(picture: Picture, floor: Floor, random: Random) -> Picture:
    """Show one bare sole or two.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)``, 0 to 1: what lies behind them.
    floor
        Its size and scale.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``; often before the dark of a scanner's open lid.
    """
    if random.random() < 0.6:
        streaks = 1 + 0.2 * noise(floor, random, 1.5, 400.0)
        dark = random.uniform(0.01, 0.12, 3).astype(np.float32)
        picture = np.asarray(streaks[..., None] * dark, dtype=np.float32)
    angle = random.normal(0, 0.15) + (0.0 if random.random() < 0.6 else random.uniform(0, 6.3))
    both = random.random() < 0.65
    first = bool(random.random() < 0.5)
    large = random.uniform(1.1, LARGEST) if random.random() < LARGE_SHARE else 1.0
    apart = large * random.uniform(90, 150)
    skin = np.array(SKIN[int(random.integers(0, len(SKIN)))]) * random.uniform(0.8, 1.08)
    for left in (True, False) if both else (first,):
        across = (-1 if left else 1) * apart / 2 if both else random.uniform(-30, 30)
        foot = _whole(draw_foot(random, left=left, arch="flat"), random)
        lean = angle + random.normal(0, 0.06)
        middle = np.array([floor.width, floor.height]) / 2
        middle = middle + ahead(angle + np.pi / 2) * across * floor.scale
        picture = _shown(picture, floor, foot, (lean, middle, large), skin, random)
    return picture


def _whole(foot: Foot, random: Random) -> Foot:
    """Give a foot's whole sole: no arch is lifted off, no toe is missing."""
    plump = random.uniform(1.0, 1.35)
    return replace(
        foot,
        band_share=float(random.uniform(0.68, 0.95)),
        heel_share=float(random.uniform(0.58, 0.85)),
        toe_gap=float(random.uniform(-3, 4)),
        hallux_neck=True,
        toe_sizes=tuple(float(plump * max(0.9, size)) for size in foot.toe_sizes),  # type: ignore[arg-type]
        bleed=0.0,
    )


def _shown(
    picture: Picture,
    floor: Floor,
    foot: Foot,
    at: tuple[float, Field, float],
    skin: Field,
    random: Random,
) -> Picture:
    field = foot_field(foot)
    joined = smooth_union(field.sole, field.toes, random.uniform(10, 36))
    joined = joined - random.uniform(*GROWN_MM)
    # Where the toes bend away from the ball, and where they touch each other, there is a fold.
    fold = np.exp(-(((field.toes - field.sole) / random.uniform(2, 6)) ** 2))
    fold = fold * (np.abs(field.sole) < 25) * (field.toes < 15)
    between = np.clip(field.toes / 3, 0, 1) * np.clip(field.sole / 3, 0, 1)
    layers: tuple[Field, ...] = (
        joined,
        field.pressure,
        fold.astype(np.float32),
        between.astype(np.float32),
        _creases(field, random),
    )
    skin_far, pressure, folded, parted, creased = (
        _on_floor(layer, floor, at, beyond)
        for layer, beyond in zip(layers, (FAR_MM, 0.0, 0.0, 0.0, 0.0), strict=True)
    )
    shade = 1 - random.uniform(0.1, 0.55) * np.exp(np.minimum(skin_far, 0) / random.uniform(2, 14))
    shade = shade * (1 - random.uniform(0, 0.35) * folded) * (1 - random.uniform(0, 0.6) * parted)
    shade = shade * (1 + random.uniform(0.01, 0.05) * noise(floor, random, 14))
    shade = shade * (1 - random.uniform(0, 0.2) * creased)
    pale = np.array([1.05, 1.0, random.uniform(0.6, 1.0)])
    tint = 1 + random.uniform(0, 0.9) * pressure[..., None] * (pale - skin / skin.max())
    colour = np.clip(shade[..., None] * skin * tint, 0, 1)
    share = np.clip(0.5 - skin_far * floor.scale * at[2], 0, 1)
    return cover(picture, share.astype(np.float32), colour.astype(np.float32))


def _creases(field: FootField, random: Random) -> Field:
    """Draw the fine lines of bent skin, which run across a foot: 0 for smooth, 1 and more."""
    height, width = field.sole.shape
    lying = Floor(width, height, PIXELS_PER_MM)
    lines = noise(lying, random, random.uniform(1, 3), random.uniform(15, 40)).T
    return np.asarray(np.maximum(lines - 1, 0), dtype=np.float32)


def _on_floor(layer: Field, floor: Floor, at: tuple[float, Field, float], beyond: float) -> Field:
    """Turn and enlarge a foot's layer and lay its middle on a place of the floor."""
    angle, middle, large = at
    size = large * floor.scale / PIXELS_PER_MM
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * size
    centre = np.array(layer.shape[::-1]) / 2
    matrix = np.column_stack([turn, middle - turn @ centre])
    laid = cv2.warpAffine(
        np.asarray(layer, dtype=np.float32),
        matrix,
        (floor.width, floor.height),
        borderValue=beyond,
    )
    return np.asarray(laid, dtype=np.float32)
