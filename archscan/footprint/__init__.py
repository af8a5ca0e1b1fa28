"""``Contact`` to ``Footprint``: the anatomy of one print, or a refusal."""

from archscan.footprint.anatomy import find_footprint
from archscan.footprint.footprint import AxisMethod, Footprint, Side

__all__ = ["AxisMethod", "Footprint", "Side", "find_footprint"]
