"""Options with what a person says of themselves, the same wherever they are asked for."""

from __future__ import annotations

from typing import Annotated

import typer

OLDEST_YEARS = 130
"""As in archscan.ages, which is not imported to show the help."""


def _symptoms() -> list[tuple[str, str]]:
    from archscan import guidance

    return [*guidance.symptoms().items()]


def _conditions() -> list[tuple[str, str]]:
    from archscan import guidance

    return [*guidance.conditions().items()]


Symptoms = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        parser=str.lower,
        autocompletion=_symptoms,
        help="What troubles you; may be given several times. 'archscan guide --list' names all.",
    ),
]

Age = Annotated[float | None, typer.Option(min=0, max=OLDEST_YEARS, help="Age in years.")]

Conditions = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        parser=str.lower,
        autocompletion=_conditions,
        help="What must be kept in mind, such as diabetes; may be given several times. "
        "'archscan guide --list' names all.",
    ),
]
