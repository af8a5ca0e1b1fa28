"""A photo in other colours: by its hue alone, and without any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from archscan.photo import Photo
from archscan.segmentation.colour import in_colour
from archscan.segmentation.contact import Contact, Segmentation
from archscan.segmentation.grain import grained
from archscan.segmentation.look import Look
from archscan.segmentation.paint import is_paint, is_solid
from archscan.segmentation.print_colour import print_colour
from archscan.segmentation.segment import first_look, segment, shows_toes
from archscan.segmentation.tints import is_tint
from archscan.sheet import Scene

SAME_PAINT = 30.0
"""Distance between the colours of a print's toes and of its sole, RGB, at most: a shoe before
dots looks like a sole with toes."""


def segment_recoloured(scene: Scene) -> Iterator[Segmentation]:
    """Find and outline prints on a photo in other colours, where its own show none.

    By its hue alone, where a print is as bright as its floor; and without its colours: what
    water and most inks leave has the floor's own hue, and a thing with another one is mostly
    no print, so that the network, which learned this, overlooks paint. Then both under grain,
    as it overlooks what is solid too. What is found must be a faint tint, or paint, in the
    photo's own colours.

    Parameters
    ----------
    scene
        The photo and what is known of its plane.

    Yields
    ------
    Segmentation
        One or two contacts, or a refusal.
    """
    photo = scene.photo
    shown = [one for one in (in_colour(photo), _without_colour(photo)) if one is not None]
    for one in shown:
        yield _segmented(scene, one, first_look(one), _is_tint_or_paint)
    for one in map(grained, shown):
        look = first_look(one)
        # Solid prints are plain to see: no part of the photo need be looked at by itself.
        if shows_toes(look):
            yield _segmented(scene, one, look, _is_all_paint)


def _segmented(
    scene: Scene, shown: Photo, look: Look, is_print: Callable[[Photo, Contact], bool]
) -> Segmentation:
    """Outline on a recoloured photo what is a print by the photo's own colours."""
    found = segment(replace(scene, photo=shown), look, thorough=False)
    return replace(found, missed=()).only(partial(is_print, scene.photo))


def _is_tint_or_paint(photo: Photo, contact: Contact) -> bool:
    colour = print_colour(photo, contact)
    return colour is not None and (is_tint(colour) or is_paint(colour))


def _is_all_paint(photo: Photo, contact: Contact) -> bool:
    """Whether a print is painted, its toes as its sole."""
    none = np.zeros_like(contact.sole)
    sole, toes = (
        print_colour(photo, one)
        for one in (replace(contact, toes=none), replace(contact, sole=none))
    )
    if sole is None or toes is None or np.linalg.norm(sole.own - toes.own) > SAME_PAINT:
        return False
    return is_paint(sole) or is_solid(sole)


def _without_colour(photo: Photo) -> Photo:
    grey = np.rint(photo.pixels.mean(axis=2, keepdims=True)).astype(np.uint8)
    return replace(photo, pixels=np.repeat(grey, 3, axis=2))
