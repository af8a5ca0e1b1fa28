"""The trained network: prints and sheets of paper in a picture."""

from __future__ import annotations

import threading
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import cv2

SIDE = 256
"""Longer side of a picture for the network, pixels: what it was trained on."""

STEP = 32
"""Sides are multiples of this: the network halves its picture five times."""

CELL = 4
"""Pixels a side that each place of its last layer answers for."""

CONTACT = 2
"""Of its four layers, the first: sole and toes."""

PAPER = 2
"""The layer of sheets of paper. The fourth, cards, is not sure enough yet to be used."""

LEAST_PROBABILITY = 0.003
"""Closer to 0 and to 1 no probability is taken for what it says."""

LEAST_LOG_ODDS = np.float32(-80.0)
"""The odds against what is less likely than this are no number of 32 bits."""

MOST_SHAPES = 8
"""Shapes of pictures for which a thread keeps the network laid out."""

_loaded = threading.local()


@cache
def _weights() -> NDArray[np.uint8]:
    stored = resources.files("archscan.segmentation").joinpath("contact.onnx").read_bytes()
    return np.frombuffer(stored, dtype=np.uint8)


def _network(shape: tuple[int, ...]) -> cv2.dnn.Net:
    """Give the network laid out for one shape: laying it out anew takes as long as a look.

    Once in each thread, because it holds its last input.
    """
    import cv2

    if not hasattr(_loaded, "networks"):
        _loaded.networks = {}
    networks: dict[tuple[int, ...], cv2.dnn.Net] = _loaded.networks
    if shape not in networks:
        if len(networks) == MOST_SHAPES:
            networks.clear()
        networks[shape] = cv2.dnn.readNetFromONNX(_weights())
    return networks[shape]


def see(picture: NDArray[np.uint8], turns: int = 0, mirrored: bool = False) -> NDArray[np.float32]:
    """Look at a picture.

    Parameters
    ----------
    picture
        ``uint8 (h, w, 3)`` RGB; both sides multiples of 32, the longer one 256.
    turns
        Quarters by which it is turned anticlockwise before it is looked at.
    mirrored
        Whether its mirror image is looked at: a second opinion on the same picture.

    Returns
    -------
    numpy.ndarray
        ``float32 (4, h, w)``: log-odds of sole, toes, sheet of paper and card, turned
        and mirrored back.
    """
    import cv2

    shown = np.rot90(picture, turns)
    if mirrored:
        shown = shown[:, ::-1]
    network = _network(shown.shape)
    network.setInput(cv2.dnn.blobFromImage(np.ascontiguousarray(shown), 1.0 / 255.0))
    seen = _laid_out(network.forward()[0])
    if mirrored:
        seen = seen[:, :, ::-1]
    return np.ascontiguousarray(np.rot90(seen, -turns, axes=(1, 2)), dtype=np.float32)


def _laid_out(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lay out the answers ``(16 n, h, w)`` of all places as layers ``(n, 4 h, 4 w)``."""
    _, height, width = cells.shape
    layers = cells.reshape(-1, CELL, CELL, height, width).transpose(0, 3, 1, 4, 2)
    return layers.reshape(-1, CELL * height, CELL * width)


def probability_of(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn log-odds into probabilities.

    Parameters
    ----------
    log_odds
        Of any shape; the mean over several looks, on which what they disagree about
        comes out as doubt.

    Returns
    -------
    numpy.ndarray
        ``float32`` of the same shape.
    """
    return np.asarray(1.0 / (1.0 + np.exp(-np.maximum(log_odds, LEAST_LOG_ODDS))), dtype=np.float32)


def log_odds_of(probability: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn probabilities back into log-odds.

    Parameters
    ----------
    probability
        Of any shape.

    Returns
    -------
    numpy.ndarray
        ``float32`` of the same shape, within plus and minus 5.8.
    """
    kept = np.clip(probability, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    return np.asarray(np.log(kept / (1 - kept)), dtype=np.float32)
