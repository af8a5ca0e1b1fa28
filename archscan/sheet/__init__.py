"""``Photo`` to ``Scene``: the plane of the floor, when a sheet of paper shows it."""

from archscan.sheet.perspective import FULL_FRAME_LONG_SIDE_MM, USUAL_FOCAL_LENGTH_35MM
from archscan.sheet.scene import SHEETS_MM, Scene, SheetOption
from archscan.sheet.search import find_scene

__all__ = [
    "FULL_FRAME_LONG_SIDE_MM",
    "SHEETS_MM",
    "USUAL_FOCAL_LENGTH_35MM",
    "Scene",
    "SheetOption",
    "find_scene",
]
