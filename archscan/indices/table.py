"""The table of indices: one row each, headline first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType

from archscan.indices import cavanagh_rodgers, chippaux_smirak, staheli
from archscan.indices.bands import Bands
from archscan.indices.construction import Construction


@dataclass(frozen=True, slots=True)
class Index:
    """One published index.

    Attributes
    ----------
    name
        Its standard name, as in the record.
    function
        Reads it off a construction.
    bands
        What its values are called.
    guard
        Least half-width of its measuring interval, in its own unit.
    bleed
        By how much each millimetre of water creeping on at every side raises it.
    source
        Who published it.
    possible
        Least and greatest value there can be, beyond which no interval reaches.
    """

    name: str
    function: Callable[[Construction], float]
    bands: Bands
    guard: float
    bleed: float
    source: str
    possible: tuple[float, float] = (0.0, inf)


def _table(*rows: Index) -> Mapping[str, Index]:
    return MappingProxyType({row.name: row for row in rows})


INDICES = _table(
    Index(
        "chippaux_smirak",
        chippaux_smirak.chippaux_smirak,
        chippaux_smirak.BANDS,
        chippaux_smirak.GUARD,
        chippaux_smirak.BLEED,
        chippaux_smirak.SOURCE,
        possible=(0.0, 1.0),  # The narrowest width is looked for up to where the widest is.
    ),
    Index(
        "cavanagh_rodgers",
        cavanagh_rodgers.cavanagh_rodgers,
        cavanagh_rodgers.BANDS,
        cavanagh_rodgers.GUARD,
        cavanagh_rodgers.BLEED,
        cavanagh_rodgers.SOURCE,
        possible=(0.0, 1.0),  # It is a share of the area.
    ),
    Index(
        "staheli",
        staheli.staheli,
        staheli.BANDS,
        staheli.GUARD,
        staheli.BLEED,
        staheli.SOURCE,
    ),
)
"""Every index that is measured, in the order it is reported."""
