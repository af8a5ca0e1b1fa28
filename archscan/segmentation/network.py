"""The trained network: prints, sheets and cards in a square picture."""

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
"""Side of the square picture the network was trained on, pixels."""

CONTACT = 2
"""Of its four layers, the first: sole and toes. A sheet of paper and a card follow."""


_loaded = threading.local()


@cache
def _weights() -> NDArray[np.uint8]:
    stored = resources.files("archscan.segmentation").joinpath("contact.onnx").read_bytes()
    return np.frombuffer(stored, dtype=np.uint8)


def load_network() -> cv2.dnn.Net:
    """Load the network that ships with the package, once in each thread.

    Returns
    -------
    cv2.dnn.Net
        Not to be shared between threads: it holds its last input.
    """
    import cv2

    if not hasattr(_loaded, "network"):
        _loaded.network = cv2.dnn.readNetFromONNX(_weights())
    network: cv2.dnn.Net = _loaded.network
    return network


def see(network: cv2.dnn.Net, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Look at a picture.

    Parameters
    ----------
    network
        From :func:`load_network`.
    picture
        ``uint8 (256, 256, 3)`` RGB.

    Returns
    -------
    numpy.ndarray
        ``float32 (4, 256, 256)``: log-odds of sole, toes, sheet of paper and card.
    """
    import cv2

    network.setInput(cv2.dnn.blobFromImage(picture, 1.0 / 255.0))
    return np.asarray(network.forward()[0], dtype=np.float32)


def see_mirrored(network: cv2.dnn.Net, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Look at a picture's mirror image: a second opinion on the same picture.

    Parameters
    ----------
    network, picture
        As for :func:`see`.

    Returns
    -------
    numpy.ndarray
        ``float32 (4, 256, 256)`` log-odds, mirrored back.
    """
    mirrored = np.ascontiguousarray(picture[:, ::-1])
    return np.ascontiguousarray(see(network, mirrored)[:, :, ::-1])


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
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), dtype=np.float32)
