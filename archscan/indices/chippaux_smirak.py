"""The Chippaux-Smirak index: how wide the midfoot is beside the forefoot."""

from __future__ import annotations

from archscan.indices.bands import Bands
from archscan.indices.construction import Construction

SOURCE = (
    "Chippaux (1947); Smirak (1960); class table: Forriol F, Pascual J. "
    "Foot Ankle 1990;11(2):101-104"
)

BANDS = Bands(
    high_below=0.30,
    neutral=(0.30, 0.45),
    flat_from=0.45,
    source=SOURCE,
    evidence=(
        "Flat from 45 % is the top class of Forriol and Pascual. High has no agreed limit: they "
        "keep it for interrupted prints and call 0.1-29.9 % normal, while 25 % and 30 % are in "
        "common use. 30 % is chosen because such a print has an arch index of about 0.21."
    ),
)

GUARD = 0.02
"""Least half-width of the interval: a rim of water of 1.3 mm around the print, which
no photo can tell from skin, moves the index by about two hundredths."""

BLEED = 0.016
"""By how much each millimetre of water creeping on at every side raises it in a
high arch; 0.013 in a neutral, 0.009 in a flat one (medians of 150 drawn feet, widened)."""


def chippaux_smirak(construction: Construction) -> float:
    """Narrowest midfoot contact width over widest forefoot contact width.

    Construction: perpendicular to the axis (heel centre to tip of the second
    toe), the widest contact in the front third of the toeless print, at the
    metatarsal heads; parallel to it the narrowest contact between there and
    the widest heel. Toes are left out. Unit: fraction of 1 (printed as a
    percentage elsewhere). Higher = flatter; 0 when the print is interrupted.

    Caveat: the classical drawing lays both lines parallel to the oblique line
    across the metatarsal heads, which differs slightly from perpendiculars to
    the axis. A print's class is not the height of the bony arch.

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
    Chippaux (1947) and Smirak (1960); Forriol F, Pascual J, Foot Ankle
    1990;11(2):101-104.
    """
    return construction.midfoot.width / construction.forefoot.width
