"""Real pictures that nobody here made: hand-traced prints, and things that are no print.

For measuring only; the folder lies outside the project and may be absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.segmentation.outcome import overlap

if TYPE_CHECKING:
    from archscan.findings import Print

SIDES = (("left", 1), ("right", 3))


@dataclass(frozen=True, slots=True)
class Traced:
    """One hand-traced print and what became of it.

    Attributes
    ----------
    name, side
        Of the photo; of the print.
    outcome
        ``"measured"``, the refusal's code, or ``"missed"``.
    csi, true_csi, ai, true_ai
        Measured, and measured on the hand-traced outline.
    sole
        Intersection over union of the soles.
    covered
        Whether the interval of the ratio holds the traced one's.
    arch, confidence, true_arch
        Classes.
    """

    name: str
    side: str
    outcome: str
    csi: float = np.nan
    true_csi: float = np.nan
    ai: float = np.nan
    true_ai: float = np.nan
    sole: float = np.nan
    covered: bool = False
    arch: str = ""
    confidence: str = ""
    true_arch: str = ""


def measure_traced(folder: Path) -> list[Traced]:
    """Scan every photo with a hand-traced mask.

    Parameters
    ----------
    folder
        Photos, with a folder ``truth`` of masks (0 background, 1 left sole, 2 left
        toes, 3 right sole, 4 right toes).

    Returns
    -------
    list of Traced
        One for each print in the masks.
    """
    from PIL import Image

    import archscan
    from archscan.report.mask import mask_image

    found = []
    for path in sorted((folder / "truth").glob("*.png")):
        with Image.open(path) as opened:
            wanted = np.asarray(opened, dtype=np.uint8)
        scan = archscan.scan(folder / f"{path.stem}.jpg")
        seen = mask_image(scan) if scan.prints else np.zeros_like(wanted)
        true = {one.footprint.side: one for one in archscan.measure(wanted).prints}
        for side, label in SIDES:
            if not (wanted == label).any():
                continue
            mine = [one for one in scan.prints if one.footprint.side == side]
            if mine and side in true:
                sole = overlap(seen == label, wanted == label)
                found.append(_beside(path.stem, mine[0], true[side], sole))
            else:
                code = scan.reason.code if scan.reason else "missed"
                found.append(Traced(path.stem, side, code))
    return found


def _beside(name: str, mine: Print, true: Print, sole: float) -> Traced:
    """Hold a measured print against what was measured on its hand-traced outline."""
    csi, true_csi = (one.measures["chippaux_smirak"] for one in (mine, true))
    ai, true_ai = (one.measures["cavanagh_rodgers"] for one in (mine, true))
    return Traced(
        name=name,
        side=mine.footprint.side,
        outcome="measured",
        csi=csi.value,
        true_csi=true_csi.value,
        ai=ai.value,
        true_ai=true_ai.value,
        sole=sole,
        covered=csi.low <= true_csi.value <= csi.high,
        arch=mine.verdict.arch or "",
        confidence=mine.verdict.confidence or "",
        true_arch=true.verdict.arch or "",
    )


def outcomes_of(folder: Path) -> list[tuple[str, str]]:
    """Scan pictures of which only the outcome is of interest.

    Parameters
    ----------
    folder
        Of the pictures.

    Returns
    -------
    list of (str, str)
        File name and outcome: the refusal's code, or class and confidence.
    """
    import archscan

    outcomes = []
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            continue
        scan = archscan.scan(path)
        said = (
            scan.reason.code
            if scan.reason
            else ", ".join(f"{one.verdict.arch} {one.verdict.confidence}" for one in scan.prints)
        )
        outcomes.append((path.name, said))
    return outcomes
