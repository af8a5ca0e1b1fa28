"""Which cards fit a person: their print's class and their own answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from archscan.ages import ADULT_FROM_YEARS
from archscan.guidance.answers import check_names, implied, together
from archscan.guidance.cards import KINDS, Card, all_cards, card, content
from archscan.verdict import ORDER, Verdict

MOST_EXERCISES = 5
"""A plan that takes about ten minutes a day, by the doses of its exercises."""

SYMPTOM_EXERCISES = 3
"""Of these, how many are chosen for a symptom before the print has its say."""

OLDER_FROM_YEARS = 65
"""From this age on a support is advised: that of NICE CG161 on falls."""

NO_EXERCISES = ("recent-injury", "osteoporosis", "inflamed-joints", "child")
"""With these nobody should start an exercise from here without advice."""

SEEN_FIRST = ("calf-swelling", "fever", "foot-drop", "new-weakness")
"""A clot, an infection, a nerve that fails: no emergency by their card, but seen before exercise.

Who exercises is told to stop with new weakness, so nobody is to start with it."""

ADULT_KINDS = ("mechanism", "evidence", "self_care", "condition", "question")
"""Kinds of card that speak of adults, of the studies done on them and of their bands."""

STOP = "Stop with sharp pain, new numbness or new weakness. Expect weeks, not days: six or more."
"""Said once above the exercises."""

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
        Red flags first, then special groups, what the class means, exercises, the rest.
    """

    cards: tuple[Card, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The cards' ids."""
        return tuple(one.id for one in self.cards)

    def of_kind(self, *kinds: str) -> tuple[Card, ...]:
        """Pick the cards of some kinds.

        Parameters
        ----------
        *kinds
            For example ``"exercise"``.

        Returns
        -------
        tuple of Card
            In the order to be read.
        """
        return tuple(one for one in self.cards if one.kind in kinds)


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
        Of the print, or ``None``. Without a class, what holds for every class is chosen.
    symptoms
        Names from :func:`archscan.guidance.symptoms`.
    age
        Years. Children get no class, no exercises and nothing that was studied in adults;
        from 65 on it is told how not to fall.
    conditions
        Names from :func:`archscan.guidance.conditions`; cards that do not suit them
        are left out, and what they call for comes first. A symptom that says the
        same as a condition counts as that condition too, and both may say together
        what another symptom does.

    Returns
    -------
    Guidance
        In the order to be read; at most five exercises.

    Raises
    ------
    OptionError
        If a symptom or a condition is not known.
    """
    check_names(symptoms, conditions)
    given = {*conditions, *implied(symptoms)}
    if age is not None and age < ADULT_FROM_YEARS:
        given.add("child")
    if age is not None and age >= OLDER_FROM_YEARS:
        given.add("older")
    named = {*symptoms, *together(symptoms, given)}
    classes = [] if verdict is None or "child" in given else _classes(verdict)
    chosen = [
        one
        for one in all_cards().values()
        if _fits(one, classes, named, given) and not _unsuited(one, named, given)
    ]
    exercises = _plan([one for one in chosen if one.kind == "exercise"], classes, symptoms)
    kinds = {one.kind for one in exercises}
    others = [one for one in chosen if one.kind != "exercise" and set(one.beside) <= kinds]
    return Guidance(_to_be_read([*others, *exercises]))


def before_exercise() -> frozenset[str]:
    """List the symptoms that are to be seen before any exercise: an emergency's, and a few more.

    Returns
    -------
    frozenset of str
        Names of symptoms.
    """
    return frozenset((*card("rf.emergency").symptoms, *SEEN_FIRST))


def put_together(chosen: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Make one list of what was chosen for each of a person's prints.

    Parameters
    ----------
    chosen
        Ids of the cards of each print, as :func:`select` orders them.

    Returns
    -------
    tuple of str
        Each once, in the order to be read; at most five exercises, first those chosen for
        most prints, then the others of each print in turn.
    """
    times = Counter(chain.from_iterable(chosen))
    by_print = [[number for number in one if card(number).kind == "exercise"] for one in chosen]
    in_turn = dict.fromkeys(filter(None, chain.from_iterable(zip_longest(*by_print))))
    exercises = sorted(in_turn, key=lambda number: -times[number])[:MOST_EXERCISES]
    others = [number for number in all_cards() if number in times and number not in in_turn]
    return tuple(one.id for one in _to_be_read(map(card, [*others, *exercises])))


def _to_be_read(chosen: Iterable[Card]) -> tuple[Card, ...]:
    order = list(KINDS.values())
    return tuple(sorted(chosen, key=lambda one: order.index(one.kind)))


def _classes(verdict: Verdict) -> list[str]:
    return [str(arch) for arch in (verdict.arch, verdict.neighbour) if arch is not None]


def _fits(one: Card, classes: Sequence[str], named: set[str], given: set[str]) -> bool:
    answered = bool(set(one.symptoms) & named or set(one.conditions) & given)
    if one.kind in ("red_flag", "special_group"):
        return answered
    if one.id.startswith("mech.") and len(one.classes) == 1 and classes:
        # What each class means: both, for a borderline print.
        return one.classes[0] in classes
    return answered or set(classes or ORDER) <= set(one.classes)


def _unsuited(one: Card, named: set[str], given: set[str]) -> bool:
    if one.kind == "exercise" and (given & set(NO_EXERCISES) or named & before_exercise()):
        return True
    if "child" in given and one.kind in ADULT_KINDS:
        return True
    if one.only_for and not set(one.only_for) & given:
        return True
    return bool(set(one.not_for) & given or set(one.not_with) & named)


def _plan(exercises: Sequence[Card], classes: Sequence[str], named: Sequence[str]) -> list[Card]:
    """Pick a few for the symptoms, then for the print, and put them in order."""
    order: Mapping[str, list[str]] = content("plan")["order"]

    def rank(one: Card, lists: Sequence[str]) -> int:
        places = [order[key].index(one.name) for key in lists if one.name in order[key]]
        return max(places, default=len(order["any"]))

    answering = [one for one in exercises if set(one.symptoms) & set(named)]
    answering.sort(key=lambda one: rank(one, ["any"]))
    by_print = sorted(exercises, key=lambda one: rank(one, classes or ["any"]))
    picked = dict.fromkeys([*answering[:SYMPTOM_EXERCISES], *by_print])
    return list(picked)[:MOST_EXERCISES]


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
