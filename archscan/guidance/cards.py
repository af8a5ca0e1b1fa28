"""The content: cards, sources and words, read from the data files beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CARD_FILES = ("red_flags", "mechanisms", "exercises", "footwear_and_habits")

KINDS = {
    "rf": "red_flag",
    "mech": "mechanism",
    "ex": "exercise",
    "fw": "footwear",
    "hb": "habit",
}
"""What the first part of a card's id says."""

GRADES = ("strong", "moderate", "weak", "contradicted", "unsettled", "none")
"""How well the claim is backed, from a guideline's yes to a study's no."""


@dataclass(frozen=True, slots=True)
class Card:
    """One piece of guidance.

    Attributes
    ----------
    id
        Stable; part of the public record.
    title, short, text
        A few words; one line; the whole.
    classes
        Prints it is for; empty for all.
    symptoms
        Symptoms it is for.
    not_for
        Conditions with which it is left out.
    cautions
        What to take care of.
    grade, evidence
        How well the claim is backed, and by what.
    sources
        Ids of sources.
    items
        Ids of the article items that it carries.
    steps, dose, dose_from
        For an exercise: how, how much, and whose dose that is.
    """

    id: str
    title: str
    short: str
    text: str
    grade: str
    evidence: str
    classes: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    dose: str = ""
    dose_from: str = ""

    @property
    def kind(self) -> str:
        """``"red_flag"``, ``"mechanism"``, ``"exercise"``, ``"footwear"`` or ``"habit"``."""
        return KINDS[self.id.split(".")[0]]


@dataclass(frozen=True, slots=True)
class Source:
    """One publication.

    Attributes
    ----------
    id, authors, year, title, journal
        As usual; the journal is empty where it is not known for certain.
    """

    id: str
    authors: str
    year: int
    title: str
    journal: str


@cache
def content(name: str) -> Mapping[str, Any]:
    """Read one data file.

    Parameters
    ----------
    name
        Without its ending.

    Returns
    -------
    mapping
        What stands in it.
    """
    file = resources.files("archscan.guidance").joinpath("content", f"{name}.toml")
    return MappingProxyType(tomllib.loads(file.read_text(encoding="utf-8")))


@cache
def all_cards() -> Mapping[str, Card]:
    """Give every card by its id, in the order to be read.

    Returns
    -------
    mapping of str to Card
        Red flags first.
    """
    found = {}
    for name in CARD_FILES:
        for fields in content(name)["card"]:
            clean: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value.strip()
                for key, value in fields.items()
            }
            one = Card(**clean)
            found[one.id] = one
    return MappingProxyType(found)


def card(number: str) -> Card:
    """Find a card.

    Parameters
    ----------
    number
        Its id.

    Returns
    -------
    Card
        The card.

    Raises
    ------
    KeyError
        If there is none.
    """
    return all_cards()[number]


@cache
def all_sources() -> Mapping[str, Source]:
    """Give every source by its id.

    Returns
    -------
    mapping of str to Source
        The publications that cards refer to.
    """
    return MappingProxyType({item["id"]: Source(**item) for item in content("sources")["source"]})
