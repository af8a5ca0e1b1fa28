"""Ovals in the place of prints, as a look, a find and an outline of them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.photo import load_photo
from archscan.segmentation import Contact
from archscan.segmentation.find import Found
from archscan.segmentation.look import Look, Region
from archscan.sheet import Scene

SIZE = 400
UP = np.array([0.0, -1.0])
NOTHING = np.empty((0, 2))
PHOTO = load_photo(np.full((SIZE, SIZE, 3), 200, np.uint8))
SCENE = Scene(PHOTO)


def oval(x: int, half: int = 90) -> NDArray[np.float32]:
    drawn = np.zeros((SIZE, SIZE), np.float32)
    cv2.ellipse(drawn, (x, 200), (30, half), 0, 0, 360, 1.0, -1)
    return drawn


def look_of(layers: NDArray[np.float32], paper: NDArray[np.float32] | None = None) -> Look:
    """At a whole photo, pixel for pixel."""
    height, width = layers.shape[1:]
    none = np.zeros((height, width), np.float32)
    place = (0, 0, width, height)
    return Look(layers, none if paper is None else paper, Region(*place), place)


def drawn_look(*feet: int, sure: float, elsewhere: float = 0.0, toes: bool = True) -> Look:
    layers = np.full((2, SIZE, SIZE), elsewhere, np.float32)
    for x in feet:
        layers[0] = np.maximum(layers[0], oval(x) * np.float32(sure))
        for beside in (-15, 10) if toes else ():
            cv2.circle(layers[1], (x + beside, 92), 8, sure, -1)
    return look_of(layers)


EMPTY = drawn_look(sure=0.0)


def places(x: int) -> NDArray[np.float64]:
    rows, columns = np.nonzero(oval(x))
    return np.stack([columns, rows], axis=1).astype(float)


def found(x: int, *, toes: bool = True) -> Found:
    return Found(places(x), UP, False, toes, EMPTY, NOTHING)


def contact(x: int, *, sure: float = 0.99, toes: bool = True, half: int = 90) -> Contact:
    pads = np.zeros((SIZE, SIZE), np.float32)
    if toes:
        cv2.circle(pads, (x, 195 - half - 10), 10, 1.0, -1)
    return Contact(oval(x, half) * np.float32(sure), pads, np.eye(3), None)
