"""From outlined prints to a :class:`~archscan.findings.Scan`: parts, indices, verdict, guidance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from archscan.ages import age_cautions
from archscan.findings import Answers, Print, Scan
from archscan.footprint import Footprint, find_footprint
from archscan.indices import (
    KNOWN_TILT_DOUBT_DEG,
    NO_TILT_DOUBT,
    TiltDoubt,
    Viewpoint,
    known_tilt_doubt,
    measures,
    usual_tilt_doubt,
)
from archscan.indices.reference import child_table
from archscan.options import SideOption
from archscan.paper_size import length_cautions
from archscan.photo import Photo
from archscan.reasons import REFUSALS, Caution, Reason
from archscan.second_opinion import asked_in_the_mirror, taken_for_the_wrong_foot, with_side
from archscan.segmentation import Contact, Segmentation
from archscan.segmentation.patches import project, project_back
from archscan.sheet import Scene, camera_of
from archscan.verdict import decide, gap_cautions, range_cautions


def judged(
    name: str | None,
    scene: Scene,
    found: Segmentation,
    *,
    side: SideOption,
    answers: Answers,
    is_photo: bool,
) -> Scan:
    """Measure each outlined print and judge it.

    Parameters
    ----------
    name
        Of the photo, if it has one.
    scene
        The photo and what is known of its plane.
    found
        What was outlined on it, or why nothing was.
    side
        Which foot it is, if a person has said so, else ``"auto"``.
    answers
        What the person said of themselves.
    is_photo
        Whether a camera took it, and may have been tilted; else it is a mask.

    Returns
    -------
    Scan
        Measured, or refused with the first reason.
    """
    remarks = age_cautions(answers.age, is_child=answers.is_child)
    if found.refusal is not None:
        return Scan(name, "refused", found.refusal, (), (), scene)
    footprints = [find_footprint(contact, side) for contact in found.contacts]
    refusals = [*found.missed, *(reason for reason in footprints if isinstance(reason, Reason))]
    whole = [
        (contact, footprint)
        for contact, footprint in zip(found.contacts, footprints, strict=True)
        if isinstance(footprint, Footprint)
    ]
    if is_photo:
        whole = asked_in_the_mirror(scene, whole)
    prints = []
    for footprint in _tell_apart(whole):
        tilt = _tilt_doubt(footprint, scene) if is_photo else NO_TILT_DOUBT
        outcome = _judge(footprint, tilt, remarks, answers)
        if isinstance(outcome, Reason):
            refusals.append(outcome)
        else:
            prints.append(outcome)
    if not prints:
        reason = refusals[0] if refusals else REFUSALS["no-footprint"]
        return Scan(name, "refused", reason, (), (), scene)
    prints.sort(key=lambda item: item.footprint.side != "left")
    cautions = tuple(
        Caution(reason.code, f"Another print on this photo was not measured: {reason.message}")
        for reason in refusals
        if reason.code != "no-footprint"
    )
    return Scan(name, "measured", None, tuple(prints), cautions, scene)


def _judge(
    footprint: Footprint, tilt: TiltDoubt, remarks: tuple[Caution, ...], answers: Answers
) -> Print | Reason:
    """Take one print through indices, verdict and guidance."""
    if tilt.refusal is not None:
        # What the photo's edge cuts off makes a foot as short as a slant does.
        return REFUSALS["touches-edge"] if footprint.at_edge else tilt.refusal
    panel = measures(footprint, tilt)
    verdict = decide(panel, answers.age, is_child=answers.is_child)
    if isinstance(verdict, Reason):
        return verdict
    guidance = answers.select(verdict)
    cautions = (
        *footprint.cautions,
        *tilt.cautions,
        *gap_cautions(panel),
        *range_cautions(panel),
        # Only a child's print has no class.
        *length_cautions(footprint, is_grown=verdict.arch is not None),
        *remarks,
        *child_table(panel, answers.age),
    )
    return Print(footprint, panel, verdict, guidance.ids, cautions, tilt.tilts)


def _tilt_doubt(footprint: Footprint, scene: Scene) -> TiltDoubt:
    """Tell what remains unknown of the camera's tilt, and what that does to the indices."""
    sole = footprint.in_axis_frame(footprint.sole)
    viewpoint = _viewpoint(footprint, scene.photo)
    if scene.photo_to_plane is not None:
        return known_tilt_doubt(sole, viewpoint, KNOWN_TILT_DOUBT_DEG)
    if scene.tilt_doubt_deg is not None:
        return known_tilt_doubt(sole, viewpoint, scene.tilt_doubt_deg)
    return usual_tilt_doubt(sole, viewpoint)


def _viewpoint(footprint: Footprint, photo: Photo) -> Viewpoint:
    """Find the camera above the floor, in the print's own frame, as if it looked straight down."""
    camera = camera_of(photo)
    ends = np.stack([footprint.heel_centre, footprint.axis_tip])
    ends_seen = project(ends, footprint.patch_to_photo)
    enlarged = np.hypot(*(ends_seen[1] - ends_seen[0])) / np.hypot(*(ends[1] - ends[0]))
    middle = project_back(camera[None, :2, 2], footprint.patch_to_photo)
    return Viewpoint(footprint.in_axis_frame((middle,))[0][0], float(camera[0, 0] / enlarged))


def _tell_apart(whole: Sequence[tuple[Contact, Footprint]]) -> list[Footprint]:
    """Give two prints that both look left (or right) a side each; one that was said is sure."""
    footprints = [footprint for _, footprint in whole]
    wrong = taken_for_the_wrong_foot(footprints)
    if wrong is None:
        return footprints
    number, other = wrong
    return [footprints[1 - number], with_side(*whole[number], other, 0.5)]
