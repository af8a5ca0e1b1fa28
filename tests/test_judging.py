"""What is said of prints whose outlines are drawn, without a photo."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from made_scans import made_photo

from archscan.findings import Answers, Scan
from archscan.indices import TiltDoubt
from archscan.judging import judged
from archscan.options import SideOption
from archscan.reasons import REFUSALS, Reason
from archscan.segmentation import Contact, Segmentation
from archscan.sheet import Scene

HEIGHT, WIDTH = 520, 320
LEFT, EITHER = (112, 150), (141, 179)
"""From where to where a band joins heel and ball: on a left foot, and on one that may be either."""


def contact(band: tuple[int, int] = LEFT, *, heel: bool = True, **more) -> Contact:
    """A heel and a ball joined by a band, on a patch that is its part of the photo."""
    sole = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.circle(sole, (160, 190), 76, 1, -1)
    if heel:
        cv2.circle(sole, (160, 430), 48, 1, -1)
        cv2.rectangle(sole, (band[0], 190), (band[1], 430), 1, -1)
    maps = sole.astype(np.float32), np.zeros((HEIGHT, WIDTH), np.float32)
    return replace(Contact(*maps, np.eye(3), None), **more)


def said(
    *contacts: Contact,
    missed: tuple[Reason, ...] = (),
    answers: Answers | None = None,
    scene: Scene | None = None,
    is_photo: bool = False,
    side: SideOption = "auto",
) -> Scan:
    return judged(
        None,
        Scene(made_photo()) if scene is None else scene,
        Segmentation(contacts, None, missed),
        side=side,
        answers=Answers() if answers is None else answers,
        is_photo=is_photo,
    )


def codes(scan: Scan) -> list[str]:
    return [caution.code for caution in scan.prints[0].cautions]


def test_of_several_reasons_the_first_is_told() -> None:
    faint = replace(contact(), sole=0.7 * contact().sole)
    assert said(contact(heel=False), faint).reason == REFUSALS["partial-print"]
    assert said(faint, contact(heel=False)).reason == REFUSALS["too-faint"]
    missed = (REFUSALS["too-blurred"],)
    assert said(faint, missed=missed).reason == REFUSALS["too-blurred"]
    assert said().reason == REFUSALS["no-footprint"]


def test_a_print_that_could_not_be_measured_is_told_of_and_a_shade_that_was_none_is_not() -> None:
    missed = (REFUSALS["no-footprint"], REFUSALS["too-blurred"])
    done = said(contact(), contact(heel=False), missed=missed)
    assert [caution.code for caution in done.cautions] == ["too-blurred", "partial-print"]


@pytest.mark.parametrize("bands", [(LEFT, EITHER), (EITHER, LEFT)])
def test_of_two_like_feet_the_unsure_one_is_a_guess_unless_a_person_says_otherwise(bands) -> None:
    told = [(one.footprint.side, one.footprint) for one in said(*map(contact, bands)).prints]
    assert [side for side, _ in told] == ["left", "right"]
    assert told[0][1].side_confidence > 0.9
    assert told[1][1].side_confidence == 0.5
    same = said(*map(contact, bands), side="left").prints
    assert [one.footprint.side for one in same] == ["left", "left"]


def test_a_range_that_holds_every_arch_is_told() -> None:
    # Hardly more than where the camera was not is known.
    large = contact(patch_to_photo=np.diag([1.9, 1.9, 1.0]))
    done = said(large, scene=Scene(made_photo(), tilt_doubt_deg=60.0), is_photo=True)
    assert "any-arch" in codes(done)


def test_a_print_without_a_midfoot_is_told_that_the_foot_was_perhaps_dry() -> None:
    apart = contact().sole.copy()
    apart[290:370] = 0.0
    assert "interrupted" in codes(said(contact(sole=apart), side="left"))
    assert "interrupted" not in codes(said(contact(), side="left"))


def test_a_mask_is_not_asked_in_the_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> list:
        return []

    monkeypatch.setattr("archscan.judging.asked_in_the_mirror", nothing)
    assert said(contact(EITHER)).status == "measured"
    assert said(contact(EITHER), is_photo=True).status == "refused"


def test_what_an_age_means_for_a_print_is_told_with_it() -> None:
    # 364 pixels are 309 mm: more than hardly any grown-up's print, but a child's is none of those.
    grown, small = (said(contact(mm_per_px=0.85), answers=Answers(age)) for age in (30.0, 9.0))
    assert grown.prints[0].verdict.arch is not None
    assert small.prints[0].verdict.arch is None
    assert codes(grown) == ["toe2-missing", "unusual-length"]
    assert codes(small) == ["toe2-missing", "child", "child-table"]


def width(made: Contact, **scene: object) -> float:
    """Of the arch index's range, which the camera's tilt widens most."""
    found = said(made, scene=Scene(made_photo(), **scene), is_photo=True).prints[0]
    measure = found.measures["cavanagh_rodgers"]
    return measure.high - measure.low


def test_the_more_is_known_of_the_tilt_the_narrower_is_the_range() -> None:
    large = contact(patch_to_photo=np.diag([1.9, 1.9, 1.0]))
    unknown, roughly = width(large), width(large, tilt_doubt_deg=5.0)
    assert unknown > roughly > width(large, photo_to_plane=np.eye(3))
    # A plane that is known is known, whatever was thought of the tilt before.
    assert width(large, photo_to_plane=np.eye(3), tilt_doubt_deg=20.0) < roughly


def test_the_range_hangs_on_the_photo_not_on_how_fine_the_patch_is() -> None:
    coarse = contact()
    twice = [cv2.resize(one, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
             for one in (coarse.sole, coarse.toes)]  # fmt: skip
    back = np.array([[0.5, 0.0, -0.25], [0.0, 0.5, -0.25], [0.0, 0.0, 1.0]])
    assert width(Contact(*twice, back, None)) == pytest.approx(width(coarse), rel=0.02)


@pytest.mark.parametrize(("squeezed", "told"), [(0.9, None), (0.75, "slanted"), (0.65, None)])
def test_a_print_as_short_as_one_seen_from_the_side_is_told_and_a_shorter_one_refused(
    squeezed: float, told: str | None
) -> None:
    size = WIDTH, round(HEIGHT * squeezed)
    maps = [cv2.resize(one, size) for one in (contact().sole, contact().toes)]
    made = Contact(*maps, np.eye(3), None)
    done = said(made, is_photo=True)
    if squeezed < 0.7:
        assert done.reason == REFUSALS["too-tilted"]
    else:
        assert codes(done) == ["toe2-missing", *([told] if told else [])]
    # No camera has taken a mask.
    assert "slanted" not in codes(said(made))


@pytest.mark.parametrize(("at_edge", "code"), [(False, "too-tilted"), (True, "touches-edge")])
def test_a_print_at_the_edge_that_is_too_short_was_cut_rather_than_tilted(
    at_edge: bool, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steep = TiltDoubt({}, steep=0.9)
    monkeypatch.setattr("archscan.judging.usual_tilt_doubt", lambda *_: steep)
    assert said(replace(contact(), at_edge=at_edge), is_photo=True).reason == REFUSALS[code]
