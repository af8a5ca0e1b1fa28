"""Why a photo could not be used or measured, in words a person can act on.

Every refusal and every unreadable file carries one :class:`Reason`. The codes
are public interface: scripts sort by them, so a code is never renamed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A stable code with a plain sentence and what to do about it.

    Attributes
    ----------
    code
        Stable word, part of the public interface.
    message
        What is wrong, in one sentence a layperson understands.
    advice
        What to do so that the next photo works.
    """

    code: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a reader of a measured print should know.

    Attributes
    ----------
    code
        Stable word, part of the public interface.
    message
        One plain sentence.
    """

    code: str
    message: str


def _table(*reasons: Reason) -> dict[str, Reason]:
    return {reason.code: reason for reason in reasons}


REFUSALS = _table(
    Reason(
        "no-footprint",
        "No bare footprint could be made out in this photo.",
        "Print one wet foot on a dry, plain surface and photograph it from straight above, "
        "with the whole print filling most of the picture.",
    ),
    Reason(
        "bare-sole",
        "This looks like the foot itself, not like a print of it.",
        "A foot seen from below shows its whole width, whether it touches the ground or not. "
        "Wet it, step on brown cardboard, and photograph the print that it leaves.",
    ),
    Reason(
        "partial-print",
        "Only a part of a footprint can be seen.",
        "Wet the whole sole, stand with your weight on the foot for a moment, and keep the "
        "heel, the ball and the toes in the picture.",
    ),
    Reason(
        "touches-edge",
        "The footprint is cut off by the edge of the photo.",
        "Step back a little so that there is some floor on every side of the print.",
    ),
    Reason(
        "too-small",
        "The footprint is too small in the photo to be measured.",
        "Use the photo itself, not a small copy of it, taken from so close that the print "
        "fills most of the picture.",
    ),
    Reason(
        "too-blurred",
        "The photo is too blurred to find the edge of the print.",
        "Hold the phone still, let it focus on the print, and take the photo again in more light.",
    ),
    Reason(
        "too-faint",
        "The print is too faint to be told from the surface.",
        "Use a little more water or a surface that darkens when wet, such as brown cardboard, "
        "and take the photo within a minute.",
    ),
    Reason(
        "smeared",
        "The print looks smeared or doubled.",
        "Step down once, stand still, and lift the foot straight up; then take the photo again.",
    ),
    Reason(
        "too-wet",
        "Water or ink has crept so far beyond this print that its edge cannot be placed.",
        "Dab the foot so that it is damp, not dripping, step on a fresh spot, and take the photo "
        "within a minute, in focus.",
    ),
    Reason(
        "too-tilted",
        "The photo was taken at too steep an angle.",
        "Hold the phone flat above the print, or lay a sheet of A4 or Letter paper beside it.",
    ),
    Reason(
        "implausible-size",
        "By the sheet of paper beside it, this print has a size no foot has.",
        "Lay a whole A4 or Letter sheet flat on the floor beside the print, or say what lies "
        "there, with --sheet or under 'Beside the print lies' on the page; 'none' or 'nothing to "
        "measure by' does without it.",
    ),
    Reason(
        "measures-disagree",
        "The measures of this print contradict each other, so it is called neither high "
        "nor neutral nor flat.",
        "Make a fresh print: damp rather than dripping, standing still, and photographed from "
        "straight above.",
    ),
)
"""Refusals: the picture is fine, but it holds no print that can be measured."""

MORE_PRINTS = Reason(
    "more-prints",
    "Only two prints of a photo are measured.",
    "Take one photo of each print, or of a left and a right one.",
)
"""Why a third print was not measured beside two that were."""

UNREADABLE = _table(
    Reason(
        "fault",
        "Something went wrong inside archscan with this file, which is our fault.",
        "Please report it; the other files are not touched by it.",
    ),
    Reason(
        "worker-lost",
        "Each try to read this file ended the program that read it.",
        "Look at the file by itself; it may be damaged, or too large for the memory.",
    ),
    Reason(
        "not-found",
        "There is no file with this name.",
        "Check the spelling and the folder.",
    ),
    Reason(
        "not-a-file",
        "This is a folder or a special file, not a photo.",
        "Name a photo; for a whole folder of photos use a pattern such as prints/*.jpg.",
    ),
    Reason(
        "no-permission",
        "This file may not be opened.",
        "Check the file's permissions, or copy it to your own folder.",
    ),
    Reason(
        "not-an-image",
        "This file is not a picture.",
        "Choose a photo: JPEG, HEIC, PNG, WebP, AVIF, TIFF or BMP.",
    ),
    Reason(
        "truncated",
        "A part of this picture is missing or damaged.",
        "Copy the photo again from the phone; the download was probably cut short.",
    ),
    Reason(
        "too-large",
        "This picture has more pixels than the limit allows.",
        "Make it smaller first. If you trust the file, 'archscan PHOTO --max-pixels NUMBER' raises "
        "the limit.",
    ),
    Reason(
        "unsupported-format",
        "This kind of picture cannot be read.",
        "Save it as JPEG, HEIC, PNG, WebP, AVIF, TIFF or BMP.",
    ),
)
"""Unreadable: the file could not be opened as a picture at all."""
