"""``Footprint`` to ``Measure``s: the published indices of a print.

Each index has a module of its own that holds the function, its bands and its
source; :data:`INDICES` lists them.
"""

from archscan.indices.bands import Bands
from archscan.indices.construction import Construction, Section, construct
from archscan.indices.measure import Arch, Measure
from archscan.indices.measuring import measures
from archscan.indices.table import INDICES, Index
from archscan.indices.tilt import Viewpoint
from archscan.indices.tilt_doubt import (
    KNOWN_TILT_DOUBT_DEG,
    NO_TILT_DOUBT,
    TiltDoubt,
    known_tilt_doubt,
    usual_tilt_doubt,
)

__all__ = [
    "INDICES",
    "KNOWN_TILT_DOUBT_DEG",
    "NO_TILT_DOUBT",
    "Arch",
    "Bands",
    "Construction",
    "Index",
    "Measure",
    "Section",
    "TiltDoubt",
    "Viewpoint",
    "construct",
    "known_tilt_doubt",
    "measures",
    "usual_tilt_doubt",
]
