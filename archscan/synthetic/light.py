"""Light on the floor, and what a phone's sensor and software make of it."""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from archscan.synthetic.floors import Picture, Random
from archscan.synthetic.recipe import Recipe

REFERENCE_LONG_SIDE = 1600
"""Blur and shadows are given for a photo of this size."""


def light(picture: Picture, recipe: Recipe, random: Random) -> Picture:
    """Light the scene unevenly and cast a shadow.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)`` under even light.
    recipe
        The scene.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float32 (h, w, 3)``.
    """
    height, width = picture.shape[:2]
    if recipe.medium == "plate":
        return picture
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    hard = recipe.difficulty == "hard"
    angle = random.uniform(0, 2 * np.pi)
    slope = random.uniform(0, 0.3 if hard else 0.16)
    field = 1 + slope * (x * np.cos(angle) + y * np.sin(angle))
    field = field * (1 - random.uniform(0, 0.22 if hard else 0.12) * (x**2 + y**2) / 2)
    if recipe.shadow > 0:
        field = field * (1 - recipe.shadow * _shadow(x, y, recipe, random))
        if hard and random.random() < 0.35:
            # A second lamp casts its own, fainter one.
            field = field * (1 - 0.6 * recipe.shadow * _shadow(x, y, recipe, random))
    warmth = random.normal(0, 0.06 if hard else 0.03)
    cast = np.array([1 + warmth, 1.0, 1 - warmth]) * random.uniform(0.75, 1.08)
    cast = cast * (1 - recipe.darkness)
    return np.asarray(picture * field[..., None] * cast.astype(np.float32), dtype=np.float32)


def _shadow(x: Picture, y: Picture, recipe: Recipe, random: Random) -> Picture:
    """How much of the light is taken, 0 to 1."""
    soft = random.uniform(0.003, 0.02) if recipe.shadow_hard else random.uniform(0.08, 0.4)
    angle = random.uniform(0, 2 * np.pi)
    u = x * np.cos(angle) + y * np.sin(angle) - random.uniform(-0.5, 0.5)
    v = y * np.cos(angle) - x * np.sin(angle) - random.uniform(-0.5, 0.5)
    kind = random.integers(0, 5)
    if kind == 0:
        distance = u + random.uniform(0, 0.15) * np.sin(4 * v + random.uniform(0, 6))
    elif kind == 3:
        distance = _figure(u, v, random)
    elif kind == 4:
        distance = _foliage(u.shape, random)
    elif kind == 1:
        distance = np.hypot(u / random.uniform(0.3, 0.9), v / random.uniform(0.3, 0.9)) - 1
    else:
        distance = np.maximum(np.abs(u) - random.uniform(0.08, 0.4), v)
    return np.asarray(1 / (1 + np.exp(np.clip(distance / soft, -30, 30))), dtype=np.float32)


def _figure(u: Picture, v: Picture, random: Random) -> Picture:
    """Distance to a person's shadow: head, shoulders, and arms that hold a phone."""
    size = random.uniform(0.2, 0.5)
    parts = [np.hypot(u / 0.45, v / 0.55) - size, np.hypot(u, (v - 1.6 * size) / 0.5) - 1.3 * size]
    for side in (-1, 1):
        arm = np.abs(u + side * (0.9 * size + 0.3 * v)) - random.uniform(0.08, 0.2) * size
        parts.append(np.maximum(arm, np.abs(v) - 1.2 * size))
    return np.asarray(np.minimum.reduce(parts), dtype=np.float32)


def _foliage(shape: tuple[int, ...], random: Random) -> Picture:
    """Distance to the dappled shadow of leaves, or of something without a form."""
    cells = int(random.integers(4, 22))
    grid = random.standard_normal((cells, cells)).astype(np.float32)
    field = cv2.resize(grid, shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray((field - random.uniform(-0.5, 0.8)) / cells, dtype=np.float32)


def finish(picture: Picture, recipe: Recipe, random: Random) -> NDArray[np.uint8]:
    """Blur, noise, sharpening and JPEG.

    Parameters
    ----------
    picture
        ``float32 (h, w, 3)``.
    recipe
        The scene.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``uint8 (h, w, 3)`` RGB.
    """
    height, width = picture.shape[:2]
    ratio = max(height, width) / REFERENCE_LONG_SIDE
    seen = picture
    if recipe.blur * ratio > 0.15:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), recipe.blur * ratio), np.float32)
    hard = recipe.difficulty == "hard"
    if hard and random.random() < 0.2:
        seen = _shake(seen, random.uniform(2, 7) * ratio, random.uniform(0, np.pi))
    sensor = random.standard_normal(seen.shape, dtype=np.float32)
    if random.random() < 0.5:
        # Noise reduction leaves blotches instead of grain.
        sensor = cv2.GaussianBlur(sensor, (0, 0), random.uniform(0.5, 1.2)) * 1.8
    # A dim room is photographed with more gain.
    seen = seen + recipe.noise * (1 + 2 * recipe.darkness) * sensor
    seen = _software(seen, recipe.look, ratio, random)
    if random.random() < (0.5 if hard else 0.3):
        soft = cv2.GaussianBlur(seen, (0, 0), max(0.3, 1.5 * ratio))
        seen = seen + random.uniform(0.2, 0.9) * (seen - soft)
    exact = np.clip(seen * 255 + 0.5, 0, 255).astype(np.uint8)
    quality = int(random.integers(55, 80) if hard else random.integers(78, 95))
    stream = io.BytesIO()
    Image.fromarray(exact).save(stream, "JPEG", quality=quality)
    with Image.open(stream) as stored:
        return np.asarray(stored.convert("RGB")).copy()


def _software(picture: Picture, look: str, ratio: float, random: Random) -> Picture:
    """Do what phones do to pictures: wash the grain away, or lift every shade."""
    if look == "smooth":
        size = 2 * max(1, round(random.uniform(1.0, 2.5) * ratio)) + 1
        return np.asarray(cv2.medianBlur(picture.astype(np.float32), min(size, 5)), np.float32)
    if look == "hdr":
        local = cv2.GaussianBlur(picture, (0, 0), random.uniform(15, 60) * ratio)
        lifted = picture + random.uniform(0.3, 0.9) * (picture - local)
        grey = lifted.mean(axis=2, keepdims=True)
        lifted = grey + random.uniform(1.0, 1.35) * (lifted - grey)
        level = float(local.mean())
        return np.asarray(lifted + random.uniform(0, 0.5) * (level - local), np.float32)
    return picture


def _shake(picture: Picture, length: float, angle: float) -> Picture:
    size = 2 * int(np.ceil(length / 2)) + 1
    if size < 3:
        return picture
    kernel = np.zeros((size, size), dtype=np.float32)
    middle = size // 2
    reach = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    ends = [
        (round(float(middle + s * reach[0])), round(float(middle + s * reach[1]))) for s in (-1, 1)
    ]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1)
    return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), dtype=np.float32)
