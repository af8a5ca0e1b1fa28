"""Renders labelled wet prints: photos whose truth is known exactly."""

from archscan.synthetic.recipe import Recipe, draw_recipe
from archscan.synthetic.scene import Rendering, render
from archscan.synthetic.truth import PrintTruth, Truth
from archscan.synthetic.writing import write_renderings

__all__ = [
    "PrintTruth",
    "Recipe",
    "Rendering",
    "Truth",
    "draw_recipe",
    "render",
    "write_renderings",
]
