"""The shape of one wet foot: a field of signed distances, and what it measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]

PIXELS_PER_MM = 2.0
"""Resolution of a foot's own field: fine enough that its outline is exact to 0.05 mm."""

MARGIN_MM = 30.0
"""Dry floor kept round the foot in its field."""

HELD_BACK, EMERGED = 0.10, 0.35
"""How far within the heel's borders the midfoot's lie where it begins, shares of the forefoot's
width, and from which share of its length on they are its own: two borders that coincide would
bulge where they are joined, and end in a corner."""

ROUNDING_MM = 16.0
"""Radius of the corners where the midfoot's contact ends, beside the fifth metatarsal's head."""

FOREMOST = (0.01, 0.06)
"""Mean and spread of where the foremost metatarsal head lies, shares of the forefoot's width: the
second, in most feet, with the first hardly behind it."""


@dataclass(frozen=True, slots=True)
class Foot:
    """One foot's proportions; lengths in millimetres, shares of the forefoot's width.

    Attributes
    ----------
    left
        Whether it is a left foot.
    toeless_length, forefoot_width
        Size of the contact without toes.
    heel_share
        Heel contact width over forefoot contact width.
    band_share
        Width of the lateral midfoot band over forefoot width; 0: interrupted.
    ball_turn
        How far the line of the metatarsal heads is turned, degrees.
    ball_depth
        Half depth of the ball over forefoot width.
    band_bow
        How far the lateral border bows outwards, shares of the width.
    heel_reach
        How far forward the heel's contact tapers, shares of the length.
    heel_taper
        How much the midfoot band widens towards the heel.
    hallux_neck
        Whether the hallux is joined to the ball.
    heel_lean
        How far the heel lies to the medial side, shares of the width.
    toe_sizes
        Size of each toe pad, hallux first; 0 where it left no print.
    toe_gap
        Dry gap between ball and toes, millimetres; negative: they touch.
    second_toe
        How much further than usual the second toe reaches, millimetres.
    wobble
        Height of the outline's slow irregularity, millimetres.
    bleed
        How far water crept beyond the skin, millimetres.
    seed
        Of the irregularity.
    """

    left: bool
    toeless_length: float
    forefoot_width: float
    heel_share: float
    band_share: float
    ball_turn: float
    ball_depth: float
    band_bow: float
    heel_reach: float
    heel_taper: float
    hallux_neck: bool
    heel_lean: float
    toe_sizes: tuple[float, float, float, float, float]
    toe_gap: float
    second_toe: float
    wobble: float
    bleed: float
    seed: int

    @property
    def ball_y(self) -> float:
        """Middle of the ball before the back of the heel, millimetres."""
        return 0.79 * self.toeless_length

    @property
    def fifth_y(self) -> float:
        """How far before the back of the heel the fifth metatarsal's head lies, millimetres."""
        fall = 0.32 * float(np.tan(np.deg2rad(self.ball_turn)))
        return self.ball_y - fall * self.forefoot_width


@dataclass(frozen=True, slots=True, eq=False)
class FootField:
    """Signed distance to a foot's wet edge, millimetres, negative inside.

    Attributes
    ----------
    sole, toes
        ``float32 (h, w)``, toes up, :data:`PIXELS_PER_MM` pixels a millimetre.
    origin
        ``float64 (2,)`` pixel of the foot's origin, the middle of its heel's back.
    pressure
        ``float32 (h, w)`` 0 to 1: how hard the foot pressed.
    second_toe
        ``(x, y)`` middle of the second toe's pad, pixels; ``None`` if it left none.
    second_toe_radius
        Half its width, pixels.
    """

    sole: Field
    toes: Field
    origin: NDArray[np.float64]
    pressure: Field
    second_toe: tuple[float, float] | None
    second_toe_radius: float


