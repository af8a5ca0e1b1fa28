"""The arch index of Cavanagh and Rodgers: the middle third's share of the contact."""

from __future__ import annotations

from archscan.indices.bands import Bands
from archscan.indices.construction import Construction

SOURCE = (
    "Cavanagh PR, Rodgers MM. The arch index: a useful measure from footprints. "
    "J Biomech 1987;20(5):547-551, doi:10.1016/0021-9290(87)90255-7"
)

BANDS = Bands(
    high_below=0.21,
    high_at_limit=True,
    neutral=(0.21, 0.26),
    flat_from=0.26,
    source=SOURCE,
    evidence=(
        "The limits are the outer quartiles of the 107 adults first measured, so about a quarter "
        "of them were high and a quarter flat by construction. The index rises with body fat."
    ),
)

GUARD = 0.008
"""Least half-width of the interval: the same rim of 1.3 mm of water moves the index
by up to about this much."""

BLEED = 0.008
"""By how much each millimetre of water creeping on at every side raises it in a
high arch; 0.004 in a neutral, 0.002 in a flat one (medians of 150 drawn feet, widened)."""


def cavanagh_rodgers(construction: Construction) -> float:
    """Contact area of the middle third over the whole toeless contact area.

    Construction: axis from the heel centre to the tip of the second toe;
    perpendicular tangents behind the heel and before the metatarsal heads,
    toes left out; the length between them in equal thirds A (forefoot), B
    (midfoot), C (heel); index = B / (A + B + C). Unit: fraction of 1.
    Higher = flatter; a foot of one width throughout has 1/3.

    Caveat: the bands are quartiles of one sample. A pressure-weighted variant
    of the same name (modified arch index) is not comparable.

    Parameters
    ----------
    construction
        The print's lines, from :func:`archscan.indices.construct`.

    Returns
    -------
    float
        The index, in ``[0, 1)``.

    References
    ----------
    Cavanagh PR, Rodgers MM, J Biomech 1987;20(5):547-551,
    doi:10.1016/0021-9290(87)90255-7.
    """
    return construction.areas[1] / sum(construction.areas)
