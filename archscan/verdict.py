"""``Measure``s to ``Verdict``: high, neutral or flat, and how sure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from archscan.ages import is_adult
from archscan.errors import OptionError
from archscan.indices import INDICES
from archscan.indices.measure import Arch, Measure
from archscan.reasons import REFUSALS, Caution, Reason

Confidence = Literal["clear", "borderline"]

BorderlineCause = Literal["disagreement", "near-limit", "area-near-limit", "wide-interval"]

DECIDING = ("chippaux_smirak", "cavanagh_rodgers")
"""The headline index, and the one it must agree with."""

CLEARLY_HIGH = {"chippaux_smirak": 0.25, "cavanagh_rodgers": 0.19}
"""High values nearer to neutral than these are near the limit. The width ratio's is a
limit in common use; the area ratio's is our own, a like distance from its limit."""

CLEARLY_NEUTRAL = {"chippaux_smirak": 0.40, "cavanagh_rodgers": 0.245}
"""Neutral values from these on are near the limit to flat: 0.40 to 0.45 is the lowered
arch of Forriol and Pascual (1990); the area ratio's limit is our own."""

NEAR_A_LIMIT = {"chippaux_smirak": 0.05, "cavanagh_rodgers": 0.02}
"""Within this of the limit between two classes a value is called close to it, on either side:
as far as the steps above reach (the larger, where they differ)."""

ORDER: tuple[Arch, ...] = get_args(Arch)
"""From least to most midfoot contact."""

SPREAD_95 = 1.96
"""Standard deviations from the middle of a normal distribution to either end of its
central 95 %."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the indices together say of one print.

    Attributes
    ----------
    arch
        The class, or ``None`` where the age allows measures but no class.
    confidence
        ``"clear"`` or ``"borderline"``; ``None`` when there is no class.
    neighbour
        The other class a borderline print could belong to, else ``None``.
    probability
        Probability of each class given the measuring intervals; sums to 1.
        Empty when there is no class.
    """

    arch: Arch | None
    confidence: Confidence | None
    neighbour: Arch | None
    probability: Mapping[Arch, float]


def decide(
    measures: Mapping[str, Measure], age: float | None = None, *, is_child: bool = False
) -> Verdict | Reason:
    """Name the class of a print, or say why it has none.

    The Chippaux-Smirak index gives the headline. It is ``clear`` when the
    arch index says the same, neither is near a limit, and neither's interval
    reaches into another class; else it is ``borderline`` and the neighbour is
    the class of the arch index or, where both agree, the class across the
    nearby limit (the more probable one, where there are two). There is no
    verdict when one says high and the other flat, or when the Staheli index
    clearly says the opposite of the headline.

    Parameters
    ----------
    measures
        Measures by name; ``chippaux_smirak`` and ``cavanagh_rodgers`` are
        needed, ``staheli`` is heeded when it is there.
    age
        Years, or ``None`` for an adult. Under 16 the adult bands do not hold:
        the verdict then has neither class, confidence nor probabilities.
    is_child
        The same, where that is all that is known of the age.

    Returns
    -------
    Verdict or Reason
        The verdict; or the refusal ``measures-disagree``.

    Raises
    ------
    OptionError
        If the age is no number from 0 to 130, if a deciding measure is missing,
        or if a measure is no number or lies outside its own interval.

    Notes
    -----
    A ``clear`` class has a probability of at least 0.95. A borderline class
    that is high or flat, with both indices agreeing, has at least 0.5. Any
    other borderline class may be less probable than its neighbour: the
    headline follows the rule, not the probabilities.
    """
    if not is_adult(age) or is_child:
        return Verdict(arch=None, confidence=None, neighbour=None, probability={})
    _check(measures)
    width, area = (measures[name] for name in DECIDING)
    headline, second = _class(width), _class(area)
    if {headline, second} == {"high", "flat"} or _contradicts(measures.get("staheli"), headline):
        return REFUSALS["measures-disagree"]
    probability = class_probability(measures)
    if headline != second:
        return Verdict(headline, "borderline", second, probability)
    across = _classes_within_reach(width) | _classes_within_reach(area)
    if not across:
        return Verdict(headline, "clear", None, probability)
    neighbour = max(sorted(across), key=lambda arch: probability[arch])
    return Verdict(headline, "borderline", neighbour, probability)


def borderline_cause(measures: Mapping[str, Measure], verdict: Verdict) -> BorderlineCause:
    """Tell why a print is borderline.

    Parameters
    ----------
    measures
        Measures by name; ``chippaux_smirak`` and ``cavanagh_rodgers`` needed.
    verdict
        What :func:`decide` made of them, borderline.

    Returns
    -------
    str
        ``"disagreement"`` where the two indices fall in different classes; ``"near-limit"``
        where the Chippaux-Smirak index is close to the line, ``"area-near-limit"`` where only
        the arch index is; else ``"wide-interval"``: only how little the photo shows leaves
        the neighbour open.
    """
    width, area = (measures[name] for name in DECIDING)
    if _class(width) != _class(area):
        return "disagreement"
    if _is_near(width, verdict):
        return "near-limit"
    return "area-near-limit" if _is_near(area, verdict) else "wide-interval"


def _is_near(measure: Measure, verdict: Verdict) -> bool:
    """Whether a measure lies close to the limit between a verdict's class and its neighbour."""
    bands = INDICES[measure.name].bands
    limit = bands.high_below if "high" in (verdict.arch, verdict.neighbour) else bands.flat_from
    return abs(measure.value - limit) <= NEAR_A_LIMIT[measure.name]


