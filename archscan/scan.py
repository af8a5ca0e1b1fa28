"""The rooms strung together: a photo in, a :class:`Scan` out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archscan.footprint import Footprint
from archscan.indices.measure import Measure
from archscan.photo import Photo
from archscan.reasons import Caution, Reason
from archscan.sheet import Scene
from archscan.verdict import Verdict

Status = Literal["measured", "refused", "unreadable"]


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
    """

    footprint: Footprint
    measures: Mapping[str, Measure]
    verdict: Verdict
    guidance: tuple[str, ...]
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """Everything archscan says about one photo.

    Attributes
    ----------
    source
        The photo's name as it was given, or ``None`` for bytes and arrays.
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
    """

    source: str | None
    status: Status
    reason: Reason | None
    prints: tuple[Print, ...]
    cautions: tuple[Caution, ...]
    scene: Scene | None

    @property
    def photo(self) -> Photo | None:
        """The upright photo, or ``None`` when it could not be read."""
        return None if self.scene is None else self.scene.photo
