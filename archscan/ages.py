"""What age means for a print: whether it has a class, and what is said instead."""

from __future__ import annotations

from archscan.errors import OptionError
from archscan.numbers import plain
from archscan.reasons import Caution, Reason

ADULT_FROM_YEARS = 16.0
"""The bands of every index come from adults; below this age none of them is applied."""

YOUNG_CHILD_BELOW_YEARS = 6.0
"""Below this age most prints are flat, and that is as it should be."""

OLDEST_YEARS = 130.0
"""More than anybody has reached: above it stands a year of birth, or a slip."""


def is_adult(age: float | None) -> bool:
    """Tell whether the bands of adults hold for somebody.

    Parameters
    ----------
    age
        Years; ``None`` when unknown, which stands for an adult.

    Returns
    -------
    bool
        ``True`` from 16 years on.

    Raises
    ------
    OptionError
        If the age is no number from 0 to 130.
    """
    if age is None:
        return True
    years = plain(age)
    if not isinstance(years, float) or not 0.0 <= years <= OLDEST_YEARS:
        raise OptionError(
            Reason("bad-age", f"{years!r} is not an age.", "Give the age in years, for example 34.")
        )
    return years >= ADULT_FROM_YEARS


def age_cautions(age: float | None, *, is_child: bool = False) -> tuple[Caution, ...]:
    """Say what a print of somebody this old can and cannot tell.

    Parameters
    ----------
    age
        Years, or ``None`` when unknown.
    is_child
        Whether a person says that it is a child's foot.

    Returns
    -------
    tuple of Caution
        ``young-child`` under 6 years, ``child`` from 6 to under 16 and for a child of
        unknown age, else empty.

    Raises
    ------
    OptionError
        If the age is no number from 0 to 130.
    """
    if is_adult(age) and not is_child:
        return ()
    if age is not None and age < YOUNG_CHILD_BELOW_YEARS:
        return (
            Caution(
                "young-child",
                "Before the age of six a flat print is normal, so the measures are shown "
                "without a class.",
            ),
        )
    return (
        Caution(
            "child",
            "Children's prints still change and the bands come from adults, so the measures are "
            "shown without a class.",
        ),
    )
