"""How far water or ink seems to have crept beyond the skin."""

from __future__ import annotations

from archscan.footprint.axis import Axis
from archscan.reasons import Caution
from archscan.segmentation.contact import Contact

MOST_BLEED_MM = 3.0
"""Bleed beyond which an edge cannot be placed: it may cost four to five points of the
Chippaux-Smirak index."""

NOTABLE_BLEED_MM = 1.75
"""Bleed that is worth a word; rendered prints in focus stay below 1.3 mm."""

USUAL_LENGTH_MM = 205.0
"""Toeless length of an adult's print, where no scale is known."""


def bleed_mm(contact: Contact, axis: Axis) -> float:
    """Tell how far it may have crept.

    Parameters
    ----------
    contact
        The print; nothing is known of one whose edge was not held against the photo.
    axis
        Of the print, which is taken for an adult's where there is no scale.

    Returns
    -------
    float
        From the middle of the print's edge, where it is measured, to where it is dry.
    """
    if contact.rim_px is None:
        return 0.0
    mm_per_px = contact.mm_per_px or USUAL_LENGTH_MM / axis.toeless_length
    return contact.rim_px * mm_per_px


def bleed_cautions(bleed: float) -> tuple[Caution, ...]:
    """Say of a soft edge what it may have done.

    Parameters
    ----------
    bleed
        From :func:`bleed_mm`, millimetres.

    Returns
    -------
    tuple of Caution
        ``soft-edge``, or none.
    """
    if bleed <= NOTABLE_BLEED_MM:
        return ()
    return (
        Caution(
            "soft-edge",
            f"The edge of this print fades out over about {2 * bleed:.0f} mm: water or ink "
            "that has crept on, or a photo out of focus. Each millimetre that it creeps makes a "
            "print look flatter by one or two points; the range allows for it.",
        ),
    )
