"""A photo in other colours: by its hue alone, and without any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from archscan.photo import Photo
from archscan.segmentation.colour import in_colour
from archscan.segmentation.contact import Contact, Segmentation
from archscan.segmentation.paint import is_paint
from archscan.segmentation.print_colour import print_colour
from archscan.segmentation.segment import first_look, segment
from archscan.segmentation.tints import is_tint
from archscan.sheet import Scene


def segment_recoloured(scene: Scene) -> Iterator[Segmentation]:
    """Find and outline prints on a photo in other colours, where its own show none.

    By its hue alone, where a print is as bright as its floor; and without its colours: what
    water and most inks leave has the floor's own hue, and a thing with another one is mostly
    no print, so that the network, which learned this, overlooks paint. What is found then
    must be a faint tint, or paint, in the photo's own colours.

    Parameters
    ----------
    scene
        The photo and what is known of its plane.

    Yields
    ------
    Segmentation
        One or two contacts, or a refusal.
    """
    for recolour in (in_colour, _without_colour):
        shown = recolour(scene.photo)
        if shown is None:
            continue
        found = segment(replace(scene, photo=shown), first_look(shown), thorough=False)
        yield replace(found, missed=()).only(partial(_is_tint_or_paint, scene.photo))


def _is_tint_or_paint(photo: Photo, contact: Contact) -> bool:
    colour = print_colour(photo, contact)
    return colour is not None and (is_tint(colour) or is_paint(colour))


def _without_colour(photo: Photo) -> Photo:
    grey = np.rint(photo.pixels.mean(axis=2, keepdims=True)).astype(np.uint8)
    return replace(photo, pixels=np.repeat(grey, 3, axis=2))
