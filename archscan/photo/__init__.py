"""Anything a person calls a photo, to one upright :class:`Photo`."""

from archscan.photo.loading import MAX_PIXELS, load_photo
from archscan.photo.photo import Photo

__all__ = ["MAX_PIXELS", "Photo", "load_photo"]
