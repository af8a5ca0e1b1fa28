"""Small annotated pictures for the gallery."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archscan.findings import Scan

LONG_SIDE = 240
"""Pixels: enough to see the outline on a phone, small enough for thousands in one file."""

QUALITY = 60


def thumbnail(scan: Scan) -> str:
    """Draw the annotated photo small.

    Parameters
    ----------
    scan
        With a photo.

    Returns
    -------
    str
        Base64 of a JPEG without metadata.
    """
    from PIL import Image

    from archscan.report.picture import annotate

    picture = Image.fromarray(annotate(scan))
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.BOX)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=QUALITY)
    return base64.b64encode(stream.getvalue()).decode()
