"""Cards, sources and words: the content, read from the data files beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CARD_FILES = (
    "red_flags",
    "special_groups",
    "mechanisms",
    "evidence",
    "exercises",
    "footwear",
    "habits",
    "self_care",
    "conditions",
    "treatments",
    "questions",
)
"""In the order to be read."""

KINDS = {
    "rf": "red_flag",
    "sp": "special_group",
    "mech": "mechanism",
    "ev": "evidence",
    "ex": "exercise",
    "fw": "footwear",
    "hb": "habit",
    "sc": "self_care",
    "cd": "condition",
    "tx": "treatment",
    "fq": "question",
}
"""What the first part of a card's id says, in the order to be read."""

Grade = Literal["strong", "moderate", "weak", "contradicted", "unsettled", "none"]
"""How well the claim is backed, from a guideline's yes to a study's no."""

DOSES = {
    "article": "an article's dose",
    "ours": "our dose",
    "both": "hold time from an article, the rest ours",
}
"""Whose the dose of an exercise is, and how that is told."""

SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class View:
    """One side of a matter on which the articles disagree.

    Attributes
    ----------
    says
        The claim in our words.
    items
        Ids of the article items that make it.
    grade
        How well it is backed.
    """

    says: str
    items: tuple[str, ...]
    grade: Grade

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that make it."""
        return _articles(self.items)


@dataclass(frozen=True, slots=True)
class Card:
    """One piece of guidance.

    Attributes
    ----------
    id
        Stable; part of the public record.
    title, short, text
        A few words; one line; the whole.
    grade, evidence
        How well the claim is backed, and by what.
    classes
        Prints it is for; empty for all.
    symptoms
        Symptoms it is for.
    conditions
        Conditions it is for.
    not_for, not_with
        Conditions and symptoms with which it is left out.
    only_for
        Conditions of which one must hold; empty for everybody.
    beside
        Kinds of card that it speaks of: it is left out where none of them is chosen.
    cautions
        What to take care of.
    sources
        Ids of publications.
    items
        Ids of the article items that it carries.
    views
        The sides, where the articles disagree.
    start, steps, easier, harder, dose, dose_from
        For an exercise: starting position, how, lighter and heavier versions, how much,
        and whose dose that is (a key of :data:`DOSES`).
    """

    id: str
    title: str
    short: str
    text: str
    grade: Grade
    evidence: str
    classes: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    views: tuple[View, ...] = ()
    start: str = ""
    steps: tuple[str, ...] = ()
    easier: str = ""
    harder: str = ""
    dose: str = ""
    dose_from: str = ""

    @property
    def kind(self) -> str:
        """One of the values of :data:`KINDS`, for example ``"exercise"``."""
        return KINDS[self.id.split(".")[0]]

    @property
    def name(self) -> str:
        """What is left of its id without its kind; an exercise's drawing is called so too."""
        return self.id.split(".")[1]

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that its items come from."""
        return _articles((*self.items, *(item for view in self.views for item in view.items)))


def _articles(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({item.split("-")[0] for item in items}))


@dataclass(frozen=True, slots=True)
class Source:
    """One publication.

    Attributes
    ----------
    id, authors, year, title, journal, doi
        As usual; journal and DOI are empty where they are not known for certain.
    """

    id: str
    authors: str
    year: int
    title: str
    journal: str
    doi: str


@dataclass(frozen=True, slots=True)
class Article:
    """One of the five popular articles whose advice is carried, graded or left out.

    Attributes
    ----------
    id
        First part of its items' ids.
    authors
        Who published it.
    about
        Its subject, in our words.
    """

    id: str
    authors: str
    about: str


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
    cards = [_card(fields) for name in CARD_FILES for fields in content(name)["card"]]
    return MappingProxyType({one.id: one for one in cards})


def _card(fields: Mapping[str, Any]) -> Card:
    clean: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value.strip()
        for key, value in fields.items()
        if key != "views"
    }
    clean["cautions"] = tuple(caution.strip() for caution in clean.get("cautions", ()))
    views = tuple(
        View(view["says"], tuple(view["items"]), view["grade"]) for view in fields.get("views", ())
    )
    return Card(**clean, views=views)


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
    """Give every publication by its id.

    Returns
    -------
    mapping of str to Source
        The publications that cards refer to.
    """
    return MappingProxyType({item["id"]: Source(**item) for item in content("sources")["source"]})


@cache
def all_articles() -> Mapping[str, Article]:
    """Give the articles by their ids.

    Returns
    -------
    mapping of str to Article
        In the order of their ids.
    """
    return MappingProxyType({item["id"]: Article(**item) for item in content("sources")["article"]})


def figure(one: Card) -> str:
    """Give the drawing of an exercise, to stand inside a page.

    Parameters
    ----------
    one
        An exercise.

    Returns
    -------
    str
        SVG.

    Raises
    ------
    FileNotFoundError
        If the card is no exercise.
    """
    folder = resources.files("archscan.guidance").joinpath("content", "figures")
    # Inside HTML the name space is understood, and pages are to hold no address at all.
    stored = folder.joinpath(f"{one.name}.svg").read_text(encoding="utf-8")
    return stored.replace(f' xmlns="{SVG}"', "")
