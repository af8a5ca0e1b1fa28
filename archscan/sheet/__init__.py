"""``Photo`` to ``Scene``: the plane of the floor, when a sheet of paper shows it."""

from archscan.sheet.perspective import camera_of
from archscan.sheet.scene import SHEETS_MM, Scene, SheetOption
from archscan.sheet.search import find_scene

__all__ = [
    "SHEETS_MM",
    "Scene",
    "SheetOption",
    "camera_of",
    "find_scene",
]
