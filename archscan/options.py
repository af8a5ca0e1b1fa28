"""What a caller may ask of a scan, checked before anything is read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from archscan.ages import is_adult
from archscan.errors import OptionError
from archscan.findings import Answers
from archscan.numbers import plain
from archscan.reasons import Reason
from archscan.sheet import SheetOption

SideOption = Literal["auto", "left", "right"]


def checked_answers(
    sheet: str,
    side: str,
    age: float | None,
    symptoms: Sequence[str],
    conditions: Sequence[str],
) -> Answers:
    """Check what is asked, so that a wrong option never hides behind a bad photo.

    Parameters
    ----------
    sheet, side, age, symptoms, conditions
        As for :func:`archscan.scan`.

    Returns
    -------
    Answers
        What the person said of themselves.

    Raises
    ------
    OptionError
        If an option has a value that cannot be used.
    """
    for name, value, allowed in (("sheet", sheet, SheetOption), ("side", side, SideOption)):
        choices = get_args(allowed)
        if not isinstance(value, str) or value not in choices:
            raise OptionError(
                Reason(
                    f"bad-{name}",
                    f"'{value}' is not a choice for {name}.",
                    f"Choose one of {', '.join(choices)}.",
                )
            )
    for what, names in (("symptoms", symptoms), ("conditions", conditions)):
        # One name is a sequence too, of letters.
        if isinstance(names, str) or not isinstance(names, Iterable):
            raise OptionError(
                Reason(
                    f"bad-{what}",
                    f"{names!r} is no list of {what}.",
                    "Give a list of names, even of one, or leave it out.",
                )
            )
    answers = Answers(age, tuple(symptoms), tuple(conditions))
    # Both raise for what they cannot use.
    is_adult(answers.age)
    answers.select(None)
    return answers


def check_number(name: str, value: float, least: float) -> None:
    """Refuse what is no number above another one.

    Parameters
    ----------
    name
        Of the option.
    value
        As given.
    least
        It must be finite and greater.

    Raises
    ------
    OptionError
        If it is not.
    """
    number = plain(value)
    if isinstance(number, float) and least < number < math.inf:
        return
    raise OptionError(
        Reason(
            f"bad-{name.replace('_', '-')}",
            f"{number!r} is no {name}.",
            "Give a number above zero, or leave it out." if least == 0 else "Give a number.",
        )
    )
