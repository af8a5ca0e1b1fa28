"""``Footprint`` to ``Measure``s: the published indices of a print.

Each index has a module of its own that holds the function, its bands and its
source; :data:`INDICES` lists them.
"""

from archscan.indices.bands import Bands
from archscan.indices.construction import Construction, Section, construct
from archscan.indices.measure import Arch, Measure
from archscan.indices.measuring import measures
from archscan.indices.table import INDICES, Index
from archscan.indices.tilt import (
    KNOWN_TILT_DOUBT_DEG,
    UNKNOWN_TILT_DOUBT_DEG,
    Viewpoint,
)

__all__ = [
    "INDICES",
    "KNOWN_TILT_DOUBT_DEG",
    "UNKNOWN_TILT_DOUBT_DEG",
    "Arch",
    "Bands",
    "Construction",
    "Index",
    "Measure",
    "Section",
    "Viewpoint",
    "construct",
    "measures",
]
