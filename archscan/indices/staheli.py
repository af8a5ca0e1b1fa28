"""The Staheli index: how wide the midfoot is beside the heel."""

from __future__ import annotations

from archscan.indices.bands import Bands
from archscan.indices.construction import Construction

SOURCE = "Staheli LT, Chew DE, Corbett M. J Bone Joint Surg Am 1987;69:426-428"

BANDS = Bands(
    high_below=0.44,
    neutral=(0.54, 0.75),
    flat_from=0.89,
    source=SOURCE,
    evidence=(
        "Published limits contradict each other and most come from children; values between the "
        "bands carry no opinion. The index only cross-checks, it never decides a class."
    ),
)

GUARD = 0.04
"""Least half-width of the interval: 1.3 mm of water around a high-arched print moves
the index by about three hundredths, and a heel's width is the least repeatable of
the widths."""

BLEED = 0.021
"""By how much each millimetre of water creeping on at every side raises it in a
high arch; 0.013 in a neutral, 0.005 in a flat one (medians of 150 drawn feet, widened)."""


def staheli(construction: Construction) -> float:
    """Narrowest midfoot contact width over widest heel contact width.

    Construction: perpendicular to the axis (heel centre to tip of the second
    toe), the widest contact in the rear third of the toeless print; parallel
    to it the narrowest contact between there and the widest forefoot. Unit:
    fraction of 1, above 1 where the midfoot is wider than the heel.
    Higher = flatter; 0 when the print is interrupted.

    Caveat: the normal range of the original 882 feet of all ages is very
    broad, and the heel's width agrees least between methods.

    Parameters
    ----------
    construction
        The print's lines, from :func:`archscan.indices.construct`.

    Returns
    -------
    float
        The index, at least 0.

    References
    ----------
    Staheli LT, Chew DE, Corbett M, J Bone Joint Surg Am 1987;69:426-428.
    """
    return construction.midfoot.width / construction.heel.width
