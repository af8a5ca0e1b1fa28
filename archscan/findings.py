"""What archscan says about a photo, and what a person said of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from archscan.footprint import Footprint
from archscan.guidance import Guidance, select
from archscan.indices.measure import Measure
from archscan.indices.panel import Detail, details
from archscan.indices.tilts import Tilts
from archscan.photo import Photo
from archscan.reasons import Caution, Reason
from archscan.sheet import Scene
from archscan.verdict import Verdict

Status = Literal["measured", "refused", "unreadable"]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said of themselves; it steers verdict and guidance, never the measurement.

    Attributes
    ----------
    age
        Years, or ``None``.
    symptoms, conditions
        Names that :mod:`archscan.guidance` lists.
    """

    age: float | None = None
    symptoms: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    @property
    def is_child(self) -> bool:
        """Whether they say that it is a child's foot, with or without its age."""
        return "child" in self.conditions

    @property
    def urgent(self) -> tuple[str, ...]:
        """Ids of the cards that they call for at once, whatever the photo shows."""
        return tuple(one.id for one in self.select(None).of_kind("red_flag"))

    def select(self, verdict: Verdict | None) -> Guidance:
        """Choose the cards that fit.

        Parameters
        ----------
        verdict
            Of a print, or ``None``.

        Returns
        -------
        Guidance
            In the order to be read.
        """
        return select(verdict, symptoms=self.symptoms, age=self.age, conditions=self.conditions)


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """One measured footprint.

    Attributes
    ----------
    footprint
        Its anatomy.
    measures
        Its indices by name, headline first.
    verdict
        What they say together.
    guidance
        Ids of the cards that fit, in the order to be read.
    cautions
        Everything a reader should know about this print.
    tilts
        Those that the camera may have had; ``None`` for a mask that is not a photo.
    """

    footprint: Footprint
    measures: Mapping[str, Measure]
    verdict: Verdict
    guidance: tuple[str, ...]
    cautions: tuple[Caution, ...]
    tilts: Tilts | None = None

    def details(self) -> dict[str, Detail]:
        """Measure everything beyond the indices, in about a hundredth of a second each time.

        Returns
        -------
        dict of str to Detail
            By the names of the record, those that have a value: without a midfoot, for example,
            there is no ``"clarke_angle"``.
        """
        return details(self.footprint, self.tilts)


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """Everything archscan says about one photo.

    Attributes
    ----------
    source
        The photo's path as it was given, or ``None`` for anything but a path.
    status
        ``"measured"`` (at least one print), ``"refused"`` or ``"unreadable"``.
    reason
        Why not, unless measured.
    prints
        The measured prints, left foot first.
    cautions
        Remarks on the photo as a whole (for example a second print that could
        not be measured).
    scene
        The photo and its plane; ``None`` when unreadable.
    urgent
        Ids of the cards that the person's own answers call for at once,
        whatever the photo shows.
    """

    source: str | None
    status: Status
    reason: Reason | None
    prints: tuple[Print, ...]
    cautions: tuple[Caution, ...]
    scene: Scene | None
    urgent: tuple[str, ...] = ()

    @property
    def photo(self) -> Photo | None:
        """The upright photo, or ``None`` when it could not be read."""
        return None if self.scene is None else self.scene.photo

    def to_dict(self) -> dict[str, Any]:
        """Give the record, the public JSON form of this scan.

        Returns
        -------
        dict
            As ``archscan schema`` describes it.
        """
        from archscan.report.record import to_record

        return to_record(self)
