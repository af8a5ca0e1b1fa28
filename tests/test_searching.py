"""What is looked at, and how often, with a judge that is told what to say."""

from __future__ import annotations

import numpy as np
import pytest
from made_scans import made_photo, made_scan, refused

from archscan.findings import Answers, Scan
from archscan.paper_size import PAPER_SIZE_UNSURE
from archscan.searching import searched
from archscan.segmentation import Segmentation
from archscan.sheet import Scene

PHOTO = made_photo()


def test_a_measured_print_is_not_looked_for_in_other_colours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archscan.searching.segment_recoloured", lambda _: pytest.fail("looked"))
    measured = made_scan()
    assert searched(PHOTO, "none", Answers(), lambda *_: measured) is measured


def test_a_photo_from_too_steep_an_angle_is_not_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steep = Scene(PHOTO, tilt_deg=45.5, straightening=np.eye(3))
    monkeypatch.setattr("archscan.searching.find_scene", lambda *_, **__: steep)
    for other in ("look_again", "segment_recoloured"):
        monkeypatch.setattr(f"archscan.searching.{other}", lambda *_: pytest.fail("looked"))

    def judge(scene: Scene, found: Segmentation) -> Scan:
        assert found.refusal is not None
        return refused(found.refusal.code)

    done = searched(PHOTO, "none", Answers(), judge)
    assert done.reason is not None
    assert done.reason.code == "too-tilted"


@pytest.mark.parametrize(
    ("code", "doubted"), [("implausible-size", True), ("too-faint", False), ("smeared", False)]
)
def test_paper_by_which_a_print_is_no_foot_s_is_doubted(
    code: str, doubted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_paper = Scene(PHOTO, photo_to_plane=np.eye(3), sheet="a4")

    def find_scene(photo: object, sheet: str, *_: object, **__: object) -> Scene:
        return Scene(PHOTO) if sheet == "none" else on_paper

    monkeypatch.setattr("archscan.searching.find_scene", find_scene)
    monkeypatch.setattr("archscan.searching.lies_on_sheet", lambda *_: True)
    monkeypatch.setattr("archscan.searching.segment_recoloured", lambda _: ())
    measured = made_scan()

    def judge(scene: Scene, found: Segmentation) -> Scan:
        return measured if scene.sheet is None else refused(code)

    done = searched(PHOTO, "auto", Answers(), judge)
    assert (done.status == "measured") == doubted
    assert done.cautions == ((PAPER_SIZE_UNSURE,) if doubted else ())
    # A child's print may be as short as that, and paper that a person has named is that paper.
    assert searched(PHOTO, "auto", Answers(age=7), judge).status == "refused"
    assert searched(PHOTO, "a4", Answers(), judge).status == "refused"