def step(name: str, value: float) -> int:
    """Place a deciding index on the five steps from high to flat.

    Parameters
    ----------
    name
        ``"chippaux_smirak"`` or ``"cavanagh_rodgers"``.
    value
        Its value, fraction of 1.

    Returns
    -------
    int
        -2 high, -1 high near neutral, 0 neutral, 1 neutral near flat, 2 flat.

    Raises
    ------
    KeyError
        If the index has no steps.
    """
    bands = INDICES[name].bands
    inner = CLEARLY_HIGH[name]
    if bands.arch(value) == "high":
        is_clear = value < inner or (bands.high_at_limit and value == inner)
        return -2 if is_clear else -1
    if bands.arch(value) == "flat":
        return 2
    return 1 if value >= CLEARLY_NEUTRAL[name] else 0


def class_probability(measures: Mapping[str, Measure]) -> dict[Arch, float]:
    """Probability of each class, given how well the indices were measured.

    Each deciding index is taken as normally distributed, with its value as
    the median and on either side the standard deviation that puts the end of
    its 95 % interval at 1.96 of them; that gives the share of it in each
    class. The two indices are then averaged with equal weight. Being read
    from one print they err together, so multiplying them would claim a
    certainty that is not there.

    Parameters
    ----------
    measures
        Measures by name; ``chippaux_smirak`` and ``cavanagh_rodgers`` needed.

    Returns
    -------
    dict of str to float
        For high, neutral and flat, in that order; sums to 1.
    """
    high, not_flat = 0.0, 0.0
    for name in DECIDING:
        bands = INDICES[name].bands
        high += _share_under(measures[name], bands.high_below, bands.high_at_limit)
        not_flat += _share_under(measures[name], bands.flat_from, limit_is_under=False)
    high, not_flat = high / len(DECIDING), not_flat / len(DECIDING)
    return {"high": high, "neutral": not_flat - high, "flat": 1.0 - not_flat}


def range_cautions(measures: Mapping[str, Measure]) -> tuple[Caution, ...]:
    """Say when a print was measured too roughly for any class.

    Parameters
    ----------
    measures
        Measures by name; the first of :data:`DECIDING` needed.

    Returns
    -------
    tuple of Caution
        ``any-arch`` where the headline's interval reaches from high to flat, else empty.
    """
    headline = measures[DECIDING[0]]
    if (_class_of(headline, headline.low), _class_of(headline, headline.high)) != ("high", "flat"):
        return ()
    return (
        Caution(
            "any-arch",
            "So little of this print can be seen that the range reaches from a high to a flat "
            "arch. Make a stronger print and photograph it again.",
        ),
    )


def gap_cautions(measures: Mapping[str, Measure]) -> tuple[Caution, ...]:
    """Say of a print without any midfoot that its foot may only have been dry.

    Parameters
    ----------
    measures
        Measures by name; the first of :data:`DECIDING` needed.

    Returns
    -------
    tuple of Caution
        ``interrupted`` where no contact joins heel and ball, else empty.
    """
    if measures[DECIDING[0]].value > 0.0:
        return ()
    return (
        Caution(
            "interrupted",
            "Nothing of the midfoot shows between heel and ball. A very high arch leaves such a "
            "print, and so does a foot that was too dry or was lifted too soon: make a second "
            "one, damp all over and standing still.",
        ),
    )


def _check(measures: Mapping[str, Measure]) -> None:
    for name in DECIDING:
        if name not in measures:
            raise OptionError(
                Reason(
                    "missing-measure",
                    f"The verdict needs the measure {name}.",
                    "Pass all measures of the print.",
                )
            )
    for measure in measures.values():
        numbers = (measure.low, measure.value, measure.high)
        if not (all(map(math.isfinite, numbers)) and list(numbers) == sorted(numbers)):
            raise OptionError(
                Reason(
                    "bad-measure",
                    f"{measure.name} = {measure.value} does not lie in its own interval "
                    f"{measure.low} to {measure.high}.",
                    "Give finite numbers with low <= value <= high.",
                )
            )


def _class(measure: Measure) -> Arch:
    return _class_of(measure, measure.value)


def _class_of(measure: Measure, value: float) -> Arch:
    arch = INDICES[measure.name].bands.arch(value)
    assert arch is not None, "the bands of a deciding index leave no gap"  # noqa: S101
    return arch


def _contradicts(staheli: Measure | None, headline: Arch) -> bool:
    if staheli is None:
        return False
    bands = INDICES["staheli"].bands
    return (headline == "flat" and staheli.value < bands.high_below) or (
        headline == "high" and staheli.value > bands.flat_from
    )


def _classes_within_reach(measure: Measure) -> set[Arch]:
    """Classes next to the measure's own whose limit is near, or inside its interval."""
    own = ORDER.index(_class(measure))
    lowest = ORDER.index(_class_of(measure, measure.low))
    highest = ORDER.index(_class_of(measure, measure.high))
    reach: set[Arch] = set()
    if lowest < own:
        reach.add(ORDER[own - 1])
    # Both middle steps lie just under a limit, so what is near is the next class up.
    if highest > own or abs(step(measure.name, measure.value)) == 1:
        reach.add(ORDER[own + 1])
    return reach


def _share_under(measure: Measure, limit: float, limit_is_under: bool) -> float:
    gap = limit - measure.value
    down, up = measure.value - measure.low, measure.high - measure.value
    if gap == 0.0:
        # A side without doubt puts its half of the probability on the limit itself.
        return 0.5 * (down > 0.0 or limit_is_under) + 0.5 * (up == 0.0 and limit_is_under)
    side = up if gap > 0.0 else down
    if side == 0.0:
        return 1.0 if gap > 0.0 else 0.0
    return 0.5 * math.erfc(-gap / side * SPREAD_95 / math.sqrt(2.0))