def draw_foot(random: np.random.Generator, *, left: bool, arch: str | None = None) -> Foot:
    """Draw a foot at random.

    Parameters
    ----------
    random
        Source of every choice.
    left
        Side.
    arch
        ``"high"``, ``"neutral"``, ``"flat"`` or ``None`` for any. The class
        itself follows from the drawn shape; this only steers the band.

    Returns
    -------
    Foot
        Its proportions.

    Notes
    -----
    Lengths and widths are spread round those of 6,068 people, as far as they touch the ground
    (Gordon CC et al., 2012 Anthropometric Survey of U.S. Army Personnel, Natick TR-15/007,
    2014); what the survey does not tell (where the heel narrows, how the ball lies, where the
    toes are and how large) follows the means of 22 real prints traced by hand.
    """
    kinds = ("high", "neutral", "flat")
    kind = arch or str(random.choice(kinds, p=(0.34, 0.36, 0.30)))
    foot_length = float(np.clip(random.normal(256, 17), 215, 305))
    if kind == "high":
        band = 0.0 if random.random() < 0.2 else random.uniform(0.08, 0.30)
    elif kind == "neutral":
        band = random.uniform(0.28, 0.46)
    else:
        band = random.uniform(0.44, 0.85)
    sizes = random.normal(1.0, 0.09, 5)
    missing = random.random(5) < (0.02, 0.04, 0.05, 0.07, 0.18)
    faint = random.random(5) < 0.08
    sizes = np.where(missing, 0.0, np.where(faint, 0.6, 1.0) * np.clip(sizes, 0.75, 1.25))
    gap = random.uniform(2.0, 9.0) if random.random() < 0.8 else random.uniform(-3.0, 2.0)
    return Foot(
        left=left,
        toeless_length=foot_length * random.normal(0.868, 0.012),
        forefoot_width=foot_length * float(np.clip(random.normal(0.308, 0.018), 0.26, 0.358)),
        heel_share=float(np.clip(random.normal(0.565, 0.045), 0.445, 0.71)),
        band_share=float(band),
        ball_turn=float(random.normal(18, 4)),
        ball_depth=float(np.clip(random.normal(0.40, 0.03), 0.32, 0.48)),
        band_bow=float(random.normal(0.06, 0.03)),
        heel_reach=float(random.uniform(0.13, 0.21)),
        heel_taper=float(random.uniform(0, 0.24)),
        hallux_neck=bool(random.random() < 0.33),
        heel_lean=float(random.normal(0.05, 0.03)),
        toe_sizes=tuple(float(size) for size in sizes),  # type: ignore[arg-type]
        toe_gap=float(gap),
        second_toe=float(random.normal(0, 3) if random.random() < 0.8 else random.uniform(4, 9)),
        wobble=float(abs(random.normal(0.7, 0.4))),
        bleed=float(abs(random.normal(0, 0.6))),
        seed=int(random.integers(2**31)),
    )


def smooth_union(one: Field, other: Field, radius: float) -> Field:
    """Join two shapes with a fillet, as soft tissue has: a polynomial smooth minimum.

    Parameters
    ----------
    one, other
        Signed distances, millimetres.
    radius
        How near each other they begin to flow together, millimetres.

    Returns
    -------
    numpy.ndarray
        ``float32`` signed distance of both together.
    """
    near = np.maximum(radius - np.abs(one - other), 0) / radius
    return np.asarray(np.minimum(one, other) - near * near * radius / 4, dtype=np.float32)


class _Canvas:
    """Coordinates in millimetres over a foot's field; x medial, y towards the toes."""

    def __init__(self, width: float, length: float) -> None:
        across = round((width + 2 * MARGIN_MM) * PIXELS_PER_MM)
        along = round((length + 2 * MARGIN_MM) * PIXELS_PER_MM)
        self.origin = np.array([across / 2, along - MARGIN_MM * PIXELS_PER_MM])
        x = (np.arange(across, dtype=np.float32) - self.origin[0]) / PIXELS_PER_MM
        y = (self.origin[1] - np.arange(along, dtype=np.float32)) / PIXELS_PER_MM
        self.x, self.y = (axis.astype(np.float32) for axis in np.meshgrid(x, y))

    def ellipse(self, x: float, y: float, rx: float, ry: float, turn: float = 0.0) -> Field:
        angle = np.deg2rad(turn)
        u = (self.x - x) * np.cos(angle) + (self.y - y) * np.sin(angle)
        v = -(self.x - x) * np.sin(angle) + (self.y - y) * np.cos(angle)
        radial = np.sqrt((u / rx) ** 2 + (v / ry) ** 2) + 1e-6
        slope = np.sqrt((u / rx**2) ** 2 + (v / ry**2) ** 2) + 1e-6
        return np.asarray(radial * (radial - 1) / slope, dtype=np.float32).clip(-60, 200)

    def band(self, middle: Field, half_width: Field, low: float, high: float) -> Field:
        rounding = np.minimum(half_width, ROUNDING_MM)
        sides = np.abs(self.x - middle) - half_width + rounding
        ends = np.maximum(low - self.y, self.y - high) + rounding
        corner = np.hypot(np.maximum(sides, 0), np.maximum(ends, 0))
        inside = np.minimum(np.maximum(sides, ends), 0)
        return np.asarray(corner + inside - rounding, dtype=np.float32)


