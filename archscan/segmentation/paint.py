"""Prints in a strong colour of their own, as paint and coloured ink leave them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from archscan.segmentation.print_colour import PrintColour, spread

LEAST_TINT = 0.4
"""Difference in hue from the surroundings, each colour as a share of its own brightness, that
paint has at least. Blue, red, green, violet, orange and turquoise on white paper have 0.5 to
1.3."""

SKIN_RED_TO_GREEN, SKIN_GREEN_TO_BLUE = (1.0, 2.0), (0.9, 2.0)
"""Between what the colours of skin stand to each other, from the palest to the darkest and by
the light of a lamp too: most paints lie far outside."""

LEAST_SKIN_RED_TO_BLUE = 1.25
"""And at least so: white and grey are no skin."""

LEAST_STEP = 40.0
"""Grey levels by which a solid print is darker or brighter than its surroundings at least."""

MOST_SPREAD = 8.0
"""Standard deviation of a solid print's shades, grey levels: paint covers the floor's grain, and
a camera's noise is less once a photo is shrunk."""


def is_paint(colour: PrintColour) -> bool:
    """Tell whether a print has a colour of its own, and is :func:`flat <is_flat>`.

    Parameters
    ----------
    colour
        Of the print, in the photo's own colours.

    Returns
    -------
    bool
        ``False`` for what has the hue of its surroundings, and for skin and things.
    """
    return colour.tint >= LEAST_TINT and is_flat(colour)


def is_solid(colour: PrintColour) -> bool:
    """Tell whether a print is even, far darker or brighter than its floor, and flat.

    Parameters
    ----------
    colour
        Of the print, in the photo's own colours.

    Returns
    -------
    bool
        ``False`` for what lets the floor through, and for skin and things.
    """
    is_even = spread(colour.inside) <= MOST_SPREAD
    return abs(colour.brighter) >= LEAST_STEP and is_even and is_flat(colour)


def is_flat(colour: PrintColour) -> bool:
    """Tell whether a print is no thing: of no skin's colour, and not shaded at its edge.

    Parameters
    ----------
    colour
        Of the print, in the photo's own colours.

    Returns
    -------
    bool
        ``False`` for skin, and for what is darker where it rounds off.
    """
    return not is_skin_coloured(colour.own) and not colour.is_shaded


def is_skin_coloured(colour: NDArray[np.float64]) -> bool:
    """Tell whether a colour may be that of skin.

    Parameters
    ----------
    colour
        ``float64 (3,)`` RGB.

    Returns
    -------
    bool
        By what its channels stand to each other; how bright it is does not matter.
    """
    red, green, blue = np.maximum(colour, 1.0).tolist()
    low, high = SKIN_RED_TO_GREEN
    lower, higher = SKIN_GREEN_TO_BLUE
    return bool(
        low <= red / green <= high
        and lower <= green / blue <= higher
        and red / blue >= LEAST_SKIN_RED_TO_BLUE
    )
