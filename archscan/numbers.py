"""Numbers as programs pass them."""

from __future__ import annotations

import math
from numbers import Real

import numpy as np


def plain(value: object) -> object:
    """Give a number of any type as a float, and what is none as it is.

    Parameters
    ----------
    value
        Anything.

    Returns
    -------
    object
        A float for numbers, infinite for those that are too large for one; durations, complex
        numbers and booleans are no numbers here.
    """
    # To numpy a duration is a whole number.
    if not isinstance(value, Real) or isinstance(value, bool | np.timedelta64):
        return value
    try:
        return float(value)
    except OverflowError:
        return -math.inf if value < 0 else math.inf
