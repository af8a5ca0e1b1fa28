"""Feet whose indices are known by hand, frame ``axis``: heel centre at the origin,
``y`` towards the toes, ``x`` medial."""

from __future__ import annotations

import numpy as np

from archscan.footprint import Footprint

# Three blocks on exact thirds of 70: widths 60, 36, 90, all sharing nothing but edges.
#   chippaux_smirak  = 36 / 90                          = 0.4
#   staheli          = 36 / 60                          = 0.6
#   cavanagh_rodgers = 36 * 70 / ((60 + 36 + 90) * 70)  = 36 / 186
BLOCKS = {
    "chippaux_smirak": 36 / 90,
    "cavanagh_rodgers": 36 / 186,
    "staheli": 36 / 60,
}


def rectangle(left, right, bottom, top):
    """A rectangle, counter-clockwise."""
    return np.array([[left, bottom], [right, bottom], [right, top], [left, top]], dtype=float)


def disc(x, y, radius, corners=2000):
    """A disc; its widest chord is exact, because corners lie at both ends of it."""
    angle = np.linspace(0.0, 2.0 * np.pi, corners, endpoint=False)
    return np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], axis=1)


def between(levels, lateral, medial):
    """The outline between a lateral and a medial edge, counter-clockwise."""
    up = np.stack([np.broadcast_to(medial, levels.shape), levels], axis=1)
    down = np.stack([np.broadcast_to(lateral, levels.shape), levels], axis=1)[::-1]
    return np.concatenate([up, down])


def blocks_foot(midfoot=36.0, forefoot=90.0, heel=60.0, third=70.0):
    """Heel, midfoot and forefoot blocks, each one third long; midfoot 0 interrupts it."""
    bottom = -third / 2.0
    if midfoot <= 0.0:
        return (
            rectangle(-heel / 2, heel / 2, bottom, bottom + third),
            rectangle(-heel / 2, forefoot - heel / 2, bottom + 2 * third, bottom + 3 * third),
        )
    levels = bottom + third * np.array([0.0, 1.0, 1.0, 2.0, 2.0, 3.0])
    widths = np.repeat([heel, midfoot, forefoot], 2)
    return (between(levels, -heel / 2, widths - heel / 2),)


def disc_foot(band=21.0, ball=30.0, heel=20.0, length=210.0, steps=4000):
    """A heel disc and a ball disc, joined by a band along the axis through both centres."""
    ball_centre = length - heel - ball
    levels = np.linspace(-heel, length - heel, steps + 1)
    levels = np.union1d(levels, [0.0, ball_centre, -heel + length / 3, -heel + 2 * length / 3])
    half = np.maximum(
        np.sqrt(np.maximum(heel**2 - levels**2, 0.0)),
        np.sqrt(np.maximum(ball**2 - (levels - ball_centre) ** 2, 0.0)),
    )
    on_band = (levels >= 0.0) & (levels <= ball_centre)
    half = np.where(on_band, np.maximum(half, band / 2), half)
    return (between(levels, -half, half),)


def arched_foot(midfoot=33.0, forefoot=90.0, heel=56.0, length=210.0, steps=500):
    """A smooth foot with a straight lateral side and an arch on the medial side."""
    share = np.linspace(0.0, 1.0, steps)
    width = np.interp(
        share,
        [0.0, 0.16, 0.36, 0.52, 0.78, 1.0],
        [heel, heel, midfoot, midfoot, forefoot, forefoot],
    )
    rounding = np.sqrt(np.clip(1.0 - np.clip(1.0 - share / 0.16, 0.0, 1.0) ** 2, 0.0, 1.0))
    rounding *= np.sqrt(np.clip(1.0 - np.clip((share - 0.8) / 0.2, 0.0, 1.0) ** 2, 0.0, 1.0))
    middle = width / 2.0 - heel / 2.0
    levels = (share - 0.13) * length
    outline = between(levels, middle - rounding * width / 2.0, middle + rounding * width / 2.0)
    return (outline,)


def footprint_of(
    sole,
    *,
    sole_surely=None,
    sole_possibly=None,
    sole_looks=(),
    side="left",
    axis_doubt_deg=0.0,
    turned_deg=0.0,
    scale=1.0,
    heel_centre=(300.0, 700.0),
    tip_level=230.0,
):
    """Lay outlines of frame ``axis`` on a patch (``y`` down), turned and scaled at will."""
    angle = np.deg2rad(turned_deg)
    forward = np.array([np.sin(angle), -np.cos(angle)])
    to_the_right = np.array([-forward[1], forward[0]])
    medial = to_the_right if side == "left" else -to_the_right
    origin = np.array(heel_centre, dtype=float)

    def laid(polygons):
        return tuple(origin + scale * (p @ np.stack([medial, forward])) for p in polygons)

    return Footprint(
        side=side,
        side_confidence=1.0,
        sole=laid(sole),
        sole_surely=laid(sole if sole_surely is None else sole_surely),
        sole_possibly=laid(sole if sole_possibly is None else sole_possibly),
        sole_looks=tuple(map(laid, sole_looks)),
        toes=(),
        heel_centre=origin,
        axis_tip=origin + scale * tip_level * forward,
        axis_method="toe2",
        axis_doubt_deg=axis_doubt_deg,
        length_px=scale * (tip_level + 30.0),
        patch_to_photo=np.eye(3),
        mm_per_px=None,
    )
