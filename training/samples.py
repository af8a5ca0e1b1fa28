"""From a rendered scene to what the network sees: the whole photo, and each print up close."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic import draw_recipe, render
from archscan.synthetic.truth import Truth
from training.network import SIDE, WIDTH

LEAST_PIXELS = 500
"""Of the rendered photo: below this a print is not looked at up close."""

RENDER_LONG_SIDE = 640
"""Finer than the network's picture, so that a print can also be seen up close."""

EMPTY_VIEWS = 2
"""Close views of what is no print: segmentation looks at what it takes for one as well."""

EMPTY_HEIGHT, EMPTY_OFF = (0.4, 1.1), 0.12
"""Height of such a view and how far from the photo's middle, where things are put, it may
lie, shares of the photo's longer side."""

CLOSE_SHARE = (0.62, 0.92)
"""A print's share of the picture's height in a close view: what finding leaves open."""


def _view(
    photo: NDArray[np.uint8],
    mask: NDArray[np.uint8],
    matrix: NDArray[np.float64],
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Warp photo and mask by one affine map, anti-aliased when it shrinks."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    layers = np.stack([np.isin(mask, (1, 3)), np.isin(mask, (2, 4))], axis=2)
    target = layers.astype(np.float32) * 255
    picture = photo
    if scale < 1:
        sigma = 0.45 * (1 / scale - 0.6)
        if sigma > 0.1:
            picture = cv2.GaussianBlur(picture, (0, 0), sigma)
            target = cv2.GaussianBlur(target, (0, 0), sigma)
    border = {"borderMode": cv2.BORDER_CONSTANT}
    mean = [float(value) for value in photo.reshape(-1, 3).mean(axis=0)]
    seen = cv2.warpAffine(picture, matrix, (WIDTH, SIDE), borderValue=mean, **border)
    wanted = cv2.warpAffine(target, matrix, (WIDTH, SIDE), borderValue=0, **border)
    return seen, np.clip(np.rint(wanted), 0, 255).astype(np.uint8)


def whole_view(shape: tuple[int, int], random: np.random.Generator) -> NDArray[np.float64]:
    """Map a photo into the middle of an upright picture for the network.

    Parameters
    ----------
    shape
        Height and width of the photo, pixels.
    random
        Decides to which side a photo that is wider than high is turned.

    Returns
    -------
    numpy.ndarray
        ``float64 (2, 3)`` affine map from photo to picture pixels.
    """
    height, width = shape
    scale = SIDE / max(height, width)
    linear = scale * np.eye(2)
    if width > height:
        way = 1.0 if random.random() < 0.5 else -1.0
        linear = scale * way * np.array([[0.0, -1.0], [1.0, 0.0]])
    return _centred(linear, np.array([width - 1, height - 1]) / 2)


def _centred(linear: NDArray[np.float64], middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Complete an affine map so that a point of the photo comes to the picture's middle."""
    return np.column_stack([linear, np.array([WIDTH - 1, SIDE - 1]) / 2 - linear @ middle])


def _turning(angle: float) -> NDArray[np.float64]:
    """Turn by an angle, radians, ``float64 (2, 2)``."""
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def close_view(
    mask: NDArray[np.bool_],
    up: NDArray[np.float64],
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """Map one print, toes up and a little off, into an upright picture for the network.

    Parameters
    ----------
    mask
        ``(h, w)`` where this print is, toes included.
    up
        ``float (2,)`` direction from heel to toes in the photo.
    random
        Source of the jitter that finding a print leaves.

    Returns
    -------
    numpy.ndarray
        ``float64 (2, 3)`` affine map from photo to picture pixels.
    """
    turn = _turning(np.arctan2(up[0], -up[1]) + np.deg2rad(random.normal(0, 7)))
    y, x = np.nonzero(mask)
    points = np.stack([x, y], axis=1) @ turn.T
    low, high = points.min(axis=0), points.max(axis=0)
    scale = SIDE * random.uniform(*CLOSE_SHARE) / (high[1] - low[1])
    centre = (low + high) / 2 + random.uniform(-0.04, 0.04, 2) * SIDE / scale
    return _centred(scale * turn, np.linalg.inv(turn) @ centre)


def empty_view(shape: tuple[int, int], random: np.random.Generator) -> NDArray[np.float64]:
    """Map some part about the middle of a photo, turned anyhow, into a picture for the network.

    Parameters
    ----------
    shape
        Height and width of the photo, pixels.
    random
        Source.

    Returns
    -------
    numpy.ndarray
        ``float64 (2, 3)`` affine map from photo to picture pixels.
    """
    turn = _turning(random.uniform(0, 2 * np.pi))
    scale = SIDE / (random.uniform(*EMPTY_HEIGHT) * max(shape))
    middle = (np.array(shape[::-1]) - 1) / 2
    return _centred(scale * turn, middle + random.uniform(-EMPTY_OFF, EMPTY_OFF, 2) * max(shape))


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One picture for the network and what it should answer.

    Attributes
    ----------
    picture
        ``uint8 (256, 192, 3)`` RGB.
    target
        ``uint8 (256, 192, 2)``: share of sole and of toes in each pixel, 0 to 255.
    close
        Whether this is a print up close with its toes up, or a part of what is none, not a
        whole photo.
    corners
        ``float32 (4, 2)`` of the sheet or card in the picture's pixels; zeros if none.
    reference
        0 none, 1 sheet of paper, 2 card.
    """

    picture: NDArray[np.uint8]
    target: NDArray[np.uint8]
    close: bool
    corners: NDArray[np.float32]
    reference: int


def samples(seed: int) -> list[Sample]:
    """Render one scene and look at it as segmentation does.

    Parameters
    ----------
    seed
        Of the scene and of the jitter.

    Returns
    -------
    list of Sample
        The whole photo first, then each print up close, or parts of what is none.
    """
    random = np.random.default_rng([seed, 1])
    rendering = render(draw_recipe(seed), long_side=RENDER_LONG_SIDE)
    photo, mask = rendering.photo, rendering.mask
    views = [whole_view(mask.shape[:2], random)]
    for labels, up in _prints(rendering.truth):
        own = np.isin(mask, labels)
        # Of a print cut by the photo's edge, hardly anything may be left.
        if own.sum() > LEAST_PIXELS:
            views.append(close_view(own, up, random))
    if rendering.truth.content == "other":
        views += [empty_view(mask.shape[:2], random) for _ in range(EMPTY_VIEWS)]
    seen = rendering.truth.sheet_corners
    reference = 0 if seen is None else (2 if rendering.truth.sheet == "card" else 1)
    corners = np.zeros((4, 2)) if seen is None else np.array(seen)
    return [
        Sample(
            *_view(photo, mask, matrix),
            close=number > 0,
            corners=(corners @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32),
            reference=reference,
        )
        for number, matrix in enumerate(views)
    ]


def _prints(truth: Truth) -> list[tuple[tuple[int, int], NDArray[np.float64]]]:
    """Labels and upward direction of each print."""
    found = []
    for item in truth.prints:
        up = np.subtract(item.axis_tip, item.heel_centre)
        found.append(((1, 2) if item.side == "left" else (3, 4), up / np.hypot(*up)))
    return found
