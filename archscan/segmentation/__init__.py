"""``Scene`` to ``Contact``s: where each foot touched, toes apart from sole."""

from archscan.segmentation.contact import Contact, Segmentation
from archscan.segmentation.masks import contacts_from_mask
from archscan.segmentation.segment import segment

__all__ = ["Contact", "Segmentation", "contacts_from_mask", "segment"]
