"""Which cards fit a person: their print's class and their own answers."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archscan.errors import OptionError
from archscan.guidance.cards import Card, all_cards, content
from archscan.reasons import Reason
from archscan.verdict import ADULT_FROM_YEARS, Verdict

MOST_EXERCISES = 5
"""A plan that takes five minutes a day."""

DISCLAIMER = (
    "archscan describes the shape of a footprint in a photo and gives general foot-care "
    "information. It is not a medical device, does not diagnose or treat, and cannot tell why "
    "your back hurts. If you have symptoms or doubts, see a doctor or physiotherapist."
)


@dataclass(frozen=True, slots=True)
class Guidance:
    """Cards in the order to be read.

    Attributes
    ----------
    cards
        Red flags first, then what the class means, exercises, the rest.
    """

    cards: tuple[Card, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The cards' ids."""
        return tuple(one.id for one in self.cards)


def symptoms() -> Mapping[str, str]:
    """List the symptoms a person can name.

    Returns
    -------
    mapping of str to str
        Name and plain description.
    """
    listed: Mapping[str, str] = content("symptoms")["symptoms"]
    return listed


def conditions() -> Mapping[str, str]:
    """List the conditions that change the guidance.

    Returns
    -------
    mapping of str to str
        Name and plain description.
    """
    listed: Mapping[str, str] = content("symptoms")["conditions"]
    return listed


def select(
    verdict: Verdict | None,
    *,
    symptoms: Sequence[str] = (),
    age: float | None = None,
    conditions: Sequence[str] = (),
) -> Guidance:
    """Choose the cards for one print and one person.

    Red flags come first and only from the person's own answers. A borderline
    print gets what both its classes share.

    Parameters
    ----------
    verdict
        Of the print, or ``None`` for what is not about a class.
    symptoms
        Names from :func:`symptoms`.
    age
        Years. Children get no exercises from here.
    conditions
        Names from :func:`conditions`; cards that do not suit them are left out.

    Returns
    -------
    Guidance
        In the order to be read.

    Raises
    ------
    OptionError
        If a symptom or a condition is not known.
    """
    _check("symptom", symptoms, content("symptoms")["symptoms"])
    _check("condition", conditions, content("symptoms")["conditions"])
    classes = [] if verdict is None or verdict.arch is None else [verdict.arch]
    if verdict is not None and verdict.neighbour is not None:
        classes.append(verdict.neighbour)
    child = age is not None and age < ADULT_FROM_YEARS
    chosen: dict[str, list[Card]] = {}
    for one in all_cards().values():
        if one.kind == "red_flag":
            fits = any(name in one.symptoms for name in symptoms)
        elif set(one.not_for) & set(conditions) or (child and one.kind == "exercise"):
            fits = False
        elif one.kind == "mechanism" and one.classes and classes:
            fits = any(name in one.classes for name in classes)
        else:
            shared = bool(classes) and all(name in one.classes for name in classes)
            named = any(name in one.symptoms for name in symptoms)
            fits = shared or (not one.classes and not one.symptoms) or named
        if fits:
            chosen.setdefault(one.kind, []).append(one)
    if "exercise" in chosen:
        chosen["exercise"] = _best(chosen["exercise"], symptoms)
    order = ("red_flag", "mechanism", "exercise", "footwear", "habit")
    return Guidance(tuple(one for kind in order for one in chosen.get(kind, [])))


def _best(exercises: list[Card], symptoms: Sequence[str]) -> list[Card]:
    """Those that answer a symptom first, then those made for fewer classes."""

    def rank(one: Card) -> tuple[bool, int]:
        return (not any(name in one.symptoms for name in symptoms), len(one.classes) or 9)

    return sorted(exercises, key=rank)[:MOST_EXERCISES]


def _check(what: str, names: Sequence[str], known: Mapping[str, str]) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"Did you mean '{near[0]}'? " if near else ""
            raise OptionError(
                Reason(
                    f"unknown-{what}",
                    f"'{name}' is not a {what} archscan knows.",
                    f"{hint}Known are: {', '.join(known)}.",
                )
            )


def meaning_of(verdict: Verdict) -> str:
    """Say what a class means.

    Parameters
    ----------
    verdict
        With a class.

    Returns
    -------
    str
        One or two plain sentences.
    """
    words: Mapping[str, str] = content("classes")["meaning"]
    assert verdict.arch is not None  # noqa: S101 - the caller has looked
    if verdict.neighbour is not None:
        return words["borderline"].format(arch=verdict.arch, other=verdict.neighbour)
    return words[verdict.arch]


def limits_of(verdict: Verdict) -> str:
    """Say what a class does not mean.

    Parameters
    ----------
    verdict
        Any.

    Returns
    -------
    str
        Plain sentences.
    """
    words: Mapping[str, str] = content("classes")["limits"]
    return words.get(verdict.arch or "all", words["all"])
