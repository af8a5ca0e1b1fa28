"""One scan held against what is true of its photo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from archscan.findings import Print, Scan
    from archscan.synthetic import Recipe, Rendering

REACH = 0.25
"""A found print belongs to the true one whose heel is nearest, and within this share of
the photo's longer side; to no second one, which was then missed."""

TILTS = (5, 10, 15, 20)
"""Up to which of them, in degrees, photos are counted together."""

INDICES = ("chippaux_smirak", "cavanagh_rodgers", "staheli")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one true print.

    Attributes
    ----------
    seed, surface, medium, difficulty
        Of the photo.
    tilt_deg
        How far the camera was from looking straight down.
    stance
        ``"one foot"``, ``"two feet"``, or ``"two, nearly touching"``.
    true_arch, truth
        Class, and the three indices by name.
    refusal
        Code, or ``None`` when the print was measured.
    error
        Measured less true, by index; empty unless measured.
    covered
        Whether the 95 % interval holds the truth, by index.
    arch, confidence, neighbour
        As measured.
    probability
        Of each class, as measured; empty unless measured.
    side_right
        Whether the side was told right.
    sole, toes
        Intersection over union with the truth, or ``nan``.
    has_sheet
        Whether a sheet or a card was found, which shows the tilt and the scale.
    """

    seed: int
    surface: str
    medium: str
    difficulty: str
    tilt_deg: float
    stance: str
    true_arch: str
    truth: dict[str, float]
    refusal: str | None
    error: dict[str, float] = field(default_factory=dict)
    covered: dict[str, bool] = field(default_factory=dict)
    arch: str = ""
    confidence: str = ""
    neighbour: str = ""
    probability: dict[str, float] = field(default_factory=dict)
    side_right: bool = False
    sole: float = np.nan
    toes: float = np.nan
    has_sheet: bool = False

    @property
    def reference(self) -> str:
        """Difficulty, and whether tilt and scale are known: intervals must hold in each."""
        return f"{self.difficulty}, {'sheet' if self.has_sheet else 'no sheet'}"

    @property
    def tilt_and_reference(self) -> str:
        """How far the camera was tilted, and whether that is known."""
        step = next((f"to {most:2.0f}°" for most in TILTS if self.tilt_deg <= most), "more")
        return f"tilt {step}, {'sheet' if self.has_sheet else 'no sheet'}"

    @property
    def stance_and_difficulty(self) -> str:
        """One foot or two, easy or hard."""
        return f"{self.stance}, {self.difficulty}"

    @property
    def surface_and_difficulty(self) -> str:
        """Surface, easy or hard."""
        return f"{self.surface}, {self.difficulty}"

    @property
    def medium_and_difficulty(self) -> str:
        """What made the print, easy or hard."""
        return f"{self.medium}, {self.difficulty}"

    @property
    def kind(self) -> str:
        """Surface, what made the print, easy or hard: most kinds are few in one run."""
        return f"{self.surface}, {self.medium}, {self.difficulty}"


def compare(recipe: Recipe, rendering: Rendering, scan: Scan) -> Iterator[Outcome]:
    """Hold a scan against a rendering.

    Parameters
    ----------
    recipe, rendering
        What was drawn; the photo and its truth.
    scan
        Of that photo.

    Yields
    ------
    Outcome
        One for each true print.
    """
    from archscan.report.mask import mask_image

    truth = rendering.truth
    mask = mask_image(scan) if scan.prints else np.zeros_like(rendering.mask)
    found = matched([item.heel_centre for item in truth.prints], scan, REACH * max(mask.shape))
    for item, one in zip(truth.prints, found, strict=True):
        named = {name: float(getattr(item, name)) for name in INDICES}
        missed = Outcome(
            seed=truth.seed,
            surface=truth.surface,
            medium=truth.medium,
            difficulty=truth.difficulty,
            tilt_deg=truth.tilt_deg,
            stance=_stance(recipe),
            true_arch=item.arch,
            truth=named,
            refusal=scan.reason.code if scan.reason else "missed",
        )
        if one is None:
            yield missed
            continue
        wanted = 1 if item.side == "left" else 3
        seen = 1 if one.footprint.side == "left" else 3
        sole, toes = (
            overlap(mask == seen + part, rendering.mask == wanted + part) for part in (0, 1)
        )
        measured = {name: one.measures[name] for name in INDICES}
        yield replace(
            missed,
            refusal=None,
            error={name: measure.value - named[name] for name, measure in measured.items()},
            covered={name: one.low <= named[name] <= one.high for name, one in measured.items()},
            arch=one.verdict.arch or "",
            confidence=one.verdict.confidence or "",
            neighbour=one.verdict.neighbour or "",
            probability={str(arch): chance for arch, chance in one.verdict.probability.items()},
            side_right=one.footprint.side == item.side,
            sole=sole,
            toes=toes,
            has_sheet=scan.scene is not None and scan.scene.sheet is not None,
        )


def _stance(recipe: Recipe) -> str:
    if len(recipe.feet) < 2:
        return "one foot"
    return "two feet" if recipe.gap_mm is None else "two, nearly touching"


def matched(heels: Sequence[tuple[float, float]], scan: Scan, reach: float) -> list[Print | None]:
    """Give each true heel the found print nearest to it, closest pairs first.

    Parameters
    ----------
    heels
        True heel centres, pixels of the photo as it is seen.
    scan
        Of that photo.
    reach
        How far a print may lie from its heel, the same pixels.

    Returns
    -------
    list of Print or None
        One for each heel; no print is given twice.
    """
    pairs = sorted(
        (float(np.hypot(*np.subtract(heel_centre(scan, one), heel))), number, index)
        for number, heel in enumerate(heels)
        for index, one in enumerate(scan.prints)
    )
    given: dict[int, int] = {}
    for distance, number, index in pairs:
        if distance <= reach and number not in given and index not in given.values():
            given[number] = index
    return [scan.prints[given[n]] if n in given else None for n in range(len(heels))]


def heel_centre(scan: Scan, one: Print) -> NDArray[np.float64]:
    """Where a print's heel is on the photo as it is seen.

    Parameters
    ----------
    scan, one
        A scan and one of its prints.

    Returns
    -------
    numpy.ndarray
        ``float64 (2,)``, pixels of the upright photo.
    """
    assert scan.photo is not None
    x, y, w = one.footprint.patch_to_photo @ np.append(one.footprint.heel_centre, 1.0)
    seen: NDArray[np.float64] = scan.photo.to_seen(np.array([[x / w, y / w]]))[0]
    return seen


def overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Intersection over union.

    Parameters
    ----------
    one, other
        ``bool (h, w)``.

    Returns
    -------
    float
        ``nan`` where both are empty.
    """
    union = int((one | other).sum())
    return float((one & other).sum() / union) if union else float("nan")
