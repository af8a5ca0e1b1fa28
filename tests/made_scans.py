"""Scans made by hand, whose places on the photo are known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from shapes import arched_foot, blocks_foot, disc, footprint_of

from archscan.comparison import readings
from archscan.findings import Print, Scan
from archscan.indices import measures
from archscan.photo import Photo
from archscan.reasons import REFUSALS, UNREADABLE, Caution
from archscan.report.record import to_record
from archscan.sheet import Scene
from archscan.verdict import Verdict, decide

WORKING = (800, 1000)
"""Width and height of the working pixels; the seen photo is three times that."""

CARDS = ("mech.neutral", "ex.short_foot", "ex.toe_yoga", "fw.fit")


def made_photo(times=3, size=WORKING):
    pixels = np.full((size[1], size[0], 3), 170, dtype=np.uint8)
    return Photo(pixels, width=size[0] * times, height=size[1] * times)


def made_print(side="left", *, sole=None, at=(400.0, 700.0), mm=None, toe2=True, age=None, **more):
    """A foot of 210 patch pixels on a patch that is the photo, enlarged ``scale`` times."""
    scale, turned_deg = more.pop("scale", 2.0), more.pop("turned_deg", 0.0)
    foot = footprint_of(
        arched_foot() if sole is None else sole,
        side=side,
        heel_centre=at,
        scale=scale,
        turned_deg=turned_deg,
    )
    toe = disc(at[0] + (40 if side == "left" else -40), at[1] - scale * 225, 12 * scale, 40)
    foot = replace(
        foot,
        toes=(toe,),
        mm_per_px=mm,
        axis_method="toe2" if toe2 else "forefoot",
        cautions=() if toe2 else (Caution("toe2-missing", "The second toe left no print."),),
        **more,
    )
    found = measures(foot)
    verdict = decide(found, age)
    assert isinstance(verdict, Verdict)
    return Print(foot, found, verdict, CARDS, foot.cautions)


def made_scan(*prints, photo=None, source="prints/photo.jpg", cautions=(), **scene):
    chosen = Scene(made_photo() if photo is None else photo, **scene)
    return Scan(source, "measured", None, prints or (made_print(),), cautions, chosen)


def refused(code="no-footprint", photo=None):
    scene = Scene(made_photo() if photo is None else photo)
    return Scan("photo.jpg", "refused", REFUSALS[code], (), (), scene)


def unreadable(code="truncated"):
    return Scan("photo.jpg", "unreadable", UNREADABLE[code], (), (), None)


def pair():
    return made_scan(
        made_print("left", at=(220.0, 700.0), scale=1.6),
        made_print("right", at=(580.0, 700.0), scale=1.6),
    )


def interrupted():
    """Heel and forefoot without anything between them."""
    return made_scan(made_print(sole=blocks_foot(midfoot=0.0), scale=2.0))


def child():
    return made_scan(made_print(age=4))


EVERY_KIND = {
    "one": made_scan,
    "pair": pair,
    "interrupted": interrupted,
    "child": child,
    "scaled": lambda: made_scan(made_print(mm=0.55), sheet="a4", tilt_deg=3.25),
    "no second toe": lambda: made_scan(made_print(toe2=False)),
    "refused": refused,
    "unreadable": unreadable,
    "from bytes": lambda: made_scan(source=None),
}


def made_reading(value: float, half: float = 0.02, side: str = "left", **changed):
    """A print of a series, of which only the midfoot contact width ratio was measured."""
    (one,) = readings(to_record(made_scan()))
    indices = {"chippaux_smirak": (value, value - half, value + half)}
    fields = {name: getattr(one, name) for name in one.__slots__}
    return type(one)(**{**fields, "indices": indices, "side": side, **changed})


def save_record(path: Path, **changed: object) -> Path:
    """Write the record of a made scan, some of it changed."""
    path.write_text(json.dumps({**to_record(made_scan()), **changed}), encoding="utf-8")
    return path
