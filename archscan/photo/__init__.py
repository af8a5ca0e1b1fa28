"""Anything a person calls a photo, to one upright :class:`Photo`."""

from typing import TYPE_CHECKING

from archscan.photo.loading import MAX_PIXELS, load_photo
from archscan.photo.photo import Photo

if TYPE_CHECKING:
    from archscan.photo.loading import PhotoSource

__all__ = ["MAX_PIXELS", "Photo", "PhotoSource", "load_photo"]