def foot_field(foot: Foot) -> FootField:
    """Lay a foot's contact out as distances.

    Parameters
    ----------
    foot
        Its proportions.

    Returns
    -------
    FootField
        Seen from above, toes up; a left foot's hallux is to the right.
    """
    width, length = foot.forefoot_width, foot.toeless_length
    canvas = _Canvas(1.35 * width, length + 0.85 * width)
    heel, ball = _heel(canvas, foot), _ball(canvas, foot)
    sole = np.minimum(heel, ball)
    pressed = np.zeros_like(sole)
    if foot.band_share > 0:
        strip, pressed = _band(canvas, foot)
        sole = smooth_union(sole, strip, 24)
    toes, second, radius = _toes(canvas, foot)
    toes = np.maximum(toes, 1.2 - sole)
    if not foot.left:
        sole, toes = sole[:, ::-1], toes[:, ::-1]
    wobble = _wobble(sole.shape, foot)
    borne = np.clip(0.2 - np.minimum(np.minimum(heel, ball), toes) / 14, 0, 1)
    pressure = cv2.GaussianBlur(np.maximum(borne, pressed), (0, 0), 8)
    if not foot.left:
        pressure = pressure[:, ::-1]
        canvas.origin[0] = sole.shape[1] - 1 - canvas.origin[0]
    return FootField(
        sole=np.ascontiguousarray(sole + wobble - foot.bleed, dtype=np.float32),
        toes=np.ascontiguousarray(toes + 0.6 * wobble - foot.bleed, dtype=np.float32),
        origin=canvas.origin,
        pressure=np.ascontiguousarray(pressure, dtype=np.float32),
        second_toe=None
        if second is None
        else (
            float(canvas.origin[0] + (1 if foot.left else -1) * second[0] * PIXELS_PER_MM),
            float(canvas.origin[1] - second[1] * PIXELS_PER_MM),
        ),
        second_toe_radius=radius * PIXELS_PER_MM,
    )


def _heel(canvas: _Canvas, foot: Foot) -> Field:
    """Draw an oval, and another that tapers forwards from it."""
    width, length = foot.forefoot_width, foot.toeless_length
    heel_x, heel_width = foot.heel_lean * width, foot.heel_share * width
    heel = canvas.ellipse(heel_x, 0.125 * length, heel_width / 2, 0.125 * length)
    back = canvas.ellipse(heel_x, foot.heel_reach * length, heel_width * 0.47, 0.16 * length)
    return smooth_union(heel, back, 10)


def _ball(canvas: _Canvas, foot: Foot) -> Field:
    """Lay four ovals along the line of the metatarsal heads, which bows forwards at the second."""
    width, ball_y, depth = foot.forefoot_width, foot.ball_y, foot.ball_depth * foot.forefoot_width
    turn = foot.ball_turn
    slope = np.tan(np.deg2rad(turn))
    ball = canvas.ellipse(0.0, ball_y, 0.49 * width, 0.74 * depth, turn)
    medial = canvas.ellipse(0.27 * width, ball_y + 0.27 * slope * width, 0.23 * width, 0.85 * depth)
    outer = canvas.ellipse(-0.275 * width, foot.fifth_y, 0.25 * width, 0.72 * depth)
    ball = smooth_union(smooth_union(ball, medial, 14), outer, 14)
    foremost = _foremost(foot) * width
    front = canvas.ellipse(foremost, ball_y + 0.23 * depth, 0.26 * width, 0.85 * depth, turn)
    return smooth_union(ball, front, 12)


