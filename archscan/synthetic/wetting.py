"""What water, ink, flour or a lit plate make of the contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic.floors import SURFACES, Floor, Picture, Random, noise
from archscan.synthetic.recipe import Recipe

Map = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Wetness:
    """Where it is wet, in the photo.

    Attributes
    ----------
    contact
        ``float32 (h, w)`` signed distance to the wet edge, millimetres.
    pressure
        ``float32 (h, w)`` 0 to 1.
    on_floor
        ``float32 (h, w)`` floor coordinates ``x`` and ``y``, millimetres; only for a mesh.
    dry
        ``float32 (h, w)`` 0 to 1: joints and cracks that the foot did not reach.
    scale
        Pixels a millimetre.
    """

    contact: Map
    pressure: Map
    on_floor: tuple[Map, Map] | None
    dry: Map | None
    scale: float


def apply(picture: Picture, wetness: Wetness, recipe: Recipe, random: Random) -> Picture:
    """Put the medium on the floor.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)`` the dry floor as the camera sees it.
    wetness
        Where the medium is.
    recipe
        Which medium, how strong, how dry.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``.
    """
    height, width = wetness.contact.shape
    grain = Floor(height, width, wetness.scale)
    ragged = 0.25 * noise(grain, random, 2.5) + 0.2 * noise(grain, random, 7)
    distance = np.asarray(wetness.contact + ragged, dtype=np.float32)
    if recipe.smear > 0:
        distance = _smeared(distance, wetness.scale, recipe, random)
    if recipe.medium == "water":
        done = _water(picture, distance, grain, recipe, random)
        if wetness.dry is not None:
            dry = wetness.dry[..., None]
            done = np.asarray(dry * picture + (1 - dry) * done, dtype=np.float32)
        return done
    if recipe.medium == "plate":
        return _plate(picture, wetness, grain, recipe, random)
    return _ink(picture, distance, wetness, grain, recipe, random)


def _smeared(distance: Map, scale: float, recipe: Recipe, random: Random) -> Map:
    """Slide the foot: a faint, ragged border on one side, as a distance that ends softly."""
    way = random.uniform(0, 2 * np.pi)
    slid = distance
    for share in (0.35, 0.7, 1.0):
        step = np.array([np.cos(way), np.sin(way)]) * recipe.smear * share * scale
        matrix = np.array([[1, 0, step[0]], [0, 1, step[1]]])
        moved = cv2.warpAffine(
            distance, matrix, distance.shape[::-1], borderMode=cv2.BORDER_REPLICATE
        )
        slid = np.minimum(slid, moved)
    # Just outside the edge, where wetting is fading out already: faint, not full contact.
    faint = np.clip(slid + random.uniform(0.3, 0.6), 0.05, None)
    return np.asarray(np.minimum(distance, np.where(slid < 0, faint, slid)), dtype=np.float32)


def _inside(distance: Map, soft_mm: float) -> Map:
    """0 outside to 1 inside, half on the edge; 10 to 90 % within ``soft_mm``."""
    return np.asarray(1 / (1 + np.exp(np.clip(distance * 4.4 / soft_mm, -30, 30))), np.float32)


def _water(
    picture: Picture, distance: Map, grain: Floor, recipe: Recipe, random: Random
) -> Picture:
    surface = SURFACES[recipe.surface]
    wet = _inside(distance, random.uniform(*surface.soft_mm))
    if recipe.dryness > 0:
        patches = noise(grain, random, 22) + 0.7 * noise(grain, random, 7)
        limit = np.quantile(patches[::7, ::7], 1 - recipe.dryness)
        dried = np.clip((patches - limit) / 0.8, 0, 1) * random.uniform(0.4, 0.85)
        wet = wet * (1 - dried)
    least, most = surface.darkening
    depth = least + (most - least) * recipe.strength
    if random.random() < 0.4:
        rim = np.exp(-(((distance + 1.2) / 1.0) ** 2))
        wet = wet * (1 + random.uniform(0.05, 0.3) * rim)
    wet = wet * (1 + 0.08 * noise(grain, random, 15))
    deeper = np.array([1.0, 1.03, 1.09]) if recipe.surface != "paper" else np.array([1.05, 1, 0.96])
    darkened = picture * (1 - np.clip(depth * wet, 0, 0.9)[..., None] * deeper.astype(np.float32))
    if random.random() < surface.gleam:
        shine = noise(grain, random, 60) + 0.6 * noise(grain, random, 20)
        shine = np.clip(shine - random.uniform(0.3, 1.2), 0, 1) * random.uniform(0.08, 0.4)
        darkened = darkened + (wet * shine)[..., None] * np.float32(1.0)
    return np.asarray(darkened, dtype=np.float32)


def _ink(
    picture: Picture, distance: Map, wetness: Wetness, grain: Floor, recipe: Recipe, random: Random
) -> Picture:
    powder = recipe.medium == "powder"
    inside = _inside(distance, random.uniform(0.3, 1.2))
    # Along the lateral midfoot hardly anything presses, and hardly any ink is left there.
    fade = random.uniform(0.2, 0.85) if recipe.medium == "mesh" else random.uniform(0, 0.75)
    density = (1 - fade) + fade * wetness.pressure
    density = density * (1 + 0.15 * noise(grain, random, 9)) * (1 + 0.1 * noise(grain, random, 1.5))
    strength = 0.25 + 0.65 * recipe.strength
    if wetness.on_floor is not None:
        density = _mesh(density, wetness, wetness.on_floor, random)
        strength = 0.35 + 0.55 * recipe.strength
    tints = [
        (0.12, 0.12, 0.14),
        (0.1, 0.15, 0.4),
        (0.3, 0.12, 0.1),
        (0.15, 0.3, 0.2),
        (0.3, 0.1, 0.35),
    ]
    colour = random.uniform(0.8, 0.97, 3) if powder else np.array(tints[int(random.integers(0, 5))])
    cover = np.clip(strength * density * inside, 0, 0.97)[..., None]
    return np.asarray(picture * (1 - cover) + cover * colour.astype(np.float32), dtype=np.float32)


def _mesh(density: Map, wetness: Wetness, on_floor: tuple[Map, Map], random: Random) -> Map:
    """Ink in the lines of a fine mesh; where the foot pressed hard they run together."""
    pitch = random.uniform(2.4, 4.6)
    angle = random.normal(0, 0.04)
    x = on_floor[0] * np.cos(angle) + on_floor[1] * np.sin(angle)
    y = on_floor[1] * np.cos(angle) - on_floor[0] * np.sin(angle)
    line = random.uniform(0.14, 0.3) * pitch
    lines = np.zeros_like(x)
    uneven = (random.uniform(0.4, 1.0), random.uniform(0.4, 1.0))
    for place, weight in zip((x, y), uneven, strict=True):
        off = np.abs((place % pitch) - pitch / 2)
        lines = np.maximum(lines, weight * np.exp(-((off / line) ** 2)))
    # Lines finer than the pixels are seen as their mean.
    share = np.clip((pitch * wetness.scale - 2.5) / 3, 0, 1)
    lines = share * lines + (1 - share) * float(lines.mean())
    filled = np.clip(wetness.pressure * random.uniform(0.2, 1.0), 0, 1) ** 1.5
    return np.asarray(density * (lines + (1 - lines) * 0.6 * filled), dtype=np.float32)


def _plate(
    picture: Picture, wetness: Wetness, grain: Floor, recipe: Recipe, random: Random
) -> Picture:
    """Contact shines pale on black; the foot above glows faintly round it."""
    tint = np.array(
        random.choice([(0.8, 0.95, 0.6), (0.85, 0.95, 0.95), (0.95, 0.95, 0.8), (0.9, 0.9, 0.9)])
    )
    bright = random.uniform(0.5, 0.95) * (0.8 + 0.2 * recipe.strength)
    texture = 1 + 0.06 * noise(grain, random, 12) + 0.03 * noise(grain, random, 2)
    contact = wetness.contact
    inside = _inside(contact, random.uniform(0.5, 1.6)) * texture
    if random.random() < 0.4:
        # Where the foot hardly pressed, the glass is hardly lit.
        inside = inside * (1 - random.uniform(0.2, 0.7) * (1 - wetness.pressure))
    if random.random() < 0.6:
        # The skin is round, and light gets lost towards its edge; what is left may be too much.
        lost = np.exp(np.minimum(contact, 0) / random.uniform(3, 15))
        inside = inside * (1 - random.uniform(0.1, 0.5) * lost)
        bright = bright * random.uniform(1.0, 1.8)
    around = np.clip((random.uniform(4, 12) - contact) / 3, 0, 1) * random.uniform(0.02, 0.14)
    skin = np.array([1.0, 0.75, 0.6]) * (1 + 0.2 * noise(grain, random, 6)[..., None])
    lit = picture + around[..., None] * skin.astype(np.float32)
    share = np.clip(inside, 0, 1)[..., None]
    glowing = lit * (1 - share) + share * (bright * tint).astype(np.float32)
    glare = cv2.GaussianBlur(glowing, (0, 0), max(0.5, 4 * grain.scale))
    return np.asarray(0.93 * glowing + 0.07 * glare, dtype=np.float32)
