"""The public JSON record of a scan."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from importlib import resources
from math import hypot
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archscan.findings import Print, Scan
from archscan.indices.reference import reference_band
from archscan.photo import Photo
from archscan.report.places import to_photo, to_seen
from archscan.report.sizes import width_mm
from archscan.report.words import RECORD_DIGITS, in_its_band, printable
from archscan.verdict import ORDER
from archscan.version import __version__

SCHEMA = "archscan/1"
"""Grows only when something in the record is changed or dropped."""

SPREAD_POINT = re.compile(r"\[\n\s*([-+.\deE]+),\n\s*([-+.\deE]+)\n\s*\]")
"""A point over four lines. No text in the JSON looks like it: it holds no line ends."""

OUTLINE_STEP = 1.0
"""Outlines are thinned to points at least this many seen pixels apart."""


def schema() -> dict[str, Any]:
    """Give the JSON Schema of the record.

    Returns
    -------
    dict
        Draft 2020-12.
    """
    text = resources.files("archscan.report").joinpath("schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def to_record(scan: Scan) -> dict[str, Any]:
    """Give a scan as plain values.

    Parameters
    ----------
    scan
        Measured, refused or unreadable.

    Returns
    -------
    dict
        Ratios as fractions of 1, coordinates in seen pixels, lengths in
        millimetres (``None`` without a scale).
    """
    photo, scene = scan.photo, scan.scene
    return {
        "schema": SCHEMA,
        "version": __version__,
        "photo": None if scan.source is None else printable(scan.source),
        "status": scan.status,
        "reason": None if scan.reason is None else asdict(scan.reason),
        "image": None if photo is None else {"width": photo.width, "height": photo.height},
        "scale": {
            "mm_per_px": _mm_per_seen_pixel(scan),
            "sheet": None if scene is None else scene.sheet,
            "tilt_deg": None if scene is None else _rounded(scene.tilt_deg, 1),
        },
        "prints": [] if photo is None else [_print(item, photo) for item in scan.prints],
        "warnings": [asdict(caution) for caution in scan.cautions],
        "guidance": list(scan.urgent),
    }


def dumped(value: object) -> str:
    """Write plain values as the JSON that archscan prints.

    Parameters
    ----------
    value
        A record or a list of records.

    Returns
    -------
    str
        Valid JSON (no NaN), readable, with a line end.
    """
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    return SPREAD_POINT.sub(r"[\1, \2]", text) + "\n"


def _print(item: Print, photo: Photo) -> dict[str, Any]:
    footprint, verdict = item.footprint, item.verdict
    landmarks = np.stack([footprint.heel_centre, footprint.axis_tip])
    heel, tip = to_seen(landmarks, footprint, photo)
    # Where the photo cuts a print, the edge between its last pixels and nothing lies beyond both.
    last = (photo.width - 1, photo.height - 1)
    outlines = [_points(np.clip(to_seen(p, footprint, photo), 0, last)) for p in footprint.sole]
    return {
        "side": footprint.side,
        "side_confidence": _rounded(footprint.side_confidence, 3),
        "arch": verdict.arch,
        "confidence": verdict.confidence,
        "neighbour": verdict.neighbour,
        "probability": {name: _rounded(verdict.probability[name], 4) for name in ORDER}
        if verdict.probability
        else None,
        "indices": {
            name: {
                "value": in_its_band(name, measure.value, RECORD_DIGITS),
                "low": in_its_band(name, measure.low, RECORD_DIGITS),
                "high": in_its_band(name, measure.high, RECORD_DIGITS),
                "arch": measure.arch if verdict.arch is not None else None,
            }
            for name, measure in item.measures.items()
        },
        "details": {
            name: {
                "value": _rounded(one.value, 4),
                "low": _rounded(one.low, 4),
                "high": _rounded(one.high, 4),
                "unit": one.unit,
                "band": None if verdict.arch is None else one.band,
            }
            for name, one in item.details().items()
        },
        "reference": _reference(item),
        "length_mm": _rounded(footprint.length_mm, 1),
        "width_mm": _rounded(width_mm(footprint), 1),
        "contact_area_cm2": _rounded(footprint.contact_area_cm2, 1),
        "landmarks": {
            "heel_center": _point(heel),
            "toe2_tip": _point(tip) if footprint.axis_method == "toe2" else None,
            "axis_tip": _point(tip),
        },
        "outline": outlines[0],
        "outlines": outlines,
        "warnings": [asdict(caution) for caution in item.cautions],
        "guidance": list(item.guidance),
    }


def _reference(item: Print) -> dict[str, Any] | None:
    """Place the print among adults; children have none."""
    if item.verdict.arch is None:
        return None
    return asdict(reference_band(item.measures["cavanagh_rodgers"].value))


def _mm_per_seen_pixel(scan: Scan) -> float | None:
    """Scale at the first print's heel centre, where a sheet has shown it."""
    if scan.photo is None or not scan.prints:
        return None
    footprint = scan.prints[0].footprint
    if footprint.mm_per_px is None:
        return None
    around = footprint.heel_centre + np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    here, right, down = scan.photo.to_seen(to_photo(around, footprint))
    across, along = right - here, down - here
    area = abs(float(across[0] * along[1] - across[1] * along[0]))
    return _rounded(footprint.mm_per_px / float(np.sqrt(area)), 5)


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)


def _point(point: NDArray[np.float64]) -> list[float]:
    return [round(float(point[0]), 1), round(float(point[1]), 1)]


def _points(points: NDArray[np.float64]) -> list[list[float]]:
    # Plain numbers: numpy takes ten times as long for two of them.
    pairs = points.tolist()
    kept = pairs[:1]
    for x, y in pairs[1:]:
        if hypot(x - kept[-1][0], y - kept[-1][1]) >= OUTLINE_STEP:
            kept.append([x, y])
    return [[round(x, 1), round(y, 1)] for x, y in kept]
