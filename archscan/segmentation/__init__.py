"""``Scene`` to ``Contact``s: where each foot touched, toes apart from sole."""

from archscan.segmentation.contact import Contact, Segmentation
from archscan.segmentation.masks import contacts_from_mask, labels_of
from archscan.segmentation.paint import is_flat
from archscan.segmentation.print_colour import print_colour
from archscan.segmentation.recoloured import segment_recoloured
from archscan.segmentation.segment import first_look, look_again, segment
from archscan.segmentation.sheets import hints_at_sheet, likely_sheets, sheets_up_close
from archscan.segmentation.soles import likely_soles

__all__ = [
    "Contact",
    "Segmentation",
    "contacts_from_mask",
    "first_look",
    "hints_at_sheet",
    "is_flat",
    "labels_of",
    "likely_sheets",
    "likely_soles",
    "look_again",
    "print_colour",
    "segment",
    "segment_recoloured",
    "sheets_up_close",
]