def _foremost(foot: Foot) -> float:
    """How far medial the foremost of the metatarsal heads lies, shares of the width."""
    return float(np.random.default_rng([foot.seed, 11]).normal(*FOREMOST))


def _band(canvas: _Canvas, foot: Foot) -> tuple[Field, Field]:
    """Draw the midfoot along its lateral border, and tell how hard it presses."""
    width, length = foot.forefoot_width, foot.toeless_length
    heel_x, heel_width, lateral = foot.heel_lean * width, foot.heel_share * width, -0.5 * width
    share = np.clip((canvas.y - 0.15 * length) / (0.6 * length), 0, 1)
    border = (1 - share) * (heel_x - heel_width * 0.45) + share * (lateral - 0.02 * width)
    border = border - foot.band_bow * width * np.sin(np.pi * share)
    within = HELD_BACK * width * np.square(np.clip(1 - share / EMERGED, 0, 1))
    border = border + within
    half = np.full_like(border, foot.band_share * width / 2)
    half += (0.03 + 0.05 * foot.band_share) * width * (share - 0.45) ** 2
    half += foot.heel_taper * width * np.clip(0.62 - share, 0, None)
    inner = (1 - share) * (heel_x + heel_width * 0.44) + share * 0.47 * width
    half = np.minimum(half, (inner - within - border) / 2)
    strip = canvas.band(border + half, half, 0.15 * length, foot.fifth_y)
    # The outer border bears a little; towards the arch it is hardly touched.
    medial = np.clip((canvas.x - border) / (2 * half), 0, 1)
    return strip, _band_pressure(foot) * (1 - medial) * (strip < 0)


def _band_pressure(foot: Foot) -> float:
    """How hard the lateral border of the midfoot presses, beside the heel's 1."""
    return float(np.random.default_rng([foot.seed, 9]).uniform(0.0, 0.8))


def _wobble(shape: tuple[int, ...], foot: Foot) -> Field:
    random = np.random.default_rng(foot.seed)
    total = np.zeros(shape, dtype=np.float32)
    for step_mm, share in ((40, 1.0), (14, 0.5), (5, 0.25)):
        coarse = [max(2, round(size / PIXELS_PER_MM / step_mm) + 2) for size in shape]
        grid = random.normal(0, share * foot.wobble, coarse).astype(np.float32)
        total += cv2.resize(grid, shape[::-1], interpolation=cv2.INTER_CUBIC)
    return total


def _toes(canvas: _Canvas, foot: Foot) -> tuple[Field, tuple[float, float] | None, float]:
    """Five pads on an arc before the ball; the hallux is an upright oval."""
    width = foot.forefoot_width
    random = np.random.default_rng([foot.seed, 5])
    slope = np.tan(np.deg2rad(foot.ball_turn))
    toes = np.full(canvas.x.shape, 200.0, dtype=np.float32)
    across = (0.40, 0.02, -0.165, -0.335, -0.475)
    radius = (0.152, 0.093, 0.092, 0.087, 0.076)
    tall = (1.25, 1.18, 1.15, 1.1, 1.2)
    fall = (-0.12, 0.09, 0.02, -0.11, -0.33)
    front = foot.ball_y + foot.ball_depth * width
    second: tuple[float, float] | None = None
    second_radius = 0.0
    for number, size in enumerate(foot.toe_sizes):
        if size == 0:
            continue
        rx = radius[number] * width * size
        ry = rx * tall[number]
        x = across[number] * width + random.normal(0, 0.012) * width
        y = front + foot.toe_gap + 0.10 * width + fall[number] * width
        y += 0.5 * slope * across[number] * width + ry + random.normal(0, 1.5)
        if number == 1:
            y += foot.second_toe
            second, second_radius = (x, y), rx
        pad = canvas.ellipse(x, y, rx, ry, random.normal(0, 8))
        if number == 0 and foot.hallux_neck:
            neck = canvas.ellipse(x, y - 1.4 * ry, random.uniform(0.45, 0.75) * rx, 1.2 * ry)
            pad = smooth_union(pad, neck, 6)
        toes = np.minimum(toes, pad)
    return toes, second, second_radius
