"""``Scene`` to ``Contact``s: where each foot touched, toes apart from sole."""

from archscan.segmentation.contact import Contact, Segmentation
from archscan.segmentation.masks import contacts_from_mask
from archscan.segmentation.references import references
from archscan.segmentation.segment import first_look, segment

__all__ = [
    "Contact",
    "Segmentation",
    "contacts_from_mask",
    "first_look",
    "references",
    "segment",
]
