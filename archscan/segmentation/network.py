"""The trained network: sole and toes of every print in a square picture."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import cv2

SIDE = 256
"""Side of the square picture the network was trained on, pixels."""


@cache
def _weights() -> NDArray[np.uint8]:
    stored = resources.files("archscan.segmentation").joinpath("contact.onnx").read_bytes()
    return np.frombuffer(stored, dtype=np.uint8)


def load_network() -> cv2.dnn.Net:
    """Load the network that ships with the package.

    Returns
    -------
    cv2.dnn.Net
        Not to be shared between threads: it holds its last input.
    """
    import cv2

    return cv2.dnn.readNetFromONNX(_weights())


def see(network: cv2.dnn.Net, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Look at a picture and at its mirror image.

    Parameters
    ----------
    network
        From :func:`load_network`.
    picture
        ``uint8 (256, 256, 3)`` RGB.

    Returns
    -------
    numpy.ndarray
        ``float32 (2, 256, 256)``: probability of sole and of toes, the mean
        over both views; what they disagree on comes out as doubt.
    """
    straight = picture.astype(np.float32).transpose(2, 0, 1) / 255.0
    both = np.stack([straight, straight[:, :, ::-1]])
    logits = []
    for view in both:
        network.setInput(np.ascontiguousarray(view[None]))
        logits.append(np.asarray(network.forward(), dtype=np.float32)[0])
    mean = (logits[0] + logits[1][:, :, ::-1]) / 2.0
    probability: NDArray[np.float32] = 1.0 / (1.0 + np.exp(-mean))
    return probability
