"""What a person can say of themselves: symptoms, conditions, red flags and signs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archscan.errors import OptionError
from archscan.guidance.cards import content
from archscan.reasons import Reason


@dataclass(frozen=True, slots=True)
class Question:
    """A red-flag question; yes names a symptom, or one of several.

    Attributes
    ----------
    text
        To be answered with yes or no.
    symptoms
        What yes may stand for.
    """

    text: str
    symptoms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """Something people notice that makes their feet worth a mention.

    Attributes
    ----------
    id
        Stable.
    text
        In the first person.
    items
        Ids of the article items that it carries.
    symptoms
        What it stands for: none, one or several.
    """

    id: str
    text: str
    items: tuple[str, ...]
    symptoms: tuple[str, ...]


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


def implied(named: Iterable[str]) -> frozenset[str]:
    """Tell which conditions come with some symptoms.

    Parameters
    ----------
    named
        Names from :func:`symptoms`.

    Returns
    -------
    frozenset of str
        Names from :func:`conditions`.
    """
    brings: Mapping[str, list[str]] = content("symptoms")["implied"]
    return frozenset(condition for name in named for condition in brings.get(name, ()))


def together(named: Iterable[str], given: Iterable[str]) -> frozenset[str]:
    """Tell which symptoms are named by a symptom and a condition at once.

    Parameters
    ----------
    named
        Names from :func:`symptoms`.
    given
        Names from :func:`conditions`.

    Returns
    -------
    frozenset of str
        Names from :func:`symptoms`.
    """
    pairs: list[Mapping[str, str]] = content("symptoms")["together"]
    said, holds = set(named), set(given)
    return frozenset(
        pair["means"] for pair in pairs if pair["symptom"] in said and pair["condition"] in holds
    )


def red_flag_questions() -> tuple[Question, ...]:
    """List what is asked before anything else.

    Returns
    -------
    tuple of Question
        Six yes-or-no questions.
    """
    return tuple(
        Question(item["text"], tuple(item["symptoms"])) for item in content("red_flags")["question"]
    )


def signs() -> tuple[Sign, ...]:
    """List the signs a person can tick.

    Returns
    -------
    tuple of Sign
        Their number is never counted as a score.
    """
    return tuple(
        Sign(item["id"], item["text"], tuple(item["items"]), tuple(item.get("symptoms", ())))
        for item in content("signs")["sign"]
    )


def check_names(symptoms_named: Sequence[str], conditions_named: Sequence[str]) -> None:
    """Raise unless every name is known.

    Parameters
    ----------
    symptoms_named, conditions_named
        As given.

    Raises
    ------
    OptionError
        Naming the nearest that is known, or the list that the name stands in.
    """
    _check("symptom", symptoms_named, symptoms(), other="condition", others=conditions())
    _check("condition", conditions_named, conditions(), other="symptom", others=symptoms())


def _check(
    what: str,
    names: Sequence[str],
    known: Mapping[str, str],
    *,
    other: str,
    others: Mapping[str, str],
) -> None:
    for name in names:
        if isinstance(name, str) and name in known:
            continue
        near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
        if isinstance(name, str) and name in others:
            hint = f"It is a {other}: name it as one. "
        else:
            hint = f"Did you mean '{near[0]}'? " if near else ""
        raise OptionError(
            Reason(
                f"unknown-{what}",
                f"'{name}' is not a {what} archscan knows.",
                f"{hint}Known are: {', '.join(known)}.",
            )
        )
